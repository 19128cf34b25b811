#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

/** STORM_NO_PRODUCER: there are too many, or the record is not kept any more. */
#define STORM_NO_PRODUCER G_MAXUINT

/**
 * StormProducers:
 *
 * Which program an event is from: what its record names as its source (`ce_source` and the like),
 * else its topic. Events of one type in one topic are taken to be from one producer, so that only
 * one record of each is read. At most %STORM_SKEW_MAX_PRODUCERS.
 */
typedef struct _StormProducers StormProducers;

StormProducers *storm_producers_new      (StormEventLog  *log);
void            storm_producers_free     (StormProducers *self);
/** storm_producers_clear: after the log was cleared. */
void            storm_producers_clear    (StormProducers *self);
/** storm_producers_find: the number of the producer of @row, or %STORM_NO_PRODUCER. */
guint           storm_producers_find     (StormProducers *self,
                                          guint32         row);
guint           storm_producers_get_n    (StormProducers *self);
const char     *storm_producers_get_name (StormProducers *self,
                                          guint           producer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormProducers, storm_producers_free)

G_END_DECLS
