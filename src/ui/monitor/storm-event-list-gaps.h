#pragma once

#include "storm-event-log.h"
#include "storm-event-view.h"

G_BEGIN_DECLS

/**
 * StormEventListGaps:
 *
 * The rows of the event list that stand for what is missing: each in front of the event behind it,
 * as far as that one is shown, and at the end those behind which nothing has come yet. Counts
 * places (of events) and positions (of rows of the list).
 */
typedef struct _StormEventListGaps StormEventListGaps;

StormEventListGaps *storm_event_list_gaps_new    (StormEventLog      *log,
                                                  StormEventView     *view);
void                storm_event_list_gaps_free   (StormEventListGaps *self);

/** storm_event_list_gaps_count_before: how many stand in front of events before @place. */
guint    storm_event_list_gaps_count_before      (StormEventListGaps *self,
                                                  guint               place);
/** storm_event_list_gaps_splice: @removed events at @place went and @added came; %FALSE for @look:
 * without asking the view which of these have gaps. */
void     storm_event_list_gaps_splice            (StormEventListGaps *self,
                                                  guint               place,
                                                  guint               removed,
                                                  guint               added,
                                                  gboolean            look);
/** storm_event_list_gaps_get_n: those in front of events. */
guint    storm_event_list_gaps_get_n             (StormEventListGaps *self);
/**
 * storm_event_list_gaps_find:
 * @place: (out): the event at @position, or the one behind the gap there
 *
 * Returns: (transfer none) (nullable): the gap at @position
 */
const StormEventGap *storm_event_list_gaps_find  (StormEventListGaps *self,
                                                  guint               position,
                                                  guint              *place);

/** storm_event_list_gaps_set_open: shows those at the end, or not; how many there were before. */
guint    storm_event_list_gaps_set_open          (StormEventListGaps *self,
                                                  gboolean            shown);
guint    storm_event_list_gaps_get_n_open        (StormEventListGaps *self);
const StormEventGap *storm_event_list_gaps_get_open (StormEventListGaps *self,
                                                     guint               i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormEventListGaps, storm_event_list_gaps_free)

G_END_DECLS
