#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

#define STORM_POSTING_INLINE 2

/**
 * StormPosting:
 * @n_repeats: how many of the rows are repeats
 * @n_sorted: so many of the first rows are in the order of events
 * @capacity: 0 while the rows stand in the struct itself
 * @live: somebody holds a #StormTrace of it
 * @dirty: it got rows since the last flush
 *
 * The rows of one correlation key. A million of them are kept, so it is 32 bytes, and a list of
 * one or two rows takes no allocation.
 */
typedef struct
{
  guint32 key_id;
  guint32 n;
  guint32 n_repeats;
  guint32 n_sorted;
  guint32 capacity;
  guint   live : 1;
  guint   dirty : 1;
  union
    {
      guint32  inline_rows[STORM_POSTING_INLINE];
      guint32 *rows;
    };
} StormPosting;

void           storm_posting_append  (StormPosting  *self,
                                      guint32        row);
/** storm_posting_sort: (transfer none) (array): the rows in the order of events. */
const guint32 *storm_posting_sort    (StormPosting  *self,
                                      StormEventLog *log);
void           storm_posting_clear   (StormPosting  *self);
/** storm_posting_get_bytes: beside the struct. */
gsize          storm_posting_get_bytes (const StormPosting *self);

G_END_DECLS
