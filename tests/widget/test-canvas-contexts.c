#include "config.h"

#include "storm-canvas-test.h"

#include <math.h>

#include "storm-edit-context.h"
#include "storm-edit-props.h"
#include "storm-minimap.h"
#include "../unit/storm-test.h"

/* Contexts, cards, swimlanes and pivotal events on the canvas; and the minimap. */

static void
join (Fixture    *f,
      const char *id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (char *) id);
  storm_test_run (f->history, storm_edit_join (f->board, ids));
}

static char *
add_context (Fixture         *f,
             const StormRect *rect,
             const char      *title)
{
  char *id;

  storm_test_run (f->history, storm_edit_add_context (f->board, rect, title, &id));
  return id;
}

static void
fold (Fixture    *f,
      const char *id,
      gboolean    collapsed)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (char *) id);
  storm_test_run (f->history, storm_edit_fold_contexts (f->board, ids, collapsed));
}

/* A card shows how many events what it stands for had, and the latest number; that leads to the
 * sticky which has it. */
static void
test_sum (Fixture       *f,
          gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  const StormRect rect = { 80, 80, 480, 240 };
  g_autofree char *context = add_context (f, &rect, "Shop");
  g_autofree char *a = add (f, 200, 200, "OrderPlaced");
  g_autofree char *b = add (f, 400, 200, "OrderPaid");
  g_autofree char *out = add (f, 700, 450, "OrderShipped");
  g_autoptr (StormMonitor) monitor = storm_monitor_new (f->board);
  StormOverlay *overlay = storm_monitor_get_overlay (monitor);
  g_autofree char *activated = NULL;
  const StormOverlaySticky *info;
  StormOverlaySticky sum;
  StormPoint badge;
  StormItem *card;

  join (f, a);
  join (f, b);
  fold (f, context, TRUE);
  card = storm_scene_lookup (canvas->scene, context);
  g_assert_nonnull (card->card);
  storm_canvas_set_overlay (canvas, overlay);
  g_assert_null (storm_overlay_get_item (overlay, card, &sum));
  g_assert_null (storm_overlay_get_latest (overlay, card));

  take_event (monitor, "OrderPlaced", 0);
  take_event (monitor, "OrderPaid", 1);
  take_event (monitor, "OrderPlaced", 2);
  take_event (monitor, "OrderShipped", 3);
  storm_monitor_set_key (monitor, "7");
  storm_monitor_flush (monitor);
  info = storm_overlay_get_item (overlay, card, &sum);
  g_assert_true (info == &sum);
  g_assert_cmpuint (sum.count, ==, 3);
  g_assert_cmpuint (sum.latest_n, ==, 3);
  g_assert_true (sum.lit);
  g_assert_cmpstr (storm_overlay_get_latest (overlay, card), ==, a);
  g_assert_cmpstr (storm_overlay_get_latest (overlay, storm_scene_lookup (canvas->scene, out)), ==,
                   out);

  gsk_render_node_unref (snapshot (f->canvas));
  badge = storm_viewport_to_screen (&canvas->view, (StormPoint) { card->rect.x, card->rect.y });
  g_assert_true (storm_painter_badge_at (canvas->painter, badge) == card);
  g_signal_connect_swapped (canvas, "sticky-activated", G_CALLBACK (on_activated), &activated);
  g_signal_emit_by_name (controller (f, GTK_TYPE_GESTURE_DRAG), "drag-begin", badge.x, badge.y);
  g_assert_cmpstr (activated, ==, a);
}

/* What a card hides comes to light when it is gone to; a board that can't be changed shows the
 * card. */
static void
test_reveal (Fixture       *f,
             gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  const StormRect far_away = { 5000, 5000, 480, 240 };
  g_autofree char *context = add_context (f, &far_away, "Kitchen");
  g_autofree char *a = add (f, 5200, 5120, "Cooked");
  StormContext *object = storm_board_lookup_context (f->board, context);
  g_autofree char *said = NULL;
  StormRect seen;

  join (f, a);
  fold (f, context, TRUE);
  storm_canvas_set_view (canvas, (StormPoint) { 0, 0 }, 1);
  g_signal_connect_swapped (canvas, "done", G_CALLBACK (on_activated), &said);

  storm_history_set_read_only (f->history, TRUE);
  storm_canvas_reveal (canvas, a);
  g_assert_true (storm_context_get_collapsed (object));
  seen = storm_canvas_get_view_rect (canvas);
  g_assert_true (storm_rect_contains (&seen, far_away.x + 10, far_away.y + 10));

  storm_history_set_read_only (f->history, FALSE);
  storm_canvas_set_view (canvas, (StormPoint) { 0, 0 }, 1);
  storm_canvas_reveal (canvas, a);
  g_assert_false (storm_context_get_collapsed (object));
  g_assert_cmpstr (said, ==, "“Kitchen” was expanded");
  seen = storm_canvas_get_view_rect (canvas);
  g_assert_true (storm_rect_encloses (&seen,
                                      storm_sticky_get_rect (storm_board_lookup_sticky (f->board,
                                                                                        a))));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_true (storm_context_get_collapsed (object));
}

/* An action that can't be done does nothing. */
static void
check_idle (Fixture    *f,
            const char *action)
{
  g_autofree char *before = g_strdup (storm_history_get_undo_label (f->history));

  gtk_widget_activate_action (f->canvas, action, NULL);
  g_assert_cmpstr (storm_history_get_undo_label (f->history), ==, before);
}

/* Each is there when something can be done with it, does it in one step, and is taken back. */
static void
test_actions (Fixture       *f,
              gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 200, 200, "Paid");
  StormSticky *sticky = storm_board_lookup_sticky (f->board, a);
  const StormRect rect = { 500, 500, 300, 200 };
  g_autoptr (StormContext) lane = NULL;
  g_autofree char *id = NULL;
  GListModel *contexts = storm_board_get_contexts (f->board);

  check_idle (f, "canvas.mark-pivotal");
  storm_selection_set_one (f->selection, a);
  check_idle (f, "canvas.unmark-pivotal");
  act (f, "canvas.mark-pivotal");
  g_assert_true (storm_sticky_get_pivotal (sticky));
  check_idle (f, "canvas.mark-pivotal");
  act (f, "canvas.unmark-pivotal");
  g_assert_false (storm_sticky_get_pivotal (sticky));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_true (storm_sticky_get_pivotal (sticky));

  act (f, "canvas.add-swimlane");
  storm_canvas_end_edit (canvas, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (contexts), ==, 1);
  lane = g_list_model_get_item (contexts, 0);
  g_assert_cmpint (storm_context_get_kind (lane), ==, STORM_CONTEXT_SWIMLANE);
  /* Only bounded contexts have cards. */
  storm_selection_set_one (f->selection, storm_object_get_id (STORM_OBJECT (lane)));
  check_idle (f, "canvas.collapse-context");
  g_assert_false (storm_context_get_collapsed (lane));

  id = add_context (f, &rect, "Till");
  storm_selection_set_one (f->selection, id);
  check_idle (f, "canvas.expand-context");
  act (f, "canvas.collapse-context");
  g_assert_true (storm_context_get_collapsed (storm_board_lookup_context (f->board, id)));
  check_idle (f, "canvas.collapse-context");
  act (f, "canvas.expand-context");
  g_assert_false (storm_context_get_collapsed (storm_board_lookup_context (f->board, id)));
}

/* A screen reader hears where a sticky lies, and what a card stands for. */
static void
test_words (Fixture       *f,
            gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  const StormRect outer = { 20, 20, 700, 500 }, inner = { 80, 80, 480, 300 };
  g_autofree char *shop = add_context (f, &outer, "Shop");
  g_autofree char *till = add_context (f, &inner, "Till");
  g_autofree char *a = add (f, 200, 220, "Paid");
  GtkAccessible *proxy;

  join (f, till);
  join (f, a);
  storm_canvas_a11y_update (canvas);
  proxy = g_hash_table_lookup (canvas->proxies, a);
  g_assert_nonnull (proxy);
  gtk_test_accessible_assert_property (proxy, GTK_ACCESSIBLE_PROPERTY_LABEL, "Event: Paid");
  gtk_test_accessible_assert_property (proxy, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "in Till, in Shop");

  fold (f, till, TRUE);
  storm_canvas_a11y_update (canvas);
  g_assert_null (g_hash_table_lookup (canvas->proxies, a));
  proxy = g_hash_table_lookup (canvas->proxies, till);
  g_assert_nonnull (proxy);
  gtk_test_accessible_assert_property (proxy, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Collapsed context: Till");
  gtk_test_accessible_assert_property (proxy, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1 sticky; in Shop");
}

/* Of several ways the one that was taken is told below where it leads, until something else is
 * selected. */
static void
test_way (Fixture       *f,
          gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 100, 300, "A");
  g_autofree char *b = add (f, 400, 100, "B");
  g_autofree char *c = add (f, 400, 400, "C");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  storm_test_run (f->history, storm_edit_connect (f->board, a, b, &first));
  storm_test_run (f->history, storm_edit_connect (f->board, a, c, &second));
  storm_selection_set_one (f->selection, a);
  g_assert_true (gtk_widget_activate_action (f->canvas, "canvas.follow", "s", "right"));
  g_assert_cmpstr (canvas->way_at, ==, b);
  g_assert_cmpstr (canvas->way_words, ==, "1 of 2");
  g_assert_true (gtk_widget_activate_action (f->canvas, "canvas.follow", "s", "down"));
  g_assert_cmpstr (canvas->way_at, ==, c);
  g_assert_cmpstr (canvas->way_words, ==, "2 of 2");
  assert_pixel (f, 400, 460 + 12 + 3, &storm_painter_get_style (canvas->painter)->pill);
  storm_selection_set (f->selection, NULL);
  g_assert_null (canvas->way_at);
}

/* A press on the minimap brings that part of the board into the middle. */
static void
test_minimap (Fixture       *f,
              gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 0, 0, "Near");
  g_autofree char *b = add (f, 20000, 0, "Far");
  GtkWidget *map = g_object_ref_sink (storm_minimap_new (canvas));
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (map);
  g_autoptr (GtkGestureDrag) drag = g_list_model_get_item (all, 0);
  GtkSnapshot *s = gtk_snapshot_new ();
  GskRenderNode *node;
  int width;

  g_object_set (map, "enabled", TRUE, "visible", TRUE, NULL);
  gtk_widget_measure (map, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_allocate (map, width, 112, -1, NULL);
  storm_canvas_set_view (canvas, (StormPoint) { 0, 0 }, 1);
  GTK_WIDGET_GET_CLASS (map)->snapshot (map, s);
  node = gtk_snapshot_free_to_node (s);
  g_assert_nonnull (node);
  gsk_render_node_unref (node);

  g_signal_emit_by_name (drag, "drag-begin", (double) width - 8, 56.0);
  g_assert_cmpfloat (storm_canvas_get_center (canvas).x, >, 18000);
  g_assert_cmpfloat (storm_canvas_get_center (canvas).x, <, 22000);
  g_assert_cmpfloat (storm_canvas_get_zoom (canvas), ==, 1);
  g_signal_emit_by_name (drag, "drag-begin", 8.0, 56.0);
  g_assert_cmpfloat (fabs (storm_canvas_get_center (canvas).x), <, 2000);
  g_object_unref (map);
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  ADD ("contexts/sum", test_sum);
  ADD ("contexts/reveal", test_reveal);
  ADD ("contexts/actions", test_actions);
  ADD ("contexts/words", test_words);
  ADD ("contexts/way", test_way);
  ADD ("contexts/minimap", test_minimap);
  return g_test_run ();
}
