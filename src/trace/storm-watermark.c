#include "config.h"

#include "storm-watermark.h"

typedef struct
{
  StormTime newest;      /* the newest event's time, STORM_TIME_NONE before the first */
  StormTime arrival;     /* the wall clock at the last event's arrival */
  guint     caught_up : 1;
  guint     ended : 1;
  guint     holds : 1;   /* as found by the last recount */
} Partition;

struct _StormWatermark
{
  gint64      lateness;
  GHashTable *partitions;   /* gint64 topic and partition → Partition */
  Partition  *last;         /* most events follow one of the same partition */
  guint64     last_key;
  StormTime   newest;
  StormTime   arrival;
  StormTime   mark;         /* what storm_watermark_get() gave last; never goes back */
  StormTime   counted_at;   /* the clock of the last recount */
  Partition  *lowest;       /* the partition that holds the mark back; NULL for none */
  gboolean    stale;        /* a recount is due whatever the clock says */
};

static guint64
make_key (guint32 topic,
          gint32  partition)
{
  return (guint64) topic << 32 | (guint32) partition;
}

static Partition *
find_partition (StormWatermark *self,
                guint32         topic,
                gint32          partition)
{
  guint64 key = make_key (topic, partition);
  Partition *found;

  if (self->last != NULL && self->last_key == key)
    return self->last;

  found = g_hash_table_lookup (self->partitions, &key);
  if (found == NULL)
    {
      found = g_new0 (Partition, 1);
      found->newest = STORM_TIME_NONE;
      found->arrival = STORM_TIME_NONE;
      g_hash_table_insert (self->partitions, g_memdup2 (&key, sizeof key), found);
      self->stale = TRUE;
    }
  self->last = found;
  self->last_key = key;
  return found;
}

static gboolean
holds_back (StormWatermark *self,
            Partition      *partition,
            StormTime       now)
{
  if (partition->ended)
    return FALSE;
  if (!partition->caught_up)
    return TRUE;
  if (partition->newest == STORM_TIME_NONE)
    return FALSE;
  /* A clock that was set back must not keep a partition busy for as long as it was wrong. */
  if (partition->arrival > now)
    partition->arrival = now;
  return now - partition->arrival <= self->lateness;
}

/* Finds the partition that holds the mark back, and whether all of them have ended. */
static gboolean
recount (StormWatermark *self,
         StormTime       now)
{
  GHashTableIter iter;
  gpointer value;
  gboolean all_ended = TRUE;

  self->lowest = NULL;
  g_hash_table_iter_init (&iter, self->partitions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Partition *partition = value;

      all_ended = all_ended && partition->ended;
      partition->holds = holds_back (self, partition, now);
      if (partition->holds &&
          (self->lowest == NULL || partition->newest < self->lowest->newest))
        self->lowest = partition;
    }
  self->counted_at = now;
  self->stale = FALSE;
  return all_ended;
}

static StormTime
compute (StormWatermark *self,
         StormTime       now)
{
  gboolean all_ended = recount (self, now);

  if (self->newest == STORM_TIME_NONE)
    return STORM_TIME_NONE;
  if (self->lowest != NULL)
    return self->lowest->newest == STORM_TIME_NONE ? STORM_TIME_NONE
                                                   : self->lowest->newest - self->lateness;
  if (self->arrival > now)
    self->arrival = now;
  /* One nanosecond above the newest event, so that this one lies below as well. */
  if (all_ended || now - self->arrival > self->lateness)
    return self->newest + 1;
  return self->newest - self->lateness;
}

/* How far the mark got does not depend on when it is read: what the events so far have settled
 * stays settled when a partition begins to hold the mark back. */
static void
advance (StormWatermark *self)
{
  if (self->stale)
    storm_watermark_get (self, self->counted_at);
}

StormWatermark *
storm_watermark_new (gint64 lateness)
{
  StormWatermark *self;

  g_return_val_if_fail (lateness >= 0, NULL);

  self = g_new0 (StormWatermark, 1);
  self->lateness = lateness;
  self->partitions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->newest = STORM_TIME_NONE;
  self->arrival = STORM_TIME_NONE;
  self->mark = STORM_TIME_NONE;
  self->stale = TRUE;
  return self;
}

void
storm_watermark_free (StormWatermark *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->partitions);
  g_free (self);
}

gboolean
storm_watermark_assigned (StormWatermark *self,
                          guint32         topic,
                          gint32          partition)
{
  Partition *found;
  gboolean changed;

  g_return_val_if_fail (self != NULL, FALSE);

  advance (self);
  changed = !g_hash_table_contains (self->partitions, &(guint64) { make_key (topic, partition) });
  found = find_partition (self, topic, partition);
  changed = changed || found->caught_up || found->ended;
  found->caught_up = FALSE;
  found->ended = FALSE;
  self->stale = self->stale || changed;
  return changed;
}

gboolean
storm_watermark_caught_up (StormWatermark *self,
                           guint32         topic,
                           gint32          partition)
{
  Partition *found;

  g_return_val_if_fail (self != NULL, FALSE);

  advance (self);
  found = find_partition (self, topic, partition);
  if (found->caught_up)
    return FALSE;
  found->caught_up = TRUE;
  self->stale = TRUE;
  return TRUE;
}

gboolean
storm_watermark_ended (StormWatermark *self,
                       guint32         topic,
                       gint32          partition)
{
  Partition *found;

  g_return_val_if_fail (self != NULL, FALSE);

  advance (self);
  found = find_partition (self, topic, partition);
  if (found->ended)
    return FALSE;
  found->ended = TRUE;
  self->stale = TRUE;
  return TRUE;
}

gboolean
storm_watermark_event (StormWatermark *self,
                       guint32         topic,
                       gint32          partition,
                       StormTime       time,
                       StormTime       now)
{
  Partition *found;
  gboolean late;

  g_return_val_if_fail (self != NULL, FALSE);

  /* An event that nobody gave a time can neither be late nor tell how far the others are. */
  if (time == STORM_TIME_NONE)
    return FALSE;

  late = time < storm_watermark_get (self, now);
  found = find_partition (self, topic, partition);

  found->arrival = now;
  self->arrival = now;
  self->newest = MAX (self->newest, time);
  if (!found->holds || self->lowest == NULL || (found == self->lowest && time > found->newest))
    self->stale = TRUE;
  found->newest = MAX (found->newest, time);
  return late;
}

StormTime
storm_watermark_get (StormWatermark *self,
                     StormTime       now)
{
  g_return_val_if_fail (self != NULL, STORM_TIME_NONE);

  if (self->stale || now != self->counted_at)
    self->mark = MAX (self->mark, compute (self, now));
  return self->mark;
}
