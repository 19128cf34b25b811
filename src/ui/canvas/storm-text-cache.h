#pragma once

#include <gtk/gtk.h>

#include "storm-text-fitter.h"

G_BEGIN_DECLS

/**
 * StormTextCache:
 *
 * Turns texts into render nodes in board units, so that they stay sharp and never wrap anew at
 * another zoom. How they lie, storm-text-fitter.h finds out.
 */
typedef struct _StormTextCache StormTextCache;

/**
 * StormTextFit:
 * @size: of the font
 * @frame: what belongs to the text: the sticky, a label's pill
 * @room: begins where the first line begins; as wide as lines may be, and as high as they may get
 *
 * How a text comes to lie, in board units.
 */
typedef struct
{
  double          size;
  graphene_rect_t frame;
  graphene_rect_t room;
} StormTextFit;

/** storm_text_cache_new: @context: made for the cache alone; its rounding and hinting are set. */
StormTextCache *storm_text_cache_new   (PangoContext         *context);
void            storm_text_cache_free  (StormTextCache       *self);
/** storm_text_cache_get_fitter: (transfer none): where the computation lies. */
StormTextFitter *storm_text_cache_get_fitter (StormTextCache  *self);

/** storm_text_cache_measure: a text of any number of lines, wrapped at @max_width. */
void            storm_text_cache_measure    (StormTextCache        *self,
                                             const char            *text,
                                             double                 size,
                                             PangoWeight            weight,
                                             double                 max_width,
                                             PangoAlignment         align,
                                             double                *out_width,
                                             double                *out_height);
/** storm_text_cache_copy_layout: (transfer full): of what was fitted or measured last. */
PangoLayout    *storm_text_cache_copy_layout (StormTextCache       *self);
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
