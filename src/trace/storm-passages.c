#include "config.h"

#include "storm-passages.h"

/* A rule with more ways is that of a hub, whose ways nobody tells apart. */
#define MAX_OF_RULE 64

struct _StormPassages
{
  StormRuleSet *rules;
  guint32      *first;      /* rule → its place in quantiles, G_MAXUINT32 when it is not split */
  guint         n_rules;
  GPtrArray    *quantiles;  /* StormQuantile, NULL until one is known */
};

static void
quantile_free (gpointer data)
{
  storm_quantile_free (data);
}

guint
storm_steps_find (GArray  *steps,
                  guint32  step)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, guint32, i) == step)
      return i;
  return G_MAXUINT;
}

static GArray *
get_inputs (StormPassages   *self,
            const StormRule *rule)
{
  return storm_rule_set_get_reaction (self->rules, rule->reaction)->inputs;
}

StormPassages *
storm_passages_new (StormRuleSet *rules)
{
  StormPassages *self;
  guint n = 0;

  g_return_val_if_fail (STORM_IS_RULE_SET (rules), NULL);

  self = g_new0 (StormPassages, 1);
  self->rules = g_object_ref (rules);
  self->n_rules = storm_rule_set_get_n_rules (rules);
  self->first = g_new (guint32, MAX (self->n_rules, 1));
  for (guint i = 0; i < self->n_rules; i++)
    {
      const StormRule *rule = storm_rule_set_get_rule (rules, i);
      guint n_ways = get_inputs (self, rule)->len * rule->outcomes->len;

      self->first[i] = G_MAXUINT32;
      if (n_ways < 2 || n_ways > MAX_OF_RULE || n + n_ways > STORM_PASSAGES_MAX)
        continue;
      self->first[i] = n;
      n += n_ways;
    }
  self->quantiles = g_ptr_array_new_with_free_func (quantile_free);
  g_ptr_array_set_size (self->quantiles, (int) n);
  return self;
}

void
storm_passages_free (StormPassages *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->quantiles);
  g_free (self->first);
  g_object_unref (self->rules);
  g_free (self);
}

void
storm_passages_count (StormPassages *self,
                      guint32        rule_id,
                      guint32        opener,
                      guint32        outcome,
                      gint64         span,
                      gboolean       add)
{
  const StormRule *rule;
  gpointer *quantile;
  guint input;
  guint place;

  g_return_if_fail (self != NULL);

  if (!storm_passages_is_split (self, rule_id))
    return;
  rule = storm_rule_set_get_rule (self->rules, rule_id);
  input = storm_steps_find (get_inputs (self, rule), opener);
  place = storm_steps_find (rule->outcomes, outcome);
  if (input == G_MAXUINT || place == G_MAXUINT)
    return;
  quantile = &g_ptr_array_index (self->quantiles,
                                 self->first[rule_id] + input * rule->outcomes->len + place);
  if (*quantile == NULL)
    *quantile = storm_quantile_new ();
  if (add)
    storm_quantile_add (*quantile, span);
  else
    storm_quantile_remove (*quantile, span);
}

gboolean
storm_passages_is_split (StormPassages *self,
                         guint32        rule)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return rule < self->n_rules && self->first[rule] != G_MAXUINT32;
}

StormQuantile *
storm_passages_get (StormPassages *self,
                    guint32        rule_id,
                    guint          input,
                    guint          outcome)
{
  const StormRule *rule;

  g_return_val_if_fail (storm_passages_is_split (self, rule_id), NULL);

  rule = storm_rule_set_get_rule (self->rules, rule_id);
  g_return_val_if_fail (input < get_inputs (self, rule)->len, NULL);
  g_return_val_if_fail (outcome < rule->outcomes->len, NULL);
  return g_ptr_array_index (self->quantiles,
                            self->first[rule_id] + input * rule->outcomes->len + outcome);
}
