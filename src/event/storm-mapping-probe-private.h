#pragma once

#include "storm-mapping-private.h"

G_BEGIN_DECLS

/* StormEntryState: what an entry of a mapping points at in one record. */
typedef enum
{
  STORM_ENTRY_MISSING,
  STORM_ENTRY_TEXT,        /* something that can be used */
  STORM_ENTRY_OBJECT,
  STORM_ENTRY_LIST,
  STORM_ENTRY_NULL,
  STORM_ENTRY_EMPTY,
  STORM_ENTRY_TOO_LONG,
  STORM_ENTRY_BYTES,       /* a header or key that is neither text nor a number */
  STORM_ENTRY_N_STATES
} StormEntryState;

/* Called for each entry that is asked: in the order of the lists, and, but for what says that it
 * failed, none behind the first that has a text. @list: the one that holds for the record's
 * type. */
typedef void (*StormProbeFunc) (StormMappingField     field,
                                const StormEntryList *list,
                                guint                 entry,
                                StormEntryState       state,
                                gpointer              user_data);

/* storm_mapping_probe: asks all entries that hold for @record, of the type that is called @type.
 * Overwrites @reading. */
void storm_mapping_probe (StormMapping      *self,
                          const StormRecord *record,
                          const char        *type,
                          StormReading      *reading,
                          StormProbeFunc     func,
                          gpointer           user_data);

G_END_DECLS
