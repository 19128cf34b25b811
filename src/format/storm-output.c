#include "config.h"

#include "storm-output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "storm-error.h"

struct _StormOutput
{
  GCancellable *cancellable;
  GByteArray   *memory;      /* NULL for files */
  char         *name;        /* as the user wrote it */
  char         *path;        /* where it must be in the end; NULL for devices */
  char         *temporary;
  int           fd;
  guint64       written;
  guint64       limit;
  char         *limit_sentence;
  GError       *error;
};

static void
storm_output_set_errno (GError     **error,
                        const char  *name,
                        int          code)
{
  switch (code)
    {
    case ENOSPC:
    case EFBIG:
    case EDQUOT:
      g_set_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE,
                   _("“%s” could not be written, because there is no space left. Nothing was "
                     "kept of it; make room, or choose another place."), name);
      break;

    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY,
                   _("“%s” can't be written, because that place may only be read. Choose another "
                     "one."), name);
      break;

    case ENOENT:
      g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                   _("“%s” can't be written, because its folder does not exist."), name);
      break;

    default:
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("“%s” could not be written: %s"), name,
                   g_strerror (code));
      break;
    }
}

/* Beside the target: a rename only works within one file system. */
static gboolean
storm_output_open_beside (StormOutput  *self,
                          mode_t        mode,
                          GError      **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  self->temporary = g_build_filename (folder, ".stormwatch-XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      int code = errno;

      g_clear_pointer (&self->temporary, g_free);
      storm_output_set_errno (error, self->name, code);
      return FALSE;
    }
  /* Who could read the old file may read the new one; where nobody can say so, nobody is asked. */
  if (mode != 0 && fchmod (self->fd, mode) != 0)
    g_debug ("%s: %s", self->temporary, g_strerror (errno));
  return TRUE;
}

StormOutput *
storm_output_new_file (const char    *path,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (StormOutput) self = storm_output_new_memory (cancellable);
  struct stat info;
  mode_t mode = 0;

  g_return_val_if_fail (path != NULL, NULL);

  g_clear_pointer (&self->memory, g_byte_array_unref);
  self->name = g_strdup (path);
  if (stat (path, &info) == 0)
    {
      char *real;

      if (S_ISDIR (info.st_mode))
        {
          g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                       _("“%s” is a folder; give the name of a file."), path);
          return NULL;
        }
      if (!S_ISREG (info.st_mode))
        {
          self->fd = open (path, O_WRONLY | O_CLOEXEC);
          if (self->fd < 0)
            {
              storm_output_set_errno (error, path, errno);
              return NULL;
            }
          return g_steal_pointer (&self);
        }
      if (access (path, W_OK) != 0)
        {
          storm_output_set_errno (error, path, errno);
          return NULL;
        }
      mode = info.st_mode & 07777;
      /* A link stays one: its target is replaced. */
      real = realpath (path, NULL);
      self->path = g_strdup (real != NULL ? real : path);
      free (real);
    }
  else
    {
      self->path = g_strdup (path);
    }
  return storm_output_open_beside (self, mode, error) ? g_steal_pointer (&self) : NULL;
}

StormOutput *
storm_output_new_memory (GCancellable *cancellable)
{
  StormOutput *self = g_new0 (StormOutput, 1);

  self->fd = -1;
  self->limit = G_MAXUINT64;
  self->memory = g_byte_array_new ();
  if (cancellable != NULL)
    self->cancellable = g_object_ref (cancellable);
  return self;
}

void
storm_output_free (StormOutput *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_pointer (&self->memory, g_byte_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->limit_sentence);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

void
storm_output_set_limit (StormOutput *self,
                        guint64      limit,
                        const char  *sentence)
{
  self->limit = limit;
  g_free (self->limit_sentence);
  self->limit_sentence = g_strdup (sentence);
}

static gboolean
storm_output_write_file (StormOutput  *self,
                         const guint8 *data,
                         gsize         len)
{
  while (len > 0)
    {
      gssize n = write (self->fd, data, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          storm_output_set_errno (&self->error, self->name, n < 0 ? errno : EIO);
          return FALSE;
        }
      data += n;
      len -= n;
    }
  return TRUE;
}

gboolean
storm_output_write (StormOutput   *self,
                    gconstpointer  data,
                    gsize          len)
{
  if (self->error != NULL)
    return FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      self->error = g_error_new_literal (STORM_ERROR, STORM_ERROR_CANCELLED,
                                         _("The export was cancelled."));
      return FALSE;
    }
  if (len > self->limit || self->written > self->limit - len)
    {
      self->error = g_error_new_literal (STORM_ERROR, STORM_ERROR_LIMIT, self->limit_sentence);
      return FALSE;
    }
  self->written += len;
  if (self->memory != NULL)
    {
      if (len > G_MAXUINT - 1 - self->memory->len)
        {
          self->error = g_error_new_literal (STORM_ERROR, STORM_ERROR_LIMIT,
                                             _("The picture is too large for the memory."));
          return FALSE;
        }
      g_byte_array_append (self->memory, data, (guint) len);
      return TRUE;
    }
  return storm_output_write_file (self, data, len);
}

gboolean
storm_output_take_error (StormOutput  *self,
                         GError      **error)
{
  if (self->error == NULL)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return TRUE;
}

gboolean
storm_output_finish (StormOutput  *self,
                     GBytes      **bytes,
                     GError      **error)
{
  /* Looks at the cancellable once more. */
  if (!storm_output_write (self, "", 0))
    return !storm_output_take_error (self, error);
  if (self->memory != NULL)
    {
      if (bytes != NULL)
        *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->memory));
      return TRUE;
    }
  /* Some file systems say only now that they are full. */
  if (self->temporary != NULL && fsync (self->fd) != 0)
    {
      storm_output_set_errno (error, self->name, errno);
      return FALSE;
    }
  if (close (g_steal_fd (&self->fd)) != 0 ||
      (self->temporary != NULL && g_rename (self->temporary, self->path) != 0))
    {
      storm_output_set_errno (error, self->name, errno);
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}
