#include "config.h"

#include "storm-screenshot.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"

gboolean
storm_screenshot_save (GtkWindow   *window,
                       const char  *path,
                       GError     **error)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer;
  int width;
  int height;

  g_return_val_if_fail (GTK_IS_WINDOW (window), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  width = gtk_widget_get_width (GTK_WIDGET (window));
  height = gtk_widget_get_height (GTK_WIDGET (window));
  if (renderer != NULL && width > 0 && height > 0)
    {
      paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
      snapshot = gtk_snapshot_new ();
      gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
      node = gtk_snapshot_to_node (snapshot);
    }
  if (node == NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                   _("The window is not on a screen, so there is nothing to take a picture of."));
      return FALSE;
    }

  texture = gsk_renderer_render_texture (renderer, node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                   _("The picture could not be written to “%s”. Check that the folder exists and "
                     "that there is room on the disk."), path);
      return FALSE;
    }

  return TRUE;
}
