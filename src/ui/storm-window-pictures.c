#include "config.h"

#include "storm-window-private.h"

#include <glib/gi18n-lib.h>

#include "storm-picture-dialog.h"
#include "storm-picture-job.h"
#include "storm-print.h"

/* Sharp on slides too. */
#define COPY_SCALE 2.0

static void
on_picture_done (StormPictureDialog *dialog,
                 const char         *words,
                 StormWindow        *self)
{
  storm_window_toast (self, words);
}

static void
export_picture (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  StormWindow *self = data;
  GtkWidget *dialog = storm_picture_dialog_new (GTK_WINDOW (self), storm_window_get_page (self));

  g_signal_connect_object (dialog, "done", G_CALLBACK (on_picture_done), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_copied (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (StormWindow) self = data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;

  if (storm_picture_job_run_finish (result, &bytes, &notice, &error))
    texture = gdk_texture_new_from_bytes (bytes, &error);
  if (texture == NULL)
    {
      storm_window_report (self, error);
      return;
    }
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  storm_window_toast (self, notice != NULL ? notice : _("The picture was copied"));
}

/* Only programs that draw SVG are offered it: elsewhere its text would be pasted. */
static void
on_copied_svg (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (StormWindow) self = data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;

  if (!storm_picture_job_run_finish (result, &bytes, &notice, &error))
    {
      storm_window_report (self, error);
      return;
    }
  content = gdk_content_provider_new_for_bytes ("image/svg+xml", bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  storm_window_toast (self, notice != NULL ? notice : _("The picture was copied"));
}

/* What is selected, or else the whole board. */
static void
copy_as (StormWindow         *self,
         StormPictureFormat   format,
         GAsyncReadyCallback  copied)
{
  StormBoardPage *page = storm_window_get_page (self);
  StormBoard *board = storm_board_file_get_board (storm_board_page_get_file (page));
  StormSelection *selection = storm_board_page_get_selection (page);
  GtkWidget *canvas = GTK_WIDGET (storm_board_page_get_canvas (page));
  g_autoptr (StormPicture) picture = NULL;
  StormPictureRequest request = {
    .format = format,
    .options = { .scale = format == STORM_PICTURE_PNG ? COPY_SCALE : 1 },
    .family = (char *) storm_picture_job_get_family (canvas),
  };

  g_object_get (canvas, "palette", &request.options.palette, NULL);
  picture = storm_picture_new (board, storm_selection_get_n (selection) > 0
                                        ? storm_selection_get_ids (selection) : NULL, NULL);
  storm_picture_job_run_async (picture, board, &request, NULL, NULL, copied, g_object_ref (self));
}

static void
copy_picture (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  copy_as (data, STORM_PICTURE_PNG, on_copied);
}

static void
copy_picture_svg (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  copy_as (data, STORM_PICTURE_SVG, on_copied_svg);
}

static void
on_print_failed (GError   *error,
                 gpointer  data)
{
  storm_window_report (data, error);
}

static void
print (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  StormWindow *self = data;

  storm_print_run (GTK_WINDOW (self), storm_window_get_page (self), on_print_failed, self);
}

static const GActionEntry actions[] = {
  { "export-picture", export_picture },
  { "copy-picture", copy_picture },
  { "copy-picture-svg", copy_picture_svg },
  { "print", print },
};

void
storm_window_add_picture_actions (StormWindow *self)
{
  g_return_if_fail (STORM_IS_WINDOW (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
