#include "config.h"

#include "storm-board-mapping.h"
#include "storm-test.h"

static void
set_mapping (StormBoard *board,
             const char *json)
{
  storm_test_set (board, NULL, STORM_PROP_MAPPING, g_variant_new_string (json));
}

/* An event whose field @key is the correlation key, next to one that is not. */
static void
add_event (StormBoard *board,
           const char *id,
           const char *title,
           const char *key)
{
  GVariantBuilder fields;

  storm_test_add_sticky (board, id, STORM_KIND_EVENT, title, 0, 0);
  g_variant_builder_init (&fields, G_VARIANT_TYPE ("a(ssbbs)"));
  g_variant_builder_add (&fields, "(ssbbs)", "other", "String", TRUE, FALSE, "");
  if (key != NULL)
    g_variant_builder_add (&fields, "(ssbbs)", key, "Long", FALSE, TRUE, "");
  storm_test_set (board, id, STORM_PROP_FIELDS, g_variant_builder_end (&fields));
}

static void
assert_entries (StormMapping *mapping,
                const char   *type,
                const char   *expected)
{
  const char * const *entries = storm_mapping_get_entries (mapping, type,
                                                           STORM_MAPPING_CORRELATION);
  g_autofree char *text = entries != NULL ? g_strjoinv (" ", (char **) entries) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static StormMapping *
make (StormBoard *board)
{
  g_autoptr (GError) error = NULL;
  StormMapping *mapping = storm_board_mapping_new (board, &error);

  g_assert_no_error (error);
  return mapping;
}

static void
test_default (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMapping) mapping = NULL;
  g_autoptr (StormMapping) plain = storm_mapping_new_default ();

  add_event (board, "a", "Placed", NULL);
  mapping = make (board);
  g_assert_true (storm_mapping_equal (mapping, plain));
  g_assert_false (storm_board_mapping_has_key (board));
}

static void
test_fields (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMapping) mapping = NULL;
  const char *aliases[] = { "order-was-accepted", NULL };

  set_mapping (board, "{\"type\":[\"json:/t\"],\"correlation\":[\"header:tx\"],"
                      "\"perType\":{\"Paid\":{\"correlation\":[\"json:/mine\"]},"
                      "\"Shipped\":{\"time\":[\"json:/when\"]}}}");
  add_event (board, "placed", "OrderPlaced", "id");
  add_event (board, "accepted", "OrderAccepted", "orderId");
  storm_test_set (board, "accepted", STORM_PROP_ALIASES, g_variant_new_strv (aliases, -1));
  add_event (board, "paid", "paid", "orderId");
  add_event (board, "shipped", "Shipped", "a/b~c");
  storm_test_add_sticky (board, "cmd", STORM_KIND_COMMAND, "Cook", 0, 0);
  mapping = make (board);

  assert_entries (mapping, "OrderPlaced", "json:/id header:tx");
  assert_entries (mapping, "OrderAccepted", "json:/orderId header:tx");
  assert_entries (mapping, "order-was-accepted", "json:/orderId header:tx");
  /* What the profile says of a type holds, whatever the case in which the board writes it. */
  assert_entries (mapping, "Paid", "json:/mine");
  assert_entries (mapping, "Shipped", "json:/a~1b~0c header:tx");
  assert_entries (mapping, NULL, "header:tx");
  assert_entries (mapping, "Cook", NULL);
  g_assert_cmpstr (storm_mapping_get_entries (mapping, "Shipped", STORM_MAPPING_TIME)[0], ==,
                   "json:/when");
}

static void
test_same_name_twice (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMapping) mapping = NULL;

  set_mapping (board, "{\"correlation\":[\"json:/id\"]}");
  add_event (board, "one", "Paid", "orderId");
  add_event (board, "two", "PAID", "id");
  mapping = make (board);
  assert_entries (mapping, "Paid", "json:/orderId json:/id");
}

static void
test_wrong_profile (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GError) error = NULL;

  set_mapping (board, "{\"type\":[\"nonsense:/x\"]}");
  g_assert_null (storm_board_mapping_new (board, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "nonsense"));
}

static void
test_has_key (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  g_assert_false (storm_board_mapping_has_key (board));
  set_mapping (board, "{\"type\":[\"json:/t\"],\"correlation\":[]}");
  g_assert_false (storm_board_mapping_has_key (board));
  set_mapping (board, "{\"perType\":{\"A\":{\"correlation\":[\"json:/id\"]}}}");
  g_assert_true (storm_board_mapping_has_key (board));
  set_mapping (board, "{\"correlation\":[\"key\"]}");
  g_assert_true (storm_board_mapping_has_key (board));
  set_mapping (board, "");
  add_event (board, "a", "Placed", "id");
  g_assert_true (storm_board_mapping_has_key (board));
}

static void
test_names (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *text = NULL;
  const char *aliases[] = { "paid-v1", "Paid", NULL };

  add_event (board, "a", "Placed", NULL);
  add_event (board, "b", "Paid", NULL);
  add_event (board, "c", "", NULL);
  storm_test_add_sticky (board, "d", STORM_KIND_POLICY, "Policy", 0, 0);
  storm_test_set (board, "b", STORM_PROP_ALIASES, g_variant_new_strv (aliases, -1));
  names = storm_board_event_names (board);
  text = g_strjoinv (" ", names);
  g_assert_cmpstr (text, ==, "Placed Paid paid-v1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-mapping/default", test_default);
  g_test_add_func ("/board-mapping/fields", test_fields);
  g_test_add_func ("/board-mapping/same-name-twice", test_same_name_twice);
  g_test_add_func ("/board-mapping/wrong-profile", test_wrong_profile);
  g_test_add_func ("/board-mapping/has-key", test_has_key);
  g_test_add_func ("/board-mapping/names", test_names);
  return g_test_run ();
}
