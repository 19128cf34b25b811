#include "config.h"

#include "storm-trouble-bar.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-past.h"
#include "storm-trace-icon.h"
#include "storm-trouble-layout.h"
#include "storm-troubles.h"

/* A trace of more events is looked at anew once in so many µs; shorter ones with each flush. */
#define LONG_TRACE 5000
#define LONG_PAUSE G_USEC_PER_SEC

struct _StormTroubleBar
{
  GtkWidget     parent_instance;

  StormMonitor *monitor;
  char         *key;         /* of the trace in trouble that is named */
  char         *words;       /* nullable: what is said about it */
  gint64        said_at;     /* monotonic µs */
  const char   *look;        /* CSS class */

  GtkWidget    *box;
  GtkWidget    *button;
  GtkWidget    *steps;
  GtkImage     *icon;
  GtkLabel     *sentence;
  GtkLabel     *place;
  GtkLabel     *counts;
};

G_DEFINE_FINAL_TYPE (StormTroubleBar, storm_trouble_bar, GTK_TYPE_WIDGET)

/* How it stands with all traces: now, or at the moment that is looked at. */
typedef struct
{
  guint  n;
  guint  n_running;
  guint  n_troubled;
  double fitness;
} Figures;

static StormPast *
get_past (StormTroubleBar *self)
{
  StormPast *past = storm_past_of (self->monitor);

  return storm_past_is_ready (past) ? past : NULL;
}

static Figures
get_figures (StormTroubleBar *self)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  GListModel *index = G_LIST_MODEL (storm_monitor_get_index (self->monitor));
  StormPast *past = get_past (self);

  if (past != NULL)
    return (Figures) { storm_past_get_n (past), storm_past_count (past, STORM_TRACE_RUNNING),
                       storm_past_count_troubled (past), storm_past_get_fitness (past) };
  return (Figures) { g_list_model_get_n_items (index),
                     storm_conformance_count (conformance, STORM_TRACE_RUNNING),
                     storm_conformance_count_troubled (conformance),
                     storm_conformance_get_fitness (conformance) };
}

/* Why nothing can be said, or that all is well. */
static char *
dup_calm_words (StormTroubleBar *self)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  StormRuleSet *rules = storm_conformance_get_rules (conformance);
  guint n_events = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  Figures figures = get_figures (self);
  guint n = figures.n;
  guint n_running = figures.n_running;

  if (n_events == 0)
    return g_strdup (_("No events yet. What goes wrong will be named here first."));
  if (n == 0 && get_past (self) != NULL)
    return g_strdup (_("No case had begun yet."));
  if (n == 0)
    return g_strdup (_("No event has a correlation key yet, so no case can be followed."));
  if (storm_rule_set_get_n_rules (rules) == 0)
    return g_strdup (_("The board doesn’t say what follows what yet: draw flows from events over "
                       "policies and commands to the next events."));
  if (n_running == n)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u trace is running as the board says.",
                                         "%'u traces are running as the board says.", n), n);
  if (n_running > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "All is well: %'u trace, of which %'u is running.",
                                         "All is well: %'u traces, of which %'u are running.", n),
                            n, n_running);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "All is well: %'u trace as the board says.",
                                       "All is well: %'u traces as the board says.", n), n);
}

static char *
dup_counts (StormTroubleBar *self)
{
  Figures figures = get_figures (self);
  guint n = figures.n;
  guint n_troubled = figures.n_troubled;
  double fitness = figures.fitness * 100;
  g_autofree char *percent = NULL;

  /* Those of now would mislead beside a moment of the past. */
  if (n == 0 || (storm_monitor_get_moment (self->monitor, NULL) && get_past (self) == NULL))
    return g_strdup ("");
  /* 100 % only when nothing is missing at all. */
  percent = g_strdup_printf ("%.1f", floor (fitness * 10) / 10);
  if (n_troubled == 0)
    /* Translators: how well the traces do what the board says, in per cent. */
    return g_strdup_printf (_("Fitness %s %%"), percent);
  /* Translators: traces in trouble, of all; how well all do what the board says, in per cent. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%'u of %'u trace with trouble · fitness %s %%",
                                       "%'u of %'u traces with trouble · fitness %s %%", n),
                          n_troubled, n, percent);
}

static void
set_look (StormTroubleBar *self,
          const char      *look)
{
  if (self->look == look)
    return;
  if (self->look != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->look);
  self->look = look;
  gtk_widget_add_css_class (GTK_WIDGET (self), look);
}

/* With each flush; but screen readers are told of what is new only. */
static void
set_sentence (StormTroubleBar *self,
              const char      *words)
{
  if (g_str_equal (gtk_label_get_text (self->sentence), words))
    return;
  gtk_label_set_text (self->sentence, words);
  gtk_widget_set_tooltip_text (self->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

/* The trace that the sentence is about: the chosen one, else the worst. */
static StormTrace *
dup_named (StormTroubleBar *self)
{
  const char *key = storm_monitor_get_key (self->monitor);
  StormPast *past = get_past (self);
  StormTrace *trace = NULL;

  if (key != NULL)
    trace = storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key);
  if (trace != NULL)
    return g_object_ref (trace);
  if (key == NULL && past != NULL)
    return storm_past_find_worst (past);
  return key != NULL ? NULL
                     : storm_conformance_find_worst (storm_monitor_get_conformance (self->monitor));
}

static char *
dup_chosen_words (StormTroubleBar *self,
                  StormTrace      *trace,
                  StormTraceState  state)
{
  /* Translators: a trace without trouble that is chosen: "order-4711: As the board says". */
  return g_strdup_printf (C_("trace", "%s: %s"), storm_trace_get_key (trace),
                          storm_trace_state_words (state));
}

static void
show_place (StormTroubleBar *self)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  const char *chosen = storm_monitor_get_key (self->monitor);
  StormPast *past = get_past (self);
  guint n = get_figures (self).n_troubled;
  guint i = 0;
  g_autofree char *place = NULL;

  if (chosen != NULL && past != NULL)
    i = storm_past_find_trouble (past, chosen);
  else if (chosen != NULL)
    i = storm_conformance_find_trouble (conformance, chosen);

  /* Translators: which of the troubles is looked at: "2 / 5". */
  place = i > 0 ? g_strdup_printf (_("%u / %u"), i, n) : g_strdup ("");
  gtk_label_set_text (self->place, place);
  gtk_widget_set_visible (GTK_WIDGET (self->place), i > 0);
}

/* What is wrong with @trace: to say that all of its events are gone through. */
static const char *
say_trouble (StormTroubleBar *self,
             StormTrace      *trace)
{
  gint64 now = g_get_monotonic_time ();
  StormMoment moment;
  gboolean is_past = get_past (self) != NULL && storm_monitor_get_moment (self->monitor, &moment);

  if (self->words == NULL || g_strcmp0 (self->key, storm_trace_get_key (trace)) != 0 ||
      storm_trace_get_n_events (trace) < LONG_TRACE || now - self->said_at >= LONG_PAUSE)
    {
      g_free (self->words);
      self->words = storm_conformance_headline_at (storm_monitor_get_conformance (self->monitor),
                                                   trace, is_past ? &moment : NULL);
      self->said_at = now;
    }
  g_free (self->key);
  self->key = g_strdup (storm_trace_get_key (trace));
  return self->words;
}

/* %FALSE: the trace had not begun. */
static gboolean
find_state (StormTroubleBar *self,
            StormTrace      *trace,
            StormTraceState *state)
{
  StormPast *past = get_past (self);
  guint32 place;

  if (past == NULL)
    {
      *state = storm_conformance_get_state (storm_monitor_get_conformance (self->monitor), trace);
      return TRUE;
    }
  return storm_trace_get_place (trace, &place) && storm_past_get_state (past, place, state);
}

/* Of which moment @words are, in front of them. */
static char *
dup_with_moment (StormTroubleBar *self,
                 const char      *words)
{
  StormMoment moment;
  char clock[16];

  if (!storm_monitor_get_moment (self->monitor, &moment))
    return g_strdup (words);
  if (get_past (self) == NULL)
    /* Translators: while the board shows an earlier moment, before what holds by now. */
    return g_strdup_printf (_("Now: %s"), words);
  storm_time_format_clock (moment.time, clock);
  /* Translators: an earlier moment, as a time of day, and what held then. */
  return g_strdup_printf (_("At %s: %s"), clock, words);
}

static void
show_words (StormTroubleBar *self)
{
  g_autoptr (StormTrace) trace = dup_named (self);
  StormTraceState state = STORM_TRACE_CONFORMING;
  g_autofree char *counts = dup_counts (self);
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;
  const char *trouble = NULL;
  gboolean begun = trace == NULL || find_state (self, trace, &state);

  if (begun && storm_trace_state_is_trouble (state))
    trouble = say_trouble (self, trace);
  else
    g_clear_pointer (&self->key, g_free);
  if (!begun)
    /* Translators: a trace, at a moment before its first event. */
    words = g_strdup_printf (_("%s had not begun yet"), storm_trace_get_key (trace));
  else if (trouble == NULL)
    words = trace != NULL ? dup_chosen_words (self, trace, state) : dup_calm_words (self);
  sentence = dup_with_moment (self, trouble != NULL ? trouble : words);
  set_sentence (self, sentence);
  gtk_label_set_text (self->counts, counts);
  /* They may be left out where it is narrow. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, counts, -1);
  gtk_image_set_from_icon_name (self->icon, trace != NULL ? storm_trace_state_icon (state)
                                                          : storm_trace_state_icon_calm ());
  set_look (self, trace != NULL ? storm_trace_state_class (state) : "trace-calm");
  show_place (self);
}

static void
update_cb (StormTroubleBar *self)
{
  gboolean any = get_figures (self).n_troubled > 0;

  show_words (self);
  for (GtkWidget *child = gtk_widget_get_first_child (self->steps); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_widget_set_visible (child, any);
  gtk_widget_set_sensitive (self->button, self->key != NULL);
}

/* What was said is of another moment. */
static void
moment_changed_cb (StormTroubleBar *self)
{
  g_clear_pointer (&self->words, g_free);
  update_cb (self);
}

static void
storm_trouble_bar_dispose (GObject *object)
{
  StormTroubleBar *self = STORM_TROUBLE_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (storm_trouble_bar_parent_class)->dispose (object);
}

static void
storm_trouble_bar_class_init (StormTroubleBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_trouble_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "troublebar");
}

static GtkLabel *
make_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  return GTK_LABEL (label);
}

static void
add_step (StormTroubleBar *self,
          const char      *icon,
          const char      *action,
          const char      *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->steps), button);
}

static void
storm_trouble_bar_init (StormTroubleBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *sentence = gtk_label_new (NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_layout_manager (self->box, storm_trouble_layout_new (6));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->icon = GTK_IMAGE (icon);
  self->sentence = GTK_LABEL (sentence);
  gtk_label_set_xalign (self->sentence, 0);
  gtk_label_set_wrap (self->sentence, TRUE);
  gtk_label_set_wrap_mode (self->sentence, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (self->sentence, 2);
  gtk_label_set_ellipsize (self->sentence, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (sentence, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), sentence);

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "sentence");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "monitor.show-trouble");
  gtk_box_append (GTK_BOX (self->box), self->button);
  self->counts = make_label ();
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->counts));
  self->steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->steps);
  self->place = make_label ();
  gtk_box_append (GTK_BOX (self->steps), GTK_WIDGET (self->place));
  add_step (self, "go-up-symbolic", "monitor.previous-trouble", _("Previous Trouble"));
  add_step (self, "go-down-symbolic", "monitor.next-trouble", _("Next Trouble"));
}

GtkWidget *
storm_trouble_bar_new (StormMonitor *monitor)
{
  StormTroubleBar *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_TROUBLE_BAR, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "notify::key", G_CALLBACK (update_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_past_of (monitor), "changed", G_CALLBACK (moment_changed_cb),
                           self, G_CONNECT_SWAPPED);
  update_cb (self);
  return GTK_WIDGET (self);
}

const char *
storm_trouble_bar_get_key (StormTroubleBar *self)
{
  g_return_val_if_fail (STORM_IS_TROUBLE_BAR (self), NULL);

  return self->key;
}

const char *
storm_trouble_bar_get_words (StormTroubleBar *self)
{
  g_return_val_if_fail (STORM_IS_TROUBLE_BAR (self), NULL);

  return gtk_label_get_text (self->sentence);
}
