#include "config.h"

#include "storm-line-stream-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-error.h"

#define CHUNK (256 * 1024)

struct _StormLineStream
{
  GInputStream *stream;
  char         *name;
  guint64       line;
  gboolean      at_end;        /* of the text */

  GConverter   *inflate;       /* NULL for plain text */
  gboolean      inflating;     /* inside of a gzip member */
  guint8       *packed;        /* what was read and not inflated yet */
  gsize         packed_start;
  gsize         packed_end;
  gboolean      packed_at_end;
  gboolean      starved;       /* what is packed is too little to go on with */

  char         *text;
  gsize         size;
  gsize         start;         /* of the next line */
  gsize         searched;      /* no line end before here */
  gsize         end;
};

StormLineStream *
storm_line_stream_new (GInputStream *stream,
                       const char   *name)
{
  StormLineStream *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (StormLineStream, 1);
  self->stream = g_object_ref (stream);
  self->name = g_strdup (name);
  self->packed = g_malloc (CHUNK);
  self->size = CHUNK;
  self->text = g_malloc (self->size);

  return self;
}

void
storm_line_stream_free (StormLineStream *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->stream);
  g_free (self->name);
  g_clear_object (&self->inflate);
  g_free (self->packed);
  g_free (self->text);
  g_free (self);
}

static gboolean
read_error (StormLineStream  *self,
            GError           *cause,
            GError          **error)
{
  g_autoptr (GError) owned = cause;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, STORM_ERROR, STORM_ERROR_CANCELLED, _("Reading “%s” was stopped."),
                 self->name);
  else if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
           g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                 _("“%s” is damaged after line %llu: its gzip data can’t be unpacked any further. "
                   "Fetch the file again."), self->name, (unsigned long long) self->line);
  else
    g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                 _("“%s” could not be read after line %llu: %s."), self->name,
                 (unsigned long long) self->line, owned->message);
  return FALSE;
}

/* Reads at least one byte more into the packed buffer, unless the stream is at its end. */
static gboolean
fill_packed (StormLineStream  *self,
             GCancellable     *cancellable,
             GError          **error)
{
  GError *local = NULL;
  gssize n;

  memmove (self->packed, self->packed + self->packed_start, self->packed_end - self->packed_start);
  self->packed_end -= self->packed_start;
  self->packed_start = 0;
  if (self->packed_at_end || self->packed_end == CHUNK)
    return TRUE;

  /* A stream in memory would not look. */
  if (g_cancellable_set_error_if_cancelled (cancellable, &local))
    return read_error (self, local, error);
  n = g_input_stream_read (self->stream, self->packed + self->packed_end,
                           CHUNK - self->packed_end, cancellable, &local);
  if (n < 0)
    return read_error (self, local, error);

  self->packed_at_end = n == 0;
  self->packed_end += n;
  return TRUE;
}

static gboolean
is_gzip (StormLineStream *self)
{
  return self->packed_end - self->packed_start >= 2 &&
         self->packed[self->packed_start] == 0x1f && self->packed[self->packed_start + 1] == 0x8b;
}

static gboolean
detect (StormLineStream  *self,
        GCancellable     *cancellable,
        GError          **error)
{
  static const guint8 bom[] = { 0xef, 0xbb, 0xbf };

  while (self->packed_end < sizeof bom && !self->packed_at_end)
    if (!fill_packed (self, cancellable, error))
      return FALSE;

  if (is_gzip (self))
    self->inflate = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  else if (self->packed_end >= sizeof bom && memcmp (self->packed, bom, sizeof bom) == 0)
    self->packed_start = sizeof bom;
  return TRUE;
}

static void
copy_plain (StormLineStream *self)
{
  gsize n = MIN (self->packed_end - self->packed_start, self->size - self->end);

  memcpy (self->text + self->end, self->packed + self->packed_start, n);
  self->packed_start += n;
  self->end += n;
  self->at_end = self->packed_at_end && self->packed_start == self->packed_end;
}

static gboolean
inflate_some (StormLineStream  *self,
              GError          **error)
{
  GError *local = NULL;
  gsize read = 0, written = 0;
  GConverterResult result;

  if (!self->inflating && self->packed_end - self->packed_start < 2 && !self->packed_at_end)
    {
      self->starved = TRUE;
      return TRUE;
    }

  /* Zeros behind the last member are padding, as gzip itself takes it. */
  if (!self->inflating && !is_gzip (self))
    {
      self->packed_start = self->packed_end;
      self->at_end = self->packed_at_end;
      return TRUE;
    }

  self->inflating = TRUE;
  result = g_converter_convert (self->inflate, self->packed + self->packed_start,
                                self->packed_end - self->packed_start, self->text + self->end,
                                self->size - self->end,
                                self->packed_at_end ? G_CONVERTER_INPUT_AT_END
                                                    : G_CONVERTER_NO_FLAGS,
                                &read, &written, &local);
  if (result == G_CONVERTER_ERROR)
    {
      /* It wants more input than there is yet. */
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !self->packed_at_end)
        {
          g_error_free (local);
          self->starved = TRUE;
          return TRUE;
        }
      return read_error (self, local, error);
    }

  self->packed_start += read;
  self->end += written;
  if (result == G_CONVERTER_FINISHED)
    {
      g_converter_reset (self->inflate);
      self->inflating = FALSE;
      self->at_end = self->packed_at_end && self->packed_start == self->packed_end;
    }
  return TRUE;
}

static void
make_room (StormLineStream *self)
{
  if (self->start > 0)
    {
      memmove (self->text, self->text + self->start, self->end - self->start);
      self->end -= self->start;
      self->searched -= self->start;
      self->start = 0;
    }
  if (self->end == self->size)
    {
      self->size *= 2;
      self->text = g_realloc (self->text, self->size);
    }
}

static gboolean
fill (StormLineStream  *self,
      GCancellable     *cancellable,
      GError          **error)
{
  if (self->end - self->start > STORM_LINE_MAX)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("Line %llu of “%s” is longer than 64 MiB. A recording has one event on each "
                     "line."), (unsigned long long) self->line + 1, self->name);
      return FALSE;
    }

  make_room (self);
  if (self->packed_start == self->packed_end || self->starved)
    if (!fill_packed (self, cancellable, error))
      return FALSE;
  self->starved = FALSE;
  if (self->inflate != NULL)
    return inflate_some (self, error);

  copy_plain (self);
  return TRUE;
}

gboolean
storm_line_stream_next (StormLineStream  *self,
                        const char      **line,
                        gsize            *len,
                        GCancellable     *cancellable,
                        GError          **error)
{
  const char *newline = NULL;

  g_return_val_if_fail (self != NULL && line != NULL && len != NULL, FALSE);

  if (self->line == 0 && self->packed_end == 0 && !detect (self, cancellable, error))
    return FALSE;

  while (TRUE)
    {
      newline = memchr (self->text + self->searched, '\n', self->end - self->searched);
      if (newline != NULL || self->at_end)
        break;
      self->searched = self->end;
      if (!fill (self, cancellable, error))
        return FALSE;
    }
  if (newline == NULL && self->start == self->end)
    return FALSE;

  *line = self->text + self->start;
  *len = (newline != NULL ? newline : self->text + self->end) - *line;
  self->start += *len + (newline != NULL ? 1 : 0);
  self->searched = self->start;
  self->line++;
  if (*len > 0 && (*line)[*len - 1] == '\r')
    (*len)--;

  return TRUE;
}

guint64
storm_line_stream_get_line (StormLineStream *self)
{
  return self->line;
}
