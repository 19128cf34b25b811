#pragma once

#include "storm-mapping-private.h"

G_BEGIN_DECLS

/* Reading one record with a mapping, shared by five .c files: storm-mapping-read.c scans the
 * payload and goes through the lists; storm-mapping-find.c says what one entry of a list gives;
 * storm-mapping-time.c makes a time of it; storm-mapping-failed.c asks whether it failed;
 * storm-mapping-probe.c asks every entry, to tell people what is wrong with it. */

typedef struct
{
  StormMapping      *mapping;
  const StormRecord *record;
  StormReading      *reading;
  StormJsonValue    *values;
} StormReader;

/* What an entry gave; without a text there is nothing, or something that is not a text. */
typedef struct
{
  const char           *text;
  gsize                 len;
  const guint8         *bytes;   /* of a header or key as they came */
  gsize                 n_bytes;
  const StormJsonValue *json;
} StormFound;

/* What needs no closer look: most entries of a mapping are absent from a record. */
static inline gboolean
storm_reader_is_absent (StormReader      *reader,
                        const StormEntry *entry)
{
  return (entry->kind == STORM_ENTRY_HEADER && reader->record->n_headers == 0)
         || (entry->kind == STORM_ENTRY_JSON
             && reader->values[entry->slot].type == STORM_JSON_MISSING);
}

/* Room in the buffer that nothing else uses; what was borrowed before stays where it is. */
char     *storm_reading_take_room (StormReading         *reading,
                                   gsize                 len);

/* Whether there are bytes that people can read: UTF-8 without control characters. */
gboolean  storm_bytes_are_text    (const guint8         *bytes,
                                   gsize                 len);
/* The number that 1 to 8 bytes are, the most significant first. */
gint64    storm_bytes_get_number  (const guint8         *bytes,
                                   gsize                 len);

/* storm_reader_scan: finds what all pointers of the mapping point at; @values has room for them. */
void      storm_reader_scan       (StormReader          *reader);
void      storm_reader_find       (StormReader          *reader,
                                   const StormEntry     *entry,
                                   StormFound           *found);
/* storm_reader_read_time: fills in the time with @list, or with the broker's. */
void      storm_reader_read_time  (StormReader          *reader,
                                   const StormEntryList *list,
                                   gboolean              per_type);
/* storm_reader_read_failed: fills in what says that the event failed, by the rules in @list. */
void      storm_reader_read_failed (StormReader          *reader,
                                    const StormEntryList *list,
                                    gboolean              per_type);

G_END_DECLS
