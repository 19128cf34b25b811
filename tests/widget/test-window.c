#include "config.h"

#include <adwaita.h>

#include "storm-board-card.h"
#include "storm-board-page.h"
#include "storm-edit.h"
#include "storm-error.h"
#include "storm-library-test.h"
#include "storm-notice-bar.h"
#include "storm-outline.h"
#include "storm-palette-bar.h"
#include "storm-start-page.h"
#include "storm-tooltip.h"
#include "storm-widget-test.h"
#include "storm-zoom-bar.h"
#include "../unit/storm-disk-test.h"

#define MINUTE (60 * STORM_TIME_SECOND)
#define HOUR (60 * MINUTE)

static GFile *
write_text (Fixture    *f,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

static void
test_words (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 11, 21, 12, 0, 0);
  StormTime now = g_date_time_to_unix (noon) * STORM_TIME_SECOND;
  const struct
  {
    gint64 ago;
    const char *words;
  } cases[] = {
    { 0, "Just now" },
    { -5 * MINUTE, "Just now" },
    { MINUTE, "1 minute ago" },
    { 59 * MINUTE, "59 minutes ago" },
    { 2 * HOUR, "2 hours ago" },
    { 13 * HOUR, "Yesterday" },
    { 47 * HOUR, "2 days ago" },
    { 30 * 24 * HOUR, "22 October 2026" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = storm_words_for_change (now - cases[i].ago, now);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_tour (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = storm_board_io_create_tour (f->library, &error);
  g_autoptr (StormBoardFile) file = NULL;
  GListModel *stickies;

  g_assert_no_error (error);
  file = storm_board_file_open (path, &error);
  g_assert_no_error (error);
  stickies = storm_board_get_stickies (storm_board_file_get_board (file));
  g_assert_cmpuint (g_list_model_get_n_items (stickies), ==, 8);
  for (guint i = 0; i < 8; i++)
    for (guint k = 0; k < i; k++)
      {
        g_autoptr (StormSticky) a = g_list_model_get_item (stickies, i);
        g_autoptr (StormSticky) b = g_list_model_get_item (stickies, k);

        g_assert_cmpstr (storm_sticky_get_title (a), !=, "");
        g_assert_false (storm_rect_intersects (storm_sticky_get_rect (a),
                                               storm_sticky_get_rect (b)));
      }
  g_assert_cmpuint (g_list_model_get_n_items (
                      storm_board_get_flows (storm_board_file_get_board (file))), ==, 2);
  g_assert_true (storm_board_file_close (file, NULL));
}

static void
test_io (Fixture       *f,
         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) good = NULL;
  g_autoptr (GFile) bad = NULL;
  g_autoptr (GFile) out = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;

  good = write_text (f, "order.json",
                     "{\"format\":\"stormwatch-board\",\"version\":1,\"title\":\"Imported\","
                     "\"stickies\":[{\"id\":\"a\",\"kind\":\"event\",\"title\":\"OrderPlaced\"}]}");
  g_assert_true (storm_board_io_is_text_form (good));
  path = storm_board_io_import (f->library, good, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (path, STORM_BOARD_FILE_SUFFIX));

  bad = write_text (f, "bad.json", "{\"format\":\"stormwatch-board\",\"version\":1,\"stickies\":"
                                   "[{\"id\":\"a\",\"kind\":\"elephant\",\"title\":\"x\"}]}");
  g_assert_null (storm_board_io_import (f->library, bad, &error));
  g_assert_nonnull (strstr (error->message, "bad.json"));
  g_clear_error (&error);

  board = storm_board_io_load_text (good, &error);
  g_assert_no_error (error);
  out = write_text (f, "out.json", "");
  g_assert_true (storm_board_io_export_text (board, out, &error));
  g_clear_object (&board);
  board = storm_board_io_load_text (out, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (storm_board_get_title (board), ==, "Imported");

  /* The demo's board is made once. */
  again = storm_board_io_ensure_demo (f->library, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (again, G_FILE_TEST_EXISTS));
  g_free (g_steal_pointer (&path));
  path = storm_board_io_ensure_demo (f->library, &error);
  g_assert_cmpstr (path, ==, again);
}

static void
test_templates (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
  g_autoptr (StormSelection) selection = storm_selection_new (storm_board_file_get_board (file));
  g_autoptr (GtkBuilder) help = NULL;
  GtkWidget *widgets[] = {
    g_object_ref_sink (storm_start_page_new (f->library)),
    g_object_ref_sink (storm_outline_new (selection)),
    g_object_ref_sink (storm_palette_bar_new ()),
    g_object_ref_sink (g_object_new (STORM_TYPE_ZOOM_BAR, NULL)),
    g_object_ref_sink (g_object_new (STORM_TYPE_NOTICE_BAR, NULL)),
    g_object_ref_sink (storm_board_page_new (file)),
  };

  help = gtk_builder_new_from_resource (APP_PATH "/gtk/help-overlay.ui");
  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (gtk_builder_get_object (help, "help_overlay")));
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (help, "help_overlay")));
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_assert_finalize_object (widgets[i]);
}

static const char *
get_action (GtkWidget *widget)
{
  return GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget))
                                    : NULL;
}

static GtkWidget *
find_button (GtkWidget  *tree,
             const char *action)
{
  GtkWidget *found = g_strcmp0 (get_action (tree), action) == 0 ? tree : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (tree); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

static const char *
get_tooltip (GtkWidget  *tree,
             const char *action)
{
  GtkWidget *button = find_button (tree, action);

  g_assert_nonnull (button);
  return gtk_widget_get_tooltip_text (button);
}

/* Whatever has a tooltip and an action with keys says the keys, and as the table has them. */
static guint
check_tooltips (GtkWidget *tree)
{
  const char *action = get_action (tree), *tooltip = gtk_widget_get_tooltip_text (tree);
  guint n_checked = 0;

  if (action != NULL && tooltip != NULL)
    {
      g_autofree char *keys = storm_tooltip_dup_keys (action);
      g_autofree char *end = g_strdup_printf ("(%s)", keys);

      g_test_message ("%s: %s", action, tooltip);
      if (*keys != '\0')
        g_assert_true (g_str_has_suffix (tooltip, end));
      n_checked++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (tree); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_checked += check_tooltips (child);
  return n_checked;
}

static void
test_tooltips (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
  StormHistory *history = storm_board_file_get_history (file);
  GtkWidget *start = g_object_ref_sink (storm_start_page_new (f->library));
  GtkWidget *page = g_object_ref_sink (storm_board_page_new (file));
  g_autofree char *id = NULL;

  storm_board_page_set_monitoring (STORM_BOARD_PAGE (page), TRUE);
  g_assert_cmpuint (check_tooltips (start), >=, 2);
  g_assert_cmpuint (check_tooltips (page), >=, 10);
  g_assert_cmpstr (get_tooltip (start, "win.new-board"), ==, "Start with an Empty Board (Ctrl+N)");
  g_assert_cmpstr (get_tooltip (page, "win.zoom-in"), ==, "Zoom In (Ctrl++)");
  g_assert_cmpstr (get_tooltip (page, "win.show-outline"), ==, "Outline (Shift+F9)");
  g_assert_cmpstr (get_tooltip (page, "monitor.pause"), ==,
                   "Pause: hold new events back (Shift+Ctrl+P)");
  g_assert_cmpstr (get_tooltip (page, "monitor.clear"), ==,
                   "Clear: forget what was seen so far");
  g_assert_cmpstr (get_tooltip (page, "win.undo"), ==, "Undo (Ctrl+Z)");
  id = add_titled (history, STORM_KIND_EVENT, 0, "Placed");
  g_assert_cmpstr (get_tooltip (page, "win.undo"), ==, "Undo: Add “Event” (Ctrl+Z)");

  g_assert_finalize_object (page);
  g_assert_finalize_object (start);
}

static gboolean
is_there (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static void
wait_for (gboolean (*condition) (gpointer),
          gpointer   data)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!condition (data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (condition (data));
}

static void
test_start_page (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  GtkWidget *page = g_object_ref_sink (storm_start_page_new (f->library));
  GListModel *boards = storm_start_page_get_boards (STORM_START_PAGE (page));
  g_autoptr (StormLibraryItem) item = NULL;

  storm_library_refresh (f->library);
  wait_for (is_there, boards);
  item = g_list_model_get_item (boards, 0);
  g_assert_cmpstr (storm_library_item_get_path (item), ==, path);

  /* On its way to the trash, and back. */
  storm_start_page_set_hidden (STORM_START_PAGE (page), path, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (boards), ==, 0);
  storm_start_page_set_hidden (STORM_START_PAGE (page), path, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (boards), ==, 1);

  g_assert_finalize_object (page);
}

static void
test_close_keeps (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
  StormHistory *history = storm_board_file_get_history (file);
  g_autofree char *id = add_titled (history, STORM_KIND_EVENT, 0, "Done");
  GtkWidget *page = g_object_ref_sink (storm_board_page_new (file));
  g_autoptr (StormBoardInfo) info = NULL;
  g_autoptr (GdkTexture) picture = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (storm_board_page_close (STORM_BOARD_PAGE (page), &error));
  g_assert_no_error (error);
  g_assert_finalize_object (page);
  g_clear_object (&file);

  info = storm_board_info_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->n_stickies, ==, 1);
  g_assert_nonnull (info->picture);
  picture = gdk_texture_new_from_bytes (info->picture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (picture), ==, 640);
}

static void
test_insert (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
  StormHistory *history = storm_board_file_get_history (file);
  StormBoard *board = storm_board_file_get_board (file);
  g_autofree char *id = add_titled (history, STORM_KIND_EVENT, 0, "Here");
  g_autoptr (StormBoard) other = storm_board_new ();
  g_autoptr (StormHistory) other_history = storm_history_new (other);
  g_autofree char *other_id = add_titled (other_history, STORM_KIND_EVENT, 0, "There");
  GtkWidget *page = g_object_ref_sink (storm_board_page_new (file));
  g_autoptr (StormSticky) inserted = NULL;

  storm_board_page_insert (STORM_BOARD_PAGE (page), other);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 2);
  inserted = g_list_model_get_item (storm_board_get_stickies (board), 1);
  g_assert_cmpstr (storm_sticky_get_title (inserted), ==, "There");
  /* Below what is there, and one step to take back. */
  g_assert_cmpfloat (storm_sticky_get_rect (inserted)->y, >,
                     storm_sticky_get_rect (storm_board_lookup_sticky (board, id))->y + 120);
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 1);

  g_assert_true (storm_board_page_close (STORM_BOARD_PAGE (page), NULL));
  g_assert_finalize_object (page);
}

static void
on_failed (GPtrArray *told,
           GError    *error)
{
  g_ptr_array_add (told, g_strdup (error->message));
}

/* An export that finds no room leaves the file that was there, or none. */
static void
test_io_no_space (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autofree char *id = add_titled (history, STORM_KIND_EVENT, 0, "OrderPlaced");
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (StormChange) describe = storm_edit_set_text (board, id, STORM_PROP_DESCRIPTION, text);
  g_autoptr (GFile) old_file = write_text (f, "old.json", "was there before");
  g_autoptr (GFile) new_file = write_text (f, "new.json", "");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (storm_history_do (history, describe, NULL));
  g_assert_true (g_file_delete (new_file, NULL, NULL));
  storm_test_limit_files (50000);
  g_assert_false (storm_board_io_export_text (board, old_file, &error));
  g_assert_false (storm_board_io_export_text (board, new_file, NULL));
  storm_test_limit_files (RLIM_INFINITY);

  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, "old.json"));
  g_assert_false (g_file_query_exists (new_file, NULL));
  g_assert_true (g_file_load_contents (old_file, NULL, &contents, NULL, NULL, NULL));
  g_assert_cmpstr (contents, ==, "was there before");
}

/* The disk is full: what was inserted is gone again, and the window is told once, in words. */
static void
test_no_space (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
  StormHistory *history = storm_board_file_get_history (file);
  StormBoard *board = storm_board_file_get_board (file);
  g_autofree char *id = add_titled (history, STORM_KIND_EVENT, 0, "Here");
  g_autoptr (StormBoard) other = storm_board_new ();
  g_autoptr (StormHistory) other_history = storm_history_new (other);
  g_autofree char *other_id = add_titled (other_history, STORM_KIND_EVENT, 0, "There");
  g_autofree char *text = g_strnfill (900000, 'x');
  g_autoptr (StormChange) describe =
    storm_edit_set_text (other, other_id, STORM_PROP_DESCRIPTION, text);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *page = g_object_ref_sink (storm_board_page_new (file));

  g_assert_true (storm_history_do (other_history, describe, NULL));
  g_signal_connect_swapped (page, "failed", G_CALLBACK (on_failed), told);
  storm_test_limit_files (512 * 1024);
  storm_board_page_insert (STORM_BOARD_PAGE (page), other);
  storm_test_limit_files (RLIM_INFINITY);

  g_assert_cmpuint (told->len, ==, 1);
  g_test_message ("%s", (char *) g_ptr_array_index (told, 0));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 1);

  /* With room again it goes on. */
  storm_board_page_insert (STORM_BOARD_PAGE (page), other);
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 2);

  g_assert_true (storm_board_page_close (STORM_BOARD_PAGE (page), NULL));
  g_assert_finalize_object (page);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/window/words-for-change", test_words);
#define ADD(name, func) g_test_add ("/window/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("io", test_io);
  ADD ("io-no-space", test_io_no_space);
  ADD ("templates", test_templates);
  ADD ("start-page", test_start_page);
  ADD ("close-keeps", test_close_keeps);
  ADD ("insert", test_insert);
  ADD ("no-space", test_no_space);
  ADD ("tooltips", test_tooltips);
#undef ADD

  g_test_add ("/window/tour", Fixture, NULL, set_up, test_tour, tear_down);
  return g_test_run ();
}
