#include "config.h"

#include "storm-topic-rates.h"

#include <string.h>

/* The seconds over which a rate is told. */
#define RATE_OVER 10

struct _StormTopicRates
{
  StormEventLog  *log;
  GHashTable     *by_id;   /* number of the topic → StormTopicRate, not owned */
  GPtrArray      *all;
  StormTopicRate *rest;    /* NULL as long as there are not too many */
  StormTopicRate *last;    /* most records follow one of the same topic */
};

static StormTopicRate *
add (StormTopicRates *self,
     guint32          topic_id,
     const char      *topic)
{
  StormTopicRate *rate = g_new0 (StormTopicRate, 1);

  rate->topic = topic;
  rate->topic_id = topic_id;
  g_ptr_array_add (self->all, rate);
  return rate;
}

static StormTopicRate *
ensure (StormTopicRates *self,
        guint32          topic_id)
{
  StormTopicRate *rate;

  if (self->last != NULL && self->last->topic_id == topic_id)
    return self->last;
  rate = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (topic_id));
  if (rate == NULL && self->all->len < STORM_RATE_MAX_TOPICS)
    {
      rate = add (self, topic_id,
                  storm_strings_get (storm_event_log_get_strings (self->log), topic_id));
      g_hash_table_insert (self->by_id, GUINT_TO_POINTER (topic_id), rate);
    }
  if (rate == NULL)
    {
      if (self->rest == NULL)
        self->rest = add (self, G_MAXUINT32, NULL);
      return self->rest;
    }
  self->last = rate;
  return rate;
}

/* Seconds in which nothing came are empty. */
static void
turn_to (StormTopicRate *rate,
         gint64          second)
{
  gint64 n = second - rate->second;

  if (n <= 0)
    return;
  if (n >= STORM_RATE_SECONDS)
    memset (rate->seconds, 0, sizeof rate->seconds);
  else
    for (gint64 i = rate->second + 1; i <= second; i++)
      rate->seconds[i % STORM_RATE_SECONDS] = 0;
  rate->second = second;
}

static void
count (StormTopicRate *rate,
       guint16         flags)
{
  rate->n++;
  rate->n_late += (flags & STORM_EVENT_LATE) != 0;
  rate->n_undecodable += (flags & STORM_EVENT_UNDECODABLE) != 0;
  rate->n_repeated += (flags & STORM_EVENT_REPEATED) != 0;
}

StormTopicRates *
storm_topic_rates_new (StormEventLog *log)
{
  StormTopicRates *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);

  self = g_new0 (StormTopicRates, 1);
  self->log = g_object_ref (log);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->all = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
storm_topic_rates_free (StormTopicRates *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->all);
  g_object_unref (self->log);
  g_free (self);
}

void
storm_topic_rates_clear (StormTopicRates *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->all, 0);
  self->rest = NULL;
  self->last = NULL;
}

void
storm_topic_rates_take (StormTopicRates *self,
                        guint32          first_row,
                        guint32          n_rows,
                        gint64           now)
{
  gint64 second = now / G_USEC_PER_SEC;

  g_return_if_fail (self != NULL);

  for (guint32 row = first_row; row < first_row + n_rows; row++)
    {
      StormTopicRate *rate = ensure (self, storm_event_log_get_topic_id (self->log, row));

      turn_to (rate, second);
      rate->seconds[rate->second % STORM_RATE_SECONDS]++;
      rate->last = now;
      count (rate, storm_event_log_get_flags (self->log, row));
    }
}

void
storm_topic_rates_recount (StormTopicRates *self)
{
  guint32 n;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->all->len; i++)
    {
      StormTopicRate *rate = g_ptr_array_index (self->all, i);

      rate->n = rate->n_late = rate->n_undecodable = rate->n_repeated = 0;
    }
  n = storm_event_log_get_n (self->log);
  for (guint32 row = 0; row < n; row++)
    count (ensure (self, storm_event_log_get_topic_id (self->log, row)),
           storm_event_log_get_flags (self->log, row));
}

guint
storm_topic_rates_get_n (StormTopicRates *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->all->len;
}

StormTopicRate *
storm_topic_rates_get (StormTopicRates *self,
                       guint            i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->all->len, NULL);

  return g_ptr_array_index (self->all, i);
}

const char *
storm_topic_rates_get_connection (StormTopicRates      *self,
                                  const StormTopicRate *rate)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (rate != NULL, NULL);

  return rate->topic == NULL ? NULL
    : storm_strings_get_connection_name (storm_event_log_get_strings (self->log), rate->topic_id);
}

void
storm_topic_rate_fill (const StormTopicRate *self,
                       gint64                now,
                       guint32              *counts)
{
  gint64 end = now / G_USEC_PER_SEC;

  g_return_if_fail (self != NULL);
  g_return_if_fail (counts != NULL);

  for (int i = 0; i < STORM_RATE_SECONDS; i++)
    {
      gint64 second = end - STORM_RATE_SECONDS + 1 + i;
      gboolean known = second >= 0 && second <= self->second &&
                       second > self->second - STORM_RATE_SECONDS;

      counts[i] = known ? self->seconds[second % STORM_RATE_SECONDS] : 0;
    }
}

double
storm_topic_rate_get (const StormTopicRate *self,
                      gint64                now)
{
  guint32 counts[STORM_RATE_SECONDS];
  guint64 sum = 0;

  g_return_val_if_fail (self != NULL, 0);

  storm_topic_rate_fill (self, now, counts);
  for (int i = 0; i < RATE_OVER; i++)
    sum += counts[STORM_RATE_SECONDS - 2 - i];
  return (double) sum / RATE_OVER;
}
