#include "config.h"

#include "storm-scene-private.h"

#include "storm-flow-pair.h"

/* What is hidden is in no grid: nothing that looks at what is there has to ask. */
static void
storm_scene_hide (StormScene *self,
                  StormItem  *item,
                  gboolean    hidden)
{
  StormGrid *grid = storm_scene_grid (self, item->type);

  if (item->hidden == hidden)
    return;
  item->hidden = hidden;
  if (hidden)
    storm_grid_remove (grid, item->slot);
  else
    item->slot = storm_grid_insert (grid, &item->rect, item);
  storm_scene_unsort (self, item->type);
  if (item->type == STORM_OBJECT_STICKY)
    storm_scene_stir (self, &item->rect);
}

void
storm_scene_read_ends (StormScene *self,
                       StormItem  *item)
{
  StormFlow *flow = STORM_FLOW (item->object);
  const StormFoldFlow *folded = self->fold != NULL ? storm_fold_get_flow (self->fold, flow) : NULL;

  item->folded = folded != NULL;
  /* In the middle of a change a card may be gone already. */
  if (folded != NULL &&
      storm_board_lookup (self->board, storm_object_get_id (folded->from)) == folded->from &&
      storm_board_lookup (self->board, storm_object_get_id (folded->to)) == folded->to)
    {
      item->from = storm_scene_end_of (self, storm_object_get_id (folded->from));
      item->to = storm_scene_end_of (self, storm_object_get_id (folded->to));
      item->pair_place = folded->place;
      item->n_pair = folded->n_beside;
      item->n_merged = folded->n_merged;
      item->merged = folded->merged;
      return;
    }
  item->from = storm_scene_end_of (self, storm_flow_get_from (flow));
  item->to = storm_scene_end_of (self, storm_flow_get_to (flow));
  item->pair_place = storm_flow_pair_place (self->board, flow, &item->n_pair);
  item->n_merged = 1;
  item->merged = NULL;
}

static void
storm_scene_refold_object (StormObject *object,
                           gpointer     user_data)
{
  StormScene *self = user_data;
  StormItem *item = storm_scene_find (self, object);
  gboolean hidden = FALSE;

  if (item == NULL || item->object != object)
    return;
  if (item->type == STORM_OBJECT_FLOW)
    {
      const StormFoldFlow *folded =
        self->fold != NULL ? storm_fold_get_flow (self->fold, STORM_FLOW (object)) : NULL;

      storm_scene_read_ends (self, item);
      hidden = folded != NULL && !folded->shown;
      item->text_serial = self->serial;
      if (!hidden)
        storm_scene_make_stale (self, item);
    }
  else
    {
      hidden = self->fold != NULL && storm_fold_get_card_of (self->fold, object) != NULL;
    }
  item->place_serial = self->serial;
  storm_scene_hide (self, item, hidden);
}

void
storm_scene_place_card (StormScene *self,
                        StormItem  *item,
                        gboolean    is_card)
{
  StormRect before;

  if (item->card_slot > 0)
    {
      before = *storm_grid_get_rect (self->cards, item->card_slot - 1);
      if (is_card && storm_rect_equal (&before, &item->rect))
        return;
      storm_grid_remove (self->cards, item->card_slot - 1);
      item->card_slot = 0;
      storm_scene_stir (self, &before);
    }
  if (is_card)
    {
      item->card_slot = storm_grid_insert (self->cards, &item->rect, item) + 1;
      storm_scene_stir (self, &item->rect);
    }
}

/* Cards tell how much is in them. */
static void
storm_scene_refresh_cards (StormScene *self)
{
  GListModel *contexts = storm_board_get_contexts (self->board);

  for (guint i = 0; i < g_list_model_get_n_items (contexts); i++)
    {
      g_autoptr (StormContext) context = g_list_model_get_item (contexts, i);
      StormItem *item = storm_scene_find (self, STORM_OBJECT (context));

      item->rank = storm_board_get_rank (self->board, context);
      item->card = self->fold != NULL ? storm_fold_get_card (self->fold, context) : NULL;
      if (item->card != NULL)
        item->text_serial = self->serial;
      storm_scene_place_card (self, item, item->card != NULL && !item->hidden);
    }
  storm_scene_unsort (self, STORM_OBJECT_CONTEXT);
}

void
storm_scene_refold (StormScene *self)
{
  g_autoptr (StormFold) before = g_steal_pointer (&self->fold);

  self->fold_stale = FALSE;
  self->serial++;
  self->fold_serial++;
  self->fold = storm_fold_new (self->board);
  if (before != NULL)
    storm_fold_foreach (before, storm_scene_refold_object, self);
  if (self->fold != NULL)
    storm_fold_foreach (self->fold, storm_scene_refold_object, self);
  storm_scene_refresh_cards (self);
}

guint
storm_scene_get_fold_serial (StormScene *self)
{
  g_return_val_if_fail (STORM_IS_SCENE (self), 0);

  return self->fold_serial;
}

void
storm_scene_note_fold (StormScene  *self,
                       StormObject *object,
                       guint        props)
{
  guint matters = STORM_PROP_COLLAPSED;

  if (STORM_IS_CONTEXT (object))
    matters |= STORM_PROP_PARENT | STORM_PROP_CONTEXT_KIND;
  if (self->fold != NULL)
    matters |= STORM_PROP_CONTEXT | STORM_PROP_KIND | STORM_PROP_FROM | STORM_PROP_TO;
  if ((props & matters) != 0)
    self->fold_stale = TRUE;
}

void
storm_scene_note_pivotal (StormScene *self,
                          StormItem  *item,
                          gboolean    gone)
{
  gboolean pivotal = !gone && item->type == STORM_OBJECT_STICKY &&
                     storm_sticky_get_pivotal (STORM_STICKY (item->object));

  if (item->pivotal == pivotal)
    return;
  item->pivotal = pivotal;
  if (pivotal)
    g_ptr_array_add (self->pivotals, item);
  else
    g_ptr_array_remove (self->pivotals, item);
}

GPtrArray *
storm_scene_get_pivotals (StormScene *self)
{
  g_return_val_if_fail (STORM_IS_SCENE (self), NULL);

  return self->pivotals;
}

void
storm_scene_collect_things (StormScene      *self,
                            const StormRect *rect,
                            GPtrArray       *items)
{
  g_autoptr (GPtrArray) contexts = NULL;

  g_return_if_fail (STORM_IS_SCENE (self));

  storm_scene_collect (self, STORM_OBJECT_STICKY, rect, items);
  if (self->fold == NULL)
    return;
  contexts = g_ptr_array_new ();
  storm_scene_collect (self, STORM_OBJECT_CONTEXT, rect, contexts);
  for (guint i = 0; i < contexts->len; i++)
    if (((StormItem *) g_ptr_array_index (contexts, i))->card != NULL)
      g_ptr_array_add (items, g_ptr_array_index (contexts, i));
}
