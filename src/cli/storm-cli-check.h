#pragma once

#include "storm-monitor.h"
#include "storm-trace-report.h"

G_BEGIN_DECLS

/** StormCliVerdict: a trace and what was found in it. @key is %NULL for records without one. */
typedef struct
{
  const char       *key;
  StormTraceReport *report;
} StormCliVerdict;

/** StormCliEach: called for one trace after the other, those with the most trouble first. */
typedef void (*StormCliEach) (const StormCliVerdict *verdict,
                              gpointer               user_data);

void  storm_cli_check_each  (StormMonitor *monitor,
                             StormCliEach  each,
                             gpointer      user_data);

/* (transfer full): the whole result as JSON, as JUnit's XML. */
char *storm_cli_check_json  (StormMonitor *monitor);
char *storm_cli_check_junit (StormMonitor *monitor,
                             const char   *board);

G_END_DECLS
