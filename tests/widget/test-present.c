#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>

#include "storm-board-header.h"
#include "storm-board-page.h"
#include "storm-edit.h"
#include "storm-outline.h"
#include "storm-palette-bar.h"
#include "storm-presenter.h"
#include "storm-zoom-bar.h"
#include "storm-widget-test.h"

/* The board without its tools, and its saved views as slides. */

#define VIEWS "0 0 800 600 Ordering\n5000 0 400 300 Cooking\n"

typedef struct
{
  char           *folder;
  char           *path;
  StormBoardFile *file;
  GtkWidget      *window;
  GtkWidget      *page;
  StormPresenter *presenter;
} Fixture;

static gboolean
is_seen (Fixture *f,
         GType    type)
{
  GtkWidget *widget = find_widget (f->page, type);

  g_assert_nonnull (widget);
  return gtk_widget_get_visible (widget);
}

static double
get_x (Fixture *f)
{
  return storm_canvas_get_center (storm_board_page_get_canvas (STORM_BOARD_PAGE (f->page))).x;
}

static void
set_up (Fixture       *f,
        gconstpointer  views)
{
  g_autoptr (StormChange) change = NULL;

  f->folder = g_dir_make_tmp ("storm-present-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "board.storm", NULL);
  f->file = storm_board_file_create (f->path, NULL, NULL);
  change = storm_edit_add_sticky (storm_board_file_get_board (f->file), STORM_KIND_EVENT,
                                  (StormPoint) { 100, 100 }, "Order placed", NULL);
  g_assert_true (storm_history_do (storm_board_file_get_history (f->file), change, NULL));
  if (views != NULL)
    storm_board_file_set_setting (f->file, "views", views);
  f->window = g_object_new (GTK_TYPE_APPLICATION_WINDOW, "default-width", 1000,
                            "default-height", 700, NULL);
  f->page = storm_board_page_new (f->file);
  gtk_window_set_child (GTK_WINDOW (f->window), f->page);
  gtk_window_present (GTK_WINDOW (f->window));
  f->presenter = STORM_PRESENTER (find_widget (f->page, STORM_TYPE_PRESENTER));
  WAIT_FOR (gtk_widget_get_width (
              GTK_WIDGET (storm_board_page_get_canvas (STORM_BOARD_PAGE (f->page)))) > 0);
}

static void
tear_down (Fixture       *f,
           gconstpointer  views)
{
  gboolean on;

  g_assert_true (storm_board_page_close (STORM_BOARD_PAGE (f->page), NULL));
  g_object_get (f->page, "presenting", &on, NULL);
  g_assert_false (on);
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->file);
  g_remove (f->path);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static void
test_focus_mode (Fixture       *f,
                 gconstpointer  views)
{
  gboolean on;

  g_assert_true (is_seen (f, STORM_TYPE_PALETTE_BAR));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->presenter)));

  g_object_set (f->page, "show-outline", TRUE, "focus-mode", TRUE, NULL);
  g_assert_false (is_seen (f, STORM_TYPE_PALETTE_BAR));
  g_assert_false (is_seen (f, STORM_TYPE_ZOOM_BAR));
  g_assert_false (is_seen (f, STORM_TYPE_BOARD_HEADER));
  g_assert_false (gtk_widget_is_visible (find_widget (f->page, STORM_TYPE_OUTLINE)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->presenter)));
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 0);

  /* The way out that is to be seen. */
  g_signal_emit_by_name (f->presenter, "leave");
  g_object_get (f->page, "focus-mode", &on, NULL);
  g_assert_false (on);
  g_assert_true (is_seen (f, STORM_TYPE_PALETTE_BAR));
  g_assert_true (gtk_widget_is_visible (find_widget (f->page, STORM_TYPE_OUTLINE)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->presenter)));
  g_object_set (f->page, "show-outline", FALSE, NULL);
}

static void
test_slides (Fixture       *f,
             gconstpointer  views)
{
  gboolean on;

  g_object_set (f->page, "presenting", TRUE, NULL);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 1);
  WAIT_FOR (fabs (get_x (f) - 400) < 1);
  storm_presenter_go (f->presenter, 1);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 2);
  g_assert_cmpfloat_with_epsilon (get_x (f), 5200, 1);
  storm_presenter_go (f->presenter, 1);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 2);
  storm_presenter_go (f->presenter, -5);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 1);

  g_signal_emit_by_name (f->presenter, "leave");
  g_object_get (f->page, "presenting", &on, NULL);
  g_assert_false (on);
  g_object_get (f->page, "focus-mode", &on, NULL);
  g_assert_false (on);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 0);
}

/* Whoever presents out of the focus mode comes back to it. */
static void
test_slides_in_focus_mode (Fixture       *f,
                           gconstpointer  views)
{
  gboolean on;

  g_object_set (f->page, "focus-mode", TRUE, "presenting", TRUE, NULL);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 1);
  g_object_set (f->page, "presenting", FALSE, NULL);
  g_object_get (f->page, "focus-mode", &on, NULL);
  g_assert_true (on);
  g_object_set (f->page, "focus-mode", FALSE, NULL);
  g_assert_true (is_seen (f, STORM_TYPE_PALETTE_BAR));
}

/* A board without saved views is one slide; it may be closed while it is shown. */
static void
test_no_views (Fixture       *f,
               gconstpointer  views)
{
  g_object_set (f->page, "presenting", TRUE, NULL);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 1);
  storm_presenter_go (f->presenter, 1);
  g_assert_cmpuint (storm_presenter_get_slide (f->presenter), ==, 1);
}

static void
test_page (Fixture       *f,
           gconstpointer  views)
{
  StormCanvas *canvas = storm_board_page_get_canvas (STORM_BOARD_PAGE (f->page));
  double width = storm_canvas_get_view_rect (canvas).width;
  double x;

  storm_canvas_set_view (canvas, (StormPoint) { 0, 0 }, storm_canvas_get_zoom (canvas));
  x = get_x (f);
  gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.page", "(dd)", 1.0, 0.0);
  g_assert_cmpfloat (get_x (f) - x, >, width / 2);
  g_assert_cmpfloat (get_x (f) - x, <, width);
  gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.page", "(dd)", -1.0, 0.0);
  g_assert_cmpfloat_with_epsilon (get_x (f), x, 1);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, views, func) \
  g_test_add ("/present/" name, Fixture, views, set_up, func, tear_down)
  ADD ("focus-mode", NULL, test_focus_mode);
  ADD ("slides", VIEWS, test_slides);
  ADD ("slides-in-focus-mode", VIEWS, test_slides_in_focus_mode);
  ADD ("no-views", NULL, test_no_views);
  ADD ("page", NULL, test_page);

  return g_test_run ();
}
