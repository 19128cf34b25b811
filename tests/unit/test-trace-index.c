#include "config.h"

#include <gio/gio.h>

#include "storm-trace-index.h"
#include "storm-trace-test.h"

#define NOW AT (100000)

typedef struct
{
  StormStrings    *strings;
  StormEventLog   *log;
  StormTraceIndex *index;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->strings = storm_strings_new ();
  f->log = storm_event_log_new (f->strings);
  f->index = storm_trace_index_new (f->log, 2 * STORM_TIME_SECOND);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->index);
  g_object_unref (f->log);
  storm_strings_unref (f->strings);
}

static void
take_batch (Fixture    *f,
            StormBatch *batch,
            StormTime   now)
{
  guint32 first = storm_event_log_append (f->log, batch);

  storm_trace_index_take_at (f->index, batch, first, now);
}

static void
take (Fixture         *f,
      const TestEvent *events,
      guint            n)
{
  g_autoptr (StormBatch) batch = test_batch (f->strings, events, n);

  take_batch (f, batch, NOW);
}

static void
take_mark (Fixture       *f,
           StormMarkKind  kind,
           gint32         partition)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (f->strings);
  g_autoptr (StormBatch) batch = NULL;

  test_mark (builder, kind, partition);
  batch = storm_batch_builder_take (builder);
  g_assert_nonnull (batch);
  take_batch (f, batch, NOW);
}

/* "1 OrderPlaced, 2? Paid, - Paid, 3! Late": "?" is provisional, "!" late, "-" a repeat. */
static char *
dump (Fixture    *f,
      const char *key)
{
  StormTrace *trace = storm_trace_index_lookup (f->index, key);
  GString *out = g_string_new (NULL);
  const StormNumbered *numbers;
  guint n;
  guint i;

  if (trace == NULL)
    return g_string_free (out, FALSE);
  numbers = storm_trace_get_numbers (trace, &n);
  for (i = 0; i < n; i++)
    {
      guint16 flags = storm_event_log_get_flags (f->log, numbers[i].row);

      if (i > 0)
        g_string_append (out, ", ");
      if (numbers[i].n > 0)
        g_string_append_printf (out, "%u", numbers[i].n);
      else
        g_string_append_c (out, '-');
      if (numbers[i].provisional)
        g_string_append_c (out, '?');
      if (flags & STORM_EVENT_LATE)
        g_string_append_c (out, '!');
      g_string_append_printf (out, " %s", storm_event_log_get_type_name (f->log, numbers[i].row));
    }
  return g_string_free (out, FALSE);
}

static void
assert_trace (Fixture    *f,
              const char *key,
              const char *expected)
{
  g_autofree char *text = dump (f, key);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers (Fixture       *f,
              gconstpointer  data)
{
  const TestEvent events[] = {
    { "B", "1", NULL, 2000, 0, 0 },
    { "A", "1", NULL, 1000, 1, 0 },
    { "X", "2", NULL, 1500, 1, 1 },
    { "C", "1", NULL, 3000, 0, 1 },
    { "D", "1", NULL, 9000, 0, 2 },
    { "E", "1", NULL, 9000, 1, 2 },
  };
  StormTrace *trace;

  take_mark (f, STORM_MARK_ASSIGNED, 0);
  take_mark (f, STORM_MARK_ASSIGNED, 1);
  take (f, events, G_N_ELEMENTS (events));
  assert_trace (f, "1", "1 A, 2 B, 3 C, 4? D, 5? E");
  assert_trace (f, "2", "1 X");
  assert_trace (f, "3", "");
  g_assert_cmpint (storm_trace_index_get_watermark (f->index), ==, AT (7000));

  take_mark (f, STORM_MARK_ENDED, 0);
  take_mark (f, STORM_MARK_ENDED, 1);
  assert_trace (f, "1", "1 A, 2 B, 3 C, 4 D, 5 E");
  trace = storm_trace_index_lookup (f->index, "1");
  g_assert_cmpstr (storm_trace_get_key (trace), ==, "1");
  g_assert_cmpuint (storm_trace_get_n_events (trace), ==, 5);
  g_assert_cmpuint (storm_trace_get_last_row (trace), ==, 5);
  g_assert_cmpint (storm_trace_get_first_time (trace), ==, AT (1000));
  g_assert_cmpint (storm_trace_get_last_time (trace), ==, AT (9000));
}

static void
test_late (Fixture       *f,
           gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", "1", NULL, 1000, 0, 0 },
    { "C", "1", NULL, 9000, 0, 1 },
    { "B", "1", NULL, 5000, 0, 2 },
    { "b", "1", NULL, 7000, 0, 3 },
  };

  take (f, events, 2);
  assert_trace (f, "1", "1 A, 2? C");
  take (f, events + 2, 2);
  assert_trace (f, "1", "1 A, 2! B, 3? b, 4? C");
}

static void
test_repeats (Fixture       *f,
              gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", "1", "a", 1000, 0, 0 },
    { "B", "1", "b", 2000, 0, 1 },
    { "A", "1", "a", 1000, 0, 2 },   /* sent again */
    { "B", "1", "b", 2000, 0, 1 },   /* delivered again */
    { "C", "1", "c", 30000, 0, 3 },
    { "A", "1", "a", 1000, 1, 0 },   /* far below the watermark, but no number moves */
  };
  StormTrace *trace;

  take (f, events, G_N_ELEMENTS (events));
  assert_trace (f, "1", "1 A, - A, - A, 2 B, - B, 3? C");
  trace = storm_trace_index_lookup (f->index, "1");
  g_assert_cmpuint (storm_trace_get_n_events (trace), ==, 3);
  g_assert_cmpuint (storm_trace_get_n_repeats (trace), ==, 3);
}

static void
test_undecodable_and_keyless (Fixture       *f,
                              gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", "1", NULL, 1000, 0, 0 },
    { NULL, "1", NULL, 2000, 0, 1 },
    { "B", NULL, NULL, 3000, 0, 2 },
    { "C", "1", NULL, 4000, 0, 3 },
  };

  take (f, events, G_N_ELEMENTS (events));
  storm_trace_index_flush_at (f->index, NOW);
  assert_trace (f, "1", "1 A, 2? C");
  assert_trace (f, "", "");
  g_assert_cmpuint (storm_trace_index_get_n_undecodable (f->index), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->index)), ==, 1);
}

static void
test_marks_between_rows (Fixture       *f,
                         gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", "1", NULL, 9000, 0, 0 },
    { "B", "1", NULL, 5000, 1, 0 },
    { "C", "1", NULL, 4000, 1, 1 },
  };
  g_autoptr (StormBatchBuilder) builder = test_builder (f->strings);
  g_autoptr (StormBatch) batch = NULL;

  /* Partition 0 alone would settle B's time; that 1 is assigned before it is what counts. */
  test_mark (builder, STORM_MARK_ASSIGNED, 0);
  test_mark (builder, STORM_MARK_ASSIGNED, 1);
  test_add (builder, &events[0]);
  test_add (builder, &events[1]);
  test_mark (builder, STORM_MARK_ENDED, 1);
  test_add (builder, &events[2]);
  test_mark (builder, STORM_MARK_ENDED, 0);
  batch = storm_batch_builder_take (builder);
  take_batch (f, batch, NOW);
  assert_trace (f, "1", "1! C, 2 B, 3 A");
}

static void
count_change (StormTrace *trace,
              guint      *n)
{
  (*n)++;
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GString    *out)
{
  g_string_append_printf (out, "%u-%u+%u ", position, removed, added);
}

static void
test_list_and_signals (Fixture       *f,
                       gconstpointer  data)
{
  const TestEvent first[] = {
    { "A", "x", NULL, 1000, 0, 0 },
    { "A", "y", NULL, 2000, 0, 1 },
  };
  const TestEvent second[] = {
    { "B", "x", NULL, 3000, 0, 2 },
    { "B", "x", NULL, 3100, 0, 3 },
    { "A", "z", NULL, 3200, 0, 4 },
  };
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (StormTrace) x = NULL;
  g_autoptr (StormTrace) y = NULL;
  g_autoptr (StormTrace) again = NULL;
  guint n_x = 0;
  guint n_y = 0;
  guint n;

  g_signal_connect (f->index, "items-changed", G_CALLBACK (on_items_changed), changes);
  take (f, first, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->index)), ==, 0);
  storm_trace_index_flush_at (f->index, NOW);
  x = g_list_model_get_item (G_LIST_MODEL (f->index), 0);
  y = g_list_model_get_item (G_LIST_MODEL (f->index), 1);
  again = g_list_model_get_item (G_LIST_MODEL (f->index), 0);
  g_assert_true (x == again);
  g_assert_cmpstr (storm_trace_get_key (y), ==, "y");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (f->index), 2));
  g_signal_connect (x, "changed", G_CALLBACK (count_change), &n_x);
  g_signal_connect (y, "changed", G_CALLBACK (count_change), &n_y);

  take (f, second, 3);
  storm_trace_index_flush_at (f->index, NOW);
  storm_trace_index_flush_at (f->index, NOW);
  g_assert_cmpstr (changes->str, ==, "0-0+2 2-0+1 ");
  g_assert_cmpuint (n_x, ==, 1);
  g_assert_cmpuint (n_y, ==, 0);

  /* y was shown as provisional; when it is settled, whoever shows it is told. */
  g_assert_true (storm_trace_get_numbers (y, &n)[0].provisional);
  take_mark (f, STORM_MARK_ENDED, 0);
  storm_trace_index_flush_at (f->index, NOW);
  g_assert_cmpuint (n_y, ==, 1);
  g_assert_false (storm_trace_get_numbers (y, &n)[0].provisional);

  storm_event_log_clear (f->log);
  storm_trace_index_clear (f->index);
  g_assert_cmpstr (changes->str, ==, "0-0+2 2-0+1 0-3+0 ");
  g_assert_cmpuint (storm_trace_get_n_events (x), ==, 0);
  g_assert_cmpstr (storm_trace_get_key (x), ==, "x");
  g_assert_null (storm_trace_index_lookup (f->index, "x"));
}

static void
test_idle (Fixture       *f,
           gconstpointer  data)
{
  const TestEvent event = { "A", "1", NULL, 1000, 0, 0 };

  take (f, &event, 1);
  storm_trace_index_flush_at (f->index, NOW + 60 * STORM_TIME_SECOND);
  assert_trace (f, "1", "1? A");
  take_mark (f, STORM_MARK_CAUGHT_UP, 0);
  storm_trace_index_flush_at (f->index, NOW + 2 * STORM_TIME_SECOND);
  assert_trace (f, "1", "1? A");
  storm_trace_index_flush_at (f->index, NOW + 2 * STORM_TIME_SECOND + 1);
  assert_trace (f, "1", "1 A");
}

static void
shuffle (GRand *rand,
         guint *order,
         guint  n)
{
  guint i;

  for (i = n; i > 1; i--)
    {
      guint k = g_rand_int_range (rand, 0, i);
      guint swap = order[i - 1];

      order[i - 1] = order[k];
      order[k] = swap;
    }
}

/* Whatever the order and the batches in which the same events arrive, the numbers are the same. */
static void
test_any_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  char types[60][8];
  TestEvent events[60];
  g_auto (GStrv) expected = g_new0 (char *, 4);
  guint order[60];
  guint round;
  guint i;

  for (i = 0; i < 60; i++)
    {
      static const char * const keys[] = { "a", "b", "c" };

      g_snprintf (types[i], sizeof types[i], "T%u", i);
      events[i] = (TestEvent) { types[i], keys[i % 3], NULL, g_rand_int_range (rand, 0, 30) * 500,
                                i % 4, i / 4 };
      order[i] = i;
    }
  for (round = 0; round < 50; round++)
    {
      Fixture f;
      guint at = 0;

      set_up (&f, NULL);
      for (i = 0; i < 4; i++)
        take_mark (&f, STORM_MARK_ASSIGNED, i);
      while (at < 60)
        {
          guint n = g_rand_int_range (rand, 1, 20);
          TestEvent some[20];

          n = MIN (n, 60 - at);
          for (i = 0; i < n; i++)
            some[i] = events[order[at + i]];
          take (&f, some, n);
          /* Reading in between must not disturb what comes later. */
          if (g_rand_boolean (rand))
            g_free (dump (&f, "b"));
          at += n;
        }
      for (i = 0; i < 4; i++)
        take_mark (&f, STORM_MARK_ENDED, i);
      for (i = 0; i < 3; i++)
        {
          const char key[] = { "abc"[i], '\0' };
          g_autofree char *text = dump (&f, key);
          g_auto (GStrv) parts = g_strsplit (text, "!", -1);
          g_autofree char *plain = g_strjoinv ("", parts);

          if (round == 0)
            expected[i] = g_steal_pointer (&plain);
          else
            g_assert_cmpstr (plain, ==, expected[i]);
        }
      tear_down (&f, NULL);
      shuffle (rand, order, 60);
    }
  g_assert_true (g_str_has_prefix (expected[0], "1 T"));
  g_assert_null (strchr (expected[0], '?'));
}

static void
test_rebuild (Fixture       *f,
              gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", "1", NULL, 1000, 0, 0 },
    { "C", "1", NULL, 9000, 0, 1 },
    { NULL, "1", NULL, 9000, 0, 2 },
    { "B", "1", NULL, 5000, 0, 3 },
    { "X", "2", NULL, 9000, 0, 4 },
  };
  g_autoptr (StormTrace) before = NULL;

  take_mark (f, STORM_MARK_ASSIGNED, 0);
  take (f, events, 2);
  take (f, events + 2, 3);
  take_mark (f, STORM_MARK_ENDED, 0);
  storm_trace_index_flush_at (f->index, NOW);
  assert_trace (f, "1", "1 A, 2! B, 3 C");
  before = g_object_ref (storm_trace_index_lookup (f->index, "1"));
  storm_trace_index_rebuild (f->index);
  assert_trace (f, "1", "1 A, 2! B, 3 C");
  assert_trace (f, "2", "1 X");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->index)), ==, 2);
  g_assert_cmpuint (storm_trace_index_get_n_undecodable (f->index), ==, 1);
  g_assert_cmpuint (storm_trace_get_n_events (before), ==, 0);
  /* What it knew of the partitions still holds. */
  g_assert_cmpint (storm_trace_index_get_watermark (f->index), ==, AT (9000) + 1);
}

/* More traces than a block of postings holds, and lists that grow beyond each size. */
static void
test_many (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (f->strings);
  g_autoptr (StormBatch) batch = NULL;
  guint i;

  for (i = 0; i < 12000; i++)
    {
      char key[16];
      TestEvent event = { "A", key, NULL, 20000 - (i % 7), 0, i };

      g_snprintf (key, sizeof key, "%u", i % 3 == 0 ? 0 : i % 6000);
      test_add (builder, &event);
    }
  batch = storm_batch_builder_take (builder);
  take_batch (f, batch, NOW);
  storm_trace_index_flush_at (f->index, NOW);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->index)), ==, 4001);
  for (i = 0; i < 6000; i += 7)
    {
      char key[16];
      StormTrace *trace;
      const StormNumbered *numbers;
      guint n;
      guint k;

      g_snprintf (key, sizeof key, "%u", i % 3 == 0 ? 0 : i);
      trace = storm_trace_index_lookup (f->index, key);
      numbers = storm_trace_get_numbers (trace, &n);
      g_assert_cmpuint (n, ==, i % 3 == 0 ? 4000 : 2);
      for (k = 0; k < n; k++)
        g_assert_cmpuint (numbers[k].n, ==, k + 1);
      for (k = 1; k < n; k++)
        g_assert_cmpint (storm_event_log_compare (f->log, numbers[k - 1].row, numbers[k].row),
                         <, 0);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/trace-index/numbers", test_numbers);
  ADD ("/trace-index/late", test_late);
  ADD ("/trace-index/repeats", test_repeats);
  ADD ("/trace-index/undecodable-and-keyless", test_undecodable_and_keyless);
  ADD ("/trace-index/marks-between-rows", test_marks_between_rows);
  ADD ("/trace-index/list-and-signals", test_list_and_signals);
  ADD ("/trace-index/idle", test_idle);
  g_test_add_func ("/trace-index/any-order", test_any_order);
  ADD ("/trace-index/rebuild", test_rebuild);
  ADD ("/trace-index/many", test_many);
  return g_test_run ();
}
