#pragma once

#include "storm-board.h"
#include "storm-event-log.h"
#include "storm-matcher.h"
#include "storm-trace-index.h"

G_BEGIN_DECLS

/** StormBadge: one number on a sticky. Hollow when it is provisional. */
typedef struct
{
  guint32  n;
  guint32  row;
  gboolean provisional;
  gboolean late;
} StormBadge;

/**
 * StormOverlaySticky:
 * @badges: (array length=n_badges): with a chosen key, every occurrence, in order
 * @lit: the sticky lies on the path of the chosen trace
 * @count: without a chosen key, events of this sticky so far
 * @latest_n: without a chosen key, the latest event's place in the overall order, 0 for none
 * @latest_row: its row
 * @latest_provisional: that place may still change
 * @latest_arrival: monotonic µs of its arrival, for the pulse; 0 for none
 * @rate: without a chosen key, events a second, smoothed over the last seconds
 */
typedef struct
{
  const StormBadge *badges;
  guint             n_badges;
  gboolean          lit;
  guint64           count;
  guint64           latest_n;
  guint32           latest_row;
  gboolean          latest_provisional;
  gint64            latest_arrival;
  double            rate;
} StormOverlaySticky;

#define STORM_TYPE_OVERLAY (storm_overlay_get_type ())

/**
 * StormOverlay:
 *
 * What the monitor shows on the board: for each sticky its numbers or counts, which stickies and
 * flows the chosen trace has passed. Knows no widget. Signal `changed` (GPtrArray *ids): the ids of
 * stickies and flows that look different now, or %NULL for all. Main thread.
 *
 * The lit path: between the sticky of each event and those of the events after it, the shortest way
 * over flows whose inner stickies are no events; and back from each event, the commands, policies,
 * read models and actors that lead to it without passing another event.
 */
G_DECLARE_FINAL_TYPE (StormOverlay, storm_overlay, STORM, OVERLAY, GObject)

/**
 * storm_overlay_get_sticky:
 *
 * Returns: (transfer none) (nullable): %NULL when nothing is to be shown on it; valid until
 *   `changed`
 */
const StormOverlaySticky *storm_overlay_get_sticky (StormOverlay *self,
                                                    const char   *sticky_id);
gboolean                  storm_overlay_get_flow_lit (StormOverlay *self,
                                                      const char   *flow_id);
/** storm_overlay_has_key: a trace is chosen: what is not lit is drawn dimmed. */
gboolean                  storm_overlay_has_key    (StormOverlay *self);

G_END_DECLS
