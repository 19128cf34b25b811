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
  gboolean        grip_was_selected;

  StormPoint      applied;       /* of a move: how far the stickies are by now */
  GPtrArray      *moving;        /* ids */
  StormRect       before;        /* of a resize */
  GPtrArray      *selected;      /* ids at the beginning of the drag */
  gboolean        extend;        /* of a marquee: they stay selected */
  StormItem      *target;        /* of a connection */
};

/* Shared by storm-tool.c (which event means what) and storm-tool-drag.c (the drags). */
void     storm_tool_set_state      (StormTool      *self,
                                    StormToolState  state);
gboolean storm_tool_do             (StormTool      *self,
                                    StormChange    *change);
void     storm_tool_finish         (StormTool      *self);
void     storm_tool_emit_changed   (StormTool      *self);
void     storm_tool_emit_view_changed (StormTool   *self);

void     storm_tool_drag_begin     (StormTool      *self,
                                    StormMods       mods);
void     storm_tool_drag_update    (StormTool      *self,
                                    StormPoint      at,
                                    StormMods       mods);
void     storm_tool_drag_end       (StormTool      *self,
                                    StormPoint      at);

G_END_DECLS
