#include "config.h"

#include "storm-dropped.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "storm-board-file.h"
#include "storm-error.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," \
  G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE
#define CHUNK (64 * 1024)

typedef enum
{
  KIND_BOARD,
  KIND_RECORDING,
  KIND_OTHER,
} Kind;

static const struct
{
  const char *suffix;
  Kind        kind;
} suffixes[] = {
  { STORM_BOARD_FILE_SUFFIX, KIND_BOARD },
  { ".json", KIND_BOARD },
  { ".svg", KIND_BOARD },
  { ".jsonl", KIND_RECORDING },
  { ".jsonl.gz", KIND_RECORDING },
  { ".ndjson", KIND_RECORDING },
};

StormDropped *
storm_dropped_new (void)
{
  StormDropped *self = g_new0 (StormDropped, 1);

  self->boards = g_ptr_array_new_with_free_func (g_object_unref);
  self->text = g_string_new (NULL);
  return self;
}

void
storm_dropped_free (StormDropped *self)
{
  g_ptr_array_unref (self->boards);
  g_clear_object (&self->recording);
  g_string_free (self->text, TRUE);
  g_clear_error (&self->refusal);
  g_free (self);
}

static Kind
kind_of_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i].suffix))
      return suffixes[i].kind;
  return KIND_OTHER;
}

/* Pictures and pages with formatting are told by name and first bytes, before they are read. */
static gboolean
check_type (const char  *name,
            const char  *content_type,
            GError     **error)
{
  static const char * const formatted[] = { "text/html", "application/xhtml+xml", "text/rtf",
                                            "application/rtf" };
  g_autofree char *mime = content_type != NULL ? g_content_type_get_mime_type (content_type) : NULL;

  if (mime != NULL && g_str_has_prefix (mime, "image/"))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                   _("“%s” is a picture, and a picture can’t be put on a board. Boards open, and "
                     "the lines of text files become stickies."), name);
      return FALSE;
    }
  for (guint i = 0; mime != NULL && i < G_N_ELEMENTS (formatted); i++)
    if (g_str_equal (mime, formatted[i]))
      {
        g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                     _("“%s” is a page with formatting. Copy its text and paste that, or save it "
                       "as plain text."), name);
        return FALSE;
      }
  return TRUE;
}

static gboolean
set_too_large (const char  *name,
               GError     **error)
{
  g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
               _("“%s” is too large: at most %d MiB of text become stickies at a time."), name,
               STORM_DROPPED_MAX_TEXT / 1024 / 1024);
  return FALSE;
}

/* The size that a file claims to have is not believed. */
static gboolean
read_bytes (GFile         *file,
            const char    *name,
            gsize          room,
            GByteArray    *out,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  guint8 part[CHUNK];
  gssize n;

  if (stream == NULL)
    return FALSE;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), part, sizeof part, cancellable,
                                   error)) > 0)
    {
      if (out->len + (gsize) n > room)
        return set_too_large (name, error);
      g_byte_array_append (out, part, (guint) n);
    }
  return n == 0;
}

/* UTF-8, or UTF-16 that says so in its first two bytes. */
static char *
to_utf8 (GByteArray *bytes)
{
  const char *data = (const char *) bytes->data;
  gsize len = bytes->len;

  if (len >= 2 && (memcmp (data, "\377\376", 2) == 0 || memcmp (data, "\376\377", 2) == 0))
    {
      gsize written = 0;
      g_autofree char *text = g_convert (data, (gssize) len, "UTF-8", "UTF-16", NULL, &written,
                                         NULL);

      return text != NULL && strlen (text) == written ? g_steal_pointer (&text) : NULL;
    }
  if (len >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    {
      data += 3;
      len -= 3;
    }
  /* Never true of what has zeros in it. */
  return g_utf8_validate_len (data, len, NULL) ? g_strndup (data, len) : NULL;
}

static gboolean
take_text (StormDropped  *self,
           GFile         *file,
           const char    *name,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *text = NULL;
  gsize room = STORM_DROPPED_MAX_TEXT - MIN (self->text->len, STORM_DROPPED_MAX_TEXT);

  if (!read_bytes (file, name, room, bytes, cancellable, error))
    return FALSE;
  text = bytes->len > 0 ? to_utf8 (bytes) : g_strdup ("");
  if (text == NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                   _("“%s” is no board, no recording and no text in UTF-8."), name);
      return FALSE;
    }
  if (text[strspn (text, " \t\r\n")] == '\0')
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID, _("“%s” is empty."), name);
      return FALSE;
    }
  if (self->text->len > 0)
    g_string_append_c (self->text, '\n');
  g_string_append (self->text, text);
  return TRUE;
}

/* It shall not read as if all of them had failed. */
static gboolean
take_board (StormDropped  *self,
            GFile         *file,
            const char    *name,
            GError       **error)
{
  if (self->boards->len >= STORM_DROPPED_MAX_BOARDS)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("“%s” was not opened: at most %d boards are opened at a time."), name,
                   STORM_DROPPED_MAX_BOARDS);
      return FALSE;
    }
  g_ptr_array_add (self->boards, g_object_ref (file));
  return TRUE;
}

static gboolean
take_recording (StormDropped  *self,
                GFile         *file,
                const char    *name,
                GError       **error)
{
  if (self->recording != NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("“%s” is not played: only one recording is played at a time."), name);
      return FALSE;
    }
  self->recording = g_object_ref (file);
  return TRUE;
}

static gboolean
take (StormDropped  *self,
      GFile         *file,
      const char    *name,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE,
                                                  cancellable, error);
  Kind kind = kind_of_name (name);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                   _("“%s” is a folder. Take the files that are in it."), name);
      return FALSE;
    }
  /* A pipe would never end. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED, _("“%s” is not a file with text."),
                   name);
      return FALSE;
    }
  if (kind == KIND_BOARD)
    return take_board (self, file, name, error);
  if (kind == KIND_RECORDING)
    return take_recording (self, file, name, error);
  if (!check_type (name, g_file_info_get_content_type (info), error))
    return FALSE;
  if (g_file_info_get_size (info) > STORM_DROPPED_MAX_TEXT)
    return set_too_large (name, error);
  return take_text (self, file, name, cancellable, error);
}

void
storm_dropped_take (StormDropped *self,
                    GFile        *file,
                    GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_FILE (file));

  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "?");
  if (take (self, file, name, cancellable, &error))
    return;
  if (error->domain != STORM_ERROR)
    {
      g_autoptr (GError) reason = g_steal_pointer (&error);

      error = g_error_new (STORM_ERROR, STORM_ERROR_IO, _("“%s” could not be read: %s"), name,
                           reason->message);
    }
  storm_dropped_refuse (self, g_steal_pointer (&error));
}

void
storm_dropped_refuse (StormDropped *self,
                      GError       *reason)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (reason != NULL);

  self->n_refused++;
  if (self->refusal == NULL)
    self->refusal = reason;
  else
    g_error_free (reason);
}

char *
storm_dropped_get_refusal (StormDropped *self)
{
  g_autofree char *more = NULL;
  guint n;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_refused <= 1)
    return self->refusal != NULL ? g_strdup (self->refusal->message) : NULL;
  n = self->n_refused - 1;
  more = g_strdup_printf (ngettext ("%u more file was left out.", "%u more files were left out.",
                                    n), n);
  return g_strconcat (self->refusal->message, " ", more, NULL);
}

static void
sort (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  GPtrArray *files = data;
  g_autoptr (StormDropped) self = storm_dropped_new ();

  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cancellable); i++)
    storm_dropped_take (self, g_ptr_array_index (files, i), cancellable);
  g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) storm_dropped_free);
}

void
storm_dropped_sort_async (GSList              *files,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *l = files; l != NULL; l = l->next)
    g_ptr_array_add (copy, g_object_ref (l->data));
  g_task_set_task_data (task, copy, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, sort);
}

StormDropped *
storm_dropped_sort_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
