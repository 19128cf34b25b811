#include "config.h"

#include "storm-row-table-private.h"

#define FACTOR 2654435761u

/* The rows' columns: what a table is asked about, and how often it looks at them. */
typedef struct
{
  StormRowTable  table;
  GArray        *hashes;   /* guint32, by row */
  guint          n_looks;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->hashes = g_array_new (FALSE, TRUE, sizeof (guint32));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  storm_row_table_clear (&fixture->table);
  g_array_unref (fixture->hashes);
}

static guint32
hash_row (guint32  row,
          gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_array_index (fixture->hashes, guint32, row);
}

static gboolean
same_hash (guint32  row,
           gpointer key,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_looks++;
  return hash_row (row, fixture) == *(guint32 *) key;
}

static guint32
find (Fixture *fixture,
      guint32  hash)
{
  return storm_row_table_find (&fixture->table, hash, same_hash, &hash, fixture);
}

static void
add (Fixture *fixture,
     guint32  row,
     guint32  hash)
{
  if (row >= fixture->hashes->len)
    g_array_set_size (fixture->hashes, row + 1);
  g_array_index (fixture->hashes, guint32, row) = hash;
  storm_row_table_add (&fixture->table, row, hash, hash_row, fixture);
}

/* All rows are found at any size, and of those passed on the way hardly one is looked at. */
static void
test_many (Fixture      *fixture,
           gconstpointer data)
{
  guint n = 100000;

  /* An odd factor makes another number of each: no two rows have the same hash. */
  g_assert_cmpuint (find (fixture, 1), ==, G_MAXUINT32);
  for (guint32 row = 0; row < n; row++)
    add (fixture, row, row * FACTOR);

  fixture->n_looks = 0;
  for (guint32 row = 0; row < n; row++)
    g_assert_cmpuint (find (fixture, hash_row (row, fixture)), ==, row);
  g_assert_cmpuint (fixture->n_looks, <, n + n / 100);

  for (guint32 row = n; row < 2 * n; row++)
    g_assert_cmpuint (find (fixture, row * FACTOR), ==, G_MAXUINT32);
  storm_row_table_clear (&fixture->table);
  g_assert_cmpuint (find (fixture, hash_row (0, fixture)), ==, G_MAXUINT32);
}

/* Rows far apart, and hashes that all fall on a few slots. */
static void
test_sparse (Fixture      *fixture,
             gconstpointer data)
{
  static const guint32 rows[] = { 0, 1, 254, 255, 256, 4095, 70000, 1 << 20, (1 << 20) + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      add (fixture, rows[i], i << 28 | (i & 1));
      for (guint j = 0; j <= i; j++)
        g_assert_cmpuint (hash_row (find (fixture, j << 28 | (j & 1)), fixture), ==,
                          j << 28 | (j & 1));
      g_assert_cmpuint (find (fixture, i << 28 | 2), ==, G_MAXUINT32);
    }
  g_assert_cmpuint (fixture->table.n, ==, G_N_ELEMENTS (rows));
}

/* Against an array, with a look after each row that is added: also while it grows, and when it has
 * to grow once more before it has. */
static void
test_growing (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 row = 0;
  guint n_growing = 0;
  gsize bytes = 0;

  for (guint i = 0; i < 30000; i++)
    {
      row += i % 4000 == 3999 ? (guint32) g_rand_int_range (random, 1, 20000) : 1;
      add (fixture, row, row * FACTOR);
      g_array_append_val (rows, row);
      n_growing += fixture->table.old != NULL;
      for (guint k = 0; k < 4; k++)
        {
          guint32 known = g_array_index (rows, guint32, g_rand_int_range (random, 0, rows->len));

          g_assert_cmpuint (find (fixture, known * FACTOR), ==, known);
        }
      g_assert_cmpuint (find (fixture, (row + 1 + g_rand_int_range (random, 0, 1000)) * FACTOR), ==,
                        G_MAXUINT32);
      bytes = storm_row_table_get_bytes (&fixture->table);
    }
  g_assert_cmpuint (n_growing, >, 1000);
  g_assert_cmpuint (n_growing, <, 30000 / 2);
  g_assert_cmpuint (bytes, ==, (gsize) fixture->table.n_slots * sizeof (guint32));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (find (fixture, g_array_index (rows, guint32, i) * FACTOR), ==,
                      g_array_index (rows, guint32, i));
}

#define ADD(name, func) g_test_add ("/row-table/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("many", test_many);
  ADD ("sparse", test_sparse);
  ADD ("growing", test_growing);

  return g_test_run ();
}
