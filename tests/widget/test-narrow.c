#include "config.h"

#include <adwaita.h>

#include "storm-board-header.h"
#include "storm-board-page.h"
#include "storm-edit.h"
#include "storm-library-test.h"
#include "storm-sides.h"
#include "storm-start-page.h"
#include "storm-wrap-layout.h"

/* As wide as a window is to be usable, and as a phone's. */
#define WIDTH 720
#define LEAST 360
#define DPI (96 * 1024)

static int
get_least (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* With everything open that can be, at twice the size of text as well. */
static void
test_page (Fixture       *f,
           gconstpointer  data)
{
  int scale = GPOINTER_TO_INT (data);
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
  GtkWidget *page = g_object_ref_sink (storm_board_page_new (file));
  GtkWidget *start = g_object_ref_sink (storm_start_page_new (f->library));
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", scale * DPI, NULL);
  g_object_set (page, "monitoring", TRUE, "show-outline", TRUE, "show-side", TRUE, NULL);
  /* Narrow enough to become narrower. */
  g_assert_cmpint (get_least (page), <=, WIDTH);
  storm_board_page_expect_width (STORM_BOARD_PAGE (page), scale * LEAST);
  g_assert_cmpint (get_least (page), <=, scale * LEAST);
  g_object_set (page, "show-side", TRUE, NULL);
  g_assert_cmpint (get_least (page), <=, scale * LEAST);
  g_assert_cmpint (get_least (start), <=, scale * LEAST);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);

  g_assert_true (storm_board_page_close (STORM_BOARD_PAGE (page), NULL));
  g_assert_finalize_object (page);
  g_assert_finalize_object (start);
}

static gboolean
get (StormBoardPage *page,
     const char     *name)
{
  gboolean value;

  g_object_get (page, name, &value, NULL);
  return value;
}

/* What was open comes back when there is room again; meanwhile one at a time can be had. */
static void
test_panes (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *path = storm_board_io_create (f->library, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
  StormBoardPage *page = STORM_BOARD_PAGE (g_object_ref_sink (storm_board_page_new (file)));

  g_object_set (page, "show-side", TRUE, "show-outline", FALSE, NULL);
  storm_board_page_expect_width (page, 1280);
  g_assert_true (get (page, "show-side"));
  storm_board_page_expect_width (page, WIDTH);
  g_assert_false (get (page, "show-side"));
  g_object_set (page, "show-side", TRUE, NULL);
  g_assert_true (get (page, "show-side"));
  g_object_set (page, "show-outline", TRUE, NULL);
  g_assert_true (get (page, "show-outline"));
  g_assert_false (get (page, "show-side"));
  storm_board_page_expect_width (page, 1280);
  g_assert_true (get (page, "show-side"));
  g_assert_false (get (page, "show-outline"));

  g_assert_true (storm_board_page_close (page, NULL));
  g_assert_finalize_object (page);
}

static void
count (int *n)
{
  (*n)++;
}

/* The real layout: it folds when it becomes narrow, and stays within its width. */
static void
test_sides (void)
{
  GtkWidget *content = adw_bin_new (), *start = adw_bin_new (), *end = adw_bin_new ();
  GtkWidget *window = gtk_window_new ();
  StormSides *sides = g_object_new (STORM_TYPE_SIDES, "content", content, "start", start,
                                    "end", end, NULL);
  int n = 0;

  gtk_widget_set_size_request (content, 240, -1);
  gtk_widget_set_size_request (start, 180, -1);
  gtk_widget_set_size_request (end, 280, -1);
  g_signal_connect_swapped (sides, "changed", G_CALLBACK (count), &n);
  storm_sides_show (sides, STORM_SIDES_START, TRUE);
  storm_sides_show (sides, STORM_SIDES_END, TRUE);
  g_assert_cmpint (n, ==, 2);
  g_assert_cmpint (get_least (GTK_WIDGET (sides)), ==, 280);

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (sides));
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 300);
  gtk_window_present (GTK_WINDOW (window));
  for (gint64 stop = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
       !storm_sides_get_folded (sides) && g_get_monotonic_time () < stop; )
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (storm_sides_get_folded (sides));
  g_assert_false (gtk_widget_get_child_visible (end));
  storm_sides_show (sides, STORM_SIDES_END, TRUE);
  g_assert_true (gtk_widget_get_child_visible (end));
  g_assert_false (gtk_widget_get_child_visible (start));
  gtk_widget_allocate (GTK_WIDGET (sides), 500, 300, -1, NULL);
  g_assert_cmpint (gtk_widget_get_width (content), ==, 500);
  g_assert_cmpint (gtk_widget_get_width (end), <=, 500 - 48);

  storm_sides_set_bare (sides, TRUE);
  g_assert_false (gtk_widget_get_child_visible (end));
  storm_sides_set_bare (sides, FALSE);
  storm_sides_expect_width (sides, 2000);
  g_assert_false (storm_sides_get_folded (sides));
  g_assert_true (gtk_widget_get_visible (start));
  g_assert_true (gtk_widget_get_visible (end));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One line where it fits, no child outside, and reading order in both directions. */
static void
test_wrap (gconstpointer data)
{
  gboolean rtl = GPOINTER_TO_INT (data);
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  static const int widths[] = { 100, 60, 140, 40 };
  GtkWidget *children[G_N_ELEMENTS (widths)];
  int sum = 0;

  gtk_widget_set_layout_manager (box, storm_wrap_layout_new (10));
  gtk_widget_set_direction (box, rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      children[i] = gtk_label_new (NULL);
      gtk_widget_set_size_request (children[i], widths[i], 20);
      gtk_box_append (GTK_BOX (box), children[i]);
      sum += widths[i] + (i > 0 ? 10 : 0);
    }
  g_assert_cmpint (get_least (box), ==, 140);
  for (int width = 140; width <= sum + 50; width += 10)
    {
      graphene_rect_t before = GRAPHENE_RECT_INIT (0, 0, 0, 0);
      int height;

      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      g_assert_true ((height == 20) == (width >= sum));
      gtk_widget_allocate (box, width, height, -1, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
        {
          graphene_rect_t here;

          g_assert_true (gtk_widget_compute_bounds (children[i], box, &here));
          g_assert_cmpfloat (here.size.width, >=, widths[i]);
          g_assert_cmpfloat (here.origin.x, >=, 0);
          g_assert_cmpfloat (here.origin.x + here.size.width, <=, width);
          g_assert_cmpfloat (here.origin.y + here.size.height, <=, height);
          if (i > 0 && here.origin.y == before.origin.y && !rtl)
            g_assert_cmpfloat (here.origin.x, >=, before.origin.x + before.size.width + 10);
          else if (i > 0 && here.origin.y == before.origin.y)
            g_assert_cmpfloat (here.origin.x + here.size.width + 10, <=, before.origin.x);
          else if (i > 0)
            g_assert_cmpfloat (here.origin.y, >=, before.origin.y + before.size.height + 10);
          before = here;
        }
    }
  g_object_unref (box);
}

static GtkWidget *
find_action (GtkWidget  *tree,
             const char *action)
{
  if (GTK_IS_ACTIONABLE (tree) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (tree)), action) == 0)
    return tree;
  for (GtkWidget *child = gtk_widget_get_first_child (tree); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_action (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_label (GtkWidget  *tree,
            const char *text)
{
  if (GTK_IS_LABEL (tree) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (tree)), text) == 0)
    return tree;
  for (GtkWidget *child = gtk_widget_get_first_child (tree); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* No button that never does anything, and none missing that leads back. */
static void
test_header (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GtkWidget *header = g_object_new (STORM_TYPE_BOARD_HEADER, NULL);
  GtkWidget *window = gtk_window_new ();

  storm_board_header_set_history (STORM_BOARD_HEADER (header), history, selection);
  g_assert_nonnull (find_label (header, "All changes kept"));
  g_assert_true (gtk_widget_get_visible (find_action (header, "win.undo")));
  storm_history_set_read_only (history, TRUE);
  g_assert_false (gtk_widget_get_visible (find_action (header, "win.undo")));
  g_assert_false (gtk_widget_get_visible (find_action (header, "win.redo")));
  g_assert_nonnull (find_label (header, "Read-only"));
  storm_history_set_read_only (history, FALSE);
  g_assert_true (gtk_widget_get_visible (find_action (header, "win.redo")));

  g_assert_true (gtk_widget_get_visible (find_action (header, "win.show-outline")));
  storm_board_header_set_narrow (STORM_BOARD_HEADER (header), TRUE);
  g_assert_false (gtk_widget_get_visible (find_action (header, "win.show-outline")));
  gtk_test_accessible_assert_property (find_action (header, "win.monitor"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Monitor");

  g_assert_false (gtk_widget_get_visible (find_action (header, "win.fullscreen")));
  g_object_set (window, "fullscreened", TRUE, NULL);
  gtk_window_set_child (GTK_WINDOW (window), header);
  g_assert_cmpint (gtk_widget_get_visible (find_action (header, "win.fullscreen")), ==,
                   gtk_window_is_fullscreen (GTK_WINDOW (window)));
  g_assert_true (gtk_widget_get_visible (find_action (header, "win.fullscreen")));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* How much is selected stands there for as long as anything is. */
static void
test_header_selection (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GtkWidget *header = g_object_ref_sink (g_object_new (STORM_TYPE_BOARD_HEADER, NULL));
  g_autoptr (StormChange) first = NULL;
  g_autoptr (StormChange) second = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  first = storm_edit_add_sticky (board, STORM_KIND_EVENT, (StormPoint) { 0, 0 }, "a", &a);
  g_assert_true (storm_history_do (history, first, NULL));
  second = storm_edit_add_sticky (board, STORM_KIND_EVENT, (StormPoint) { 0, 0 }, "b", &b);
  g_assert_true (storm_history_do (history, second, NULL));
  storm_board_header_set_history (STORM_BOARD_HEADER (header), history, selection);
  storm_selection_set_one (selection, a);
  g_assert_nonnull (find_label (header, "1 selected"));
  storm_selection_add (selection, b);
  g_assert_nonnull (find_label (header, "2 selected"));
  storm_selection_set (selection, NULL);
  g_assert_nonnull (find_label (header, "All changes kept"));
  g_object_unref (header);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func, data) \
  g_test_add ("/narrow/" name, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("page", test_page, 1);
  ADD ("page-large-text", test_page, 2);
  ADD ("panes", test_panes, 0);
#undef ADD
  g_test_add_func ("/narrow/sides", test_sides);
  g_test_add_data_func ("/narrow/wrap", GINT_TO_POINTER (FALSE), test_wrap);
  g_test_add_data_func ("/narrow/wrap-rtl", GINT_TO_POINTER (TRUE), test_wrap);
  g_test_add_func ("/narrow/header", test_header);
  g_test_add_func ("/narrow/header-selection", test_header_selection);
  return g_test_run ();
}
