#pragma once

#include <gio/gio.h>

#include "storm-board.h"
#include "storm-draw.h"

G_BEGIN_DECLS

/**
 * StormPicture:
 *
 * What is to be seen on a board, or on a part of it, taken from the board at one moment. Immutable
 * and counted by references: the board may change, or another thread may draw it, meanwhile.
 */
typedef struct _StormPicture StormPicture;

/** STORM_PICTURE_MARGIN: around a whole board or a selection, in board units. */
#define STORM_PICTURE_MARGIN 40.0

/**
 * storm_picture_new:
 * @ids: (nullable) (element-type utf8): only these objects, and the flows among them
 * @area: (nullable): only what touches this, and the picture shows just this
 *
 * Main thread. An empty board gives an empty picture with a place of its own.
 */
StormPicture    *storm_picture_new           (StormBoard       *board,
                                              GPtrArray        *ids,
                                              const StormRect  *area);
StormPicture    *storm_picture_ref           (StormPicture     *self);
void             storm_picture_unref         (StormPicture     *self);

/** storm_picture_get_area: what it shows, in board units, with the margin; never empty. */
const StormRect *storm_picture_get_area      (StormPicture     *self);
/** storm_picture_include: shows @rect too; before anybody else has it. */
void             storm_picture_include       (StormPicture     *self,
                                              const StormRect  *rect);
const char      *storm_picture_get_title     (StormPicture     *self);

/** storm_picture_get_ids: (transfer none) (nullable): of the stickies and contexts that it shows;
 * %NULL for the whole board. */
GPtrArray       *storm_picture_get_ids       (StormPicture     *self);

guint            storm_picture_get_n_contexts (StormPicture    *self);
/** storm_picture_get_context: (transfer none): its title, and its place put into @rect. */
const char      *storm_picture_get_context   (StormPicture     *self,
                                              guint             i,
                                              StormRect        *rect);

/** StormPictureProgress: @done: of 1, in the thread that draws. */
typedef void   (*StormPictureProgress)       (double            done,
                                              gpointer          data);

/**
 * StormPictureHow:
 * @colors: whose palette is used too
 * @paper: whether the paper is painted; else what lies under it shows
 * @raster: device pixels a board unit for pictures of pixels, to whose raster things keep; 0 for
 *   vectors. So small that nothing can be read, texts are left out.
 * @area: (nullable): only this part of the picture, in board units
 * @cancellable: (nullable)
 * @progress: (nullable)
 */
typedef struct
{
  const StormColors    *colors;
  gboolean              paper;
  double                raster;
  const StormRect      *area;
  GCancellable         *cancellable;
  StormPictureProgress  progress;
  gpointer              progress_data;
} StormPictureHow;

/**
 * storm_picture_draw:
 *
 * Draws contexts, flows and stickies, in board units, clipped to the area. Any thread.
 *
 * Returns: whether it was drawn to the end; else it was cancelled
 */
gboolean         storm_picture_draw          (StormPicture          *self,
                                              StormTextFitter          *fit,
                                              const StormPictureHow *how,
                                              const StormSink       *sink);

/** storm_picture_ids_of_context: (transfer full): it, the contexts in it, and their stickies. */
GPtrArray       *storm_picture_ids_of_context (StormBoard       *board,
                                               StormContext     *context);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormPicture, storm_picture_unref)

G_END_DECLS
