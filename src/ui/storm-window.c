#include "config.h"

#include "storm-window.h"

#include <glib/gi18n-lib.h>

#include "storm-board-io.h"
#include "storm-compat.h"
#include "storm-settings.h"
#include "storm-start-page.h"
#include "storm-window-private.h"

struct _StormWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;

  StormStartPage *start_page;
  StormBoardPage *page;
  GBinding *title_binding;
  /* Paths of boards whose card is gone and whose file goes when Undo is no longer offered. */
  GHashTable *doomed;
};

G_DEFINE_FINAL_TYPE (StormWindow, storm_window, ADW_TYPE_APPLICATION_WINDOW)

/* In the bubble phase, so that a text being edited has its own undo first. */
static const struct
{
  const char *trigger;
  const char *action;
} shortcuts[] = {
  { "<Control>z", "win.undo" },
  { "<Control><Shift>z|<Control>y", "win.redo" },
  { "<Control>d", "win.duplicate" },
  { "<Control>g", "win.add-context" },
  { "<Control>l", "win.connect-selected" },
  { "<Control>Right", "win.connect-next" },
  { "<Control>Left", "win.connect-previous" },
  { "<Control>Up", "win.connect-above" },
  { "<Control>Down", "win.connect-below" },
  { "<Control>0|<Control>KP_0", "win.zoom-100" },
  { "<Alt>Home", "win.close-board" },
};

static StormApplication *
get_app (StormWindow *self)
{
  return STORM_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

/* @path: (nullable): of a board that was just made, or why it was not. */
static void
open_made (StormWindow  *self,
           const char   *path,
           const GError *error)
{
  if (path != NULL)
    storm_application_open_board (get_app (self), GTK_WINDOW (self), path);
  else
    storm_window_report (self, error);
}

static void
new_board (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  StormWindow *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = storm_board_io_create (storm_application_get_library (get_app (self)),
                                                 &error);

  open_made (self, path, error);
}

static void
open_tour (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  StormWindow *self = data;
  g_autoptr (GError) error = NULL;
  StormLibrary *library = storm_application_get_library (get_app (self));
  g_autofree char *path = storm_board_io_create_tour (library, &error);

  open_made (self, path, error);
}

static void
open_board (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  StormWindow *self = data;

  storm_application_open_board (get_app (self), GTK_WINDOW (self),
                                g_variant_get_string (parameter, NULL));
}

static void
open_sample (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  StormWindow *self = data;
  const StormSample *sample = storm_samples_lookup (g_variant_get_string (parameter, NULL));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (sample == NULL)
    return;

  path = storm_board_io_create_sample (storm_application_get_library (get_app (self)), sample,
                                       &error);
  open_made (self, path, error);
}

/* The desktop's trash says nothing of where a file went, so Undo is to wait with it. */
static void
trash_now (StormWindow *self,
           const char  *path)
{
  StormLibrary *library = storm_application_get_library (get_app (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *key = g_strdup (path);

  if (!g_hash_table_remove (self->doomed, key))
    return;

  if (!storm_library_trash (library, key, &error))
    storm_window_report (self, error);
  storm_library_refresh (library);
  storm_start_page_set_hidden (self->start_page, key, FALSE);
}

static void
on_trash_undo (AdwToast *toast,
               gpointer  data)
{
  StormWindow *self = data;
  const char *path = g_object_get_data (G_OBJECT (toast), "path");

  if (g_hash_table_remove (self->doomed, path))
    storm_start_page_set_hidden (self->start_page, path, FALSE);
}

static void
on_trash_dismissed (AdwToast *toast,
                    gpointer  data)
{
  trash_now (data, g_object_get_data (G_OBJECT (toast), "path"));
}

static void
trash_board (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  StormWindow *self = data;
  const char *path = g_variant_get_string (parameter, NULL);
  AdwToast *toast;

  if (storm_application_is_open (get_app (self), path))
    {
      storm_window_toast (self, _("The board is open in a window. Close it there first."));
      return;
    }

  g_hash_table_add (self->doomed, g_strdup (path));
  storm_start_page_set_hidden (self->start_page, path, TRUE);

  toast = adw_toast_new (_("The board was moved to the trash"));
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, 8);
  g_object_set_data_full (G_OBJECT (toast), "path", g_strdup (path), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_trash_undo), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_trash_dismissed), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
finish_trash (StormWindow *self)
{
  g_autoptr (GList) paths = g_hash_table_get_keys (self->doomed);

  for (GList *l = paths; l != NULL; l = l->next)
    trash_now (self, l->data);
}

static void
drop_page (StormWindow *self)
{
  StormLibrary *library = storm_application_get_library (get_app (self));
  static const char * const toggles[] = { "monitor", "show-side", "show-outline",
                                         "show-minimap", "show-grid", "focus-mode", "present",
                                         "show-timeline", "show-times", "heat" };
  g_autoptr (GError) error = NULL;
  StormBoardPage *page = g_steal_pointer (&self->page);

  if (page == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    g_action_map_remove_action (G_ACTION_MAP (self), toggles[i]);
  g_clear_pointer (&self->title_binding, g_binding_unbind);
  g_signal_handlers_disconnect_by_data (
    storm_board_file_get_history (storm_board_page_get_file (page)), self);

  if (!storm_board_page_close (page, &error))
    storm_window_report (self, error);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->start_page));
  gtk_stack_remove (self->stack, GTK_WIDGET (page));
  gtk_window_set_title (GTK_WINDOW (self), _("Stormwatch"));
  storm_window_update_actions (self);
  storm_library_refresh (library);
}

static void
close_board (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  drop_page (data);
}

static void
rename_board (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  storm_board_page_rename (STORM_WINDOW (data)->page);
}

static void
find (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       data)
{
  storm_board_page_find (STORM_WINDOW (data)->page);
}

static void
show_commands (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  storm_board_page_show_commands (STORM_WINDOW (data)->page);
}

static void
keep_view (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  gtk_widget_activate_action (GTK_WIDGET (STORM_WINDOW (data)->page), "view.keep", NULL);
}

static void
enter_list (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  storm_board_page_enter_list (STORM_WINDOW (data)->page);
}

static void
watch_demo (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  storm_application_watch_demo (get_app (data), data);
}

static void
about (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  storm_compat_show_about (data);
}

static const GActionEntry actions[] = {
  { "new-board", new_board },
  { "open-board", open_board, "s" },
  { "open-sample", open_sample, "s" },
  { "open-tour", open_tour },
  { "watch-demo", watch_demo },
  { "close-board", close_board },
  { "rename", rename_board },
  { "find", find },
  { "show-commands", show_commands },
  { "enter-list", enter_list },
  { "keep-view", keep_view },
  { "trash-board", trash_board, "s" },
  { "about", about },
};

static void
add_actions (StormWindow *self)
{
  g_autoptr (GPropertyAction) fullscreen = g_property_action_new ("fullscreen", self,
                                                                  "fullscreened");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (fullscreen));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  storm_window_add_file_actions (self);
  storm_window_add_picture_actions (self);
  storm_window_add_drop_target (self);
  storm_window_add_forwarded_actions (self);
}

static void
add_shortcuts (StormWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].trigger),
                        gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
add_toggle (StormWindow *self,
            gpointer     object,
            const char  *name,
            const char  *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static gboolean
storm_window_close_request (GtkWindow *window)
{
  StormWindow *self = STORM_WINDOW (window);
  int width;
  int height;

  gtk_window_get_default_size (window, &width, &height);
  storm_settings_set_boolean ("window-maximized", gtk_window_is_maximized (window));
  storm_settings_set_int ("window-width", width);
  storm_settings_set_int ("window-height", height);

  drop_page (self);
  finish_trash (self);

  return GTK_WINDOW_CLASS (storm_window_parent_class)->close_request (window);
}

static void
storm_window_finalize (GObject *object)
{
  g_hash_table_unref (STORM_WINDOW (object)->doomed);

  G_OBJECT_CLASS (storm_window_parent_class)->finalize (object);
}

static void
storm_window_class_init (StormWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = storm_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = storm_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StormWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StormWindow, stack);
}

static void
storm_window_init (StormWindow *self)
{
  self->doomed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  add_shortcuts (self);
  storm_window_update_actions (self);
  gtk_window_set_default_size (GTK_WINDOW (self), storm_settings_get_int ("window-width", 1280),
                               storm_settings_get_int ("window-height", 720));
  if (storm_settings_get_boolean ("window-maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  if (g_str_equal (PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

GtkWidget *
storm_window_new (StormApplication *app)
{
  StormWindow *self;

  g_return_val_if_fail (STORM_IS_APPLICATION (app), NULL);

  self = g_object_new (STORM_TYPE_WINDOW, "application", app, NULL);
  self->start_page = STORM_START_PAGE (storm_start_page_new (storm_application_get_library (app)));
  g_signal_connect_object (self->start_page, "failed", G_CALLBACK (storm_window_report), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->start_page), "start");

  return GTK_WIDGET (self);
}

const char *
storm_window_get_path (StormWindow *self)
{
  g_return_val_if_fail (STORM_IS_WINDOW (self), NULL);

  return self->page != NULL
           ? storm_board_file_get_path (storm_board_page_get_file (self->page)) : NULL;
}

/* Before it is on the screen too, unless it is to fill the screen. */
static int
get_width (StormWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height;

  if (width <= 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  return MAX (width, 1);
}

void
storm_window_show_board (StormWindow    *self,
                         StormBoardFile *file)
{
  StormHistory *history;

  g_return_if_fail (STORM_IS_WINDOW (self));
  g_return_if_fail (STORM_IS_BOARD_FILE (file));

  drop_page (self);
  self->page = STORM_BOARD_PAGE (storm_board_page_new (file));
  storm_board_page_expect_width (self->page, get_width (self));
  storm_board_page_set_palette (self->page, storm_settings_get_enum ("palette",
                                                                     STORM_PALETTE_CLASSIC));
  g_signal_connect_object (self->page, "done", G_CALLBACK (storm_window_toast), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "failed", G_CALLBACK (storm_window_report), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_board_page_get_canvas (self->page), "files",
                           G_CALLBACK (storm_window_take_files), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "notify::monitoring",
                           G_CALLBACK (storm_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "notify::show-timeline",
                           G_CALLBACK (storm_window_update_actions), self, G_CONNECT_SWAPPED);
  history = storm_board_file_get_history (file);
  g_signal_connect_object (history, "notify", G_CALLBACK (storm_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  add_toggle (self, self->page, "monitor", "monitoring");
  add_toggle (self, self->page, "show-side", "show-side");
  add_toggle (self, self->page, "show-outline", "show-outline");
  add_toggle (self, self->page, "show-minimap", "show-minimap");
  add_toggle (self, self->page, "show-grid", "show-grid");
  add_toggle (self, self->page, "show-timeline", "show-timeline");
  add_toggle (self, self->page, "focus-mode", "focus-mode");
  add_toggle (self, self->page, "present", "presenting");
  add_toggle (self, storm_board_page_get_heat_legend (self->page), "show-times", "show-times");
  add_toggle (self, storm_board_page_get_heat_legend (self->page), "heat", "heat");

  gtk_stack_add_named (self->stack, GTK_WIDGET (self->page), "board");
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->page));
  self->title_binding = g_object_bind_property (self->page, "title", self, "title",
                                                G_BINDING_SYNC_CREATE);
  gtk_widget_grab_focus (GTK_WIDGET (storm_board_page_get_canvas (self->page)));
  storm_window_update_actions (self);
}

void
storm_window_watch (StormWindow *self,
                    StormSource *source)
{
  g_return_if_fail (STORM_IS_WINDOW (self));
  g_return_if_fail (STORM_IS_SOURCE (source));
  g_return_if_fail (self->page != NULL);

  storm_board_page_watch (self->page, source);
}

void
storm_window_set_palette (StormWindow  *self,
                          StormPalette  palette)
{
  g_return_if_fail (STORM_IS_WINDOW (self));

  if (self->page != NULL)
    storm_board_page_set_palette (self->page, palette);
}

void
storm_window_report (StormWindow  *self,
                     const GError *error)
{
  g_return_if_fail (STORM_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  storm_window_toast (self, error->message);
}

StormBoardPage *
storm_window_get_page (StormWindow *self)
{
  g_return_val_if_fail (STORM_IS_WINDOW (self), NULL);

  return self->page;
}

void
storm_window_toast (StormWindow *self,
                    const char  *words)
{
  GtkWidget *label;
  AdwToast *toast;

  g_return_if_fail (STORM_IS_WINDOW (self));
  g_return_if_fail (words != NULL);

  /* A sentence that says what to do may be longer than one line. */
  label = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 70);
  toast = adw_toast_new ("");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, g_utf8_strlen (words, -1) > 60 ? 12 : 5);
  adw_toast_overlay_add_toast (self->toasts, toast);
  storm_compat_announce (GTK_WIDGET (self), words);
}
