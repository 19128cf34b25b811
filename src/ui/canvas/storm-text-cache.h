#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StormTextCache:
 *
 * Turns texts into render nodes in board units, so that they stay sharp and never wrap anew at
 * another zoom. One layout does them all. Texts are never markup.
 */
typedef struct _StormTextCache StormTextCache;


/** storm_text_cache_new: @context: made for the cache alone; its rounding and hinting are set. */
StormTextCache *storm_text_cache_new   (PangoContext         *context);
void            storm_text_cache_free  (StormTextCache       *self);

/**
 * storm_text_cache_make_title:
 * @box: where the text must fit, in board units
 * @middle: the height at which its middle stands, if it fits there
 *
 * Shrinks from 16 to 8 units until it fits without breaking a word; at 8 it breaks words and ends
 * in an ellipsis.
 *
 * Returns: (transfer full) (nullable): the node, %NULL for an empty text
 */
GskRenderNode  *storm_text_cache_make_title (StormTextCache        *self,
                                             const char            *text,
                                             const graphene_rect_t *box,
                                             double                 middle,
                                             const GdkRGBA         *color);
/**
 * storm_text_cache_make_line:
 * @size: units
 * @max_width: an ellipsis cuts it there; 0 for any width
 * @out_width: (out) (optional): its width
 * @out_height: (out) (optional): its height
 *
 * Returns: (transfer full) (nullable): one line at the origin
 */
GskRenderNode  *storm_text_cache_make_line  (StormTextCache        *self,
                                             const char            *text,
                                             double                 size,
                                             PangoWeight            weight,
                                             double                 max_width,
                                             const GdkRGBA         *color,
                                             double                *out_width,
                                             double                *out_height);

G_END_DECLS
