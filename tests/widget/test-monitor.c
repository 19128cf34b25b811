#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "storm-connection-dialog.h"
#include "storm-drift-box.h"
#include "storm-event-details.h"
#include "storm-event-list-model.h"
#include "storm-event-panel.h"
#include "storm-event-words.h"
#include "storm-key-entry.h"
#include "storm-edit.h"
#include "storm-mapping-window.h"
#include "storm-monitor-bar.h"
#include "storm-source-menu.h"
#include "storm-trace-list-model.h"
#include "storm-trace-panel.h"
#include "storm-notice-bar.h"
#include "storm-monitor-test.h"

static void
test_words (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *place = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *known = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *unreadable = NULL;

  play (f);
  place = storm_event_words_place (f->monitor, 2);
  g_assert_cmpstr (place, ==, "shop/0 @ 3");
  payload = storm_event_words_payload (f->monitor, 3, 100);
  g_assert_cmpstr (payload, ==, "not json");
  known = storm_event_words_flags (f->monitor, 0);
  g_assert_cmpstr (known, ==, "");
  unknown = storm_event_words_flags (f->monitor, 2);
  g_assert_cmpstr (unknown, ==, "not on the board");
  unreadable = storm_event_words_flags (f->monitor, 3);
  g_assert_nonnull (strstr (unreadable, "can’t be read"));
}

/* What the broker no longer had is said at the event behind it. */
static void
test_gap_words (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (StormBatchBuilder) builder =
    storm_batch_builder_new (storm_monitor_get_strings (f->monitor),
                             storm_monitor_controller_get_mapping (f->controller));
  static const char payload[] = "{\"eventType\":\"OrderPlaced\",\"timestamp\":1795243267120}";
  StormRecord record = { .topic = "shop", .offset = 12, .broker_time = STORM_TIME_NONE,
                         .payload = (const guint8 *) payload, .payload_len = sizeof payload - 1 };
  g_autoptr (StormBatch) batch = NULL;
  g_autofree char *words = NULL;
  g_autofree char *row = NULL;
  g_autofree char *place = NULL;
  g_autofree char *both = NULL;
  StormEventGap gap;

  storm_batch_builder_mark (builder, STORM_MARK_GAP, "shop", 0, 3, 12);
  storm_batch_builder_add (builder, &record);
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (f->monitor, batch);
  storm_monitor_flush (f->monitor);
  words = storm_event_words_flags (f->monitor, 0);
  g_assert_cmpstr (words, ==, "gone before it: offsets 3 to 11");
  gap = *storm_event_log_get_gap_before (storm_monitor_get_log (f->monitor), 0);
  row = storm_event_words_gap (&gap);
  g_assert_cmpstr (row, ==, "Offsets 3 to 11 are gone: the broker no longer had them.");
  place = storm_event_words_gap_place (f->monitor, &gap);
  g_assert_cmpstr (place, ==, "shop/0 @ 3–11");
  gap.anew = TRUE;
  gap.to = 4;
  both = storm_event_words_gap (&gap);
  g_assert_nonnull (strstr (both, "begin again. Offset 3 is gone:"));
}

static void
test_traces (Fixture       *f,
             gconstpointer  data)
{
  StormTraceIndex *index = storm_monitor_get_index (f->monitor);
  g_autoptr (StormTraceListModel) list = storm_trace_list_model_new (
    index, storm_monitor_get_conformance (f->monitor));
  g_autoptr (StormTrace) worst = NULL;
  g_autoptr (StormTrace) only = NULL;
  g_auto (GStrv) keys = NULL;

  play (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  /* It has an event that is not on the board. */
  worst = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (storm_trace_get_key (worst), ==, "order-1");
  g_assert_cmpuint (storm_trace_list_model_find (list, "order-2"), ==, 1);
  storm_trace_list_model_set_show (list, STORM_TRACE_CONFORMING);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpuint (storm_trace_list_model_find (list, "order-1"), ==, G_MAXUINT);
  g_assert_cmpuint (storm_trace_list_model_find (list, "order-2"), ==, 0);
  storm_trace_list_model_set_show (list, STORM_SHOW_TROUBLED);
  g_assert_cmpuint (storm_trace_list_model_find (list, "order-1"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  storm_trace_list_model_set_show (list, STORM_SHOW_ALL);
  storm_trace_list_model_set_text (list, "R-1");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  only = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (storm_trace_get_key (only), ==, "order-1");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 1));
  keys = storm_trace_list_model_complete (index, "2", 5);
  g_assert_cmpstr (keys[0], ==, "order-2");
  g_assert_null (keys[1]);
}

static void
test_event_panel (Fixture       *f,
                  gconstpointer  data)
{
  GtkDropDown *types;
  StormBoard *board = storm_board_file_get_board (f->file);
  StormHistory *history = storm_board_file_get_history (f->file);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GtkWidget *panel = storm_event_panel_new (f->controller, history, selection);
  GtkColumnView *view;
  GtkSelectionModel *rows;
  guint row;

  g_object_ref_sink (panel);
  view = GTK_COLUMN_VIEW (find_widget (panel, GTK_TYPE_COLUMN_VIEW));
  rows = gtk_column_view_get_model (view);
  play (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 4);

  /* Only the chosen trace. */
  storm_monitor_set_key (f->monitor, "order-1");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 2);

  /* List → board. */
  g_assert_true (gtk_selection_model_select_item (rows, 0, TRUE));
  g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, 0);
  g_assert_true (storm_selection_contains (selection, "placed"));

  /* Board → list: the sticky's event in the chosen trace. */
  storm_selection_set_one (selection, NULL);
  storm_monitor_set_selected_row (f->monitor, G_MAXUINT);
  storm_selection_set_one (selection, "placed");
  row = storm_monitor_get_selected_row (f->monitor);
  g_assert_cmpuint (row, ==, 0);
  g_assert_true (gtk_selection_model_is_selected (rows, 0));
  g_assert_false (gtk_selection_model_is_selected (rows, 1));

  storm_monitor_set_key (f->monitor, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 4);

  /* The search of the drop-down of types has something to look through. */
  types = GTK_DROP_DOWN (find_widget (panel, GTK_TYPE_DROP_DOWN));
  g_assert_nonnull (gtk_drop_down_get_expression (types));
  g_object_unref (panel);
}

static void
test_make_sticky (Fixture       *f,
                  gconstpointer  data)
{
  StormBoard *board = storm_board_file_get_board (f->file);
  StormHistory *history = storm_board_file_get_history (f->file);
  StormMapping *read_with;
  g_autoptr (GArray) unmatched = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  StormSticky *sticky;
  GPtrArray *fields;
  guint32 paid;

  play (f);
  paid = storm_event_log_get_type_id (storm_monitor_get_log (f->monitor), 2);
  unmatched = storm_monitor_get_unmatched (f->monitor);
  read_with = storm_monitor_controller_get_mapping (f->controller);
  change = storm_monitor_make_sticky (f->monitor, read_with, paid, (StormPoint) { 400, 60 }, &id);
  storm_history_do (history, change, &error);
  g_assert_no_error (error);
  sticky = storm_board_lookup_sticky (board, id);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "Paid");
  fields = storm_sticky_get_fields (sticky);
  g_assert_cmpuint (fields->len, >, 0);
  after = storm_monitor_get_unmatched (f->monitor);
  g_assert_cmpuint (after->len, ==, unmatched->len - 1);
  storm_history_undo (history, &error);
  g_assert_no_error (error);
  g_assert_null (storm_board_lookup_sticky (board, id));
}

static void
test_details (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *details = g_object_ref_sink (storm_event_details_new (f->controller));
  GtkWidget *text = find_widget (details, GTK_TYPE_TEXT_VIEW);
  g_autofree char *shown = NULL;

  play (f);
  storm_monitor_set_selected_row (f->monitor, 2);
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "text", &shown, NULL);
  g_assert_nonnull (strstr (shown, "\"price\": 12"));
  g_object_unref (details);
}

static void
set_fields (Fixture    *f,
            const char *fields)
{
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GVariant) value = g_variant_parse (G_VARIANT_TYPE ("a(ssbbs)"), fields, NULL, NULL,
                                                NULL);
  g_autoptr (GError) error = NULL;

  storm_change_set (change, "placed", STORM_PROP_FIELDS, value);
  storm_history_do (storm_board_file_get_history (f->file), change, &error);
  g_assert_no_error (error);
}

/* What the sticky says and no event has is told beside the event, and goes with a click. */
static void
test_drift (Fixture       *f,
            gconstpointer  data)
{
  GtkWidget *details = g_object_ref_sink (storm_event_details_new (f->controller));
  GtkWidget *box = find_widget (details, STORM_TYPE_DRIFT_BOX);
  StormBoard *board = storm_board_file_get_board (f->file);
  GtkWidget *row;

  set_fields (f, "[('orderId', 'String', true, false, ''), "
                 "('coupon', 'String', false, false, '')]");
  play (f);
  g_assert_false (gtk_widget_get_visible (box));
  storm_monitor_set_selected_row (f->monitor, 2);
  g_assert_false (gtk_widget_get_visible (box));
  storm_monitor_set_selected_row (f->monitor, 0);
  g_assert_true (gtk_widget_get_visible (box));

  row = gtk_widget_get_first_child (gtk_widget_get_last_child (box));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_widget (row, GTK_TYPE_LABEL))),
                            "coupon"));
  g_signal_emit_by_name (find_widget (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpuint (storm_sticky_get_fields (storm_board_lookup_sticky (board, "placed"))->len, ==,
                    1);
  g_assert_false (gtk_widget_get_visible (box));

  g_assert_true (storm_history_undo (storm_board_file_get_history (f->file), NULL));
  g_assert_true (gtk_widget_get_visible (box));
  g_object_unref (details);
}

static void
test_key_entry (Fixture       *f,
                gconstpointer  data)
{
  GtkWidget *entry = g_object_ref_sink (storm_key_entry_new (f->monitor));
  GtkWidget *inner = find_widget (entry, GTK_TYPE_ENTRY);

  play (f);
  gtk_editable_set_text (GTK_EDITABLE (inner), "order-2");
  g_assert_null (storm_monitor_get_key (f->monitor));
  g_signal_emit_by_name (inner, "activate");
  g_assert_cmpstr (storm_monitor_get_key (f->monitor), ==, "order-2");
  storm_monitor_set_key (f->monitor, "order-1");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (inner)), ==, "order-1");
  gtk_editable_set_text (GTK_EDITABLE (inner), "");
  g_assert_null (storm_monitor_get_key (f->monitor));

  /* As assistive technology does it. */
  gtk_editable_set_text (GTK_EDITABLE (inner), "order-2");
  g_assert_true (gtk_widget_activate (inner));
  g_assert_cmpstr (storm_monitor_get_key (f->monitor), ==, "order-2");
  g_object_unref (entry);
}

/* A correlation flag that comes to a sticky is used for what was read before. */
static void
test_remap (Fixture       *f,
            gconstpointer  data)
{
  StormHistory *history = storm_board_file_get_history (f->file);
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GError) error = NULL;

  play (f);
  g_assert_nonnull (storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "order-1"));
  storm_change_set (change, NULL, STORM_PROP_MAPPING,
                    g_variant_new_string ("{\"type\":[\"json:/eventType\"],"
                                          "\"correlation\":[\"json:/eventType\"]}"));
  storm_history_do (history, change, &error);
  g_assert_no_error (error);
  while (storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "Paid") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "order-1"));
}

static void
recording_done_cb (StormMonitorController *controller,
                   const char             *words,
                   gboolean               *done)
{
  *done = TRUE;
}

static void
test_keep_recording (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  StormRecord record;
  StormRecordingInfo *info;
  gboolean done = FALSE;
  guint n = 0;

  play (f);
  g_signal_connect (f->controller, "done", G_CALLBACK (recording_done_cb), &done);
  storm_monitor_controller_keep_recording (f->controller, "Two orders");
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  kept = storm_board_file_list_recordings (f->file);
  g_assert_cmpuint (kept->len, ==, 1);
  info = g_ptr_array_index (kept, 0);
  g_assert_cmpstr (info->title, ==, "Two orders");
  reader = storm_board_file_open_recording (f->file, info->id, &error);
  g_assert_no_error (error);
  while (storm_record_reader_next (reader, &record, NULL, &error))
    n++;
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 4);
}

static gboolean
is_paused (Fixture *f)
{
  gboolean paused;

  g_object_get (f->controller, "paused", &paused, NULL);
  return paused;
}

static gboolean
time_is_up_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* While paused nothing comes in and nothing settles, however long it takes; then all comes. */
static void
test_pause (Fixture       *f,
            gconstpointer  data)
{
  StormEventLog *log = storm_monitor_get_log (f->monitor);
  gboolean up = FALSE;
  guint n_flushed = 0;

  start_playing (f);
  g_object_set (f->controller, "paused", TRUE, NULL);
  g_signal_connect_swapped (f->monitor, "flushed", G_CALLBACK (count_cb), &n_flushed);
  g_timeout_add (1200, time_is_up_cb, &up);
  while (!up)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (storm_event_log_get_n (log), ==, 0);
  g_assert_cmpuint (n_flushed, ==, 0);
  /* What follows flushes, the tear-down too. */
  g_signal_handlers_disconnect_by_func (f->monitor, count_cb, &n_flushed);

  g_object_set (f->controller, "paused", FALSE, NULL);
  while (storm_event_log_get_n (log) < 4)
    g_main_context_iteration (NULL, TRUE);

  g_object_set (f->controller, "paused", TRUE, NULL);
  storm_monitor_controller_stop (f->controller);
  g_assert_false (is_paused (f));
  g_object_set (f->controller, "paused", TRUE, NULL);
  play (f);
  g_assert_false (is_paused (f));
}

/* The sentence above the board, NULL while there is none. */
static const char *
get_notice (GtkWidget *bar)
{
  GObject *rows = gtk_widget_get_template_child (bar, STORM_TYPE_MONITOR_BAR, "rows");
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (rows));
  GtkWidget *revealer, *label;

  while (!STORM_IS_NOTICE_BAR (row))
    row = gtk_widget_get_next_sibling (row);
  revealer = gtk_widget_get_first_child (row);
  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)))
    return NULL;
  label = gtk_widget_get_first_child (gtk_revealer_get_child (GTK_REVEALER (revealer)));
  while (!GTK_IS_LABEL (label))
    label = gtk_widget_get_next_sibling (label);
  return gtk_label_get_text (GTK_LABEL (label));
}

/* It stops taking before the system would end it; what is not taken yet is not lost. */
static void
test_memory (Fixture       *f,
             gconstpointer  data)
{
  StormEventLog *log = storm_monitor_get_log (f->monitor);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *bar = g_object_ref_sink (storm_monitor_bar_new (f->controller));
  g_autofree char *notice = NULL;
  guint n;

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, "{\"topic\":\"t\",\"partition\":0,\"offset\":%u,"
                            "\"payload\":{\"eventType\":\"Paid\"}}\n", i);
  storm_monitor_controller_set_memory_share (f->controller, 0);
  start_playing_text (f, text->str);
  while (!is_paused (f))
    g_main_context_iteration (NULL, TRUE);
  n = storm_event_log_get_n (log);
  g_assert_cmpuint (n, >=, 10000);
  g_assert_cmpuint (n, <, 30000);
  notice = storm_monitor_controller_dup_notice (f->controller);
  g_assert_nonnull (strstr (notice, "clear the events"));
  g_assert_cmpstr (get_notice (bar), ==, notice);

  /* Who goes on without doing anything about it is told again. */
  g_object_set (f->controller, "paused", FALSE, NULL);
  g_assert_null (get_notice (bar));
  while (!is_paused (f))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (storm_event_log_get_n (log), ==, n);
  g_assert_cmpstr (get_notice (bar), ==, notice);

  storm_monitor_controller_set_memory_share (f->controller, 1);
  gtk_widget_activate_action (bar, "monitor.clear", NULL);
  g_assert_null (get_notice (bar));
  g_assert_true (is_paused (f));
  g_object_set (f->controller, "paused", FALSE, NULL);
  while (storm_event_log_get_n (log) < 30000 - n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_paused (f));
  g_assert_null (get_notice (bar));
  g_object_unref (bar);
}

static void
test_bar_actions (Fixture       *f,
                  gconstpointer  data)
{
  GtkWidget *bar = g_object_ref_sink (storm_monitor_bar_new (f->controller));

  gtk_widget_activate_action (bar, "monitor.pause", NULL);
  g_assert_false (is_paused (f));
  play (f);
  gtk_widget_activate_action (bar, "monitor.set-key", "s", "order-2");
  g_assert_cmpstr (storm_monitor_get_key (f->monitor), ==, "order-2");
  gtk_widget_activate_action (bar, "monitor.pause", NULL);
  g_assert_true (is_paused (f));
  gtk_widget_activate_action (bar, "monitor.pause", NULL);
  g_assert_false (is_paused (f));
  gtk_widget_activate_action (bar, "monitor.clear", NULL);
  g_assert_cmpuint (storm_event_log_get_n (storm_monitor_get_log (f->monitor)), ==, 0);
  gtk_widget_activate_action (bar, "monitor.stop", NULL);
  g_assert_null (storm_monitor_controller_get_source (f->controller));
  g_object_unref (bar);
}

/* A board that was made from a sample offers the sample's recordings, and plays them. */
static void
test_sample (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (f->folder, "connections", NULL);
  g_autoptr (StormConnectionList) list = storm_connection_list_new (path);
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GMenuModel) section = NULL;
  g_autoptr (GArray) unmatched = NULL;
  g_autofree char *action = NULL;
  GtkWidget *bar;
  StormSourceState state = STORM_SOURCE_IDLE;

  storm_board_file_set_setting (f->file, STORM_SOURCE_MENU_SAMPLE, "food-order");
  menu = storm_source_menu_new (list, f->file, FALSE);
  section = g_menu_model_get_item_link (menu, 2, G_MENU_LINK_SECTION);
  g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_ACTION, "s", &action);
  g_assert_cmpstr (action, ==, "monitor.play-sample");

  bar = g_object_ref_sink (storm_monitor_bar_new (f->controller));
  gtk_widget_activate_action (bar, "monitor.play-sample", "(ss)", "food-order", "troubled");
  while (state != STORM_SOURCE_ENDED ||
         storm_event_log_get_n (storm_monitor_get_log (f->monitor)) == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (f->controller, "state", &state, NULL);
    }
  unmatched = storm_monitor_get_unmatched (f->monitor);
  g_assert_cmpuint (unmatched->len, >, 0);
  g_object_unref (bar);
}

/* Templates are checked when they are made, not when they are compiled. */
static void
test_templates (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (f->folder, "connections", NULL);
  g_autoptr (StormConnectionList) list = storm_connection_list_new (path);
  g_autoptr (StormConnection) connection = storm_connection_new ();
  g_autoptr (GMenuModel) menu = storm_source_menu_new (list, f->file, FALSE);
  GtkWidget *dialog = storm_connection_dialog_new (connection, list);
  GtkWidget *panel = g_object_ref_sink (storm_trace_panel_new (f->controller));
  GtkWidget *window;

  play (f);
  window = storm_mapping_window_new (f->controller);
  g_assert_nonnull (find_widget (window, GTK_TYPE_TEXT_VIEW));
  g_assert_nonnull (find_widget (panel, GTK_TYPE_LIST_VIEW));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (panel);
}

static void
leave (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "leave");
    }
}

/* The trace that the pointer was over last does not look like the chosen one. */
static void
test_trace_hover (Fixture       *f,
                  gconstpointer  data)
{
  GtkWidget *panel = g_object_ref_sink (storm_trace_panel_new (f->controller));
  GObject *list = gtk_widget_get_template_child (panel, STORM_TYPE_TRACE_PANEL, "list");
  GtkSelectionModel *rows = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  guint chosen;

  play (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 2);
  gtk_selection_model_select_item (rows, 0, TRUE);
  leave (GTK_WIDGET (list));
  g_assert_false (gtk_selection_model_is_selected (rows, 0));

  storm_monitor_set_key (f->monitor, "order-2");
  chosen = gtk_selection_model_is_selected (rows, 0) ? 0 : 1;
  g_assert_true (gtk_selection_model_is_selected (rows, chosen));
  gtk_selection_model_select_item (rows, 1 - chosen, TRUE);
  leave (GTK_WIDGET (list));
  g_assert_true (gtk_selection_model_is_selected (rows, chosen));
  g_object_unref (panel);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/monitor/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("words", test_words);
  ADD ("gap-words", test_gap_words);
  ADD ("traces", test_traces);
  ADD ("event-panel", test_event_panel);
  ADD ("make-sticky", test_make_sticky);
  ADD ("details", test_details);
  ADD ("drift", test_drift);
  ADD ("key-entry", test_key_entry);
  ADD ("remap", test_remap);
  ADD ("keep-recording", test_keep_recording);
  ADD ("pause", test_pause);
  ADD ("memory", test_memory);
  ADD ("bar-actions", test_bar_actions);
  ADD ("sample", test_sample);
  ADD ("templates", test_templates);
  ADD ("trace-hover", test_trace_hover);

  return g_test_run ();
}
