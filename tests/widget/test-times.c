#include "config.h"

#include "storm-canvas-test.h"
#include "storm-clock-words.h"
#include "storm-heat-legend.h"
#include "storm-inspector.h"
#include "storm-times-group.h"
#include "../unit/storm-rule-test.h"
#include "../unit/storm-trace-test.h"

/* Where flows stand on the board of the tests: two events, 400 units of flow between each. */
#define FLOW_Y 300

typedef struct
{
  Fixture         canvas;
  StormMonitor   *monitor;
  StormFlowTimes *times;
} Watch;

static void
place (Watch      *w,
       const char *id,
       double      x)
{
  storm_test_set (w->canvas.board, id, STORM_PROP_RECT,
                  g_variant_new ("(dddd)", x, FLOW_Y - 60., 120., 120.));
}

static void
tell (Watch      *w,
      const char *type,
      const char *key,
      gint64      ms)
{
  StormEventLog *log = storm_monitor_get_log (w->monitor);
  TestEvent event = { type, key, NULL, ms, 0, storm_event_log_get_n (log) };
  g_autoptr (StormBatch) batch = test_batch (storm_monitor_get_strings (w->monitor), &event, 1);

  storm_monitor_take (w->monitor, batch);
  storm_monitor_flush (w->monitor);
  storm_conformance_settle (storm_monitor_get_conformance (w->monitor), AT (0));
  storm_flow_times_update (w->times, TRUE);
}

static void
watch_set_up (Watch         *w,
              gconstpointer  data)
{
  set_up (&w->canvas, data);
  test_chains (w->canvas.board, "eA>pX>eB");
  place (w, "eA", 0);
  place (w, "pX", 320);
  place (w, "eB", 640);
  w->monitor = storm_monitor_new (w->canvas.board);
  w->times = storm_flow_times_new (w->monitor);
  storm_canvas_set_overlay (STORM_CANVAS (w->canvas.canvas),
                            storm_monitor_get_overlay (w->monitor));
  storm_canvas_set_times (STORM_CANVAS (w->canvas.canvas), w->times);
}

static void
watch_tear_down (Watch         *w,
                 gconstpointer  data)
{
  tear_down (&w->canvas, data);
  g_assert_finalize_object (w->times);
  g_assert_finalize_object (w->monitor);
}

/* What is drawn of times: above the flow, in a box around the middle of the run at @x. */
static guint
count_label (Watch  *w,
             double  x)
{
  StormPainter *painter = STORM_CANVAS (w->canvas.canvas)->painter;
  StormViewport view = { 0, 0, 1, WIDTH, HEIGHT };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GtkSnapshot *rest = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) base = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const guint8 *data;
  guint n = 0;

  storm_painter_snapshot_base (painter, rest, &view, 1, FALSE, -1);
  base = gtk_snapshot_free_to_node (rest);
  storm_painter_snapshot_overlay (painter, snapshot, 0);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = FLOW_Y - 8; y < FLOW_Y + 8; y++)
    for (int i = (int) x - 30; i < (int) x + 30; i++)
      n += data[y * cairo_image_surface_get_stride (surface) + i * 4 + 3] > 0;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return n;
}

static void
test_labels (Watch         *w,
             gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (w->canvas.canvas);

  g_assert_cmpuint (count_label (w, 220), ==, 0);
  tell (w, "A", "1", 0);
  tell (w, "B", "1", 2000);
  /* Of the two flows of the way one shows the figures. */
  g_assert_cmpuint (count_label (w, 220) + count_label (w, 540), >, 100);
  g_assert_true (count_label (w, 220) == 0 || count_label (w, 540) == 0);
  storm_canvas_set_show_times (canvas, FALSE);
  g_assert_cmpuint (count_label (w, 220) + count_label (w, 540), ==, 0);
  storm_canvas_set_show_times (canvas, TRUE);
  storm_monitor_set_key (w->monitor, "1");
  g_assert_cmpuint (count_label (w, 220) + count_label (w, 540), >, 100);
  /* A trace that did not come by. */
  storm_monitor_set_key (w->monitor, "2");
  g_assert_cmpuint (count_label (w, 220) + count_label (w, 540), ==, 0);
  storm_monitor_set_key (w->monitor, NULL);
  storm_canvas_set_times (canvas, NULL);
  g_assert_cmpuint (count_label (w, 220) + count_label (w, 540), ==, 0);
}

static void
count_times_cb (guint *n)
{
  (*n)++;
}

/* A click on the times of a flow selects it; elsewhere on the flow it is as ever. */
static void
test_click (Watch         *w,
            gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (w->canvas.canvas);
  GPtrArray *ids;
  guint n = 0;
  double x;

  g_signal_connect_swapped (canvas, "times-activated", G_CALLBACK (count_times_cb), &n);
  tell (w, "A", "1", 0);
  tell (w, "B", "1", 2000);
  x = count_label (w, 220) > 0 ? 220 : 540;
  g_assert_false (storm_canvas_press_times (canvas, (StormPoint) { x, FLOW_Y - 100 }));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (storm_canvas_press_times (canvas, (StormPoint) { x, FLOW_Y }));
  g_assert_cmpuint (n, ==, 1);
  ids = storm_selection_get_ids (canvas->selection);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, x < 400 ? "eA>pX" : "pX>eB");
  /* What has moved since is not hit where it was. */
  place (w, "pX", 330);
  g_assert_false (storm_canvas_press_times (canvas, (StormPoint) { x, FLOW_Y }));
}

/* A screen reader says with a sticky how long its flows take. */
static void
test_spoken (Watch         *w,
             gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (w->canvas.canvas);
  StormFlow *first = storm_board_lookup_flow (w->canvas.board, "eA>pX");
  StormFlow *second = storm_board_lookup_flow (w->canvas.board, "pX>eB");
  g_autofree char *none = storm_canvas_dup_times (canvas, first);
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  g_autofree char *words = NULL;

  g_assert_null (none);
  tell (w, "A", "1", 0);
  tell (w, "B", "1", 2000);
  all = storm_canvas_dup_times (canvas, first);
  if (all == NULL)
    all = storm_canvas_dup_times (canvas, second);
  g_assert_nonnull (all);
  g_assert_true (g_str_has_prefix (all, "1 time, half within 2.0 s"));
  storm_monitor_set_key (w->monitor, "1");
  storm_flow_times_update (w->times, TRUE);
  one = storm_canvas_dup_times (canvas, first);
  if (one == NULL)
    one = storm_canvas_dup_times (canvas, second);
  g_assert_cmpstr (one, ==, "2.0 s");
  words = storm_canvas_dup_words (canvas, storm_scene_lookup (canvas->scene, "eA"));
  if (storm_flow_times_get_spans (w->times, "eA>pX") != NULL)
    g_assert_nonnull (strstr (words, "leads to X (2.0 s)"));
  else
    g_assert_nonnull (strstr (words, "leads to X"));
}

/* A label does not hide a sticky, and is not squeezed between two. */
static void
test_no_room (Watch         *w,
              gconstpointer  data)
{
  place (w, "pX", 140);
  place (w, "eB", 280);
  tell (w, "A", "1", 0);
  tell (w, "B", "1", 2000);
  g_assert_nonnull (storm_flow_times_get_stats (w->times, "eA>pX"));
  g_assert_cmpuint (count_label (w, 130), ==, 0);
  g_assert_cmpuint (count_label (w, 270), ==, 0);
}

static void
test_heat (Watch         *w,
           gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (w->canvas.canvas);
  const StormStyle *style = storm_painter_get_style (canvas->painter);
  GdkRGBA middle = storm_style_rgba (style->colors.heat[STORM_N_HEATS / 2]);

  storm_canvas_set_view (canvas, (StormPoint) { WIDTH / 2, HEIGHT / 2 }, 1);
  storm_canvas_set_show_times (canvas, FALSE);
  storm_canvas_set_heat (canvas, STORM_HEAT_COUNT);
  assert_pixel (&w->canvas, 220, FLOW_Y, &style->flow);
  tell (w, "A", "1", 0);
  tell (w, "B", "1", 2000);
  /* There is but one figure, which is neither small nor large. */
  assert_pixel (&w->canvas, 220, FLOW_Y, &middle);
  storm_canvas_set_heat (canvas, STORM_HEAT_P95);
  assert_pixel (&w->canvas, 220, FLOW_Y, &middle);
  storm_canvas_set_heat (canvas, STORM_HEAT_OFF);
  assert_pixel (&w->canvas, 220, FLOW_Y, &style->flow);
}

static void
collect_text (GtkWidget *widget,
              GString   *out)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (out, "%s%s", out->len > 0 ? " | " : "",
                            gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_text (child, out);
}

#define assert_text(widget, expected) \
  G_STMT_START { \
    g_autoptr (GString) text_ = g_string_new (NULL); \
    collect_text (GTK_WIDGET (widget), text_); \
    g_assert_cmpstr (text_->str, ==, expected); \
  } G_STMT_END

static void
test_legend (Watch         *w,
             gconstpointer  data)
{
  g_autoptr (GtkWidget) legend =
    g_object_ref_sink (storm_heat_legend_new (STORM_CANVAS (w->canvas.canvas)));
  g_autofree char *heat = NULL;

  storm_heat_legend_set_times (STORM_HEAT_LEGEND (legend), w->times);
  g_assert_false (gtk_widget_get_visible (legend));
  g_object_set (legend, "heat", "count", NULL);
  /* There is nothing to tell yet. */
  g_assert_false (gtk_widget_get_visible (legend));
  tell (w, "A", "1", 0);
  tell (w, "B", "1", 2000);
  assert_text (legend, "How often each flow was taken |  | 1 case");
  tell (w, "A", "2", 20000);
  tell (w, "B", "2", 22000);
  assert_text (legend, "How often each flow was taken |  | 2 cases");
  g_object_set (legend, "heat", "p95", NULL);
  assert_text (legend, "95 of 100 cases done within |  | 2.0 s");
  /* What is no such word changes nothing. */
  g_object_set (legend, "heat", "boiling", NULL);
  g_object_get (legend, "heat", &heat, NULL);
  g_assert_cmpstr (heat, ==, "p95");
  storm_heat_legend_set_times (STORM_HEAT_LEGEND (legend), NULL);
  g_assert_false (gtk_widget_get_visible (legend));
}

static void
test_inspector (Watch         *w,
                gconstpointer  data)
{
  GtkWidget *inspector = g_object_ref_sink (storm_inspector_new (w->canvas.history,
                                                                 w->canvas.selection));
  StormTimesGroup *group = STORM_TIMES_GROUP (
    gtk_widget_get_template_child (inspector, STORM_TYPE_INSPECTOR, "times_group"));
  g_autoptr (GString) text = NULL;

  storm_times_group_set_times (group, w->times);
  storm_selection_set_one (w->canvas.selection, "eA>pX");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (group)));
  tell (w, "A", "1", 0);
  tell (w, "B", "1", 2000);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (group)));
  text = g_string_new (NULL);
  collect_text (GTK_WIDGET (group), text);
  g_assert_nonnull (strstr (text->str, "95 of 100 cases within (p95) | 2.0 s"));
  g_assert_null (strstr (text->str, "In the chosen trace"));

  storm_test_set (w->canvas.board, "eA>pX", STORM_PROP_TARGET,
                  g_variant_new_int64 (STORM_TIME_SECOND));
  storm_flow_times_update (w->times, TRUE);
  storm_selection_set (w->canvas.selection, NULL);
  storm_selection_set_one (w->canvas.selection, "eA>pX");
  g_string_truncate (text, 0);
  collect_text (GTK_WIDGET (group), text);
  g_assert_nonnull (strstr (text->str, "longer than the target of 1.0 s"));

  storm_selection_set_one (w->canvas.selection, "eA");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (group)));
  storm_times_group_set_times (group, NULL);
  g_assert_finalize_object (inspector);
}

/* The words for a time that goes backwards. */
static void
test_clock_words (Watch         *w,
                  gconstpointer  data)
{
  g_autoptr (StormClocks) clocks = storm_clocks_new (w->monitor);
  g_autofree char *words = NULL;
  g_autofree char *other = NULL;
  gboolean is_skew = FALSE;

  tell (w, "A", "1", 3600 * 1000);
  tell (w, "B", "1", 2000);
  tell (w, "A", "2", 0);
  tell (w, "B", "2", 1000);
  words = storm_clock_words_backwards (clocks, w->monitor, 1, &is_skew);
  g_assert_nonnull (words);
  g_assert_true (is_skew);
  g_assert_nonnull (strstr (words, "59 min before A"));
  g_assert_nonnull (strstr (words, "the clock of shop was set back"));
  other = storm_clock_words_backwards (clocks, w->monitor, 3, &is_skew);
  g_assert_null (other);
  /* From one producer they can't be a matter of two clocks. */
  storm_clocks_update (clocks);
  g_assert_false (storm_clocks_has_skew (clocks));
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  g_test_add ("/times/labels", Watch, NULL, watch_set_up, test_labels, watch_tear_down);
  g_test_add ("/times/click", Watch, NULL, watch_set_up, test_click, watch_tear_down);
  g_test_add ("/times/spoken", Watch, NULL, watch_set_up, test_spoken, watch_tear_down);
  g_test_add ("/times/no-room", Watch, NULL, watch_set_up, test_no_room, watch_tear_down);
  g_test_add ("/times/heat", Watch, NULL, watch_set_up, test_heat, watch_tear_down);
  g_test_add ("/times/heat-dark", Watch, GINT_TO_POINTER (1), watch_set_up, test_heat,
              watch_tear_down);
  g_test_add ("/times/legend", Watch, NULL, watch_set_up, test_legend, watch_tear_down);
  g_test_add ("/times/inspector", Watch, NULL, watch_set_up, test_inspector, watch_tear_down);
  g_test_add ("/times/clock-words", Watch, NULL, watch_set_up, test_clock_words,
              watch_tear_down);
  return g_test_run ();
}
