#pragma once

#include <json-glib/json-glib.h>

#include "storm-json-scan.h"
#include "storm-mapping.h"

G_BEGIN_DECLS

/** A type, an id or a key that is longer is not one; the event list and the index stay bounded. */
#define STORM_MAPPING_MAX_TEXT 4096
/** The most entries of one list, and the most event types with lists of their own. */
#define STORM_MAPPING_MAX_ENTRIES  64
#define STORM_MAPPING_MAX_PER_TYPE 4096

typedef enum
{
  STORM_ENTRY_HEADER,
  STORM_ENTRY_JSON,
  STORM_ENTRY_KEY,
  STORM_ENTRY_TOPIC,
  STORM_ENTRY_BROKER_TIME,
} StormEntryKind;

/* What a rule of the list "failed" asks of the value. */
typedef enum
{
  STORM_TEST_SAYS_SOMETHING,
  STORM_TEST_IS,
  STORM_TEST_IS_NOT,
} StormTest;

/* @name: of the header, or the pointer, inside the text of the entry, or inside @place. @slot: the
 * pointer's place among the values of a scan. @place: of a rule, what stands in front of its test;
 * @values: what it compares with. */
typedef struct
{
  StormEntryKind  kind;
  guint           slot;
  const char     *name;
  gsize           name_len;
  char           *place;
  StormTest       test;
  char          **values;
} StormEntry;

/* @texts is %NULL when there is no list. */
typedef struct
{
  char       **texts;
  StormEntry  *entries;
  guint        n;
} StormEntryList;

/* What one event type has of its own. */
typedef struct
{
  char           *name;     /* as it was written */
  char           *normal;
  StormEntryList  lists[STORM_MAPPING_N_FIELDS];
  JsonObject     *object;   /* where unknown members are kept, nullable */
} StormTypeRule;

struct _StormMapping
{
  gatomicrefcount   ref_count;
  guint64           serial;         /* never used twice, unlike an address */
  StormEntryList    lists[STORM_MAPPING_N_FIELDS];
  GPtrArray        *rules;          /* StormTypeRule */
  GHashTable       *by_normal;      /* normal name → StormTypeRule */
  char             *zone_name;
  GTimeZone        *zone;           /* nullable */
  JsonObject       *object;         /* nullable */

  /* All pointers of all lists, at most STORM_SCAN_MAX_POINTERS a set, so that nearly always one
   * scan finds everything. Slot 0 is the whole text. */
  StormScanSet    **sets;
  guint             n_sets;
  guint             n_slots;
};

extern const char * const storm_mapping_field_names[STORM_MAPPING_N_FIELDS];

/* storm_entry_parse_rule: fills in the place, test and values of @entry from a rule of "failed". */
gboolean storm_entry_parse_rule (StormEntry  *entry,
                                 const char  *text,
                                 GError     **error);

G_END_DECLS
