#include "config.h"

#include "storm-rule-test.h"

#include "storm-time.h"

/* What may and must follow @id, and what must come before it: one text for comparing. */
static char *
say (StormRuleSet *rules,
     const char   *id)
{
  StormSticky *sticky = storm_board_lookup_sticky (storm_rule_set_get_board (rules), id);
  g_auto (GStrv) words = NULL;

  storm_rule_set_update (rules);
  words = storm_rule_set_sticky_words (rules, sticky);
  return g_strjoinv (" ", words);
}

#define assert_words(rules, id, expected) \
  G_STMT_START { \
    g_autofree char *words_ = say (rules, id); \
    g_assert_cmpstr (words_, ==, expected); \
  } G_STMT_END

static StormRuleSet *
make (StormBoard **board,
      const char  *chains)
{
  *board = storm_board_new ();
  test_chains (*board, chains);
  return storm_rule_set_new (*board);
}

/* The shapes in which people draw the same thing. */
static void
test_shapes (void)
{
  const char * const shapes[] = {
    "cOrder>aShop>ePlaced>pPass>cAccept>aKitchen>eAccepted",
    "cOrder>ePlaced>pPass>cAccept>eAccepted",
    "ePlaced>pPass>eAccepted",
    "ePlaced>cAccept>eAccepted",
    "ePlaced>cAccept>aKitchen>eAccepted",
    "ePlaced>pPass>aKitchen>eAccepted",
    "ePlaced>aKitchen>eAccepted",
    "ePlaced>xPrinter>eAccepted",
    "ePlaced>pPass>cSend>xPrinter>eAccepted",
    "ePlaced>pPass>cAccept>aKitchen>eAccepted mCook>cAccept uScreen>cAccept",
    "ePlaced>eAccepted",
    "hWhy>ePlaced>eAccepted ePlaced>hWhat",
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (StormBoard) board = NULL;
      g_autoptr (StormRuleSet) rules = make (&board, shapes[i]);

      g_test_message ("%s", shapes[i]);
      assert_words (rules, "ePlaced", "Placed may come at any time. "
                                      "After Placed, Accepted must follow.");
      assert_words (rules, "eAccepted", "Accepted comes only after Placed.");
      g_assert_cmpuint (storm_rule_set_get_n_rules (rules), ==, 1);
    }
}

/* The same, touching instead of connected. */
static void
test_touching (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormRuleSet) rules = storm_rule_set_new (board);

  storm_test_add_sticky (board, "order", STORM_KIND_COMMAND, "Order", 0, 0);
  storm_test_add_sticky (board, "shop", STORM_KIND_AGGREGATE, "Shop", 120, 0);
  storm_test_add_sticky (board, "placed", STORM_KIND_EVENT, "Placed", 336, 4);
  storm_test_add_sticky (board, "pass", STORM_KIND_POLICY, "Pass", 464, 0);
  storm_test_add_sticky (board, "accept", STORM_KIND_COMMAND, "Accept", 670, 0);
  storm_test_add_sticky (board, "cook", STORM_KIND_ACTOR, "Cook", 650, -50);
  storm_test_add_sticky (board, "accepted", STORM_KIND_EVENT, "Accepted", 795, 0);
  assert_words (rules, "placed", "Placed may come at any time. "
                                 "After Placed, Accepted must follow.");
  assert_words (rules, "accepted", "Accepted comes only after Placed.");

  /* Away from each other they say nothing. */
  storm_test_set (board, "pass", STORM_PROP_RECT, g_variant_new ("(dddd)", 464., 300., 216., 120.));
  storm_test_add_sticky (board, "other", STORM_KIND_EVENT, "x", 5000, 5000);
  assert_words (rules, "placed", "Placed may come at any time.");
  assert_words (rules, "accepted", "Accepted may come at any time.");
}

/* A flow says more than a neighbour does. */
static void
test_flow_before_touch (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB eC>pQ>cY>eD");

  storm_test_set (board, "pQ", STORM_PROP_RECT, g_variant_new ("(dddd)", 0., 120., 216., 120.));
  storm_test_set (board, "eA", STORM_PROP_RECT, g_variant_new ("(dddd)", 0., 0., 120., 120.));
  storm_test_set (board, "cX", STORM_PROP_RECT, g_variant_new ("(dddd)", 0., 240., 120., 120.));
  assert_words (rules, "eA", "A may come at any time. After A, B must follow.");
  assert_words (rules, "eD", "D comes only after C.");
}

static void
test_alternatives (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB cX>eC pP>cY>eD eA>pQ>eE pQ>eF "
                                                 "eE>eG eE>eH");

  assert_words (rules, "eA", "A may come at any time. After A, B or C must follow. "
                             "After A, D must follow. After A, E or F must follow.");
  assert_words (rules, "eE", "E comes only after A. After E, G or H must follow.");
}

static void
test_fan_in (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eC eB>pP");

  assert_words (rules, "eC", "C comes only after A or B.");
  assert_words (rules, "pP", "After A or B, C must follow.");
  storm_test_set (board, "pP", STORM_PROP_JOIN, g_variant_new_string ("all"));
  assert_words (rules, "eC", "C comes only after A and B.");
  assert_words (rules, "eB", "B may come at any time. After A and B, C must follow.");
}

/* Where a person decides, something may follow, unless the flow says when. */
static void
test_persons (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>cPay>ePaid mPayer>cPay "
                                                 "eB>rList>mBoss>cEnd>eEnd "
                                                 "mBoss>cStart>eStart eB>pQ>rOther");

  assert_words (rules, "eA", "A may come at any time. After A, Paid may follow.");
  assert_words (rules, "ePaid", "Paid comes only after A.");
  assert_words (rules, "eEnd", "End comes only after B.");
  g_assert_false (storm_rule_set_has_duty (rules, test_step (rules, "eA")));

  storm_test_set (board, "eA>cPay", STORM_PROP_TARGET,
                  g_variant_new_int64 (120 * STORM_TIME_SECOND));
  assert_words (rules, "eA", "A may come at any time. "
                             "After A, Paid must follow within 2 min.");
  g_assert_true (storm_rule_set_has_duty (rules, test_step (rules, "eA")));
}

static void
test_spontaneous (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>aS>eB mUser>cY>aS cZ>aT>eC eA>aT "
                                                 "mUser>eD eA>eE mUser>eE");

  assert_words (rules, "eB", "B may come at any time.");
  assert_words (rules, "eC", "C may come at any time.");
  assert_words (rules, "eD", "D may come at any time.");
  assert_words (rules, "eE", "E comes only after A.");
}

static void
test_targets (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB");
  const StormRule *rule;

  storm_test_set (board, "pP>cX", STORM_PROP_TARGET, g_variant_new_int64 (2 * STORM_TIME_SECOND));
  storm_test_set (board, "cX>eB", STORM_PROP_TARGET, g_variant_new_int64 (3 * STORM_TIME_SECOND));
  storm_test_set (board, "eA>pP", STORM_PROP_TARGET, g_variant_new_int64 (STORM_TIME_SECOND));
  assert_words (rules, "pP", "After A, B must follow within 6.0 s.");
  rule = storm_rule_set_get_rule (rules, 0);
  g_assert_cmpint (rule->target, ==, 5 * STORM_TIME_SECOND);

  /* The longest that a flow can say, several times. */
  storm_test_set (board, "eA>pP", STORM_PROP_TARGET, g_variant_new_int64 (STORM_FLOW_MAX_TARGET));
  storm_test_set (board, "cX>eB", STORM_PROP_TARGET, g_variant_new_int64 (STORM_FLOW_MAX_TARGET));
  storm_rule_set_update (rules);
  g_assert_cmpint (storm_rule_set_get_rule (rules, 0)->target, >, STORM_FLOW_MAX_TARGET);
}

static void
test_unchecked (void)
{
  const char * const flows[] = { "eA>pP", "pP>cX", "cX>eB" };

  for (guint i = 0; i < G_N_ELEMENTS (flows); i++)
    {
      g_autoptr (StormBoard) board = NULL;
      g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB");

      assert_words (rules, "pP", "After A, B must follow.");
      storm_test_set (board, flows[i], STORM_PROP_UNCHECKED, g_variant_new_boolean (TRUE));
      assert_words (rules, "pP", "After A, B may follow.");
      assert_words (rules, "eB", "B may come at any time.");
      g_assert_false (storm_rule_set_has_duty (rules, test_step (rules, "eA")));
    }
}

static void
test_fails (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "ePlaced>pP>cPay>ePaid>pQ>cAdd>eAdded eFailed "
                                                 "eFailed>pBack>cCancel>eCanceled eAlone");

  test_set_fail (board, "eFailed", "ePaid");
  test_set_fail (board, "eAlone", "eAdded");
  assert_words (rules, "ePlaced", "Placed may come at any time. "
                                  "After Placed, Paid or Failed must follow.");
  /* It comes from where its event comes from. */
  assert_words (rules, "eFailed", "Failed comes only after Placed. "
                                  "After Failed, Canceled must follow.");
  g_assert_true (storm_rule_set_has_duty (rules, test_step (rules, "eFailed")));
  g_assert_false (storm_rule_set_has_duty (rules, test_step (rules, "eAlone")));
  g_assert_true (storm_rule_set_follows (rules, test_step (rules, "eFailed"),
                                         test_step (rules, "eCanceled")));
  g_assert_true (storm_rule_set_follows (rules, test_step (rules, "ePlaced"),
                                         test_step (rules, "eCanceled")));
  g_assert_false (storm_rule_set_follows (rules, test_step (rules, "ePaid"),
                                          test_step (rules, "eCanceled")));
}

/* A failure that is drawn alone is no duty: its event does as well. */
static void
test_only_fail (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eAdded>cReject>eRejected "
                                                 "eAdded>cAccept>eAccepted");

  assert_words (rules, "eAdded", "Added may come at any time. "
                                 "After Added, Rejected or Accepted must follow.");
  test_set_fail (board, "eRejected", "eAccepted");
  storm_test_add_sticky (board, "mShop", STORM_KIND_ACTOR, "Shop", 0, 900);
  storm_test_add_flow (board, "attend", "mShop", "cAccept");
  assert_words (rules, "eAdded", "Added may come at any time. "
                                 "After Added, Rejected or Accepted must follow.");
}

/* Cycles, with and without a beginning. */
static void
test_loops (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB>pQ>cY>eA eS>pR>cZ>eT>pR eU>eU2>eU "
                                                 "pW>cW>aW>pW aW>eW");

  assert_words (rules, "eA", "A may come at any time. After A, B must follow.");
  assert_words (rules, "eB", "B comes only after A. After B, A must follow.");
  assert_words (rules, "eT", "T comes only after S or T. After S or T, T must follow.");
  assert_words (rules, "eU", "U may come at any time. After U, U2 must follow.");
  assert_words (rules, "eW", "W may come at any time.");
}

/* A board may show an event several times: what is drawn at all of them holds. */
static void
test_copies (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "cA>eDone eDone2>pP>cX>eEnd eDone3");

  storm_test_set (board, "eDone2", STORM_PROP_TITLE, g_variant_new_string ("done"));
  storm_test_set (board, "eDone3", STORM_PROP_TITLE, g_variant_new_string ("Other"));
  storm_test_set (board, "eDone3", STORM_PROP_ALIASES,
                  g_variant_new_strv ((const char * const []) { "Finished" }, 1));
  storm_test_set (board, "eEnd", STORM_PROP_ALIASES,
                  g_variant_new_strv ((const char * const []) { "finished" }, 1));
  assert_words (rules, "eDone", "Done may come at any time. After Done, End must follow.");
  g_assert_cmpuint (test_step (rules, "eDone"), ==, test_step (rules, "eDone2"));
  g_assert_cmpuint (test_step (rules, "eDone3"), ==, test_step (rules, "eEnd"));
  g_assert_cmpuint (storm_rule_set_get_n_steps (rules), ==, 2);
  g_assert_cmpuint (test_step (rules, "pP"), ==, STORM_NO_STEP);
}

static void
test_flows_of_rules (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB pP>cY>eC eA>cZ>eD mM>cZ cX>rR");
  const struct { const char *flow; const char *words; } cases[] = {
    { "eA>pP", "After A, B must follow. After A, C must follow." },
    { "pP>cX", "After A, B must follow." },
    { "cX>eB", "After A, B must follow." },
    { "cY>eC", "After A, C must follow." },
    { "cZ>eD", "After A, D may follow." },
    { "mM>cZ", "" },
    { "cX>rR", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StormFlow *flow = storm_board_lookup_flow (board, cases[i].flow);
      g_autoptr (GArray) found = storm_rule_set_get_rules_of_flow (rules, flow);
      g_autoptr (GString) out = g_string_new (NULL);

      for (guint k = 0; k < found->len; k++)
        {
          g_autofree char *words = storm_rule_set_words (rules, g_array_index (found, guint32, k));

          g_string_append_printf (out, "%s%s", k > 0 ? " " : "", words);
        }
      g_assert_cmpstr (out->str, ==, cases[i].words);
    }
}

static void
on_changed (StormRuleSet *rules,
            guint        *n)
{
  (*n)++;
}

/* Said once when the rules are others, not when only the picture is. */
static void
test_changed (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB");
  guint n = 0;

  g_signal_connect (rules, "changed", G_CALLBACK (on_changed), &n);
  g_assert_false (storm_rule_set_update (rules));
  g_assert_cmpuint (storm_rule_set_get_n_rules (rules), ==, 1);
  storm_test_add_sticky (board, "note", STORM_KIND_NOTE, "x", 900, 900);
  storm_test_set (board, "cX", STORM_PROP_TITLE, g_variant_new_string ("Y"));
  g_assert_false (storm_rule_set_update (rules));
  g_assert_cmpuint (n, ==, 0);
  storm_test_add_sticky (board, "eC", STORM_KIND_EVENT, "C", 0, 900);
  storm_test_add_flow (board, "cX>eC", "cX", "eC");
  g_assert_true (storm_rule_set_update (rules));
  g_assert_false (storm_rule_set_update (rules));
  g_assert_cmpuint (n, ==, 1);
  assert_words (rules, "eA", "A may come at any time. After A, B or C must follow.");
}

/* The rules are not made anew for what has no part in them. */
static void
test_current (void)
{
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormRuleSet) rules = make (&board, "eA>pP>cX>eB hWhy");

  storm_rule_set_update (rules);
  g_assert_true (storm_rule_set_is_current (rules));
  storm_test_add_sticky (board, "note", STORM_KIND_NOTE, "x", 900, 900);
  storm_test_set (board, "hWhy", STORM_PROP_TITLE, g_variant_new_string ("Who?"));
  storm_test_set (board, "cX", STORM_PROP_TITLE, g_variant_new_string ("Y"));
  storm_test_set (board, "hWhy", STORM_PROP_RECT, g_variant_new ("(dddd)", 9e3, 9e3, 120., 120.));
  g_assert_true (storm_rule_set_is_current (rules));
  assert_words (rules, "note", "");

  storm_test_set (board, "eB", STORM_PROP_TITLE, g_variant_new_string ("C"));
  g_assert_false (storm_rule_set_is_current (rules));
  storm_rule_set_update (rules);
  g_assert_true (storm_rule_set_is_current (rules));
  storm_test_set (board, "note", STORM_PROP_KIND, g_variant_new_string ("event"));
  g_assert_false (storm_rule_set_is_current (rules));
  storm_rule_set_update (rules);
  assert_words (rules, "note", "x may come at any time.");
}

/* Nothing at all, ten of one name, stickies without titles. */
static void
test_poor_boards (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormRuleSet) rules = storm_rule_set_new (board);

  g_assert_cmpuint (storm_rule_set_get_n_steps (rules), ==, 0);
  g_assert_cmpuint (storm_rule_set_get_n_rules (rules), ==, 0);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      g_autofree char *empty = g_strdup_printf ("empty%u", i);

      storm_test_add_sticky (board, id, STORM_KIND_EVENT, "Same", i * 10, 0);
      storm_test_add_sticky (board, empty, STORM_KIND_EVENT, "", i * 10, 0);
    }
  storm_rule_set_update (rules);
  g_assert_cmpuint (storm_rule_set_get_n_steps (rules), ==, 11);
  assert_words (rules, "e3", "Same may come at any time.");
}

static void
add_many (StormBoard *board,
          guint       n,
          gboolean    heap)
{
  StormChange *change = storm_change_new (NULL);
  const char * const kinds[] = { "event", "policy", "command", "aggregate", "event" };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autofree char *title = g_strdup_printf ("T%u", i);
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "kind", "s", kinds[i % G_N_ELEMENTS (kinds)]);
      g_variant_dict_insert (&dict, "title", "s", title);
      g_variant_dict_insert (&dict, "rect", "(dddd)", heap ? 0.0 : (i % 100) * 140.0,
                             heap ? 0.0 : (double) (i / 100) * 130.0, 120.0, 120.0);
      storm_change_insert (change, STORM_OBJECT_STICKY, id, g_variant_dict_end (&dict));
    }
  storm_test_apply (board, change);
}

/* All events into one policy, from which all commands lead out, into one aggregate. */
static void
add_knot (StormBoard *board,
          guint       n)
{
  StormChange *change = storm_change_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autofree char *flow = g_strdup_printf ("f%u", i);
      guint kind = i % 5;
      GVariantDict dict;

      if (i < 5)
        continue;
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "from", "s", kind == 2 ? "s1" : kind == 4 ? "s3" : id);
      g_variant_dict_insert (&dict, "to", "s", kind == 0 ? "s1" : kind == 1 || kind == 3 ? "s2" :
                                               id);
      storm_change_insert (change, STORM_OBJECT_FLOW, flow, g_variant_dict_end (&dict));
      if (kind != 2)
        continue;
      g_free (g_steal_pointer (&flow));
      flow = g_strdup_printf ("g%u", i);
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "from", "s", id);
      g_variant_dict_insert (&dict, "to", "s", "s3");
      storm_change_insert (change, STORM_OBJECT_FLOW, flow, g_variant_dict_end (&dict));
    }
  storm_test_apply (board, change);
}

/* What nobody draws must end too: ten thousand stickies in a row, in a heap, in a knot. */
static void
test_large (void)
{
  for (guint shape = 0; shape < 3; shape++)
    {
      g_autoptr (StormBoard) board = storm_board_new ();
      g_autoptr (StormRuleSet) rules = storm_rule_set_new (board);

      add_many (board, 10000, shape == 1);
      if (shape == 2)
        add_knot (board, 10000);
      g_assert_cmpuint (storm_rule_set_get_n_steps (rules), ==, 4000);
      for (guint32 i = 0; i < storm_rule_set_get_n_rules (rules); i++)
        g_assert_cmpuint (storm_rule_set_get_rule (rules, i)->outcomes->len, >, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-set/shapes", test_shapes);
  g_test_add_func ("/rule-set/touching", test_touching);
  g_test_add_func ("/rule-set/flow-before-touch", test_flow_before_touch);
  g_test_add_func ("/rule-set/alternatives", test_alternatives);
  g_test_add_func ("/rule-set/fan-in", test_fan_in);
  g_test_add_func ("/rule-set/persons", test_persons);
  g_test_add_func ("/rule-set/spontaneous", test_spontaneous);
  g_test_add_func ("/rule-set/targets", test_targets);
  g_test_add_func ("/rule-set/unchecked", test_unchecked);
  g_test_add_func ("/rule-set/fails", test_fails);
  g_test_add_func ("/rule-set/only-fail", test_only_fail);
  g_test_add_func ("/rule-set/loops", test_loops);
  g_test_add_func ("/rule-set/copies", test_copies);
  g_test_add_func ("/rule-set/flows-of-rules", test_flows_of_rules);
  g_test_add_func ("/rule-set/changed", test_changed);
  g_test_add_func ("/rule-set/current", test_current);
  g_test_add_func ("/rule-set/poor-boards", test_poor_boards);
  g_test_add_func ("/rule-set/large", test_large);
  return g_test_run ();
}
