#include "config.h"

#include "storm-board-card.h"

#include <glib/gi18n-lib.h>

struct _StormBoardCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkButton *open;
  GtkStack *stack;
  GtkPicture *picture;
  GtkLabel *title;
  GtkLabel *changed;
  GtkMenuButton *menu_button;
  GtkPopover *rename_popover;
  GtkEditable *rename_entry;

  StormLibraryItem *item;
};

enum
{
  RENAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormBoardCard, storm_board_card, GTK_TYPE_WIDGET)

static void
append_action (GMenu      *menu,
               const char *label,
               const char *action,
               const char *path)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (path != NULL)
    g_menu_item_set_action_and_target (item, action, "s", path);
  else
    g_menu_item_set_detailed_action (item, action);
  g_menu_append_item (menu, item);
}

static void
make_menu (StormBoardCard *self)
{
  const char *path = storm_library_item_get_path (self->item);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();

  append_action (first, _("_Open"), "win.open-board", path);
  append_action (first, _("Open in a New _Window"), "app.open-board", path);
  append_action (first, _("_Rename…"), "card.rename", NULL);
  append_action (first, _("_Save a Copy…"), "win.save-copy-of", path);
  append_action (second, _("Move to _Trash"), "win.trash-board", path);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

static void
show_picture (StormBoardCard *self)
{
  GBytes *png = storm_library_item_get_picture (self->item);
  g_autoptr (GdkTexture) texture = NULL;

  /* From a file that anybody may have written: one that doesn't decode is none. */
  if (png != NULL)
    texture = gdk_texture_new_from_bytes (png, NULL);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, texture != NULL ? "picture" : "none");
}

static void
refresh (StormBoardCard *self)
{
  const char *title = storm_library_item_get_title (self->item);
  const char *error = storm_library_item_get_error (self->item);
  g_autofree char *words = NULL;

  if (title == NULL || *title == '\0')
    title = _("Untitled board");
  words = error != NULL ? g_strdup (error)
                        : storm_words_for_change (storm_library_item_get_changed (self->item),
                                                  storm_time_now ());

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->changed, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->open), error != NULL ? error : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  show_picture (self);
  make_menu (self);
}

static void
start_rename (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  StormBoardCard *self = STORM_BOARD_CARD (widget);

  gtk_editable_set_text (self->rename_entry, storm_library_item_get_title (self->item));
  gtk_popover_popup (self->rename_popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->rename_entry));
}

static void
popup_menu (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  gtk_menu_button_popup (STORM_BOARD_CARD (widget)->menu_button);
}

static void
on_secondary_click (StormBoardCard *self)
{
  gtk_menu_button_popup (self->menu_button);
}

static void
on_rename_entered (StormBoardCard *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->rename_entry)));

  gtk_popover_popdown (self->rename_popover);
  if (*title != '\0' && g_strcmp0 (title, storm_library_item_get_title (self->item)) != 0)
    g_signal_emit (self, signals[RENAME], 0, title);
}

static void
storm_board_card_dispose (GObject *object)
{
  StormBoardCard *self = STORM_BOARD_CARD (object);

  if (self->rename_popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->rename_popover));
  self->rename_popover = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (storm_board_card_parent_class)->dispose (object);
}

static void
storm_board_card_class_init (StormBoardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_board_card_dispose;

  signals[RENAME] = g_signal_new ("rename", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "card.rename", NULL, start_rename);
  gtk_widget_class_install_action (widget_class, "card.menu", NULL, popup_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "card.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "card.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "card.menu", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-board-card.ui");
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, box);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, open);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, stack);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, picture);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, title);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, changed);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, rename_popover);
  gtk_widget_class_bind_template_child (widget_class, StormBoardCard, rename_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_rename_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_click);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
storm_board_card_init (StormBoardCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->rename_popover), GTK_WIDGET (self));
}

GtkWidget *
storm_board_card_new (StormLibraryItem *item)
{
  StormBoardCard *self;

  g_return_val_if_fail (STORM_IS_LIBRARY_ITEM (item), NULL);

  self = g_object_new (STORM_TYPE_BOARD_CARD, NULL);
  self->item = g_object_ref (item);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s",
                                    storm_library_item_get_path (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "win.open-board");
  g_signal_connect_object (item, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}

StormLibraryItem *
storm_board_card_get_item (StormBoardCard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_CARD (self), NULL);

  return self->item;
}

/* By the calendar: what was changed last night is yesterday's in the morning. */
static int
calendar_days (GDateTime *from,
               GDateTime *to)
{
  GDate a;
  GDate b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (from), g_date_time_get_month (from),
                  g_date_time_get_year (from));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (to), g_date_time_get_month (to),
                  g_date_time_get_year (to));

  return g_date_days_between (&a, &b);
}

char *
storm_words_for_change (StormTime changed,
                        StormTime now)
{
  gint64 minutes = (now - changed) / (60 * STORM_TIME_SECOND);
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) today = NULL;
  int days;

  if (minutes < 1)
    return g_strdup (_("Just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) minutes),
                            (int) minutes);

  then = g_date_time_new_from_unix_local (changed / STORM_TIME_SECOND);
  today = g_date_time_new_from_unix_local (now / STORM_TIME_SECOND);
  if (then == NULL || today == NULL)
    return g_strdup ("");

  days = calendar_days (then, today);
  if (days == 0)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) (minutes / 60)),
                            (int) (minutes / 60));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < 7)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), days);

  /* Translators: a date, see g_date_time_format(): "3 November 2026" */
  return g_date_time_format (then, _("%-e %B %Y"));
}
