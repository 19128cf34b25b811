#include "config.h"

#include "storm-tokens.h"

#include <string.h>

/* What a trace has come to, in a few bytes, and how it is taken up again. */

/* @n_*: how many of each follow, in one piece of guint32 behind the tokens and failures. */
struct _StormFrozen
{
  guint64       consumed;
  guint64       missing;
  guint32       place;
  guint32       n_unexpected;
  guint32       n_early;
  guint32       n_recovered;
  guint32       n_failed_off;
  guint32       n_tokens;
  guint32       n_failures;
  guint32       n_steps;
  guint32       n_reactions;
  guint32       n_slots;
  StormToken   *tokens;
  StormFailure *failures;
  guint32      *steps;        /* step and its place, by turns */
  guint32      *reactions;
  guint32      *slots;        /* slot and its reaction, by turns */
};

static gpointer
copy_array (GArray  *array,
            guint32 *n)
{
  *n = array->len;
  return g_memdup2 (array->data, (gsize) array->len * g_array_get_element_size (array));
}

StormFrozen *
storm_tokens_freeze (StormTokens *self)
{
  StormFrozen *frozen;
  guint32 n = 0;

  g_return_val_if_fail (self != NULL, NULL);

  frozen = g_new0 (StormFrozen, 1);
  frozen->consumed = self->consumed;
  frozen->missing = self->missing;
  frozen->place = self->place;
  frozen->n_unexpected = self->n_unexpected;
  frozen->n_early = self->n_early;
  frozen->n_recovered = self->n_recovered;
  frozen->n_failed_off = self->n_failed_off;
  frozen->tokens = copy_array (self->tokens, &frozen->n_tokens);
  frozen->failures = copy_array (self->failures, &frozen->n_failures);
  frozen->reactions = copy_array (self->touched_reactions, &frozen->n_reactions);

  frozen->n_steps = self->touched_steps->len;
  frozen->steps = g_new (guint32, 2 * frozen->n_steps + 1);
  for (guint i = 0; i < frozen->n_steps; i++)
    {
      guint32 step = g_array_index (self->touched_steps, guint32, i);

      frozen->steps[2 * i] = step;
      frozen->steps[2 * i + 1] = self->step_place[step];
    }
  /* A slot that was emptied and filled again stands there several times. */
  frozen->slots = g_new (guint32, self->touched_slots->len + 1);
  for (guint i = 0; i < self->touched_slots->len; i += 2)
    {
      guint32 slot = g_array_index (self->touched_slots, guint32, i);

      if (self->slot_run[slot] != self->run)
        continue;
      self->slot_run[slot] = 0;
      frozen->slots[n++] = slot;
      frozen->slots[n++] = g_array_index (self->touched_slots, guint32, i + 1);
    }
  frozen->n_slots = n / 2;
  g_array_set_size (self->touched_slots, 0);
  for (guint i = 0; i < n; i += 2)
    self->slot_run[frozen->slots[i]] = self->run;
  g_array_append_vals (self->touched_slots, frozen->slots, n);
  return frozen;
}

void
storm_tokens_thaw (StormTokens       *self,
                   const StormFrozen *frozen)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (frozen != NULL);

  storm_tokens_begin (self);
  self->consumed = frozen->consumed;
  self->missing = frozen->missing;
  self->place = frozen->place;
  self->n_unexpected = frozen->n_unexpected;
  self->n_early = frozen->n_early;
  self->n_recovered = frozen->n_recovered;
  self->n_failed_off = frozen->n_failed_off;
  if (frozen->n_tokens > 0)
    g_array_append_vals (self->tokens, frozen->tokens, frozen->n_tokens);
  if (frozen->n_failures > 0)
    g_array_append_vals (self->failures, frozen->failures, frozen->n_failures);
  if (frozen->n_reactions > 0)
    g_array_append_vals (self->touched_reactions, frozen->reactions, frozen->n_reactions);
  if (frozen->n_slots > 0)
    g_array_append_vals (self->touched_slots, frozen->slots, 2 * frozen->n_slots);
  for (guint i = 0; i < frozen->n_tokens; i++)
    {
      self->rule_run[frozen->tokens[i].rule] = self->run;
      self->rule_token[frozen->tokens[i].rule] = i;
    }
  for (guint i = 0; i < frozen->n_reactions; i++)
    self->fired_run[frozen->reactions[i]] = self->run;
  for (guint i = 0; i < frozen->n_steps; i++)
    {
      guint32 step = frozen->steps[2 * i];

      self->step_run[step] = self->run;
      self->step_place[step] = frozen->steps[2 * i + 1];
      g_array_append_val (self->touched_steps, step);
    }
  for (guint i = 0; i < frozen->n_slots; i++)
    {
      guint32 reaction = frozen->slots[2 * i + 1];

      self->slot_run[frozen->slots[2 * i]] = self->run;
      if (self->arrived_run[reaction] != self->run)
        {
          self->arrived_run[reaction] = self->run;
          self->arrived[reaction] = 0;
        }
      self->arrived[reaction]++;
    }
}

void
storm_frozen_free (StormFrozen *frozen)
{
  if (frozen == NULL)
    return;
  g_free (frozen->tokens);
  g_free (frozen->failures);
  g_free (frozen->steps);
  g_free (frozen->reactions);
  g_free (frozen->slots);
  g_free (frozen);
}

gsize
storm_frozen_get_bytes (const StormFrozen *frozen)
{
  return sizeof *frozen + frozen->n_tokens * sizeof (StormToken)
         + frozen->n_failures * sizeof (StormFailure)
         + (2 * frozen->n_steps + frozen->n_reactions + 2 * frozen->n_slots) * sizeof (guint32);
}
