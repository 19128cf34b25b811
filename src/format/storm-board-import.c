#include "config.h"

#include "storm-board-json.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "storm-board-draft.h"
#include "storm-json-scan.h"
#include "storm-json-twice.h"
#include "storm-json.h"
#include "storm-mapping.h"

static const char * const mapping_lists[] = {
  "type", "id", "time", "correlation", "causation"
};

/* What stands at @offset, where the text goes wrong. */
static char *
quote_at (const StormJsonDoc *doc,
          gsize               offset)
{
  g_autofree char *text = g_strndup (doc->data + offset, MIN (doc->len - offset, 24));

  text[strcspn (text, "\r\n")] = '\0';
  return storm_json_quote (text);
}

/* In characters, from 1. The text needn't be UTF-8. */
static guint
column_of (const StormJsonDoc *doc,
           gsize               offset)
{
  guint column = 1;

  for (; offset > 0 && doc->data[offset - 1] != '\n'; offset--)
    {
      if ((doc->data[offset - 1] & 0xc0) != 0x80)
        column++;
    }
  return column;
}

static void
fail_syntax (const StormJsonDoc  *doc,
             gsize                offset,
             GError             **error)
{
  g_autofree char *quoted = quote_at (doc, offset);
  guint line = storm_json_line_of (doc->data, doc->len, offset);

  if (offset < doc->len)
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("%s:%u: this is not JSON from column %u on: %s"), doc->name, line,
                 column_of (doc, offset), quoted);
  else
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("%s:%u: this is not JSON: the file ends in the middle of it"), doc->name, line);
}

/* The parser is lenient (comments, what follows the end) and cuts texts at U+0000. A document that
 * other tools would read differently is refused before it comes that far. */
static gboolean
check_text (const StormJsonDoc  *doc,
            GError             **error)
{
  static const char *root_pointer = "";
  g_autoptr (StormScanSet) set = storm_scan_set_new (&root_pointer, 1, NULL);
  StormJsonValue value = { 0 };
  gsize offset = 0;
  const char *what;
  StormError code = STORM_ERROR_INVALID;

  if (doc->len > STORM_JSON_MAX_BYTES)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("%s: the file is too large for a board; at most 256 MiB are read"),
                   doc->name);
      return FALSE;
    }
  switch (storm_json_scan (doc->data, doc->len, set, &value, &offset))
    {
    case STORM_SCAN_OK:
      return TRUE;
    case STORM_SCAN_EMPTY:
      what = _("the file is empty; a board's text form is a JSON object");
      break;
    case STORM_SCAN_INVALID_UTF8:
      what = _("the text is not UTF-8");
      break;
    case STORM_SCAN_TOO_DEEP:
      what = _("brackets are nested too deeply");
      code = STORM_ERROR_LIMIT;
      break;
    case STORM_SCAN_NOT_JSON:
    default:
      fail_syntax (doc, MIN (offset, doc->len), error);
      return FALSE;
    }
  offset = MIN (offset, doc->len);
  g_set_error (error, STORM_ERROR, code, "%s:%u: %s", doc->name,
               storm_json_line_of (doc->data, doc->len, offset), what);
  return FALSE;
}

static gboolean
check_nul (const StormJsonDoc  *doc,
           GError             **error)
{
  const char *end = doc->data + doc->len;
  const char *at = doc->data;

  while ((at = memmem (at, end - at, "\\u0000", 6)) != NULL)
    {
      guint backslashes = 0;

      while (at - backslashes > doc->data && at[-1 - (int) backslashes] == '\\')
        backslashes++;
      if (backslashes % 2 == 0)
        {
          g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                       _("%s:%u: a text has the character U+0000, which boards can't keep"),
                       doc->name, storm_json_line_of (doc->data, doc->len, at - doc->data));
          return FALSE;
        }
      at += 6;
    }
  return TRUE;
}

static gboolean
check_twice (const StormJsonDoc  *doc,
             GError             **error)
{
  gsize len = 0;
  const char *name = storm_json_find_twice (doc->data, doc->len, &len);
  g_autofree char *text = NULL;
  g_autofree char *quoted = NULL;

  if (name == NULL)
    return TRUE;
  text = g_strndup (name, len);
  quoted = storm_json_quote (text);
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("%s:%u: the member %s stands twice in the same object"), doc->name,
               storm_json_line_of (doc->data, doc->len, name - doc->data), quoted);
  return FALSE;
}

static gboolean
check_header (const StormJsonPlace  *root,
              JsonObject            *object,
              const char           **title,
              GError               **error)
{
  StormJsonPlace format_place = STORM_JSON_MEMBER (root, "format");
  StormJsonPlace version_place = STORM_JSON_MEMBER (root, "version");
  const char *format = NULL;
  double version = 0;
  gboolean found;

  if (!storm_json_get_text (root, object, "format", STORM_TITLE_MAX_BYTES, TRUE, &format, error))
    return FALSE;
  if (!g_str_equal (format, STORM_BOARD_JSON_FORMAT))
    {
      g_autofree char *quoted = storm_json_quote (format);

      return storm_json_place_fail (&format_place, error, STORM_ERROR_INVALID,
                                    _("this is not a board: the format is %s, not “%s”"),
                                    quoted, STORM_BOARD_JSON_FORMAT);
    }
  if (!storm_json_get_number (root, object, "version", &version, &found, error))
    return FALSE;
  if (!found)
    return storm_json_place_fail (&version_place, error, STORM_ERROR_INVALID,
                                  _("this member is missing, and it is needed"));
  if (version > STORM_BOARD_JSON_VERSION)
    return storm_json_place_fail (&version_place, error, STORM_ERROR_TOO_NEW,
                                  _("a newer Stormwatch wrote this board (version %.15g, this one "
                                    "reads up to %d); please update"),
                                  version, STORM_BOARD_JSON_VERSION);
  if (version != STORM_BOARD_JSON_VERSION)
    return storm_json_place_fail (&version_place, error, STORM_ERROR_INVALID,
                                  _("there is no version %.15g of the text form"), version);
  return storm_json_get_text (root, object, "title", STORM_TITLE_MAX_BYTES, TRUE, title, error);
}

static gboolean
check_fail_of (StormImport  *self,
               guint         index,
               GError      **error)
{
  StormJsonPlace root = STORM_JSON_ROOT (&self->doc);
  StormJsonPlace list = STORM_JSON_MEMBER (&root, "stickies");
  StormJsonPlace place = STORM_JSON_ELEMENT (&list, index);
  StormJsonPlace fail_place = STORM_JSON_MEMBER (&place, "failOf");
  StormDraft *draft = storm_import_draft (self, STORM_OBJECT_STICKY, index);
  StormDraft *other = g_hash_table_lookup (self->ids, draft->fail_of);
  g_autofree char *quoted = NULL;

  if (other != NULL && other != draft && other->type == STORM_OBJECT_STICKY &&
      other->kind == STORM_KIND_EVENT)
    return TRUE;
  if (other == draft)
    return storm_json_place_fail (&fail_place, error, STORM_ERROR_INVALID,
                                  _("an event can't be its own failure"));
  quoted = storm_json_quote (draft->fail_of);
  return storm_json_place_fail (&fail_place, error, STORM_ERROR_INVALID,
                                _("there is no event with the id %s"), quoted);
}

/* Whether this one entry of a list of the mapping is right by itself. */
static gboolean
entry_is_valid (JsonNode *entry)
{
  g_autoptr (GString) text = g_string_new ("{\"type\": [");
  g_autoptr (StormMapping) mapping = NULL;

  storm_json_append_node (text, entry);
  g_string_append (text, "]}");
  mapping = storm_mapping_new_from_json (text->str, NULL);
  return mapping != NULL;
}

static gboolean
fail_entry (const StormJsonPlace *lists_place,
            JsonObject           *lists,
            const GError         *reason,
            GError              **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (mapping_lists); i++)
    {
      StormJsonPlace list_place = STORM_JSON_MEMBER (lists_place, mapping_lists[i]);
      JsonNode *node = json_object_get_member (lists, mapping_lists[i]);
      JsonArray *array;

      if (node == NULL)
        continue;
      if (!JSON_NODE_HOLDS_ARRAY (node))
        return storm_json_place_fail (&list_place, error, STORM_ERROR_INVALID,
                                      "%s", reason->message);
      array = json_node_get_array (node);
      for (guint j = 0; j < json_array_get_length (array); j++)
        {
          StormJsonPlace place = STORM_JSON_ELEMENT (&list_place, j);

          if (!entry_is_valid (json_array_get_element (array, j)))
            return storm_json_place_fail (&place, error, STORM_ERROR_INVALID,
                                          "%s", reason->message);
        }
    }
  return TRUE;
}

/* The mapping says what is wrong; this finds out where. */
static void
fail_mapping (const StormJsonPlace *place,
              JsonObject           *mapping,
              const GError         *reason,
              GError              **error)
{
  StormJsonPlace types_place = STORM_JSON_MEMBER (place, "perType");
  JsonNode *types = json_object_get_member (mapping, "perType");
  JsonObjectIter iter;
  const char *name;
  JsonNode *lists;

  if (!fail_entry (place, mapping, reason, error))
    return;
  if (types != NULL && JSON_NODE_HOLDS_OBJECT (types))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (types));
      while (json_object_iter_next_ordered (&iter, &name, &lists))
        {
          StormJsonPlace type_place = STORM_JSON_MEMBER (&types_place, name);

          if (!JSON_NODE_HOLDS_OBJECT (lists))
            {
              storm_json_place_fail (&type_place, error, STORM_ERROR_INVALID,
                                     "%s", reason->message);
              return;
            }
          if (!fail_entry (&type_place, json_node_get_object (lists), reason, error))
            return;
        }
    }
  storm_json_place_fail (place, error, STORM_ERROR_INVALID, "%s", reason->message);
}

static gboolean
read_mapping (const StormJsonPlace *root,
              JsonObject           *object,
              StormChange          *change,
              GError              **error)
{
  StormJsonPlace place = STORM_JSON_MEMBER (root, "mapping");
  g_autoptr (StormMapping) mapping = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) reason = NULL;
  g_autofree char *json = NULL;
  JsonObject *member = NULL;

  if (!storm_json_get_object (root, object, "mapping", &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;
  storm_json_append_node (text, json_object_get_member (object, "mapping"));
  if (text->len > STORM_TEXT_MAX_BYTES)
    return storm_json_place_fail (&place, error, STORM_ERROR_LIMIT,
                                  _("the mapping is too long; at most 1 MiB is read"));
  mapping = storm_mapping_new_from_json (text->str, &reason);
  if (mapping == NULL)
    {
      fail_mapping (&place, member, reason, error);
      return FALSE;
    }
  json = storm_mapping_to_json (mapping);
  storm_change_set (change, NULL, STORM_PROP_MAPPING, g_variant_new_string (json));
  return TRUE;
}

static void
put_place (StormDraft            *draft,
           const StormLayoutItem *item)
{
  storm_draft_put (draft, STORM_PROP_RECT,
                   g_variant_new ("(dddd)", item->rect.x, item->rect.y, item->rect.width,
                                  item->rect.height));
  /* The order in the document is the order of the stack. */
  storm_draft_put (draft, STORM_PROP_Z, g_variant_new_int64 (draft->index + 1));
}

static gboolean
check_room (StormImport      *self,
            StormLayoutItem  *items,
            guint             n_items,
            GError          **error)
{
  for (guint i = 0; i < n_items; i++)
    {
      if (!storm_rect_is_valid (&items[i].rect))
        {
          g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                       _("%s: the board has no room for everything that has no place; give the "
                         "stickies x and y"), self->doc.name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
put_places (StormImport  *self,
            GError      **error)
{
  guint n_contexts = storm_import_n (self, STORM_OBJECT_CONTEXT);
  guint n_stickies = storm_import_n (self, STORM_OBJECT_STICKY);

  storm_board_layout (self->contexts, n_contexts, self->stickies, n_stickies);
  if (!check_room (self, self->contexts, n_contexts, error) ||
      !check_room (self, self->stickies, n_stickies, error))
    return FALSE;

  for (guint i = 0; i < n_contexts; i++)
    put_place (storm_import_draft (self, STORM_OBJECT_CONTEXT, i), &self->contexts[i]);
  for (guint i = 0; i < n_stickies; i++)
    {
      StormDraft *draft = storm_import_draft (self, STORM_OBJECT_STICKY, i);
      int context = self->stickies[i].context;

      if (context < 0 && !draft->no_context)
        context = storm_board_layout_context_at (self->contexts, n_contexts,
                                                 &self->stickies[i].rect);
      if (context >= 0)
        {
          StormDraft *in = storm_import_draft (self, STORM_OBJECT_CONTEXT, context);

          storm_draft_put (draft, STORM_PROP_CONTEXT, g_variant_new_string (in->id));
        }
      put_place (draft, &self->stickies[i]);
    }
  return TRUE;
}

/* Only now is every event there that one can be the failure of. */
static gboolean
put_fail_of (StormImport  *self,
             GError      **error)
{
  for (guint i = 0; i < storm_import_n (self, STORM_OBJECT_STICKY); i++)
    {
      StormDraft *draft = storm_import_draft (self, STORM_OBJECT_STICKY, i);

      if (draft->fail_of == NULL)
        continue;
      if (!check_fail_of (self, i, error))
        return FALSE;
      storm_draft_put (draft, STORM_PROP_FAIL_OF, g_variant_new_string (draft->fail_of));
    }
  return TRUE;
}

static gboolean
fill_change (StormImport  *self,
             JsonObject   *root,
             GError      **error)
{
  StormJsonPlace place = STORM_JSON_ROOT (&self->doc);
  g_autofree char *extra = NULL;
  const char *title = NULL;

  if (!check_header (&place, root, &title, error) ||
      !storm_import_read_lists (self, root, error) ||
      !storm_import_put_parents (self, error) ||
      !put_places (self, error) || !put_fail_of (self, error) ||
      !read_mapping (&place, root, self->change, error) ||
      !storm_json_get_extra (&place, root, storm_board_json_board_members, &extra, error))
    return FALSE;
  storm_change_set (self->change, NULL, STORM_PROP_TITLE, g_variant_new_string (title));
  if (extra != NULL)
    storm_change_set (self->change, NULL, STORM_PROP_EXTRA, g_variant_new_string (extra));
  return TRUE;
}

StormBoard *
storm_board_json_import (const char  *data,
                         gsize        len,
                         const char  *name,
                         GError     **error)
{
  g_auto (StormImport) import = { 0 };
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (data != NULL || len == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  /* A byte order mark is what some editors put first. */
  if (len >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      len -= 3;
    }
  storm_import_init (&import, data != NULL ? data : "", len, name);
  if (!check_text (&import.doc, error) || !check_nul (&import.doc, error) ||
      !check_twice (&import.doc, error))
    return NULL;
  root = storm_json_parse (import.doc.data, len, name, error);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      StormJsonPlace place = STORM_JSON_ROOT (&import.doc);

      storm_json_place_fail (&place, error, STORM_ERROR_INVALID,
                             _("a board's text form is a JSON object, in curly brackets"));
      return NULL;
    }
  if (!fill_change (&import, json_node_get_object (root), error))
    return NULL;
  if (!storm_change_apply (import.change, board, &reason))
    {
      g_set_error (error, STORM_ERROR, reason->code, "%s: %s", name, reason->message);
      return NULL;
    }
  return g_steal_pointer (&board);
}
