#include "config.h"

#include "storm-rule-switch.h"

#include "storm-rules-build-private.h"

static void
line_free (gpointer data)
{
  StormRuleLine *line = data;

  g_free (line->words);
  g_ptr_array_unref (line->on_ids);
  g_ptr_array_unref (line->off_ids);
  g_free (line);
}

static StormRuleLine *
line_new (char *words)
{
  StormRuleLine *line = g_new0 (StormRuleLine, 1);

  line->words = words;
  line->on_ids = g_ptr_array_new_with_free_func (g_free);
  line->off_ids = g_ptr_array_new_with_free_func (g_free);
  return line;
}

static void
add_id (GPtrArray *ids,
        StormFlow *flow)
{
  g_ptr_array_add (ids, g_strdup (storm_object_get_id (STORM_OBJECT (flow))));
}

/* It leads from an event to what reacts to it. */
static gboolean
is_input (StormRules *rules,
          StormFlow  *flow,
          StormRule  *rule)
{
  StormReaction *reaction = &g_array_index (rules->reactions, StormReaction, rule->reaction);

  return g_str_equal (storm_flow_get_to (flow),
                      storm_object_get_id (STORM_OBJECT (reaction->sticky))) &&
         rules->node_steps[find_node (rules, reaction->sticky)] == STORM_NO_STEP;
}

/* The flow that fewest other rules go over, behind the reaction: an input alone switches off only
 * what follows that event. */
static StormFlow *
find_own_flow (StormRuleSet *self,
               StormRules   *rules,
               StormRule    *rule,
               GPtrArray    *flows)
{
  StormFlow *best = NULL;
  guint fewest = G_MAXUINT;

  for (guint i = 0; i < flows->len; i++)
    {
      StormFlow *flow = g_ptr_array_index (flows, i);
      g_autoptr (GArray) others = NULL;

      if (is_input (rules, flow, rule))
        continue;
      others = storm_rule_set_get_rules_of_flow (self, flow);
      if (others->len >= fewest)
        continue;
      best = flow;
      fewest = others->len;
    }
  return best;
}

static StormRuleLine *
make_duty (StormRuleSet *self,
           guint32       id)
{
  StormRules *rules = storm_rule_set_get_rules (self);
  StormRule *rule = &g_array_index (rules->rules, StormRule, id);
  StormReaction *reaction = &g_array_index (rules->reactions, StormReaction, rule->reaction);
  StormRuleLine *line = line_new (storm_rule_set_words (self, id));
  g_autoptr (GPtrArray) flows = storm_rule_set_get_flows (self, id);
  StormFlow *own = NULL;

  for (guint i = 0; i < flows->len; i++)
    {
      StormFlow *flow = g_ptr_array_index (flows, i);

      if (storm_flow_get_unchecked (flow))
        add_id (line->on_ids, flow);
    }
  if (rule->must && reaction->n_needed > 0)
    {
      own = find_own_flow (self, rules, rule, flows);
      if (own != NULL)
        add_id (line->off_ids, own);
      /* Whatever is touched behind the reaction has no flow; then all inputs are switched off. */
      for (guint i = 0; own == NULL && i < flows->len; i++)
        add_id (line->off_ids, g_ptr_array_index (flows, i));
      line->state = line->off_ids->len > 0 ? STORM_RULE_ON : STORM_RULE_FIXED;
    }
  else
    {
      line->state = line->on_ids->len > 0 ? STORM_RULE_OFF : STORM_RULE_FIXED;
    }
  return line;
}

/* The flows that lead to the stickies of @step, as far back as the events before it. */
static void
collect_flows_before (StormRules      *rules,
                      const StormStep *step,
                      GPtrArray       *direct,
                      GPtrArray       *all)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_own;

  for (guint i = 0; i < step->stickies->len; i++)
    {
      guint32 node = find_node (rules, g_ptr_array_index (step->stickies, i));

      g_array_append_val (todo, node);
    }
  n_own = todo->len;
  for (guint i = 0; i < todo->len && i < STORM_RULE_MAX_WALK; i++)
    {
      StormNode *node = storm_board_links_node (rules->links, g_array_index (todo, guint32, i));

      for (guint k = 0; k < node->in->len; k++)
        {
          StormLink *link = g_ptr_array_index (node->in, k);
          StormNode *from = storm_board_links_node (rules->links, link->from);

          if (storm_kind_acts (from->kind))
            continue;
          if (link->flow != NULL)
            {
              g_ptr_array_add (all, link->flow);
              if (i < n_own)
                g_ptr_array_add (direct, link->flow);
            }
          if (from->kind != STORM_KIND_EVENT && g_hash_table_add (seen, from))
            g_array_append_val (todo, link->from);
        }
    }
}

static StormRuleLine *
make_cause (StormRuleSet *self,
            guint32       id)
{
  StormRules *rules = storm_rule_set_get_rules (self);
  const StormStep *step = storm_rule_set_get_step (self, id);
  StormRuleLine *line = line_new (storm_rule_set_cause_words (self, id));
  g_autoptr (GPtrArray) direct = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  collect_flows_before (rules, step, direct, all);
  for (guint i = 0; i < all->len; i++)
    {
      if (storm_flow_get_unchecked (g_ptr_array_index (all, i)))
        add_id (line->on_ids, g_ptr_array_index (all, i));
    }
  if (!step->free && all->len > 0)
    {
      add_id (line->off_ids, g_ptr_array_index (direct->len > 0 ? direct : all, 0));
      line->state = STORM_RULE_ON;
    }
  else if (step->free && line->on_ids->len > 0)
    {
      line->state = STORM_RULE_OFF;
    }
  return line;
}

static void
add_reaction (GArray              *ids,
              const StormReaction *reaction)
{
  for (guint32 rule = reaction->first_rule; rule < reaction->first_rule + reaction->n_rules;
       rule++)
    g_array_append_val (ids, rule);
}

static void
add_duties (StormRuleSet *self,
            GArray       *ids,
            GPtrArray    *lines,
            guint         max,
            guint        *n_more)
{
  for (guint i = 0; i < ids->len && i < max; i++)
    g_ptr_array_add (lines, make_duty (self, g_array_index (ids, guint32, i)));
  *n_more = ids->len > max ? ids->len - max : 0;
}

GPtrArray *
storm_rule_set_list_sticky (StormRuleSet *self,
                            StormSticky  *sticky,
                            guint         max,
                            guint        *n_more)
{
  GPtrArray *lines;
  StormRules *rules;
  g_autoptr (GArray) ids = NULL;
  guint32 step, node;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  g_return_val_if_fail (STORM_IS_STICKY (sticky), NULL);
  g_return_val_if_fail (n_more != NULL, NULL);

  lines = g_ptr_array_new_with_free_func (line_free);
  ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  rules = storm_rule_set_get_rules (self);
  step = storm_rule_set_find_step (self, sticky);
  node = find_node (rules, sticky);
  if (step != STORM_NO_STEP)
    {
      const StormStep *found = storm_rule_set_get_step (self, step);

      g_ptr_array_add (lines, make_cause (self, step));
      for (guint i = 0; i < found->triggers->len; i++)
        add_reaction (ids, storm_rule_set_get_reaction (self, g_array_index (found->triggers,
                                                                             StormTrigger,
                                                                             i).reaction));
    }
  else if (node != STORM_NO_NODE && rules->node_reactions[node] != G_MAXUINT32)
    {
      add_reaction (ids, storm_rule_set_get_reaction (self, rules->node_reactions[node]));
    }
  add_duties (self, ids, lines, max, n_more);
  return lines;
}

GPtrArray *
storm_rule_set_list_flow (StormRuleSet *self,
                          StormFlow    *flow,
                          guint         max,
                          guint        *n_more)
{
  GPtrArray *lines;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  g_return_val_if_fail (STORM_IS_FLOW (flow), NULL);
  g_return_val_if_fail (n_more != NULL, NULL);

  lines = g_ptr_array_new_with_free_func (line_free);
  ids = storm_rule_set_get_rules_of_flow (self, flow);
  add_duties (self, ids, lines, max, n_more);
  return lines;
}
