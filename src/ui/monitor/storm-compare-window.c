#include "config.h"

#include "storm-compare-window.h"

#include <glib/gi18n-lib.h>

#include "storm-compare-side.h"
#include "storm-diff-item.h"

/* How long a turn of the main loop may take, in µs. */
#define SLICE 4000
/* While events come, so often, in ms. */
#define FOLLOW_EVERY 1000
#define N_SIDES 2

struct _StormCompareWindow
{
  AdwWindow               parent_instance;

  StormMonitorController *controller;
  StormComparison        *making;      /* NULL when nothing is to be worked out */
  StormComparison        *shown;       /* NULL when there is nothing to show */
  guint                   fill_id;
  guint                   follow_id;

  StormCompareSide       *sides[N_SIDES];
  GtkBox                 *places;
  GtkLabel               *sentence;
  GtkLabel               *note;
  GtkWidget              *only_differences;
  GtkWidget              *on_board;
  GtkStack               *stack;
  GtkLabel               *empty;
  GtkWidget              *view;
  GListStore             *rows;
};

enum
{
  REVEAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormCompareWindow, storm_compare_window, ADW_TYPE_WINDOW)

static void
show_on_board (StormCompareWindow *self)
{
  gboolean wanted = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->on_board));

  storm_monitor_controller_set_comparison (self->controller, wanted ? self->shown : NULL);
}

static gboolean
is_same_row (const StormDiffRow *a,
             const StormDiffRow *b)
{
  return a->diff == b->diff && a->a.n == b->a.n && a->b.n == b->b.n && a->a.step == b->a.step &&
         a->b.step == b->b.step && g_str_equal (a->name, b->name);
}

/* Whoever reads the list is not to lose the place for nothing. */
static gboolean
is_same (StormComparison *a,
         StormComparison *b)
{
  GPtrArray *x = a != NULL ? storm_comparison_get_rows (a) : NULL;
  GPtrArray *y = storm_comparison_get_rows (b);

  if (x == NULL || x->len != y->len ||
      storm_comparison_is_of_traces (a) != storm_comparison_is_of_traces (b))
    return FALSE;
  for (guint i = 0; i < x->len; i++)
    if (!is_same_row (g_ptr_array_index (x, i), g_ptr_array_index (y, i)))
      return FALSE;
  return TRUE;
}

static void
fill_rows (StormCompareWindow *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean only = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->only_differences));
  GPtrArray *rows = self->shown != NULL ? storm_comparison_get_rows (self->shown) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!only || ((StormDiffRow *) g_ptr_array_index (rows, i))->diff != STORM_DIFF_ALIKE)
      g_ptr_array_add (items, storm_diff_item_new (self->shown, i));
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "empty");
  gtk_label_set_text (self->empty, rows == NULL ? ""
                                   : rows->len > 0
                                     ? _("There is no difference.")
                                     : _("Neither side has an event with a correlation key."));
}

static char *
dup_sentence (StormComparison *comparison)
{
  GString *words = g_string_new (NULL);

  for (guint diff = STORM_N_DIFFS; diff-- > 0;)
    {
      guint n = storm_comparison_count (comparison, (StormDiff) diff);

      if (n == 0)
        continue;
      if (words->len > 0)
        g_string_append (words, ", ");
      /* Translators: how many rows of a list are so: "3 slower". */
      g_string_append_printf (words, C_("compare", "%'u %s"), n,
                              storm_diff_words ((StormDiff) diff));
    }
  return g_string_free (words, FALSE);
}

/* The trace that was asked for and isn't there, or that both sides are the same. */
static char *
dup_complaint (StormCompareWindow *self)
{
  static const char * const letters[N_SIDES] = { "A", "B" };

  for (guint i = 0; i < N_SIDES; i++)
    {
      StormMonitor *monitor = storm_compare_side_get_monitor (self->sides[i]);
      const char *key = storm_compare_side_get_key (self->sides[i]);

      if (key != NULL && storm_trace_index_lookup (storm_monitor_get_index (monitor), key) == NULL)
        return g_strdup_printf (_("%s has no trace with the key %s."), letters[i], key);
    }
  if (storm_compare_side_get_monitor (self->sides[0]) ==
        storm_compare_side_get_monitor (self->sides[1]) &&
      g_strcmp0 (storm_compare_side_get_key (self->sides[0]),
                 storm_compare_side_get_key (self->sides[1])) == 0)
    return g_strdup (_("Choose a trace, or a recording, to compare with."));
  return NULL;
}

static void
show_words (StormCompareWindow *self)
{
  g_autofree char *words = dup_sentence (self->shown);

  gtk_label_set_text (self->sentence, words);
  gtk_label_set_text (self->note, storm_comparison_is_of_traces (self->shown)
    ? _("A step goes from the event before it that both have. Slower and faster are said of B, "
        "from a tenth and 1 ms on.")
    : _("All traces of each side. A step is the median from the event before it that both have; "
        "slower and faster are said of B, from a tenth and 1 ms on."));
}

static void
show (StormCompareWindow *self)
{
  g_autoptr (StormComparison) made = g_steal_pointer (&self->making);

  if (!is_same (self->shown, made))
    {
      g_set_object (&self->shown, made);
      fill_rows (self);
      show_on_board (self);
    }
  show_words (self);
}

static void
show_nothing (StormCompareWindow *self,
              const char         *why)
{
  gtk_label_set_text (self->sentence, why);
  gtk_label_set_text (self->note, "");
  g_clear_object (&self->shown);
  fill_rows (self);
  show_on_board (self);
}

static gboolean
fill_cb (gpointer data)
{
  StormCompareWindow *self = data;

  if (!storm_comparison_fill (self->making, SLICE))
    return G_SOURCE_CONTINUE;
  self->fill_id = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
compare (StormCompareWindow *self)
{
  StormMonitor *a = storm_compare_side_get_monitor (self->sides[0]);
  StormMonitor *b = storm_compare_side_get_monitor (self->sides[1]);
  g_autofree char *complaint = NULL;

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_object (&self->making);
  if (a == NULL || b == NULL)
    complaint = g_strdup (_("Reading the recording…"));
  else
    complaint = dup_complaint (self);
  if (complaint != NULL)
    {
      show_nothing (self, complaint);
      return;
    }
  self->making = storm_comparison_new (a, storm_compare_side_get_key (self->sides[0]),
                                       b, storm_compare_side_get_key (self->sides[1]));
  self->fill_id = g_idle_add (fill_cb, self);
}

/* One that is being worked out is not thrown away: it would never be done in a flood. */
static gboolean
follow_cb (gpointer data)
{
  StormCompareWindow *self = data;

  if (self->fill_id != 0)
    return G_SOURCE_CONTINUE;
  self->follow_id = 0;
  compare (self);
  return G_SOURCE_REMOVE;
}

static void
follow (StormCompareWindow *self)
{
  gboolean live = storm_compare_side_is_live (self->sides[0]) ||
                  storm_compare_side_is_live (self->sides[1]);

  if (live && self->follow_id == 0)
    self->follow_id = g_timeout_add (FOLLOW_EVERY, follow_cb, self);
}

static void
side_failed_cb (StormCompareWindow *self,
                GError             *error)
{
  gtk_label_set_text (self->sentence, error->message);
}

static void
activate_cb (StormCompareWindow *self,
             guint               position)
{
  g_autoptr (StormDiffItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  const StormDiffRow *row;
  guint32 event;

  if (item == NULL)
    return;
  row = storm_diff_item_get_row (item);
  if (row->sticky != NULL)
    g_signal_emit (self, signals[REVEAL], 0, row->sticky);
  event = storm_compare_side_is_live (self->sides[0]) && row->a.row != G_MAXUINT32
            ? row->a.row
            : storm_compare_side_is_live (self->sides[1]) ? row->b.row : G_MAXUINT32;
  if (event != G_MAXUINT32)
    storm_monitor_set_selected_row (storm_monitor_controller_get_monitor (self->controller), event);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          gpointer            data)
{
  StormDiffCell cell = (StormDiffCell) GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_text = cell == STORM_DIFF_CELL_EVENT || cell == STORM_DIFF_CELL_DIFF;

  gtk_label_set_xalign (GTK_LABEL (label), is_text ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (cell == STORM_DIFF_CELL_DIFF)
    gtk_widget_set_halign (label, GTK_ALIGN_START);
  if (!is_text)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            data)
{
  StormDiffCell cell = (StormDiffCell) GPOINTER_TO_UINT (data);
  StormDiffItem *diff = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *words = storm_diff_item_dup_words (diff, cell);
  g_autofree char *hint = storm_diff_item_dup_hint (diff, cell);
  const char *classes[] = { storm_diff_class (storm_diff_item_get_row (diff)->diff),
                            cell == STORM_DIFF_CELL_DIFF ? "diff-words" : "diff-cell", NULL, NULL };

  if (cell != STORM_DIFF_CELL_EVENT && cell != STORM_DIFF_CELL_DIFF)
    classes[2] = "numeric";
  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_set_tooltip_text (label, hint);
  gtk_widget_set_css_classes (label, classes);
}

static void
add_column (StormCompareWindow *self,
            StormDiffCell       cell)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (cell));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (cell));
  column = gtk_column_view_column_new (storm_diff_cell_title (cell), factory);
  gtk_column_view_column_set_expand (column, cell == STORM_DIFF_CELL_EVENT ||
                                             cell == STORM_DIFF_CELL_DIFF);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
}

static void
storm_compare_window_dispose (GObject *object)
{
  StormCompareWindow *self = STORM_COMPARE_WINDOW (object);

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_handle_id (&self->follow_id, g_source_remove);
  if (self->controller != NULL)
    storm_monitor_controller_set_comparison (self->controller, NULL);
  g_clear_object (&self->making);
  g_clear_object (&self->shown);
  g_clear_object (&self->rows);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (storm_compare_window_parent_class)->dispose (object);
}

static void
storm_compare_window_class_init (StormCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_compare_window_dispose;
  signals[REVEAL] = g_signal_new ("reveal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, note);
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, only_differences);
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, on_board);
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, view);
  gtk_widget_class_bind_template_child (widget_class, StormCompareWindow, places);
  gtk_widget_class_bind_template_callback (widget_class, fill_rows);
  gtk_widget_class_bind_template_callback (widget_class, show_on_board);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
storm_compare_window_init (StormCompareWindow *self)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_list_store_new (STORM_TYPE_DIFF_ITEM);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  for (guint cell = 0; cell < STORM_N_DIFF_CELLS; cell++)
    add_column (self, (StormDiffCell) cell);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), GTK_SELECTION_MODEL (selection));
}

GtkWidget *
storm_compare_window_new (StormMonitorController *controller)
{
  static const char * const letters[N_SIDES] = { "A", "B" };
  StormCompareWindow *self;
  StormMonitor *monitor;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_COMPARE_WINDOW, NULL);
  self->controller = g_object_ref (controller);
  for (guint i = 0; i < N_SIDES; i++)
    {
      self->sides[i] = STORM_COMPARE_SIDE (storm_compare_side_new (controller, letters[i]));
      gtk_box_append (self->places, GTK_WIDGET (self->sides[i]));
      g_signal_connect_object (self->sides[i], "changed", G_CALLBACK (compare), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->sides[i], "failed", G_CALLBACK (side_failed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  monitor = storm_monitor_controller_get_monitor (controller);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_matcher (monitor), "changed", G_CALLBACK (follow),
                           self, G_CONNECT_SWAPPED);
  compare (self);
  return GTK_WIDGET (self);
}

void
storm_compare_window_choose (StormCompareWindow *self,
                             const char         *key_a,
                             const char         *key_b)
{
  g_return_if_fail (STORM_IS_COMPARE_WINDOW (self));

  storm_compare_side_set_key (self->sides[0], key_a);
  storm_compare_side_set_key (self->sides[1], key_b);
  compare (self);
  if (key_b == NULL)
    storm_compare_side_focus_key (self->sides[1]);
}

void
storm_compare_window_open_recording (StormCompareWindow *self)
{
  g_return_if_fail (STORM_IS_COMPARE_WINDOW (self));

  storm_compare_side_open (self->sides[1]);
}

void
storm_compare_window_read (StormCompareWindow *self,
                           StormRecordReader  *reader,
                           const char         *title)
{
  g_return_if_fail (STORM_IS_COMPARE_WINDOW (self));

  storm_compare_side_read (self->sides[1], reader, title);
}

const char *
storm_compare_window_get_words (StormCompareWindow *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_WINDOW (self), NULL);

  return gtk_label_get_text (self->sentence);
}

GListModel *
storm_compare_window_get_rows (StormCompareWindow *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_WINDOW (self), NULL);

  return G_LIST_MODEL (self->rows);
}
