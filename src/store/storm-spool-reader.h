#pragma once

#include "storm-gap-book.h"
#include "storm-record.h"
#include "storm-spool.h"

G_BEGIN_DECLS

/**
 * storm_spool_reader_new:
 * @path: of the spool
 * @end_row: rows from this one on are not read
 * @gaps: what was missing in front of which row; copied
 *
 * Returns: (transfer full): the records in the order of their rows; for one thread at a time, which
 *   need not be the one that made it
 */
StormRecordReader *storm_spool_reader_new (const char    *path,
                                           StormStrings  *topics,
                                           guint32        end_row,
                                           StormGapBook  *gaps,
                                           GError       **error);

G_END_DECLS
