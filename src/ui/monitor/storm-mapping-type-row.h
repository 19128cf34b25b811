#pragma once

#include <gtk/gtk.h>

#include "storm-mapping-report.h"
#include "storm-mapping-rules.h"

G_BEGIN_DECLS

#define STORM_TYPE_MAPPING_TYPE_ROW (storm_mapping_type_row_get_type ())

/**
 * StormMappingTypeRow:
 *
 * One event type in the table of the mapping window: what would be read as its time, id and key,
 * and by which rule; behind a button, the rules of this type alone.
 */
G_DECLARE_FINAL_TYPE (StormMappingTypeRow, storm_mapping_type_row, STORM, MAPPING_TYPE_ROW,
                      GtkListBoxRow)

/** storm_mapping_type_row_new: @columns: the size groups of the type, time, id and key columns, and
 * of what stands behind them. */
GtkWidget         *storm_mapping_type_row_new       (const char                   *type,
                                                     GtkSizeGroup * const         *columns);
/** storm_mapping_type_row_update: @mapping: what @report was made with, and the rules are of. */
void               storm_mapping_type_row_update    (StormMappingTypeRow          *self,
                                                     const StormMappingTypeReport *report,
                                                     StormMapping                 *mapping);
const char        *storm_mapping_type_row_get_type_name (StormMappingTypeRow      *self);
guint              storm_mapping_type_row_get_n     (StormMappingTypeRow          *self);
/** storm_mapping_type_row_get_rules: (transfer none) (nullable): %NULL for samples without a
 * type. */
StormMappingRules *storm_mapping_type_row_get_rules (StormMappingTypeRow          *self);

#define STORM_MAPPING_N_COLUMNS 4

G_END_DECLS
