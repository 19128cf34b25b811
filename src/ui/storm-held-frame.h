#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** storm_held_frame_update: keeps the memory through which @surface gets its frames while they are
 * drawn by the processor; to be called when one is drawn. Does nothing but on X11. */
void storm_held_frame_update (GdkSurface *surface);

G_END_DECLS
