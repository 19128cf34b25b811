#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-edit.h"
#include "storm-edit-context.h"


static void
on_undo (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  storm_canvas_undo (STORM_CANVAS (widget), FALSE);
}

static void
on_redo (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  storm_canvas_undo (STORM_CANVAS (widget), TRUE);
}

static void
on_select_all (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (StormObjectType type = STORM_OBJECT_STICKY; type <= STORM_OBJECT_CONTEXT; type++)
    {
      storm_scene_collect (self->scene, type, NULL, items);
      for (guint i = 0; i < items->len; i++)
        {
          StormItem *item = g_ptr_array_index (items, i);

          /* What all are selected for can't be done with what is locked. */
          if (!storm_edit_is_locked (item->object))
            g_ptr_array_add (ids, g_strdup (storm_item_get_id (item)));
        }
    }
  storm_selection_set (self->selection, ids);
}

static void
on_select_none (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  storm_selection_set (STORM_CANVAS (widget)->selection, NULL);
}

static void
on_delete (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = NULL;

  storm_tool_cancel (self->tool);
  /* One bend of the flow is selected: that is what is meant. */
  if (storm_tool_delete_bend (self->tool))
    return;
  storm_canvas_tell_locked (self, storm_selection_get_ids (self->selection));
  change = storm_edit_remove (self->board, storm_selection_get_ids (self->selection));
  storm_canvas_do (self, change);
}

static void
on_duplicate (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  storm_tool_duplicate (STORM_CANVAS (widget)->tool);
}

static void
on_copy (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  storm_canvas_copy (STORM_CANVAS (widget));
}

static void
on_cut (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (StormChange) change = NULL;

  storm_tool_cancel (self->tool);
  storm_canvas_copy (self);
  ids = storm_edit_with_folded (self->board, storm_selection_get_ids (self->selection));
  change = storm_edit_remove (self->board, ids);
  storm_canvas_do (self, change);
}

static void
on_paste (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  storm_canvas_paste (STORM_CANVAS (widget));
}

static void
on_copy_style (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  storm_canvas_copy_style (STORM_CANVAS (widget));
}

static void
on_paste_style (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  storm_canvas_paste_style (STORM_CANVAS (widget));
}

static void
on_edit (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  StormObject *object = storm_selection_get_single (self->selection);

  if (object != NULL)
    storm_canvas_edit (self, storm_object_get_id (object));
}

static void
storm_canvas_set_hand (StormCanvas *self,
                       gboolean     hand)
{
  self->hand = hand;
  if (hand)
    storm_tool_set_placing (self->tool, -1);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   hand ? "grab" : storm_tool_get_cursor (self->tool));
}

static void
on_hand (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);

  storm_canvas_set_hand (self, !self->hand);
}

static void
on_cancel (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);

  if (self->editor != NULL)
    storm_canvas_end_edit (self, TRUE);
  else if (self->list != NULL)
    storm_canvas_end_list (self);
  else if (self->hand && storm_tool_get_state (self->tool) == STORM_TOOL_IDLE)
    storm_canvas_set_hand (self, FALSE);
  else if (!storm_tool_cancel (self->tool))
    storm_selection_set (self->selection, NULL);
}

static gboolean
storm_canvas_kind (GVariant  *parameter,
                   StormKind *out)
{
  return storm_kind_from_nick (g_variant_get_string (parameter, NULL), out);
}

static void
on_place (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  StormKind kind;

  if (!storm_canvas_kind (parameter, &kind))
    return;
  /* The same again puts it away. */
  if (storm_tool_get_placing (self->tool) == (int) kind)
    {
      storm_tool_set_placing (self->tool, -1);
      return;
    }
  storm_canvas_set_hand (self, FALSE);
  storm_tool_set_placing (self->tool, kind);
  self->last_kind = kind;
}

static void
on_add (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  StormKind kind;
  const char *id;

  if (!storm_canvas_kind (parameter, &kind))
    return;
  self->last_kind = kind;
  id = storm_tool_place (self->tool, kind, storm_canvas_free_spot (self, kind));
  if (id != NULL)
    storm_canvas_edit (self, id);
}

static void
on_set_kind (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = NULL;
  StormKind kind;

  if (!storm_canvas_kind (parameter, &kind))
    return;
  storm_canvas_tell_locked (self, storm_selection_get_ids (self->selection));
  change = storm_edit_set_kind (self->board, storm_selection_get_ids (self->selection), kind);
  storm_canvas_do (self, change);
}

static void
on_step (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  static const struct { const char *name; StormSide side; } sides[] = {
    { "canvas.next-right", STORM_SIDE_RIGHT },
    { "canvas.next-left", STORM_SIDE_LEFT },
    { "canvas.next-below", STORM_SIDE_BOTTOM },
    { "canvas.next-above", STORM_SIDE_TOP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (g_str_equal (sides[i].name, name))
      storm_canvas_step (STORM_CANVAS (widget), sides[i].side);
}

static void
on_connect_selected (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  const char *previous = NULL;

  storm_history_begin (self->history, _("Connect stickies"));
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (StormChange) change = NULL;

      if (storm_board_lookup_sticky (self->board, id) == NULL)
        continue;
      if (previous != NULL)
        change = storm_edit_connect (self->board, previous, id, NULL);
      if (change != NULL && !storm_canvas_do (self, change))
        {
          storm_history_cancel (self->history);
          return;
        }
      previous = id;
    }
  /* A failure to keep it is told by the history itself. */
  storm_history_commit (self->history, NULL);
}

static void
storm_canvas_reorder (GtkWidget   *widget,
                      StormZOrder  order)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = NULL;

  storm_canvas_tell_locked (self, storm_selection_get_ids (self->selection));
  change = storm_edit_reorder (self->board, storm_selection_get_ids (self->selection), order);
  storm_canvas_do (self, change);
}

static void
on_reorder (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  static const struct { const char *name; StormZOrder order; } orders[] = {
    { "canvas.to-front", STORM_Z_TO_FRONT },
    { "canvas.forward", STORM_Z_FORWARD },
    { "canvas.backward", STORM_Z_BACKWARD },
    { "canvas.to-back", STORM_Z_TO_BACK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].name, name))
      storm_canvas_reorder (widget, orders[i].order);
}

static void
on_nudge (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = NULL;
  double dx, dy;

  g_variant_get (parameter, "(dd)", &dx, &dy);
  if (!isfinite (dx) || !isfinite (dy))
    return;
  storm_canvas_tell_locked (self, storm_selection_get_ids (self->selection));
  change = storm_edit_move (self->board, storm_selection_get_ids (self->selection), dx, dy, TRUE);
  storm_canvas_do (self, change);
}

static void
on_focus (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  storm_canvas_walk (STORM_CANVAS (widget), g_variant_get_string (parameter, NULL));
}

static void
on_extend (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  storm_canvas_extend (STORM_CANVAS (widget), g_variant_get_string (parameter, NULL));
}

/* About the pointer when it is on the board, else about the middle. */
static void
on_zoom (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  StormPoint middle = { self->view.width / 2, self->view.height / 2 };

  if (g_str_equal (name, "canvas.zoom-in"))
    storm_viewport_zoom_step (&self->view, 4, middle);
  else if (g_str_equal (name, "canvas.zoom-out"))
    storm_viewport_zoom_step (&self->view, -4, middle);
  else
    storm_viewport_zoom_at (&self->view, 1, middle);
  storm_canvas_view_moved (self);
}

static void
on_zoom_fit (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  storm_canvas_zoom_to_fit (STORM_CANVAS (widget));
}

/* So much of what was in view stays in view that the eye finds its place again. */
#define PAGE 0.9

static void
on_page (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  double dx, dy;

  g_variant_get (parameter, "(dd)", &dx, &dy);
  storm_viewport_pan (&self->view, dx * PAGE * self->view.width, dy * PAGE * self->view.height);
  storm_canvas_view_moved (self);
}

static void
on_zoom_selection (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  StormRect rect = { 0, 0, 0, 0 };

  for (guint i = 0; i < ids->len; i++)
    {
      StormItem *item = storm_scene_lookup (self->scene, g_ptr_array_index (ids, i));

      if (item != NULL)
        rect = storm_rect_union (&rect, &item->rect);
    }
  if (rect.width <= 0 && rect.height <= 0)
    return;
  storm_canvas_fit (self, &rect, 2);
}

typedef enum
{
  NEEDS_NOTHING    = 0,
  NEEDS_SELECTION  = 1 << 0,
  NEEDS_EDITABLE   = 1 << 1,
  NEEDS_NO_EDITOR  = 1 << 2,
  NEEDS_SINGLE     = 1 << 3,
  NEEDS_SEVERAL    = 1 << 4,
  NEEDS_STICKY     = 1 << 5,
} StormNeeds;

#define NEEDS_CHANGE (NEEDS_EDITABLE | NEEDS_NO_EDITOR)

static const struct
{
  const char                  *name;
  const char                  *type;
  GtkWidgetActionActivateFunc  activate;
  StormNeeds                   needs;
} actions[] = {
  { "canvas.undo", NULL, on_undo, NEEDS_CHANGE },
  { "canvas.redo", NULL, on_redo, NEEDS_CHANGE },
  { "canvas.select-all", NULL, on_select_all, NEEDS_NO_EDITOR },
  { "canvas.select-none", NULL, on_select_none, NEEDS_NO_EDITOR | NEEDS_SELECTION },
  { "canvas.delete", NULL, on_delete, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.duplicate", NULL, on_duplicate, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.cut", NULL, on_cut, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.copy", NULL, on_copy, NEEDS_NO_EDITOR | NEEDS_SELECTION },
  { "canvas.paste", NULL, on_paste, NEEDS_CHANGE },
  { "canvas.copy-style", NULL, on_copy_style, NEEDS_NO_EDITOR | NEEDS_SINGLE },
  { "canvas.paste-style", NULL, on_paste_style, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.edit", NULL, on_edit, NEEDS_CHANGE | NEEDS_SINGLE },
  { "canvas.cancel", NULL, on_cancel, NEEDS_NOTHING },
  { "canvas.place", "s", on_place, NEEDS_CHANGE },
  { "canvas.add", "s", on_add, NEEDS_CHANGE },
  { "canvas.set-kind", "s", on_set_kind, NEEDS_CHANGE | NEEDS_STICKY },
  { "canvas.next-right", NULL, on_step, NEEDS_EDITABLE | NEEDS_SINGLE },
  { "canvas.next-left", NULL, on_step, NEEDS_EDITABLE | NEEDS_SINGLE },
  { "canvas.next-below", NULL, on_step, NEEDS_EDITABLE | NEEDS_SINGLE },
  { "canvas.next-above", NULL, on_step, NEEDS_EDITABLE | NEEDS_SINGLE },
  { "canvas.connect-selected", NULL, on_connect_selected, NEEDS_CHANGE | NEEDS_SEVERAL },
  { "canvas.to-front", NULL, on_reorder, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.forward", NULL, on_reorder, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.backward", NULL, on_reorder, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.to-back", NULL, on_reorder, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.nudge", "(dd)", on_nudge, NEEDS_CHANGE | NEEDS_SELECTION },
  { "canvas.focus", "s", on_focus, NEEDS_NO_EDITOR },
  { "canvas.extend", "s", on_extend, NEEDS_NO_EDITOR },
  { "canvas.hand", NULL, on_hand, NEEDS_NO_EDITOR },
  { "canvas.zoom-in", NULL, on_zoom, NEEDS_NOTHING },
  { "canvas.zoom-out", NULL, on_zoom, NEEDS_NOTHING },
  { "canvas.zoom-100", NULL, on_zoom, NEEDS_NOTHING },
  { "canvas.zoom-fit", NULL, on_zoom_fit, NEEDS_NOTHING },
  { "canvas.page", "(dd)", on_page, NEEDS_NOTHING },
  { "canvas.zoom-selection", NULL, on_zoom_selection, NEEDS_SELECTION },
};

void
storm_canvas_install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, actions[i].type,
                                     actions[i].activate);
  storm_canvas_install_arrange (klass);
  storm_canvas_install_contexts (klass);
  storm_canvas_install_flows (klass);
  storm_canvas_install_locks (klass);
}

static gboolean
storm_canvas_has_sticky (StormCanvas *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);

  for (guint i = 0; i < ids->len; i++)
    if (storm_board_lookup_sticky (self->board, g_ptr_array_index (ids, i)) != NULL)
      return TRUE;
  return FALSE;
}

void
storm_canvas_update_actions (StormCanvas *self)
{
  guint n = storm_selection_get_n (self->selection);
  StormNeeds lacking = NEEDS_NOTHING;

  if (n == 0)
    lacking |= NEEDS_SELECTION;
  if (!storm_canvas_has_sticky (self))
    lacking |= NEEDS_STICKY;
  if (n != 1)
    lacking |= NEEDS_SINGLE;
  if (n < 2)
    lacking |= NEEDS_SEVERAL;
  if (storm_history_get_read_only (self->history))
    lacking |= NEEDS_EDITABLE;
  if (self->editor != NULL)
    lacking |= NEEDS_NO_EDITOR;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gboolean enabled = (actions[i].needs & lacking) == 0;

      if (actions[i].activate == on_undo)
        enabled = enabled && storm_history_can_undo (self->history);
      else if (actions[i].activate == on_redo)
        enabled = enabled && storm_history_can_redo (self->history);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, enabled);
    }
  storm_canvas_update_arrange (self, (lacking & NEEDS_CHANGE) == 0);
  storm_canvas_update_contexts (self, (lacking & NEEDS_CHANGE) == 0);
  storm_canvas_update_flows (self, (lacking & NEEDS_CHANGE) == 0);
  storm_canvas_update_locks (self, (lacking & NEEDS_CHANGE) == 0);
}

/* One step of the history notifies of several properties, and what is selected may be much. */
void
storm_canvas_steps_changed (StormCanvas *self)
{
  StormSteps steps = { storm_scene_get_serial (self->scene),
                       storm_history_can_undo (self->history),
                       storm_history_can_redo (self->history),
                       storm_history_get_read_only (self->history) };

  if (steps.scene_serial == self->steps.scene_serial && steps.can_undo == self->steps.can_undo &&
      steps.can_redo == self->steps.can_redo && steps.read_only == self->steps.read_only)
    return;
  self->steps = steps;
  storm_canvas_update_actions (self);
}
