#pragma once

#include "storm-scene.h"

G_BEGIN_DECLS

struct _StormScene
{
  GObject         parent_instance;

  StormBoard     *board;
  GDestroyNotify  paint_free;
  GHashTable     *items;          /* object → StormItem, owned */
  StormGrid      *grids[3];       /* stickies, flows, contexts */
  GPtrArray      *sorted[3];      /* the same, all of them from below; %NULL when out of date */
  guint           serial;
  gboolean        touched;        /* in the update that is being told */
  guint           last_order;
  gboolean        pairs_stale;    /* flows got other ends: who runs beside whom is not known */
  StormGrid      *cards;          /* of collapsed contexts: flows go around them */
  StormGrid      *detours;        /* reach of the flows that go around something → StormItem */
  GPtrArray      *stale;          /* flows to find new routes for, when the change is complete */
  GPtrArray      *fresh;          /* those of them that the change being told has made so */
  guint           refine_id;      /* an idle source while there are too many of them for one go */
  gint64          refined;        /* when it told of new routes last, monotonic µs */
  guint           n_moved;        /* stickies, in the update that is being told */
  guint           n_stirred;      /* that came or went in it */
  StormRect       stirred;        /* around all those above MANY_STICKIES */
  gboolean        moving;
  GHashTable     *kept;           /* flows that keep a shape, or go straight through, for now */
  gboolean        all_kept;       /* that is any flow of the board */
  StormFold      *fold;           /* %NULL when nothing is collapsed */
  gboolean        fold_stale;
  guint           fold_serial;
  GPtrArray      *pivotals;       /* stickies with a line */
};

/* Shared by storm-scene.c (what is on the board), storm-scene-routes.c (how its flows run) and
 * storm-scene-fold.c (what of it is collapsed). */
static inline StormGrid *
storm_scene_grid (StormScene      *self,
                  StormObjectType  type)
{
  g_assert (type != STORM_OBJECT_BOARD);

  return self->grids[type - STORM_OBJECT_STICKY];
}

void  storm_scene_unsort       (StormScene      *self,
                                StormObjectType  type);
/* storm_scene_find: (nullable): without a look at its id, of which a change may have thousands. */
static inline StormItem *
storm_scene_find (StormScene  *self,
                  StormObject *object)
{
  return g_hash_table_lookup (self->items, object);
}

/* storm_scene_end_of: what is at a flow's end. */
StormItem *storm_scene_end_of  (StormScene      *self,
                                const char      *id);

/* storm_scene_read_ends: what a flow runs between, and beside whom, as it is seen. */
void  storm_scene_read_ends    (StormScene      *self,
                                StormItem       *item);
/* storm_scene_refold: what is collapsed, or lies in it, has changed. */
void  storm_scene_refold       (StormScene      *self);
/* storm_scene_note_fold: whether it has, after a change of @props. */
void  storm_scene_note_fold    (StormScene      *self,
                                StormObject     *object,
                                guint            props);
void  storm_scene_note_pivotal (StormScene      *self,
                                StormItem       *item,
                                gboolean         gone);

/* storm_scene_tell: the change is complete: routes what is stale, and emits `changed`. */
void  storm_scene_tell         (StormScene      *self);

/* storm_scene_show_routes: emits `changed` for routes that were found since the last one. */
void  storm_scene_show_routes  (StormScene      *self);

/* storm_scene_route_new: a first route for a flow between its ends. */
void  storm_scene_route_new    (StormScene      *self,
                                StormItem       *item);
void  storm_scene_make_stale   (StormScene      *self,
                                StormItem       *item);
void  storm_scene_route_stale  (StormScene      *self);
/* storm_scene_forget_route: @item goes away. */
void  storm_scene_forget_route (StormScene      *self,
                                StormItem       *item);
/* storm_scene_place_card: @item is a card now, moved as one, or is none any more: what flows go
 * around follows. */
void  storm_scene_place_card   (StormScene      *self,
                                StormItem       *item,
                                gboolean         is_card);
/* storm_scene_stir: a sticky or a card came to @rect, or left it: flows may have to go around it,
 * or need not any more. */
void  storm_scene_stir         (StormScene      *self,
                                const StormRect *rect);
/* storm_scene_stir_listed: the same for one that came or went; many are looked at together when the
 * change is complete. */
void  storm_scene_stir_listed  (StormScene      *self,
                                const StormRect *rect);
void  storm_scene_stir_rest    (StormScene      *self);
/* storm_scene_reroute: the sticky or context @end moved; its flows follow. */
void  storm_scene_reroute      (StormScene      *self,
                                StormItem       *end);
/* storm_scene_update_pair: @flow came or went: those beside it make room, or use its room. */
void  storm_scene_update_pair  (StormScene      *self,
                                StormFlow       *flow);
void  storm_scene_update_pairs (StormScene      *self);

G_END_DECLS
