#include "config.h"

#include "storm-order.h"
#include "storm-trace-test.h"

typedef struct
{
  StormStrings  *strings;
  StormEventLog *log;
  StormOrder    *order;
  GArray        *mirror;   /* of guint32: the rows as the splices tell them */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->strings = storm_strings_new ();
  f->log = storm_event_log_new (f->strings);
  f->order = storm_order_new (f->log);
  f->mirror = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_array_unref (f->mirror);
  storm_order_free (f->order);
  g_object_unref (f->log);
  storm_strings_unref (f->strings);
}

static void
add (Fixture         *f,
     const TestEvent *events,
     guint            n)
{
  g_autoptr (StormBatch) batch = test_batch (f->strings, events, n);
  guint32 first = storm_event_log_append (f->log, batch);
  g_autofree guint32 *rows = g_new (guint32, n);
  g_autofree guint32 *added = NULL;
  StormSplice splice;
  guint before = storm_order_get_n (f->order);
  guint i;

  for (i = 0; i < n; i++)
    rows[i] = first + i;
  storm_order_add (f->order, rows, n, &splice);
  g_assert_cmpuint (before - splice.removed + splice.added, ==, storm_order_get_n (f->order));
  g_assert_cmpuint (splice.position + splice.removed, <=, before);

  added = g_new (guint32, MAX (splice.added, 1));
  for (i = 0; i < splice.added; i++)
    added[i] = storm_order_get_row (f->order, splice.position + i);
  if (splice.removed > 0)
    g_array_remove_range (f->mirror, splice.position, splice.removed);
  g_array_insert_vals (f->mirror, splice.position, added, splice.added);
}

static guint32
first_of (Fixture *f,
          guint32  row)
{
  return storm_event_log_get_first (f->log, row);
}

/* A second, plain way of saying what the order is. */
static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  Fixture *f = user_data;
  guint32 p = *(const guint32 *) a;
  guint32 q = *(const guint32 *) b;
  guint32 first_p = first_of (f, p);
  guint32 first_q = first_of (f, q);

  if (first_p != first_q)
    return storm_event_log_compare (f->log, first_p, first_q);
  return p < q ? -1 : p > q;
}

static void
check (Fixture *f)
{
  guint n = storm_event_log_get_n (f->log);
  g_autofree guint32 *rows = g_new (guint32, MAX (n, 1));
  guint number = 0;
  guint i;

  g_assert_cmpuint (storm_order_get_n (f->order), ==, n);
  g_assert_cmpuint (f->mirror->len, ==, n);
  for (i = 0; i < n; i++)
    rows[i] = i;
  g_qsort_with_data (rows, n, sizeof (guint32), compare_rows, f);
  for (i = 0; i < n; i++)
    {
      guint position;

      g_assert_cmpuint (storm_order_get_row (f->order, i), ==, rows[i]);
      g_assert_cmpuint (g_array_index (f->mirror, guint32, i), ==, rows[i]);
      g_assert_true (storm_order_find (f->order, rows[i], &position));
      g_assert_cmpuint (position, ==, i);
      g_assert_cmpuint (storm_order_count_before (f->order, rows[i]), ==, number);
      if (first_of (f, rows[i]) == rows[i])
        g_assert_cmpuint (storm_order_get_number (f->order, i), ==, ++number);
      else
        g_assert_cmpuint (storm_order_get_number (f->order, i), ==, 0);
    }
}

static void
test_append (Fixture       *f,
             gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", NULL, NULL, 1000, 0, 0 },
    { "B", NULL, NULL, 2000, 0, 1 },
    { "C", NULL, NULL, 3000, 0, 2 },
  };
  guint32 row = 2;
  guint position;
  StormSplice splice;

  add (f, events, 2);
  add (f, events + 2, 1);
  check (f);
  g_assert_cmpuint (storm_order_find_time (f->order, AT (0)), ==, 0);
  g_assert_cmpuint (storm_order_find_time (f->order, AT (2000)), ==, 1);
  g_assert_cmpuint (storm_order_find_time (f->order, AT (2001)), ==, 2);
  g_assert_cmpuint (storm_order_find_time (f->order, AT (9000)), ==, 3);
  g_assert_false (storm_order_find (f->order, 3, &position));

  storm_order_clear (f->order);
  g_assert_cmpuint (storm_order_get_n (f->order), ==, 0);
  g_assert_false (storm_order_find (f->order, 0, &position));
  storm_order_add (f->order, NULL, 0, &splice);
  g_assert_cmpuint (splice.added, ==, 0);
  storm_order_append_sorted (f->order, &row, 1);
  g_assert_false (storm_order_find (f->order, 0, &position));
  g_assert_true (storm_order_find (f->order, 2, &position));
}

static void
test_insert (Fixture       *f,
             gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", NULL, "a", 1000, 0, 0 },
    { "D", NULL, "d", 4000, 0, 1 },
    { "C", NULL, "c", 3000, 0, 2 },
    { "A", NULL, "a", 9000, 0, 3 },
    { "D", NULL, "d", 100, 0, 4 },
    { "0", NULL, "0", 500, 0, 5 },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (events); i++)
    {
      add (f, events + i, 1);
      check (f);
    }
  /* A repeat stands behind its first, whatever time it carries. */
  g_assert_cmpuint (storm_order_get_row (f->order, 0), ==, 5);
  g_assert_cmpuint (storm_order_get_row (f->order, 1), ==, 0);
  g_assert_cmpuint (storm_order_get_row (f->order, 2), ==, 3);
  g_assert_cmpuint (storm_order_get_row (f->order, 5), ==, 4);
}

/* Batches of all sizes, in all kinds of disorder, far beyond the size of a block. */
static void
test_property (gconstpointer data)
{
  guint spread = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11 + spread);
  Fixture f;
  gint64 clock[3] = { 0, 20000, 40000 };
  guint offset = 0;
  guint round;

  set_up (&f, NULL);
  for (round = 0; round < 24; round++)
    {
      guint n = g_rand_int_range (rand, 1, round % 4 == 0 ? 3000 : 400);
      g_autofree TestEvent *events = g_new0 (TestEvent, n);
      g_autoptr (GStringChunk) ids = g_string_chunk_new (4096);
      guint i;

      for (i = 0; i < n; i++)
        {
          guint p = g_rand_int_range (rand, 0, 3);
          char id[16];

          g_snprintf (id, sizeof id, "%d", g_rand_int_range (rand, 0, 100000));
          clock[p] += g_rand_int_range (rand, 0, 40);
          events[i] = (TestEvent) { "A", NULL, g_string_chunk_insert (ids, id),
                                    clock[p] - g_rand_int_range (rand, 0, spread), p, offset++ };
        }
      add (&f, events, n);
      if (round % 6 == 5)
        check (&f);
    }
  check (&f);
  g_assert_cmpuint (storm_order_get_n (f.order), >, 2 * 4096);
  tear_down (&f, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/order/append", Fixture, NULL, set_up, test_append, tear_down);
  g_test_add ("/order/insert", Fixture, NULL, set_up, test_insert, tear_down);
  g_test_add_data_func ("/order/property/near", GUINT_TO_POINTER (50), test_property);
  g_test_add_data_func ("/order/property/far", GUINT_TO_POINTER (60000), test_property);
  return g_test_run ();
}
