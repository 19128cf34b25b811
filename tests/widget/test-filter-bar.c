#include "config.h"

#include <adwaita.h>

#include "storm-board-test.h"
#include "storm-event-panel.h"
#include "storm-filter-bar.h"
#include "storm-filter.h"
#include "storm-saved-filters-button.h"
#include "storm-saved-filters.h"
#include "../unit/storm-trace-test.h"

typedef struct
{
  char                   *folder;
  StormBoardFile         *file;
  StormMonitorController *controller;
  StormMonitor           *monitor;
  StormSelection         *selection;
  GtkWidget              *window;
  GtkWidget              *panel;
  StormFilterBar         *bar;
  GListModel             *rows;
} Fixture;

static gboolean
has_id (GtkWidget  *widget,
        const char *id)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *id)
{
  return find_widget_that (widget, type, has_id, id);
}

static void
take (Fixture *f,
      guint    n)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (storm_monitor_get_strings (f->monitor));
  g_autoptr (StormBatch) batch = NULL;
  guint first = storm_event_log_get_n (storm_monitor_get_log (f->monitor));

  for (guint i = first; i < first + n; i++)
    {
      TestEvent event = { "Paid", "order-1", NULL, i * 1000, 0, i };

      test_add (builder, &event);
    }
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (f->monitor, batch);
  storm_monitor_flush (f->monitor);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->file = create_board (&f->folder);
  f->controller = storm_monitor_controller_new (f->file, NULL);
  f->monitor = storm_monitor_controller_get_monitor (f->controller);
  f->selection = storm_selection_new (storm_board_file_get_board (f->file));
  f->panel = storm_event_panel_new (f->controller, storm_board_file_get_history (f->file),
                                    f->selection);
  f->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 700, 400);
  gtk_window_set_child (GTK_WINDOW (f->window), f->panel);
  gtk_window_present (GTK_WINDOW (f->window));
  f->bar = STORM_FILTER_BAR (find_widget (f->panel, STORM_TYPE_FILTER_BAR));
  f->rows = G_LIST_MODEL (gtk_column_view_get_model (
    GTK_COLUMN_VIEW (find_widget (f->panel, GTK_TYPE_COLUMN_VIEW))));
  take (f, 100);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (f->selection);
  g_assert_finalize_object (f->controller);
  g_assert_true (storm_board_file_close (f->file, NULL));
  g_object_unref (f->file);
  g_free (f->folder);
}

static void
settle (Fixture *f)
{
  StormRowFilter *filter = storm_event_view_get_expression (storm_monitor_get_view (f->monitor));

  while (filter != NULL && storm_row_filter_get_error (filter) == NULL &&
         (!storm_row_filter_is_compiled (filter) ||
          storm_row_filter_get_progress (filter, NULL, NULL)))
    g_main_context_iteration (NULL, TRUE);
}

/* What somebody types, and Enter. */
static void
enter (Fixture    *f,
       const char *text)
{
  GtkWidget *entry = find (GTK_WIDGET (f->bar), GTK_TYPE_ENTRY, "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  settle (f);
}

static const char *
get_trouble (Fixture *f)
{
  GtkWidget *label = find (GTK_WIDGET (f->bar), GTK_TYPE_LABEL, "trouble");

  return gtk_widget_get_visible (label) ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

static void
test_filter (Fixture       *f,
             gconstpointer  data)
{
  GtkToggleButton *toggle = GTK_TOGGLE_BUTTON (find (f->panel, GTK_TYPE_TOGGLE_BUTTON,
                                                     "by_expression"));
  GtkLabel *count = GTK_LABEL (find (f->panel, GTK_TYPE_LABEL, "count"));

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->bar)));
  gtk_widget_activate_action (f->panel, "events.filter", NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->bar)));
  g_assert_true (gtk_toggle_button_get_active (toggle));
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 100);

  enter (f, "  .offset % 4 == 1 ");
  g_assert_cmpstr (storm_filter_bar_get_expression (f->bar), ==, ".offset % 4 == 1");
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 25);
  g_assert_cmpstr (gtk_label_get_text (count), ==, "25 of 100 events");
  g_assert_null (get_trouble (f));
  take (f, 8);
  settle (f);
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 27);

  /* Hidden, it filters nothing; shown again, it still stands there. */
  gtk_toggle_button_set_active (toggle, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 108);
  gtk_toggle_button_set_active (toggle, TRUE);
  settle (f);
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 27);

  enter (f, "");
  g_assert_null (storm_filter_bar_get_expression (f->bar));
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 108);
}

static void
test_trouble (Fixture       *f,
              gconstpointer  data)
{
  gtk_widget_activate_action (f->panel, "events.filter", NULL);
  enter (f, ".offset % % 4");
  g_assert_nonnull (strstr (get_trouble (f), "character 11"));
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 100);
  enter (f, ".payload.ts.day == 1");
  g_assert_nonnull (strstr (get_trouble (f), "failed for 100 events"));
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 0);
  enter (f, "def f: f; f");
  g_assert_nonnull (strstr (get_trouble (f), "loop"));
  g_assert_nonnull (strstr (gtk_label_get_text (
    GTK_LABEL (find (GTK_WIDGET (f->bar), GTK_TYPE_LABEL, "progress"))), "of 100 tested"));
  enter (f, "true");
  g_assert_null (get_trouble (f));
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 100);
}

static void
test_no_helper (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *before = g_strdup (g_getenv ("STORMWATCH_LIBEXECDIR"));

  g_setenv ("STORMWATCH_LIBEXECDIR", "/nonexistent", TRUE);
  storm_filter_bar_show (f->bar, NULL);
  g_assert_nonnull (strstr (get_trouble (f), "jq"));
  g_assert_false (gtk_widget_get_sensitive (find (GTK_WIDGET (f->bar), GTK_TYPE_ENTRY, "entry")));
  if (before != NULL)
    g_setenv ("STORMWATCH_LIBEXECDIR", before, TRUE);
  else
    g_unsetenv ("STORMWATCH_LIBEXECDIR");
}

static void
test_saved (void)
{
  g_autoptr (GPtrArray) none = storm_saved_filters_get ();
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autofree char *endless = g_strnfill (20000, '.');

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (storm_saved_filters_put ("b", ".offset == 2"));
  g_assert_true (storm_saved_filters_put ("a", ".offset == 1"));
  g_assert_true (storm_saved_filters_put ("b", ".offset == 3"));
  g_assert_false (storm_saved_filters_put ("", ".offset == 3"));
  g_assert_false (storm_saved_filters_put ("c", ""));
  g_assert_false (storm_saved_filters_put ("c", endless));
  some = storm_saved_filters_get ();
  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpstr (((StormSavedFilter *) some->pdata[0])->name, ==, "a");
  g_assert_cmpstr (((StormSavedFilter *) some->pdata[1])->expression, ==, ".offset == 3");
  for (guint i = 0; i < 98; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);

      g_assert_true (storm_saved_filters_put (name, "true"));
    }
  g_assert_false (storm_saved_filters_put ("one more", "true"));
  for (guint i = 0; i < 98; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);

      storm_saved_filters_remove (name);
    }
  storm_saved_filters_remove ("a");
  storm_saved_filters_remove ("no such");
  left = storm_saved_filters_get ();
  g_assert_cmpuint (left->len, ==, 1);
  storm_saved_filters_remove ("b");
}

static void
test_saved_menu (Fixture       *f,
                 gconstpointer  data)
{
  GtkWidget *saved = find_widget (GTK_WIDGET (f->bar), STORM_TYPE_SAVED_FILTERS_BUTTON);
  GtkWidget *popover = find (saved, GTK_TYPE_POPOVER, "popover");
  GtkWidget *name = find (popover, GTK_TYPE_ENTRY, "name");
  GtkWidget *save = find (popover, GTK_TYPE_BUTTON, "save");
  GtkListBox *list = GTK_LIST_BOX (find (popover, GTK_TYPE_LIST_BOX, "list"));

  gtk_widget_activate_action (f->panel, "events.filter", NULL);
  gtk_widget_activate_action (f->panel, "events.saved-filters", NULL);
  g_assert_true (gtk_widget_get_visible (popover));
  g_assert_true (gtk_widget_get_visible (find (popover, GTK_TYPE_LABEL, "none")));
  gtk_editable_set_text (GTK_EDITABLE (name), "Every tenth");
  g_assert_false (gtk_widget_get_sensitive (save));
  enter (f, ".offset % 10 == 0");
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (save, "clicked");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "");
  g_assert_nonnull (gtk_list_box_get_row_at_index (list, 0));

  enter (f, "");
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 100);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  settle (f);
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 10);

  g_signal_emit_by_name (find_widget (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)),
                                      GTK_TYPE_BUTTON), "clicked");
  g_assert_null (gtk_list_box_get_row_at_index (list, 0));
  g_assert_cmpuint (g_list_model_get_n_items (f->rows), ==, 10);
}

#define ADD(name, func) \
  g_test_add ("/filter-bar/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/filter-bar/saved", test_saved);
  ADD ("no-helper", test_no_helper);
  if (storm_filter_is_available ())
    {
      ADD ("filter", test_filter);
      ADD ("trouble", test_trouble);
      ADD ("saved-menu", test_saved_menu);
    }
  return g_test_run ();
}
