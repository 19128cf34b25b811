#include "config.h"

#include "storm-monitor-bar-private.h"

#include "storm-past.h"
#include "storm-trouble-bar.h"
#include "storm-troubles.h"

/* The way to what is wrong: from the sentence, or by the keys, to the trace, its event and its
 * sticky. */

static StormSticky *
find_sticky (StormMonitor *monitor,
             guint32       row)
{
  guint32 type = storm_event_log_get_type_id (storm_monitor_get_log (monitor), row);
  GPtrArray *stickies = storm_matcher_match (storm_monitor_get_matcher (monitor), type, NULL);

  return stickies->len > 0 ? g_ptr_array_index (stickies, 0) : NULL;
}

static void
show_trouble (StormMonitorBar *self,
              const char      *key)
{
  StormTrace *trace = storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key);
  g_autoptr (StormTraceReport) report = NULL;
  StormMoment moment;
  gboolean is_past = storm_monitor_get_moment (self->monitor, &moment);
  StormFinding *first;
  StormSticky *sticky;
  guint32 row;

  if (trace == NULL)
    return;
  report = storm_trace_report_new_at (storm_monitor_get_conformance (self->monitor), trace,
                                      is_past ? &moment : NULL);
  storm_monitor_set_key (self->monitor, key);
  first = storm_trace_report_get_first (report);
  if (first == NULL)
    return;
  row = storm_trace_report_get_place (report);
  storm_monitor_set_selected_row (self->monitor, row);
  sticky = find_sticky (self->monitor, row);
  /* What isn't on the board is looked for where it came. */
  if (sticky == NULL && first->after_row != STORM_NO_ROW)
    sticky = find_sticky (self->monitor, first->after_row);
  if (sticky != NULL)
    storm_monitor_bar_reveal (self, storm_object_get_id (STORM_OBJECT (sticky)));
}

static void
step (StormMonitorBar *self,
      gboolean         forward)
{
  StormPast *past = storm_past_of (self->monitor);
  const char *chosen = storm_monitor_get_key (self->monitor);
  g_autofree char *key = NULL;

  key = storm_past_is_ready (past)
        ? storm_past_step_trouble (past, chosen, forward)
        : storm_conformance_step_trouble (storm_monitor_get_conformance (self->monitor), chosen,
                                          forward);
  if (key != NULL)
    show_trouble (self, key);
}

static void
show_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  g_autofree char *key = g_strdup (storm_trouble_bar_get_key (self->troubles));

  if (key != NULL)
    show_trouble (self, key);
}

static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  step (STORM_MONITOR_BAR (widget), TRUE);
}

static void
previous_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  step (STORM_MONITOR_BAR (widget), FALSE);
}

static void
show_trace_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  show_trouble (STORM_MONITOR_BAR (widget), g_variant_get_string (parameter, NULL));
}

static void
show_failures_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  storm_monitor_bar_show_side (STORM_MONITOR_BAR (widget), "failures");
}

void
storm_monitor_bar_install_trouble_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "monitor.show-trouble", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "monitor.next-trouble", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "monitor.previous-trouble", NULL,
                                   previous_action);
  gtk_widget_class_install_action (widget_class, "monitor.show-failures", NULL,
                                   show_failures_action);
  gtk_widget_class_install_action (widget_class, "monitor.show-trace", "s", show_trace_action);
}
