#include "config.h"

#include "storm-view-list.h"

#include <math.h>
#include <string.h>

static const StormRect here = { -12.5, 100, 800, 600 };
static const StormRect there = { 5000, -3000, 1.5, 2e6 };

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) views = storm_view_list_parse (NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (views->len, ==, 0);
  g_assert_true (storm_view_list_put (views, "  Payment \n", &here));
  g_assert_true (storm_view_list_put (views, "주문 전체", &there));
  text = storm_view_list_print (views);

  again = storm_view_list_parse (text);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpstr (((StormView *) again->pdata[0])->name, ==, "Payment");
  g_assert_true (storm_rect_equal (&((StormView *) again->pdata[0])->rect, &here));
  g_assert_true (storm_rect_equal (&storm_view_list_find (again, "주문 전체")->rect, &there));
}

static void
test_replace_and_remove (void)
{
  g_autoptr (GPtrArray) views = storm_view_list_parse (NULL);

  g_assert_true (storm_view_list_put (views, "One", &here));
  g_assert_true (storm_view_list_put (views, "Two", &here));
  g_assert_true (storm_view_list_put (views, "One", &there));
  g_assert_cmpuint (views->len, ==, 2);
  g_assert_true (storm_rect_equal (&storm_view_list_find (views, "One")->rect, &there));
  g_assert_true (storm_view_list_remove (views, "One"));
  g_assert_false (storm_view_list_remove (views, "One"));
  g_assert_null (storm_view_list_find (views, "One"));
}

static void
test_limits (void)
{
  const StormRect bad[] = { { 0, 0, 0, 10 }, { NAN, 0, 1, 1 }, { 0, 0, INFINITY, 1 },
                            { 1e300, 0, 1, 1 }, { 0, 0, -5, 10 } };
  g_autoptr (GPtrArray) views = storm_view_list_parse (NULL);
  g_autofree char *longest = g_strnfill (1000, 'x');
  g_autoptr (GString) korean = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (storm_view_list_put (views, "Bad", &bad[i]));
  g_assert_false (storm_view_list_put (views, " \n ", &here));

  g_assert_true (storm_view_list_put (views, longest, &here));
  g_assert_cmpuint (strlen (((StormView *) views->pdata[0])->name), ==, STORM_VIEW_NAME_MAX);
  for (guint i = 0; i < 100; i++)
    g_string_append (korean, "주");
  g_assert_true (storm_view_list_put (views, korean->str, &here));
  g_assert_true (g_utf8_validate (((StormView *) views->pdata[1])->name, -1, NULL));

  for (guint i = views->len; i < STORM_VIEWS_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("View %u", i);

      g_assert_true (storm_view_list_put (views, name, &here));
    }
  g_assert_false (storm_view_list_put (views, "One too many", &here));
  g_assert_true (storm_view_list_put (views, "View 50", &there));
}

static void
test_hostile (void)
{
  g_autoptr (GPtrArray) views =
    storm_view_list_parse ("0 0 100 100 Good\n1 2 3\nnonsense\n0 0 nan 1 Bad\n0 0 1 1\n"
                           "0 0 1 1 \n0 0 1e400 1 Far\n0,5 0 1 1 Comma\n9 9 9 9 Also good");

  g_assert_cmpuint (views->len, ==, 2);
  g_assert_nonnull (storm_view_list_find (views, "Good"));
  g_assert_nonnull (storm_view_list_find (views, "Also good"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-list/round-trip", test_round_trip);
  g_test_add_func ("/view-list/replace-and-remove", test_replace_and_remove);
  g_test_add_func ("/view-list/limits", test_limits);
  g_test_add_func ("/view-list/hostile", test_hostile);
  return g_test_run ();
}
