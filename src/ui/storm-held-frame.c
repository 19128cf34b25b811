#include "config.h"

#include "storm-held-frame.h"

#ifdef HAVE_X11
#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>

/* Each frame goes to the X server through shared memory that cairo asks for, and gives back as soon
 * as nothing lies in it any more: after each frame. To have all its pages made anew is a third of
 * what a frame costs. A picture of the same size that lies there, and is never looked at, keeps
 * it. */
static cairo_surface_t *
make_held (GdkDisplay *display,
           int         width,
           int         height)
{
  Display *xdisplay = gdk_x11_display_get_xdisplay (display);
  cairo_surface_t *root, *held;

  root = cairo_xlib_surface_create (xdisplay, DefaultRootWindow (xdisplay),
                                    DefaultVisual (xdisplay, DefaultScreen (xdisplay)), 1, 1);
  held = cairo_surface_create_similar_image (root, CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_destroy (root);

  return held;
}

void
storm_held_frame_update (GdkSurface *surface)
{
  static const char key[] = "storm-held-frame";
  GdkDisplay *display;
  cairo_surface_t *held;
  int width, height;

  g_return_if_fail (GDK_IS_SURFACE (surface));

  display = gdk_surface_get_display (surface);
  if (!GDK_IS_X11_DISPLAY (display))
    return;

  held = g_object_get_data (G_OBJECT (surface), key);
  width = gdk_surface_get_width (surface) * gdk_surface_get_scale_factor (surface);
  height = gdk_surface_get_height (surface) * gdk_surface_get_scale_factor (surface);
  if (held == NULL || cairo_image_surface_get_width (held) != width ||
      cairo_image_surface_get_height (held) != height)
    g_object_set_data_full (G_OBJECT (surface), key, make_held (display, width, height),
                            (GDestroyNotify) cairo_surface_destroy);
}

#else

void
storm_held_frame_update (GdkSurface *surface)
{
}

#endif
