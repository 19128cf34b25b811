#include "config.h"

#include "storm-json.h"

#include "storm-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What one pass over the bytes finds, before json-glib sees them. */
typedef enum
{
  SCAN_FINE,
  SCAN_TOO_DEEP,
  SCAN_TRAILING,
} ScanResult;

/* Brackets are only counted, not matched: json-glib reports wrong ones. It would take a second
 * document after the first for the first one's replacement, so that is looked for here. */
static ScanResult
scan_brackets (const char *data,
               gsize       len,
               guint       max_depth,
               gsize      *out_offset)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  gboolean closed = FALSE;

  for (gsize i = 0; i < len; i++)
    {
      char c = data[i];

      *out_offset = i;

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
          continue;
        }

      if (closed && !g_ascii_isspace (c))
        return SCAN_TRAILING;

      if (c == '"')
        in_string = TRUE;
      else if (c == '[' || c == '{')
        {
          if (++depth > max_depth)
            return SCAN_TOO_DEEP;
        }
      else if ((c == ']' || c == '}') && depth > 0)
        closed = --depth == 0;
    }

  return SCAN_FINE;
}

static guint
column_of (const char *data,
           gsize       offset)
{
  gsize start = offset;

  while (start > 0 && data[start - 1] != '\n')
    start--;

  return (guint) g_utf8_strlen (data + start, (gssize) (offset - start)) + 1;
}

static gboolean
check_document (const char  *data,
                gsize        len,
                const char  *name,
                GError     **error)
{
  const char *end;
  gsize offset = 0;
  ScanResult result;

  if (len > STORM_JSON_MAX_BYTES)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("“%s” is larger than %u MiB, which is the most that can be loaded."),
                   name, (guint) (STORM_JSON_MAX_BYTES / (1024 * 1024)));
      return FALSE;
    }

  if (!g_utf8_validate_len (data, len, &end))
    {
      offset = (gsize) (end - data);
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is not valid UTF-8 text at line %u, column %u. "
                     "Save it as UTF-8 and try again."),
                   name, storm_json_line_of (data, len, offset), column_of (data, offset));
      return FALSE;
    }

  result = scan_brackets (data, len, STORM_JSON_MAX_DEPTH, &offset);
  if (result == SCAN_TOO_DEEP)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("“%s” nests deeper than %u levels at line %u, column %u."),
                   name, STORM_JSON_MAX_DEPTH,
                   storm_json_line_of (data, len, offset), column_of (data, offset));
      return FALSE;
    }
  if (result == SCAN_TRAILING)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” goes on after the end of its JSON document at line %u, column %u."),
                   name, storm_json_line_of (data, len, offset), column_of (data, offset));
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  guint line;
  guint column;
} Place;

/* The parser forgets where it was as soon as loading returns. */
static void
parser_error_cb (JsonParser *parser,
                 GError     *error,
                 Place      *place)
{
  place->line = json_parser_get_current_line (parser);
  place->column = json_parser_get_current_pos (parser);
}

JsonNode *
storm_json_parse (const char  *data,
                  gsize        len,
                  const char  *name,
                  GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  Place place = { 1, 1 };
  JsonNode *root;

  g_return_val_if_fail (data != NULL || len == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  /* A byte order mark is what some editors put first. */
  if (len >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      len -= 3;
    }

  if (!check_document (data, len, name, error))
    return NULL;

  parser = json_parser_new_immutable ();
  g_signal_connect (parser, "error", G_CALLBACK (parser_error_cb), &place);
  if (len > 0 && !json_parser_load_from_data (parser, data, (gssize) len, NULL))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is not valid JSON at line %u, column %u."),
                   name, MAX (place.line, 1), MAX (place.column, 1));
      return NULL;
    }

  root = len > 0 ? json_parser_steal_root (parser) : NULL;
  if (root == NULL)
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("“%s” is empty: there is no JSON document at line %u, column %u."), name, 1, 1);

  return root;
}

static void
set_read_error (GError       **error,
                const GError  *cause,
                const char    *name)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, STORM_ERROR, STORM_ERROR_CANCELLED,
                 _("Reading “%s” was stopped."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                 _("There is no file “%s”."), name);
  else
    g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                 _("“%s” can't be read: %s"), name, cause->message);
}

/* Read in pieces and not by the size that the file claims: a device or a pipe has none. */
static GByteArray *
read_bounded (GFile         *file,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) bytes = NULL;
  const gsize piece = 256 * 1024;

  if (stream == NULL)
    return NULL;

  bytes = g_byte_array_new ();
  while (bytes->len <= STORM_JSON_MAX_BYTES)
    {
      guint old_len = bytes->len;
      gssize n;

      g_byte_array_set_size (bytes, old_len + piece);
      n = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + old_len, piece,
                               cancellable, error);
      if (n < 0)
        return NULL;
      g_byte_array_set_size (bytes, old_len + (guint) n);
      if (n == 0)
        break;
    }

  return g_steal_pointer (&bytes);
}

JsonNode *
storm_json_parse_file (GFile         *file,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *basename = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  basename = g_file_get_basename (file);
  name = g_filename_display_name (basename != NULL ? basename : "");

  bytes = read_bounded (file, cancellable, &local_error);
  if (bytes == NULL)
    {
      set_read_error (error, local_error, name);
      return NULL;
    }

  return storm_json_parse ((const char *) bytes->data, bytes->len, name, error);
}

gboolean
storm_json_check_depth (const char *data,
                        gsize       len,
                        guint       max_depth)
{
  gsize done = 0;

  g_return_val_if_fail (data != NULL || len == 0, FALSE);

  /* Each further document begins at depth 0 again. */
  while (done < len)
    {
      gsize offset = 0;
      ScanResult result = scan_brackets (data + done, len - done, max_depth, &offset);

      if (result == SCAN_TOO_DEEP)
        return FALSE;
      if (result == SCAN_FINE)
        break;
      done += offset;
    }

  return TRUE;
}

guint
storm_json_line_of (const char *data,
                    gsize       len,
                    gsize       offset)
{
  guint line = 1;
  const char *p = data;
  const char *end;

  g_return_val_if_fail (data != NULL || len == 0, 1);

  if (len == 0)
    return 1;

  end = data + MIN (offset, len);
  while (p < end && (p = memchr (p, '\n', (gsize) (end - p))) != NULL)
    {
      line++;
      p++;
    }

  return line;
}

static void
append_escaped_byte (GString *out,
                     guchar   c)
{
  switch (c)
    {
    case '"':
      g_string_append (out, "\\\"");
      break;
    case '\\':
      g_string_append (out, "\\\\");
      break;
    case '\b':
      g_string_append (out, "\\b");
      break;
    case '\f':
      g_string_append (out, "\\f");
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      g_string_append_printf (out, "\\u%04x", c);
      break;
    }
}

void
storm_json_append_string (GString    *out,
                          const char *text,
                          gssize      len)
{
  const char *p;
  const char *end;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL || len == 0);

  p = text;
  end = len < 0 ? text + strlen (text) : text + len;

  g_string_append_c (out, '"');
  while (p < end)
    {
      const char *valid_end;
      const char *run = p;

      g_utf8_validate_len (p, (gsize) (end - p), &valid_end);
      for (; p < valid_end; p++)
        {
          guchar c = (guchar) *p;

          if (c >= 0x20 && c != '"' && c != '\\')
            continue;
          g_string_append_len (out, run, p - run);
          append_escaped_byte (out, c);
          run = p + 1;
        }
      g_string_append_len (out, run, p - run);

      /* What stopped the validation is a nul byte, or no UTF-8. */
      if (p < end)
        {
          if (*p == '\0')
            append_escaped_byte (out, 0);
          else
            g_string_append (out, "\xef\xbf\xbd");
          p++;
        }
    }
  g_string_append_c (out, '"');
}

void
storm_json_append_number (GString *out,
                          double   number)
{
  char buf[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (out != NULL);
  g_return_if_fail (isfinite (number));

  if (number == 0)
    {
      g_string_append_c (out, '0');
      return;
    }

  if (number == floor (number) && fabs (number) < 1e15)
    {
      g_string_append (out, g_ascii_formatd (buf, sizeof buf, "%.0f", number));
      return;
    }

  for (int digits = 1; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buf, sizeof buf, format, number);
      if (g_ascii_strtod (buf, NULL) == number)
        break;
    }
  g_string_append (out, buf);
}
