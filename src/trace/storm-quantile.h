#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormQuantile:
 *
 * How spans of time are distributed: a histogram whose buckets grow with the span, 32 for each
 * doubling, so that a quantile is right within two percent from a microsecond to centuries. About
 * 6 KB, whatever is put in. What comes out depends only on which spans are in it, not on the order
 * in which they came, and a span can be taken out again.
 */
typedef struct _StormQuantile StormQuantile;

StormQuantile *storm_quantile_new    (void);
void           storm_quantile_free   (StormQuantile *self);
void           storm_quantile_clear  (StormQuantile *self);

/** storm_quantile_add: @span: nanoseconds; below zero counts as zero. */
void           storm_quantile_add    (StormQuantile *self,
                                      gint64         span);
/** storm_quantile_remove: takes out a span that was added. */
void           storm_quantile_remove (StormQuantile *self,
                                      gint64         span);
/** storm_quantile_merge: adds all that is in @other. */
void           storm_quantile_merge  (StormQuantile *self,
                                      StormQuantile *other);
guint64        storm_quantile_get_n  (StormQuantile *self);
/**
 * storm_quantile_get:
 * @q: 0 to 1: 0.5 is the median
 *
 * Returns: the span, in nanoseconds, below which the share @q lies; 0 when nothing was added
 */
gint64         storm_quantile_get    (StormQuantile *self,
                                      double         q);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormQuantile, storm_quantile_free)

G_END_DECLS
