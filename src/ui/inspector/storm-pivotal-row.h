#pragma once

#include <adwaita.h>

#include "storm-history.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_PIVOTAL_ROW (storm_pivotal_row_get_type ())

/**
 * StormPivotalRow:
 *
 * Whether the selected events are pivotal, and a switch for it; hidden while no event is selected.
 * Signal: `failed` (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormPivotalRow, storm_pivotal_row, STORM, PIVOTAL_ROW, AdwActionRow)

/** storm_pivotal_row_bind: once, for as long as it lives. */
void storm_pivotal_row_bind (StormPivotalRow *self,
                             StormHistory    *history,
                             StormSelection  *selection);

G_END_DECLS
