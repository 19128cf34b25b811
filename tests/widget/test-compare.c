#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "storm-board-test.h"
#include "storm-compare-window.h"
#include "storm-diff-item.h"
#include "storm-edit.h"
#include "storm-key-entry.h"
#include "storm-replay-source.h"

/* Two traces, and two recordings, side by side. */


static const char mapping[] =
  "{\"type\":[\"json:/t\"],\"time\":[\"json:/ts\"],\"correlation\":[\"json:/k\"]}";

/* Two orders: the second one is paid late, and has a coupon. */
static const char before[] =
  "{\"t\":\"Placed\",\"k\":\"one\",\"ts\":1795243200000}\n"
  "{\"t\":\"Paid\",\"k\":\"one\",\"ts\":1795243201000}\n"
  "{\"t\":\"Shipped\",\"k\":\"one\",\"ts\":1795243202000}\n"
  "{\"t\":\"Placed\",\"k\":\"two\",\"ts\":1795243210000}\n"
  "{\"t\":\"Coupon\",\"k\":\"two\",\"ts\":1795243210500}\n"
  "{\"t\":\"Paid\",\"k\":\"two\",\"ts\":1795243214000}\n"
  "{\"t\":\"Shipped\",\"k\":\"two\",\"ts\":1795243215000}\n";

/* After a change nothing is paid any more. */
static const char after[] =
  "{\"t\":\"Placed\",\"k\":\"three\",\"ts\":1795243200000}\n"
  "{\"t\":\"Shipped\",\"k\":\"three\",\"ts\":1795243200100}\n";

typedef struct
{
  char                   *folder;
  StormBoardFile         *file;
  StormMonitorController *controller;
  StormCompareWindow     *window;
  char                   *revealed;
} Fixture;

static void
add_sticky (StormChange *change,
            const char  *id,
            const char  *title,
            double       x)
{
  GVariantBuilder props;

  g_variant_builder_init (&props, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&props, "{sv}", "kind", g_variant_new_string ("event"));
  g_variant_builder_add (&props, "{sv}", "title", g_variant_new_string (title));
  g_variant_builder_add (&props, "{sv}", "rect", g_variant_new ("(dddd)", x, 0., 120., 120.));
  storm_change_insert (change, STORM_OBJECT_STICKY, id, g_variant_builder_end (&props));
}

static StormRecordReader *
write_recording (Fixture    *f,
                 const char *name,
                 const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  StormRecordReader *reader;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  reader = storm_jsonl_reader_new (file, &error);
  g_assert_no_error (error);
  return reader;
}

static void
on_reveal (Fixture    *f,
           const char *id)
{
  g_free (f->revealed);
  f->revealed = g_strdup (id);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (StormSource) source = NULL;
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;

  f->file = create_board (&f->folder);
  add_sticky (change, "placed", "Placed", 0);
  add_sticky (change, "paid", "Paid", 200);
  storm_change_set (change, NULL, STORM_PROP_MAPPING, g_variant_new_string (mapping));
  g_assert_true (storm_history_do (storm_board_file_get_history (f->file), change, &error));
  f->controller = storm_monitor_controller_new (f->file, NULL);
  reader = write_recording (f, "before.jsonl", before);
  source = storm_replay_source_new (reader, "before", 0);
  storm_monitor_controller_watch (f->controller, source);
  while (storm_source_get_state (source) != STORM_SOURCE_ENDED &&
         g_get_monotonic_time () < end_time)
    g_main_context_iteration (NULL, FALSE);
  while (storm_event_log_get_n (storm_monitor_get_log (
           storm_monitor_controller_get_monitor (f->controller))) < 7 &&
         g_get_monotonic_time () < end_time)
    g_main_context_iteration (NULL, FALSE);
  f->window = STORM_COMPARE_WINDOW (storm_compare_window_new (f->controller));
  g_signal_connect_swapped (f->window, "reveal", G_CALLBACK (on_reveal), f);
  gtk_window_present (GTK_WINDOW (f->window));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  /* The board is as it was. */
  g_assert_null (storm_monitor_controller_get_comparison (f->controller));
  storm_monitor_controller_stop (f->controller);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->controller);
  g_assert_true (storm_board_file_close (f->file, NULL));
  g_object_unref (f->file);
  g_free (f->folder);
  g_free (f->revealed);
}

static void
wait_for (Fixture    *f,
          const char *words)
{
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;

  while (!g_str_equal (storm_compare_window_get_words (f->window), words) &&
         g_get_monotonic_time () < end_time)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpstr (storm_compare_window_get_words (f->window), ==, words);
}

static void
assert_row (Fixture    *f,
            guint       i,
            const char *words)
{
  g_autoptr (StormDiffItem) item =
    g_list_model_get_item (storm_compare_window_get_rows (f->window), i);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (item);
  for (guint cell = 0; cell < STORM_N_DIFF_CELLS; cell++)
    {
      g_autofree char *its = storm_diff_item_dup_words (item, (StormDiffCell) cell);

      g_string_append_printf (text, "%s%s", cell > 0 ? "|" : "", its);
    }
  g_assert_cmpstr (text->str, ==, words);
}

static gboolean
is_labelled (GtkWidget  *button,
             const char *label)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0;
}

static void
test_traces (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *only = find_widget_that (GTK_WIDGET (f->window), GTK_TYPE_TOGGLE_BUTTON, is_labelled,
                                      "Only Differences");
  GtkWidget *on_board = find_widget_that (GTK_WIDGET (f->window), GTK_TYPE_TOGGLE_BUTTON,
                                          is_labelled, "On the Board");
  GtkWidget *view = find_widget (GTK_WIDGET (f->window), GTK_TYPE_COLUMN_VIEW);
  StormComparison *comparison;

  wait_for (f, "Choose a trace, or a recording, to compare with.");
  storm_compare_window_choose (f->window, "one", "two");
  wait_for (f, "1 slower, 1 only in B, 2 alike");
  g_assert_cmpuint (g_list_model_get_n_items (storm_compare_window_get_rows (f->window)), ==, 4);
  assert_row (f, 0, "Placed|1||1||alike");
  assert_row (f, 1, "Coupon|–||2|500 ms|only in B");
  assert_row (f, 2, "Paid|2|1.0 s|3|4.0 s|slower: +3.0 s");
  assert_row (f, 3, "Shipped|3|1.0 s|4|1.0 s|alike");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (only), TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (storm_compare_window_get_rows (f->window)), ==, 2);

  comparison = storm_monitor_controller_get_comparison (f->controller);
  g_assert_nonnull (comparison);
  g_assert_cmpint (storm_comparison_get_sticky (comparison, "paid")->diff, ==, STORM_DIFF_SLOWER);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (on_board), FALSE);
  g_assert_null (storm_monitor_controller_get_comparison (f->controller));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (on_board), TRUE);
  g_assert_true (storm_monitor_controller_get_comparison (f->controller) == comparison);

  /* A row leads to its sticky and its event. */
  g_signal_emit_by_name (view, "activate", 1);
  g_assert_cmpstr (f->revealed, ==, "paid");
  g_assert_cmpuint (storm_monitor_get_selected_row (
                      storm_monitor_controller_get_monitor (f->controller)), ==, 1);

  storm_compare_window_choose (f->window, "one", "nobody");
  wait_for (f, "B has no trace with the key nobody.");
}

static void
test_recording (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (StormRecordReader) reader = write_recording (f, "after.jsonl", after);
  g_autoptr (StormRecordReader) broken = write_recording (f, "broken.jsonl", "");

  storm_compare_window_read (f->window, reader, "after");
  wait_for (f, "1 faster, 2 only in A, 1 alike");
  assert_row (f, 0, "Placed|×2||×1||alike");
  g_assert_cmpint (storm_comparison_get_sticky (storm_monitor_controller_get_comparison (
                     f->controller), "paid")->diff, ==, STORM_DIFF_ONLY_A);
  /* One that holds nothing: all is only in A. */
  storm_compare_window_read (f->window, broken, "broken");
  wait_for (f, "4 only in A");
}

/* While events come the comparison follows. */
static void
test_cleared (Fixture       *f,
              gconstpointer  data)
{
  storm_compare_window_choose (f->window, "one", "two");
  wait_for (f, "1 slower, 1 only in B, 2 alike");
  storm_monitor_controller_clear (f->controller);
  wait_for (f, "A has no trace with the key one.");
  g_assert_cmpuint (g_list_model_get_n_items (storm_compare_window_get_rows (f->window)), ==, 0);
}

static void
on_chosen (guint *n)
{
  ++*n;
}

static void
test_key_entry (Fixture       *f,
                gconstpointer  data)
{
  StormMonitor *monitor = storm_monitor_controller_get_monitor (f->controller);
  GtkWidget *entry = g_object_ref_sink (storm_key_entry_new_apart (monitor));
  GtkWidget *text = gtk_widget_get_first_child (entry);
  guint n = 0;

  g_signal_connect_swapped (entry, "chosen", G_CALLBACK (on_chosen), &n);
  storm_key_entry_set_key (STORM_KEY_ENTRY (entry), "one");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "one");
  g_assert_cmpuint (n, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (text), "two");
  n = 0;
  g_signal_emit_by_name (text, "activate");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (storm_key_entry_get_key (STORM_KEY_ENTRY (entry)), ==, "two");
  gtk_editable_set_text (GTK_EDITABLE (text), "");
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (storm_key_entry_get_key (STORM_KEY_ENTRY (entry)));
  /* What the board shows is another matter. */
  g_assert_null (storm_monitor_get_key (monitor));
  g_object_unref (entry);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) g_test_add ("/compare/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("traces", test_traces);
  ADD ("recording", test_recording);
  ADD ("cleared", test_cleared);
  ADD ("key-entry", test_key_entry);
#undef ADD
  return g_test_run ();
}
