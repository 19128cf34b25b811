#pragma once

#include "storm-trace-index.h"

G_BEGIN_DECLS

/* What the index and its StormTrace objects know of each other. */

StormTrace    *storm_trace_new             (StormTraceIndex *index,
                                            guint32          place,
                                            guint32          key_id);
/** storm_trace_detach: the index forgets its events; the trace is empty from now on. */
void           storm_trace_detach          (StormTrace      *self);
/** storm_trace_settle: whether numbers that somebody read as provisional may be settled now. */
gboolean       storm_trace_settle          (StormTrace      *self);
void           storm_trace_emit_changed    (StormTrace      *self);

/** storm_trace_index_get_place: of the trace of @key_id; %FALSE when it has none. */
gboolean       storm_trace_index_get_place (StormTraceIndex *self,
                                            guint32          key_id,
                                            guint32         *place);
/** storm_trace_index_dup_trace: (transfer full): the trace at @place. */
StormTrace    *storm_trace_index_dup_trace (StormTraceIndex *self,
                                            guint32          place);
StormEventLog *storm_trace_index_get_log   (StormTraceIndex *self);
/** storm_trace_index_get_rows: (transfer none): the rows of the trace at @place, in order. */
const guint32 *storm_trace_index_get_rows  (StormTraceIndex *self,
                                            guint32          place,
                                            guint           *n_rows,
                                            guint           *n_repeats);
void           storm_trace_index_forget    (StormTraceIndex *self,
                                            guint32          place);

G_END_DECLS
