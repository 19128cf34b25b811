#pragma once

#include "storm-op.h"
#include "storm-text-fit.h"

G_BEGIN_DECLS

/** StormDraw: what every drawing needs. */
typedef struct
{
  const StormColors *colors;
  StormTextFit      *fit;
  StormSink          sink;
} StormDraw;

/**
 * StormStickyLook:
 * @fields: (nullable) (element-type StormField)
 *
 * Of a sticky, what is to be seen of it.
 */
typedef struct
{
  StormKind   kind;
  double      width;
  double      height;
  const char *title;
  GPtrArray  *fields;
} StormStickyLook;

/** STORM_STICKY_RADIUS, STORM_CONTEXT_RADIUS: of their corners, in board units. */
#define STORM_STICKY_RADIUS 5.0
#define STORM_CONTEXT_RADIUS 8.0

/* The parts of a sticky whose corner is at @at, in board units, from the lowest to the
 * uppermost. */

void   storm_draw_sticky_body   (const StormDraw       *self,
                                 const StormStickyLook *look,
                                 StormPoint             at,
                                 gboolean               shadow);
/** storm_draw_sticky_kind: the kind's name at the top, if there is room. */
void   storm_draw_sticky_kind   (const StormDraw       *self,
                                 const StormStickyLook *look,
                                 StormPoint             at);
/** storm_draw_sticky_text: title, and fields on a sticky that is high enough. */
void   storm_draw_sticky_text   (const StormDraw       *self,
                                 const StormStickyLook *look,
                                 StormPoint             at);

/** storm_draw_flow_width, storm_draw_head_size: at @zoom, in pixels; at 1, in board units. */
double storm_draw_flow_width    (double                 zoom);
double storm_draw_head_size     (double                 zoom,
                                 double                 width);
/**
 * storm_draw_flow:
 * @points: (array length=n): in pixels or board units, as the other lengths
 * @end: the side of the sticky that the head is at
 * @head: length of the arrow head, 0 for none
 */
void   storm_draw_flow          (const StormDraw       *self,
                                 const StormPoint      *points,
                                 guint                  n,
                                 StormSide              end,
                                 StormRgba              color,
                                 double                 width,
                                 double                 head);
/** storm_draw_flow_label: board units; @middle is where its middle lies. */
void   storm_draw_flow_label    (const StormDraw       *self,
                                 const char            *label,
                                 StormPoint             middle);

/** storm_draw_context_frame: @dashed: if it is large enough for that. */
void   storm_draw_context_frame (const StormDraw       *self,
                                 const StormRect       *rect,
                                 gboolean               dashed);
/** storm_draw_context_title: board units; nothing when there is no room. */
void   storm_draw_context_title (const StormDraw       *self,
                                 const StormRect       *rect,
                                 const char            *title);

/* For those who make operations. */

void   storm_draw_fill          (const StormDraw       *self,
                                 StormOpType            type,
                                 const StormRect       *rect,
                                 double                 radius,
                                 StormRgba              color);
/** storm_draw_fitted: the text that @fit holds. */
void   storm_draw_fitted        (const StormDraw       *self,
                                 StormPoint             at,
                                 StormRgba              color);

G_END_DECLS
