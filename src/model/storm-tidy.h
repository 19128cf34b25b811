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
 * @pivotal: it divides time: what stands before it stays before it, and what stands after it, after
 */
typedef struct
{
  StormRect rect;
  int       context;
  gboolean  pivotal;
} StormTidyItem;

/**
 * StormTidyFrame:
 * @outer: index of the frame that it belongs to, or -1: that of the smallest around it then
 * @lane: a swimlane: a row along the whole of time, from edge to edge with those above and below
 */
typedef struct
{
  StormRect rect;
  int       outer;
  gboolean  lane;
} StormTidyFrame;

/** StormTidyFlow: indices of the items at its ends. */
typedef struct
{
  guint from;
  guint to;
} StormTidyFlow;

/**
 * StormTidyFixed:
 * @pivotal: it divides time where it stands
 *
 * What keeps its place, and on which nothing is laid.
 */
typedef struct
{
  StormRect rect;
  gboolean  pivotal;
} StormTidyFixed;

/** StormTidyBoard: what is laid out; none of it is owned. */
typedef struct
{
  StormTidyItem        *items;
  guint                 n_items;
  StormTidyFrame       *frames;
  guint                 n_frames;
  const StormTidyFlow  *flows;
  guint                 n_flows;
  const StormTidyFixed *fixed;
  guint                 n_fixed;
} StormTidyBoard;

/**
 * storm_tidy:
 * @board: (inout): its items and frames get their new places
 *
 * Lays a board out anew: time goes from left to right along the flows, in columns; what happens at
 * the same time stands below each other; nothing overlaps; each frame is fitted around its items
 * and the frames in it, and holds nothing else; empty frames on the board go into a row below,
 * those in others keep their place among the items there. Swimlanes are rows, in the order in which
 * they stand, as long as the longest of them and as all that is laid out; what is in none goes
 * above or below all of them. What no flow orders keeps its order of place: left before right,
 * upper above lower. Flows never lead what stands before a pivotal item behind it, nor the other
 * way round. In a ring of flows those that point to the left now go on doing so. The upper left
 * corner of the whole stays where it is, but where something would lie on what is fixed it goes
 * below that, and what stands before something fixed that is pivotal moves to the left when it has
 * to. Doing it again changes nothing. O(n log n), the square of the frames, and what is laid out
 * times what is fixed.
 *
 * Returns: %FALSE, with everything left as it was, when it doesn't fit on a board
 */
gboolean storm_tidy (StormTidyBoard *board);

G_END_DECLS
