#include "config.h"

#include "storm-event-list-model.h"
#include "storm-monitor.h"
#include "../unit/storm-trace-test.h"

/* What a widget knows of the list that was only told of differences. */
typedef struct
{
  StormMonitor        *monitor;
  StormEventView      *view;
  StormEventListModel *rows;
  GArray              *known;     /* guint32: the row at each place */
  guint                n_removed;
  guint                n_moved;
} Mirror;

static guint32
row_at (Mirror *mirror,
        guint   position)
{
  return storm_event_view_get_row (mirror->view,
                                   storm_event_list_model_get_place (mirror->rows, position));
}

static void
on_items_changed (Mirror *mirror,
                  guint   position,
                  guint   removed,
                  guint   added)
{
  g_assert_cmpuint (position + removed, <=, mirror->known->len);
  if (removed > 0)
    g_array_remove_range (mirror->known, position, removed);
  mirror->n_removed += removed;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror->rows)), ==,
                    mirror->known->len + added);
  for (guint i = 0; i < added; i++)
    {
      guint32 row = row_at (mirror, position + i);

      g_array_insert_val (mirror->known, position + i, row);
    }
}

static void
on_moved (Mirror *mirror,
          guint   position,
          guint   n)
{
  mirror->n_moved += n;
  for (guint i = position; i < position + n; i++)
    g_array_index (mirror->known, guint32, i) = row_at (mirror, i);
}

/* Of the view's rows so many are to be shown: all, or those that had happened at @moment. */
static guint
count_shown (Mirror            *mirror,
             const StormMoment *moment)
{
  StormEventLog *log = storm_monitor_get_log (mirror->monitor);
  guint n = 0;

  for (guint i = 0; i < storm_event_view_get_n (mirror->view); i++)
    n += moment == NULL ||
         storm_moment_includes (moment, log, storm_event_view_get_row (mirror->view, i));
  return n;
}

static void
check (Mirror            *mirror,
       const StormMoment *moment)
{
  guint n = count_shown (mirror, moment);

  g_assert_cmpuint (mirror->known->len, ==, n);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror->rows)), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (g_array_index (mirror->known, guint32, i), ==,
                      storm_event_view_get_row (mirror->view, i));
}

static void
take_random (Mirror *mirror,
             GRand  *rand,
             guint   frame)
{
  TestEvent events[30];
  g_autoptr (StormBatch) batch = NULL;
  guint n = g_rand_int_range (rand, 1, G_N_ELEMENTS (events) + 1);

  for (guint i = 0; i < n; i++)
    events[i] = (TestEvent) {
      g_rand_boolean (rand) ? "OrderPlaced" : "Paid", g_rand_boolean (rand) ? "a" : "b", NULL,
      frame * 300 + g_rand_int_range (rand, 0, 2000), 0, frame * 100 + i
    };
  batch = test_batch (storm_monitor_get_strings (mirror->monitor), events, n);
  storm_monitor_take (mirror->monitor, batch);
}

/* Events that come late, filters that come and go: the differences lead to what there is. */
static void
test_differences (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = storm_monitor_new (board);
  StormEventView *view = storm_monitor_get_view (monitor);
  g_autoptr (StormEventListModel) rows = storm_event_list_model_new (view);
  g_autoptr (GRand) rand = g_rand_new_with_seed (811);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (guint32));
  Mirror mirror = { monitor, view, rows, known, 0, 0 };

  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (on_items_changed), &mirror);
  g_signal_connect_swapped (rows, "moved", G_CALLBACK (on_moved), &mirror);
  for (guint frame = 0; frame < 200; frame++)
    {
      StormEventFilter filter = { .type = frame % 50 < 25 ? "Paid" : NULL };

      take_random (&mirror, rand, frame);
      if (frame % 4 == 3)
        storm_monitor_flush_board (monitor);
      else
        storm_monitor_flush (monitor);
      check (&mirror, NULL);
      if (frame % 25 == 10)
        storm_event_view_set_filter (view, &filter);
      check (&mirror, NULL);
    }
  g_assert_cmpuint (mirror.n_moved, >, 0);
  /* The filter took rows out; late events never did, or GTK would make their widgets anew. */
  g_assert_cmpuint (mirror.n_removed, >, 0);
  mirror.n_removed = 0;
  for (guint frame = 200; frame < 250; frame++)
    {
      take_random (&mirror, rand, frame);
      storm_monitor_flush (monitor);
    }
  g_assert_cmpuint (mirror.n_removed, ==, 0);
  storm_monitor_clear (monitor);
  check (&mirror, NULL);
}

/* The same while somebody looks back, and as he comes and goes. */
static void
test_differences_then (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = storm_monitor_new (board);
  StormEventView *view = storm_monitor_get_view (monitor);
  g_autoptr (StormEventListModel) rows = storm_event_list_model_new (view);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (guint32));
  Mirror mirror = { monitor, view, rows, known, 0, 0 };
  StormMoment moment;
  const StormMoment *then = NULL;

  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (on_items_changed), &mirror);
  g_signal_connect_swapped (rows, "moved", G_CALLBACK (on_moved), &mirror);
  for (guint frame = 0; frame < 300; frame++)
    {
      StormEventFilter filter = { .type = frame % 40 < 20 ? "Paid" : NULL };

      take_random (&mirror, rand, frame);
      storm_monitor_flush (monitor);
      check (&mirror, then);
      if (frame % 20 == 10)
        storm_event_view_set_filter (view, &filter);
      check (&mirror, then);
      if (frame % 3 != 0)
        continue;
      moment = (StormMoment) { AT ((gint64) frame * 300 + g_rand_int_range (rand, -3000, 3000)),
                               G_MAXUINT32 };
      then = g_rand_int_range (rand, 0, 4) > 0 ? &moment : NULL;
      storm_event_list_model_set_moment (rows, storm_monitor_get_log (monitor), then);
      check (&mirror, then);
    }
  g_assert_cmpuint (mirror.n_moved, >, 0);
}

/* The chosen row stays chosen where it moves, and GTK is told. */
static void
test_selection_moves (void)
{
  const TestEvent first[] = {
    { "A", "a", NULL, 1000, 0, 0 }, { "B", "a", NULL, 3000, 0, 1 },
  };
  const TestEvent late = { "C", "a", NULL, 2000, 0, 2 };
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = storm_monitor_new (board);
  g_autoptr (StormEventListModel) rows =
    storm_event_list_model_new (storm_monitor_get_view (monitor));
  g_autoptr (StormBatch) batch = test_batch (storm_monitor_get_strings (monitor), first, 2);
  g_autoptr (StormBatch) second = test_batch (storm_monitor_get_strings (monitor), &late, 1);

  storm_monitor_take (monitor, batch);
  storm_monitor_flush (monitor);
  storm_event_list_model_set_selected_row (rows, 1);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (rows), 1));
  storm_monitor_take (monitor, second);
  storm_monitor_flush (monitor);
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (rows), 1));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (rows), 2));
}

/* The list with its gaps: rows of the log, GAP | row in front of one, OPEN | i at the end. */
#define GAP 0x80000000u
#define OPEN 0x40000000u

static guint32
what_is_at (Mirror *mirror,
            guint   position)
{
  const StormEventGap *gap = storm_event_list_model_get_gap (mirror->rows, position);
  StormEventLog *log = storm_monitor_get_log (mirror->monitor);

  if (gap == NULL)
    return row_at (mirror, position);
  return storm_event_log_get_gap_before (log, gap->row) != NULL &&
         storm_event_log_get_gap_before (log, gap->row)->partition == gap->partition
           ? GAP | gap->row : OPEN | (guint32) gap->partition;
}

static void
on_gaps_changed (Mirror *mirror,
                 guint   position,
                 guint   removed,
                 guint   added)
{
  g_assert_cmpuint (position + removed, <=, mirror->known->len);
  if (removed > 0)
    g_array_remove_range (mirror->known, position, removed);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror->rows)), ==,
                    mirror->known->len + added);
  for (guint i = 0; i < added; i++)
    {
      guint32 what = what_is_at (mirror, position + i);

      g_array_insert_val (mirror->known, position + i, what);
    }
}

static void
on_gaps_moved (Mirror *mirror,
               guint   position,
               guint   n)
{
  g_assert_cmpuint (position + n, <=, mirror->known->len);
  for (guint i = position; i < position + n; i++)
    g_array_index (mirror->known, guint32, i) = what_is_at (mirror, i);
}

/* @until: the moment of the end, or %STORM_TIME_MAX */
static void
check_gaps (Mirror    *mirror,
            StormTime  until)
{
  StormEventLog *log = storm_monitor_get_log (mirror->monitor);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (StormEventGap));
  guint n = storm_event_list_model_get_n_events (mirror->rows);
  guint position = 0, found;

  for (guint i = 0; i < n; i++)
    {
      guint32 row = storm_event_view_get_row (mirror->view, i);

      if (storm_event_log_get_gap_before (log, row) != NULL)
        {
          g_assert_cmpuint (g_array_index (mirror->known, guint32, position), ==, GAP | row);
          g_assert_false (gtk_selection_model_select_item (GTK_SELECTION_MODEL (mirror->rows),
                                                           position, TRUE));
          position++;
        }
      g_assert_cmpuint (g_array_index (mirror->known, guint32, position), ==, row);
      g_assert_true (storm_event_list_model_find (mirror->rows, row, &found));
      g_assert_cmpuint (found, ==, position);
      g_assert_cmpuint (storm_event_list_model_get_place (mirror->rows, position), ==, i);
      position++;
    }
  if (until == G_MAXINT64 && !storm_event_view_is_filtered (mirror->view))
    storm_event_log_list_open_gaps (log, open);
  for (guint i = 0; i < open->len; i++, position++)
    g_assert_cmpuint (g_array_index (mirror->known, guint32, position), ==,
                      OPEN | (guint32) g_array_index (open, StormEventGap, i).partition);
  g_assert_cmpuint (position, ==, mirror->known->len);
  g_assert_cmpuint (position, ==, g_list_model_get_n_items (G_LIST_MODEL (mirror->rows)));
}

static void
take_random_gaps (Mirror *mirror,
                  GRand  *rand,
                  guint   frame)
{
  g_autoptr (StormBatchBuilder) builder =
    test_builder (storm_monitor_get_strings (mirror->monitor));
  g_autoptr (StormBatch) batch = NULL;
  guint n = g_rand_int_range (rand, 1, 30);

  for (guint i = 0; i < n; i++)
    {
      gint32 partition = g_rand_int_range (rand, 0, 4);
      gint64 offset = frame * 100 + i;
      TestEvent event = { g_rand_boolean (rand) ? "OrderPlaced" : "Paid", "a", NULL,
                          frame * 300 + g_rand_int_range (rand, 0, 2000), partition, offset };

      if (g_rand_int_range (rand, 0, 8) == 0)
        storm_batch_builder_mark (builder, STORM_MARK_GAP, "shop", partition, offset, offset + 1);
      if (g_rand_int_range (rand, 0, 30) == 0)
        storm_batch_builder_mark (builder, STORM_MARK_ANEW, "shop", partition, offset, offset);
      test_add (builder, &event);
    }
  if (g_rand_boolean (rand))
    storm_batch_builder_mark (builder, STORM_MARK_GAP, "shop", g_rand_int_range (rand, 0, 4),
                              frame * 100, frame * 100 + 3);
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (mirror->monitor, batch);
  storm_monitor_flush (mirror->monitor);
  storm_event_list_model_update_gaps (mirror->rows);
}

/* Gaps among late events, under filters, and looked back at: each stands in front of its event. */
static void
test_gaps (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = storm_monitor_new (board);
  StormEventView *view = storm_monitor_get_view (monitor);
  g_autoptr (StormEventListModel) rows = storm_event_list_model_new (view);
  g_autoptr (GRand) rand = g_rand_new_with_seed (77);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (guint32));
  Mirror mirror = { monitor, view, rows, known, 0, 0 };

  storm_event_list_model_show_gaps (rows, storm_monitor_get_log (monitor));
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (on_gaps_changed), &mirror);
  g_signal_connect_swapped (rows, "moved", G_CALLBACK (on_gaps_moved), &mirror);
  for (guint frame = 0; frame < 300; frame++)
    {
      take_random_gaps (&mirror, rand, frame);
      check_gaps (&mirror, G_MAXINT64);
      if (frame % 20 == 10)
        {
          StormEventFilter filter = { .type = frame % 40 < 20 ? "Paid" : NULL };

          storm_event_view_set_filter (view, &filter);
          storm_event_list_model_update_gaps (rows);
          check_gaps (&mirror, G_MAXINT64);
        }
      if (frame % 30 == 5)
        {
          StormMoment moment = { .time = AT (frame * 150) };

          storm_event_list_model_set_moment (rows, storm_monitor_get_log (monitor), &moment);
          check_gaps (&mirror, moment.time);
          take_random_gaps (&mirror, rand, frame);
          check_gaps (&mirror, moment.time);
          storm_event_list_model_set_moment (rows, storm_monitor_get_log (monitor), NULL);
          check_gaps (&mirror, G_MAXINT64);
        }
    }
  storm_monitor_clear (monitor);
  storm_event_list_model_update_gaps (rows);
  g_assert_cmpuint (known->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-list/differences", test_differences);
  g_test_add_func ("/event-list/differences-then", test_differences_then);
  g_test_add_func ("/event-list/selection-moves", test_selection_moves);
  g_test_add_func ("/event-list/gaps", test_gaps);
  return g_test_run ();
}
