#pragma once

#include <pango/pango.h>

#include "storm-colors.h"
#include "storm-geometry.h"

G_BEGIN_DECLS

/**
 * StormOpType:
 * @STORM_OP_FILL: @rect with corners of @radius, filled
 * @STORM_OP_SHADOW: below the body that comes next: @rect with corners of @radius, of which only
 *   what looks out under that body is seen
 * @STORM_OP_BORDER: a line of @width along the inside of @rect with corners of @radius
 * @STORM_OP_FRAME: the same, dashed; the corners are whole, dashes begin behind them
 * @STORM_OP_RULE: a dashed line down through @rect, as wide as that
 * @STORM_OP_LINE: axis-aligned runs through @points, @width wide, with sharp bends
 * @STORM_OP_POLYGON: @points, filled
 * @STORM_OP_TEXT: @layout with its top left corner at @points[0]
 * @STORM_OP_PUSH_CLIP: until the next pop only what lies in @rect is drawn
 */
typedef enum
{
  STORM_OP_FILL,
  STORM_OP_SHADOW,
  STORM_OP_BORDER,
  STORM_OP_FRAME,
  STORM_OP_RULE,
  STORM_OP_LINE,
  STORM_OP_POLYGON,
  STORM_OP_TEXT,
  STORM_OP_PUSH_CLIP,
  STORM_OP_POP_CLIP,
} StormOpType;

/** STORM_FRAME_DASH, STORM_FRAME_GAP: of frames, in the units of the drawing. */
#define STORM_FRAME_DASH 6.0
#define STORM_FRAME_GAP 4.0
/** STORM_RULE_DASH, STORM_RULE_GAP: the same of rules. */
#define STORM_RULE_DASH 12.0
#define STORM_RULE_GAP 8.0

/** STORM_OP_MAX_POINTS: longer lines are drawn in parts. */
#define STORM_OP_MAX_POINTS 6

/**
 * StormOp:
 * @layout: (transfer none): valid during the call; its text is prepared by storm_wrap_prepare()
 * @size: the text's font size
 *
 * One step of a drawing, in the units of whoever asked for it: board units for a picture.
 */
typedef struct
{
  StormOpType  type;
  StormRgba    color;
  StormRect    rect;
  double       radius;
  double       width;
  StormPoint   points[STORM_OP_MAX_POINTS];
  guint        n_points;
  PangoLayout *layout;
  double       size;
} StormOp;

/**
 * StormSink:
 *
 * Where a drawing goes: a cairo context, a GTK snapshot, a list. Operations come from the lowest to
 * the uppermost.
 */
typedef struct
{
  void     (*put) (gpointer       data,
                   const StormOp *op);
  gpointer   data;
} StormSink;

G_END_DECLS
