#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

/**
 * StormRowKey:
 * @time: of @first
 * @first: the row itself, or the row that it repeats
 *
 * The place of a row in the order of events, taken out of the log's columns once: a repeat stands
 * directly behind the event that it repeats, whatever times it carries itself.
 */
typedef struct
{
  StormTime time;
  guint32   first;
  guint32   row;
} StormRowKey;

void storm_row_key_init    (StormRowKey       *key,
                            StormEventLog     *log,
                            guint32            row);
int  storm_row_key_compare (const StormRowKey *a,
                            const StormRowKey *b,
                            StormEventLog     *log);
/** storm_row_is_later: whether @row stands behind @than. */
gboolean storm_row_is_later (guint32        row,
                             guint32        than,
                             StormEventLog *log);

/** storm_row_keys_sort: in the order of events; takes O(n) when they are in order already. */
void storm_row_keys_sort   (StormRowKey       *keys,
                            gsize              n,
                            StormEventLog     *log);

/**
 * storm_rows_sort_tail:
 * @rows: (array length=n): the first @n_sorted are in order
 *
 * Brings all into order: sorts the tail, then merges it from behind, so that it costs what has to
 * move.
 */
void storm_rows_sort_tail  (guint32           *rows,
                            gsize              n_sorted,
                            gsize              n,
                            StormEventLog     *log);

G_END_DECLS
