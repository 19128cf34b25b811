#pragma once

#include "storm-change.h"

G_BEGIN_DECLS

/** STORM_CONTEXT_PAD: from what lies in a context to its frame, in board units. */
#define STORM_CONTEXT_PAD 32.0
/** STORM_CONTEXT_TITLE_ROOM: so much more above, where the title stands. */
#define STORM_CONTEXT_TITLE_ROOM 16.0

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

G_END_DECLS
