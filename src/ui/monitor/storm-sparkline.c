#include "config.h"

#include "storm-sparkline.h"

#include <math.h>

#include "storm-compat.h"

#define HEIGHT 32
#define MIN_WIDTH 120
#define BAR_MIN 2.0

struct _StormSparkline
{
  GtkWidget  parent_instance;

  guint32   *counts;
  guint      n;
  guint32    most;
};

G_DEFINE_FINAL_TYPE (StormSparkline, storm_sparkline, GTK_TYPE_WIDGET)

static void
storm_sparkline_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  StormSparkline *self = STORM_SPARKLINE (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color, base;

  storm_compat_get_color (widget, &color);
  base = color;
  base.alpha *= 0.3f;
  gtk_snapshot_append_color (snapshot, &base,
                             &GRAPHENE_RECT_INIT (0, (float) height - 1, (float) width, 1));
  for (guint i = 0; i < self->n; i++)
    {
      guint place = is_rtl ? self->n - 1 - i : i;
      double left = floor (width * place / self->n);
      double right = floor (width * (place + 1) / self->n);
      double high;

      if (self->counts[i] == 0)
        continue;
      high = MAX (BAR_MIN, (height - 1) * self->counts[i] / self->most);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float) left, (float) (height - high),
                                                      (float) MAX (right - left - 1, 1),
                                                      (float) high));
    }
}

static void
storm_sparkline_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = *minimum;
}

static void
storm_sparkline_finalize (GObject *object)
{
  g_free (STORM_SPARKLINE (object)->counts);

  G_OBJECT_CLASS (storm_sparkline_parent_class)->finalize (object);
}

static void
storm_sparkline_class_init (StormSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = storm_sparkline_finalize;
  widget_class->snapshot = storm_sparkline_snapshot;
  widget_class->measure = storm_sparkline_measure;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
storm_sparkline_init (StormSparkline *self)
{
}

GtkWidget *
storm_sparkline_new (void)
{
  return g_object_new (STORM_TYPE_SPARKLINE, NULL);
}

void
storm_sparkline_set_counts (StormSparkline *self,
                            const guint32  *counts,
                            guint           n)
{
  g_return_if_fail (STORM_IS_SPARKLINE (self));
  g_return_if_fail (counts != NULL || n == 0);

  if (n == self->n && n > 0 && memcmp (counts, self->counts, n * sizeof *counts) == 0)
    return;
  g_free (self->counts);
  self->counts = g_memdup2 (counts, n * sizeof *counts);
  self->n = n;
  self->most = 0;
  for (guint i = 0; i < n; i++)
    self->most = MAX (self->most, counts[i]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint32
storm_sparkline_get_most (StormSparkline *self)
{
  g_return_val_if_fail (STORM_IS_SPARKLINE (self), 0);

  return self->most;
}

void
storm_sparkline_set_words (StormSparkline *self,
                           const char     *words)
{
  g_return_if_fail (STORM_IS_SPARKLINE (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
