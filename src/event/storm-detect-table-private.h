#pragma once

#include "storm-detect-private.h"

G_BEGIN_DECLS

/* The values that one field has in the events of one type. */
typedef struct
{
  GHashTable *values;    /* text → how often */
  guint       n;
} StormDetectCell;

typedef struct
{
  GPtrArray  *types;     /* names */
  GHashTable *type_ids;
  GPtrArray  *fields;    /* entries */
  GHashTable *field_ids;
  GPtrArray  *cells;     /* for each field a GPtrArray of cells by type, may hold NULL */
  GHashTable *taken;     /* entries that are type, id or time already */
  guint       type;      /* of the sample that is being looked at */
  guint       n;
} StormDetectTable;

void             storm_detect_table_init  (StormDetectTable  *table,
                                           StormMapping      *mapping);
void             storm_detect_table_clear (StormDetectTable  *table);
void             storm_detect_table_add   (StormDetectTable  *table,
                                           StormMapping      *mapping,
                                           const StormRecord *record,
                                           StormReading      *reading);
/* storm_detect_table_get: (nullable): what @field holds in events of @type. */
StormDetectCell *storm_detect_table_get   (StormDetectTable  *table,
                                           guint              field,
                                           guint              type);
/* storm_detect_parse_payload: (transfer full) (nullable): the payload as an object: framed, with a
 * byte order mark, or as a string that holds JSON. */
JsonNode        *storm_detect_parse_payload (const StormRecord *record);

G_END_DECLS
