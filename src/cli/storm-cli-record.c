#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>

#include "storm-cli-events.h"
#include "storm-cli.h"
#include "storm-error.h"
#include "storm-jsonl-writer.h"

static char *out_name;
static guint64 wanted_count;

static gboolean
parse_count (const char  *name,
             const char  *value,
             gpointer     data,
             GError     **error)
{
  guint64 n;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT64, &n, NULL))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“--count %s”: it must be a number of events"), value);
      return FALSE;
    }
  wanted_count = n;
  return TRUE;
}

static const GOptionEntry entries[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out_name,
    N_("Where the lines go; gzipped when it ends in .gz; “-” is standard output"), N_("FILE") },
  { "count", 0, 0, G_OPTION_ARG_CALLBACK, parse_count, N_("Stop after so many events"), N_("N") },
  { NULL }
};

typedef struct
{
  GOutputStream   *stream;
  GString         *lines;
  StormRecordView  view;
  StormGapBook    *gaps;
  guint32          n_taken;
  guint64          n;
  GError          *error;
} Recorder;

static GOutputStream *
open_output (GError **error)
{
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GZlibCompressor) gzip = NULL;
  struct stat info;
  int fd;

  if (g_str_equal (out_name, "-"))
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  fd = open (out_name, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("Opening %s for writing failed: %s"),
                   out_name, g_strerror (errno));
      return NULL;
    }
  stream = g_unix_output_stream_new (fd, TRUE);
  /* A recording can't be made again. */
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size > 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                   _("%s is there already and not empty; choose another name"), out_name);
      return NULL;
    }
  if (!g_str_has_suffix (out_name, ".gz"))
    return g_steal_pointer (&stream);
  gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  return g_converter_output_stream_new (stream, G_CONVERTER (gzip));
}

static void
add_gap (Recorder *recorder,
         guint32   row)
{
  const StormEventGap *gap = storm_gap_book_find (recorder->gaps, row);
  StormRecord *record = &recorder->view.record;

  record->gap_from = gap != NULL ? gap->from : 0;
  record->gap_to = gap != NULL ? gap->to : 0;
  record->anew = gap != NULL && gap->anew;
}

static gboolean
take_cb (StormBatch *batch,
         gpointer    user_data)
{
  Recorder *recorder = user_data;
  guint32 first = recorder->n_taken;
  guint n_rows;

  storm_batch_get_rows (batch, &n_rows);
  storm_gap_book_take_batch (recorder->gaps, batch, first);
  recorder->n_taken += n_rows;
  for (guint i = 0; i < n_rows; i++)
    {
      if (wanted_count > 0 && recorder->n >= wanted_count)
        break;
      storm_batch_get_record (batch, i, &recorder->view);
      add_gap (recorder, first + i);
      storm_jsonl_append (recorder->lines, &recorder->view.record);
      recorder->n++;
    }
  if (!g_output_stream_write_all (recorder->stream, recorder->lines->str, recorder->lines->len,
                                  NULL, NULL, &recorder->error))
    return FALSE;
  g_string_truncate (recorder->lines, 0);
  return wanted_count == 0 || recorder->n < wanted_count;
}

static gboolean
record (Recorder  *recorder,
        GError   **error)
{
  g_autoptr (StormSource) source = storm_cli_open_source (STORM_CLI_READ_ON, error);
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  gboolean good;

  if (source == NULL)
    return FALSE;
  recorder->stream = open_output (error);
  if (recorder->stream == NULL)
    return FALSE;
  good = storm_cli_run_source (source, strings, mapping, take_cb, recorder, error);
  if (recorder->error == NULL)
    g_output_stream_close (recorder->stream, NULL, &recorder->error);
  if (recorder->error == NULL)
    return good;
  g_clear_error (error);
  g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("Writing %s failed: %s"), out_name,
               recorder->error->message);
  return FALSE;
}

int
storm_cli_record (int    argc,
                  char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  Recorder recorder = { 0 };
  gboolean good;

  if (!storm_cli_parse (argc, argv, "-o FILE",
                        _("Write events to a file as JSON lines, as they come, until --for, "
                          "--count or Ctrl+C ends it."),
                        entries, storm_cli_event_entries (), 0, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  if (out_name == NULL)
    {
      g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _("say where the events go: -o FILE"));
      return storm_cli_fail (g_steal_pointer (&error));
    }

  recorder.lines = g_string_new (NULL);
  recorder.gaps = storm_gap_book_new ();
  good = record (&recorder, &error);
  g_string_free (recorder.lines, TRUE);
  storm_gap_book_free (recorder.gaps);
  storm_record_view_clear (&recorder.view);
  g_clear_object (&recorder.stream);
  g_clear_error (&recorder.error);
  if (!good)
    return storm_cli_fail (g_steal_pointer (&error));
  if (recorder.n == 0)
    return storm_cli_nothing (_("no events came"));
  fprintf (stderr, ngettext ("%llu event recorded in %s\n", "%llu events recorded in %s\n",
                             (gulong) MIN (recorder.n, G_MAXLONG)),
           (unsigned long long) recorder.n, out_name);
  return STORM_CLI_DONE;
}
