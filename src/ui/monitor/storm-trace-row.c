#include "config.h"

#include "storm-trace-row.h"

#include <glib/gi18n-lib.h>

#include "storm-past.h"
#include "storm-trace-icon.h"

struct _StormTraceRow
{
  GtkWidget     parent_instance;

  StormMonitor *monitor;
  StormTrace   *trace;
  guint         shown_n;       /* what the labels say, so that they are set only when needed */
  guint32       shown_row;
  StormTraceState shown_state;
  const char   *state_class;
  GtkWidget    *box;
  GtkInscription *key;
  GtkWidget    *icon;
  GtkInscription *state;
  GtkInscription *count;
};

G_DEFINE_FINAL_TYPE (StormTraceRow, storm_trace_row, GTK_TYPE_WIDGET)

/* No labels: each new text of those has all rows measured again. */
static GtkInscription *
add_text (GtkWidget  *box,
          const char *css_class)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (text, css_class);
  gtk_box_append (GTK_BOX (box), text);
  return GTK_INSCRIPTION (text);
}

static void
storm_trace_row_dispose (GObject *object)
{
  StormTraceRow *self = STORM_TRACE_ROW (object);
  GtkWidget *child;

  /* The box, and a menu that may be open. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
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
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->key = add_text (self->box, "heading");
  gtk_inscription_set_text_overflow (self->key, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (self->box), line);
  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (line), self->icon);
  self->state = add_text (line, "trace-state");
  gtk_widget_set_hexpand (GTK_WIDGET (self->state), TRUE);
  self->count = add_text (self->box, "caption");
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

static void
show_state (StormTraceRow   *self,
            StormTraceState  state)
{
  self->shown_state = state;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), storm_trace_state_icon (state));
  gtk_inscription_set_text (self->state, storm_trace_state_words (state));
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->state_class);
  self->state_class = storm_trace_state_class (state);
  gtk_widget_add_css_class (GTK_WIDGET (self), self->state_class);
}

static StormTraceFacts
find_facts (StormTraceRow *self)
{
  StormTraceFacts facts;

  if (!storm_past_look_at (storm_past_of (self->monitor), self->trace, &facts))
    facts = (StormTraceFacts) { storm_trace_get_n_events (self->trace),
                                storm_trace_get_last_row (self->trace),
                                storm_conformance_get_state (
                                  storm_monitor_get_conformance (self->monitor), self->trace) };
  return facts;
}

/* At an earlier moment than its first event. */
static void
show_not_begun (StormTraceRow *self)
{
  g_autofree char *label = g_strdup_printf (_("%s had not begun yet"),
                                            storm_trace_get_key (self->trace));

  self->shown_n = 0;
  gtk_image_clear (GTK_IMAGE (self->icon));
  gtk_inscription_set_text (self->state, _("Not begun yet"));
  gtk_inscription_set_text (self->count, "");
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->state_class);
  self->state_class = NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
storm_trace_row_refresh (StormTraceRow *self)
{
  StormEventLog *log;
  StormTraceFacts facts;
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;
  g_autofree char *caption = NULL;
  const char *last;
  char clock[16];

  g_return_if_fail (STORM_IS_TRACE_ROW (self));

  if (self->trace == NULL)
    return;
  log = storm_monitor_get_log (self->monitor);
  facts = find_facts (self);
  if (facts.n == 0 && storm_monitor_get_moment (self->monitor, NULL))
    show_not_begun (self);
  if (facts.n == 0 || facts.last_row >= storm_event_log_get_n (log) ||
      (facts.n == self->shown_n && facts.last_row == self->shown_row &&
       facts.state == self->shown_state))
    return;
  self->shown_n = facts.n;
  self->shown_row = facts.last_row;
  show_state (self, facts.state);
  last = storm_event_log_get_type_name (log, facts.last_row);
  storm_time_format_clock (storm_event_log_get_time (log, facts.last_row), clock);
  /* Translators: how many events a trace has, and the time of the last one. */
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u event · %s", "%u events · %s",
                                         facts.n),
                           facts.n, clock);
  caption = g_strdup_printf ("%s · %s", words, last);
  gtk_inscription_set_text (self->count, caption);
  /* Translators: a trace as a screen reader says it: key, state, last event, how many and when. */
  label = g_strdup_printf (_("%s: %s, last event %s, %s"), storm_trace_get_key (self->trace),
                           storm_trace_state_words (facts.state), last, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

StormTrace *
storm_trace_row_get_trace (StormTraceRow *self)
{
  g_return_val_if_fail (STORM_IS_TRACE_ROW (self), NULL);

  return self->trace;
}
