#include "config.h"

#include "storm-flow-times.h"

#include "storm-conformance-private.h"
#include "storm-flow-parts.h"
#include "storm-step-spans.h"

/* From one look at the rules to the next, µs. */
#define UPDATE_INTERVAL (G_TIME_SPAN_SECOND / 2)

/* Steps of a longer trace are not compared with each other. */
#define MAX_COMPARED 500

/* A flow as a part of one rule. */
typedef struct
{
  guint32        rule;
  StormFlowPart *part;
} FlowUse;

typedef struct
{
  char          *id;
  GArray        *uses;     /* of FlowUse */
  StormFlowStats stats;
  gboolean       is_dirty;
} FlowEntry;

/* What is known of a rule; nothing until its first case. */
typedef struct
{
  guint32    n_changes;
  GPtrArray *parts;        /* StormFlowPart */
} RuleEntry;

struct _StormFlowTimes
{
  GObject           parent_instance;

  StormMonitor     *monitor;
  StormConformance *conformance;
  StormTrace       *trace;         /* the chosen one */
  gboolean          trace_changed;

  guint             generation;    /* of the rules in @rules */
  gboolean          is_stale;      /* flows came or went */
  GArray           *rules;         /* of RuleEntry */
  GHashTable       *flows;         /* id → FlowEntry */
  GPtrArray        *dirty;         /* FlowEntry whose stats are to be made anew */
  gint64            updated;       /* monotonic */
  StormQuantile    *sum;

  GArray           *steps;         /* of StormStepSpan */
  GHashTable       *spans;         /* id → StormFlowSpans */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFlowTimes, storm_flow_times, G_TYPE_OBJECT)

static void
flow_entry_free (gpointer data)
{
  FlowEntry *entry = data;

  g_array_unref (entry->uses);
  g_free (entry->id);
  g_free (entry);
}

static void
rule_entry_clear (gpointer data)
{
  g_clear_pointer (&((RuleEntry *) data)->parts, g_ptr_array_unref);
}

static void
forget (StormFlowTimes *self)
{
  g_ptr_array_set_size (self->dirty, 0);
  g_hash_table_remove_all (self->flows);
  g_array_set_size (self->rules, 0);
  g_array_set_size (self->rules, storm_rule_set_get_n_rules (
                                   storm_conformance_get_rules (self->conformance)));
  self->is_stale = FALSE;
  self->trace_changed = TRUE;
}

/* Learns over which flows @rule leads. */
static RuleEntry *
ensure_rule (StormFlowTimes *self,
             guint32         rule)
{
  RuleEntry *entry = &g_array_index (self->rules, RuleEntry, rule);

  if (entry->parts != NULL)
    return entry;
  entry->parts = storm_rule_set_list_parts (storm_conformance_get_rules (self->conformance), rule);
  for (guint i = 0; i < entry->parts->len; i++)
    {
      StormFlowPart *part = g_ptr_array_index (entry->parts, i);
      FlowEntry *flow = g_hash_table_lookup (self->flows, part->flow_id);
      FlowUse use = { rule, part };

      if (flow == NULL)
        {
          flow = g_new0 (FlowEntry, 1);
          flow->id = g_strdup (part->flow_id);
          flow->uses = g_array_new (FALSE, FALSE, sizeof (FlowUse));
          g_hash_table_insert (self->flows, flow->id, flow);
        }
      g_array_append_val (flow->uses, use);
    }
  return entry;
}

static void
make_dirty (StormFlowTimes *self,
            RuleEntry      *entry)
{
  for (guint i = 0; i < entry->parts->len; i++)
    {
      StormFlowPart *part = g_ptr_array_index (entry->parts, i);
      FlowEntry *flow = g_hash_table_lookup (self->flows, part->flow_id);

      if (flow->is_dirty)
        continue;
      flow->is_dirty = TRUE;
      g_ptr_array_add (self->dirty, flow);
    }
}

static void
find_dirty (StormFlowTimes *self)
{
  for (guint32 i = 0; i < self->rules->len; i++)
    {
      guint32 n = storm_conformance_get_n_changes (self->conformance, i);
      RuleEntry *entry = &g_array_index (self->rules, RuleEntry, i);

      if (n == entry->n_changes)
        continue;
      entry = ensure_rule (self, i);
      entry->n_changes = n;
      make_dirty (self, entry);
    }
}

/* Whether everything that the rule counts goes over the flow. */
static gboolean
takes_all (StormFlowTimes *self,
           const FlowUse  *use)
{
  StormRuleSet *rules = storm_conformance_get_rules (self->conformance);

  return !storm_passages_is_split (storm_conformance_get_passages (self->conformance),
                                   use->rule) ||
         (use->part->input == STORM_ANY_INPUT &&
          use->part->outcomes->len == storm_rule_set_get_rule (rules, use->rule)->outcomes->len);
}

static void
add_passages (StormFlowTimes *self,
              const FlowUse  *use)
{
  StormRuleSet *rules = storm_conformance_get_rules (self->conformance);
  StormPassages *passages = storm_conformance_get_passages (self->conformance);
  const StormRule *rule = storm_rule_set_get_rule (rules, use->rule);
  guint n_inputs = storm_rule_set_get_reaction (rules, rule->reaction)->inputs->len;

  for (guint i = 0; i < n_inputs; i++)
    for (guint k = 0; k < rule->outcomes->len; k++)
      {
        StormQuantile *quantile = storm_flow_part_takes (use->part, i, k)
                                  ? storm_passages_get (passages, use->rule, i, k) : NULL;

        if (quantile != NULL)
          storm_quantile_merge (self->sum, quantile);
      }
}

static void
set_stats (FlowEntry     *flow,
           StormQuantile *quantile)
{
  flow->stats.n = storm_quantile_get_n (quantile);
  flow->stats.p50 = storm_quantile_get (quantile, 0.5);
  flow->stats.p95 = storm_quantile_get (quantile, 0.95);
}

static void
update_flow (StormFlowTimes *self,
             FlowEntry      *flow)
{
  FlowUse *first = &g_array_index (flow->uses, FlowUse, 0);
  StormQuantile *only;

  flow->is_dirty = FALSE;
  flow->stats.labelled = FALSE;
  for (guint i = 0; i < flow->uses->len; i++)
    flow->stats.labelled |= g_array_index (flow->uses, FlowUse, i).part->labelled;
  if (flow->uses->len == 1 && takes_all (self, first))
    {
      only = storm_conformance_get_quantile (self->conformance, first->rule);
      if (only != NULL)
        set_stats (flow, only);
      return;
    }
  storm_quantile_clear (self->sum);
  for (guint i = 0; i < flow->uses->len; i++)
    {
      FlowUse *use = &g_array_index (flow->uses, FlowUse, i);

      only = storm_conformance_get_quantile (self->conformance, use->rule);
      if (!takes_all (self, use))
        add_passages (self, use);
      else if (only != NULL)
        storm_quantile_merge (self->sum, only);
    }
  set_stats (flow, self->sum);
}

static void
add_span (StormFlowTimes      *self,
          const char          *flow_id,
          const StormStepSpan *step)
{
  StormFlowSpans *spans = g_hash_table_lookup (self->spans, flow_id);

  if (spans == NULL)
    {
      spans = g_new0 (StormFlowSpans, 1);
      spans->shortest = G_MAXINT64;
      spans->longest = G_MININT64;
      g_hash_table_insert (self->spans, g_strdup (flow_id), spans);
    }
  spans->n++;
  spans->shortest = MIN (spans->shortest, step->span);
  spans->longest = MAX (spans->longest, step->span);
  spans->n_skewed += storm_step_span_is_skew (step, storm_monitor_get_log (self->monitor));
  spans->before = step->before;
  spans->after = step->after;
}

/* Whether the trace went all its ways over the rule from the same event to the same one. */
static gboolean
is_only_way (StormFlowTimes      *self,
             const StormStepSpan *step)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      StormStepSpan *other = &g_array_index (self->steps, StormStepSpan, i);

      if (other->rule == step->rule &&
          (other->input != step->input || other->outcome != step->outcome))
        return FALSE;
    }
  return TRUE;
}

/* Whether a label behind the parting of the ways tells of it. */
static gboolean
is_told_behind (GPtrArray           *parts,
                const StormStepSpan *step)
{
  for (guint i = 0; i < parts->len; i++)
    {
      StormFlowPart *part = g_ptr_array_index (parts, i);

      if (part->labelled && part->input == STORM_ANY_INPUT &&
          storm_flow_part_takes (part, step->input, step->outcome))
        return TRUE;
    }
  return FALSE;
}

/* Where the trace went one way, on its longest flow; else where all traces would be told apart:
 * behind the parting, or before the ways come together. */
static void
place_step (StormFlowTimes      *self,
            const StormStepSpan *step,
            gboolean             is_only)
{
  RuleEntry *entry = ensure_rule (self, step->rule);
  gboolean behind = is_told_behind (entry->parts, step);

  for (guint i = 0; i < entry->parts->len; i++)
    {
      StormFlowPart *part = g_ptr_array_index (entry->parts, i);

      if (!storm_flow_part_takes (part, step->input, step->outcome))
        continue;
      if (is_only || (part->labelled && (part->input == STORM_ANY_INPUT) == behind))
        {
          add_span (self, part->flow_id, step);
          return;
        }
    }
}

static void
update_spans (StormFlowTimes *self)
{
  StormMoment moment;
  gboolean at_moment = storm_monitor_get_moment (self->monitor, &moment);

  self->trace_changed = FALSE;
  g_hash_table_remove_all (self->spans);
  g_array_set_size (self->steps, 0);
  if (self->trace == NULL)
    return;
  g_array_unref (self->steps);
  self->steps = storm_conformance_list_spans (self->conformance, self->trace,
                                              at_moment ? &moment : NULL);
  for (guint i = 0; i < self->steps->len; i++)
    {
      StormStepSpan *step = &g_array_index (self->steps, StormStepSpan, i);

      place_step (self, step, self->steps->len <= MAX_COMPARED && is_only_way (self, step));
    }
}

static void
on_trace_changed (StormFlowTimes *self)
{
  self->trace_changed = TRUE;
}

static void
find_trace (StormFlowTimes *self)
{
  const char *key = storm_monitor_get_key (self->monitor);
  StormTrace *trace = key != NULL
                      ? storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key)
                      : NULL;

  if (trace == self->trace)
    return;
  if (self->trace != NULL)
    g_signal_handlers_disconnect_by_data (self->trace, self);
  g_set_object (&self->trace, trace);
  if (trace != NULL)
    g_signal_connect_swapped (trace, "changed", G_CALLBACK (on_trace_changed), self);
  self->trace_changed = TRUE;
}

/* Makes what was learned of the rules agree with them. */
static gboolean
check_rules (StormFlowTimes *self)
{
  guint generation = storm_conformance_get_generation (self->conformance);

  if (generation == self->generation && !self->is_stale)
    return FALSE;
  self->generation = generation;
  forget (self);
  return TRUE;
}

static gboolean
update_trace (StormFlowTimes *self)
{
  find_trace (self);
  if (!self->trace_changed)
    return FALSE;
  update_spans (self);
  return TRUE;
}

static gboolean
update_stats (StormFlowTimes *self,
              guint           slice)
{
  guint n = MIN (self->dirty->len, slice);

  for (guint i = 0; i < n; i++)
    update_flow (self, g_ptr_array_index (self->dirty, i));
  if (n > 0)
    g_ptr_array_remove_range (self->dirty, 0, n);
  return n > 0;
}

static void
on_flushed (StormFlowTimes *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean changed = check_rules (self);

  changed |= update_trace (self);
  if (changed || now - self->updated >= UPDATE_INTERVAL || now < self->updated)
    {
      self->updated = now;
      find_dirty (self);
    }
  changed |= update_stats (self, STORM_FLOW_TIMES_SLICE);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chosen (StormFlowTimes *self)
{
  self->trace_changed = TRUE;
  storm_flow_times_update (self, FALSE);
}

static void
on_updated (StormFlowTimes        *self,
            const StormBoardDelta *delta)
{
  if (delta->n_listed[STORM_OBJECT_FLOW] > 0)
    self->is_stale = TRUE;
}

static void
storm_flow_times_finalize (GObject *object)
{
  StormFlowTimes *self = STORM_FLOW_TIMES (object);

  if (self->trace != NULL)
    g_signal_handlers_disconnect_by_data (self->trace, self);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->spans, g_hash_table_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->dirty, g_ptr_array_unref);
  g_clear_pointer (&self->flows, g_hash_table_unref);
  g_clear_pointer (&self->rules, g_array_unref);
  g_clear_pointer (&self->sum, storm_quantile_free);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_flow_times_parent_class)->finalize (object);
}

static void
storm_flow_times_class_init (StormFlowTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_flow_times_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_flow_times_init (StormFlowTimes *self)
{
  self->rules = g_array_new (FALSE, TRUE, sizeof (RuleEntry));
  g_array_set_clear_func (self->rules, rule_entry_clear);
  self->flows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, flow_entry_free);
  self->dirty = g_ptr_array_new ();
  self->sum = storm_quantile_new ();
  self->steps = g_array_new (FALSE, FALSE, sizeof (StormStepSpan));
  self->spans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

StormFlowTimes *
storm_flow_times_new (StormMonitor *monitor)
{
  StormFlowTimes *self;
  StormBoard *board;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_FLOW_TIMES, NULL);
  self->monitor = g_object_ref (monitor);
  self->conformance = storm_monitor_get_conformance (monitor);
  board = storm_monitor_get_board (monitor);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (on_flushed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "notify::key", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "moment-changed", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  storm_flow_times_update (self, FALSE);
  return self;
}

void
storm_flow_times_update (StormFlowTimes *self,
                         gboolean        all)
{
  gboolean changed;

  g_return_if_fail (STORM_IS_FLOW_TIMES (self));

  changed = check_rules (self);
  changed |= update_trace (self);
  find_dirty (self);
  changed |= update_stats (self, all ? G_MAXUINT : STORM_FLOW_TIMES_SLICE);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

const StormFlowStats *
storm_flow_times_get_stats (StormFlowTimes *self,
                            const char     *flow_id)
{
  FlowEntry *entry;

  g_return_val_if_fail (STORM_IS_FLOW_TIMES (self), NULL);
  g_return_val_if_fail (flow_id != NULL, NULL);

  entry = g_hash_table_lookup (self->flows, flow_id);
  return entry != NULL && entry->stats.n > 0 ? &entry->stats : NULL;
}

const StormFlowSpans *
storm_flow_times_get_spans (StormFlowTimes *self,
                            const char     *flow_id)
{
  g_return_val_if_fail (STORM_IS_FLOW_TIMES (self), NULL);
  g_return_val_if_fail (flow_id != NULL, NULL);

  return g_hash_table_lookup (self->spans, flow_id);
}

GArray *
storm_flow_times_get_steps (StormFlowTimes *self)
{
  g_return_val_if_fail (STORM_IS_FLOW_TIMES (self), NULL);

  return self->steps;
}

gboolean
storm_flow_times_get_range (StormFlowTimes *self,
                            StormFlowStats *least,
                            StormFlowStats *most)
{
  GHashTableIter iter;
  gpointer value;
  gboolean any = FALSE;

  g_return_val_if_fail (STORM_IS_FLOW_TIMES (self), FALSE);
  g_return_val_if_fail (least != NULL && most != NULL, FALSE);

  g_hash_table_iter_init (&iter, self->flows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const StormFlowStats *stats = &((FlowEntry *) value)->stats;

      if (stats->n == 0)
        continue;
      if (!any)
        *least = *most = *stats;
      least->n = MIN (least->n, stats->n);
      least->p50 = MIN (least->p50, stats->p50);
      least->p95 = MIN (least->p95, stats->p95);
      most->n = MAX (most->n, stats->n);
      most->p50 = MAX (most->p50, stats->p50);
      most->p95 = MAX (most->p95, stats->p95);
      any = TRUE;
    }
  return any;
}
