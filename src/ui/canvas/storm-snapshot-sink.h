#pragma once

#include "storm-draw.h"
#include "storm-painter-private.h"

G_BEGIN_DECLS

/**
 * StormSnapshotSink:
 *
 * Takes a drawing into a snapshot, in the ways that the renderers are fast at: straight lines are
 * rectangles, only what is round is rounded, heads of arrows and corners of frames are drawn once.
 * Lives on the stack.
 */
typedef struct
{
  StormPainter *painter;
  GtkSnapshot  *snapshot;
} StormSnapshotSink;

/** storm_snapshot_sink_init: Returns: for drawing into @snapshot, valid as long as @self is. */
StormDraw storm_snapshot_sink_init (StormSnapshotSink *self,
                                    StormPainter      *painter,
                                    GtkSnapshot       *snapshot);

G_END_DECLS
