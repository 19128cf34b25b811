#include "config.h"

#include "storm-board-header.h"

#include <glib/gi18n-lib.h>

#include "storm-tooltip.h"

struct _StormBoardHeader
{
  AdwBin parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkMenuButton *title_button;
  GtkEditable *title_entry;
  AdwButtonContent *monitor_content;
  GtkWidget *outline_button;
  GtkWidget *restore_button;
  GBinding *fullscreen_binding;

  StormHistory *history;
  StormSelection *selection;
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormBoardHeader, storm_board_header, ADW_TYPE_BIN)

/* What is selected, as that is what the keys and the menu act on; else how the board is kept. */
static void
show_subtitle (StormBoardHeader *self)
{
  guint n = storm_selection_get_n (self->selection);
  g_autofree char *words = NULL;

  if (n > 0)
    words = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
  else if (storm_history_get_read_only (self->history))
    words = g_strdup (_("Read-only"));
  else
    words = g_strdup (_("All changes kept"));
  adw_window_title_set_subtitle (self->window_title, words);
}

static void
show_title (StormBoardHeader *self)
{
  const char *title = storm_board_get_title (storm_history_get_board (self->history));

  adw_window_title_set_title (self->window_title, *title != '\0' ? title : _("Untitled board"));
  show_subtitle (self);
  /* There will never be a step to take back. */
  gtk_widget_set_visible (self->undo_button, !storm_history_get_read_only (self->history));
  gtk_widget_set_visible (self->redo_button, !storm_history_get_read_only (self->history));
}

/* A window that fills the screen has no buttons of its own. */
static void
on_root (StormBoardHeader *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_pointer (&self->fullscreen_binding, g_binding_unbind);
  if (GTK_IS_WINDOW (root))
    self->fullscreen_binding = g_object_bind_property (root, "fullscreened", self->restore_button,
                                                       "visible", G_BINDING_SYNC_CREATE);
}

static void
set_step_words (GtkWidget  *button,
                const char *words,
                const char *label)
{
  g_autofree char *tooltip = NULL;

  /* Translators: the tooltip of a button: "Undo: Move 3 stickies" */
  if (label != NULL)
    tooltip = g_strdup_printf (_("%s: %s"), words, label);
  storm_tooltip_set (button, NULL, tooltip != NULL ? tooltip : words);
}

static void
show_steps (StormBoardHeader *self)
{
  set_step_words (self->undo_button, _("Undo"), storm_history_get_undo_label (self->history));
  set_step_words (self->redo_button, _("Redo"), storm_history_get_redo_label (self->history));
}

static void
on_title_popover_shown (StormBoardHeader *self)
{
  gtk_editable_set_text (self->title_entry,
                         storm_board_get_title (storm_history_get_board (self->history)));
  gtk_widget_grab_focus (GTK_WIDGET (self->title_entry));
}

static void
on_title_entered (StormBoardHeader *self)
{
  StormBoard *board = storm_history_get_board (self->history);
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->title_entry)));
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;

  gtk_menu_button_popdown (self->title_button);
  if (*title == '\0' || g_strcmp0 (title, storm_board_get_title (board)) == 0)
    return;

  change = storm_change_new (_("Rename the Board"));
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string (title));
  if (!storm_history_do (self->history, change, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
storm_board_header_dispose (GObject *object)
{
  StormBoardHeader *self = STORM_BOARD_HEADER (object);

  g_clear_object (&self->history);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (storm_board_header_parent_class)->dispose (object);
}

static void
storm_board_header_class_init (StormBoardHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_board_header_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-board-header.ui");
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, window_title);
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, undo_button);
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, redo_button);
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, title_button);
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, title_entry);
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, monitor_content);
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, outline_button);
  gtk_widget_class_bind_template_child (widget_class, StormBoardHeader, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, on_title_popover_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_title_entered);
}

static void
storm_board_header_init (StormBoardHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  storm_tooltip_add_keys (GTK_WIDGET (self));
  storm_board_header_set_narrow (self, FALSE);
  g_signal_connect (self, "notify::root", G_CALLBACK (on_root), NULL);
}

void
storm_board_header_set_history (StormBoardHeader *self,
                                StormHistory     *history,
                                StormSelection   *selection)
{
  g_return_if_fail (STORM_IS_BOARD_HEADER (self));
  g_return_if_fail (STORM_IS_HISTORY (history));
  g_return_if_fail (STORM_IS_SELECTION (selection));
  g_return_if_fail (self->history == NULL);

  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (show_subtitle), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_history_get_board (history), "notify::title",
                           G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::read-only", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::undo-label", G_CALLBACK (show_steps), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::redo-label", G_CALLBACK (show_steps), self,
                           G_CONNECT_SWAPPED);
  show_title (self);
  show_steps (self);
}

void
storm_board_header_rename (StormBoardHeader *self)
{
  g_return_if_fail (STORM_IS_BOARD_HEADER (self));

  gtk_menu_button_popup (self->title_button);
}

void
storm_board_header_set_narrow (StormBoardHeader *self,
                               gboolean          narrow)
{
  GtkWidget *monitor;

  g_return_if_fail (STORM_IS_BOARD_HEADER (self));

  /* A button is called what its words say; without any it has to be said. */
  monitor = gtk_widget_get_ancestor (GTK_WIDGET (self->monitor_content), GTK_TYPE_BUTTON);
  if (narrow)
    gtk_accessible_update_property (GTK_ACCESSIBLE (monitor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _("Monitor"), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (monitor), GTK_ACCESSIBLE_PROPERTY_LABEL);
  adw_button_content_set_label (self->monitor_content, narrow ? "" : _("Monitor"));
  gtk_widget_set_visible (self->outline_button, !narrow);
}
