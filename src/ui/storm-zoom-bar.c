#include "config.h"

#include "storm-zoom-bar.h"

#include <glib/gi18n-lib.h>

#include "storm-tooltip.h"

struct _StormZoomBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkMenuButton *percent;
  GtkWidget *popover;
  double zoom;
};

enum
{
  PROP_0,
  PROP_ZOOM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (StormZoomBar, storm_zoom_bar, GTK_TYPE_WIDGET)

static void
storm_zoom_bar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_ZOOM)
    g_value_set_double (value, STORM_ZOOM_BAR (object)->zoom);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
storm_zoom_bar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (prop_id == PROP_ZOOM)
    storm_zoom_bar_set_zoom (STORM_ZOOM_BAR (object), g_value_get_double (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
storm_zoom_bar_dispose (GObject *object)
{
  g_clear_pointer (&STORM_ZOOM_BAR (object)->popover, gtk_widget_unparent);
  g_clear_pointer (&STORM_ZOOM_BAR (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (storm_zoom_bar_parent_class)->dispose (object);
}

static void
storm_zoom_bar_class_init (StormZoomBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = storm_zoom_bar_get_property;
  object_class->set_property = storm_zoom_bar_set_property;
  object_class->dispose = storm_zoom_bar_dispose;

  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 1,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                          G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-zoom-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StormZoomBar, box);
  gtk_widget_class_bind_template_child (widget_class, StormZoomBar, percent);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
storm_zoom_bar_init (StormZoomBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  storm_tooltip_add_keys (GTK_WIDGET (self));
  storm_zoom_bar_set_zoom (self, 1);
}

void
storm_zoom_bar_set_zoom (StormZoomBar *self,
                         double        zoom)
{
  g_autofree char *label = NULL;
  double percent;

  g_return_if_fail (STORM_IS_ZOOM_BAR (self));
  g_return_if_fail (zoom > 0);

  if (self->zoom == zoom)
    return;

  self->zoom = zoom;
  percent = zoom * 100;
  /* Translators: the zoom of the board */
  label = g_strdup_printf (percent < 9.95 ? _("%.1f %%") : _("%.0f %%"), percent);
  gtk_menu_button_set_label (self->percent, label);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
}

void
storm_zoom_bar_append_section (StormZoomBar *self,
                               GMenuModel   *section)
{
  g_return_if_fail (STORM_IS_ZOOM_BAR (self));
  g_return_if_fail (G_IS_MENU_MODEL (section));

  g_menu_append_section (G_MENU (gtk_menu_button_get_menu_model (self->percent)), NULL, section);
}

void
storm_zoom_bar_add_popover (StormZoomBar *self,
                            GtkWidget    *popover)
{
  g_return_if_fail (STORM_IS_ZOOM_BAR (self));
  g_return_if_fail (GTK_IS_POPOVER (popover));
  g_return_if_fail (self->popover == NULL);

  self->popover = popover;
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
}
