#pragma once

#include "storm-history.h"
#include "storm-guides.h"
#include "storm-hit.h"
#include "storm-selection.h"

G_BEGIN_DECLS

typedef enum
{
  STORM_MOD_SHIFT   = 1 << 0,
  STORM_MOD_CONTROL = 1 << 1,
  STORM_MOD_ALT     = 1 << 2,
} StormMods;

/**
 * StormToolState:
 * @STORM_TOOL_RECONNECT: an end of a flow is on its way to somewhere else
 * @STORM_TOOL_BEND: a run or a bend of a flow is dragged
 * @STORM_TOOL_PRESSED: the button is down, the pointer has not moved far enough to drag
 */
typedef enum
{
  STORM_TOOL_IDLE,
  STORM_TOOL_PRESSED,
  STORM_TOOL_MOVE,
  STORM_TOOL_MARQUEE,
  STORM_TOOL_RESIZE,
  STORM_TOOL_CONNECT,
  STORM_TOOL_RECONNECT,
  STORM_TOOL_BEND,
  STORM_TOOL_PAN,
} StormToolState;

/** STORM_DRAG_THRESHOLD: pixels that the pointer moves before a press becomes a drag. */
#define STORM_DRAG_THRESHOLD 6.0

#define STORM_TYPE_TOOL (storm_tool_get_type ())

/**
 * StormTool:
 *
 * What pointer and board do together, as a state machine without any GTK type. Places are pixels of
 * the widget; the tool knows the camera. One drag is one step of the history: begun with the first
 * movement, shown live, kept at the release, taken back by storm_tool_cancel().
 *
 * Signals: `changed`: hover, marquee, preview, cursor or state; `view-changed`: the tool moved the
 * camera; `edit` (const char *id): open the editor; `offer` (const char *id, StormKind after): the
 * same for a sticky that a flow has made, after the kinds that may follow were offered;
 * `placing-changed`; `failed` (GError *error); `locked` (GPtrArray *ids): what a gesture should
 * have moved or edited is partly locked.
 *
 * The stickies of a group are picked and moved together; a double press, or a press with Control,
 * goes into the group. The marquee leaves alone what is locked.
 */
G_DECLARE_FINAL_TYPE (StormTool, storm_tool, STORM, TOOL, GObject)

/** storm_tool_new: @viewport: the camera, lives longer than the tool. */
StormTool      *storm_tool_new           (StormScene     *scene,
                                          StormHistory   *history,
                                          StormSelection *selection,
                                          StormViewport  *viewport);

void            storm_tool_press         (StormTool      *self,
                                          StormPoint      at,
                                          StormMods       mods);
/** storm_tool_press_pan: the middle button, or Space and the first. */
void            storm_tool_press_pan     (StormTool      *self,
                                          StormPoint      at);
void            storm_tool_motion        (StormTool      *self,
                                          StormPoint      at,
                                          StormMods       mods);
void            storm_tool_release       (StormTool      *self,
                                          StormPoint      at,
                                          StormMods       mods);
/** storm_tool_double_press: edits what is there; expands a card, or fits a context whose frame is
 * there to its content; on empty board makes an event and edits it. */
void            storm_tool_double_press  (StormTool      *self,
                                          StormPoint      at);
/** storm_tool_leave: the pointer left the widget. */
void            storm_tool_leave         (StormTool      *self);
/** storm_tool_cancel: Escape, or the grab is lost; %FALSE when there was nothing to cancel. */
gboolean        storm_tool_cancel        (StormTool      *self);

/** storm_tool_set_placing: @kind: what the next press places, or -1. */
void            storm_tool_set_placing   (StormTool      *self,
                                          int             kind);
int             storm_tool_get_placing   (StormTool      *self);

/** storm_tool_set_grid: whether places and sizes keep to the board's grid. */
void            storm_tool_set_grid      (StormTool      *self,
                                          gboolean        grid);

StormToolState  storm_tool_get_state     (StormTool      *self);
/** storm_tool_get_press: where the button went down, in pixels. */
StormPoint      storm_tool_get_press     (StormTool      *self);
/** storm_tool_get_mods: the keys held at the last motion. */
StormMods       storm_tool_get_mods      (StormTool      *self);
/** storm_tool_get_hover: (nullable): the sticky or context that shows its connect handles. */
StormItem      *storm_tool_get_hover     (StormTool      *self);
/** storm_tool_get_hit: what is under the pointer now. */
const StormHit *storm_tool_get_hit       (StormTool      *self);
/** storm_tool_get_marquee: in board units; %FALSE when there is none. */
gboolean        storm_tool_get_marquee   (StormTool      *self,
                                          StormRect      *out);
/**
 * storm_tool_get_preview:
 * @target: (out) (nullable): the sticky or context that a release would connect to
 *
 * The flow that is being drawn; %FALSE when there is none.
 */
gboolean        storm_tool_get_preview   (StormTool      *self,
                                          StormRoute     *out,
                                          StormItem     **target);
/** storm_tool_get_snap: the guides that what is dragged stands in line with now. */
const StormSnap *storm_tool_get_snap     (StormTool      *self);
/** storm_tool_get_cursor: the name of the pointer's shape now. */
const char     *storm_tool_get_cursor    (StormTool      *self);
/** storm_tool_may_edit: whether handles do anything; not on a read-only board. */
gboolean        storm_tool_may_edit      (StormTool      *self);
/** storm_tool_get_single: (nullable): the one item that is selected. */
StormItem      *storm_tool_get_single    (StormTool      *self);
/** storm_tool_get_resizable: (nullable): the same, if it has resize corners. */
StormItem      *storm_tool_get_resizable (StormTool      *self);

/** storm_tool_get_flow: (nullable): the one flow that is selected. */
StormItem      *storm_tool_get_flow      (StormTool      *self);
/** storm_tool_get_bend: (nullable): the flow of which one bend is selected; @index: (out): which
 * point of its route that is. */
StormItem      *storm_tool_get_bend      (StormTool      *self,
                                          guint          *index);
/** storm_tool_clear_bend: no bend is selected any more. */
void            storm_tool_clear_bend    (StormTool      *self);
/** storm_tool_delete_bend: takes away the bend that is selected; %FALSE when none is. */
gboolean        storm_tool_delete_bend   (StormTool      *self);
/** storm_tool_straighten: the selected flows run by themselves again; one step. */
gboolean        storm_tool_straighten    (StormTool      *self);
/** storm_tool_is_led: @object: (nullable): whether it is a flow with bends that somebody made. */
gboolean        storm_tool_is_led        (StormObject    *object);

/** storm_tool_pick_with_group: selects @id as a press does: with its group. */
void            storm_tool_pick_with_group (StormTool    *self,
                                            const char   *id);
/** storm_tool_place: adds a sticky of @kind at @world and selects it; its id, %NULL on failure. */
const char     *storm_tool_place         (StormTool      *self,
                                          StormKind       kind,
                                          StormPoint      world);
/**
 * storm_tool_step:
 *
 * Selects the sticky beside @from; where there is none, makes one of the same kind and size there.
 *
 * Returns: its id, %NULL on failure
 */
const char     *storm_tool_step          (StormTool      *self,
                                          StormItem      *from,
                                          StormSide       side);
/**
 * storm_tool_duplicate: copies what is selected and selects the copies. When these are the copies
 * of the last time, as far on as they were moved from what they copy.
 */
gboolean        storm_tool_duplicate     (StormTool      *self);
/**
 * storm_tool_connect_next:
 * @before: makes the one before @from, of the usual kind, and the flow leads to @from
 *
 * Makes the next sticky of @from on @side, or as near to there as nothing else lies, with the flow.
 *
 * Returns: its id, %NULL on failure
 */
const char     *storm_tool_connect_next  (StormTool      *self,
                                          StormItem      *from,
                                          StormSide       side,
                                          gboolean        before);

G_END_DECLS
