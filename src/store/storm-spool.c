#include "config.h"

#include "storm-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "storm-error.h"

#define PREFIX "capture-"
#define LOCK_NAME "lock"
#define FILE_NAME "spool.db"
/* The last of STORM_SPOOL_COLUMNS. */
#define COLUMN_RECORD 5

struct _StormSpoolDir
{
  char *path;
  char *file;
  int   lock_fd;
};

static int
open_lock (const char *folder,
           int         flags)
{
  g_autofree char *path = g_build_filename (folder, LOCK_NAME, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1 };
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);

  if (fd >= 0 && fcntl (fd, F_OFD_SETLK, &lock) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

static void
remove_folder (const char *folder)
{
  static const char *names[] = { FILE_NAME, FILE_NAME "-wal", FILE_NAME "-shm",
                                 FILE_NAME "-journal", LOCK_NAME };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* A folder whose lock is free belonged to a process that is gone. */
static void
remove_leftovers (const char *parent)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (parent, name, NULL);
      int fd;

      if (!g_str_has_prefix (name, PREFIX))
        continue;
      fd = open_lock (folder, 0);
      if (fd < 0)
        continue;
      remove_folder (folder);
      close (fd);
    }
}

static gboolean
set_error (const char  *folder,
           GError     **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  int saved = errno;

  g_set_error (error, STORM_ERROR,
               saved == ENOSPC || saved == EDQUOT ? STORM_ERROR_NO_SPACE : STORM_ERROR_IO,
               _("Events can't be recorded: nothing can be written in “%s” (%s)."), name,
               g_strerror (saved));
  return FALSE;
}

StormSpoolDir *
storm_spool_dir_new (const char  *parent,
                     GError     **error)
{
  StormSpoolDir *self;
  char *path;
  int fd = -1;

  if (g_mkdir_with_parents (parent, 0700) != 0)
    {
      set_error (parent, error);
      return NULL;
    }
  remove_leftovers (parent);
  path = g_build_filename (parent, PREFIX "XXXXXX", NULL);
  if (g_mkdtemp_full (path, 0700) == NULL || (fd = open_lock (path, O_CREAT | O_EXCL)) < 0)
    {
      set_error (parent, error);
      g_rmdir (path);
      g_free (path);
      return NULL;
    }
  self = g_new0 (StormSpoolDir, 1);
  self->path = path;
  self->file = g_build_filename (path, FILE_NAME, NULL);
  self->lock_fd = fd;
  return self;
}

void
storm_spool_dir_free (StormSpoolDir *self)
{
  remove_folder (self->path);
  close (self->lock_fd);
  g_free (self->path);
  g_free (self->file);
  g_free (self);
}

const char *
storm_spool_dir_get_file (StormSpoolDir *self)
{
  return self->file;
}

StormDb *
storm_spool_create (const char  *path,
                    GError     **error)
{
  g_autoptr (StormDb) db = storm_db_open (path, STORM_DB_CREATE, error);

  /* A spool doesn't outlive its process: the disk need never be waited for. */
  if (db == NULL ||
      !storm_db_exec (db,
                      "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
                      "PRAGMA wal_autocheckpoint=2000;"
                      "CREATE TABLE spool (row INTEGER PRIMARY KEY, topic INTEGER NOT NULL,"
                      " partition INTEGER NOT NULL, offset INTEGER NOT NULL,"
                      " time INTEGER NOT NULL, record BLOB NOT NULL)", error))
    return NULL;
  return g_steal_pointer (&db);
}

void
storm_spool_row_fetch (sqlite3_stmt *stmt,
                       GArray       *rows,
                       GByteArray   *bytes)
{
  gconstpointer record = sqlite3_column_blob (stmt, COLUMN_RECORD);
  StormSpoolRow row = {
    .row = sqlite3_column_int64 (stmt, 0),
    .topic = sqlite3_column_int64 (stmt, 1),
    .partition = sqlite3_column_int (stmt, 2),
    .offset = sqlite3_column_int64 (stmt, 3),
    .time = sqlite3_column_int64 (stmt, 4),
    .place = bytes->len,
    .len = sqlite3_column_bytes (stmt, COLUMN_RECORD),
  };

  if (row.len > 0)
    g_byte_array_append (bytes, record, row.len);
  g_array_append_val (rows, row);
}

gboolean
storm_spool_row_read (const StormSpoolRow *row,
                      const GByteArray    *bytes,
                      StormStrings        *topics,
                      StormRecordView     *view)
{
  if (row->topic < 0 || row->topic >= storm_strings_get_n (topics) ||
      !storm_record_unpack (bytes->data + row->place, row->len, view))
    return FALSE;
  view->record.topic = storm_strings_get (topics, row->topic);
  view->record.partition = row->partition;
  view->record.offset = row->offset;
  view->record.broker_time = row->time;
  return TRUE;
}
