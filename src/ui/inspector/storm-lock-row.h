#pragma once

#include <adwaita.h>

#include "storm-history.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_LOCK_ROW (storm_lock_row_get_type ())

/**
 * StormLockRow:
 *
 * Whether what is selected is locked, and a switch for it; hidden while nothing is selected that
 * could be. Signals: `failed` (GError *error); `changed`: what is selected was locked or unlocked.
 */
G_DECLARE_FINAL_TYPE (StormLockRow, storm_lock_row, STORM, LOCK_ROW, AdwActionRow)

void     storm_lock_row_bind       (StormLockRow   *self,
                                    StormHistory   *history,
                                    StormSelection *selection);
/** storm_lock_row_get_locked: whether all that is selected, and could be, is locked. */
gboolean storm_lock_row_get_locked (StormLockRow   *self);

G_END_DECLS
