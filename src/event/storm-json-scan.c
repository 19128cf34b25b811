#include "config.h"

#include "storm-json-scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "storm-scan-set-private.h"

#define ONES  G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

typedef struct
{
  const StormScanNode *node;    /* NULL: nothing is looked for in here */
  const char          *start;
  guint32              index;
  gboolean             array;
} Frame;

typedef struct
{
  const char         *at;
  const char         *end;
  const StormScanSet *set;
  StormJsonValue     *values;
  StormScanStatus     status;
  guint               depth;
  Frame               frames[STORM_SCAN_MAX_DEPTH];
} Scan;

static inline const char *
skip_space (const char *at,
            const char *end)
{
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;

  return at;
}

static inline gboolean
is_digit (const char *at,
          const char *end)
{
  return at < end && *at >= '0' && *at <= '9';
}

/* The first byte from @at on that is not simply part of a string: quote, backslash, control
 * character or the beginning of something that is not ASCII. Sixteen or eight bytes at a time. */
static inline const char *
skip_plain (const char *at,
            const char *end)
{
#ifdef __SSE2__
  while (end - at >= 16)
    {
      __m128i x = _mm_loadu_si128 ((const __m128i *) at);
      /* Signed: what is not ASCII is less than a space, too. */
      __m128i found = _mm_or_si128 (_mm_cmplt_epi8 (x, _mm_set1_epi8 (' ')),
                                    _mm_or_si128 (_mm_cmpeq_epi8 (x, _mm_set1_epi8 ('"')),
                                                  _mm_cmpeq_epi8 (x, _mm_set1_epi8 ('\\'))));
      int bits = _mm_movemask_epi8 (found);

      if (bits != 0)
        return at + __builtin_ctz ((unsigned int) bits);
      at += 16;
    }
#endif

  while (end - at >= 8)
    {
      guint64 x, quote, backslash, found;

      memcpy (&x, at, 8);
      x = GUINT64_FROM_LE (x);
      quote = x ^ (ONES * '"');
      backslash = x ^ (ONES * '\\');
      /* A borrow can only set a false bit above a true one, and the lowest is what counts. */
      found = (((x - ONES * 0x20) & ~x) | ((quote - ONES) & ~quote)
               | ((backslash - ONES) & ~backslash) | x) & HIGHS;
      if (found != 0)
        return at + (__builtin_ctzll (found) >> 3);
      at += 8;
    }

  while (at < end && (guint8) *at >= 0x20 && (guint8) *at < 0x80 && *at != '"' && *at != '\\')
    at++;

  return at;
}

/* The bytes of the character that begins at @at, 0 when it is not well-formed UTF-8. */
static guint
utf8_length (const char *text,
             const char *end)
{
  const guint8 *p = (const guint8 *) text;
  gsize left = (gsize) (end - text);

#define TAIL(i) ((p[i] & 0xc0) == 0x80)
  if (p[0] >= 0xc2 && p[0] <= 0xdf)
    return left >= 2 && TAIL (1) ? 2 : 0;
  if (p[0] >= 0xe0 && p[0] <= 0xef)
    {
      if (left < 3 || !TAIL (1) || !TAIL (2)
          || (p[0] == 0xe0 && p[1] < 0xa0)      /* longer than necessary */
          || (p[0] == 0xed && p[1] > 0x9f))     /* a surrogate */
        return 0;
      return 3;
    }
  if (p[0] >= 0xf0 && p[0] <= 0xf4)
    {
      if (left < 4 || !TAIL (1) || !TAIL (2) || !TAIL (3)
          || (p[0] == 0xf0 && p[1] < 0x90)
          || (p[0] == 0xf4 && p[1] > 0x8f))     /* beyond U+10FFFF */
        return 0;
      return 4;
    }
#undef TAIL

  return 0;
}

static const char *
skip_escape (const char *at,
             const char *end)
{
  at++;
  if (at == end)
    return NULL;

  switch (*at)
    {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't':
      return at + 1;

    case 'u':
      if (end - at < 5)
        return NULL;
      for (guint i = 1; i <= 4; i++)
        {
          if (!g_ascii_isxdigit (at[i]))
            return NULL;
        }
      return at + 5;

    default:
      return NULL;
    }
}

/* From behind the opening quote to the closing one; FALSE with the status and the place set. */
static inline gboolean
scan_string (Scan     *scan,
             gboolean *escaped)
{
  const char *at = scan->at;
  const char *end = scan->end;

  *escaped = FALSE;

  while (TRUE)
    {
      at = skip_plain (at, end);
      scan->at = at;
      if (G_UNLIKELY (at == end))
        return FALSE;
      if (G_LIKELY (*at == '"'))
        return TRUE;

      if (*at == '\\')
        {
          *escaped = TRUE;
          at = skip_escape (at, end);
          if (at == NULL)
            return FALSE;
        }
      else if ((guint8) *at >= 0x80)
        {
          guint len = utf8_length (at, end);

          if (len == 0)
            {
              scan->status = STORM_SCAN_INVALID_UTF8;
              return FALSE;
            }
          at += len;
        }
      else
        {
          return FALSE;
        }
    }
}

static inline gboolean
scan_number (Scan *scan)
{
  const char *at = scan->at;
  const char *end = scan->end;

  if (*at == '-')
    at++;

  if (!is_digit (at, end))
    goto wrong;
  if (*at == '0')
    at++;
  else
    while (is_digit (at, end))
      at++;

  if (at < end && *at == '.')
    {
      at++;
      if (!is_digit (at, end))
        goto wrong;
      while (is_digit (at, end))
        at++;
    }

  if (at < end && (*at == 'e' || *at == 'E'))
    {
      at++;
      if (at < end && (*at == '+' || *at == '-'))
        at++;
      if (!is_digit (at, end))
        goto wrong;
      while (is_digit (at, end))
        at++;
    }

  scan->at = at;
  return TRUE;

wrong:
  scan->at = at;
  return FALSE;
}

static inline gboolean
scan_word (Scan       *scan,
           const char *word,
           gsize       len)
{
  if ((gsize) (scan->end - scan->at) < len || memcmp (scan->at, word, len) != 0)
    return FALSE;

  scan->at += len;
  return TRUE;
}

/* Stores a value at each pointer that ends here. */
static inline void
put (Scan                *scan,
     const StormScanNode *node,
     StormJsonType        type,
     gboolean             escaped,
     const char          *start,
     gsize                len)
{
  const guint8 *order;

  if (G_LIKELY (node == NULL || node->n_out == 0))
    return;

  order = &scan->set->order[node->first_out];
  for (guint i = 0; i < node->n_out; i++)
    scan->values[order[i]] = (StormJsonValue) { type, escaped, start, len };
}

static const StormScanNode *
enter (Scan                *scan,
       const StormScanNode *node)
{
  const guint8 *order = &scan->set->order[node->first_out + node->n_out];

  /* What an earlier member of the same name had below it no longer counts. */
  for (guint i = 0; i < node->n_below; i++)
    scan->values[order[i]].type = STORM_JSON_MISSING;

  return node;
}

static inline const StormScanNode *
find_member (Scan                *scan,
             const StormScanNode *node,
             const char          *name,
             gsize                len)
{
  const StormScanSet *set = scan->set;

  for (guint i = node->buckets[storm_scan_hash (name, len)]; i != 0; i = set->edges[i].next)
    {
      const StormScanEdge *edge = &set->edges[i];

      if (edge->len == len && memcmp (edge->name, name, len) == 0)
        return enter (scan, &set->nodes[edge->node]);
    }

  return NULL;
}

static const StormScanNode *
find_escaped_member (Scan                *scan,
                     const StormScanNode *node,
                     const char          *name,
                     gsize                len)
{
  char plain[STORM_SCAN_MAX_POINTER * 6];

  if (len > sizeof plain)
    return NULL;
  len = storm_json_unescape (name, len, plain);

  return find_member (scan, node, plain, len);
}

static inline const StormScanNode *
find_place (Scan  *scan,
            Frame *frame)
{
  const StormScanSet *set = scan->set;

  if (G_LIKELY (frame->node == NULL))
    return NULL;

  for (guint i = frame->node->first_index_edge; i != 0; i = set->edges[i].next_index)
    {
      if (set->edges[i].index == frame->index)
        return enter (scan, &set->nodes[set->edges[i].node]);
    }

  return NULL;
}

/* The name of a member and its colon; sets the place that its value has. */
static inline gboolean
scan_name (Scan                 *scan,
           const StormScanNode  *parent,
           const StormScanNode **node)
{
  const char *name;
  gboolean escaped;
  gsize len;

  scan->at = skip_space (scan->at, scan->end);
  if (scan->at == scan->end || *scan->at != '"')
    return FALSE;

  name = ++scan->at;
  if (!scan_string (scan, &escaped))
    return FALSE;
  len = (gsize) (scan->at - name);
  scan->at = skip_space (scan->at + 1, scan->end);
  if (scan->at == scan->end || *scan->at != ':')
    return FALSE;
  scan->at++;

  if (parent == NULL || parent->n_edges == 0)
    *node = NULL;
  else if (G_UNLIKELY (escaped))
    *node = find_escaped_member (scan, parent, name, len);
  else
    *node = find_member (scan, parent, name, len);

  return TRUE;
}

static inline gboolean
scan_scalar (Scan                *scan,
             const StormScanNode *node)
{
  const char *start = scan->at;
  StormJsonType type;
  gboolean ok, escaped;

  switch (*start)
    {
    case '"':
      scan->at = ++start;
      if (!scan_string (scan, &escaped))
        return FALSE;
      put (scan, node, STORM_JSON_STRING, escaped, start, (gsize) (scan->at - start));
      scan->at++;
      return TRUE;

    case 't':
      type = STORM_JSON_TRUE;
      ok = scan_word (scan, "true", 4);
      break;

    case 'f':
      type = STORM_JSON_FALSE;
      ok = scan_word (scan, "false", 5);
      break;

    case 'n':
      type = STORM_JSON_NULL;
      ok = scan_word (scan, "null", 4);
      break;

    case '-': case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
      type = STORM_JSON_NUMBER;
      ok = scan_number (scan);
      break;

    default:
      return FALSE;
    }

  if (ok)
    put (scan, node, type, FALSE, start, (gsize) (scan->at - start));

  return ok;
}

static inline gboolean
open_container (Scan                *scan,
                const StormScanNode *node,
                gboolean             array)
{
  Frame *frame;

  if (G_UNLIKELY (scan->depth == STORM_SCAN_MAX_DEPTH))
    {
      scan->status = STORM_SCAN_TOO_DEEP;
      return FALSE;
    }

  frame = &scan->frames[scan->depth++];
  frame->node = node;
  frame->start = scan->at;
  frame->index = 0;
  frame->array = array;
  scan->at = skip_space (scan->at + 1, scan->end);

  return TRUE;
}

static inline void
close_container (Scan *scan)
{
  Frame *frame = &scan->frames[--scan->depth];

  scan->at++;
  put (scan, frame->node, frame->array ? STORM_JSON_ARRAY : STORM_JSON_OBJECT, FALSE, frame->start,
       (gsize) (scan->at - frame->start));
}

/* One value with all that is in it; the place of an error is left in scan->at. */
static gboolean
scan_value (Scan *scan)
{
  const StormScanNode *node = scan->set->n_pointers > 0 ? &scan->set->nodes[0] : NULL;
  Frame *frame;

value:
  scan->at = skip_space (scan->at, scan->end);
  if (G_UNLIKELY (scan->at == scan->end))
    return FALSE;

  if (*scan->at == '{' || *scan->at == '[')
    {
      gboolean array = *scan->at == '[';

      if (!open_container (scan, node, array))
        return FALSE;
      if (scan->at < scan->end && *scan->at == (array ? ']' : '}'))
        {
          close_container (scan);
          goto after;
        }
      frame = &scan->frames[scan->depth - 1];
      if (array)
        node = find_place (scan, frame);
      else if (!scan_name (scan, frame->node, &node))
        return FALSE;
      goto value;
    }

  if (!scan_scalar (scan, node))
    return FALSE;

after:
  if (scan->depth == 0)
    return TRUE;

  frame = &scan->frames[scan->depth - 1];
  scan->at = skip_space (scan->at, scan->end);
  if (G_UNLIKELY (scan->at == scan->end))
    return FALSE;

  if (*scan->at == ',')
    {
      scan->at++;
      if (frame->array)
        {
          frame->index++;
          node = find_place (scan, frame);
        }
      else if (!scan_name (scan, frame->node, &node))
        {
          return FALSE;
        }
      goto value;
    }

  if (*scan->at != (frame->array ? ']' : '}'))
    return FALSE;
  close_container (scan);
  goto after;
}

StormScanStatus
storm_json_scan (const char         *text,
                 gsize               len,
                 const StormScanSet *set,
                 StormJsonValue     *values,
                 gsize              *error_offset)
{
  Scan scan;

  g_return_val_if_fail (text != NULL || len == 0, STORM_SCAN_EMPTY);
  g_return_val_if_fail (set != NULL, STORM_SCAN_NOT_JSON);
  g_return_val_if_fail (values != NULL || set->n_pointers == 0, STORM_SCAN_NOT_JSON);

  /* Not initialised as a whole: the frames are written before they are read. */
  scan.at = text;
  scan.end = text + len;
  scan.set = set;
  scan.values = values;
  scan.status = STORM_SCAN_NOT_JSON;
  scan.depth = 0;

  if (set->n_pointers > 0)
    memset (values, 0, set->n_pointers * sizeof *values);

  scan.at = skip_space (scan.at, scan.end);
  if (scan.at == scan.end)
    {
      scan.status = STORM_SCAN_EMPTY;
    }
  else if (scan_value (&scan))
    {
      scan.at = skip_space (scan.at, scan.end);
      if (scan.at == scan.end)
        return STORM_SCAN_OK;
    }

  if (error_offset != NULL)
    *error_offset = (gsize) (scan.at - text);

  return scan.status;
}
