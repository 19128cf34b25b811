#include "config.h"

#include "storm-board-view.h"

#include <math.h>

#define SETTING "view"
#define PICTURE_WIDTH 640
#define PICTURE_HEIGHT 400

typedef struct
{
  int width;
  int height;
  int frames;
} Settle;

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StormBoardFile *file = data;
  StormCanvas *canvas = STORM_CANVAS (widget);
  g_autofree char *text = NULL;
  StormPoint center;
  StormRect bounds;
  double zoom;

  if (gtk_widget_get_width (widget) <= 1)
    return G_SOURCE_CONTINUE;

  text = storm_board_file_dup_setting (file, SETTING);
  if (text != NULL && storm_board_view_parse (text, &center, &zoom))
    storm_canvas_set_view (canvas, center, zoom);
  else if (storm_board_get_bounds (storm_board_file_get_board (file), &bounds))
    storm_canvas_zoom_to_fit (canvas);

  return G_SOURCE_REMOVE;
}

void
storm_board_view_restore (StormBoardFile *file,
                          StormCanvas    *canvas)
{
  g_return_if_fail (STORM_IS_BOARD_FILE (file));
  g_return_if_fail (STORM_IS_CANVAS (canvas));

  gtk_widget_add_tick_callback (GTK_WIDGET (canvas), on_tick, g_object_ref (file),
                                g_object_unref);
}

static gboolean
is_whole (StormBoardFile *file,
          StormCanvas    *canvas)
{
  g_autofree char *kept = NULL;
  StormRect bounds;
  StormRect seen;

  if (!storm_board_get_bounds (storm_board_file_get_board (file), &bounds))
    return FALSE;

  if (gtk_widget_get_width (GTK_WIDGET (canvas)) <= 1)
    {
      kept = storm_board_file_dup_setting (file, SETTING);
      return kept == NULL;
    }

  seen = storm_canvas_get_view_rect (canvas);
  return storm_rect_encloses (&seen, &bounds);
}

static gboolean
on_settle (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  Settle *settle = data;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  /* The panes need a frame or two until they all have their sizes. */
  if (width != settle->width || height != settle->height)
    settle->frames = 0;
  settle->width = width;
  settle->height = height;
  if (width <= 1 || settle->frames++ < 2)
    return G_SOURCE_CONTINUE;

  storm_canvas_zoom_to_fit (STORM_CANVAS (widget));
  return G_SOURCE_REMOVE;
}

void
storm_board_view_keep_whole (StormBoardFile *file,
                             StormCanvas    *canvas)
{
  g_return_if_fail (STORM_IS_BOARD_FILE (file));
  g_return_if_fail (STORM_IS_CANVAS (canvas));

  if (is_whole (file, canvas))
    gtk_widget_add_tick_callback (GTK_WIDGET (canvas), on_settle, g_new0 (Settle, 1), g_free);
}

void
storm_board_view_keep (StormBoardFile *file,
                       StormCanvas    *canvas)
{
  g_autoptr (GdkTexture) picture = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autofree char *view = NULL;

  g_return_if_fail (STORM_IS_BOARD_FILE (file));
  g_return_if_fail (STORM_IS_CANVAS (canvas));

  /* Without a size there never was a view. */
  if (gtk_widget_get_width (GTK_WIDGET (canvas)) > 1)
    {
      view = storm_board_view_print (storm_canvas_get_center (canvas),
                                     storm_canvas_get_zoom (canvas));
      storm_board_file_set_setting (file, SETTING, view);
    }

  picture = storm_canvas_render_picture (canvas, PICTURE_WIDTH, PICTURE_HEIGHT);
  if (picture != NULL)
    {
      png = gdk_texture_save_to_png_bytes (picture);
      storm_board_file_set_picture (file, png);
    }
}

gboolean
storm_board_view_parse (const char *text,
                        StormPoint *center,
                        double     *zoom)
{
  double values[3];
  const char *rest = text;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (center != NULL && zoom != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char *end;

      values[i] = g_ascii_strtod (rest, &end);
      if (end == rest || !isfinite (values[i]))
        return FALSE;
      rest = end;
    }
  if (*rest != '\0' || fabs (values[0]) > STORM_COORD_MAX || fabs (values[1]) > STORM_COORD_MAX ||
      values[2] < 1e-4 || values[2] > 100)
    return FALSE;

  *center = (StormPoint) { values[0], values[1] };
  *zoom = values[2];
  return TRUE;
}

char *
storm_board_view_print (StormPoint center,
                        double     zoom)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  char y[G_ASCII_DTOSTR_BUF_SIZE];
  char z[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup_printf ("%s %s %s", g_ascii_dtostr (x, sizeof x, center.x),
                          g_ascii_dtostr (y, sizeof y, center.y),
                          g_ascii_dtostr (z, sizeof z, zoom));
}
