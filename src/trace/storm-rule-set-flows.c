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

/* Found once, as what is found for a flow: at a sticky with a hundred rules each asks for each. */
static GPtrArray *
get_links (StormRules *rules,
           guint32     rule_id)
{
  GPtrArray *links = g_hash_table_lookup (rules->rule_links, GUINT_TO_POINTER (rule_id));

  if (links == NULL)
    {
      links = list_links (rules, rule_id);
      g_hash_table_insert (rules->rule_links, GUINT_TO_POINTER (rule_id), links);
    }
  return links;
}

GPtrArray *
storm_rule_set_get_flows (StormRuleSet *self,
                          guint32       rule_id)
{
  GPtrArray *links;
  GPtrArray *flows;
  StormRules *rules;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (rule_id < rules->rules->len, NULL);

  flows = g_ptr_array_new_with_free_func (g_object_unref);
  links = get_links (rules, rule_id);
  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (flows, g_object_ref (((StormLink *) g_ptr_array_index (links, i))->flow));
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

/* (transfer full) (element-type guint32) */
static GArray *
find_rules (StormRules *rules,
            StormFlow  *flow)
{
  g_autoptr (GHashTable) reactions = g_hash_table_new (NULL, NULL);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  StormLink *link = find_link (rules, flow);
  GHashTableIter iter;
  gpointer id;

  if (link == NULL)
    return found;
  find_reactions (rules, link, reactions);
  g_hash_table_iter_init (&iter, reactions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      StormReaction *reaction = &g_array_index (rules->reactions, StormReaction,
                                                GPOINTER_TO_UINT (id));

      for (guint32 rule = reaction->first_rule; rule < reaction->first_rule + reaction->n_rules;
           rule++)
        {
          if (g_ptr_array_find (get_links (rules, rule), link, NULL))
            g_array_append_val (found, rule);
        }
    }
  g_array_sort (found, compare_rules);
  return found;
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
  found = g_hash_table_lookup (rules->flow_rules, flow);
  if (found == NULL)
    {
      found = find_rules (rules, flow);
      g_hash_table_insert (rules->flow_rules, g_object_ref (flow), found);
    }
  return g_array_ref (found);
}
