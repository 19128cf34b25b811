#include "config.h"

#include "storm-picture-private.h"

#include <string.h>

gboolean
storm_shown_context_read (StormShownContext *self,
                          StormBoard        *board,
                          StormFold         *fold,
                          StormContext      *context,
                          guint              order)
{
  const StormCard *card = fold != NULL ? storm_fold_get_card (fold, context) : NULL;

  if (fold != NULL && storm_fold_get_card_of (fold, STORM_OBJECT (context)) != NULL)
    return FALSE;
  *self = (StormShownContext) {
    .rect = storm_context_get_shown (context),
    .rank = storm_board_get_rank (board, context),
    .z = storm_context_get_z (context),
    .order = order,
    .kind = storm_context_get_kind (context),
    .collapsed = card != NULL,
  };
  if (card != NULL)
    {
      memcpy (self->n_kinds, card->n_kinds, sizeof self->n_kinds);
      self->n_contexts = card->n_contexts;
    }
  return TRUE;
}

void
storm_shown_context_clear (gpointer data)
{
  g_free (((StormShownContext *) data)->title);
}

int
storm_shown_context_compare (gconstpointer a,
                             gconstpointer b)
{
  const StormShownContext *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  if (x->z != y->z)
    return x->z < y->z ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

void
storm_shown_context_draw (const StormShownContext *self,
                          const StormDraw         *draw,
                          const StormRect         *rect,
                          gboolean                 texts,
                          gboolean                 details)
{
  StormCardLook look = { self->title, self->n_kinds, self->n_contexts };
  StormPoint at = { rect->x, rect->y }, title;
  StormRect box;

  if (self->collapsed)
    {
      storm_draw_card (draw, rect, 1, details);
      if (texts)
        storm_draw_card_text (draw, &look, at);
    }
  else if (self->kind == STORM_CONTEXT_SWIMLANE)
    {
      storm_draw_lane (draw, rect, 1);
      if (texts && *self->title != '\0' &&
          storm_draw_fit_lane_title (draw, rect->width, rect->height, self->title, &box, &title))
        storm_draw_fitted (draw, (StormPoint) { at.x + title.x, at.y + title.y },
                           draw->colors->text);
    }
  else
    {
      storm_draw_context_frame (draw, rect, texts);
      if (texts)
        storm_draw_context_title (draw, rect, self->title);
    }
}

StormObject *
storm_shown_end (StormBoard *board,
                 const char *id,
                 StormRect  *rect)
{
  StormObject *object = storm_board_lookup (board, id);

  if (STORM_IS_STICKY (object))
    *rect = *storm_sticky_get_rect (STORM_STICKY (object));
  else if (STORM_IS_CONTEXT (object))
    *rect = storm_context_get_shown (STORM_CONTEXT (object));
  else
    return NULL;
  return object;
}

GArray *
storm_shown_lines (StormBoard      *board,
                   StormFold       *fold,
                   GHashTable      *ids,
                   const StormRect *area)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (StormRect));
  GListModel *list = storm_board_get_stickies (board);
  StormRect bounds = { 0, 0, 0, 0 };

  storm_board_get_bounds (board, &bounds);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (list, i);
      StormRect line;

      if (!storm_sticky_get_pivotal (sticky) ||
          (ids != NULL &&
           !g_hash_table_contains (ids, storm_object_get_id (STORM_OBJECT (sticky)))) ||
          (fold != NULL && storm_fold_get_card_of (fold, STORM_OBJECT (sticky)) != NULL))
        continue;
      storm_pivotal_reach (board, sticky, &bounds, &line);
      if (area == NULL || (line.x >= area->x && line.x <= area->x + area->width))
        g_array_append_val (lines, line);
    }
  return lines;
}

StormGrid *
storm_shown_obstacles (StormBoard *board,
                       StormFold  *fold)
{
  StormGrid *grid = storm_grid_new ();
  GListModel *list = storm_board_get_stickies (board);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (list, i);

      if (fold == NULL || storm_fold_get_card_of (fold, STORM_OBJECT (sticky)) == NULL)
        storm_grid_insert (grid, storm_sticky_get_rect (sticky), NULL);
    }
  list = storm_board_get_contexts (board);
  for (guint i = 0; fold != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormContext) context = g_list_model_get_item (list, i);
      StormRect shown = storm_context_get_shown (context);

      if (storm_fold_get_card (fold, context) != NULL &&
          storm_fold_get_card_of (fold, STORM_OBJECT (context)) == NULL)
        storm_grid_insert (grid, &shown, NULL);
    }
  return grid;
}

GPtrArray *
storm_picture_ids_of_context (StormBoard   *board,
                              StormContext *context)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GListModel *contexts = storm_board_get_contexts (board);
  GListModel *stickies = storm_board_get_stickies (board);
  const StormRect *frame = storm_context_get_rect (context);

  for (guint i = 0; i < g_list_model_get_n_items (contexts); i++)
    {
      g_autoptr (StormContext) other = g_list_model_get_item (contexts, i);

      if (other == context || storm_rect_encloses (frame, storm_context_get_rect (other)))
        g_ptr_array_add (ids, g_strdup (storm_object_get_id (STORM_OBJECT (other))));
    }
  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const char *home = storm_sticky_get_context (sticky);
      StormPoint c = storm_rect_center (storm_sticky_get_rect (sticky));

      if (g_strcmp0 (home, storm_object_get_id (STORM_OBJECT (context))) == 0 ||
          storm_rect_contains (frame, c.x, c.y))
        g_ptr_array_add (ids, g_strdup (storm_object_get_id (STORM_OBJECT (sticky))));
    }
  return ids;
}
