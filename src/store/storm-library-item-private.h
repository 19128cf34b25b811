#pragma once

#include "storm-library.h"

G_BEGIN_DECLS

/**
 * StormLibraryEntry: what was found in the directory, in whatever thread.
 * @stamp: changes whenever the file does, so that an unchanged one is not read again
 */
typedef struct
{
  char           *path;
  char           *stamp;
  StormBoardInfo *info;
  char           *error;
  StormTime       changed;
} StormLibraryEntry;

void              storm_library_entry_free      (StormLibraryEntry *entry);
/** storm_library_item_new: @entry: (transfer full). */
StormLibraryItem *storm_library_item_new        (StormLibraryEntry *entry);
const char       *storm_library_item_get_stamp  (StormLibraryItem  *self);

G_END_DECLS
