#pragma once

/* Helpers of the tests of rules: boards from a few words. */

#include "storm-rule-set.h"
#include "storm-test.h"

static inline StormKind
test_kind_of (char c)
{
  static const struct { char c; StormKind kind; } kinds[] = {
    { 'e', STORM_KIND_EVENT }, { 'c', STORM_KIND_COMMAND }, { 'p', STORM_KIND_POLICY },
    { 'a', STORM_KIND_AGGREGATE }, { 'x', STORM_KIND_EXTERNAL_SYSTEM },
    { 'r', STORM_KIND_READ_MODEL }, { 'u', STORM_KIND_UI }, { 'm', STORM_KIND_ACTOR },
    { 'h', STORM_KIND_HOT_SPOT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].c == c)
        return kinds[i].kind;
    }
  g_assert_not_reached ();
}

/* Ids whose first letter is the kind, connected along "eA>pX>cY>eB"; several chains with spaces
 * between them. What is not there yet is added, far from everything else, from left to right. The
 * title is the id without that letter. */
static inline void
test_chains (StormBoard *board,
             const char *text)
{
  g_auto (GStrv) chains = g_strsplit (text, " ", -1);

  for (guint i = 0; chains[i] != NULL; i++)
    {
      g_auto (GStrv) ids = g_strsplit (chains[i], ">", -1);

      for (guint k = 0; ids[k] != NULL; k++)
        {
          guint n = g_list_model_get_n_items (storm_board_get_stickies (board));
          g_autofree char *flow = k > 0 ? g_strconcat (ids[k - 1], ">", ids[k], NULL) : NULL;

          if (storm_board_lookup_sticky (board, ids[k]) == NULL)
            storm_test_add_sticky (board, ids[k], test_kind_of (ids[k][0]), ids[k] + 1,
                                   n * 400.0, 0);
          if (k > 0 && storm_board_lookup_flow (board, flow) == NULL)
            storm_test_add_flow (board, flow, ids[k - 1], ids[k]);
        }
    }
}

static inline void
test_set_fail (StormBoard *board,
               const char *id,
               const char *of)
{
  storm_test_set (board, id, STORM_PROP_FAIL_OF, g_variant_new_string (of));
}

static inline guint32
test_step (StormRuleSet *rules,
           const char   *id)
{
  StormSticky *sticky = storm_board_lookup_sticky (storm_rule_set_get_board (rules), id);

  g_assert_nonnull (sticky);
  return storm_rule_set_find_step (rules, sticky);
}
