#include "config.h"

#include "storm-file-guard.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "storm-error.h"

/* A byte that SQLite neither locks (0x40000000 to 0x400001ff) nor minds being locked. */
#define LOCK_OFFSET 0x40000400

typedef struct
{
  guint64 dev;
  guint64 ino;
  guint   n_guards;
  int     fd;               /* to read from */
  int     write_fd;         /* holds the lock, or -1 */
  GArray *more_fds;         /* to be closed with the last guard */
} OpenFile;

struct _StormFileGuard
{
  OpenFile        *file;
  StormGuardState  state;
};

static GMutex mutex;
static GPtrArray *open_files;

static OpenFile *
find (const struct stat *st)
{
  for (guint i = 0; open_files != NULL && i < open_files->len; i++)
    {
      OpenFile *file = g_ptr_array_index (open_files, i);

      if (file->dev == (guint64) st->st_dev && file->ino == (guint64) st->st_ino)
        return file;
    }
  return NULL;
}

static void
close_file (OpenFile *file)
{
  g_ptr_array_remove_fast (open_files, file);
  for (guint i = 0; i < file->more_fds->len; i++)
    close (g_array_index (file->more_fds, int, i));
  g_array_unref (file->more_fds);
  if (file->fd >= 0)
    close (file->fd);
  g_free (file);
}

/* O_NONBLOCK: opening a pipe that was named like a board must not wait for its other end. */
static int
open_fd (const char *path,
         int         mode)
{
  return open (path, mode | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

static OpenFile *
get_file (const char  *path,
          GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  struct stat st;
  OpenFile *file;
  int fd;

  if (stat (path, &st) == 0 && (file = find (&st)) != NULL)
    return file;

  fd = open_fd (path, O_RDONLY);
  if (fd < 0 || fstat (fd, &st) != 0)
    {
      int saved = errno;

      if (fd >= 0)
        close (fd);
      g_set_error (error, STORM_ERROR,
                   saved == ENOENT || saved == ENOTDIR ? STORM_ERROR_NOT_FOUND : STORM_ERROR_IO,
                   _("“%s” can't be opened: %s."), name, g_strerror (saved));
      return NULL;
    }
  if (!S_ISREG (st.st_mode))
    {
      close (fd);
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is not a board: it is not an ordinary file."), name);
      return NULL;
    }
  file = find (&st);
  if (file != NULL)
    {
      g_array_append_val (file->more_fds, fd);
      return file;
    }
  file = g_new0 (OpenFile, 1);
  file->dev = st.st_dev;
  file->ino = st.st_ino;
  file->fd = fd;
  file->write_fd = -1;
  file->more_fds = g_array_new (FALSE, FALSE, sizeof (int));
  if (open_files == NULL)
    open_files = g_ptr_array_new ();
  g_ptr_array_add (open_files, file);
  return file;
}

static StormGuardState
try_lock (OpenFile   *file,
          const char *path)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_OFFSET,
                        .l_len = 1 };
  struct stat st;
  int fd;

  if (file->write_fd >= 0)
    return STORM_GUARD_BUSY;
  fd = open_fd (path, O_RDWR);
  if (fd < 0)
    return STORM_GUARD_DENIED;
  g_array_append_val (file->more_fds, fd);
  if (fstat (fd, &st) != 0 || (guint64) st.st_ino != file->ino || (guint64) st.st_dev != file->dev)
    return STORM_GUARD_BUSY;
  if (fcntl (fd, F_OFD_SETLK, &lock) != 0)
    return errno == EAGAIN || errno == EACCES ? STORM_GUARD_BUSY : STORM_GUARD_NO_LOCKS;
  file->write_fd = fd;
  return STORM_GUARD_WRITER;
}

StormFileGuard *
storm_file_guard_new (const char  *path,
                      gboolean     want_write,
                      GError     **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  OpenFile *file = get_file (path, error);
  StormFileGuard *self;

  if (file == NULL)
    return NULL;
  self = g_new0 (StormFileGuard, 1);
  self->file = file;
  self->state = want_write ? try_lock (file, path) : STORM_GUARD_READER;
  file->n_guards++;
  return self;
}

void
storm_file_guard_free (StormFileGuard *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  OpenFile *file = self->file;

  if (self->state == STORM_GUARD_WRITER)
    {
      struct flock lock = { .l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = LOCK_OFFSET,
                            .l_len = 1 };

      fcntl (file->write_fd, F_OFD_SETLK, &lock);
      file->write_fd = -1;
    }
  if (--file->n_guards == 0)
    close_file (file);
  g_free (self);
}

StormGuardState
storm_file_guard_get_state (StormFileGuard *self)
{
  return self->state;
}

gsize
storm_file_guard_read (StormFileGuard *self,
                       guint8         *data,
                       gsize           len)
{
  gssize n;

  do
    n = pread (self->file->fd, data, len, 0);
  while (n < 0 && errno == EINTR);
  return n < 0 ? 0 : (gsize) n;
}

goffset
storm_file_guard_get_size (StormFileGuard *self)
{
  struct stat st;

  return fstat (self->file->fd, &st) == 0 ? st.st_size : 0;
}

gboolean
storm_file_guard_is_written (const char *path)
{
  g_autoptr (StormFileGuard) guard = storm_file_guard_new (path, TRUE, NULL);

  return guard != NULL && guard->state == STORM_GUARD_BUSY;
}
