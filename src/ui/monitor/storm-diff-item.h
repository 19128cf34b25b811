#pragma once

#include <gio/gio.h>

#include "storm-comparison.h"

G_BEGIN_DECLS

#define STORM_TYPE_DIFF_ITEM (storm_diff_item_get_type ())

/**
 * StormDiffItem:
 *
 * A row of a comparison, for lists, and what its cells say.
 */
G_DECLARE_FINAL_TYPE (StormDiffItem, storm_diff_item, STORM, DIFF_ITEM, GObject)

/** StormDiffCell: what is to be said of a row. */
typedef enum
{
  STORM_DIFF_CELL_EVENT,
  STORM_DIFF_CELL_N_A,
  STORM_DIFF_CELL_STEP_A,
  STORM_DIFF_CELL_N_B,
  STORM_DIFF_CELL_STEP_B,
  STORM_DIFF_CELL_DIFF,
  STORM_N_DIFF_CELLS,
} StormDiffCell;

StormDiffItem      *storm_diff_item_new       (StormComparison *comparison,
                                               guint            i);
const StormDiffRow *storm_diff_item_get_row   (StormDiffItem   *self);
/** storm_diff_item_dup_words: (transfer full): translated. */
char               *storm_diff_item_dup_words (StormDiffItem   *self,
                                               StormDiffCell    cell);
/** storm_diff_item_dup_hint: (transfer full) (nullable): what doesn't fit a cell. */
char               *storm_diff_item_dup_hint  (StormDiffItem   *self,
                                               StormDiffCell    cell);
/** storm_diff_cell_title: translated. */
const char         *storm_diff_cell_title     (StormDiffCell    cell);
/** storm_diff_class: of the looks of a difference. */
const char         *storm_diff_class          (StormDiff        diff);

G_END_DECLS
