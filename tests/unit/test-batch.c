#include "config.h"

#include "storm-batch-queue.h"
#include "storm-event-test.h"

typedef struct
{
  StormStrings      *strings;
  StormMapping      *mapping;
  StormBatchBuilder *builder;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->strings = storm_strings_new ();
  fixture->mapping = storm_mapping_new_default ();
  fixture->builder = storm_batch_builder_new (fixture->strings, fixture->mapping);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  storm_batch_builder_free (fixture->builder);
  storm_mapping_unref (fixture->mapping);
  storm_strings_unref (fixture->strings);
}

static void
add (Fixture    *fixture,
     const char *payload)
{
  TestRecord record;

  test_record_init (&record, payload);
  storm_batch_builder_add (fixture->builder, &record.record);
}

static void
assert_same_record (const StormRecord *a,
                    const StormRecord *b)
{
  g_assert_cmpint (a->key != NULL, ==, b->key != NULL);
  g_assert_cmpmem (a->key, a->key_len, b->key, b->key_len);
  g_assert_cmpint (a->payload != NULL, ==, b->payload != NULL);
  g_assert_cmpmem (a->payload, a->payload_len, b->payload, b->payload_len);
  g_assert_cmpuint (a->n_headers, ==, b->n_headers);
  for (guint i = 0; i < a->n_headers; i++)
    {
      g_assert_cmpmem (a->headers[i].name, a->headers[i].name_len,
                       b->headers[i].name, b->headers[i].name_len);
      g_assert_cmpint (a->headers[i].value != NULL, ==, b->headers[i].value != NULL);
      g_assert_cmpmem (a->headers[i].value, a->headers[i].value_len,
                       b->headers[i].value, b->headers[i].value_len);
    }
}

/* Null, empty and full are three different things, and stay so. */
static void
test_records (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *large = g_strnfill (100000, 'x');
  g_auto (StormRecordView) view = { 0, };
  g_autoptr (StormBatch) batch = NULL;
  TestRecord records[5];
  const StormEventRow *rows;
  guint n;

  test_record_init (&records[0],
                    "{\"eventType\":\"A\",\"timestamp\":1795257667120,\"txId\":\"t\"}");
  records[0].record.partition = 3;
  records[0].record.offset = G_MAXINT64;
  test_record_init (&records[1], NULL);
  test_record_key (&records[1], "");
  test_record_init (&records[2], "");
  test_record_key (&records[2], "k");
  test_record_header (&records[2], "null", NULL);
  test_record_header (&records[2], "empty", "");
  test_record_header (&records[2], "", "no name");
  test_record_header (&records[2], "null", "again");
  test_record_init (&records[3], large);
  test_record_header (&records[3], "large", large);
  test_record_init (&records[4], "");
  records[4].record.topic = "other";
  records[4].record.broker_time = STORM_TIME_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    storm_batch_builder_add (fixture->builder, &records[i].record);
  g_assert_cmpuint (storm_batch_builder_get_n (fixture->builder), ==, G_N_ELEMENTS (records));
  g_assert_cmpuint (storm_batch_builder_get_bytes (fixture->builder), >, 200000);
  batch = storm_batch_builder_take (fixture->builder);
  g_assert_null (storm_batch_builder_take (fixture->builder));
  g_assert_cmpuint (storm_batch_builder_get_n (fixture->builder), ==, 0);

  rows = storm_batch_get_rows (batch, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (records));
  for (guint i = 0; i < n; i++)
    {
      storm_batch_get_record (batch, i, &view);
      assert_same_record (&view.record, &records[i].record);
      g_assert_cmpstr (view.record.topic, ==, records[i].record.topic);
      g_assert_cmpint (view.record.offset, ==, records[i].record.offset);
      g_assert_cmpint (view.record.partition, ==, records[i].record.partition);
      g_assert_cmpint (view.record.broker_time, ==, records[i].record.broker_time);
    }

  g_assert_cmpstr (storm_strings_get (fixture->strings, rows[0].type), ==, "A");
  g_assert_cmpstr (storm_strings_get (fixture->strings, rows[0].correlation), ==, "t");
  g_assert_cmpint (rows[0].time, ==, G_GINT64_CONSTANT (1795257667120000000));
  g_assert_cmpuint (rows[0].flags, ==, 0);
  g_assert_cmpuint (rows[0].id_hash, ==, 0);
  g_assert_cmpint (rows[1].payload_status, ==, STORM_PAYLOAD_TOMBSTONE);
  g_assert_cmpuint (rows[1].flags, ==, STORM_EVENT_UNDECODABLE | STORM_EVENT_TIME_BROKER);
  g_assert_cmpint (rows[2].payload_status, ==, STORM_PAYLOAD_EMPTY);
  g_assert_cmpuint (rows[4].flags, ==, STORM_EVENT_UNDECODABLE | STORM_EVENT_TIME_ARRIVAL);
  g_assert_cmpint (rows[4].time, ==, STORM_TIME_NONE);
}

/* Packed bytes come back from files: whatever is wrong with them is refused, not believed. */
static void
test_damaged (Fixture      *fixture,
              gconstpointer data)
{
  g_auto (StormRecordView) view = { 0, };
  g_autoptr (StormBatch) batch = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  TestRecord record;
  const guint8 *packed;
  gsize len;
  guint n_refused = 0;

  test_record_init (&record, "{\"eventType\":\"A\"}");
  test_record_key (&record, "k");
  test_record_header (&record, "h", "v");
  storm_batch_builder_add (fixture->builder, &record.record);
  batch = storm_batch_builder_take (fixture->builder);
  packed = storm_batch_get_packed (batch, 0, &len);
  g_assert_true (storm_record_unpack (packed, len, &view));
  assert_same_record (&view.record, &record.record);

  for (gsize cut = 0; cut < len; cut++)
    {
      g_autofree guint8 *copy = g_memdup2 (packed, cut);

      g_assert_false (storm_record_unpack (copy, cut, &view));
      g_assert_null (view.record.payload);
    }
  {
    g_autofree guint8 *longer = g_malloc0 (len + 1);

    memcpy (longer, packed, len);
    g_assert_false (storm_record_unpack (longer, len + 1, &view));
  }
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (packed, len);

      for (gint32 j = g_rand_int_range (rand, 1, 4); j > 0; j--)
        copy[g_rand_int_range (rand, 0, MIN (10, (gint32) len))] = (guint8) g_rand_int (rand);
      n_refused += !storm_record_unpack (copy, len, &view);
    }
  g_assert_cmpuint (n_refused, >, 1000);
}

static void
test_marks (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (StormMapping) topic = storm_mapping_new_from_json ("{\"type\":[\"topic\"]}", NULL);
  g_autoptr (StormBatch) batch = NULL;
  const StormEventRow *rows;
  const StormMark *marks;
  guint n;

  storm_batch_builder_mark (fixture->builder, STORM_MARK_ASSIGNED, "shop", 1, 0, 0);
  add (fixture, "{\"eventType\":\"A\"}");
  storm_batch_builder_mark (fixture->builder, STORM_MARK_GAP, "other", 2, 10, 20);
  storm_batch_builder_set_mapping (fixture->builder, topic);
  add (fixture, "{\"eventType\":\"A\"}");
  batch = storm_batch_builder_take (fixture->builder);

  marks = storm_batch_get_marks (batch, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (marks[0].kind, ==, STORM_MARK_ASSIGNED);
  g_assert_cmpuint (marks[0].at_row, ==, 0);
  g_assert_cmpstr (storm_strings_get (fixture->strings, marks[0].topic), ==, "shop");
  g_assert_cmpuint (marks[1].at_row, ==, 1);
  g_assert_cmpint (marks[1].partition, ==, 2);
  g_assert_cmpint (marks[1].from, ==, 10);
  g_assert_cmpint (marks[1].to, ==, 20);
  g_assert_cmpstr (storm_strings_get (fixture->strings, marks[1].topic), ==, "other");

  rows = storm_batch_get_rows (batch, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (storm_strings_get (fixture->strings, rows[0].type), ==, "A");
  g_assert_cmpstr (storm_strings_get (fixture->strings, rows[1].type), ==, "shop");

  /* Marks alone make a batch too. */
  g_clear_pointer (&batch, storm_batch_unref);
  storm_batch_builder_mark (fixture->builder, STORM_MARK_ENDED, "shop", 1, 0, 0);
  batch = storm_batch_builder_take (fixture->builder);
  g_assert_nonnull (batch);
  storm_batch_get_rows (batch, &n);
  g_assert_cmpuint (n, ==, 0);
}

static StormBatch *
make_batch (Fixture *fixture,
            guint    i)
{
  g_autofree char *payload =
        g_strdup_printf ("{\"eventType\":\"A\",\"txId\":%u,\"pad\":\"%0200d\"}", i, 0);

  add (fixture, payload);

  return storm_batch_builder_take (fixture->builder);
}

static void
count_ready (StormBatchQueue *queue,
             gpointer         user_data)
{
  (*(guint *) user_data)++;
}

static void
drain_context (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_queue_ready (Fixture      *fixture,
                  gconstpointer data)
{
  guint n_ready = 0;
  g_autoptr (StormBatchQueue) queue = storm_batch_queue_new (1 << 20, count_ready, &n_ready);

  drain_context ();
  g_assert_cmpuint (n_ready, ==, 0);
  for (guint i = 0; i < 3; i++)
    g_assert_true (storm_batch_queue_push (queue, make_batch (fixture, i)));
  g_assert_cmpuint (n_ready, ==, 0);
  drain_context ();
  g_assert_cmpuint (n_ready, ==, 1);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (StormBatch) batch = storm_batch_queue_pop (queue);
      guint n;
      const StormEventRow *rows = storm_batch_get_rows (batch, &n);
      g_autofree char *expected = g_strdup_printf ("%u", i);

      g_assert_cmpstr (storm_strings_get (fixture->strings, rows[0].correlation), ==, expected);
    }
  /* Not armed before the reader has seen that there is nothing left. */
  g_assert_true (storm_batch_queue_push (queue, make_batch (fixture, 3)));
  drain_context ();
  g_assert_cmpuint (n_ready, ==, 1);
  storm_batch_unref (storm_batch_queue_pop (queue));
  g_assert_null (storm_batch_queue_pop (queue));
  g_assert_true (storm_batch_queue_push (queue, make_batch (fixture, 4)));
  drain_context ();
  g_assert_cmpuint (n_ready, ==, 2);

  /* Closed: no call any more, not even the one that was on its way; what is left can be had. */
  storm_batch_unref (storm_batch_queue_pop (queue));
  g_assert_null (storm_batch_queue_pop (queue));
  g_assert_true (storm_batch_queue_push (queue, make_batch (fixture, 5)));
  storm_batch_queue_close (queue);
  drain_context ();
  g_assert_cmpuint (n_ready, ==, 2);
  g_assert_false (storm_batch_queue_push (queue, make_batch (fixture, 6)));
  storm_batch_unref (storm_batch_queue_pop (queue));
  g_assert_null (storm_batch_queue_pop (queue));
}

typedef struct
{
  Fixture         *fixture;
  StormBatchQueue *queue;
  guint            n;
  gint             n_pushed;    /* atomic */
  gboolean         refused;
} Pusher;

static gpointer
push_all (gpointer data)
{
  Pusher *pusher = data;

  for (guint i = 0; i < pusher->n; i++)
    {
      if (!storm_batch_queue_push (pusher->queue, make_batch (pusher->fixture, i)))
        {
          pusher->refused = TRUE;
          break;
        }
      g_atomic_int_inc (&pusher->n_pushed);
    }

  return NULL;
}

typedef struct
{
  GThread *main_thread;
  guint    n_popped;
} Popper;

static void
pop_all (StormBatchQueue *queue,
         gpointer         user_data)
{
  Popper *popper = user_data;
  StormBatch *batch;

  g_assert_true (g_thread_self () == popper->main_thread);
  while ((batch = storm_batch_queue_pop (queue)) != NULL)
    {
      popper->n_popped++;
      storm_batch_unref (batch);
    }
}

static void
test_queue_threads (Fixture      *fixture,
                    gconstpointer data)
{
  Popper popper = { g_thread_self (), 0 };
  /* Room for a handful, so that the pusher waits again and again. */
  g_autoptr (StormBatchQueue) queue = storm_batch_queue_new (2000, pop_all, &popper);
  Pusher pusher = { fixture, queue, 3000, };
  GThread *thread = g_thread_new ("push", push_all, &pusher);

  while (popper.n_popped < 3000)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_assert_false (pusher.refused);
  g_assert_cmpuint (popper.n_popped, ==, 3000);
}

static void
test_queue_close (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (StormBatchQueue) queue = storm_batch_queue_new (1, NULL, NULL);
  Pusher pusher = { fixture, queue, 10, };
  GThread *thread = g_thread_new ("push", push_all, &pusher);

  /* Even one batch is larger than this queue, and gets through; the second waits, until the end. */
  while (g_atomic_int_get (&pusher.n_pushed) == 0)
    g_usleep (100);
  storm_batch_queue_close (queue);
  g_thread_join (thread);
  g_assert_true (pusher.refused);
  g_assert_cmpint (pusher.n_pushed, ==, 1);
}

/* Texts come back as they went in, however many there are and wherever they were kept. */
static void
test_texts (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StormBatch) batch = NULL;
  const StormEventRow *rows;
  guint n;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *fill = g_strnfill (g_rand_int_range (rand, 0, 120), 'x');
      char *type = g_strdup_printf ("Type%d", g_rand_int_range (rand, 0, 20));
      char *key = g_strdup_printf ("%s%d", i % 3 == 0 ? fill : "", g_rand_int_range (rand, 0, 900));
      g_autofree char *payload =
        g_strdup_printf ("{\"eventType\":\"%s\",\"txId\":\"%s\"}", type, key);

      add (fixture, payload);
      g_ptr_array_add (types, type);
      g_ptr_array_add (keys, key);
    }

  batch = storm_batch_builder_take (fixture->builder);
  rows = storm_batch_get_rows (batch, &n);
  g_assert_cmpuint (n, ==, 20000);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (storm_strings_get (fixture->strings, rows[i].type), ==, types->pdata[i]);
      g_assert_cmpstr (storm_strings_get (fixture->strings, rows[i].correlation), ==,
                       keys->pdata[i]);
    }
}

/* Large batches share buffers, but never while one of them is still there. */
static void
test_large (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *fill = g_strnfill (60000, 'y');
  g_autoptr (GPtrArray) kept =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_batch_unref);

  for (guint i = 0; i < 40; i++)
    {
      StormBatch *batch;

      for (guint j = 0; j < 15; j++)
        {
          g_autofree char *payload =
            g_strdup_printf ("{\"eventType\":\"%u\",\"fill\":\"%s\"}", i * 100 + j, fill);

          add (fixture, payload);
        }
      batch = storm_batch_builder_take (fixture->builder);
      if (i % 3 == 0)
        g_ptr_array_add (kept, batch);
      else
        storm_batch_unref (batch);
    }

  for (guint i = 0; i < kept->len; i++)
    for (guint j = 0; j < 15; j++)
      {
        g_autofree char *payload =
          g_strdup_printf ("{\"eventType\":\"%u\",\"fill\":\"%s\"}", i * 300 + j, fill);
        g_auto (StormRecordView) view = { 0, };

        storm_batch_get_record (kept->pdata[i], j, &view);
        g_assert_cmpmem (view.record.payload, view.record.payload_len, payload, strlen (payload));
      }
  /* Batches that outlive their builder. */
  storm_batch_builder_free (fixture->builder);
  fixture->builder = storm_batch_builder_new (fixture->strings, fixture->mapping);
}

#define ADD(name, func) g_test_add ("/batch/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("records", test_records);
  ADD ("damaged", test_damaged);
  ADD ("marks", test_marks);
  ADD ("texts", test_texts);
  ADD ("large", test_large);
  ADD ("queue-ready", test_queue_ready);
  ADD ("queue-threads", test_queue_threads);
  ADD ("queue-close", test_queue_close);

  return g_test_run ();
}
