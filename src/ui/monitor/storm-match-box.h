#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_MATCH_BOX (storm_match_box_get_type ())

/**
 * StormMatchBox:
 *
 * Why an event lights its sticky, or why it lights none: where its type was read, by which rule,
 * and which sticky has it as title or alias. For a type that no sticky has, the nearest one, and
 * the actions `match.add-alias` and `match.make-sticky`, each one undo step.
 */
G_DECLARE_FINAL_TYPE (StormMatchBox, storm_match_box, STORM, MATCH_BOX, GtkBox)

GtkWidget *storm_match_box_new      (StormMonitorController *controller);
/**
 * storm_match_box_set_event:
 * @rule: (nullable): the entry of the mapping that gave the type
 */
void       storm_match_box_set_event (StormMatchBox *self,
                                      guint32        row,
                                      const char    *rule);

G_END_DECLS
