#include "config.h"

#include "storm-edit-private.h"

#include "storm-board-private.h"
#include "storm-change-private.h"
#include "storm-edit-context.h"
#include "storm-fold.h"
#include "storm-id.h"
#include "storm-object-private.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  StormBoard  *board;
  StormBoard  *source;
  StormChange *change;
  /* id in the source → id of the copy, for what is copied */
  GHashTable  *copies;
  /* group in the source → group of the copies */
  GHashTable  *groups;
  GArray      *frames;
  GPtrArray   *ids;
  double       dx;
  double       dy;
} Copy;

static gint64
top_z_of (StormBoard      *board,
          StormObjectType  type)
{
  gint64 top = 0;

  if (type == STORM_OBJECT_STICKY)
    return storm_board_get_top_z (board);
  for (guint i = 0; i < storm_board_get_n (board, type); i++)
    top = MAX (top, storm_edit_z_of (storm_board_peek (board, type, i)));

  return top;
}

/* Takes a floating @value. */
static void
put (StormRecord *record,
     StormProp    prop,
     GVariant    *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);

  storm_record_put (record, prop, STORM_SIDE_AFTER, owned);
}

/* The insertion of a copy, @id, with all values of @object but those in @but. Written into the
 * record as they are: a paste may have thousands of them. */
static StormRecord *
insert_copy (Copy        *copy,
             StormObject *object,
             const char  *id,
             StormProp    but)
{
  StormProp props = storm_object_get_own_props (object) & ~but;
  StormRecord *record =
    storm_change_insert_record (copy->change, storm_object_get_object_type (object), id);

  /* The ids are new, so that nothing can contradict them. */
  g_assert (record != NULL);
  for (guint i = 0; props >> i != 0; i++)
    {
      g_autoptr (GVariant) value = NULL;

      if ((props & (1u << i)) == 0)
        continue;
      value = storm_object_get_value (object, 1u << i);
      storm_record_put (record, 1u << i, STORM_SIDE_AFTER, value);
    }

  return record;
}

/* What a board has had needs no look any more, and places were kept within their bounds. */
static void
finish_copy (StormRecord *record)
{
  record->checked[STORM_SIDE_AFTER] = TRUE;
}

static void
set_text (StormRecord *record,
          StormProp    prop,
          const char  *text)
{
  if (text != NULL && *text != '\0')
    put (record, prop, storm_text_to_variant (text));
}

/* Copies of a group are a group of their own. */
static void
copy_group (Copy        *copy,
            StormSticky *sticky,
            StormRecord *record)
{
  const char *group = storm_sticky_get_group (sticky);
  char *copied;

  if (group == NULL)
    return;
  copied = g_hash_table_lookup (copy->groups, group);
  if (copied == NULL)
    {
      copied = storm_id_new ();
      g_hash_table_insert (copy->groups, (char *) group, copied);
    }
  set_text (record, STORM_PROP_GROUP, copied);
}

/* Likewise for a context in a context. */
static void
link_context (Copy            *copy,
              StormContext    *context,
              StormRecord     *record,
              const StormRect *rect)
{
  const char *parent = storm_context_get_parent (context);

  if (parent != NULL)
    parent = g_hash_table_lookup (copy->copies, parent);
  if (parent == NULL)
    parent = storm_edit_frame_around (copy->frames, rect);
  set_text (record, STORM_PROP_PARENT, parent);
}

/* The copy belongs to the copy of its context, else to what lies under its new place. */
static void
link_sticky (Copy            *copy,
             StormSticky     *sticky,
             StormRecord     *record,
             const StormRect *rect)
{
  const char *context = storm_sticky_get_context (sticky);
  const char *fail_of = storm_sticky_get_fail_of (sticky);

  if (context != NULL)
    context = g_hash_table_lookup (copy->copies, context);
  if (context == NULL)
    context = storm_edit_frame_at (copy->frames, rect);
  set_text (record, STORM_PROP_CONTEXT, context);

  if (fail_of != NULL)
    {
      const char *copied = g_hash_table_lookup (copy->copies, fail_of);

      set_text (record, STORM_PROP_FAIL_OF,
                copied != NULL ? copied : copy->source == copy->board ? fail_of : NULL);
    }
}

static void
copy_placed (Copy            *copy,
             GPtrArray       *objects,
             StormObjectType  type)
{
  gint64 z = top_z_of (copy->board, type);

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      const char *id = g_hash_table_lookup (copy->copies, storm_object_get_id (object));
      StormRecord *record;
      StormRect rect;

      if (storm_object_get_object_type (object) != type)
        continue;

      rect = *storm_edit_rect_of (object);
      rect.x += copy->dx;
      rect.y += copy->dy;
      storm_edit_clamp_rect (&rect);
      z = MIN (z + 1, STORM_Z_MAX);
      record = insert_copy (copy, object, id,
                            STORM_PROP_RECT | STORM_PROP_Z | STORM_PROP_CONTEXT |
                            STORM_PROP_FAIL_OF | STORM_PROP_LOCKED | STORM_PROP_GROUP |
                            STORM_PROP_PARENT);
      put (record, STORM_PROP_RECT, storm_rect_to_variant (&rect));
      put (record, STORM_PROP_Z, g_variant_new_int64 (z));
      if (type == STORM_OBJECT_STICKY)
        {
          link_sticky (copy, STORM_STICKY (object), record, &rect);
          copy_group (copy, STORM_STICKY (object), record);
        }
      else
        link_context (copy, STORM_CONTEXT (object), record, &rect);
      finish_copy (record);
      if (storm_board_get_card_of (copy->source, object) == NULL)
        g_ptr_array_add (copy->ids, g_strdup (id));
    }
}

static void
copy_flows (Copy *copy)
{
  for (guint i = 0; i < storm_board_get_n (copy->source, STORM_OBJECT_FLOW); i++)
    {
      StormObject *object = storm_board_peek (copy->source, STORM_OBJECT_FLOW, i);
      StormFlow *flow = STORM_FLOW (object);
      const char *from = g_hash_table_lookup (copy->copies, storm_flow_get_from (flow));
      const char *to = g_hash_table_lookup (copy->copies, storm_flow_get_to (flow));
      g_autofree char *id = NULL;
      StormRecord *record;

      if (from == NULL || to == NULL)
        continue;
      id = storm_id_new ();
      record = insert_copy (copy, object, id, STORM_PROP_FROM | STORM_PROP_TO | STORM_PROP_BENDS);
      set_text (record, STORM_PROP_FROM, from);
      set_text (record, STORM_PROP_TO, to);
      storm_edit_put_bends (copy->change, id, flow, copy->dx, copy->dy);
      finish_copy (record);
    }
}

/* Consumes @change and @objects; @objects are of @source. */
static StormChange *
copy_objects (StormBoard  *board,
              StormBoard  *source,
              GPtrArray   *objects,
              StormChange *change,
              double       dx,
              double       dy,
              GPtrArray  **out_ids)
{
  g_autoptr (GHashTable) copies = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GArray) frames = storm_edit_frames (board);
  g_autoptr (GPtrArray) placed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Copy copy = { board, source, change, copies, groups, frames, ids, dx, dy };

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (storm_edit_rect_of (object) == NULL)
        continue;
      g_ptr_array_add (placed, g_object_ref (object));
      g_hash_table_insert (copies, (char *) storm_object_get_id (object), storm_id_new ());
    }
  g_ptr_array_unref (objects);

  storm_edit_sort_by_z (placed);
  storm_edit_clamp_delta (placed, &copy.dx, &copy.dy);
  copy_placed (&copy, placed, STORM_OBJECT_CONTEXT);
  copy_placed (&copy, placed, STORM_OBJECT_STICKY);
  copy_flows (&copy);

  if (out_ids != NULL)
    *out_ids = g_steal_pointer (&ids);

  return change;
}

StormChange *
storm_edit_duplicate (StormBoard *board,
                      GPtrArray  *ids,
                      double      dx,
                      double      dy,
                      GPtrArray **out_ids)
{
  g_autofree char *label = NULL;
  g_autoptr (GPtrArray) all_ids = NULL;
  GPtrArray *objects;
  guint n;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail (isfinite (dx) && isfinite (dy), NULL);

  all_ids = storm_edit_with_folded (board, ids);
  objects = storm_edit_collect (board, all_ids);
  n = objects->len - storm_edit_count (objects, STORM_OBJECT_FLOW);
  label = storm_edit_count (objects, STORM_OBJECT_CONTEXT) == 0
          ? g_strdup_printf (ngettext ("Duplicate %u sticky", "Duplicate %u stickies", n), n)
          : g_strdup_printf (ngettext ("Duplicate %u object", "Duplicate %u objects", n), n);

  return copy_objects (board, board, objects, storm_change_new (label), dx, dy, out_ids);
}

StormChange *
storm_edit_merge_board (StormBoard *board,
                        StormBoard *other,
                        double      dx,
                        double      dy,
                        GPtrArray **out_ids)
{
  g_autofree char *label = NULL;
  GPtrArray *objects;
  guint n;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (STORM_IS_BOARD (other), NULL);
  g_return_val_if_fail (isfinite (dx) && isfinite (dy), NULL);

  objects = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < storm_board_get_n (other, STORM_OBJECT_CONTEXT); i++)
    g_ptr_array_add (objects, g_object_ref (storm_board_peek (other, STORM_OBJECT_CONTEXT, i)));
  for (guint i = 0; i < storm_board_get_n (other, STORM_OBJECT_STICKY); i++)
    g_ptr_array_add (objects, g_object_ref (storm_board_peek (other, STORM_OBJECT_STICKY, i)));

  n = objects->len;
  label = storm_board_get_n (other, STORM_OBJECT_CONTEXT) == 0
          ? g_strdup_printf (ngettext ("Paste %u sticky", "Paste %u stickies", n), n)
          : g_strdup_printf (ngettext ("Paste %u object", "Paste %u objects", n), n);

  return copy_objects (board, other, objects, storm_change_new (label), dx, dy, out_ids);
}
