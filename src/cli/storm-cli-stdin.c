#include "config.h"

#include "storm-cli-stdin.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <glib-unix.h>
#include <glib/gi18n.h>

#include "storm-error.h"
#include "storm-replay-source.h"

struct _StormCliStdin
{
  GObject            parent_instance;

  char              *name;
  GBytes            *bytes;
  StormRecordReader *lines;
};

#define READ_BYTES 65536
#define MAX_BYTES ((guint) G_MAXINT)

typedef struct
{
  GMainLoop  *loop;
  GByteArray *bytes;
  guint       len;
  gboolean    at_end;
  GError     *error;
} Reading;

static void reader_iface_init (StormRecordReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormCliStdin, storm_cli_stdin, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_RECORD_READER, reader_iface_init))

static gboolean
storm_cli_stdin_next (StormRecordReader  *reader,
                      StormRecord        *record,
                      GCancellable       *cancellable,
                      GError            **error)
{
  StormCliStdin *self = STORM_CLI_STDIN (reader);

  return storm_record_reader_next (self->lines, record, cancellable, error);
}

static gboolean
storm_cli_stdin_rewind (StormRecordReader  *reader,
                        GError            **error)
{
  StormCliStdin *self = STORM_CLI_STDIN (reader);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (self->bytes);

  g_clear_object (&self->lines);
  self->lines = storm_jsonl_reader_new_for_stream (stream, self->name);
  return TRUE;
}

static void
reader_iface_init (StormRecordReaderInterface *iface)
{
  iface->next = storm_cli_stdin_next;
  iface->rewind = storm_cli_stdin_rewind;
}

static void
storm_cli_stdin_finalize (GObject *object)
{
  StormCliStdin *self = STORM_CLI_STDIN (object);

  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->lines);

  G_OBJECT_CLASS (storm_cli_stdin_parent_class)->finalize (object);
}

static void
storm_cli_stdin_class_init (StormCliStdinClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_cli_stdin_finalize;
}

static void
storm_cli_stdin_init (StormCliStdin *self)
{
}

static gboolean
readable_cb (int           fd,
             GIOCondition  condition,
             gpointer      user_data)
{
  Reading *reading = user_data;
  gssize n;

  g_byte_array_set_size (reading->bytes, reading->len + READ_BYTES);
  n = read (fd, reading->bytes->data + reading->len, READ_BYTES);
  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n < 0)
    g_set_error (&reading->error, STORM_ERROR, STORM_ERROR_IO,
                 _("Reading standard input failed: %s"), g_strerror (errno));
  else if (n > 0 && reading->len + n > MAX_BYTES)
    g_set_error_literal (&reading->error, STORM_ERROR, STORM_ERROR_LIMIT,
                         _("standard input gave more than 2 GiB; put it into a file, and name "
                           "that"));
  else if (n > 0)
    {
      reading->len += n;
      return G_SOURCE_CONTINUE;
    }
  reading->at_end = TRUE;
  g_main_loop_quit (reading->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
enough_cb (gpointer user_data)
{
  Reading *reading = user_data;

  g_main_loop_quit (reading->loop);
  return G_SOURCE_CONTINUE;
}

/* What came until the end, until @seconds were over, or until somebody pressed Ctrl+C. */
static GBytes *
read_all (int      fd,
          double   seconds,
          GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Reading reading = { loop, bytes, 0, FALSE, NULL };
  guint ids[] = {
    g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, &reading),
    g_unix_signal_add (SIGINT, enough_cb, &reading),
    g_unix_signal_add (SIGTERM, enough_cb, &reading),
    seconds >= 0 ? g_timeout_add ((guint) MIN (seconds * 1000, G_MAXINT), enough_cb, &reading) : 0,
  };

  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_clear_handle_id (&ids[i], g_source_remove);
  if (reading.error != NULL)
    {
      g_propagate_error (error, reading.error);
      return NULL;
    }
  /* Half a line is no event. */
  while (!reading.at_end && reading.len > 0 && bytes->data[reading.len - 1] != '\n')
    reading.len--;
  g_byte_array_set_size (bytes, reading.len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

StormRecordReader *
storm_cli_stdin_new (int          fd,
                     const char  *name,
                     double       seconds,
                     GError     **error)
{
  g_autoptr (StormCliStdin) self = g_object_new (STORM_TYPE_CLI_STDIN, NULL);

  self->name = g_strdup (name);
  self->bytes = read_all (fd, seconds, error);
  if (self->bytes == NULL || !storm_cli_stdin_rewind (STORM_RECORD_READER (self), error))
    return NULL;
  return STORM_RECORD_READER (g_steal_pointer (&self));
}
