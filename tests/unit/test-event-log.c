#include "config.h"

#include "storm-event-log-test.h"

static void
test_columns (Fixture      *fixture,
              gconstpointer data)
{
  StormEventLog *log = fixture->log;
  g_auto (StormRecordView) view = { 0, };

  add (fixture, "shop", 2, 17, T0,
       "{\"eventType\":\"OrderPlaced\",\"timestamp\":1795257600120,\"id\":4711}");
  add (fixture, "kitchen", 0, 3, T0 + MS, "{\"eventType\":\"CookStarted\",\"orderId\":\"4711\"}");
  flush (fixture);
  add (fixture, "kitchen", 0, 4, T0 + 2 * MS, "no json");
  flush (fixture);

  g_assert_cmpuint (storm_event_log_get_n (log), ==, 3);
  g_assert_cmpuint (fixture->n_appended, ==, 3);
  g_assert_cmpint (storm_event_log_get_time (log, 0), ==, T0 + 120 * MS);
  g_assert_cmpint (storm_event_log_get_broker_time (log, 0), ==, T0);
  g_assert_cmpstr (storm_event_log_get_type_name (log, 0), ==, "OrderPlaced");
  g_assert_cmpstr (storm_event_log_get_correlation (log, 0), ==, "4711");
  g_assert_cmpstr (storm_event_log_get_topic (log, 0), ==, "shop");
  g_assert_cmpint (storm_event_log_get_partition (log, 0), ==, 2);
  g_assert_cmpint (storm_event_log_get_offset (log, 0), ==, 17);
  g_assert_cmpuint (storm_event_log_get_flags (log, 0), ==, 0);
  g_assert_cmpuint (storm_event_log_get_correlation_id (log, 0), ==,
                    storm_event_log_get_correlation_id (log, 1));

  g_assert_cmpint (storm_event_log_get_time (log, 1), ==, T0 + MS);
  g_assert_cmpuint (storm_event_log_get_flags (log, 1), ==, STORM_EVENT_TIME_BROKER);

  g_assert_cmpuint (storm_event_log_get_flags (log, 2), ==,
                    STORM_EVENT_TIME_BROKER | STORM_EVENT_UNDECODABLE);
  g_assert_cmpint (storm_event_log_get_payload_status (log, 2), ==, STORM_PAYLOAD_NOT_JSON);
  g_assert_cmpuint (storm_event_log_get_type_id (log, 2), ==, 0);
  g_assert_true (storm_event_log_read (log, 2, &view));
  g_assert_cmpmem (view.record.payload, view.record.payload_len, "no json", 7);
  g_assert_cmpstr (view.record.topic, ==, "kitchen");
  g_assert_cmpint (view.record.offset, ==, 4);

  storm_event_log_add_flags (log, 1, STORM_EVENT_LATE);
  g_assert_cmpuint (storm_event_log_get_flags (log, 1), ==,
                    STORM_EVENT_TIME_BROKER | STORM_EVENT_LATE);

  storm_event_log_clear (log);
  g_assert_cmpuint (storm_event_log_get_n (log), ==, 0);
  g_assert_cmpuint (fixture->n_cleared, ==, 1);
  add (fixture, "kitchen", 0, 4, T0, "{\"eventType\":\"Paid\"}");
  flush (fixture);
  g_assert_cmpstr (storm_event_log_get_type_name (log, 0), ==, "Paid");
  g_assert_cmpuint (storm_event_log_get_first (log, 0), ==, 0);
  g_assert_cmpuint (storm_event_log_get_flags (log, 0), ==, STORM_EVENT_TIME_BROKER);
}

static void
assert_firsts (Fixture       *fixture,
               const guint32 *firsts,
               guint          n)
{
  g_assert_cmpuint (storm_event_log_get_n (fixture->log), ==, n);
  for (guint32 row = 0; row < n; row++)
    {
      gboolean repeated = (storm_event_log_get_flags (fixture->log, row)
                           & STORM_EVENT_REPEATED) != 0;

      if (storm_event_log_get_first (fixture->log, row) != firsts[row])
        g_error ("row %u repeats %u", row, storm_event_log_get_first (fixture->log, row));
      g_assert_cmpint (repeated, ==, firsts[row] != row);
    }
}

static void
test_repeated_id (Fixture      *fixture,
                  gconstpointer data)
{
  static const guint32 firsts[] = { 0, 1, 0, 3, 4, 0, 6 };

  add (fixture, "a", 0, 0, T0, "{\"eventType\":\"Paid\",\"eid\":\"e1\"}");
  add (fixture, "a", 0, 1, T0, "{\"eventType\":\"Paid\",\"eid\":\"e2\"}");
  add (fixture, "a", 0, 2, T0, "{\"eventType\":\"Paid\",\"eid\":\"e1\"}");
  flush (fixture);
  /* Another type with the same id is another event; an empty id is none. */
  add (fixture, "a", 0, 3, T0, "{\"eventType\":\"Cooked\",\"eid\":\"e1\"}");
  add (fixture, "a", 0, 4, T0, "{\"eventType\":\"Paid\",\"eid\":\"\"}");
  add (fixture, "b", 1, 0, T0, "{\"eventType\":\"Paid\",\"eid\":\"e1\"}");
  add (fixture, "b", 1, 1, T0, "{\"eventType\":\"Paid\",\"eid\":\"\"}");
  flush (fixture);
  assert_firsts (fixture, firsts, G_N_ELEMENTS (firsts));
}

static void
test_repeated_place (Fixture      *fixture,
                     gconstpointer data)
{
  static const guint32 firsts[] = { 0, 1, 2, 1, 4, 0, 6, 7, 8, 8 };

  add (fixture, "a", 0, 10, T0, "{\"eventType\":\"A\"}");
  add (fixture, "a", 0, 11, T0, "{\"eventType\":\"B\"}");
  add (fixture, "a", 1, 11, T0, "{\"eventType\":\"C\"}");
  add (fixture, "a", 0, 11, T0, "{\"eventType\":\"B\"}");
  flush (fixture);
  /* Going back alone is no repeat: a second source may fill in what was missing. */
  add (fixture, "a", 0, 5, T0, "{\"eventType\":\"D\"}");
  add (fixture, "a", 0, 10, T0, "{\"eventType\":\"A\"}");
  /* Without an offset there is no place. */
  add (fixture, "a", 0, -1, T0, "{\"eventType\":\"E\"}");
  add (fixture, "a", 0, -1, T0, "{\"eventType\":\"E\"}");
  add (fixture, "b", 0, 7, T0, "{\"eventType\":\"F\"}");
  add (fixture, "b", 0, 7, T0, "{\"eventType\":\"F\"}");
  flush (fixture);
  assert_firsts (fixture, firsts, G_N_ELEMENTS (firsts));
}

static void
mark (Fixture       *fixture,
      StormMarkKind  kind,
      const char    *topic,
      gint32         partition,
      gint64         from,
      gint64         to)
{
  storm_batch_builder_mark (fixture->builder, kind, topic, partition, from, to);
}

/* The offsets of a topic that was made anew mean other events, in that partition alone. */
static void
test_made_anew (Fixture      *fixture,
                gconstpointer data)
{
  static const guint32 firsts[] = { 0, 1, 2, 3, 2, 3, 6 };

  add (fixture, "a", 0, 0, T0, "{\"eventType\":\"A\"}");
  add (fixture, "a", 0, 1, T0, "{\"eventType\":\"B\"}");
  add (fixture, "a", 1, 0, T0, "{\"eventType\":\"C\"}");
  mark (fixture, STORM_MARK_ANEW, "a", 0, 2, 0);
  add (fixture, "a", 0, 0, T0, "{\"eventType\":\"D\"}");
  add (fixture, "a", 1, 0, T0, "{\"eventType\":\"C\"}");
  add (fixture, "a", 0, 0, T0, "{\"eventType\":\"D\"}");
  flush (fixture);
  mark (fixture, STORM_MARK_ANEW, "a", 0, 1, 0);
  flush (fixture);
  add (fixture, "a", 0, 0, T0, "{\"eventType\":\"E\"}");
  flush (fixture);
  assert_firsts (fixture, firsts, G_N_ELEMENTS (firsts));
  g_assert_cmpint (storm_event_log_get_partition (fixture->log, 6), ==, 0);
}

static void
test_gaps (Fixture      *fixture,
           gconstpointer data)
{
  const StormEventGap *gaps;
  guint n = 99;

  storm_event_log_get_gaps (fixture->log, &n);
  g_assert_cmpuint (n, ==, 0);

  add (fixture, "a", 3, 10, T0, "{\"eventType\":\"A\"}");
  mark (fixture, STORM_MARK_GAP, "a", 3, 11, 20);
  mark (fixture, STORM_MARK_CAUGHT_UP, "a", 3, 20, 20);
  add (fixture, "a", 3, 20, T0, "{\"eventType\":\"A\"}");
  flush (fixture);
  mark (fixture, STORM_MARK_GAP, "b", 0, 0, 5);
  flush (fixture);

  gaps = storm_event_log_get_gaps (fixture->log, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (gaps[0].row, ==, 1);
  g_assert_cmpstr (storm_strings_get (fixture->strings, gaps[0].topic), ==, "a");
  g_assert_cmpint (gaps[0].partition, ==, 3);
  g_assert_cmpint (gaps[0].from, ==, 11);
  g_assert_cmpint (gaps[0].to, ==, 20);
  g_assert_cmpuint (gaps[1].row, ==, 2);
  g_assert_cmpint (gaps[1].to, ==, 5);

  /* The event of another partition comes first; two gaps in a row are one. */
  g_assert_null (storm_event_log_get_gap_before (fixture->log, 0));
  g_assert_cmpint (storm_event_log_get_gap_before (fixture->log, 1)->from, ==, 11);
  mark (fixture, STORM_MARK_GAP, "b", 0, 5, 8);
  add (fixture, "a", 3, 21, T0, "{\"eventType\":\"A\"}");
  add (fixture, "b", 0, 8, T0, "{\"eventType\":\"A\"}");
  add (fixture, "b", 0, 9, T0, "{\"eventType\":\"A\"}");
  flush (fixture);
  g_assert_null (storm_event_log_get_gap_before (fixture->log, 2));
  g_assert_cmpint (storm_event_log_get_gap_before (fixture->log, 3)->from, ==, 0);
  g_assert_cmpint (storm_event_log_get_gap_before (fixture->log, 3)->to, ==, 8);
  g_assert_cmpuint (storm_event_log_get_gap_before (fixture->log, 3)->row, ==, 3);
  g_assert_null (storm_event_log_get_gap_before (fixture->log, 4));

  for (guint i = 0; i < 20000; i++)
    mark (fixture, STORM_MARK_GAP, "b", 0, i, i + 1);
  flush (fixture);
  storm_event_log_get_gaps (fixture->log, &n);
  g_assert_cmpuint (n, ==, 10000);
  storm_event_log_clear (fixture->log);
  storm_event_log_get_gaps (fixture->log, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (storm_event_log_get_gap_before (fixture->log, 1));
}

/* Many ids, over several chunks: repeats are found whatever the hashes do. */
static void
test_repeated_many (Fixture      *fixture,
                    gconstpointer data)
{
  const guint n = 20000;

  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *payload = g_strdup_printf ("{\"eventType\":\"T\",\"eid\":%u}", i);

          add (fixture, round == 0 ? "a" : "b", 0, i, T0, payload);
          if (i % 777 == 776)
            flush (fixture);
        }
      flush (fixture);
    }

  g_assert_cmpuint (storm_event_log_get_n (fixture->log), ==, 2 * n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (storm_event_log_get_first (fixture->log, i), ==, i);
      g_assert_cmpuint (storm_event_log_get_first (fixture->log, n + i), ==, i);
    }
}

static void
test_arrival (Fixture      *fixture,
              gconstpointer data)
{
  StormEventLog *log = fixture->log;

  add (fixture, "a", 0, 0, STORM_TIME_NONE, "{\"eventType\":\"A\",\"timestamp\":1795257600000}");
  add (fixture, "a", 1, 0, STORM_TIME_NONE, "{\"eventType\":\"B\",\"timestamp\":1795257700000}");
  add (fixture, "a", 0, 1, STORM_TIME_NONE, "{\"eventType\":\"C\"}");
  add (fixture, "b", 0, 0, STORM_TIME_NONE, "{\"eventType\":\"D\"}");
  add (fixture, "b", 0, 1, T0 + 9 * MS, "{\"eventType\":\"E\",\"timestamp\":\"soon\"}");
  flush (fixture);

  g_assert_cmpint (storm_event_log_get_time (log, 2), ==, T0);
  g_assert_cmpuint (storm_event_log_get_flags (log, 2), ==, STORM_EVENT_TIME_ARRIVAL);
  g_assert_cmpint (storm_event_log_get_time (log, 3), ==, T0);
  g_assert_cmpint (storm_event_log_get_time (log, 4), ==, T0 + 9 * MS);
  g_assert_cmpuint (storm_event_log_get_flags (log, 4), ==,
                    STORM_EVENT_TIME_BROKER | STORM_EVENT_TIME_REFUSED);

  storm_event_log_clear (log);
  add (fixture, "a", 0, 0, STORM_TIME_NONE, "{\"eventType\":\"A\"}");
  add (fixture, "a", 0, 1, STORM_TIME_NONE, "{\"eventType\":\"A\"}");
  flush (fixture);
  g_assert_cmpint (ABS (storm_event_log_get_time (log, 0) - storm_time_now ()), <,
                   3600 * STORM_TIME_SECOND);
  g_assert_cmpint (storm_event_log_get_time (log, 1), ==, storm_event_log_get_time (log, 0));
  g_assert_cmpint (storm_event_log_compare (log, 0, 1), <, 0);
}

/* The first events of a recording have no time: they must not be newer than what follows them. */
static void
test_arrival_first (Fixture      *fixture,
                    gconstpointer data)
{
  StormEventLog *log = fixture->log;

  add (fixture, "a", 0, 0, STORM_TIME_NONE, "no JSON");
  add (fixture, "a", 1, 0, STORM_TIME_NONE, "{\"eventType\":\"A\"}");
  add (fixture, "a", 0, 1, STORM_TIME_NONE, "{\"eventType\":\"B\",\"timestamp\":1795257600000}");
  add (fixture, "a", 0, 2, STORM_TIME_NONE, "{\"eventType\":\"C\",\"timestamp\":1795257700000}");
  add (fixture, "a", 1, 1, STORM_TIME_NONE, "{\"eventType\":\"D\"}");
  flush (fixture);

  for (guint32 row = 0; row < 3; row++)
    g_assert_cmpint (storm_event_log_get_time (log, row), ==, T0);
  g_assert_cmpuint (storm_event_log_get_flags (log, 1), ==, STORM_EVENT_TIME_ARRIVAL);
  g_assert_cmpint (storm_event_log_get_time (log, 4), ==, T0 + 100 * STORM_TIME_SECOND);
}

static void
test_compare (Fixture      *fixture,
              gconstpointer data)
{
  static const char early[] = "{\"eventType\":\"A\",\"timestamp\":1795257600000}";
  static const char late[] = "{\"eventType\":\"A\",\"timestamp\":1795257600001}";
  /* Rows in the wrong order, so that only the columns can put them right. */
  static const guint32 order[] = { 7, 6, 5, 4, 3, 2, 1, 0 };

  add (fixture, "b", 0, 0, T0, late);
  add (fixture, "b", 0, 0, T0 + 5, early);
  add (fixture, "b", 2, 0, T0 + 4, early);
  add (fixture, "b", 1, 9, T0 + 4, early);
  add (fixture, "b", 1, 8, T0 + 4, early);
  add (fixture, "b", 1, 7, T0 + 4, early);
  add (fixture, "a", 1, 7, T0 + 4, early);
  add (fixture, "a", 0, 99, T0, early);
  flush (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (order); j++)
        {
          int compared = storm_event_log_compare (fixture->log, order[i], order[j]);

          g_assert_cmpint ((compared > 0) - (compared < 0), ==, (i > j) - (i < j));
        }
    }
}

static void
test_scan_text (Fixture      *fixture,
                gconstpointer data)
{
  static const struct { const char *needle; guint mask; } rows[] = {
    { "4711", 1 | 8 }, { "PAID", 2 }, { "paid", 2 }, { "47112", 8 }, { "x-trace", 4 },
    { "AbCd", 4 },
    { "key-9", 4 }, { "9{", 0 }, { "가", 8 }, { "nothing", 0 }, { "", 15 }, { "}", 15 },
  };
  TestRecord record;
  static const guint32 some[] = { 3, 1 };

  add (fixture, "a", 0, 0, T0, "{\"id\":4711}");
  add (fixture, "a", 0, 1, T0, "{\"eventType\":\"pPaid\"}");
  test_record_init (&record, "{}");
  test_record_key (&record, "key-9");
  test_record_header (&record, "X-Trace", "abCD");
  test_record_header (&record, "none", NULL);
  storm_batch_builder_add (fixture->builder, &record.record);
  add (fixture, "a", 0, 3, T0, "{\"id\":47112,\"t\":\"가\"}");
  flush (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (guint32));
      guint mask = 0;

      storm_event_log_scan_text (fixture->log, rows[i].needle, NULL, 0, 4, out);
      for (guint j = 0; j < out->len; j++)
        mask |= 1u << g_array_index (out, guint32, j);
      if (mask != rows[i].mask)
        g_error ("“%s” is in %x", rows[i].needle, mask);
    }

  {
    g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (guint32));

    storm_event_log_scan_text (fixture->log, "4711", some, 0, 2, out);
    g_assert_cmpuint (out->len, ==, 1);
    g_assert_cmpuint (g_array_index (out, guint32, 0), ==, 3);
    storm_event_log_scan_text (fixture->log, "4711", NULL, 1, 2, out);
    g_assert_cmpuint (out->len, ==, 1);
  }
}

#define ADD(name, func) g_test_add ("/event-log/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("columns", test_columns);
  ADD ("repeated-id", test_repeated_id);
  ADD ("made-anew", test_made_anew);
  ADD ("gaps", test_gaps);
  ADD ("repeated-place", test_repeated_place);
  ADD ("repeated-many", test_repeated_many);
  ADD ("arrival", test_arrival);
  ADD ("arrival-first", test_arrival_first);
  ADD ("compare", test_compare);
  ADD ("scan-text", test_scan_text);

  return g_test_run ();
}
