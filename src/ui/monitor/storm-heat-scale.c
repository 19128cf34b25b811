#include "config.h"

#include "storm-heat-scale.h"

#include <adwaita.h>

#include "storm-draw.h"

/* Pixels. */
#define LINE 36
#define GAP 4
#define HEIGHT 14

struct _StormHeatScale
{
  GtkWidget parent_instance;

  gboolean  single;
};

G_DEFINE_FINAL_TYPE (StormHeatScale, storm_heat_scale, GTK_TYPE_WIDGET)

static void
storm_heat_scale_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                        ? STORM_N_HEAT_COLORS * LINE + (STORM_N_HEAT_COLORS - 1) * GAP : HEIGHT;
}

static void
storm_heat_scale_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  StormHeatScale *self = STORM_HEAT_SCALE (widget);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  /* As wide as what is said above and below it. */
  int line = (gtk_widget_get_width (widget) + GAP) / STORM_N_HEAT_COLORS - GAP;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  StormColors colors;

  /* They don't depend on the palette. */
  storm_colors_set (&colors, STORM_PALETTE_CLASSIC, adw_style_manager_get_dark (manager),
                    adw_style_manager_get_high_contrast (manager));
  for (guint i = 0; i < STORM_N_HEAT_COLORS; i++)
    {
      const StormRgba *c = &colors.heat[i];
      GdkRGBA color = { c->red, c->green, c->blue, c->alpha };
      guint place = rtl ? STORM_N_HEAT_COLORS - 1 - i : i;
      float width = (float) MAX (1, (int) (storm_draw_heat_width (storm_draw_flow_width (1),
                                                                  i + 1) + .5));

      if (self->single && i != STORM_N_HEAT_COLORS / 2)
        continue;
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float) ((int) place * (line + GAP)),
                                                      (float) ((int) (HEIGHT - width) / 2),
                                                      (float) line, width));
    }
}

static void
storm_heat_scale_class_init (StormHeatScaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = storm_heat_scale_measure;
  widget_class->snapshot = storm_heat_scale_snapshot;
  gtk_widget_class_set_css_name (widget_class, "heatscale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
storm_heat_scale_init (StormHeatScale *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
storm_heat_scale_new (void)
{
  return g_object_new (STORM_TYPE_HEAT_SCALE, NULL);
}

void
storm_heat_scale_set_single (StormHeatScale *self,
                             gboolean        single)
{
  g_return_if_fail (STORM_IS_HEAT_SCALE (self));

  if (self->single == single)
    return;
  self->single = single;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
