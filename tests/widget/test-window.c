#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "storm-board-card.h"
#include "storm-board-hint.h"
#include "storm-board-io.h"
#include "storm-board-page.h"
#include "storm-board-view.h"
#include "storm-edit.h"
#include "storm-entry-box.h"
#include "storm-error.h"
#include "storm-notice-bar.h"
#include "storm-outline-model.h"
#include "storm-outline.h"
#include "storm-palette-bar.h"
#include "storm-start-page.h"
#include "storm-tooltip.h"
#include "storm-zoom-bar.h"
#include "storm-widget-test.h"

#define MINUTE (60 * STORM_TIME_SECOND)
#define HOUR (60 * MINUTE)

typedef struct
{
  char *folder;
  StormLibrary *library;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("storm-window-XXXXXX", NULL);
  f->library = storm_library_new (f->folder);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  g_object_unref (f->library);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static char *
add (StormHistory *history,
     StormKind     kind,
     double        x,
     const char   *title)
{
  char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_sticky (storm_history_get_board (history), kind, (StormPoint) { x, 0 }, title,
                           &id);

  g_assert_true (storm_history_do (history, change, NULL));
  return id;
}

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
test_view_text (void)
{
  const char *bad[] = { "", "1 2", "1 2 3 4", "a b c", "nan 0 1", "0 inf 1", "0 0 0", "0 0 -1",
                        "1e300 0 1", "0 0 1e9", "1,5 2 3" };
  g_autofree char *text = storm_board_view_print ((StormPoint) { -12.5, 1e6 }, 0.75);
  StormPoint center;
  double zoom;

  g_assert_true (storm_board_view_parse (text, &center, &zoom));
  g_assert_cmpfloat (center.x, ==, -12.5);
  g_assert_cmpfloat (center.y, ==, 1e6);
  g_assert_cmpfloat (zoom, ==, 0.75);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (storm_board_view_parse (bad[i], &center, &zoom));
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

static const char *
row_title (StormOutlineModel *model,
           guint              position)
{
  g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (model), position);

  if (STORM_IS_STICKY (row))
    return storm_sticky_get_title (STORM_STICKY (row));
  if (STORM_IS_CONTEXT (row))
    return storm_context_get_title (STORM_CONTEXT (row));
  return row != NULL ? "-" : NULL;
}

static void
assert_rows (StormOutlineModel  *model,
             const char * const *titles)
{
  guint n = g_strv_length ((char **) titles);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (row_title (model, i), ==, titles[i]);
}

static void
count_changes (GListModel *model,
               guint       position,
               guint       removed,
               guint       added,
               guint      *sum)
{
  *sum += removed + added;
}

static void
test_outline_model (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autofree char *b = add (history, STORM_KIND_EVENT, 0, "B");
  g_autofree char *a = add (history, STORM_KIND_EVENT, 200, "A");
  g_autofree char *c = add (history, STORM_KIND_COMMAND, 5000, "C");
  g_autoptr (StormOutlineModel) model = storm_outline_model_new (board);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *context = NULL;
  const StormRect rect = { 4800, -200, 400, 400 };
  guint moved = 0;

  /* Kinds in the order of the catalogue, then titles; no heading while there is no context. */
  assert_rows (model, (const char * const[]) { "A", "B", "C", NULL });

  change = storm_edit_add_context (board, &rect, "Shop", &context);
  g_assert_true (storm_history_do (history, change, NULL));
  storm_outline_model_update (model);
  assert_rows (model, (const char * const[]) { "Shop", "C", "-", "A", "B", NULL });
  g_assert_cmpuint (storm_outline_model_find (model, b), ==, 4);
  g_assert_cmpuint (storm_outline_model_find (model, "no such"), ==, G_MAXUINT);

  /* Only what moved is told. */
  g_signal_connect (model, "items-changed", G_CALLBACK (count_changes), &moved);
  g_clear_pointer (&change, storm_change_unref);
  change = storm_edit_set_text (board, a, STORM_PROP_TITLE, "Z");
  g_assert_true (storm_history_do (history, change, NULL));
  storm_outline_model_update (model);
  assert_rows (model, (const char * const[]) { "Shop", "C", "-", "B", "Z", NULL });
  g_assert_cmpuint (moved, ==, 4);

  storm_outline_model_set_filter (model, "z");
  assert_rows (model, (const char * const[]) { "-", "Z", NULL });
  storm_outline_model_set_filter (model, "COMMAND");
  assert_rows (model, (const char * const[]) { "Shop", "C", NULL });
  storm_outline_model_set_filter (model, "nothing has this");
  assert_rows (model, (const char * const[]) { NULL });

  /* More titles have gone than are remembered. */
  storm_outline_model_set_filter (model, NULL);
  for (guint i = 0; i < 1200; i++)
    {
      g_autofree char *title = g_strdup_printf ("%04u", i);

      g_clear_pointer (&change, storm_change_unref);
      change = storm_edit_set_text (board, i % 2 == 0 ? a : b, STORM_PROP_TITLE, title);
      g_assert_true (storm_history_do (history, change, NULL));
      storm_outline_model_update (model);
    }
  assert_rows (model, (const char * const[]) { "Shop", "C", "-", "1198", "1199", NULL });
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
  id = add (history, STORM_KIND_EVENT, 0, "Placed");
  g_assert_cmpstr (get_tooltip (page, "win.undo"), ==, "Undo: Add “Event” (Ctrl+Z)");

  g_assert_finalize_object (page);
  g_assert_finalize_object (start);
}

/* At any height all kinds can be reached without scrolling. */
static void
test_palette_columns (void)
{
  GtkWidget *palette_bar = g_object_ref_sink (storm_palette_bar_new ());
  int least, whole, narrow, previous = 0;

  gtk_widget_measure (palette_bar, GTK_ORIENTATION_VERTICAL, -1, &least, &whole, NULL, NULL);
  gtk_widget_measure (palette_bar, GTK_ORIENTATION_HORIZONTAL, whole, NULL, &narrow, NULL, NULL);
  g_assert_cmpint (3 * least, <, 2 * whole);
  for (int height = whole; height >= least; height -= 10)
    {
      GtkWidget *child = gtk_widget_get_first_child (palette_bar);
      int width;

      gtk_widget_measure (palette_bar, GTK_ORIENTATION_HORIZONTAL, height, NULL, &width, NULL,
                          NULL);
      g_assert_cmpint (width, >=, previous);
      previous = width;
      gtk_widget_allocate (palette_bar, width, height, -1, NULL);
      for (; child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t box;

          g_assert_true (gtk_widget_compute_bounds (child, palette_bar, &box));
          g_assert_cmpfloat (box.origin.x, >=, 0);
          g_assert_cmpfloat (box.origin.x + box.size.width, <=, width);
          g_assert_cmpfloat (box.origin.y + box.size.height, <=, height);
        }
    }
  g_assert_cmpint (previous, >, 2 * narrow);
  g_assert_finalize_object (palette_bar);
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
  g_autofree char *id = add (storm_board_file_get_history (file), STORM_KIND_EVENT, 0, "Done");
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
  g_autofree char *id = add (history, STORM_KIND_EVENT, 0, "Here");
  g_autoptr (StormBoard) other = storm_board_new ();
  g_autoptr (StormHistory) other_history = storm_history_new (other);
  g_autofree char *other_id = add (other_history, STORM_KIND_EVENT, 0, "There");
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
  g_autofree char *id = add (history, STORM_KIND_EVENT, 0, "OrderPlaced");
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (StormChange) describe = storm_edit_set_text (board, id, STORM_PROP_DESCRIPTION, text);
  g_autoptr (GFile) old_file = write_text (f, "old.json", "was there before");
  g_autoptr (GFile) new_file = write_text (f, "new.json", "");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;

  g_assert_true (storm_history_do (history, describe, NULL));
  g_assert_true (g_file_delete (new_file, NULL, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 50000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (storm_board_io_export_text (board, old_file, &error));
  g_assert_false (storm_board_io_export_text (board, new_file, NULL));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

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
  g_autofree char *id = add (history, STORM_KIND_EVENT, 0, "Here");
  g_autoptr (StormBoard) other = storm_board_new ();
  g_autoptr (StormHistory) other_history = storm_history_new (other);
  g_autofree char *other_id = add (other_history, STORM_KIND_EVENT, 0, "There");
  g_autofree char *text = g_strnfill (900000, 'x');
  g_autoptr (StormChange) describe =
    storm_edit_set_text (other, other_id, STORM_PROP_DESCRIPTION, text);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *page = g_object_ref_sink (storm_board_page_new (file));
  struct rlimit old, small;

  g_assert_true (storm_history_do (other_history, describe, NULL));
  g_signal_connect_swapped (page, "failed", G_CALLBACK (on_failed), told);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 512 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  storm_board_page_insert (STORM_BOARD_PAGE (page), other);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

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

/* An empty board says how to begin, as long as it is empty and can be changed. */
static void
test_hint (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  GtkWidget *hint = g_object_ref_sink (storm_board_hint_new (history));
  g_autofree char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_sticky (board, STORM_KIND_EVENT, (StormPoint) { 0, 0 }, "", &id);

  g_assert_true (gtk_widget_get_visible (hint));
  g_assert_false (gtk_widget_get_can_target (hint));
  g_assert_true (storm_history_do (history, change, NULL));
  g_assert_false (gtk_widget_get_visible (hint));
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_true (gtk_widget_get_visible (hint));
  storm_history_set_read_only (history, TRUE);
  g_assert_false (gtk_widget_get_visible (hint));
  g_object_unref (hint);
}

/* Each Enter makes a sticky; a prefix picks the kind, is shown, and stays. */
static void
test_entry_box (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GtkWidget *canvas = g_object_ref_sink (storm_canvas_new (history, selection));
  GtkWidget *box = g_object_ref_sink (storm_entry_box_new (STORM_CANVAS (canvas)));
  GtkWidget *entry = find_widget (box, GTK_TYPE_ENTRY), *kind = find_widget (box, GTK_TYPE_LABEL);
  static const struct { const char *line, *shown, *title; StormKind kind; } lines[] = {
    { "Order placed", "Event", "Order placed", STORM_KIND_EVENT },
    { "c: Place order", "Command", "Place order", STORM_KIND_COMMAND },
    { "Cancel order", "Command", "Cancel order", STORM_KIND_COMMAND },
    { "8: Who pays?", "Hot spot", "Who pays?", STORM_KIND_HOT_SPOT },
  };

  g_assert_false (gtk_widget_get_visible (box));
  storm_entry_box_open (STORM_ENTRY_BOX (box));
  g_assert_true (gtk_widget_get_visible (box));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (StormSticky) sticky = NULL;

      gtk_editable_set_text (GTK_EDITABLE (entry), lines[i].line);
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (kind)), ==, lines[i].shown);
      g_signal_emit_by_name (entry, "activate");
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
      sticky = g_list_model_get_item (storm_board_get_stickies (board), i);
      g_assert_cmpstr (storm_sticky_get_title (sticky), ==, lines[i].title);
      g_assert_cmpint (storm_sticky_get_kind (sticky), ==, lines[i].kind);
    }
  /* Nothing typed, nothing made. */
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==,
                    G_N_ELEMENTS (lines));
  storm_entry_box_open (STORM_ENTRY_BOX (box));
  g_assert_false (gtk_widget_get_visible (box));
  g_object_unref (box);
  g_object_unref (canvas);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/window/words-for-change", test_words);
  g_test_add_func ("/window/view-text", test_view_text);
  g_test_add_func ("/window/outline-model", test_outline_model);
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
  g_test_add_func ("/window/palette-columns", test_palette_columns);
  g_test_add_func ("/window/hint", test_hint);
  g_test_add_func ("/window/entry-box", test_entry_box);
  return g_test_run ();
}
