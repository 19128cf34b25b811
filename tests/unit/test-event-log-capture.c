#include "config.h"

#include "storm-error.h"
#include "storm-event-log-test.h"

/* A capture: what was appended, packed. */
typedef struct
{
  GPtrArray *packed;
  guint      n_read;
  gboolean   broken;
} Capture;

static gboolean
read_capture (guint32          row,
              StormRecordView *view,
              gpointer         user_data)
{
  Capture *capture = user_data;
  GBytes *bytes;

  if (capture->broken || row >= capture->packed->len)
    return FALSE;

  capture->n_read++;
  bytes = g_ptr_array_index (capture->packed, row);

  return storm_record_unpack (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), view);
}

static void
flush_captured (Fixture *fixture,
                Capture *capture)
{
  g_autoptr (StormBatch) batch = storm_batch_builder_take (fixture->builder);
  guint n;

  storm_batch_get_rows (batch, &n);
  for (guint i = 0; i < n; i++)
    {
      gsize len;
      const guint8 *packed = storm_batch_get_packed (batch, i, &len);

      g_ptr_array_add (capture->packed, g_bytes_new (packed, len));
    }
  storm_event_log_append (fixture->log, batch);
}

static void
fill_captured (Fixture *fixture,
               Capture *capture,
               guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *payload =
        g_strdup_printf ("{\"eventType\":\"T%u\",\"orderId\":%u,\"alt\":\"k%u\",\"eid\":\"e%u\"}",
                         i % 3, i % 10, i % 7, i % 500);

      add (fixture, "a", (gint32) (i % 3), i / 3, T0 + i * MS, payload);
      if (i % 100 == 99)
        flush_captured (fixture, capture);
    }
}

static void
test_budget (Fixture      *fixture,
             gconstpointer data)
{
  Capture capture = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref), };
  g_auto (StormRecordView) view = { 0, };
  gsize full;

  fill_captured (fixture, &capture, 1000);
  full = storm_event_log_get_bytes (fixture->log);
  storm_event_log_set_budget (fixture->log, 30000);
  storm_event_log_set_spooled (fixture->log, 550);
  g_assert_cmpuint (storm_event_log_get_bytes (fixture->log), ==, full);

  /* Nothing leaves before there is a reader, and nothing that is not spooled. */
  storm_event_log_set_reader (fixture->log, read_capture, &capture, NULL);
  g_assert_cmpuint (storm_event_log_get_bytes (fixture->log), <, full);
  for (guint32 row = 0; row < 1000; row++)
    {
      g_autofree char *expected = g_strdup_printf ("\"alt\":\"k%u\"", row % 7);

      g_assert_true (storm_event_log_read (fixture->log, row, &view));
      g_assert_nonnull (g_strstr_len ((const char *) view.record.payload,
                                      (gssize) view.record.payload_len, expected));
      g_assert_cmpstr (view.record.topic, ==, "a");
      g_assert_cmpint (view.record.partition, ==, row % 3);
      g_assert_cmpint (view.record.offset, ==, row / 3);
      g_assert_cmpint (view.record.broker_time, ==, T0 + row * MS);
    }
  g_assert_cmpuint (capture.n_read, ==, 500);

  /* Repeats are found even when the first one is on the disk only. */
  storm_event_log_set_spooled (fixture->log, 1000);
  add (fixture, "z", 0, 0, T0, "{\"eventType\":\"T0\",\"eid\":\"e0\"}");
  flush_captured (fixture, &capture);
  g_assert_cmpuint (storm_event_log_get_first (fixture->log, 1000), ==, 0);

  capture.broken = TRUE;
  g_assert_false (storm_event_log_read (fixture->log, 0, &view));
  g_assert_true (storm_event_log_read (fixture->log, 1000, &view));
  storm_event_log_set_reader (fixture->log, NULL, NULL, NULL);
  g_ptr_array_unref (capture.packed);
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = storm_event_log_remap_finish (STORM_EVENT_LOG (object), result, &error);
  int *outcome = user_data;

  if (!ok)
    g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
  *outcome = ok ? 1 : 2;
}

static void
test_remap (Fixture      *fixture,
            gconstpointer data)
{
  Capture capture = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref), };
  g_autoptr (StormMapping) other =
    storm_mapping_new_from_json ("{\"type\":[\"json:/eventType\"],\"correlation\":[\"json:/alt\"]}",
                                 NULL);
  int outcome = 0;
  guint n_rows;

  fill_captured (fixture, &capture, 3000);
  g_assert_cmpuint (storm_event_log_get_flags (fixture->log, 1500) & STORM_EVENT_REPEATED, !=, 0);
  storm_event_log_add_flags (fixture->log, 3, STORM_EVENT_LATE);
  storm_event_log_set_spooled (fixture->log, 3000);
  storm_event_log_set_budget (fixture->log, 100000);
  storm_event_log_set_reader (fixture->log, read_capture, &capture, NULL);

  storm_event_log_remap_async (fixture->log, other, NULL, on_done, &outcome);
  /* What arrives meanwhile is read again as well. */
  add (fixture, "a", 0, 5000, T0, "{\"eventType\":\"T9\",\"orderId\":1,\"alt\":\"late\"}");
  add (fixture, "a", 0, 0, T0,
       "{\"eventType\":\"T0\",\"orderId\":0,\"alt\":\"k0\",\"eid\":\"e0\"}");
  flush_captured (fixture, &capture);
  while (outcome == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (outcome, ==, 1);
  g_assert_cmpuint (fixture->n_remapped, ==, 1);
  g_assert_cmpuint (capture.n_read, >, 0);
  n_rows = storm_event_log_get_n (fixture->log);
  g_assert_cmpuint (n_rows, ==, 3002);
  for (guint32 row = 0; row < 3000; row++)
    {
      g_autofree char *expected = g_strdup_printf ("k%u", row % 7);

      g_assert_cmpstr (storm_event_log_get_correlation (fixture->log, row), ==, expected);
      /* This mapping reads no ids, so nothing repeats one. */
      g_assert_cmpuint (storm_event_log_get_first (fixture->log, row), ==, row);
    }
  g_assert_cmpuint (storm_event_log_get_flags (fixture->log, 3) & STORM_EVENT_LATE, ==, 0);
  g_assert_cmpstr (storm_event_log_get_correlation (fixture->log, 3000), ==, "late");
  g_assert_cmpuint (storm_event_log_get_first (fixture->log, 3001), ==, 0);

  storm_event_log_set_reader (fixture->log, NULL, NULL, NULL);
  g_ptr_array_unref (capture.packed);
}

static void
test_remap_stopped (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (StormMapping) other = storm_mapping_new_from_json ("{\"type\":[\"topic\"]}", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  int outcomes[4] = { 0, };

  add (fixture, "a", 0, 0, T0, "{\"eventType\":\"A\"}");
  flush (fixture);

  storm_event_log_remap_async (fixture->log, other, cancellable, on_done, &outcomes[0]);
  g_cancellable_cancel (cancellable);
  while (outcomes[0] == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (outcomes[0], ==, 2);
  g_assert_cmpstr (storm_event_log_get_type_name (fixture->log, 0), ==, "A");

  /* A newer one, and clearing, stop an older one. */
  storm_event_log_remap_async (fixture->log, other, NULL, on_done, &outcomes[1]);
  storm_event_log_remap_async (fixture->log, other, NULL, on_done, &outcomes[2]);
  while (outcomes[1] == 0 || outcomes[2] == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (outcomes[1], ==, 2);
  g_assert_cmpint (outcomes[2], ==, 1);
  g_assert_cmpstr (storm_event_log_get_type_name (fixture->log, 0), ==, "a");

  storm_event_log_remap_async (fixture->log, other, NULL, on_done, &outcomes[3]);
  storm_event_log_clear (fixture->log);
  while (outcomes[3] == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (outcomes[3], ==, 2);
  g_assert_cmpuint (fixture->n_remapped, ==, 1);
}

static void
test_memory (Fixture      *fixture,
             gconstpointer data)
{
  Capture capture = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref), };
  const guint n = 57344;   /* whole chunks, and the table of ids as full as it gets */
  gsize bytes;

  fill_captured (fixture, &capture, n);
  flush_captured (fixture, &capture);
  g_assert_cmpuint (storm_event_log_get_n (fixture->log), ==, n);
  storm_event_log_set_reader (fixture->log, read_capture, &capture, NULL);
  storm_event_log_set_spooled (fixture->log, n);
  storm_event_log_set_budget (fixture->log, 0);
  bytes = storm_event_log_get_bytes (fixture->log);
  g_assert_cmpuint (bytes / n, <=, 30);

  storm_event_log_set_reader (fixture->log, NULL, NULL, NULL);
  g_ptr_array_unref (capture.packed);
}

#define ADD(name, func) \
  g_test_add ("/event-log-capture/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("budget", test_budget);
  ADD ("remap", test_remap);
  ADD ("remap-stopped", test_remap_stopped);
  ADD ("memory", test_memory);

  return g_test_run ();
}
