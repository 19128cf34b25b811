#pragma once

#include <gtk/gtk.h>

#include "storm-history.h"
#include "storm-find.h"
#include "storm-comparison.h"
#include "storm-heat.h"
#include "storm-overlay.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_CANVAS (storm_canvas_get_type ())

/**
 * StormCanvas:
 *
 * The board as a widget: paints by layers, pans and zooms, and turns pointer and keys into changes
 * through its tools (storm-tool.h). Every operation is an action of the widget class, without
 * parameters where that makes sense, so that menus, shortcuts, tests and assistive technology use
 * the same ones:
 *
 * - `canvas.undo`, `canvas.redo`
 * - `canvas.select-all`, `canvas.select-none`, `canvas.delete`, `canvas.duplicate`
 * - `canvas.cut`, `canvas.copy`, `canvas.paste`
 * - `canvas.copy-style`, `canvas.paste-style`: kind and size of a sticky, for all selected
 * - `canvas.edit` (in place), `canvas.cancel`
 * - `canvas.place` (s: a kind's nick): click-then-place; `canvas.add` (s): at the view's middle
 * - `canvas.add-context`: around the selection, or at the middle of the view
 * - `canvas.fit-context`: the selected contexts to what lies in them; `canvas.collapse-context`,
 *   `canvas.expand-context`: to a card and back
 * - `canvas.add-swimlane`: below the last one
 * - `canvas.mark-pivotal`, `canvas.unmark-pivotal`: the selected events
 * - `canvas.set-kind` (s): of the selection
 * - `canvas.connect-next`, `-previous`, `-above`, `-below`: makes the next sticky, or the one
 *   before, and the flow
 * - `canvas.follow` (s: right, left, up, down): along a flow, back, to the other ways
 * - `canvas.next-right`, `next-left`, `next-below`, `next-above`: edits the sticky beside the
 *   selected one, which is made where there is none
 * - `canvas.connect-selected`: flows between the selected stickies, in the order of selecting
 * - `canvas.straighten`: the selected flows run by themselves again
 * - `canvas.to-front`, `canvas.forward`, `canvas.backward`, `canvas.to-back`
 * - `canvas.align-left`, `-center`, `-right`, `-top`, `-middle`, `-bottom`,
 *   `canvas.distribute-horizontally`, `-vertically`, `canvas.stack-row`, `-column`,
 *   `canvas.same-width`, `-height`, `-size`: the selected
 * - `canvas.tidy-up`: the selected, or all
 * - `canvas.lock`, `canvas.unlock`: the selected; `canvas.unlock-all`
 * - `canvas.group`, `canvas.ungroup`: the selected stickies
 * - `canvas.nudge` ((dd)), `canvas.focus` (s: left, right, up, down, next, previous)
 * - `canvas.hand`: drags move the view, until it is activated again, or `canvas.cancel`
 * - `canvas.zoom-in`, `canvas.zoom-out`, `canvas.zoom-100`, `canvas.zoom-fit`,
 *   `canvas.zoom-selection`
 *
 * GObject properties: `zoom` (double, read-only, notifies), `palette` (StormPalette), `placing`
 * (nullable string: nick of the kind that the next click places, notifies), `lost` (boolean,
 * notifies: there is something on the board, and nothing of it in view).
 *
 * Signals: `sticky-activated` (const char *id): a sticky's number was clicked, or Enter on it
 * while monitoring; `event-activated` (guint row): a ghost was clicked; `times-activated` (string
 * flow id): the times of a flow were clicked; `failed` (GError *error) and `done` (const char
 * *words): something to tell the user; `view-changed`; `files` (GSList of GFile): they were pasted.
 */
G_DECLARE_FINAL_TYPE (StormCanvas, storm_canvas, STORM, CANVAS, GtkWidget)

GtkWidget    *storm_canvas_new             (StormHistory   *history,
                                            StormSelection *selection);

/** storm_canvas_set_comparison: @comparison: (nullable): worked out; its differences are marked. */
void          storm_canvas_set_comparison  (StormCanvas     *self,
                                            StormComparison *comparison);
/** storm_canvas_set_overlay: @overlay: (nullable): what the monitor shows on the board. */
void          storm_canvas_set_overlay     (StormCanvas    *self,
                                            StormOverlay   *overlay);
void          storm_canvas_set_palette     (StormCanvas    *self,
                                            StormPalette    palette);

/** storm_canvas_set_show_grid: draws a grid, to which things snap then. */
void          storm_canvas_set_show_grid   (StormCanvas    *self,
                                            gboolean        show_grid);

/** storm_canvas_set_find: @find: (nullable): what it doesn't find is dimmed while it looks. */
void          storm_canvas_set_find        (StormCanvas    *self,
                                            StormFind      *find);

/** storm_canvas_reveal: scrolls just as far as needed to show the object, and pulses it. */
void          storm_canvas_reveal          (StormCanvas    *self,
                                            const char     *id);

/**
 * storm_canvas_enter:
 * @text: a title, or several lines of them
 *
 * Puts a sticky to the right of the one entered before, in rows as wide as the view; the first in
 * its upper left. Several lines become a block of their own.
 *
 * Returns: whether something was made
 */
gboolean      storm_canvas_enter           (StormCanvas    *self,
                                            StormKind       kind,
                                            const char     *text);

/**
 * storm_canvas_add_list:
 * @text: UTF-8, from anywhere: one line becomes one sticky
 * @at: (nullable): around this place in board units; %NULL for the middle of the view
 *
 * One step of the history. Long lists are made in parts, and show how far they are and a button
 * that cancels. What can't be is told by the signal `failed`.
 */
void          storm_canvas_add_list        (StormCanvas      *self,
                                            const char       *text,
                                            const StormPoint *at);

/** storm_canvas_to_board: the place on the board that is seen at a place of the widget. */
StormPoint    storm_canvas_to_board        (StormCanvas    *self,
                                            double          x,
                                            double          y);

/* The view: zoom 1 is 100 %; the point is that in the middle of the widget, in board units. */
double        storm_canvas_get_zoom        (StormCanvas    *self);
StormPoint    storm_canvas_get_center      (StormCanvas    *self);
void          storm_canvas_set_view        (StormCanvas    *self,
                                            StormPoint      center,
                                            double          zoom);
/** storm_canvas_get_view_rect: what is in view, in board units. */
StormRect     storm_canvas_get_view_rect   (StormCanvas    *self);
/** storm_canvas_show_rect: as large as it goes. */
void          storm_canvas_show_rect       (StormCanvas     *self,
                                            const StormRect *rect);
void          storm_canvas_zoom_to_fit     (StormCanvas    *self);

/**
 * storm_canvas_render_picture:
 * @width: pixels
 *
 * Returns: (transfer full): the whole board as a picture (no selection, no overlay), for the start
 *   page; drawn by the same painter
 */
GdkTexture   *storm_canvas_render_picture  (StormCanvas    *self,
                                            int             width,
                                            int             height);

/** storm_canvas_shows_trace: a trace is chosen, whose events are numbered on the board. */
gboolean      storm_canvas_shows_trace     (StormCanvas    *self);
/** storm_canvas_record_marked: (transfer full): as storm_painter_record_marked(). */
cairo_surface_t *storm_canvas_record_marked (StormCanvas     *self,
                                             const StormRect *area,
                                             GPtrArray       *ids,
                                             gboolean         dark,
                                             gboolean        *has_ghosts,
                                             StormRect       *ghosts);

/** storm_canvas_set_times: (nullable): what is written on the flows while a board is watched. */
void          storm_canvas_set_times       (StormCanvas    *self,
                                            StormFlowTimes *times);
/** storm_canvas_set_heat: what the flows are coloured by, as far as there are times. */
void          storm_canvas_set_heat        (StormCanvas    *self,
                                            StormHeat       heat);
void          storm_canvas_set_show_times  (StormCanvas    *self,
                                            gboolean        show_times);

G_END_DECLS
