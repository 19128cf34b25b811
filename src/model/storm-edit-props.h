#pragma once

#include "storm-edit.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-edit-props
 *
 * What is said of objects beside their texts and places. As in storm-edit.h all return (transfer
 * full) changes, and leave what is locked as it is, but for storm_edit_set_locked().
 */

/** storm_edit_set_locked: stickies and contexts. */
StormChange *storm_edit_set_locked       (StormBoard       *board,
                                          GPtrArray        *ids,
                                          gboolean          locked);
/** storm_edit_unlock_all: of the whole board. */
StormChange *storm_edit_unlock_all       (StormBoard       *board);

/**
 * storm_edit_group:
 *
 * Makes one group of the stickies in @ids, and of the groups that they belong to. An empty change
 * for less than two, or when they are that group already.
 */
StormChange *storm_edit_group            (StormBoard       *board,
                                          GPtrArray        *ids);
/** storm_edit_ungroup: dissolves the groups that the stickies in @ids belong to. */
StormChange *storm_edit_ungroup          (StormBoard       *board,
                                          GPtrArray        *ids);
/**
 * storm_edit_with_groups:
 *
 * Returns: (transfer full) (element-type utf8): @ids, and the other members of the groups of its
 *   stickies, in the order of the board
 */
GPtrArray   *storm_edit_with_groups      (StormBoard       *board,
                                          GPtrArray        *ids);

/** storm_edit_set_pivotal: the events of @ids. */
StormChange *storm_edit_set_pivotal      (StormBoard       *board,
                                          GPtrArray        *ids,
                                          gboolean          pivotal);
/** storm_edit_set_join: the policies of @ids. */
StormChange *storm_edit_set_join         (StormBoard       *board,
                                          GPtrArray        *ids,
                                          StormJoin         join);

StormChange *storm_edit_set_context_kind (StormBoard       *board,
                                          GPtrArray        *ids,
                                          StormContextKind  kind);
StormChange *storm_edit_set_collapsed    (StormBoard       *board,
                                          GPtrArray        *ids,
                                          gboolean          collapsed);
/** storm_edit_set_parent: @parent: (nullable): the context around that of @id; an empty change when
 * it would lie in itself. */
StormChange *storm_edit_set_parent       (StormBoard       *board,
                                          const char       *id,
                                          const char       *parent);

/** storm_edit_set_bends: @bends: (array length=n) (nullable): those above %STORM_FLOW_MAX_BENDS are
 * left out. */
StormChange *storm_edit_set_bends        (StormBoard       *board,
                                          const char       *id,
                                          const StormPoint *bends,
                                          guint             n);
/**
 * storm_edit_reconnect:
 * @prop: %STORM_PROP_FROM or %STORM_PROP_TO
 * @end: id of a sticky or context
 *
 * Returns: (transfer full) (nullable): %NULL when the flow can't lead there: it would end where it
 *   begins, or there is such a flow already
 */
StormChange *storm_edit_reconnect        (StormBoard       *board,
                                          const char       *id,
                                          StormProp         prop,
                                          const char       *end);
/** storm_edit_set_target: the flows of @ids; @target is brought into range and rounded. */
StormChange *storm_edit_set_target       (StormBoard       *board,
                                          GPtrArray        *ids,
                                          gint64            target);
StormChange *storm_edit_set_unchecked    (StormBoard       *board,
                                          GPtrArray        *ids,
                                          gboolean          unchecked);

G_END_DECLS
