#include "config.h"

#include "storm-replay-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-error.h"
#include "storm-jsonl-line-private.h"
#include "storm-line-stream-private.h"

#define STORM_TYPE_JSONL_READER (storm_jsonl_reader_get_type ())
G_DECLARE_FINAL_TYPE (StormJsonlReader, storm_jsonl_reader, STORM, JSONL_READER, GObject)

struct _StormJsonlReader
{
  GObject          parent_instance;

  GFile           *file;       /* NULL for a stream */
  char            *topic;      /* of plain lines */
  char            *name;
  StormLineStream *lines;
  StormJsonlLine  *line;
};

static gboolean
is_blank (const char *line,
          gsize       len)
{
  for (gsize i = 0; i < len; i++)
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
      return FALSE;
  return TRUE;
}

static gboolean
jsonl_next (StormRecordReader  *reader,
            StormRecord        *record,
            GCancellable       *cancellable,
            GError            **error)
{
  StormJsonlReader *self = STORM_JSONL_READER (reader);
  const char *line;
  gsize len;

  do
    if (!storm_line_stream_next (self->lines, &line, &len, cancellable, error))
      return FALSE;
  while (is_blank (line, len));

  if (storm_jsonl_line_parse (self->line, line, len, record))
    return TRUE;

  memset (record, 0, sizeof *record);
  record->topic = self->topic;
  record->offset = storm_line_stream_get_line (self->lines);
  record->broker_time = STORM_TIME_NONE;
  record->payload = (const guint8 *) line;
  record->payload_len = len;
  return TRUE;
}

static gboolean
open_file (StormJsonlReader  *self,
           GError           **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local = NULL;

  stream = g_file_read (self->file, NULL, &local);
  if (stream == NULL)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                     _("There is no recording “%s”."), self->name);
      else
        g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                     _("The recording “%s” could not be opened: %s."), self->name,
                     local->message);
      return FALSE;
    }

  g_clear_pointer (&self->lines, storm_line_stream_free);
  self->lines = storm_line_stream_new (G_INPUT_STREAM (stream), self->name);
  return TRUE;
}

static gboolean
jsonl_rewind (StormRecordReader  *reader,
              GError            **error)
{
  StormJsonlReader *self = STORM_JSONL_READER (reader);

  if (self->file != NULL)
    return open_file (self, error);

  g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
               _("“%s” can be read only once."), self->name);
  return FALSE;
}

static void
reader_iface_init (StormRecordReaderInterface *iface)
{
  iface->next = jsonl_next;
  iface->rewind = jsonl_rewind;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormJsonlReader, storm_jsonl_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_RECORD_READER, reader_iface_init))

static void
storm_jsonl_reader_finalize (GObject *object)
{
  StormJsonlReader *self = STORM_JSONL_READER (object);

  g_clear_object (&self->file);
  g_free (self->topic);
  g_free (self->name);
  g_clear_pointer (&self->lines, storm_line_stream_free);
  storm_jsonl_line_free (self->line);

  G_OBJECT_CLASS (storm_jsonl_reader_parent_class)->finalize (object);
}

static void
storm_jsonl_reader_class_init (StormJsonlReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_jsonl_reader_finalize;
}

static void
storm_jsonl_reader_init (StormJsonlReader *self)
{
  self->line = storm_jsonl_line_new ();
}

/* "food.order.jsonl.gz" → "food.order": only endings that say how the file is written. */
static char *
topic_of_name (const char *name)
{
  static const char *const endings[] = { ".gz", ".jsonl", ".ndjson", ".json", ".log", ".txt" };
  char *topic = g_utf8_make_valid (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize len = strlen (topic), ending = strlen (endings[i]);

      if (len > ending && g_ascii_strcasecmp (topic + len - ending, endings[i]) == 0)
        {
          topic[len - ending] = '\0';
          if (i > 0)
            break;
        }
    }
  return topic;
}

StormRecordReader *
storm_jsonl_reader_new (GFile   *file,
                        GError **error)
{
  g_autoptr (StormJsonlReader) self = NULL;
  g_autofree char *base = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  self = g_object_new (STORM_TYPE_JSONL_READER, NULL);
  self->file = g_object_ref (file);
  self->name = g_filename_display_name (base != NULL ? base : "");
  self->topic = topic_of_name (self->name);
  if (!open_file (self, error))
    return NULL;

  return STORM_RECORD_READER (g_steal_pointer (&self));
}

StormRecordReader *
storm_jsonl_reader_new_for_stream (GInputStream *stream,
                                   const char   *name)
{
  StormJsonlReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (STORM_TYPE_JSONL_READER, NULL);
  self->name = g_utf8_make_valid (name, -1);
  self->topic = topic_of_name (self->name);
  self->lines = storm_line_stream_new (stream, self->name);

  return STORM_RECORD_READER (self);
}
