#include "config.h"

#include "storm-rule-set-private.h"

/* Which flows a rule is made of, and the other way round. */

/* Whether @rule goes over what a person does. */
static gboolean
is_over_persons (StormRules *rules,
                 StormRule  *rule)
{
  StormLink *first = g_ptr_array_index (rule->starts, 0);

  return storm_kind_acts (storm_board_links_node (rules->links, first->to)->kind);
}

/* Marks what lies between @rule's reaction and its outcomes, walking on flows that are given. */
static void
walk_rule (StormRules *rules,
           StormRule  *rule,
           GHashTable *links)
{
  gboolean over_persons = is_over_persons (rules, rule);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  for (guint i = 0; i < rule->starts->len; i++)
    {
      g_hash_table_add (links, g_ptr_array_index (rule->starts, i));
      g_ptr_array_add (todo, g_ptr_array_index (rule->starts, i));
    }
  for (guint i = 0; i < todo->len; i++)
    {
      StormLink *link = g_ptr_array_index (todo, i);
      StormNode *node = storm_board_links_node (rules->links, link->to);

      for (guint k = 0; node->kind != STORM_KIND_EVENT && k < node->out->len; k++)
        {
          StormLink *next = g_ptr_array_index (node->out, k);
          StormNode *to = storm_board_links_node (rules->links, next->to);

          if ((over_persons || !storm_kind_acts (to->kind)) && g_hash_table_add (links, next))
            g_ptr_array_add (todo, next);
        }
    }
}

static gboolean
leads_to_outcome (StormRules *rules,
                  StormRule  *rule,
                  StormLink  *link)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  g_ptr_array_add (todo, link);
  for (guint i = 0; i < todo->len; i++)
    {
      guint32 to = ((StormLink *) g_ptr_array_index (todo, i))->to;
      StormNode *node = storm_board_links_node (rules->links, to);

      if (node->kind == STORM_KIND_EVENT)
        {
          if (storm_rule_has_outcome (rule, rules->node_steps[to]))
            return TRUE;
          continue;
        }
      for (guint k = 0; g_hash_table_add (seen, node) && k < node->out->len; k++)
        g_ptr_array_add (todo, g_ptr_array_index (node->out, k));
    }
  return FALSE;
}

GPtrArray *
storm_rule_set_get_flows (StormRuleSet *self,
                          guint32       rule_id)
{
  GPtrArray *flows;
  StormRules *rules;
  StormRule *rule;
  g_autoptr (GHashTable) links = NULL;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (rule_id < rules->rules->len, NULL);

  flows = g_ptr_array_new_with_free_func (g_object_unref);
  rule = &g_array_index (rules->rules, StormRule, rule_id);
  links = g_hash_table_new (NULL, NULL);
  walk_rule (rules, rule, links);
  for (guint i = 0; i < rules->links->links->len; i++)
    {
      StormLink *link = g_ptr_array_index (rules->links->links, i);
      gboolean is_input = rules->node_reactions[link->to] == rule->reaction &&
                          rules->node_steps[link->to] == STORM_NO_STEP &&
                          rules->node_steps[link->from] != STORM_NO_STEP;

      if (link->flow != NULL &&
          (is_input || (g_hash_table_contains (links, link) &&
                        leads_to_outcome (rules, rule, link))))
        g_ptr_array_add (flows, g_object_ref (link->flow));
    }
  return flows;
}


/* The reactions that can lead over @link, found by walking back to the events. */
static void
find_reactions (StormRules *rules,
                StormLink  *link,
                GHashTable *reactions)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();
  guint32 at = rules->node_reactions[link->to];

  if (at != G_MAXUINT32 && rules->node_steps[link->to] == STORM_NO_STEP &&
      rules->node_steps[link->from] != STORM_NO_STEP)
    {
      g_hash_table_add (reactions, GUINT_TO_POINTER (at));
      return;
    }
  g_ptr_array_add (todo, GUINT_TO_POINTER (link->from));
  for (guint i = 0; i < todo->len; i++)
    {
      guint32 place = GPOINTER_TO_UINT (g_ptr_array_index (todo, i));
      StormNode *node = storm_board_links_node (rules->links, place);

      if (rules->node_reactions[place] != G_MAXUINT32)
        g_hash_table_add (reactions, GUINT_TO_POINTER (rules->node_reactions[place]));
      for (guint k = 0; node->kind != STORM_KIND_EVENT && k < node->in->len; k++)
        {
          guint32 from = ((StormLink *) g_ptr_array_index (node->in, k))->from;

          if (g_hash_table_add (seen, GUINT_TO_POINTER (from)))
            g_ptr_array_add (todo, GUINT_TO_POINTER (from));
        }
    }
}

static StormLink *
find_link (StormRules *rules,
           StormFlow  *flow)
{
  for (guint i = 0; i < rules->links->links->len; i++)
    {
      StormLink *link = g_ptr_array_index (rules->links->links, i);

      if (link->flow == flow)
        return link;
    }
  return NULL;
}

static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

GArray *
storm_rule_set_get_rules_of_flow (StormRuleSet *self,
                                  StormFlow    *flow)
{
  g_autoptr (GHashTable) reactions = NULL;
  StormRules *rules;
  StormLink *link;
  GHashTableIter iter;
  gpointer id;
  GArray *found;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  g_return_val_if_fail (STORM_IS_FLOW (flow), NULL);

  found = g_array_new (FALSE, FALSE, sizeof (guint32));
  rules = storm_rule_set_get_rules (self);
  link = find_link (rules, flow);
  if (link == NULL)
    return found;
  reactions = g_hash_table_new (NULL, NULL);
  find_reactions (rules, link, reactions);
  g_hash_table_iter_init (&iter, reactions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      StormReaction *reaction = &g_array_index (rules->reactions, StormReaction,
                                                GPOINTER_TO_UINT (id));

      for (guint32 rule = reaction->first_rule; rule < reaction->first_rule + reaction->n_rules;
           rule++)
        {
          g_autoptr (GPtrArray) flows = storm_rule_set_get_flows (self, rule);

          if (g_ptr_array_find (flows, flow, NULL))
            g_array_append_val (found, rule);
        }
    }
  g_array_sort (found, compare_rules);
  return found;
}
