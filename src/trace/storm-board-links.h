#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

#define STORM_NO_NODE G_MAXUINT32

/**
 * StormLink:
 * @place: among all of the board
 * @target: nanoseconds, 0 for not said
 * @flow: (nullable): %NULL when the stickies touch each other instead
 */
typedef struct
{
  guint32    from;
  guint32    to;
  guint32    place;
  gint64     target;
  gboolean   unchecked;
  StormFlow *flow;
} StormLink;

/**
 * StormNode:
 * @in: (element-type StormLink*): what leads to it
 * @out: (element-type StormLink*): what it leads to
 */
typedef struct
{
  StormSticky *sticky;
  StormKind    kind;
  GPtrArray   *in;
  GPtrArray   *out;
} StormNode;

/**
 * StormBoardLinks:
 *
 * A board's stickies and what leads from one to the other: its flows, and where a sticky lacks
 * one, the stickies that it touches, in the direction that their kinds have in event storming.
 * Hot spots, notes and contexts lead nowhere.
 */
typedef struct
{
  GArray    *nodes;       /* of StormNode, in the order of the board */
  GPtrArray *links;       /* of StormLink */
} StormBoardLinks;

StormBoardLinks *storm_board_links_new  (StormBoard      *board);
void             storm_board_links_free (StormBoardLinks *self);

static inline StormNode *
storm_board_links_node (StormBoardLinks *self,
                        guint32          node)
{
  return &g_array_index (self->nodes, StormNode, node);
}

/** storm_kind_acts: it stands for a person's part (actor, user interface, read model), who decides
 * for himself. */
static inline gboolean
storm_kind_acts (StormKind kind)
{
  return kind == STORM_KIND_ACTOR || kind == STORM_KIND_UI || kind == STORM_KIND_READ_MODEL;
}

/** storm_kind_leads: it has a part in the order of events; notes and hot spots have none. */
static inline gboolean
storm_kind_leads (StormKind kind)
{
  return kind != STORM_KIND_HOT_SPOT && kind != STORM_KIND_NOTE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormBoardLinks, storm_board_links_free)

G_END_DECLS
