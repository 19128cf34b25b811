#include "config.h"

#include <string.h>

#include "storm-strings.h"

static void
test_basics (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  guint32 a = storm_strings_intern (strings, "order", 5);
  const char *text = storm_strings_get (strings, a);

  g_assert_cmpuint (storm_strings_intern (strings, "", 0), ==, 0);
  g_assert_cmpuint (storm_strings_intern (strings, NULL, 0), ==, 0);
  g_assert_cmpstr (storm_strings_get (strings, 0), ==, "");
  g_assert_cmpuint (a, !=, 0);
  g_assert_cmpuint (storm_strings_intern (strings, "orders", 5), ==, a);
  g_assert_cmpuint (storm_strings_intern (strings, "orders", 6), !=, a);
  g_assert_cmpuint (storm_strings_find (strings, "order", -1), ==, a);
  g_assert_cmpuint (storm_strings_find (strings, "ord", -1), ==, 0);
  g_assert_cmpuint (storm_strings_get_n (strings), ==, 3);
  g_assert_true (storm_strings_get (strings, a) == text);
}

static void
test_invalid (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  guint32 a = storm_strings_intern (strings, "a\xff", 2);
  guint32 b = storm_strings_intern (strings, "a\0b", 3);

  g_assert_cmpstr (storm_strings_get (strings, a), ==, "a\357\277\275");
  g_assert_cmpuint (storm_strings_intern (strings, "a\357\277\275", 4), ==, a);
  g_assert_cmpuint (storm_strings_find (strings, "a\xfe", 2), ==, a);
  g_assert_true (g_utf8_validate (storm_strings_get (strings, b), -1, NULL));
  g_assert_cmpuint (b, !=, storm_strings_find (strings, "a", 1));
}

static void
test_many (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autofree char *large = g_strnfill (300000, 'x');
  const guint n = 100000;
  gsize bytes = storm_strings_get_bytes (strings);
  guint32 large_id = storm_strings_intern (strings, large, 300000);
  const char *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("key-%u", i);

      g_assert_cmpuint (storm_strings_intern (strings, text, strlen (text)), ==, i + 2);
      if (i == 0)
        first = storm_strings_get (strings, 2);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("key-%u", i);

      g_assert_cmpuint (storm_strings_find (strings, text, -1), ==, i + 2);
      g_assert_cmpstr (storm_strings_get (strings, i + 2), ==, text);
    }
  /* Nothing has moved. */
  g_assert_true (storm_strings_get (strings, 2) == first);
  g_assert_cmpstr (storm_strings_get (strings, large_id), ==, large);
  g_assert_cmpuint (storm_strings_get_bytes (strings), >, bytes + n * 10);
}

typedef struct
{
  StormStrings *strings;
  guint         seed;
} Worker;

static gpointer
intern_all (gpointer data)
{
  Worker *worker = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (worker->seed);

  for (guint i = 0; i < 30000; i++)
    {
      char text[32];
      guint32 id;

      g_snprintf (text, sizeof text, "k%d", g_rand_int_range (rand, 0, 5000));
      id = storm_strings_intern (worker->strings, text, strlen (text));
      g_assert_cmpstr (storm_strings_get (worker->strings, id), ==, text);
    }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  Worker workers[3];
  GThread *threads[3];

  for (guint i = 0; i < 3; i++)
    {
      workers[i] = (Worker) { strings, i };
      threads[i] = g_thread_new ("intern", intern_all, &workers[i]);
    }
  for (guint i = 0; i < 3; i++)
    g_thread_join (threads[i]);

  g_assert_cmpuint (storm_strings_get_n (strings), <=, 5001);
  for (guint32 id = 1; id < storm_strings_get_n (strings); id++)
    g_assert_cmpuint (storm_strings_find (strings, storm_strings_get (strings, id), -1), ==, id);
}

/* The same text is another one on each connection, and found by its text only where it is of
 * none. */
static void
test_connections (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  guint32 east = storm_strings_intern (strings, "East", 4);
  guint32 west = storm_strings_intern (strings, "West", 4);
  guint32 shop = storm_strings_intern (strings, "shop", 4);
  guint32 of_east = storm_strings_intern_in (strings, east, "shop", 4);
  guint32 of_west = storm_strings_intern_in (strings, west, "shop", 4);
  guint32 unnamed = storm_strings_intern_in (strings, east, "", 0);

  g_assert_true (shop != of_east && shop != of_west && of_east != of_west);
  g_assert_cmpuint (storm_strings_intern_in (strings, east, "shop", 4), ==, of_east);
  g_assert_cmpuint (storm_strings_intern_in (strings, 0, "shop", 4), ==, shop);
  g_assert_cmpuint (storm_strings_intern_in (strings, west, "sh\xffp", 4), ==,
                    storm_strings_intern_in (strings, west, "sh\xef\xbf\xbdp", 6));
  g_assert_cmpuint (storm_strings_find (strings, "shop", -1), ==, shop);
  g_assert_cmpstr (storm_strings_get (strings, of_west), ==, "shop");
  g_assert_cmpuint (unnamed, !=, 0);
  g_assert_cmpstr (storm_strings_get (strings, unnamed), ==, "");
  g_assert_cmpuint (storm_strings_get_connection (strings, of_west), ==, west);
  g_assert_cmpuint (storm_strings_get_connection (strings, shop), ==, 0);

  g_assert_null (storm_strings_get_connection_name (strings, shop));
  storm_strings_set_home (strings, "Home");
  g_assert_cmpstr (storm_strings_get_connection_name (strings, shop), ==, "Home");
  g_assert_cmpstr (storm_strings_get_connection_name (strings, of_east), ==, "East");
  storm_strings_set_home (strings, NULL);
  g_assert_null (storm_strings_get_connection_name (strings, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/strings/basics", test_basics);
  g_test_add_func ("/strings/invalid", test_invalid);
  g_test_add_func ("/strings/many", test_many);
  g_test_add_func ("/strings/threads", test_threads);
  g_test_add_func ("/strings/connections", test_connections);

  return g_test_run ();
}
