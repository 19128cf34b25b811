#include "config.h"

#include "storm-event-list-gaps.h"

typedef struct
{
  guint         place;   /* of the event behind it */
  StormEventGap gap;
} Shown;

struct _StormEventListGaps
{
  StormEventLog  *log;
  StormEventView *view;
  GArray         *shown;  /* Shown, by place */
  GArray         *open;   /* StormEventGap */
};

StormEventListGaps *
storm_event_list_gaps_new (StormEventLog  *log,
                           StormEventView *view)
{
  StormEventListGaps *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);
  g_return_val_if_fail (STORM_IS_EVENT_VIEW (view), NULL);

  self = g_new0 (StormEventListGaps, 1);
  self->log = g_object_ref (log);
  self->view = g_object_ref (view);
  self->shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  self->open = g_array_new (FALSE, FALSE, sizeof (StormEventGap));
  return self;
}

void
storm_event_list_gaps_free (StormEventListGaps *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->log);
  g_object_unref (self->view);
  g_array_unref (self->shown);
  g_array_unref (self->open);
  g_free (self);
}

guint
storm_event_list_gaps_count_before (StormEventListGaps *self,
                                    guint               place)
{
  guint low = 0, high;

  g_return_val_if_fail (self != NULL, 0);

  high = self->shown->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->shown, Shown, middle).place < place)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Shown *x = a;
  const Shown *y = b;

  return x->place < y->place ? -1 : x->place > y->place;
}

/* Those in front of the @n events from @place on. Few events are asked one by one; of many, the
 * gaps are. */
static GArray *
look (StormEventListGaps *self,
      guint               place,
      guint               n)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Shown));
  const StormEventGap *gaps;
  guint n_gaps;

  gaps = storm_event_log_get_closed_gaps (self->log, &n_gaps);
  if (n < n_gaps)
    {
      for (guint i = place; i < place + n; i++)
        {
          const StormEventGap *gap;

          gap = storm_event_log_get_gap_before (self->log,
                                                storm_event_view_get_row (self->view, i));
          if (gap != NULL)
            {
              Shown shown = { i, *gap };

              g_array_append_val (found, shown);
            }
        }
      return found;
    }

  for (guint i = 0; i < n_gaps; i++)
    {
      Shown shown = { .gap = gaps[i] };

      if (storm_event_view_find (self->view, gaps[i].row, &shown.place) &&
          shown.place >= place && shown.place - place < n)
        g_array_append_val (found, shown);
    }
  g_array_sort (found, compare_places);
  return found;
}

void
storm_event_list_gaps_splice (StormEventListGaps *self,
                              guint               place,
                              guint               removed,
                              guint               added,
                              gboolean            look_at)
{
  guint from, to;

  g_return_if_fail (self != NULL);

  from = storm_event_list_gaps_count_before (self, place);
  to = storm_event_list_gaps_count_before (self, place + removed);
  if (to > from)
    g_array_remove_range (self->shown, from, to - from);
  for (guint i = from; i < self->shown->len; i++)
    g_array_index (self->shown, Shown, i).place += added - removed;
  if (look_at && added > 0)
    {
      g_autoptr (GArray) found = look (self, place, added);

      if (found->len > 0)
        g_array_insert_vals (self->shown, from, found->data, found->len);
    }
}

guint
storm_event_list_gaps_get_n (StormEventListGaps *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->shown->len;
}

/* The gap with the number i stands at the position place + i. */
const StormEventGap *
storm_event_list_gaps_find (StormEventListGaps *self,
                            guint               position,
                            guint              *place)
{
  guint low = 0, high;

  g_return_val_if_fail (self != NULL && place != NULL, NULL);

  high = self->shown->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->shown, Shown, middle).place + middle < position)
        low = middle + 1;
      else
        high = middle;
    }
  *place = position - low;
  if (low < self->shown->len)
    {
      const Shown *shown = &g_array_index (self->shown, Shown, low);

      if (shown->place + low == position)
        return &shown->gap;
    }
  return NULL;
}

guint
storm_event_list_gaps_set_open (StormEventListGaps *self,
                                gboolean            shown)
{
  guint before;

  g_return_val_if_fail (self != NULL, 0);

  before = self->open->len;
  g_array_set_size (self->open, 0);
  if (shown)
    storm_event_log_list_open_gaps (self->log, self->open);
  return before;
}

guint
storm_event_list_gaps_get_n_open (StormEventListGaps *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->open->len;
}

const StormEventGap *
storm_event_list_gaps_get_open (StormEventListGaps *self,
                                guint               i)
{
  g_return_val_if_fail (self != NULL && i < self->open->len, NULL);

  return &g_array_index (self->open, StormEventGap, i);
}
