#pragma once

#include <gtk/gtk.h>

#include "storm-find.h"
#include "storm-heat.h"
#include "storm-lod.h"
#include "storm-comparison.h"
#include "storm-overlay.h"
#include "storm-selection.h"
#include "storm-style.h"
#include "storm-text-cache.h"
#include "storm-tool.h"

G_BEGIN_DECLS

/**
 * StormPainter:
 *
 * Paints a scene by layers: contexts, flows and stickies (the base, which is kept until something
 * in it changes), the monitor's overlay, and the chrome of the tools. Every sticky's node is kept
 * and put under a transform of its own, so that the renderer redraws only what changed. The level
 * of detail follows the zoom and the number of nodes.
 */
typedef struct _StormPainter StormPainter;

/** storm_painter_new: @scene: made with storm_painter_free_paint(). */
StormPainter *storm_painter_new           (StormScene          *scene,
                                           StormSelection      *selection);
void          storm_painter_free          (StormPainter        *self);
void          storm_painter_free_paint    (gpointer             paint);

/** storm_painter_set_fonts: @context: made for the painter; forgets all laid out texts. */
void          storm_painter_set_fonts     (StormPainter        *self,
                                           PangoContext        *context);
void          storm_painter_set_style     (StormPainter        *self,
                                           StormPalette         palette,
                                           gboolean             dark,
                                           gboolean             high_contrast);
const StormStyle *storm_painter_get_style (StormPainter        *self);
/** storm_painter_set_comparison: @comparison: (nullable): worked out, to be seen on the board. */
void          storm_painter_set_comparison (StormPainter       *self,
                                            StormComparison    *comparison);
StormComparison *storm_painter_get_comparison (StormPainter    *self);
void          storm_painter_set_overlay   (StormPainter        *self,
                                           StormOverlay        *overlay);
/** storm_painter_set_find: @find: (nullable): while it looks for something the rest is dimmed. */
void          storm_painter_set_find      (StormPainter        *self,
                                           StormFind           *find);
/** storm_painter_set_grid: whether its lines are drawn; never into pictures. */
void          storm_painter_set_grid      (StormPainter        *self,
                                           gboolean             grid);
/** storm_painter_marks_changed: what is lit, found, or whether something is chosen, changed. */
void          storm_painter_marks_changed (StormPainter        *self);
StormLod      storm_painter_get_lod       (StormPainter        *self);

/**
 * storm_painter_snapshot_base:
 * @scale: device pixels a pixel
 * @cairo: the renderer is GSK's cairo renderer
 * @text_budget: µs to lay out texts that were never seen before; negative for as long as it takes
 *
 * Returns: whether all is there; else texts are missing and another frame is to be asked for
 */
gboolean      storm_painter_snapshot_base (StormPainter        *self,
                                           GtkSnapshot         *snapshot,
                                           const StormViewport *view,
                                           int                  scale,
                                           gboolean             cairo,
                                           gint64               text_budget);

/**
 * storm_overlay_get_item:
 * @sum: room for the answer for a card
 *
 * Returns: (nullable): what the monitor shows on a sticky; of a card, the sum and the latest of
 *   what it stands for
 */
const StormOverlaySticky *storm_overlay_get_item (StormOverlay       *self,
                                                  StormItem          *item,
                                                  StormOverlaySticky *sum);

/** storm_overlay_get_latest: (nullable): the id of the sticky whose number @item shows: its own, or
 * that of the one with the latest of those that a card stands for. */
const char   *storm_overlay_get_latest    (StormOverlay        *self,
                                           StormItem           *item);

/**
 * storm_painter_settle:
 *
 * While the zoom changes, texts may be a little blurred. Returns: µs until they are to be drawn
 * sharply; 0 when the next frame does; negative when all are sharp.
 */
gint64        storm_painter_settle        (StormPainter        *self);

/**
 * storm_painter_snapshot_overlay:
 * @now: monotonic µs; 0 for no pulses (reduced motion)
 *
 * Numbers and pulses, after the base. Returns: whether a pulse goes on.
 */
gboolean      storm_painter_snapshot_overlay (StormPainter     *self,
                                              GtkSnapshot      *snapshot,
                                              gint64            now);
/** storm_painter_set_times: (nullable): how long the flows take; with its own `changed`. */
void          storm_painter_set_times     (StormPainter        *self,
                                           StormFlowTimes      *times);
void          storm_painter_times_changed (StormPainter        *self);
/** storm_painter_set_heat: what flows are coloured by. */
void          storm_painter_set_heat      (StormPainter        *self,
                                           StormHeat            heat);
/** storm_painter_set_show_times: whether times are written on flows. */
void          storm_painter_set_show_times (StormPainter       *self,
                                            gboolean            show_times);
/** storm_painter_time_at: (nullable): the flow whose times are written at @screen, in pixels. */
StormItem    *storm_painter_time_at       (StormPainter        *self,
                                           StormPoint           screen);
/** storm_painter_badge_at: (nullable): the sticky or card whose number is at @screen, in pixels. */
StormItem    *storm_painter_badge_at      (StormPainter        *self,
                                           StormPoint           screen);

/** storm_painter_snapshot_chrome: outlines of what is selected, handles, marquee, preview. */
void          storm_painter_snapshot_chrome (StormPainter      *self,
                                             GtkSnapshot       *snapshot,
                                             StormTool         *tool);

/** storm_painter_snapshot_words: @words on a label whose upper edge has its middle at @top. */
void          storm_painter_snapshot_words  (StormPainter      *self,
                                             GtkSnapshot       *snapshot,
                                             const char        *words,
                                             StormPoint         top);

/**
 * storm_painter_record_marked:
 * @area: what is to be seen
 * @ids: (nullable) (element-type utf8): only these, and the flows among them
 * @has_ghosts: (out): whether there are ghosts; @ghosts: (out): where they lie, in board units
 *
 * What the window shows at 1:1, with the monitor's numbers and marks and without the paper.
 *
 * Returns: (transfer full): a recording in board units, which any thread may draw
 */
cairo_surface_t *storm_painter_record_marked (StormPainter    *self,
                                              const StormRect *area,
                                              GPtrArray       *ids,
                                              StormPalette     palette,
                                              gboolean         dark,
                                              gboolean        *has_ghosts,
                                              StormRect       *ghosts);
/** storm_painter_show_view: as the next snapshot will have it. */
void          storm_painter_show_view     (StormPainter        *self,
                                           const StormViewport *view,
                                           int                  scale,
                                           gboolean             cairo);

/** storm_painter_make_picture: (transfer full): @view without overlay and selection. */
GskRenderNode *storm_painter_make_picture (StormPainter        *self,
                                           const StormViewport *view);

/**
 * storm_painter_fit_text:
 * @text: what may become the title or label of @item
 *
 * How the text would be painted, from the anchor of storm_painter_text_point().
 *
 * Returns: (transfer full): it, laid out
 */
PangoLayout  *storm_painter_fit_text      (StormPainter        *self,
                                           StormItem           *item,
                                           const char          *text,
                                           StormTextFit        *out);
/** storm_painter_shows_nothing: whether the last snapshot had no object in view at all. */
gboolean storm_painter_shows_nothing (StormPainter *self);

/**
 * storm_painter_text_point:
 * @out_zoom: (out): pixels a unit of the text
 *
 * Returns: in pixels: a sticky's corner, the middle of a flow's label, where a context's title
 *   begins
 */
StormPoint    storm_painter_text_point    (const StormViewport *view,
                                           StormItem           *item,
                                           double              *out_zoom);

/** storm_painter_hide_text: @item: (nullable): whose text is in the editor, and not painted. */
void          storm_painter_hide_text     (StormPainter        *self,
                                           StormItem           *item);

G_END_DECLS
