#pragma once

#include <gtk/gtk.h>

#include "storm-history.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_INSPECTOR (storm_inspector_get_type ())

/**
 * StormInspector:
 *
 * The properties of what is selected, editable, each edit one undo step through the history: a
 * sticky (title, description, kind, fields, aliases, topic, event class, visibility, fail
 * counterpart), a flow (label; as the template child
 * `times_group` what was seen of it), a context (title), several (how many of what, kind of all),
 * nothing (the board's title). Signal `failed` (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormInspector, storm_inspector, STORM, INSPECTOR, GtkWidget)

GtkWidget *storm_inspector_new (StormHistory   *history,
                                StormSelection *selection);
G_END_DECLS
