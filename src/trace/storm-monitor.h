#pragma once

#include "storm-change.h"
#include "storm-conformance.h"
#include "storm-event-view.h"
#include "storm-moment.h"
#include "storm-overlay.h"
#include "storm-topic-rates.h"
#include "storm-trace-index.h"

G_BEGIN_DECLS

#define STORM_TYPE_MONITOR (storm_monitor_get_type ())

/**
 * StormMonitor:
 *
 * A monitoring session: one board, the events of its sources, the chosen correlation key and the
 * selected event. Everything that shows events binds to it, none of them to another. It knows no
 * source: whoever owns one pops its batches and hands them over. Main thread.
 *
 * GObject properties that notify: `key` (nullable string), `selected-row` (guint, %G_MAXUINT for
 * none), `n-events` (guint), `n-undecodable` (guint). Signal `flushed`: after a frame's batches
 * were taken, before the frame is drawn. Signal `moment-changed`: the board shows another moment.
 */
G_DECLARE_FINAL_TYPE (StormMonitor, storm_monitor, STORM, MONITOR, GObject)

StormMonitor    *storm_monitor_new          (StormBoard *board);

StormBoard      *storm_monitor_get_board    (StormMonitor *self);
StormStrings    *storm_monitor_get_strings  (StormMonitor *self);
StormEventLog   *storm_monitor_get_log      (StormMonitor *self);
StormTraceIndex *storm_monitor_get_index    (StormMonitor *self);
StormMatcher    *storm_monitor_get_matcher  (StormMonitor *self);
StormOverlay    *storm_monitor_get_overlay  (StormMonitor *self);
/** storm_monitor_get_view: (transfer none): the event list's rows. */
StormEventView  *storm_monitor_get_view     (StormMonitor *self);
/** storm_monitor_get_conformance: (transfer none): whether the traces do what the board says; its
 * clock is the caller's to set. */
StormConformance *storm_monitor_get_conformance (StormMonitor *self);
/** storm_monitor_get_rates: (transfer none): how fast what arrives, topic by topic. */
StormTopicRates *storm_monitor_get_rates    (StormMonitor *self);

/**
 * storm_monitor_take:
 *
 * Adds a batch to log and index. Cheap; call it for each batch of a frame, then
 * storm_monitor_flush() once.
 */
void             storm_monitor_take         (StormMonitor *self,
                                             StormBatch   *batch);
/**
 * storm_monitor_flush_board:
 *
 * Brings the overlay up to date, and the chosen trace, but not the lists, which cost more: in the
 * frames of a flood between those that call storm_monitor_flush(). Doesn't emit `flushed`.
 */
void             storm_monitor_flush_board  (StormMonitor *self);
/** storm_monitor_flush: brings order, overlay and list up to date and lets them signal. */
void             storm_monitor_flush        (StormMonitor *self);
/**
 * storm_monitor_tick:
 *
 * Once or twice a second while monitoring: settles what time alone settles, lets rates decay.
 */
void             storm_monitor_tick         (StormMonitor *self);
void             storm_monitor_clear        (StormMonitor *self);

const char      *storm_monitor_get_key      (StormMonitor *self);
/** storm_monitor_set_key: chooses a trace; %NULL or "" for the live stream. */
void             storm_monitor_set_key      (StormMonitor *self,
                                             const char   *key);
guint            storm_monitor_get_selected_row (StormMonitor *self);
void             storm_monitor_set_selected_row (StormMonitor *self,
                                                 guint         row);

/** storm_monitor_get_moment: %FALSE when nobody looks back: all that is known is shown. */
gboolean         storm_monitor_get_moment   (StormMonitor      *self,
                                             StormMoment       *moment);
/**
 * storm_monitor_set_moment:
 * @moment: (nullable): what had happened by then is shown; %NULL for all
 *
 * For #StormTimeline, which must have prepared it. Clearing the log, or reading it anew, ends it.
 */
void             storm_monitor_set_moment   (StormMonitor      *self,
                                             const StormMoment *moment);

/** StormUnmatched: an event type without a sticky. */
typedef struct
{
  guint32    type_id;
  guint64    count;
  guint32    last_row;
} StormUnmatched;

/** storm_monitor_get_unmatched: (transfer full) (element-type StormUnmatched): most frequent
 * first. */
GArray          *storm_monitor_get_unmatched (StormMonitor *self);

/**
 * storm_monitor_make_sticky:
 * @at: where its centre goes
 *
 * A change that makes an event sticky of an unmatched type: title from the type, topic, fields with
 * their JSON types from the latest payload, the field that gave the correlation key marked.
 *
 * Returns: (transfer full): the change, for storm_history_do()
 */
StormChange     *storm_monitor_make_sticky  (StormMonitor  *self,
                                             StormMapping  *mapping,
                                             guint32        type_id,
                                             StormPoint     at,
                                             char         **out_id);

G_END_DECLS
