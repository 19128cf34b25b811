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
