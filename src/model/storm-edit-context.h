#pragma once

#include "storm-change.h"

G_BEGIN_DECLS

/** STORM_CONTEXT_PAD: from what lies in a context to its frame, in board units. */
#define STORM_CONTEXT_PAD 32.0
/** STORM_CONTEXT_TITLE_ROOM: so much more above, where the title stands. */
#define STORM_CONTEXT_TITLE_ROOM 16.0

/** STORM_LANE_TITLE: how wide the column is in which a swimlane's title stands, at most half of
 * it. */
#define STORM_LANE_TITLE 120.0

/**
 * storm_edit_add_context_around:
 * @ids: (element-type utf8): stickies and contexts
 *
 * A context around these. The stickies become its members, wherever they belonged; but those in a
 * context that lies in the new one as a whole stay in that.
 *
 * Returns: (transfer full) (nullable): the change; %NULL without a sticky or context in @ids
 */
StormChange *storm_edit_add_context_around (StormBoard *board,
                                            GPtrArray  *ids,
                                            const char *title,
                                            char      **out_id);

/**
 * storm_edit_fit_contexts:
 * @ids: (element-type utf8): of which only contexts count; those in which nothing lies stay
 *
 * Makes them as small, or as large, as what lies in them needs; inner ones first.
 *
 * Returns: (transfer full): the change
 */
StormChange *storm_edit_fit_contexts       (StormBoard *board,
                                            GPtrArray  *ids);

/**
 * storm_edit_add_swimlane:
 * @near: where the first one is put: its middle is there; its width is that of the board
 *
 * A swimlane below the lowest one, as wide and high as that. It takes up what lies there.
 */
StormChange *storm_edit_add_swimlane       (StormBoard *board,
                                            StormPoint  near,
                                            const char *title,
                                            char      **out_id);

/**
 * storm_edit_fold_contexts:
 * @ids: (element-type utf8): of which only contexts count
 *
 * Collapses or expands contexts. A context that is expanded takes up what came to lie in it.
 *
 * Returns: (transfer full): the change
 */
StormChange *storm_edit_fold_contexts      (StormBoard *board,
                                            GPtrArray  *ids,
                                            gboolean    collapsed);
/** storm_edit_unfold_around: (transfer full): expands every context that hides @id. */
StormChange *storm_edit_unfold_around      (StormBoard *board,
                                            const char *id);
/** storm_edit_with_folded: (transfer full) (element-type utf8): @ids, and what lies in those of
 * them that are collapsed. */
GPtrArray   *storm_edit_with_folded        (StormBoard *board,
                                            GPtrArray  *ids);

G_END_DECLS
