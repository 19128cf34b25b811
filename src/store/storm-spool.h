#pragma once

#include "storm-batch.h"
#include "storm-db.h"

G_BEGIN_DECLS

/**
 * StormSpoolDir:
 *
 * A folder of one capture, with a lock that vanishes with its process. The lock is a file of its
 * own, because closing a descriptor of the database would drop SQLite's locks.
 */
typedef struct _StormSpoolDir StormSpoolDir;

/** storm_spool_dir_new: @parent: made when missing; what dead processes left in it is removed. */
StormSpoolDir *storm_spool_dir_new      (const char     *parent,
                                         GError        **error);
/** storm_spool_dir_free: removes the folder; all connections are closed before. */
void           storm_spool_dir_free     (StormSpoolDir  *self);
const char    *storm_spool_dir_get_file (StormSpoolDir  *self);

/** storm_spool_create: an empty spool at @path, and the connection that writes it. */
StormDb       *storm_spool_create       (const char     *path,
                                         GError        **error);

#define STORM_SPOOL_COLUMNS "row, topic, partition, offset, time, record"

/**
 * StormSpoolRow:
 * @place: of the packed record in the bytes that were fetched
 *
 * A row that was fetched from a spool.
 */
typedef struct
{
  gint64 row;
  gint64 topic;
  gint64 offset;
  gint64 time;
  gsize  place;
  gsize  len;
  gint32 partition;
} StormSpoolRow;

/** storm_spool_row_fetch: adds the row at which @stmt stands, which selects %STORM_SPOOL_COLUMNS:
 * its record to @bytes, the rest to @rows (of StormSpoolRow). */
void           storm_spool_row_fetch    (sqlite3_stmt        *stmt,
                                         GArray              *rows,
                                         GByteArray          *bytes);
/** storm_spool_row_read: into @view, which is good as long as @bytes is; %FALSE when the file was
 * changed. */
gboolean       storm_spool_row_read     (const StormSpoolRow *row,
                                         const GByteArray    *bytes,
                                         StormStrings        *topics,
                                         StormRecordView     *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormSpoolDir, storm_spool_dir_free)

G_END_DECLS
