#include "config.h"

#include "storm-align.h"

#include <string.h>

/* The pairs of @out as text: both letters beside each other, a dot for none. */
static char *
lay (const char *a,
     const char *b)
{
  guint n_a = (guint) strlen (a), n_b = (guint) strlen (b);
  g_autofree guint32 *x = g_new (guint32, n_a + 1);
  g_autofree guint32 *y = g_new (guint32, n_b + 1);
  g_autoptr (GArray) out = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_a; i++)
    x[i] = (guint8) a[i];
  for (guint i = 0; i < n_b; i++)
    y[i] = (guint8) b[i];
  out = storm_align (x, n_a, y, n_b);
  for (guint i = 0; i < out->len; i++)
    {
      StormAligned *row = &g_array_index (out, StormAligned, i);

      g_string_append_printf (text, "%s%c%c", i > 0 ? " " : "",
                              row->a == STORM_ALIGN_NONE ? '.' : a[row->a],
                              row->b == STORM_ALIGN_NONE ? '.' : b[row->b]);
    }
  return g_string_free (text, FALSE);
}

static void
test_small (void)
{
  static const struct { const char *a, *b, *want; } cases[] = {
    { "", "", "" },
    { "x", "", "x." },
    { "", "xy", ".x .y" },
    { "abc", "abc", "aa bb cc" },
    { "abc", "axc", "aa b. .x cc" },
    { "abcd", "ad", "aa b. c. dd" },
    { "ad", "abcd", "aa .b .c dd" },
    { "aab", "ab", "aa a. bb" },
    { "xb", "ybb", "x. .y bb .b" },
    { "abcd", "abcbcd", "aa bb cc .b .c dd" },
    { "abcbcd", "abcd", "aa bb cc b. c. dd" },
    { "xay", "uav", "x. .u aa y. .v" },
    { "abc", "xyz", "a. b. c. .x .y .z" },
    { "pqab", "abpq", "p. q. aa bb .p .q" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = lay (cases[i].a, cases[i].b);

      g_assert_cmpstr (got, ==, cases[i].want);
    }
}

/* Each position once, in order, equal where paired, what only the first has before the other. */
static guint
check (GArray        *out,
       const guint32 *a,
       guint          n_a,
       const guint32 *b,
       guint          n_b)
{
  guint i = 0, j = 0, n_pairs = 0;
  gboolean only_b = FALSE;

  for (guint k = 0; k < out->len; k++)
    {
      StormAligned row = g_array_index (out, StormAligned, k);

      g_assert_false (row.a == STORM_ALIGN_NONE && row.b == STORM_ALIGN_NONE);
      if (row.b == STORM_ALIGN_NONE)
        g_assert_false (only_b);
      only_b = row.a == STORM_ALIGN_NONE;
      if (row.a != STORM_ALIGN_NONE)
        g_assert_cmpuint (row.a, ==, i++);
      if (row.b != STORM_ALIGN_NONE)
        g_assert_cmpuint (row.b, ==, j++);
      if (row.a == STORM_ALIGN_NONE || row.b == STORM_ALIGN_NONE)
        continue;
      g_assert_cmpuint (a[row.a], ==, b[row.b]);
      n_pairs++;
    }
  g_assert_cmpuint (i, ==, n_a);
  g_assert_cmpuint (j, ==, n_b);
  return n_pairs;
}

/* The plain way: how long the longest common sequence is. */
static guint
count_common (const guint32 *a,
              guint          n_a,
              const guint32 *b,
              guint          n_b)
{
  g_autofree guint *row = g_new0 (guint, n_b + 1);

  for (guint i = 0; i < n_a; i++)
    {
      guint before = 0;

      for (guint j = 0; j < n_b; j++)
        {
          guint was = row[j + 1];

          row[j + 1] = a[i] == b[j] ? before + 1 : MAX (row[j + 1], row[j]);
          before = was;
        }
    }
  return row[n_b];
}

static guint32 *
make_random (guint n,
             guint n_kinds)
{
  guint32 *out = g_new (guint32, n + 1);

  for (guint i = 0; i < n; i++)
    out[i] = (guint32) g_test_rand_int_range (0, (gint32) n_kinds);
  return out;
}

static void
test_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint n_a = (guint) g_test_rand_int_range (0, 40);
      guint n_b = (guint) g_test_rand_int_range (0, 40);
      guint n_kinds = (guint) g_test_rand_int_range (1, 8);
      g_autofree guint32 *a = make_random (n_a, n_kinds);
      g_autofree guint32 *b = make_random (n_b, n_kinds);
      g_autoptr (GArray) out = storm_align (a, n_a, b, n_b);
      g_autoptr (GArray) back = storm_align (b, n_b, a, n_a);
      guint n = check (out, a, n_a, b, n_b);

      g_assert_cmpuint (n, ==, count_common (a, n_a, b, n_b));
      /* The other way round nothing else is alike. */
      g_assert_cmpuint (n, ==, check (back, b, n_b, a, n_a));
    }
}

/* Two long ones, of which each lacks now and then what the other has. */
static void
test_long (void)
{
  const guint n = 100000;
  g_autofree guint32 *a = g_new (guint32, n);
  g_autofree guint32 *b = g_new (guint32, n);
  g_autoptr (GArray) out = NULL;
  guint n_a = 0, n_b = 0, n_both = 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean in_a = i % 997 != 5, in_b = i % 1013 != 7;

      if (in_a)
        a[n_a++] = i;
      if (in_b)
        b[n_b++] = i;
      n_both += in_a && in_b;
    }
  out = storm_align (a, n_a, b, n_b);
  g_assert_cmpuint (check (out, a, n_a, b, n_b), ==, n_both);
}

/* More differs than a window holds: what is paired is still right. */
static void
test_nothing_alike (void)
{
  const guint n = 5000;
  g_autofree guint32 *a = g_new (guint32, n);
  g_autofree guint32 *b = g_new (guint32, n);
  g_autoptr (GArray) out = NULL;

  for (guint i = 0; i < n; i++)
    {
      a[i] = 2 * i;
      b[i] = 2 * i + 1;
    }
  out = storm_align (a, n, b, n);
  g_assert_cmpuint (check (out, a, n, b, n), ==, 0);
  g_assert_cmpuint (out->len, ==, 2 * n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/align/small", test_small);
  g_test_add_func ("/align/random", test_random);
  g_test_add_func ("/align/long", test_long);
  g_test_add_func ("/align/nothing-alike", test_nothing_alike);
  return g_test_run ();
}
