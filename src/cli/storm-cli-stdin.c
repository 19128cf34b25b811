#include "config.h"

#include "storm-cli-stdin.h"

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

StormRecordReader *
storm_cli_stdin_new (GInputStream  *stream,
                     const char    *name,
                     GError       **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (StormCliStdin) self = NULL;
  g_autoptr (GError) reason = NULL;

  if (g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL,
                              &reason) < 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("Reading standard input failed: %s"),
                   reason->message);
      return NULL;
    }
  self = g_object_new (STORM_TYPE_CLI_STDIN, NULL);
  self->name = g_strdup (name);
  self->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  if (!storm_cli_stdin_rewind (STORM_RECORD_READER (self), error))
    return NULL;
  return STORM_RECORD_READER (g_steal_pointer (&self));
}
