#include "config.h"

#include "storm-canvas-private.h"

#include <math.h>

#include "storm-layer-trace.h"

static StormMods
storm_mods (GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  StormMods mods = 0;

  if ((state & GDK_SHIFT_MASK) != 0)
    mods |= STORM_MOD_SHIFT;
  if ((state & GDK_CONTROL_MASK) != 0)
    mods |= STORM_MOD_CONTROL;
  if ((state & GDK_ALT_MASK) != 0)
    mods |= STORM_MOD_ALT;
  return mods;
}

static StormPoint
storm_drag_point (GtkGestureDrag *drag,
                  double          dx,
                  double          dy)
{
  double x = 0, y = 0;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  return (StormPoint) { x + dx, y + dy };
}

static gboolean
storm_canvas_pans (StormCanvas *self)
{
  return self->space || self->hand;
}

gboolean
storm_canvas_open_number (StormCanvas *self,
                          StormItem   *item)
{
  g_autofree char *id = NULL;

  if (self->overlay != NULL)
    id = g_strdup (storm_overlay_get_latest (self->overlay, item));
  storm_selection_set_one (self->selection, storm_item_get_id (item));
  if (id == NULL)
    return FALSE;
  storm_canvas_activate_sticky (self, id);
  return TRUE;
}

static void
on_drag_begin (StormCanvas    *self,
               double          x,
               double          y,
               GtkGestureDrag *drag)
{
  StormPoint at = { x, y };
  StormItem *badge;

  storm_canvas_set_pointer (self, at);
  if (self->editor != NULL)
    storm_canvas_end_edit (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (storm_canvas_pans (self))
    {
      storm_tool_press_pan (self->tool, at);
      return;
    }
  if (storm_canvas_press_device (self, storm_canvas_device (GTK_EVENT_CONTROLLER (drag)), at))
    return;
  badge = storm_painter_badge_at (self->painter, at);
  if (badge != NULL)
    {
      storm_canvas_open_number (self, badge);
      return;
    }
  if (storm_canvas_press_ghost (self, at) || storm_canvas_press_times (self, at))
    return;
  storm_tool_press (self->tool, at, storm_mods (GTK_EVENT_CONTROLLER (drag)));
}

static void
on_middle_begin (StormCanvas *self,
                 double       x,
                 double       y)
{
  storm_tool_press_pan (self->tool, (StormPoint) { x, y });
}

static void
on_drag_update (StormCanvas    *self,
                double          dx,
                double          dy,
                GtkGestureDrag *drag)
{
  storm_canvas_set_pointer (self, storm_drag_point (drag, dx, dy));
  /* While two fingers pinch, the first of them drags nothing. */
  if (self->pinching || storm_canvas_drag_device (self, self->pointer, g_get_monotonic_time ()))
    return;
  storm_tool_motion (self->tool, self->pointer, storm_mods (GTK_EVENT_CONTROLLER (drag)));
  storm_canvas_push (self);
}

static void
on_drag_end (StormCanvas    *self,
             double          dx,
             double          dy,
             GtkGestureDrag *drag)
{
  storm_canvas_set_pointer (self, storm_drag_point (drag, dx, dy));
  storm_canvas_push_stop (self);
  if (!storm_canvas_release_device (self, hypot (dx, dy), g_get_monotonic_time ()))
    storm_tool_release (self->tool, self->pointer, storm_mods (GTK_EVENT_CONTROLLER (drag)));
}

static void
on_gesture_cancel (StormCanvas *self)
{
  storm_canvas_push_stop (self);
  storm_canvas_cancel_device (self);
  storm_tool_cancel (self->tool);
}

static void
on_click (StormCanvas     *self,
          int              n_press,
          double           x,
          double           y,
          GtkGestureClick *click)
{
  if (n_press == 2 && !storm_canvas_pans (self) &&
      storm_painter_badge_at (self->painter, (StormPoint) { x, y }) == NULL &&
      storm_painter_ghost_at (self->painter, (StormPoint) { x, y }) == NULL &&
      storm_painter_time_at (self->painter, (StormPoint) { x, y }) == NULL)
    storm_tool_double_press (self->tool, (StormPoint) { x, y });
}

static void
on_motion (StormCanvas        *self,
           double              x,
           double              y,
           GtkEventController *motion)
{
  storm_canvas_set_pointer (self, (StormPoint) { x, y });
  /* During a drag the gesture tells it, and remembers where it began. */
  if (self->hand)
    storm_tool_leave (self->tool);
  else if (storm_tool_get_state (self->tool) == STORM_TOOL_IDLE)
    storm_tool_motion (self->tool, self->pointer, storm_mods (motion));
}

static void
on_leave (StormCanvas *self)
{
  storm_tool_leave (self->tool);
}

static gboolean
on_scroll (StormCanvas              *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  GdkScrollUnit unit = gtk_event_controller_get_current_event (controller) != NULL
                         ? gtk_event_controller_scroll_get_unit (scroll) : GDK_SCROLL_UNIT_WHEEL;
  StormMods mods = storm_mods (controller);
  StormPoint at = storm_canvas_pointer (self);
  StormScroll by;

  storm_canvas_glide_stop (self);
  self->scroll_zooms = (mods & STORM_MOD_CONTROL) != 0;
  self->scroll_steps = unit == GDK_SCROLL_UNIT_WHEEL;
  self->scroll_device = storm_canvas_device (controller);
  storm_input_scroll (self->scroll_device, dx, dy, self->scroll_steps, mods, &self->wheel, &by);
  storm_viewport_pan (&self->view, by.pan.x, by.pan.y);
  storm_viewport_zoom_step (&self->view, by.steps, at);
  if (by.factor != 1)
    storm_viewport_zoom_at (&self->view, self->view.zoom * by.factor, at);
  storm_canvas_view_moved (self);
  /* What is dragged stays under the pointer. */
  if (self->has_pointer)
    storm_tool_motion (self->tool, self->pointer, mods);
  return TRUE;
}

void
storm_canvas_context_menu (StormCanvas *self,
                           StormPoint   at)
{
  const StormHit *hit;

  storm_tool_cancel (self->tool);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  storm_tool_motion (self->tool, at, 0);
  hit = storm_tool_get_hit (self->tool);
  if (hit->part == STORM_HIT_NONE)
    storm_selection_set (self->selection, NULL);
  else if (!storm_selection_contains (self->selection, storm_item_get_id (hit->item)))
    storm_tool_pick_with_group (self->tool, storm_item_get_id (hit->item));
  storm_canvas_popup_menu (self, at);
}

static void
on_right_click (StormCanvas *self,
                int          n_press,
                double       x,
                double       y)
{
  storm_canvas_context_menu (self, (StormPoint) { x, y });
}

/* The key as it were without Shift, so that "Shift+1" is found on every layout. */
static guint
storm_unshifted (GtkEventController *controller,
                 guint               keyval,
                 guint               keycode)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  GdkDisplay *display = gtk_widget_get_display (gtk_event_controller_get_widget (controller));
  guint plain = keyval;

  if (event != NULL &&
      !gdk_display_translate_key (display, keycode, 0, (int) gdk_key_event_get_layout (event),
                                  &plain, NULL, NULL, NULL))
    return keyval;
  return plain;
}

static gboolean
storm_canvas_digit (StormCanvas *self,
                    guint        keyval)
{
  gunichar c = gdk_keyval_to_unicode (keyval);

  for (guint i = 0; i < STORM_N_KINDS; i++)
    if ((gunichar) storm_kind_info (i)->key == c)
      {
        gtk_widget_activate_action (GTK_WIDGET (self), "canvas.place", "s",
                                    storm_kind_info (i)->nick);
        return TRUE;
      }
  return FALSE;
}

/* Just typing edits what is selected; the key that began it goes to the editor. */
static gboolean
storm_canvas_type (StormCanvas           *self,
                   GtkEventControllerKey *keys,
                   guint                  keyval)
{
  StormItem *item = storm_tool_get_single (self->tool);
  gunichar c = gdk_keyval_to_unicode (keyval);

  if (c == 0 || !g_unichar_isgraph (c) || item == NULL ||
      storm_history_get_read_only (self->history))
    return FALSE;
  storm_canvas_edit (self, storm_item_get_id (item));
  if (self->editor != NULL &&
      gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (keys)) != NULL)
    gtk_event_controller_key_forward (keys, storm_editor_get_view (self->editor));
  return TRUE;
}

static gboolean
on_key_pressed (StormCanvas           *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *keys)
{
  guint plain;

  if (self->editor != NULL ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return FALSE;

  if (keyval == GDK_KEY_space)
    {
      self->space = TRUE;
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
      return TRUE;
    }
  plain = storm_unshifted (GTK_EVENT_CONTROLLER (keys), keyval, keycode);
  if ((state & GDK_SHIFT_MASK) != 0 && (plain == GDK_KEY_1 || plain == GDK_KEY_2))
    return gtk_widget_activate_action (GTK_WIDGET (self), plain == GDK_KEY_1
                                                            ? "canvas.zoom-fit"
                                                            : "canvas.zoom-selection", NULL);
  if (storm_canvas_digit (self, keyval))
    return TRUE;
  /* On a selected sticky an H is the beginning of a title. */
  if (plain == GDK_KEY_h && (state & GDK_SHIFT_MASK) == 0 &&
      storm_tool_get_single (self->tool) == NULL)
    return gtk_widget_activate_action (GTK_WIDGET (self), "canvas.hand", NULL);
  return storm_canvas_type (self, keys, keyval);
}

static void
on_key_released (StormCanvas *self,
                 guint        keyval)
{
  if (keyval != GDK_KEY_space || !self->space)
    return;
  self->space = FALSE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), storm_tool_get_cursor (self->tool));
}

static void
on_focus_leave (StormCanvas *self)
{
  /* The key is released elsewhere. */
  self->space = FALSE;
}

static void
storm_canvas_add_drag (StormCanvas *self,
                       guint        button,
                       GCallback    begin)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect_swapped (drag, "drag-begin", begin, self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (on_gesture_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
storm_canvas_init_pointer (StormCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new (), *right = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES |
                                     GTK_EVENT_CONTROLLER_SCROLL_KINETIC);

  /* The later one is asked first: a second press reaches the drag and then the click. */
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  storm_canvas_add_drag (self, GDK_BUTTON_PRIMARY, G_CALLBACK (on_drag_begin));
  storm_canvas_add_drag (self, GDK_BUTTON_MIDDLE, G_CALLBACK (on_middle_begin));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (right, "pressed", G_CALLBACK (on_right_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (right));
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  storm_canvas_init_scroll (self, scroll);
  storm_canvas_init_touch (self);
}

void
storm_canvas_init_input (StormCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  storm_canvas_init_pointer (self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
