#pragma once

#include "storm-change.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-edit
 *
 * The operations of a board as changes that are ready for storm_history_do(). They keep what
 * belongs together together: a removed sticky takes its flows with it, a moved sticky joins the
 * context it comes to lie in, a moved context carries its stickies. All functions return
 * (transfer full) changes, labelled for the Undo button. @ids are arrays of object ids
 * (element-type utf8); unknown ids are ignored. What is locked stays as it is, wherever that
 * leads: it is neither moved (not even by its context), nor resized, edited, restyled, arranged nor
 * removed; only flows begin and end at it, and it counts to the context that it comes to lie in.
 */

/** storm_edit_is_locked: a sticky or context may be; a flow never is. */
gboolean     storm_edit_is_locked      (StormObject *object);

/** storm_edit_add_sticky: a sticky of @kind with its default size, centred at @at, on top. */
StormChange *storm_edit_add_sticky     (StormBoard *board,
                                        StormKind   kind,
                                        StormPoint  at,
                                        const char *title,
                                        char      **out_id);

StormChange *storm_edit_add_context    (StormBoard      *board,
                                        const StormRect *rect,
                                        const char      *title,
                                        char           **out_id);

/**
 * storm_edit_connect:
 *
 * Returns: (transfer full) (nullable): a flow between two stickies or contexts, %NULL when there is
 *   one in this direction already, or the ends are the same
 */
StormChange *storm_edit_connect        (StormBoard *board,
                                        const char *from,
                                        const char *to,
                                        char      **out_id);

/**
 * storm_edit_connect_new:
 *
 * Returns: (transfer full) (nullable): the next kind of sticky (storm_kind_info()->next) at @at,
 *   and the flow; %NULL when @from is no sticky
 */
StormChange *storm_edit_connect_new    (StormBoard *board,
                                        const char *from,
                                        StormPoint  at,
                                        char      **out_sticky_id);

/**
 * storm_edit_connect_kind:
 * @before: the new one comes before the sticky @id, and the flow leads to that
 *
 * Returns: (transfer full) (nullable): the same for a sticky of @kind
 */
StormChange *storm_edit_connect_kind   (StormBoard *board,
                                        const char *id,
                                        StormKind   kind,
                                        gboolean    before,
                                        StormPoint  at,
                                        char      **out_sticky_id);

/** storm_edit_remove: the objects, the flows at them, and references to them; what lay in a removed
 * context belongs to what is around it. */
StormChange *storm_edit_remove         (StormBoard *board,
                                        GPtrArray  *ids);

/**
 * storm_edit_move:
 * @join: also let the moved stickies join the contexts they came to lie in (at the gesture's end)
 *
 * Contexts in @ids carry their stickies and the contexts in them; nothing moves twice. The bends of
 * flows move when both ends do.
 */
StormChange *storm_edit_move           (StormBoard *board,
                                        GPtrArray  *ids,
                                        double      dx,
                                        double      dy,
                                        gboolean    join);

/** storm_edit_join: membership of the stickies in @ids after their place, and of those that are
 * locked in contexts of @ids; for a gesture's end. */
StormChange *storm_edit_join           (StormBoard *board,
                                        GPtrArray  *ids);

/** storm_edit_resize: one sticky or context; sizes are kept at or above the minimum. */
StormChange *storm_edit_resize         (StormBoard      *board,
                                        const char      *id,
                                        const StormRect *rect);

/** storm_edit_set_text: title, description, label or topic of one object. */
StormChange *storm_edit_set_text       (StormBoard *board,
                                        const char *id,
                                        StormProp   prop,
                                        const char *text);

StormChange *storm_edit_set_kind       (StormBoard *board,
                                        GPtrArray  *ids,
                                        StormKind   kind);

/** StormStickyStyle: how a sticky looks: its kind, which is its colour, and its size. */
typedef struct
{
  StormKind kind;
  double    width;
  double    height;
} StormStickyStyle;

/** storm_edit_set_style: gives the stickies of @ids that look, around the centres they have. */
StormChange *storm_edit_set_style      (StormBoard             *board,
                                        GPtrArray              *ids,
                                        const StormStickyStyle *look);

/** storm_edit_set_fields: @fields: (element-type StormField). */
StormChange *storm_edit_set_fields     (StormBoard *board,
                                        const char *id,
                                        GPtrArray  *fields);

StormChange *storm_edit_set_aliases    (StormBoard         *board,
                                        const char         *id,
                                        const char * const *aliases);

typedef enum
{
  STORM_Z_TO_FRONT,
  STORM_Z_FORWARD,
  STORM_Z_BACKWARD,
  STORM_Z_TO_BACK,
} StormZOrder;

/** storm_edit_reorder: keeps the order of the stickies in @ids among themselves. */
StormChange *storm_edit_reorder        (StormBoard  *board,
                                        GPtrArray   *ids,
                                        StormZOrder  order);

/**
 * storm_edit_duplicate:
 * @out_ids: (out) (transfer full) (element-type utf8): the copies
 *
 * Copies stickies and contexts of @ids with the flows among them, moved by (@dx, @dy). With a
 * collapsed context goes what lies in it, which is not in @out_ids.
 */
StormChange *storm_edit_duplicate      (StormBoard *board,
                                        GPtrArray  *ids,
                                        double      dx,
                                        double      dy,
                                        GPtrArray **out_ids);

/**
 * storm_edit_merge_board:
 * @other: a board (from the clipboard or a file) whose objects are copied with new ids
 * @dx: how far they are moved
 * @out_ids: (out) (transfer full) (element-type utf8): the copies
 */
StormChange *storm_edit_merge_board    (StormBoard *board,
                                        StormBoard *other,
                                        double      dx,
                                        double      dy,
                                        GPtrArray **out_ids);

/** storm_kind_min_size: the smallest size to which a sticky of this kind can be resized. */
void         storm_kind_min_size       (StormKind   kind,
                                        double     *width,
                                        double     *height);

G_END_DECLS
