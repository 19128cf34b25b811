#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <unistd.h>

#include "storm-painter.h"
#include "storm-picture-export.h"
#include "storm-trace-marker.h"
#include "../unit/storm-monitor-test.h"

/* What the window paints of a watched board and what is exported "with numbers and marks" are the
 * same, pixel by pixel. */

#define TOLERANCE 12
/* Of all pixels so many may differ more: edges that are rounded differently. */
#define MAX_DIFFERENT .0005

typedef struct
{
  StormMonitor     *monitor;
  StormTraceMarker *marker;
  StormScene       *scene;
  StormSelection   *selection;
  StormPainter     *painter;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  StormBoard *board;
  PangoContext *context;

  f->monitor = test_shop_monitor ();
  f->marker = storm_trace_marker_new (f->monitor);
  board = storm_monitor_get_board (f->monitor);
  f->scene = storm_scene_new (board, storm_painter_free_paint);
  f->selection = storm_selection_new (board);
  f->painter = storm_painter_new (f->scene, f->selection);
  context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  storm_painter_set_fonts (f->painter, context);
  g_object_unref (context);
  storm_painter_set_overlay (f->painter, storm_monitor_get_overlay (f->monitor));
  test_tell (f->monitor, "a", "Placed@0 Coffee@1 Paid@2 Paid@3", 200);
  test_tell (f->monitor, "b", "Placed@0 PayFailed@1 Canceled@2", 200);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_painter_free (f->painter);
  g_object_unref (f->scene);
  g_object_unref (f->selection);
  g_object_unref (f->marker);
  g_object_unref (f->monitor);
}

static void
choose (Fixture    *f,
        const char *key)
{
  storm_monitor_set_key (f->monitor, key);
  storm_monitor_flush (f->monitor);
  storm_painter_marks_changed (f->painter);
}

static cairo_surface_t *
paint_window (Fixture         *f,
              const StormRect *area,
              gboolean         dark)
{
  StormViewport view = { area->x, area->y, 1, area->width, area->height };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) area->width,
                                                         (int) area->height);
  cairo_t *cr = cairo_create (surface);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  storm_painter_set_style (f->painter, STORM_PALETTE_CLASSIC, dark, FALSE);
  g_assert_true (storm_painter_snapshot_base (f->painter, snapshot, &view, 1, TRUE, -1));
  storm_painter_snapshot_overlay (f->painter, snapshot, 0);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static cairo_surface_t *
paint_export (Fixture         *f,
              const StormRect *area,
              gboolean         dark,
              GPtrArray       *ids)
{
  g_autoptr (StormPicture) picture =
    storm_picture_new (storm_monitor_get_board (f->monitor), NULL, area);
  StormPictureOptions options = { .dark = dark, .scale = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  cairo_surface_t *surface;
  gboolean has_ghosts;
  StormRect ghosts;

  options.marked = storm_painter_record_marked (f->painter, area, ids, STORM_PALETTE_CLASSIC, dark,
                                                &has_ghosts, &ghosts);
  bytes = storm_picture_export_bytes (picture, STORM_PICTURE_PNG, &options, NULL, &error);
  cairo_surface_destroy (options.marked);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture),
                                        gdk_texture_get_height (texture));
  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}

static double
differ (cairo_surface_t *a,
        cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  guint n = 0;

  g_assert_cmpint (cairo_image_surface_get_width (b), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    {
      const guint8 *x_row = cairo_image_surface_get_data (a) +
                            (gsize) y * cairo_image_surface_get_stride (a);
      const guint8 *y_row = cairo_image_surface_get_data (b) +
                            (gsize) y * cairo_image_surface_get_stride (b);

      for (int x = 0; x < width; x++)
        {
          gboolean same = TRUE;

          for (int c = 0; c < 3; c++)
            same &= ABS (x_row[x * 4 + c] - y_row[x * 4 + c]) <= TOLERANCE;
          n += !same;
        }
    }
  return n / ((double) width * height);
}

static StormRect
get_area (Fixture *f)
{
  StormRect r;

  g_assert_true (storm_board_get_bounds (storm_monitor_get_board (f->monitor), &r));
  return (StormRect) { floor (r.x) - 200, floor (r.y) - 200, ceil (r.width) + 400,
                       ceil (r.height) + 400 };
}

static void
test_same (Fixture       *f,
           gconstpointer  data)
{
  StormRect area = get_area (f);

  for (guint i = 0; i < 4; i++)
    {
      cairo_surface_t *window, *export, *plain;

      choose (f, i < 2 ? "a" : "b");
      window = paint_window (f, &area, i % 2 == 1);
      export = paint_export (f, &area, i % 2 == 1, NULL);
      g_assert_cmpfloat (differ (window, export), <=, MAX_DIFFERENT);
      cairo_surface_destroy (export);

      /* Without a trace it is told apart: the comparison sees the marks. */
      choose (f, NULL);
      plain = paint_export (f, &area, i % 2 == 1, NULL);
      g_assert_cmpfloat (differ (window, plain), >, MAX_DIFFERENT);
      cairo_surface_destroy (plain);
      cairo_surface_destroy (window);
    }
}

/* The window paints as before, whatever was recorded in between. */
static void
test_leaves_no_trace (Fixture       *f,
                      gconstpointer  data)
{
  StormRect area = get_area (f);
  cairo_surface_t *before, *after;

  choose (f, "a");
  before = paint_window (f, &area, FALSE);
  cairo_surface_destroy (paint_export (f, &area, TRUE, NULL));
  after = paint_window (f, &area, FALSE);
  g_assert_cmpfloat (differ (before, after), ==, 0);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* cairo 1.16 shifts in an SVG what does not begin at nothing. */
static void
test_begin (Fixture       *f,
            gconstpointer  data)
{
  StormRect area = get_area (f);
  cairo_rectangle_t bounds;
  cairo_surface_t *surface;
  gboolean has_ghosts;
  StormRect ghosts;

  g_assert_cmpfloat (area.x, !=, 0);
  choose (f, "a");
  surface = storm_painter_record_marked (f->painter, &area, NULL, STORM_PALETTE_CLASSIC, FALSE,
                                         &has_ghosts, &ghosts);
  g_assert_true (cairo_recording_surface_get_extents (surface, &bounds));
  g_assert_cmpfloat (bounds.x, ==, 0);
  g_assert_cmpfloat (bounds.y, ==, 0);
  cairo_surface_destroy (surface);
}

/* The other formats draw it too, and as lines and letters. */
static void
assert_drawn (Fixture            *f,
              StormPictureFormat  format,
              const char         *begin)
{
  StormRect area = get_area (f);
  g_autoptr (StormPicture) picture =
    storm_picture_new (storm_monitor_get_board (f->monitor), NULL, &area);
  StormPictureOptions options = { .scale = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) marked = NULL;
  gboolean has_ghosts;
  StormRect ghosts;
  gsize len;
  const char *text;

  choose (f, "b");
  plain = storm_picture_export_bytes (picture, format, &options, NULL, &error);
  g_assert_no_error (error);
  options.marked = storm_painter_record_marked (f->painter, &area, NULL, STORM_PALETTE_CLASSIC,
                                                FALSE, &has_ghosts, &ghosts);
  marked = storm_picture_export_bytes (picture, format, &options, NULL, &error);
  cairo_surface_destroy (options.marked);
  g_assert_no_error (error);
  text = g_bytes_get_data (marked, &len);
  g_assert_cmpuint (len, >, 1000);
  g_assert_true (memcmp (text, begin, strlen (begin)) == 0);
  g_assert_false (g_bytes_equal (plain, marked));
  g_assert_null (g_strstr_len (text, (gssize) len, "data:image/png"));
}

static void
test_pdf (Fixture       *f,
          gconstpointer  data)
{
  assert_drawn (f, STORM_PICTURE_PDF, "%PDF");
}

static void
test_svg (Fixture       *f,
          gconstpointer  data)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  assert_drawn (f, STORM_PICTURE_SVG, "<?xml");
  /* Cairo 1.16 leaks each recorded drawing that is painted into an SVG: nobody is to count that,
   * and all else is still counted. */
  _exit (EXIT_SUCCESS);
}

/* Only what was asked for. */
static void
test_some (Fixture       *f,
           gconstpointer  data)
{
  StormRect area = get_area (f);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  cairo_surface_t *all, *none, *some;

  choose (f, "b");
  all = paint_export (f, &area, FALSE, NULL);
  none = paint_export (f, &area, FALSE, ids);
  g_ptr_array_add (ids, (char *) "ePayFailed");
  some = paint_export (f, &area, FALSE, ids);
  g_assert_cmpfloat (differ (all, some), >, differ (none, some));
  g_assert_cmpfloat (differ (none, some), >, MAX_DIFFERENT);
  cairo_surface_destroy (all);
  cairo_surface_destroy (none);
  cairo_surface_destroy (some);
}

static void
test_ghosts (Fixture       *f,
             gconstpointer  data)
{
  StormRect area = get_area (f);
  StormRect ghosts;
  gboolean has_ghosts = FALSE;

  choose (f, "a");
  cairo_surface_destroy (storm_painter_record_marked (f->painter, &area, NULL,
                                                      STORM_PALETTE_CLASSIC, FALSE, &has_ghosts,
                                                      &ghosts));
  g_assert_true (has_ghosts);
  g_assert_cmpfloat (ghosts.width, >, 100);
  choose (f, "b");
  cairo_surface_destroy (storm_painter_record_marked (f->painter, &area, NULL,
                                                      STORM_PALETTE_CLASSIC, FALSE, &has_ghosts,
                                                      &ghosts));
  g_assert_false (has_ghosts);
}

#define ADD(name, func) g_test_add ("/marked-picture/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("same", test_same);
  ADD ("leaves-no-trace", test_leaves_no_trace);
  ADD ("begin", test_begin);
  ADD ("pdf", test_pdf);
  ADD ("svg", test_svg);
  ADD ("some", test_some);
  ADD ("ghosts", test_ghosts);
  return g_test_run ();
}
