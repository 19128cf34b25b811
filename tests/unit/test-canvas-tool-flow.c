#include "config.h"

#include "storm-tool-test.h"

#include <math.h>

#include "storm-edit-props.h"

static StormItem *
join (Fixture    *f,
      const char *from,
      const char *to)
{
  g_autofree char *id = NULL;

  storm_test_run (f->history, storm_edit_connect (f->board, from, to, &id));
  return storm_scene_lookup (f->scene, id);
}

static void
pull (Fixture *f,
      double   x0,
      double   y0,
      double   x1,
      double   y1)
{
  drag (f, x0, y0, x1, y1, 0);
  drop (f, x1, y1, 0);
}

static guint
n_bends (StormItem *flow)
{
  guint n;

  storm_flow_get_bends (STORM_FLOW (flow->object), &n);
  return n;
}

static void
check_through (StormItem  *flow,
               StormPoint  p)
{
  g_assert_cmpfloat (storm_route_distance (flow->route, p), <, 1.5);
}

/* A straight flow is pulled aside, further, and back into line: a step of undo each. */
static void
test_bend (Fixture       *f,
           gconstpointer  data)
{
  StormItem *flow = join (f, f->a, f->b);

  pull (f, 400, 200, 400, 340);
  g_assert_cmpuint (n_bends (flow), ==, 3);
  check_through (flow, (StormPoint) { 400, 340 });
  g_assert_cmpuint (f->n_failed, ==, 0);
  pull (f, 500, 340, 500, 380);
  check_through (flow, (StormPoint) { 400, 380 });
  g_assert_true (storm_history_undo (f->history, NULL));
  check_through (flow, (StormPoint) { 400, 340 });
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (n_bends (flow), ==, 0);
  g_assert_cmpuint (flow->route->n, ==, 2);
  g_assert_true (storm_history_redo (f->history, NULL));
  pull (f, 400, 340, 400, 203);
  g_assert_cmpuint (n_bends (flow), ==, 0);
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  StormItem *flow = join (f, f->a, f->b);

  storm_tool_motion (f->tool, (StormPoint) { 400, 200 }, 0);
  storm_tool_press (f->tool, (StormPoint) { 400, 200 }, 0);
  storm_tool_motion (f->tool, (StormPoint) { 400, 300 }, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_BEND);
  g_assert_cmpuint (n_bends (flow), ==, 1);
  g_assert_true (storm_tool_cancel (f->tool));
  g_assert_cmpuint (n_bends (flow), ==, 0);
}

/* Bends go along when both ends do, and stay when one does. */
static void
test_along (Fixture       *f,
            gconstpointer  data)
{
  StormItem *flow = join (f, f->a, f->b);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  pull (f, 400, 200, 400, 340);
  g_ptr_array_add (ids, f->a);
  storm_test_run (f->history, storm_edit_move (f->board, ids, 0, -100, FALSE));
  check_through (flow, (StormPoint) { 400, 340 });
  g_ptr_array_add (ids, f->b);
  storm_test_run (f->history, storm_edit_move (f->board, ids, 50, 0, FALSE));
  check_through (flow, (StormPoint) { 450, 340 });
}

static void
test_bend_handle (Fixture       *f,
                  gconstpointer  data)
{
  const StormPoint bends[] = { { 400, 200 }, { 400, 400 }, { 600, 400 } };
  StormItem *flow = join (f, f->a, f->b);
  const char *id = storm_item_get_id (flow);

  storm_test_run (f->history, storm_edit_set_bends (f->board, id, bends, 3));
  storm_selection_set_one (f->selection, id);
  pull (f, 400, 400, 350, 440);
  g_assert_cmpuint (n_bends (flow), ==, 3);
  check_through (flow, (StormPoint) { 350, 440 });
  check_through (flow, (StormPoint) { 600, 440 });
  /* A double press takes one away; elsewhere on the flow it edits the label. */
  storm_tool_double_press (f->tool, (StormPoint) { 350, 440 });
  g_assert_cmpuint (n_bends (flow), <, 3);
  g_assert_null (f->edited);
  g_assert_true (storm_history_undo (f->history, NULL));
  storm_tool_double_press (f->tool, (StormPoint) { 450, 440 });
  g_assert_cmpstr (f->edited, ==, id);
}

/* A click on a bend selects it, so that it can be taken away alone; so does dragging it. */
static void
test_bend_selected (Fixture       *f,
                    gconstpointer  data)
{
  const StormPoint bends[] = { { 400, 200 }, { 400, 400 }, { 600, 400 } };
  StormItem *flow = join (f, f->a, f->b);
  const char *id = storm_item_get_id (flow);
  guint bend = 0;

  storm_test_run (f->history, storm_edit_set_bends (f->board, id, bends, 3));
  storm_selection_set_one (f->selection, id);
  g_assert_null (storm_tool_get_bend (f->tool, &bend));
  g_assert_false (storm_tool_delete_bend (f->tool));
  click (f, 400, 400, 0);
  g_assert_true (storm_tool_get_bend (f->tool, &bend) == flow);
  g_assert_cmpfloat (flow->route->points[bend].x, ==, 400);
  g_assert_cmpfloat (flow->route->points[bend].y, ==, 400);
  g_assert_true (storm_tool_delete_bend (f->tool));
  g_assert_cmpuint (n_bends (flow), <, 3);
  g_assert_nonnull (storm_board_lookup (f->board, id));
  g_assert_false (storm_tool_delete_bend (f->tool));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (n_bends (flow), ==, 3);

  pull (f, 400, 400, 350, 440);
  g_assert_true (storm_tool_get_bend (f->tool, &bend) == flow);
  g_assert_cmpfloat (flow->route->points[bend].x, ==, 350);
  click (f, 900, 700, 0);
  g_assert_null (storm_tool_get_bend (f->tool, &bend));
  click (f, 350, 440, 0);
  storm_selection_set_one (f->selection, id);
  click (f, 350, 440, 0);
  storm_history_set_read_only (f->history, TRUE);
  g_assert_false (storm_tool_delete_bend (f->tool));
  g_assert_cmpuint (n_bends (flow), ==, 3);
}

/* A run that is pulled stands in line with the stickies, unless Ctrl is held. */
static void
test_bend_guides (Fixture       *f,
                  gconstpointer  data)
{
  StormItem *flow = join (f, f->a, f->b);
  g_autofree char *c = NULL;
  StormRect bounds;
  double top;

  storm_test_run (f->history, storm_edit_add_sticky (f->board, STORM_KIND_POLICY,
                                                      (StormPoint) { 800, 500 }, "c", &c));
  top = rect_of (f, c)->y;
  drag (f, 400, 200, 400, top + 3, 0);
  g_assert_cmpuint (storm_tool_get_snap (f->tool)->n_lines, >, 0);
  drop (f, 400, top + 3, 0);
  g_assert_cmpuint (storm_tool_get_snap (f->tool)->n_lines, ==, 0);
  bounds = storm_route_bounds (flow->route);
  g_assert_cmpfloat (bounds.y + bounds.height, ==, top);
  g_assert_true (storm_history_undo (f->history, NULL));

  drag (f, 400, 200, 400, top + 3, STORM_MOD_CONTROL);
  g_assert_cmpuint (storm_tool_get_snap (f->tool)->n_lines, ==, 0);
  drop (f, 400, top + 3, STORM_MOD_CONTROL);
  bounds = storm_route_bounds (flow->route);
  g_assert_cmpfloat (bounds.y + bounds.height, ==, top + 3);
}

static void
test_straighten (Fixture       *f,
                 gconstpointer  data)
{
  StormItem *flow = join (f, f->a, f->b), *back = join (f, f->b, f->a);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  pull (f, 400, 190, 400, 40);
  pull (f, 400, 210, 400, 340);
  g_assert_cmpuint (MIN (n_bends (flow), n_bends (back)), >, 0);
  g_ptr_array_add (ids, (char *) storm_item_get_id (flow));
  g_ptr_array_add (ids, (char *) storm_item_get_id (back));
  storm_selection_set (f->selection, ids);
  g_assert_true (storm_tool_straighten (f->tool));
  g_assert_cmpuint (n_bends (flow) + n_bends (back), ==, 0);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (MIN (n_bends (flow), n_bends (back)), >, 0);
}

/* Either end to another sticky; nothing happens where it can't lead. */
static void
test_reconnect (Fixture       *f,
                gconstpointer  data)
{
  StormItem *flow = join (f, f->a, f->b);
  g_autofree char *c = NULL;
  StormRoute preview;
  StormItem *target;

  storm_test_run (f->history, storm_edit_add_sticky (f->board, STORM_KIND_POLICY,
                                                      (StormPoint) { 400, 500 }, "c", &c));
  storm_selection_set_one (f->selection, storm_item_get_id (flow));
  storm_tool_motion (f->tool, (StormPoint) { 540, 200 }, 0);
  g_assert_cmpint (storm_tool_get_hit (f->tool)->part, ==, STORM_HIT_FLOW_END);
  storm_tool_press (f->tool, (StormPoint) { 540, 200 }, 0);
  storm_tool_motion (f->tool, (StormPoint) { 500, 300 }, 0);
  g_assert_true (storm_tool_get_preview (f->tool, &preview, &target));
  g_assert_null (target);
  storm_tool_motion (f->tool, (StormPoint) { 400, 500 }, 0);
  g_assert_true (storm_tool_get_preview (f->tool, &preview, &target));
  g_assert_cmpstr (storm_item_get_id (target), ==, c);
  storm_tool_release (f->tool, (StormPoint) { 400, 500 }, 0);
  g_assert_cmpstr (storm_flow_get_to (STORM_FLOW (flow->object)), ==, c);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpstr (storm_flow_get_to (STORM_FLOW (flow->object)), ==, f->b);

  pull (f, 260, 200, 400, 500);
  g_assert_cmpstr (storm_flow_get_from (STORM_FLOW (flow->object)), ==, c);
  /* On empty board, and on its own other end. */
  pull (f, flow->route->points[0].x, flow->route->points[0].y, 900, 700);
  pull (f, flow->route->points[0].x, flow->route->points[0].y, 600, 200);
  g_assert_cmpstr (storm_flow_get_from (STORM_FLOW (flow->object)), ==, c);
  g_assert_cmpstr (storm_flow_get_to (STORM_FLOW (flow->object)), ==, f->b);
}

/* From a context's handle to a sticky, from a sticky to a context's title, and away with it. */
static void
test_context (Fixture       *f,
              gconstpointer  data)
{
  StormRect rect = { 700, 400, 200, 200 };
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *c = NULL;
  StormItem *context, *flow;

  storm_test_run (f->history, storm_edit_add_context (f->board, &rect, "shop", &c));
  context = storm_scene_lookup (f->scene, c);
  storm_selection_set_one (f->selection, c);
  storm_tool_motion (f->tool, (StormPoint) { 800, 410 }, 0);
  g_assert_true (storm_tool_get_hover (f->tool) == context);
  pull (f, 800, 400 - 15, 600, 200);
  g_assert_cmpuint (n_flows (f), ==, 1);
  storm_tool_motion (f->tool, (StormPoint) { 200, 200 }, 0);
  pull (f, 200, 200 + 60 + 15, 720, 410);
  g_assert_cmpuint (n_flows (f), ==, 2);
  g_assert_cmpuint (f->n_failed, ==, 0);

  flow = storm_scene_lookup (f->scene, storm_object_get_id (
                               g_ptr_array_index (storm_board_get_flows_at (f->board,
                                                                            context->object), 0)));
  g_assert_true (flow->from == context);
  g_assert_cmpfloat (flow->route->points[0].y, >=, 400);
  /* It follows the frame. */
  rect.x = 100;
  storm_test_run (f->history, storm_edit_resize (f->board, c, &rect));
  g_assert_cmpfloat (flow->route->points[0].x, <=, 300);

  g_ptr_array_add (ids, c);
  storm_test_run (f->history, storm_edit_remove (f->board, ids));
  g_assert_cmpuint (n_flows (f), ==, 0);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (n_flows (f), ==, 2);
}

/* From a handle onto empty board: the others that may follow are to be offered. */
static void
test_offer (Fixture       *f,
            gconstpointer  data)
{
  StormItem *made;

  storm_tool_motion (f->tool, (StormPoint) { 200, 200 }, 0);
  pull (f, 200, 200 + 60 + 15, 200, 600);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_cmpint (f->offered_after, ==, STORM_KIND_EVENT);
  made = storm_scene_lookup (f->scene, f->edited);
  g_assert_cmpint (made->kind, ==, STORM_KIND_POLICY);
}

/* Next ones lie beside each other, and the one before leads here. */
static void
test_next (Fixture       *f,
           gconstpointer  data)
{
  StormItem *from = storm_scene_lookup (f->scene, f->a);
  g_autofree char *first = g_strdup (storm_tool_connect_next (f->tool, from, STORM_SIDE_RIGHT,
                                                              FALSE));
  g_autofree char *second = g_strdup (storm_tool_connect_next (f->tool, from, STORM_SIDE_RIGHT,
                                                               FALSE));
  g_autofree char *before = g_strdup (storm_tool_connect_next (f->tool, from, STORM_SIDE_LEFT,
                                                               TRUE));
  GPtrArray *flows;

  g_assert_cmpfloat (rect_of (f, first)->x, ==, rect_of (f, second)->x);
  g_assert_false (storm_rect_intersects (rect_of (f, first), rect_of (f, second)));
  g_assert_cmpfloat (rect_of (f, before)->x, <, rect_of (f, f->a)->x);
  flows = storm_board_get_flows_of (f->board, storm_board_lookup_sticky (f->board, before));
  g_assert_cmpuint (flows->len, ==, 1);
  g_assert_cmpstr (storm_flow_get_to (g_ptr_array_index (flows, 0)), ==, f->a);
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (f->board, before)), ==,
                   STORM_KIND_AGGREGATE);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_null (storm_board_lookup_sticky (f->board, before));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("bend", test_bend);
  ADD ("bend-cancel", test_cancel);
  ADD ("bend-along", test_along);
  ADD ("bend-handle", test_bend_handle);
  ADD ("bend-selected", test_bend_selected);
  ADD ("bend-guides", test_bend_guides);
  ADD ("straighten", test_straighten);
  ADD ("reconnect", test_reconnect);
  ADD ("flows-of-contexts", test_context);
  ADD ("offer", test_offer);
  ADD ("connect-next", test_next);
  return g_test_run ();
}
