#include "config.h"

#include "storm-jsonl-writer.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-json.h"

/* Written to the file whenever this much has been collected. */
#define CHUNK_BYTES (256 * 1024)

static gboolean
is_text (const guint8 *data,
         gsize         len)
{
  return len == 0 || g_utf8_validate_len ((const char *) data, len, NULL);
}

static void
append_base64 (GString      *out,
               const guint8 *data,
               gsize         len)
{
  g_autofree char *text = g_base64_encode (data, len);

  g_string_append_c (out, '"');
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

static void
append_bytes (GString      *out,
              const char   *name,
              const guint8 *data,
              gsize         len)
{
  g_string_append_printf (out, ",\"%s\":", name);
  if (data == NULL)
    g_string_append (out, "null");
  else if (is_text (data, len))
    storm_json_append_string (out, (const char *) data, len);
  else
    {
      g_string_append_printf (out, "null,\"%sBase64\":", name);
      append_base64 (out, data, len);
    }
}

static gboolean
headers_are_text (const StormRecord *record)
{
  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      if (!is_text ((const guint8 *) header->name, header->name_len) ||
          !is_text (header->value, header->value_len))
        return FALSE;
    }
  return TRUE;
}

/* Names and values behind each other, as kcat does. One that is no text moves all of them, names
 * too, into the second list, so that a reader needs only one of the two. */
static void
append_headers (GString           *out,
                const StormRecord *record)
{
  gboolean text = headers_are_text (record);

  if (record->n_headers == 0)
    return;
  g_string_append (out, text ? ",\"headers\":[" : ",\"headers\":null,\"headersBase64\":[");
  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      if (i > 0)
        g_string_append_c (out, ',');
      if (text)
        storm_json_append_string (out, header->name, header->name_len);
      else
        append_base64 (out, (const guint8 *) header->name, header->name_len);
      g_string_append_c (out, ',');
      if (header->value == NULL)
        g_string_append (out, "null");
      else if (text)
        storm_json_append_string (out, (const char *) header->value, header->value_len);
      else
        append_base64 (out, header->value, header->value_len);
    }
  g_string_append_c (out, ']');
}

void
storm_jsonl_append (GString           *out,
                    const StormRecord *record)
{
  gboolean has_time;

  g_return_if_fail (out != NULL);
  g_return_if_fail (record != NULL);

  has_time = record->broker_time != STORM_TIME_NONE;
  g_string_append (out, "{\"topic\":");
  storm_json_append_string (out, record->topic != NULL ? record->topic : "", -1);
  g_string_append_printf (out, ",\"partition\":%d,\"offset\":%" G_GINT64_FORMAT,
                          record->partition, record->offset);
  /* -1 and unknown are kcat's words for "none". The broker's number is not kept with a record. */
  g_string_append_printf (out, ",\"tstype\":\"%s\",\"ts\":%" G_GINT64_FORMAT ",\"broker\":-1",
                          has_time ? "create" : "unknown",
                          has_time ? record->broker_time / STORM_TIME_MILLISECOND : -1);
  append_headers (out, record);
  append_bytes (out, "key", record->key, record->key_len);
  append_bytes (out, "payload", record->payload, record->payload_len);
  if (record->connection != NULL)
    {
      g_string_append (out, ",\"connection\":");
      storm_json_append_string (out, record->connection, -1);
    }
  if (record->anew)
    g_string_append (out, ",\"anew\":true");
  if (record->gap_to > record->gap_from)
    g_string_append_printf (out, ",\"gapFrom\":%" G_GINT64_FORMAT ",\"gapTo\":%" G_GINT64_FORMAT,
                            record->gap_from, record->gap_to);
  g_string_append (out, "}\n");
}

static gboolean
fail_write (GFile   *file,
            GError  *reason,
            GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  StormError code = STORM_ERROR_IO;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = STORM_ERROR_NO_SPACE;
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = STORM_ERROR_CANCELLED;
  g_set_error (error, STORM_ERROR, code, _("Writing %s failed: %s"), name, reason->message);
  return FALSE;
}

static gboolean
flush (GString       *chunk,
       GOutputStream *stream,
       GCancellable  *cancellable,
       GError       **error)
{
  gboolean written = g_output_stream_write_all (stream, chunk->str, chunk->len, NULL,
                                                cancellable, error);

  g_string_truncate (chunk, 0);
  return written;
}

static gboolean
write_all (StormRecordReader      *reader,
           GOutputStream          *stream,
           GFile                  *file,
           GFileProgressCallback   progress,
           gpointer                progress_data,
           GCancellable           *cancellable,
           GError                **error)
{
  g_autoptr (GString) chunk = g_string_new (NULL);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) read_error = NULL;
  StormRecord record = { 0 };
  goffset n = 0;

  while (storm_record_reader_next (reader, &record, cancellable, &read_error))
    {
      storm_jsonl_append (chunk, &record);
      n++;
      if (chunk->len < CHUNK_BYTES)
        continue;
      if (!flush (chunk, stream, cancellable, &reason))
        return fail_write (file, reason, error);
      if (progress != NULL)
        progress (n, -1, progress_data);
    }
  if (read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }
  if (!flush (chunk, stream, cancellable, &reason) ||
      !g_output_stream_close (stream, cancellable, &reason))
    return fail_write (file, reason, error);
  if (progress != NULL)
    progress (n, n, progress_data);
  return TRUE;
}

gboolean
storm_jsonl_export (StormRecordReader      *reader,
                    GFile                  *file,
                    GFileProgressCallback   progress,
                    gpointer                progress_data,
                    GCancellable           *cancellable,
                    GError                **error)
{
  g_autoptr (GFile) directory = NULL;
  g_autoptr (GFile) part = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *name = NULL;
  g_autofree char *part_name = NULL;

  g_return_val_if_fail (STORM_IS_RECORD_READER (reader), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  /* g_file_replace() writes a file that is new in place; half of it would stay after a failure. */
  directory = g_file_get_parent (file);
  name = g_file_get_basename (file);
  part_name = g_strdup_printf (".%s.%08x", name, g_random_int ());
  part = directory != NULL ? g_file_get_child (directory, part_name) : g_object_ref (file);
  stream = g_file_create (part, G_FILE_CREATE_NONE, cancellable, &reason);
  if (stream == NULL)
    return fail_write (file, reason, error);

  if (!write_all (reader, G_OUTPUT_STREAM (stream), file, progress, progress_data,
                  cancellable, error))
    {
      g_file_delete (part, NULL, NULL);
      return FALSE;
    }
  if (!g_file_move (part, file, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE,
                    NULL, NULL, NULL, &reason))
    {
      g_file_delete (part, NULL, NULL);
      return fail_write (file, reason, error);
    }
  return TRUE;
}
