#include "config.h"

#include "storm-payload-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-json.h"

/* A text view takes a second for some MB; nobody reads more than this in a side pane. */
#define MAX_TEXT (512 * 1024)
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

static char *
pretty (const char *text,
        gsize       len)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonGenerator) generator = NULL;

  if (len > MAX_TEXT)
    return NULL;
  root = storm_json_parse (text, len, "", NULL);
  if (root == NULL || !(JSON_NODE_HOLDS_OBJECT (root) || JSON_NODE_HOLDS_ARRAY (root)))
    return NULL;
  generator = json_generator_new ();
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
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
  shown = raw ? NULL : pretty (text, len);
  if (shown != NULL)
    {
      *form = STORM_PAYLOAD_FORM_JSON;
      return shown;
    }
  *form = text[0] == '{' || text[0] == '[' ? STORM_PAYLOAD_FORM_JSON : STORM_PAYLOAD_FORM_TEXT;
  return cut_text (text, len);
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
    return g_strndup ((const char *) header->value, header->value_len);
  hex = g_string_new ("0x");
  for (gsize i = 0; i < MIN (header->value_len, 32); i++)
    g_string_append_printf (hex, "%02x", header->value[i]);
  if (header->value_len > 32)
    g_string_append (hex, "…");
  return g_string_free (hex, FALSE);
}
