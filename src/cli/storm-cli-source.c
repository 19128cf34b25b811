#include "config.h"

#include "storm-cli-events.h"

#include <stdio.h>
#include <string.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "storm-cli-filter.h"
#include "storm-cli.h"
#include "storm-cli-stdin.h"
#include "storm-demo-source.h"
#include "storm-error.h"
#include "storm-kafka-source.h"
#include "storm-multi-source.h"
#include "storm-replay-source.h"

/* How long the demo runs when nobody says so. */
#define DEMO_SECONDS 10
/* Microseconds that a connection may take to close before the program ends without it. */
#define LAST_WAIT (2 * G_USEC_PER_SEC)

static struct
{
  char   *events;
  char  **kafka;
  char  **topics;
  char   *pattern;
  char   *from;
  char  **properties;
  char   *password_file;
  char   *filter;
  gboolean demo;
  int     seed;
  double  seconds;
} options = { .seed = 1, .seconds = -1 };

static gboolean
parse_seconds (const char  *name,
               const char  *value,
               gpointer     data,
               GError     **error)
{
  char *end;

  options.seconds = g_ascii_strtod (value, &end);
  if (end != value && *end == '\0' && options.seconds >= 0 && options.seconds <= G_MAXINT)
    return TRUE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("“--for %s”: it must be a number of seconds"), value);
  return FALSE;
}

/* Texts are taken as bytes: a script's locale is often C, and what is UTF-8 needs no converting. */
static const GOptionEntry entries[] = {
  { "events", 0, 0, G_OPTION_ARG_FILENAME, &options.events,
    N_("Events from JSON lines, gzipped or not; “-” is standard input"), N_("FILE") },
  { "kafka", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.kafka,
    N_("Events from a Kafka, “host:port,…”; can be given several times, and the other options hold "
       "for each of them"), N_("SERVERS") },
  { "topic", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.topics,
    N_("A topic to read; can be given several times"), N_("TOPIC") },
  { "pattern", 0, 0, G_OPTION_ARG_FILENAME, &options.pattern,
    N_("Read all topics that match a regular expression"), N_("RE") },
  { "from", 0, 0, G_OPTION_ARG_FILENAME, &options.from,
    N_("Where to begin: beginning (as without this option), now, last:N of each partition, or a "
       "time such as 2026-11-21T10:00:00Z"), N_("START") },
  { "property", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.properties,
    N_("A property of librdkafka, for example security.protocol=SASL_SSL"), N_("KEY=VALUE") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file,
    N_("Read the password from the first line of a file; else it is taken from the environment: "
       "STORMWATCH_PASSWORD, and STORMWATCH_KEY_PASSWORD for a client key"), N_("FILE") },
  { "demo", 0, 0, G_OPTION_ARG_NONE, &options.demo,
    N_("Events from the demo: a shop with a Kafka inside this program"), NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed,
    N_("With --demo: the same number gives the same orders"), N_("N") },
  { "filter", 0, 0, G_OPTION_ARG_FILENAME, &options.filter,
    N_("Only events for which an expression of jq holds, for example '.type == \"Paid\" and "
       ".payload.total > 100'; there are type, time, correlation, topic, partition, offset, key, "
       "headers and payload"), N_("EXPR") },
  { "for", 0, 0, G_OPTION_ARG_CALLBACK, parse_seconds,
    N_("Stop after so many seconds"), N_("SECONDS") },
  { NULL }
};

typedef struct
{
  GMainLoop       *loop;
  StormSource     *source;
  StormBatchQueue *queue;
  StormCliTake     take;
  gpointer         user_data;
  gboolean         enough;
  StormCliFilter  *filter;     /* nullable */
  GError          *error;      /* of the filter */
} Run;

const GOptionEntry *
storm_cli_event_entries (void)
{
  return entries;
}

gboolean
storm_cli_reads_recording (void)
{
  return options.events != NULL;
}

static gboolean
fail (GError     **error,
      const char  *format,
      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError     **error,
      const char  *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, STORM_ERROR, STORM_ERROR_INVALID, text);
  return FALSE;
}

StormSource *
storm_cli_open_recording (const char      *path,
                          StormCliReading  reading,
                          GError         **error)
{
  g_autoptr (StormRecordReader) reader = NULL;

  if (g_str_equal (path, "-"))
    {
      /* Recording goes on as the lines come. */
      if (reading == STORM_CLI_READ_ON)
        {
          g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

          reader = storm_jsonl_reader_new_for_stream (stream, "stdin");
        }
      else
        reader = storm_cli_stdin_new (STDIN_FILENO, "stdin", options.seconds, error);
    }
  else
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

      reader = storm_jsonl_reader_new (file, error);
    }
  if (reader == NULL)
    return NULL;
  return storm_replay_source_new (reader, path, 0);
}

static gboolean
check_texts (GError **error)
{
  const char * const texts[] = { options.pattern, options.from };
  char **lists[] = { options.kafka, options.topics, options.properties };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] != NULL && !storm_cli_check_utf8 (texts[i], error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (char **text = lists[i]; text != NULL && *text != NULL; text++)
        {
          if (!storm_cli_check_utf8 (*text, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
parse_start (StormConnection  *connection,
             StormCliReading   reading,
             GError          **error)
{
  const char *from = options.from != NULL ? options.from : "beginning";
  StormStart start = STORM_START_BEGINNING;
  guint64 n = 0;
  StormTime time = STORM_TIME_NONE;

  if (g_str_equal (from, "now"))
    start = STORM_START_NOW;
  else if (g_str_has_prefix (from, "last:"))
    {
      start = STORM_START_LAST_N;
      if (!g_ascii_string_to_unsigned (from + strlen ("last:"), 10, 1, G_MAXINT32, &n, NULL))
        return fail (error, _("“--from %s”: behind “last:” there must be a number of events"),
                     from);
    }
  else if (!g_str_equal (from, "beginning"))
    {
      start = STORM_START_TIME;
      if (!storm_time_parse (from, -1, NULL, &time))
        return fail (error, _("“--from %s” is neither beginning, now, last:N nor a time"), from);
    }
  g_object_set (connection, "start", start,
                "bounded", reading == STORM_CLI_READ_TO_END && start != STORM_START_NOW, NULL);
  if (start == STORM_START_LAST_N)
    g_object_set (connection, "start-n", (guint) n, NULL);
  if (start == STORM_START_TIME)
    g_object_set (connection, "start-time", (gint64) time, NULL);
  return TRUE;
}

static gboolean
set_security (StormConnection  *connection,
              const char       *value,
              GError          **error)
{
  static const struct { const char *name; StormSecurity security; } protocols[] = {
    { "plaintext", STORM_SECURITY_PLAIN },
    { "ssl", STORM_SECURITY_TLS },
    { "sasl_plaintext", STORM_SECURITY_SASL },
    { "sasl_ssl", STORM_SECURITY_SASL_TLS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      if (g_ascii_strcasecmp (protocols[i].name, value) == 0)
        {
          g_object_set (connection, "security", protocols[i].security, NULL);
          return TRUE;
        }
    }
  return fail (error, _("“security.protocol=%s”: it is PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL"),
               value);
}

/* What the connection has a place for goes there; the rest is librdkafka's to judge. */
static gboolean
set_property (StormConnection  *connection,
              const char       *property,
              GStrvBuilder     *extra,
              GError          **error)
{
  static const struct { const char *property; const char *name; } places[] = {
    { "sasl.username", "user" },
    { "sasl.mechanism", "mechanism" },
    { "sasl.mechanisms", "mechanism" },
    { "ssl.ca.location", "ca-file" },
    { "ssl.certificate.location", "cert-file" },
    { "ssl.key.location", "key-file" },
  };
  g_auto (GStrv) parts = g_strsplit (property, "=", 2);

  if (parts[0] == NULL || *parts[0] == '\0' || parts[1] == NULL)
    return fail (error, _("“--property %s”: it must be KEY=VALUE"),
                 parts[0] != NULL ? parts[0] : "");
  if (g_str_has_suffix (parts[0], ".password"))
    return fail (error, _("“%s”: everybody on this machine can read a command line; put the "
                          "password into the environment (STORMWATCH_PASSWORD) or a file "
                          "(--password-file)"), parts[0]);
  if (g_str_equal (parts[0], "security.protocol"))
    return set_security (connection, parts[1], error);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_str_equal (places[i].property, parts[0]))
        {
          g_object_set (connection, places[i].name, parts[1], NULL);
          return TRUE;
        }
    }
  g_strv_builder_add (extra, property);
  return TRUE;
}

static StormSecrets *
read_secrets (GError **error)
{
  g_autofree char *password = g_strdup (g_getenv ("STORMWATCH_PASSWORD"));

  if (options.password_file != NULL)
    {
      g_autoptr (GError) reason = NULL;

      g_clear_pointer (&password, g_free);
      if (!g_file_get_contents (options.password_file, &password, NULL, &reason))
        {
          fail (error, _("Reading the password failed: %s"), reason->message);
          return NULL;
        }
      password[strcspn (password, "\r\n")] = '\0';
    }
  return storm_secrets_new (password, g_getenv ("STORMWATCH_KEY_PASSWORD"));
}

static StormSource *
open_kafka (const char       *servers,
            StormCliReading   reading,
            GError          **error)
{
  g_autoptr (StormConnection) connection = storm_connection_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (StormSecrets) secrets = NULL;
  g_auto (GStrv) extra = NULL;

  g_object_set (connection, "name", servers, "servers", servers, NULL);
  if (options.topics != NULL)
    g_object_set (connection, "topics", options.topics, NULL);
  if (options.pattern != NULL)
    g_object_set (connection, "pattern", options.pattern, NULL);
  if (!parse_start (connection, reading, error))
    return NULL;
  for (char **p = options.properties; p != NULL && *p != NULL; p++)
    {
      if (!set_property (connection, *p, builder, error))
        return NULL;
    }
  extra = g_strv_builder_end (builder);
  g_object_set (connection, "extra", extra, NULL);
  secrets = read_secrets (error);
  if (secrets == NULL)
    return NULL;
  return storm_kafka_source_new (connection, secrets);
}

/* One Kafka, or several as one. */
static StormSource *
open_kafkas (StormCliReading   reading,
             GError          **error)
{
  g_autoptr (StormMultiSource) sources = NULL;

  if (options.topics == NULL && options.pattern == NULL)
    {
      fail (error, _("--kafka needs at least one --topic, or a --pattern"));
      return NULL;
    }
  if (!check_texts (error))
    return NULL;
  if (options.kafka[1] == NULL)
    return open_kafka (options.kafka[0], reading, error);

  sources = storm_multi_source_new ();
  for (char **servers = options.kafka; *servers != NULL; servers++)
    {
      g_autoptr (StormSource) source = open_kafka (*servers, reading, error);

      if (source == NULL)
        return NULL;
      storm_multi_source_add (sources, source);
    }
  return STORM_SOURCE (g_steal_pointer (&sources));
}

StormSource *
storm_cli_open_source (StormCliReading   reading,
                       GError          **error)
{
  int n = (options.events != NULL) + (options.kafka != NULL) + options.demo;

  if (n != 1)
    {
      fail (error, n == 0 ? _("say where events come from: --events, --kafka or --demo")
                          : _("--events, --kafka and --demo exclude each other"));
      return NULL;
    }
  if (options.kafka == NULL &&
      (options.topics != NULL || options.pattern != NULL || options.from != NULL ||
       options.properties != NULL || options.password_file != NULL))
    {
      fail (error, _("--topic, --pattern, --from, --property and --password-file belong to "
                     "--kafka"));
      return NULL;
    }
  if (options.events != NULL)
    return storm_cli_open_recording (options.events, reading, error);
  if (options.kafka != NULL)
    return open_kafkas (reading, error);
  if (options.seconds < 0 && reading == STORM_CLI_READ_TO_END)
    options.seconds = DEMO_SECONDS;
  return storm_demo_source_new (options.seed, 0);
}

/* What is missing must not look as if it had never been. */
static void
tell_gaps (StormBatch *batch)
{
  StormStrings *strings = storm_batch_get_strings (batch);
  guint n_marks;
  const StormMark *marks = storm_batch_get_marks (batch, &n_marks);

  for (guint i = 0; i < n_marks; i++)
    {
      const char *connection = storm_strings_get_connection_name (strings, marks[i].topic);
      g_autofree char *name = NULL;
      g_autofree char *topic = NULL;

      if (marks[i].kind != STORM_MARK_GAP)
        continue;
      name = g_strconcat (connection != NULL ? connection : "", connection != NULL ? "/" : "",
                          storm_strings_get (strings, marks[i].topic), NULL);
      topic = storm_cli_plain (name);
      fprintf (stderr, _("stormwatch-cli: %s, partition %d: the events at %lld to %lld were gone "
                         "from the broker before they could be read\n"), topic,
               marks[i].partition, (long long) marks[i].from, (long long) marks[i].to - 1);
    }
}

static gboolean
take (Run        *run,
      StormBatch *batch)
{
  g_autoptr (StormBatch) filtered = NULL;

  if (run->filter == NULL)
    return run->take (batch, run->user_data);
  if (!storm_cli_filter_take (run->filter, batch, &filtered, &run->error))
    return FALSE;
  return filtered == NULL || run->take (filtered, run->user_data);
}

static void
drain (Run *run)
{
  StormBatch *batch;

  while (!run->enough && (batch = storm_batch_queue_pop (run->queue)) != NULL)
    {
      tell_gaps (batch);
      if (!take (run, batch))
        {
          run->enough = TRUE;
          g_main_loop_quit (run->loop);
        }
      storm_batch_unref (batch);
    }
}

static void
ready_cb (StormBatchQueue *queue,
          gpointer         user_data)
{
  drain (user_data);
}

/* (nullable): of several sources one that failed: what the others bring is not all that was asked
 * for. */
static StormSource *
find_failed (StormSource *source)
{
  StormMultiSource *sources;

  if (!STORM_IS_MULTI_SOURCE (source))
    return NULL;
  sources = STORM_MULTI_SOURCE (source);
  for (guint i = 0; i < storm_multi_source_get_n (sources); i++)
    if (storm_source_get_state (storm_multi_source_get (sources, i)) == STORM_SOURCE_FAILED)
      return storm_multi_source_get (sources, i);
  return NULL;
}

static void
state_cb (StormSource *source,
          GParamSpec  *pspec,
          gpointer     user_data)
{
  Run *run = user_data;
  StormSourceState state = storm_source_get_state (source);

  if (state == STORM_SOURCE_ENDED || state == STORM_SOURCE_FAILED ||
      state == STORM_SOURCE_STOPPED || find_failed (source) != NULL)
    g_main_loop_quit (run->loop);
}

static gboolean
stop_cb (gpointer user_data)
{
  Run *run = user_data;

  g_main_loop_quit (run->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
check_end (StormSource  *source,
           GError      **error)
{
  StormSource *failed = find_failed (source);
  GError *reason = NULL;

  if (failed != NULL)
    source = failed;
  if (storm_source_get_state (source) == STORM_SOURCE_ENDED)
    {
      /* A recording that breaks off has ended, but not well. */
      g_object_get (source, "error", &reason, NULL);
    }
  else if (storm_source_get_state (source) == STORM_SOURCE_FAILED)
    {
      g_object_get (source, "error", &reason, NULL);
      if (reason == NULL)
        {
          g_autofree char *status = storm_source_dup_status (source);

          reason = g_error_new_literal (STORM_ERROR, STORM_ERROR_CONNECT, status);
        }
    }
  else if (storm_source_get_state (source) == STORM_SOURCE_CONNECTING ||
           storm_source_get_state (source) == STORM_SOURCE_WAITING)
    {
      g_autofree char *status = storm_source_dup_status (source);

      reason = g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                            _("stopped before there was a connection: %s"), status);
    }
  else if (storm_source_get_state (source) == STORM_SOURCE_IDLE && options.kafka != NULL)
    {
      /* The worker thread has not even begun. */
      reason = g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                            _("stopped before there was a connection: %s"), options.kafka[0]);
    }
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, reason);
  return FALSE;
}

gboolean
storm_cli_run_source (StormSource   *source,
                      StormStrings  *strings,
                      StormMapping  *mapping,
                      StormCliTake   take_batch,
                      gpointer       user_data,
                      GError       **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = { loop, source, NULL, take_batch, user_data, FALSE };
  g_autoptr (StormCliFilter) filter = NULL;
  guint interrupt, terminate;
  guint timeout = 0;
  gulong handler;
  gboolean good;

  if (options.filter != NULL)
    {
      filter = storm_cli_filter_new (options.filter, strings, mapping, error);
      if (filter == NULL)
        return FALSE;
      run.filter = filter;
    }
  run.queue = storm_batch_queue_new (64 * 1024 * 1024, ready_cb, &run);
  handler = g_signal_connect (source, "notify::state", G_CALLBACK (state_cb), &run);
  interrupt = g_unix_signal_add (SIGINT, stop_cb, &run);
  terminate = g_unix_signal_add (SIGTERM, stop_cb, &run);
  if (options.seconds >= 0)
    timeout = g_timeout_add ((guint) MIN (options.seconds * 1000, G_MAXINT), stop_cb, &run);

  storm_source_start (source, run.queue, strings, mapping);
  g_main_loop_run (loop);
  /* What was pushed before the end was told. */
  drain (&run);
  if (run.error != NULL)
    g_propagate_error (error, run.error);
  good = run.error == NULL && (run.enough || check_end (source, error));
  if (filter != NULL)
    storm_cli_filter_tell (filter);

  g_signal_handler_disconnect (source, handler);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  if (timeout != 0)
    g_source_remove (timeout);
  storm_source_stop (source);
  storm_batch_queue_close (run.queue);
  storm_batch_queue_unref (run.queue);
  storm_source_wait_all (LAST_WAIT);
  return good;
}
