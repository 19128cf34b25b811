#include "config.h"

#include "storm-overlay-marks.h"

/* What a report says, put to the stickies that it is about. */

typedef struct
{
  StormTraceMarks *marks;
  StormRuleSet    *rules;
  StormMatcher    *matcher;
  StormEventLog   *log;
  GHashTable      *ghosts_by_row;   /* row + 1 → StormGhost, of all of its rows */
} Marking;

static void
ghost_free (gpointer data)
{
  StormGhost *ghost = data;

  g_free (ghost->name);
  g_free (ghost->after_id);
  g_free (ghost);
}

static void
mark_sticky (Marking           *marking,
             StormObject       *sticky,
             StormOverlayMarks  mark)
{
  const char *id = storm_object_get_id (sticky);
  guint marks = GPOINTER_TO_UINT (g_hash_table_lookup (marking->marks->stickies, id));

  g_hash_table_insert (marking->marks->stickies, g_strdup (id), GUINT_TO_POINTER (marks | mark));
}

static GPtrArray *
stickies_of (Marking *marking,
             guint32  row)
{
  return storm_matcher_match (marking->matcher,
                              storm_event_log_get_type_id (marking->log, row), NULL);
}

static void
mark_row (Marking           *marking,
          guint32            row,
          StormOverlayMarks  mark)
{
  GPtrArray *stickies;

  if (row == STORM_NO_ROW)
    return;
  stickies = stickies_of (marking, row);
  for (guint i = 0; i < stickies->len; i++)
    mark_sticky (marking, g_ptr_array_index (stickies, i), mark);
}

/* Where a ghost stands: behind the event before it, or where a ghost before it stands. */
static const char *
find_place (Marking *marking,
            guint32  after_row)
{
  StormGhost *before;
  GPtrArray *stickies;

  if (after_row == STORM_NO_ROW)
    return NULL;
  stickies = stickies_of (marking, after_row);
  if (stickies->len > 0)
    return storm_object_get_id (g_ptr_array_index (stickies, 0));
  before = g_hash_table_lookup (marking->ghosts_by_row, GUINT_TO_POINTER (after_row + 1));
  return before != NULL ? before->after_id : NULL;
}

static StormGhost *
find_ghost (Marking    *marking,
            const char *name,
            const char *after_id)
{
  for (guint i = 0; i < marking->marks->ghosts->len; i++)
    {
      StormGhost *ghost = g_ptr_array_index (marking->marks->ghosts, i);

      if (g_str_equal (ghost->name, name) && g_strcmp0 (ghost->after_id, after_id) == 0)
        return ghost;
    }
  return NULL;
}

static void
add_ghost (Marking            *marking,
           const StormFinding *finding)
{
  const char *name = storm_event_log_get_type_name (marking->log, finding->row);
  const char *after_id = find_place (marking, finding->after_row);
  StormGhost *ghost = find_ghost (marking, name, after_id);

  if (ghost == NULL)
    {
      if (marking->marks->ghosts->len >= STORM_MAX_GHOSTS)
        return;
      ghost = g_new0 (StormGhost, 1);
      ghost->name = g_strdup (name);
      ghost->after_id = g_strdup (after_id);
      ghost->row = finding->row;
      ghost->n = finding->n;
      g_ptr_array_add (marking->marks->ghosts, ghost);
    }
  ghost->count++;
  g_hash_table_insert (marking->ghosts_by_row, GUINT_TO_POINTER (finding->row + 1), ghost);
}

static void
mark_finding (Marking            *marking,
              const StormFinding *finding)
{
  switch (finding->kind)
    {
    case STORM_FINDING_UNEXPECTED:
      if (stickies_of (marking, finding->row)->len == 0)
        add_ghost (marking, finding);
      else
        mark_row (marking, finding->row, STORM_MARK_UNEXPECTED);
      break;
    case STORM_FINDING_OUT_OF_ORDER:
      mark_row (marking, finding->row, STORM_MARK_EARLY);
      break;
    case STORM_FINDING_MISSING_NEXT:
      mark_row (marking, finding->after_row, STORM_MARK_STUCK);
      break;
    case STORM_FINDING_FAILED:
      mark_row (marking, finding->row, STORM_MARK_FAILED);
      if (finding->end == STORM_FAILURE_COMPENSATED)
        mark_row (marking, finding->row, STORM_MARK_COMPENSATED);
      break;
    case STORM_FINDING_UNCOMPENSATED:
      mark_row (marking, finding->row != STORM_NO_ROW ? finding->row : finding->after_row,
                STORM_MARK_UNCOMPENSATED);
      break;
    case STORM_FINDING_REPEATED:
      mark_row (marking, finding->row, STORM_MARK_REPEATED);
      break;
    case STORM_FINDING_UNDECODABLE:
      /* Nobody knows of which event it is. */
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_failure (StormRuleSet *rules,
            guint32       step)
{
  return storm_rule_set_get_step (rules, step)->fail_of != STORM_NO_STEP;
}

/* As in the sentences, failures are expected only where there is nothing else. */
static void
mark_open (Marking             *marking,
           const StormOpenStep *open)
{
  GArray *outcomes = storm_rule_set_get_rule (marking->rules, open->rule)->outcomes;
  StormOverlayMarks mark = STORM_MARK_EXPECTED;
  gboolean any = FALSE;

  if (open->overdue)
    mark |= STORM_MARK_OVERDUE;
  for (guint i = 0; i < outcomes->len && !any; i++)
    any = !is_failure (marking->rules, g_array_index (outcomes, guint32, i));
  for (guint i = 0; i < outcomes->len; i++)
    {
      guint32 id = g_array_index (outcomes, guint32, i);
      const StormStep *step = storm_rule_set_get_step (marking->rules, id);

      for (guint k = 0; k < step->stickies->len && any != is_failure (marking->rules, id); k++)
        mark_sticky (marking, g_ptr_array_index (step->stickies, k), mark);
    }
}

StormTraceMarks *
storm_trace_marks_new (StormTraceReport *report,
                       StormRuleSet     *rules,
                       StormMatcher     *matcher,
                       StormEventLog    *log)
{
  Marking marking = { NULL, rules, matcher, log, NULL };

  g_return_val_if_fail (report != NULL, NULL);
  g_return_val_if_fail (STORM_IS_RULE_SET (rules), NULL);
  g_return_val_if_fail (STORM_IS_MATCHER (matcher), NULL);
  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);

  marking.marks = g_new0 (StormTraceMarks, 1);
  marking.marks->stickies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  marking.marks->ghosts = g_ptr_array_new_with_free_func (ghost_free);
  marking.ghosts_by_row = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < report->findings->len; i++)
    mark_finding (&marking, g_ptr_array_index (report->findings, i));
  for (guint i = 0; i < report->open->len; i++)
    mark_open (&marking, &g_array_index (report->open, StormOpenStep, i));
  g_hash_table_unref (marking.ghosts_by_row);
  return marking.marks;
}

void
storm_trace_marks_free (StormTraceMarks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->stickies);
  g_ptr_array_unref (self->ghosts);
  g_free (self);
}

static gboolean
same_stickies (GHashTable *a,
               GHashTable *b)
{
  GHashTableIter iter;
  gpointer id;
  gpointer marks;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &id, &marks))
    if (g_hash_table_lookup (b, id) != marks)
      return FALSE;
  return TRUE;
}

gboolean
storm_trace_marks_equal (StormTraceMarks *a,
                         StormTraceMarks *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (!same_stickies (a->stickies, b->stickies) || a->ghosts->len != b->ghosts->len)
    return FALSE;
  for (guint i = 0; i < a->ghosts->len; i++)
    {
      const StormGhost *x = g_ptr_array_index (a->ghosts, i);
      const StormGhost *y = g_ptr_array_index (b->ghosts, i);

      if (x->row != y->row || x->n != y->n || x->count != y->count ||
          !g_str_equal (x->name, y->name) || g_strcmp0 (x->after_id, y->after_id) != 0)
        return FALSE;
    }
  return TRUE;
}
