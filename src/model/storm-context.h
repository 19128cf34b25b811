#pragma once

#include "storm-object.h"

G_BEGIN_DECLS

#define STORM_TYPE_CONTEXT (storm_context_get_type ())

/**
 * StormContext:
 *
 * A bounded context: a frame on the board that carries the stickies that lie in it.
 */
G_DECLARE_FINAL_TYPE (StormContext, storm_context, STORM, CONTEXT, StormObject)

#define STORM_CONTEXT_MIN_SIZE 80.0

const char      *storm_context_get_title (StormContext *self);
const StormRect *storm_context_get_rect  (StormContext *self);
/** storm_context_get_z: contexts lie below all stickies; among themselves by this. */
gint64           storm_context_get_z     (StormContext *self);

G_END_DECLS
