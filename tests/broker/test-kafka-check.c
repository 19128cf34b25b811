/* `stormwatch-cli check` on what a real Kafka holds says the same as on the recording of it. */
#include "config.h"

#include <json-glib/json-glib.h>

#include "storm-broker.h"
#include "storm-replay-source.h"

/* The events of a trace come out of several, in whatever order the broker answers. */
#define PARTITIONS 4

/* Usage: test-kafka-check STORMWATCH-CLI DATA-DIRECTORY */
static char *cli;
static char *data;

static void
produce (const StormRecord *record)
{
  rd_kafka_headers_t *headers = rd_kafka_headers_new (record->n_headers);

  for (guint i = 0; i < record->n_headers; i++)
    rd_kafka_header_add (headers, record->headers[i].name, record->headers[i].name_len,
                         record->headers[i].value, record->headers[i].value_len);
  g_assert_cmpint (rd_kafka_producev (producer, RD_KAFKA_V_TOPIC (record->topic),
                                      RD_KAFKA_V_PARTITION ((int) (record->offset % PARTITIONS)),
                                      RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                                      RD_KAFKA_V_KEY (record->key, record->key_len),
                                      RD_KAFKA_V_VALUE ((void *) record->payload,
                                                        record->payload_len),
                                      RD_KAFKA_V_HEADERS (headers),
                                      RD_KAFKA_V_END), ==, RD_KAFKA_RESP_ERR_NO_ERROR);
}

/* Writes a recording to topics of the same names; returns these, each once. */
static GPtrArray *
produce_recording (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new (file, &error);
  GPtrArray *topics = g_ptr_array_new_with_free_func (g_free);
  StormRecord record;

  g_assert_no_error (error);
  while (storm_record_reader_next (reader, &record, NULL, &error))
    {
      if (!g_ptr_array_find_with_equal_func (topics, record.topic, g_str_equal, NULL))
        {
          create_topic (record.topic, PARTITIONS, NULL);
          g_ptr_array_add (topics, g_strdup (record.topic));
        }
      produce (&record);
    }
  g_assert_no_error (error);
  flush ();
  return topics;
}

static void
run_check (const char *const *args,
           JsonParser        *parser,
           int               *code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *words = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) args, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &words, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  *code = WEXITSTATUS (status);
  if (*code == 2)
    g_error ("%s", words);
  json_parser_load_from_data (parser, out, -1, &error);
  g_assert_no_error (error);
}

static JsonObject *
find_trace (JsonArray  *traces,
            const char *key)
{
  for (guint i = 0; i < json_array_get_length (traces); i++)
    {
      JsonObject *trace = json_array_get_object_element (traces, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (trace, "key", NULL), key) == 0)
        return trace;
    }
  g_error ("there is no trace “%s”", key);
}

/* Which trace came first is the broker's; what is said of each is not. */
static void
assert_same (JsonParser *a,
             JsonParser *b)
{
  JsonObject *x = json_node_get_object (json_parser_get_root (a));
  JsonObject *y = json_node_get_object (json_parser_get_root (b));
  JsonArray *traces = json_object_get_array_member (x, "traces");
  JsonArray *others = json_object_get_array_member (y, "traces");

  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (x, "fitness"),
                                  json_object_get_double_member (y, "fitness"), 1e-9);
  g_assert_cmpuint (json_array_get_length (traces), >=, 5);
  g_assert_cmpuint (json_array_get_length (traces), ==, json_array_get_length (others));
  for (guint i = 0; i < json_array_get_length (traces); i++)
    {
      JsonObject *trace = json_array_get_object_element (traces, i);
      const char *key = json_object_get_string_member_with_default (trace, "key", NULL);
      g_autoptr (JsonNode) one = json_node_alloc ();
      g_autoptr (JsonNode) two = json_node_alloc ();
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      json_node_init_object (one, trace);
      json_node_init_object (two, find_trace (others, key));
      first = json_to_string (one, FALSE);
      second = json_to_string (two, FALSE);
      g_assert_cmpstr (first, ==, second);
    }
}

static void
test_cases (gconstpointer user_data)
{
  const char *name = user_data;
  g_autofree char *board = g_strdup_printf ("%s/samples/%s.json", data, name);
  g_autofree char *recording = g_strdup_printf ("%s/recordings/%s-cases.jsonl", data, name);
  g_autofree char *address = servers (0);
  g_autoptr (GPtrArray) topics = produce_recording (recording);
  g_autoptr (JsonParser) live = json_parser_new ();
  g_autoptr (JsonParser) recorded = json_parser_new ();
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  const char *events[] = { cli, "check", board, "--json", "--now", "2100-01-01T00:00:00Z",
                           "--events", recording, NULL };
  int code, same;

  run_check (events, recorded, &code);
  g_assert_cmpint (code, ==, 1);

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (args, (char *) events[i]);
  g_ptr_array_add (args, (char *) "--kafka");
  g_ptr_array_add (args, address);
  for (guint i = 0; i < topics->len; i++)
    {
      g_ptr_array_add (args, (char *) "--topic");
      g_ptr_array_add (args, topics->pdata[i]);
    }
  g_ptr_array_add (args, NULL);
  run_check ((const char *const *) args->pdata, live, &same);
  g_assert_cmpint (same, ==, code);
  assert_same (live, recorded);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  cli = argv[1];
  data = argv[2];
  start_broker ();

  g_test_add_data_func ("/kafka/check/food-order", "food-order", test_cases);
  g_test_add_data_func ("/kafka/check/awesome-shopping", "awesome-shopping", test_cases);
  g_test_add_data_func ("/kafka/check/mobile-beverage", "mobile-beverage", test_cases);
  result = g_test_run ();

  stop_broker ();
  return result;
}
