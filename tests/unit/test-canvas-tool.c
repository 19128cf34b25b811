#include "config.h"

#include "storm-edit-context.h"
#include "storm-error.h"
#include "storm-tool-test.h"

static void
test_move (Fixture       *f,
           gconstpointer  data)
{
  drag (f, 210, 210, 260, 240, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_MOVE);
  g_assert_true (storm_history_in_transaction (f->history));
  /* It shows while it is dragged. */
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140 + 50);
  drop (f, 260, 240, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 190);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 170);
  g_assert_false (storm_history_in_transaction (f->history));
  /* One gesture is one step. */
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
}

static void
test_threshold (Fixture       *f,
                gconstpointer  data)
{
  StormPoint at = { 210, 210 };

  storm_viewport_zoom_at (&f->view, .5, (StormPoint) { 0, 0 });
  at = (StormPoint) { 105, 105 };
  storm_tool_press (f->tool, at, 0);
  storm_tool_motion (f->tool, (StormPoint) { at.x + 4, at.y + 4 }, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_PRESSED);
  g_assert_false (storm_history_in_transaction (f->history));
  storm_tool_motion (f->tool, (StormPoint) { at.x + 6, at.y }, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_MOVE);
  /* In pixels; on the board it is twice as far at half size. */
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140 + 12);
  drop (f, at.x + 6, at.y, 0);
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  const char *undo;

  drag (f, 210, 210, 400, 500, 0);
  g_assert_true (storm_tool_cancel (f->tool));
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  g_assert_false (storm_history_in_transaction (f->history));
  undo = storm_history_get_undo_label (f->history);
  /* The button that is still down means nothing any more. */
  storm_tool_motion (f->tool, (StormPoint) { 500, 500 }, 0);
  drop (f, 500, 500, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  g_assert_cmpstr (storm_history_get_undo_label (f->history), ==, undo);
  g_assert_false (storm_tool_cancel (f->tool));
}

/* The selection too is as it was. */
static void
test_cancel_selection (Fixture       *f,
                       gconstpointer  data)
{
  storm_selection_set_one (f->selection, f->b);
  drag (f, 50, 50, 180, 180, 0);
  g_assert_true (storm_selection_contains (f->selection, f->a));
  g_assert_true (storm_tool_cancel (f->tool));
  g_assert_false (storm_selection_contains (f->selection, f->a));
  g_assert_true (storm_selection_contains (f->selection, f->b));
  drop (f, 180, 180, 0);

  drag (f, 610, 210, 700, 500, STORM_MOD_ALT);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_true (storm_tool_cancel (f->tool));
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, f->b));
}

static void
test_shift_constrains (Fixture       *f,
                       gconstpointer  data)
{
  drag (f, 210, 210, 310, 250, STORM_MOD_SHIFT);
  drop (f, 310, 250, STORM_MOD_SHIFT);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 240);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 140);
}

static void
test_alt_duplicates (Fixture       *f,
                     gconstpointer  data)
{
  const char *copy;

  drag (f, 210, 210, 210, 410, STORM_MOD_ALT);
  drop (f, 210, 410, STORM_MOD_ALT);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 140);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  copy = g_ptr_array_index (storm_selection_get_ids (f->selection), 0);
  g_assert_cmpstr (copy, !=, f->a);
  g_assert_cmpfloat (rect_of (f, copy)->y, ==, 340);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (n_stickies (f), ==, 2);
}

static const char *
only_selected (Fixture *f)
{
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  return g_ptr_array_index (storm_selection_get_ids (f->selection), 0);
}

static void
test_duplicate_repeats (Fixture       *f,
                        gconstpointer  data)
{
  storm_selection_set_one (f->selection, f->a);
  g_assert_true (storm_tool_duplicate (f->tool));
  g_assert_cmpfloat (rect_of (f, only_selected (f))->x, ==, 164);
  g_assert_cmpfloat (rect_of (f, only_selected (f))->y, ==, 164);
  /* Moved to 140, 340: the next lies 200 lower again, and so on. */
  drag (f, 224, 224, 200, 400, STORM_MOD_CONTROL);
  drop (f, 200, 400, STORM_MOD_CONTROL);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (storm_tool_duplicate (f->tool));
      g_assert_cmpfloat (rect_of (f, only_selected (f))->x, ==, 140);
      g_assert_cmpfloat (rect_of (f, only_selected (f))->y, ==, 540 + 200 * i);
    }
  g_assert_cmpuint (n_stickies (f), ==, 5);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (n_stickies (f), ==, 4);
  /* Another selection begins anew, and so does one whose original is gone. */
  storm_selection_set_one (f->selection, f->b);
  g_assert_true (storm_tool_duplicate (f->tool));
  g_assert_cmpfloat (rect_of (f, only_selected (f))->x, ==, 564);
}

static void
test_duplicate_after_drag (Fixture       *f,
                           gconstpointer  data)
{
  GPtrArray *ids;
  StormRect from, to;

  /* Two of them, by Alt and a drag. */
  click (f, 200, 200, 0);
  click (f, 600, 200, STORM_MOD_SHIFT);
  drag (f, 200, 200, 200, 350, STORM_MOD_ALT | STORM_MOD_CONTROL);
  drop (f, 200, 350, STORM_MOD_ALT | STORM_MOD_CONTROL);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);
  g_assert_true (storm_tool_duplicate (f->tool));
  g_assert_cmpuint (n_stickies (f), ==, 6);
  ids = storm_selection_get_ids (f->selection);
  g_assert_cmpuint (ids->len, ==, 2);
  from = *rect_of (f, g_ptr_array_index (ids, 0));
  to = *rect_of (f, g_ptr_array_index (ids, 1));
  g_assert_cmpfloat (from.y, ==, 440);
  g_assert_cmpfloat (to.y, ==, 440);

  /* Nothing selected, and a board that is only read: nothing happens. */
  storm_selection_set (f->selection, NULL);
  g_assert_false (storm_tool_duplicate (f->tool));
  storm_selection_set_one (f->selection, f->a);
  storm_history_set_read_only (f->history, TRUE);
  g_assert_false (storm_tool_duplicate (f->tool));
  g_assert_cmpuint (n_stickies (f), ==, 6);
}

static void
test_select (Fixture       *f,
             gconstpointer  data)
{
  click (f, 200, 200, 0);
  g_assert_true (storm_selection_contains (f->selection, f->a));
  click (f, 600, 200, STORM_MOD_SHIFT);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);
  click (f, 600, 200, STORM_MOD_SHIFT);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  click (f, 600, 200, STORM_MOD_SHIFT);
  /* A click on one of several leaves that one; a drag of it moves all. */
  drag (f, 200, 200, 220, 200, 0);
  drop (f, 220, 200, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 160);
  g_assert_cmpfloat (rect_of (f, f->b)->x, ==, 560);
  click (f, 600, 200, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  click (f, 400, 600, STORM_MOD_SHIFT);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  click (f, 400, 600, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 0);
}

static void
test_marquee (Fixture       *f,
              gconstpointer  data)
{
  StormRect rect;

  drag (f, 50, 50, 180, 180, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_MARQUEE);
  g_assert_true (storm_tool_get_marquee (f->tool, &rect));
  g_assert_cmpfloat (rect.width, ==, 130);
  g_assert_true (storm_selection_contains (f->selection, f->a));
  drop (f, 180, 180, 0);
  g_assert_false (storm_tool_get_marquee (f->tool, &rect));

  /* Backwards, and with Shift in addition. */
  drag (f, 760, 320, 590, 190, STORM_MOD_SHIFT);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);
  drop (f, 590, 190, STORM_MOD_SHIFT);
  drag (f, 760, 320, 590, 190, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  drop (f, 590, 190, 0);
}

static void
start_connecting (Fixture *f,
                  double   x,
                  double   y)
{
  storm_tool_motion (f->tool, (StormPoint) { 200, 200 }, 0);
  g_assert_nonnull (storm_tool_get_hover (f->tool));
  drag (f, 260 + STORM_CONNECT_OUT, 200, x, y, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_CONNECT);
}

static void
test_connect (Fixture       *f,
              gconstpointer  data)
{
  StormItem *target;
  StormRoute route;

  start_connecting (f, 600, 200);
  g_assert_true (storm_tool_get_preview (f->tool, &route, &target));
  g_assert_cmpstr (storm_item_get_id (target), ==, f->b);
  drop (f, 600, 200, 0);
  g_assert_cmpuint (n_flows (f), ==, 1);
  g_assert_null (f->edited);

  /* There is one already; and back onto itself is none. */
  start_connecting (f, 600, 200);
  drop (f, 600, 200, 0);
  start_connecting (f, 200, 220);
  drop (f, 200, 220, 0);
  g_assert_cmpuint (n_flows (f), ==, 1);
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_connect_to_empty (Fixture       *f,
                       gconstpointer  data)
{
  StormSticky *made;

  start_connecting (f, 400, 600);
  drop (f, 400, 600, 0);
  g_assert_cmpuint (n_flows (f), ==, 1);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  made = storm_board_lookup_sticky (f->board, f->edited);
  g_assert_nonnull (made);
  g_assert_cmpint (storm_sticky_get_kind (made), ==, storm_kind_info (STORM_KIND_EVENT)->next);
  g_assert_true (storm_rect_contains (storm_sticky_get_rect (made), 400, 600));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_cmpuint (n_flows (f), ==, 0);
}

static void
test_connect_click (Fixture       *f,
                    gconstpointer  data)
{
  storm_tool_motion (f->tool, (StormPoint) { 200, 200 }, 0);
  click (f, 200, 260 + STORM_CONNECT_OUT, 0);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_cmpuint (n_flows (f), ==, 1);
  g_assert_cmpfloat (rect_of (f, f->edited)->y, >, 260);
}

static void
test_hover (Fixture       *f,
            gconstpointer  data)
{
  storm_tool_motion (f->tool, (StormPoint) { 200, 200 }, 0);
  g_assert_cmpstr (storm_item_get_id (storm_tool_get_hover (f->tool)), ==, f->a);
  /* On the way to a handle it stays. */
  storm_tool_motion (f->tool, (StormPoint) { 270, 230 }, 0);
  g_assert_nonnull (storm_tool_get_hover (f->tool));
  storm_tool_motion (f->tool, (StormPoint) { 300, 230 }, 0);
  g_assert_null (storm_tool_get_hover (f->tool));
  storm_tool_motion (f->tool, (StormPoint) { 200, 200 }, 0);
  storm_tool_leave (f->tool);
  g_assert_null (storm_tool_get_hover (f->tool));
}

static void
test_place (Fixture       *f,
            gconstpointer  data)
{
  storm_tool_set_placing (f->tool, STORM_KIND_POLICY);
  g_assert_cmpstr (storm_tool_get_cursor (f->tool), ==, "crosshair");
  click (f, 210.4, 210.4, 0);
  g_assert_cmpint (storm_tool_get_placing (f->tool), ==, -1);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_nonnull (f->edited);
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (f->board, f->edited)), ==,
                   STORM_KIND_POLICY);
  g_assert_true (storm_selection_contains (f->selection, f->edited));

  storm_tool_set_placing (f->tool, STORM_KIND_EVENT);
  g_assert_true (storm_tool_cancel (f->tool));
  g_assert_cmpint (storm_tool_get_placing (f->tool), ==, -1);
}

static void
test_double_press (Fixture       *f,
                   gconstpointer  data)
{
  storm_tool_double_press (f->tool, (StormPoint) { 200, 200 });
  g_assert_cmpstr (f->edited, ==, f->a);
  storm_tool_double_press (f->tool, (StormPoint) { 400, 600 });
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_cmpstr (f->edited, !=, f->a);
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (f->board, f->edited)), ==,
                   STORM_KIND_EVENT);
}

static void
test_context (Fixture       *f,
              gconstpointer  data)
{
  StormRect rect = { 100, 100, 240, 240 };
  g_autofree char *frame = NULL;
  StormSticky *a = storm_board_lookup_sticky (f->board, f->a);

  storm_test_run (f->history, storm_edit_add_context (f->board, &rect, "c", &frame));
  /* Its title carries what lies in it. */
  drag (f, 200, 110, 300, 160, 0);
  drop (f, 300, 160, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 240);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 190);
  g_assert_cmpfloat (rect_of (f, f->b)->x, ==, 540);
  g_assert_cmpstr (storm_sticky_get_context (a), ==, frame);

  /* A sticky that is pulled out leaves it, one that is put in joins; in the same step. */
  storm_selection_set (f->selection, NULL);
  drag (f, 300, 250, 300, 700, 0);
  drop (f, 300, 700, 0);
  g_assert_null (storm_sticky_get_context (a));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpstr (storm_sticky_get_context (a), ==, frame);

  /* A frame that is pulled away from a sticky lets it go. */
  storm_selection_set_one (f->selection, frame);
  drag (f, 440, 390, 290, 240, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_RESIZE);
  drop (f, 290, 240, 0);
  g_assert_null (storm_sticky_get_context (a));
}

/* Twice on its frame fits a context to what lies in it, selected or not; twice on its title edits
 * that. */
static void
test_context_fit (Fixture       *f,
                  gconstpointer  data)
{
  StormRect rect = { 100, 100, 240, 400 };
  StormRect fitted = { 108, 92, 184, 200 };
  g_autofree char *frame = NULL;

  storm_test_run (f->history, storm_edit_add_context (f->board, &rect, "c", &frame));
  storm_tool_double_press (f->tool, (StormPoint) { 200, 110 });
  g_assert_cmpstr (f->edited, ==, frame);
  g_assert_true (storm_rect_equal (
    storm_context_get_rect (storm_board_lookup_context (f->board, frame)), &rect));

  storm_tool_double_press (f->tool, (StormPoint) { 340, 400 });
  g_assert_true (storm_rect_equal (
    storm_context_get_rect (storm_board_lookup_context (f->board, frame)), &fitted));
  g_assert_true (storm_history_undo (f->history, NULL));
  storm_selection_set_one (f->selection, frame);
  storm_tool_double_press (f->tool, (StormPoint) { 200, 499 });
  g_assert_true (storm_rect_equal (
    storm_context_get_rect (storm_board_lookup_context (f->board, frame)), &fitted));

  /* A sticky's edge does nothing. */
  storm_selection_set_one (f->selection, f->a);
  storm_tool_double_press (f->tool, (StormPoint) { 260, 180 });
  g_assert_cmpstr (f->edited, ==, frame);
}

/* A card is one thing: it moves as a whole, can't be resized, and opens on a double press. */
static void
test_context_card (Fixture       *f,
                   gconstpointer  data)
{
  StormRect rect = { 100, 100, 240, 400 };
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *frame = NULL;
  StormItem *a, *card;

  storm_test_run (f->history, storm_edit_add_context (f->board, &rect, "c", &frame));
  g_ptr_array_add (ids, frame);
  storm_test_run (f->history, storm_edit_fold_contexts (f->board, ids, TRUE));
  a = storm_scene_lookup (f->scene, f->a);
  card = storm_scene_lookup (f->scene, frame);
  g_assert_true (a->hidden);
  g_assert_nonnull (card->card);
  g_assert_cmpfloat (card->rect.width, ==, STORM_CARD_WIDTH);
  g_assert_null (storm_hit_sticky (f->scene, (StormPoint) { 200, 200 }));

  /* Where the sticky was, and the rest of the frame, is free board; its corner is no handle. */
  storm_selection_set_one (f->selection, frame);
  drag (f, 300, 220, 400, 220, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_MOVE);
  drop (f, 400, 220, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 240);
  g_assert_cmpfloat (card->rect.x, ==, 200);

  storm_tool_double_press (f->tool, (StormPoint) { 300, 170 });
  g_assert_false (a->hidden);
  g_assert_null (card->card);
  g_assert_cmpfloat (card->rect.width, ==, 240);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_true (a->hidden);
}

static void
test_pan (Fixture       *f,
          gconstpointer  data)
{
  storm_tool_press_pan (f->tool, (StormPoint) { 500, 500 });
  g_assert_cmpstr (storm_tool_get_cursor (f->tool), ==, "grabbing");
  storm_tool_motion (f->tool, (StormPoint) { 400, 450 }, 0);
  g_assert_cmpfloat (f->view.x, ==, 100);
  g_assert_cmpfloat (f->view.y, ==, 50);
  g_assert_cmpuint (f->n_view, ==, 1);
  drop (f, 400, 450, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 0);
}

static void
test_read_only (Fixture       *f,
                gconstpointer  data)
{
  storm_history_set_read_only (f->history, TRUE);
  drag (f, 210, 210, 400, 400, 0);
  drop (f, 400, 400, 0);
  storm_tool_double_press (f->tool, (StormPoint) { 400, 600 });
  storm_tool_set_placing (f->tool, STORM_KIND_EVENT);
  click (f, 400, 700, 0);
  storm_selection_set_one (f->selection, f->a);
  drag (f, 260, 260, 300, 280, 0);
  drop (f, 300, 280, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 120);
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_null (f->edited);
  g_assert_cmpuint (f->n_failed, ==, 0);
  /* Looking is allowed. */
  click (f, 600, 200, 0);
  g_assert_true (storm_selection_contains (f->selection, f->b));
}

static void
test_removed_under_drag (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, f->a);
  start_connecting (f, 500, 600);
  storm_test_run (f->history, storm_edit_remove (f->board, ids));
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_IDLE);
  g_assert_null (storm_tool_get_hover (f->tool));
  storm_tool_motion (f->tool, (StormPoint) { 510, 610 }, 0);
  drop (f, 510, 610, 0);
  g_assert_cmpuint (n_stickies (f), ==, 1);
}

static gboolean
refuse (StormChange       *change,
        StormHistoryStep   step,
        gpointer           user_data,
        GError           **error)
{
  g_set_error_literal (error, STORM_ERROR, STORM_ERROR_NO_SPACE, "full");
  return FALSE;
}

/* The disk is full: the drag is undone on the board, and the next one begins cleanly. */
static void
test_not_kept (Fixture       *f,
               gconstpointer  data)
{
  storm_history_set_persist (f->history, refuse, NULL, NULL);
  drag (f, 210, 210, 260, 240, 0);
  drop (f, 260, 240, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  storm_history_set_persist (f->history, NULL, NULL, NULL);
  drag (f, 210, 210, 260, 240, 0);
  drop (f, 260, 240, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 190);
}

/* On to the next one: made where there is none, entered where there is one. */
static void
test_step (Fixture       *f,
           gconstpointer  data)
{
  StormSticky *a = storm_board_lookup_sticky (f->board, f->a), *made;
  g_autofree char *right = NULL;
  guint n = g_list_model_get_n_items (storm_board_get_stickies (f->board));

  right = g_strdup (storm_tool_step (f->tool, storm_scene_lookup (f->scene, f->a),
                                     STORM_SIDE_RIGHT));
  made = storm_board_lookup_sticky (f->board, right);
  g_assert_cmpint (storm_sticky_get_kind (made), ==, STORM_KIND_EVENT);
  g_assert_cmpfloat (storm_sticky_get_rect (made)->y, ==, storm_sticky_get_rect (a)->y);
  g_assert_cmpfloat (storm_sticky_get_rect (made)->x, ==, storm_sticky_get_rect (a)->x + 160);
  g_assert_true (storm_selection_contains (f->selection, right));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (f->board)), ==, n + 1);

  /* Back, and there again: nothing new. */
  g_assert_cmpstr (storm_tool_step (f->tool, storm_scene_lookup (f->scene, right),
                                    STORM_SIDE_LEFT), ==, f->a);
  g_assert_cmpstr (storm_tool_step (f->tool, storm_scene_lookup (f->scene, f->a),
                                    STORM_SIDE_RIGHT), ==, right);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (f->board)), ==, n + 1);
  g_assert_nonnull (storm_tool_step (f->tool, storm_scene_lookup (f->scene, right),
                                     STORM_SIDE_BOTTOM));
  g_assert_nonnull (storm_tool_step (f->tool, storm_scene_lookup (f->scene, right),
                                     STORM_SIDE_TOP));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (f->board)), ==, n + 3);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (f->board)), ==, n + 2);

  storm_history_set_read_only (f->history, TRUE);
  g_assert_null (storm_tool_step (f->tool, storm_scene_lookup (f->scene, f->b), STORM_SIDE_RIGHT));
  g_assert_cmpuint (f->n_failed, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("move", test_move);
  ADD ("threshold", test_threshold);
  ADD ("cancel", test_cancel);
  ADD ("cancel-selection", test_cancel_selection);
  ADD ("shift", test_shift_constrains);
  ADD ("alt", test_alt_duplicates);
  ADD ("duplicate-repeats", test_duplicate_repeats);
  ADD ("duplicate-after-drag", test_duplicate_after_drag);
  ADD ("select", test_select);
  ADD ("marquee", test_marquee);
  ADD ("connect", test_connect);
  ADD ("connect-to-empty", test_connect_to_empty);
  ADD ("connect-click", test_connect_click);
  ADD ("hover", test_hover);
  ADD ("place", test_place);
  ADD ("double-press", test_double_press);
  ADD ("step", test_step);
  ADD ("context", test_context);
  ADD ("context-fit", test_context_fit);
  ADD ("context-card", test_context_card);
  ADD ("pan", test_pan);
  ADD ("read-only", test_read_only);
  ADD ("removed-under-drag", test_removed_under_drag);
  ADD ("not-kept", test_not_kept);
  return g_test_run ();
}
