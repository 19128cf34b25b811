#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

/** STORM_GRID_CELL: board units a side; about four stickies. */
#define STORM_GRID_CELL 512.0

/**
 * StormGrid:
 *
 * A uniform grid over rectangles: which of a hundred thousand things touch the view, in time that
 * depends on the view only. A thing stands in every cell it touches and is told apart by a visit
 * stamp; one that touches very many cells (a context around everything) stands in a list apart.
 */
typedef struct _StormGrid StormGrid;

typedef void (*StormGridFunc) (gpointer data,
                               gpointer user_data);

StormGrid *storm_grid_new     (void);
void       storm_grid_free    (StormGrid       *self);
guint      storm_grid_get_n   (StormGrid       *self);

/** storm_grid_insert: returns the slot, by which the thing is moved and removed. */
guint      storm_grid_insert  (StormGrid       *self,
                               const StormRect *rect,
                               gpointer         data);
void       storm_grid_move    (StormGrid       *self,
                               guint            slot,
                               const StormRect *rect);
void       storm_grid_remove  (StormGrid       *self,
                               guint            slot);

/** storm_grid_get_rect: what @slot covers; valid until the grid changes. */
const StormRect *storm_grid_get_rect (StormGrid      *self,
                               guint            slot);

/** storm_grid_query: calls @func once for each thing that touches @rect, in no order. @func must
 * not change the grid, and must not query it. */
void       storm_grid_query   (StormGrid       *self,
                               const StormRect *rect,
                               StormGridFunc    func,
                               gpointer         user_data);

typedef void (*StormGridRectFunc) (const StormRect *rect,
                                   gpointer         user_data);

/** storm_grid_query_rects: the same for who asks only what is covered, not by what. */
void       storm_grid_query_rects (StormGrid         *self,
                                   const StormRect   *rect,
                                   StormGridRectFunc  func,
                                   gpointer           user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormGrid, storm_grid_free)

G_END_DECLS
