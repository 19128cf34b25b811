#pragma once

#include <gio/gio.h>

#include "storm-trace-index.h"

G_BEGIN_DECLS

#define STORM_TYPE_TRACE_LIST_MODEL (storm_trace_list_model_get_type ())

/**
 * StormTraceListModel:
 *
 * The traces as people look for them: the one that began last comes first, and only those whose key
 * holds a text. A #GListModel of #StormTrace.
 */
G_DECLARE_FINAL_TYPE (StormTraceListModel, storm_trace_list_model, STORM, TRACE_LIST_MODEL, GObject)

StormTraceListModel *storm_trace_list_model_new      (StormTraceIndex     *index);
/** storm_trace_list_model_set_text: @text: (nullable): ASCII case is ignored; %NULL shows all. */
void                 storm_trace_list_model_set_text (StormTraceListModel *self,
                                                      const char          *text);
/**
 * storm_trace_list_model_complete:
 * @max: how many at most
 *
 * Returns: (transfer full): keys that hold @text, those that begin with it first, then newest
 *   first; looks at the newest 20,000 traces
 */
char               **storm_trace_list_model_complete (StormTraceIndex     *index,
                                                      const char          *text,
                                                      guint                max);

G_END_DECLS
