#pragma once

#include <pango/pango.h>

#include "storm-geometry.h"

G_BEGIN_DECLS

/**
 * StormTextFitter:
 *
 * Finds out how a text stands on the board: its size, where its lines end. Works in board units and
 * without hinting, so that a line never ends elsewhere at another zoom or in another format. One
 * layout does them all. Texts are never markup. Belongs to the thread that made it.
 */
typedef struct _StormTextFitter StormTextFitter;

/** storm_text_fitter_new: @context: made for this alone; its rounding and hinting are set. */
StormTextFitter *storm_text_fitter_new        (PangoContext    *context);
/**
 * storm_text_fitter_new_for_family:
 * @family: (nullable): names of font families as Pango takes them; %NULL for the system's
 *
 * Needs no display. With fonts of its own, so that any thread may make one.
 */
StormTextFitter *storm_text_fitter_new_for_family (const char  *family);
void             storm_text_fitter_free       (StormTextFitter *self);

/**
 * storm_text_fitter_title:
 * @text: may be empty
 * @box: where it must fit
 * @middle: the height at which its middle stands, if it fits there
 * @out: its top left corner
 *
 * Shrinks from 22 to 8 units until it fits without breaking a word; at 8 it breaks words and ends
 * in an ellipsis.
 */
void             storm_text_fitter_title      (StormTextFitter *self,
                                               const char      *text,
                                               const StormRect *box,
                                               double           middle,
                                               StormPoint      *out);
/**
 * storm_text_fitter_line:
 * @size: units
 * @max_width: an ellipsis cuts it there; 0 for any width
 * @out_width: (out) (optional): its width
 * @out_height: (out) (optional): its height
 */
void             storm_text_fitter_line       (StormTextFitter *self,
                                               const char      *text,
                                               double           size,
                                               PangoWeight      weight,
                                               double           max_width,
                                               double          *out_width,
                                               double          *out_height);
/** storm_text_fitter_paragraph: any number of lines, wrapped at @max_width. */
void             storm_text_fitter_paragraph  (StormTextFitter *self,
                                               const char      *text,
                                               double           size,
                                               PangoWeight      weight,
                                               double           max_width,
                                               PangoAlignment   align,
                                               double          *out_width,
                                               double          *out_height);

/** storm_text_fitter_get_layout: (transfer none): the text that was fitted last. */
PangoLayout     *storm_text_fitter_get_layout (StormTextFitter *self);
/** storm_text_fitter_get_size: its font size in units. */
double           storm_text_fitter_get_size   (StormTextFitter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTextFitter, storm_text_fitter_free)

G_END_DECLS
