#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-edit.h"
#include "storm-edit-context.h"
#include "storm-edit-props.h"
#include "storm-fold.h"

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

/* The contexts among the selected that are collapsed, or that are not; swimlanes are not. */
static GPtrArray *
storm_canvas_find_contexts (StormCanvas *self,
                            gboolean     collapsed)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ids->len; i++)
    {
      StormContext *context = storm_board_lookup_context (self->board, g_ptr_array_index (ids, i));

      if (context != NULL && storm_context_get_collapsed (context) == collapsed &&
          (collapsed || storm_context_get_kind (context) == STORM_CONTEXT_BOUNDED))
        g_ptr_array_add (found, g_strdup (g_ptr_array_index (ids, i)));
    }
  return found;
}

static void
on_fold (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  gboolean collapse = g_str_equal (name, "canvas.collapse-context");
  g_autoptr (GPtrArray) ids = storm_canvas_find_contexts (self, !collapse);
  g_autoptr (StormChange) change = NULL;

  storm_tool_cancel (self->tool);
  change = storm_edit_fold_contexts (self->board, ids, collapse);
  storm_canvas_do (self, change);
}

static void
on_add_swimlane (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  storm_tool_cancel (self->tool);
  change = storm_edit_add_swimlane (self->board, storm_canvas_middle (self), _("Swimlane"), &id);
  if (!storm_canvas_do (self, change))
    return;
  storm_canvas_reveal (self, id);
  storm_canvas_edit (self, id);
}

static gboolean
storm_canvas_has_event (StormCanvas *self,
                        gboolean     pivotal)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);

  for (guint i = 0; i < ids->len; i++)
    {
      StormSticky *sticky = storm_board_lookup_sticky (self->board, g_ptr_array_index (ids, i));

      if (sticky != NULL && storm_sticky_get_kind (sticky) == STORM_KIND_EVENT &&
          storm_sticky_get_pivotal (sticky) == pivotal)
        return TRUE;
    }
  return FALSE;
}

static void
on_pivotal (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  gboolean pivotal = g_str_equal (name, "canvas.mark-pivotal");
  g_autoptr (StormChange) change = NULL;

  storm_tool_cancel (self->tool);
  change = storm_edit_set_pivotal (self->board, storm_selection_get_ids (self->selection), pivotal);
  storm_canvas_do (self, change);
}

/* What an action needs of what is selected; the two ways of one thing show in the menu as it is. */
typedef enum
{
  NEEDS_NOTHING,
  NEEDS_CONTEXT,
  NEEDS_OPEN,
  NEEDS_CARD,
  NEEDS_EVENT,
  NEEDS_PIVOTAL,
} StormContextNeeds;

static const struct
{
  const char                  *name;
  const char                  *label;
  GtkWidgetActionActivateFunc  activate;
  StormContextNeeds            needs;
} actions[] = {
  { "canvas.add-context", N_("_Add Context"), on_add_context, NEEDS_NOTHING },
  { "canvas.add-swimlane", N_("Add _Swimlane"), on_add_swimlane, NEEDS_NOTHING },
  { "canvas.fit-context", N_("_Fit to Content"), on_fit_context, NEEDS_CONTEXT },
  { "canvas.collapse-context", N_("_Collapse"), on_fold, NEEDS_OPEN },
  { "canvas.expand-context", N_("_Expand"), on_fold, NEEDS_CARD },
  { "canvas.mark-pivotal", N_("Mark as _Pivotal Event"), on_pivotal, NEEDS_EVENT },
  { "canvas.unmark-pivotal", N_("Unmark as _Pivotal Event"), on_pivotal, NEEDS_PIVOTAL },
};

GMenuModel *
storm_canvas_make_context_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(actions[i].label), actions[i].name);

      if (actions[i].needs > NEEDS_CONTEXT)
        g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

void
storm_canvas_install_contexts (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
}

void
storm_canvas_update_contexts (StormCanvas *self,
                              gboolean     editable)
{
  g_autoptr (GPtrArray) open = storm_canvas_find_contexts (self, FALSE);
  g_autoptr (GPtrArray) cards = storm_canvas_find_contexts (self, TRUE);
  guint n_contexts = 0;
  gboolean has[] = { [NEEDS_NOTHING] = TRUE,
                     [NEEDS_OPEN] = open->len > 0,
                     [NEEDS_CARD] = cards->len > 0,
                     [NEEDS_EVENT] = storm_canvas_has_event (self, FALSE),
                     [NEEDS_PIVOTAL] = storm_canvas_has_event (self, TRUE) };

  for (guint i = 0; i < storm_selection_get_n (self->selection); i++)
    n_contexts += storm_board_lookup_context (self->board, g_ptr_array_index (
                    storm_selection_get_ids (self->selection), i)) != NULL;
  has[NEEDS_CONTEXT] = n_contexts > cards->len;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   editable && has[actions[i].needs]);
}

/* What is hidden can't stay selected: the card is, in its place. */
void
storm_canvas_select_cards (StormCanvas *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  gboolean any = FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      StormItem *item = storm_scene_lookup (self->scene, g_ptr_array_index (ids, i));
      StormContext *card = NULL;

      if (item != NULL && item->hidden)
        {
          any = TRUE;
          card = storm_board_get_card_of (self->board, item->object);
        }
      if (item != NULL && item->hidden && card == NULL)
        continue;
      g_ptr_array_add (shown, g_strdup (card != NULL ? storm_object_get_id (STORM_OBJECT (card))
                                                     : g_ptr_array_index (ids, i)));
    }
  if (any)
    storm_selection_set (self->selection, shown);
}

/* Shows what lies in a collapsed context. */
const char *
storm_canvas_uncover (StormCanvas *self,
                      const char  *id)
{
  StormObject *object = storm_board_lookup (self->board, id);
  StormContext *card = object != NULL ? storm_board_get_card_of (self->board, object) : NULL;
  g_autoptr (StormChange) change = NULL;
  g_autofree char *said = NULL;

  if (card == NULL)
    return id;
  said = g_strdup_printf (_("“%s” was expanded"), storm_context_get_title (card));
  if (!storm_history_get_read_only (self->history))
    change = storm_edit_unfold_around (self->board, id);
  if (change == NULL || !storm_canvas_do (self, change) ||
      storm_board_get_card_of (self->board, object) != NULL)
    return storm_object_get_id (STORM_OBJECT (storm_board_get_card_of (self->board, object)));
  g_signal_emit_by_name (self, "done", said);
  return id;
}
