#include "config.h"

#include "storm-topic-rates.h"
#include "storm-trace-index.h"
#include "storm-trace-test.h"
#include "storm-watermark.h"

#define SECOND(n) ((gint64) (n) * G_USEC_PER_SEC)

typedef struct
{
  StormStrings    *strings;
  StormEventLog   *log;
  StormTraceIndex *index;
  StormTopicRates *rates;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->strings = storm_strings_new ();
  f->log = storm_event_log_new (f->strings);
  f->index = storm_trace_index_new (f->log, STORM_LATENESS_DEFAULT);
  f->rates = storm_topic_rates_new (f->log);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_topic_rates_free (f->rates);
  g_assert_finalize_object (f->index);
  g_assert_finalize_object (f->log);
  storm_strings_unref (f->strings);
}

static void
put (StormBatchBuilder *builder,
     const char        *topic,
     const char        *payload,
     gint64             ms,
     gint64             offset)
{
  StormRecord record = {
    .topic = topic,
    .offset = offset,
    .broker_time = AT (ms),
    .payload = (const guint8 *) payload,
    .payload_len = strlen (payload),
  };

  storm_batch_builder_add (builder, &record);
}

static void
take (Fixture           *f,
      StormBatchBuilder *builder,
      gint64             now)
{
  g_autoptr (StormBatch) batch = storm_batch_builder_take (builder);
  guint32 first = storm_event_log_append (f->log, batch);

  storm_trace_index_take_at (f->index, batch, first, AT (0) + now * 1000);
  storm_topic_rates_take (f->rates, first, storm_event_log_get_n (f->log) - first, now);
}

/* @n records of @topic that arrive at @now. */
static void
bring (Fixture    *f,
       const char *topic,
       guint       n,
       gint64      now)
{
  static gint64 offset;
  g_autoptr (StormBatchBuilder) builder = test_builder (f->strings);

  for (guint i = 0; i < n; i++)
    put (builder, topic, "{\"t\":\"E\"}", now / 1000, offset++);
  take (f, builder, now);
}

static StormTopicRate *
find_rate (Fixture    *f,
           const char *topic)
{
  for (guint i = 0; i < storm_topic_rates_get_n (f->rates); i++)
    if (g_strcmp0 (storm_topic_rates_get (f->rates, i)->topic, topic) == 0)
      return storm_topic_rates_get (f->rates, i);
  return NULL;
}

static void
test_seconds (Fixture       *f,
              gconstpointer  data)
{
  guint32 counts[STORM_RATE_SECONDS];
  StormTopicRate *rate;

  g_assert_cmpuint (storm_topic_rates_get_n (f->rates), ==, 0);
  g_assert_null (find_rate (f, "a"));
  bring (f, "a", 3, SECOND (100));
  bring (f, "a", 4, SECOND (100) + 999999);
  bring (f, "a", 5, SECOND (102));
  bring (f, "b", 9, SECOND (102));
  g_assert_cmpuint (storm_topic_rates_get_n (f->rates), ==, 2);
  rate = find_rate (f, "a");
  g_assert_true (rate == storm_topic_rates_get (f->rates, 0));
  g_assert_cmpstr (rate->topic, ==, "a");
  g_assert_cmpuint (rate->n, ==, 12);
  g_assert_cmpint (rate->last, ==, SECOND (102));

  storm_topic_rate_fill (rate, SECOND (102), counts);
  g_assert_cmpuint (counts[59], ==, 5);
  g_assert_cmpuint (counts[58], ==, 0);
  g_assert_cmpuint (counts[57], ==, 7);
  g_assert_cmpuint (counts[56], ==, 0);
  /* The second that runs doesn't count for the rate. */
  g_assert_cmpfloat (storm_topic_rate_get (rate, SECOND (102)), ==, 0.7);
  g_assert_cmpfloat (storm_topic_rate_get (rate, SECOND (103)), ==, 1.2);
  g_assert_cmpfloat (storm_topic_rate_get (rate, SECOND (120)), ==, 0);

  /* Time goes by without a record. */
  storm_topic_rate_fill (rate, SECOND (159), counts);
  g_assert_cmpuint (counts[0], ==, 7);
  g_assert_cmpuint (counts[2], ==, 5);
  storm_topic_rate_fill (rate, SECOND (162), counts);
  for (guint i = 0; i < STORM_RATE_SECONDS; i++)
    g_assert_cmpuint (counts[i], ==, 0);
}

/* Against a plain list of when what came, at random. */
static void
test_random (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GArray) came = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 now = SECOND (7);

  for (guint round = 0; round < 400; round++)
    {
      guint32 counts[STORM_RATE_SECONDS];
      guint n = (guint) g_test_rand_int_range (1, 4);

      now += g_test_rand_int_range (0, 40) == 0 ? SECOND (g_test_rand_int_range (0, 130))
                                                : g_test_rand_int_range (0, 1500000);
      bring (f, "a", n, now);
      for (guint i = 0; i < n; i++)
        g_array_append_val (came, now);
      storm_topic_rate_fill (storm_topic_rates_get (f->rates, 0), now, counts);
      for (gint64 i = 0; i < STORM_RATE_SECONDS; i++)
        {
          gint64 second = now / G_USEC_PER_SEC - STORM_RATE_SECONDS + 1 + i;
          guint want = 0;

          for (guint j = 0; j < came->len; j++)
            want += g_array_index (came, gint64, j) / G_USEC_PER_SEC == second;
          g_assert_cmpuint (counts[i], ==, want);
        }
    }
}

static void
test_shares (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (f->strings);
  StormTopicRate *rate;

  put (builder, "a", "{\"t\":\"E\",\"id\":\"1\",\"ts\":1795000100000}", 100000, 1);
  put (builder, "a", "{\"t\":\"E\",\"id\":\"1\",\"ts\":1795000100000}", 100000, 2);
  put (builder, "a", "no JSON", 100000, 3);
  storm_batch_builder_mark (builder, STORM_MARK_CAUGHT_UP, "a", 0, 0, 0);
  take (f, builder, SECOND (10));
  put (builder, "a", "{\"t\":\"E\",\"ts\":1795000001000}", 1000, 4);
  take (f, builder, SECOND (20));

  rate = find_rate (f, "a");
  g_assert_cmpuint (rate->n, ==, 4);
  g_assert_cmpuint (rate->n_repeated, ==, 1);
  g_assert_cmpuint (rate->n_undecodable, ==, 1);
  g_assert_cmpuint (rate->n_late, ==, 1);

  /* The same again from the log, without touching when they came. */
  storm_topic_rates_recount (f->rates);
  g_assert_cmpuint (rate->n, ==, 4);
  g_assert_cmpuint (rate->n_late, ==, 1);
  g_assert_cmpint (rate->last, ==, SECOND (20));
  g_assert_cmpfloat (storm_topic_rate_get (rate, SECOND (21)), ==, 0.1);

  storm_topic_rates_clear (f->rates);
  g_assert_cmpuint (storm_topic_rates_get_n (f->rates), ==, 0);
}

/* However many topics somebody thinks of, memory stays bounded and nothing is left uncounted. */
static void
test_many_topics (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (f->strings);
  guint64 sum = 0;

  for (guint i = 0; i < 3 * STORM_RATE_MAX_TOPICS; i++)
    {
      g_autofree char *topic = g_strdup_printf ("t%u", i);

      put (builder, topic, "{\"t\":\"E\"}", 0, i);
    }
  take (f, builder, SECOND (1));
  g_assert_cmpuint (storm_topic_rates_get_n (f->rates), ==, STORM_RATE_MAX_TOPICS + 1);
  for (guint i = 0; i <= STORM_RATE_MAX_TOPICS; i++)
    sum += storm_topic_rates_get (f->rates, i)->n;
  g_assert_cmpuint (sum, ==, 3 * STORM_RATE_MAX_TOPICS);
  g_assert_null (storm_topic_rates_get (f->rates, STORM_RATE_MAX_TOPICS)->topic);
  g_assert_nonnull (find_rate (f, "t0"));
  g_assert_null (find_rate (f, "t2999"));
}

/* A topic of the same name on another connection is another one. */
static void
test_connections (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (f->strings);
  StormTopicRate *home, *other;

  bring (f, "a", 2, SECOND (100));
  storm_batch_builder_set_connection (builder, storm_strings_intern (f->strings, "East", 4));
  for (guint i = 0; i < 3; i++)
    put (builder, "a", "{\"t\":\"E\"}", 100000, i);
  take (f, builder, SECOND (100));
  g_assert_cmpuint (storm_topic_rates_get_n (f->rates), ==, 2);
  home = storm_topic_rates_get (f->rates, 0);
  other = storm_topic_rates_get (f->rates, 1);
  g_assert_cmpstr (home->topic, ==, other->topic);
  g_assert_cmpuint (home->n, ==, 2);
  g_assert_cmpuint (other->n, ==, 3);
  g_assert_null (storm_topic_rates_get_connection (f->rates, home));
  g_assert_cmpstr (storm_topic_rates_get_connection (f->rates, other), ==, "East");
  storm_strings_set_home (f->strings, "West");
  g_assert_cmpstr (storm_topic_rates_get_connection (f->rates, home), ==, "West");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/topic-rates/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("seconds", test_seconds);
  ADD ("random", test_random);
  ADD ("shares", test_shares);
  ADD ("many-topics", test_many_topics);
  ADD ("connections", test_connections);
#undef ADD
  return g_test_run ();
}
