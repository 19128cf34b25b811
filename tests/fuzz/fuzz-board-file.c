#include "config.h"

#include <stdlib.h>

#include <glib/gstdio.h>

#include "storm-board-file.h"

/* A sound board with some of its bytes changed: every four bytes of the input are a place and what
 * stands there. Whatever comes of it, opening it must give a board, or a sentence. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static char *path;
static char *sound;
static gsize sound_len;

static void
remove_files (void)
{
  static const char *suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_remove (name);
    }
}

static void
clean_up (void)
{
  g_autofree char *dir = g_path_get_dirname (path);

  remove_files ();
  g_rmdir (dir);
}

static void
make_sound (void)
{
  g_autofree char *dir = g_dir_make_tmp ("storm-fuzz-XXXXXX", NULL);
  StormBoardFile *file;

  path = g_build_filename (dir, "fuzz.storm", NULL);
  file = storm_board_file_create (path, NULL, NULL);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (StormChange) change = storm_change_new ("Edit");
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autofree char *last = g_strdup_printf ("s%u", i - 1);

      storm_change_insert (change, STORM_OBJECT_STICKY, id,
                           g_variant_new_parsed ("{'title': <%s>, 'aliases': <['a', 'b']>,"
                                                 " 'fields': <[('id', 'Long', true, false, '')]>}",
                                                 id));
      if (i > 0)
        storm_change_insert (change, STORM_OBJECT_FLOW, NULL,
                             g_variant_new_parsed ("{'from': <%s>, 'to': <%s>}", last, id));
      storm_history_do (storm_board_file_get_history (file), change, NULL);
    }
  storm_board_file_set_setting (file, "view", "1 2 3");
  g_object_unref (file);
  if (!g_file_get_contents (path, &sound, &sound_len, NULL))
    g_error ("no board to begin with");
  atexit (clean_up);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoardFile) file = NULL;
  g_autoptr (StormBoardInfo) info = NULL;
  g_autofree char *bytes = NULL;

  if (sound == NULL)
    make_sound ();
  bytes = g_memdup2 (sound, sound_len);
  for (size_t i = 0; i + 4 <= size; i += 4)
    bytes[(data[i] | data[i + 1] << 8 | data[i + 2] << 16) % sound_len] = data[i + 3];

  remove_files ();
  /* In place: g_file_set_contents() would wait for the disk each time. */
  g_assert_true (g_file_set_contents_full (path, bytes, sound_len, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  info = storm_board_info_read (path, NULL);
  file = storm_board_file_open_read_only (path, &error);
  g_assert_true ((file == NULL) == (error != NULL));
  if (file != NULL)
    g_ptr_array_unref (storm_board_file_list_recordings (file));
  g_clear_object (&file);
  /* Now and then also the way on which it would be written. */
  if (size % 16 == 4)
    file = storm_board_file_open (path, NULL);
  if (file != NULL && storm_history_can_undo (storm_board_file_get_history (file)))
    storm_history_undo (storm_board_file_get_history (file), NULL);
  return 0;
}
