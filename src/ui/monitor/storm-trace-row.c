#include "config.h"

#include "storm-trace-row.h"

#include <glib/gi18n-lib.h>

struct _StormTraceRow
{
  GtkWidget     parent_instance;

  StormMonitor *monitor;
  StormTrace   *trace;
  guint         shown_n;       /* what the labels say, so that they are set only when needed */
  guint32       shown_row;
  GtkWidget    *box;
  GtkInscription *key;
  GtkInscription *last;
  GtkInscription *count;
};

G_DEFINE_FINAL_TYPE (StormTraceRow, storm_trace_row, GTK_TYPE_WIDGET)

/* No labels: each new text of those has all rows measured again. */
static GtkInscription *
add_text (StormTraceRow *self,
          const char    *css_class)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (text, css_class);
  gtk_box_append (GTK_BOX (self->box), text);
  return GTK_INSCRIPTION (text);
}

static void
storm_trace_row_dispose (GObject *object)
{
  StormTraceRow *self = STORM_TRACE_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->trace);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (storm_trace_row_parent_class)->dispose (object);
}

/* Asked for when the pointer rests here: to set it beforehand asks the display server each time
 * where the pointer is, and rows get other traces with every frame. */
static gboolean
storm_trace_row_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard_mode,
                               GtkTooltip *tooltip)
{
  StormTraceRow *self = STORM_TRACE_ROW (widget);

  if (self->trace == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, storm_trace_get_key (self->trace));
  return TRUE;
}

static void
storm_trace_row_class_init (StormTraceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_trace_row_dispose;
  GTK_WIDGET_CLASS (klass)->query_tooltip = storm_trace_row_query_tooltip;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tracerow");
}

static void
storm_trace_row_init (StormTraceRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->key = add_text (self, "heading");
  gtk_inscription_set_text_overflow (self->key, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  self->last = add_text (self, "trace-last");
  self->count = add_text (self, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
}

GtkWidget *
storm_trace_row_new (StormMonitor *monitor)
{
  StormTraceRow *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_TRACE_ROW, NULL);
  self->monitor = g_object_ref (monitor);
  return GTK_WIDGET (self);
}

void
storm_trace_row_set_trace (StormTraceRow *self,
                           StormTrace    *trace)
{
  g_return_if_fail (STORM_IS_TRACE_ROW (self));

  g_set_object (&self->trace, trace);
  self->shown_n = 0;
  if (trace == NULL)
    return;
  gtk_inscription_set_text (self->key, storm_trace_get_key (trace));
  storm_trace_row_refresh (self);
}

void
storm_trace_row_refresh (StormTraceRow *self)
{
  StormEventLog *log;
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;
  const char *last;
  char clock[16];
  guint32 row;
  guint n;

  g_return_if_fail (STORM_IS_TRACE_ROW (self));

  if (self->trace == NULL)
    return;
  log = storm_monitor_get_log (self->monitor);
  n = storm_trace_get_n_events (self->trace);
  row = storm_trace_get_last_row (self->trace);
  if (n == 0 || row >= storm_event_log_get_n (log) ||
      (n == self->shown_n && row == self->shown_row))
    return;
  self->shown_n = n;
  self->shown_row = row;
  last = storm_event_log_get_type_name (log, row);
  storm_time_format_clock (storm_trace_get_last_time (self->trace), clock);
  /* Translators: how many events a trace has, and the time of the last one. */
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u event · %s", "%u events · %s", n), n,
                           clock);
  gtk_inscription_set_text (self->last, last);
  gtk_inscription_set_text (self->count, words);
  /* Translators: a trace as a screen reader says it: key, last event, how many and when. */
  label = g_strdup_printf (_("%s, last event %s, %s"), storm_trace_get_key (self->trace), last,
                           words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
