#include "config.h"

#include "storm-alerts.h"

#include <glib/gi18n-lib.h>

#include "storm-trace-private.h"
#include "storm-trace-report.h"
#include "storm-troubles.h"

/* So many traces are named; the others are counted. */
#define MAX_NAMED 3

struct _StormAlerts
{
  GObject       parent_instance;

  StormMonitor *monitor;
  GByteArray   *told;      /* a bit for each trace, by its place in the index */
  GArray       *unseen;    /* of guint32 places */
  gboolean      anew;      /* the traces are others: what is wrong with them now isn't new */
};

G_DEFINE_FINAL_TYPE (StormAlerts, storm_alerts, G_TYPE_OBJECT)

static gboolean
is_told (StormAlerts *self,
         guint32      place)
{
  return place / 8 < self->told->len && (self->told->data[place / 8] & (1u << place % 8)) != 0;
}

static void
set_told (StormAlerts *self,
          guint32      place)
{
  guint old = self->told->len;

  if (place / 8 >= old)
    {
      g_byte_array_set_size (self->told, MAX (place / 8 + 1, old * 2));
      memset (self->told->data + old, 0, self->told->len - old);
    }
  self->told->data[place / 8] |= (guint8) (1u << place % 8);
}

static StormTraceState
state_of (StormAlerts *self,
          guint        i)
{
  return storm_conformance_get_state_at (storm_monitor_get_conformance (self->monitor),
                                         g_array_index (self->unseen, guint32, i));
}

static StormTrace *
dup_trace (StormAlerts *self,
           guint        i)
{
  return storm_trace_index_dup_trace (storm_monitor_get_index (self->monitor),
                                      g_array_index (self->unseen, guint32, i));
}

static void
forget (StormAlerts *self)
{
  g_byte_array_set_size (self->told, 0);
  g_array_set_size (self->unseen, 0);
}

static void
remapped_cb (StormAlerts *self)
{
  forget (self);
  self->anew = TRUE;
}

/* Those that went on meanwhile need nobody any more. */
static void
take_back (StormAlerts *self)
{
  guint n = 0;

  for (guint i = 0; i < self->unseen->len; i++)
    if (storm_trace_state_needs_help (state_of (self, i)))
      g_array_index (self->unseen, guint32, n++) = g_array_index (self->unseen, guint32, i);
  g_array_set_size (self->unseen, n);
}

static void
storm_alerts_dispose (GObject *object)
{
  StormAlerts *self = STORM_ALERTS (object);

  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_alerts_parent_class)->dispose (object);
}

static void
storm_alerts_finalize (GObject *object)
{
  StormAlerts *self = STORM_ALERTS (object);

  g_clear_pointer (&self->told, g_byte_array_unref);
  g_clear_pointer (&self->unseen, g_array_unref);
  G_OBJECT_CLASS (storm_alerts_parent_class)->finalize (object);
}

static void
storm_alerts_class_init (StormAlertsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_alerts_dispose;
  object_class->finalize = storm_alerts_finalize;
}

static void
storm_alerts_init (StormAlerts *self)
{
  self->told = g_byte_array_new ();
  self->unseen = g_array_new (FALSE, FALSE, sizeof (guint32));
}

StormAlerts *
storm_alerts_new (StormMonitor *monitor)
{
  StormAlerts *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_ALERTS, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (storm_monitor_get_log (monitor), "cleared", G_CALLBACK (forget), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_log (monitor), "remapped", G_CALLBACK (remapped_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
storm_alerts_look (StormAlerts *self)
{
  StormConformance *conformance;
  g_autoptr (GArray) places = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (STORM_IS_ALERTS (self), FALSE);

  conformance = storm_monitor_get_conformance (self->monitor);
  take_back (self);
  places = storm_conformance_list_troubled_by_place (conformance);
  for (guint i = 0; i < places->len; i++)
    {
      guint32 place = g_array_index (places, guint32, i);

      if (is_told (self, place) ||
          !storm_trace_state_needs_help (storm_conformance_get_state_at (conformance, place)))
        continue;
      set_told (self, place);
      any = any || !self->anew;
      if (!self->anew)
        g_array_append_val (self->unseen, place);
    }
  self->anew = self->anew && !storm_conformance_is_settled (conformance);
  return any;
}

void
storm_alerts_see (StormAlerts *self)
{
  g_return_if_fail (STORM_IS_ALERTS (self));

  storm_alerts_look (self);
  g_array_set_size (self->unseen, 0);
}

guint
storm_alerts_get_n (StormAlerts *self)
{
  g_return_val_if_fail (STORM_IS_ALERTS (self), 0);

  return self->unseen->len;
}

char *
storm_alerts_dup_title (StormAlerts *self)
{
  g_autoptr (StormTrace) only = NULL;
  g_autofree char *stuck = NULL;
  g_autofree char *failed = NULL;
  guint n_stuck = 0;
  guint n_failed;

  g_return_val_if_fail (STORM_IS_ALERTS (self), NULL);

  for (guint i = 0; i < self->unseen->len; i++)
    n_stuck += state_of (self, i) == STORM_TRACE_STUCK;
  n_failed = self->unseen->len - n_stuck;
  if (self->unseen->len == 1)
    {
      only = dup_trace (self, 0);
      /* Translators: the key of a trace: "order-4711 is stuck" */
      return g_strdup_printf (n_stuck == 1 ? _("%s is stuck") : _("%s failed"),
                              storm_trace_get_key (only));
    }
  stuck = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u trace is stuck",
                                        "%'u traces are stuck", n_stuck), n_stuck);
  failed = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u trace failed",
                                         "%'u traces failed", n_failed), n_failed);
  if (n_failed == 0)
    return g_steal_pointer (&stuck);
  if (n_stuck == 0)
    return g_steal_pointer (&failed);
  return g_strdup_printf ("%s, %s", failed, stuck);
}

char *
storm_alerts_dup_body (StormAlerts *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (STORM_IS_ALERTS (self), NULL);

  if (self->unseen->len == 1)
    {
      g_autoptr (StormTrace) only = dup_trace (self, 0);

      return storm_conformance_headline (storm_monitor_get_conformance (self->monitor), only);
    }
  n = MIN (self->unseen->len, MAX_NAMED);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormTrace) trace = dup_trace (self, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", storm_trace_get_key (trace));
    }
  if (self->unseen->len > n)
    g_string_append_printf (names, g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more",
                                                self->unseen->len - n), self->unseen->len - n);
  return g_strdup (names->str);
}

char *
storm_alerts_dup_key (StormAlerts *self)
{
  g_autoptr (StormTrace) trace = NULL;
  guint worst = 0;

  g_return_val_if_fail (STORM_IS_ALERTS (self), NULL);

  if (self->unseen->len == 0)
    return NULL;
  for (guint i = 1; i < self->unseen->len; i++)
    if (state_of (self, i) > state_of (self, worst))
      worst = i;
  trace = dup_trace (self, worst);
  return g_strdup (storm_trace_get_key (trace));
}
