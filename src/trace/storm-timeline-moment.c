#include "config.h"

#include "storm-timeline-private.h"

static guint
get_position (StormTimeline *self)
{
  StormMoment moment;

  if (storm_monitor_get_moment (self->monitor, &moment))
    return storm_timeline_count_at (self, &moment);
  return storm_timeline_get_n (self);
}

static gboolean
is_repeat (StormTimeline *self,
           guint          position)
{
  return (storm_event_log_get_flags (self->log, storm_timeline_row_at (self, position)) &
          STORM_EVENT_REPEATED) != 0;
}

/* How many records there are up to the last one that is no repeat, of the first @position. Repeats
 * stand behind their event, and it may have a million of them. */
static guint
leave_repeats (StormTimeline *self,
               guint          position)
{
  guint32 row;
  guint found;

  if (position == 0 || !is_repeat (self, position - 1))
    return position;
  row = storm_moment_of_row (self->log, storm_timeline_row_at (self, position - 1)).row;
  if (storm_monitor_get_key (self->monitor) == NULL && storm_order_find (self->order, row, &found))
    return found + 1;
  while (position > 0 && is_repeat (self, position - 1))
    position--;
  return position;
}

static guint
get_number (StormTimeline *self,
            guint          position)
{
  guint n;

  position = leave_repeats (self, position);
  if (position == 0)
    return 0;
  if (storm_monitor_get_key (self->monitor) == NULL)
    return storm_order_get_number (self->order, position - 1);
  return storm_trace_get_numbers (self->trace, &n)[position - 1].n;
}

static void
set_moment (StormTimeline     *self,
            const StormMoment *moment)
{
  if (!self->ready)
    return;
  if (moment != NULL && storm_time_window_turn_to (&self->window, moment->time))
    storm_timeline_emit_changed (self);
  storm_monitor_set_moment (self->monitor, moment);
}

gboolean
storm_timeline_is_live (StormTimeline *self)
{
  g_return_val_if_fail (STORM_IS_TIMELINE (self), TRUE);

  return !storm_monitor_get_moment (self->monitor, NULL);
}

StormTime
storm_timeline_get_time (StormTimeline *self)
{
  StormMoment moment = { STORM_TIME_NONE, G_MAXUINT32 };

  g_return_val_if_fail (STORM_IS_TIMELINE (self), STORM_TIME_NONE);

  if (!storm_monitor_get_moment (self->monitor, &moment))
    storm_timeline_get_range (self, NULL, &moment.time);
  return moment.time;
}

guint
storm_timeline_get_number (StormTimeline *self,
                           guint         *n_all)
{
  g_return_val_if_fail (STORM_IS_TIMELINE (self), 0);

  if (n_all != NULL)
    *n_all = get_number (self, storm_timeline_get_n (self));
  return get_number (self, get_position (self));
}

guint32
storm_timeline_get_row (StormTimeline *self)
{
  guint position;

  g_return_val_if_fail (STORM_IS_TIMELINE (self), G_MAXUINT32);

  position = leave_repeats (self, get_position (self));
  return position > 0 ? storm_timeline_row_at (self, position - 1) : G_MAXUINT32;
}

void
storm_timeline_set_time (StormTimeline *self,
                         StormTime      time)
{
  StormMoment moment = { time, G_MAXUINT32 };
  StormTime last;

  g_return_if_fail (STORM_IS_TIMELINE (self));

  if (!storm_timeline_get_range (self, NULL, &last))
    return;
  set_moment (self, time < last ? &moment : NULL);
}

void
storm_timeline_go_first (StormTimeline *self)
{
  StormMoment moment;

  g_return_if_fail (STORM_IS_TIMELINE (self));

  if (storm_timeline_get_n (self) == 0)
    return;
  moment = storm_moment_of_row (self->log, storm_timeline_row_at (self, 0));
  set_moment (self, &moment);
}

void
storm_timeline_go_live (StormTimeline *self)
{
  g_return_if_fail (STORM_IS_TIMELINE (self));

  storm_timeline_set_playing (self, FALSE);
  set_moment (self, NULL);
}

/* The record after the one at @position, of @n, that is no repeat; @n for none. */
static guint
find_next (StormTimeline *self,
           guint          position,
           guint          n)
{
  StormMoment moment;

  if (++position >= n || !is_repeat (self, position))
    return MIN (position, n);
  moment = storm_moment_of_row (self->log, storm_timeline_row_at (self, position));
  position = storm_timeline_count_at (self, &moment);
  while (position < n && is_repeat (self, position))
    position++;
  return position;
}

void
storm_timeline_step (StormTimeline *self,
                     int            events)
{
  guint n;
  guint position;
  guint before;
  StormMoment moment;

  g_return_if_fail (STORM_IS_TIMELINE (self));

  n = storm_timeline_get_n (self);
  if (n == 0 || events == 0)
    return;
  /* That of the last one that has happened; G_MAXUINT stands before the first. */
  position = leave_repeats (self, get_position (self)) - 1;
  for (; events > 0 && position != n; events--)
    position = find_next (self, position, n);
  for (; events < 0 && position < n; events++)
    {
      before = leave_repeats (self, position);
      if (before == 0)
        break;
      position = before - 1;
    }
  if (position > n)
    return;
  if (position < n)
    moment = storm_moment_of_row (self->log, storm_timeline_row_at (self, position));
  set_moment (self, position < n ? &moment : NULL);
}

void
storm_timeline_play (StormTimeline *self,
                     gboolean       playing)
{
  StormTime from, to;

  g_return_if_fail (STORM_IS_TIMELINE (self));

  if (playing == self->playing || (playing && !self->ready))
    return;
  if (playing && storm_timeline_is_live (self))
    {
      if (!storm_timeline_get_window (self, &from, &to))
        return;
      storm_timeline_set_time (self, from);
    }
  storm_timeline_set_playing (self, playing && !storm_timeline_is_live (self));
}

void
storm_timeline_advance (StormTimeline *self,
                        gint64         elapsed_us)
{
  g_return_if_fail (STORM_IS_TIMELINE (self));

  if (!self->playing || elapsed_us <= 0)
    return;
  storm_timeline_set_time (self, storm_time_shift (storm_timeline_get_time (self),
                                                   elapsed_us * 1000.0 * self->speed));
  if (storm_timeline_is_live (self))
    storm_timeline_set_playing (self, FALSE);
}
