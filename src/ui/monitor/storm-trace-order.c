#include "config.h"

#include "storm-trace-order.h"

void
storm_trace_order_free (StormTraceOrder *order)
{
  g_array_unref (order->troubled);
  g_array_unref (order->sorted);
  g_clear_pointer (&order->places, g_array_unref);
  g_free (order);
}

static guint32
at (GArray *places,
    guint   i)
{
  return g_array_index (places, guint32, i);
}

guint
storm_trace_order_count (StormTraceOrder *order)
{
  return order->places != NULL ? order->places->len
                               : order->n - order->sorted->len + order->troubled->len;
}

guint
storm_places_count_below (GArray *sorted,
                          guint   place)
{
  guint low = 0, high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (at (sorted, middle) < place)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
storm_trace_order_get (StormTraceOrder *order,
                       guint            position)
{
  guint low = 0, high = order->sorted->len;
  guint rank;

  if (order->places != NULL)
    return at (order->places, position);
  if (position < order->troubled->len)
    return at (order->troubled, position);
  /* The place behind which so many others are left out that it is the rank-th of the rest. */
  rank = storm_trace_order_count (order) - 1 - position;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (at (order->sorted, middle) - middle <= rank)
        low = middle + 1;
      else
        high = middle;
    }
  return rank + low;
}

guint
storm_trace_order_find (StormTraceOrder *order,
                        guint            place)
{
  GArray *places = order->places != NULL ? order->places : order->troubled;

  for (guint i = 0; i < places->len; i++)
    if (at (places, i) == place)
      return i;
  if (order->places != NULL || place >= order->n)
    return G_MAXUINT;
  return storm_trace_order_count (order) - 1 -
         (place - storm_places_count_below (order->sorted, place));
}

void
storm_trace_order_leave_out_gone (StormTraceOrder *order)
{
  guint kept = 0;

  for (guint i = 0; i < order->troubled->len; i++)
    if (at (order->troubled, i) < order->n)
      g_array_index (order->troubled, guint32, kept++) = at (order->troubled, i);
  g_array_set_size (order->troubled, kept);
  g_array_set_size (order->sorted, storm_places_count_below (order->sorted, order->n));
}

static guint
common_prefix (GArray *a,
               GArray *b)
{
  guint i = 0;

  while (i < MIN (a->len, b->len) && at (a, i) == at (b, i))
    i++;
  return i;
}

static guint
common_suffix (GArray *a,
               GArray *b,
               guint   prefix)
{
  guint i = 0;

  while (i < MIN (a->len, b->len) - prefix && at (a, a->len - 1 - i) == at (b, b->len - 1 - i))
    i++;
  return i;
}

guint
storm_trace_order_common_prefix (StormTraceOrder *a,
                                 StormTraceOrder *b)
{
  if ((a->places == NULL) != (b->places == NULL))
    return 0;
  return a->places != NULL ? common_prefix (a->places, b->places)
                           : common_prefix (a->troubled, b->troubled);
}

guint
storm_trace_order_common_suffix (StormTraceOrder *a,
                                 StormTraceOrder *b,
                                 guint            prefix)
{
  guint i, place;

  if ((a->places == NULL) != (b->places == NULL))
    return 0;
  if (a->places != NULL)
    return common_suffix (a->places, b->places, prefix);
  /* Below the first trace that came into trouble, or out of it. */
  i = common_prefix (a->sorted, b->sorted);
  place = MIN (a->n, b->n);
  if (i < a->sorted->len)
    place = MIN (place, at (a->sorted, i));
  if (i < b->sorted->len)
    place = MIN (place, at (b->sorted, i));
  return place - storm_places_count_below (a->sorted, place);
}

GArray *
storm_places_without (GArray *sorted,
                      GArray *other)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0, j = 0; i < sorted->len; i++)
    {
      guint32 place = at (sorted, i);

      while (j < other->len && at (other, j) < place)
        j++;
      if (j == other->len || at (other, j) != place)
        g_array_append_val (places, place);
    }
  return places;
}
