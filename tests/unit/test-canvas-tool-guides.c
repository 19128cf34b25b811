#include "config.h"

#include "storm-tool-test.h"

static void
test_resize (Fixture       *f,
             gconstpointer  data)
{
  double min_w, min_h;

  storm_kind_min_size (STORM_KIND_EVENT, &min_w, &min_h);
  storm_selection_set_one (f->selection, f->a);
  drag (f, 260, 260, 300, 280, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_RESIZE);
  drop (f, 300, 280, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 160);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, 140);

  /* From the other corner; at the smallest size the far corner stays where it is. */
  drag (f, 140, 140, 900, 900, 0);
  drop (f, 900, 900, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, min_w);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, min_h);
  g_assert_cmpfloat (rect_of (f, f->a)->x + rect_of (f, f->a)->width, ==, 300);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 120);

  drag (f, 260, 260, 320, 265, STORM_MOD_SHIFT);
  drop (f, 320, 265, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 180);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, 180);
}

/* Pulled at an edge only its side moves; with Shift all of it grows, about the other edge. */
static void
test_resize_edges (Fixture       *f,
                   gconstpointer  data)
{
  static const struct
  {
    double x, y, dx, dy;
    const char *cursor;
    StormRect plain, shaped;
  } edges[] = {
    { 260, 180, 30, 99, "ew-resize", { 140, 140, 150, 120 }, { 140, 125, 150, 150 } },
    { 140, 180, 30, 99, "ew-resize", { 170, 140, 90, 120 }, { 170, 155, 90, 90 } },
    { 180, 260, 99, 60, "ns-resize", { 140, 140, 120, 180 }, { 110, 140, 180, 180 } },
    { 180, 140, 99, -60, "ns-resize", { 140, 80, 120, 180 }, { 110, 80, 180, 180 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    for (guint shift = 0; shift < 2; shift++)
      {
        const StormRect *wanted = shift != 0 ? &edges[i].shaped : &edges[i].plain;
        StormMods mods = shift != 0 ? STORM_MOD_SHIFT : 0;
        double x = edges[i].x + edges[i].dx, y = edges[i].y + edges[i].dy;

        storm_selection_set_one (f->selection, f->a);
        drag (f, edges[i].x, edges[i].y, x, y, mods);
        g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_RESIZE);
        g_assert_cmpstr (storm_tool_get_cursor (f->tool), ==, edges[i].cursor);
        drop (f, x, y, mods);
        g_assert_true (storm_rect_equal (rect_of (f, f->a), wanted));
        g_assert_true (storm_history_undo (f->history, NULL));
        g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 120);
      }
  /* Nothing selected: the same place moves. */
  storm_selection_set (f->selection, NULL);
  drag (f, 258, 180, 288, 180, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_MOVE);
  drop (f, 288, 180, 0);
}

/* Smaller than it may be it keeps its proportions too. */
static void
test_resize_least (Fixture       *f,
                   gconstpointer  data)
{
  double min_w, min_h;

  storm_kind_min_size (STORM_KIND_EVENT, &min_w, &min_h);
  storm_selection_set_one (f->selection, f->a);
  drag (f, 140, 180, 900, 180, STORM_MOD_SHIFT);
  drop (f, 900, 180, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, min_w);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, min_h);
  g_assert_cmpfloat (rect_of (f, f->a)->x + min_w, ==, 260);
}

/* a at 140, 140 and b at 540, 140, both 120 wide and high */
static void
test_guides_move (Fixture       *f,
                  gconstpointer  data)
{
  /* The slot right of b, and b's height. */
  drag (f, 200, 200, 757, 204, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 700);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 140);
  g_assert_cmpuint (storm_tool_get_snap (f->tool)->n_lines, ==, 3);
  /* Ctrl suspends them, while it is held. */
  storm_tool_motion (f->tool, (StormPoint) { 757, 204 }, STORM_MOD_CONTROL);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 697);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 144);
  g_assert_cmpuint (storm_tool_get_snap (f->tool)->n_lines, ==, 0);
  storm_tool_motion (f->tool, (StormPoint) { 757, 204 }, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 700);
  drop (f, 757, 204, 0);
  g_assert_cmpuint (storm_tool_get_snap (f->tool)->n_lines, ==, 0);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 140);
}

/* With Shift only the way that is free is drawn into line. */
static void
test_guides_locked (Fixture       *f,
                    gconstpointer  data)
{
  drag (f, 600, 200, 597, 363, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->b)->x, ==, 540);
  drop (f, 597, 363, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->b)->y, ==, 303);
  drag (f, 600, 363, 603, 338, STORM_MOD_SHIFT);
  drop (f, 603, 338, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->b)->x, ==, 540);
  g_assert_cmpfloat (rect_of (f, f->b)->y, ==, 278);
  drag (f, 600, 338, 602, 323, STORM_MOD_SHIFT);
  drop (f, 602, 323, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->b)->y, ==, 260);
}

/* The reach is one of pixels: 12 units at 50 %. */
static void
test_guides_reach (Fixture       *f,
                   gconstpointer  data)
{
  storm_viewport_zoom_at (&f->view, .5, (StormPoint) { 0, 0 });
  drag (f, 100, 100, 100, 107, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 154);
  storm_tool_motion (f->tool, (StormPoint) { 100, 105 }, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 140);
  storm_tool_cancel (f->tool);
  g_assert_cmpuint (storm_tool_get_snap (f->tool)->n_lines, ==, 0);
}

/* What goes along is no guide, and neither is what is resized itself. */
static void
test_guides_dragged (Fixture       *f,
                     gconstpointer  data)
{
  StormRect frame = { 100, 100, 200, 200 };
  g_autofree char *c = NULL;
  const StormRect *rect;

  storm_test_run (f->history, storm_edit_add_context (f->board, &frame, "C", &c));
  storm_tool_motion (f->tool, (StormPoint) { 110, 110 }, 0);
  drag (f, 110, 110, 113, 163, 0);
  rect = storm_context_get_rect (storm_board_lookup_context (f->board, c));
  g_assert_cmpfloat (rect->x, ==, 103);
  g_assert_cmpfloat (rect->y, ==, 153);
  storm_tool_cancel (f->tool);

  storm_selection_set_one (f->selection, f->a);
  drag (f, 262, 262, 302, 282, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 160);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, 140);
  storm_tool_motion (f->tool, (StormPoint) { 307, 282 }, 0);
  storm_tool_motion (f->tool, (StormPoint) { 539, 266 }, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 400);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, 120);
  storm_tool_motion (f->tool, (StormPoint) { 539, 266 }, STORM_MOD_CONTROL);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 397);
  drop (f, 539, 266, STORM_MOD_CONTROL);
}

/* What no guide decides goes to the next line of the grid; Ctrl lets it lie anywhere. */
static void
test_grid (Fixture       *f,
           gconstpointer  data)
{
  const char *id;

  storm_tool_set_grid (f->tool, TRUE);
  drag (f, 200, 200, 233, 247, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 180);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 180);
  storm_tool_motion (f->tool, (StormPoint) { 233, 247 }, STORM_MOD_CONTROL);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 173);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 187);
  storm_tool_motion (f->tool, (StormPoint) { 253, 207 }, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 200);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 140);
  storm_tool_cancel (f->tool);

  storm_selection_set_one (f->selection, f->a);
  drag (f, 260, 260, 293, 274, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 160);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, 140);
  storm_tool_cancel (f->tool);
  drag (f, 140, 140, 133, 171, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 180);
  g_assert_cmpfloat (rect_of (f, f->a)->height, ==, 80);
  storm_tool_cancel (f->tool);

  id = storm_tool_place (f->tool, STORM_KIND_EVENT, (StormPoint) { 407, 511 });
  g_assert_cmpfloat (rect_of (f, id)->x, ==, 340);
  g_assert_cmpfloat (rect_of (f, id)->y, ==, 460);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("resize", test_resize);
  ADD ("guides-move", test_guides_move);
  ADD ("guides-locked", test_guides_locked);
  ADD ("guides-reach", test_guides_reach);
  ADD ("guides-dragged", test_guides_dragged);
  ADD ("grid", test_grid);
  ADD ("resize-edges", test_resize_edges);
  ADD ("resize-least", test_resize_least);
  return g_test_run ();
}
