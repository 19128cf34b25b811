#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** storm_screenshot_save: writes what @window shows to @path, as a PNG. */
gboolean storm_screenshot_save (GtkWindow   *window,
                                const char  *path,
                                GError     **error);

G_END_DECLS
