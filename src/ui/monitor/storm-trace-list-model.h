#pragma once

#include <gio/gio.h>

#include "storm-past.h"

G_BEGIN_DECLS

/** STORM_SHOW_ALL, STORM_SHOW_TROUBLED: what to show instead of the traces of one state. */
#define STORM_SHOW_ALL (-1)
#define STORM_SHOW_TROUBLED (-2)

#define STORM_TYPE_TRACE_LIST_MODEL (storm_trace_list_model_get_type ())

/**
 * StormTraceListModel:
 *
 * The traces as people look for them, and only those whose key holds a text, or that are in a
 * certain state: first those in trouble, the worst first and of equal ones the one that was seen
 * first; then the others, of which the one that began last comes first. A #GListModel of
 * #StormTrace. Follows the conformance: once a flush.
 *
 * Signal `reordering`: so many of the rows are about to change that who looks for one of them in
 * the list should rather forget it, and find it again afterwards.
 */
G_DECLARE_FINAL_TYPE (StormTraceListModel, storm_trace_list_model, STORM, TRACE_LIST_MODEL, GObject)

StormTraceListModel *storm_trace_list_model_new      (StormTraceIndex     *index,
                                                      StormConformance    *conformance);
/** storm_trace_list_model_set_past: once: while somebody looks back, the states are those of @past,
 * and traces that had not begun are left out. */
void                 storm_trace_list_model_set_past (StormTraceListModel *self,
                                                      StormPast           *past);
/** storm_trace_list_model_set_text: @text: (nullable): ASCII case is ignored; %NULL shows all. */
void                 storm_trace_list_model_set_text (StormTraceListModel *self,
                                                      const char          *text);
/** storm_trace_list_model_set_show: a #StormTraceState, %STORM_SHOW_ALL or %STORM_SHOW_TROUBLED. */
void                 storm_trace_list_model_set_show (StormTraceListModel *self,
                                                      int                  show);
/** storm_trace_list_model_find: the position of the trace of @key; %G_MAXUINT when it isn't
 * shown. */
guint                storm_trace_list_model_find     (StormTraceListModel *self,
                                                      const char          *key);
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
