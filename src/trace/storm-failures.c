#include "config.h"

#include "storm-failures.h"

#include "storm-conformance-private.h"
#include "storm-trace-private.h"
#include "storm-trace-report.h"
#include "storm-troubles.h"

struct _StormFailures
{
  GObject       parent_instance;

  StormMonitor *monitor;
  GPtrArray    *kinds;      /* of StormFailureKind: what is said */
  StormMoment   moment;     /* as of which they are looked at */
  gboolean      is_past;
  GArray       *places;     /* of the traces that are being looked at; NULL before it begins */
  guint         next;       /* of them */
  GPtrArray    *found;      /* what will be said */
  GHashTable   *by_step;    /* step + 1 → StormFailureKind of @found */
  GHashTable   *by_type;    /* number of a type that isn't on the board → the same */
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

/* @of and @follows are taken. */
static StormFailureKind *
add_kind (StormFailures *self,
          const char    *name,
          char          *of,
          char          *follows)
{
  StormFailureKind *kind = g_new0 (StormFailureKind, 1);

  kind->name = g_strdup (name);
  kind->of = of;
  kind->follows = follows;
  kind->oldest = STORM_TIME_NONE;
  kind->open = g_ptr_array_new_with_free_func (open_free);
  g_ptr_array_add (self->found, kind);
  return kind;
}

static void
begin (StormFailures *self)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  StormRuleSet *rules = storm_conformance_get_rules (conformance);

  g_clear_pointer (&self->places, g_array_unref);
  self->is_past = storm_monitor_get_moment (self->monitor, &self->moment);
  self->places = storm_conformance_list_failed (conformance);
  self->next = 0;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_ptr_array_new_with_free_func (kind_free);
  g_hash_table_remove_all (self->by_step);
  g_hash_table_remove_all (self->by_type);
  for (guint32 i = 0; i < storm_rule_set_get_n_steps (rules); i++)
    {
      guint32 of = storm_rule_set_get_step (rules, i)->fail_of;
      StormFailureKind *kind;

      if (of == STORM_NO_STEP)
        continue;
      kind = add_kind (self, storm_rule_set_get_title (rules, i),
                       g_strdup (storm_rule_set_get_title (rules, of)), dup_follows (rules, i));
      g_hash_table_insert (self->by_step, GUINT_TO_POINTER (i + 1), kind);
    }
}

/* Of an event that says itself that it failed there is none before it happens. */
static StormFailureKind *
ensure_kind (StormFailures *self,
             guint32        row)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  guint32 step = storm_conformance_find_failed_step (conformance, row);
  gpointer key = step != STORM_NO_STEP ? GUINT_TO_POINTER (step + 1)
                                       : GUINT_TO_POINTER (storm_event_log_get_type_id (log, row));
  GHashTable *kinds = step != STORM_NO_STEP ? self->by_step : self->by_type;
  StormFailureKind *kind = g_hash_table_lookup (kinds, key);

  if (kind != NULL)
    return kind;
  kind = add_kind (self,
                   step != STORM_NO_STEP
                   ? storm_rule_set_get_title (storm_conformance_get_rules (conformance), step)
                   : storm_event_log_get_type_name (log, row), NULL, NULL);
  g_hash_table_insert (kinds, key, kind);
  return kind;
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

/* What became of it in a trace, by the last time that it happened there. */
static void
count_end (StormFailures      *self,
           StormFailureKind   *kind,
           StormTraceReport   *report,
           const StormFinding *finding,
           StormTrace         *trace)
{
  switch (finding->end)
    {
    case STORM_FAILURE_MADE_GOOD:
      kind->n_recovered++;
      break;
    case STORM_FAILURE_COMPENSATED:
      kind->n_compensated++;
      break;
    case STORM_FAILURE_FINAL:
      kind->n_final++;
      break;
    case STORM_FAILURE_OPEN:
    case STORM_FAILURE_BROKEN:
    default:
      add_open (self, kind, report, finding, trace);
      break;
    }
}

static void
look_at (StormFailures *self,
         StormTrace    *trace)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  g_autoptr (StormTraceReport) report =
    storm_trace_report_new_at (conformance, trace, self->is_past ? &self->moment : NULL);
  g_autoptr (GHashTable) counted = g_hash_table_new (NULL, NULL);

  for (guint i = report->findings->len; i > 0; i--)
    {
      const StormFinding *finding = g_ptr_array_index (report->findings, i - 1);
      StormFailureKind *kind;

      if (finding->kind != STORM_FINDING_FAILED)
        continue;
      kind = ensure_kind (self, finding->row);
      kind->n_events++;
      if (g_hash_table_add (counted, kind))
        count_end (self, kind, report, finding, trace);
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
  g_hash_table_remove_all (self->by_type);
  g_clear_pointer (&self->places, g_array_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What was begun is about rows or rules that are no more, or about another moment. */
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
  g_clear_pointer (&self->by_type, g_hash_table_unref);
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
  self->by_type = g_hash_table_new (NULL, NULL);
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
  g_signal_connect_object (monitor, "moment-changed", G_CALLBACK (forget), self,
                           G_CONNECT_SWAPPED);
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
