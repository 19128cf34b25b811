#pragma once

#include "storm-overlay.h"

G_BEGIN_DECLS

/** StormOverlayMarks: what else is to be said of a sticky, beside its numbers. */
typedef enum
{
  STORM_MARK_NONE = 0,
  STORM_MARK_FIELDS = 1 << 0,   /* its events have other fields than it says */
} StormOverlayMarks;

/** storm_overlay_get_marks: those of its events are left out where nothing is shown of them. */
StormOverlayMarks storm_overlay_get_marks       (StormOverlay *self,
                                                 const char   *sticky_id);
/**
 * storm_overlay_set_field_marks:
 * @ids: (element-type utf8): of the stickies whose events have other fields
 *
 * For whoever compares them (#StormFieldDrift). Emits `changed` when the set is another.
 */
void              storm_overlay_set_field_marks (StormOverlay *self,
                                                 GPtrArray    *ids);

G_END_DECLS
