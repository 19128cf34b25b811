#include "config.h"

#include "storm-byte-pool-private.h"

#define LARGE STORM_BYTE_POOL_MIN

/* With a reference of the test's own, so that its address can't become another's. */
static GByteArray *
give (StormBytePool *pool,
      guint          len)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_set_size (bytes, len);
  g_byte_array_ref (bytes);
  storm_byte_pool_give (pool, bytes);

  return bytes;
}

static void
test_comes_back (void)
{
  StormBytePool *pool = storm_byte_pool_new ();
  g_autoptr (GByteArray) given = give (pool, LARGE + 7);
  g_autoptr (GByteArray) small = storm_byte_pool_take (pool, LARGE - 1);
  g_autoptr (GByteArray) taken = storm_byte_pool_take (pool, LARGE);
  g_autoptr (GByteArray) another = storm_byte_pool_take (pool, LARGE);

  g_assert_true (small != given);
  g_assert_true (taken == given);
  g_assert_cmpuint (taken->len, ==, 0);
  g_assert_true (another != given);
  storm_byte_pool_unref (pool);
}

static void
test_bounded (void)
{
  StormBytePool *pool = storm_byte_pool_new ();
  GDestroyNotify unref = (GDestroyNotify) g_byte_array_unref;
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (unref);
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (unref);
  guint n_back = 0;

  g_ptr_array_add (given, give (pool, LARGE - 1));
  g_ptr_array_add (given, give (pool, 64 << 20));
  g_ptr_array_add (taken, storm_byte_pool_take (pool, LARGE));
  g_assert_false (g_ptr_array_find (given, taken->pdata[0], NULL));

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (given, give (pool, LARGE));
  for (guint i = 0; i < 100; i++)
    {
      g_ptr_array_add (taken, storm_byte_pool_take (pool, LARGE));
      n_back += g_ptr_array_find (given, taken->pdata[taken->len - 1], NULL);
    }
  g_assert_cmpuint (n_back, >, 0);
  g_assert_cmpuint (n_back, <=, 8);
  storm_byte_pool_unref (pool);
}

/* A batch may outlive the builder: what it gives back is freed. */
static void
test_closed (void)
{
  StormBytePool *pool = storm_byte_pool_new ();
  g_autoptr (GByteArray) before = give (pool, LARGE);
  g_autoptr (GByteArray) after = NULL;
  g_autoptr (GByteArray) taken = NULL;

  storm_byte_pool_close (pool);
  after = give (pool, LARGE);
  taken = storm_byte_pool_take (pool, LARGE);
  g_assert_true (taken != before && taken != after);
  storm_byte_pool_unref (pool);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/byte-pool/comes-back", test_comes_back);
  g_test_add_func ("/byte-pool/bounded", test_bounded);
  g_test_add_func ("/byte-pool/closed", test_closed);

  return g_test_run ();
}
