#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "storm-event-log.h"

/* The way of 1M events of about 320 bytes over 3 partitions, without a broker: mapping, batch, log.
 * The payloads leave the memory as if a capture had them. */

#define N_EVENTS   1000000
#define BATCH_SIZE 5000

static gsize
read_rss (void)
{
  g_autofree char *text = NULL;
  unsigned long size, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%lu %lu", &size, &resident);

  return resident * (gsize) sysconf (_SC_PAGESIZE);
}

static gboolean
read_nothing (guint32          row,
              StormRecordView *view,
              gpointer         user_data)
{
  return FALSE;
}

static gsize
make_payload (char  *out,
              gsize  size,
              guint  i)
{
  static const char *types[] = { "OrderPlaced", "OrderAccepted", "CookStarted", "CookFinished" };
  guint order = i / 4;

  return (gsize) g_snprintf (
    out, size,
    "{\"eventType\":\"%s\",\"eventId\":\"5f1d1c3e-0000-4000-8000-%012u\",\"timestamp\":%u%03u,"
    "\"%s\":\"order-%07u\",\"store\":{\"id\":%u,\"name\":\"Storm \\\"1\\\"\",\"city\":\"Seoul\"},"
    "\"items\":[{\"menu\":\"Americano\",\"qty\":2,\"price\":4500},{\"menu\":\"Latte\",\"qty\":1,"
    "\"price\":5.25}],\"address\":\"Teheran-ro 12, Gangnam-gu\",\"paid\":true,\"note\":null}",
    types[i % 4], i, 1795257600 + i / 1000, i % 1000, i % 4 == 0 ? "id" : "orderId", order, i % 50);
}

int
main (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (
    "{\"type\":[\"json:/eventType\"],\"id\":[\"json:/eventId\"],\"time\":[\"json:/timestamp\"],"
    "\"correlation\":[\"json:/orderId\"],"
    "\"perType\":{\"OrderPlaced\":{\"correlation\":[\"json:/id\"]}}}", NULL);
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  g_autoptr (StormEventLog) log = storm_event_log_new (strings);
  gsize before = read_rss ();
  gsize payload_bytes = 0, after;
  gint64 in_builder = 0, in_log = 0;
  char payload[1024];

  storm_event_log_set_reader (log, read_nothing, NULL, NULL);
  for (guint i = 0; i < N_EVENTS; i += BATCH_SIZE)
    {
      static char texts[BATCH_SIZE][400];
      static gsize lens[BATCH_SIZE];
      g_autoptr (StormBatch) batch = NULL;
      gint64 start;

      for (guint j = 0; j < BATCH_SIZE; j++)
        {
          lens[j] = make_payload (payload, sizeof payload, i + j);
          g_assert (lens[j] < sizeof texts[j]);
          memcpy (texts[j], payload, lens[j]);
          payload_bytes += lens[j];
        }

      start = g_get_monotonic_time ();
      for (guint j = 0; j < BATCH_SIZE; j++)
        {
          StormRecord record = { "shop", };

          record.partition = (gint32) ((i + j) % 3);
          record.offset = (i + j) / 3;
          record.broker_time = (1795257600 + (i + j) / 1000) * STORM_TIME_SECOND;
          record.payload = (const guint8 *) texts[j];
          record.payload_len = lens[j];
          storm_batch_builder_add (builder, &record);
        }
      batch = storm_batch_builder_take (builder);
      in_builder += g_get_monotonic_time () - start;

      start = g_get_monotonic_time ();
      storm_event_log_append (log, batch);
      storm_event_log_set_spooled (log, storm_event_log_get_n (log));
      in_log += g_get_monotonic_time () - start;
    }
  after = read_rss ();

  g_print ("payload: %.0f bytes/event\n", (double) payload_bytes / N_EVENTS);
  g_print ("mapping and batch: %.0f ns/event\n", in_builder * 1000.0 / N_EVENTS);
  g_print ("log: %.0f ns/event\n", in_log * 1000.0 / N_EVENTS);
  g_print ("together: %.0f events/s (budget 794000)\n", N_EVENTS * 1e6 / (in_builder + in_log));
  g_print ("memory of strings: %.1f bytes/event\n",
           (double) storm_strings_get_bytes (strings) / N_EVENTS);
  storm_event_log_set_budget (log, 0);
  g_print ("memory of the log's columns: %.1f bytes/event (budget 60)\n",
           (double) storm_event_log_get_bytes (log) / N_EVENTS);
  g_print ("resident: %.0f MB more than before (budget 100)\n", (double) (after - before) / 1e6);

  return storm_event_log_get_n (log) == N_EVENTS ? 0 : 1;
}
