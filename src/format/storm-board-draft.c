#include "config.h"

#include "storm-board-draft.h"

#include <glib/gi18n-lib.h>

#include "storm-id.h"

/* Contexts are looked through for every sticky that names none. */
#define MAX_CONTEXTS 10000
#define MAX_FIELDS 10000
#define MAX_ALIASES 1000

const char * const storm_board_json_board_members[] = {
  "format", "version", "title", "contexts", "stickies", "flows", "mapping", NULL
};
const char * const storm_board_json_context_members[] = {
  "id", "title", "x", "y", "width", "height", "kind", "parent", "locked", "collapsed", NULL
};
const char * const storm_board_json_sticky_members[] = {
  "id", "kind", "title", "description", "x", "y", "width", "height", "context", "fields",
  "aliases", "topic", "eventClass", "visibility", "failOf", "locked", "group", "pivotal", "join",
  NULL
};
const char * const storm_board_json_field_members[] = {
  "name", "type", "key", "correlation", NULL
};
const char * const storm_board_json_flow_members[] = {
  "id", "from", "to", "label", "bends", "target", "unchecked", NULL
};

static const char * const list_names[] = {
  [STORM_OBJECT_STICKY] = "stickies",
  [STORM_OBJECT_FLOW] = "flows",
  [STORM_OBJECT_CONTEXT] = "contexts",
};

static void
put_string (StormDraft *draft,
            StormProp   prop,
            const char *text)
{
  if (text != NULL && *text != '\0')
    storm_draft_put (draft, prop, g_variant_new_string (text));
}

static gboolean
read_extra (const StormJsonPlace *place,
            JsonObject           *object,
            const char * const   *known,
            StormDraft           *draft,
            GError              **error)
{
  g_autofree char *extra = NULL;

  if (!storm_json_get_extra (place, object, known, &extra, error))
    return FALSE;
  put_string (draft, STORM_PROP_EXTRA, extra);
  return TRUE;
}

/* The id that the object says, or a new one; every id names one thing of the board. */
static gboolean
read_id (StormImport          *self,
         const StormJsonPlace *place,
         JsonObject           *object,
         StormDraft           *draft,
         GError              **error)
{
  StormJsonPlace id_place = STORM_JSON_MEMBER (place, "id");
  const char *id = NULL;
  char *owned;

  if (!storm_json_get_text (place, object, "id", STORM_TITLE_MAX_BYTES, FALSE, &id, error))
    return FALSE;
  if (id != NULL && !storm_id_is_valid (id))
    return storm_json_place_fail (&id_place, error, STORM_ERROR_INVALID,
                                  _("an id has 1 to %d bytes and no control characters"),
                                  STORM_ID_MAX_LENGTH);
  if (id != NULL && g_hash_table_contains (self->ids, id))
    {
      g_autofree char *quoted = storm_json_quote (id);

      return storm_json_place_fail (&id_place, error, STORM_ERROR_INVALID,
                                    _("the id %s stands twice on the board"), quoted);
    }
  owned = id != NULL ? g_strdup (id) : storm_id_new ();
  g_hash_table_insert (self->ids, owned, draft);
  draft->id = owned;
  storm_change_insert (draft->change, draft->type, owned, NULL);
  return TRUE;
}

static gboolean
read_rect (const StormJsonPlace *place,
           JsonObject           *object,
           StormLayoutItem      *item,
           GError              **error)
{
  const char *members[] = { "x", "y", "width", "height" };
  const StormGiven given[] = {
    STORM_GIVEN_X, STORM_GIVEN_Y, STORM_GIVEN_WIDTH, STORM_GIVEN_HEIGHT
  };
  double *values[] = { &item->rect.x, &item->rect.y, &item->rect.width, &item->rect.height };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      StormJsonPlace number_place = STORM_JSON_MEMBER (place, members[i]);
      gboolean size = i >= 2;
      gboolean found;

      if (!storm_json_get_number (place, object, members[i], values[i], &found, error))
        return FALSE;
      if (!found)
        continue;
      if (*values[i] > STORM_COORD_MAX || *values[i] < -STORM_COORD_MAX)
        return storm_json_place_fail (&number_place, error, STORM_ERROR_INVALID,
                                      _("the board reaches from -%.0f to %.0f; this lies outside"),
                                      STORM_COORD_MAX, STORM_COORD_MAX);
      if (size && *values[i] <= 0)
        return storm_json_place_fail (&number_place, error, STORM_ERROR_INVALID,
                                      _("a size must be greater than 0"));
      item->given |= given[i];
    }
  return TRUE;
}

static gboolean
read_context (StormImport          *self,
              const StormJsonPlace *place,
              JsonObject           *object,
              StormDraft           *draft,
              GError              **error)
{
  const char *title = NULL;

  if (!read_id (self, place, object, draft, error) ||
      !storm_json_get_text (place, object, "title", STORM_TITLE_MAX_BYTES, TRUE, &title, error) ||
      !read_rect (place, object, &self->contexts[draft->index], error) ||
      !storm_draft_read_context_props (draft, place, object, error) ||
      !read_extra (place, object, storm_board_json_context_members, draft, error))
    return FALSE;
  put_string (draft, STORM_PROP_TITLE, title);
  return TRUE;
}

static gboolean
fail_kind (const StormJsonPlace *place,
           const char           *kind,
           GError              **error)
{
  g_autofree char *quoted = storm_json_quote (kind);
  g_autoptr (GString) kinds = g_string_new (NULL);

  for (guint i = 0; i < STORM_N_KINDS; i++)
    g_string_append_printf (kinds, "%s%s", i > 0 ? ", " : "", storm_kind_info (i)->nick);
  return storm_json_place_fail (place, error, STORM_ERROR_INVALID,
                                _("%s is no kind of sticky; the kinds are %s"),
                                quoted, kinds->str);
}

static gboolean
read_kind (const StormJsonPlace *place,
           JsonObject           *object,
           StormDraft           *draft,
           GError              **error)
{
  StormJsonPlace kind_place = STORM_JSON_MEMBER (place, "kind");
  const char *kind = NULL;

  if (!storm_json_get_text (place, object, "kind", STORM_TITLE_MAX_BYTES, TRUE, &kind, error))
    return FALSE;
  if (!storm_kind_from_nick (kind, &draft->kind))
    return fail_kind (&kind_place, kind, error);
  put_string (draft, STORM_PROP_KIND, kind);
  return TRUE;
}

/* As g_variant_new ("(ssbbs)") makes it, without reading that again for each. */
static GVariant *
field_value (const char *name,
             const char *type,
             gboolean    key,
             gboolean    correlation,
             const char *extra)
{
  GVariant *parts[] = {
    g_variant_new_string (name),
    g_variant_new_string (type),
    g_variant_new_boolean (key),
    g_variant_new_boolean (correlation),
    g_variant_new_string (extra != NULL ? extra : ""),
  };

  return g_variant_new_tuple (parts, G_N_ELEMENTS (parts));
}

static gboolean
read_fields (const StormJsonPlace *place,
             JsonObject           *object,
             StormDraft           *draft,
             GError              **error)
{
  StormJsonPlace list = STORM_JSON_MEMBER (place, "fields");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssbbs)"));
  JsonArray *fields = NULL;

  if (!storm_json_get_array (place, object, "fields", MAX_FIELDS, &fields, error))
    return FALSE;
  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      StormJsonPlace field_place = STORM_JSON_ELEMENT (&list, i);
      JsonObject *field = storm_json_element_object (&list, fields, i, error);
      g_autofree char *extra = NULL;
      const char *name = "";
      const char *type = "";
      gboolean key = FALSE;
      gboolean correlation = FALSE;

      if (field == NULL ||
          !storm_json_get_text (&field_place, field, "name", STORM_TITLE_MAX_BYTES, FALSE,
                                &name, error) ||
          !storm_json_get_text (&field_place, field, "type", STORM_TITLE_MAX_BYTES, FALSE,
                                &type, error) ||
          !storm_json_get_boolean (&field_place, field, "key", &key, error) ||
          !storm_json_get_boolean (&field_place, field, "correlation", &correlation, error) ||
          !storm_json_get_extra (&field_place, field, storm_board_json_field_members,
                                 &extra, error))
        return FALSE;
      g_variant_builder_add_value (&builder, field_value (name, type, key, correlation, extra));
    }
  if (fields != NULL && json_array_get_length (fields) > 0)
    storm_draft_put (draft, STORM_PROP_FIELDS, g_variant_builder_end (&builder));
  return TRUE;
}

static gboolean
read_aliases (const StormJsonPlace *place,
              JsonObject           *object,
              StormDraft           *draft,
              GError              **error)
{
  StormJsonPlace list = STORM_JSON_MEMBER (place, "aliases");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  JsonArray *aliases = NULL;

  if (!storm_json_get_array (place, object, "aliases", MAX_ALIASES, &aliases, error))
    return FALSE;
  for (guint i = 0; aliases != NULL && i < json_array_get_length (aliases); i++)
    {
      StormJsonPlace alias_place = STORM_JSON_ELEMENT (&list, i);
      const char *alias = NULL;

      if (!storm_json_node_text (&alias_place, json_array_get_element (aliases, i),
                                 STORM_TITLE_MAX_BYTES, &alias, error))
        return FALSE;
      g_variant_builder_add (&builder, "s", alias);
    }
  if (aliases != NULL && json_array_get_length (aliases) > 0)
    storm_draft_put (draft, STORM_PROP_ALIASES, g_variant_builder_end (&builder));
  return TRUE;
}

static gboolean
read_event_words (const StormJsonPlace *place,
                  JsonObject           *object,
                  StormDraft           *draft,
                  GError              **error)
{
  StormJsonPlace class_place = STORM_JSON_MEMBER (place, "eventClass");
  StormJsonPlace visibility_place = STORM_JSON_MEMBER (place, "visibility");
  const char *class_nick = NULL;
  const char *visibility_nick = NULL;
  StormEventClass event_class;
  StormVisibility visibility;

  if (!storm_json_get_text (place, object, "eventClass", STORM_TITLE_MAX_BYTES, FALSE,
                            &class_nick, error) ||
      !storm_json_get_text (place, object, "visibility", STORM_TITLE_MAX_BYTES, FALSE,
                            &visibility_nick, error))
    return FALSE;
  if (class_nick != NULL && !storm_event_class_from_nick (class_nick, &event_class))
    return storm_json_place_fail (&class_place, error, STORM_ERROR_INVALID,
                                  _("an event's class is notification, state-transfer or domain"));
  if (visibility_nick != NULL && !storm_visibility_from_nick (visibility_nick, &visibility))
    return storm_json_place_fail (&visibility_place, error, STORM_ERROR_INVALID,
                                  _("an event's visibility is public or private"));
  put_string (draft, STORM_PROP_EVENT_CLASS, class_nick);
  put_string (draft, STORM_PROP_VISIBILITY, visibility_nick);
  return TRUE;
}

static gboolean
read_sticky_context (StormImport          *self,
                     const StormJsonPlace *place,
                     JsonObject           *object,
                     StormDraft           *draft,
                     StormLayoutItem      *item,
                     GError              **error)
{
  StormJsonPlace context_place = STORM_JSON_MEMBER (place, "context");
  JsonNode *node = json_object_get_member (object, "context");
  const char *id = NULL;
  StormDraft *context;

  item->context = -1;
  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_NULL (node))
    {
      draft->no_context = TRUE;
      return TRUE;
    }
  if (!storm_json_node_text (&context_place, node, STORM_TITLE_MAX_BYTES, &id, error))
    return FALSE;
  context = g_hash_table_lookup (self->ids, id);
  if (context == NULL || context->type != STORM_OBJECT_CONTEXT)
    {
      g_autofree char *quoted = storm_json_quote (id);

      return storm_json_place_fail (&context_place, error, STORM_ERROR_INVALID,
                                    _("there is no context with the id %s"), quoted);
    }
  item->context = context->index;
  return TRUE;
}

static gboolean
read_sticky (StormImport          *self,
             const StormJsonPlace *place,
             JsonObject           *object,
             StormDraft           *draft,
             GError              **error)
{
  StormLayoutItem *item = &self->stickies[draft->index];
  const char *title = NULL;
  const char *description = NULL;
  const char *topic = NULL;

  if (!read_id (self, place, object, draft, error) ||
      !read_kind (place, object, draft, error) ||
      !storm_json_get_text (place, object, "title", STORM_TITLE_MAX_BYTES, TRUE, &title, error) ||
      !storm_json_get_text (place, object, "description", STORM_TEXT_MAX_BYTES, FALSE,
                            &description, error) ||
      !read_rect (place, object, item, error) ||
      !read_sticky_context (self, place, object, draft, item, error) ||
      !read_fields (place, object, draft, error) ||
      !read_aliases (place, object, draft, error) ||
      !storm_json_get_text (place, object, "topic", STORM_TITLE_MAX_BYTES, FALSE,
                            &topic, error) ||
      !read_event_words (place, object, draft, error) ||
      !storm_json_get_text (place, object, "failOf", STORM_TITLE_MAX_BYTES, FALSE,
                            &draft->fail_of, error) ||
      !storm_draft_read_sticky_props (draft, place, object, error) ||
      !read_extra (place, object, storm_board_json_sticky_members, draft, error))
    return FALSE;

  put_string (draft, STORM_PROP_TITLE, title);
  put_string (draft, STORM_PROP_DESCRIPTION, description);
  put_string (draft, STORM_PROP_TOPIC, topic);
  if (!(item->given & STORM_GIVEN_WIDTH))
    item->rect.width = storm_kind_info (draft->kind)->width;
  if (!(item->given & STORM_GIVEN_HEIGHT))
    item->rect.height = storm_kind_info (draft->kind)->height;
  return TRUE;
}

/* An end of a flow: the id of a sticky or context. */
static gboolean
read_end (StormImport          *self,
          const StormJsonPlace *place,
          JsonObject           *object,
          const char           *member,
          StormProp             prop,
          StormDraft           *draft,
          GError              **error)
{
  StormJsonPlace end_place = STORM_JSON_MEMBER (place, member);
  const char *id = NULL;
  StormDraft *end;

  if (!storm_json_get_text (place, object, member, STORM_TITLE_MAX_BYTES, TRUE, &id, error))
    return FALSE;
  end = g_hash_table_lookup (self->ids, id);
  if (end == NULL || end->type == STORM_OBJECT_FLOW)
    {
      g_autofree char *quoted = storm_json_quote (id);

      return storm_json_place_fail (&end_place, error, STORM_ERROR_INVALID,
                                    _("there is no sticky or context with the id %s"), quoted);
    }
  put_string (draft, prop, id);
  return TRUE;
}

static gboolean
read_flow (StormImport          *self,
           const StormJsonPlace *place,
           JsonObject           *object,
           StormDraft           *draft,
           GError              **error)
{
  StormJsonPlace to_place = STORM_JSON_MEMBER (place, "to");
  const char *label = NULL;

  if (!read_id (self, place, object, draft, error) ||
      !read_end (self, place, object, "from", STORM_PROP_FROM, draft, error) ||
      !read_end (self, place, object, "to", STORM_PROP_TO, draft, error) ||
      !storm_json_get_text (place, object, "label", STORM_TITLE_MAX_BYTES, FALSE,
                            &label, error) ||
      !storm_draft_read_flow_props (draft, place, object, error) ||
      !read_extra (place, object, storm_board_json_flow_members, draft, error))
    return FALSE;
  if (g_str_equal (json_object_get_string_member (object, "from"),
                   json_object_get_string_member (object, "to")))
    return storm_json_place_fail (&to_place, error, STORM_ERROR_INVALID,
                                  _("a flow must not end where it begins"));
  put_string (draft, STORM_PROP_LABEL, label);
  return TRUE;
}

static gboolean
read_object (StormImport      *self,
             StormObjectType   type,
             guint             index,
             GError          **error)
{
  StormJsonPlace root = STORM_JSON_ROOT (&self->doc);
  StormJsonPlace list = STORM_JSON_MEMBER (&root, list_names[type]);
  StormJsonPlace place = STORM_JSON_ELEMENT (&list, index);
  JsonObject *object = storm_json_element_object (&list, self->lists[type], index, error);
  StormDraft *draft = storm_import_draft (self, type, index);

  if (object == NULL)
    return FALSE;
  draft->type = type;
  draft->index = index;
  draft->change = self->change;
  switch (type)
    {
    case STORM_OBJECT_CONTEXT:
      return read_context (self, &place, object, draft, error);
    case STORM_OBJECT_STICKY:
      return read_sticky (self, &place, object, draft, error);
    case STORM_OBJECT_FLOW:
      return read_flow (self, &place, object, draft, error);
    case STORM_OBJECT_BOARD:
    default:
      g_assert_not_reached ();
    }
}

void
storm_draft_put (StormDraft *draft,
                 StormProp   prop,
                 GVariant   *value)
{
  storm_change_set (draft->change, draft->id, prop, value);
}

void
storm_import_init (StormImport *self,
                   const char  *data,
                   gsize        len,
                   const char  *name)
{
  *self = (StormImport) { .doc = { name, data, len } };
  self->change = storm_change_new (NULL);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->drafts); i++)
    self->drafts[i] = g_array_new (FALSE, TRUE, sizeof (StormDraft));
}

void
storm_import_clear (StormImport *self)
{
  storm_change_unref (self->change);
  g_hash_table_unref (self->ids);
  for (guint i = 0; i < G_N_ELEMENTS (self->drafts); i++)
    g_array_unref (self->drafts[i]);
  g_free (self->contexts);
  g_free (self->stickies);
}

guint
storm_import_n (StormImport     *self,
                StormObjectType  type)
{
  return self->drafts[type]->len;
}

StormDraft *
storm_import_draft (StormImport     *self,
                    StormObjectType  type,
                    guint            index)
{
  return &g_array_index (self->drafts[type], StormDraft, index);
}

gboolean
storm_import_read_lists (StormImport  *self,
                         JsonObject   *root,
                         GError      **error)
{
  /* What is referred to stands before what refers to it. */
  const StormObjectType order[] = {
    STORM_OBJECT_CONTEXT, STORM_OBJECT_STICKY, STORM_OBJECT_FLOW
  };
  StormJsonPlace place = STORM_JSON_ROOT (&self->doc);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      StormObjectType type = order[i];
      guint most = type == STORM_OBJECT_CONTEXT ? MAX_CONTEXTS : STORM_BOARD_MAX_OBJECTS;

      if (!storm_json_get_array (&place, root, list_names[type], most, &self->lists[type], error))
        return FALSE;
      if (self->lists[type] != NULL)
        g_array_set_size (self->drafts[type], json_array_get_length (self->lists[type]));
    }
  self->contexts = g_new0 (StormLayoutItem, storm_import_n (self, STORM_OBJECT_CONTEXT));
  self->stickies = g_new0 (StormLayoutItem, storm_import_n (self, STORM_OBJECT_STICKY));

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      for (guint j = 0; j < storm_import_n (self, order[i]); j++)
        {
          if (!read_object (self, order[i], j, error))
            return FALSE;
        }
    }
  return TRUE;
}
