#include "config.h"

#include "storm-payload-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-json-scan.h"

/* A text view takes a second for some MB; nobody reads more than this in a side pane. */
#define MAX_TEXT (512 * 1024)
#define MAX_HEADER 2000
#define MAX_BYTES (16 * 1024)
#define BYTES_A_LINE 16

static char *
dump_bytes (const guint8 *data,
            gsize         len)
{
  gsize shown = MIN (len, MAX_BYTES);
  GString *out = g_string_sized_new (shown * 5);

  for (gsize line = 0; line < shown; line += BYTES_A_LINE)
    {
      gsize end = MIN (line + BYTES_A_LINE, shown);

      g_string_append_printf (out, "%06x ", (guint) line);
      for (gsize i = line; i < line + BYTES_A_LINE; i++)
        if (i < end)
          g_string_append_printf (out, " %02x", data[i]);
        else
          g_string_append (out, "   ");
      g_string_append (out, "  ");
      for (gsize i = line; i < end; i++)
        g_string_append_c (out, g_ascii_isprint (data[i]) ? (char) data[i] : '.');
      g_string_append_c (out, '\n');
    }
  if (shown < len)
    g_string_append_printf (out, _("… %u bytes more\n"), (guint) (len - shown));
  return g_string_free (out, FALSE);
}

static char *
cut_text (const char *text,
          gsize       len)
{
  const char *end = text + MAX_TEXT;
  GString *out;

  if (len <= MAX_TEXT)
    return g_strndup (text, len);
  while (end > text && (*end & 0xc0) == 0x80)
    end--;
  out = g_string_new_len (text, end - text);
  g_string_append_printf (out, _("\n… %u bytes more\n"), (guint) (len - (gsize) (end - text)));
  return g_string_free (out, FALSE);
}

static void
start_line (GString *out,
            guint    depth)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

static const char *
skip_string (const char *at)
{
  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;
  return at + 1;
}

static const char *
skip_space (const char *at)
{
  while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
    at++;
  return at;
}

/* Lays out JSON that is known to be right. Nothing but space is changed: a number stays as its
 * producer wrote it, which a parser and a printer would not promise. */
static void
lay_out (GString    *out,
         const char *at)
{
  guint depth = 0;

  for (at = skip_space (at); *at != '\0'; at = skip_space (at))
    {
      const char *end = *at == '"' ? skip_string (at) : at + 1;

      if (*at == '}' || *at == ']')
        start_line (out, --depth);
      g_string_append_len (out, at, end - at);
      if (*at == ':')
        g_string_append_c (out, ' ');
      else if (*at == ',')
        start_line (out, depth);
      else if (*at == '{' || *at == '[')
        {
          end = skip_space (end);
          if (*end == '}' || *end == ']')
            g_string_append_c (out, *end++);
          else
            start_line (out, ++depth);
        }
      at = end;
    }
}

/* NULL for what is no JSON, by the strict scan: lay_out() relies on it. */
static char *
pretty (const char *text,
        gsize       len)
{
  g_autoptr (StormScanSet) nothing = storm_scan_set_new (NULL, 0, NULL);
  g_autofree char *ended = NULL;
  GString *out;

  if (len > MAX_TEXT || storm_json_scan (text, len, nothing, NULL, NULL) != STORM_SCAN_OK)
    return NULL;
  ended = g_strndup (text, len);
  out = g_string_sized_new (len * 2);
  lay_out (out, ended);
  return g_string_free (out, FALSE);
}

char *
storm_payload_text (const guint8     *data,
                    gsize             len,
                    gboolean          raw,
                    StormPayloadForm *form)
{
  const char *text = (const char *) data;
  char *shown;

  g_return_val_if_fail (form != NULL, NULL);

  *form = STORM_PAYLOAD_FORM_NONE;
  if (data == NULL)
    return g_strdup (_("Tombstone: the record has a key and no payload."));
  if (len == 0)
    return g_strdup (_("The payload is empty."));
  if (memchr (data, '\0', len) != NULL || !g_utf8_validate_len (text, len, NULL))
    {
      *form = STORM_PAYLOAD_FORM_BYTES;
      return dump_bytes (data, len);
    }
  shown = raw || (text[0] != '{' && text[0] != '[') ? NULL : pretty (text, len);
  if (shown != NULL)
    {
      *form = STORM_PAYLOAD_FORM_JSON;
      return shown;
    }
  *form = text[0] == '{' || text[0] == '[' ? STORM_PAYLOAD_FORM_JSON : STORM_PAYLOAD_FORM_TEXT;
  return cut_text (text, len);
}

/* What is longer takes a label seconds to break into lines. */
static char *
cut_line (const char *text,
          gsize       len)
{
  const char *end = text + MAX_HEADER;
  g_autofree char *start = NULL;

  if (len <= MAX_HEADER)
    return g_utf8_make_valid (text, (gssize) len);
  while (end > text && (*end & 0xc0) == 0x80)
    end--;
  start = g_utf8_make_valid (text, end - text);
  return g_strconcat (start, "…", NULL);
}

char *
storm_header_name (const StormHeader *header)
{
  g_return_val_if_fail (header != NULL, NULL);

  return cut_line (header->name, header->name_len);
}

char *
storm_header_text (const StormHeader *header)
{
  GString *hex;

  g_return_val_if_fail (header != NULL, NULL);

  if (header->value == NULL)
    return g_strdup (_("(none)"));
  if (memchr (header->value, '\0', header->value_len) == NULL &&
      g_utf8_validate_len ((const char *) header->value, header->value_len, NULL))
    return cut_line ((const char *) header->value, header->value_len);
  hex = g_string_new ("0x");
  for (gsize i = 0; i < MIN (header->value_len, 32); i++)
    g_string_append_printf (hex, "%02x", header->value[i]);
  if (header->value_len > 32)
    g_string_append (hex, "…");
  return g_string_free (hex, FALSE);
}
