#include "config.h"

#include <adwaita.h>

#include "../unit/storm-monitor-test.h"
#include "storm-notifier.h"
#include "storm-settings.h"

/* What the desktop is told. The test is the desktop's notification service itself. */

#define TIMEOUT (30 * G_TIME_SPAN_SECOND)

static const char service_xml[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='Notify'>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface></node>";

typedef struct
{
  GString *said;
  guint    n_said;
  guint    n_closed;
} Desktop;

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  Desktop *desktop = data;
  const char *title;
  const char *body;

  if (g_str_equal (method, "CloseNotification"))
    {
      desktop->n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  g_variant_get_child (parameters, 3, "&s", &title);
  g_variant_get_child (parameters, 4, "&s", &body);
  g_string_printf (desktop->said, "%s / %s", title, body);
  desktop->n_said++;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 7));
}

static void
serve (GDBusConnection *connection,
       Desktop         *desktop)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (service_xml, &error);
  g_autoptr (GVariant) answer = NULL;

  g_assert_no_error (error);
  g_dbus_connection_register_object (connection, "/org/freedesktop/Notifications",
                                     info->interfaces[0], &table, desktop, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus",
                                        "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.Notifications", 4),
                                        NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* Events of three days ago, of which it is as late as it is. */
static void
tell (StormMonitor *monitor,
      const char   *key,
      const char   *text)
{
  test_tell (monitor, key, text, 0);
  storm_conformance_set_clock (storm_monitor_get_conformance (monitor), STORM_CLOCK_WALL,
                               STORM_TIME_NONE);
  storm_monitor_flush (monitor);
  storm_conformance_settle (storm_monitor_get_conformance (monitor), storm_time_now ());
}

static gboolean
tick_cb (gpointer monitor)
{
  storm_monitor_tick (monitor);
  return G_SOURCE_CONTINUE;
}

/* While the monitor ticks, as it does while something is watched. */
static void
wait_until (StormMonitor *monitor,
            guint        *n,
            guint         least)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT;
  guint id = g_timeout_add (100, tick_cb, monitor);

  while (*n < least && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_cmpuint (*n, >=, least);
}

static void
let_be (void)
{
  for (gint64 end = g_get_monotonic_time () + 200 * G_TIME_SPAN_MILLISECOND;
       g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_told (void)
{
  g_autoptr (GtkApplication) application =
    gtk_application_new ("io.github.stormwatch.TestNotifier", G_APPLICATION_NON_UNIQUE);
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormMonitor) quiet = test_shop_monitor ();
  g_autoptr (StormNotifier) notifier = NULL;
  g_autoptr (StormNotifier) other = NULL;
  g_autoptr (GError) error = NULL;
  Desktop desktop = { g_string_new (NULL), 0, 0 };
  GtkWidget *label = gtk_label_new ("");
  GtkWidget *window;

  if (storm_settings_get () == NULL)
    {
      g_test_skip ("the settings schema is not there");
      return;
    }
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  if (g_application_get_dbus_connection (G_APPLICATION (application)) == NULL)
    {
      g_test_skip ("there is no session bus");
      return;
    }
  g_application_set_default (G_APPLICATION (application));
  serve (g_application_get_dbus_connection (G_APPLICATION (application)), &desktop);
  window = gtk_application_window_new (application);
  gtk_window_set_child (GTK_WINDOW (window), label);

  /* Nobody asked for it. */
  other = storm_notifier_new (quiet, label);
  tell (quiet, "order-1", "Placed@0");
  let_be ();
  g_assert_cmpuint (desktop.n_said, ==, 0);

  storm_settings_set_boolean ("notify-troubles", TRUE);
  notifier = storm_notifier_new (monitor, label);
  tell (monitor, "order-1", "Placed@0 Paid@1");
  tell (monitor, "order-2", "Placed@0");
  wait_until (monitor, &desktop.n_said, 1);
  g_assert_nonnull (strstr (desktop.said->str, "stuck"));
  g_assert_nonnull (strstr (desktop.said->str, "order-1"));
  let_be ();
  g_assert_cmpuint (desktop.n_said, ==, 1);

  g_clear_object (&notifier);
  wait_until (monitor, &desktop.n_closed, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  g_string_free (desktop.said, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *schemas = NULL;

  /* Before anybody looks for schemas. */
  schemas = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "data", NULL);
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/notifier/told", test_told);
  return g_test_run ();
}
