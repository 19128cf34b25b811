#pragma once

#include <adwaita.h>

#include "storm-history.h"
#include "storm-selection.h"

G_BEGIN_DECLS

/**
 * StormFlag:
 * @STORM_FLAG_LOCKED: of stickies and contexts: whether they are locked
 * @STORM_FLAG_PIVOTAL: of events: whether they part the board into before and after
 */
typedef enum
{
  STORM_FLAG_LOCKED,
  STORM_FLAG_PIVOTAL
} StormFlag;

#define STORM_TYPE_FLAG_ROW (storm_flag_row_get_type ())

/**
 * StormFlagRow:
 *
 * A switch for a flag of what is selected, on when all that can have it do; hidden when nothing
 * can. Each use is one undo step. Signals: `failed` (GError *error); `changed`: another answer of
 * storm_flag_row_is_on().
 */
G_DECLARE_FINAL_TYPE (StormFlagRow, storm_flag_row, STORM, FLAG_ROW, AdwActionRow)

/** storm_flag_row_bind: once, for as long as it lives. */
void     storm_flag_row_bind  (StormFlagRow   *self,
                               StormFlag       flag,
                               StormHistory   *history,
                               StormSelection *selection);
/** storm_flag_row_is_on: something is selected, and all of it has the flag. */
gboolean storm_flag_row_is_on (StormFlagRow   *self);

G_END_DECLS
