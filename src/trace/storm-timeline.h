#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TIMELINE_SPEED_MIN 0.25
#define STORM_TIMELINE_SPEED_MAX 100.0

#define STORM_TYPE_TIMELINE (storm_timeline_get_type ())

/**
 * StormTimeline:
 *
 * How the events of a monitor lie in time, and the moment at which they are looked at: those of the
 * chosen trace, or all. At the live edge everything that is known is shown. It has a window: the
 * part of the time that is in sight, all of it unless somebody zooms in. As long as the object
 * lives, any moment is found by bisection; what that needs is collected in slices on the main loop
 * first.
 *
 * GObject properties that notify: `playing` (boolean), `speed` (double, times the speed at which it
 * happened), `ready` (boolean: moments can be chosen). Signal `changed`: events, window or moment
 * are others; at most once a flush of the monitor, and with each call that changes something. Knows
 * no widget; main thread.
 */
G_DECLARE_FINAL_TYPE (StormTimeline, storm_timeline, STORM, TIMELINE, GObject)

StormTimeline *storm_timeline_new         (StormMonitor  *monitor);

/** storm_timeline_get_n: records on it, repeats counted. */
guint          storm_timeline_get_n       (StormTimeline *self);
/** storm_timeline_get_range: the times of the first and the last; %FALSE when there is none. */
gboolean       storm_timeline_get_range   (StormTimeline *self,
                                           StormTime     *first,
                                           StormTime     *last);
/** storm_timeline_get_progress: of what is collected until it is `ready`, 0 to 1. */
double         storm_timeline_get_progress (StormTimeline *self);

/* The window. */
/** storm_timeline_get_window: the times at its edges; %FALSE when there are no events. */
gboolean       storm_timeline_get_window  (StormTimeline *self,
                                           StormTime     *from,
                                           StormTime     *to);
/** storm_timeline_set_window: in either order; not smaller than a millisecond. */
void           storm_timeline_set_window  (StormTimeline *self,
                                           StormTime      from,
                                           StormTime      to);
/** storm_timeline_is_zoomed: something lies outside the window. */
gboolean       storm_timeline_is_zoomed   (StormTimeline *self);
/** storm_timeline_fit: all of it is in sight, and what comes. */
void           storm_timeline_fit         (StormTimeline *self);
/**
 * storm_timeline_zoom:
 * @factor: below 1 shows less of the time
 * @around: stays where it is
 */
void           storm_timeline_zoom        (StormTimeline *self,
                                           double         factor,
                                           StormTime      around);
/** storm_timeline_pan: by a part of the window; positive is later. */
void           storm_timeline_pan         (StormTimeline *self,
                                           double         part);
/** storm_timeline_count: (array length=n): how many events each nth of the window holds. */
void           storm_timeline_count       (StormTimeline *self,
                                           guint         *counts,
                                           guint          n);

/* The moment. */
/** storm_timeline_is_live: nobody looks back: everything is shown, and what comes. */
gboolean       storm_timeline_is_live     (StormTimeline *self);
/** storm_timeline_get_time: the moment, at the live edge that of the last event;
 * %STORM_TIME_NONE without events. */
StormTime      storm_timeline_get_time    (StormTimeline *self);
/**
 * storm_timeline_get_number:
 * @n_all: (out) (optional): how many there are; repeats are not counted
 *
 * Returns: the number of the last event that has happened, 0 for none
 */
guint          storm_timeline_get_number  (StormTimeline *self,
                                           guint         *n_all);
/** storm_timeline_get_row: of the last event that has happened; %G_MAXUINT32 for none. */
guint32        storm_timeline_get_row     (StormTimeline *self);
/** storm_timeline_set_time: the time of the last event, or a later one, is the live edge. */
void           storm_timeline_set_time    (StormTimeline *self,
                                           StormTime      time);
/** storm_timeline_go_first: the first event has just happened. */
void           storm_timeline_go_first    (StormTimeline *self);
/** storm_timeline_go_live: holds it too when it plays. */
void           storm_timeline_go_live     (StormTimeline *self);
/**
 * storm_timeline_step:
 * @events: so many events on, or back when negative
 *
 * One step behind the last event is the live edge; before the first one nothing happens.
 */
void           storm_timeline_step        (StormTimeline *self,
                                           int            events);
/** storm_timeline_play: from the moment on; from the live edge, all that is in sight. */
void           storm_timeline_play        (StormTimeline *self,
                                           gboolean       playing);
/** storm_timeline_advance: while it plays, with each frame; ends at the live edge. */
void           storm_timeline_advance     (StormTimeline *self,
                                           gint64         elapsed_us);

G_END_DECLS
