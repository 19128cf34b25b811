#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

/**
 * StormMoment:
 * @time: events up to this time, inclusive, have happened
 * @row: of the events that have exactly this time, the last one that has happened;
 *   %G_MAXUINT32 for all of them
 *
 * A moment in the order of events, as somebody looks back at it. A repeat belongs to the event
 * that it repeats, whatever times it carries itself.
 */
typedef struct
{
  StormTime time;
  guint32   row;
} StormMoment;

/** StormRowAt: the row at @position of something that is in the order of events. */
typedef guint32 (*StormRowAt) (gconstpointer data,
                               guint         position);

/** storm_moment_of_row: the moment at which @row has just happened. */
StormMoment storm_moment_of_row   (StormEventLog     *log,
                                   guint32            row);
gboolean    storm_moment_equal    (const StormMoment *a,
                                   const StormMoment *b);
/** storm_moment_includes: whether @row has happened by then. */
gboolean    storm_moment_includes (const StormMoment *self,
                                   StormEventLog     *log,
                                   guint32            row);
/** storm_moment_count: how many of the @n rows that @row_at gives in the order of events have
 * happened by then. O(log n). */
guint       storm_moment_count    (const StormMoment *self,
                                   StormEventLog     *log,
                                   StormRowAt         row_at,
                                   gconstpointer      data,
                                   guint              n);
/** storm_moment_count_rows: the same for an array. */
guint       storm_moment_count_rows (const StormMoment *self,
                                     StormEventLog     *log,
                                     const guint32     *rows,
                                     guint              n);

G_END_DECLS
