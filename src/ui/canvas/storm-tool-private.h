#pragma once

#include "storm-tool.h"

G_BEGIN_DECLS

struct _StormTool
{
  GObject         parent_instance;

  StormScene     *scene;
  StormHistory   *history;
  StormSelection *selection;
  StormViewport  *viewport;

  StormToolState  state;
  int             placing;
  StormHit        hit;           /* under the pointer */
  StormItem      *hover;

  StormHit        grip;          /* what was pressed */
  StormPoint      press;         /* in pixels */
  StormPoint      origin;        /* the same on the board, when it was pressed */
  StormPoint      last;          /* in pixels */
  StormMods       press_mods;
  StormMods       mods;          /* of the last motion */
  gboolean        grip_was_selected;

  StormPoint      applied;       /* of a move: how far the stickies are by now */
  GPtrArray      *moving;        /* ids */
  StormRect       before;        /* of a resize */
  GPtrArray      *selected;      /* ids at the beginning of the drag */
  GPtrArray      *originals;     /* ids of what was last duplicated, and of its copies */
  GPtrArray      *copies;
  gboolean        extend;        /* of a marquee: they stay selected */
  StormItem      *target;        /* of a connection */
  StormRoute     *route;         /* of the flow that is bent, as it was */
  guint           run;           /* of it, that was taken */
  char           *bend_of;       /* the flow of which one bend is selected */
  guint           bend;

  StormGuides    *guides;        /* of a move or resize: what stands still in the view */
  StormViewport   guides_view;   /* the view that they were made for */
  StormSnap       snap;
  gboolean        grid;          /* what no guide decides goes to the grid */
};

/* Shared by storm-tool.c (which event means what), storm-tool-drag.c (the drags), storm-tool-make.c
 * (new stickies) and storm-tool-look.c (what of it is seen). */
void     storm_tool_set_state      (StormTool      *self,
                                    StormToolState  state);
gboolean storm_tool_do             (StormTool      *self,
                                    StormChange    *change);
void     storm_tool_finish         (StormTool      *self);
void     storm_tool_emit_changed   (StormTool      *self);
void     storm_tool_emit_view_changed (StormTool   *self);

/* storm-tool-pick.c: a press selects what is there, with its group, unless it is selected; a click
 * on what was selected selects it alone, with its group, or with Shift no longer. */
void     storm_tool_pick           (StormTool      *self,
                                    const char     *id,
                                    StormMods       mods);
void     storm_tool_pick_again     (StormTool      *self,
                                    const char     *id,
                                    StormMods       mods);
/* Selects the sticky alone, when its group was selected, or nothing of that; else %FALSE. */
gboolean storm_tool_enter_group    (StormTool      *self,
                                    const char     *id);
void     storm_tool_emit_locked    (StormTool      *self,
                                    GPtrArray      *ids);

/* storm-tool-copy.c: copies what is selected, and selects the copies. */
gboolean storm_tool_copy           (StormTool      *self,
                                    StormPoint      by);
/* (transfer full): the ids of what is selected. */
GPtrArray *storm_tool_copy_selection (StormTool    *self);

void     storm_tool_drag_begin     (StormTool      *self,
                                    StormMods       mods);
void     storm_tool_drag_update    (StormTool      *self,
                                    StormPoint      at,
                                    StormMods       mods);
/* storm-tool-guides.c */
void     storm_tool_clear_guides   (StormTool      *self);
/* storm_tool_snap_move: moves @rect on into line, unless guides are off or none is near. */
void     storm_tool_snap_move      (StormTool      *self,
                                    StormRect      *rect,
                                    StormGuideAxes  axes,
                                    StormMods       mods);
void     storm_tool_snap_resize    (StormTool      *self,
                                    StormRect      *rect,
                                    double          min_width,
                                    double          min_height,
                                    StormMods       mods);

/* storm-tool-flow.c */

/* storm_tool_find_end: what a flow may lead to at @at. */
StormItem *storm_tool_find_end     (StormTool      *self,
                                    StormPoint      at,
                                    const StormItem *not_this);
void     storm_tool_begin_flow     (StormTool      *self);
void     storm_tool_update_flow    (StormTool      *self,
                                    StormPoint      at,
                                    StormMods       mods);
void     storm_tool_end_flow       (StormTool      *self);
void     storm_tool_pick_bend      (StormTool      *self,
                                    StormItem      *flow,
                                    guint           bend);
void     storm_tool_drop_bend      (StormTool      *self,
                                    const StormHit *hit);

/* How far @value is from the next line of the grid. */
double   storm_tool_to_grid        (double          value);

void     storm_tool_drag_end       (StormTool      *self,
                                    StormPoint      at);

G_END_DECLS
