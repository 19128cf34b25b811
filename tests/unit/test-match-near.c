#include "config.h"

#include "storm-edit.h"
#include "storm-match-near.h"

static void
add (StormBoard *board,
     const char *title,
     const char *alias)
{
  const char *aliases[] = { alias, NULL };
  g_autofree char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_sticky (board, STORM_KIND_EVENT, (StormPoint) { 0, 0 }, title, &id);
  g_autoptr (StormChange) named = NULL;
  g_autoptr (GError) error = NULL;

  storm_change_apply (change, board, &error);
  g_assert_no_error (error);
  if (alias == NULL)
    return;
  named = storm_edit_set_aliases (board, id, aliases);
  storm_change_apply (named, board, &error);
  g_assert_no_error (error);
}

static void
assert_near (StormBoard *board,
             const char *type,
             const char *title)
{
  StormSticky *sticky = storm_match_near (board, type);

  g_assert_cmpstr (sticky != NULL ? storm_sticky_get_title (sticky) : NULL, ==, title);
}

static void
test_near (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  add (board, "Order placed", NULL);
  add (board, "Order played", NULL);
  add (board, "Paid", "PaymentReceived");
  add (board, "주문 접수됨", NULL);
  assert_near (board, "OrderPlacd", "Order placed");
  assert_near (board, "com.shop.OrderPlaceD.v2", "Order placed");
  assert_near (board, "OrderPlacedEvent", "Order placed");
  assert_near (board, "PaymentRecieved", "Paid");
  assert_near (board, "주문접수됐음", NULL);
  assert_near (board, "주문접수돼", "주문 접수됨");
  assert_near (board, "StockReserved", NULL);
  assert_near (board, "Raid", "Paid");
  assert_near (board, "X", NULL);
  assert_near (board, "", NULL);
}

/* Names that nobody writes, and too many letters to compare all. */
static void
test_hostile (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autofree char *longest = g_strnfill (4000, 'a');
  g_autofree char *other = g_strnfill (3999, 'a');

  add (board, "a", NULL);
  add (board, other, NULL);
  add (board, "…", NULL);
  assert_near (board, longest, other);
  assert_near (board, "....", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/match-near/near", test_near);
  g_test_add_func ("/match-near/hostile", test_hostile);

  return g_test_run ();
}
