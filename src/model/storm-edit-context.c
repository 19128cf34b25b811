#include "config.h"

#include "storm-edit-context.h"

#include "storm-board-private.h"
#include "storm-edit.h"
#include "storm-edit-private.h"
#include "storm-edit-props.h"
#include "storm-fold.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the first swimlane, in board units. */
#define LANE_WIDTH 1200.0
#define LANE_HEIGHT 240.0

static double
bottom_of (StormContext *context)
{
  const StormRect *rect = storm_context_get_rect (context);

  return rect->y + rect->height;
}

static gint64
top_context_z (StormBoard *board)
{
  gint64 top = 0;

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    top = MAX (top, storm_edit_z_of (storm_board_peek (board, STORM_OBJECT_CONTEXT, i)));

  return top;
}

/* It carries what lies in it from the start. */
static const char *
insert_frame (StormChange      *change,
              StormBoard       *board,
              StormContextKind  kind,
              const StormRect  *rect,
              const char       *title)
{
  g_autofree char *valid = g_utf8_make_valid (title != NULL ? title : "", -1);
  g_autoptr (GArray) frames = storm_edit_frames (board);
  g_autoptr (GHashTable) changed = g_hash_table_new (g_str_hash, g_str_equal);
  StormFrame frame = { .rect = *rect };
  GVariantBuilder builder;

  frame.rect.width = MAX (frame.rect.width, STORM_CONTEXT_MIN_SIZE);
  frame.rect.height = MAX (frame.rect.height, STORM_CONTEXT_MIN_SIZE);
  storm_edit_clamp_rect (&frame.rect);
  frame.z = MIN (top_context_z (board) + 1, STORM_Z_MAX);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "rect", storm_rect_to_variant (&frame.rect));
  g_variant_builder_add (&builder, "{sv}", "z", g_variant_new_int64 (frame.z));
  g_variant_builder_add (&builder, "{sv}", "title", g_variant_new_string (valid));
  if (kind != STORM_CONTEXT_BOUNDED)
    g_variant_builder_add (&builder, "{sv}", "context-kind",
                           storm_text_to_variant (storm_context_kind_nick (kind)));
  frame.id = storm_change_insert (change, STORM_OBJECT_CONTEXT, NULL,
                                  g_variant_builder_end (&builder));
  g_array_append_val (frames, frame);
  g_hash_table_add (changed, (char *) frame.id);
  storm_edit_rejoin_around (change, board, frames, changed);

  return frame.id;
}

StormChange *
storm_edit_add_context (StormBoard      *board,
                        const StormRect *rect,
                        const char      *title,
                        char           **out_id)
{
  g_autoptr (StormChange) change = NULL;
  const char *id;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (rect != NULL, NULL);
  g_return_val_if_fail (isfinite (rect->x) && isfinite (rect->y) && isfinite (rect->width) &&
                        isfinite (rect->height), NULL);

  change = storm_change_new (_("Add bounded context"));
  id = insert_frame (change, board, STORM_CONTEXT_BOUNDED, rect, title);
  if (out_id != NULL)
    *out_id = g_strdup (id);

  return g_steal_pointer (&change);
}

static void
frame_around (const StormRect *content,
              StormRect       *out)
{
  *out = (StormRect) { content->x - STORM_CONTEXT_PAD,
                       content->y - STORM_CONTEXT_PAD - STORM_CONTEXT_TITLE_ROOM,
                       content->width + 2 * STORM_CONTEXT_PAD,
                       content->height + 2 * STORM_CONTEXT_PAD + STORM_CONTEXT_TITLE_ROOM };
  out->width = MAX (out->width, STORM_CONTEXT_MIN_SIZE);
  out->height = MAX (out->height, STORM_CONTEXT_MIN_SIZE);
  storm_edit_clamp_rect (out);
}

StormChange *
storm_edit_add_context_around (StormBoard *board,
                               GPtrArray  *ids,
                               const char *title,
                               char      **out_id)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autofree char *id = NULL;
  StormRect content, rect;
  gboolean any = FALSE;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  objects = storm_edit_collect (board, ids);
  for (guint i = 0; i < objects->len; i++)
    {
      const StormRect *place = storm_edit_rect_of (g_ptr_array_index (objects, i));

      if (place == NULL)
        continue;
      content = any ? storm_rect_union (&content, place) : *place;
      any = TRUE;
    }
  if (!any)
    return NULL;

  frame_around (&content, &rect);
  change = storm_edit_add_context (board, &rect, title, &id);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      StormContext *home;

      if (!STORM_IS_STICKY (object))
        continue;
      home = storm_board_lookup_context (board, storm_sticky_get_context (STORM_STICKY (object)));
      if (home == NULL || !storm_rect_encloses (&rect, storm_context_get_rect (home)))
        storm_change_set (change, storm_object_get_id (object), STORM_PROP_CONTEXT,
                          storm_text_to_variant (id));
    }
  if (out_id != NULL)
    *out_id = g_steal_pointer (&id);

  return g_steal_pointer (&change);
}

static void
take_in (const StormRect *rect,
         StormRect       *content,
         gboolean        *any)
{
  *content = *any ? storm_rect_union (content, rect) : *rect;
  *any = TRUE;
}

static gboolean
fit (StormBoard   *board,
     StormContext *context,
     GArray       *frames,
     StormRect    *out)
{
  const char *id = storm_object_get_id (STORM_OBJECT (context));
  StormRect content;
  gboolean any = FALSE;

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormSticky *sticky = STORM_STICKY (storm_board_peek (board, STORM_OBJECT_STICKY, i));

      if (g_strcmp0 (storm_sticky_get_context (sticky), id) == 0)
        take_in (storm_sticky_get_rect (sticky), &content, &any);
    }
  for (guint i = 0; i < frames->len; i++)
    {
      const StormFrame *frame = &g_array_index (frames, StormFrame, i);

      if (g_strcmp0 (frame->parent, id) == 0)
        take_in (&frame->rect, &content, &any);
    }
  if (!any)
    return FALSE;

  frame_around (&content, out);
  /* A lane keeps its length, and room for its title. */
  if (storm_context_get_kind (context) == STORM_CONTEXT_SWIMLANE)
    {
      double right = MAX (out->x + out->width, storm_context_get_rect (context)->x +
                                               storm_context_get_rect (context)->width);

      out->x = MIN (storm_context_get_rect (context)->x, out->x - STORM_LANE_TITLE);
      out->width = right - out->x;
      storm_edit_clamp_rect (out);
    }

  return TRUE;
}

/* Inner ones before those around them. */
static int
compare_rank (gconstpointer a,
              gconstpointer b,
              gpointer      board)
{
  guint first = storm_board_get_rank (board, *(StormContext * const *) a);
  guint second = storm_board_get_rank (board, *(StormContext * const *) b);

  return (first < second) - (first > second);
}

static GPtrArray *
collect_contexts (StormBoard *board,
                  GPtrArray  *ids)
{
  g_autoptr (GPtrArray) objects = storm_edit_collect_free (board, ids);
  GPtrArray *contexts = g_ptr_array_new ();

  for (guint i = 0; i < objects->len; i++)
    if (STORM_IS_CONTEXT (g_ptr_array_index (objects, i)))
      g_ptr_array_add (contexts, g_ptr_array_index (objects, i));

  return contexts;
}

StormChange *
storm_edit_fit_contexts (StormBoard *board,
                         GPtrArray  *ids)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) contexts = NULL;
  g_autoptr (GArray) frames = NULL;
  g_autoptr (GHashTable) fitted = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  change = storm_change_new (_("Fit to content"));
  contexts = collect_contexts (board, ids);
  g_ptr_array_sort_with_data (contexts, compare_rank, board);
  frames = storm_edit_frames (board);
  for (guint i = 0; i < contexts->len; i++)
    {
      StormContext *context = g_ptr_array_index (contexts, i);
      const char *id = storm_object_get_id (STORM_OBJECT (context));
      StormRect rect;

      if (storm_context_get_collapsed (context) || storm_context_get_locked (context) ||
          !fit (board, context, frames, &rect))
        continue;
      storm_edit_put_rect (change, STORM_OBJECT (context), &rect);
      storm_edit_place_frame (frames, id, &rect);
      g_hash_table_add (fitted, (char *) id);
    }
  if (g_hash_table_size (fitted) > 0)
    storm_edit_rejoin_around (change, board, frames, fitted);

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_add_swimlane (StormBoard *board,
                         StormPoint  near,
                         const char *title,
                         char      **out_id)
{
  g_autoptr (StormChange) change = NULL;
  StormRect rect = { near.x - LANE_WIDTH / 2, near.y - LANE_HEIGHT / 2, LANE_WIDTH, LANE_HEIGHT };
  StormContext *last = NULL;
  const char *id;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (isfinite (near.x) && isfinite (near.y), NULL);

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    {
      StormContext *context = STORM_CONTEXT (storm_board_peek (board, STORM_OBJECT_CONTEXT, i));

      if (storm_context_get_kind (context) == STORM_CONTEXT_SWIMLANE &&
          !storm_edit_is_hidden (board, STORM_OBJECT (context)) &&
          (last == NULL || bottom_of (context) > bottom_of (last)))
        last = context;
    }
  if (last != NULL)
    {
      rect = *storm_context_get_rect (last);
      rect.y += rect.height;
    }
  else
    {
      StormRect bounds;

      if (storm_board_get_bounds (board, &bounds) && bounds.width > 0)
        {
          rect.x = bounds.x - STORM_LANE_TITLE - STORM_CONTEXT_PAD;
          rect.width = MAX (LANE_WIDTH, bounds.x + bounds.width + STORM_CONTEXT_PAD - rect.x);
        }
    }
  change = storm_change_new (_("Add swimlane"));
  id = insert_frame (change, board, STORM_CONTEXT_SWIMLANE, &rect, title);
  if (out_id != NULL)
    *out_id = g_strdup (id);

  return g_steal_pointer (&change);
}

/* What came to lie where a context was that is expanded now. All that was hidden stays where it
 * belongs, so that collapsing and expanding alone change nothing. */
static void
take_up (StormChange *change,
         StormBoard  *board,
         GArray      *frames,
         GHashTable  *expanded)
{
  for (guint i = 0; i < frames->len; i++)
    {
      const StormFrame *frame = &g_array_index (frames, StormFrame, i);
      StormObject *object = storm_board_lookup (board, frame->id);
      const char *around = storm_edit_frame_around (frames, &frame->rect);

      if (around != NULL && g_hash_table_contains (expanded, around) &&
          !g_hash_table_contains (expanded, frame->id) && !storm_edit_is_hidden (board, object))
        storm_edit_join_parent (change, board, frame->id, frames);
    }
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_STICKY, i);
      const StormRect *place = storm_sticky_get_rect (STORM_STICKY (object));

      if (g_hash_table_contains (expanded, storm_edit_frame_at (frames, place)) &&
          !storm_edit_is_hidden (board, object))
        storm_edit_join_frame (change, STORM_STICKY (object), place, frames);
    }
}

static void
put_expanded (StormChange *change,
              StormBoard  *board,
              GPtrArray   *contexts)
{
  g_autoptr (GHashTable) expanded = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) frames = NULL;

  for (guint i = 0; i < contexts->len; i++)
    {
      StormObject *context = g_ptr_array_index (contexts, i);

      storm_change_set (change, storm_object_get_id (context), STORM_PROP_COLLAPSED,
                        g_variant_new_boolean (FALSE));
      g_hash_table_add (expanded, context);
      g_hash_table_add (ids, (char *) storm_object_get_id (context));
    }
  frames = storm_edit_frames_with (board, expanded);
  take_up (change, board, frames, ids);
}

StormChange *
storm_edit_fold_contexts (StormBoard *board,
                          GPtrArray  *ids,
                          gboolean    collapsed)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) contexts = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  if (collapsed)
    return storm_edit_set_collapsed (board, ids, TRUE);

  change = storm_change_new (_("Expand"));
  contexts = collect_contexts (board, ids);
  for (guint i = contexts->len; i-- > 0;)
    if (!storm_context_get_collapsed (g_ptr_array_index (contexts, i)))
      g_ptr_array_remove_index (contexts, i);
  if (contexts->len > 0)
    put_expanded (change, board, contexts);

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_unfold_around (StormBoard *board,
                          const char *id)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) contexts = g_ptr_array_new ();
  StormContext *context;
  StormObject *object;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  change = storm_change_new (_("Expand"));
  object = storm_board_lookup (board, id);
  while (object != NULL && (context = storm_board_get_context_around (board, object)) != NULL)
    {
      if (storm_context_get_collapsed (context))
        g_ptr_array_add (contexts, context);
      object = STORM_OBJECT (context);
    }
  if (contexts->len > 0)
    put_expanded (change, board, contexts);

  return g_steal_pointer (&change);
}

GPtrArray *
storm_edit_with_folded (StormBoard *board,
                        GPtrArray  *ids)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) cards = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      StormContext *context = storm_board_lookup_context (board, g_ptr_array_index (ids, i));

      g_hash_table_add (seen, g_ptr_array_index (ids, i));
      g_ptr_array_add (all, g_strdup (g_ptr_array_index (ids, i)));
      if (context != NULL && storm_context_get_collapsed (context))
        g_hash_table_add (cards, context);
    }
  if (g_hash_table_size (cards) == 0)
    return all;
  for (StormObjectType type = STORM_OBJECT_STICKY; type <= STORM_OBJECT_CONTEXT; type++)
    for (guint i = 0; i < storm_board_get_n (board, type); i++)
      {
        StormObject *object = storm_board_peek (board, type, i);
        StormContext *around = storm_board_get_context_around (board, object);

        if (g_hash_table_contains (seen, storm_object_get_id (object)))
          continue;
        while (around != NULL && !g_hash_table_contains (cards, around))
          around = storm_board_get_context_around (board, STORM_OBJECT (around));
        if (around != NULL)
          g_ptr_array_add (all, g_strdup (storm_object_get_id (object)));
      }

  return all;
}
