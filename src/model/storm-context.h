#pragma once

#include "storm-object.h"

G_BEGIN_DECLS

#define STORM_TYPE_CONTEXT (storm_context_get_type ())

/**
 * StormContextKind:
 * @STORM_CONTEXT_BOUNDED: a bounded context
 * @STORM_CONTEXT_SWIMLANE: a lane across the board, of a team or a role
 */
typedef enum
{
  STORM_CONTEXT_BOUNDED,
  STORM_CONTEXT_SWIMLANE,
} StormContextKind;

#define STORM_TYPE_CONTEXT_KIND (storm_context_kind_get_type ())
GType       storm_context_kind_get_type  (void);
/** The words of the text form: "swimlane"; %NULL for a bounded context. */
const char *storm_context_kind_nick      (StormContextKind  kind);
gboolean    storm_context_kind_from_nick (const char       *nick,
                                          StormContextKind *out);

/**
 * StormContext:
 *
 * A bounded context or a swimlane: a frame on the board that carries the stickies that lie in it.
 */
G_DECLARE_FINAL_TYPE (StormContext, storm_context, STORM, CONTEXT, StormObject)

#define STORM_CONTEXT_MIN_SIZE 80.0

const char      *storm_context_get_title (StormContext *self);
const StormRect *storm_context_get_rect  (StormContext *self);
/** storm_context_get_z: contexts lie below all stickies; among themselves by this. */
gint64           storm_context_get_z     (StormContext *self);
StormContextKind storm_context_get_kind  (StormContext *self);
/** storm_context_get_parent: (nullable): id of the context around it; never in a circle. */
const char      *storm_context_get_parent    (StormContext *self);
/** storm_context_get_locked: the edits of storm-edit.h leave it as it is. */
gboolean         storm_context_get_locked    (StormContext *self);
/** storm_context_get_collapsed: shown as a card in the place of what lies in it. */
gboolean         storm_context_get_collapsed (StormContext *self);

G_END_DECLS
