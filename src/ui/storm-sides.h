#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_SIDES (storm_sides_get_type ())

typedef enum
{
  STORM_SIDES_START,
  STORM_SIDES_END,
} StormSidesPane;

/**
 * StormSides:
 *
 * A content with a pane at either side, which can be sized. Where there is no room for all of them
 * side by side it is folded: panes go, and one of them at a time can be had over the content, until
 * Escape. It is as narrow as the widest of the three.
 *
 * Properties for templates: `content`, `start`, `end`. Signal `changed`: it was folded or unfolded,
 * or a pane was shown or hidden; what storm_sides_get_shown() says may be different.
 */
G_DECLARE_FINAL_TYPE (StormSides, storm_sides, STORM, SIDES, GtkWidget)

/** storm_sides_show: @show is remembered apart for the folded and the unfolded state. */
void      storm_sides_show         (StormSides     *self,
                                    StormSidesPane  pane,
                                    gboolean        show);
gboolean  storm_sides_get_shown    (StormSides     *self,
                                    StormSidesPane  pane);
gboolean  storm_sides_get_folded   (StormSides     *self);
/** storm_sides_set_bare: nothing but the content, whatever else is shown. */
void      storm_sides_set_bare     (StormSides *self,
                                    gboolean    bare);
/** storm_sides_expect_width: folds or unfolds before the first frame of that many pixels. */
void      storm_sides_expect_width (StormSides *self,
                                    int         width);
/** storm_sides_keep, storm_sides_restore: the width of the pane at the end, in the settings. */
void      storm_sides_keep         (StormSides *self,
                                    const char *key);
void      storm_sides_restore      (StormSides *self,
                                    const char *key,
                                    int         fallback);

G_END_DECLS
