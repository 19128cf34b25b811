#pragma once

/* What storm-monitor-controller.c and storm-monitor-jobs.c share, and how others report. */

#include "storm-capture.h"
#include "storm-frame-pump.h"
#include "storm-monitor-controller.h"

G_BEGIN_DECLS

struct _StormMonitorController
{
  GObject          parent_instance;

  StormBoardFile  *file;
  StormMonitor    *monitor;
  StormFramePump  *pump;
  StormSource     *source;
  StormBatchQueue *queue;
  StormMapping    *mapping;
  StormFieldDrift *drift;
  StormCapture    *capture;
  StormBatch      *current;     /* the batch that the log is taking */
  GCancellable    *cancellable;
  guint32          n_shown;     /* of the log's rows, those that the monitor has told of */
  gint64           shown;       /* when it did so last, monotonic */
  guint            second_id;
  guint            mapping_id;
  guint            n_jobs;
  gboolean         capturing;
  gboolean         paused;
};

/* A job began (1) or ended (-1). */
void storm_monitor_controller_add_job (StormMonitorController *self,
                                       int                     delta);
void storm_monitor_controller_fail    (StormMonitorController *self,
                                       GError                 *error);
void storm_monitor_controller_done    (StormMonitorController *self,
                                       const char             *words);

G_END_DECLS
