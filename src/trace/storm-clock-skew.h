#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** STORM_SKEW_MAX_PRODUCERS: clocks of more producers are not compared. */
#define STORM_SKEW_MAX_PRODUCERS 64

/**
 * StormProducerClock:
 * @ahead: nanoseconds by which its clock is at least ahead of the others', below zero behind;
 *   0 when nothing contradicts it
 * @n_backwards: steps from or to it that would have taken less than no time
 * @worst: the one that went farthest back in time, in nanoseconds; 0 for none
 * @other: the producer on the other end of that one
 *
 * What is known of the clock of one producer.
 */
typedef struct
{
  gint64  ahead;
  guint64 n_backwards;
  gint64  worst;
  guint   other;
} StormProducerClock;

/**
 * StormClockSkew:
 *
 * How far the clocks of producers are apart, from how long it took from events of the one to events
 * of the other that they led to. No step takes less than no time: where one seems to, the second
 * clock is behind the first by at least that much. So every pair of producers gives a limit to the
 * difference of their clocks; what is told is the differences that keep all of them, with as many
 * clocks as possible taken to be right. True differences may be larger. Producers are numbers.
 */
typedef struct _StormClockSkew StormClockSkew;

StormClockSkew *storm_clock_skew_new     (void);
void            storm_clock_skew_free    (StormClockSkew *self);
void            storm_clock_skew_clear   (StormClockSkew *self);

/**
 * storm_clock_skew_add:
 * @from: the producer of the first event, below %STORM_SKEW_MAX_PRODUCERS
 * @to: that of the event which it led to
 * @span: nanoseconds between them by their clocks
 * @n: how many such cases there were; @span is the shortest
 */
void            storm_clock_skew_add     (StormClockSkew *self,
                                          guint           from,
                                          guint           to,
                                          gint64          span,
                                          guint64         n);
/** storm_clock_skew_count: fills @clock in but for `ahead`; @n: how many producers there are. */
void            storm_clock_skew_count   (StormClockSkew     *self,
                                          guint               producer,
                                          guint               n,
                                          StormProducerClock *clock);
/**
 * storm_clock_skew_solve:
 * @n: how many producers there are
 *
 * Returns: (transfer full) (element-type StormProducerClock): of each of them; or %NULL when no
 *   differences of clocks explain it, so that one of them was set meanwhile
 */
GArray         *storm_clock_skew_solve   (StormClockSkew *self,
                                          guint           n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormClockSkew, storm_clock_skew_free)

G_END_DECLS
