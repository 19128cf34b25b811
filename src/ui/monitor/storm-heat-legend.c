#include "config.h"

#include "storm-heat-legend.h"

#include <glib/gi18n-lib.h>

#include "storm-heat-scale.h"

#define MARGIN 12

struct _StormHeatLegend
{
  GtkWidget       parent_instance;

  StormCanvas    *canvas;      /* not held: it lies under this one */
  StormFlowTimes *times;
  StormHeat       heat;
  gboolean        show_times;

  GtkWidget      *box;
  GtkLabel       *title;
  StormHeatScale *scale;
  GtkLabel       *least;
  GtkLabel       *most;
  GtkWidget      *of_now;
};

enum
{
  PROP_HEAT = 1,
  PROP_SHOW_TIMES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (StormHeatLegend, storm_heat_legend, GTK_TYPE_WIDGET)

static char *
dup_words (StormHeatLegend *self,
           gint64           value)
{
  guint n = (guint) CLAMP (value, 0, (gint64) G_MAXUINT);

  if (self->heat == STORM_HEAT_P95)
    return storm_time_format_span (value);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u case", "%'u cases", n), n);
}

static void
show_scale (StormHeatLegend *self,
            gint64           least,
            gint64           most)
{
  g_autofree char *low = dup_words (self, least);
  g_autofree char *high = dup_words (self, most);
  g_autofree char *words = NULL;
  const char *title = self->heat == STORM_HEAT_COUNT ? _("How often each flow was taken")
                                                     : _("95 of 100 cases done within");

  gtk_label_set_text (self->title, title);
  storm_heat_scale_set_single (self->scale, least == most);
  gtk_label_set_text (self->least, least == most ? "" : low);
  gtk_label_set_text (self->most, high);
  /* Translators: the colours of the flows, as a screen reader says it: what they tell, smallest and
   * largest value. */
  words = g_strdup_printf (_("%s: from %s, thin, to %s, thick"), title, low, high);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
refresh (StormHeatLegend *self)
{
  StormFlowStats least;
  StormFlowStats most;
  gboolean visible = self->times != NULL && self->heat != STORM_HEAT_OFF &&
                     storm_flow_times_get_range (self->times, &least, &most);

  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  if (visible)
    show_scale (self, storm_heat_get_value (self->heat, &least),
                storm_heat_get_value (self->heat, &most));
}

static void
set_heat (StormHeatLegend *self,
          const char      *nick)
{
  StormHeat heat;

  if (!storm_heat_from_nick (nick, &heat) || heat == self->heat)
    return;
  self->heat = heat;
  if (self->canvas != NULL)
    storm_canvas_set_heat (self->canvas, heat);
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HEAT]);
}

static void
set_show_times (StormHeatLegend *self,
                gboolean         show_times)
{
  if (self->show_times == show_times)
    return;
  self->show_times = show_times;
  if (self->canvas != NULL)
    storm_canvas_set_show_times (self->canvas, show_times);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_TIMES]);
}

static void
storm_heat_legend_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StormHeatLegend *self = STORM_HEAT_LEGEND (object);

  switch (prop_id)
    {
    case PROP_HEAT:
      g_value_set_string (value, storm_heat_nick (self->heat));
      break;
    case PROP_SHOW_TIMES:
      g_value_set_boolean (value, self->show_times);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_heat_legend_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  StormHeatLegend *self = STORM_HEAT_LEGEND (object);

  switch (prop_id)
    {
    case PROP_HEAT:
      set_heat (self, g_value_get_string (value));
      break;
    case PROP_SHOW_TIMES:
      set_show_times (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_heat_legend_dispose (GObject *object)
{
  StormHeatLegend *self = STORM_HEAT_LEGEND (object);

  g_clear_weak_pointer (&self->canvas);
  g_clear_object (&self->times);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (storm_heat_legend_parent_class)->dispose (object);
}

static void
storm_heat_legend_class_init (StormHeatLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = storm_heat_legend_get_property;
  object_class->set_property = storm_heat_legend_set_property;
  object_class->dispose = storm_heat_legend_dispose;

  props[PROP_HEAT] = g_param_spec_string ("heat", NULL, NULL, "off", flags);
  props[PROP_SHOW_TIMES] = g_param_spec_boolean ("show-times", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "heatlegend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_title (StormHeatLegend *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "caption-heading");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->title));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (close), "win.heat::off");
  gtk_widget_set_tooltip_text (close, _("Don’t colour the flows"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Don’t colour the flows"), -1);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  gtk_box_append (GTK_BOX (line), close);
  gtk_box_append (GTK_BOX (self->box), line);
}

static GtkLabel *
add_end (GtkWidget *line,
         float      xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (line), label);
  return GTK_LABEL (label);
}

static void
storm_heat_legend_init (StormHeatLegend *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->show_times = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_title (self);
  self->scale = STORM_HEAT_SCALE (storm_heat_scale_new ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->scale));
  self->least = add_end (line, 0);
  self->most = add_end (line, 1);
  gtk_box_append (GTK_BOX (self->box), line);
  self->of_now = gtk_label_new (_("As of now, not as of the moment on the time line."));
  gtk_label_set_wrap (GTK_LABEL (self->of_now), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->of_now), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->of_now), 30);
  gtk_widget_add_css_class (self->of_now, "caption");
  gtk_widget_set_visible (self->of_now, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->of_now);
  g_object_set (self, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_END, "margin-bottom", MARGIN,
                "visible", FALSE, NULL);
}

GtkWidget *
storm_heat_legend_new (StormCanvas *canvas)
{
  StormHeatLegend *self;

  g_return_val_if_fail (STORM_IS_CANVAS (canvas), NULL);

  self = g_object_new (STORM_TYPE_HEAT_LEGEND, NULL);
  g_set_weak_pointer (&self->canvas, canvas);
  return GTK_WIDGET (self);
}

void
storm_heat_legend_set_times (StormHeatLegend *self,
                             StormFlowTimes  *times)
{
  g_return_if_fail (STORM_IS_HEAT_LEGEND (self));
  g_return_if_fail (times == NULL || STORM_IS_FLOW_TIMES (times));

  if (self->times != NULL)
    g_signal_handlers_disconnect_by_func (self->times, refresh, self);
  g_set_object (&self->times, times);
  if (times != NULL)
    g_signal_connect_object (times, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  if (self->canvas != NULL)
    storm_canvas_set_times (self->canvas, times);
  refresh (self);
}

void
storm_heat_legend_set_looking_back (StormHeatLegend *self,
                                    gboolean         looking_back)
{
  g_return_if_fail (STORM_IS_HEAT_LEGEND (self));

  gtk_widget_set_visible (self->of_now, looking_back);
}
