#include "config.h"

#include <glib/gi18n-lib.h>

#include "storm-rule-set-private.h"
#include "storm-time.h"

/* A sentence names this many events at most. */
#define MAX_NAMES 6

static char *
join_two (const char *first,
          const char *second,
          gboolean    last,
          gboolean    all)
{
  if (!last)
    return g_strdup_printf (C_("list", "%s, %s"), first, second);
  /* Translators: events of which all are needed: "A and B", "A, B and C". */
  if (all)
    return g_strdup_printf (C_("list of all", "%s and %s"), first, second);
  /* Translators: events of which one or more follow: "A or B", "A, B or C". */
  return g_strdup_printf (C_("list of any", "%s or %s"), first, second);
}

static char *
join_names (GPtrArray *names,
            gboolean   all)
{
  char *out = g_strdup (names->len > 0 ? g_ptr_array_index (names, 0) : "");

  for (guint i = 1; i < MIN (names->len, MAX_NAMES); i++)
    {
      g_autofree char *before = out;

      out = join_two (before, g_ptr_array_index (names, i), i == names->len - 1, all);
    }
  if (names->len > MAX_NAMES)
    {
      g_autofree char *before = out;

      out = g_strconcat (before, " …", NULL);
    }
  return out;
}

static char *
join_or (GPtrArray *names)
{
  return join_names (names, FALSE);
}

static GPtrArray *
list_names (StormRuleSet *self,
            GArray       *steps,
            gboolean      failures)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < steps->len; i++)
    {
      guint32 step = g_array_index (steps, guint32, i);

      if (failures || storm_rule_set_get_step (self, step)->fail_of == STORM_NO_STEP)
        g_ptr_array_add (names, (gpointer) storm_rule_set_get_title (self, step));
    }
  return names;
}

char *
storm_rule_set_list_words (StormRuleSet *self,
                           GArray       *steps)
{
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  g_return_val_if_fail (steps != NULL, NULL);

  names = list_names (self, steps, FALSE);
  if (names->len == 0)
    {
      g_ptr_array_unref (names);
      names = list_names (self, steps, TRUE);
    }
  return join_or (names);
}

static char *
input_words (StormRuleSet        *self,
             const StormReaction *reaction)
{
  g_autoptr (GPtrArray) names = list_names (self, reaction->inputs, TRUE);

  return join_names (names, reaction->all);
}

/* The longest target that an input of the reaction adds to the rule's own. */
static gint64
longest_target (StormRuleSet        *self,
                const StormReaction *reaction,
                const StormRule     *rule)
{
  gint64 longest = 0;

  for (guint i = 0; i < reaction->inputs->len; i++)
    {
      guint32 step = g_array_index (reaction->inputs, guint32, i);
      GArray *triggers = storm_rule_set_get_step (self, step)->triggers;

      for (guint k = 0; k < triggers->len; k++)
        {
          const StormTrigger *trigger = &g_array_index (triggers, StormTrigger, k);

          if (trigger->reaction == rule->reaction)
            longest = MAX (longest, trigger->target);
        }
    }
  return longest > G_MAXINT64 - rule->target ? G_MAXINT64 : longest + rule->target;
}

/* Every input's flow is switched off. */
static gboolean
is_off (const StormReaction *reaction)
{
  return reaction->n_needed == 0;
}

char *
storm_rule_set_words (StormRuleSet *self,
                      guint32       rule_id)
{
  const StormRule *rule;
  const StormReaction *reaction;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *after = NULL;
  g_autofree char *follows = NULL;
  g_autofree char *span = NULL;
  gint64 target;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rule = storm_rule_set_get_rule (self, rule_id);
  g_return_val_if_fail (rule != NULL, NULL);

  reaction = storm_rule_set_get_reaction (self, rule->reaction);
  after = input_words (self, reaction);
  names = list_names (self, rule->outcomes, TRUE);
  follows = join_or (names);
  if (!rule->must || is_off (reaction))
    return g_strdup_printf (_("After %s, %s may follow."), after, follows);
  target = longest_target (self, reaction, rule);
  if (target == 0)
    return g_strdup_printf (_("After %s, %s must follow."), after, follows);
  span = storm_time_format_span (target);
  return g_strdup_printf (_("After %s, %s must follow within %s."), after, follows, span);
}

char *
storm_rule_set_cause_words (StormRuleSet *self,
                            guint32       step_id)
{
  const StormStep *step;
  const char *title;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *before = NULL;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  step = storm_rule_set_get_step (self, step_id);
  g_return_val_if_fail (step != NULL, NULL);

  title = storm_rule_set_get_title (self, step_id);
  if (step->free)
    return g_strdup_printf (_("%s may come at any time."), title);
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < step->causes->len; i++)
    {
      guint32 id = g_array_index (step->causes, guint32, i);
      char *words = input_words (self, storm_rule_set_get_reaction (self, id));

      if (g_ptr_array_find_with_equal_func (names, words, g_str_equal, NULL))
        g_free (words);
      else
        g_ptr_array_add (names, words);
    }
  before = join_or (names);
  return g_strdup_printf (_("%s comes only after %s."), title, before);
}

static void
add_reaction_words (StormRuleSet *self,
                    guint32       id,
                    GStrvBuilder *words)
{
  const StormReaction *reaction = storm_rule_set_get_reaction (self, id);

  for (guint i = 0; i < reaction->n_rules; i++)
    {
      g_autofree char *sentence = storm_rule_set_words (self, reaction->first_rule + i);

      g_strv_builder_add (words, sentence);
    }
}

GStrv
storm_rule_set_sticky_words (StormRuleSet *self,
                             StormSticky  *sticky)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  StormRules *rules;
  guint32 step;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  g_return_val_if_fail (STORM_IS_STICKY (sticky), NULL);

  rules = storm_rule_set_get_rules (self);
  step = storm_rule_set_find_step (self, sticky);
  if (step != STORM_NO_STEP)
    {
      const StormStep *found = storm_rule_set_get_step (self, step);
      g_autofree char *before = storm_rule_set_cause_words (self, step);

      g_strv_builder_add (words, before);
      for (guint i = 0; i < found->triggers->len; i++)
        add_reaction_words (self, g_array_index (found->triggers, StormTrigger, i).reaction,
                            words);
    }
  else
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (rules->places, sticky));

      if (place > 0 && rules->node_reactions[place - 1] != G_MAXUINT32)
        add_reaction_words (self, rules->node_reactions[place - 1], words);
    }
  return g_strv_builder_end (words);
}
