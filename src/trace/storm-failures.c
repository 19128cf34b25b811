#include "config.h"

#include "storm-failures.h"

#include "storm-trace-private.h"
#include "storm-trace-report.h"
#include "storm-troubles.h"

struct _StormFailures
{
  GObject       parent_instance;

  StormMonitor *monitor;
  GPtrArray    *kinds;      /* of StormFailureKind: what is said */
  GArray       *places;     /* of the traces that are being looked at; NULL before it begins */
  guint         next;       /* of them */
  GPtrArray    *found;      /* what will be said */
  GHashTable   *by_step;    /* step + 1 → StormFailureKind of @found */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFailures, storm_failures, G_TYPE_OBJECT)

static void
open_free (gpointer data)
{
  StormOpenFailure *open = data;

  g_free (open->key);
  g_free (open->waits_for);
  g_free (open);
}

static void
kind_free (gpointer data)
{
  StormFailureKind *kind = data;

  g_free (kind->name);
  g_free (kind->of);
  g_free (kind->follows);
  g_ptr_array_unref (kind->open);
  g_free (kind);
}

/* "A; B or C": what must follow @step. */
static char *
dup_follows (StormRuleSet *rules,
             guint32       step)
{
  GArray *triggers = storm_rule_set_get_step (rules, step)->triggers;
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < triggers->len; i++)
    {
      const StormTrigger *trigger = &g_array_index (triggers, StormTrigger, i);
      const StormReaction *reaction = storm_rule_set_get_reaction (rules, trigger->reaction);

      for (guint32 k = 0; k < reaction->n_rules && !trigger->unchecked; k++)
        {
          const StormRule *rule = storm_rule_set_get_rule (rules, reaction->first_rule + k);
          g_autofree char *words = NULL;

          if (!rule->must)
            continue;
          words = storm_rule_set_list_words (rules, rule->outcomes);
          g_string_append_printf (lines, "%s%s", lines->len > 0 ? "; " : "", words);
        }
    }
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

static void
begin (StormFailures *self)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  StormRuleSet *rules = storm_conformance_get_rules (conformance);

  g_clear_pointer (&self->places, g_array_unref);
  self->places = storm_conformance_list_troubled (conformance);
  self->next = 0;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_ptr_array_new_with_free_func (kind_free);
  g_hash_table_remove_all (self->by_step);
  for (guint32 i = 0; i < storm_rule_set_get_n_steps (rules); i++)
    {
      guint32 of = storm_rule_set_get_step (rules, i)->fail_of;
      StormFailureKind *kind;

      if (of == STORM_NO_STEP)
        continue;
      kind = g_new0 (StormFailureKind, 1);
      kind->name = g_strdup (storm_rule_set_get_title (rules, i));
      kind->of = g_strdup (storm_rule_set_get_title (rules, of));
      kind->follows = dup_follows (rules, i);
      kind->oldest = STORM_TIME_NONE;
      kind->open = g_ptr_array_new_with_free_func (open_free);
      g_ptr_array_add (self->found, kind);
      g_hash_table_insert (self->by_step, GUINT_TO_POINTER (i + 1), kind);
    }
}

static StormFailureKind *
find_kind (StormFailures *self,
           guint32        row)
{
  StormRuleSet *rules =
    storm_conformance_get_rules (storm_monitor_get_conformance (self->monitor));
  guint32 type = storm_event_log_get_type_id (storm_monitor_get_log (self->monitor), row);
  GPtrArray *stickies = storm_matcher_match (storm_monitor_get_matcher (self->monitor), type,
                                             NULL);
  guint32 step = stickies->len > 0
                 ? storm_rule_set_find_step (rules, g_ptr_array_index (stickies, 0))
                 : STORM_NO_STEP;

  return step != STORM_NO_STEP
         ? g_hash_table_lookup (self->by_step, GUINT_TO_POINTER (step + 1)) : NULL;
}

/* "A; B or C": what the trace still waits for. */
static char *
dup_waits (StormRuleSet     *rules,
           StormTraceReport *report)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < report->open->len; i++)
    {
      const StormOpenStep *step = &g_array_index (report->open, StormOpenStep, i);
      g_autofree char *names =
        storm_rule_set_list_words (rules, storm_rule_set_get_rule (rules, step->rule)->outcomes);

      g_string_append_printf (words, "%s%s", i > 0 ? "; " : "", names);
    }
  return g_string_free (words, FALSE);
}

static void
add_open (StormFailures      *self,
          StormFailureKind   *kind,
          StormTraceReport   *report,
          const StormFinding *finding,
          StormTrace         *trace)
{
  StormRuleSet *rules =
    storm_conformance_get_rules (storm_monitor_get_conformance (self->monitor));
  gboolean waits = report->open->len > 0;
  StormTime due = waits ? g_array_index (report->open, StormOpenStep, 0).due : finding->time;
  gboolean overdue = !waits || g_array_index (report->open, StormOpenStep, 0).overdue;
  StormOpenFailure *open;

  kind->n_open++;
  kind->n_overdue += overdue;
  if (kind->oldest == STORM_TIME_NONE || finding->time < kind->oldest)
    kind->oldest = finding->time;
  if (kind->open->len >= STORM_MAX_OPEN_FAILURES)
    return;
  open = g_new0 (StormOpenFailure, 1);
  open->key = g_strdup (storm_trace_get_key (trace));
  open->row = finding->row;
  open->since = finding->time;
  open->due = due;
  open->overdue = overdue;
  open->waits_for = waits ? dup_waits (rules, report) : NULL;
  g_ptr_array_add (kind->open, open);
}

static void
look_at (StormFailures *self,
         StormTrace    *trace)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  g_autoptr (StormTraceReport) report = storm_trace_report_new (conformance, trace);

  for (guint i = 0; i < report->findings->len; i++)
    {
      const StormFinding *finding = g_ptr_array_index (report->findings, i);
      StormFailureKind *kind;

      if (finding->kind != STORM_FINDING_FAILED || finding->end == STORM_FAILURE_MADE_GOOD)
        continue;
      kind = find_kind (self, finding->row);
      if (kind == NULL)
        continue;
      if (finding->end == STORM_FAILURE_COMPENSATED)
        kind->n_compensated++;
      else if (finding->end == STORM_FAILURE_FINAL)
        kind->n_final++;
      else
        add_open (self, kind, report, finding, trace);
    }
}

static int
compare_open (gconstpointer a,
              gconstpointer b)
{
  const StormOpenFailure *x = *(StormOpenFailure * const *) a;
  const StormOpenFailure *y = *(StormOpenFailure * const *) b;

  if (x->overdue != y->overdue)
    return x->overdue ? -1 : 1;
  if (x->since != y->since)
    return x->since < y->since ? -1 : 1;
  return strcmp (x->key, y->key);
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  const StormFailureKind *x = *(StormFailureKind * const *) a;
  const StormFailureKind *y = *(StormFailureKind * const *) b;

  if (x->n_overdue != y->n_overdue)
    return x->n_overdue > y->n_overdue ? -1 : 1;
  if (x->n_open != y->n_open)
    return x->n_open > y->n_open ? -1 : 1;
  return g_utf8_collate (x->name, y->name);
}

static void
end (StormFailures *self)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      StormFailureKind *kind = g_ptr_array_index (self->found, i);

      g_ptr_array_sort (kind->open, compare_open);
    }
  g_ptr_array_sort (self->found, compare_kinds);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  self->kinds = g_steal_pointer (&self->found);
  g_hash_table_remove_all (self->by_step);
  g_clear_pointer (&self->places, g_array_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What was begun is about rows or rules that are no more. */
static void
forget (StormFailures *self)
{
  g_clear_pointer (&self->places, g_array_unref);
}

static void
storm_failures_dispose (GObject *object)
{
  StormFailures *self = STORM_FAILURES (object);

  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_failures_parent_class)->dispose (object);
}

static void
storm_failures_finalize (GObject *object)
{
  StormFailures *self = STORM_FAILURES (object);

  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->by_step, g_hash_table_unref);
  G_OBJECT_CLASS (storm_failures_parent_class)->finalize (object);
}

static void
storm_failures_class_init (StormFailuresClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_failures_dispose;
  object_class->finalize = storm_failures_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_failures_init (StormFailures *self)
{
  self->kinds = g_ptr_array_new_with_free_func (kind_free);
  self->by_step = g_hash_table_new (NULL, NULL);
}

StormFailures *
storm_failures_new (StormMonitor *monitor)
{
  StormFailures *self;
  StormRuleSet *rules;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_FAILURES, NULL);
  self->monitor = g_object_ref (monitor);
  rules = storm_conformance_get_rules (storm_monitor_get_conformance (monitor));
  g_signal_connect_object (rules, "changed", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_log (monitor), "cleared", G_CALLBACK (forget), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_log (monitor), "remapped", G_CALLBACK (forget), self,
                           G_CONNECT_SWAPPED);
  return self;
}

gboolean
storm_failures_work (StormFailures *self,
                     gint64         budget)
{
  StormTraceIndex *index;
  gint64 began = g_get_monotonic_time ();

  g_return_val_if_fail (STORM_IS_FAILURES (self), TRUE);

  index = storm_monitor_get_index (self->monitor);
  storm_rule_set_update (storm_conformance_get_rules (
                           storm_monitor_get_conformance (self->monitor)));
  if (self->places == NULL)
    begin (self);
  while (self->next < self->places->len)
    {
      g_autoptr (StormTrace) trace =
        storm_trace_index_dup_trace (index, g_array_index (self->places, guint32, self->next++));

      look_at (self, trace);
      if (g_get_monotonic_time () - began >= budget && self->next < self->places->len)
        return FALSE;
    }
  end (self);
  return TRUE;
}

GPtrArray *
storm_failures_get_kinds (StormFailures *self)
{
  g_return_val_if_fail (STORM_IS_FAILURES (self), NULL);

  return self->kinds;
}

guint
storm_failures_count_open (StormFailures *self)
{
  guint n = 0;

  g_return_val_if_fail (STORM_IS_FAILURES (self), 0);

  for (guint i = 0; i < self->kinds->len; i++)
    n += ((StormFailureKind *) g_ptr_array_index (self->kinds, i))->n_open;
  return n;
}
