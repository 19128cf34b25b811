#pragma once

#include "storm-rule-set-private.h"

G_BEGIN_DECLS

/* A rule with more alternatives, or a way over more stickies, says nothing any more. */
#define STORM_RULE_MAX_OUTCOMES 256
#define STORM_RULE_MAX_WALK 512

/**
 * StormRulesBuild:
 * @seen: node → the walk that came by
 * @targets: node → along the way of the walk
 * @seen_steps: step → the walk that found it
 *
 * What the making of rules needs for itself.
 */
typedef struct
{
  StormRules *rules;
  guint32    *seen;
  gint64     *targets;
  guint32    *seen_steps;
  guint32     walk;
  GArray     *queue;      /* of guint32 nodes */
} StormRulesBuild;

static inline StormNode *
get_node (StormRulesBuild *build,
          guint32          node)
{
  return storm_board_links_node (build->rules->links, node);
}

static inline StormStep *
get_step (StormRulesBuild *build,
          guint32          step)
{
  return &g_array_index (build->rules->steps, StormStep, step);
}

static inline guint32
find_node (StormRules  *rules,
           StormSticky *sticky)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (rules->places, sticky));

  return place > 0 ? place - 1 : STORM_NO_NODE;
}

static inline gboolean
is_reacting (StormKind kind)
{
  return kind == STORM_KIND_POLICY || kind == STORM_KIND_EXTERNAL_SYSTEM;
}

/** storm_rules_find_steps: event stickies of one name, be it a title or an alias, and what is the
 * failure of what; in a file of its own. */
void storm_rules_find_steps  (StormRulesBuild *build,
                              StormBoard      *board);
/** storm_rules_find_causes: what must have come before each event; in a file of its own. */
void storm_rules_find_causes (StormRulesBuild *build);

G_END_DECLS
