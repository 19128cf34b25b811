#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StormFramePump:
 *
 * Calls a function once a frame for as long as it has something to do: by the widget's frame clock
 * while the widget is on screen, else by a timer of the same rate, so that work goes on in a window
 * that nobody sees. Asleep it costs no frame. Main thread.
 */
typedef struct _StormFramePump StormFramePump;

/** StormFramePumpFunc: Returns: %TRUE to be called in the next frame, too. */
typedef gboolean (*StormFramePumpFunc) (gpointer user_data);

/** storm_frame_pump_new: @widget: (nullable): not held. */
StormFramePump *storm_frame_pump_new  (GtkWidget          *widget,
                                       StormFramePumpFunc  func,
                                       gpointer            user_data);
void            storm_frame_pump_free (StormFramePump *self);
/** storm_frame_pump_start: calls from the next frame on, until the function returns %FALSE. */
void            storm_frame_pump_start (StormFramePump *self);
void            storm_frame_pump_stop (StormFramePump *self);

G_END_DECLS
