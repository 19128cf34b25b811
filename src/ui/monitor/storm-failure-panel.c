#include "config.h"

#include "storm-failure-panel.h"

#include <glib/gi18n-lib.h>

#include "storm-failure-section.h"

/* Of a frame, µs. */
#define SLICE 3000
/* Not more often than that, µs. */
#define EVERY (G_USEC_PER_SEC)

struct _StormFailurePanel
{
  GtkWidget      parent_instance;

  StormMonitor  *monitor;
  StormFailures *failures;
  GHashTable    *sections;   /* name of the fail event → StormFailureSection, not held */
  gint64         done;       /* when it came to the end, monotonic µs */
  guint          work_id;

  GtkWidget     *stack;
  GtkWidget     *box;
  GtkLabel      *as_of;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFailurePanel, storm_failure_panel, GTK_TYPE_WIDGET)

static gboolean
work_cb (gpointer data)
{
  StormFailurePanel *self = data;

  if (!storm_failures_work (self->failures, SLICE))
    return G_SOURCE_CONTINUE;
  self->work_id = 0;
  self->done = g_get_monotonic_time ();
  return G_SOURCE_REMOVE;
}

static void
start (StormFailurePanel *self)
{
  if (self->work_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->work_id = g_idle_add_full (G_PRIORITY_LOW, work_cb, self, NULL);
}

static void
flushed_cb (StormFailurePanel *self)
{
  if (g_get_monotonic_time () - self->done >= EVERY)
    start (self);
}

/* What is said is of another moment. */
static void
moment_changed_cb (StormFailurePanel *self)
{
  StormMoment moment;
  gboolean is_past = storm_monitor_get_moment (self->monitor, &moment);

  if (is_past)
    {
      char clock[16];
      g_autofree char *words = NULL;

      storm_time_format_clock (moment.time, clock);
      /* Translators: a moment on the time line, as a time of day. */
      words = g_strdup_printf (_("As of %s"), clock);
      gtk_label_set_text (self->as_of, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->as_of), is_past);
  start (self);
}

static void
chosen_cb (StormFailurePanel *self,
           const char        *key)
{
  g_signal_emit (self, signals[CHOSEN], 0, key);
}

static StormFailureSection *
ensure_section (StormFailurePanel *self,
                const char        *name)
{
  GtkWidget *section = g_hash_table_lookup (self->sections, name);

  if (section != NULL)
    return STORM_FAILURE_SECTION (section);
  section = storm_failure_section_new ();
  g_signal_connect_object (section, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), section);
  g_hash_table_insert (self->sections, g_strdup (name), section);
  return STORM_FAILURE_SECTION (section);
}

/* Those of stickies that are gone. */
static void
drop_sections (StormFailurePanel *self,
               GHashTable        *kept)
{
  GHashTableIter iter;
  gpointer section;

  g_hash_table_iter_init (&iter, self->sections);
  while (g_hash_table_iter_next (&iter, NULL, &section))
    if (!g_hash_table_contains (kept, section))
      {
        gtk_box_remove (GTK_BOX (self->box), section);
        g_hash_table_iter_remove (&iter);
      }
}

static void
changed_cb (StormFailurePanel *self)
{
  StormTime now = storm_conformance_get_now (storm_monitor_get_conformance (self->monitor));
  StormMoment moment;
  GPtrArray *kinds = storm_failures_get_kinds (self->failures);
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  GtkWidget *before = GTK_WIDGET (self->as_of);

  if (storm_monitor_get_moment (self->monitor, &moment))
    now = moment.time;
  for (guint i = 0; i < kinds->len; i++)
    {
      const StormFailureKind *kind = g_ptr_array_index (kinds, i);
      StormFailureSection *section = ensure_section (self, kind->name);

      storm_failure_section_update (section, kind, now);
      if (gtk_widget_get_prev_sibling (GTK_WIDGET (section)) != before)
        gtk_box_reorder_child_after (GTK_BOX (self->box), GTK_WIDGET (section), before);
      before = GTK_WIDGET (section);
      g_hash_table_add (kept, section);
    }
  drop_sections (self, kept);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), kinds->len > 0 ? "list" : "empty");
}

static void
storm_failure_panel_map (GtkWidget *widget)
{
  StormFailurePanel *self = STORM_FAILURE_PANEL (widget);

  GTK_WIDGET_CLASS (storm_failure_panel_parent_class)->map (widget);
  start (self);
}

static void
storm_failure_panel_unmap (GtkWidget *widget)
{
  StormFailurePanel *self = STORM_FAILURE_PANEL (widget);

  g_clear_handle_id (&self->work_id, g_source_remove);
  GTK_WIDGET_CLASS (storm_failure_panel_parent_class)->unmap (widget);
}

static void
storm_failure_panel_dispose (GObject *object)
{
  StormFailurePanel *self = STORM_FAILURE_PANEL (object);

  g_clear_handle_id (&self->work_id, g_source_remove);
  g_clear_pointer (&self->sections, g_hash_table_unref);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->failures);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_failure_panel_parent_class)->dispose (object);
}

static void
storm_failure_panel_class_init (StormFailurePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_failure_panel_dispose;
  widget_class->map = storm_failure_panel_map;
  widget_class->unmap = storm_failure_panel_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "failurepanel");

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
storm_failure_panel_init (StormFailurePanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *empty = gtk_label_new (_("No event of the board is the failure of another one. Say in "
                                      "the inspector which event a fail event stands in for, and "
                                      "draw what is to compensate it."));

  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  g_object_set (self->box, "margin-top", 12, "margin-bottom", 12, "margin-start", 12,
                "margin-end", 12, NULL);
  self->as_of = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->as_of, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->as_of), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->as_of), "numeric");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->as_of));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (empty), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (empty), 24);
  gtk_widget_add_css_class (empty, "dim-label");
  g_object_set (empty, "margin-start", 18, "margin-end", 18, NULL);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

GtkWidget *
storm_failure_panel_new (StormMonitor *monitor)
{
  StormFailurePanel *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_FAILURE_PANEL, NULL);
  self->monitor = g_object_ref (monitor);
  self->failures = storm_failures_new (monitor);
  g_signal_connect_object (self->failures, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (flushed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  moment_changed_cb (self);
  return GTK_WIDGET (self);
}
