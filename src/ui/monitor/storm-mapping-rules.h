#pragma once

#include <gtk/gtk.h>

#include "storm-mapping.h"

G_BEGIN_DECLS

#define STORM_TYPE_MAPPING_RULES (storm_mapping_rules_get_type ())

/**
 * StormMappingRules:
 *
 * Entries for the rules of all types, or of one type: the places of each field, with commas between
 * them. Signal `edited` (nullable StormMapping *mapping): what is written made another mapping of
 * the one that is shown; %NULL when it can't be used, which is said under the entries.
 */
G_DECLARE_FINAL_TYPE (StormMappingRules, storm_mapping_rules, STORM, MAPPING_RULES, GtkBox)

/** storm_mapping_rules_new: @type: (nullable): the event type, %NULL for all. */
GtkWidget *storm_mapping_rules_new         (const char        *type);
/** storm_mapping_rules_set_mapping: what the entries are about; leaves alone what already says
 * it. */
void       storm_mapping_rules_set_mapping (StormMappingRules *self,
                                            StormMapping      *mapping);
/** storm_mapping_rules_is_wrong: whether something is written that can't be used. */
gboolean   storm_mapping_rules_is_wrong    (StormMappingRules *self);

G_END_DECLS
