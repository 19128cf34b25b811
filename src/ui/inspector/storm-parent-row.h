#pragma once

#include <adwaita.h>

#include "storm-history.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_PARENT_ROW (storm_parent_row_get_type ())

/**
 * StormParentRow:
 *
 * The context that the selected context belongs to, chosen among those that don't lie in it;
 * hidden while no single context is selected. Signal: `failed` (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormParentRow, storm_parent_row, STORM, PARENT_ROW, AdwComboRow)

/** storm_parent_row_bind: once, for as long as it lives. */
void storm_parent_row_bind (StormParentRow *self,
                            StormHistory   *history,
                            StormSelection *selection);

G_END_DECLS
