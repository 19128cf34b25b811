#include "config.h"

#include "storm-palette-bar.h"

#include <glib/gi18n-lib.h>

#include "storm-swatch.h"
#include "storm-tooltip.h"

#define SWATCH_SIZE 22
#define MAX_COLUMNS 4

struct _StormPaletteBar
{
  GtkWidget parent_instance;

  GtkWidget *buttons[STORM_N_KINDS];
  GtkWidget *swatches[STORM_N_KINDS];
  char *placing;
  gboolean updating;
};

enum
{
  PROP_0,
  PROP_PLACING,
  N_PROPS
};

enum
{
  ADD_CONTEXT,
  ADD_SWIMLANE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

typedef char StormPaletteDrag;

static gpointer
palette_drag_copy (gpointer drag)
{
  return g_strdup (drag);
}

G_DEFINE_BOXED_TYPE (StormPaletteDrag, storm_palette_drag, palette_drag_copy, g_free)
G_DEFINE_FINAL_TYPE (StormPaletteBar, storm_palette_bar, GTK_TYPE_WIDGET)

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source,
                 double         x,
                 double         y,
                 gpointer       nick)
{
  GtkWidget *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (button);

  gtk_drag_source_set_icon (source, paintable, SWATCH_SIZE / 2, SWATCH_SIZE / 2);
  return gdk_content_provider_new_typed (STORM_TYPE_PALETTE_DRAG, nick);
}

static void
add_drag_source (GtkWidget  *button,
                 const char *nick)
{
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), (gpointer) nick);
  /* Before the button's own gesture, which would claim the press. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (source));
}

static void
on_toggled (GtkToggleButton *button,
            StormPaletteBar *self)
{
  const char *nick = g_object_get_data (G_OBJECT (button), "nick");

  if (self->updating)
    return;

  storm_palette_bar_set_placing (self, gtk_toggle_button_get_active (button) ? nick : NULL);
}

static void
on_context_clicked (StormPaletteBar *self)
{
  g_signal_emit (self, signals[ADD_CONTEXT], 0);
}

static void
on_swimlane_clicked (StormPaletteBar *self)
{
  g_signal_emit (self, signals[ADD_SWIMLANE], 0);
}

static void
set_words (GtkWidget  *button,
           const char *name,
           const char *hint,
           const char *keys)
{
  g_autofree char *tooltip = NULL;

  if (*keys != '\0')
    /* Translators: a kind of sticky, its key, and what it is for. */
    tooltip = g_strdup_printf (_("%s (%s)\n%s"), name, keys, hint);
  else
    tooltip = g_strdup_printf ("%s\n%s", name, hint);
  gtk_widget_set_tooltip_text (button, tooltip);
  if (*keys != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                    GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, keys, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint, -1);
}

static GtkWidget *
make_kind_button (StormPaletteBar *self,
                  StormKind        kind)
{
  const StormKindInfo *info = storm_kind_info (kind);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *swatch = storm_swatch_new (SWATCH_SIZE);

  storm_swatch_set_kind (STORM_SWATCH (swatch), kind);
  storm_swatch_set_mark (STORM_SWATCH (swatch), info->key);
  gtk_button_set_child (GTK_BUTTON (button), swatch);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "nick", (gpointer) info->nick);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  add_drag_source (button, info->nick);
  set_words (button, storm_kind_name (kind), storm_kind_hint (kind),
             (const char[]) { info->key, '\0' });

  self->buttons[kind] = button;
  self->swatches[kind] = swatch;
  return button;
}

static GtkWidget *
make_context_button (StormPaletteBar *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *swatch = storm_swatch_new (SWATCH_SIZE);
  g_autofree char *keys = storm_tooltip_dup_keys ("win.add-context");

  storm_swatch_set_frame (STORM_SWATCH (swatch));
  gtk_button_set_child (GTK_BUTTON (button), swatch);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_context_clicked), self);
  add_drag_source (button, STORM_PALETTE_CONTEXT);
  set_words (button, C_("object", "Bounded context"),
             _("A frame around what belongs together; it carries what lies inside"), keys);

  return button;
}

static GtkWidget *
make_swimlane_button (StormPaletteBar *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *swatch = storm_swatch_new (SWATCH_SIZE);

  storm_swatch_set_lane (STORM_SWATCH (swatch));
  gtk_button_set_child (GTK_BUTTON (button), swatch);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_swimlane_clicked), self);
  add_drag_source (button, STORM_PALETTE_SWIMLANE);
  set_words (button, C_("object", "Swimlane"),
             _("A row along the whole board for what happens side by side"), "");

  return button;
}

static void
storm_palette_bar_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_PLACING)
    g_value_set_string (value, STORM_PALETTE_BAR (object)->placing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
storm_palette_bar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_PLACING)
    storm_palette_bar_set_placing (STORM_PALETTE_BAR (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static int
measure_cell (StormPaletteBar *self,
              GtkOrientation   orientation,
              int             *n)
{
  int cell = 0;

  *n = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int size;

      gtk_widget_measure (child, orientation, -1, &size, NULL, NULL, NULL);
      cell = MAX (cell, size);
      ++*n;
    }
  return cell;
}

/* As few as keep all buttons within @height; a low window must not lose the last kinds. */
static int
count_columns (int n,
               int cell,
               int height)
{
  int rows = MAX (height / MAX (cell, 1), 1);

  return CLAMP ((n + rows - 1) / rows, 1, MAX_COLUMNS);
}

static GtkSizeRequestMode
storm_palette_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_WIDTH_FOR_HEIGHT;
}

static void
storm_palette_bar_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  StormPaletteBar *self = STORM_PALETTE_BAR (widget);
  int n, cell_height, cell_width;

  cell_height = measure_cell (self, GTK_ORIENTATION_VERTICAL, &n);
  cell_width = measure_cell (self, GTK_ORIENTATION_HORIZONTAL, &n);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int columns = for_size > 0 ? CLAMP (for_size / MAX (cell_width, 1), 1, MAX_COLUMNS) : 1;

      *minimum = (n + MAX_COLUMNS - 1) / MAX_COLUMNS * cell_height;
      *natural = (n + columns - 1) / columns * cell_height;
    }
  else
    {
      *minimum = *natural =
        cell_width * (for_size > 0 ? count_columns (n, cell_height, for_size) : 1);
    }
}

/* Column by column, so that the kinds are read downwards as ever. */
static void
storm_palette_bar_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  StormPaletteBar *self = STORM_PALETTE_BAR (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n, cell_height, cell_width, columns, rows, i = 0;

  cell_height = measure_cell (self, GTK_ORIENTATION_VERTICAL, &n);
  cell_width = measure_cell (self, GTK_ORIENTATION_HORIZONTAL, &n);
  columns = count_columns (n, cell_height, height);
  rows = (n + columns - 1) / columns;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      int column = rtl ? columns - 1 - i / rows : i / rows;

      gtk_widget_size_allocate (child, &(GtkAllocation) { column * cell_width,
                                                          i % rows * cell_height,
                                                          cell_width, cell_height }, -1);
    }
}

static void
storm_palette_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (storm_palette_bar_parent_class)->dispose (object);
}

static void
storm_palette_bar_finalize (GObject *object)
{
  g_free (STORM_PALETTE_BAR (object)->placing);

  G_OBJECT_CLASS (storm_palette_bar_parent_class)->finalize (object);
}

static void
storm_palette_bar_class_init (StormPaletteBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = storm_palette_bar_get_property;
  object_class->set_property = storm_palette_bar_set_property;
  object_class->dispose = storm_palette_bar_dispose;
  object_class->finalize = storm_palette_bar_finalize;

  props[PROP_PLACING] = g_param_spec_string ("placing", NULL, NULL, NULL,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                             G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[ADD_CONTEXT] = g_signal_new ("add-context", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ADD_SWIMLANE] = g_signal_new ("add-swimlane", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  widget_class->get_request_mode = storm_palette_bar_get_request_mode;
  widget_class->measure = storm_palette_bar_measure;
  widget_class->size_allocate = storm_palette_bar_size_allocate;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

static void
storm_palette_bar_init (StormPaletteBar *self)
{
  for (const char *key = "1234567890"; *key != '\0'; key++)
    for (guint i = 0; i < STORM_N_KINDS; i++)
      if (storm_kind_info ((StormKind) i)->key == *key)
        gtk_widget_set_parent (make_kind_button (self, (StormKind) i), GTK_WIDGET (self));
  gtk_widget_set_parent (make_context_button (self), GTK_WIDGET (self));
  gtk_widget_set_parent (make_swimlane_button (self), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "storm-palette");
  gtk_widget_add_css_class (GTK_WIDGET (self), "storm-floating");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Stickers"), -1);
}

GtkWidget *
storm_palette_bar_new (void)
{
  return g_object_new (STORM_TYPE_PALETTE_BAR, NULL);
}

void
storm_palette_bar_set_palette (StormPaletteBar *self,
                               StormPalette     palette)
{
  g_return_if_fail (STORM_IS_PALETTE_BAR (self));

  for (guint i = 0; i < STORM_N_KINDS; i++)
    storm_swatch_set_palette (STORM_SWATCH (self->swatches[i]), palette);
}

const char *
storm_palette_bar_get_placing (StormPaletteBar *self)
{
  g_return_val_if_fail (STORM_IS_PALETTE_BAR (self), NULL);

  return self->placing;
}

void
storm_palette_bar_set_placing (StormPaletteBar *self,
                               const char      *nick)
{
  StormKind kind;
  gboolean known;

  g_return_if_fail (STORM_IS_PALETTE_BAR (self));

  if (g_strcmp0 (self->placing, nick) == 0)
    return;

  g_free (self->placing);
  self->placing = g_strdup (nick);

  known = nick != NULL && storm_kind_from_nick (nick, &kind);
  self->updating = TRUE;
  for (guint i = 0; i < STORM_N_KINDS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), known && i == kind);
  self->updating = FALSE;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLACING]);
}
