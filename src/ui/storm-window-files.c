#include "config.h"

#include "storm-window-private.h"

#include <glib/gi18n-lib.h>

#include "storm-board-io.h"
#include "storm-compat.h"

/* Nothing to tell when the user closed the file chooser. */
static GFile *
take_file (StormWindow  *self,
           GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GFile *file = storm_compat_file_finish (result, &error);

  if (file == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    storm_window_report (self, error);
  return file;
}

static void
on_open_chosen (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (StormWindow) self = data;
  g_autoptr (GFile) file = take_file (self, result);

  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  /* Without one the window was closed in the meantime. */
  if (file != NULL && app != NULL)
    storm_application_open_file (STORM_APPLICATION (app), GTK_WINDOW (self), file);
}

static void
open_file (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  const StormFileRequest request = {
    .title = _("Open a Board"),
    .accept_label = _("_Open"),
    .filter_name = _("Boards, text forms and SVG"),
    .filter_suffix = "storm;json;svg",
  };

  storm_compat_open_file_async (data, &request, on_open_chosen, g_object_ref (data));
}

typedef struct
{
  StormWindow *window;
  char *path;
} Copy;

static void
on_copy_chosen (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  Copy *copy = data;
  g_autoptr (StormWindow) self = copy->window;
  g_autofree char *path = copy->path;
  g_autoptr (GFile) file = take_file (self, result);
  g_autoptr (GError) error = NULL;

  g_free (copy);
  if (file == NULL)
    return;

  if (storm_board_io_copy (path, file, &error))
    storm_window_toast (self, _("A copy was saved"));
  else
    storm_window_report (self, error);
}

static void
start_copy (StormWindow *self,
            const char  *path,
            const char  *title)
{
  g_autofree char *name = g_strconcat (title, STORM_BOARD_FILE_SUFFIX, NULL);
  const StormFileRequest request = {
    .title = _("Save a Copy"),
    .accept_label = _("_Save"),
    .filter_name = _("Boards"),
    .filter_suffix = "storm",
    .initial_name = g_strdelimit (name, "/", '-'),
  };
  Copy *copy = g_new0 (Copy, 1);

  copy->window = g_object_ref (self);
  copy->path = g_strdup (path);
  storm_compat_save_file_async (GTK_WINDOW (self), &request, on_copy_chosen, copy);
}

static void
save_copy (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  StormWindow *self = data;

  start_copy (self, storm_window_get_path (self),
              storm_board_page_get_title (storm_window_get_page (self)));
}

static void
save_copy_of (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  const char *path = g_variant_get_string (parameter, NULL);
  g_autoptr (StormBoardInfo) info = storm_board_info_read (path, NULL);

  start_copy (data, path, info != NULL && *info->title != '\0' ? info->title : _("Board"));
}

static void
on_export_chosen (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (StormWindow) self = data;
  g_autoptr (GFile) file = take_file (self, result);
  g_autoptr (GError) error = NULL;
  StormBoardFile *board_file;

  if (file == NULL || storm_window_get_page (self) == NULL)
    return;

  board_file = storm_board_page_get_file (storm_window_get_page (self));
  if (storm_board_io_export_text (storm_board_file_get_board (board_file), file, &error))
    storm_window_toast (self, _("The text form was written"));
  else
    storm_window_report (self, error);
}

static void
export_text (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  StormWindow *self = data;
  const char *title = storm_board_page_get_title (storm_window_get_page (self));
  g_autofree char *name = g_strconcat (title, ".json", NULL);
  const StormFileRequest request = {
    .title = _("Export as Text Form"),
    .accept_label = _("_Export"),
    .filter_name = _("Text forms of boards"),
    .filter_suffix = "json",
    .initial_name = g_strdelimit (name, "/", '-'),
  };

  storm_compat_save_file_async (data, &request, on_export_chosen, g_object_ref (data));
}

static void
on_import_chosen (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (StormWindow) self = data;
  g_autoptr (GFile) file = take_file (self, result);
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL || storm_window_get_page (self) == NULL)
    return;

  board = storm_board_io_load_text (file, &error);
  if (board != NULL)
    storm_board_page_insert (storm_window_get_page (self), board);
  else
    storm_window_report (self, error);
}

static void
import_text (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  const StormFileRequest request = {
    .title = _("Insert a Text Form"),
    .accept_label = _("_Insert"),
    .filter_name = _("Text forms and SVG with a board"),
    .filter_suffix = "json;svg",
  };

  storm_compat_open_file_async (data, &request, on_import_chosen, g_object_ref (data));
}

static const GActionEntry actions[] = {
  { "open", open_file },
  { "save-copy", save_copy },
  { "save-copy-of", save_copy_of, "s" },
  { "export", export_text },
  { "import", import_text },
};

void
storm_window_add_file_actions (StormWindow *self)
{
  g_return_if_fail (STORM_IS_WINDOW (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
