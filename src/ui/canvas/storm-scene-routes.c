#include "config.h"

#include "storm-scene-private.h"

#include "storm-flow-pair.h"

#include <math.h>

/* When so many flows follow one change, ways around are looked for between the frames after it:
 * each may take half a millisecond where a board is crowded. */
#define MANY_FLOWS 60
/* Taken of the time between two frames, in µs. */
#define REFINE_BUDGET 3000
/* How often the ways that were found meanwhile are shown, in µs. */
#define REFINE_SHOW 250000
/* When so many stickies move at once, nobody makes room for each of them. */
#define MANY_STICKIES 100

static void
storm_scene_set_detour (StormScene           *self,
                        StormItem            *item,
                        const StormRouteEnds *ends)
{
  StormRect reach;

  if (ends == NULL && item->detour > 0)
    storm_grid_remove (self->detours, item->detour - 1);
  if (ends == NULL)
    {
      item->detour = 0;
      return;
    }
  reach = storm_route_reach (ends);
  if (item->detour > 0)
    storm_grid_move (self->detours, item->detour - 1, &reach);
  else
    item->detour = storm_grid_insert (self->detours, &reach, item) + 1;
}

/* @rough: without a look at what is in the way. */
static void
storm_scene_route (StormScene *self,
                   StormItem  *item,
                   gboolean    rough)
{
  StormRouteEnds ends = { .from = item->from->rect, .to = item->to->rect,
                          .place = item->pair_place, .n = item->n_pair, .cards = self->cards };
  StormRoute route;

  ends.framed = storm_fold_is_frame (item->from->object) || storm_fold_is_frame (item->to->object);
  if (!item->folded)
    ends.bends = storm_flow_get_bends (STORM_FLOW (item->object), &ends.n_bends);

  if (rough)
    storm_route_plain (&ends, &route);
  else if (storm_route_find (storm_scene_grid (self, STORM_OBJECT_STICKY), &ends,
                             self->moving ? item->route : NULL, &route))
    storm_scene_set_detour (self, item, &ends);
  else
    storm_scene_set_detour (self, item, NULL);
  if (self->moving)
    g_hash_table_add (self->kept, item);
  if (item->route != NULL && storm_route_equal (&route, item->route))
    return;
  g_free (item->route);
  item->route = storm_route_dup (&route);
  item->rect = storm_route_bounds (&route);
  item->place_serial = self->serial;
  /* A new one comes into the grid with its route. */
  if (!item->hidden && item->placed)
    storm_grid_move (storm_scene_grid (self, STORM_OBJECT_FLOW), item->slot, &item->rect);
}

void
storm_scene_route_new (StormScene *self,
                       StormItem  *item)
{
  storm_scene_route (self, item, TRUE);
}

/* Puts @item into @queue, or takes it out; it has its place there, plus one, at @offset. */
static void
storm_scene_set_place (GPtrArray *queue,
                       StormItem *item,
                       glong      offset,
                       gboolean   queued)
{
  guint *place = G_STRUCT_MEMBER_P (item, offset);

  if (queued == (*place > 0))
    return;
  if (queued)
    {
      g_ptr_array_add (queue, item);
      *place = queue->len;
    }
  else
    {
      G_STRUCT_MEMBER (guint, g_ptr_array_index (queue, queue->len - 1), offset) = *place;
      g_ptr_array_remove_index_fast (queue, *place - 1);
      *place = 0;
    }
}

void
storm_scene_forget_route (StormScene *self,
                          StormItem  *item)
{
  storm_scene_set_place (self->stale, item, G_STRUCT_OFFSET (StormItem, stale), FALSE);
  storm_scene_set_place (self->fresh, item, G_STRUCT_OFFSET (StormItem, fresh), FALSE);
  if (item->detour > 0)
    storm_grid_remove (self->detours, item->detour - 1);
  g_hash_table_remove (self->kept, item);
}

void
storm_scene_make_stale (StormScene *self,
                        StormItem  *item)
{
  storm_scene_set_place (self->stale, item, G_STRUCT_OFFSET (StormItem, stale), TRUE);
  storm_scene_set_place (self->fresh, item, G_STRUCT_OFFSET (StormItem, fresh), TRUE);
}

static gboolean
is_on_border (const StormRect  *rect,
              const StormPoint *p)
{
  const double near = 0.5;

  return p->x > rect->x - near && p->x < rect->x + rect->width + near &&
         p->y > rect->y - near && p->y < rect->y + rect->height + near &&
         (fabs (p->x - rect->x) < near || fabs (p->x - rect->x - rect->width) < near ||
          fabs (p->y - rect->y) < near || fabs (p->y - rect->y - rect->height) < near);
}

/* Whether the way that it has can be shown until a better one is found. */
static gboolean
still_fits (const StormItem *item)
{
  const StormRoute *route = item->route;

  return is_on_border (&item->from->rect, &route->points[0]) &&
         is_on_border (&item->to->rect, &route->points[route->n - 1]);
}

static gboolean
on_refine (gpointer data)
{
  StormScene *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 end = now + REFINE_BUDGET;

  while (self->stale->len > 0 && now < end)
    {
      StormItem *item = g_ptr_array_index (self->stale, self->stale->len - 1);

      storm_scene_set_place (self->stale, item, G_STRUCT_OFFSET (StormItem, stale), FALSE);
      if (!item->hidden)
        storm_scene_route (self, item, FALSE);
      now = g_get_monotonic_time ();
    }
  if (self->stale->len > 0 && now - self->refined < REFINE_SHOW)
    return G_SOURCE_CONTINUE;

  self->refined = now;
  if (self->stale->len == 0)
    self->refine_id = 0;
  storm_scene_show_routes (self);
  return self->refine_id != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Later: after what is to be drawn, and after what the user does. */
static void
storm_scene_refine (StormScene *self)
{
  if (self->refine_id != 0 || self->stale->len == 0)
    return;
  self->refined = g_get_monotonic_time ();
  self->refine_id = g_idle_add (on_refine, self);
}

/* Too many for one frame: what hangs in the air goes straight for now. What waited before this
 * change was looked at then. */
static void
storm_scene_route_many (StormScene *self)
{
  for (guint i = 0; i < self->fresh->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->fresh, i);

      if (!item->hidden && !still_fits (item))
        storm_scene_route (self, item, TRUE);
    }
  if (!self->moving)
    {
      storm_scene_refine (self);
      return;
    }

  for (guint i = 0; i < self->stale->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->stale, i);

      item->stale = 0;
      g_hash_table_add (self->kept, item);
    }
  g_ptr_array_set_size (self->stale, 0);
}

static void
storm_scene_route_few (StormScene *self)
{
  for (guint i = 0; i < self->stale->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->stale, i);

      item->stale = 0;
      if (!item->hidden)
        storm_scene_route (self, item, FALSE);
    }
  g_ptr_array_set_size (self->stale, 0);
}

void
storm_scene_route_stale (StormScene *self)
{
  if (self->stale->len > MANY_FLOWS)
    storm_scene_route_many (self);
  else
    storm_scene_route_few (self);
  for (guint i = 0; i < self->fresh->len; i++)
    ((StormItem *) g_ptr_array_index (self->fresh, i))->fresh = 0;
  g_ptr_array_set_size (self->fresh, 0);
}

typedef struct
{
  StormScene *scene;
  StormRect   rect;
} StormInTheWay;

static void
storm_scene_find_cut (gpointer data,
                      gpointer user_data)
{
  StormItem *item = data;
  StormInTheWay *way = user_data;

  if (item->detour > 0 || storm_route_cuts (item->route, &way->rect, STORM_ROUTE_CLEAR))
    storm_scene_make_stale (way->scene, item);
}

void
storm_scene_stir (StormScene      *self,
                  const StormRect *rect)
{
  StormInTheWay way = { self, *rect };
  StormRect near = { rect->x - STORM_ROUTE_CLEAR, rect->y - STORM_ROUTE_CLEAR,
                     rect->width + 2 * STORM_ROUTE_CLEAR, rect->height + 2 * STORM_ROUTE_CLEAR };

  if (self->moving && self->n_moved > MANY_STICKIES)
    {
      self->all_kept = TRUE;
      return;
    }
  storm_grid_query (self->detours, rect, storm_scene_find_cut, &way);
  storm_grid_query (storm_scene_grid (self, STORM_OBJECT_FLOW), &near, storm_scene_find_cut, &way);
}

void
storm_scene_stir_listed (StormScene      *self,
                         const StormRect *rect)
{
  self->n_stirred++;
  if (self->n_stirred <= MANY_STICKIES)
    storm_scene_stir (self, rect);
  else if (self->n_stirred == MANY_STICKIES + 1)
    self->stirred = *rect;
  else
    self->stirred = storm_rect_union (&self->stirred, rect);
}

static void
storm_scene_stir_flow (gpointer data,
                       gpointer user_data)
{
  storm_scene_make_stale (user_data, data);
}

/* One look at all flows there: those that need no other way find the one that they have. */
void
storm_scene_stir_rest (StormScene *self)
{
  StormRect near = { self->stirred.x - STORM_ROUTE_CLEAR, self->stirred.y - STORM_ROUTE_CLEAR,
                     self->stirred.width + 2 * STORM_ROUTE_CLEAR,
                     self->stirred.height + 2 * STORM_ROUTE_CLEAR };

  if (self->n_stirred > MANY_STICKIES)
    {
      storm_grid_query (self->detours, &self->stirred, storm_scene_stir_flow, self);
      storm_grid_query (storm_scene_grid (self, STORM_OBJECT_FLOW), &near, storm_scene_stir_flow,
                        self);
    }
  self->n_stirred = 0;
}

/* Puts a flow in its place among those beside it, after these became more or fewer. */
static void
storm_scene_place_in_pair (StormScene *self,
                           StormItem  *item)
{
  guint n;
  guint place;

  /* A card's flows have their places from the fold. */
  if (self->fold != NULL && storm_fold_get_flow (self->fold, STORM_FLOW (item->object)) != NULL)
    return;
  place = storm_flow_pair_place (self->board, STORM_FLOW (item->object), &n);

  if (place == item->pair_place && n == item->n_pair)
    return;
  item->pair_place = place;
  item->n_pair = n;
  storm_scene_make_stale (self, item);
}

void
storm_scene_update_pair (StormScene *self,
                         StormFlow  *flow)
{
  GPtrArray *flows = storm_flow_pair_candidates (self->board, flow);

  for (guint i = 0; flows != NULL && i < flows->len; i++)
    {
      StormFlow *other = g_ptr_array_index (flows, i);
      StormItem *item = storm_scene_find (self, STORM_OBJECT (other));

      if (other != flow && item != NULL && storm_flow_is_beside (flow, other))
        storm_scene_place_in_pair (self, item);
    }
}

void
storm_scene_update_pairs (StormScene *self)
{
  GHashTableIter iter;
  gpointer value;

  self->pairs_stale = FALSE;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      StormItem *item = value;

      if (item->type == STORM_OBJECT_FLOW)
        storm_scene_place_in_pair (self, item);
    }
}

void
storm_scene_reroute (StormScene *self,
                     StormItem  *end)
{
  GPtrArray *flows = storm_board_get_flows_at (self->board, end->object);

  for (guint i = 0; i < flows->len; i++)
    {
      StormObject *object = g_ptr_array_index (flows, i);
      StormItem *flow = storm_scene_find (self, object);

      /* A flow that is being removed with its sticky is gone already, or will be. */
      if (flow != NULL)
        storm_scene_make_stale (self, flow);
    }
}

void
storm_scene_set_moving (StormScene *self,
                        gboolean    moving)
{
  GHashTableIter iter;
  gpointer item, value;

  g_return_if_fail (STORM_IS_SCENE (self));

  if (self->moving == moving)
    return;
  self->moving = moving;
  if (moving || (g_hash_table_size (self->kept) == 0 && !self->all_kept))
    return;

  g_hash_table_iter_init (&iter, self->kept);
  while (!self->all_kept && g_hash_table_iter_next (&iter, &item, NULL))
    storm_scene_make_stale (self, item);
  g_hash_table_iter_init (&iter, self->items);
  while (self->all_kept && g_hash_table_iter_next (&iter, NULL, &value))
    if (((StormItem *) value)->type == STORM_OBJECT_FLOW)
      storm_scene_make_stale (self, value);
  g_hash_table_remove_all (self->kept);
  self->all_kept = FALSE;
  /* In the middle of a change its end will come. */
  if (self->touched)
    return;
  self->serial++;
  self->touched = TRUE;
  storm_scene_tell (self);
}

void
storm_scene_find_route (StormScene      *self,
                        const StormRect *from,
                        const StormRect *to,
                        StormRoute      *out)
{
  StormRouteEnds ends = { .from = *from, .to = *to, .n = 1 };

  g_return_if_fail (STORM_IS_SCENE (self));

  ends.cards = self->cards;
  storm_route_find (storm_scene_grid (self, STORM_OBJECT_STICKY), &ends, NULL, out);
}
