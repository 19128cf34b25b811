#include "config.h"

#include "storm-minimap.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-canvas-private.h"
#include "storm-pixels.h"

#define WIDTH 176
#define HEIGHT 112
#define MARGIN 6.0

/* A smaller canvas has no room for a second picture of itself. */
#define MIN_CANVAS_WIDTH 480
#define MIN_CANVAS_HEIGHT 320

/* ms between two pictures of a board that changes all the time. */
#define INTERVAL 150

struct _StormMinimap
{
  GtkWidget parent_instance;

  StormCanvas *canvas;
  StormViewport map;
  GdkTexture *texture;
  gboolean enabled;
  guint stale_id;
  guint show_id;
};

enum
{
  PROP_0,
  PROP_ENABLED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (StormMinimap, storm_minimap, GTK_TYPE_WIDGET)

static guint32
pixel (const GdkRGBA *color)
{
  return storm_pixels_color (color->red, color->green, color->blue);
}

static void
fill (StormMinimap    *self,
      StormPixels     *pixels,
      const StormRect *rect,
      double           scale,
      guint32          color)
{
  StormRect r = storm_viewport_rect_to_screen (&self->map, rect);

  storm_pixels_fill (pixels, r.x * scale, r.y * scale, (r.x + r.width) * scale,
                     (r.y + r.height) * scale, color);
}

static void
fill_contexts (StormMinimap *self,
               StormPixels  *pixels,
               GPtrArray    *items,
               double        scale)
{
  const StormStyle *style = storm_painter_get_style (self->canvas->painter);
  GdkRGBA faint = storm_style_mix (&style->paper, &style->frame, .22f);
  GdkRGBA strong = storm_style_mix (&style->paper, &style->frame, .6f);

  storm_scene_collect (self->canvas->scene, STORM_OBJECT_CONTEXT, NULL, items);
  for (guint i = 0; i < items->len; i++)
    {
      const StormItem *item = g_ptr_array_index (items, i);
      StormRect line = { item->rect.x, item->rect.y, item->rect.width, 0 };

      /* A card stands there as a sticky does. Swimlanes touch: a line tells them apart. */
      fill (self, pixels, &item->rect, scale, pixel (item->card != NULL ? &strong : &faint));
      if (storm_context_get_kind (STORM_CONTEXT (item->object)) == STORM_CONTEXT_SWIMLANE)
        {
          fill (self, pixels, &line, scale, pixel (&strong));
          line.y += item->rect.height;
          fill (self, pixels, &line, scale, pixel (&strong));
        }
    }
}

static void
fill_stickies (StormMinimap *self,
               StormPixels  *pixels,
               GPtrArray    *items,
               double        scale)
{
  guint32 colors[STORM_N_KINDS];

  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      GdkRGBA color;

      storm_style_get_fill (storm_painter_get_style (self->canvas->painter), i, &color);
      colors[i] = pixel (&color);
    }
  storm_scene_collect (self->canvas->scene, STORM_OBJECT_STICKY, NULL, items);
  for (guint i = 0; i < items->len; i++)
    {
      StormItem *item = g_ptr_array_index (items, i);

      fill (self, pixels, &item->rect, scale, colors[item->kind]);
    }
}

static GdkTexture *
make_texture (StormMinimap *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  StormPixels pixels = { NULL, 0, 0 };
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width;
  int height;

  storm_pixels_resize (&pixels, WIDTH * scale, HEIGHT * scale);
  storm_pixels_clear (&pixels, pixel (&storm_painter_get_style (self->canvas->painter)->paper));
  fill_contexts (self, &pixels, items, scale);
  fill_stickies (self, &pixels, items, scale);
  width = pixels.width;
  height = pixels.height;
  bytes = g_bytes_new_take (storm_pixels_steal (&pixels), (gsize) width * height * 4);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) width * 4);
}

/* Where the canvas' view lies on the map, never outside of it. */
static graphene_rect_t
get_frame (StormMinimap *self)
{
  StormRect view = storm_canvas_get_view_rect (self->canvas);
  StormRect r = storm_viewport_rect_to_screen (&self->map, &view);
  graphene_rect_t all = GRAPHENE_RECT_INIT (1, 1, WIDTH - 2, HEIGHT - 2);
  graphene_rect_t frame = GRAPHENE_RECT_INIT ((float) r.x, (float) r.y,
                                              (float) MAX (r.width, 4), (float) MAX (r.height, 4));

  if (!graphene_rect_intersection (&frame, &all, &frame))
    frame = GRAPHENE_RECT_INIT ((float) CLAMP (r.x, 1, WIDTH - 5),
                                (float) CLAMP (r.y, 1, HEIGHT - 5), 4, 4);
  return frame;
}

static void
storm_minimap_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  StormMinimap *self = STORM_MINIMAP (widget);
  const StormStyle *style = storm_painter_get_style (self->canvas->painter);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);
  graphene_rect_t frame;
  GskRoundedRect outline;
  GdkRGBA inside = style->accent;
  StormRect bounds;

  if (self->texture == NULL)
    {
      if (!storm_board_get_bounds (self->canvas->board, &bounds))
        return;
      storm_viewport_fit (&self->map, &bounds, MARGIN, 1);
      self->texture = make_texture (self);
    }
  frame = get_frame (self);
  inside.alpha = .12f;
  gsk_rounded_rect_init_from_rect (&outline, &all, 8);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_texture (snapshot, self->texture, &all);
  gtk_snapshot_append_color (snapshot, &inside, &frame);
  gsk_rounded_rect_init_from_rect (&outline, &frame, 2);
  gtk_snapshot_append_border (snapshot, &outline, (float[]) { 2, 2, 2, 2 },
                              (GdkRGBA[]) { style->accent, style->accent, style->accent,
                                            style->accent });
  gtk_snapshot_pop (snapshot);
}

static void
storm_minimap_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static gboolean
on_show_idle (gpointer data)
{
  StormMinimap *self = data;
  StormRect view = storm_canvas_get_view_rect (self->canvas);
  StormRect bounds;

  self->show_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->enabled && self->canvas->view.width >= MIN_CANVAS_WIDTH &&
                          self->canvas->view.height >= MIN_CANVAS_HEIGHT &&
                          storm_board_get_bounds (self->canvas->board, &bounds) &&
                          !storm_rect_encloses (&view, &bounds));
  return G_SOURCE_REMOVE;
}

/* Not at once: the view may move while the widgets get their places. */
static void
update_shown (StormMinimap *self)
{
  if (self->show_id == 0)
    self->show_id = g_idle_add (on_show_idle, self);
}

static gboolean
on_stale (gpointer data)
{
  StormMinimap *self = data;

  self->stale_id = 0;
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_shown (self);
  return G_SOURCE_REMOVE;
}

static void
on_board_changed (StormMinimap *self)
{
  if (self->stale_id == 0)
    self->stale_id = g_timeout_add (INTERVAL, on_stale, self);
}

static void
on_view_changed (StormMinimap *self)
{
  update_shown (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
go_to (StormMinimap *self,
       double        x,
       double        y)
{
  StormPoint at = storm_viewport_to_world (&self->map, (StormPoint) { x, y });

  storm_canvas_set_view (self->canvas, at, storm_canvas_get_zoom (self->canvas));
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               StormMinimap   *self)
{
  go_to (self, x, y);
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                StormMinimap   *self)
{
  double x;
  double y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    go_to (self, CLAMP (x + dx, 0, WIDTH), CLAMP (y + dy, 0, HEIGHT));
}

static void
storm_minimap_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (prop_id == PROP_ENABLED)
    g_value_set_boolean (value, STORM_MINIMAP (object)->enabled);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
storm_minimap_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  StormMinimap *self = STORM_MINIMAP (object);

  if (prop_id != PROP_ENABLED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  if (self->enabled == g_value_get_boolean (value))
    return;

  self->enabled = g_value_get_boolean (value);
  update_shown (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
storm_minimap_dispose (GObject *object)
{
  StormMinimap *self = STORM_MINIMAP (object);

  g_clear_handle_id (&self->stale_id, g_source_remove);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_object (&self->texture);
  g_clear_object (&self->canvas);

  G_OBJECT_CLASS (storm_minimap_parent_class)->dispose (object);
}

static void
storm_minimap_class_init (StormMinimapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = storm_minimap_get_property;
  object_class->set_property = storm_minimap_set_property;
  object_class->dispose = storm_minimap_dispose;
  widget_class->snapshot = storm_minimap_snapshot;
  widget_class->measure = storm_minimap_measure;

  props[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "minimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
storm_minimap_init (StormMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  storm_viewport_init (&self->map);
  storm_viewport_set_size (&self->map, WIDTH, HEIGHT);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_css_class (GTK_WIDGET (self), "storm-floating");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The whole board in small"), -1);
}

GtkWidget *
storm_minimap_new (StormCanvas *canvas)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  StormMinimap *self;

  g_return_val_if_fail (STORM_IS_CANVAS (canvas), NULL);

  self = g_object_new (STORM_TYPE_MINIMAP, "visible", FALSE, NULL);
  self->canvas = g_object_ref (canvas);
  g_signal_connect_object (canvas, "view-changed", G_CALLBACK (on_view_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "notify::palette", G_CALLBACK (on_board_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas->scene, "changed", G_CALLBACK (on_board_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify", G_CALLBACK (on_board_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_board_changed), NULL);
  update_shown (self);

  return GTK_WIDGET (self);
}
