#include "config.h"

#include "storm-trouble-layout.h"

struct _StormTroubleLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

typedef enum
{
  SENTENCE,
  SPARE,
  REST,
  N_PARTS
} Part;

G_DEFINE_FINAL_TYPE (StormTroubleLayout, storm_trouble_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
find_parts (GtkWidget *widget,
            GtkWidget *parts[N_PARTS])
{
  parts[SENTENCE] = gtk_widget_get_first_child (widget);
  parts[SPARE] = gtk_widget_get_next_sibling (parts[SENTENCE]);
  parts[REST] = gtk_widget_get_next_sibling (parts[SPARE]);
}

static int
natural (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

/* How wide each is where there is @width for all; 0 for what is left out. */
static void
divide (StormTroubleLayout *self,
        GtkWidget          *parts[N_PARTS],
        int                 width,
        int                 widths[N_PARTS])
{
  widths[REST] = natural (parts[REST]);
  widths[SPARE] = natural (parts[SPARE]);
  width -= widths[REST] + self->spacing;
  if (natural (parts[SENTENCE]) + self->spacing + widths[SPARE] > width)
    widths[SPARE] = 0;
  else
    width -= widths[SPARE] + self->spacing;
  widths[SENTENCE] = MAX (width, 1);
}

static GtkSizeRequestMode
storm_trouble_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
storm_trouble_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *nat,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  StormTroubleLayout *self = STORM_TROUBLE_LAYOUT (manager);
  GtkWidget *parts[N_PARTS];
  int widths[N_PARTS];

  find_parts (widget, parts);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (parts[SENTENCE], orientation, -1, minimum, nat, NULL, NULL);
      *minimum += self->spacing + natural (parts[REST]);
      *nat += 2 * self->spacing + natural (parts[SPARE]) + natural (parts[REST]);
      return;
    }
  for (guint i = 0; i < N_PARTS; i++)
    widths[i] = -1;
  if (for_size >= 0)
    divide (self, parts, for_size, widths);
  for (guint i = 0; i < N_PARTS; i++)
    {
      int low;
      int high;

      if (widths[i] == 0)
        continue;
      gtk_widget_measure (parts[i], orientation, widths[i], &low, &high, NULL, NULL);
      *minimum = MAX (*minimum, low);
      *nat = MAX (*nat, high);
    }
}

static void
storm_trouble_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  StormTroubleLayout *self = STORM_TROUBLE_LAYOUT (manager);
  gboolean to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *parts[N_PARTS];
  int widths[N_PARTS];
  int x = 0;

  find_parts (widget, parts);
  divide (self, parts, width, widths);
  for (guint i = 0; i < N_PARTS; i++)
    {
      GtkAllocation place = { to_left ? width - x - widths[i] : x, 0, widths[i], height };

      gtk_widget_set_child_visible (parts[i], widths[i] > 0);
      if (widths[i] == 0)
        continue;
      gtk_widget_size_allocate (parts[i], &place, -1);
      x += widths[i] + self->spacing;
    }
}

static void
storm_trouble_layout_class_init (StormTroubleLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = storm_trouble_layout_get_request_mode;
  layout_class->measure = storm_trouble_layout_measure;
  layout_class->allocate = storm_trouble_layout_allocate;
}

static void
storm_trouble_layout_init (StormTroubleLayout *self)
{
}

GtkLayoutManager *
storm_trouble_layout_new (int spacing)
{
  StormTroubleLayout *self = g_object_new (STORM_TYPE_TROUBLE_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
