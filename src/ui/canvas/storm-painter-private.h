#pragma once

#include "storm-draw.h"
#include "storm-overlay-marks.h"
#include "storm-painter.h"
#include "storm-pixels.h"
#include "storm-text-cache.h"
#include "storm-text-picture.h"

G_BEGIN_DECLS

/* Shapes that are drawn with cairo once and shared by all who need them. */
typedef enum
{
  STORM_SHAPE_HEAD_LEFT,
  STORM_SHAPE_HEAD_RIGHT,
  STORM_SHAPE_HEAD_UP,
  STORM_SHAPE_HEAD_DOWN,
  STORM_SHAPE_ARC_TOP_LEFT,
  STORM_SHAPE_ARC_TOP_RIGHT,
  STORM_SHAPE_ARC_BOTTOM_LEFT,
  STORM_SHAPE_ARC_BOTTOM_RIGHT,
} StormShape;

/* The view is divided into so many rows and columns, to know roughly what lies above what. */
#define STORM_COVER_CELLS 256

/* How a sticky or flow looks besides its own texts and colours. */
typedef enum
{
  STORM_MARK_DIM      = 1 << 0,
  STORM_MARK_LIT      = 1 << 1,
  STORM_MARK_SELECTED = 1 << 2,
  STORM_MARK_EDITED   = 1 << 3,
  STORM_MARK_HEAT     = 7 << 8,    /* its level; 0 for none */
} StormMarks;

#define STORM_MARK_HEAT_SHIFT 8

/* StormItem.paint */
typedef struct
{
  GskRenderNode *text;
  double         text_width;
  double         text_height;
  guint          text_serial;
  guint          text_generation;
  GskRenderNode *body;
  guint          body_serial;
  guint          body_generation;
  guint          body_look;        /* level and marks */
  gboolean       body_has_text;
  GskRenderNode *placed;
  guint          placed_serial;
  guint          placed_camera;
  guint          placed_marks;
  GskRenderNode *placed_body;      /* not owned: to compare */
  GskRenderNode *placed_picture;   /* the same */
  GskRenderNode *words;            /* placed, of @picture */

  StormTextPicture picture;        /* of text, where pictures are used */
  guint            picture_frame;  /* in which it was last seen */
  gboolean         too_large;      /* for a picture */
  GHashTable      *pictured;       /* the painter's, while there is a picture */
} StormPaint;

/* Where in the window a flow's times are written, in pixels. */
typedef struct
{
  StormRect  rect;
  StormItem *item;
} StormTimePlace;

struct _StormPainter
{
  StormScene     *scene;
  StormSelection *selection;
  StormOverlay   *overlay;
  StormFind      *find;
  StormStyle      style;
  StormTextCache *texts;
  guint           generation;      /* of fonts and colours */

  StormViewport   view;
  int             scale;
  gboolean        cairo;
  gboolean        pictures;        /* texts are drawn as pictures */
  gboolean        rough;           /* and may be stretched, as the zoom changes */
  gint64          zoomed;          /* when it did, monotonic µs */
  guint           frame;
  GHashTable     *pictured;        /* StormPaint with a picture */
  guint8          covered[STORM_COVER_CELLS][STORM_COVER_CELLS];
  guint           camera;          /* of view, scale, generation and level */
  StormLod        lod;
  gint64          deadline;        /* of laying out; 0 for none */
  gboolean        missing;
  GPtrArray      *stickies;        /* in view, StormItem */
  GPtrArray      *flows;
  GPtrArray      *contexts;

  GskRenderNode  *base;
  guint           base_scene;
  guint           base_camera;
  guint           base_marks;
  guint           marks;           /* another number when marks changed */
  StormPixels     pixels;
  gboolean        plain;           /* no marks at all */
  gboolean        grid;            /* is shown */
  gboolean        finest;          /* all details, and no paper */
  GHashTable     *only;            /* ids; NULL for all */
  StormItem      *hidden;          /* whose text is not painted */

  GskRenderNode  *kind_labels[STORM_N_KINDS];
  double          kind_widths[STORM_N_KINDS];
  StormTextPicture kind_pictures[STORM_N_KINDS];
  GHashTable     *shapes;
  GHashTable     *labels;          /* of badges */
  GArray         *ghosts;          /* of StormRect: where the overlay's lie, in board units */
  guint           ghosts_scene;
  guint           ghosts_marks;

  StormFlowTimes *times;
  gboolean        show_times;
  StormHeat       heat;
  gboolean        has_heat;        /* there are figures to colour by */
  gint64          heat_least;
  gint64          heat_most;
  GHashTable     *time_words;      /* flow id → what is written on it, until figures change */
  GHashTable     *time_labels;     /* text → node */
  guint           time_generation;
  GPtrArray      *time_near;       /* StormItem that a label would hide */
  GArray         *time_places;     /* StormTimePlace, of the labels that are drawn */
  StormComparison *comparison;     /* NULL for none */
  GHashTable     *tags;            /* of what is compared; NULL before the first */
  guint           tags_generation;
};

StormPaint    *storm_item_get_paint      (StormItem           *item);
gboolean       storm_painter_may_lay_out (StormPainter        *self);
StormMarks     storm_painter_get_marks   (StormPainter        *self,
                                          StormItem           *item);
GskRenderNode *storm_painter_get_shape   (StormPainter        *self,
                                          StormShape           shape,
                                          int                  size,
                                          const GdkRGBA       *color);
/** storm_painter_place: (transfer full): @node of board units, with its origin at @at. */
GskRenderNode *storm_painter_place       (StormPainter        *self,
                                          GskRenderNode       *node,
                                          StormPoint           at,
                                          double               zoom);

void           storm_layer_grid          (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
void           storm_layer_contexts      (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
/** storm_layer_marks: locks on what is pointed at or selected, and outlines of selected groups. */
void           storm_layer_marks         (StormPainter        *self,
                                          GtkSnapshot         *snapshot,
                                          StormTool           *tool);
void           storm_layer_cards         (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
/** storm_layer_pivotals: the lines of pivotal events. */
void           storm_layer_pivotals      (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
void           storm_layer_flows         (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
void           storm_layer_stickies      (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
/** storm_sticky_kind_label: (nullable): what is written above the title, if it has room. */
GskRenderNode *storm_sticky_kind_label   (StormPainter        *self,
                                          StormItem           *item);
/** storm_sticky_update_picture: a few in each frame; an old one is stretched until its turn. */
void           storm_sticky_update_picture (StormPainter      *self,
                                            StormPaint        *paint);
/** storm_sticky_make_words: (transfer full): title and kind, placed. */
GskRenderNode *storm_sticky_make_words   (StormPainter        *self,
                                          StormItem           *item,
                                          StormPaint          *paint,
                                          StormMarks           marks);
/** storm_layer_flush_words: of the stickies from *@first to before @end. */
void           storm_layer_flush_words   (StormPainter        *self,
                                          GtkSnapshot         *snapshot,
                                          guint               *first,
                                          guint                end);
/** storm_layer_covers: whether words lie below @item that were not flushed; notes its own place. */
gboolean       storm_layer_covers        (StormPainter        *self,
                                          StormItem           *item);
void           storm_layer_pixels        (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
void           storm_sticky_fit_text     (StormPainter        *self,
                                          StormItem           *item,
                                          const char          *text,
                                          StormTextFit        *out);
void           storm_flow_fit_text       (StormPainter        *self,
                                          StormItem           *item,
                                          const char          *text,
                                          StormTextFit        *out);
void           storm_context_fit_text    (StormPainter        *self,
                                          StormItem           *item,
                                          const char          *text,
                                          StormTextFit        *out);
StormPoint     storm_context_text_point  (const StormViewport *view,
                                          StormItem           *item,
                                          double              *out_zoom);
/** storm_layer_times: how long flows take, where there is room for it. */
void           storm_layer_times         (StormPainter        *self,
                                          GtkSnapshot         *snapshot);
void           storm_layer_times_init    (StormPainter        *self);
void           storm_layer_times_clear   (StormPainter        *self);
/** storm_painter_get_heat_level: 0 for none; of several flows in one line that of the hottest. */
guint          storm_painter_get_heat_level (StormPainter     *self,
                                             StormItem        *item);
/** storm_painter_is_compared: whether a comparison says anything of it. */
gboolean       storm_painter_is_compared (StormPainter        *self,
                                          StormItem           *item);
/** storm_painter_snapshot_compared_flows: the lines that only one side went along. */
void           storm_painter_snapshot_compared_flows (StormPainter *self,
                                                      GtkSnapshot  *snapshot);
/** storm_painter_snapshot_comparison: what is said of stickies and flows that are compared. */
void           storm_painter_snapshot_comparison (StormPainter *self,
                                                  GtkSnapshot  *snapshot);
/** storm_layer_route: @width: in pixels; @head: whether it has an arrow head. */
void           storm_layer_route         (StormPainter        *self,
                                          GtkSnapshot         *snapshot,
                                          const StormRoute    *route,
                                          const GdkRGBA       *color,
                                          double               width,
                                          gboolean             head);
/** storm_layer_flow_label: nothing if there is none, if it is too small or if it is being typed. */
void           storm_layer_flow_label    (StormPainter        *self,
                                          GtkSnapshot         *snapshot,
                                          StormItem           *item);

static inline graphene_rect_t
storm_to_graphene (const StormRect *r)
{
  return GRAPHENE_RECT_INIT ((float) r->x, (float) r->y, (float) r->width, (float) r->height);
}

G_END_DECLS
