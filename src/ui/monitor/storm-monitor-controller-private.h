#pragma once

/* What storm-monitor-controller.c shares with -capture.c, -drift.c and storm-monitor-jobs.c, and
 * how others report. */

#include "storm-capture.h"
#include "storm-frame-pump.h"
#include "storm-monitor-controller.h"
#include "storm-trace-marker.h"

G_BEGIN_DECLS

struct _StormMonitorController
{
  GObject          parent_instance;

  StormBoardFile  *file;
  StormMonitor    *monitor;
  StormFramePump  *pump;
  StormMultiSource *source;
  StormBatchQueue *queue;
  StormMapping    *mapping;
  StormFieldDrift *drift;
  StormTraceMarker *marker;
  StormFlowTimes  *times;
  StormClocks     *clocks;
  StormComparison *comparison;
  StormCapture    *capture;
  StormBatch      *current;     /* the batch that the log is taking */
  GCancellable    *cancellable;
  guint32          n_shown;     /* of the log's rows, those that the monitor has told of */
  gint64           shown;       /* when it did so last, monotonic */
  double           memory_share;
  guint32          n_checked;   /* at so many rows the memory was looked at */
  guint            second_id;
  guint            mapping_id;
  guint            n_jobs;
  gboolean         capturing;
  gboolean         paused;
  gboolean         memory_full; /* that is why it is paused */
};

/* A job began (1) or ended (-1). */
void storm_monitor_controller_add_job (StormMonitorController *self,
                                       int                     delta);
void storm_monitor_controller_fail    (StormMonitorController *self,
                                       GError                 *error);
void storm_monitor_controller_done    (StormMonitorController *self,
                                       const char             *words);
void storm_monitor_controller_set_capturing (StormMonitorController *self,
                                             gboolean                capturing);

/* storm-monitor-capture.c: what comes is written to the disk; the log tells what came. */
void storm_monitor_controller_follow_log    (StormMonitorController *self);
void storm_monitor_controller_start_capture (StormMonitorController *self);
void storm_monitor_controller_stop_capture  (StormMonitorController *self);

/* storm-monitor-drift.c: what the board says of how events are read, and of their fields. */
void storm_monitor_controller_follow_board  (StormMonitorController *self);
/* Before a source starts: reads nothing again, reports what is wrong. */
void storm_monitor_controller_read_mapping  (StormMonitorController *self);
void storm_monitor_controller_end_mapping   (StormMonitorController *self);

G_END_DECLS
