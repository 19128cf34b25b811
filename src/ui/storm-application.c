#include "config.h"

#include "storm-application.h"

#include <glib/gi18n-lib.h>

#include "storm-board-io.h"
#include "storm-demo-source.h"
#include "storm-error.h"
#include "storm-replay-source.h"
#include "storm-screenshot.h"
#include "storm-settings.h"
#include "storm-window-private.h"

/* Microseconds that connections may take to close before the program ends without them. */
#define LAST_WAIT (2 * G_USEC_PER_SEC)

struct _StormApplication
{
  AdwApplication parent_instance;

  StormLibrary *library;
  gboolean demo;
  char *recording;      /* to be watched on the next board that is opened */
  char *screenshot;
  int quit_after;
  guint n_waits;
  guint quit_id;
  int status;
};

G_DEFINE_FINAL_TYPE (StormApplication, storm_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[4];
} accels[] = {
  { "app.new-window", { "<Primary><Shift>n" } },
  { "app.quit", { "<Primary>q" } },
  { "window.close", { "<Primary>w" } },
  { "win.new-board", { "<Primary>n" } },
  { "win.open", { "<Primary>o" } },
  { "win.save-copy", { "<Primary><Shift>s" } },
  { "win.export", { "<Primary>e" } },
  { "win.export-picture", { "<Primary><Shift>e" } },
  { "win.copy-picture", { "<Shift><Alt>c" } },
  { "win.copy-picture-svg", { "<Primary><Shift>c" } },
  { "win.print", { "<Primary>p" } },
  { "win.find", { "<Primary>f" } },
  { "win.monitor", { "<Primary>m" } },
  { "win.show-commands", { "<Primary>k" } },
  { "win.enter-list", { "<Primary><Shift>l" } },
  { "win.monitor-focus-key", { "<Primary><Shift>k" } },
  { "win.monitor-detect", { "<Primary><Shift>m" } },
  { "win.events-filter", { "<Primary><Shift>f" } },
  { "win.monitor-pause", { "<Primary><Shift>p" } },
  { "win.show-timeline", { "<Primary><Shift>t" } },
  { "win.monitor-compare", { "<Primary><Shift>d" } },
  { "win.show-minimap", { "F7" } },
  { "win.show-grid", { "<Primary>apostrophe" } },
  { "win.show-side", { "F9" } },
  { "win.show-outline", { "<Shift>F9" } },
  { "win.monitor-next-trouble", { "F8" } },
  { "win.monitor-previous-trouble", { "<Shift>F8" } },
  { "win.present", { "F5" } },
  { "win.fullscreen", { "F11" } },
  { "win.focus-mode", { "<Primary>period" } },
  { "win.zoom-in", { "<Primary>plus", "<Primary>equal", "<Primary>KP_Add" } },
  { "win.zoom-out", { "<Primary>minus", "<Primary>KP_Subtract" } },
};

static GtkWindow *
add_window (StormApplication *self)
{
  GtkWindow *window = GTK_WINDOW (storm_window_new (self));

  gtk_window_present (window);
  return window;
}

static GtkWindow *
find_window (StormApplication *self,
             const char       *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (STORM_IS_WINDOW (l->data) &&
        g_strcmp0 (storm_window_get_path (STORM_WINDOW (l->data)), path) == 0)
      return l->data;

  return NULL;
}

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  add_window (data);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  /* Closing them is what keeps views and pictures. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
open_board (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  storm_application_open_board (data, NULL, g_variant_get_string (parameter, NULL));
}

static void
watch_demo (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  storm_application_watch_demo (data, gtk_application_get_active_window (data));
}

/* From another process of the same user, whose boards follow by open() or activate(). */
static void
watch_recording (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  StormApplication *self = data;

  g_free (self->recording);
  self->recording = g_variant_dup_bytestring (parameter, NULL);
}

static void
change_palette (GSimpleAction *action,
                GVariant      *value,
                gpointer       data)
{
  gboolean msaez = g_strcmp0 (g_variant_get_string (value, NULL), "msaez") == 0;

  g_simple_action_set_state (action, value);
  storm_settings_set_enum ("palette", msaez ? STORM_PALETTE_MSAEZ : STORM_PALETTE_CLASSIC);
  for (GList *l = gtk_application_get_windows (data); l != NULL; l = l->next)
    if (STORM_IS_WINDOW (l->data))
      storm_window_set_palette (l->data, msaez ? STORM_PALETTE_MSAEZ : STORM_PALETTE_CLASSIC);
}

static void
change_notify (GSimpleAction *action,
               GVariant      *value,
               gpointer       data)
{
  g_simple_action_set_state (action, value);
  storm_settings_set_boolean ("notify-troubles", g_variant_get_boolean (value));
}

/* From a notification, which may be older than the window. */
static void
show_trace (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  GtkWindow *window;
  StormBoardPage *page;
  const char *key;
  guint id;

  g_variant_get (parameter, "(u&s)", &id, &key);
  window = gtk_application_get_window_by_id (data, id);
  if (!STORM_IS_WINDOW (window))
    return;
  gtk_window_present (window);
  page = storm_window_get_page (STORM_WINDOW (window));
  if (page != NULL && storm_board_page_get_monitor_bar (page) != NULL)
    gtk_widget_activate_action (storm_board_page_get_monitor_bar (page), "monitor.show-trace", "s",
                                key);
}

static const GActionEntry actions[] = {
  { "new-window", new_window },
  { "open-board", open_board, "s" },
  { "watch-demo", watch_demo },
  { "watch-recording", watch_recording, "ay" },
  { "palette", NULL, "s", "'classic'", change_palette },
  { "notify-troubles", NULL, NULL, "false", change_notify },
  { "show-trace", show_trace, "(us)" },
  { "quit", quit },
};

/* How many seconds more a busy machine gets to show the window. */
#define MAX_WAITS 60

static gboolean
on_quit_after (gpointer data)
{
  StormApplication *self = data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  self->quit_id = 0;
  if (self->screenshot != NULL && window != NULL)
    storm_screenshot_save (window, self->screenshot, &error);
  if (self->screenshot != NULL && self->n_waits++ < MAX_WAITS &&
      (window == NULL || g_error_matches (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED)))
    {
      self->quit_id = g_timeout_add_seconds (1, on_quit_after, self);
      return G_SOURCE_REMOVE;
    }
  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      self->status = 1;
    }
  g_action_group_activate_action (G_ACTION_GROUP (self), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static void
storm_application_startup (GApplication *app)
{
  StormApplication *self = STORM_APPLICATION (app);
  GAction *palette;
  GAction *notify;

  G_APPLICATION_CLASS (storm_application_parent_class)->startup (app);

  self->library = storm_library_new (NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  palette = g_action_map_lookup_action (G_ACTION_MAP (self), "palette");
  if (storm_settings_get_enum ("palette", STORM_PALETTE_CLASSIC) == STORM_PALETTE_MSAEZ)
    g_simple_action_set_state (G_SIMPLE_ACTION (palette), g_variant_new_string ("msaez"));
  notify = g_action_map_lookup_action (G_ACTION_MAP (self), "notify-troubles");
  g_simple_action_set_state (G_SIMPLE_ACTION (notify), g_variant_new_boolean (
                               storm_settings_get_boolean ("notify-troubles", FALSE)));
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);
  gtk_window_set_default_icon_name (APP_ID);

  if (self->quit_after > 0)
    self->quit_id = g_timeout_add_seconds (self->quit_after, on_quit_after, self);
}

static void
play_recording (StormApplication *self,
                StormWindow      *window)
{
  g_autofree char *path = g_steal_pointer (&self->recording);
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  if (storm_window_get_path (window) == NULL)
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("The recording “%s” was not played: no board is open. Name the board behind "
                     "the recording."), name);
      storm_window_report (window, error);
      return;
    }

  if (!storm_window_play (window, file, &error))
    storm_window_report (window, error);
}

static void
storm_application_activate (GApplication *app)
{
  StormApplication *self = STORM_APPLICATION (app);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (app));

  if (self->demo)
    {
      self->demo = FALSE;
      storm_application_watch_demo (self, window);
      window = gtk_application_get_active_window (GTK_APPLICATION (app));
    }
  else if (window != NULL)
    gtk_window_present (window);
  else
    window = add_window (self);

  if (self->recording != NULL && STORM_IS_WINDOW (window))
    play_recording (self, STORM_WINDOW (window));
}

static void
storm_application_open (GApplication  *app,
                        GFile        **files,
                        int            n_files,
                        const char    *hint)
{
  StormApplication *self = STORM_APPLICATION (app);
  GtkWindow *window = NULL;

  for (int i = 0; i < n_files; i++)
    window = storm_application_open_file (self,
                                          gtk_application_get_active_window (GTK_APPLICATION (app)),
                                          files[i]);

  if (self->recording != NULL && window != NULL)
    play_recording (self, STORM_WINDOW (window));
  g_clear_pointer (&self->recording, g_free);
}

static int
storm_application_handle_local_options (GApplication *app,
                                        GVariantDict *options)
{
  StormApplication *self = STORM_APPLICATION (app);
  g_autoptr (GError) error = NULL;
  g_autofree char *recording = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Stormwatch %s\n", PACKAGE_VERSION);
      return 0;
    }

  g_variant_dict_lookup (options, "quit-after", "i", &self->quit_after);
  if (g_variant_dict_lookup (options, "screenshot", "^ay", &self->screenshot))
    /* A picture of this window, not of one that happens to be open. */
    g_application_set_flags (app, g_application_get_flags (app) | G_APPLICATION_NON_UNIQUE);

  g_variant_dict_lookup (options, "watch", "^ay", &recording);
  if (recording == NULL && !g_variant_dict_contains (options, "demo"))
    return -1;

  if (!g_application_register (app, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (recording != NULL)
    {
      g_autofree char *path = g_canonicalize_filename (recording, NULL);

      g_action_group_activate_action (G_ACTION_GROUP (app), "watch-recording",
                                      g_variant_new_bytestring (path));
      return -1;
    }
  if (g_application_get_is_remote (app))
    {
      g_action_group_activate_action (G_ACTION_GROUP (app), "watch-demo", NULL);
      return 0;
    }
  self->demo = TRUE;
  return -1;
}

static void
storm_application_shutdown (GApplication *app)
{
  StormApplication *self = STORM_APPLICATION (app);

  g_clear_handle_id (&self->quit_id, g_source_remove);

  G_APPLICATION_CLASS (storm_application_parent_class)->shutdown (app);

  storm_source_wait_all (LAST_WAIT);
}

static void
storm_application_finalize (GObject *object)
{
  StormApplication *self = STORM_APPLICATION (object);

  g_clear_object (&self->library);
  g_free (self->screenshot);
  g_free (self->recording);

  G_OBJECT_CLASS (storm_application_parent_class)->finalize (object);
}

static void
storm_application_class_init (StormApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = storm_application_finalize;
  app_class->startup = storm_application_startup;
  app_class->activate = storm_application_activate;
  app_class->open = storm_application_open;
  app_class->shutdown = storm_application_shutdown;
  app_class->handle_local_options = storm_application_handle_local_options;
}

static void
storm_application_init (StormApplication *self)
{
  const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Watch the demo on the food-order board"), NULL },
    { "watch", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Play a recording on the board"),
      N_("RECORDING") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { "screenshot", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL,
      N_("Write a picture of the window when leaving"), N_("FILE") },
    { "quit-after", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL,
      N_("Leave after this time"), N_("SECONDS") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[BOARD…]"));
}

StormApplication *
storm_application_new (void)
{
  return g_object_new (STORM_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       /* The same for the development profile, whose id differs. */
                       "resource-base-path", APP_PATH,
                       NULL);
}

StormLibrary *
storm_application_get_library (StormApplication *self)
{
  g_return_val_if_fail (STORM_IS_APPLICATION (self), NULL);

  return self->library;
}

GtkWindow *
storm_application_open_board (StormApplication *self,
                              GtkWindow        *from,
                              const char       *path)
{
  g_autoptr (StormBoardFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *canonical = NULL;
  GtkWindow *window;

  g_return_val_if_fail (STORM_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  canonical = g_canonicalize_filename (path, NULL);
  window = find_window (self, canonical);
  if (window != NULL)
    {
      gtk_window_present (window);
      return window;
    }

  if (from != NULL && STORM_IS_WINDOW (from) && storm_window_get_path (STORM_WINDOW (from)) == NULL)
    window = from;

  file = storm_board_file_open (canonical, &error);
  if (file == NULL)
    {
      if (window == NULL)
        window = from != NULL ? from : add_window (self);
      storm_window_report (STORM_WINDOW (window), error);
      return NULL;
    }

  /* A new one is seen with its board, not with the boards to choose from before. */
  if (window == NULL)
    window = GTK_WINDOW (storm_window_new (self));
  storm_window_show_board (STORM_WINDOW (window), file);
  gtk_window_present (window);
  return window;
}

GtkWindow *
storm_application_open_file (StormApplication *self,
                             GtkWindow        *from,
                             GFile            *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (STORM_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (storm_board_io_is_text_form (file))
    path = storm_board_io_import (self->library, file, &error);
  else
    path = g_file_get_path (file);

  if (path != NULL)
    return storm_application_open_board (self, from, path);

  if (error == NULL)
    error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         _("The file is not on this computer. Copy it into a folder here, and "
                           "open it from there."));
  if (from == NULL || !STORM_IS_WINDOW (from))
    from = add_window (self);
  storm_window_report (STORM_WINDOW (from), error);
  return NULL;
}

void
storm_application_watch_demo (StormApplication *self,
                              GtkWindow        *from)
{
  g_autofree char *path = NULL;
  g_autoptr (StormSource) source = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  g_return_if_fail (STORM_IS_APPLICATION (self));

  path = storm_board_io_ensure_demo (self->library, &error);
  if (path == NULL)
    {
      storm_window_report (STORM_WINDOW (from != NULL ? from : add_window (self)), error);
      return;
    }

  window = storm_application_open_board (self, from, path);
  if (window == NULL)
    return;

  source = storm_demo_source_new (g_random_int (), 0);
  storm_window_watch (STORM_WINDOW (window), source);
}

gboolean
storm_application_is_open (StormApplication *self,
                           const char       *path)
{
  g_autofree char *canonical = NULL;

  g_return_val_if_fail (STORM_IS_APPLICATION (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  canonical = g_canonicalize_filename (path, NULL);
  return find_window (self, canonical) != NULL;
}

int
storm_application_get_status (StormApplication *self)
{
  g_return_val_if_fail (STORM_IS_APPLICATION (self), 1);

  return self->status;
}
