#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-board-json.h"
#include "storm-edit.h"
#include "storm-edit-context.h"
#include "storm-error.h"
#include "storm-svg-import.h"

/* More than this from a clipboard is a mistake, or an attack. */
#define MAX_PASTE (32 * 1024 * 1024)
#define CHUNK (64 * 1024)
#define PASTE_OFFSET 24.0
#define SVG_MIME "image/svg+xml"
/* More than so many are pasted in several turns. */
#define MANY_STICKIES 200

typedef struct
{
  StormCanvas *canvas;
  GByteArray  *data;
  gboolean     is_board;
  gboolean     from_here;   /* of the board that is shown, when the paste was asked for */
} StormPaste;

static void
storm_paste_free (StormPaste *paste)
{
  g_object_unref (paste->canvas);
  g_byte_array_unref (paste->data);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormPaste, storm_paste_free)

/* The board of the last copy, in whichever window it is. */
static StormBoard *copied_from;

static char *
storm_canvas_titles (StormCanvas *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      StormSticky *sticky = storm_board_lookup_sticky (self->board, g_ptr_array_index (ids, i));

      if (sticky != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                                storm_sticky_get_title (sticky));
    }
  return g_string_free (text, FALSE);
}

void
storm_canvas_copy (StormCanvas *self)
{
  g_autofree char *json = NULL;
  g_autofree char *titles = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  GdkContentProvider *both[2];
  g_autoptr (GPtrArray) ids = NULL;
  gsize length;

  /* What lies in a card goes with it. */
  ids = storm_edit_with_folded (self->board, storm_selection_get_ids (self->selection));
  json = storm_board_json_export_selection (self->board, ids);
  titles = storm_canvas_titles (self);
  length = strlen (json);
  bytes = g_bytes_new_take (g_steal_pointer (&json), length);
  both[0] = gdk_content_provider_new_for_bytes (STORM_BOARD_MIME, bytes);
  both[1] = gdk_content_provider_new_typed (G_TYPE_STRING, titles);
  provider = gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), provider);
  g_set_weak_pointer (&copied_from, self->board);
}

/* One for all windows: a look is taken from one board to another. Lasts as long as the program. */
static StormStickyStyle copied_look;
static gboolean has_look;

void
storm_canvas_copy_style (StormCanvas *self)
{
  StormItem *item = storm_tool_get_single (self->tool);

  if (item == NULL || item->type != STORM_OBJECT_STICKY)
    return;
  copied_look = (StormStickyStyle) { item->kind, item->rect.width, item->rect.height };
  has_look = TRUE;
}

void
storm_canvas_paste_style (StormCanvas *self)
{
  g_autoptr (StormChange) change = NULL;

  if (!has_look)
    return;
  storm_tool_cancel (self->tool);
  storm_canvas_tell_locked (self, storm_selection_get_ids (self->selection));
  change = storm_edit_set_style (self->board, storm_selection_get_ids (self->selection),
                                 &copied_look);
  storm_canvas_do (self, change);
}

/* Whether what is on the clipboard was copied or cut from the board that is shown. */
static gboolean
storm_canvas_is_origin (StormCanvas *self)
{
  return copied_from == self->board &&
         gdk_clipboard_is_local (gtk_widget_get_clipboard (GTK_WIDGET (self)));
}

/* How far pasted things are moved: to the middle of the view, or a little aside when they come from
 * what is in view already. */
static StormPoint
storm_canvas_paste_offset (StormCanvas *self,
                           StormBoard  *other,
                           gboolean     from_here)
{
  StormRect bounds, seen = storm_viewport_get_visible (&self->view);
  StormPoint middle = storm_canvas_middle (self), from;

  if (!storm_board_get_bounds (other, &bounds))
    return (StormPoint) { 0, 0 };
  if (storm_rect_encloses (&seen, &bounds) && from_here)
    return (StormPoint) { PASTE_OFFSET, PASTE_OFFSET };
  from = storm_rect_center (&bounds);
  return (StormPoint) { middle.x - from.x, middle.y - from.y };
}

/* A paste of many objects takes several turns of the main loop, with a frame after each: the board
 * is read in a thread, the change is made, it is done, what came is selected. */
typedef struct
{
  StormCanvas *canvas;
  StormBoard  *other;
  StormChange *change;
  GPtrArray   *ids;
  gulong       updated_id;
  gboolean     from_here;
  gboolean     stale;       /* the board became another since the change was made */
} StormPasting;

static void
storm_pasting_free (gpointer data)
{
  StormPasting *pasting = data;

  g_clear_signal_handler (&pasting->updated_id, pasting->canvas->board);
  g_clear_object (&pasting->other);
  g_clear_pointer (&pasting->change, storm_change_unref);
  g_clear_pointer (&pasting->ids, g_ptr_array_unref);
  g_object_unref (pasting->canvas);
  g_free (pasting);
}

static void
on_board_updated (StormPasting *pasting)
{
  pasting->stale = TRUE;
}

static void
storm_pasting_make (StormPasting *pasting)
{
  StormCanvas *self = pasting->canvas;
  StormPoint by = storm_canvas_paste_offset (self, pasting->other, pasting->from_here);

  g_clear_pointer (&pasting->change, storm_change_unref);
  g_clear_pointer (&pasting->ids, g_ptr_array_unref);
  pasting->change = storm_edit_merge_board (self->board, pasting->other, by.x, by.y,
                                            &pasting->ids);
  pasting->stale = FALSE;
}

static void
storm_pasting_do (StormPasting *pasting)
{
  StormCanvas *self = pasting->canvas;

  /* What the copies belong to may be gone. */
  if (pasting->stale)
    storm_pasting_make (pasting);
  if (storm_canvas_do (self, pasting->change))
    storm_canvas_select_new (self, pasting->ids);
}

/* One step of the paste; whether there is another. */
static gboolean
storm_pasting_go_on (gpointer data)
{
  StormPasting *pasting = data;

  if (pasting->change == NULL)
    {
      storm_pasting_make (pasting);
      return G_SOURCE_CONTINUE;
    }
  storm_pasting_do (pasting);
  return G_SOURCE_REMOVE;
}

static void
import_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GByteArray *data = task_data;
  GError *error = NULL;
  StormBoard *other = storm_board_text_import ((const char *) data->data, data->len,
                                               _("the clipboard"), &error);

  if (other != NULL)
    g_task_return_pointer (task, other, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (StormPaste) paste = user_data;
  StormCanvas *self = paste->canvas;
  g_autoptr (GError) error = NULL;
  StormBoard *other = g_task_propagate_pointer (G_TASK (result), &error);
  StormPasting *pasting;

  if (other == NULL)
    {
      storm_canvas_fail (self, error);
      return;
    }
  pasting = g_new0 (StormPasting, 1);
  pasting->canvas = g_object_ref (self);
  pasting->other = other;
  pasting->from_here = paste->from_here;
  pasting->updated_id = g_signal_connect_swapped (self->board, "updated",
                                                  G_CALLBACK (on_board_updated), pasting);
  if (g_list_model_get_n_items (storm_board_get_stickies (other)) > MANY_STICKIES)
    {
      /* Below the frames. */
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, storm_pasting_go_on, pasting, storm_pasting_free);
      return;
    }
  while (storm_pasting_go_on (pasting))
    ;
  storm_pasting_free (pasting);
}

/* The task is nobody's: it may end in its thread, where no widget may. */
static void
storm_canvas_paste_board (StormPaste *paste)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_imported, paste);

  g_task_set_source_tag (task, storm_canvas_paste_board);
  g_task_set_task_data (task, g_byte_array_ref (paste->data),
                        (GDestroyNotify) g_byte_array_unref);
  g_task_run_in_thread (task, import_in_thread);
}

/* One line becomes one sticky. */
static void
storm_canvas_paste_text (StormCanvas *self,
                         GByteArray  *data)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data->data, data->len);

  storm_canvas_add_list (self, text, NULL);
}

static void read_more (StormPaste   *paste,
                       GInputStream *stream);

static void
on_bytes (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StormPaste) paste = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  StormCanvas *self = paste->canvas;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (bytes == NULL)
    {
      storm_canvas_fail (self, error);
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      if (paste->is_board)
        storm_canvas_paste_board (g_steal_pointer (&paste));
      else
        storm_canvas_paste_text (self, paste->data);
      return;
    }
  if (paste->data->len + g_bytes_get_size (bytes) > MAX_PASTE)
    {
      g_set_error_literal (&error, STORM_ERROR, STORM_ERROR_LIMIT,
                           paste->is_board
                           ? _("The clipboard holds more than 32 MiB. Copy fewer stickies at a "
                               "time, or import the board as a file.")
                           : _("The clipboard holds more than 32 MiB of text. Copy fewer lines at "
                               "a time."));
      storm_canvas_fail (self, error);
      return;
    }
  g_byte_array_append (paste->data, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  read_more (g_steal_pointer (&paste), G_INPUT_STREAM (source));
}

static void
read_more (StormPaste   *paste,
           GInputStream *stream)
{
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, NULL, on_bytes, paste);
}

static void
on_stream (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StormPaste) paste = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  const char *mime = NULL;

  stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &mime, &error);
  if (stream == NULL)
    {
      storm_canvas_fail (paste->canvas, error);
      return;
    }
  paste->is_board = g_strcmp0 (mime, STORM_BOARD_MIME) == 0 || g_strcmp0 (mime, SVG_MIME) == 0;
  read_more (g_steal_pointer (&paste), stream);
}

static gboolean
storm_formats_have_picture (GdkContentFormats *formats)
{
  const char * const *mimes;
  gsize n;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    return TRUE;
  mimes = gdk_content_formats_get_mime_types (formats, &n);
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (mimes[i], "image/"))
      return TRUE;
  return FALSE;
}

/* Only what is offered is asked for: there are programs that answer to any question. */
static gboolean
storm_canvas_paste_first (StormCanvas        *self,
                          const char * const *mimes)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  for (guint i = 0; mimes[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, mimes[i]))
      {
        const char *one[] = { mimes[i], NULL };
        StormPaste *paste = g_new0 (StormPaste, 1);

        paste->canvas = g_object_ref (self);
        paste->data = g_byte_array_new ();
        paste->from_here = storm_canvas_is_origin (self);
        gdk_clipboard_read_async (clipboard, one, G_PRIORITY_DEFAULT, NULL, on_stream, paste);
        return TRUE;
      }
  return FALSE;
}

static void
storm_canvas_paste_other (StormCanvas *self)
{
  static const char * const text[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  static const char * const svg[] = { SVG_MIME, NULL };
  GdkContentFormats *formats =
    gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  g_autoptr (GError) error = NULL;

  /* An SVG of a board holds the board; of another one it is said what it lacks. */
  if (storm_canvas_paste_first (self, text) || storm_canvas_paste_first (self, svg))
    return;
  if (storm_formats_have_picture (formats))
    g_set_error_literal (&error, STORM_ERROR, STORM_ERROR_INVALID,
                         _("A picture can’t be put on a board. Copy text, a list of lines, or "
                           "stickies, and paste that."));
  else if (gdk_content_formats_contain_mime_type (formats, "text/html") ||
           gdk_content_formats_contain_mime_type (formats, "text/rtf"))
    g_set_error_literal (&error, STORM_ERROR, STORM_ERROR_INVALID,
                         _("The clipboard holds text with formatting only. Copy it as plain text, "
                           "and paste that."));
  else
    g_set_error_literal (&error, STORM_ERROR, STORM_ERROR_INVALID,
                         _("There is nothing to paste. Copy text, a list of lines, or stickies "
                           "first."));
  storm_canvas_fail (self, error);
}

/* Files of this computer are what was copied in a file manager; addresses of pages are text. */
static void
on_files (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StormCanvas) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;

  for (GSList *l = files; l != NULL; l = l->next)
    if (g_file_is_native (l->data))
      {
        g_signal_emit_by_name (self, "files", files);
        return;
      }
  storm_canvas_paste_other (self);
}

void
storm_canvas_paste (StormCanvas *self)
{
  static const char * const board[] = { STORM_BOARD_MIME, NULL };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (storm_canvas_paste_first (self, board))
    return;
  if (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard),
                                             "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    on_files, g_object_ref (self));
  else
    storm_canvas_paste_other (self);
}
