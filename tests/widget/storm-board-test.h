#pragma once

/* A board's file, for the tests of widgets that need one. */

#include "storm-board-file.h"
#include "storm-widget-test.h"

/* A new board in a folder of its own, in which what is watched is kept too. */
static inline StormBoardFile *
create_board (char **folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  StormBoardFile *file;

  *folder = g_dir_make_tmp ("storm-widget-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_STATE_HOME", *folder, TRUE);
  path = g_build_filename (*folder, "board.storm", NULL);
  file = storm_board_file_create (path, NULL, &error);
  g_assert_no_error (error);
  return file;
}
