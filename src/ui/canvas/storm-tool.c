#include "config.h"

#include "storm-tool-private.h"

#include <math.h>

#include "storm-edit.h"
#include "storm-edit-context.h"

G_DEFINE_FINAL_TYPE (StormTool, storm_tool, G_TYPE_OBJECT)

enum
{
  CHANGED,
  VIEW_CHANGED,
  EDIT,
  OFFER,
  PLACING_CHANGED,
  FAILED,
  LOCKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
storm_tool_emit_changed (StormTool *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
storm_tool_emit_view_changed (StormTool *self)
{
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

void
storm_tool_set_state (StormTool      *self,
                      StormToolState  state)
{
  if (state == STORM_TOOL_IDLE)
    {
      g_clear_pointer (&self->moving, g_ptr_array_unref);
      g_clear_pointer (&self->selected, g_ptr_array_unref);
      self->grip = (StormHit) { STORM_HIT_NONE };
      self->target = NULL;
      storm_tool_clear_guides (self);
    }
  if (self->state == state)
    return;
  self->state = state;
  storm_scene_set_moving (self->scene, state == STORM_TOOL_MOVE || state == STORM_TOOL_RESIZE);
  storm_tool_emit_changed (self);
}

static void
storm_tool_fail (StormTool    *self,
                 const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* Does @change; when that is impossible the whole gesture is taken back. */
gboolean
storm_tool_do (StormTool   *self,
               StormChange *change)
{
  g_autoptr (GError) error = NULL;

  if (storm_history_do (self->history, change, &error))
    return TRUE;

  storm_tool_cancel (self);
  storm_tool_fail (self, error);
  return FALSE;
}

void
storm_tool_emit_locked (StormTool *self,
                        GPtrArray *ids)
{
  g_signal_emit (self, signals[LOCKED], 0, ids);
}

void
storm_tool_finish (StormTool *self)
{
  storm_tool_set_state (self, STORM_TOOL_IDLE);
  /* What can't be kept the history has undone, and says so by its own signal. */
  storm_history_commit (self->history, NULL);
}

static void
storm_tool_test (StormTool  *self,
                 StormPoint  at,
                 StormHit   *out)
{
  StormHitState state = { NULL, NULL, NULL };

  if (storm_tool_may_edit (self))
    state = (StormHitState) { self->hover, storm_tool_get_resizable (self),
                              storm_tool_get_flow (self) };
  storm_hit_test (self->scene, self->viewport, &state, at, out);
}

static gboolean
storm_tool_within_reach (StormTool  *self,
                         StormItem  *item,
                         StormPoint  at)
{
  StormRect r = storm_viewport_rect_to_screen (self->viewport, &item->rect);

  r = (StormRect) { r.x - STORM_HOVER_REACH, r.y - STORM_HOVER_REACH,
                    r.width + 2 * STORM_HOVER_REACH, r.height + 2 * STORM_HOVER_REACH };
  return storm_rect_contains (&r, at.x, at.y);
}

static void
storm_tool_update_hover (StormTool  *self,
                         StormPoint  at)
{
  StormHit before = self->hit;
  StormItem *hover = self->hover;

  storm_tool_test (self, at, &self->hit);
  if (self->hit.part == STORM_HIT_STICKY)
    hover = self->hit.item;
  else if (self->hit.part == STORM_HIT_CONTEXT &&
           self->hit.item == storm_tool_get_single (self))
    hover = self->hit.item;
  else if (hover != NULL && !storm_tool_within_reach (self, hover, at))
    hover = NULL;

  if (hover != self->hover || before.part != self->hit.part || before.item != self->hit.item ||
      before.side != self->hit.side || before.corner != self->hit.corner ||
      before.index != self->hit.index)
    {
      self->hover = hover;
      storm_tool_emit_changed (self);
    }
}

static void
on_item_removed (StormTool *self,
                 StormItem *item)
{
  /* Somebody else removed what is being dragged: an undo, or another window. */
  if (self->grip.item == item)
    {
      self->grip = (StormHit) { STORM_HIT_NONE };
      if (self->state == STORM_TOOL_RESIZE || self->state == STORM_TOOL_CONNECT ||
          self->state == STORM_TOOL_RECONNECT || self->state == STORM_TOOL_BEND ||
          self->state == STORM_TOOL_PRESSED)
        {
          self->state = STORM_TOOL_IDLE;
          storm_scene_set_moving (self->scene, FALSE);
        }
    }
  if (self->target == item)
    self->target = NULL;
  if (self->hover == item)
    self->hover = NULL;
  if (self->hit.item == item)
    self->hit = (StormHit) { STORM_HIT_NONE };
}

static void
storm_tool_finalize (GObject *object)
{
  StormTool *self = STORM_TOOL (object);

  g_clear_pointer (&self->moving, g_ptr_array_unref);
  g_clear_pointer (&self->selected, g_ptr_array_unref);
  storm_tool_clear_guides (self);
  g_clear_pointer (&self->originals, g_ptr_array_unref);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_free (self->route);
  g_free (self->bend_of);
  g_object_unref (self->scene);
  g_object_unref (self->history);
  g_object_unref (self->selection);

  G_OBJECT_CLASS (storm_tool_parent_class)->finalize (object);
}

static void
storm_tool_class_init (StormToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_tool_finalize;

  signals[CHANGED] = g_signal_new ("changed", STORM_TYPE_TOOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", STORM_TYPE_TOOL, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT] = g_signal_new ("edit", STORM_TYPE_TOOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OFFER] = g_signal_new ("offer", STORM_TYPE_TOOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, STORM_TYPE_KIND);
  signals[PLACING_CHANGED] = g_signal_new ("placing-changed", STORM_TYPE_TOOL, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", STORM_TYPE_TOOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[LOCKED] = g_signal_new ("locked", STORM_TYPE_TOOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
storm_tool_init (StormTool *self)
{
  self->placing = -1;
}

StormTool *
storm_tool_new (StormScene     *scene,
                StormHistory   *history,
                StormSelection *selection,
                StormViewport  *viewport)
{
  StormTool *self;

  g_return_val_if_fail (STORM_IS_SCENE (scene), NULL);
  g_return_val_if_fail (STORM_IS_HISTORY (history), NULL);
  g_return_val_if_fail (STORM_IS_SELECTION (selection), NULL);
  g_return_val_if_fail (viewport != NULL, NULL);

  self = g_object_new (STORM_TYPE_TOOL, NULL);
  self->scene = g_object_ref (scene);
  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);
  self->viewport = viewport;
  g_signal_connect_object (scene, "item-removed", G_CALLBACK (on_item_removed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
storm_tool_press (StormTool  *self,
                  StormPoint  at,
                  StormMods   mods)
{
  g_return_if_fail (STORM_IS_TOOL (self));

  /* A second button: what the first one drags is taken back. */
  if (self->state != STORM_TOOL_IDLE)
    storm_tool_cancel (self);

  self->press = self->last = at;
  self->origin = storm_viewport_to_world (self->viewport, at);
  self->press_mods = mods;
  storm_tool_clear_bend (self);

  if (self->placing >= 0)
    {
      StormKind kind = self->placing;
      const char *id;

      storm_tool_set_placing (self, -1);
      id = storm_tool_place (self, kind, self->origin);
      if (id != NULL)
        g_signal_emit (self, signals[EDIT], 0, id);
      return;
    }

  storm_tool_update_hover (self, at);
  self->grip = self->hit;
  if (self->grip.part == STORM_HIT_STICKY || self->grip.part == STORM_HIT_FLOW ||
      self->grip.part == STORM_HIT_CONTEXT)
    storm_tool_pick (self, storm_item_get_id (self->grip.item), mods);
  storm_tool_set_state (self, STORM_TOOL_PRESSED);
}

void
storm_tool_press_pan (StormTool  *self,
                      StormPoint  at)
{
  g_return_if_fail (STORM_IS_TOOL (self));

  storm_tool_cancel (self);
  self->press = self->last = at;
  storm_tool_set_state (self, STORM_TOOL_PAN);
}

void
storm_tool_motion (StormTool  *self,
                   StormPoint  at,
                   StormMods   mods)
{
  StormPoint last;

  g_return_if_fail (STORM_IS_TOOL (self));

  last = self->last;
  self->last = at;
  self->mods = mods;
  if (self->state == STORM_TOOL_IDLE)
    {
      storm_tool_update_hover (self, at);
      if (self->placing >= 0)
        storm_tool_emit_changed (self);
      return;
    }
  if (self->state == STORM_TOOL_PAN)
    {
      storm_viewport_pan (self->viewport, last.x - at.x, last.y - at.y);
      storm_tool_emit_view_changed (self);
      return;
    }
  if (self->state == STORM_TOOL_PRESSED)
    {
      if (hypot (at.x - self->press.x, at.y - self->press.y) < STORM_DRAG_THRESHOLD)
        return;
      storm_tool_drag_begin (self, self->press_mods);
    }
  storm_tool_drag_update (self, at, mods);
}

/* A press and a release in one place. */
static void
storm_tool_click (StormTool *self,
                  StormMods  mods)
{
  StormHit grip = self->grip;
  gboolean shift = (mods & STORM_MOD_SHIFT) != 0;

  storm_tool_set_state (self, STORM_TOOL_IDLE);
  switch (grip.part)
    {
    case STORM_HIT_NONE:
      if (!shift)
        storm_selection_set (self->selection, NULL);
      break;

    case STORM_HIT_CONNECT:
      if (!storm_history_get_read_only (self->history) &&
          grip.item->type == STORM_OBJECT_STICKY)
        {
          StormKind kind = grip.item->kind;
          const char *id = storm_tool_connect_next (self, grip.item, grip.side, FALSE);

          if (id != NULL)
            g_signal_emit (self, signals[OFFER], 0, id, kind);
        }
      break;

    case STORM_HIT_STICKY:
    case STORM_HIT_FLOW:
    case STORM_HIT_CONTEXT:
      storm_tool_pick_again (self, storm_item_get_id (grip.item), mods);
      break;

    case STORM_HIT_BEND:
      storm_tool_pick_bend (self, grip.item, grip.index);
      break;

    case STORM_HIT_RESIZE:
    default:
      break;
    }
}

void
storm_tool_release (StormTool  *self,
                    StormPoint  at,
                    StormMods   mods)
{
  g_return_if_fail (STORM_IS_TOOL (self));

  self->last = at;
  if (self->state == STORM_TOOL_PRESSED)
    storm_tool_click (self, mods);
  else if (self->state != STORM_TOOL_IDLE)
    storm_tool_drag_end (self, at);
  storm_tool_update_hover (self, at);
}

/* On the frame of a context, and not where its title stands. */
static gboolean
storm_tool_on_frame (StormTool      *self,
                     const StormHit *hit,
                     StormPoint      at)
{
  StormPoint world = storm_viewport_to_world (self->viewport, at);

  if (hit->part == STORM_HIT_RESIZE)
    return hit->item->type == STORM_OBJECT_CONTEXT;
  return hit->part == STORM_HIT_CONTEXT && !storm_hit_on_title (hit->item, world);
}

static void
storm_tool_fit (StormTool *self,
                StormItem *item)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormChange) change = NULL;

  g_ptr_array_add (ids, (char *) storm_item_get_id (item));
  change = storm_edit_fit_contexts (storm_scene_get_board (self->scene), ids);
  storm_tool_do (self, change);
}

static void
storm_tool_refuse_edit (StormTool *self,
                        StormItem *item)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (ids, g_strdup (storm_item_get_id (item)));
  if (!storm_tool_enter_group (self, g_ptr_array_index (ids, 0)))
    storm_tool_emit_locked (self, ids);
}

static void
storm_tool_expand (StormTool *self,
                   StormItem *item)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormChange) change = NULL;

  g_ptr_array_add (ids, (char *) storm_item_get_id (item));
  change = storm_edit_fold_contexts (storm_scene_get_board (self->scene), ids, FALSE);
  storm_tool_do (self, change);
}

void
storm_tool_double_press (StormTool  *self,
                         StormPoint  at)
{
  StormHit hit;
  const char *id = NULL;

  g_return_if_fail (STORM_IS_TOOL (self));

  storm_tool_cancel (self);
  if (storm_history_get_read_only (self->history))
    return;

  storm_tool_test (self, at, &hit);
  if (hit.part == STORM_HIT_NONE)
    id = storm_tool_place (self, STORM_KIND_EVENT, storm_viewport_to_world (self->viewport, at));
  else if (hit.part != STORM_HIT_CONNECT && storm_edit_is_locked (hit.item->object))
    storm_tool_refuse_edit (self, hit.item);
  else if (hit.part == STORM_HIT_CONTEXT && hit.item->card != NULL)
    storm_tool_expand (self, hit.item);
  else if (storm_tool_on_frame (self, &hit, at))
    storm_tool_fit (self, hit.item);
  else if (hit.part == STORM_HIT_BEND)
    storm_tool_drop_bend (self, &hit);
  else if (hit.part != STORM_HIT_CONNECT && hit.part != STORM_HIT_RESIZE &&
           hit.part != STORM_HIT_FLOW_END &&
           !storm_tool_enter_group (self, storm_item_get_id (hit.item)))
    id = storm_item_get_id (hit.item);
  if (id != NULL)
    g_signal_emit (self, signals[EDIT], 0, id);
}

void
storm_tool_leave (StormTool *self)
{
  g_return_if_fail (STORM_IS_TOOL (self));

  if (self->state != STORM_TOOL_IDLE || (self->hover == NULL && self->hit.part == STORM_HIT_NONE))
    return;
  self->hover = NULL;
  self->hit = (StormHit) { STORM_HIT_NONE };
  storm_tool_emit_changed (self);
}

gboolean
storm_tool_cancel (StormTool *self)
{
  g_autoptr (GPtrArray) selected = NULL;
  StormToolState state;

  g_return_val_if_fail (STORM_IS_TOOL (self), FALSE);

  state = self->state;
  if (state == STORM_TOOL_IDLE)
    {
      if (self->placing < 0)
        return FALSE;
      storm_tool_set_placing (self, -1);
      return TRUE;
    }
  selected = g_steal_pointer (&self->selected);
  storm_tool_set_state (self, STORM_TOOL_IDLE);
  if (state == STORM_TOOL_MOVE || state == STORM_TOOL_RESIZE || state == STORM_TOOL_BEND)
    storm_history_cancel (self->history);
  /* What the marquee gathered, or the copies that are gone again, give way to what was there. */
  if (selected != NULL)
    storm_selection_set (self->selection, selected);
  return TRUE;
}

void
storm_tool_set_placing (StormTool *self,
                        int        kind)
{
  g_return_if_fail (STORM_IS_TOOL (self));
  g_return_if_fail (kind < STORM_N_KINDS);

  if (kind >= 0 && storm_history_get_read_only (self->history))
    return;
  if (self->placing == kind)
    return;
  self->placing = kind;
  g_signal_emit (self, signals[PLACING_CHANGED], 0);
  storm_tool_emit_changed (self);
}

int
storm_tool_get_placing (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), -1);

  return self->placing;
}
