#include "config.h"

#include "storm-rules-build-private.h"

/* Which flows a rule is made of, and the other way round. */

/* Whether @rule goes over what a person does. */
static gboolean
is_over_persons (StormRules *rules,
                 StormRule  *rule)
{
  StormLink *first = g_ptr_array_index (rule->starts, 0);

  return storm_kind_acts (storm_board_links_node (rules->links, first->to)->kind);
}

void
storm_rules_walk_rule (StormRules *rules,
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

/* (transfer full): of the ways in @links those that lead to an outcome of @rule. */
static GHashTable *
find_leading (StormRules *rules,
              StormRule  *rule,
              GHashTable *links)
{
  GHashTable *leading = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  for (guint i = 0; i < rule->outcomes->len; i++)
    {
      GPtrArray *stickies = g_array_index (rules->steps, StormStep,
                                           g_array_index (rule->outcomes, guint32, i)).stickies;

      for (guint k = 0; k < stickies->len; k++)
        g_ptr_array_add (todo, storm_board_links_node (
          rules->links, find_node (rules, g_ptr_array_index (stickies, k))));
    }
  for (guint i = 0; i < todo->len; i++)
    {
      StormNode *node = g_ptr_array_index (todo, i);

      for (guint k = 0; k < node->in->len; k++)
        {
          StormLink *link = g_ptr_array_index (node->in, k);
          StormNode *from = storm_board_links_node (rules->links, link->from);

          if (g_hash_table_contains (links, link) && g_hash_table_add (leading, link) &&
              from->kind != STORM_KIND_EVENT)
            g_ptr_array_add (todo, from);
        }
    }
  return leading;
}

/* What leads from events to where the rule's reaction stands. */
static void
add_inputs (StormRules *rules,
            StormRule  *rule,
            GHashTable *links)
{
  StormReaction *reaction = &g_array_index (rules->reactions, StormReaction, rule->reaction);
  guint32 place = find_node (rules, reaction->sticky);
  StormNode *node = storm_board_links_node (rules->links, place);

  for (guint i = 0; rules->node_steps[place] == STORM_NO_STEP && i < node->in->len; i++)
    {
      StormLink *link = g_ptr_array_index (node->in, i);

      if (rules->node_steps[link->from] != STORM_NO_STEP)
        g_hash_table_add (links, link);
    }
}

static int
compare_links (gconstpointer a,
               gconstpointer b)
{
  const StormLink *first = *(StormLink * const *) a, *second = *(StormLink * const *) b;

  return first->place < second->place ? -1 : first->place > second->place;
}

/* (transfer full) (element-type StormLink): the flows of @rule_id, in the order of the board. */
static GPtrArray *
list_links (StormRules *rules,
            guint32     rule_id)
{
  StormRule *rule = &g_array_index (rules->rules, StormRule, rule_id);
  g_autoptr (GHashTable) links = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) leading = NULL;
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer link;

  storm_rules_walk_rule (rules, rule, links);
  leading = find_leading (rules, rule, links);
  add_inputs (rules, rule, leading);
  g_hash_table_iter_init (&iter, leading);
  while (g_hash_table_iter_next (&iter, &link, NULL))
    {
      if (((StormLink *) link)->flow != NULL)
        g_ptr_array_add (list, link);
    }
  g_ptr_array_sort (list, compare_links);
  return list;
}

GPtrArray *
storm_rule_set_get_flows (StormRuleSet *self,
                          guint32       rule_id)
{
  g_autoptr (GPtrArray) links = NULL;
  GPtrArray *flows;
  StormRules *rules;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (rule_id < rules->rules->len, NULL);

  flows = g_ptr_array_new_with_free_func (g_object_unref);
  links = list_links (rules, rule_id);
  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (flows, g_object_ref (((StormLink *) g_ptr_array_index (links, i))->flow));
  return flows;
}

/* Of all rules in one go: at a sticky with a hundred of them each flow is asked about. */
static void
ensure_flow_rules (StormRules *rules)
{
  if (rules->flow_rules != NULL)
    return;
  rules->flow_rules = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  for (guint32 rule = 0; rule < rules->rules->len; rule++)
    {
      g_autoptr (GPtrArray) links = list_links (rules, rule);

      for (guint i = 0; i < links->len; i++)
        {
          StormLink *link = g_ptr_array_index (links, i);
          GArray *found = g_hash_table_lookup (rules->flow_rules, link->flow);

          if (found == NULL)
            {
              found = g_array_new (FALSE, FALSE, sizeof (guint32));
              g_hash_table_insert (rules->flow_rules, link->flow, found);
            }
          g_array_append_val (found, rule);
        }
    }
}

GArray *
storm_rule_set_get_rules_of_flow (StormRuleSet *self,
                                  StormFlow    *flow)
{
  StormRules *rules;
  GArray *found;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  g_return_val_if_fail (STORM_IS_FLOW (flow), NULL);

  rules = storm_rule_set_get_rules (self);
  ensure_flow_rules (rules);
  found = g_hash_table_lookup (rules->flow_rules, flow);
  return found != NULL ? g_array_ref (found) : g_array_new (FALSE, FALSE, sizeof (guint32));
}
