#pragma once

#include "storm-time.h"

G_BEGIN_DECLS

/**
 * StormTimeWindow:
 *
 * The part of a range of times that is in sight: all of it with a margin, or, @zoomed, from @from
 * to @to. Zeroed at first. Times may be as far apart as they can be written.
 */
typedef struct
{
  StormTime from;
  StormTime to;
  gboolean  zoomed;
} StormTimeWindow;

/** storm_time_shift: @time and @by ns, kept within what can be written. */
StormTime storm_time_shift        (StormTime              time,
                                   double                 by);
/** storm_time_span: in ns, @to being not before @from. */
double    storm_time_span         (StormTime              from,
                                   StormTime              to);

/* In all of these, @first and @last are the range. */
/** storm_time_window_get: the times at its edges. */
void      storm_time_window_get   (const StormTimeWindow *self,
                                   StormTime              first,
                                   StormTime              last,
                                   StormTime             *from,
                                   StormTime             *to);
/** storm_time_window_set: not smaller than a millisecond; one that holds the range isn't zoomed. */
void      storm_time_window_set   (StormTimeWindow       *self,
                                   StormTime              first,
                                   StormTime              last,
                                   StormTime              from,
                                   StormTime              to);
/** storm_time_window_zoom: shows @factor times as much; @around stays where it is. */
void      storm_time_window_zoom  (StormTimeWindow       *self,
                                   StormTime              first,
                                   StormTime              last,
                                   double                 factor,
                                   StormTime              around);
/** storm_time_window_pan: by a part of its width, later when positive, but never so far that
 * nothing of the range is in sight. */
void      storm_time_window_pan   (StormTimeWindow       *self,
                                   StormTime              first,
                                   StormTime              last,
                                   double                 part);
/** storm_time_window_follow: as far as it takes that @time, the newest, is in it. Returns whether
 * it moved. */
gboolean  storm_time_window_follow (StormTimeWindow      *self,
                                    StormTime             time);
/** storm_time_window_turn_to: when @time is out of sight, a leaf is turned. Returns whether. */
gboolean  storm_time_window_turn_to (StormTimeWindow     *self,
                                     StormTime            time);

G_END_DECLS
