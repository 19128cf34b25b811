#include "config.h"

#include "storm-time-window.h"

#include <math.h>

/* A window is never smaller; what happens at one time alone gets a second. */
#define SPAN_MIN STORM_TIME_MILLISECOND
#define SPAN_OF_ONE STORM_TIME_SECOND
/* Beside the first and the last, in parts of the span. */
#define MARGIN 0.02
/* So much of the width a turned leaf is further on. */
#define LEAF 0.9

StormTime
storm_time_shift (StormTime time,
                  double    by)
{
  double there = (double) time + by;
  gint64 half;

  if (there >= (double) G_MAXINT64)
    return G_MAXINT64;
  if (there <= (double) (G_MININT64 + 1))
    return G_MININT64 + 1;
  /* From one end of time to the other is more than a gint64 holds; a half of it is not. */
  half = (gint64) (by / 2);
  if (__builtin_add_overflow (time, half, &time) ||
      __builtin_add_overflow (time, (gint64) (by - (double) half), &time))
    return by > 0 ? G_MAXINT64 : G_MININT64 + 1;
  return time;
}

double
storm_time_span (StormTime from,
                 StormTime to)
{
  g_return_val_if_fail (from <= to, 0);

  return (double) ((guint64) to - (guint64) from);
}

static void
move (StormTimeWindow *self,
      double           by)
{
  self->from = storm_time_shift (self->from, by);
  self->to = storm_time_shift (self->to, by);
}

void
storm_time_window_get (const StormTimeWindow *self,
                       StormTime              first,
                       StormTime              last,
                       StormTime             *from,
                       StormTime             *to)
{
  double margin;

  g_return_if_fail (self != NULL);
  g_return_if_fail (from != NULL && to != NULL);

  margin = first == last ? SPAN_OF_ONE / 2.0 : ceil (storm_time_span (first, last) * MARGIN);
  *from = self->zoomed ? self->from : storm_time_shift (first, -margin);
  *to = self->zoomed ? self->to : storm_time_shift (last, margin);
}

void
storm_time_window_set (StormTimeWindow *self,
                       StormTime        first,
                       StormTime        last,
                       StormTime        from,
                       StormTime        to)
{
  g_return_if_fail (self != NULL);

  self->from = MIN (from, to);
  self->to = MAX (from, to);
  if (storm_time_span (self->from, self->to) < SPAN_MIN)
    self->to = storm_time_shift (self->from, SPAN_MIN);
  self->zoomed = self->from > first || self->to < last;
}

void
storm_time_window_zoom (StormTimeWindow *self,
                        StormTime        first,
                        StormTime        last,
                        double           factor,
                        StormTime        around)
{
  StormTime from, to;

  g_return_if_fail (self != NULL);
  g_return_if_fail (factor > 0);

  storm_time_window_get (self, first, last, &from, &to);
  around = CLAMP (around, from, to);
  storm_time_window_set (self, first, last,
                         storm_time_shift (around, -storm_time_span (from, around) * factor),
                         storm_time_shift (around, storm_time_span (around, to) * factor));
}

void
storm_time_window_pan (StormTimeWindow *self,
                       StormTime        first,
                       StormTime        last,
                       double           part)
{
  double by;

  g_return_if_fail (self != NULL);

  if (!self->zoomed)
    return;
  by = storm_time_span (self->from, self->to) * part;
  if (by > 0)
    by = self->from >= last ? 0 : MIN (by, storm_time_span (self->from, last));
  else
    by = self->to <= first ? 0 : -MIN (-by, storm_time_span (first, self->to));
  move (self, by);
}

gboolean
storm_time_window_follow (StormTimeWindow *self,
                          StormTime        time)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->zoomed || time <= self->to)
    return FALSE;
  move (self, storm_time_span (self->to, time) + storm_time_span (self->from, self->to) * MARGIN);
  return TRUE;
}

gboolean
storm_time_window_turn_to (StormTimeWindow *self,
                           StormTime        time)
{
  double leaf;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->zoomed || (time >= self->from && time <= self->to))
    return FALSE;
  leaf = storm_time_span (self->from, self->to) * LEAF;
  if (time > self->to)
    move (self, storm_time_span (self->to, time) + leaf);
  else
    move (self, -storm_time_span (time, self->from) - leaf);
  return TRUE;
}
