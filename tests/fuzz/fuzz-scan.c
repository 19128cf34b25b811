#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "storm-json-scan.h"

/* The scan against json-glib. What the scan accepts, json-glib must accept, with the same values.
 * The other way round only what RFC 8259 refuses may differ: json-glib is more liberal (comments,
 * control characters and wrong escapes in strings, leading zeros, words such as "nullx"), and so
 * are numbers beyond its 64 bits. Texts with a \u escape are read, but not compared: json-glib cuts
 * strings at "\u0000" and refuses half a pair of surrogates, which RFC 8259 allows. The unit test
 * compares those. */

static const char * const pointers[] = { "", "/a", "/b", "/a/b", "/0", "/a/0", "/", "/0/a" };

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
compare_string (const StormJsonValue *value,
                JsonNode             *node)
{
  g_autofree char *text = storm_json_value_dup (value);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING
      || strcmp (text, json_node_get_string (node)) != 0)
    g_error ("“%s” is another text", text);
}

static void
compare (const StormJsonValue *value,
         JsonNode             *node)
{
  if (value->type == STORM_JSON_MISSING)
    {
      if (node != NULL)
        g_error ("a value was not found");
      return;
    }
  if (node == NULL)
    g_error ("a value was made up");

  switch (value->type)
    {
    case STORM_JSON_NULL:
      if (!JSON_NODE_HOLDS_NULL (node))
        g_error ("not null");
      break;

    case STORM_JSON_OBJECT:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        g_error ("not an object");
      break;

    case STORM_JSON_ARRAY:
      if (!JSON_NODE_HOLDS_ARRAY (node))
        g_error ("not an array");
      break;

    case STORM_JSON_STRING:
      compare_string (value, node);
      break;

    case STORM_JSON_TRUE:
    case STORM_JSON_FALSE:
      if (!JSON_NODE_HOLDS_VALUE (node)
          || json_node_get_boolean (node) != (value->type == STORM_JSON_TRUE))
        g_error ("another truth");
      break;

    case STORM_JSON_NUMBER:
    case STORM_JSON_MISSING:
    default:
      break;
    }
}

static JsonNode *
member (JsonNode   *node,
        const char *name)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && strcmp (name, "0") == 0
      && json_array_get_length (json_node_get_array (node)) > 0)
    return json_array_get_element (json_node_get_array (node), 0);

  return NULL;
}

static JsonNode *
follow (JsonNode   *node,
        const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (pointer, "/", -1);

  for (guint i = 1; steps[0] != NULL && steps[i] != NULL; i++)
    node = member (node, steps[i]);

  return node;
}

/* Whether the text holds what the two libraries are known to read in different ways. */
static gboolean
has_known_difference (const char *text,
                      gsize       len)
{
  for (gsize i = 0; i + 1 < len; i++)
    {
      if (text[i] == '\\' && text[i + 1] == 'u')
        return TRUE;
    }

  return FALSE;
}

static void
check_unescape (const char *text,
                gsize       len)
{
  g_autofree char *out = g_malloc (len + 1);
  gsize n = storm_json_unescape (text, len, out);

  if (n > len)
    g_error ("a text grew");
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static StormScanSet *set;
  StormJsonValue values[G_N_ELEMENTS (pointers)];
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) error = NULL;
  const char *text = (const char *) data;
  gsize offset = 0;
  StormScanStatus status;

  if (set == NULL)
    set = storm_scan_set_new (pointers, G_N_ELEMENTS (pointers), NULL);

  check_unescape (text, size);
  status = storm_json_scan (text, size, set, values, &offset);
  if (status != STORM_SCAN_OK)
    {
      if (offset > size)
        g_error ("the place of an error lies outside");
      return 0;
    }

  if (has_known_difference (text, size))
    return 0;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &error))
    g_error ("json-glib refuses it: %s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    compare (&values[i], follow (json_parser_get_root (parser), pointers[i]));

  return 0;
}
