#include "config.h"

#include "storm-times-group.h"

#include <glib/gi18n-lib.h>

struct _StormTimesGroup
{
  AdwBin          parent_instance;

  StormFlowTimes *times;
  StormFlow      *flow;
  AdwActionRow   *count;
  AdwActionRow   *p50;
  AdwActionRow   *p95;
  AdwActionRow   *trace;
};

G_DEFINE_FINAL_TYPE (StormTimesGroup, storm_times_group, ADW_TYPE_BIN)

static void
show (AdwActionRow *row,
      const char   *value)
{
  /* As a property of the selected thing: its name small, above what it is. */
  adw_action_row_set_subtitle (row, value);
}

static void
show_p95 (StormTimesGroup      *self,
          const StormFlowStats *stats)
{
  gint64 target = storm_flow_get_target (self->flow);
  g_autofree char *p95 = storm_time_format_span (stats->p95);
  g_autofree char *limit = storm_time_format_span (target);
  g_autofree char *words = NULL;
  gboolean over = target > 0 && stats->p95 > target;

  if (over)
    /* Translators: two spans of time: what was measured, and what it should be at most. */
    words = g_strdup_printf (_("%s, longer than the target of %s"), p95, limit);
  else if (target > 0)
    words = g_strdup_printf (_("%s, within the target of %s"), p95, limit);
  show (self->p95, words != NULL ? words : p95);
  if (over)
    gtk_widget_add_css_class (GTK_WIDGET (self->p95), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->p95), "warning");
}

static void
show_trace (StormTimesGroup      *self,
            const StormFlowSpans *spans)
{
  g_autofree char *shortest = NULL;
  g_autofree char *longest = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->trace), spans != NULL);
  if (spans == NULL)
    return;
  shortest = storm_time_format_span (spans->shortest);
  longest = storm_time_format_span (spans->longest);
  if (spans->n_skewed > 0)
    words = g_strdup_printf (_("%s: a time below zero, because clocks don’t agree"), shortest);
  else if (spans->n > 1)
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u time, %s to %s",
                                          "%u times, %s to %s", spans->n), spans->n, shortest,
                             longest);
  show (self->trace, words != NULL ? words : shortest);
}

static void
refresh (StormTimesGroup *self)
{
  const char *id = self->flow != NULL ? storm_object_get_id (STORM_OBJECT (self->flow)) : NULL;
  const StormFlowStats *stats = NULL;
  const StormFlowSpans *spans = NULL;

  if (self->times != NULL && id != NULL)
    {
      stats = storm_flow_times_get_stats (self->times, id);
      spans = storm_flow_times_get_spans (self->times, id);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), stats != NULL || spans != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->count), stats != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->p50), stats != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->p95), stats != NULL);
  show_trace (self, spans);
  if (stats != NULL)
    {
      g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, stats->n);
      g_autofree char *p50 = storm_time_format_span (stats->p50);

      show (self->count, count);
      show (self->p50, p50);
      show_p95 (self, stats);
    }
}

static void
storm_times_group_dispose (GObject *object)
{
  StormTimesGroup *self = STORM_TIMES_GROUP (object);

  g_clear_object (&self->times);
  g_clear_object (&self->flow);

  G_OBJECT_CLASS (storm_times_group_parent_class)->dispose (object);
}

static void
storm_times_group_class_init (StormTimesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_times_group_dispose;
}

static AdwActionRow *
add_row (AdwPreferencesGroup *group,
         const char          *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, NULL);

  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

static void
storm_times_group_init (StormTimesGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _("Times"));
  adw_preferences_group_set_description (group, _("From the event before this flow to the one "
                                                  "behind it, over all that was seen"));
  self->count = add_row (group, _("How often"));
  self->p50 = add_row (group, _("Half of the cases within (p50)"));
  self->p95 = add_row (group, _("95 of 100 cases within (p95)"));
  self->trace = add_row (group, _("In the chosen trace"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
storm_times_group_new (void)
{
  return g_object_new (STORM_TYPE_TIMES_GROUP, NULL);
}

void
storm_times_group_set_times (StormTimesGroup *self,
                             StormFlowTimes  *times)
{
  g_return_if_fail (STORM_IS_TIMES_GROUP (self));
  g_return_if_fail (times == NULL || STORM_IS_FLOW_TIMES (times));

  if (self->times != NULL)
    g_signal_handlers_disconnect_by_func (self->times, refresh, self);
  g_set_object (&self->times, times);
  if (times != NULL)
    g_signal_connect_object (times, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

void
storm_times_group_set_object (StormTimesGroup *self,
                              StormObject     *object)
{
  StormFlow *flow = object != NULL && STORM_IS_FLOW (object) ? STORM_FLOW (object) : NULL;

  g_return_if_fail (STORM_IS_TIMES_GROUP (self));

  g_set_object (&self->flow, flow);
  refresh (self);
}
