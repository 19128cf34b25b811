#include "config.h"

#include "storm-window-private.h"

#include <glib/gi18n-lib.h>

#include "storm-dropped.h"
#include "storm-error.h"
#include "storm-replay-source.h"

/* What is dropped on the window, and files that are pasted: boards open, recordings play, the lines
 * of texts become stickies, and anything else is refused with the reason. */

typedef struct
{
  StormWindow *window;
  StormCanvas *canvas;      /* it was dropped on; NULL for the start page */
  gboolean     has_place;
  StormPoint   place;       /* on the board */
} Drop;

static void
drop_free (Drop *drop)
{
  g_object_unref (drop->window);
  g_clear_object (&drop->canvas);
  g_free (drop);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drop, drop_free)

static StormCanvas *
get_canvas (StormWindow *self)
{
  StormBoardPage *page = storm_window_get_page (self);

  return page != NULL ? storm_board_page_get_canvas (page) : NULL;
}

static StormWindow *
open_boards (StormWindow  *self,
             StormDropped *dropped)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  GtkWindow *last = NULL;

  for (guint i = 0; i < dropped->boards->len; i++)
    {
      GtkWindow *window = storm_application_open_file (STORM_APPLICATION (app), GTK_WINDOW (self),
                                                       g_ptr_array_index (dropped->boards, i));

      last = window != NULL ? window : last;
    }
  return last != NULL ? STORM_WINDOW (last) : self;
}

static void
refuse_without_board (StormDropped *dropped,
                      GFile        *recording)
{
  g_autofree char *name = recording != NULL ? g_file_get_basename (recording) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;
  GError *reason;

  if (shown != NULL)
    reason = g_error_new (STORM_ERROR, STORM_ERROR_NOT_FOUND,
                          _("Open a board first; then the recording “%s” is played on it."),
                          shown);
  else
    reason = g_error_new (STORM_ERROR, STORM_ERROR_NOT_FOUND,
                          _("Open a board first; then each line of a text becomes a sticky."));
  storm_dropped_refuse (dropped, reason);
}

static void
take_rest (StormWindow  *self,
           StormDropped *dropped,
           Drop         *drop)
{
  StormCanvas *canvas = get_canvas (self);

  if (dropped->recording != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (canvas == NULL)
        refuse_without_board (dropped, dropped->recording);
      else if (!storm_window_play (self, dropped->recording, &error))
        storm_dropped_refuse (dropped, g_steal_pointer (&error));
    }
  if (dropped->text->len == 0)
    return;
  if (canvas == NULL)
    refuse_without_board (dropped, NULL);
  else
    storm_canvas_add_list (canvas, dropped->text->str,
                           drop->has_place && drop->canvas == canvas ? &drop->place : NULL);
}

static void
on_sorted (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Drop) drop = data;
  g_autoptr (StormDropped) dropped = storm_dropped_sort_finish (result);
  g_autofree char *words = NULL;
  StormWindow *self = drop->window;

  /* The window may have been closed in the meantime. */
  if (dropped == NULL || gtk_window_get_application (GTK_WINDOW (self)) == NULL)
    return;
  take_rest (open_boards (self, dropped), dropped, drop);
  words = storm_dropped_get_refusal (dropped);
  if (words != NULL)
    storm_window_toast (self, words);
}

static Drop *
drop_new (StormWindow *self)
{
  Drop *drop = g_new0 (Drop, 1);

  drop->window = g_object_ref (self);
  g_set_object (&drop->canvas, get_canvas (self));
  return drop;
}

void
storm_window_take_files (StormWindow *self,
                         GSList      *files)
{
  g_return_if_fail (STORM_IS_WINDOW (self));

  storm_dropped_sort_async (files, NULL, on_sorted, drop_new (self));
}

/* Beside the board it is as good as the middle of the view. */
static void
drop_find_place (Drop   *drop,
                 double  x,
                 double  y)
{
  GtkWidget *canvas = GTK_WIDGET (drop->canvas);
  graphene_point_t at;

  if (canvas == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (drop->window), canvas,
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &at) ||
      !gtk_widget_contains (canvas, at.x, at.y))
    return;
  drop->has_place = TRUE;
  drop->place = storm_canvas_to_board (drop->canvas, at.x, at.y);
}

static void
drop_text (Drop       *drop,
           const char *text)
{
  if (drop->canvas == NULL)
    storm_window_toast (drop->window,
                        _("Open a board first; then each line of a text becomes a sticky."));
  else if (strlen (text) > STORM_DROPPED_MAX_TEXT)
    storm_window_toast (drop->window, _("That is more than 32 MiB of text. Take fewer lines at a "
                                        "time."));
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      storm_canvas_add_list (drop->canvas, valid, drop->has_place ? &drop->place : NULL);
    }
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         StormWindow   *self)
{
  g_autoptr (Drop) drop = drop_new (self);

  drop_find_place (drop, x, y);
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    storm_dropped_sort_async (g_value_get_boxed (value), NULL, on_sorted,
                              g_steal_pointer (&drop));
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    drop_text (drop, g_value_get_string (value));
  else
    storm_window_toast (self, _("A picture can’t be put on a board. Drop text, or a list of "
                                "lines, on it."));
  return TRUE;
}

void
storm_window_add_drop_target (StormWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  g_return_if_fail (STORM_IS_WINDOW (self));

  /* Whoever offers files offers their names as text too; the first that fits is taken. */
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

gboolean
storm_window_play (StormWindow  *self,
                   GFile        *recording,
                   GError      **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (StormSource) source = NULL;

  g_return_val_if_fail (STORM_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (storm_window_get_page (self) != NULL, FALSE);

  reader = storm_jsonl_reader_new (recording, error);
  if (reader == NULL)
    return FALSE;
  base = g_file_get_basename (recording);
  name = g_filename_display_name (base);
  source = storm_replay_source_new (reader, name, 0);
  storm_window_watch (self, source);
  return TRUE;
}
