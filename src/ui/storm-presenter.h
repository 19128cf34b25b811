#pragma once

#include "storm-canvas.h"
#include "storm-view-menu.h"

G_BEGIN_DECLS

#define STORM_TYPE_PRESENTER (storm_presenter_get_type ())

/**
 * StormPresenter:
 *
 * What floats over a board that is shown without its tools: one saved view after the other, as
 * slides, with the way on, back and out. It is invisible until storm_presenter_begin().
 *
 * Signals: `leave`: the way out was taken.
 */
G_DECLARE_FINAL_TYPE (StormPresenter, storm_presenter, STORM, PRESENTER, GtkWidget)

/** storm_presenter_new: @views: (not owned), @canvas: (not owned): outlive the presenter. */
GtkWidget  *storm_presenter_new       (StormCanvas    *canvas,
                                       StormViewMenu  *views);
/**
 * storm_presenter_begin:
 * @slides: %FALSE: only the way out is offered; the view stays as it is
 *
 * Shows the first saved view; the whole board on a board without any.
 */
void        storm_presenter_begin     (StormPresenter *self,
                                       gboolean        slides);
void        storm_presenter_end       (StormPresenter *self);
/** storm_presenter_get_slide: the number of the slide, from 1; 0 while none is shown. */
guint       storm_presenter_get_slide (StormPresenter *self);
/** storm_presenter_go: so many slides on (or back), as far as there are any. */
void        storm_presenter_go        (StormPresenter *self,
                                       int             by);

G_END_DECLS
