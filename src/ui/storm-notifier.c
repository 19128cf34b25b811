#include "config.h"

#include "storm-notifier.h"

#include <glib/gi18n-lib.h>

#include "storm-alerts.h"
#include "storm-settings.h"

/* How often traces are looked at, and how often the desktop is told at most, µs. */
#define LOOK_EVERY (2 * G_USEC_PER_SEC)
#define TELL_EVERY (10 * G_USEC_PER_SEC)

struct _StormNotifier
{
  GObject       parent_instance;

  StormMonitor *monitor;
  StormAlerts  *alerts;
  GtkWidget    *widget;      /* weak */
  char         *id;          /* of the notification; NULL while none is shown */
  gint64        looked;      /* monotonic µs */
  gint64        told;
  gboolean      untold;      /* something came since the desktop was told */
};

G_DEFINE_FINAL_TYPE (StormNotifier, storm_notifier, G_TYPE_OBJECT)

static GtkWindow *
get_window (StormNotifier *self)
{
  GtkRoot *root = self->widget != NULL ? gtk_widget_get_root (self->widget) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
withdraw (StormNotifier *self)
{
  GApplication *application = g_application_get_default ();

  if (self->id != NULL && application != NULL)
    g_application_withdraw_notification (application, self->id);
  g_clear_pointer (&self->id, g_free);
}

static void
tell (StormNotifier *self,
      GtkWindow     *window)
{
  GApplication *application = g_application_get_default ();
  g_autofree char *title = storm_alerts_dup_title (self->alerts);
  g_autofree char *body = storm_alerts_dup_body (self->alerts);
  g_autofree char *key = storm_alerts_dup_key (self->alerts);
  g_autoptr (GNotification) notification = NULL;
  guint window_id;

  if (application == NULL || !GTK_IS_APPLICATION_WINDOW (window))
    return;
  window_id = gtk_application_window_get_id (GTK_APPLICATION_WINDOW (window));
  notification = g_notification_new (title);
  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-trace", "(us)", window_id,
                                                key);
  g_notification_add_button_with_target (notification, _("Show Trace"), "app.show-trace", "(us)",
                                         window_id, key);
  g_free (self->id);
  self->id = g_strdup_printf ("troubles-%u", window_id);
  g_application_send_notification (application, self->id, notification);
  self->untold = FALSE;
  self->told = g_get_monotonic_time ();
}

static void
look (StormNotifier *self)
{
  gint64 now = g_get_monotonic_time ();
  GtkWindow *window = get_window (self);

  if (now - self->looked < LOOK_EVERY || window == NULL)
    return;
  self->looked = now;
  /* Who has the window before them reads it there. */
  if (gtk_window_is_active (window) ||
      storm_conformance_get_clock (storm_monitor_get_conformance (self->monitor)) !=
      STORM_CLOCK_WALL ||
      !storm_settings_get_boolean ("notify-troubles", FALSE))
    {
      storm_alerts_see (self->alerts);
      self->untold = FALSE;
      withdraw (self);
      return;
    }
  self->untold |= storm_alerts_look (self->alerts);
  if (storm_alerts_get_n (self->alerts) == 0)
    {
      withdraw (self);
      self->untold = FALSE;
    }
  if (self->untold && now - self->told >= TELL_EVERY)
    tell (self, window);
}

static void
storm_notifier_dispose (GObject *object)
{
  StormNotifier *self = STORM_NOTIFIER (object);

  withdraw (self);
  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->alerts);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_notifier_parent_class)->dispose (object);
}

static void
storm_notifier_class_init (StormNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_notifier_dispose;
}

static void
storm_notifier_init (StormNotifier *self)
{
  self->told = G_MININT64 / 2;
}

StormNotifier *
storm_notifier_new (StormMonitor *monitor,
                    GtkWidget    *widget)
{
  StormNotifier *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_object_new (STORM_TYPE_NOTIFIER, NULL);
  self->monitor = g_object_ref (monitor);
  self->alerts = storm_alerts_new (monitor);
  g_set_weak_pointer (&self->widget, widget);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  return self;
}
