#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "storm-connection-private.h"
#include "storm-demo-shop-private.h"
#include "storm-error.h"
#include "storm-json-scan.h"
#include "storm-kafka-config-private.h"
#include "storm-kafka-words-private.h"

static StormConnection *
full_connection (const char *name)
{
  const char *topics[] = { "food.order", "a;b", NULL };
  const char *extra[] = { "fetch.wait.max.ms=10", NULL };

  return g_object_new (STORM_TYPE_CONNECTION, "name", name, "servers", "kafka:9093", "topics",
                       topics, "pattern", "^shop\\.", "start", STORM_START_TIME, "start-n", 77,
                       "start-time", G_GINT64_CONSTANT (1795171261004000000), "bounded", TRUE,
                       "security", STORM_SECURITY_SASL_TLS, "ca-file", "/etc/ca.pem", "cert-file",
                       "/etc/c.pem", "key-file", "/etc/k.pem", "mechanism", "SCRAM-SHA-256",
                       "user", " alice ", "extra", extra, NULL);
}

static char *
temporary_path (char **dir)
{
  *dir = g_dir_make_tmp ("storm-connection-XXXXXX", NULL);
  return g_build_filename (*dir, "below", "connections", NULL);
}

static void
remove_all (const char *dir,
            const char *path)
{
  g_autofree char *below = g_build_filename (dir, "below", NULL);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

  g_unlink (path);
  g_unlink (aside);
  g_rmdir (below);
  g_rmdir (dir);
}

static void
assert_same (StormConnection *a,
             StormConnection *b)
{
  guint n = 0;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (a), &n);

  g_assert_cmpint (n, ==, 16);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) va = G_VALUE_INIT;
      g_auto (GValue) vb = G_VALUE_INIT;

      g_value_init (&va, specs[i]->value_type);
      g_value_init (&vb, specs[i]->value_type);
      g_object_get_property (G_OBJECT (a), specs[i]->name, &va);
      g_object_get_property (G_OBJECT (b), specs[i]->name, &vb);
      if (specs[i]->value_type == G_TYPE_STRV)
        g_assert_true (g_strv_equal (g_value_get_boxed (&va), g_value_get_boxed (&vb)));
      else
        g_assert_cmpint (g_param_values_cmp (specs[i], &va, &vb), ==, 0);
    }
}

static void
test_list (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *path = temporary_path (&dir);
  g_autoptr (StormConnection) a = full_connection ("A");
  g_autoptr (StormConnection) b = full_connection ("B");
  g_autoptr (StormConnection) first = NULL;
  g_autoptr (StormConnection) second = NULL;
  g_autoptr (StormConnectionList) again = NULL;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (StormConnectionList) list = storm_connection_list_new (path);

    g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
    g_assert_true (storm_connection_list_put (list, a, &error));
    g_assert_true (storm_connection_list_put (list, b, &error));
    g_object_set (a, "name", "A2", NULL);
    g_assert_true (storm_connection_list_put (list, a, &error));
    g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  }

  again = storm_connection_list_new (path);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (again), 0);
  second = g_list_model_get_item (G_LIST_MODEL (again), 1);
  assert_same (first, a);
  assert_same (second, b);
  g_assert_cmpstr (first->user, ==, "alice");

  g_assert_true (storm_connection_list_remove (again, first, &error));
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (again), 1));
  remove_all (dir, path);
}

/* No way leads a password into the file. */
static void
test_no_secret_in_file (void)
{
  static const char *const secrets[] = {
    "sasl.password=HUSH", "ssl.key.password=HUSH", "ssl.keystore.password=HUSH",
    "sasl.oauthbearer.client.secret=HUSH", "ssl.key.pem=HUSH", " sasl.password = HUSH",
  };
  g_autofree char *dir = NULL;
  g_autofree char *path = temporary_path (&dir);
  g_autoptr (StormConnectionList) list = storm_connection_list_new (path);
  g_autoptr (StormConnection) connection = full_connection ("A");
  g_autoptr (StormSecrets) passwords = storm_secrets_new ("HUSH", "HUSH");
  StormKafkaTrouble trouble = { 0 };
  g_autofree char *contents = NULL;

  g_object_set (connection, "ca-file", "", "cert-file", "", "key-file", "", NULL);
  rd_kafka_conf_destroy (storm_kafka_config_new (connection, passwords, &trouble, NULL));
  g_assert_true (storm_connection_list_put (list, connection, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      const char *extra[] = { "client.id=x", secrets[i], NULL };
      g_autoptr (GError) error = NULL;

      g_object_set (connection, "extra", extra, NULL);
      g_assert_false (storm_connection_list_put (list, connection, &error));
      g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
      g_assert_null (strstr (error->message, "HUSH"));
      g_assert_null (storm_kafka_config_new (connection, passwords, &trouble, NULL));
    }
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_null (strstr (contents, "HUSH"));
  g_assert_nonnull (strstr (contents, "kafka:9093"));
  remove_all (dir, path);
}

/* A file that can't be read is put aside before it is written again; wrong values don't matter. */
static void
test_damaged_file (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *path = temporary_path (&dir);
  g_autofree char *below = g_path_get_dirname (path);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autoptr (StormConnectionList) damaged = NULL;
  g_autoptr (StormConnectionList) odd = NULL;
  g_autoptr (StormConnection) connection = full_connection ("A");
  g_autoptr (StormConnection) read = NULL;

  g_mkdir (below, 0700);
  g_assert_true (g_file_set_contents (path, "[Connection 1\nid=", -1, NULL));
  damaged = storm_connection_list_new (path);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (damaged)), ==, 0);
  g_assert_true (storm_connection_list_put (damaged, connection, NULL));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (path,
    "[Connection 1]\nid=x1\nname=Odd\nstart=sometime\nstart-n=-4\nbounded=maybe\nsecurity=tls\n"
    "[Connection 2]\nid=\n", -1, NULL));
  odd = storm_connection_list_new (path);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (odd)), ==, 1);
  read = g_list_model_get_item (G_LIST_MODEL (odd), 0);
  g_assert_cmpstr (read->name, ==, "Odd");
  g_assert_cmpint (read->start, ==, STORM_START_BEGINNING);
  g_assert_cmpint (read->security, ==, STORM_SECURITY_TLS);
  remove_all (dir, path);
}

static void
assert_refused (StormConnection    *connection,
                const StormSecrets *secrets,
                int                 code,
                const char         *words)
{
  StormKafkaTrouble trouble = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (storm_kafka_config_new (connection, secrets, &trouble, &error));
  g_assert_error (error, STORM_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” doesn't say “%s”", error->message, words);
}

static void
test_config (void)
{
  static const struct { const char *extra; const char *words; } wrong[] = {
    { "group.id=x", "never disturbs" },
    { "enable.auto.commit=true", "never commits" },
    { "allow.auto.create.topics=true", "never creates" },
    { "no.such.property=1", "no.such.property" },
    { "fetch.wait.max.ms=soon", "fetch.wait.max.ms" },
    { "nonsense", "nonsense" },
    { "=1", "property=value" },
    { "debug=all", "passwords" },
    { "test.mock.num.brokers=1", "made-up" },
  };
  g_autoptr (StormConnection) connection = storm_connection_new ();
  g_autoptr (StormSecrets) secrets = storm_secrets_new ("pw", NULL);
  StormKafkaTrouble trouble = { 0 };
  char value[64];
  gsize size = sizeof value;
  rd_kafka_conf_t *conf;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *extra[] = { wrong[i].extra, NULL };

      g_object_set (connection, "extra", extra, NULL);
      assert_refused (connection, NULL, STORM_ERROR_INVALID, wrong[i].words);
    }

  g_object_set (connection, "extra", (const char *[]) { "fetch.wait.max.ms = 33", NULL }, NULL);
  conf = storm_kafka_config_new (connection, NULL, &trouble, NULL);
  g_assert_nonnull (conf);
  g_assert_cmpint (rd_kafka_conf_get (conf, "fetch.wait.max.ms", value, &size), ==,
                   RD_KAFKA_CONF_OK);
  g_assert_cmpstr (value, ==, "33");
  size = sizeof value;
  g_assert_cmpint (rd_kafka_conf_get (conf, "group.id", value, &size), !=, RD_KAFKA_CONF_OK);
  size = sizeof value;
  rd_kafka_conf_get (conf, "enable.auto.commit", value, &size);
  g_assert_cmpstr (value, ==, "false");
  rd_kafka_conf_destroy (conf);

  g_assert_false (storm_connection_needs_secrets (connection));
  g_object_set (connection, "security", STORM_SECURITY_SASL, NULL);
  g_assert_true (storm_connection_needs_secrets (connection));
  assert_refused (connection, secrets, STORM_ERROR_AUTH, "user name");
  g_object_set (connection, "user", "alice", NULL);
  assert_refused (connection, NULL, STORM_ERROR_AUTH, "password of “alice”");
  g_object_set (connection, "mechanism", "GSSAPI", NULL);
  assert_refused (connection, secrets, STORM_ERROR_UNSUPPORTED, "GSSAPI");

  g_object_set (connection, "security", STORM_SECURITY_TLS, "cert-file", "/x.pem", NULL);
  assert_refused (connection, secrets, STORM_ERROR_INVALID, "needs its key");
  g_object_set (connection, "cert-file", "", "ca-file", "/nonexistent/ca.pem", NULL);
  assert_refused (connection, secrets, STORM_ERROR_NOT_FOUND, "/nonexistent/ca.pem");
  g_object_set (connection, "ca-file", "/proc/self/status", NULL);
  assert_refused (connection, secrets, STORM_ERROR_INVALID, "PEM");
  g_object_set (connection, "security", STORM_SECURITY_PLAIN, "servers", " ", NULL);
  assert_refused (connection, secrets, STORM_ERROR_INVALID, "no server");
}

/* The texts are librdkafka's, as they were seen. */
static void
test_words (void)
{
  static const struct
  {
    StormSecurity        security;
    rd_kafka_resp_err_t  err;
    const char          *reason;
    gboolean             definite;
    int                  code;
    const char          *words;
  } cases[] = {
    { STORM_SECURITY_PLAIN, RD_KAFKA_RESP_ERR__TRANSPORT,
      "h:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: Connection refused", FALSE,
      STORM_ERROR_CONNECT, "Nothing answers at kafka:9092" },
    { STORM_SECURITY_PLAIN, RD_KAFKA_RESP_ERR__RESOLVE,
      "h:1/bootstrap: Failed to resolve 'h:1': Name or service not known", FALSE,
      STORM_ERROR_CONNECT, "no host of the name" },
    { STORM_SECURITY_PLAIN, RD_KAFKA_RESP_ERR__TRANSPORT,
      "127.0.0.1:19095/bootstrap: Disconnected while requesting ApiVersion: might be caused by "
      "incorrect security.protocol configuration (connecting to a SSL listener?)", TRUE,
      STORM_ERROR_AUTH, "wants TLS or a login" },
    { STORM_SECURITY_TLS, RD_KAFKA_RESP_ERR__SSL,
      "SSL handshake failed: error:0A000086:SSL routines::certificate verify failed", TRUE,
      STORM_ERROR_AUTH, "not trusted" },
    { STORM_SECURITY_TLS, RD_KAFKA_RESP_ERR__SSL,
      "SSL handshake failed: Disconnected: connecting to a PLAINTEXT broker listener?", TRUE,
      STORM_ERROR_AUTH, "does not speak TLS" },
    { STORM_SECURITY_TLS, RD_KAFKA_RESP_ERR__TRANSPORT,
      "Receive failed: error:0A000412:SSL routines::sslv3 alert bad certificate", TRUE,
      STORM_ERROR_AUTH, "client certificate" },
    { STORM_SECURITY_TLS, RD_KAFKA_RESP_ERR__SSL, "SSL alert: bad certificate", TRUE,
      STORM_ERROR_AUTH, "client certificate" },
    { STORM_SECURITY_TLS, RD_KAFKA_RESP_ERR__SSL, "certificate verify failed: hostname mismatch",
      TRUE, STORM_ERROR_AUTH, "another host name" },
    { STORM_SECURITY_SASL, RD_KAFKA_RESP_ERR__AUTHENTICATION,
      "Authentication failed: Invalid username or password", TRUE, STORM_ERROR_AUTH,
      "refused the login of “alice”" },
    { STORM_SECURITY_SASL, RD_KAFKA_RESP_ERR__TRANSPORT, "x: timed out", FALSE,
      STORM_ERROR_CONNECT, "does not answer" },
  };
  g_autoptr (StormConnection) connection = storm_connection_new ();

  g_object_set (connection, "servers", "kafka:9092", "user", "alice", "mechanism", "PLAIN", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_object_set (connection, "security", cases[i].security, NULL);
      error = storm_kafka_words_for_broker (connection, cases[i].err, cases[i].reason);
      g_assert_error (error, STORM_ERROR, cases[i].code);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” doesn't say “%s”", error->message, cases[i].words);
      g_assert_cmpint (storm_kafka_is_definite (cases[i].err, cases[i].reason), ==,
                       cases[i].definite);
    }
}

/* SCRAM of an old librdkafka fails with new brokers: said, and only then. */
static void
test_scram_hint (void)
{
  g_autoptr (StormConnection) connection = storm_connection_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (connection, "mechanism", "SCRAM-SHA-256", "user", "alice", NULL);
  error = storm_kafka_words_for_broker (connection, RD_KAFKA_RESP_ERR__AUTHENTICATION,
                                        "invalid credentials");
  g_assert_cmpint (strstr (error->message, "2.6.1") != NULL, ==, rd_kafka_version () < 0x02060100);
}

static void
stored (GObject      *object,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (storm_secrets_store_finish (result, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED);
  g_main_loop_quit (data);
}

static void
looked_up (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (storm_secrets_lookup_finish (result, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED);
  g_main_loop_quit (data);
}

static void
test_no_keyring (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (StormConnection) connection = storm_connection_new ();
  g_autoptr (StormSecrets) secrets = storm_secrets_new ("a", NULL);

  storm_secrets_lookup_async (connection, NULL, looked_up, loop);
  g_main_loop_run (loop);
  storm_secrets_store_async (connection, secrets, NULL, stored, loop);
  g_main_loop_run (loop);
}

/* What the demo's shop does in a day. */
static void
test_shop (void)
{
  g_autoptr (StormDemoShop) shop = storm_demo_shop_new (1, 0, 1795171200000);
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  const char *pointers[] = { "/eventType", "/timestamp", "/id", "/orderId" };
  g_autoptr (StormScanSet) set = storm_scan_set_new (pointers, 4, NULL);
  gint64 last = 0;

  for (guint i = 0; i < 2000; i++)
    {
      StormDemoEvent event;
      StormJsonValue values[4];
      gboolean placed;
      guint n;

      storm_demo_shop_next (shop, &event);
      placed = g_str_equal (event.type, "OrderPlaced") || g_str_equal (event.type, "OrderCanceled");
      g_assert_cmpint (event.due, >=, last);
      g_assert_cmpint (event.partition, ==, i % 3);
      if (i == 0)
        g_assert_cmpint (event.due, <, G_USEC_PER_SEC / 2);
      last = event.due;
      g_assert_cmpint (storm_json_scan (event.payload, strlen (event.payload), set, values, NULL),
                       ==, STORM_SCAN_OK);
      g_assert_cmpint (values[0].len, ==, strlen (event.type));
      g_assert_cmpint (g_ascii_strtoll (values[1].start, NULL, 10), ==,
                       1795171200000 + event.due / 1000);
      g_assert_cmpint (values[placed ? 2 : 3].type, ==, STORM_JSON_STRING);
      g_assert_cmpint (values[placed ? 3 : 2].type, ==, STORM_JSON_MISSING);
      n = GPOINTER_TO_UINT (g_hash_table_lookup (types, event.type));
      g_hash_table_insert (types, (gpointer) event.type, GUINT_TO_POINTER (n + 1));
    }
#define N_OF(type) GPOINTER_TO_UINT (g_hash_table_lookup (types, type))
  g_assert_cmpint (g_hash_table_size (types), ==, 6);
  g_assert_cmpint (N_OF ("OrderRejected"), >, 20);
  g_assert_cmpint (N_OF ("OrderCanceled"), >, 20);
  g_assert_cmpint (N_OF ("CookFinished"), >, 200);
  /* More are begun than are finished or in the works: some are stuck. */
  g_assert_cmpint (N_OF ("CookStarted"), >, N_OF ("CookFinished") + 20);
}

int
main (int   argc,
      char *argv[])
{
  /* No bus, so no keyring: whatever the machine of the test has. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection/list", test_list);
  g_test_add_func ("/connection/no-secret-in-file", test_no_secret_in_file);
  g_test_add_func ("/connection/damaged-file", test_damaged_file);
  g_test_add_func ("/connection/no-keyring", test_no_keyring);
  g_test_add_func ("/kafka/config", test_config);
  g_test_add_func ("/kafka/words", test_words);
  g_test_add_func ("/kafka/scram-hint", test_scram_hint);
  g_test_add_func ("/demo/shop", test_shop);

  return g_test_run ();
}
