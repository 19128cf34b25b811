#include "config.h"

#include "storm-step-spans.h"

#include "storm-conformance-private.h"

/* Events that came early and still wait for what must have come before them. */
#define MAX_EARLY 64

typedef struct
{
  guint32 row;
  guint32 step;
} EarlyEvent;

typedef struct
{
  StormConformance *conformance;
  GArray           *spans;
  GArray           *early;   /* of EarlyEvent */
} SpanSearch;

static StormTime
get_time (SpanSearch *self,
          guint32     row)
{
  return storm_event_log_get_time (self->conformance->log, row);
}

static void
add_span (SpanSearch *self,
          guint32     rule_id,
          guint32     before,
          guint32     after,
          gint64      span)
{
  StormRuleSet *rules = self->conformance->rules;
  const StormRule *rule = storm_rule_set_get_rule (rules, rule_id);
  guint32 opener = storm_conformance_find_step (self->conformance, before);
  guint32 closer = storm_conformance_find_step (self->conformance, after);
  StormStepSpan found = {
    .rule = rule_id,
    .input = storm_steps_find (storm_rule_set_get_reaction (rules, rule->reaction)->inputs,
                               opener),
    .outcome = storm_steps_find (rule->outcomes, closer),
    .before = before,
    .after = after,
    .span = span,
  };

  if (found.input != G_MAXUINT && found.outcome != G_MAXUINT)
    g_array_append_val (self->spans, found);
}

static void
add_closed (SpanSearch  *self,
            StormTokens *tokens,
            guint32      row)
{
  for (guint i = 0; i < tokens->closed->len; i++)
    {
      StormClosed *closed = &g_array_index (tokens->closed, StormClosed, i);

      add_span (self, closed->rule, closed->row, row, closed->span);
    }
}

/* Whether one of those that came early is what @rule lets follow from the event in @row. */
static void
match_early (SpanSearch *self,
             guint32     rule_id,
             guint32     row)
{
  const StormRule *rule = storm_rule_set_get_rule (self->conformance->rules, rule_id);

  for (guint i = 0; i < self->early->len; i++)
    {
      EarlyEvent *event = &g_array_index (self->early, EarlyEvent, i);
      gint64 span = get_time (self, event->row) - get_time (self, row);

      if (span >= 0 || !storm_rule_has_outcome (rule, event->step))
        continue;
      add_span (self, rule_id, row, event->row, span);
      g_array_remove_index (self->early, i);
      return;
    }
}

static void
add_reversed (SpanSearch *self,
              guint32     row,
              guint32     step_id)
{
  StormRuleSet *rules = self->conformance->rules;
  const StormStep *step = storm_rule_set_get_step (rules, step_id);

  for (guint i = 0; self->early->len > 0 && i < step->triggers->len; i++)
    {
      guint32 id = g_array_index (step->triggers, StormTrigger, i).reaction;
      const StormReaction *reaction = storm_rule_set_get_reaction (rules, id);

      for (guint32 k = 0; k < reaction->n_rules; k++)
        match_early (self, reaction->first_rule + k, row);
    }
}

static void
take_row (SpanSearch *self,
          guint32     row)
{
  StormTokens *tokens = self->conformance->tokens;
  guint32 step = storm_conformance_find_step (self->conformance, row);
  EarlyEvent event = { row, step };

  storm_conformance_play_row (self->conformance, row);
  add_closed (self, tokens, row);
  if (step == STORM_NO_STEP)
    return;
  add_reversed (self, row, step);
  if (!tokens->early)
    return;
  if (self->early->len >= MAX_EARLY)
    g_array_remove_index (self->early, 0);
  g_array_append_val (self->early, event);
}

GArray *
storm_conformance_list_spans (StormConformance  *self,
                              StormTrace        *trace,
                              const StormMoment *moment)
{
  g_autoptr (GArray) early = g_array_new (FALSE, FALSE, sizeof (EarlyEvent));
  SpanSearch search = { self, NULL, early };
  const guint32 *rows;
  guint32 place;
  guint n_repeats;
  guint n;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);
  g_return_val_if_fail (STORM_IS_TRACE (trace), NULL);

  search.spans = g_array_new (FALSE, FALSE, sizeof (StormStepSpan));
  if (!storm_trace_get_place (trace, &place))
    return search.spans;
  storm_conformance_refresh (self);
  rows = storm_trace_index_get_rows (self->index, place, &n, &n_repeats);
  if (moment != NULL)
    n = storm_moment_count_rows (moment, self->log, rows, n);
  storm_tokens_begin (self->tokens);
  for (guint i = n > STORM_SPANS_MAX_ROWS ? n - STORM_SPANS_MAX_ROWS : 0; i < n; i++)
    if ((storm_event_log_get_flags (self->log, rows[i]) & STORM_EVENT_REPEATED) == 0)
      take_row (&search, rows[i]);
  return search.spans;
}

gboolean
storm_step_span_is_skew (const StormStepSpan *self,
                         StormEventLog       *log)
{
  StormTime first;
  StormTime second;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), FALSE);

  if (self->span >= 0)
    return FALSE;
  if (storm_event_log_get_topic_id (log, self->before) ==
        storm_event_log_get_topic_id (log, self->after) &&
      storm_event_log_get_partition (log, self->before) ==
        storm_event_log_get_partition (log, self->after))
    return storm_event_log_get_offset (log, self->before) <
           storm_event_log_get_offset (log, self->after);
  first = storm_event_log_get_broker_time (log, self->before);
  second = storm_event_log_get_broker_time (log, self->after);
  /* What agrees with the events' times may have been written by the same clocks. */
  if (first != STORM_TIME_NONE && second != STORM_TIME_NONE && first < second)
    return TRUE;
  return self->before < self->after;
}
