#pragma once

#include "storm-filter.h"

G_BEGIN_DECLS

/** StormCliFilter: --filter: leaves the events that match, and all marks, of each batch. */
typedef struct _StormCliFilter StormCliFilter;

StormCliFilter *storm_cli_filter_new  (const char      *expression,
                                       StormStrings    *strings,
                                       StormMapping    *mapping,
                                       GError         **error);
void            storm_cli_filter_free (StormCliFilter  *self);

/**
 * storm_cli_filter_take:
 * @filtered: (out) (transfer full) (nullable): %NULL when nothing is left
 */
gboolean        storm_cli_filter_take (StormCliFilter  *self,
                                       StormBatch      *batch,
                                       StormBatch     **filtered,
                                       GError         **error);

/** storm_cli_filter_tell: says on standard error for how many events the expression failed. */
void            storm_cli_filter_tell (StormCliFilter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormCliFilter, storm_cli_filter_free)

G_END_DECLS
