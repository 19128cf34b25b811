#include "config.h"

#include "storm-canvas-private.h"

#include <math.h>

/* In the order in which a board is read: row by row. */
static int
compare_reading (gconstpointer a,
                 gconstpointer b)
{
  const StormItem *x = *(StormItem * const *) a, *y = *(StormItem * const *) b;

  if (fabs (x->rect.y - y->rect.y) > 60)
    return x->rect.y < y->rect.y ? -1 : 1;
  if (x->rect.x != y->rect.x)
    return x->rect.x < y->rect.x ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

/* How well @to lies in @direction of @from: smaller is better, negative is not at all. */
static double
direction_cost (const StormItem *from,
                const StormItem *to,
                const char      *direction)
{
  StormPoint a = storm_rect_center (&from->rect), b = storm_rect_center (&to->rect);
  double along, across;

  if (g_str_equal (direction, "left") || g_str_equal (direction, "right"))
    {
      along = g_str_equal (direction, "right") ? b.x - a.x : a.x - b.x;
      across = fabs (b.y - a.y);
    }
  else
    {
      along = g_str_equal (direction, "down") ? b.y - a.y : a.y - b.y;
      across = fabs (b.x - a.x);
    }
  return along > 1 ? along + 2 * across : -1;
}

static StormItem *
neighbour (StormItem  *from,
           GPtrArray  *items,
           const char *direction)
{
  gboolean next = g_str_equal (direction, "next");
  StormItem *best = NULL;
  double best_cost = G_MAXDOUBLE;
  guint i;

  if (next || g_str_equal (direction, "previous"))
    {
      g_ptr_array_sort (items, compare_reading);
      if (from == NULL || !g_ptr_array_find (items, from, &i))
        return g_ptr_array_index (items, next ? 0 : items->len - 1);
      return g_ptr_array_index (items, (i + (next ? 1 : items->len - 1)) % items->len);
    }
  for (i = 0; i < items->len; i++)
    {
      StormItem *item = g_ptr_array_index (items, i);
      double cost = item != from ? direction_cost (from, item, direction) : -1;

      if (cost >= 0 && cost < best_cost)
        {
          best = item;
          best_cost = cost;
        }
    }
  return best;
}

StormItem *
storm_canvas_single_sticky (StormCanvas *self)
{
  StormItem *item = storm_tool_get_single (self->tool);

  return item != NULL && item->type == STORM_OBJECT_STICKY ? item : NULL;
}

void
storm_canvas_go_to (StormCanvas *self,
                    StormItem   *to)
{
  storm_selection_set_one (self->selection, storm_item_get_id (to));
  if (storm_viewport_reveal (&self->view, &to->rect, 40))
    storm_canvas_view_moved (self);
  storm_canvas_a11y_focus (self, storm_item_get_id (to));
}

void
storm_canvas_walk (StormCanvas *self,
                   const char  *direction)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  StormItem *from = storm_tool_get_single (self->tool), *to;

  if (from != NULL && from->type != STORM_OBJECT_STICKY && from->card == NULL)
    from = NULL;
  storm_scene_collect_things (self->scene, NULL, items);
  if (items->len == 0)
    return;
  to = neighbour (from, items, from != NULL ? direction : "next");
  if (to == NULL)
    return;
  storm_canvas_forget_way (self);
  storm_canvas_go_to (self, to);
}

void
storm_canvas_extend (StormCanvas *self,
                     const char  *direction)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  StormItem *last = NULL, *to;

  if (ids->len > 0)
    last = storm_scene_lookup (self->scene, g_ptr_array_index (ids, ids->len - 1));
  if (last == NULL || last->type != STORM_OBJECT_STICKY)
    {
      storm_canvas_walk (self, direction);
      return;
    }
  storm_scene_collect (self->scene, STORM_OBJECT_STICKY, NULL, items);
  to = neighbour (last, items, direction);
  if (to == NULL)
    return;
  storm_selection_add (self->selection, storm_item_get_id (to));
  if (storm_viewport_reveal (&self->view, &to->rect, 40))
    storm_canvas_view_moved (self);
  storm_canvas_a11y_focus (self, storm_item_get_id (to));
}
