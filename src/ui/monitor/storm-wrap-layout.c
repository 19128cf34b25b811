#include "config.h"

#include "storm-wrap-layout.h"

struct _StormWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

enum
{
  PROP_0,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (StormWrapLayout, storm_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A child that is to be laid out, and its line. */
typedef struct
{
  GtkWidget *widget;
  GtkRequestedSize size;
  gboolean expands;
} Part;

/* Returns: (transfer full) (element-type Part): the children that take part */
static GArray *
get_parts (GtkWidget *widget)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      Part part = { .widget = child,
                    .expands = gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &part.size.minimum_size,
                          &part.size.natural_size, NULL, NULL);
      g_array_append_val (parts, part);
    }
  return parts;
}

/* How many parts from @first on have room in one line. */
static guint
count_line (StormWrapLayout *self,
            GArray          *parts,
            guint            first,
            int              width)
{
  int used = 0;
  guint n = 0;

  for (guint i = first; i < parts->len; i++)
    {
      used += g_array_index (parts, Part, i).size.minimum_size + (n > 0 ? self->spacing : 0);
      if (n > 0 && used > width)
        break;
      n++;
    }
  return n;
}

/* Afterwards the least size of each is its width. */
static void
share_line (StormWrapLayout *self,
            GArray          *parts,
            guint            first,
            guint            n,
            int              width)
{
  g_autofree GtkRequestedSize *sizes = g_new (GtkRequestedSize, n);
  int rest = width - self->spacing * ((int) n - 1);
  int n_expand = 0;

  for (guint i = 0; i < n; i++)
    {
      Part *part = &g_array_index (parts, Part, first + i);

      sizes[i] = part->size;
      rest -= part->size.minimum_size;
      n_expand += part->expands;
    }
  rest = gtk_distribute_natural_allocation (MAX (rest, 0), n, sizes);

  for (guint i = 0; i < n; i++)
    {
      Part *part = &g_array_index (parts, Part, first + i);

      part->size.minimum_size = sizes[i].minimum_size;
      if (!part->expands)
        continue;
      part->size.minimum_size += rest / n_expand;
      rest -= rest / n_expand;
      n_expand--;
    }
}

static int
get_line_height (GArray   *parts,
                 guint     first,
                 guint     n,
                 gboolean  natural)
{
  int height = 0;

  for (guint i = first; i < first + n; i++)
    {
      Part *part = &g_array_index (parts, Part, i);
      int least;
      int nice;

      gtk_widget_measure (part->widget, GTK_ORIENTATION_VERTICAL, part->size.minimum_size, &least,
                          &nice, NULL, NULL);
      height = MAX (height, natural ? nice : least);
    }
  return height;
}

static void
measure_width (StormWrapLayout *self,
               GArray          *parts,
               int             *minimum,
               int             *natural)
{
  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);

      *minimum = MAX (*minimum, part->size.minimum_size);
      *natural += part->size.natural_size + (i > 0 ? self->spacing : 0);
    }
}

static GtkSizeRequestMode
storm_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                    GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
storm_wrap_layout_measure (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           GtkOrientation    orientation,
                           int               for_size,
                           int              *minimum,
                           int              *natural,
                           int              *minimum_baseline,
                           int              *natural_baseline)
{
  StormWrapLayout *self = STORM_WRAP_LAYOUT (manager);
  g_autoptr (GArray) parts = get_parts (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, parts, minimum, natural);
      return;
    }

  if (for_size < 0)
    for_size = G_MAXINT / 2;
  for (guint i = 0, n; i < parts->len; i += n)
    {
      n = count_line (self, parts, i, for_size);
      share_line (self, parts, i, n, for_size);
      *minimum += get_line_height (parts, i, n, FALSE) + (i > 0 ? self->spacing : 0);
      *natural += get_line_height (parts, i, n, TRUE) + (i > 0 ? self->spacing : 0);
    }
}

static void
storm_wrap_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            int               width,
                            int               height,
                            int               baseline)
{
  StormWrapLayout *self = STORM_WRAP_LAYOUT (manager);
  g_autoptr (GArray) parts = get_parts (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (guint i = 0, n; i < parts->len; i += n)
    {
      int line, x = 0;

      n = count_line (self, parts, i, width);
      share_line (self, parts, i, n, width);
      /* One line has all the height there is. */
      line = n == parts->len ? height : get_line_height (parts, i, n, TRUE);
      for (guint j = i; j < i + n; j++)
        {
          int part = g_array_index (parts, Part, j).size.minimum_size;
          GtkAllocation place = { rtl ? width - x - part : x, y, part, line };

          gtk_widget_size_allocate (g_array_index (parts, Part, j).widget, &place, -1);
          x += part + self->spacing;
        }
      y += line + self->spacing;
    }
}

static void
storm_wrap_layout_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_SPACING)
    g_value_set_int (value, STORM_WRAP_LAYOUT (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
storm_wrap_layout_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_SPACING)
    STORM_WRAP_LAYOUT (object)->spacing = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
storm_wrap_layout_class_init (StormWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = storm_wrap_layout_get_property;
  object_class->set_property = storm_wrap_layout_set_property;
  layout_class->get_request_mode = storm_wrap_layout_get_request_mode;
  layout_class->measure = storm_wrap_layout_measure;
  layout_class->allocate = storm_wrap_layout_allocate;

  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 100, 6,
                                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                          G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
storm_wrap_layout_init (StormWrapLayout *self)
{
}

GtkLayoutManager *
storm_wrap_layout_new (int spacing)
{
  return g_object_new (STORM_TYPE_WRAP_LAYOUT, "spacing", spacing, NULL);
}
