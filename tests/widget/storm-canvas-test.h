#pragma once

/* A canvas with a board and its history in a window, and what several tests do with it. */

#include <adwaita.h>

#include "storm-canvas-private.h"
#include "storm-edit.h"
#include "storm-monitor.h"

#define WIDTH 800
#define HEIGHT 600

typedef struct
{
  StormBoard     *board;
  StormHistory   *history;
  StormSelection *selection;
  GtkWidget      *window;
  GtkWidget      *canvas;
} Fixture;

#define ADD(name, func) g_test_add ("/canvas/" name, Fixture, NULL, set_up, func, tear_down)

static inline void
allocate (GtkWidget *canvas)
{
  int minimum;

  gtk_widget_measure (canvas, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (canvas, WIDTH, HEIGHT, -1, NULL);
}

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      data != NULL ? ADW_COLOR_SCHEME_FORCE_DARK
                                                   : ADW_COLOR_SCHEME_FORCE_LIGHT);
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  f->selection = storm_selection_new (f->board);
  f->canvas = storm_canvas_new (f->history, f->selection);
  f->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (f->window), f->canvas);
  allocate (f->canvas);
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *canvas = f->canvas;

  g_object_add_weak_pointer (G_OBJECT (canvas), (gpointer *) &f->canvas);
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_null (f->canvas);
  g_object_unref (f->selection);
  g_object_unref (f->history);
  g_object_unref (f->board);
}

static inline char *
add (Fixture    *f,
     double      x,
     double      y,
     const char *title)
{
  g_autoptr (StormChange) change = NULL;
  char *id;

  change = storm_edit_add_sticky (f->board, STORM_KIND_EVENT, (StormPoint) { x, y }, title, &id);
  g_assert_true (storm_history_do (f->history, change, NULL));
  return id;
}

static inline guint
n_stickies (Fixture *f)
{
  return g_list_model_get_n_items (storm_board_get_stickies (f->board));
}

static inline guint
n_flows (Fixture *f)
{
  return g_list_model_get_n_items (storm_board_get_flows (f->board));
}

static inline void
act (Fixture    *f,
     const char *name)
{
  g_assert_true (gtk_widget_activate_action (f->canvas, name, NULL));
}

/* As often as it takes for all titles to be there. */
static inline GskRenderNode *
snapshot (GtkWidget *canvas)
{
  StormCanvas *self = STORM_CANVAS (canvas);
  GskRenderNode *node = NULL;

  do
    {
      GtkSnapshot *s = gtk_snapshot_new ();

      g_clear_pointer (&node, gsk_render_node_unref);
      if (self->tick != 0)
        {
          gtk_widget_remove_tick_callback (canvas, self->tick);
          self->tick = 0;
        }
      GTK_WIDGET_GET_CLASS (canvas)->snapshot (canvas, s);
      node = gtk_snapshot_free_to_node (s);
    }
  while (self->tick != 0);
  return node;
}

static inline guint
pixel (GskRenderNode *node,
       int            x,
       int            y)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint32 value;

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  value = *(const guint32 *) (void *) (cairo_image_surface_get_data (surface) +
                                       y * cairo_image_surface_get_stride (surface) + 4 * x);
  cairo_surface_destroy (surface);
  return value & 0xffffff;
}

static inline void
assert_pixel (Fixture       *f,
              int            x,
              int            y,
              const GdkRGBA *expected)
{
  g_autoptr (GskRenderNode) node = snapshot (f->canvas);
  guint got = pixel (node, x, y);
  int red = (int) (expected->red * 255 + .5), green = (int) (expected->green * 255 + .5);
  int blue = (int) (expected->blue * 255 + .5);

  g_test_message ("at %d,%d: #%06x, expected #%02x%02x%02x", x, y, got, red, green, blue);
  g_assert_cmpint (ABS ((int) (got >> 16) - red), <=, 2);
  g_assert_cmpint (ABS ((int) ((got >> 8) & 0xff) - green), <=, 2);
  g_assert_cmpint (ABS ((int) (got & 0xff) - blue), <=, 2);
}

static inline gpointer
controller (Fixture *f,
            GType    type)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (f->canvas);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GObject) one = g_list_model_get_item (all, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (one, type) &&
          (!GTK_IS_GESTURE_SINGLE (one) ||
           gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (one)) == GDK_BUTTON_PRIMARY))
        return one;
    }
  g_assert_not_reached ();
}

/* An event of the order 7, a second after the one before. */
static inline void
take_event (StormMonitor *monitor,
            const char   *type,
            gint64        offset)
{
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  g_autofree char *payload =
    g_strdup_printf ("{\"eventType\":\"%s\",\"timestamp\":%" G_GINT64_FORMAT
                     ",\"correlationId\":7}", type, 1795171267120 + offset * 1000);
  StormBatchBuilder *builder = storm_batch_builder_new (storm_monitor_get_strings (monitor),
                                                        mapping);
  StormRecord record = { .topic = "shop", .offset = offset, .broker_time = STORM_TIME_NONE,
                         .payload = (const guint8 *) payload, .payload_len = strlen (payload) };
  StormBatch *batch;

  storm_batch_builder_add (builder, &record);
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (monitor, batch);
  storm_monitor_flush (monitor);
  storm_batch_unref (batch);
  storm_batch_builder_free (builder);
}

/* "activated" of a canvas: keeps what was. */
static inline void
on_activated (char      **place,
              const char *id)
{
  g_free (*place);
  *place = g_strdup (id);
}

/* As every program of these tests begins. */
static inline void
init (int    *argc,
      char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}
