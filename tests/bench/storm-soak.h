#pragma once

/* What a long run of the window is judged by: every event that the broker gave is in the log once,
 * in its place, or told as a gap; and the memory is bounded. Header only. */

#include <stdio.h>

#include "storm-event-log.h"

/* Generous: an event takes about 60 bytes in the log and its trace; this is for what leaks. */
#define STORM_SOAK_BYTES_PER_EVENT 400
#define STORM_SOAK_BYTES (400u << 20)

typedef struct
{
  guint32 topic;
  gint32  partition;
  gint64  next;
} StormSoakStream;

static inline StormSoakStream *
storm_soak_stream (GArray  *streams,
                   guint32  topic,
                   gint32   partition)
{
  StormSoakStream fresh = { topic, partition, -1 };

  for (guint i = 0; i < streams->len; i++)
    {
      StormSoakStream *stream = &g_array_index (streams, StormSoakStream, i);

      if (stream->topic == topic && stream->partition == partition)
        return stream;
    }
  g_array_append_val (streams, fresh);
  return &g_array_index (streams, StormSoakStream, streams->len - 1);
}

/* Prints what is wrong; FALSE when something is. */
static inline gboolean
storm_soak_check_log (StormEventLog *log)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (StormSoakStream));
  guint32 n = storm_event_log_get_n (log);
  guint n_gaps, gap = 0, n_wrong = 0;
  const StormEventGap *gaps = storm_event_log_get_gaps (log, &n_gaps);
  guint64 n_missing = 0;

  for (guint32 row = 0; row < n; row++)
    {
      gint64 offset = storm_event_log_get_offset (log, row);
      StormSoakStream *stream;

      for (; gap < n_gaps && gaps[gap].row <= row; gap++)
        {
          stream = storm_soak_stream (streams, gaps[gap].topic, gaps[gap].partition);
          stream->next = gaps[gap].to;
          n_missing += gaps[gap].to - gaps[gap].from;
        }
      stream = storm_soak_stream (streams, storm_event_log_get_topic_id (log, row),
                                  storm_event_log_get_partition (log, row));
      if (stream->next >= 0 && offset != stream->next && n_wrong++ < 10)
        printf ("WRONG: partition %d has %" G_GINT64_FORMAT " where %" G_GINT64_FORMAT " comes\n",
                stream->partition, offset, stream->next);
      stream->next = offset + 1;
    }
  printf ("checked: %u events in %u partitions, %" G_GUINT64_FORMAT " gone and told, %u out of "
          "place\n", n, streams->len, n_missing, n_wrong);
  return n > 0 && n_wrong == 0;
}

static inline gboolean
storm_soak_check_memory (double  start_mb,
                         double  end_mb,
                         guint64 n_events)
{
  double limit = (STORM_SOAK_BYTES + (double) STORM_SOAK_BYTES_PER_EVENT * n_events) / 1e6;

  printf ("memory grew by %.0f MB (limit %.0f MB)\n", end_mb - start_mb, limit);
  return end_mb - start_mb < limit;
}
