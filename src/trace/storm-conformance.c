#include "config.h"

#include "storm-conformance-private.h"

#include <string.h>

/* How many events are played again, and traces judged again, in a frame. */
#define PLAY_SLICE 20000
#define JUDGE_SLICE 2000
#define LOOKS_A_JUDGEMENT 16
#define MAX_UNDECODABLE 10000

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormConformance, storm_conformance, G_TYPE_OBJECT)

static void
quantile_free (gpointer data)
{
  storm_quantile_free (data);
}

/* Forgets what was counted, not what was seen. */
static void
forget_counts (StormConformance *self)
{
  guint n_rules = storm_rule_set_get_n_rules (self->rules);
  gint64 limit = STORM_RULE_DEFAULT_LIMIT;

  g_hash_table_remove_all (self->kept);
  g_array_set_size (self->steps, 0);
  g_ptr_array_set_size (self->quantiles, 0);
  g_ptr_array_set_size (self->quantiles, n_rules);
  g_array_set_size (self->limits, 0);
  for (guint i = 0; i < n_rules; i++)
    g_array_append_val (self->limits, limit);
  g_array_set_size (self->touched, 0);
  g_free (self->is_touched);
  self->is_touched = g_new0 (guint8, n_rules + 1);
  g_free (self->n_changes);
  self->n_changes = g_new0 (guint32, n_rules + 1);
  g_clear_pointer (&self->passages, storm_passages_free);
  self->passages = storm_passages_new (self->rules);
  self->generation++;
  self->consumed = 0;
  self->missing = 0;
  self->overdue = 0;
  self->n_played = 0;
  self->n_to_judge = 0;
  self->is_void = FALSE;
  self->changed = TRUE;
  for (guint32 i = 0; i < self->n_records; i++)
    storm_conformance_record (self, i)->overdue = 0;
}

void
storm_conformance_refresh (StormConformance *self)
{
  if (self->is_void)
    forget_counts (self);
}

static void
make_void (StormConformance *self)
{
  self->is_void = TRUE;
}

static void
note_row (StormConformance *self,
          guint32           row)
{
  guint32 key = storm_event_log_get_correlation_id (self->log, row);
  StormTime time = storm_event_log_get_time (self->log, row);
  StormDirtyTrace dirty = { 0, 1 };
  StormTraceRecord *record;

  if (storm_event_log_get_flags (self->log, row) & STORM_EVENT_UNDECODABLE)
    {
      if (self->undecodable->len < MAX_UNDECODABLE)
        {
          g_array_append_val (self->undecodable, row);
          g_hash_table_add (self->undecodable_keys, GUINT_TO_POINTER (key));
        }
      self->changed = TRUE;
      return;
    }
  if (self->last_event == STORM_TIME_NONE || time > self->last_event)
    self->last_event = time;
  if (key == 0 || !storm_trace_index_get_place (self->index, key, &dirty.place))
    return;
  storm_conformance_ensure (self, dirty.place);
  record = storm_conformance_record (self, dirty.place);
  if (record->dirty > 0)
    {
      g_array_index (self->dirty, StormDirtyTrace, record->dirty - 1).n_new++;
      return;
    }
  g_array_append_val (self->dirty, dirty);
  record->dirty = self->dirty->len;
}

static void
take_rows (StormConformance *self)
{
  guint32 first_new = self->n_rows;
  gboolean all_played = self->n_played == self->n_records;

  self->n_rows = storm_event_log_get_n (self->log);
  for (guint32 row = first_new; row < self->n_rows; row++)
    note_row (self, row);
  self->changed = self->changed || self->dirty->len > 0;
  if (all_played)
    self->n_played = self->n_records;
}

static void
play_dirty (StormConformance *self,
            guint32           first_new)
{
  for (guint i = 0; i < self->dirty->len; i++)
    {
      StormDirtyTrace *dirty = &g_array_index (self->dirty, StormDirtyTrace, i);

      storm_conformance_record (self, dirty->place)->dirty = 0;
      /* The others are played as a whole when it is their turn. */
      if (dirty->place < self->n_played)
        storm_conformance_play_trace (self, dirty->place, dirty->n_new, first_new);
    }
  g_array_set_size (self->dirty, 0);
}

static void
play_rest (StormConformance *self,
           guint             slice)
{
  guint n = 0;

  while (self->n_played < self->n_records && n < slice)
    {
      guint n_rows;
      guint n_repeats;

      storm_trace_index_get_rows (self->index, self->n_played, &n_rows, &n_repeats);
      n += storm_conformance_play_trace (self, self->n_played, n_rows, 0) + 1;
      self->n_played++;
    }
}

static void
learn (StormConformance *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->touched->len; i++)
    {
      guint32 rule = g_array_index (self->touched, guint32, i);
      StormQuantile *quantile = g_ptr_array_index (self->quantiles, rule);
      gint64 *limit = &g_array_index (self->limits, gint64, rule);
      gint64 now = STORM_RULE_DEFAULT_LIMIT;

      self->is_touched[rule] = FALSE;
      if (storm_quantile_get_n (quantile) >= STORM_LEARN_CASES)
        now = storm_quantile_get (quantile, 0.95);
      any = any || now != *limit;
      *limit = now;
    }
  g_array_set_size (self->touched, 0);
  if (any)
    self->n_to_judge = self->n_records;
}

static void
judge_rest (StormConformance *self,
            guint             slice)
{
  guint64 n = 0;

  /* Most traces need no more than a look. */
  for (; self->n_to_judge > 0 && n < (guint64) slice * LOOKS_A_JUDGEMENT; self->n_to_judge--)
    {
      guint32 place = self->next_judged < self->n_records ? self->next_judged : 0;
      StormTraceRecord *record = storm_conformance_record (self, place);

      self->next_judged = place + 1;
      n++;
      if (place >= self->n_played || (record->due == G_MAXINT64 && record->overdue == 0))
        continue;
      storm_conformance_play_again (self, place);
      storm_conformance_judge (self, place);
      n += LOOKS_A_JUDGEMENT;
    }
}

static void
judge_due (StormConformance *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      StormRecordBlock *block = g_ptr_array_index (self->blocks, i);
      guint32 first = i << STORM_BLOCK_BITS;
      guint32 n = MIN (self->n_records - first, STORM_BLOCK_SIZE);
      StormTime first_due = G_MAXINT64;

      if (block->first_due >= self->now)
        continue;
      for (guint32 k = 0; k < n; k++)
        {
          if (block->records[k].due < self->now && first + k < self->n_played)
            {
              storm_conformance_play_again (self, first + k);
              storm_conformance_judge (self, first + k);
            }
          first_due = MIN (first_due, block->records[k].due);
        }
      block->first_due = first_due;
    }
}

static void
set_now (StormConformance *self,
         StormTime         wall)
{
  StormTime before = self->now;

  if (self->clock == STORM_CLOCK_WALL)
    self->now = wall;
  else
    self->now = self->clock == STORM_CLOCK_EVENTS ? self->last_event : self->fixed;
  /* What was overdue may have time again. */
  if (before != STORM_TIME_NONE && self->now < before)
    self->n_to_judge = self->n_records;
}

static void
flush (StormConformance *self,
       StormTime         wall,
       guint             play_slice,
       guint             judge_slice)
{
  guint32 first_new;

  storm_rule_set_update (self->rules);
  storm_conformance_refresh (self);
  first_new = self->n_rows;
  take_rows (self);
  set_now (self, wall);
  play_dirty (self, first_new);
  play_rest (self, play_slice);
  learn (self);
  judge_rest (self, judge_slice);
  judge_due (self);
  if (!self->changed)
    return;
  self->changed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
storm_conformance_finalize (GObject *object)
{
  StormConformance *self = STORM_CONFORMANCE (object);

  g_clear_pointer (&self->undecodable, g_array_unref);
  g_clear_pointer (&self->undecodable_keys, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_array_unref);
  g_clear_pointer (&self->is_touched, g_free);
  g_clear_pointer (&self->n_changes, g_free);
  g_clear_pointer (&self->passages, storm_passages_free);
  g_clear_pointer (&self->limits, g_array_unref);
  g_clear_pointer (&self->quantiles, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->dirty, g_array_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->tokens, storm_tokens_free);
  g_clear_object (&self->rules);
  g_clear_object (&self->matcher);
  g_clear_object (&self->index);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (storm_conformance_parent_class)->finalize (object);
}

static void
storm_conformance_class_init (StormConformanceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_conformance_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_conformance_init (StormConformance *self)
{
  self->clock = STORM_CLOCK_EVENTS;
  self->fixed = STORM_TIME_NONE;
  self->now = STORM_TIME_NONE;
  self->last_event = STORM_TIME_NONE;
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->dirty = g_array_new (FALSE, FALSE, sizeof (StormDirtyTrace));
  self->kept = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->steps = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->quantiles = g_ptr_array_new_with_free_func (quantile_free);
  self->limits = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->undecodable = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->undecodable_keys = g_hash_table_new (NULL, NULL);
  self->is_void = TRUE;
}

StormConformance *
storm_conformance_new (StormEventLog   *log,
                       StormTraceIndex *index,
                       StormMatcher    *matcher,
                       StormRuleSet    *rules)
{
  StormConformance *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);
  g_return_val_if_fail (STORM_IS_TRACE_INDEX (index), NULL);
  g_return_val_if_fail (STORM_IS_MATCHER (matcher), NULL);
  g_return_val_if_fail (STORM_IS_RULE_SET (rules), NULL);

  self = g_object_new (STORM_TYPE_CONFORMANCE, NULL);
  self->log = g_object_ref (log);
  self->index = g_object_ref (index);
  self->matcher = g_object_ref (matcher);
  self->rules = g_object_ref (rules);
  self->tokens = storm_tokens_new (rules);
  g_signal_connect_object (rules, "changed", G_CALLBACK (make_void), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (matcher, "changed", G_CALLBACK (make_void), self, G_CONNECT_SWAPPED);
  return self;
}

StormRuleSet *
storm_conformance_get_rules (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  return self->rules;
}

void
storm_conformance_set_clock (StormConformance *self,
                             StormClock        clock,
                             StormTime         fixed)
{
  g_return_if_fail (STORM_IS_CONFORMANCE (self));

  self->clock = clock;
  self->fixed = fixed;
}

StormClock
storm_conformance_get_clock (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), STORM_CLOCK_EVENTS);

  return self->clock;
}

StormTime
storm_conformance_get_now (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), STORM_TIME_NONE);

  return self->now;
}

void
storm_conformance_flush (StormConformance *self,
                         StormTime         wall)
{
  g_return_if_fail (STORM_IS_CONFORMANCE (self));

  flush (self, wall, PLAY_SLICE, JUDGE_SLICE);
}

void
storm_conformance_settle (StormConformance *self,
                          StormTime         wall)
{
  g_return_if_fail (STORM_IS_CONFORMANCE (self));

  flush (self, wall, G_MAXUINT, G_MAXUINT);
}

gboolean
storm_conformance_is_settled (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), TRUE);

  return !self->is_void && self->n_played == self->n_records && self->n_to_judge == 0;
}

void
storm_conformance_reset (StormConformance *self)
{
  g_return_if_fail (STORM_IS_CONFORMANCE (self));

  g_ptr_array_set_size (self->blocks, 0);
  self->n_records = 0;
  self->n_rows = 0;
  self->next_judged = 0;
  self->last_event = STORM_TIME_NONE;
  memset (self->n_in_state, 0, sizeof self->n_in_state);
  g_array_set_size (self->undecodable, 0);
  g_hash_table_remove_all (self->undecodable_keys);
  forget_counts (self);
}

StormTraceState
storm_conformance_get_state_at (StormConformance *self,
                                guint             position)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), STORM_TRACE_CONFORMING);

  return position < self->n_records ? storm_conformance_record (self, position)->state
                                    : STORM_TRACE_CONFORMING;
}

StormTraceState
storm_conformance_get_state (StormConformance *self,
                             StormTrace       *trace)
{
  guint32 place;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), STORM_TRACE_CONFORMING);
  g_return_val_if_fail (STORM_IS_TRACE (trace), STORM_TRACE_CONFORMING);

  return storm_trace_get_place (trace, &place) ? storm_conformance_get_state_at (self, place)
                                               : STORM_TRACE_CONFORMING;
}

guint
storm_conformance_count (StormConformance *self,
                         StormTraceState   state)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), 0);
  g_return_val_if_fail (state < STORM_N_TRACE_STATES, 0);

  return self->n_in_state[state];
}

StormTrace *
storm_conformance_find_worst (StormConformance *self)
{
  guint state = STORM_N_TRACE_STATES - 1;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  while (state > STORM_TRACE_RUNNING && self->n_in_state[state] == 0)
    state--;
  for (guint32 i = 0; state > STORM_TRACE_RUNNING && i < self->n_records; i++)
    {
      StormRecordBlock *block = g_ptr_array_index (self->blocks, i >> STORM_BLOCK_BITS);

      if (block->n_troubled == 0)
        i |= STORM_BLOCK_SIZE - 1;
      else if (storm_conformance_record (self, i)->state == state)
        return storm_trace_index_dup_trace (self->index, i);
    }
  return NULL;
}

double
storm_conformance_get_fitness (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), 1);

  return storm_fitness (self->consumed, self->missing, self->overdue);
}

void
storm_conformance_get_times (StormConformance *self,
                             guint32           rule,
                             StormStepTimes   *times)
{
  StormQuantile *quantile;

  g_return_if_fail (STORM_IS_CONFORMANCE (self));
  g_return_if_fail (times != NULL);

  *times = (StormStepTimes) { 0, 0, 0, STORM_RULE_DEFAULT_LIMIT };
  if (rule >= self->quantiles->len)
    return;
  times->limit = g_array_index (self->limits, gint64, rule);
  quantile = g_ptr_array_index (self->quantiles, rule);
  if (quantile == NULL)
    return;
  times->n = storm_quantile_get_n (quantile);
  times->p50 = storm_quantile_get (quantile, 0.5);
  times->p95 = storm_quantile_get (quantile, 0.95);
}

GArray *
storm_conformance_get_undecodable (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  return self->undecodable;
}
