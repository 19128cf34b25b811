#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_STICKY_PROXY (storm_sticky_proxy_get_type ())

/**
 * StormStickyProxy:
 *
 * What assistive technology sees of a sticky: a child of the canvas that paints nothing and takes
 * no pointer. Actions: `sticky.edit`, `sticky.select`, `sticky.delete`, `sticky.focus`, which end
 * in the signal `act` (const char *what).
 */
G_DECLARE_FINAL_TYPE (StormStickyProxy, storm_sticky_proxy, STORM, STICKY_PROXY, GtkWidget)

GtkWidget  *storm_sticky_proxy_new    (void);
const char *storm_sticky_proxy_get_id (StormStickyProxy *self);
/** storm_sticky_proxy_bind: shows another sticky, or another state of it; cheap when equal. */
void        storm_sticky_proxy_bind   (StormStickyProxy *self,
                                       const char       *id,
                                       const char       *label,
                                       const char       *description,
                                       gboolean          selected,
                                       gboolean          editable);

G_END_DECLS
