#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

#define STORM_TYPE_TRACE (storm_trace_get_type ())

/**
 * StormTrace:
 *
 * All events of one correlation key, in the order in which they happened. The objects are made when
 * somebody asks; the index itself keeps about 40 bytes a trace. A record whose type could not be
 * read belongs to no trace. When the index is cleared or its events are read anew, the object stays
 * empty; look the key up again. Signal `changed`: at most once a frame, it got events or their
 * numbers changed. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormTrace, storm_trace, STORM, TRACE, GObject)

/**
 * StormNumbered:
 * @n: 1, 2, … without gaps; 0 for a repeat, which follows the event that it repeats
 * @provisional: the number may still change: the event lies above the watermark
 */
typedef struct
{
  guint32  row;
  guint32  n;
  gboolean provisional;
} StormNumbered;

const char          *storm_trace_get_key       (StormTrace *self);
/** storm_trace_get_place: its position in the index; %FALSE when it is empty for good. */
gboolean             storm_trace_get_place     (StormTrace *self,
                                                guint32    *place);
/** storm_trace_get_n_events: repeats not counted. */
guint                storm_trace_get_n_events  (StormTrace *self);
guint                storm_trace_get_n_repeats (StormTrace *self);
/** storm_trace_get_last_row: the row that is last in order; %G_MAXUINT32 when it is empty. */
guint32              storm_trace_get_last_row  (StormTrace *self);
StormTime            storm_trace_get_first_time (StormTrace *self);
StormTime            storm_trace_get_last_time (StormTrace *self);
/** storm_trace_get_numbers: (transfer none) (array length=n): valid until the next batch. */
const StormNumbered *storm_trace_get_numbers   (StormTrace *self,
                                                guint      *n);

G_END_DECLS
