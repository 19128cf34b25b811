#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-edit.h"
#include "storm-edit-context.h"

/* Of one that is made around nothing, in board units. */
#define CONTEXT_WIDTH 400.0
#define CONTEXT_HEIGHT 280.0

static void
on_add_context (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  storm_tool_cancel (self->tool);
  change = storm_edit_add_context_around (self->board, storm_selection_get_ids (self->selection),
                                          _("Context"), &id);
  if (change == NULL)
    {
      StormPoint middle = storm_canvas_middle (self);
      StormRect rect = { middle.x - CONTEXT_WIDTH / 2, middle.y - CONTEXT_HEIGHT / 2,
                         CONTEXT_WIDTH, CONTEXT_HEIGHT };

      change = storm_edit_add_context (self->board, &rect, _("Context"), &id);
    }
  if (storm_canvas_do (self, change))
    storm_canvas_edit (self, id);
}

static void
on_fit_context (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = NULL;

  storm_tool_cancel (self->tool);
  change = storm_edit_fit_contexts (self->board, storm_selection_get_ids (self->selection));
  storm_canvas_do (self, change);
}

/* @needs_context: among the selected. */
static const struct
{
  const char                  *name;
  const char                  *label;
  GtkWidgetActionActivateFunc  activate;
  gboolean                     needs_context;
} actions[] = {
  { "canvas.add-context", N_("_Add Context"), on_add_context, FALSE },
  { "canvas.fit-context", N_("_Fit to Content"), on_fit_context, TRUE },
};

GMenuModel *
storm_canvas_make_context_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_menu_append (menu, _(actions[i].label), actions[i].name);
  return G_MENU_MODEL (menu);
}

void
storm_canvas_install_contexts (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
}

static gboolean
storm_canvas_has_context (StormCanvas *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);

  for (guint i = 0; i < ids->len; i++)
    if (storm_board_lookup_context (self->board, g_ptr_array_index (ids, i)) != NULL)
      return TRUE;
  return FALSE;
}

void
storm_canvas_update_contexts (StormCanvas *self,
                              gboolean     editable)
{
  gboolean has_context = storm_canvas_has_context (self);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   editable && (has_context || !actions[i].needs_context));
}
