#include "config.h"

#include "storm-gap-book.h"
#include "storm-trace-test.h"

static void
take_mark (StormGapBook  *book,
           StormMarkKind  kind,
           guint32        topic,
           gint32         partition,
           gint64         from,
           gint64         to,
           guint32        row)
{
  StormMark mark = { .kind = kind, .topic = topic, .partition = partition, .from = from, .to = to };

  storm_gap_book_take_mark (book, &mark, row);
}

static void
assert_gap (const StormEventGap *gap,
            guint32              row,
            gint64               from,
            gint64               to,
            gboolean             anew)
{
  g_assert_nonnull (gap);
  g_assert_cmpuint (gap->row, ==, row);
  g_assert_cmpint (gap->from, ==, from);
  g_assert_cmpint (gap->to, ==, to);
  g_assert_cmpint (gap->anew, ==, anew);
}

static void
test_rows (void)
{
  g_autoptr (StormGapBook) book = storm_gap_book_new ();
  const StormEventGap *closed;
  guint n;

  g_assert_false (storm_gap_book_is_open (book));
  take_mark (book, STORM_MARK_CAUGHT_UP, 1, 0, 5, 5, 0);
  g_assert_false (storm_gap_book_is_open (book));
  take_mark (book, STORM_MARK_GAP, 1, 0, 5, 8, 0);
  take_mark (book, STORM_MARK_GAP, 1, 0, 8, 10, 0);
  g_assert_true (storm_gap_book_is_open (book));
  storm_gap_book_take_row (book, 0, 1, 1);
  storm_gap_book_take_row (book, 1, 2, 0);
  g_assert_null (storm_gap_book_find (book, 0));
  storm_gap_book_take_row (book, 2, 1, 0);
  assert_gap (storm_gap_book_find (book, 2), 2, 5, 10, FALSE);
  storm_gap_book_take_row (book, 3, 1, 0);
  g_assert_null (storm_gap_book_find (book, 3));
  take_mark (book, STORM_MARK_GAP, 2, 0, 1, 2, 4);
  storm_gap_book_take_row (book, 4, 2, 0);
  closed = storm_gap_book_get_closed (book, &n);
  g_assert_cmpuint (n, ==, 2);
  assert_gap (&closed[0], 2, 5, 10, FALSE);
  assert_gap (&closed[1], 4, 1, 2, FALSE);
  storm_gap_book_clear (book);
  storm_gap_book_get_closed (book, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (storm_gap_book_find (book, 2));
}

/* What was missing of a topic before it was made anew has nothing to do with what comes then. */
static void
test_anew (void)
{
  g_autoptr (StormGapBook) book = storm_gap_book_new ();
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (StormEventGap));

  take_mark (book, STORM_MARK_GAP, 1, 0, 100, 200, 0);
  take_mark (book, STORM_MARK_ANEW, 1, 0, 200, 3, 0);
  take_mark (book, STORM_MARK_GAP, 1, 0, 0, 3, 0);
  take_mark (book, STORM_MARK_ANEW, 1, 1, 7, 0, 0);
  storm_gap_book_list_open (book, open);
  g_assert_cmpuint (open->len, ==, 2);
  assert_gap (&g_array_index (open, StormEventGap, 0), 0, 0, 3, TRUE);
  assert_gap (&g_array_index (open, StormEventGap, 1), 0, 0, 0, TRUE);
  storm_gap_book_take_row (book, 0, 1, 1);
  storm_gap_book_take_row (book, 1, 1, 0);
  assert_gap (storm_gap_book_find (book, 0), 0, 0, 0, TRUE);
  assert_gap (storm_gap_book_find (book, 1), 1, 0, 3, TRUE);
}

static void
test_bounded (void)
{
  g_autoptr (StormGapBook) book = storm_gap_book_new ();
  guint n;

  for (guint32 row = 0; row < 30000; row++)
    {
      take_mark (book, STORM_MARK_GAP, 1, row % 2, row, row + 1, row);
      storm_gap_book_take_row (book, row, 1, row % 2);
    }
  storm_gap_book_get_closed (book, &n);
  g_assert_cmpuint (n, ==, 10000);
}

/* Batches say the same as their rows and marks one by one. */
static void
test_batches (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormBatchBuilder) builder = test_builder (strings);
  g_autoptr (StormGapBook) book = storm_gap_book_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  gboolean missing[2] = { FALSE, FALSE };
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (gboolean));
  guint32 row = 0;

  for (guint k = 0; k < 200; k++)
    {
      g_autoptr (StormBatch) batch = NULL;
      guint32 first = row;
      guint n_rows = 0;

      for (guint i = 0; i < 20; i++)
        {
          gint32 partition = g_rand_int_range (rand, 0, 2);
          TestEvent event = { "A", "a", NULL, 1, partition, row };

          if (g_rand_int_range (rand, 0, 10) == 0)
            {
              storm_batch_builder_mark (builder, STORM_MARK_GAP, "shop", partition, row, row + 1);
              missing[partition] = TRUE;
              continue;
            }
          test_add (builder, &event);
          g_array_append_val (wanted, missing[partition]);
          missing[partition] = FALSE;
          row++;
        }
      batch = storm_batch_builder_take (builder);
      storm_batch_get_rows (batch, &n_rows);
      g_assert_cmpuint (first + n_rows, ==, row);
      storm_gap_book_take_batch (book, batch, first);
    }
  for (guint32 i = 0; i < row; i++)
    g_assert_cmpint (storm_gap_book_find (book, i) != NULL, ==,
                     g_array_index (wanted, gboolean, i));
  g_array_unref (wanted);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gap-book/rows", test_rows);
  g_test_add_func ("/gap-book/anew", test_anew);
  g_test_add_func ("/gap-book/bounded", test_bounded);
  g_test_add_func ("/gap-book/batches", test_batches);
  return g_test_run ();
}
