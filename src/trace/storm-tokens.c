#include "config.h"

#include "storm-tokens.h"

#include <string.h>

#include "storm-rule-set-private.h"

static void
make_room (StormTokens *self)
{
  StormRules *rules = storm_rule_set_get_rules (self->set);

  if (self->step_run != NULL && self->n_steps == rules->steps->len &&
      self->n_reactions == rules->reactions->len && self->n_rules == rules->rules->len &&
      self->n_slots == rules->n_slots && self->run < G_MAXUINT32)
    return;
  self->n_steps = rules->steps->len;
  self->n_reactions = rules->reactions->len;
  self->n_rules = rules->rules->len;
  self->n_slots = rules->n_slots;
  self->run = 0;
  self->step_run = (g_free (self->step_run), g_new0 (guint32, self->n_steps + 1));
  self->step_place = (g_free (self->step_place), g_new0 (guint32, self->n_steps + 1));
  self->fired_run = (g_free (self->fired_run), g_new0 (guint32, self->n_reactions + 1));
  self->arrived_run = (g_free (self->arrived_run), g_new0 (guint32, self->n_reactions + 1));
  self->arrived = (g_free (self->arrived), g_new0 (guint32, self->n_reactions + 1));
  self->slot_run = (g_free (self->slot_run), g_new0 (guint32, self->n_slots + 1));
  self->rule_run = (g_free (self->rule_run), g_new0 (guint32, self->n_rules + 1));
  self->rule_token = (g_free (self->rule_token), g_new0 (guint32, self->n_rules + 1));
}

StormTokens *
storm_tokens_new (StormRuleSet *set)
{
  StormTokens *self;

  g_return_val_if_fail (STORM_IS_RULE_SET (set), NULL);

  self = g_new0 (StormTokens, 1);
  self->set = g_object_ref (set);
  self->tokens = g_array_new (FALSE, FALSE, sizeof (StormToken));
  self->failures = g_array_new (FALSE, FALSE, sizeof (StormFailure));
  self->closed = g_array_new (FALSE, FALSE, sizeof (StormClosed));
  self->touched_steps = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->touched_reactions = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->touched_slots = g_array_new (FALSE, FALSE, sizeof (guint32));
  storm_tokens_begin (self);
  return self;
}

void
storm_tokens_free (StormTokens *self)
{
  if (self == NULL)
    return;
  g_free (self->step_run);
  g_free (self->step_place);
  g_free (self->fired_run);
  g_free (self->arrived_run);
  g_free (self->arrived);
  g_free (self->slot_run);
  g_free (self->rule_run);
  g_free (self->rule_token);
  g_array_unref (self->touched_slots);
  g_array_unref (self->touched_reactions);
  g_array_unref (self->touched_steps);
  g_array_unref (self->closed);
  g_array_unref (self->failures);
  g_array_unref (self->tokens);
  g_object_unref (self->set);
  g_free (self);
}

void
storm_tokens_begin (StormTokens *self)
{
  g_return_if_fail (self != NULL);

  make_room (self);
  self->run++;
  self->place = 0;
  self->consumed = 0;
  self->missing = 0;
  self->n_unexpected = 0;
  self->n_early = 0;
  self->n_recovered = 0;
  self->n_failed_off = 0;
  self->early = FALSE;
  g_array_set_size (self->tokens, 0);
  g_array_set_size (self->failures, 0);
  g_array_set_size (self->closed, 0);
  g_array_set_size (self->touched_steps, 0);
  g_array_set_size (self->touched_reactions, 0);
  g_array_set_size (self->touched_slots, 0);
}

gboolean
storm_tokens_is_said (StormTokens        *self,
                      const StormFailure *failure)
{
  StormRules *rules = storm_rule_set_get_rules (self->set);

  return g_array_index (rules->steps, StormStep, failure->step).fail_of == STORM_NO_STEP;
}

gboolean
storm_tokens_is_compensation (StormTokens      *self,
                              const StormToken *token)
{
  for (guint i = 0; i < self->failures->len; i++)
    {
      StormFailure *failure = &g_array_index (self->failures, StormFailure, i);

      if (token->opener_place >= failure->place && !storm_tokens_is_said (self, failure) &&
          storm_rule_set_follows (self->set, failure->step, token->opener))
        return TRUE;
    }
  return FALSE;
}

gboolean
storm_tokens_is_waived (StormTokens      *self,
                        const StormToken *token)
{
  return self->failures->len > 0 && !storm_tokens_is_compensation (self, token);
}

static void
remove_token (StormTokens *self,
              guint        index)
{
  StormToken *token = &g_array_index (self->tokens, StormToken, index);

  self->rule_run[token->rule] = 0;
  g_array_remove_index_fast (self->tokens, index);
  if (index < self->tokens->len)
    self->rule_token[g_array_index (self->tokens, StormToken, index).rule] = index;
}

/* What waited for this event got it. Returns whether something did. */
static gboolean
close_tokens (StormTokens *self,
              StormRules  *rules,
              guint32      step,
              StormTime    time,
              gboolean     said,
              gboolean    *broken)
{
  gboolean fails =
    said || g_array_index (rules->steps, StormStep, step).fail_of != STORM_NO_STEP;
  gboolean any = FALSE;

  for (guint i = self->tokens->len; i > 0; i--)
    {
      StormToken *token = &g_array_index (self->tokens, StormToken, i - 1);
      StormRule *rule = &g_array_index (rules->rules, StormRule, token->rule);
      StormClosed closed = { token->rule, token->row, time - token->since };

      if (!storm_rule_has_outcome (rule, step))
        continue;
      if (fails && rule->must && storm_tokens_is_compensation (self, token))
        *broken = TRUE;
      self->consumed += token->count;
      g_array_append_val (self->closed, closed);
      remove_token (self, i - 1);
      any = TRUE;
    }
  return any;
}

static gboolean
is_allowed (StormTokens     *self,
            const StormStep *step)
{
  if (step->free)
    return TRUE;
  for (guint i = 0; i < step->causes->len; i++)
    {
      if (self->fired_run[g_array_index (step->causes, guint32, i)] == self->run)
        return TRUE;
    }
  return FALSE;
}

static void
note_failure (StormTokens     *self,
              const StormStep *step,
              guint32          id,
              guint32          row,
              gboolean         said,
              gboolean         broken)
{
  StormFailure failure = { id, self->place, row, broken };

  /* The event came after all, so its failure is made good. */
  for (guint i = self->failures->len; i > 0; i--)
    {
      guint32 failed = g_array_index (self->failures, StormFailure, i - 1).step;
      StormRules *rules = storm_rule_set_get_rules (self->set);

      if (g_array_index (rules->steps, StormStep, failed).fail_of == id ||
          (failed == id && step->fail_of == STORM_NO_STEP && !said))
        {
          g_array_remove_index (self->failures, i - 1);
          self->n_recovered++;
        }
    }
  if (step->fail_of == STORM_NO_STEP && !said)
    return;
  for (guint i = 0; i < self->failures->len; i++)
    {
      StormFailure *known = &g_array_index (self->failures, StormFailure, i);

      if (known->step != id)
        continue;
      known->broken = known->broken || broken;
      return;
    }
  g_array_append_val (self->failures, failure);
}

/* After a failure: what is to compensate it happened already, for another failure. */
static gboolean
is_compensated_already (StormTokens *self,
                        StormRules  *rules,
                        StormRule   *rule,
                        guint32      step)
{
  guint32 first = G_MAXUINT32;
  gboolean compensates = FALSE;

  for (guint i = 0; i < self->failures->len; i++)
    {
      StormFailure *failure = &g_array_index (self->failures, StormFailure, i);

      if (storm_tokens_is_said (self, failure))
        continue;
      first = MIN (first, failure->place);
      compensates = compensates || storm_rule_set_follows (self->set, failure->step, step);
    }
  for (guint k = 0; compensates && k < rule->outcomes->len; k++)
    {
      guint32 outcome = g_array_index (rule->outcomes, guint32, k);

      if (g_array_index (rules->steps, StormStep, outcome).fail_of == STORM_NO_STEP &&
          self->step_run[outcome] == self->run && self->step_place[outcome] > first)
        return TRUE;
    }
  return FALSE;
}

static void
open_token (StormTokens        *self,
            StormRules         *rules,
            guint32             rule_id,
            const StormTrigger *trigger,
            guint32             step,
            StormTime           time,
            guint32             row)
{
  StormRule *rule = &g_array_index (rules->rules, StormRule, rule_id);
  StormToken token = { rule_id, 1, row, step, self->place, time, 0 };

  if (rule->must && is_compensated_already (self, rules, rule, step))
    return;
  token.target = trigger->target > G_MAXINT64 - rule->target ? G_MAXINT64
                                                             : trigger->target + rule->target;
  if (self->rule_run[rule_id] == self->run)
    {
      StormToken *known = &g_array_index (self->tokens, StormToken, self->rule_token[rule_id]);

      known->count++;
      known->opener = step;
      known->opener_place = self->place;
      return;
    }
  self->rule_run[rule_id] = self->run;
  self->rule_token[rule_id] = self->tokens->len;
  g_array_append_val (self->tokens, token);
}

/* Whether with this input all that a reaction waits for have come; if so it waits anew. */
static gboolean
have_all_arrived (StormTokens         *self,
                  const StormReaction *reaction,
                  const StormTrigger  *trigger)
{
  guint32 id = trigger->reaction;
  guint32 slot = reaction->first_slot + trigger->input;

  if (self->arrived_run[id] != self->run)
    {
      self->arrived_run[id] = self->run;
      self->arrived[id] = 0;
    }
  if (self->slot_run[slot] != self->run)
    {
      guint32 pair[2] = { slot, id };

      self->slot_run[slot] = self->run;
      self->arrived[id]++;
      g_array_append_vals (self->touched_slots, pair, 2);
    }
  if (self->arrived[id] < reaction->n_needed)
    return FALSE;
  for (guint i = 0; i < reaction->inputs->len; i++)
    self->slot_run[reaction->first_slot + i] = 0;
  self->arrived[id] = 0;
  return TRUE;
}

static void
pull_trigger (StormTokens        *self,
              StormRules         *rules,
              const StormTrigger *trigger,
              guint32             step,
              StormTime           time,
              guint32             row,
              gboolean            said)
{
  StormReaction *reaction = &g_array_index (rules->reactions, StormReaction, trigger->reaction);

  if (!trigger->unchecked && reaction->all && !have_all_arrived (self, reaction, trigger))
    return;
  if (self->fired_run[trigger->reaction] != self->run)
    {
      self->fired_run[trigger->reaction] = self->run;
      g_array_append_val (self->touched_reactions, trigger->reaction);
    }
  /* What follows an event that failed may come, but need not. */
  for (guint32 i = 0; !said && !trigger->unchecked && i < reaction->n_rules; i++)
    open_token (self, rules, reaction->first_rule + i, trigger, step, time, row);
}

/* @said: the event says that it failed, and has no fail event. */
static void
play (StormTokens *self,
      guint32      step_id,
      StormTime    time,
      guint32      row,
      gboolean     said)
{
  StormRules *rules;
  StormStep *step;
  gboolean broken = FALSE;

  self->place++;
  self->early = FALSE;
  g_array_set_size (self->closed, 0);
  if (step_id == STORM_NO_STEP)
    {
      self->n_unexpected++;
      self->missing++;
      return;
    }

  rules = storm_rule_set_get_rules (self->set);
  step = &g_array_index (rules->steps, StormStep, step_id);
  if (!close_tokens (self, rules, step_id, time, said, &broken))
    {
      if (is_allowed (self, step))
        {
          self->consumed++;
        }
      else
        {
          self->missing++;
          self->n_early++;
          self->early = TRUE;
        }
    }
  note_failure (self, step, step_id, row, said, broken);
  for (guint i = 0; i < step->triggers->len; i++)
    pull_trigger (self, rules, &g_array_index (step->triggers, StormTrigger, i), step_id, time,
                  row, said);
  if (self->step_run[step_id] != self->run)
    {
      self->step_run[step_id] = self->run;
      g_array_append_val (self->touched_steps, step_id);
    }
  self->step_place[step_id] = self->place;
}

void
storm_tokens_step (StormTokens *self,
                   guint32      step,
                   StormTime    time,
                   guint32      row)
{
  g_return_if_fail (self != NULL);

  play (self, step, time, row, FALSE);
}

void
storm_tokens_fail (StormTokens *self,
                   guint32      step,
                   StormTime    time,
                   guint32      row)
{
  const StormStep *its;

  g_return_if_fail (self != NULL);

  if (step == STORM_NO_STEP)
    {
      self->n_failed_off++;
      play (self, step, time, row, FALSE);
      return;
    }
  its = storm_rule_set_get_step (self->set, step);
  if (its->failed_by != STORM_NO_STEP)
    step = its->failed_by;
  play (self, step, time, row, its->fail_of == STORM_NO_STEP && its->failed_by == STORM_NO_STEP);
}

gint64
storm_token_get_limit (const StormToken *token,
                       const gint64     *limits)
{
  return token->target > 0 ? token->target : limits[token->rule];
}

StormTime
storm_token_get_due (const StormToken *token,
                     const gint64     *limits)
{
  gint64 limit = storm_token_get_limit (token, limits);

  return token->since > G_MAXINT64 - 1 - limit ? G_MAXINT64 - 1 : token->since + limit;
}

static StormTraceState
judge_failures (StormTokens *self,
                gboolean     is_open,
                gboolean     is_overdue)
{
  StormTraceState state = STORM_TRACE_COMPENSATED;

  if (is_overdue)
    return STORM_TRACE_UNCOMPENSATED;
  for (guint i = 0; i < self->failures->len; i++)
    {
      StormFailure *failure = &g_array_index (self->failures, StormFailure, i);

      if (failure->broken)
        return STORM_TRACE_UNCOMPENSATED;
      if (is_open || storm_tokens_is_said (self, failure) ||
          !storm_rule_set_has_duty (self->set, failure->step))
        state = STORM_TRACE_FAILED;
    }
  return state;
}

void
storm_tokens_judge (StormTokens  *self,
                    const gint64 *limits,
                    StormTime     now,
                    StormVerdict *verdict)
{
  StormRules *rules;
  gboolean is_open = FALSE;

  g_return_if_fail (self != NULL);
  g_return_if_fail (verdict != NULL);

  rules = storm_rule_set_get_rules (self->set);
  *verdict = (StormVerdict) { STORM_TRACE_CONFORMING, 0, G_MAXINT64 };
  for (guint i = 0; i < self->tokens->len; i++)
    {
      StormToken *token = &g_array_index (self->tokens, StormToken, i);
      StormTime due;

      if (!g_array_index (rules->rules, StormRule, token->rule).must ||
          storm_tokens_is_waived (self, token))
        continue;
      due = storm_token_get_due (token, limits);
      is_open = TRUE;
      if (now > due)
        verdict->overdue += token->count;
      else
        verdict->due = MIN (verdict->due, due);
    }

  if (self->failures->len > 0)
    verdict->state = judge_failures (self, is_open, verdict->overdue > 0);
  else if (verdict->overdue > 0)
    verdict->state = STORM_TRACE_STUCK;
  else if (is_open)
    verdict->state = STORM_TRACE_RUNNING;
  if (self->n_unexpected > 0)
    verdict->state = MAX (verdict->state, STORM_TRACE_UNEXPECTED);
  if (self->n_early > 0)
    verdict->state = MAX (verdict->state, STORM_TRACE_OUT_OF_ORDER);
  if (self->n_failed_off > 0)
    verdict->state = MAX (verdict->state, STORM_TRACE_FAILED);
}

double
storm_fitness (guint64 consumed,
               guint64 missing,
               guint64 overdue)
{
  double fitness = 1;

  if (missing > 0)
    fitness -= 0.5 * missing / (consumed + missing);
  if (overdue > 0)
    fitness -= 0.5 * overdue / (consumed + overdue);
  return fitness;
}
