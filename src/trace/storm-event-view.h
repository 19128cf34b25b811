#pragma once

#include "storm-event-log.h"
#include "storm-matcher.h"
#include "storm-row-filter.h"

G_BEGIN_DECLS

/**
 * StormEventFilter:
 * @key: (nullable): only events with this correlation key
 * @type: (nullable): only this event type, letter by letter
 * @text: (nullable): only events that hold this text (type, key, headers, payload), case ignored
 * @expression: (nullable): only events for which this expression of jq is true
 * @unmatched_only: only events whose type has no sticky
 * @undecodable_only: only events whose type could not be read
 */
typedef struct
{
  const char *key;
  const char *type;
  const char *text;
  const char *expression;
  gboolean    unmatched_only;
  gboolean    undecodable_only;
} StormEventFilter;

#define STORM_TYPE_EVENT_VIEW (storm_event_view_get_type ())

/**
 * StormEventView:
 *
 * The rows of the event list: those of the log that pass a filter, in the order in which the events
 * happened (not that of arrival), repeats behind their first. Row ids only; filters use the trace's
 * posting list where they can. Signal `items-changed` (guint position, guint removed, guint added),
 * at most once a frame; what stands inside `added` may have been there before. Signal `renumbered`
 * (guint position), after it: the numbers of the rows from @position on, or whether they are
 * provisional, may be others now. GObject property `scanning` (boolean, notifies): a text filter is
 * still at work on older events, and rows are added as it finds them. Signal `expression-changed`:
 * there is something new about storm_event_view_get_expression(). Main thread.
 */
G_DECLARE_FINAL_TYPE (StormEventView, storm_event_view, STORM, EVENT_VIEW, GObject)

void     storm_event_view_set_filter (StormEventView         *self,
                                      const StormEventFilter *filter);
/**
 * storm_event_view_get_expression:
 *
 * The list takes an expression in place of the one before when it is compiled; one that is refused
 * hides nothing.
 *
 * Returns: (transfer none) (nullable): the one that was asked for last
 */
StormRowFilter *storm_event_view_get_expression (StormEventView *self);
guint    storm_event_view_get_n      (StormEventView *self);
guint32  storm_event_view_get_row    (StormEventView *self,
                                      guint           position);
/** storm_event_view_is_filtered: whether anything is asked for, so that events may be hidden. */
gboolean storm_event_view_is_filtered (StormEventView *self);
/** storm_event_view_find: the position of @row, or %FALSE when the filter hides it. O(log n). */
gboolean storm_event_view_find       (StormEventView *self,
                                      guint32         row,
                                      guint          *position);
/** storm_event_view_get_number: what the list's first column shows: the number in the chosen trace,
 * or without one the place in the overall order; 0 for a repeat. */
guint64  storm_event_view_get_number (StormEventView *self,
                                      guint           position,
                                      gboolean       *provisional);

G_END_DECLS
