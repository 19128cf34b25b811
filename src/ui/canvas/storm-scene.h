#pragma once

#include "storm-board.h"
#include "storm-fold.h"
#include "storm-grid.h"
#include "storm-route-find.h"

G_BEGIN_DECLS

/**
 * StormItem:
 * @object: what it stands for
 * @rect: what it covers: of a flow, its runs
 * @z: of stickies and contexts
 * @order: of equal @z the later added lies above
 * @rank: of contexts, before @z: those in others lie above them
 * @hidden: a card is seen in its place; it is in no answer of storm_scene_collect()
 * @card: (nullable): of a context that is collapsed, what it stands for
 * @card_slot: of a card, slot among those that flows go around, plus one
 * @pivotal: of events, it has a line
 * @kind: of stickies
 * @route: of flows
 * @from: of flows, the sticky or context that is seen at the beginning
 * @to: of flows, likewise at the end
 * @folded: of flows, an end is at a card
 * @n_merged: of flows, for how many it is drawn
 * @merged: (nullable): the others of these
 * @pair_place: of flows, the place among those between the same two
 * @n_pair: of flows, how many these are
 * @text_serial: another number whenever texts, kind or size changed
 * @place_serial: another number whenever the place changed too
 * @detour: of flows, slot among those that go around something, plus one; 0 for none
 * @stale: of flows, what it runs between or around has changed: place in the queue, plus one
 * @fresh: of flows, likewise since the last change was complete
 * @placed: it is in its grid, unless it is hidden
 * @paint: the painter's own, freed with the item
 *
 * An object of the board as the canvas sees it.
 */
typedef struct _StormItem StormItem;
struct _StormItem
{
  StormObject     *object;
  StormObjectType  type;
  StormKind        kind;
  StormRect        rect;
  gint64           z;
  guint            order;
  guint            rank;
  guint            slot;
  gboolean         hidden;
  gboolean         pivotal;
  const StormCard *card;
  guint            card_slot;
  StormRoute      *route;
  StormItem       *from;
  StormItem       *to;
  guint            pair_place;
  guint            n_pair;
  gboolean         folded;
  guint            n_merged;
  GPtrArray       *merged;
  guint            text_serial;
  guint            place_serial;
  guint            detour;
  guint            stale;
  guint            fresh;
  gboolean         placed;
  gpointer         paint;
};

#define STORM_TYPE_SCENE (storm_scene_get_type ())

/**
 * StormScene:
 *
 * The board arranged for painting and pointing: every object in a grid, flows with their routes. It
 * follows the board. Signals: `changed`, after any change of what is to be seen; `item-removed`
 * (StormItem *item), just before an item goes away. Knows no widget.
 */
G_DECLARE_FINAL_TYPE (StormScene, storm_scene, STORM, SCENE, GObject)

/** storm_scene_new: @paint_free: (nullable): for StormItem.paint. */
StormScene *storm_scene_new          (StormBoard      *board,
                                      GDestroyNotify   paint_free);
StormBoard *storm_scene_get_board    (StormScene      *self);
/** storm_scene_get_serial: another number after each change. */
guint       storm_scene_get_serial   (StormScene      *self);
/** storm_scene_get_fold_serial: another number after contexts were collapsed or expanded. */
guint       storm_scene_get_fold_serial (StormScene   *self);
/** storm_scene_get_pivotals: (transfer none) (element-type StormItem): with lines; also hidden
 * ones. */
GPtrArray  *storm_scene_get_pivotals (StormScene      *self);
StormItem  *storm_scene_lookup       (StormScene      *self,
                                      const char      *id);

/**
 * storm_scene_set_moving:
 *
 * While things are being moved, flows keep the shape they have as long as it will do, and when very
 * many follow at once they go straight through what is in their way. Afterwards each runs as it
 * would have if it had always been so.
 */
void        storm_scene_set_moving   (StormScene      *self,
                                      gboolean         moving);
/** storm_scene_find_route: how a flow from @from to @to would run. */
void        storm_scene_find_route   (StormScene      *self,
                                      const StormRect *from,
                                      const StormRect *to,
                                      StormRoute      *out);

/**
 * storm_scene_collect:
 * @type: stickies and contexts come from the lowest to the uppermost
 * @rect: (nullable): only what touches it
 *
 * Puts the items into @items (of StormItem *), which is emptied first.
 */
void        storm_scene_collect      (StormScene      *self,
                                      StormObjectType  type,
                                      const StormRect *rect,
                                      GPtrArray       *items);

/** storm_item_can_resize: a card has its size. */
static inline gboolean
storm_item_can_resize (const StormItem *item)
{
  return item->type != STORM_OBJECT_FLOW && item->card == NULL;
}

/** storm_scene_collect_things: stickies, and the cards of collapsed contexts. */
void        storm_scene_collect_things (StormScene    *self,
                                        const StormRect *rect,
                                        GPtrArray     *items);

/** storm_scene_compare_places: of two StormItem **, from above, and of one height from the left. */
int         storm_scene_compare_places (gconstpointer  a,
                                        gconstpointer  b);

static inline const char *
storm_item_get_id (StormItem *item)
{
  return storm_object_get_id (item->object);
}

G_END_DECLS
