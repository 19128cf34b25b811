#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StormGuardState: whether the file may be written.
 * @STORM_GUARD_READER: was not asked for
 * @STORM_GUARD_WRITER: this guard is the only one in the world that writes
 * @STORM_GUARD_BUSY: somebody else, or another window of this process, writes it
 * @STORM_GUARD_DENIED: the file's permissions or its medium don't allow it
 * @STORM_GUARD_NO_LOCKS: the file system can't promise that nobody else writes
 */
typedef enum
{
  STORM_GUARD_READER,
  STORM_GUARD_WRITER,
  STORM_GUARD_BUSY,
  STORM_GUARD_DENIED,
  STORM_GUARD_NO_LOCKS,
} StormGuardState;

/**
 * StormFileGuard:
 *
 * One writer a file, by a lock that vanishes with its process. Everything that opens a board file
 * holds one as long as it has a connection: POSIX drops all of a process's locks on a file, also
 * SQLite's, when any descriptor of the file is closed, so the descriptors of a file are shared and
 * closed only with the last guard. Any thread.
 */
typedef struct _StormFileGuard StormFileGuard;

StormFileGuard *storm_file_guard_new       (const char      *path,
                                            gboolean         want_write,
                                            GError         **error);
/** storm_file_guard_free: before this, all connections to the file that it guards are closed. */
void            storm_file_guard_free      (StormFileGuard  *self);
StormGuardState storm_file_guard_get_state (StormFileGuard  *self);
/** storm_file_guard_read: the first bytes of the file, @len of them at most. */
gsize           storm_file_guard_read      (StormFileGuard  *self,
                                            guint8          *data,
                                            gsize            len);
goffset         storm_file_guard_get_size  (StormFileGuard  *self);
/** storm_file_guard_is_written: whether the file is open for writing, here or elsewhere. */
gboolean        storm_file_guard_is_written (const char     *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormFileGuard, storm_file_guard_free)

G_END_DECLS
