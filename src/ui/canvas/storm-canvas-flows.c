#include "config.h"

#include "storm-canvas-private.h"

static void
on_straighten (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);

  storm_tool_cancel (self->tool);
  storm_tool_straighten (self->tool);
}

void
storm_canvas_install_flows (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "canvas.straighten", NULL, on_straighten);
}

static gboolean
storm_canvas_has_led_flow (StormCanvas *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);

  for (guint i = 0; i < ids->len; i++)
    if (storm_tool_is_led (storm_board_lookup (self->board, g_ptr_array_index (ids, i))))
      return TRUE;
  return FALSE;
}

void
storm_canvas_update_flows (StormCanvas *self,
                           gboolean     editable)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.straighten",
                                 editable && storm_canvas_has_led_flow (self));
}
