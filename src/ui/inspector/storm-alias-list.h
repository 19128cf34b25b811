#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STORM_TYPE_ALIAS_LIST (storm_alias_list_get_type ())

/**
 * StormAliasList:
 *
 * Other names under which the events of a sticky arrive, as rows, and a row that adds one. Signal
 * `edited` (GStrv aliases): what the user wants them to be.
 */
G_DECLARE_FINAL_TYPE (StormAliasList, storm_alias_list, STORM, ALIAS_LIST, AdwBin)

/** storm_alias_list_set_aliases: @aliases: (nullable). */
void storm_alias_list_set_aliases  (StormAliasList     *self,
                                    const char * const *aliases);
void storm_alias_list_set_editable (StormAliasList     *self,
                                    gboolean            editable);
void storm_alias_list_flush        (StormAliasList     *self);

G_END_DECLS
