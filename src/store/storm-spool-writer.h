#pragma once

#include "storm-batch.h"

G_BEGIN_DECLS

/**
 * StormSpoolWriter:
 *
 * The thread that writes a spool. It calls back in the main context of whoever made it.
 */
typedef struct _StormSpoolWriter StormSpoolWriter;

/**
 * StormSpoolProgress:
 * @n_rows: rows below this are on disk
 * @error: (nullable): why writing has ended
 */
typedef void (*StormSpoolProgress) (guint32       n_rows,
                                    const GError *error,
                                    gpointer      user_data);

StormSpoolWriter *storm_spool_writer_new    (const char          *path,
                                             StormStrings        *topics,
                                             StormSpoolProgress   progress,
                                             gpointer             user_data,
                                             GError             **error);
/** storm_spool_writer_free: stops without writing what is still waiting; no more progress. */
void              storm_spool_writer_free   (StormSpoolWriter    *self);
void              storm_spool_writer_append (StormSpoolWriter    *self,
                                             StormBatch          *batch,
                                             guint32              first_row);
/** storm_spool_writer_clear: forgets all rows; what was appended before is not reported any
 * more. */
void              storm_spool_writer_clear  (StormSpoolWriter    *self);
/** storm_spool_writer_flush: waits until all is on disk; reports it before it returns. */
gboolean          storm_spool_writer_flush  (StormSpoolWriter    *self,
                                             GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormSpoolWriter, storm_spool_writer_free)

G_END_DECLS
