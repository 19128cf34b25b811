#include "config.h"

#include "storm-edit-private.h"

#include "storm-board-private.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What comes from a user's clipboard or keyboard may be anything; a GVariant must be UTF-8. */
static GVariant *
text_value (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  return g_variant_new_string (valid);
}

static GVariant *
sticky_props (StormKind        kind,
              const StormRect *rect,
              gint64           z,
              const char      *title,
              const char      *context)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "kind",
                         storm_text_to_variant (storm_kind_info (kind)->nick));
  g_variant_builder_add (&builder, "{sv}", "rect", storm_rect_to_variant (rect));
  g_variant_builder_add (&builder, "{sv}", "z", g_variant_new_int64 (MIN (z, STORM_Z_MAX)));
  g_variant_builder_add (&builder, "{sv}", "title", text_value (title));
  g_variant_builder_add (&builder, "{sv}", "context", storm_text_to_variant (context));

  return g_variant_builder_end (&builder);
}

static GVariant *
flow_props (const char *from,
            const char *to)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "from", g_variant_new_string (from));
  g_variant_builder_add (&builder, "{sv}", "to", g_variant_new_string (to));

  return g_variant_builder_end (&builder);
}

static const char *
insert_sticky (StormChange *change,
               StormBoard  *board,
               StormKind    kind,
               StormPoint   at,
               const char  *title)
{
  const StormKindInfo *info = storm_kind_info (kind);
  StormRect rect = { at.x - info->width / 2, at.y - info->height / 2, info->width, info->height };
  StormContext *context;

  storm_edit_clamp_rect (&rect);
  context = storm_board_context_at (board, &rect);

  return storm_change_insert (change, STORM_OBJECT_STICKY, NULL,
                              sticky_props (kind, &rect, storm_board_get_top_z (board) + 1, title,
                                            context != NULL
                                            ? storm_object_get_id (STORM_OBJECT (context)) : ""));
}

StormChange *
storm_edit_add_sticky (StormBoard *board,
                       StormKind   kind,
                       StormPoint  at,
                       const char *title,
                       char      **out_id)
{
  g_autoptr (StormChange) change = NULL;
  g_autofree char *label = NULL;
  const char *id;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS, NULL);
  g_return_val_if_fail (isfinite (at.x) && isfinite (at.y), NULL);

  /* Translators: the name of a kind of sticky, such as “Read model” */
  label = g_strdup_printf (_("Add “%s”"), storm_kind_name (kind));
  change = storm_change_new (label);
  id = insert_sticky (change, board, kind, at, title);
  if (out_id != NULL)
    *out_id = g_strdup (id);

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_connect (StormBoard *board,
                    const char *from,
                    const char *to,
                    char      **out_id)
{
  g_autoptr (StormChange) change = NULL;
  StormObject *begin, *end;
  GPtrArray *flows;
  const char *id;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  begin = storm_board_lookup (board, from);
  end = storm_board_lookup (board, to);
  if (begin == NULL || end == NULL || begin == end || STORM_IS_FLOW (begin) || STORM_IS_FLOW (end))
    return NULL;

  flows = storm_board_get_flows_at (board, begin);
  for (guint i = 0; i < flows->len; i++)
    {
      StormFlow *flow = g_ptr_array_index (flows, i);

      if (g_str_equal (storm_flow_get_from (flow), from) &&
          g_str_equal (storm_flow_get_to (flow), to))
        return NULL;
    }

  change = storm_change_new (_("Connect"));
  id = storm_change_insert (change, STORM_OBJECT_FLOW, NULL, flow_props (from, to));
  if (out_id != NULL)
    *out_id = g_strdup (id);

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_connect_kind (StormBoard *board,
                         const char *id,
                         StormKind   kind,
                         gboolean    before,
                         StormPoint  at,
                         char      **out_sticky_id)
{
  g_autoptr (StormChange) change = NULL;
  g_autofree char *label = NULL;
  const char *made;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS, NULL);
  g_return_val_if_fail (isfinite (at.x) && isfinite (at.y), NULL);

  if (storm_board_lookup_sticky (board, id) == NULL)
    return NULL;

  /* Translators: the name of a kind of sticky, such as “Read model” */
  label = g_strdup_printf (_("Add “%s”"), storm_kind_name (kind));
  change = storm_change_new (label);
  made = insert_sticky (change, board, kind, at, "");
  storm_change_insert (change, STORM_OBJECT_FLOW, NULL,
                       before ? flow_props (made, id) : flow_props (id, made));
  if (out_sticky_id != NULL)
    *out_sticky_id = g_strdup (made);

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_connect_new (StormBoard *board,
                        const char *from,
                        StormPoint  at,
                        char      **out_sticky_id)
{
  StormSticky *sticky;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  sticky = storm_board_lookup_sticky (board, from);
  if (sticky == NULL)
    return NULL;

  return storm_edit_connect_kind (board, from,
                                  storm_kind_info (storm_sticky_get_kind (sticky))->next, FALSE,
                                  at, out_sticky_id);
}

static char *
remove_label (GPtrArray *objects)
{
  guint n = objects->len;

  if (storm_edit_count (objects, STORM_OBJECT_STICKY) == n)
    return g_strdup_printf (ngettext ("Delete %u sticky", "Delete %u stickies", n), n);
  if (storm_edit_count (objects, STORM_OBJECT_FLOW) == n)
    return g_strdup_printf (ngettext ("Delete %u flow", "Delete %u flows", n), n);
  if (storm_edit_count (objects, STORM_OBJECT_CONTEXT) == n)
    return g_strdup_printf (ngettext ("Delete %u bounded context",
                                      "Delete %u bounded contexts", n), n);
  return g_strdup_printf (ngettext ("Delete %u object", "Delete %u objects", n), n);
}

/* What lay in a context that goes comes to lie in the one around it. */
static void
move_children_up (StormChange *change,
                  StormBoard  *board,
                  GHashTable  *gone)
{
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_CONTEXT, i);
      const char *parent = storm_context_get_parent (STORM_CONTEXT (object));

      if (parent == NULL || g_hash_table_contains (gone, storm_object_get_id (object)))
        continue;
      while (parent != NULL && g_hash_table_contains (gone, parent))
        parent = storm_context_get_parent (storm_board_lookup_context (board, parent));
      storm_edit_put_text (change, object, STORM_PROP_PARENT, parent != NULL ? parent : "");
    }
}

static void
clear_references (StormChange *change,
                  StormBoard  *board,
                  GHashTable  *gone)
{
  g_autoptr (GHashTable) expanded = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) frames = NULL;
  GHashTableIter iter;
  gpointer id;

  /* What lay in a card comes to light. */
  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (expanded, storm_board_lookup (board, id));
  frames = storm_edit_frames_with (board, expanded);
  for (guint i = frames->len; i > 0; i--)
    {
      if (g_hash_table_contains (gone, g_array_index (frames, StormFrame, i - 1).id))
        g_array_remove_index (frames, i - 1);
    }

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_STICKY, i);
      StormSticky *sticky = STORM_STICKY (object);
      const char *context = storm_sticky_get_context (sticky);
      const char *fail_of = storm_sticky_get_fail_of (sticky);

      if ((context == NULL && fail_of == NULL) ||
          g_hash_table_contains (gone, storm_object_get_id (object)))
        continue;
      if (context != NULL && g_hash_table_contains (gone, context))
        storm_edit_join_frame (change, sticky, storm_sticky_get_rect (sticky), frames);
      if (fail_of != NULL && g_hash_table_contains (gone, fail_of))
        storm_edit_put_text (change, object, STORM_PROP_FAIL_OF, "");
    }
}

StormChange *
storm_edit_remove (StormBoard *board,
                   GPtrArray  *ids)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GHashTable) gone = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  objects = storm_edit_collect_free (board, ids);
  label = remove_label (objects);
  change = storm_change_new (label);
  gone = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      GPtrArray *flows;

      g_hash_table_add (gone, (char *) storm_object_get_id (object));
      storm_change_remove (change, object);
      flows = storm_board_get_flows_at (board, object);
      for (guint j = 0; j < flows->len; j++)
        storm_change_remove (change, g_ptr_array_index (flows, j));
    }
  clear_references (change, board, gone);
  move_children_up (change, board, gone);

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_set_text (StormBoard *board,
                     const char *id,
                     StormProp   prop,
                     const char *text)
{
  StormChange *change;
  StormObject *object;
  const char *label;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (prop == STORM_PROP_TITLE || prop == STORM_PROP_DESCRIPTION ||
                        prop == STORM_PROP_LABEL || prop == STORM_PROP_TOPIC, NULL);

  label = prop == STORM_PROP_TITLE ? _("Edit title")
          : prop == STORM_PROP_DESCRIPTION ? _("Edit description")
          : prop == STORM_PROP_LABEL ? _("Edit label")
                                     : _("Edit topic");
  change = storm_change_new (label);
  object = storm_board_lookup (board, id);
  if (id == NULL || (object != NULL && !storm_edit_is_locked (object)))
    storm_change_set (change, id, prop, text_value (text));

  return change;
}

StormChange *
storm_edit_set_kind (StormBoard *board,
                     GPtrArray  *ids,
                     StormKind   kind)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  const StormKindInfo *info;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS, NULL);

  info = storm_kind_info (kind);
  change = storm_change_new (_("Change kind"));
  objects = storm_edit_collect_free (board, ids);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      const StormKindInfo *old;
      StormRect rect;

      if (!STORM_IS_STICKY (object) || storm_sticky_get_kind (STORM_STICKY (object)) == kind)
        continue;

      storm_edit_put_text (change, object, STORM_PROP_KIND, info->nick);

      /* What was never resized gets the usual size of its new kind, around the same centre. */
      old = storm_kind_info (storm_sticky_get_kind (STORM_STICKY (object)));
      rect = *storm_sticky_get_rect (STORM_STICKY (object));
      if (rect.width != old->width || rect.height != old->height)
        continue;
      rect.x += (rect.width - info->width) / 2;
      rect.y += (rect.height - info->height) / 2;
      rect.width = info->width;
      rect.height = info->height;
      storm_edit_clamp_rect (&rect);
      storm_edit_put_rect (change, object, &rect);
    }

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_set_fields (StormBoard *board,
                       const char *id,
                       GPtrArray  *fields)
{
  StormChange *change;
  StormSticky *sticky;
  GVariantBuilder builder;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  change = storm_change_new (_("Edit fields"));
  sticky = storm_board_lookup_sticky (board, id);
  if (sticky == NULL || storm_sticky_get_locked (sticky))
    return change;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssbbs)"));
  for (guint i = 0; i < fields->len; i++)
    {
      StormField *field = g_ptr_array_index (fields, i);

      g_variant_builder_add (&builder, "(@s@sbb@s)", text_value (field->name),
                             text_value (field->type), field->key, field->correlation,
                             text_value (field->extra));
    }
  storm_change_set (change, id, STORM_PROP_FIELDS, g_variant_builder_end (&builder));

  return change;
}

StormChange *
storm_edit_set_aliases (StormBoard         *board,
                        const char         *id,
                        const char * const *aliases)
{
  StormChange *change;
  StormSticky *sticky;
  GVariantBuilder builder;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  change = storm_change_new (_("Edit aliases"));
  sticky = storm_board_lookup_sticky (board, id);
  if (sticky == NULL || storm_sticky_get_locked (sticky))
    return change;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    g_variant_builder_add_value (&builder, text_value (aliases[i]));
  storm_change_set (change, id, STORM_PROP_ALIASES, g_variant_builder_end (&builder));

  return change;
}
