#pragma once

#include "storm-overlay.h"

G_BEGIN_DECLS

/**
 * StormOverlayEntry:
 * @badges: (nullable): of #StormBadge; what @shown points to
 * @stats: (nullable): of #StormTypeStat, without a key: the types that belong to the sticky
 */
typedef struct
{
  StormOverlaySticky shown;
  GArray            *badges;
  GPtrArray         *stats;
} StormOverlayEntry;

/**
 * StormOverlayTable:
 * @entries: sticky id → #StormOverlayEntry
 * @lit_flows: a set of ids
 *
 * All that the overlay shows at one time.
 */
typedef struct
{
  GHashTable *entries;
  GHashTable *lit_flows;
} StormOverlayTable;

StormOverlayTable *storm_overlay_table_new     (void);
void               storm_overlay_table_free    (StormOverlayTable *self);
/** storm_overlay_table_ensure: (transfer none): the entry of a sticky, made when there is none. */
StormOverlayEntry *storm_overlay_table_ensure  (StormOverlayTable *self,
                                                const char        *id);
/** storm_overlay_table_compare: (transfer full) (element-type utf8): what looks different. */
GPtrArray         *storm_overlay_table_compare (StormOverlayTable *self,
                                                StormOverlayTable *before);

void               storm_overlay_entry_add_badge (StormOverlayEntry *entry,
                                                  const StormBadge  *badge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormOverlayTable, storm_overlay_table_free)

G_END_DECLS
