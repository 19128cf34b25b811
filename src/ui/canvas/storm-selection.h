#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

#define STORM_TYPE_SELECTION (storm_selection_get_type ())

/**
 * StormSelection:
 *
 * Which objects of a board are selected; canvas, inspector and outline share one. Removed objects
 * leave it by themselves. Signal `changed`, once an operation. Knows no widget. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormSelection, storm_selection, STORM, SELECTION, GObject)

StormSelection *storm_selection_new        (StormBoard     *board);
StormBoard     *storm_selection_get_board  (StormSelection *self);
guint           storm_selection_get_n      (StormSelection *self);
gboolean        storm_selection_contains   (StormSelection *self,
                                            const char     *id);
/** storm_selection_has: the same for an object of the board, without a look at its id. */
gboolean        storm_selection_has        (StormSelection *self,
                                            StormObject    *object);
/** storm_selection_get_ids: (transfer none) (element-type utf8): in the order of selecting. */
GPtrArray      *storm_selection_get_ids    (StormSelection *self);
/** storm_selection_get_single: (transfer none) (nullable): the object, when it is exactly one. */
StormObject    *storm_selection_get_single (StormSelection *self);
/** storm_selection_set: @ids: (element-type utf8) (nullable): these and no others. */
void            storm_selection_set        (StormSelection *self,
                                            GPtrArray      *ids);
/** storm_selection_set_one: @id: (nullable): only this one, or none. */
void            storm_selection_set_one    (StormSelection *self,
                                            const char     *id);
void            storm_selection_add        (StormSelection *self,
                                            const char     *id);
void            storm_selection_toggle     (StormSelection *self,
                                            const char     *id);

G_END_DECLS
