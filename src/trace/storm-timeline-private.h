#pragma once

/* What storm-timeline.c and storm-timeline-moment.c share. */

#include "storm-order.h"
#include "storm-time-window.h"
#include "storm-timeline.h"
#include "storm-type-rows.h"

G_BEGIN_DECLS

struct _StormTimeline
{
  GObject        parent_instance;

  StormMonitor  *monitor;
  StormEventLog *log;
  StormOrder    *order;       /* the monitor's */
  StormTrace    *trace;       /* of the monitor's key */
  StormTypeRows *types;
  guint          fill_id;
  guint          n_told;
  gboolean       ready;

  StormTimeWindow window;

  gboolean       playing;
  double         speed;
};

/** storm_timeline_row_at: of the records that are on it. */
guint32 storm_timeline_row_at       (StormTimeline     *self,
                                     guint              position);
/** storm_timeline_count_at: how many of them have happened by @moment. */
guint   storm_timeline_count_at     (StormTimeline     *self,
                                     const StormMoment *moment);
void    storm_timeline_set_playing  (StormTimeline     *self,
                                     gboolean           playing);
void    storm_timeline_emit_changed (StormTimeline     *self);

G_END_DECLS
