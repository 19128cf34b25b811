#include "config.h"

#include "storm-scene-private.h"

#include <stdlib.h>

#include "storm-flow-pair.h"

G_DEFINE_FINAL_TYPE (StormScene, storm_scene, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ITEM_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
storm_scene_unsort (StormScene      *self,
                    StormObjectType  type)
{
  g_clear_pointer (&self->sorted[type - STORM_OBJECT_STICKY], g_ptr_array_unref);
}

static StormItem *storm_scene_add (StormScene  *self,
                                   StormObject *object);

/* What is at a flow's end. One change may announce the flow before that. */
StormItem *
storm_scene_end_of (StormScene *self,
                    const char *id)
{
  return storm_scene_add (self, storm_board_lookup (self->board, id));
}

static void
storm_item_read (StormScene *self,
                 StormItem  *item)
{
  switch (item->type)
    {
    case STORM_OBJECT_STICKY:
      item->rect = *storm_sticky_get_rect (STORM_STICKY (item->object));
      item->z = storm_sticky_get_z (STORM_STICKY (item->object));
      item->kind = storm_sticky_get_kind (STORM_STICKY (item->object));
      break;

    case STORM_OBJECT_CONTEXT:
      item->rect = storm_context_get_shown (STORM_CONTEXT (item->object));
      item->z = storm_context_get_z (STORM_CONTEXT (item->object));
      break;

    case STORM_OBJECT_FLOW:
      storm_scene_read_ends (self, item);
      /* The stickies between may still be on their way: a new one goes straight for now. */
      if (item->route == NULL)
        storm_scene_route_new (self, item);
      storm_scene_make_stale (self, item);
      break;

    case STORM_OBJECT_BOARD:
    default:
      g_assert_not_reached ();
    }
}

static StormItem *
storm_scene_add (StormScene  *self,
                 StormObject *object)
{
  StormItem *item = storm_scene_find (self, object);

  if (item != NULL)
    return item;

  item = g_new0 (StormItem, 1);
  item->object = g_object_ref (object);
  item->type = storm_object_get_object_type (object);
  item->order = ++self->last_order;
  item->text_serial = item->place_serial = ++self->serial;
  storm_item_read (self, item);
  item->slot = storm_grid_insert (storm_scene_grid (self, item->type), &item->rect, item);
  item->placed = TRUE;
  g_hash_table_insert (self->items, object, item);
  storm_scene_unsort (self, item->type);
  storm_scene_note_pivotal (self, item, FALSE);
  return item;
}

static void
storm_scene_free_item (StormScene *self,
                       StormItem  *item)
{
  if (item->paint != NULL && self->paint_free != NULL)
    self->paint_free (item->paint);
  storm_scene_forget_route (self, item);
  g_free (item->route);
  g_object_unref (item->object);
  g_free (item);
}

static void
storm_scene_touch (StormScene *self)
{
  self->serial++;
  self->touched = TRUE;
}

void
storm_scene_tell (StormScene *self)
{
  if (!self->touched)
    return;
  self->touched = FALSE;
  if (self->pairs_stale)
    storm_scene_update_pairs (self);
  if (self->fold_stale)
    storm_scene_refold (self);
  storm_scene_stir_rest (self);
  storm_scene_route_stale (self);
  self->n_moved = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
storm_scene_show_routes (StormScene *self)
{
  self->serial++;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
storm_scene_take (StormScene  *self,
                  StormObject *object)
{
  self->serial++;
  storm_scene_add (self, object);
  if (STORM_IS_FLOW (object))
    storm_scene_update_pair (self, STORM_FLOW (object));
  else if (STORM_IS_STICKY (object))
    storm_scene_stir_listed (self, storm_sticky_get_rect (STORM_STICKY (object)));
  if (self->fold != NULL || STORM_IS_CONTEXT (object))
    self->fold_stale = TRUE;
  storm_scene_touch (self);
}

static void
storm_scene_remove (StormScene  *self,
                    StormObject *object)
{
  StormItem *item = storm_scene_find (self, object);
  StormRect rect;

  if (item == NULL)
    return;

  self->touched = TRUE;
  g_signal_emit (self, signals[ITEM_REMOVED], 0, item);
  g_hash_table_remove (self->items, object);
  storm_scene_note_pivotal (self, item, TRUE);
  if (!item->hidden)
    storm_grid_remove (storm_scene_grid (self, item->type), item->slot);
  storm_scene_unsort (self, item->type);
  rect = item->rect;
  storm_scene_place_card (self, item, FALSE);
  storm_scene_free_item (self, item);
  self->serial++;
  if (STORM_IS_FLOW (object))
    storm_scene_update_pair (self, STORM_FLOW (object));
  else if (STORM_IS_STICKY (object))
    storm_scene_stir_listed (self, &rect);
  if (self->fold != NULL || STORM_IS_CONTEXT (object))
    self->fold_stale = TRUE;
  storm_scene_touch (self);
}

static void
storm_scene_follow (StormScene  *self,
                    StormObject *object,
                    StormProp    props)
{
  StormItem *item = storm_scene_find (self, object);
  StormRect before;
  gint64 z;

  if (item == NULL)
    return;

  before = item->rect;
  z = item->z;
  self->serial++;
  storm_item_read (self, item);
  item->place_serial = self->serial;
  if (z != item->z)
    storm_scene_unsort (self, item->type);
  if ((props & (STORM_PROP_TITLE | STORM_PROP_LABEL | STORM_PROP_KIND | STORM_PROP_FIELDS |
                STORM_PROP_PIVOTAL | STORM_PROP_CONTEXT_KIND | STORM_PROP_COLLAPSED)) != 0 ||
      before.width != item->rect.width || before.height != item->rect.height)
    item->text_serial = self->serial;
  if (!storm_rect_equal (&before, &item->rect))
    {
      if (!item->hidden)
        storm_grid_move (storm_scene_grid (self, item->type), item->slot, &item->rect);
      storm_scene_reroute (self, item);
      if (item->type == STORM_OBJECT_STICKY && !item->hidden)
        {
          self->n_moved++;
          storm_scene_stir (self, &before);
          storm_scene_stir (self, &item->rect);
        }
      else if (item->card_slot > 0)
        {
          self->n_moved++;
          storm_scene_place_card (self, item, TRUE);
        }
    }
  if ((props & (STORM_PROP_FROM | STORM_PROP_TO)) != 0)
    self->pairs_stale = TRUE;
  storm_scene_note_fold (self, object, props);
  storm_scene_note_pivotal (self, item, FALSE);
  storm_scene_touch (self);
}

static void
on_updated (StormScene            *self,
            const StormBoardDelta *delta)
{
  for (guint i = 0; i < delta->removed->len; i++)
    storm_scene_remove (self, g_ptr_array_index (delta->removed, i));
  for (guint i = 0; i < delta->added->len; i++)
    storm_scene_take (self, g_ptr_array_index (delta->added, i));
  for (guint i = 0; i < delta->changed->len; i++)
    {
      const StormObjectChange *change = &g_array_index (delta->changed, StormObjectChange, i);

      storm_scene_follow (self, change->object, change->props);
    }
}

static void
storm_scene_add_all (StormScene *self,
                     GListModel *model)
{
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (model, i);

      storm_scene_add (self, object);
    }
}

static void
storm_scene_finalize (GObject *object)
{
  StormScene *self = STORM_SCENE (object);
  GHashTableIter iter;
  gpointer item;

  g_clear_handle_id (&self->refine_id, g_source_remove);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      /* The item holds its key. */
      g_hash_table_iter_steal (&iter);
      storm_scene_free_item (self, item);
    }
  g_clear_pointer (&self->fold, storm_fold_free);
  g_ptr_array_unref (self->pivotals);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->kept);
  g_ptr_array_unref (self->stale);
  g_ptr_array_unref (self->fresh);
  storm_grid_free (self->cards);
  storm_grid_free (self->detours);
  for (guint i = 0; i < G_N_ELEMENTS (self->grids); i++)
    {
      storm_grid_free (self->grids[i]);
      g_clear_pointer (&self->sorted[i], g_ptr_array_unref);
    }
  g_object_unref (self->board);

  G_OBJECT_CLASS (storm_scene_parent_class)->finalize (object);
}

static void
storm_scene_class_init (StormSceneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_scene_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", STORM_TYPE_SCENE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[ITEM_REMOVED] =
    g_signal_new ("item-removed", STORM_TYPE_SCENE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
storm_scene_init (StormScene *self)
{
  self->items = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->grids); i++)
    self->grids[i] = storm_grid_new ();
  self->pivotals = g_ptr_array_new ();
  self->cards = storm_grid_new ();
  self->detours = storm_grid_new ();
  self->stale = g_ptr_array_new ();
  self->fresh = g_ptr_array_new ();
  self->kept = g_hash_table_new (NULL, NULL);
}

StormScene *
storm_scene_new (StormBoard     *board,
                 GDestroyNotify  paint_free)
{
  StormScene *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_SCENE, NULL);
  self->board = g_object_ref (board);
  self->paint_free = paint_free;
  storm_scene_add_all (self, storm_board_get_contexts (board));
  storm_scene_add_all (self, storm_board_get_stickies (board));
  storm_scene_add_all (self, storm_board_get_flows (board));
  storm_scene_refold (self);
  storm_scene_route_stale (self);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  /* When everybody knows what is on the board now. */
  g_signal_connect_object (board, "updated", G_CALLBACK (storm_scene_tell), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}

StormBoard *
storm_scene_get_board (StormScene *self)
{
  g_return_val_if_fail (STORM_IS_SCENE (self), NULL);

  return self->board;
}

guint
storm_scene_get_serial (StormScene *self)
{
  g_return_val_if_fail (STORM_IS_SCENE (self), 0);

  return self->serial;
}

StormItem *
storm_scene_lookup (StormScene *self,
                    const char *id)
{
  StormObject *object;

  g_return_val_if_fail (STORM_IS_SCENE (self), NULL);

  object = storm_board_lookup (self->board, id);
  return object != NULL ? storm_scene_find (self, object) : NULL;
}

static void
storm_scene_collect_one (gpointer data,
                         gpointer user_data)
{
  g_ptr_array_add (user_data, data);
}

static int
storm_item_compare (gconstpointer a,
                    gconstpointer b)
{
  const StormItem *x = *(StormItem * const *) a, *y = *(StormItem * const *) b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  if (x->z != y->z)
    return x->z < y->z ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static GPtrArray *
storm_scene_sort_all (StormScene      *self,
                      StormObjectType  type)
{
  static const StormRect everywhere = { -4e7, -4e7, 8e7, 8e7 };
  GPtrArray **sorted = &self->sorted[type - STORM_OBJECT_STICKY];

  if (*sorted == NULL)
    {
      *sorted = g_ptr_array_new ();
      storm_grid_query (storm_scene_grid (self, type), &everywhere, storm_scene_collect_one,
                        *sorted);
      if ((*sorted)->len > 1)
        qsort ((*sorted)->pdata, (*sorted)->len, sizeof (gpointer), storm_item_compare);
    }
  return *sorted;
}

static gboolean
storm_item_touches (const StormItem *item,
                    const StormRect *rect)
{
  return item->rect.x <= rect->x + rect->width && rect->x <= item->rect.x + item->rect.width &&
         item->rect.y <= rect->y + rect->height && rect->y <= item->rect.y + item->rect.height;
}

void
storm_scene_collect (StormScene      *self,
                     StormObjectType  type,
                     const StormRect *rect,
                     GPtrArray       *items)
{
  StormGrid *grid;
  double cells;

  g_return_if_fail (STORM_IS_SCENE (self));

  grid = storm_scene_grid (self, type);
  g_ptr_array_set_size (items, 0);
  cells = rect != NULL ? (rect->width / STORM_GRID_CELL + 1) * (rect->height / STORM_GRID_CELL + 1)
                       : G_MAXDOUBLE;
  if (cells * 16 > storm_grid_get_n (grid) && cells > 16)
    {
      /* Most of the board is in view: one pass over all in order is cheaper than to sort again. */
      GPtrArray *all = storm_scene_sort_all (self, type);

      for (guint i = 0; i < all->len; i++)
        if (rect == NULL || storm_item_touches (g_ptr_array_index (all, i), rect))
          g_ptr_array_add (items, g_ptr_array_index (all, i));
      return;
    }

  storm_grid_query (grid, rect, storm_scene_collect_one, items);
  /* Flows have no z: in the order of their making, so that two that cross always look the same. */
  if (items->len > 1)
    qsort (items->pdata, items->len, sizeof (gpointer), storm_item_compare);
}

int
storm_scene_compare_places (gconstpointer a,
                            gconstpointer b)
{
  const StormItem *x = *(StormItem * const *) a, *y = *(StormItem * const *) b;

  if (x->rect.y != y->rect.y)
    return x->rect.y < y->rect.y ? -1 : 1;
  if (x->rect.x != y->rect.x)
    return x->rect.x < y->rect.x ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}
