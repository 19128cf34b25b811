#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_SPARKLINE (storm_sparkline_get_type ())

/**
 * StormSparkline:
 *
 * A few numbers as bars, the highest of which fills the height. Drawn with few nodes: it may change
 * every second. To assistive technology a picture, with what set_words() says.
 */
G_DECLARE_FINAL_TYPE (StormSparkline, storm_sparkline, STORM, SPARKLINE, GtkWidget)

GtkWidget *storm_sparkline_new        (void);
/** storm_sparkline_set_counts: @counts: (array length=n): the oldest first; copied. */
void       storm_sparkline_set_counts (StormSparkline *self,
                                       const guint32  *counts,
                                       guint           n);
/** storm_sparkline_get_most: the highest number. */
guint32    storm_sparkline_get_most   (StormSparkline *self);
void       storm_sparkline_set_words  (StormSparkline *self,
                                       const char     *words);

G_END_DECLS
