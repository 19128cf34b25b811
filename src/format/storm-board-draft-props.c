#include "config.h"

#include "storm-board-draft.h"

#include <math.h>
#include <glib/gi18n-lib.h>

#include "storm-id.h"

/* What is said of objects beside their texts and places, and the contexts around contexts. */

static gboolean
read_flag (const StormJsonPlace *place,
           JsonObject           *object,
           const char           *member,
           StormProp             prop,
           StormDraft           *draft,
           GError              **error)
{
  gboolean flag = FALSE;

  if (!storm_json_get_boolean (place, object, member, &flag, error))
    return FALSE;
  if (flag)
    storm_draft_put (draft, prop, g_variant_new_boolean (TRUE));
  return TRUE;
}

static gboolean
read_group (const StormJsonPlace *place,
            JsonObject           *object,
            StormDraft           *draft,
            GError              **error)
{
  StormJsonPlace group_place = STORM_JSON_MEMBER (place, "group");
  const char *group = NULL;

  if (!storm_json_get_text (place, object, "group", STORM_TITLE_MAX_BYTES, FALSE, &group, error))
    return FALSE;
  if (group == NULL)
    return TRUE;
  if (!storm_id_is_valid (group))
    return storm_json_place_fail (&group_place, error, STORM_ERROR_INVALID,
                                  _("an id has 1 to %d bytes and no control characters"),
                                  STORM_ID_MAX_LENGTH);
  storm_draft_put (draft, STORM_PROP_GROUP, g_variant_new_string (group));
  return TRUE;
}

/* The default may be said, too; it is not written. */
static gboolean
read_join (const StormJsonPlace *place,
           JsonObject           *object,
           StormDraft           *draft,
           GError              **error)
{
  StormJsonPlace join_place = STORM_JSON_MEMBER (place, "join");
  const char *nick = NULL;
  StormJoin join;

  if (!storm_json_get_text (place, object, "join", STORM_TITLE_MAX_BYTES, FALSE, &nick, error))
    return FALSE;
  if (nick == NULL || g_str_equal (nick, "any"))
    return TRUE;
  if (!storm_join_from_nick (nick, &join))
    return storm_json_place_fail (&join_place, error, STORM_ERROR_INVALID,
                                  _("a policy needs any or all of its events"));
  storm_draft_put (draft, STORM_PROP_JOIN, g_variant_new_string (nick));
  return TRUE;
}

gboolean
storm_draft_read_sticky_props (StormDraft           *draft,
                               const StormJsonPlace *place,
                               JsonObject           *object,
                               GError              **error)
{
  return read_flag (place, object, "locked", STORM_PROP_LOCKED, draft, error) &&
         read_group (place, object, draft, error) &&
         read_flag (place, object, "pivotal", STORM_PROP_PIVOTAL, draft, error) &&
         read_join (place, object, draft, error);
}

gboolean
storm_draft_read_context_props (StormDraft           *draft,
                                const StormJsonPlace *place,
                                JsonObject           *object,
                                GError              **error)
{
  StormJsonPlace kind_place = STORM_JSON_MEMBER (place, "kind");
  const char *nick = NULL;
  StormContextKind kind;

  if (!storm_json_get_text (place, object, "kind", STORM_TITLE_MAX_BYTES, FALSE, &nick, error) ||
      !storm_json_get_text (place, object, "parent", STORM_TITLE_MAX_BYTES, FALSE,
                            &draft->parent, error) ||
      !read_flag (place, object, "locked", STORM_PROP_LOCKED, draft, error) ||
      !read_flag (place, object, "collapsed", STORM_PROP_COLLAPSED, draft, error))
    return FALSE;
  if (nick == NULL || g_str_equal (nick, "bounded"))
    return TRUE;
  if (!storm_context_kind_from_nick (nick, &kind))
    return storm_json_place_fail (&kind_place, error, STORM_ERROR_INVALID,
                                  _("a context is bounded or a swimlane"));
  storm_draft_put (draft, STORM_PROP_CONTEXT_KIND, g_variant_new_string (nick));
  return TRUE;
}

static gboolean
read_coordinate (const StormJsonPlace *place,
                 JsonNode             *node,
                 double               *out,
                 GError              **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || (json_node_get_value_type (node) != G_TYPE_INT64 &&
                                        json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return storm_json_place_fail (place, error, STORM_ERROR_INVALID, _("this must be a number"));
  *out = json_node_get_double (node);
  if (!(fabs (*out) <= STORM_COORD_MAX))
    return storm_json_place_fail (place, error, STORM_ERROR_INVALID,
                                  _("the board reaches from -%.0f to %.0f; this lies outside"),
                                  STORM_COORD_MAX, STORM_COORD_MAX);
  return TRUE;
}

static gboolean
read_bend (const StormJsonPlace *list,
           JsonArray            *bends,
           guint                 index,
           GVariantBuilder      *builder,
           GError              **error)
{
  StormJsonPlace place = STORM_JSON_ELEMENT (list, index);
  JsonNode *node = json_array_get_element (bends, index);
  double numbers[2];

  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != 2)
    return storm_json_place_fail (&place, error, STORM_ERROR_INVALID,
                                  _("a bend is two numbers, x and y"));
  for (guint i = 0; i < 2; i++)
    {
      StormJsonPlace number_place = STORM_JSON_ELEMENT (&place, i);

      if (!read_coordinate (&number_place,
                            json_array_get_element (json_node_get_array (node), i),
                            &numbers[i], error))
        return FALSE;
    }
  g_variant_builder_add (builder, "(dd)", numbers[0], numbers[1]);
  return TRUE;
}

static gboolean
read_bends (const StormJsonPlace *place,
            JsonObject           *object,
            StormDraft           *draft,
            GError              **error)
{
  StormJsonPlace list = STORM_JSON_MEMBER (place, "bends");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(dd)"));
  JsonArray *bends = NULL;

  if (!storm_json_get_array (place, object, "bends", STORM_FLOW_MAX_BENDS, &bends, error))
    return FALSE;
  for (guint i = 0; bends != NULL && i < json_array_get_length (bends); i++)
    {
      if (!read_bend (&list, bends, i, &builder, error))
        return FALSE;
    }
  if (bends != NULL && json_array_get_length (bends) > 0)
    storm_draft_put (draft, STORM_PROP_BENDS, g_variant_builder_end (&builder));
  return TRUE;
}

/* Seconds, to the microsecond. */
static gboolean
read_target (const StormJsonPlace *place,
             JsonObject           *object,
             StormDraft           *draft,
             GError              **error)
{
  StormJsonPlace target_place = STORM_JSON_MEMBER (place, "target");
  double seconds = 0;
  gboolean found;
  gint64 target;

  if (!storm_json_get_number (place, object, "target", &seconds, &found, error))
    return FALSE;
  if (!(seconds >= 0 && seconds <= STORM_FLOW_MAX_TARGET / 1e9))
    return storm_json_place_fail (&target_place, error, STORM_ERROR_INVALID,
                                  _("a step can be given ten years at most, in seconds"));
  target = llround (seconds * 1e6) * 1000;
  if (target != 0)
    storm_draft_put (draft, STORM_PROP_TARGET, g_variant_new_int64 (target));
  return TRUE;
}

gboolean
storm_draft_read_flow_props (StormDraft           *draft,
                             const StormJsonPlace *place,
                             JsonObject           *object,
                             GError              **error)
{
  return read_bends (place, object, draft, error) && read_target (place, object, draft, error) &&
         read_flag (place, object, "unchecked", STORM_PROP_UNCHECKED, draft, error);
}

static StormDraft *
parent_of (StormImport *self,
           StormDraft  *draft)
{
  return draft->parent != NULL ? g_hash_table_lookup (self->ids, draft->parent) : NULL;
}

static gboolean
fail_parent (StormImport  *self,
             StormDraft   *draft,
             gboolean      circle,
             GError      **error)
{
  StormJsonPlace root = STORM_JSON_ROOT (&self->doc);
  StormJsonPlace list = STORM_JSON_MEMBER (&root, "contexts");
  StormJsonPlace place = STORM_JSON_ELEMENT (&list, draft->index);
  StormJsonPlace parent_place = STORM_JSON_MEMBER (&place, "parent");
  g_autofree char *quoted = storm_json_quote (draft->parent);

  if (circle)
    return storm_json_place_fail (&parent_place, error, STORM_ERROR_INVALID,
                                  _("by this the context would lie in itself"));
  return storm_json_place_fail (&parent_place, error, STORM_ERROR_INVALID,
                                _("there is no context with the id %s"), quoted);
}

gboolean
storm_import_put_parents (StormImport  *self,
                          GError      **error)
{
  guint n = storm_import_n (self, STORM_OBJECT_CONTEXT);
  g_autofree guint *walked = g_new0 (guint, n);

  for (guint i = 0; i < n; i++)
    {
      StormDraft *draft = storm_import_draft (self, STORM_OBJECT_CONTEXT, i);
      StormDraft *parent = parent_of (self, draft);

      if (draft->parent == NULL)
        continue;
      if (parent == NULL || parent->type != STORM_OBJECT_CONTEXT)
        return fail_parent (self, draft, FALSE, error);
      storm_draft_put (draft, STORM_PROP_PARENT, g_variant_new_string (draft->parent));
    }
  /* Each is passed once: a walk ends where an earlier one has been. */
  for (guint i = 0; i < n; i++)
    {
      StormDraft *draft = storm_import_draft (self, STORM_OBJECT_CONTEXT, i);

      for (; draft != NULL && walked[draft->index] == 0; draft = parent_of (self, draft))
        walked[draft->index] = i + 1;
      if (draft != NULL && walked[draft->index] == i + 1)
        return fail_parent (self, draft, TRUE, error);
    }
  return TRUE;
}
