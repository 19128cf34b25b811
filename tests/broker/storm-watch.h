#pragma once

/* A source on a broker, and what it delivers. Header only. */

#include "storm-kafka-source.h"
#include "storm-mock.h"
#include "storm-sink.h"

typedef struct
{
  StormSource *source;
  StormSink    sink;
} Watch;

/* Not started yet; more properties of the connection follow @start, up to %NULL. */
static inline void G_GNUC_NULL_TERMINATED
watch_init (Watch      *watch,
            const char *servers,
            const char *topic,
            StormStart  start,
            ...)
{
  g_autoptr (StormConnection) connection = connect_to (servers, topic, start);
  const char *name;
  va_list args;

  va_start (args, start);
  name = va_arg (args, const char *);
  if (name != NULL)
    g_object_set_valist (G_OBJECT (connection), name, args);
  va_end (args);
  watch->source = storm_kafka_source_new (connection, NULL);
  storm_sink_init (&watch->sink);
}

static inline void
watch_start (Watch *watch)
{
  storm_sink_start (&watch->sink, watch->source);
}

/* When the source was stopped, or is at its end. */
static inline void
watch_clear (Watch *watch)
{
  storm_sink_clear (&watch->sink);
  g_clear_object (&watch->source);
}

#define watch_wait(watch, condition) storm_sink_wait (&(watch)->sink, condition)

#define watch_wait_state(watch, state) \
  watch_wait (watch, storm_source_get_state ((watch)->source) == (state))
