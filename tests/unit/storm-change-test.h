#pragma once

/* What the tests of changes share. */

#include "storm-change.h"
#include "storm-error.h"
#include "storm-test.h"

/* context c around a and b; flow f from a to b; b is the failure of a */
static inline StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();
  StormChange *change;

  storm_test_add_context (board, "c", "Order", 0, 0, 500, 300);
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "OrderPlaced", 10, 10);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "OrderFailed", 200, 10);
  storm_test_add_sticky (board, "d", STORM_KIND_NOTE, "x", 900, 10);
  storm_test_add_flow (board, "f", "a", "b");

  change = storm_change_new (NULL);
  storm_change_set (change, "a", STORM_PROP_CONTEXT, g_variant_new_string ("c"));
  storm_change_set (change, "b", STORM_PROP_CONTEXT, g_variant_new_string ("c"));
  storm_change_set (change, "b", STORM_PROP_FAIL_OF, g_variant_new_string ("a"));
  storm_test_apply (board, change);

  return board;
}

static inline StormChange *
copy_by_variant (StormChange *change)
{
  g_autoptr (GVariant) variant = storm_change_to_variant (change);
  g_autoptr (GError) error = NULL;
  StormChange *copy;
  g_autoptr (GVariant) again = NULL;

  g_assert_false (g_variant_is_floating (variant));
  copy = storm_change_new_from_variant (variant, &error);
  g_assert_no_error (error);
  again = storm_change_to_variant (copy);
  g_assert_true (g_variant_equal (variant, again));

  return copy;
}
