#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "storm-board-page.h"
#include "storm-connection-dialog.h"
#include "storm-window-private.h"

static StormConnectionDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (STORM_IS_CONNECTION_DIALOG (toplevel))
        return STORM_CONNECTION_DIALOG (toplevel);
    }
  return NULL;
}

static gboolean
is_enabled (GtkWidget  *window,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

/* Whoever looks for a Kafka in the command palette needn't know that the monitor has to be open. */
static void
test_watch (void)
{
  g_autoptr (StormApplication) app = storm_application_new ();
  g_autofree char *folder = g_dir_make_tmp ("storm-actions-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.storm", NULL);
  g_autoptr (StormBoardFile) file = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window;
  gboolean monitoring = TRUE;

  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, &error));
  g_assert_no_error (error);
  window = storm_window_new (app);
  g_assert_false (is_enabled (window, "monitor-new-connection"));

  file = storm_board_file_create (path, NULL, &error);
  g_assert_no_error (error);
  storm_window_show_board (STORM_WINDOW (window), file);
  g_object_get (storm_window_get_page (STORM_WINDOW (window)), "monitoring", &monitoring, NULL);
  g_assert_false (monitoring);
  g_assert_false (is_enabled (window, "monitor-pause"));
  g_assert_true (is_enabled (window, "monitor-new-connection"));

  g_action_group_activate_action (G_ACTION_GROUP (window), "monitor-new-connection", NULL);
  g_object_get (storm_window_get_page (STORM_WINDOW (window)), "monitoring", &monitoring, NULL);
  g_assert_true (monitoring);
  g_assert_true (is_enabled (window, "monitor-pause"));
  g_assert_nonnull (find_dialog ());
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&file);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/window-actions/watch", test_watch);
  return g_test_run ();
}
