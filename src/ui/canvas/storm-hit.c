#include "config.h"

#include "storm-hit.h"

#include "storm-draw.h"

#include <math.h>

/* In pixels: fingers and shaky hands may miss by this much. */
#define CONNECT_REACH 11.0
#define RESIZE_REACH 8.0
/* Less than the connect handles' distance, so that both can be had. */
#define EDGE_REACH 4.0
#define FLOW_REACH 6.0
#define BORDER_REACH 6.0
#define BEND_REACH 8.0
/* A flow shorter than this has no handles: there would be nothing left to take it by. */
#define FLOW_HANDLES_MIN 40.0

void
storm_corner_pulls (StormCorner  corner,
                    int         *x,
                    int         *y)
{
  static const struct { gint8 x, y; } pulls[] = {
    [STORM_CORNER_TOP_LEFT] = { -1, -1 },   [STORM_CORNER_TOP_RIGHT] = { 1, -1 },
    [STORM_CORNER_BOTTOM_LEFT] = { -1, 1 }, [STORM_CORNER_BOTTOM_RIGHT] = { 1, 1 },
    [STORM_EDGE_LEFT] = { -1, 0 },          [STORM_EDGE_RIGHT] = { 1, 0 },
    [STORM_EDGE_TOP] = { 0, -1 },           [STORM_EDGE_BOTTOM] = { 0, 1 },
  };

  *x = pulls[corner].x;
  *y = pulls[corner].y;
}

StormPoint
storm_corner_point (const StormRect *rect,
                    StormCorner      corner)
{
  int x, y;

  storm_corner_pulls (corner, &x, &y);
  return (StormPoint) { rect->x + rect->width * (x + 1) / 2,
                        rect->y + rect->height * (y + 1) / 2 };
}

gboolean
storm_hit_has_handles (const StormViewport *viewport,
                       const StormItem     *item)
{
  return item->rect.height * viewport->zoom >= STORM_HANDLES_MIN &&
         item->rect.width * viewport->zoom >= STORM_HANDLES_MIN;
}

static gboolean
storm_hit_near (StormPoint a,
                StormPoint b,
                double     reach)
{
  return hypot (a.x - b.x, a.y - b.y) <= reach;
}

/* Along the whole edge, a little on both sides of it. */
static gboolean
storm_hit_edge (const StormRect *r,
                StormPoint       p,
                StormCorner     *out)
{
  gboolean beside = p.x >= r->x - EDGE_REACH && p.x <= r->x + r->width + EDGE_REACH;
  gboolean level = p.y >= r->y - EDGE_REACH && p.y <= r->y + r->height + EDGE_REACH;

  if (level && fabs (p.x - r->x) <= EDGE_REACH)
    *out = STORM_EDGE_LEFT;
  else if (level && fabs (p.x - r->x - r->width) <= EDGE_REACH)
    *out = STORM_EDGE_RIGHT;
  else if (beside && fabs (p.y - r->y) <= EDGE_REACH)
    *out = STORM_EDGE_TOP;
  else if (beside && fabs (p.y - r->y - r->height) <= EDGE_REACH)
    *out = STORM_EDGE_BOTTOM;
  else
    return FALSE;
  return TRUE;
}

gboolean
storm_hit_flow_has_handles (const StormViewport *viewport,
                            const StormItem     *flow)
{
  return storm_route_length (flow->route) * viewport->zoom >= FLOW_HANDLES_MIN;
}

static gboolean
storm_hit_flow_handles (const StormViewport *viewport,
                        StormItem           *flow,
                        StormPoint           screen,
                        StormHit            *out)
{
  const StormRoute *route = flow->route;
  guint n_bends;

  if (!storm_hit_flow_has_handles (viewport, flow))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (storm_hit_near (storm_viewport_to_screen (viewport,
                                                  route->points[i == 0 ? 0 : route->n - 1]),
                        screen, BEND_REACH))
      {
        *out = (StormHit) { STORM_HIT_FLOW_END, flow, .index = i };
        return TRUE;
      }
  if (storm_flow_get_bends (STORM_FLOW (flow->object), &n_bends) == NULL)
    return FALSE;
  for (guint i = 1; i + 1 < route->n; i++)
    if (storm_hit_near (storm_viewport_to_screen (viewport, route->points[i]), screen, BEND_REACH))
      {
        *out = (StormHit) { STORM_HIT_BEND, flow, .index = i };
        return TRUE;
      }
  return FALSE;
}

static gboolean
storm_hit_handles (const StormViewport *viewport,
                   const StormHitState *state,
                   StormPoint           screen,
                   StormHit            *out)
{
  if (state->flow != NULL && storm_hit_flow_handles (viewport, state->flow, screen, out))
    return TRUE;
  if (state->single != NULL && storm_item_can_resize (state->single) &&
      storm_hit_has_handles (viewport, state->single))
    {
      StormRect r = storm_viewport_rect_to_screen (viewport, &state->single->rect);

      for (guint i = 0; i < STORM_N_CORNERS; i++)
        if (storm_hit_near (storm_corner_point (&r, i), screen, RESIZE_REACH))
          {
            *out = (StormHit) { STORM_HIT_RESIZE, state->single, .corner = i };
            return TRUE;
          }
      if (storm_hit_edge (&r, screen, &out->corner))
        {
          out->part = STORM_HIT_RESIZE;
          out->item = state->single;
          return TRUE;
        }
    }
  if (state->hover != NULL && storm_hit_has_handles (viewport, state->hover))
    {
      StormRect r = storm_viewport_rect_to_screen (viewport, &state->hover->rect);

      for (guint i = 0; i < 4; i++)
        if (storm_hit_near (storm_side_point (&r, i, STORM_CONNECT_OUT), screen, CONNECT_REACH))
          {
            *out = (StormHit) { STORM_HIT_CONNECT, state->hover, .side = i };
            return TRUE;
          }
    }
  return FALSE;
}

StormItem *
storm_hit_sticky (StormScene *scene,
                  StormPoint  world)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  StormRect spot = { world.x, world.y, 0, 0 };

  storm_scene_collect (scene, STORM_OBJECT_STICKY, &spot, items);
  for (guint i = items->len; i > 0; i--)
    {
      StormItem *item = g_ptr_array_index (items, i - 1);

      if (storm_rect_contains (&item->rect, world.x, world.y))
        return item;
    }
  return NULL;
}

static StormItem *
storm_hit_flow (StormScene *scene,
                StormPoint  world,
                double      reach)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  StormRect spot = { world.x - reach, world.y - reach, 2 * reach, 2 * reach };
  StormItem *best = NULL;

  storm_scene_collect (scene, STORM_OBJECT_FLOW, &spot, items);
  for (guint i = 0; i < items->len; i++)
    {
      StormItem *item = g_ptr_array_index (items, i);
      double distance = storm_route_distance (item->route, world);

      if (distance <= reach)
        {
          best = item;
          reach = distance;
        }
    }
  return best;
}

gboolean
storm_hit_on_title (const StormItem *item,
                    StormPoint       world)
{
  StormRect title = { item->rect.x, item->rect.y, item->rect.width,
                      MIN (STORM_CONTEXT_TITLE, item->rect.height) };

  /* A card is all title; of a swimlane it is the column. */
  if (item->card != NULL)
    title = item->rect;
  else if (storm_context_get_kind (STORM_CONTEXT (item->object)) == STORM_CONTEXT_SWIMLANE)
    title = storm_lane_column (&item->rect, 1);
  return storm_rect_contains (&title, world.x, world.y);
}

/* Only its frame and title: the inside belongs to what lies in it, and to the marquee. */
static gboolean
storm_hit_on_frame (const StormItem *item,
                    StormPoint       p,
                    double           reach)
{
  const StormRect *rect = &item->rect;
  StormRect outer = { rect->x - reach, rect->y - reach, rect->width + 2 * reach,
                      rect->height + 2 * reach };
  StormRect inner = { rect->x + reach, rect->y + reach, MAX (rect->width - 2 * reach, 0),
                      MAX (rect->height - 2 * reach, 0) };

  return storm_hit_on_title (item, p) ||
         (storm_rect_contains (&outer, p.x, p.y) && !storm_rect_contains (&inner, p.x, p.y));
}

static StormItem *
storm_hit_context (StormScene *scene,
                   StormPoint  world,
                   double      reach)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  StormRect spot = { world.x - reach, world.y - reach, 2 * reach, 2 * reach };

  storm_scene_collect (scene, STORM_OBJECT_CONTEXT, &spot, items);
  for (guint i = items->len; i > 0; i--)
    {
      StormItem *item = g_ptr_array_index (items, i - 1);

      if (storm_hit_on_frame (item, world, reach))
        return item;
    }
  return NULL;
}

StormItem *
storm_hit_end (StormScene          *scene,
               const StormViewport *viewport,
               StormPoint           screen)
{
  StormPoint world = storm_viewport_to_world (viewport, screen);
  StormItem *item = storm_hit_sticky (scene, world);

  return item != NULL ? item : storm_hit_context (scene, world, BORDER_REACH / viewport->zoom);
}

/* Cards lie above flows, as stickies do. */
static StormItem *
storm_hit_card (StormScene *scene,
                StormPoint  world)
{
  StormItem *item = storm_hit_context (scene, world, 0);

  return item != NULL && item->card != NULL ? item : NULL;
}

void
storm_hit_test (StormScene          *scene,
                const StormViewport *viewport,
                const StormHitState *state,
                StormPoint           screen,
                StormHit            *out)
{
  StormPoint world = storm_viewport_to_world (viewport, screen);
  StormItem *item;

  *out = (StormHit) { STORM_HIT_NONE };
  if (storm_hit_handles (viewport, state, screen, out))
    return;

  if ((item = storm_hit_sticky (scene, world)) != NULL)
    *out = (StormHit) { STORM_HIT_STICKY, item };
  else if ((item = storm_hit_card (scene, world)) != NULL)
    *out = (StormHit) { STORM_HIT_CONTEXT, item };
  else if ((item = storm_hit_flow (scene, world, FLOW_REACH / viewport->zoom)) != NULL)
    *out = (StormHit) { STORM_HIT_FLOW, item };
  else if ((item = storm_hit_context (scene, world, BORDER_REACH / viewport->zoom)) != NULL)
    *out = (StormHit) { STORM_HIT_CONTEXT, item };
}
