#include "config.h"

#include "storm-kafka-source.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "storm-error.h"
#include "storm-kafka-config-private.h"
#include "storm-kafka-words-private.h"

#define PATIENCE (6 * G_TIME_SPAN_SECOND)

typedef struct
{
  StormConnection *connection;
  StormSecrets    *secrets;
} Probe;

typedef struct
{
  char **topics;
  char  *words;
} Answer;

static void
probe_free (gpointer data)
{
  Probe *probe = data;

  g_object_unref (probe->connection);
  g_clear_pointer (&probe->secrets, storm_secrets_free);
  g_free (probe);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_strfreev (answer->topics);
  g_free (answer->words);
  g_free (answer);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static Answer *
read_metadata (const struct rd_kafka_metadata *metadata)
{
  Answer *answer = g_new0 (Answer, 1);
  GPtrArray *names = g_ptr_array_new ();
  g_autofree char *brokers = NULL;
  g_autofree char *topics = NULL;
  guint n;

  for (int i = 0; i < metadata->topic_cnt; i++)
    if (!g_str_has_prefix (metadata->topics[i].topic, "__"))
      g_ptr_array_add (names, g_strdup (metadata->topics[i].topic));
  g_ptr_array_sort (names, compare_names);
  n = names->len;
  g_ptr_array_add (names, NULL);
  answer->topics = (char **) g_ptr_array_free (names, FALSE);

  brokers = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d broker", "%d brokers",
                                          metadata->broker_cnt), metadata->broker_cnt);
  topics = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u topic", "%u topics", n), n);
  /* Translators: "Connected: 1 broker, 12 topics" */
  answer->words = g_strdup_printf (_("Connected: %s, %s"), brokers, topics);

  return answer;
}

/* Asks in short turns, so that a refused login is told at once and cancelling works. The turns
 * grow, because an answer that comes after its turn is lost. */
static const struct rd_kafka_metadata *
ask (rd_kafka_t        *rk,
     Probe             *probe,
     StormKafkaTrouble *trouble,
     GCancellable      *cancellable,
     GError           **error)
{
  const struct rd_kafka_metadata *metadata = NULL;
  gint64 deadline = g_get_monotonic_time () + PATIENCE;
  int turn_ms = 500;

  while (TRUE)
    {
      gint64 left;

      if (rd_kafka_metadata (rk, 1, NULL, &metadata, turn_ms) == RD_KAFKA_RESP_ERR_NO_ERROR)
        return metadata;
      rd_kafka_poll (rk, 0);

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, STORM_ERROR, STORM_ERROR_CANCELLED,
                               _("The test of the connection was cancelled."));
          return NULL;
        }
      left = deadline - g_get_monotonic_time ();
      /* A refused port is as sure as can be after a few tries, too. */
      if (left <= 0 || trouble->definite ||
          (trouble->err != RD_KAFKA_RESP_ERR_NO_ERROR && left < PATIENCE / 2))
        {
          g_propagate_error (error, storm_kafka_words_for_broker (probe->connection, trouble->err,
                                                                  trouble->reason));
          return NULL;
        }
      turn_ms = MIN (turn_ms * 2, (int) (left / 1000) + 1);
    }
}

static void
probe_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Probe *probe = data;
  StormKafkaTrouble trouble = { 0 };
  const struct rd_kafka_metadata *metadata;
  GError *error = NULL;
  rd_kafka_t *rk;

  rk = storm_kafka_open (probe->connection, probe->secrets, &trouble, &error);
  if (rk == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  metadata = ask (rk, probe, &trouble, cancellable, &error);
  if (metadata != NULL)
    {
      g_task_return_pointer (task, read_metadata (metadata), answer_free);
      rd_kafka_metadata_destroy (metadata);
    }
  else
    g_task_return_error (task, error);

  rd_kafka_destroy (rk);
  storm_kafka_trouble_clear (&trouble);
}

void
storm_kafka_probe_async (StormConnection     *connection,
                         const StormSecrets  *secrets,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Probe *probe;

  g_return_if_fail (STORM_IS_CONNECTION (connection));

  probe = g_new0 (Probe, 1);
  probe->connection = storm_connection_copy (connection);
  probe->secrets = storm_secrets_copy (secrets);

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, storm_kafka_probe_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, probe, probe_free);
  g_task_run_in_thread (task, probe_thread);
}

char **
storm_kafka_probe_finish (GAsyncResult  *result,
                          char         **words,
                          GError       **error)
{
  Answer *answer;
  char **topics;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return NULL;

  topics = g_steal_pointer (&answer->topics);
  if (words != NULL)
    *words = g_steal_pointer (&answer->words);
  answer_free (answer);
  return topics;
}

char *
storm_kafka_get_features (void)
{
  rd_kafka_conf_t *conf = rd_kafka_conf_new ();
  char features[512] = "";
  gsize size = sizeof features;

  rd_kafka_conf_get (conf, "builtin.features", features, &size);
  rd_kafka_conf_destroy (conf);
  return g_strdup (features);
}
