#pragma once

#include "storm-scene.h"
#include "storm-viewport.h"

G_BEGIN_DECLS

typedef enum
{
  STORM_HIT_NONE,
  STORM_HIT_STICKY,
  STORM_HIT_CONNECT,
  STORM_HIT_RESIZE,
  STORM_HIT_FLOW_END,
  STORM_HIT_BEND,
  STORM_HIT_FLOW,
  STORM_HIT_CONTEXT,
} StormHitPart;

typedef enum
{
  STORM_CORNER_TOP_LEFT,
  STORM_CORNER_TOP_RIGHT,
  STORM_CORNER_BOTTOM_LEFT,
  STORM_CORNER_BOTTOM_RIGHT,
  STORM_EDGE_LEFT,
  STORM_EDGE_RIGHT,
  STORM_EDGE_TOP,
  STORM_EDGE_BOTTOM,
} StormCorner;

/** STORM_N_CORNERS: those that are drawn; the edges are found by the pointer's shape. */
#define STORM_N_CORNERS 4

/**
 * StormHit:
 * @item: (nullable): what is hit
 * @side: of %STORM_HIT_CONNECT
 * @corner: of %STORM_HIT_RESIZE
 * @index: of %STORM_HIT_FLOW_END 0 or 1; of %STORM_HIT_BEND the point of the route
 */
typedef struct
{
  StormHitPart  part;
  StormItem    *item;
  StormSide     side;
  StormCorner   corner;
  guint         index;
} StormHit;

/**
 * StormHitState:
 * @hover: (nullable): the sticky or context that shows connect handles
 * @single: (nullable): the sticky or context that shows resize corners
 * @flow: (nullable): the flow that shows its ends, and the bends that it is led through
 *
 * Which handles can be hit at all.
 */
typedef struct
{
  StormItem *hover;
  StormItem *single;
  StormItem *flow;
} StormHitState;

/* In pixels: the handles' sizes and distances, for the painter too. */
#define STORM_CONNECT_OUT 15.0
#define STORM_CONNECT_RADIUS 8.0
#define STORM_RESIZE_RADIUS 5.0
#define STORM_BEND_RADIUS 4.0
/** STORM_HOVER_REACH: the pointer may leave a sticky so far on the way to its handles. */
#define STORM_HOVER_REACH 28.0
/** STORM_HANDLES_MIN: a sticky lower than this has no handles. */
#define STORM_HANDLES_MIN 32.0
/** STORM_CONTEXT_TITLE: height of a context's title, in board units. */
#define STORM_CONTEXT_TITLE 32.0

/** storm_hit_test: what lies under @screen: handles, stickies from above, flows, frames. */
void       storm_hit_test          (StormScene          *scene,
                                    const StormViewport *viewport,
                                    const StormHitState *state,
                                    StormPoint           screen,
                                    StormHit            *out);
/** storm_hit_end: (nullable): what a flow dropped at @screen would lead to: a sticky, or a context
 * by its frame or title. */
StormItem *storm_hit_end           (StormScene          *scene,
                                    const StormViewport *viewport,
                                    StormPoint           screen);
/** storm_hit_flow_has_handles: whether @flow is long enough in the view to carry handles. */
gboolean   storm_hit_flow_has_handles (const StormViewport *viewport,
                                       const StormItem     *flow);
/** storm_hit_sticky: (nullable): the uppermost sticky at @world. */
StormItem *storm_hit_sticky        (StormScene          *scene,
                                    StormPoint           world);
/** storm_hit_on_title: whether @world lies where the title of a context stands. */
gboolean   storm_hit_on_title      (const StormItem     *item,
                                    StormPoint           world);
/** storm_hit_has_handles: whether @item is large enough in the view to carry handles. */
gboolean   storm_hit_has_handles   (const StormViewport *viewport,
                                    const StormItem     *item);
/** storm_corner_pulls: which way pulling it grows an object: -1, 0 or 1 on each axis. */
void       storm_corner_pulls      (StormCorner          corner,
                                    int                 *x,
                                    int                 *y);
/** storm_corner_point: a corner of @rect, or the middle of an edge. */
StormPoint storm_corner_point      (const StormRect     *rect,
                                    StormCorner          corner);

G_END_DECLS
