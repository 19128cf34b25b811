#pragma once

/* Several sources as one, and a monitor that takes what they bring. */

#include "storm-monitor.h"
#include "storm-multi-source.h"
#include "storm-trace-test.h"

typedef struct
{
  StormBoard       *board;
  StormMonitor     *monitor;
  StormEventLog    *log;
  StormBatchQueue  *queue;
  StormMultiSource *multi;
  GArray           *marks;      /* StormMark */
} Fixture;

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->monitor = storm_monitor_new (f->board);
  f->log = storm_monitor_get_log (f->monitor);
  f->queue = storm_batch_queue_new (64 << 20, NULL, NULL);
  f->multi = storm_multi_source_new ();
  f->marks = g_array_new (FALSE, FALSE, sizeof (StormMark));
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_batch_queue_close (f->queue);
  storm_source_stop (STORM_SOURCE (f->multi));
  g_assert_true (storm_source_wait_all (G_TIME_SPAN_MINUTE));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->multi);
  storm_batch_queue_unref (f->queue);
  g_array_unref (f->marks);
  g_assert_finalize_object (f->monitor);
  g_assert_finalize_object (f->board);
}

static inline void
start (Fixture *f)
{
  g_autoptr (StormMapping) mapping = test_mapping ();

  storm_source_start (STORM_SOURCE (f->multi), f->queue, storm_monitor_get_strings (f->monitor),
                      mapping);
}

static inline void
take (Fixture *f)
{
  StormBatch *batch;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  while ((batch = storm_batch_queue_pop (f->queue)) != NULL)
    {
      guint n;
      const StormMark *marks = storm_batch_get_marks (batch, &n);

      if (n > 0)
        g_array_append_vals (f->marks, marks, n);
      storm_monitor_take (f->monitor, batch);
      storm_batch_unref (batch);
    }
  storm_monitor_flush (f->monitor);
}

static inline void
assert_status (Fixture    *f,
               const char *expected)
{
  g_autofree char *status = NULL;

  g_object_get (f->multi, "status", &status, NULL);
  g_assert_cmpstr (status, ==, expected);
}
