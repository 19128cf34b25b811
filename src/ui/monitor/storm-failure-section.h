#pragma once

#include <gtk/gtk.h>

#include "storm-failures.h"

G_BEGIN_DECLS

#define STORM_TYPE_FAILURE_SECTION (storm_failure_section_get_type ())

/**
 * StormFailureSection:
 *
 * One fail event in the list of failures: what it stands in for, what must follow, what became of
 * its traces, and the open ones, a row each. Signal `chosen` (const char *key).
 */
G_DECLARE_FINAL_TYPE (StormFailureSection, storm_failure_section, STORM, FAILURE_SECTION, GtkWidget)

GtkWidget *storm_failure_section_new    (void);
/** storm_failure_section_update: shows @kind as it is at @now; rows that are there stay. */
void       storm_failure_section_update (StormFailureSection    *self,
                                         const StormFailureKind *kind,
                                         StormTime               now);

G_END_DECLS
