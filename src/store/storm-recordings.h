#pragma once

#include "storm-db.h"
#include "storm-record.h"

G_BEGIN_DECLS

/**
 * storm_recordings_keep:
 * @db: a connection of the calling thread
 * @others: (nullable): stops the copying too
 *
 * Copies all records of @reader into the board, in slices so short that a gesture in between hardly
 * waits. It becomes a recording with the last of them; whatever stops it before leaves none.
 *
 * Returns: the recording's id, or -1 with an error
 */
gint64             storm_recordings_keep   (StormDb            *db,
                                            StormRecordReader  *reader,
                                            const char         *title,
                                            GCancellable       *cancellable,
                                            GCancellable       *others,
                                            GError            **error);

/** storm_recordings_remove: the rows of recording @id, in slices; whoever calls holds nothing. */
gboolean           storm_recordings_remove (StormDb            *db,
                                            gint64              id,
                                            GError            **error);

/**
 * storm_recording_reader_new:
 * @path: of the board file
 * @writable: whether that may be written; then the reader, if it is closed last, brings what stands
 *   in the log into the file
 */
StormRecordReader *storm_recording_reader_new (const char  *path,
                                               gboolean     writable,
                                               gint64       id,
                                               GError     **error);

G_END_DECLS
