#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

static GMenuModel *
storm_canvas_make_style_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) style = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();

  g_menu_append (style, _("Copy St_yle"), "canvas.copy-style");
  g_menu_append (style, _("Paste Sty_le"), "canvas.paste-style");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (style));
  g_menu_append (order, _("Bring to _Front"), "canvas.to-front");
  g_menu_append (order, _("Send to _Back"), "canvas.to-back");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  return G_MENU_MODEL (menu);
}

/* Not higher than the screens it is shown on: what is not for every day is a menu further, and undo
 * has its keys and its button. */
static GMenuModel *
storm_canvas_make_menu (void)
{
  static const struct { const char *label; const char *action; } items[] = {
    { N_("_Edit Text"), "canvas.edit" },
    { N_("Connect to _Next Sticky"), "canvas.connect-next" },
    { N_("C_onnect Selected"), "canvas.connect-selected" },
    { N_("Strai_ghten Flow"), "canvas.straighten" },
    { NULL, NULL },
    { N_("Cu_t"), "canvas.cut" },
    { N_("_Copy"), "canvas.copy" },
    { N_("_Paste"), "canvas.paste" },
    { N_("D_uplicate"), "canvas.duplicate" },
    { N_("_Delete"), "canvas.delete" },
    { NULL, NULL },
    { N_("Select _All"), "canvas.select-all" },
    { N_("_Zoom to Fit"), "canvas.zoom-fit" },
  };
  GMenu *menu = g_menu_new ();
  GMenu *kinds = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuItem) item = NULL;
  g_autoptr (GMenuModel) contexts = NULL;
  g_autoptr (GMenuModel) arrange = NULL;
  g_autoptr (GMenuModel) style = NULL;
  g_autoptr (GMenuModel) locks = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      if (items[i].label != NULL)
        {
          g_menu_append (section, _(items[i].label), items[i].action);
          continue;
        }
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
      g_object_unref (section);
      section = g_menu_new ();
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      g_autofree char *action = g_strdup_printf ("canvas.set-kind::%s", storm_kind_info (i)->nick);

      g_menu_append (kinds, storm_kind_name (i), action);
    }
  item = g_menu_item_new_submenu (_("Change _Kind"), G_MENU_MODEL (kinds));
  /* As sensitive as what stands in it. */
  g_menu_item_set_action_and_target (item, "canvas.set-kind", "s",
                                     storm_kind_info (STORM_KIND_EVENT)->nick);
  g_menu_insert_item (menu, 1, item);
  g_object_unref (kinds);
  contexts = storm_canvas_make_context_menu ();
  g_menu_insert_submenu (menu, 2, _("Conte_xt"), contexts);
  arrange = storm_canvas_make_arrange_menu ();
  g_menu_insert_submenu (menu, 3, _("Arran_ge"), arrange);
  style = storm_canvas_make_style_menu ();
  g_menu_insert_submenu (menu, 4, _("St_yle and Order"), style);
  locks = storm_canvas_make_lock_menu ();
  g_menu_insert_submenu (menu, 5, _("Group and Lock"), locks);
  return G_MENU_MODEL (menu);
}

void
storm_canvas_popup_menu (StormCanvas *self,
                         StormPoint   at)
{
  GdkRectangle spot = { (int) CLAMP (at.x, 0, self->view.width),
                        (int) CLAMP (at.y, 0, self->view.height), 1, 1 };

  /* Its items are for all of what is selected. */
  storm_tool_clear_bend (self->tool);
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = storm_canvas_make_menu ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      /* Beside the pointer, where GDK moves it up as far as the screen's end asks for; below it, it
       * would only be turned over. */
      gtk_popover_set_position (GTK_POPOVER (self->menu),
                                gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL
                                  ? GTK_POS_LEFT : GTK_POS_RIGHT);
      gtk_widget_set_valign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &spot);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
