#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

/**
 * StormTypeStat:
 * @count: events of this type so far, repeats not counted
 * @latest_row: the event that is last in order
 * @arrived_row: the event that arrived last
 * @arrival: monotonic µs of its arrival
 * @rate: events a second, smoothed over the last seconds
 */
typedef struct
{
  guint32  type_id;
  guint32  latest_row;
  guint32  arrived_row;
  guint64  count;
  gint64   arrival;
  double   rate;
  /*< private >*/
  guint    pending;
  gint64   rated_at;
  gboolean dirty;
} StormTypeStat;

/**
 * StormLiveStats:
 *
 * What the live stream has brought of each event type. Undecodable records have none. Main thread.
 */
typedef struct _StormLiveStats StormLiveStats;

StormLiveStats *storm_live_stats_new   (StormEventLog  *log);
void            storm_live_stats_free  (StormLiveStats *self);
void            storm_live_stats_clear (StormLiveStats *self);
/** storm_live_stats_take: rows that were just appended; @now is monotonic, in µs. */
void            storm_live_stats_take  (StormLiveStats *self,
                                        guint32         first_row,
                                        guint32         n_rows,
                                        gint64          now);
/**
 * storm_live_stats_update:
 *
 * Brings the rates up to @now.
 *
 * Returns: (transfer container) (element-type StormTypeStat): what changed since the last time
 */
GPtrArray      *storm_live_stats_update (StormLiveStats *self,
                                         gint64          now);
/** storm_live_stats_get_all: (transfer none) (element-type StormTypeStat): in order of arrival. */
GPtrArray      *storm_live_stats_get_all (StormLiveStats *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormLiveStats, storm_live_stats_free)

G_END_DECLS
