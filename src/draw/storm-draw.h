#pragma once

#include "storm-board.h"
#include "storm-op.h"
#include "storm-route.h"
#include "storm-text-fitter.h"

G_BEGIN_DECLS

/** StormDraw: what every drawing needs. */
typedef struct
{
  const StormColors *colors;
  StormTextFitter      *fit;
  StormSink          sink;
} StormDraw;

/**
 * StormStickyLook:
 * @fields: (nullable) (element-type StormField)
 * @pivotal: it is framed, and has a line
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
  gboolean    pivotal;
} StormStickyLook;

/**
 * StormCardLook:
 * @n_kinds: (array length=STORM_N_KINDS): how many stickies of each kind lie in it
 *
 * Of a collapsed context, what is to be seen of it.
 */
typedef struct
{
  const char  *title;
  const guint *n_kinds;
  guint        n_contexts;
} StormCardLook;

/** STORM_STICKY_RADIUS, STORM_CONTEXT_RADIUS: of their corners, in board units. */
#define STORM_STICKY_RADIUS 5.0
#define STORM_CONTEXT_RADIUS 8.0
/** STORM_KIND_X, _Y: where a sticky's kind is written, in board units from its corner. */
#define STORM_KIND_X 9.0
#define STORM_KIND_Y 7.0
/** STORM_LABEL_SIZE, _PAD, _RIM, _MAX: of a flow's label: its font, what the pill is wider and
 * higher by on each side, and the widest line, in board units. */
#define STORM_LABEL_SIZE 11.0
#define STORM_LABEL_PAD 8.0
#define STORM_LABEL_RIM 2.0
#define STORM_LABEL_MAX 160.0
/** STORM_CONTEXT_TITLE_SIZE, _X, _Y: of a context's title, in board units from its corner. */
#define STORM_CONTEXT_TITLE_SIZE 13.0
#define STORM_CONTEXT_TITLE_X 12.0
#define STORM_CONTEXT_TITLE_Y 8.0

/* The parts of a sticky whose corner is at @at, in board units, from the lowest to the
 * uppermost. */

/**
 * storm_draw_body:
 * @rect: in pixels or board units
 * @unit: how long a board unit is in those; for corners and shadow
 *
 * A sticky's paper, of any colour.
 */
void   storm_draw_body          (const StormDraw       *self,
                                 const StormRect       *rect,
                                 double                 unit,
                                 StormRgba              fill,
                                 gboolean               shadow);
void   storm_draw_sticky_body   (const StormDraw       *self,
                                 const StormStickyLook *look,
                                 StormPoint             at,
                                 gboolean               shadow);
/** storm_draw_kind: the kind's name at @at. Returns: how wide it is. */
double storm_draw_kind          (const StormDraw       *self,
                                 StormKind              kind,
                                 StormPoint             at);
/** storm_sticky_look_has_kind: whether there is room for a kind's name of that width. */
gboolean storm_sticky_look_has_kind (const StormStickyLook *look,
                                     double                 width);
/** storm_draw_sticky_kind: the kind's name at the top, if there is room. */
void   storm_draw_sticky_kind   (const StormDraw       *self,
                                 const StormStickyLook *look,
                                 StormPoint             at);
/** storm_draw_sticky_frame: of a pivotal one, in pixels or board units. */
void   storm_draw_sticky_frame  (const StormDraw       *self,
                                 StormKind              kind,
                                 const StormRect       *rect,
                                 double                 unit);
/** storm_draw_sticky_text: title, and fields on a sticky that is high enough. */
void   storm_draw_sticky_text   (const StormDraw       *self,
                                 const StormStickyLook *look,
                                 StormPoint             at);
/** storm_draw_sticky_fields: without the title. */
void   storm_draw_sticky_fields (const StormDraw       *self,
                                 const StormStickyLook *look,
                                 StormPoint             at);
/** storm_sticky_look_fit_title: lays @title out as if it were the sticky's, also an empty one;
 * @box: (out): where it must fit; @out: its corner. Both from the sticky's corner. */
void   storm_sticky_look_fit_title (const StormStickyLook *look,
                                    StormTextFitter       *fit,
                                    const char            *title,
                                    StormRect             *box,
                                    StormPoint            *out);

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

/**
 * storm_pivotal_reach:
 * @bounds: of all that is seen on the board
 *
 * How far the line of a pivotal event goes: through its lane or context, else through the board.
 */
void   storm_pivotal_reach      (StormBoard            *board,
                                 StormSticky           *sticky,
                                 const StormRect       *bounds,
                                 StormRect             *out);
/** storm_draw_pivotal: the line: its middle at @x, in pixels or board units. */
void   storm_draw_pivotal       (const StormDraw       *self,
                                 double                 x,
                                 double                 top,
                                 double                 bottom);

/** storm_draw_lane: of a swimlane all but the title; @unit: of a board unit. */
void   storm_draw_lane          (const StormDraw       *self,
                                 const StormRect       *rect,
                                 double                 unit);
/** storm_lane_column: where its title stands, in the units of @rect. */
StormRect storm_lane_column     (const StormRect       *rect,
                                 double                 unit);
/** storm_draw_fit_lane_title: lays it out in the column of a lane of that size, in board units from
 * its corner; %FALSE when there is no room. */
gboolean storm_draw_fit_lane_title (const StormDraw    *self,
                                    double              width,
                                    double              height,
                                    const char         *title,
                                    StormRect          *box,
                                    StormPoint         *out);

/** STORM_CARD_TITLE_X, _Y: of the title of a card, in board units from its corner. */
#define STORM_CARD_TITLE_X 14.0
#define STORM_CARD_TITLE_Y 12.0

/** storm_draw_card: the card of a collapsed context, without its texts. */
void   storm_draw_card          (const StormDraw       *self,
                                 const StormRect       *rect,
                                 double                 unit,
                                 gboolean               shadow);
/** storm_draw_card_text: in board units, from its corner at @at. */
void   storm_draw_card_text     (const StormDraw       *self,
                                 const StormCardLook   *look,
                                 StormPoint             at);

/** storm_draw_context_frame: @dashed: if it is large enough for that. */
void   storm_draw_context_frame (const StormDraw       *self,
                                 const StormRect       *rect,
                                 gboolean               dashed);
/** storm_draw_fit_context_title: lays it out for a frame of @width board units. */
void   storm_draw_fit_context_title (const StormDraw   *self,
                                     double             width,
                                     const char        *title,
                                     double            *out_width,
                                     double            *out_height);
/** storm_draw_context_title: board units; nothing when there is no room. */
void   storm_draw_context_title (const StormDraw       *self,
                                 const StormRect       *rect,
                                 const char            *title);

/** storm_draw_lock: a padlock on a disc of @size, whose upper left corner is at @at; pixels. */
void   storm_draw_lock          (const StormDraw       *self,
                                 StormPoint             at,
                                 double                 size);
/** storm_draw_group: around the stickies of a group, in whole pixels; nothing if that is small. */
void   storm_draw_group         (const StormDraw       *self,
                                 const StormRect       *rect);

/**
 * StormTimeLook:
 * @STORM_TIME_ALL: what all traces say
 * @STORM_TIME_TRACE: what the chosen one says
 * @STORM_TIME_SKEWED: the same, where a clock is wrong: with a sign
 */
typedef enum
{
  STORM_TIME_ALL,
  STORM_TIME_TRACE,
  STORM_TIME_SKEWED,
} StormTimeLook;

/** storm_draw_time: how long a flow takes, in pixels, its middle at @middle. */
void   storm_draw_time          (const StormDraw       *self,
                                 const char            *text,
                                 StormTimeLook          look,
                                 StormPoint             middle);
/** storm_draw_heat_width: of a flow that is @width wide otherwise, @level from 1 to
 * %STORM_N_HEAT_COLORS. */
double storm_draw_heat_width    (double                 width,
                                 guint                  level);

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
