/* The Kafka source against a real Apache Kafka, which the test starts, kills and stops itself. */
#include "config.h"

#include "storm-broker.h"
#include "storm-error.h"
#include "storm-kafka-source.h"
#include "storm-sink.h"

static StormConnection *
connect_to (guint       which,
            const char *topic)
{
  const char *topics[] = { topic, NULL };
  g_autofree char *address = servers (which);

  return g_object_new (STORM_TYPE_CONNECTION, "servers", address, "topics", topics, "bounded",
                       TRUE, NULL);
}

/* Reads what the connection bounds; @error: what it failed with. */
static guint
read_all (StormConnection    *connection,
          const StormSecrets *secrets,
          gint64              first,
          GError            **error)
{
  g_autoptr (StormSource) source = storm_kafka_source_new (connection, secrets);
  StormSink sink;
  guint n;

  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, storm_source_lasts (source));
  storm_sink_take (&sink);
  g_object_get (source, "error", error, NULL);
  n = sink.rows->len;
  storm_sink_assert_offsets (&sink, 0, first, n);
  storm_sink_clear (&sink);
  return n;
}

static void
test_plain_text (void)
{
  g_autoptr (StormConnection) connection = connect_to (0, "events");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (read_all (connection, NULL, 0, &error), ==, 100);
  g_assert_no_error (error);

  g_object_set (connection, "start", STORM_START_LAST_N, "start-n", 7, NULL);
  g_assert_cmpint (read_all (connection, NULL, 93, &error), ==, 7);
  g_object_set (connection, "start-n", 1000, NULL);
  g_assert_cmpint (read_all (connection, NULL, 0, &error), ==, 100);

  /* The events' times are 1795171200000 ms and one more each. */
  g_object_set (connection, "start", STORM_START_TIME,
                "start-time", 1795171200040 * STORM_TIME_MILLISECOND, NULL);
  g_assert_cmpint (read_all (connection, NULL, 40, &error), ==, 60);
  g_object_set (connection, "start-time", 1795171200040 * STORM_TIME_MILLISECOND + 1, NULL);
  g_assert_cmpint (read_all (connection, NULL, 41, &error), ==, 59);
  g_object_set (connection, "start-time", 1795171200100 * STORM_TIME_MILLISECOND, NULL);
  g_assert_cmpint (read_all (connection, NULL, 100, &error), ==, 0);
  g_object_set (connection, "start-time", G_GINT64_CONSTANT (0), NULL);
  g_assert_cmpint (read_all (connection, NULL, 0, &error), ==, 100);
  g_assert_no_error (error);
}

static void
test_logins (void)
{
  static const char *const mechanisms[] = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512" };
  g_autofree char *ca = g_build_filename (dir, "tls", "ca.pem", NULL);
  g_autoptr (StormSecrets) right = storm_secrets_new ("alice-secret", NULL);
  g_autoptr (StormSecrets) wrong = storm_secrets_new ("alice-guess", NULL);

  for (guint tls = 0; tls < 2; tls++)
    for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
      {
        g_autoptr (StormConnection) connection = connect_to (tls ? 4 : 2, "events");
        g_autoptr (GError) error = NULL;

        g_object_set (connection, "security", tls ? STORM_SECURITY_SASL_TLS : STORM_SECURITY_SASL,
                      "mechanism", mechanisms[i], "user", "alice", "ca-file", ca, NULL);
        g_assert_cmpint (read_all (connection, right, 0, &error), ==, 100);
        g_assert_no_error (error);
        g_assert_cmpint (read_all (connection, wrong, 0, &error), ==, 0);
        g_assert_error (error, STORM_ERROR, STORM_ERROR_AUTH);
        g_assert_nonnull (strstr (error->message, "refused the login of “alice”"));
        g_assert_null (strstr (error->message, "alice-guess"));
      }
}

static void
test_certificates (void)
{
  g_autofree char *ca = g_build_filename (dir, "tls", "ca.pem", NULL);
  g_autofree char *cert = g_build_filename (dir, "tls", "client.pem", NULL);
  g_autofree char *key = g_build_filename (dir, "tls", "client.key", NULL);
  g_autoptr (StormSecrets) right = storm_secrets_new (NULL, "key-secret");
  g_autoptr (StormSecrets) wrong = storm_secrets_new (NULL, "key-guess");
  g_autoptr (StormConnection) connection = connect_to (3, "events");
  g_autoptr (GError) error = NULL;

  g_object_set (connection, "security", STORM_SECURITY_TLS, "ca-file", ca, "cert-file", cert,
                "key-file", key, NULL);
  g_assert_cmpint (read_all (connection, right, 0, &error), ==, 100);
  g_assert_no_error (error);

  g_assert_cmpint (read_all (connection, wrong, 0, &error), ==, 0);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "client key"));
  g_clear_error (&error);

  g_object_set (connection, "cert-file", "", "key-file", "", NULL);
  g_assert_cmpint (read_all (connection, NULL, 0, &error), ==, 0);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "client certificate"));
  g_clear_error (&error);

  g_object_set (connection, "ca-file", "", NULL);
  g_assert_cmpint (read_all (connection, NULL, 0, &error), ==, 0);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "not trusted"));
}

static void
test_wrong_security (void)
{
  static const struct { guint which; StormSecurity security; const char *words; } cases[] = {
    { 3, STORM_SECURITY_PLAIN, "wants TLS or a login" },
    { 2, STORM_SECURITY_PLAIN, "wants TLS or a login" },
    { 0, STORM_SECURITY_TLS, "does not speak TLS" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StormConnection) connection = connect_to (cases[i].which, "events");
      g_autoptr (GError) error = NULL;

      g_object_set (connection, "security", cases[i].security, NULL);
      g_assert_cmpint (read_all (connection, NULL, 0, &error), ==, 0);
      g_assert_error (error, STORM_ERROR, STORM_ERROR_AUTH);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” doesn't say “%s”", error->message, cases[i].words);
    }
}

static void
test_unknown_topic (void)
{
  g_autoptr (StormConnection) connection = connect_to (0, "no.such.topic");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (read_all (connection, NULL, 0, &error), ==, 0);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
}

/* The broker is killed while a producer counts; everything comes once, and in order. */
static void
test_killed (void)
{
  g_autoptr (StormConnection) connection = connect_to (0, "counted");
  g_autoptr (StormSource) source = NULL;
  g_autofree char *words = NULL;
  StormSink sink;

  create_topic ("counted", 1, NULL);
  g_object_set (connection, "bounded", FALSE, NULL);
  source = storm_kafka_source_new (connection, NULL);
  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  write_events ("counted", 500);
  storm_sink_wait (&sink, sink.rows->len >= 100);

  write_events ("counted", 500);
  g_assert_cmpint (broker ("kill", NULL), ==, 0);
  storm_sink_wait (&sink, storm_source_get_state (source) == STORM_SOURCE_WAITING);
  write_events ("counted", 500);
  g_assert_cmpint (broker ("start", &words), ==, 0);
  flush ();
  storm_sink_wait (&sink, sink.rows->len >= 1500);
  storm_sink_wait (&sink, storm_source_get_state (source) == STORM_SOURCE_LIVE);
  write_events ("counted", 10);
  storm_sink_wait (&sink, sink.rows->len >= 1510);
  storm_sink_assert_offsets (&sink, 0, 0, 1510);
  g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_GAP), ==, 0);

  storm_source_stop (source);
  storm_sink_clear (&sink);
}

/* What retention takes away while the broker can't be reached is a gap, and nothing else is. */
static void
test_gap (void)
{
  g_autoptr (StormConnection) connection = connect_to (0, "short-lived");
  g_autoptr (StormSource) source = NULL;
  StormSink sink;
  const StormMark *gap = NULL;

  create_topic ("short-lived", 1, NULL);
  /* In small batches: a broker never answers with less than a whole one. */
  for (guint i = 0; i < 30; i++)
    {
      write_events ("short-lived", 10);
      flush ();
    }
  g_object_set (connection, "bounded", FALSE, "extra",
                (const char *[]) { "queued.min.messages=1", "fetch.message.max.bytes=1000",
                                   "queued.max.messages.kbytes=1", NULL }, NULL);
  source = storm_kafka_source_new (connection, NULL);
  storm_sink_init (&sink);
  storm_batch_queue_unref (sink.queue);
  /* A tiny queue holds the worker at its first batch; meanwhile the broker forgets. */
  sink.queue = storm_batch_queue_new (1, NULL, NULL);
  storm_sink_start (&sink, source);
  g_usleep (G_USEC_PER_SEC);
  delete_before ("short-lived", 250);
  storm_sink_wait (&sink, sink.rows->len > 0 &&
                          storm_sink_row (&sink, sink.rows->len - 1)->offset == 299);

  g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_GAP), ==, 1);
  for (guint i = 0; i < sink.marks->len; i++)
    if (g_array_index (sink.marks, StormMark, i).kind == STORM_MARK_GAP)
      gap = &g_array_index (sink.marks, StormMark, i);
  g_assert_cmpint (gap->to, ==, 250);
  g_assert_cmpint (gap->from, <, 250);
  g_assert_cmpint (gap->at_row, ==, gap->from);
  g_assert_cmpint (storm_sink_row (&sink, gap->at_row)->offset, ==, 250);
  g_assert_cmpint (sink.rows->len, ==, gap->from + 50);

  storm_source_stop (source);
  storm_sink_clear (&sink);
}

static void
allow (const char                 *topic,
       const char                 *who,
       rd_kafka_AclOperation_t     operation)
{
  rd_kafka_AclBinding_t *binding =
    rd_kafka_AclBinding_new (RD_KAFKA_RESOURCE_TOPIC, topic, RD_KAFKA_RESOURCE_PATTERN_LITERAL,
                             who, "*", operation, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, NULL, 0);
  rd_kafka_queue_t *queue = rd_kafka_queue_new (producer);
  rd_kafka_event_t *event;

  rd_kafka_CreateAcls (producer, &binding, 1, NULL, queue);
  event = rd_kafka_queue_poll (queue, 20000);
  g_assert_nonnull (event);
  g_assert_cmpint (rd_kafka_event_error (event), ==, RD_KAFKA_RESP_ERR_NO_ERROR);
  rd_kafka_event_destroy (event);
  rd_kafka_queue_destroy (queue);
  rd_kafka_AclBinding_destroy (binding);
}

/* A topic that a login may not see, then see but not read, then read. */
static void
test_not_allowed (void)
{
  static const struct { rd_kafka_AclOperation_t allow; int code; guint n; } steps[] = {
    { RD_KAFKA_ACL_OPERATION_UNKNOWN, STORM_ERROR_NOT_FOUND, 0 },
    { RD_KAFKA_ACL_OPERATION_DESCRIBE, STORM_ERROR_AUTH, 0 },
    { RD_KAFKA_ACL_OPERATION_READ, -1, 5 },
  };
  g_autoptr (StormConnection) connection = connect_to (2, "private");
  g_autoptr (StormSecrets) secrets = storm_secrets_new ("alice-secret", NULL);

  create_topic ("private", 1, NULL);
  write_events ("private", 5);
  flush ();
  allow ("private", "User:bob", RD_KAFKA_ACL_OPERATION_READ);
  g_object_set (connection, "security", STORM_SECURITY_SASL, "mechanism", "SCRAM-SHA-512",
                "user", "alice", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;

      if (steps[i].allow != RD_KAFKA_ACL_OPERATION_UNKNOWN)
        allow ("private", "User:alice", steps[i].allow);
      /* The broker takes a moment to heed it. */
      g_usleep (G_USEC_PER_SEC);
      g_assert_cmpint (read_all (connection, secrets, 0, &error), ==, steps[i].n);
      if (steps[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, STORM_ERROR, steps[i].code);
    }
}

/* Run last: after all this watching there is no group, no commit, no topic but the test's own. */
static void
test_nothing_left_behind (void)
{
  static const char *const own[] = { "counted", "events", "private", "short-lived", NULL };
  const struct rd_kafka_metadata *metadata = NULL;
  const struct rd_kafka_group_list *groups = NULL;

  g_assert_cmpint (rd_kafka_metadata (producer, 1, NULL, &metadata, 10000), ==,
                   RD_KAFKA_RESP_ERR_NO_ERROR);
  for (int i = 0; i < metadata->topic_cnt; i++)
    if (!g_strv_contains (own, metadata->topics[i].topic))
      g_error ("there is a topic “%s” now", metadata->topics[i].topic);
  g_assert_cmpint (metadata->topic_cnt, >=, 1);
  rd_kafka_metadata_destroy (metadata);

  g_assert_cmpint (rd_kafka_list_groups (producer, NULL, &groups, 20000), ==,
                   RD_KAFKA_RESP_ERR_NO_ERROR);
  g_assert_cmpint (groups->group_cnt, ==, 0);
  rd_kafka_group_list_destroy (groups);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  start_broker ();
  create_topic ("events", 1, NULL);
  write_at ("events", 100, 1795171200000);
  flush ();

  g_test_add_func ("/kafka/real/plain-text", test_plain_text);
  g_test_add_func ("/kafka/real/logins", test_logins);
  g_test_add_func ("/kafka/real/certificates", test_certificates);
  g_test_add_func ("/kafka/real/wrong-security", test_wrong_security);
  g_test_add_func ("/kafka/real/unknown-topic", test_unknown_topic);
  g_test_add_func ("/kafka/real/killed", test_killed);
  g_test_add_func ("/kafka/real/gap", test_gap);
  g_test_add_func ("/kafka/real/not-allowed", test_not_allowed);
  g_test_add_func ("/kafka/real/nothing-left-behind", test_nothing_left_behind);
  result = g_test_run ();

  stop_broker ();
  return result;
}
