#include "config.h"

#include <math.h>

#include "storm-canvas-test.h"
#include "storm-edit-context.h"
#include "storm-edit-props.h"
#include "storm-fold.h"
#include "storm-layer-trace.h"
#include "storm-lod.h"
#include "storm-pixels.h"

/* Render nodes of the tree, a repeated one as often as it is drawn; glyphs if asked for. */
static guint
count_nodes (GskRenderNode *node,
             guint         *glyphs)
{
  guint n = 1;

  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        n += count_nodes (gsk_container_node_get_child (node, i), glyphs);
      break;
    case GSK_TRANSFORM_NODE:
      n += count_nodes (gsk_transform_node_get_child (node), glyphs);
      break;
    case GSK_CLIP_NODE:
      n += count_nodes (gsk_clip_node_get_child (node), glyphs);
      break;
    case GSK_ROUNDED_CLIP_NODE:
      n += count_nodes (gsk_rounded_clip_node_get_child (node), glyphs);
      break;
    case GSK_DEBUG_NODE:
      n += count_nodes (gsk_debug_node_get_child (node), glyphs);
      break;
    case GSK_TEXT_NODE:
      if (glyphs != NULL)
        *glyphs += gsk_text_node_get_num_glyphs (node);
      break;
    case GSK_COLOR_NODE:
    case GSK_BORDER_NODE:
    case GSK_CAIRO_NODE:
    case GSK_TEXTURE_NODE:
      break;
    default:
      g_error ("Unexpected node %s", g_type_name_from_instance ((GTypeInstance *) node));
    }
  return n;
}

static void
test_pixels (Fixture       *f,
             gconstpointer  data)
{
  const StormStyle *style = storm_painter_get_style (STORM_CANVAS (f->canvas)->painter);
  g_autofree char *a = add (f, 200, 200, "");
  GdkRGBA fill;

  g_assert_cmpint (style->dark, ==, data != NULL);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 20, 20, &style->paper);
  assert_pixel (f, 200, 200, &fill);
  assert_pixel (f, 138, 200, &style->paper);
  storm_selection_set_one (f->selection, a);
  assert_pixel (f, 138, 220, &style->accent);
  storm_canvas_set_palette (STORM_CANVAS (f->canvas), STORM_PALETTE_MSAEZ);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 200, 200, &fill);
  /* The same colours when it is filled by hand. */
  storm_selection_set (f->selection, NULL);
  storm_canvas_set_view (STORM_CANVAS (f->canvas), (StormPoint) { 200, 200 }, .05);
  g_assert_cmpint (storm_painter_get_lod (STORM_CANVAS (f->canvas)->painter), >=, STORM_LOD_FULL);
  assert_pixel (f, WIDTH / 2, HEIGHT / 2, &fill);
  g_assert_cmpint (storm_painter_get_lod (STORM_CANVAS (f->canvas)->painter), ==,
                   STORM_LOD_PIXELS);
  assert_pixel (f, WIDTH / 2 + 20, HEIGHT / 2, &style->paper);
}

static cairo_surface_t *
draw_base (Fixture *f,
           double   zoom,
           gboolean cairo)
{
  StormViewport view = { -100, -60, zoom, WIDTH, HEIGHT };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GskRenderNode) node = NULL;

  g_assert_true (storm_painter_snapshot_base (STORM_CANVAS (f->canvas)->painter, snapshot, &view,
                                              1, cairo, -1));
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many of all the pixels differ by more than @tolerance in a colour, in ten thousandths. */
static guint
difference (cairo_surface_t *a,
            cairo_surface_t *b,
            int              tolerance)
{
  const guchar *x = cairo_image_surface_get_data (a), *y = cairo_image_surface_get_data (b);
  guint n = 0;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    for (guint c = 0; c < 3; c++)
      if (ABS (x[4 * i + c] - y[4 * i + c]) > tolerance)
        {
          n++;
          break;
        }
  return (guint) ((guint64) n * 10000 / (WIDTH * HEIGHT));
}

/* GTK's old GL renderer gets texts as pictures: they look as they do elsewhere, above each other
 * too; while the zoom changes they may be blurred, and then are sharp. */
static void
test_pictures (Fixture       *f,
               gconstpointer  data)
{
  StormPainter *painter = STORM_CANVAS (f->canvas)->painter;
  double zooms[] = { .4, .55, 1, 2 };

  if (gtk_get_minor_version () >= 14)
    {
      g_test_skip ("this GTK draws texts well itself");
      return;
    }
  g_free (add (f, 100, 100, "Order placed"));
  g_free (add (f, 170, 150, "Payment received long ago"));
  g_free (add (f, 400, 100, "CookStarted"));
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      cairo_surface_t *expected = draw_base (f, zooms[i], TRUE);
      cairo_surface_t *rough = draw_base (f, zooms[i] * .9, FALSE);
      cairo_surface_t *zoomed = draw_base (f, zooms[i], FALSE);
      cairo_surface_t *sharp, *none;

      g_usleep (130 * 1000);
      g_assert_cmpint (storm_painter_settle (painter), ==, 0);
      g_assert_cmpint (storm_painter_settle (painter), <, 0);
      sharp = draw_base (f, zooms[i], FALSE);
      storm_painter_marks_changed (painter);
      none = draw_base (f, zooms[i], FALSE);
      g_test_message ("zoom %g: %u rough, %u sharp", zooms[i], difference (expected, zoomed, 48),
                      difference (expected, sharp, 48));
      g_assert_cmpuint (difference (expected, sharp, 48), <=, 5);
      g_assert_cmpuint (difference (expected, rough, 48), >, 100);
      g_assert_cmpuint (difference (sharp, none, 0), ==, 0);
      cairo_surface_destroy (expected);
      cairo_surface_destroy (rough);
      cairo_surface_destroy (zoomed);
      cairo_surface_destroy (sharp);
      cairo_surface_destroy (none);
    }
  /* Each picture goes with what it shows. */
  act (f, "canvas.select-all");
  act (f, "canvas.delete");
  cairo_surface_destroy (draw_base (f, 1, FALSE));
}


/* A title is what it says, whatever it looks like. */
static void
test_markup (Fixture       *f,
             gconstpointer  data)
{
  const char *titles[] = { "<b>x</b>&amp;", "%s&lt;", "</span>" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *a = add (f, 200, 200, "");
      g_autoptr (StormChange) change = NULL;
      guint without = 0, with = 0;
      g_autoptr (GskRenderNode) before = snapshot (f->canvas);
      g_autoptr (GskRenderNode) after = NULL;

      count_nodes (before, &without);
      change = storm_edit_set_text (f->board, a, STORM_PROP_TITLE, titles[i]);
      g_assert_true (storm_history_do (f->history, change, NULL));
      after = snapshot (f->canvas);
      count_nodes (after, &with);
      g_assert_cmpuint (with - without, >=, strlen (titles[i]));
      act (f, "canvas.select-all");
      act (f, "canvas.delete");
    }
}

/* Newer GTK leaves out a clip that takes nothing away. */
static GskRenderNode *
without_clip (GskRenderNode *node)
{
  return gsk_render_node_get_node_type (node) == GSK_CLIP_NODE ? gsk_clip_node_get_child (node)
                                                               : node;
}

static void
test_same_nodes (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *a = add (f, 200, 200, "a");
  g_autofree char *b = add (f, 400, 200, "b");
  g_autoptr (GskRenderNode) first = snapshot (f->canvas);
  g_autoptr (GskRenderNode) second = snapshot (f->canvas);
  g_autoptr (GskRenderNode) third = NULL;
  GskRenderNode *base[3];
  StormItem *item = storm_scene_lookup (STORM_CANVAS (f->canvas)->scene, a);
  gpointer kept;

  /* The base is one child of the clip, the rest is the chrome. */
  base[0] = without_clip (first);
  base[1] = without_clip (second);
  g_assert_true (base[0] == base[1]);

  /* A moved sticky leaves the others' nodes alone. */
  kept = item->paint;
  storm_selection_set_one (f->selection, b);
  gtk_widget_activate_action (f->canvas, "canvas.nudge", "(dd)", 10.0, 0.0);
  third = snapshot (f->canvas);
  base[2] = without_clip (third);
  g_assert_true (base[2] != base[0]);
  g_assert_true (item->paint == kept);
}

static void
fill_board (Fixture *f,
            guint    n,
            double   pitch)
{
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autofree char *previous = NULL;
  guint columns = (guint) sqrt (n);

  for (guint i = 0; i < n; i++)
    {
      GVariantDict props, flow;
      const char *id;

      g_variant_dict_init (&props, NULL);
      g_variant_dict_insert (&props, "title", "s", "Order placed again");
      g_variant_dict_insert (&props, "rect", "(dddd)", i % columns * pitch, i / columns * pitch,
                             120.0, 120.0);
      id = storm_change_insert (change, STORM_OBJECT_STICKY, NULL, g_variant_dict_end (&props));
      if (previous != NULL)
        {
          g_variant_dict_init (&flow, NULL);
          g_variant_dict_insert (&flow, "from", "s", previous);
          g_variant_dict_insert (&flow, "to", "s", id);
          storm_change_insert (change, STORM_OBJECT_FLOW, NULL, g_variant_dict_end (&flow));
        }
      g_free (previous);
      previous = g_strdup (id);
    }
  g_assert_true (storm_history_do (f->history, change, NULL));
}

/* GTK 4.8's GL renderer aborts the process beyond its limit: at no zoom, however crowded. */
static void
test_ceiling (Fixture       *f,
              gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);

  fill_board (f, 50000, 160);
  act (f, "canvas.select-all");
  storm_canvas_zoom_to_fit (canvas);
  for (double zoom = storm_canvas_get_zoom (canvas); zoom <= 4; zoom = storm_zoom_step (zoom, 4))
    {
      g_autoptr (GskRenderNode) node = NULL;
      guint n;

      storm_canvas_set_view (canvas, (StormPoint) { 8000, 8000 }, zoom);
      node = snapshot (f->canvas);
      n = count_nodes (node, NULL);
      g_test_message ("zoom %.3f: %u nodes", zoom, n);
      g_assert_cmpuint (n, <, STORM_NODE_CEILING);
      if (zoom >= STORM_ZOOM_MAX)
        break;
    }
}

static void
test_ceiling_heap (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (GskRenderNode) node = NULL;

  /* All in one heap, at full size. */
  fill_board (f, 20000, 1);
  act (f, "canvas.select-all");
  storm_canvas_set_view (STORM_CANVAS (f->canvas), (StormPoint) { 100, 100 }, 1);
  node = snapshot (f->canvas);
  g_assert_cmpuint (count_nodes (node, NULL), <, STORM_NODE_CEILING);
}

/* The line of a selected flow is another, but not through its words. */
static void
test_flow_label (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 200, "a");
  g_autofree char *b = add (f, 600, 200, "b");
  g_autoptr (StormChange) connect = NULL, say = NULL;
  g_autoptr (GskRenderNode) plain = NULL, selected = NULL;
  g_autofree char *id = NULL;
  StormPoint middle, beside;

  connect = storm_edit_connect (f->board, a, b, &id);
  g_assert_true (storm_history_do (f->history, connect, NULL));
  say = storm_edit_set_text (f->board, id, STORM_PROP_LABEL, "as soon as it is paid");
  g_assert_true (storm_history_do (f->history, say, NULL));
  storm_canvas_set_view (STORM_CANVAS (f->canvas), (StormPoint) { 350, 200 }, 1);
  middle = storm_viewport_to_screen (&STORM_CANVAS (f->canvas)->view, (StormPoint) { 350, 200 });
  beside = storm_viewport_to_screen (&STORM_CANVAS (f->canvas)->view, (StormPoint) { 200, 200 });
  plain = snapshot (f->canvas);
  storm_selection_set_one (f->selection, id);
  selected = snapshot (f->canvas);

  g_assert_cmphex (pixel (plain, (int) beside.x, (int) beside.y), !=,
                   pixel (selected, (int) beside.x, (int) beside.y));
  for (int x = -20; x <= 20; x++)
    g_assert_cmphex (pixel (plain, (int) middle.x + x, (int) middle.y), ==,
                     pixel (selected, (int) middle.x + x, (int) middle.y));
}

static void
test_picture (Fixture       *f,
              gconstpointer  data)
{
  const StormStyle *style = storm_painter_get_style (STORM_CANVAS (f->canvas)->painter);
  g_autofree char *a = add (f, 5000, 5000, "");
  g_autoptr (GdkTexture) picture = NULL;
  g_autofree guint32 *data32 = g_new (guint32, 200 * 120);
  GdkRGBA fill;

  storm_selection_set_one (f->selection, a);
  picture = storm_canvas_render_picture (STORM_CANVAS (f->canvas), 200, 120);
  g_assert_cmpint (gdk_texture_get_width (picture), ==, 200);
  gdk_texture_download (picture, (guchar *) data32, 200 * 4);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  g_assert_cmphex (data32[60 * 200 + 100], ==,
                   storm_pixels_color (fill.red, fill.green, fill.blue));
  g_assert_cmphex (data32[2 * 200 + 2], ==,
                   storm_pixels_color (style->paper.red, style->paper.green, style->paper.blue));
  /* It changes nothing of the view. */
  assert_pixel (f, 20, 20, &style->paper);
}

static void
test_overlay (Fixture       *f,
              gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  const StormStyle *style = storm_painter_get_style (canvas->painter);
  g_autofree char *a = add (f, 200, 200, "OrderPlaced");
  g_autofree char *b = add (f, 500, 200, "OrderCanceled");
  g_autoptr (StormMonitor) monitor = storm_monitor_new (f->board);
  g_autofree char *activated = NULL;
  GdkRGBA fill;

  storm_canvas_set_overlay (canvas, storm_monitor_get_overlay (monitor));
  take_event (monitor, "OrderPlaced", 0);
  storm_monitor_set_key (monitor, "7");
  storm_monitor_flush (monitor);
  g_assert_true (storm_overlay_has_key (storm_monitor_get_overlay (monitor)));

  /* Lit: a rim and a number at the corner; the other one is dimmed. */
  assert_pixel (f, 141, 230, &style->lit);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 200, 240, &fill);
  fill = storm_style_mix (&fill, &style->paper, style->dim.alpha);
  assert_pixel (f, 500, 240, &fill);
  g_assert_nonnull (storm_painter_badge_at (canvas->painter, (StormPoint) { 139, 137 }));

  storm_canvas_a11y_update (canvas);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (g_hash_table_lookup (canvas->proxies, a)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "number 1, provisional");
  g_signal_connect_swapped (canvas, "sticky-activated", G_CALLBACK (on_activated), &activated);
  g_signal_emit_by_name (controller (f, GTK_TYPE_GESTURE_DRAG), "drag-begin", 139.0, 137.0);
  g_assert_cmpstr (activated, ==, a);

  /* From afar the number stays; of two that would lie over each other the newer one. */
  for (guint i = 0; i < 2; i++)
    {
      StormPoint corner = { WIDTH / 2 - (i == 0 ? 9 : 3), HEIGHT / 2 - (i == 0 ? 9 : 3) };

      storm_canvas_set_view (canvas, (StormPoint) { 200, 200 }, i == 0 ? .15 : .05);
      assert_pixel (f, (int) corner.x - 5, (int) corner.y, &style->pill);
      g_assert_cmpint (storm_painter_get_lod (canvas->painter), ==,
                       i == 0 ? STORM_LOD_RECT : STORM_LOD_PIXELS);
      g_assert_true (storm_painter_badge_at (canvas->painter, corner) ==
                     storm_scene_lookup (canvas->scene, a));
    }
  take_event (monitor, "OrderCanceled", 1);
  storm_monitor_flush (monitor);
  assert_pixel (f, WIDTH / 2 + 15 - 8, HEIGHT / 2 - 3, &style->pill);
  g_assert_true (storm_painter_badge_at (canvas->painter,
                                         (StormPoint) { WIDTH / 2 + 15 - 3, HEIGHT / 2 - 3 }) ==
                 storm_scene_lookup (canvas->scene, b));
  g_assert_null (storm_painter_badge_at (canvas->painter,
                                         (StormPoint) { WIDTH / 2 - 9, HEIGHT / 2 - 3 }));
  storm_canvas_set_view (canvas, (StormPoint) { WIDTH / 2, HEIGHT / 2 }, 1);

  storm_canvas_set_overlay (canvas, NULL);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 500, 240, &fill);
}

static void
ghost_free (gpointer data)
{
  StormGhost *ghost = data;

  g_free (ghost->name);
  g_free (ghost->after_id);
  g_free (ghost);
}

static StormTraceMarks *
make_marks (const char *expected,
            const char *after)
{
  StormTraceMarks *marks = g_new0 (StormTraceMarks, 1);
  StormGhost *ghost = g_new0 (StormGhost, 1);

  *ghost = (StormGhost) { g_strdup ("Coffee"), g_strdup (after), 42, 2, 1 };
  marks->stickies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  marks->ghosts = g_ptr_array_new_with_free_func (ghost_free);
  g_ptr_array_add (marks->ghosts, ghost);
  g_hash_table_insert (marks->stickies, g_strdup (expected),
                       GUINT_TO_POINTER (STORM_MARK_EXPECTED | STORM_MARK_OVERDUE));
  return marks;
}

static void
on_event_activated (guint *row,
                    guint  activated)
{
  *row = activated;
}

/* A context around the sticky @id, which is seen as @card then. */
static void
collapse_around (Fixture    *f,
                 const char *id,
                 StormRect  *card)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *context = NULL;
  g_autoptr (StormChange) around = NULL;
  g_autoptr (StormChange) collapse = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (ids, (gpointer) id);
  around = storm_edit_add_context_around (f->board, ids, "Shop", &context);
  g_assert_true (storm_history_do (f->history, around, &error));
  g_ptr_array_set_size (ids, 0);
  g_ptr_array_add (ids, context);
  collapse = storm_edit_set_collapsed (f->board, ids, TRUE);
  g_assert_true (storm_history_do (f->history, collapse, &error));
  *card = storm_context_get_shown (storm_board_lookup_context (f->board, context));
}

/* What should come is outlined and not dimmed; what isn't on the board stands where it came. */
static void
test_marks (Fixture       *f,
            gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  const StormStyle *style = storm_painter_get_style (canvas->painter);
  g_autofree char *a = add (f, 200, 200, "OrderPlaced");
  g_autofree char *b = add (f, 500, 200, "OrderPaid");
  g_autoptr (StormMonitor) monitor = storm_monitor_new (f->board);
  StormOverlay *overlay = storm_monitor_get_overlay (monitor);
  StormTraceMarks *marks = make_marks (b, a);
  StormRect card;
  guint row = 0;
  GdkRGBA fill;

  storm_canvas_set_overlay (canvas, overlay);
  take_event (monitor, "OrderPlaced", 0);
  storm_monitor_set_key (monitor, "7");
  storm_overlay_set_trace_marks (overlay, marks);

  assert_pixel (f, 436, 136, &style->wrong);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 500, 240, &fill);
  assert_pixel (f, 251, 276, &style->odd);
  g_assert_null (storm_painter_ghost_at (canvas->painter, (StormPoint) { 200, 200 }));
  g_assert_nonnull (storm_painter_ghost_at (canvas->painter, (StormPoint) { 245, 350 }));

  storm_canvas_a11y_update (canvas);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (g_hash_table_lookup (canvas->proxies, b)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "overdue");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (g_hash_table_lookup (canvas->proxies, a)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "number 1, provisional; then Coffee came, number 2, which "
                                       "is not on the board");
  g_signal_connect_swapped (canvas, "event-activated", G_CALLBACK (on_event_activated), &row);
  g_signal_emit_by_name (controller (f, GTK_TYPE_GESTURE_DRAG), "drag-begin", 200.0, 300.0);
  g_assert_cmpuint (row, ==, 42);

  collapse_around (f, a, &card);
  assert_pixel (f, 500, 240, &fill);
  g_assert_null (storm_painter_ghost_at (canvas->painter, (StormPoint) { 245, 350 }));
  g_assert_nonnull (storm_painter_ghost_at (canvas->painter, (StormPoint) {
                      card.x + 50, card.y + card.height + 40 }));

  storm_overlay_set_trace_marks (overlay, NULL);
  assert_pixel (f, 436, 136, &style->paper);
  g_assert_null (storm_painter_ghost_at (canvas->painter, (StormPoint) { 200, 300 }));
}

/* Lines each 20 units, every fifth clearer; from afar only these, never in a picture. */
static void
test_grid (Fixture       *f,
           gconstpointer  data)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);
  const StormStyle *style = storm_painter_get_style (self->painter);
  GdkRGBA faint = storm_style_mix (&style->paper, &style->frame, .13f);
  GdkRGBA clear = storm_style_mix (&style->paper, &style->frame, .3f);

  assert_pixel (f, 40, 33, &style->paper);
  storm_canvas_set_show_grid (self, TRUE);
  assert_pixel (f, 40, 33, &faint);
  assert_pixel (f, 41, 33, &style->paper);
  assert_pixel (f, 33, 60, &faint);
  assert_pixel (f, 100, 33, &clear);
  storm_canvas_set_view (self, (StormPoint) { 0, 0 }, .25);
  g_assert_cmpfloat (storm_lod_grid_step (.25), ==, 100);
  assert_pixel (f, WIDTH / 2 + 25, HEIGHT / 2 + 7, &faint);
  assert_pixel (f, WIDTH / 2 + 5, HEIGHT / 2 + 7, &style->paper);
  storm_canvas_set_show_grid (self, FALSE);
  assert_pixel (f, WIDTH / 2 + 25, HEIGHT / 2 + 7, &style->paper);
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  ADD ("pixels/light", test_pixels);
  ADD ("pictures", test_pictures);
  g_test_add ("/canvas/pixels/dark", Fixture, "dark", set_up, test_pixels, tear_down);
  ADD ("markup", test_markup);
  ADD ("same-nodes", test_same_nodes);
  ADD ("flow-label", test_flow_label);
  ADD ("ceiling/fit", test_ceiling);
  ADD ("ceiling/heap", test_ceiling_heap);
  ADD ("picture", test_picture);
  ADD ("overlay", test_overlay);
  ADD ("marks", test_marks);
  ADD ("grid", test_grid);
  return g_test_run ();
}
