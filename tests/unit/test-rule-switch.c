#include "config.h"

#include "storm-rule-test.h"

#include "storm-edit-props.h"
#include "storm-rule-switch.h"

static StormRuleSet *
make (StormBoard **board,
      const char  *chains)
{
  *board = storm_board_new ();
  test_chains (*board, chains);
  return storm_rule_set_new (*board);
}

static GPtrArray *
list (StormRuleSet *rules,
      const char   *id)
{
  StormBoard *board = storm_rule_set_get_board (rules);
  StormSticky *sticky = storm_board_lookup_sticky (board, id);
  guint n_more = 0;

  storm_rule_set_update (rules);
  if (sticky == NULL)
    return storm_rule_set_list_flow (rules, storm_board_lookup_flow (board, id), 99, &n_more);
  return storm_rule_set_list_sticky (rules, sticky, 99, &n_more);
}

/* All lines of a sticky or flow, as "+words" for on, "-words" for off and "words" for fixed. */
static char *
say (StormRuleSet *rules,
     const char   *id)
{
  static const char * const marks[] = { "", "+", "-" };
  g_autoptr (GPtrArray) lines = list (rules, id);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      StormRuleLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (out, "%s%s%s", i > 0 ? " " : "", marks[line->state], line->words);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

#define assert_lines(rules, id, expected) \
  G_STMT_START { \
    g_autofree char *lines_ = say (rules, id); \
    g_assert_cmpstr (lines_, ==, expected); \
  } G_STMT_END

/* What the switch of a line does. */
static void
flip (StormRuleSet *rules,
      const char   *id,
      guint         i)
{
  StormBoard *board = storm_rule_set_get_board (rules);
  g_autoptr (GPtrArray) lines = list (rules, id);
  StormRuleLine *line = g_ptr_array_index (lines, i);
  gboolean off = line->state == STORM_RULE_ON;

  storm_test_apply (board, storm_edit_set_unchecked (board, off ? line->off_ids : line->on_ids,
                                                     off));
}

static void
test_duty (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB pP>cY>eC");

  assert_lines (rules, "eA", "A may come at any time. +After A, B must follow. "
                             "+After A, C must follow.");
  assert_lines (rules, "pP", "+After A, B must follow. +After A, C must follow.");
  assert_lines (rules, "cX", "");
  flip (rules, "pP", 0);
  /* Only the one that was meant. */
  assert_lines (rules, "pP", "-After A, B may follow. +After A, C must follow.");
  assert_lines (rules, "eB", "-B may come at any time.");
  assert_lines (rules, "eC", "+C comes only after A.");
  flip (rules, "pP", 0);
  assert_lines (rules, "pP", "+After A, B must follow. +After A, C must follow.");
  assert_lines (rules, "eB", "+B comes only after A.");
}

static void
test_cause (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>aS>eB eC>pQ>cY>aS");

  assert_lines (rules, "eB", "+B comes only after A or C.");
  flip (rules, "eB", 0);
  assert_lines (rules, "eB", "-B may come at any time.");
  g_assert_true (storm_flow_get_unchecked (storm_board_lookup_flow (board, "aS>eB")));
  flip (rules, "eB", 0);
  assert_lines (rules, "eB", "+B comes only after A or C.");
  /* Switched off further back, it is switched on there. */
  storm_test_set (board, "eA>pP", STORM_PROP_UNCHECKED, g_variant_new_boolean (TRUE));
  assert_lines (rules, "eB", "-B may come at any time.");
  flip (rules, "eB", 0);
  assert_lines (rules, "eB", "+B comes only after A or C.");
}

/* Two policies that share all behind them: the one flow that is its own is taken. */
static void
test_shared (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eC eB>pQ>cX");

  flip (rules, "pP", 0);
  assert_lines (rules, "pP", "-After A, C may follow.");
  assert_lines (rules, "pQ", "+After B, C must follow.");
  g_assert_true (storm_flow_get_unchecked (storm_board_lookup_flow (board, "pP>cX")));
}

static void
test_flow (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB pP>cY>eC mM>cX eN>pP");

  assert_lines (rules, "pP>cY", "+After A or N, C must follow.");
  assert_lines (rules, "mM>cX", "");
  /* One event of several: what follows the other one is still waited for. */
  storm_test_set (board, "eN>pP", STORM_PROP_UNCHECKED, g_variant_new_boolean (TRUE));
  assert_lines (rules, "pP>cY", "+After A or N, C must follow.");
  storm_test_set (board, "eA>pP", STORM_PROP_UNCHECKED, g_variant_new_boolean (TRUE));
  assert_lines (rules, "pP>cY", "-After A or N, C may follow.");
  flip (rules, "pP>cY", 0);
  assert_lines (rules, "pP>cY", "+After A or N, C must follow.");
}

/* A person decides, or the stickies only touch each other: nothing to switch. */
static void
test_fixed (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>cPay>ePaid mPayer>cPay hWhy");

  assert_lines (rules, "eA", "A may come at any time. After A, Paid may follow.");
  assert_lines (rules, "hWhy", "");
  storm_test_add_sticky (board, "e1", STORM_KIND_EVENT, "One", 0, 5000);
  storm_test_add_sticky (board, "p1", STORM_KIND_POLICY, "Then", 124, 5000);
  storm_test_add_sticky (board, "c1", STORM_KIND_COMMAND, "Do", 344, 5000);
  storm_test_add_sticky (board, "e2", STORM_KIND_EVENT, "Two", 468, 5000);
  assert_lines (rules, "p1", "After One, Two must follow.");
}

static void
test_many (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormRuleSet) rules = storm_rule_set_new (board);
  g_autoptr (GPtrArray) lines = NULL;
  guint n_more;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *chain = g_strdup_printf ("eA>pP%u>cX%u>eB%u", i, i, i);

      test_chains (board, chain);
    }
  lines = storm_rule_set_list_sticky (rules, storm_board_lookup_sticky (board, "eA"), 12, &n_more);
  g_assert_cmpuint (lines->len, ==, 13);
  g_assert_cmpuint (n_more, ==, 28);
}

static void
add_random (StormBoard *board,
            GRand      *rand)
{
  static const char kinds[] = "eeepcax";

  for (guint i = 0; i < 30; i++)
    {
      int a = g_rand_int_range (rand, 0, 12), b = g_rand_int_range (rand, 0, 12);
      g_autofree char *chain = g_strdup_printf ("%c%d>%c%d", kinds[a % 7], a, kinds[b % 7], b);

      if (a != b)
        test_chains (board, chain);
    }
}

/* On any board: what is switched off demands nothing, and can be switched on again. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint n_flipped = 0;

  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (StormBoard) board = storm_board_new ();
      g_autoptr (StormRuleSet) rules = storm_rule_set_new (board);
      GListModel *stickies = storm_board_get_stickies (board);

      add_random (board, rand);
      for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
        {
          g_autoptr (StormObject) sticky = g_list_model_get_item (stickies, i);
          const char *id = storm_object_get_id (sticky);
          g_autoptr (GPtrArray) before = list (rules, id);
          g_autofree char *said = say (rules, id);

          for (guint k = 0; k < before->len; k++)
            {
              g_autoptr (GPtrArray) between = NULL;
              g_autofree char *again = NULL;

              if (((StormRuleLine *) g_ptr_array_index (before, k))->state != STORM_RULE_ON)
                continue;
              flip (rules, id, k);
              between = list (rules, id);
              g_assert_cmpint (((StormRuleLine *) g_ptr_array_index (between, k))->state, ==,
                               STORM_RULE_OFF);
              flip (rules, id, k);
              again = say (rules, id);
              g_assert_cmpstr (again, ==, said);
              n_flipped++;
            }
        }
    }
  g_assert_cmpuint (n_flipped, >, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-switch/duty", test_duty);
  g_test_add_func ("/rule-switch/cause", test_cause);
  g_test_add_func ("/rule-switch/shared", test_shared);
  g_test_add_func ("/rule-switch/flow", test_flow);
  g_test_add_func ("/rule-switch/fixed", test_fixed);
  g_test_add_func ("/rule-switch/many", test_many);
  g_test_add_func ("/rule-switch/random", test_random);
  return g_test_run ();
}
