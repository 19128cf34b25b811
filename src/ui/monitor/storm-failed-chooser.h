#pragma once

#include <adwaita.h>

#include "storm-detect.h"

G_BEGIN_DECLS

#define STORM_TYPE_FAILED_CHOOSER (storm_failed_chooser_get_type ())

/**
 * StormFailedChooser:
 *
 * What could say that an event failed, with the evidence for it, to be added to a mapping's rules
 * for all types or taken from them. Signal `edited` (StormMapping): somebody did.
 */
G_DECLARE_FINAL_TYPE (StormFailedChooser, storm_failed_chooser, STORM, FAILED_CHOOSER, AdwBin)

/** storm_failed_chooser_new: @candidates: (element-type StormFailedCandidate). */
GtkWidget *storm_failed_chooser_new         (GPtrArray          *candidates);
/** storm_failed_chooser_set_mapping: shows which of them @mapping has. */
void       storm_failed_chooser_set_mapping (StormFailedChooser *self,
                                             StormMapping       *mapping);

G_END_DECLS
