#include "config.h"

#include <glib/gi18n-lib.h>

#include "storm-trace-report.h"

StormFinding *
storm_undecodable_finding_new (StormEventLog *log,
                               guint32        row)
{
  StormFinding *self;
  g_autofree char *place = NULL;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);

  self = g_new0 (StormFinding, 1);
  self->kind = STORM_FINDING_UNDECODABLE;
  self->row = row;
  self->after_row = STORM_NO_ROW;
  self->rule = STORM_NO_RULE;
  self->time = storm_event_log_get_time (log, row);
  self->expected = g_new0 (char *, 1);
  place = g_strdup_printf ("%s/%d@%" G_GINT64_FORMAT, storm_event_log_get_topic (log, row),
                           storm_event_log_get_partition (log, row),
                           storm_event_log_get_offset (log, row));
  /* Translators: the place is topic/partition@offset. */
  self->words = g_strdup_printf (_("The record %s could not be decoded."), place);
  return self;
}

char *
storm_said_failure_words (StormEventLog *log,
                          guint32        row)
{
  const char *type;
  g_autofree char *place = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);

  type = storm_event_log_get_type_name (log, row);
  if (!storm_event_log_dup_failure (log, row, &place, &value))
    return g_strdup_printf (_("%s says that it failed."), type);
  /* Translators: an event, one of its fields, and what stands there. */
  return g_strdup_printf (_("%s says that it failed: %s is “%s”."), type, place, value);
}

void
storm_finding_free (StormFinding *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->expected);
  g_free (self->words);
  g_free (self);
}

const char *
storm_finding_kind_nick (StormFindingKind kind)
{
  static const char * const nicks[] = {
    [STORM_FINDING_UNEXPECTED] = "unexpected",
    [STORM_FINDING_OUT_OF_ORDER] = "out-of-order",
    [STORM_FINDING_MISSING_NEXT] = "missing-next",
    [STORM_FINDING_FAILED] = "failed",
    [STORM_FINDING_UNCOMPENSATED] = "uncompensated",
    [STORM_FINDING_REPEATED] = "repeated",
    [STORM_FINDING_UNDECODABLE] = "undecodable",
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (nicks), NULL);

  return nicks[kind];
}

/* The kind of finding that a state is about. */
static gboolean
names_state (StormTraceState  state,
             StormFinding    *finding)
{
  switch (state)
    {
    case STORM_TRACE_UNEXPECTED:
      return finding->kind == STORM_FINDING_UNEXPECTED;
    case STORM_TRACE_OUT_OF_ORDER:
      return finding->kind == STORM_FINDING_OUT_OF_ORDER;
    case STORM_TRACE_STUCK:
      return finding->kind == STORM_FINDING_MISSING_NEXT;
    case STORM_TRACE_UNCOMPENSATED:
      return finding->kind == STORM_FINDING_UNCOMPENSATED;
    case STORM_TRACE_FAILED:
    case STORM_TRACE_COMPENSATED:
      return finding->kind == STORM_FINDING_FAILED;
    case STORM_TRACE_CONFORMING:
    case STORM_TRACE_RUNNING:
    case STORM_N_TRACE_STATES:
    default:
      return TRUE;
    }
}

StormFinding *
storm_trace_report_get_first (StormTraceReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->findings->len; i++)
    {
      StormFinding *finding = g_ptr_array_index (self->findings, i);

      if (names_state (self->state, finding))
        return finding;
    }
  return NULL;
}
