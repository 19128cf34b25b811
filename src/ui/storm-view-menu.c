#include "config.h"

#include "storm-view-menu.h"

#include <glib/gi18n-lib.h>

#include "storm-view-list.h"

struct _StormViewMenu
{
  GObject parent_instance;

  StormBoardFile *file;
  StormCanvas *canvas;
  GPtrArray *views;
  GMenu *menu;
  GSimpleActionGroup *actions;
  GtkWidget *popover;
  GtkWidget *entry;
};

G_DEFINE_FINAL_TYPE (StormViewMenu, storm_view_menu, G_TYPE_OBJECT)

static void
append_views (StormViewMenu *self,
              GMenu         *menu,
              const char    *action)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      const StormView *view = g_ptr_array_index (self->views, i);
      /* Names are no mnemonics. */
      g_auto (GStrv) parts = g_strsplit (view->name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, action, "s", view->name);
      g_menu_append_item (menu, item);
    }
}

static void
fill_menu (StormViewMenu *self)
{
  g_menu_remove_all (self->menu);
  append_views (self, self->menu, "view.go");
  g_menu_append (self->menu, _("_Keep This View…"), "view.keep");
  if (self->views->len > 0)
    {
      g_autoptr (GMenu) removal = g_menu_new ();

      append_views (self, removal, "view.remove");
      g_menu_append_submenu (self->menu, _("_Remove a View"), G_MENU_MODEL (removal));
    }
}

static void
keep_views (StormViewMenu *self)
{
  g_autofree char *text = storm_view_list_print (self->views);

  storm_board_file_set_setting (self->file, STORM_VIEWS_SETTING, text);
  fill_menu (self);
}

static void
on_go (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  StormViewMenu *self = data;
  StormView *view = storm_view_list_find (self->views, g_variant_get_string (parameter, NULL));

  if (view != NULL)
    storm_canvas_show_rect (self->canvas, &view->rect);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
on_remove (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  StormViewMenu *self = data;

  if (storm_view_list_remove (self->views, g_variant_get_string (parameter, NULL)))
    keep_views (self);
}

/* A name that is free, so that Enter alone is enough. */
static char *
propose_name (StormViewMenu *self)
{
  for (guint i = 1;; i++)
    {
      /* Translators: the name of a saved view of the board, with its number */
      g_autofree char *name = g_strdup_printf (_("View %u"), i);

      if (storm_view_list_find (self->views, name) == NULL)
        return g_steal_pointer (&name);
    }
}

static void
on_keep (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  StormViewMenu *self = data;
  g_autofree char *name = propose_name (self);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->entry);
}

static void
on_named (StormViewMenu *self)
{
  StormRect rect = storm_canvas_get_view_rect (self->canvas);

  if (!storm_view_list_put (self->views, gtk_editable_get_text (GTK_EDITABLE (self->entry)), &rect))
    {
      gtk_widget_error_bell (self->entry);
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  keep_views (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
make_popover (StormViewMenu *self,
              GtkWidget     *anchor)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Keep"));

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), STORM_VIEW_NAME_MAX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the view"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_named), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_named), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), button);

  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  storm_zoom_bar_add_popover (STORM_ZOOM_BAR (anchor), self->popover);
}

static void
storm_view_menu_finalize (GObject *object)
{
  StormViewMenu *self = STORM_VIEW_MENU (object);

  g_object_unref (self->actions);
  g_object_unref (self->menu);
  g_ptr_array_unref (self->views);
  g_object_unref (self->canvas);
  g_object_unref (self->file);

  G_OBJECT_CLASS (storm_view_menu_parent_class)->finalize (object);
}

static void
storm_view_menu_class_init (StormViewMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_view_menu_finalize;
}

static void
storm_view_menu_init (StormViewMenu *self)
{
  static const GActionEntry entries[] = {
    { "keep", on_keep },
    { "go", on_go, "s" },
    { "remove", on_remove, "s" },
  };

  self->menu = g_menu_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
}

StormViewMenu *
storm_view_menu_new (StormBoardFile *file,
                     StormCanvas    *canvas,
                     StormZoomBar   *zoom_bar,
                     GtkWidget      *page)
{
  StormViewMenu *self;
  g_autofree char *text = NULL;

  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);
  g_return_val_if_fail (STORM_IS_CANVAS (canvas), NULL);
  g_return_val_if_fail (STORM_IS_ZOOM_BAR (zoom_bar), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);

  self = g_object_new (STORM_TYPE_VIEW_MENU, NULL);
  self->file = g_object_ref (file);
  self->canvas = g_object_ref (canvas);
  text = storm_board_file_dup_setting (file, STORM_VIEWS_SETTING);
  self->views = storm_view_list_parse (text);
  fill_menu (self);
  storm_zoom_bar_append_section (zoom_bar, G_MENU_MODEL (self->menu));
  make_popover (self, GTK_WIDGET (zoom_bar));
  gtk_widget_insert_action_group (page, "view", G_ACTION_GROUP (self->actions));

  return self;
}

GPtrArray *
storm_view_menu_get_views (StormViewMenu *self)
{
  g_return_val_if_fail (STORM_IS_VIEW_MENU (self), NULL);

  return self->views;
}
