#pragma once

#include <gio/gio.h>

#include "storm-context.h"
#include "storm-flow.h"
#include "storm-sticky.h"

G_BEGIN_DECLS

#define STORM_TYPE_BOARD (storm_board_get_type ())

/**
 * StormBoard:
 *
 * The board: stickies, flows and bounded contexts, as list models. Read-only for all but a
 * #StormChange; edits go through #StormHistory. Main thread only.
 *
 * Signal `updated` (StormBoardDelta *delta): once a change, also while a gesture is still open,
 * when all of it is done.
 *
 * GObject properties `title` and `mapping` notify; so do those of the objects.
 */
G_DECLARE_FINAL_TYPE (StormBoard, storm_board, STORM, BOARD, GObject)

/** StormObjectChange: an object that has other values than before, and of which #StormProp. */
typedef struct
{
  StormObject *object;
  StormProp    props;
} StormObjectChange;

/**
 * StormBoardDelta:
 * @removed: of StormObject: their getters still answer
 * @added: of StormObject
 * @changed: of #StormObjectChange, each object once
 * @n_listed: of each #StormObjectType, how many came or went
 * @props: of each #StormObjectType, all that changed in any of @changed
 *
 * What one change did to the objects of a board; valid while it is told.
 */
typedef struct
{
  GPtrArray *removed;
  GPtrArray *added;
  GArray    *changed;
  guint      n_listed[STORM_OBJECT_CONTEXT + 1];
  StormProp  props[STORM_OBJECT_CONTEXT + 1];
} StormBoardDelta;

/** storm_board_delta_touches: whether objects of @type came, went, or have other @props. */
static inline gboolean
storm_board_delta_touches (const StormBoardDelta *delta,
                           StormObjectType        type,
                           StormProp              props)
{
  return delta->n_listed[type] > 0 || (delta->props[type] & props) != 0;
}

/** STORM_BOARD_MAX_OBJECTS: the most stickies, flows or contexts of a board, each. */
#define STORM_BOARD_MAX_OBJECTS 1000000
/** STORM_TITLE_MAX_BYTES: the longest title or label; a longer one from outside is refused. */
#define STORM_TITLE_MAX_BYTES (64 * 1024)
/** STORM_TEXT_MAX_BYTES: the longest description, mapping, or unknown members of one object. */
#define STORM_TEXT_MAX_BYTES (1024 * 1024)

StormBoard   *storm_board_new             (void);

const char   *storm_board_get_title       (StormBoard *self);
/**
 * storm_board_get_mapping:
 *
 * Returns: (nullable) (transfer none): the mapping profile as the JSON of the text form (an
 *   object); the model doesn't read it, storm_mapping_new_from_json() does
 */
const char   *storm_board_get_mapping     (StormBoard *self);
/** storm_board_get_extra: (nullable): unknown top-level members of the text form, a JSON object. */
const char   *storm_board_get_extra       (StormBoard *self);

/* (transfer none): live models of StormSticky, StormFlow, StormContext, in order of creation. */
GListModel   *storm_board_get_stickies    (StormBoard *self);
GListModel   *storm_board_get_flows       (StormBoard *self);
GListModel   *storm_board_get_contexts    (StormBoard *self);

/* Lookups by id, O(1); (nullable) (transfer none). */
StormObject  *storm_board_lookup          (StormBoard *self,
                                           const char *id);
StormSticky  *storm_board_lookup_sticky   (StormBoard *self,
                                           const char *id);
StormFlow    *storm_board_lookup_flow     (StormBoard *self,
                                           const char *id);
StormContext *storm_board_lookup_context  (StormBoard *self,
                                           const char *id);

/**
 * storm_board_get_flows_of:
 *
 * Returns: (transfer none) (element-type StormFlow): the flows that begin or end at @sticky, O(1);
 *   valid until the next change
 */
GPtrArray    *storm_board_get_flows_of    (StormBoard  *self,
                                           StormSticky *sticky);

/** storm_board_get_flows_at: the same for whatever a flow can begin or end at: stickies and
 * contexts; an empty array for others. */
GPtrArray    *storm_board_get_flows_at    (StormBoard  *self,
                                           StormObject *end);

/**
 * storm_board_context_at:
 * @rect: where a sticky lies
 *
 * Returns: (nullable) (transfer none): of the contexts that are seen the smallest in which the
 *   centre of @rect lies; of equal ones the upper
 */
StormContext *storm_board_context_at      (StormBoard      *self,
                                           const StormRect *rect);

/** storm_board_get_bounds: around everything that is seen; %FALSE on an empty board. */
gboolean      storm_board_get_bounds      (StormBoard *self,
                                           StormRect  *out);

/** storm_board_get_top_z, _bottom_z: the highest and lowest z of the stickies, 0 without any. */
gint64        storm_board_get_top_z       (StormBoard *self);
gint64        storm_board_get_bottom_z    (StormBoard *self);

G_END_DECLS
