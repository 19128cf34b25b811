#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

#define STORM_TYPE_FIND (storm_find_get_type ())

/**
 * StormFind:
 *
 * The stickies of a board that are looked for: by words in their texts, by kind, by context. It
 * follows the board, in an idle after a change. Signal `changed`: another result. Knows no widget.
 * Main thread.
 */
G_DECLARE_FINAL_TYPE (StormFind, storm_find, STORM, FIND, GObject)

StormFind  *storm_find_new         (StormBoard *board);

/**
 * storm_find_set_text:
 * @text: (nullable): words that title, aliases and description have together; where no sticky has
 *   them, words in the names of its fields
 */
void        storm_find_set_text    (StormFind  *self,
                                    const char *text);
/** storm_find_set_kind: @kind: a StormKind, or -1 for all. */
void        storm_find_set_kind    (StormFind  *self,
                                    int         kind);
/** storm_find_set_context: @id: (nullable): of a context, "" for none at all, %NULL for any. */
void        storm_find_set_context (StormFind  *self,
                                    const char *id);

/** storm_find_is_active: whether anything is looked for. */
gboolean    storm_find_is_active   (StormFind  *self);
guint       storm_find_get_n       (StormFind  *self);
/** storm_find_get_id: of the result at @i, in the order of reading: row by row. */
const char *storm_find_get_id      (StormFind  *self,
                                    guint       i);
gboolean    storm_find_contains    (StormFind  *self,
                                    const char *id);
/**
 * storm_find_get_position:
 *
 * Returns: where @id is among the results, G_MAXUINT when it is not
 */
guint       storm_find_get_position (StormFind *self,
                                     const char *id);
/** storm_find_update: at once what else an idle does. */
void        storm_find_update      (StormFind  *self);

G_END_DECLS
