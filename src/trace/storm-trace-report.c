#include "config.h"

#include "storm-trace-report.h"

#include <glib/gi18n-lib.h>

#include "storm-conformance-private.h"

/* A trace on its way through the rules, and what was found so far. */
typedef struct
{
  StormConformance *conformance;
  StormRuleSet     *rules;
  StormEventLog    *log;
  StormTraceReport *report;
  GHashTable       *numbers;     /* row → number, of events that something may be said about */
  GHashTable       *happened;    /* steps of the whole trace */
  GHashTable       *passed;      /* steps so far */
  guint32           before;      /* row of the event before */
  StormTime         now;
} Walk;

static const char *
type_of (Walk    *walk,
         guint32  row)
{
  return storm_event_log_get_type_name (walk->log, row);
}

static StormFinding *
add_finding (Walk             *walk,
             StormFindingKind  kind,
             guint32           row,
             guint32           after_row,
             guint32           n)
{
  StormFinding *finding;

  if (walk->report->findings->len >= STORM_REPORT_MAX_FINDINGS)
    {
      walk->report->n_more++;
      return NULL;
    }
  finding = g_new0 (StormFinding, 1);
  finding->kind = kind;
  finding->row = row;
  finding->after_row = after_row;
  finding->n = n;
  finding->rule = STORM_NO_RULE;
  finding->time = storm_event_log_get_time (walk->log, row != STORM_NO_ROW ? row : after_row);
  g_ptr_array_add (walk->report->findings, finding);
  return finding;
}

static void
add_title (GPtrArray  *titles,
           const char *title)
{
  if (!g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL))
    g_ptr_array_add (titles, g_strdup (title));
}

static GStrv
end_titles (GPtrArray *titles)
{
  g_ptr_array_add (titles, NULL);
  return (GStrv) g_ptr_array_free (titles, FALSE);
}

/* The names of @steps, of failures only when there is nothing else. */
static void
add_titles (Walk      *walk,
            GPtrArray *titles,
            GArray    *steps)
{
  guint before = titles->len;

  for (guint pass = 0; pass < 2 && titles->len == before; pass++)
    {
      for (guint i = 0; i < steps->len; i++)
        {
          guint32 step = g_array_index (steps, guint32, i);

          if (pass == 1 ||
              storm_rule_set_get_step (walk->rules, step)->fail_of == STORM_NO_STEP)
            add_title (titles, storm_rule_set_get_title (walk->rules, step));
        }
    }
}

/* What the tokens wait for now. */
static GStrv
list_open (Walk        *walk,
           StormTokens *tokens)
{
  GPtrArray *titles = g_ptr_array_new ();

  for (guint i = 0; i < tokens->tokens->len; i++)
    {
      StormToken *token = &g_array_index (tokens->tokens, StormToken, i);
      const StormRule *rule = storm_rule_set_get_rule (walk->rules, token->rule);

      if (rule->must && !storm_tokens_is_waived (tokens, token))
        add_titles (walk, titles, rule->outcomes);
    }
  return end_titles (titles);
}

static gboolean
comes_later (Walk    *walk,
             guint32  step)
{
  const StormStep *early = storm_rule_set_get_step (walk->rules, step);

  for (guint i = 0; i < early->causes->len; i++)
    {
      guint32 id = g_array_index (early->causes, guint32, i);
      GArray *inputs = storm_rule_set_get_reaction (walk->rules, id)->inputs;

      for (guint k = 0; k < inputs->len; k++)
        {
          if (g_hash_table_contains (walk->happened,
                                     GUINT_TO_POINTER (g_array_index (inputs, guint32, k))))
            return TRUE;
        }
    }
  return FALSE;
}

static void
find_early (Walk    *walk,
            guint32  row,
            guint32  step,
            guint32  n)
{
  StormFinding *finding = add_finding (walk, STORM_FINDING_OUT_OF_ORDER, row, walk->before, n);
  const StormStep *early = storm_rule_set_get_step (walk->rules, step);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *names = NULL;
  GPtrArray *titles;

  if (finding == NULL)
    return;
  for (guint i = 0; i < early->causes->len; i++)
    {
      guint32 id = g_array_index (early->causes, guint32, i);
      GArray *inputs = storm_rule_set_get_reaction (walk->rules, id)->inputs;

      g_array_append_vals (wanted, inputs->data, inputs->len);
    }
  titles = g_ptr_array_new ();
  add_titles (walk, titles, wanted);
  finding->expected = end_titles (titles);
  names = storm_rule_set_list_words (walk->rules, wanted);
  if (comes_later (walk, step))
    finding->words = g_strdup_printf (_("%s came before %s."), type_of (walk, row), names);
  else
    finding->words = g_strdup_printf (_("%s came without %s before it."), type_of (walk, row),
                                      names);
}

static void
find_failure (Walk        *walk,
              StormTokens *tokens,
              guint32      row,
              guint32      step,
              guint32      n)
{
  guint32 of = storm_rule_set_get_step (walk->rules, step)->fail_of;
  StormFinding *finding = add_finding (walk, STORM_FINDING_FAILED, row, walk->before, n);

  if (finding == NULL)
    return;
  finding->expected = list_open (walk, tokens);
  /* A failure may also take back what had gone well. */
  if (g_hash_table_contains (walk->passed, GUINT_TO_POINTER (of)))
    finding->words = g_strdup_printf (_("%s took %s back."), type_of (walk, row),
                                      storm_rule_set_get_title (walk->rules, of));
  else
    finding->words = g_strdup_printf (_("%s came instead of %s."), type_of (walk, row),
                                      storm_rule_set_get_title (walk->rules, of));
}

static gboolean
says_it_failed (Walk    *walk,
                guint32  row)
{
  return (storm_event_log_get_flags (walk->log, row) & STORM_EVENT_FAILED) != 0;
}

static void
find_said_failure (Walk        *walk,
                   StormTokens *tokens,
                   guint32      row,
                   guint32      step,
                   guint32      n)
{
  StormFinding *finding = add_finding (walk, STORM_FINDING_FAILED, row, walk->before, n);

  if (finding == NULL)
    return;
  finding->expected = list_open (walk, tokens);
  /* On the board it may be made good; else nothing can follow. */
  if (step == STORM_NO_STEP)
    finding->end = STORM_FAILURE_FINAL;
  finding->words = storm_said_failure_words (walk->log, row);
}

static void
visit (StormTokens *tokens,
       guint32      row,
       guint32      step,
       gpointer     user_data)
{
  Walk *walk = user_data;
  guint32 n = tokens->place;

  g_hash_table_insert (walk->numbers, GUINT_TO_POINTER (row + 1), GUINT_TO_POINTER (n));
  if (step == STORM_NO_STEP)
    {
      StormFinding *finding = add_finding (walk, STORM_FINDING_UNEXPECTED, row, walk->before, n);

      if (finding != NULL)
        {
          finding->expected = list_open (walk, tokens);
          finding->words = g_strdup_printf (_("%s came, which is not on the board."),
                                            type_of (walk, row));
        }
      if (says_it_failed (walk, row))
        find_said_failure (walk, tokens, row, step, n);
    }
  else
    {
      if (tokens->early)
        find_early (walk, row, step, n);
      if (storm_rule_set_get_step (walk->rules, step)->fail_of != STORM_NO_STEP)
        find_failure (walk, tokens, row, step, n);
      else if (says_it_failed (walk, row))
        find_said_failure (walk, tokens, row, step, n);
      g_hash_table_add (walk->passed, GUINT_TO_POINTER (step));
    }
  walk->before = row;
}

static void
note_happened (StormTokens *tokens,
               guint32      row,
               guint32      step,
               gpointer     user_data)
{
  if (step != STORM_NO_STEP)
    g_hash_table_add (user_data, GUINT_TO_POINTER (step));
}

/* "B usually follows within 2 s", or within what was said on the board. */
static char *
usual_words (StormConformance *conformance,
             const StormToken *token)
{
  StormRuleSet *rules = storm_conformance_get_rules (conformance);
  GArray *outcomes = storm_rule_set_get_rule (rules, token->rule)->outcomes;
  g_autofree char *names = storm_rule_set_list_words (rules, outcomes);
  g_autofree char *span = NULL;
  StormStepTimes times;

  storm_conformance_get_times (conformance, token->rule, &times);
  if (token->target > 0)
    {
      span = storm_time_format_span (token->target);
      return g_strdup_printf (_("%s must follow within %s"), names, span);
    }
  if (times.n > 0)
    {
      span = storm_usual_span (&times);
      return g_strdup_printf (_("%s usually follows within %s"), names, span);
    }
  return g_strdup_printf (_("%s must follow"), names);
}

static void
find_overdue (Walk             *walk,
              const StormToken *token,
              gboolean          compensates)
{
  const StormRule *rule = storm_rule_set_get_rule (walk->rules, token->rule);
  g_autofree char *span = storm_time_format_span (walk->now - token->since);
  g_autofree char *usual = usual_words (walk->conformance, token);
  StormFinding *finding;
  GPtrArray *titles;

  finding = add_finding (walk, compensates ? STORM_FINDING_UNCOMPENSATED
                                           : STORM_FINDING_MISSING_NEXT,
                         STORM_NO_ROW, token->row, 0);
  if (finding == NULL)
    return;
  titles = g_ptr_array_new ();
  add_titles (walk, titles, rule->outcomes);
  finding->expected = end_titles (titles);
  finding->rule = token->rule;
  if (compensates)
    finding->words = g_strdup_printf (_("Not compensated for %s after %s: %s."), span,
                                      type_of (walk, token->row), usual);
  else
    finding->words = g_strdup_printf (_("Nothing for %s after %s: %s."), span,
                                      type_of (walk, token->row), usual);
}

static int
compare_open (gconstpointer a,
              gconstpointer b)
{
  const StormOpenStep *x = a;
  const StormOpenStep *y = b;

  if (x->due != y->due)
    return x->due < y->due ? -1 : 1;
  return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static const StormToken *
find_token (StormTokens *tokens,
            guint32      rule)
{
  for (guint i = 0; i < tokens->tokens->len; i++)
    {
      StormToken *token = &g_array_index (tokens->tokens, StormToken, i);

      if (token->rule == rule)
        return token;
    }
  return NULL;
}

static void
find_open (Walk        *walk,
           StormTokens *tokens)
{
  const gint64 *limits = (const gint64 *) walk->conformance->limits->data;
  GArray *open = walk->report->open;

  for (guint i = 0; i < tokens->tokens->len; i++)
    {
      StormToken *token = &g_array_index (tokens->tokens, StormToken, i);
      StormOpenStep step = { token->rule, token->row, token->since };

      if (!storm_rule_set_get_rule (walk->rules, token->rule)->must ||
          storm_tokens_is_waived (tokens, token))
        continue;
      step.due = storm_token_get_due (token, limits);
      step.target = token->target;
      step.overdue = walk->now > step.due;
      step.compensates = tokens->failures->len > 0;
      g_array_append_val (open, step);
    }
  g_array_sort (open, compare_open);
  for (guint i = 0; i < open->len; i++)
    {
      StormOpenStep *step = &g_array_index (open, StormOpenStep, i);

      if (step->overdue)
        find_overdue (walk, find_token (tokens, step->rule), step->compensates);
    }
}

static StormFailureEnd
end_of (Walk               *walk,
        StormTokens        *tokens,
        const StormFailure *failure)
{
  if (failure->broken)
    return STORM_FAILURE_BROKEN;
  if (walk->report->open->len > 0)
    return STORM_FAILURE_OPEN;
  if (storm_tokens_is_said (tokens, failure))
    return STORM_FAILURE_FINAL;
  return storm_rule_set_has_duty (walk->rules, failure->step) ? STORM_FAILURE_COMPENSATED
                                                              : STORM_FAILURE_FINAL;
}

static void
note_end (Walk               *walk,
          StormTokens        *tokens,
          const StormFailure *failure)
{
  for (guint i = 0; i < walk->report->findings->len; i++)
    {
      StormFinding *finding = g_ptr_array_index (walk->report->findings, i);

      /* The same may have failed several times since. */
      if (finding->kind == STORM_FINDING_FAILED && finding->n >= failure->place &&
          storm_conformance_find_failed_step (walk->conformance, finding->row) == failure->step)
        finding->end = end_of (walk, tokens, failure);
    }
}

/* What became of failures, and what was to compensate and failed itself. */
static void
find_ends (Walk        *walk,
             StormTokens *tokens)
{
  for (guint i = 0; i < tokens->failures->len; i++)
    {
      StormFailure *failure = &g_array_index (tokens->failures, StormFailure, i);
      guint32 of = storm_rule_set_get_step (walk->rules, failure->step)->fail_of;
      gboolean said = storm_tokens_is_said (tokens, failure);
      StormFinding *finding;
      GPtrArray *titles;

      note_end (walk, tokens, failure);
      if (!failure->broken)
        continue;
      finding = add_finding (walk, STORM_FINDING_UNCOMPENSATED, failure->row, STORM_NO_ROW,
                             failure->place);
      if (finding == NULL)
        continue;
      titles = g_ptr_array_new ();
      add_title (titles, storm_rule_set_get_title (walk->rules, said ? failure->step : of));
      finding->expected = end_titles (titles);
      finding->words = said || says_it_failed (walk, failure->row)
                       ? g_strdup_printf (_("Not compensated: %s failed itself."),
                                          type_of (walk, failure->row))
                       : g_strdup_printf (_("Not compensated: %s came instead of %s."),
                                          type_of (walk, failure->row),
                                          storm_rule_set_get_title (walk->rules, of));
    }
}

static void
find_repeats (Walk          *walk,
              const guint32 *rows,
              guint          n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      guint32 first;
      StormFinding *finding;

      if (!(storm_event_log_get_flags (walk->log, rows[i]) & STORM_EVENT_REPEATED))
        continue;
      first = storm_event_log_get_first (walk->log, rows[i]);
      finding = add_finding (walk, STORM_FINDING_REPEATED, rows[i], first,
                             GPOINTER_TO_UINT (g_hash_table_lookup (walk->numbers,
                                                                    GUINT_TO_POINTER (first + 1))));
      if (finding != NULL)
        finding->words = g_strdup_printf (_("%s came again."), type_of (walk, rows[i]));
    }
}

static void
find_undecodable (Walk              *walk,
                  guint32            key,
                  const StormMoment *moment)
{
  GArray *rows = storm_conformance_get_undecodable (walk->conformance);

  if (!g_hash_table_contains (walk->conformance->undecodable_keys, GUINT_TO_POINTER (key)))
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      if (storm_event_log_get_correlation_id (walk->log, row) == key &&
          (moment == NULL || storm_moment_includes (moment, walk->log, row)))
        g_ptr_array_add (walk->report->findings, storm_undecodable_finding_new (walk->log, row));
    }
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const StormFinding *x = *(StormFinding * const *) a;
  const StormFinding *y = *(StormFinding * const *) b;
  gboolean x_missing = x->row == STORM_NO_ROW;
  gboolean y_missing = y->row == STORM_NO_ROW;

  if (x_missing != y_missing)
    return x_missing ? 1 : -1;
  if (x_missing)
    return 0;
  if (x->n != y->n)
    return x->n < y->n ? -1 : 1;
  return x->kind < y->kind ? -1 : x->kind > y->kind;
}

static void
walk_through (Walk              *walk,
              guint32            place,
              const StormMoment *moment)
{
  StormConformance *conformance = walk->conformance;
  StormTraceReport *report = walk->report;
  StormTokens *tokens;
  StormVerdict verdict;
  guint n_rows;
  guint n_repeats;
  const guint32 *rows = storm_trace_index_get_rows (conformance->index, place, &n_rows,
                                                    &n_repeats);

  if (moment != NULL)
    n_rows = storm_moment_count_rows (moment, walk->log, rows, n_rows);
  storm_conformance_play (conformance, place, n_rows, note_happened, walk->happened);
  tokens = storm_conformance_play (conformance, place, n_rows, visit, walk);
  storm_tokens_judge (tokens, (const gint64 *) conformance->limits->data, walk->now, &verdict);
  report->state = verdict.state;
  report->fitness = storm_fitness (tokens->consumed, tokens->missing, verdict.overdue);
  find_repeats (walk, rows, n_rows);
  find_open (walk, tokens);
  find_ends (walk, tokens);
  find_undecodable (walk, storm_event_log_get_correlation_id (walk->log, rows[0]), moment);
  g_ptr_array_sort (report->findings, compare_findings);
}

StormTraceReport *
storm_trace_report_new_at (StormConformance  *conformance,
                           StormTrace        *trace,
                           const StormMoment *moment)
{
  StormTraceReport *self;
  Walk walk = { .conformance = conformance, .before = STORM_NO_ROW };
  guint32 place;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (conformance), NULL);
  g_return_val_if_fail (STORM_IS_TRACE (trace), NULL);

  self = g_new0 (StormTraceReport, 1);
  self->fitness = 1;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_finding_free);
  self->open = g_array_new (FALSE, FALSE, sizeof (StormOpenStep));
  if (!storm_trace_get_place (trace, &place))
    return self;

  walk.rules = storm_conformance_get_rules (conformance);
  walk.log = storm_trace_index_get_log (conformance->index);
  walk.report = self;
  walk.now = moment != NULL ? moment->time : storm_conformance_get_now (conformance);
  walk.numbers = g_hash_table_new (NULL, NULL);
  walk.happened = g_hash_table_new (NULL, NULL);
  walk.passed = g_hash_table_new (NULL, NULL);
  walk_through (&walk, place, moment);
  g_hash_table_unref (walk.numbers);
  g_hash_table_unref (walk.happened);
  g_hash_table_unref (walk.passed);
  return self;
}

StormTraceReport *
storm_trace_report_new (StormConformance *conformance,
                        StormTrace       *trace)
{
  return storm_trace_report_new_at (conformance, trace, NULL);
}

void
storm_trace_report_free (StormTraceReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->findings);
  g_array_unref (self->open);
  g_free (self);
}
