#include "config.h"

#include "storm-change-test.h"

#include <string.h>

/* The bytes of a change are written by hand; here they are beside those that GLib writes. */

static GVariant *
rebuild (GVariant *value)
{
  const GVariantType *type = g_variant_get_type (value);
  GVariantBuilder builder;

  if (!g_variant_is_container (value))
    {
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        return g_variant_new_string (g_variant_get_string (value, NULL));
      return g_variant_new_from_data (type, g_variant_get_data (value), g_variant_get_size (value),
                                      FALSE, (GDestroyNotify) g_variant_unref,
                                      g_variant_ref (value));
    }
  g_variant_builder_init (&builder, type);
  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

      g_variant_builder_add_value (&builder, rebuild (child));
    }
  return g_variant_builder_end (&builder);
}

static void
assert_bytes (StormChange *change)
{
  g_autoptr (GVariant) written = storm_change_to_variant (change);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (written);
  g_autoptr (GVariant) read =
    g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (written), bytes, FALSE));
  g_autoptr (GVariant) rebuilt = g_variant_ref_sink (rebuild (read));

  g_assert_true (g_variant_is_normal_form (read));
  g_assert_cmpmem (g_variant_get_data (written), g_variant_get_size (written),
                   g_variant_get_data (rebuilt), g_variant_get_size (rebuilt));
}

static void
test_empty (void)
{
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (StormChange) named = storm_change_new ("Nothing at all");

  assert_bytes (change);
  assert_bytes (named);
}

/* Offsets have one, two or four bytes, by the size of what they stand in: texts of all lengths
 * around where that changes. */
static void
test_sizes (void)
{
  static const guint around[] = { 1, 200, 256, 65400, 65536 };

  for (guint a = 0; a < G_N_ELEMENTS (around); a++)
    for (guint i = 0; i < 140; i++)
      {
        g_autofree char *text = g_strnfill (around[a] + i, 'x');
        g_autoptr (StormChange) change = storm_change_new (i % 2 == 0 ? "Label" : NULL);

        storm_change_set (change, "a", STORM_PROP_TITLE, g_variant_new_string (text));
        if (i % 3 == 0)
          storm_change_set (change, "a", STORM_PROP_Z, g_variant_new_int64 (i));
        if (i % 5 == 0)
          storm_change_set (change, "b", STORM_PROP_LABEL, g_variant_new_string ("second"));
        assert_bytes (change);
      }
}

static void
test_board (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new ("Everything");
  g_autoptr (StormChange) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = storm_test_board_dump (board);
  const char * const aliases[] = { "One", "둘", NULL };

  for (guint i = 0; i < 300; i++)
    {
      GVariantDict props;
      g_autofree char *id = g_strdup_printf ("new-%u", i);

      g_variant_dict_init (&props, NULL);
      g_variant_dict_insert (&props, "title", "s", i % 2 == 0 ? "An event" : "");
      g_variant_dict_insert (&props, "kind", "s", "event");
      storm_change_insert (change, STORM_OBJECT_STICKY, id, g_variant_dict_end (&props));
    }
  storm_change_set (change, "new-7", STORM_PROP_ALIASES, g_variant_new_strv (aliases, -1));
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string ("Board"));
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("other"));
  assert_bytes (change);

  g_assert_true (storm_change_apply (change, board, &error));
  g_assert_no_error (error);
  assert_bytes (change);
  copy = copy_by_variant (change);
  g_assert_true (storm_change_revert (copy, board, &error));
  g_assert_no_error (error);
  storm_test_assert_board (board, before);
}

/* What else is done to an object between doing and undoing is found again by redoing. */
static void
test_other_edit_between (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new ("Title");
  g_autoptr (StormChange) other = storm_change_new ("Also the title");
  g_autoptr (GError) error = NULL;
  g_autofree char *between = NULL;

  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("one"));
  storm_change_set (other, "d", STORM_PROP_TITLE, g_variant_new_string ("two"));
  g_assert_true (storm_change_apply (change, board, &error));
  g_assert_true (storm_change_apply (other, board, &error));
  between = storm_test_board_dump (board);
  g_assert_true (storm_change_revert (change, board, &error));
  g_assert_true (storm_change_apply (change, board, &error));
  g_assert_no_error (error);
  storm_test_assert_board (board, between);
}

/* The same for what was put in as a whole, and for steps that were merged around the other one. */
static void
test_other_edit_in_insert (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new ("New");
  g_autoptr (StormChange) other = storm_change_new ("Title");
  g_autoptr (StormChange) last = storm_change_new ("Description");
  g_autoptr (GError) error = NULL;
  g_autofree char *between = NULL;

  storm_change_insert (change, STORM_OBJECT_STICKY, "new", NULL);
  storm_change_set (other, "new", STORM_PROP_TITLE, g_variant_new_string ("two"));
  storm_change_set (last, "new", STORM_PROP_DESCRIPTION, g_variant_new_string ("three"));
  g_assert_true (storm_change_apply (change, board, &error));
  g_assert_true (storm_change_apply (other, board, &error));
  g_assert_true (storm_change_apply (last, board, &error));
  between = storm_test_board_dump (board);
  storm_change_merge (change, last);
  g_assert_true (storm_change_revert (change, board, &error));
  g_assert_true (storm_change_apply (change, board, &error));
  g_assert_no_error (error);
  storm_test_assert_board (board, between);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change-variant/empty", test_empty);
  g_test_add_func ("/change-variant/sizes", test_sizes);
  g_test_add_func ("/change-variant/board", test_board);
  g_test_add_func ("/change-variant/other-edit-between", test_other_edit_between);
  g_test_add_func ("/change-variant/other-edit-in-insert", test_other_edit_in_insert);
  return g_test_run ();
}
