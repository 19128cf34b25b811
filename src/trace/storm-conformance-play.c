#include "config.h"

#include "storm-conformance-private.h"

#include "storm-troubles.h"

/* A trace of more events is not played from its beginning for each that is added. */
#define LONG_TRACE 128
/* What a long trace has come to is kept after so many events each, for those that come late. */
#define KEPT_EVERY 4096

void
storm_conformance_ensure (StormConformance *self,
                          guint32           place)
{
  while (place >= self->blocks->len << STORM_BLOCK_BITS)
    {
      StormRecordBlock *block = g_new0 (StormRecordBlock, 1);

      block->first_due = G_MAXINT64;
      g_ptr_array_add (self->blocks, block);
    }
  for (; self->n_records <= place; self->n_records++)
    {
      storm_conformance_record (self, self->n_records)->due = G_MAXINT64;
      self->n_in_state[STORM_TRACE_CONFORMING]++;
    }
}

static void
kept_clear (gpointer data)
{
  storm_frozen_free (((StormKeptTrace *) data)->frozen);
}

static GArray *
kept_new (void)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (StormKeptTrace));

  g_array_set_clear_func (kept, kept_clear);
  return kept;
}

guint32
storm_conformance_find_step (StormConformance *self,
                             guint32           row)
{
  guint32 type = storm_event_log_get_type_id (self->log, row);
  guint32 *known;

  if (type >= self->steps->len)
    g_array_set_size (self->steps, MAX (type + 1, self->steps->len * 2));
  known = &g_array_index (self->steps, guint32, type);
  if (*known == 0)
    {
      GPtrArray *stickies = storm_matcher_match (self->matcher, type, NULL);
      guint32 step = stickies->len == 0 ? STORM_NO_STEP :
                     storm_rule_set_find_step (self->rules, g_ptr_array_index (stickies, 0));

      *known = step == STORM_NO_STEP ? 1 : step + 2;
    }
  return *known == 1 ? STORM_NO_STEP : *known - 2;
}

guint32
storm_conformance_find_failed_step (StormConformance *self,
                                    guint32           row)
{
  guint32 step = storm_conformance_find_step (self, row);
  const StormStep *its = step != STORM_NO_STEP ? storm_rule_set_get_step (self->rules, step) : NULL;

  return its != NULL && its->fail_of == STORM_NO_STEP && its->failed_by != STORM_NO_STEP
         ? its->failed_by : step;
}

/* Plays @row unless it is a repeat. */
void
storm_conformance_play_row (StormConformance *self,
                            guint32           row)
{
  guint16 flags = storm_event_log_get_flags (self->log, row);
  guint32 step;
  StormTime time;

  if (flags & STORM_EVENT_REPEATED)
    {
      g_array_set_size (self->tokens->closed, 0);
      return;
    }
  step = storm_conformance_find_step (self, row);
  time = storm_event_log_get_time (self->log, row);
  if (flags & STORM_EVENT_FAILED)
    storm_tokens_fail (self->tokens, step, time, row);
  else
    storm_tokens_step (self->tokens, step, time, row);
}

/* Adds the cases that the last event, in @row, made known to what is known of their rules, or takes
 * them out. */
static void
count_cases (StormConformance *self,
             guint32           row,
             gboolean          add)
{
  for (guint i = 0; i < self->tokens->closed->len; i++)
    {
      StormClosed *closed = &g_array_index (self->tokens->closed, StormClosed, i);
      gpointer *quantile = &g_ptr_array_index (self->quantiles, closed->rule);

      if (*quantile == NULL)
        *quantile = storm_quantile_new ();
      if (add)
        storm_quantile_add (*quantile, closed->span);
      else
        storm_quantile_remove (*quantile, closed->span);
      storm_passages_count (self->passages, closed->rule,
                            storm_conformance_find_step (self, closed->row),
                            storm_conformance_find_step (self, row), closed->span, add);
      self->n_changes[closed->rule]++;
      if (self->is_touched[closed->rule])
        continue;
      self->is_touched[closed->rule] = TRUE;
      g_array_append_val (self->touched, closed->rule);
    }
}

static void
set_verdict (StormConformance   *self,
             guint32             place,
             const StormVerdict *verdict)
{
  StormTraceRecord *record = storm_conformance_record (self, place);
  StormRecordBlock *block = g_ptr_array_index (self->blocks, place >> STORM_BLOCK_BITS);
  guint16 overdue = (guint16) MIN (verdict->overdue, G_MAXUINT16);

  self->changed = self->changed || record->state != verdict->state || record->overdue != overdue;
  self->overdue += overdue;
  self->overdue -= record->overdue;
  self->n_in_state[record->state]--;
  self->n_in_state[verdict->state]++;
  block->n_troubled -= storm_trace_state_is_trouble (record->state);
  block->n_troubled += storm_trace_state_is_trouble (verdict->state);
  record->overdue = overdue;
  record->state = verdict->state;
  record->due = verdict->due;
  block->first_due = MIN (block->first_due, verdict->due);
}

static void
set_recovered (StormConformance *self,
               guint32           place)
{
  StormTraceRecord *record = storm_conformance_record (self, place);
  StormRecordBlock *block = g_ptr_array_index (self->blocks, place >> STORM_BLOCK_BITS);
  guint8 recovered = self->tokens->n_recovered > 0;

  self->changed = self->changed || record->recovered != recovered;
  block->n_recovered += recovered;
  block->n_recovered -= record->recovered;
  record->recovered = recovered;
}

void
storm_conformance_judge (StormConformance *self,
                         guint32           place)
{
  StormVerdict verdict;

  storm_tokens_judge (self->tokens, (const gint64 *) self->limits->data, self->now, &verdict);
  set_recovered (self, place);
  set_verdict (self, place, &verdict);
}

/* Takes up what a long trace had come to as far as its rows are still the same ones. Returns how
 * many rows that were. */
static guint32
take_up (StormConformance *self,
         guint32           place,
         const guint32    *rows,
         guint             n_rows)
{
  GArray *kept = g_hash_table_lookup (self->kept, GUINT_TO_POINTER (place));

  for (; kept != NULL && kept->len > 0; g_array_set_size (kept, kept->len - 1))
    {
      StormKeptTrace *last = &g_array_index (kept, StormKeptTrace, kept->len - 1);

      /* A row that came in between would have pushed it back. */
      if (last->n <= n_rows && rows[last->n - 1] == last->last)
        {
          storm_tokens_thaw (self->tokens, last->frozen);
          return last->n;
        }
    }
  storm_tokens_begin (self->tokens);
  return 0;
}

static void
keep (StormConformance *self,
      guint32           place,
      const guint32    *rows,
      guint32           n)
{
  GArray *kept = g_hash_table_lookup (self->kept, GUINT_TO_POINTER (place));
  StormKeptTrace now = { n, rows[n - 1], NULL };

  if (kept == NULL)
    {
      kept = kept_new ();
      g_hash_table_insert (self->kept, GUINT_TO_POINTER (place), kept);
    }
  if (kept->len > 0)
    {
      StormKeptTrace *last = &g_array_index (kept, StormKeptTrace, kept->len - 1);

      if (last->n == n)
        return;
      /* Only the newest one stands where it happens to. */
      if (last->n % KEPT_EVERY != 0)
        g_array_set_size (kept, kept->len - 1);
    }
  now.frozen = storm_tokens_freeze (self->tokens);
  g_array_append_val (kept, now);
}

/* Plays what the trace was like before rows from @first_new on were added, to take it back. */
static void
take_back (StormConformance *self,
           const guint32    *rows,
           guint             from,
           guint             n_rows,
           guint32           first_new)
{
  self->consumed += self->tokens->consumed;
  self->missing += self->tokens->missing;
  for (guint i = from; i < n_rows; i++)
    {
      if (rows[i] >= first_new)
        continue;
      storm_conformance_play_row (self, rows[i]);
      count_cases (self, rows[i], FALSE);
    }
  self->consumed -= self->tokens->consumed;
  self->missing -= self->tokens->missing;
}

static guint
play_on (StormConformance *self,
         guint32           place,
         const guint32    *rows,
         guint             from,
         guint             n_rows,
         guint             counted)
{
  for (guint i = from; i < n_rows; i++)
    {
      if (i == counted)
        {
          self->consumed -= self->tokens->consumed;
          self->missing -= self->tokens->missing;
        }
      storm_conformance_play_row (self, rows[i]);
      if (i >= counted)
        count_cases (self, rows[i], TRUE);
      if ((i + 1) % KEPT_EVERY == 0)
        keep (self, place, rows, i + 1);
    }
  self->consumed += self->tokens->consumed;
  self->missing += self->tokens->missing;
  if (n_rows > LONG_TRACE)
    keep (self, place, rows, n_rows);
  return n_rows - from;
}

/* Brings the trace at @place up to date, of whose rows @n_new, from @first_new on, were not played
 * yet. Returns how many rows were played. */
guint
storm_conformance_play_trace (StormConformance *self,
                              guint32           place,
                              guint32           n_new,
                              guint32           first_new)
{
  guint n_rows;
  guint n_repeats;
  const guint32 *rows = storm_trace_index_get_rows (self->index, place, &n_rows, &n_repeats);
  guint from = take_up (self, place, rows, n_rows);
  guint n_old = n_rows - n_new;
  guint counted = n_old;
  guint n_played = 0;

  for (guint i = n_old; i < n_rows; i++)
    {
      if (rows[i] >= first_new)
        continue;
      /* Something came in between, so behind @from all is counted again. */
      take_back (self, rows, from, n_rows, first_new);
      n_played = n_rows - from;
      from = take_up (self, place, rows, n_rows);
      counted = from;
      break;
    }
  n_played += play_on (self, place, rows, from, n_rows, counted);
  storm_conformance_judge (self, place);
  return n_played;
}

/* Plays the whole trace, or takes it up where it stands, without counting. */
void
storm_conformance_play_again (StormConformance *self,
                              guint32           place)
{
  guint n_rows;
  guint n_repeats;
  const guint32 *rows = storm_trace_index_get_rows (self->index, place, &n_rows, &n_repeats);

  for (guint i = take_up (self, place, rows, n_rows); i < n_rows; i++)
    storm_conformance_play_row (self, rows[i]);
}

StormTokens *
storm_conformance_play (StormConformance *self,
                        guint32           place,
                        guint             n_rows,
                        StormVisit        visit,
                        gpointer          user_data)
{
  guint n_all;
  guint n_repeats;
  const guint32 *rows = storm_trace_index_get_rows (self->index, place, &n_all, &n_repeats);

  g_assert (n_rows <= n_all);
  storm_conformance_refresh (self);
  storm_tokens_begin (self->tokens);
  for (guint i = 0; i < n_rows; i++)
    {
      if (storm_event_log_get_flags (self->log, rows[i]) & STORM_EVENT_REPEATED)
        continue;
      storm_conformance_play_row (self, rows[i]);
      visit (self->tokens, rows[i], storm_conformance_find_step (self, rows[i]), user_data);
    }
  return self->tokens;
}
