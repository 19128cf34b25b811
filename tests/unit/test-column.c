#include "config.h"

#include "storm-column-private.h"

static void
check (StormColumn  *column,
       const gint64 *values)
{
  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    g_assert_cmpint (storm_column_get (column, i), ==, values[i]);
}

/* Fills a column with @values, packs it, writes to it once more and packs it again. */
static guint
pack (gint64 *values)
{
  StormColumn column;
  guint width;

  storm_column_init (&column);
  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    storm_column_set (&column, i, values[i]);
  check (&column, values);
  storm_column_pack (&column);
  check (&column, values);
  width = column.width;
  g_assert_cmpuint (storm_column_get_bytes (&column), ==, (gsize) width * STORM_CHUNK_ROWS);

  values[7] = values[8];
  storm_column_set (&column, 7, values[7]);
  check (&column, values);
  storm_column_pack (&column);
  check (&column, values);
  storm_column_pack (&column);
  check (&column, values);
  storm_column_clear (&column);
  return width;
}

static guint
pack_steps (gint64 first,
            gint64 step)
{
  gint64 values[STORM_CHUNK_ROWS];

  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    values[i] = first + (gint64) (i ^ 5) * step;
  return pack (values);
}

static void
test_widths (void)
{
  g_assert_cmpuint (pack_steps (-3, 0), ==, 0);
  g_assert_cmpuint (pack_steps (0, 1), ==, 2);
  g_assert_cmpuint (pack_steps (G_MININT64, 16), ==, 2);
  g_assert_cmpuint (pack_steps (5, 17), ==, 4);
  g_assert_cmpuint (pack_steps (5, G_MAXUINT32), ==, 8);
  /* Milliseconds and microseconds in nanoseconds. */
  g_assert_cmpuint (pack_steps (G_GINT64_CONSTANT (1795000000000000000), 3000000), ==, 2);
  g_assert_cmpuint (pack_steps (G_GINT64_CONSTANT (1795000000000000123), 16000), ==, 2);
  g_assert_cmpuint (pack_steps (G_GINT64_CONSTANT (1795000000000000123), 1000000000), ==, 4);
}

static void
test_ends (void)
{
  gint64 values[STORM_CHUNK_ROWS] = { 0, };

  values[0] = G_MININT64;
  values[1] = G_MAXINT64;
  g_assert_cmpuint (pack (values), ==, 8);

  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    values[i] = G_MAXINT64 - (i == 3 ? G_MAXUINT8 : 0);
  g_assert_cmpuint (pack (values), ==, 1);
  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    values[i] = i == 3 ? (gint64) G_MAXUINT32 : 0;
  g_assert_cmpuint (pack (values), ==, 4);
  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    values[i] = i == 3 ? (gint64) G_MAXUINT32 + 1 : 0;
  g_assert_cmpuint (pack (values), ==, 8);
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  gint64 values[STORM_CHUNK_ROWS];

  for (guint round = 0; round < 200; round++)
    {
      guint bits = g_rand_int_range (random, 0, 64);
      gint64 unit = round % 3 == 0 ? 1 : round % 3 == 1 ? 1000 : 1000000;
      gint64 first = (gint64) ((guint64) g_rand_int (random) << 32 | g_rand_int (random));

      for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
        {
          guint64 distance = (guint64) g_rand_int (random) << 32 | g_rand_int (random);

          distance = bits == 0 ? 0 : distance >> (64 - bits);
          values[i] = (gint64) ((guint64) first + distance * (guint64) unit);
        }
      pack (values);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/column/widths", test_widths);
  g_test_add_func ("/column/ends", test_ends);
  g_test_add_func ("/column/random", test_random);

  return g_test_run ();
}
