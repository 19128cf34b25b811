#pragma once

/* A tool on a board with two stickies, and how its pointer is moved. */

#include "storm-edit.h"
#include "storm-test.h"
#include "storm-tool.h"

typedef struct
{
  StormBoard     *board;
  StormHistory   *history;
  StormSelection *selection;
  StormScene     *scene;
  StormTool      *tool;
  StormViewport   view;
  char           *edited;
  StormKind       offered_after;
  guint           n_failed;
  guint           n_view;
  char           *a;            /* an event at 200, 200 */
  char           *b;            /* a command at 600, 200 */
} Fixture;

#define ADD(name, func) g_test_add ("/canvas/tool/" name, Fixture, NULL, set_up, func, tear_down)

static inline void
on_edit (Fixture    *f,
         const char *id)
{
  g_free (f->edited);
  f->edited = g_strdup (id);
}

static inline void
on_offer (Fixture    *f,
          const char *id,
          StormKind   after)
{
  on_edit (f, id);
  f->offered_after = after;
}

static inline void
on_failed (Fixture *f)
{
  f->n_failed++;
}

static inline void
on_view (Fixture *f)
{
  f->n_view++;
}

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  f->selection = storm_selection_new (f->board);
  f->scene = storm_scene_new (f->board, NULL);
  storm_viewport_init (&f->view);
  storm_viewport_set_size (&f->view, 1000, 800);
  f->tool = storm_tool_new (f->scene, f->history, f->selection, &f->view);
  g_signal_connect_swapped (f->tool, "edit", G_CALLBACK (on_edit), f);
  g_signal_connect_swapped (f->tool, "offer", G_CALLBACK (on_offer), f);
  g_signal_connect_swapped (f->tool, "failed", G_CALLBACK (on_failed), f);
  g_signal_connect_swapped (f->tool, "view-changed", G_CALLBACK (on_view), f);
  storm_test_run (f->history,
                  storm_edit_add_sticky (f->board, STORM_KIND_EVENT, (StormPoint) { 200, 200 },
                                         "a", &f->a));
  storm_test_run (f->history,
                  storm_edit_add_sticky (f->board, STORM_KIND_COMMAND, (StormPoint) { 600, 200 },
                                         "b", &f->b));
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->tool);
  g_object_unref (f->scene);
  g_object_unref (f->selection);
  g_object_unref (f->history);
  g_object_unref (f->board);
  g_free (f->edited);
  g_free (f->a);
  g_free (f->b);
}

static inline const StormRect *
rect_of (Fixture    *f,
         const char *id)
{
  return storm_sticky_get_rect (storm_board_lookup_sticky (f->board, id));
}

static inline guint
n_flows (Fixture *f)
{
  return g_list_model_get_n_items (storm_board_get_flows (f->board));
}

static inline guint
n_stickies (Fixture *f)
{
  return g_list_model_get_n_items (storm_board_get_stickies (f->board));
}

static inline void
drag (Fixture   *f,
      double     x0,
      double     y0,
      double     x1,
      double     y1,
      StormMods  mods)
{
  storm_tool_motion (f->tool, (StormPoint) { x0, y0 }, mods);
  storm_tool_press (f->tool, (StormPoint) { x0, y0 }, mods);
  for (guint i = 1; i <= 10; i++)
    storm_tool_motion (f->tool, (StormPoint) { x0 + (x1 - x0) * i / 10, y0 + (y1 - y0) * i / 10 },
                       mods);
}

static inline void
drop (Fixture   *f,
      double     x,
      double     y,
      StormMods  mods)
{
  storm_tool_release (f->tool, (StormPoint) { x, y }, mods);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_IDLE);
}

static inline void
click (Fixture   *f,
       double     x,
       double     y,
       StormMods  mods)
{
  storm_tool_motion (f->tool, (StormPoint) { x, y }, mods);
  storm_tool_press (f->tool, (StormPoint) { x, y }, mods);
  drop (f, x, y, mods);
}
