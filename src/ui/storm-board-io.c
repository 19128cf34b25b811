#include "config.h"

#include "storm-board-io.h"

#include <glib/gi18n-lib.h>

#include "storm-board-json.h"
#include "storm-error.h"
#include "storm-json.h"
#include "storm-output.h"
#include "storm-source-menu.h"
#include "storm-svg-import.h"
#include "storm-tour.h"

#define DEMO_SAMPLE "food-order"
#define DEMO_FILE "food-order-demo" STORM_BOARD_FILE_SUFFIX

/* @sample: (nullable): the sample that the board is a copy of; its recordings go with it. */
static gboolean
write_board (const char         *path,
             StormBoard         *board,
             const StormSample  *sample,
             GError            **error)
{
  g_autoptr (StormBoardFile) file = storm_board_file_create (path, board, error);

  if (file == NULL)
    return FALSE;
  if (sample != NULL)
    storm_board_file_set_setting (file, STORM_SOURCE_MENU_SAMPLE, sample->id);
  return storm_board_file_close (file, error);
}

static char *
create_from (StormLibrary  *library,
             StormBoard    *board,
             const char    *title,
             GError       **error)
{
  g_autofree char *path = storm_library_new_path (library, title);

  if (!write_board (path, board, NULL, error))
    return NULL;

  return g_steal_pointer (&path);
}

static StormBoard *
load_sample (const StormSample  *sample,
             GError            **error)
{
  g_autoptr (GBytes) bytes = storm_sample_load_board (sample);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return storm_board_json_import (data, size, sample->title, error);
}

gboolean
storm_board_io_is_text_form (GFile *file)
{
  g_autofree char *name = NULL;
  g_autofree char *lower = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  name = g_file_get_basename (file);
  lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;
  return lower != NULL && (g_str_has_suffix (lower, ".json") || g_str_has_suffix (lower, ".svg"));
}

StormBoard *
storm_board_io_load_text (GFile   *file,
                          GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *name = NULL;
  gsize length;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_basename (file);
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                            error);
  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > STORM_JSON_MAX_BYTES)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("“%s” is too large for a board: at most %d MiB are read."), name,
                   STORM_JSON_MAX_BYTES / 1024 / 1024);
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &contents, &length, NULL, error))
    return NULL;

  return storm_board_text_import (contents, length, name, error);
}

/* Elsewhere than on this computer. As a whole or not at all. GIO's own g_file_replace_contents()
 * closes the stream also when a write has failed, and that puts what was written in the old file's
 * place; a cancelled close doesn't. */
static gboolean
replace_contents (GFile       *file,
                  const char  *text,
                  GError     **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  gboolean was_there = g_file_query_exists (file, NULL);

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), text, strlen (text), NULL, NULL, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
  /* A new file is written in its place from the beginning. */
  if (!was_there)
    g_file_delete (file, NULL, NULL);
  return FALSE;
}

gboolean
storm_board_io_export_text (StormBoard  *board,
                            GFile       *file,
                            GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (StormOutput) output = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  text = storm_board_json_export (board);
  path = g_file_get_path (file);
  if (path == NULL)
    return replace_contents (file, text, error);
  output = storm_output_new_file (path, NULL, error);
  if (output == NULL)
    return FALSE;
  storm_output_write (output, text, strlen (text));
  return storm_output_finish (output, NULL, error);
}

char *
storm_board_io_import (StormLibrary  *library,
                       GFile         *file,
                       GError       **error)
{
  g_autoptr (StormBoard) board = NULL;
  g_autofree char *name = NULL;
  const char *title;

  g_return_val_if_fail (STORM_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  board = storm_board_io_load_text (file, error);
  if (board == NULL)
    return NULL;

  title = storm_board_get_title (board);
  name = g_file_get_basename (file);
  return create_from (library, board, *title != '\0' ? title : name, error);
}

char *
storm_board_io_create (StormLibrary  *library,
                       GError       **error)
{
  g_return_val_if_fail (STORM_IS_LIBRARY (library), NULL);

  return create_from (library, NULL, _("Untitled board"), error);
}

char *
storm_board_io_create_tour (StormLibrary  *library,
                            GError       **error)
{
  g_autoptr (StormBoard) board = NULL;

  g_return_val_if_fail (STORM_IS_LIBRARY (library), NULL);

  board = storm_tour_make_board ();
  return create_from (library, board, storm_board_get_title (board), error);
}

char *
storm_board_io_create_sample (StormLibrary       *library,
                              const StormSample  *sample,
                              GError            **error)
{
  g_autoptr (StormBoard) board = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (STORM_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (sample != NULL, NULL);

  board = load_sample (sample, error);
  if (board == NULL)
    return NULL;
  path = storm_library_new_path (library, storm_board_get_title (board));
  return write_board (path, board, sample, error) ? g_steal_pointer (&path) : NULL;
}

char *
storm_board_io_ensure_demo (StormLibrary  *library,
                            GError       **error)
{
  g_autofree char *path = NULL;
  g_autoptr (StormBoard) board = NULL;
  const StormSample *sample = storm_samples_lookup (DEMO_SAMPLE);

  g_return_val_if_fail (STORM_IS_LIBRARY (library), NULL);

  path = g_build_filename (storm_library_get_directory (library), DEMO_FILE, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  board = load_sample (sample, error);
  if (board == NULL || !write_board (path, board, sample, error))
    return NULL;

  return g_steal_pointer (&path);
}

gboolean
storm_board_io_copy (const char  *path,
                     GFile       *destination,
                     GError     **error)
{
  g_autoptr (StormBoardFile) file = NULL;
  g_autofree char *target = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (destination), FALSE);

  target = g_file_get_path (destination);
  if (target == NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                   _("A board can't be saved to that place, because it is not a folder of this "
                     "computer. Choose another one."));
      return FALSE;
    }

  /* It may be open in one of the windows. */
  storm_board_file_settle_all ();
  file = storm_board_file_open_read_only (path, error);
  return file != NULL && storm_board_file_save_copy (file, target, error);
}
