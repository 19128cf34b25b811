#pragma once

#include "storm-time.h"

G_BEGIN_DECLS

/**
 * StormWatermark:
 *
 * How far the order of events is final (kafka-and-events §4 of the reference): the lowest, over all
 * partitions that still deliver, of the last event's time less the allowed lateness. A partition
 * holds it back from ASSIGNED until its first event; one that is caught up and idle for longer than
 * the lateness, or ended, doesn't. When none holds it back it follows the newest event, and a
 * lateness after the last arrival, or at once when all partitions ended, everything is settled.
 * Never goes back. An event is settled when its time lies below the watermark.
 */
typedef struct _StormWatermark StormWatermark;

/** STORM_LATENESS_DEFAULT: 2 s. */
#define STORM_LATENESS_DEFAULT (2 * STORM_TIME_SECOND)

StormWatermark *storm_watermark_new       (gint64          lateness);
void            storm_watermark_free      (StormWatermark *self);

/* What happened to a partition. Each returns whether that changed anything: a partition reaches its
 * end after every event while it is quiet, and only the first time counts. */
gboolean        storm_watermark_assigned  (StormWatermark *self,
                                           guint32         topic,
                                           gint32          partition);
gboolean        storm_watermark_caught_up (StormWatermark *self,
                                           guint32         topic,
                                           gint32          partition);
gboolean        storm_watermark_ended     (StormWatermark *self,
                                           guint32         topic,
                                           gint32          partition);
/**
 * storm_watermark_event:
 * @now: the wall clock at arrival
 *
 * Returns: whether the event is late: its time lies below the watermark as it was
 */
gboolean        storm_watermark_event     (StormWatermark *self,
                                           guint32         topic,
                                           gint32          partition,
                                           StormTime       time,
                                           StormTime       now);
/** storm_watermark_get: the watermark at @now; %STORM_TIME_NONE before anything is settled. */
StormTime       storm_watermark_get       (StormWatermark *self,
                                           StormTime       now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormWatermark, storm_watermark_free)

G_END_DECLS
