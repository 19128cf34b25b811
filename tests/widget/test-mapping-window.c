#include "config.h"

#include <string.h>

#include "storm-board-mapping.h"
#include "storm-edit.h"
#include "storm-event-details.h"
#include "storm-event-words.h"
#include "storm-failed-chooser.h"
#include "storm-mapping-type-row.h"
#include "storm-mapping-window.h"
#include "storm-match-box.h"
#include "storm-monitor-test.h"

/* How events are read, and how they find their stickies. */

/* (nullable): the entry for @field of the rules of @type, NULL for all types. */
static GtkWidget *
find_rule (GtkWidget  *root,
           const char *type,
           const char *placeholder)
{
  if (GTK_IS_ENTRY (root))
    {
      const char *hint = gtk_entry_get_placeholder_text (GTK_ENTRY (root));

      return hint != NULL && strstr (hint, placeholder) != NULL ? root : NULL;
    }
  if (STORM_IS_MAPPING_TYPE_ROW (root) && type != NULL &&
      strcmp (storm_mapping_type_row_get_type_name (STORM_MAPPING_TYPE_ROW (root)), type) != 0)
    return NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_rule (child, type, placeholder);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A rule is tried on the samples as it is written; one that can't be used is not kept. */
static void
test_mapping (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *window, *list, *entry;
  GtkTextBuffer *buffer;
  g_autofree char *text = NULL;
  g_autoptr (StormMapping) kept = NULL;

  play (f);
  window = storm_mapping_window_new (f->controller);
  list = find_widget (window, GTK_TYPE_LIST_BOX);
  g_assert_nonnull (list);
  g_assert_true (says (window, "order-2"));
  g_assert_false (says (window, "points at"));

  entry = find_rule (window, "Paid", "As for all types: json:/orderId");
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "json:/nothing");
  g_assert_true (says (window, "json:/nothing matches nothing"));
  g_assert_true (says (window, "“Paid” has no correlation key in 1 of 1"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "jso");
  g_assert_true (says (window, "can’t be used"));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "json:/price");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_false (says (window, "matches nothing"));
  g_assert_true (says (window, "json:/price"));
  WAIT_FOR (!says (window, "Looking at the events…"));

  /* What is half written as text is not written over by a choice elsewhere. */
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_widget (window, GTK_TYPE_TEXT_VIEW)));
  g_object_get (buffer, "text", &text, NULL);
  gtk_text_buffer_set_text (buffer, "{ \"id\":", -1);
  g_assert_false (gtk_widget_is_sensitive (entry));
  gtk_text_buffer_set_text (buffer, text, -1);
  g_assert_true (gtk_widget_is_sensitive (entry));

  gtk_widget_activate_action (window, "mapping.apply", NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  kept = storm_board_mapping_new (storm_monitor_get_board (f->monitor), NULL);
  g_assert_nonnull (kept);
  g_assert_nonnull (storm_mapping_get_entries (kept, "Paid", STORM_MAPPING_CORRELATION));
  g_assert_cmpstr (*storm_mapping_get_entries (kept, "Paid", STORM_MAPPING_CORRELATION), ==,
                   "json:/price");
}

/* What could say that an event failed is offered, and holds when it is chosen. */
static void
test_failed (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *window, *chooser, *button;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  play (f);
  before = storm_event_words_flags (f->monitor, 2);
  g_assert_null (strstr (before, "failed"));
  window = storm_mapping_window_new (f->controller);
  WAIT_FOR (find_widget (window, STORM_TYPE_FAILED_CHOOSER) != NULL);
  chooser = find_widget (window, STORM_TYPE_FAILED_CHOOSER);
  g_assert_true (says (chooser, "json:/status=DECLINED"));
  g_assert_false (says (window, "1 failed"));
  button = find_widget (chooser, GTK_TYPE_CHECK_BUTTON);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  g_assert_true (says (window, "1 sample · 1 failed"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), FALSE);
  g_assert_false (says (window, "1 failed"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  gtk_widget_activate_action (window, "mapping.apply", NULL);
  gtk_window_destroy (GTK_WINDOW (window));

  WAIT_FOR (storm_event_log_get_flags (storm_monitor_get_log (f->monitor), 2) &
            STORM_EVENT_FAILED);
  after = storm_event_words_flags (f->monitor, 2);
  g_assert_nonnull (strstr (after, "failed, it says"));
}

/* Why an event has its sticky, or none; and what to do about it. */
static void
test_why_matched (Fixture       *f,
                  gconstpointer  data)
{
  GtkWidget *details = g_object_ref_sink (storm_event_details_new (f->controller));
  StormEventLog *log = storm_monitor_get_log (f->monitor);
  StormHistory *history = storm_board_file_get_history (f->file);
  StormBoard *board = storm_monitor_get_board (f->monitor);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;
  GtkWidget *box;

  play (f);
  box = find_widget (details, STORM_TYPE_MATCH_BOX);
  g_assert_false (gtk_widget_get_visible (box));
  storm_monitor_set_selected_row (f->monitor, 0);
  g_assert_true (says (box, "Type “OrderPlaced”, read by the rule json:/eventType."));
  g_assert_true (says (box, "Sticky “Order placed”: The title is the event type, but for case"));
  g_assert_cmpstr (storm_event_log_get_type_name (log, 2), ==, "Paid");
  storm_monitor_set_selected_row (f->monitor, 2);
  g_assert_true (says (box, "No sticky has this event type as title or alias."));

  change = storm_edit_add_sticky (board, STORM_KIND_EVENT, (StormPoint) { 0, 0 }, "Payd", &id);
  g_assert_true (storm_history_do (history, change, NULL));
  while (!says (box, "The nearest is “Payd”."))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_activate_action (box, "match.add-alias", NULL));
  g_assert_cmpstr (*storm_sticky_get_aliases (storm_board_lookup_sticky (board, id)), ==, "Paid");
  while (!says (box, "Sticky “Payd”: An alias of the sticky is exactly the event type."))
    g_main_context_iteration (NULL, TRUE);
  storm_history_undo (history, NULL);
  while (!says (box, "The nearest is"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_activate_action (box, "match.make-sticky", NULL));
  while (!says (box, "Sticky “Paid”: The title is exactly the event type."))
    g_main_context_iteration (NULL, TRUE);

  storm_monitor_set_selected_row (f->monitor, 3);
  g_assert_true (says (box, "No rule of the mapping finds an event type"));
  g_object_unref (details);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) g_test_add ("/mapping-window/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("mapping", test_mapping);
  ADD ("failed", test_failed);
  ADD ("why-matched", test_why_matched);
#undef ADD
  return g_test_run ();
}
