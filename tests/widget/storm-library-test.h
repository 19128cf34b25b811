#pragma once

/* A library of boards in a folder of its own, for the tests of what shows one. */

#include "storm-board-io.h"
#include "../unit/storm-folder-test.h"

typedef struct
{
  char         *folder;
  StormLibrary *library;
} Fixture;

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("storm-library-XXXXXX", NULL);
  f->library = storm_library_new (f->folder);
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->library);
  storm_test_remove_folder (f->folder);
  g_free (f->folder);
}
