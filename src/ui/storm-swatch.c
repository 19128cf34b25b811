#include "config.h"

#include "storm-swatch.h"

#include <adwaita.h>
#include <math.h>

#include "storm-colors.h"
#include "storm-compat.h"

struct _StormSwatch
{
  GtkWidget parent_instance;

  int size;
  StormKind kind;
  gboolean frame;
  gboolean lane;
  StormPalette palette;
  char mark;
};

G_DEFINE_FINAL_TYPE (StormSwatch, storm_swatch, GTK_TYPE_WIDGET)

static GdkRGBA
to_rgba (StormRgba color)
{
  return (GdkRGBA) { color.red, color.green, color.blue, 1 };
}

static void
snapshot_frame (StormSwatch *self,
                GtkSnapshot *snapshot,
                int          width,
                int          height)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (2, 2, width - 4, height - 4);
  cairo_t *cr;
  GdkRGBA color;
  const double dash[] = { 4, 3 };

  storm_compat_get_color (GTK_WIDGET (self), &color);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  cairo_rectangle (cr, rect.origin.x, rect.origin.y, rect.size.width, rect.size.height);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Two rows with the column of their titles. */
static void
snapshot_lane (StormSwatch *self,
               GtkSnapshot *snapshot,
               int          width,
               int          height)
{
  GdkRGBA color;
  float w = (float) width - 4, h = (float) height - 8;

  storm_compat_get_color (GTK_WIDGET (self), &color);
  for (guint i = 0; i < 3; i++)
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (2, 3.f + roundf (h * (float) i / 2), w, 1.5f));
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (2, 3, 1.5f, h + 1.5f));
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (7, 3, 1.5f, h + 1.5f));
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (w + .5f, 3, 1.5f, h + 1.5f));
}

static void
snapshot_mark (StormSwatch   *self,
               GtkSnapshot   *snapshot,
               const GdkRGBA *ink,
               int            width,
               int            height)
{
  const char text[] = { self->mark, '\0' };
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoRectangle extents;

  pango_layout_get_pixel_extents (layout, NULL, &extents);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width - extents.width - 4,
                                                          height - extents.height - 1));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

static void
storm_swatch_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  StormSwatch *self = STORM_SWATCH (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GskRoundedRect outline;
  StormColors colors;
  GdkRGBA fill;
  GdkRGBA ink;
  GdkRGBA edge;

  if (self->frame)
    {
      snapshot_frame (self, snapshot, width, height);
      return;
    }
  if (self->lane)
    {
      snapshot_lane (self, snapshot, width, height);
      return;
    }

  storm_colors_set (&colors, self->palette, adw_style_manager_get_dark (style),
                    adw_style_manager_get_high_contrast (style));
  fill = to_rgba (storm_colors_get_fill (&colors, self->kind));
  ink = to_rgba (storm_colors_get_ink (&colors, self->kind));
  edge = (GdkRGBA) { 0, 0, 0, 0.15 };

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), 3);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { edge, edge, edge, edge });
  if (self->mark != 0)
    snapshot_mark (self, snapshot, &ink, width, height);
}

static void
storm_swatch_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = *natural = STORM_SWATCH (widget)->size;
}

static void
storm_swatch_class_init (StormSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = storm_swatch_snapshot;
  widget_class->measure = storm_swatch_measure;

  gtk_widget_class_set_css_name (widget_class, "swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
storm_swatch_init (StormSwatch *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
storm_swatch_new (int size)
{
  StormSwatch *self = g_object_new (STORM_TYPE_SWATCH, NULL);

  self->size = size;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  return GTK_WIDGET (self);
}

void
storm_swatch_set_kind (StormSwatch *self,
                       StormKind    kind)
{
  g_return_if_fail (STORM_IS_SWATCH (self));
  g_return_if_fail (kind < STORM_N_KINDS);

  self->kind = kind;
  self->frame = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_swatch_set_frame (StormSwatch *self)
{
  g_return_if_fail (STORM_IS_SWATCH (self));

  self->frame = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_swatch_set_lane (StormSwatch *self)
{
  g_return_if_fail (STORM_IS_SWATCH (self));

  self->lane = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_swatch_set_palette (StormSwatch  *self,
                          StormPalette  palette)
{
  g_return_if_fail (STORM_IS_SWATCH (self));
  g_return_if_fail (palette < STORM_N_PALETTES);

  self->palette = palette;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_swatch_set_mark (StormSwatch *self,
                       char         mark)
{
  g_return_if_fail (STORM_IS_SWATCH (self));

  self->mark = mark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
