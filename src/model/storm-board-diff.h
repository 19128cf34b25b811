#pragma once

#include <json-glib/json-glib.h>

#include "storm-board.h"

G_BEGIN_DECLS

/** STORM_DIFF_PLACE_PROPS: where something lies; by itself it tells a reviewer nothing. */
#define STORM_DIFF_PLACE_PROPS (STORM_PROP_RECT | STORM_PROP_Z | STORM_PROP_BENDS)

/**
 * StormDiffEntry:
 * @a: (nullable): the object on the first board; %NULL when it was added
 * @b: (nullable): the object on the second board; %NULL when it was removed
 * @props: what differs, when both are there
 */
typedef struct
{
  StormObject *a;
  StormObject *b;
  StormProp    props;
} StormDiffEntry;

/**
 * StormBoardDiff:
 * @board: what differs of the board itself: title, mapping, extra
 * @contexts: (element-type StormDiffEntry): what was added or changed, in the order of the second
 *   board, then what was removed, in the order of the first; so are @stickies and @flows
 * @n_placed_contexts: how many contexts only lie elsewhere, have another size, or lie above or
 *   below others than before; they have no entry. @n_placed_stickies counts the stickies of that
 *   sort, @n_placed_flows the flows that are only bent otherwise.
 *
 * What is different on two boards. It holds references to the objects, not to the boards.
 */
typedef struct
{
  StormProp  board;
  GArray    *contexts;
  GArray    *stickies;
  GArray    *flows;
  guint      n_placed_contexts;
  guint      n_placed_stickies;
  guint      n_placed_flows;
} StormBoardDiff;

/**
 * storm_board_diff_new:
 * @a: the board before
 * @b: the board after
 *
 * Objects are the same when they have the same id; those left over, when they are stickies of one
 * kind with one title, contexts with one title, flows between the same two. So a board that was
 * written anew with other ids is still the same board. Neither board is changed.
 */
StormBoardDiff *storm_board_diff_new     (StormBoard     *a,
                                          StormBoard     *b);
void            storm_board_diff_free    (StormBoardDiff *self);

/** storm_board_diff_is_same: nothing differs, places included. */
gboolean        storm_board_diff_is_same (const StormBoardDiff *self);

/**
 * StormFieldDiff:
 * @a: (nullable): the field before
 * @b: (nullable): the field after
 */
typedef struct
{
  const StormField *a;
  const StormField *b;
} StormFieldDiff;

/**
 * storm_field_diff:
 * @a: (element-type StormField)
 * @b: (element-type StormField)
 *
 * Fields are the same by name; of equal names the first is the first, and so on.
 *
 * Returns: (transfer full) (element-type StormFieldDiff): those added or changed in the order of
 *   @b, then those removed. Empty when the same fields only stand in another order. Valid as long
 *   as @a and @b.
 */
GArray         *storm_field_diff         (GPtrArray      *a,
                                          GPtrArray      *b);

/**
 * StormJsonDiff:
 * @path: "type.names[2]"; "" is the whole
 * @a: (nullable): what stood there before
 * @b: (nullable): what stands there now
 */
typedef struct
{
  char     *path;
  JsonNode *a;
  JsonNode *b;
} StormJsonDiff;

/**
 * storm_json_diff:
 * @a: (nullable): a JSON document; %NULL or "" is an empty object
 * @b: (nullable): another
 *
 * Members of objects are compared by name, whatever their order; everything else as a whole. What
 * is no JSON is compared as text.
 *
 * Returns: (transfer full) (element-type StormJsonDiff): by path, in the order of the alphabet
 */
GPtrArray      *storm_json_diff          (const char     *a,
                                          const char     *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormBoardDiff, storm_board_diff_free)

G_END_DECLS
