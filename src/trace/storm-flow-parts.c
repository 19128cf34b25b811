#include "config.h"

#include "storm-flow-parts.h"

#include <math.h>

#include "storm-passages.h"
#include "storm-rules-build-private.h"

static void
part_free (gpointer data)
{
  StormFlowPart *part = data;

  g_free (part->flow_id);
  g_array_unref (part->outcomes);
  g_free (part);
}

/* How much of a flow is seen between two stickies. */
static double
measure_gap (StormRules *rules,
             StormLink  *link)
{
  StormSticky *from = storm_board_links_node (rules->links, link->from)->sticky;
  StormSticky *to = storm_board_links_node (rules->links, link->to)->sticky;
  const StormRect *a = storm_sticky_get_rect (from);
  const StormRect *b = storm_sticky_get_rect (to);
  double dx = MAX (MAX (b->x - (a->x + a->width), a->x - (b->x + b->width)), 0);
  double dy = MAX (MAX (b->y - (a->y + a->height), a->y - (b->y + b->height)), 0);

  return dx + dy;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/* Which of @rule's outcomes lie behind @link, going only over @links. */
static GArray *
find_outcomes (StormRules *rules,
               StormRule  *rule,
               StormLink  *link,
               GHashTable *links)
{
  GArray *outcomes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  g_ptr_array_add (todo, link);
  for (guint i = 0; i < todo->len; i++)
    {
      guint32 to = ((StormLink *) g_ptr_array_index (todo, i))->to;
      StormNode *node = storm_board_links_node (rules->links, to);

      if (!g_hash_table_add (seen, node))
        continue;
      if (node->kind == STORM_KIND_EVENT)
        {
          guint place = storm_steps_find (rule->outcomes, rules->node_steps[to]);

          if (place != G_MAXUINT)
            g_array_append_val (outcomes, place);
          continue;
        }
      for (guint k = 0; k < node->out->len; k++)
        if (g_hash_table_contains (links, g_ptr_array_index (node->out, k)))
          g_ptr_array_add (todo, g_ptr_array_index (node->out, k));
    }
  g_array_sort (outcomes, compare_places);
  for (guint i = outcomes->len; i > 1; i--)
    if (g_array_index (outcomes, guint, i - 1) == g_array_index (outcomes, guint, i - 2))
      g_array_remove_index (outcomes, i - 1);
  return outcomes;
}

static void
add_part (GPtrArray  *parts,
          StormRules *rules,
          StormLink  *link,
          guint       input,
          GArray     *outcomes)
{
  StormFlowPart *part = g_new0 (StormFlowPart, 1);

  part->flow_id = g_strdup (storm_object_get_id (STORM_OBJECT (link->flow)));
  part->input = input;
  part->outcomes = outcomes;
  part->length = measure_gap (rules, link);
  g_ptr_array_add (parts, part);
}

static void
add_inputs (GPtrArray  *parts,
            StormRules *rules,
            StormRule  *rule)
{
  StormReaction *reaction = &g_array_index (rules->reactions, StormReaction, rule->reaction);
  guint32 place = find_node (rules, reaction->sticky);
  StormNode *node;

  g_return_if_fail (place != STORM_NO_NODE);

  node = storm_board_links_node (rules->links, place);
  /* Where an event leads on by itself the first flows begin at it. */
  if (node->kind == STORM_KIND_EVENT)
    return;
  for (guint i = 0; i < node->in->len; i++)
    {
      StormLink *link = g_ptr_array_index (node->in, i);
      guint32 step = rules->node_steps[link->from];
      guint input = step != STORM_NO_STEP ? storm_steps_find (reaction->inputs, step) : G_MAXUINT;
      GArray *outcomes;

      if (input == G_MAXUINT || link->flow == NULL)
        continue;
      outcomes = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint k = 0; k < rule->outcomes->len; k++)
        g_array_append_val (outcomes, k);
      add_part (parts, rules, link, input, outcomes);
    }
}

static void
add_ways (GPtrArray  *parts,
          StormRules *rules,
          StormRule  *rule)
{
  g_autoptr (GHashTable) links = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;

  storm_rules_walk_rule (rules, rule, links);
  g_hash_table_iter_init (&iter, links);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      StormLink *link = key;
      g_autoptr (GArray) outcomes = NULL;

      if (link->flow == NULL)
        continue;
      outcomes = find_outcomes (rules, rule, link, links);
      if (outcomes->len > 0)
        add_part (parts, rules, link, STORM_ANY_INPUT, g_steal_pointer (&outcomes));
    }
}

/* So that it does not depend on where a hash table has them. */
static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const StormFlowPart *x = *(const StormFlowPart * const *) a;
  const StormFlowPart *y = *(const StormFlowPart * const *) b;

  if (x->length != y->length)
    return x->length > y->length ? -1 : 1;
  return g_strcmp0 (x->flow_id, y->flow_id);
}

static gboolean
has_outcome (const StormFlowPart *part,
             guint                outcome)
{
  for (guint i = 0; i < part->outcomes->len; i++)
    if (g_array_index (part->outcomes, guint, i) == outcome)
      return TRUE;
  return FALSE;
}

/* @parts stand with the longest first. */
static void
label_input (GPtrArray *parts,
             guint      input)
{
  for (guint i = 0; i < parts->len; i++)
    {
      StormFlowPart *part = g_ptr_array_index (parts, i);

      if (part->input != input)
        continue;
      part->labelled = TRUE;
      return;
    }
}

static void
label_outcome (GPtrArray *parts,
               guint      outcome)
{
  StormFlowPart *best = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      StormFlowPart *part = g_ptr_array_index (parts, i);

      if (part->input == STORM_ANY_INPUT && has_outcome (part, outcome) &&
          (best == NULL || part->outcomes->len < best->outcomes->len))
        best = part;
    }
  if (best != NULL)
    best->labelled = TRUE;
}

static void
choose_labels (GPtrArray *parts,
               guint      n_inputs,
               guint      n_outcomes)
{
  for (guint i = 0; n_inputs > 1 && i < n_inputs; i++)
    label_input (parts, i);
  for (guint i = 0; n_outcomes > 1 && i < n_outcomes; i++)
    label_outcome (parts, i);
  if (n_inputs < 2 && n_outcomes < 2 && parts->len > 0)
    ((StormFlowPart *) g_ptr_array_index (parts, 0))->labelled = TRUE;
}

GPtrArray *
storm_rule_set_list_parts (StormRuleSet *self,
                           guint32       rule_id)
{
  GPtrArray *parts;
  StormRules *rules;
  StormRule *rule;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (rule_id < rules->rules->len, NULL);

  parts = g_ptr_array_new_with_free_func (part_free);
  rule = &g_array_index (rules->rules, StormRule, rule_id);
  add_inputs (parts, rules, rule);
  add_ways (parts, rules, rule);
  g_ptr_array_sort (parts, compare_parts);
  choose_labels (parts, g_array_index (rules->reactions, StormReaction,
                                       rule->reaction).inputs->len, rule->outcomes->len);
  return parts;
}

gboolean
storm_flow_part_takes (const StormFlowPart *self,
                       guint                input,
                       guint                outcome)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->input == STORM_ANY_INPUT || self->input == input) && has_outcome (self, outcome);
}
