#pragma once

#include "storm-batch.h"
#include "storm-byte-pool-private.h"

G_BEGIN_DECLS

/* From row @first_row on, rows were read with @mapping. */
typedef struct
{
  guint         first_row;
  StormMapping *mapping;
} StormBatchMapping;

struct _StormBatch
{
  gatomicrefcount    ref_count;
  StormStrings      *strings;
  StormEventRow     *rows;
  guint              n_rows;
  StormMark         *marks;
  guint              n_marks;
  GByteArray        *bytes;
  StormBytePool     *pool;        /* to which @bytes go back, nullable */
  StormBatchMapping *mappings;
  guint              n_mappings;
};

/* storm_batch_get_mapping: (transfer none): what @row was read with. */
StormMapping *storm_batch_get_mapping (StormBatch *self,
                                       guint       row);

/* storm_event_id_hash: for StormEventRow.id_hash: the same id of two types is two events, because
 * some producers write the id of the entity. Never 0. */
guint64       storm_event_id_hash     (const StormReading *reading);

/* storm_reading_get_flags: StormEventFlags that follow from what was read. */
guint16       storm_reading_get_flags (const StormReading *reading);

void          storm_record_pack       (GByteArray         *out,
                                       const StormRecord  *record);

G_END_DECLS
