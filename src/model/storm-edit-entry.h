#pragma once

#include "storm-edit.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-edit-entry
 *
 * Many stickies in a short time: beside one another, and from a list of titles.
 */

/**
 * storm_edit_slot:
 * @dx: 1 for the slot on the right of @from, -1 for that on the left, else 0
 * @dy: 1 for the slot below, -1 for that above, else 0
 * @out: (out): the slot: as large as @from, %STORM_ARRANGE_GAP apart
 *
 * Returns: (transfer none) (nullable): the sticky that lies there already, that next to @from
 */
StormSticky *storm_edit_slot           (StormBoard      *board,
                                        StormSticky     *from,
                                        int              dx,
                                        int              dy,
                                        StormRect       *out);

/** storm_edit_add_like: an empty sticky of the kind of @from in @rect, on top. */
StormChange *storm_edit_add_like       (StormBoard      *board,
                                        StormSticky     *from,
                                        const StormRect *rect,
                                        char           **out_id);

/**
 * storm_edit_parse_entry:
 * @line: what somebody typed: "Order placed", or with a kind: "command: Place order"
 * @kind: (inout): the kind that the line names; as it was when it names none
 *
 * A kind is named by its word or its translated name, which may be abbreviated (the first kind that
 * begins so is meant), or by its number key.
 *
 * Returns: (transfer none): where in @line the title begins
 */
const char  *storm_edit_parse_entry    (const char      *line,
                                        StormKind       *kind);

/** STORM_LIST_MAX_LINES: more stickies are never made at once. */
#define STORM_LIST_MAX_LINES 100000

/**
 * storm_edit_split_lines:
 * @text: UTF-8, from anywhere
 *
 * The lines that are not empty, without the spaces and the list's bullets before them.
 *
 * Returns: (transfer full) (element-type utf8): the titles, or %NULL with an error that names the
 *   line: one is too long for a title, or there are too many
 */
GPtrArray   *storm_edit_split_lines    (const char      *text,
                                        GError         **error);

/**
 * StormListEntry:
 *
 * A list of titles on its way to the board: in rows, in reading order. Long lists are made in
 * parts, so that the window goes on meanwhile; nothing is on the board until
 * storm_list_entry_finish().
 */
typedef struct _StormListEntry StormListEntry;

/**
 * storm_list_entry_new:
 * @titles: (transfer full) (element-type utf8)
 * @middle: where the stickies come to lie; but below all there is when something lies there
 */
StormListEntry *storm_list_entry_new    (StormBoard      *board,
                                         StormKind        kind,
                                         GPtrArray       *titles,
                                         StormPoint       middle);
void            storm_list_entry_free   (StormListEntry  *self);
/** storm_list_entry_work: @n: so many more; %FALSE when all are there. */
gboolean        storm_list_entry_work   (StormListEntry  *self,
                                         guint            n);
/** storm_list_entry_get_progress: 0 to 1. */
double          storm_list_entry_get_progress (StormListEntry *self);
/** storm_list_entry_get_rect: what all of them cover. */
const StormRect *storm_list_entry_get_rect (StormListEntry *self);
/**
 * storm_list_entry_finish:
 * @out_ids: (out) (transfer full) (element-type utf8): in the order of the titles
 *
 * Returns: (transfer full): the change
 */
StormChange    *storm_list_entry_finish (StormListEntry  *self,
                                         GPtrArray      **out_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormListEntry, storm_list_entry_free)

G_END_DECLS
