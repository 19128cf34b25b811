#include "config.h"

#include "storm-event-log-private.h"

/* Places where something is missing, as far as they are told one by one. */
#define MAX_GAPS 10000

void
storm_event_log_gaps_init (StormEventLog *self)
{
  self->gaps = g_array_new (FALSE, FALSE, sizeof (StormEventGap));
  self->gap_book = storm_gap_book_new ();
}

void
storm_event_log_gaps_clear (StormEventLog *self)
{
  g_array_unref (self->gaps);
  storm_gap_book_free (self->gap_book);
}

void
storm_event_log_gaps_reset (StormEventLog *self)
{
  g_array_set_size (self->gaps, 0);
  storm_gap_book_clear (self->gap_book);
}

void
storm_event_log_gaps_add (StormEventLog   *self,
                          const StormMark *mark)
{
  StormEventGap gap = { .row = self->n, .topic = mark->topic, .partition = mark->partition,
                        .from = mark->from, .to = mark->to };

  if (mark->kind == STORM_MARK_GAP && self->gaps->len < MAX_GAPS)
    g_array_append_val (self->gaps, gap);
  storm_gap_book_take_mark (self->gap_book, mark, self->n);
}

const StormEventGap *
storm_event_log_get_gaps (StormEventLog *self,
                          guint         *n)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self) && n != NULL, NULL);

  *n = self->gaps->len;
  return (const StormEventGap *) self->gaps->data;
}

const StormEventGap *
storm_event_log_get_gap_before (StormEventLog *self,
                                guint32        row)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), NULL);

  return storm_gap_book_find (self->gap_book, row);
}

const StormEventGap *
storm_event_log_get_closed_gaps (StormEventLog *self,
                                 guint         *n)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self) && n != NULL, NULL);

  return storm_gap_book_get_closed (self->gap_book, n);
}

void
storm_event_log_list_open_gaps (StormEventLog *self,
                                GArray        *gaps)
{
  g_return_if_fail (STORM_IS_EVENT_LOG (self) && gaps != NULL);

  storm_gap_book_list_open (self->gap_book, gaps);
}
