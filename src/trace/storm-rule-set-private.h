#pragma once

#include "storm-board-links.h"
#include "storm-rule-set.h"

G_BEGIN_DECLS

/**
 * StormRules:
 * @node_steps: node → step, %STORM_NO_STEP for what is no event
 * @node_reactions: node → reaction that stands at it, %G_MAXUINT32 for none
 * @signature: of all that a change of the board can make different
 *
 * The rules of a board as it was at one time.
 */
typedef struct
{
  StormBoardLinks *links;
  GHashTable      *places;          /* StormSticky → node + 1 */
  guint32         *node_steps;
  guint32         *node_reactions;
  GArray          *steps;
  GArray          *reactions;
  GArray          *rules;
  guint            n_slots;
  guint64          signature;
  GHashTable      *closures;        /* step → guint8 *, a bit a step; made when asked for */
  GHashTable      *flow_rules;      /* StormFlow → GArray of guint32 rules; likewise */
  GHashTable      *rule_links;      /* rule → GPtrArray of StormLink; likewise */
} StormRules;

StormRules *storm_rules_new  (StormBoard *board);
void        storm_rules_free (StormRules *self);

/* What the set looks at now. */
StormRules *storm_rule_set_get_rules (StormRuleSet *self);

/* Adds to @links, a set of StormLink, what lies between @rule's reaction and its outcomes, and what
 * leads nowhere behind it. */
void        storm_rules_walk_rule    (StormRules   *rules,
                                      StormRule    *rule,
                                      GHashTable   *links);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormRules, storm_rules_free)

G_END_DECLS
