#include <adwaita.h>
#include <string.h>

#include "storm-board-test.h"
#include "storm-event-details.h"
#include "storm-monitor-bar.h"
#include "storm-source-list.h"
#include "storm-source-menu.h"

/* Several connections at once, as they are added and removed by the monitor's bar. */
typedef struct
{
  char                   *folder;
  StormBoardFile         *file;
  StormMonitorController *controller;
  StormEventLog          *log;
  GtkWidget              *bar;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->file = create_board (&f->folder);
  f->controller = storm_monitor_controller_new (f->file, NULL);
  f->log = storm_monitor_get_log (storm_monitor_controller_get_monitor (f->controller));
  f->bar = g_object_ref_sink (storm_monitor_bar_new (f->controller));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_monitor_controller_stop (f->controller);
  g_object_unref (f->bar);
  drain ();
  g_assert_finalize_object (f->controller);
  g_assert_true (storm_board_file_close (f->file, NULL));
  g_object_unref (f->file);
  g_free (f->folder);
}

static guint
n_watched (Fixture *f)
{
  StormMultiSource *sources = storm_monitor_controller_get_source (f->controller);

  return sources != NULL ? storm_multi_source_get_n (sources) : 0;
}

/* The texts of all labels, one a line. */
static void
add_texts (GtkWidget *in,
           GString   *out)
{
  if (GTK_IS_LABEL (in))
    g_string_append_printf (out, "%s\n", gtk_label_get_text (GTK_LABEL (in)));
  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL;
       w = gtk_widget_get_next_sibling (w))
    add_texts (w, out);
}

static gboolean
says (GtkWidget  *widget,
      const char *words)
{
  g_autoptr (GString) text = g_string_new ("\n");

  add_texts (widget, text);
  return strstr (text->str, words) != NULL;
}

/* The list of what is watched, in the popover of the bar's first button; NULL while there is
 * none. */
static GtkWidget *
find_list (Fixture *f)
{
  GtkWidget *button = find_widget (f->bar, GTK_TYPE_MENU_BUTTON);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));

  return find_widget (GTK_WIDGET (popover), STORM_TYPE_SOURCE_LIST);
}

static gboolean
click (GtkWidget  *in,
       const char *tooltip)
{
  if (GTK_IS_BUTTON (in) && g_strcmp0 (gtk_widget_get_tooltip_text (in), tooltip) == 0)
    {
      g_signal_emit_by_name (in, "clicked");
      return TRUE;
    }
  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL;
       w = gtk_widget_get_next_sibling (w))
    if (click (w, tooltip))
      return TRUE;
  return FALSE;
}

static gboolean
has_state (Fixture          *f,
           StormSourceState  wanted)
{
  StormSourceState state;

  g_object_get (f->controller, "state", &state, NULL);
  return state == wanted;
}

static void
assert_connections (Fixture *f)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (storm_event_log_has_connections (f->log));
  for (guint32 row = 0; row < storm_event_log_get_n (f->log); row++)
    g_hash_table_add (names, (char *) storm_event_log_get_connection (f->log, row));
  g_assert_cmpuint (g_hash_table_size (names), ==, 2);
}

static void
test_recordings (Fixture       *f,
                 gconstpointer  data)
{
  GtkWidget *details = g_object_ref_sink (storm_event_details_new (f->controller));
  GtkWidget *list;
  guint n_first;

  g_assert_null (find_list (f));
  gtk_widget_activate_action (f->bar, "monitor.play-sample", "(ss)", "food-order", "troubled");
  WAIT_FOR (has_state (f, STORM_SOURCE_ENDED) && storm_event_log_get_n (f->log) > 0);
  n_first = storm_event_log_get_n (f->log);
  WAIT_FOR (find_list (f) != NULL);
  list = find_list (f);
  g_assert_true (says (list, "Late, repeated and unknown events\n"));
  g_object_set (storm_monitor_controller_get_monitor (f->controller), "selected-row", 0, NULL);
  g_assert_false (says (details, "\nConnection\n"));

  /* Beside it: nothing is forgotten, and the list, which may be open, has one more. */
  gtk_widget_activate_action (f->bar, "monitor.also-play-sample", "(ss)", "food-order", "cases");
  g_assert_cmpuint (n_watched (f), ==, 2);
  WAIT_FOR (has_state (f, STORM_SOURCE_ENDED) && storm_event_log_get_n (f->log) > n_first);
  g_assert_true (find_list (f) == list);
  g_assert_true (says (list, "One that goes well, and one of each trouble\n"));
  g_assert_true (says (list, "at the end"));
  assert_connections (f);
  g_object_set (storm_monitor_controller_get_monitor (f->controller), "selected-row", 1, NULL);
  g_assert_true (says (details, "\nConnection\nLate, repeated and unknown events\n"));

  /* What it brought stays when it goes. */
  g_assert_true (click (list, "Stop Watching “One that goes well, and one of each trouble”"));
  g_assert_cmpuint (n_watched (f), ==, 1);
  g_assert_cmpuint (storm_event_log_get_n (f->log), >, n_first);
  g_assert_false (says (list, "One that goes well"));
  assert_connections (f);
  /* A recording can't be changed, and the last one ends the watching. */
  g_assert_false (click (list, "Change “Late, repeated and unknown events”"));
  g_assert_true (click (list, "Stop Watching “Late, repeated and unknown events”"));
  g_assert_null (storm_monitor_controller_get_source (f->controller));
  WAIT_FOR (find_list (f) == NULL);
  g_object_unref (details);
}

static StormConnection *
put_connection (StormConnectionList *connections,
                const char          *name,
                const char          *servers)
{
  const char *topics[] = { "orders", NULL };
  StormConnection *connection = g_object_new (STORM_TYPE_CONNECTION, "name", name, "servers",
                                              servers, "topics", topics, NULL);
  g_autoptr (GError) error = NULL;

  storm_connection_list_put (connections, connection, &error);
  g_assert_no_error (error);
  return connection;
}

/* Whether the menu has "East and West". */
static gboolean
offers_again (Fixture             *f,
              StormConnectionList *connections)
{
  g_autoptr (GMenuModel) menu = storm_source_menu_new (connections, f->file, FALSE);
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  g_autofree char *action = NULL;
  g_autofree char *label = NULL;

  g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_ACTION, "s", &action);
  g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_LABEL, "s", &label);
  return g_strcmp0 (action, "monitor.watch-again") == 0 && g_str_equal (label, "East and West");
}

/* Two Kafkas that nobody is: what is wrong is said, and the board knows the two the next time. */
static void
test_kafkas (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (StormConnectionList) connections = storm_source_menu_get_connections ();
  g_autoptr (StormConnection) west = put_connection (connections, "West", "127.0.0.1:2");
  g_autoptr (StormConnection) east = put_connection (connections, "East", "127.0.0.1:1");
  g_autofree char *west_id = NULL, *east_id = NULL;
  g_autofree char *status = NULL;
  g_autofree char *kept = NULL;

  g_object_get (west, "id", &west_id, NULL);
  g_object_get (east, "id", &east_id, NULL);
  g_assert_false (offers_again (f, connections));
  gtk_widget_activate_action (f->bar, "monitor.connect", "s", east_id);
  g_assert_cmpuint (n_watched (f), ==, 1);
  g_assert_false (offers_again (f, connections));
  gtk_widget_activate_action (f->bar, "monitor.also-connect", "s", west_id);
  g_assert_cmpuint (n_watched (f), ==, 2);
  WAIT_FOR (has_state (f, STORM_SOURCE_WAITING));
  g_object_get (f->controller, "status", &status, NULL);
  g_assert_nonnull (strstr (status, " of 2 connections · "));
  g_assert_nonnull (strstr (status, "127.0.0.1:"));

  storm_monitor_controller_stop (f->controller);
  g_assert_true (offers_again (f, connections));
  kept = storm_board_file_dup_setting (f->file, "connections");
  g_assert_null (strstr (kept, "127.0.0.1"));
  gtk_widget_activate_action (f->bar, "monitor.watch-again", NULL);
  g_assert_cmpuint (n_watched (f), ==, 2);
  /* One of them alone, as before. */
  gtk_widget_activate_action (f->bar, "monitor.connect", "s", west_id);
  g_assert_cmpuint (n_watched (f), ==, 1);
  g_assert_true (storm_connection_list_remove (connections, east, NULL));
  g_assert_false (offers_again (f, connections));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *config = g_dir_make_tmp ("storm-sources-config-XXXXXX", &error);

  g_assert_no_error (error);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) \
  g_test_add ("/sources/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("recordings", test_recordings);
  ADD ("kafkas", test_kafkas);
#undef ADD
  return g_test_run ();
}
