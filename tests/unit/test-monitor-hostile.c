#include "config.h"

#include <string.h>

#include "storm-history.h"
#include "storm-monitor.h"
#include "storm-test.h"
#include "storm-trace-test.h"

/* What no producer should send, on its whole way: mapping, batch, log, index, overlay, list. A good
 * case stands among it, and must come out with its numbers. */

typedef struct
{
  const char         *payload;   /* NULL for a tombstone */
  gssize              len;       /* -1: up to the nul */
  StormPayloadStatus  status;
  const char         *type;      /* NULL: undecodable */
  const char         *key;
  guint16             flags;     /* besides STORM_EVENT_UNDECODABLE */
} Bad;

#define BROKER (STORM_EVENT_TIME_BROKER)
#define ABSURD (STORM_EVENT_TIME_BROKER | STORM_EVENT_TIME_REFUSED)

static const Bad bad[] = {
  { "", 0, STORM_PAYLOAD_EMPTY, NULL, NULL, BROKER },
  { " \n", -1, STORM_PAYLOAD_EMPTY, NULL, NULL, BROKER },
  { NULL, 0, STORM_PAYLOAD_TOMBSTONE, NULL, NULL, BROKER },
  { "OrderPlaced 4711", -1, STORM_PAYLOAD_NOT_JSON, NULL, NULL, BROKER },
  { "{\"t\":\"Paid\",\"k\":\"a\"", -1, STORM_PAYLOAD_NOT_JSON, NULL, NULL, BROKER },
  { "42", -1, STORM_PAYLOAD_SCALAR, NULL, NULL, BROKER },
  { "null", -1, STORM_PAYLOAD_SCALAR, NULL, NULL, BROKER },
  { "\"Paid\"", -1, STORM_PAYLOAD_SCALAR, NULL, NULL, BROKER },
  { "{\"t\":\"Paid\",\"k\":\"\xff\xfe\"}", -1, STORM_PAYLOAD_INVALID_UTF8, NULL, NULL, BROKER },
  { "\x00\x01\x02", 3, STORM_PAYLOAD_NOT_JSON, NULL, NULL, BROKER },
  /* No type, no key. */
  { "{\"k\":\"a\"}", -1, STORM_PAYLOAD_JSON, NULL, "a", BROKER },
  { "{\"t\":\"\",\"k\":\"a\"}", -1, STORM_PAYLOAD_JSON, NULL, "a", BROKER },
  { "{\"t\":null,\"k\":\"a\"}", -1, STORM_PAYLOAD_JSON, NULL, "a", BROKER },
  { "{\"t\":{},\"k\":\"a\"}", -1, STORM_PAYLOAD_JSON, NULL, "a", BROKER },
  { "{\"t\":\"Paid\"}", -1, STORM_PAYLOAD_JSON, "Paid", NULL, BROKER },
  { "{\"t\":\"Paid\",\"k\":\"\"}", -1, STORM_PAYLOAD_JSON, "Paid", NULL, BROKER },
  { "{\"t\":\"Paid\",\"k\":[1]}", -1, STORM_PAYLOAD_JSON, "Paid", NULL, BROKER },
  /* Times that can't be. */
  { "{\"t\":\"Paid\",\"k\":\"far\",\"ts\":1e308}", -1, STORM_PAYLOAD_JSON, "Paid", "far", ABSURD },
  { "{\"t\":\"Paid\",\"k\":\"far\",\"ts\":-1}", -1, STORM_PAYLOAD_JSON, "Paid", "far", ABSURD },
  { "{\"t\":\"Paid\",\"k\":\"far\",\"ts\":0}", -1, STORM_PAYLOAD_JSON, "Paid", "far", ABSURD },
  { "{\"t\":\"Paid\",\"k\":\"far\",\"ts\":99999999999999999999}", -1, STORM_PAYLOAD_JSON, "Paid",
    "far", ABSURD },
  { "{\"t\":\"Paid\",\"k\":\"far\",\"ts\":\"99999-99-99T99:99:99Z\"}", -1, STORM_PAYLOAD_JSON,
    "Paid", "far", ABSURD },
  { "{\"t\":\"Paid\",\"k\":\"far\",\"ts\":[2026,2,31]}", -1, STORM_PAYLOAD_JSON, "Paid", "far",
    ABSURD },
  /* Text that would be something else elsewhere. */
  { "{\"t\":\"<b>&</b>%s\",\"k\":\"<i>\\u0000\\u001b[2J\"}", -1, STORM_PAYLOAD_JSON, "<b>&</b>%s",
    NULL, BROKER },
};

typedef struct
{
  StormBoard        *board;
  StormMonitor      *monitor;
  StormBatchBuilder *builder;
  gint64             offset;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  storm_test_add_sticky (f->board, "placed", STORM_KIND_EVENT, "OrderPlaced", 0, 0);
  storm_test_add_sticky (f->board, "paid", STORM_KIND_EVENT, "Paid", 600, 0);
  f->monitor = storm_monitor_new (f->board);
  f->builder = test_builder (storm_monitor_get_strings (f->monitor));
  f->offset = 0;
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_batch_builder_free (f->builder);
  g_assert_finalize_object (f->monitor);
  g_assert_finalize_object (f->board);
}

static void
add (Fixture    *f,
     const char *payload,
     gssize      len)
{
  StormRecord record = {
    .topic = "shop",
    .offset = f->offset,
    .broker_time = AT (f->offset),
    .payload = (const guint8 *) payload,
    .payload_len = payload == NULL ? 0 : len >= 0 ? (gsize) len : strlen (payload),
  };

  f->offset++;
  storm_batch_builder_add (f->builder, &record);
}

static void
take (Fixture *f)
{
  g_autoptr (StormBatch) batch = storm_batch_builder_take (f->builder);

  storm_monitor_take (f->monitor, batch);
  storm_monitor_flush (f->monitor);
}

/* Chooses every event once, as somebody would who walks down the list. */
static void
walk (Fixture *f)
{
  StormEventView *view = storm_monitor_get_view (f->monitor);
  guint n = storm_event_view_get_n (view);

  g_assert_cmpuint (n, ==, storm_event_log_get_n (storm_monitor_get_log (f->monitor)));
  for (guint i = 0; i < n; i++)
    {
      guint32 row = storm_event_view_get_row (view, i);

      storm_monitor_set_selected_row (f->monitor, row);
      storm_monitor_flush (f->monitor);
      g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, row);
    }
}

/* The good case has the numbers 1 and 2, whatever stood around it. */
static void
assert_good_case (Fixture *f)
{
  StormTrace *trace = storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "good");
  const StormNumbered *numbers;
  guint n;

  g_assert_nonnull (trace);
  numbers = storm_trace_get_numbers (trace, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (numbers[0].n, ==, 1);
  g_assert_cmpuint (numbers[1].n, ==, 2);
  storm_monitor_set_key (f->monitor, "good");
  storm_monitor_flush (f->monitor);
  g_assert_cmpuint (storm_overlay_get_sticky (storm_monitor_get_overlay (f->monitor),
                                              "paid")->badges[0].n, ==, 2);
  storm_monitor_set_key (f->monitor, NULL);
}

static void
test_payloads (Fixture       *f,
               gconstpointer  data)
{
  StormEventLog *log = storm_monitor_get_log (f->monitor);
  guint n_undecodable = 0;
  guint shown;

  add (f, "{\"t\":\"OrderPlaced\",\"k\":\"good\"}", -1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    add (f, bad[i].payload, bad[i].len);
  add (f, "{\"t\":\"Paid\",\"k\":\"good\"}", -1);
  take (f);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      guint16 flags = storm_event_log_get_flags (log, i + 1);

      g_test_message ("payload %u", i);
      g_assert_cmpint (storm_event_log_get_payload_status (log, i + 1), ==, bad[i].status);
      g_assert_cmpuint (flags & ~STORM_EVENT_UNDECODABLE, ==, bad[i].flags);
      g_assert_cmpint ((flags & STORM_EVENT_UNDECODABLE) != 0, ==, bad[i].type == NULL);
      if (bad[i].type != NULL)
        g_assert_cmpstr (storm_event_log_get_type_name (log, i + 1), ==, bad[i].type);
      if (bad[i].key != NULL)
        g_assert_cmpstr (storm_event_log_get_correlation (log, i + 1), ==, bad[i].key);
      g_assert_cmpint (storm_event_log_get_time (log, i + 1), ==, AT (i + 1));
      n_undecodable += bad[i].type == NULL;
    }
  g_object_get (f->monitor, "n-undecodable", &shown, NULL);
  g_assert_cmpuint (shown, ==, n_undecodable);
  walk (f);
  assert_good_case (f);
}

/* 5 MB, and 100,000 brackets, with a type in front and behind. */
static void
test_large (Fixture       *f,
            gconstpointer  data)
{
  StormEventLog *log = storm_monitor_get_log (f->monitor);
  g_autofree char *pad = g_strnfill (5 * 1000 * 1000, 'x');
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *large = g_strdup_printf ("{\"t\":\"Large\",\"k\":\"%s\",\"pad\":\"%s\"}", pad,
                                            pad);
  g_autofree char *deep = g_strdup_printf ("{\"t\":\"Paid\",\"k\":\"good\",\"x\":%s", brackets);
  g_autofree char *long_type = g_strdup_printf ("{\"t\":\"%s\",\"k\":\"a\"}", pad);

  add (f, "{\"t\":\"OrderPlaced\",\"k\":\"good\"}", -1);
  add (f, large, -1);
  add (f, deep, -1);
  add (f, brackets, -1);
  add (f, long_type, -1);
  add (f, "{\"t\":\"Paid\",\"k\":\"good\"}", -1);
  take (f);

  g_assert_cmpstr (storm_event_log_get_type_name (log, 1), ==, "Large");
  /* A key of 5 MB is no key. */
  g_assert_cmpstr (storm_event_log_get_correlation (log, 1), ==, "");
  g_assert_cmpint (storm_event_log_get_payload_status (log, 2), ==, STORM_PAYLOAD_TOO_DEEP);
  g_assert_cmpint (storm_event_log_get_payload_status (log, 3), ==, STORM_PAYLOAD_TOO_DEEP);
  for (guint row = 2; row < 5; row++)
    g_assert_true (storm_event_log_get_flags (log, row) & STORM_EVENT_UNDECODABLE);
  walk (f);
  assert_good_case (f);
}

/* "Make sticky" of a type that looks like markup and a payload with more fields than anybody
 * has. */
static void
test_make_sticky (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (StormHistory) history = storm_history_new (f->board);
  g_autoptr (StormMapping) mapping = test_mapping ();
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) unmatched = NULL;
  g_autoptr (GString) payload = g_string_new ("{\"t\":\"<b>&</b>%s\",\"k\":\"a\"");
  g_autofree char *id = NULL;
  StormPoint at = { 100, 100 };

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (payload, ",\"f<%u>\":%u", i, i);
  g_string_append_c (payload, '}');
  add (f, payload->str, -1);
  take (f);

  unmatched = storm_monitor_get_unmatched (f->monitor);
  g_assert_cmpuint (unmatched->len, ==, 1);
  change = storm_monitor_make_sticky (f->monitor, mapping,
                                      g_array_index (unmatched, StormUnmatched, 0).type_id, at,
                                      &id);
  g_assert_nonnull (change);
  g_assert_true (storm_history_do (history, change, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (storm_sticky_get_title (STORM_STICKY (storm_board_lookup (f->board, id))), ==,
                   "<b>&</b>%s");
}

#define ADD(path, func) \
  g_test_add ("/monitor-hostile/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("payloads", test_payloads);
  ADD ("large", test_large);
  ADD ("make-sticky", test_make_sticky);

  return g_test_run ();
}
