#include "config.h"

#include <glib/gstdio.h>

#include "storm-batch.h"
#include "storm-spool-window.h"
#include "storm-spool-writer.h"

#define N 2000

typedef struct
{
  char             *directory;
  char             *path;
  StormStrings     *topics;
  StormDb          *db;
  StormSpoolWindow *window;
} Fixture;

static char *
make_payload (guint i)
{
  /* One is larger than a window may be. */
  return i == 500 ? g_strnfill (5 << 20, 'x') : g_strdup_printf ("{\"i\":%u}", i);
}

static void
ignore (guint32       n_rows,
        const GError *error,
        gpointer      user_data)
{
}

static void
append (StormSpoolWriter  *writer,
        StormBatchBuilder *builder,
        guint              i)
{
  g_autofree char *payload = make_payload (i);
  g_autoptr (StormBatch) batch = NULL;
  StormRecord record = {
    .topic = i % 2 == 0 ? "even" : "odd",
    .partition = i % 3,
    .offset = i * 10,
    .broker_time = i,
    .payload = (const guint8 *) payload,
    .payload_len = strlen (payload),
  };

  storm_batch_builder_add (builder, &record);
  batch = storm_batch_builder_take (builder);
  storm_spool_writer_append (writer, batch, i);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  g_autoptr (StormSpoolWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("spool-window-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->directory, "spool.db", NULL);
  fixture->topics = storm_strings_new ();
  writer = storm_spool_writer_new (fixture->path, fixture->topics, ignore, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N; i++)
    if (i != 700)
      append (writer, builder, i);
  g_assert_true (storm_spool_writer_flush (writer, &error));

  fixture->db = storm_db_open (fixture->path, STORM_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  fixture->window = storm_spool_window_new (fixture->db, fixture->topics, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  storm_spool_window_free (fixture->window);
  storm_db_free (fixture->db);
  storm_strings_unref (fixture->topics);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->directory);
}

static void
check (Fixture *fixture,
       guint    row)
{
  g_autofree char *payload = make_payload (row);
  g_auto (StormRecordView) view = { 0, };

  g_assert_true (storm_spool_window_read (fixture->window, row, N, &view));
  g_assert_cmpint (view.record.offset, ==, row * 10);
  g_assert_cmpint (view.record.partition, ==, row % 3);
  g_assert_cmpint (view.record.broker_time, ==, row);
  g_assert_cmpstr (view.record.topic, ==, row % 2 == 0 ? "even" : "odd");
  g_assert_cmpmem (view.record.payload, view.record.payload_len, payload, strlen (payload));
}

static void
test_neighbours (Fixture      *fixture,
                 gconstpointer data)
{
  guint before;

  for (guint i = 1000; i < N; i++)
    check (fixture, i);
  g_assert_cmpuint (storm_spool_window_get_n_fetches (fixture->window), <=,
                    2 + 1000 / STORM_SPOOL_WINDOW_ROWS);
  before = storm_spool_window_get_n_fetches (fixture->window);
  for (guint i = 499; i > 0; i--)
    check (fixture, i - 1);
  g_assert_cmpuint (storm_spool_window_get_n_fetches (fixture->window) - before, <=,
                    2 + 500 / STORM_SPOOL_WINDOW_ROWS);
  check (fixture, 0);
}

/* What is not there, and what is larger than a window. */
static void
test_holes (Fixture      *fixture,
            gconstpointer data)
{
  g_auto (StormRecordView) view = { 0, };

  for (guint i = 480; i < 720; i++)
    if (i != 700)
      check (fixture, i);
  for (guint i = 719; i > 480; i--)
    if (i != 700)
      check (fixture, i);
  for (guint i = 698; i < 703; i++)
    g_assert_cmpint (storm_spool_window_read (fixture->window, i, N, &view), ==, i != 700);
  g_assert_false (storm_spool_window_read (fixture->window, 100, 100, &view));
  g_assert_false (storm_spool_window_read (fixture->window, G_MAXUINT32, N, &view));
  storm_spool_window_clear (fixture->window);
  check (fixture, 100);
}

static void
test_random (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  guint row = 1;

  for (guint i = 0; i < 5000; i++)
    {
      int way = g_rand_int_range (random, 0, 20);

      row = way == 0 ? (guint) g_rand_int_range (random, 0, N) : way < 12 ? row + 1 : row + N - 1;
      row %= N;
      if (row != 700 && row != 500)
        check (fixture, row);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/spool-window/neighbours", Fixture, NULL, set_up, test_neighbours, tear_down);
  g_test_add ("/spool-window/holes", Fixture, NULL, set_up, test_holes, tear_down);
  g_test_add ("/spool-window/random", Fixture, NULL, set_up, test_random, tear_down);

  return g_test_run ();
}
