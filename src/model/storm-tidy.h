#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

/** STORM_TIDY_GAP: between stickies beside and below each other; a flow with its head fits in. */
#define STORM_TIDY_GAP 40.0
/** STORM_TIDY_MARGIN: from a context's edge to its stickies. */
#define STORM_TIDY_MARGIN 40.0
/** STORM_TIDY_TITLE_ROOM: the same at its top, where its title stands. */
#define STORM_TIDY_TITLE_ROOM 64.0

/**
 * StormTidyItem:
 * @rect: where a sticky lies; its size is kept
 * @context: index of the frame that it belongs to, or -1
 */
typedef struct
{
  StormRect rect;
  int       context;
} StormTidyItem;

/** StormTidyFlow: indices of the items at its ends. */
typedef struct
{
  guint from;
  guint to;
} StormTidyFlow;

/**
 * storm_tidy:
 * @items: (inout) (array length=n_items)
 * @frames: (inout) (array length=n_frames): the contexts
 * @flows: (array length=n_flows)
 *
 * Lays a board out anew: time goes from left to right along the flows, in columns; what happens at
 * the same time stands below each other; nothing overlaps; each frame is fitted around its items
 * and the frames that lie in it now, and holds nothing else; frames without items go into a row
 * below. What no flow orders keeps its order of place: left before right, upper above lower. In a
 * ring of flows those that point to the left now go on doing so. The upper left corner of the whole
 * stays where it is. Doing it again changes nothing. O(n log n), and the square of the frames.
 *
 * Returns: %FALSE, with everything left as it was, when it doesn't fit on a board
 */
gboolean storm_tidy (StormTidyItem       *items,
                     guint                n_items,
                     StormRect           *frames,
                     guint                n_frames,
                     const StormTidyFlow *flows,
                     guint                n_flows);

G_END_DECLS
