#pragma once

#include <gio/gio.h>

#include "storm-board.h"

G_BEGIN_DECLS

/** STORM_OUTLINE_MAX_DEPTH: contexts that lie deeper stand as deep as this. */
#define STORM_OUTLINE_MAX_DEPTH 12

#define STORM_TYPE_OUTLINE_MODEL (storm_outline_model_get_type ())

/**
 * StormOutlineModel:
 *
 * A board as a list to read: for each bounded context the #StormContext and then its #StormSticky
 * objects by kind and title, right behind the contexts that lie in it, at the end a
 * #GtkStringObject and what lies in no context. Follows the board; only what moved is taken out and
 * put in, once for any number of changes.
 */
G_DECLARE_FINAL_TYPE (StormOutlineModel, storm_outline_model, STORM, OUTLINE_MODEL, GObject)

StormOutlineModel *storm_outline_model_new        (StormBoard        *board);
/** storm_outline_model_set_filter: @text: (nullable): only stickies whose title or kind has it. */
void               storm_outline_model_set_filter (StormOutlineModel *self,
                                                   const char        *text);
/** storm_outline_model_update: does now what is waiting for an idle moment. */
void               storm_outline_model_update     (StormOutlineModel *self);
/** storm_outline_model_get_depth: in how many contexts @object lies. */
guint              storm_outline_model_get_depth  (StormOutlineModel *self,
                                                   StormObject       *object);
/** storm_outline_model_find: the row of the object with @id, or %G_MAXUINT. */
guint              storm_outline_model_find       (StormOutlineModel *self,
                                                   const char        *id);

G_END_DECLS
