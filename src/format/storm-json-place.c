#include "config.h"

#include "storm-json-place.h"

#include <math.h>
#include <glib/gi18n-lib.h>

#include "storm-board.h"
#include "storm-json.h"
#include "storm-json-scan.h"

/* How much of a text from outside a message repeats. */
#define QUOTE_MAX_CHARS 60

static void
append_words (GString              *out,
              const StormJsonPlace *place)
{
  g_autofree char *shortened = NULL;

  if (place->parent == NULL)
    return;
  append_words (out, place->parent);
  if (place->member == NULL)
    {
      g_string_append_printf (out, "[%u]", place->index);
      return;
    }
  if (out->len > 0)
    g_string_append_c (out, '.');
  if (g_utf8_strlen (place->member, -1) > QUOTE_MAX_CHARS)
    {
      shortened = g_utf8_substring (place->member, 0, QUOTE_MAX_CHARS);
      g_string_append_printf (out, "%s…", shortened);
    }
  else
    g_string_append (out, place->member);
}

static void
append_pointer (GString              *out,
                const StormJsonPlace *place)
{
  if (place->parent == NULL)
    return;
  append_pointer (out, place->parent);
  g_string_append_c (out, '/');
  if (place->member == NULL)
    {
      g_string_append_printf (out, "%u", place->index);
      return;
    }
  for (const char *c = place->member; *c != '\0'; c++)
    {
      if (*c == '~')
        g_string_append (out, "~0");
      else if (*c == '/')
        g_string_append (out, "~1");
      else
        g_string_append_c (out, *c);
    }
}

char *
storm_json_place_words (const StormJsonPlace *place)
{
  GString *out = g_string_new (NULL);

  append_words (out, place);
  return g_string_free (out, FALSE);
}

guint
storm_json_place_line (const StormJsonPlace *place)
{
  const StormJsonDoc *doc = place->doc;

  /* A missing member has no line of its own: the object that lacks it does. */
  for (const StormJsonPlace *p = place; p->parent != NULL; p = p->parent)
    {
      g_autoptr (GString) pointer = g_string_new (NULL);
      g_autoptr (StormScanSet) set = NULL;
      StormJsonValue value = { 0 };

      append_pointer (pointer, p);
      set = storm_scan_set_new ((const char * const *) &pointer->str, 1, NULL);
      if (set != NULL &&
          storm_json_scan (doc->data, doc->len, set, &value, NULL) == STORM_SCAN_OK &&
          value.type != STORM_JSON_MISSING && value.start != NULL)
        return storm_json_line_of (doc->data, doc->len, value.start - doc->data);
    }
  return 1;
}

gboolean
storm_json_place_fail (const StormJsonPlace *place,
                       GError              **error,
                       StormError            code,
                       const char           *format,
                       ...)
{
  g_autofree char *words = storm_json_place_words (place);
  g_autofree char *what = NULL;
  guint line = storm_json_place_line (place);
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, STORM_ERROR, code, "%s:%u: %s%s%s", place->doc->name, line,
               words, *words != '\0' ? ": " : "", what);
  return FALSE;
}

char *
storm_json_quote (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *shortened = NULL;

  valid = g_utf8_make_valid (text, strnlen (text, QUOTE_MAX_CHARS * 6));
  for (char *c = valid; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        *c = ' ';
    }
  if (g_utf8_strlen (valid, -1) <= QUOTE_MAX_CHARS)
    return g_strdup_printf ("“%s”", valid);
  shortened = g_utf8_substring (valid, 0, QUOTE_MAX_CHARS);
  return g_strdup_printf ("“%s…”", shortened);
}

static gboolean
fail_type (const StormJsonPlace *place,
           GError              **error,
           const char           *wanted)
{
  return storm_json_place_fail (place, error, STORM_ERROR_INVALID, "%s", wanted);
}

gboolean
storm_json_node_text (const StormJsonPlace *place,
                      JsonNode             *node,
                      gsize                 max_bytes,
                      const char          **out,
                      GError              **error)
{
  const char *text;
  gsize len;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return fail_type (place, error, _("this must be a text"));

  text = json_node_get_string (node);
  len = strlen (text);
  if (len > max_bytes)
    {
      g_autofree char *is = g_format_size (len);
      g_autofree char *most = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

      return storm_json_place_fail (place, error, STORM_ERROR_LIMIT,
                                    _("the text is too long: %s; at most %s are allowed"),
                                    is, most);
    }
  /* Escapes of lone surrogates come out of the parser as bytes that are not UTF-8. */
  if (!g_utf8_validate (text, len, NULL))
    return fail_type (place, error, _("the text has an escape that is no character"));
  *out = text;
  return TRUE;
}

gboolean
storm_json_get_text (const StormJsonPlace *object_place,
                     JsonObject           *object,
                     const char           *member,
                     gsize                 max_bytes,
                     gboolean              required,
                     const char          **out,
                     GError              **error)
{
  StormJsonPlace place = STORM_JSON_MEMBER (object_place, member);
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL && !required)
    return TRUE;
  if (node == NULL)
    return fail_type (&place, error, _("this member is missing, and it is needed"));
  return storm_json_node_text (&place, node, max_bytes, out, error);
}

gboolean
storm_json_get_number (const StormJsonPlace *object_place,
                       JsonObject           *object,
                       const char           *member,
                       double               *out,
                       gboolean             *found,
                       GError              **error)
{
  StormJsonPlace place = STORM_JSON_MEMBER (object_place, member);
  JsonNode *node = json_object_get_member (object, member);
  GType type;

  *found = node != NULL;
  if (node == NULL)
    return TRUE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return fail_type (&place, error, _("this must be a number"));
  *out = json_node_get_double (node);
  if (!isfinite (*out))
    return fail_type (&place, error, _("the number is too large"));
  return TRUE;
}

gboolean
storm_json_get_boolean (const StormJsonPlace *object_place,
                        JsonObject           *object,
                        const char           *member,
                        gboolean             *out,
                        GError              **error)
{
  StormJsonPlace place = STORM_JSON_MEMBER (object_place, member);
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail_type (&place, error, _("this must be true or false"));
  *out = json_node_get_boolean (node);
  return TRUE;
}

gboolean
storm_json_get_array (const StormJsonPlace *object_place,
                      JsonObject           *object,
                      const char           *member,
                      guint                 max_elements,
                      JsonArray           **out,
                      GError              **error)
{
  StormJsonPlace place = STORM_JSON_MEMBER (object_place, member);
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_type (&place, error, _("this must be a list, in square brackets"));
  *out = json_node_get_array (node);
  if (json_array_get_length (*out) > max_elements)
    return storm_json_place_fail (&place, error, STORM_ERROR_LIMIT,
                                  _("the list has %u entries; at most %u are allowed"),
                                  json_array_get_length (*out), max_elements);
  return TRUE;
}

gboolean
storm_json_get_object (const StormJsonPlace *object_place,
                       JsonObject           *object,
                       const char           *member,
                       JsonObject          **out,
                       GError              **error)
{
  StormJsonPlace place = STORM_JSON_MEMBER (object_place, member);
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail_type (&place, error, _("this must be an object, in curly brackets"));
  *out = json_node_get_object (node);
  return TRUE;
}

JsonObject *
storm_json_element_object (const StormJsonPlace *array_place,
                           JsonArray            *array,
                           guint                 index,
                           GError              **error)
{
  StormJsonPlace place = STORM_JSON_ELEMENT (array_place, index);
  JsonNode *node = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail_type (&place, error, _("this must be an object, in curly brackets"));
      return NULL;
    }
  return json_node_get_object (node);
}

gboolean
storm_json_get_extra (const StormJsonPlace *object_place,
                      JsonObject           *object,
                      const char * const   *known,
                      char                **out,
                      GError              **error)
{
  g_autoptr (GString) text = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (g_strv_contains (known, name))
        continue;
      if (text == NULL)
        text = g_string_new ("{");
      else
        g_string_append (text, ", ");
      storm_json_append_string (text, name, -1);
      g_string_append (text, ": ");
      storm_json_append_node (text, node);
      if (text->len >= STORM_TEXT_MAX_BYTES)
        return storm_json_place_fail (object_place, error, STORM_ERROR_LIMIT,
                                      _("the members that this version doesn't know are too "
                                        "long; at most 1 MiB of them is kept"));
    }
  *out = NULL;
  if (text != NULL)
    {
      g_string_append_c (text, '}');
      *out = g_string_free (g_steal_pointer (&text), FALSE);
    }
  return TRUE;
}

static void
append_object (GString    *out,
               JsonObject *object)
{
  const char *separator = "";
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_string_append (out, separator);
      storm_json_append_string (out, name, -1);
      g_string_append (out, ": ");
      storm_json_append_node (out, node);
      separator = ", ";
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString   *out,
              JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      storm_json_append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString  *out,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    storm_json_append_string (out, json_node_get_string (node), -1);
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (isfinite (json_node_get_double (node)))
    storm_json_append_number (out, json_node_get_double (node));
  else
    /* JSON can say 1e999, a double can't hold it. */
    g_string_append (out, json_node_get_double (node) > 0 ? "1e999" : "-1e999");
}

void
storm_json_append_node (GString  *out,
                        JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}
