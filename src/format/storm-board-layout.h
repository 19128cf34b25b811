#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

/** StormGiven: which numbers of a rectangle the document says. */
typedef enum
{
  STORM_GIVEN_X      = 1 << 0,
  STORM_GIVEN_Y      = 1 << 1,
  STORM_GIVEN_WIDTH  = 1 << 2,
  STORM_GIVEN_HEIGHT = 1 << 3,
  STORM_GIVEN_PLACE  = STORM_GIVEN_X | STORM_GIVEN_Y,
  STORM_GIVEN_SIZE   = STORM_GIVEN_WIDTH | STORM_GIVEN_HEIGHT,
  STORM_GIVEN_ALL    = STORM_GIVEN_PLACE | STORM_GIVEN_SIZE,
} StormGiven;

/**
 * StormLayoutItem:
 * @given: #StormGiven flags; what is not given is filled in
 * @context: index of the bounded context that the sticky names, or -1; unused in contexts
 *
 * A sticky or a bounded context of a document that may lack places. Sizes of stickies are the
 * caller's to fill in.
 */
typedef struct
{
  StormRect rect;
  guint     given;
  int       context;
} StormLayoutItem;

/**
 * storm_board_layout:
 *
 * Gives a place to everything that has none, in reading order: rows from left to right, below what
 * has a place already; stickies that name a context inside its frame, and frames around what names
 * them. Nothing that was given is moved.
 */
void storm_board_layout     (StormLayoutItem       *contexts,
                             guint                  n_contexts,
                             StormLayoutItem       *stickies,
                             guint                  n_stickies);

/**
 * storm_board_layout_context_at:
 *
 * Returns: the index of the smallest context in which the centre of @rect lies (of equal ones the
 *   last), as storm_board_context_at() does for a board, or -1
 */
int  storm_board_layout_context_at (const StormLayoutItem *contexts,
                                    guint                  n_contexts,
                                    const StormRect       *rect);

G_END_DECLS
