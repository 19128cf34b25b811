#include "config.h"

#include "storm-change-test.h"

/* Merges the changes that each of @funcs makes, and sees whether the result does what they did. */
typedef void (*Build) (StormBoard *board, StormChange *change);

static void
assert_merged (const Build *builds,
               guint        n,
               guint        n_steps)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) all = storm_change_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = storm_test_board_dump (board);
  g_autofree char *after = NULL;
  g_autoptr (StormChange) copy = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormChange) change = storm_change_new ("label");
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (GVariant) variant_after = NULL;

      builds[i] (board, change);
      storm_change_apply (change, board, &error);
      g_assert_no_error (error);
      variant = storm_change_to_variant (change);
      storm_change_merge (all, change);
      variant_after = storm_change_to_variant (change);
      g_assert_true (g_variant_equal (variant, variant_after));
    }
  g_assert_cmpstr (storm_change_get_label (all), ==, "label");
  g_assert_cmpuint (storm_change_get_n_steps (all), ==, n_steps);

  after = storm_test_board_dump (board);
  copy = copy_by_variant (all);
  storm_change_revert (all, board, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, before);
  storm_change_apply (copy, board, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, after);
}

static void
build_title (StormBoard  *board,
             StormChange *change)
{
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("y"));
}

static void
build_title_again (StormBoard  *board,
                   StormChange *change)
{
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("z"));
  storm_change_set (change, "d", STORM_PROP_Z, g_variant_new_int64 (5));
}

static void
build_title_back (StormBoard  *board,
                  StormChange *change)
{
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("x"));
}

static void
build_new (StormBoard  *board,
           StormChange *change)
{
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", NULL);
}

static void
build_new_title (StormBoard  *board,
                 StormChange *change)
{
  storm_change_set (change, "n", STORM_PROP_TITLE, g_variant_new_string ("new"));
}

static void
build_new_gone (StormBoard  *board,
                StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "n"));
}

static void
build_d_gone (StormBoard  *board,
              StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "d"));
}

static void
build_d_back (StormBoard  *board,
              StormChange *change)
{
  storm_change_insert (change, STORM_OBJECT_STICKY, "d",
                       g_variant_new_parsed ("{'topic': <'back'>}"));
}

static void
build_a_gone (StormBoard  *board,
              StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "a"));
  storm_change_remove (change, storm_board_lookup (board, "f"));
  storm_change_set (change, "b", STORM_PROP_FAIL_OF, g_variant_new_string (""));
}

static void
build_b_gone (StormBoard  *board,
              StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "b"));
}

#define ASSERT_MERGED(n_steps, ...) \
  G_STMT_START { \
    const Build builds[] = { __VA_ARGS__ }; \
    assert_merged (builds, G_N_ELEMENTS (builds), n_steps); \
  } G_STMT_END

static void
test_merge (void)
{
  ASSERT_MERGED (2, build_title, build_title_again);
  ASSERT_MERGED (0, build_title, build_title_back);
  ASSERT_MERGED (1, build_title, build_title_again, build_title_back);
  ASSERT_MERGED (1, build_new, build_new_title);
  ASSERT_MERGED (0, build_new, build_new_title, build_new_gone);
  ASSERT_MERGED (1, build_title_again, build_d_gone);
  ASSERT_MERGED (1, build_d_gone, build_d_back);
  ASSERT_MERGED (1, build_title, build_d_gone, build_d_back, build_title_again);
  ASSERT_MERGED (2, build_d_gone, build_new, build_d_back);
  ASSERT_MERGED (2, build_new, build_d_gone, build_new_gone, build_d_back, build_new);
  ASSERT_MERGED (3, build_a_gone, build_b_gone);
  ASSERT_MERGED (4, build_a_gone, build_new, build_b_gone, build_d_gone, build_new_gone);
  ASSERT_MERGED (5, build_d_gone, build_a_gone, build_new, build_b_gone, build_d_back,
                 build_title);
}

static void
test_touched (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  build_a_gone (board, change);
  build_title_again (board, change);
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string ("T"));
  storm_test_apply (board, storm_change_ref (change));
  for (guint i = 0; i < storm_change_get_n_touched (change); i++)
    {
      StormObjectType type;
      const char *id = storm_change_get_touched (change, i, &type);

      g_string_append_printf (text, "%d:%s ", type, id);
    }
  g_assert_cmpstr (text->str, ==, "1:a 2:f 1:b 1:d 0: ");
}

static void
refuse_variant (GVariant *variant)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (variant);
  g_autoptr (GError) error = NULL;

  g_assert_null (storm_change_new_from_variant (owned, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, STORM_ERROR);
}

static void
refuse_record (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("@(sa(yysua{sv}a{sv})) ('x', [%s])", text);
  g_autoptr (GError) error = NULL;
  GVariant *variant = g_variant_parse (NULL, whole, NULL, NULL, &error);

  g_assert_no_error (error);
  refuse_variant (variant);
}

/* Types: 0 board, 1 sticky, 2 flow, 3 context. Flags: 1 before, 2 after, 4 whole. */
static void
test_hostile_variants (void)
{
  g_autofree char *title = g_strnfill (STORM_TITLE_MAX_BYTES + 1, 'x');
  g_autofree char *long_title = g_strdup_printf ("(1, 6, 'a', 0, {}, {'title': <'%s'>})", title);
  g_autoptr (GBytes) noise = g_bytes_new_static ("\xff\xfe\xfd\x01\x02\x03\xff\xff\xff", 9);
  const char * const records[] = {
    "(4, 6, 'a', 0, {}, {})",
    "(0, 6, '', 0, {}, {})",
    "(0, 3, 'a', 0, {'title': <'x'>}, {'title': <'y'>})",
    "(1, 3, '', 0, {'title': <'x'>}, {'title': <'y'>})",
    "(1, 8, 'a', 0, {}, {})",
    "(1, 4, 'a', 0, {}, {})",
    "(1, 3, 'a', 0, {}, {})",
    "(1, 3, 'a', 0, {'title': <'x'>}, {})",
    "(1, 1, 'a', 0, {'title': <'x'>}, {})",
    "(1, 6, 'a', 0, {'title': <'x'>}, {})",
    "(1, 5, 'a', 0, {}, {'title': <'x'>})",
    "(1, 6, 'a', 0, {}, {'title': <1>})",
    "(1, 6, 'a', 0, {}, {'colour': <'x'>})",
    "(1, 6, 'a', 0, {}, {'title': <'x'>, 'title': <'y'>})",
    "(1, 6, 'a', 0, {}, {'from': <'x'>})",
    "(1, 6, 'a', 0, {}, {'rect': <(0.0, 0.0, 1e308, 1.0)>})",
    "(1, 6, 'a', 0, {}, {'rect': <(0.0, 2e7, 1.0, 1.0)>})",
    "(1, 6, 'a', 0, {}, {'rect': <(0.0, 0.0, 1.0)>})",
    "(1, 6, 'a', 0, {}, {'kind': <'sticker'>})",
    "(1, 6, 'a', 0, {}, {'z': <int64 9223372036854775807>})",
    "(1, 6, 'a', 0, {}, {'extra': <'[]'>})",
    "(1, 6, 'a', 0, {}, {}), (1, 6, 'a', 0, {}, {})",
    "(1, 6, 'a\\nb', 0, {}, {})",
  };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_test_message ("%s", records[i]);
      refuse_record (records[i]);
    }
  refuse_record (long_title);
  refuse_variant (g_variant_new_string ("x"));
  refuse_variant (g_variant_new_from_bytes (G_VARIANT_TYPE ("(sa(yysua{sv}a{sv}))"), noise,
                                            FALSE));
}

/* What is well formed but fits no board is refused by the board, which stays as it was. */
static void
test_foreign_variant (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = storm_test_board_dump (board);

  variant = g_variant_ref_sink (g_variant_new_parsed (
    "@(sa(yysua{sv}a{sv})) ('', [(1, 3, 'd', 0, {'title': <'p'>}, {'title': <'q'>}),"
    " (1, 3, 'other', 0, {'title': <'p'>}, {'title': <'q'>})])"));
  change = storm_change_new_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_null (storm_change_get_label (change));
  g_assert_false (storm_change_revert (change, board, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  storm_test_assert_board (board, before);
  g_clear_error (&error);
  g_clear_pointer (&change, storm_change_unref);
  g_clear_pointer (&variant, g_variant_unref);

  /* A place beyond the list's end is its end. */
  variant = g_variant_ref_sink (g_variant_new_parsed (
    "@(sa(yysua{sv}a{sv})) ('', [(3, 5, 'far', 4000000000, {'title': <'p'>}, {})])"));
  change = storm_change_new_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_true (storm_change_revert (change, board, &error));
  g_assert_nonnull (storm_board_lookup_context (board, "far"));
  g_assert_true (storm_change_apply (change, board, &error));
  storm_test_assert_board (board, before);
}

/* Any cut or flipped byte is refused or gives a change that can be tried on a board. */
static void
test_broken_bytes (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new ("label");
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  build_a_gone (board, change);
  build_title_again (board, change);
  storm_test_apply (board, storm_change_ref (change));
  variant = storm_change_to_variant (change);
  for (guint i = 0; i < 3000; i++)
    {
      gsize size = g_variant_get_size (variant);
      g_autofree guint8 *data = g_memdup2 (g_variant_get_data (variant), size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GVariant) broken = NULL;
      g_autoptr (StormChange) read = NULL;

      if (i % 2 == 0)
        size = (gsize) g_rand_int_range (rand, 0, (gint32) size);
      else
        data[g_rand_int_range (rand, 0, (gint32) size)] ^= 1u << g_rand_int_range (rand, 0, 8);
      bytes = g_bytes_new (data, size);
      broken = g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (variant), bytes,
                                                             FALSE));
      read = storm_change_new_from_variant (broken, NULL);
      if (read != NULL && storm_change_revert (read, board, NULL))
        g_assert_true (storm_change_apply (read, board, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change/merge", test_merge);
  g_test_add_func ("/change/touched", test_touched);
  g_test_add_func ("/change/hostile-variants", test_hostile_variants);
  g_test_add_func ("/change/foreign-variant", test_foreign_variant);
  g_test_add_func ("/change/broken-bytes", test_broken_bytes);
  return g_test_run ();
}
