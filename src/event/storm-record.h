#pragma once

#include <gio/gio.h>

#include "storm-time.h"

G_BEGIN_DECLS

/** StormHeader: one header of a record. @value is NULL for a null header; neither ends in nul. */
typedef struct
{
  const char   *name;
  gsize         name_len;
  const guint8 *value;
  gsize         value_len;
} StormHeader;

/**
 * StormRecord:
 * @connection: (nullable): the name of the connection that it came over, where there were several
 * @broker_time: the broker's or the producer's time stamp of the record, or %STORM_TIME_NONE
 * @key: (nullable): NULL for no key
 * @payload: (nullable): NULL for a tombstone; an empty payload has a length of 0
 * @gap_from: of a recording: the first offset that was missing in front of it
 * @gap_to: the one behind the last; the same as @gap_from where nothing was missing
 * @anew: of a recording: the partition was made anew in front of it
 *
 * A record as it came from outside, before anything was read from it. It borrows its bytes from
 * whoever made it, and is valid only during the call it is passed to.
 */
typedef struct
{
  const char        *connection;
  const char        *topic;
  gint32             partition;
  gint64             offset;
  StormTime          broker_time;
  const guint8      *key;
  gsize              key_len;
  const guint8      *payload;
  gsize              payload_len;
  const StormHeader *headers;
  guint              n_headers;
  gint64             gap_from;
  gint64             gap_to;
  gboolean           anew;
} StormRecord;

#define STORM_TYPE_RECORD_READER (storm_record_reader_get_type ())

/**
 * StormRecordReader:
 *
 * Where recorded records come from one after the other: a file of JSON lines, a recording that was
 * kept in a board. Used from one thread at a time, not necessarily the main one.
 */
G_DECLARE_INTERFACE (StormRecordReader, storm_record_reader, STORM, RECORD_READER, GObject)

struct _StormRecordReaderInterface
{
  GTypeInterface parent_iface;

  gboolean (*next)       (StormRecordReader  *self,
                          StormRecord        *record,
                          GCancellable       *cancellable,
                          GError            **error);
  gboolean (*rewind)     (StormRecordReader  *self,
                          GError            **error);
};

/**
 * storm_record_reader_next:
 * @record: (out): borrowed from @self, valid until the next call
 *
 * Returns: %TRUE with a record; %FALSE at the end (no error), or with an error that names the place
 */
gboolean storm_record_reader_next   (StormRecordReader  *self,
                                     StormRecord        *record,
                                     GCancellable       *cancellable,
                                     GError            **error);

/**
 * storm_record_reader_rewind:
 *
 * Back to the first record. %FALSE with %STORM_ERROR_UNSUPPORTED for what can be read only once,
 * such as standard input.
 */
gboolean storm_record_reader_rewind (StormRecordReader  *self,
                                     GError            **error);

G_END_DECLS
