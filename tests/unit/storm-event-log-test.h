#pragma once

/* An event log and a builder of batches for it, and what the log has told. */

#include "storm-event-log.h"
#include "storm-event-test.h"

#define MS STORM_TIME_MILLISECOND
#define T0 G_GINT64_CONSTANT (1795257600000000000)

static const char mapping_json[] =
  "{\"type\":[\"json:/eventType\"],\"id\":[\"json:/eid\"],\"time\":[\"json:/timestamp\"],"
  "\"correlation\":[\"json:/orderId\"],"
  "\"perType\":{\"OrderPlaced\":{\"correlation\":[\"json:/id\"]}}}";

typedef struct
{
  StormStrings      *strings;
  StormMapping      *mapping;
  StormBatchBuilder *builder;
  StormEventLog     *log;
  guint              n_appended;
  guint              n_cleared;
  guint              n_remapped;
} Fixture;

static inline void
on_appended (StormEventLog *log,
             guint          first,
             guint          n,
             Fixture       *fixture)
{
  g_assert_cmpuint (first + n, ==, storm_event_log_get_n (log));
  fixture->n_appended += n;
}

static inline void
count (StormEventLog *log,
       guint         *n)
{
  (*n)++;
}

static inline void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->strings = storm_strings_new ();
  fixture->mapping = storm_mapping_new_from_json (mapping_json, NULL);
  fixture->builder = storm_batch_builder_new (fixture->strings, fixture->mapping);
  fixture->log = storm_event_log_new (fixture->strings);
  g_signal_connect (fixture->log, "appended", G_CALLBACK (on_appended), fixture);
  g_signal_connect (fixture->log, "cleared", G_CALLBACK (count), &fixture->n_cleared);
  g_signal_connect (fixture->log, "remapped", G_CALLBACK (count), &fixture->n_remapped);
}

static inline void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->log);
  storm_batch_builder_free (fixture->builder);
  storm_mapping_unref (fixture->mapping);
  storm_strings_unref (fixture->strings);
}

static inline void
add (Fixture    *fixture,
     const char *topic,
     gint32      partition,
     gint64      offset,
     StormTime   broker_time,
     const char *payload)
{
  TestRecord record;

  test_record_init (&record, payload);
  record.record.topic = topic;
  record.record.partition = partition;
  record.record.offset = offset;
  record.record.broker_time = broker_time;
  storm_batch_builder_add (fixture->builder, &record.record);
}

static inline void
flush (Fixture *fixture)
{
  g_autoptr (StormBatch) batch = storm_batch_builder_take (fixture->builder);

  g_assert_nonnull (batch);
  storm_event_log_append (fixture->log, batch);
}
