#include "config.h"

#include "storm-sticky-proxy.h"

struct _StormStickyProxy
{
  GtkWidget  parent_instance;

  char      *id;
  char      *label;
  char      *description;
  int        selected;       /* -1: never set */
};

G_DEFINE_FINAL_TYPE (StormStickyProxy, storm_sticky_proxy, GTK_TYPE_WIDGET)

enum
{
  ACT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[ACT], 0, name + strlen ("sticky."));
}

static void
storm_sticky_proxy_finalize (GObject *object)
{
  StormStickyProxy *self = STORM_STICKY_PROXY (object);

  g_free (self->id);
  g_free (self->label);
  g_free (self->description);

  G_OBJECT_CLASS (storm_sticky_proxy_parent_class)->finalize (object);
}

static void
storm_sticky_proxy_class_init (StormStickyProxyClass *klass)
{
  static const char *names[] = { "sticky.edit", "sticky.select", "sticky.delete", "sticky.focus" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = storm_sticky_proxy_finalize;
  signals[ACT] = g_signal_new ("act", STORM_TYPE_STICKY_PROXY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "stormsticky");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_install_action (widget_class, names[i], NULL, on_action);
}

static void
storm_sticky_proxy_init (StormStickyProxy *self)
{
  self->selected = -1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
storm_sticky_proxy_new (void)
{
  return g_object_new (STORM_TYPE_STICKY_PROXY, NULL);
}

const char *
storm_sticky_proxy_get_id (StormStickyProxy *self)
{
  g_return_val_if_fail (STORM_IS_STICKY_PROXY (self), NULL);

  return self->id;
}

static gboolean
storm_replace_string (char       **place,
                      const char  *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return FALSE;
  g_free (*place);
  *place = g_strdup (text);
  return TRUE;
}

void
storm_sticky_proxy_bind (StormStickyProxy *self,
                         const char       *id,
                         const char       *label,
                         const char       *description,
                         gboolean          selected,
                         gboolean          editable)
{
  g_return_if_fail (STORM_IS_STICKY_PROXY (self));

  storm_replace_string (&self->id, id);
  if (storm_replace_string (&self->label, label))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  if (storm_replace_string (&self->description, description))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    description, -1);
  if (self->selected != selected)
    {
      self->selected = selected;
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected,
                                   -1);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sticky.edit", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sticky.delete", editable);
}
