#include "config.h"

#include "storm-error.h"
#include "storm-id.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *id = storm_id_new ();

      g_assert_true (storm_id_is_valid (id));
      g_assert_true (g_uuid_string_is_valid (id));
      g_assert_cmpint (id[14], ==, '4');
      g_assert_nonnull (strchr ("89ab", id[19]));
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_valid (void)
{
  g_autofree char *longest = g_strnfill (STORM_ID_MAX_LENGTH, 'x');
  g_autofree char *too_long = g_strnfill (STORM_ID_MAX_LENGTH + 1, 'x');

  g_assert_true (storm_id_is_valid ("a"));
  g_assert_true (storm_id_is_valid ("order placed/1"));
  g_assert_true (storm_id_is_valid ("주문-1"));
  g_assert_true (storm_id_is_valid (longest));

  g_assert_false (storm_id_is_valid (NULL));
  g_assert_false (storm_id_is_valid (""));
  g_assert_false (storm_id_is_valid (too_long));
  g_assert_false (storm_id_is_valid ("a\nb"));
  g_assert_false (storm_id_is_valid ("a\x7f"));
  g_assert_false (storm_id_is_valid ("\xc2\x85"));
  g_assert_false (storm_id_is_valid ("a\xff"));
}

static void
test_error (void)
{
  g_assert_cmpstr (g_quark_to_string (STORM_ERROR), ==, "storm-error-quark");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/new", test_new);
  g_test_add_func ("/id/valid", test_valid);
  g_test_add_func ("/error/domain", test_error);
  return g_test_run ();
}
