#include "config.h"

#include "storm-event-list-model.h"

#include "storm-event-list-gaps.h"

/* Of a splice that puts more rows in than it moves: up to so many are told to be others. */
#define MOVED_MAX 2000

struct _StormEventItem
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (StormEventItem, storm_event_item, G_TYPE_OBJECT)

struct _StormEventListModel
{
  GObject         parent_instance;

  StormEventView *view;
  guint           selected_row;
  guint           hole_at;       /* rows of the view that were not announced yet */
  guint           hole_n;
  StormEventListGaps *gaps;      /* nullable */

  StormEventLog  *log;           /* while it ends at a moment */
  StormMoment     moment;
  guint           n_then;        /* rows that had happened by then */
};

enum
{
  SELECTED,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormEventListModel, storm_event_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      selection_model_iface_init))

static void
storm_event_item_class_init (StormEventItemClass *klass)
{
}

static void
storm_event_item_init (StormEventItem *self)
{
}

static guint
get_n (StormEventListModel *self)
{
  return self->log != NULL ? self->n_then : storm_event_view_get_n (self->view);
}

static guint
get_n_gaps (StormEventListModel *self)
{
  return self->gaps != NULL ? storm_event_list_gaps_get_n (self->gaps)
                              + storm_event_list_gaps_get_n_open (self->gaps) : 0;
}

/* Where the event at a place of the view stands in the list. */
static guint
get_position (StormEventListModel *self,
              guint                place)
{
  return self->gaps != NULL ? place + storm_event_list_gaps_count_before (self->gaps, place + 1)
                            : place;
}

static GType
storm_event_list_model_get_item_type (GListModel *model)
{
  return STORM_TYPE_EVENT_ITEM;
}

static guint
storm_event_list_model_get_n_items (GListModel *model)
{
  StormEventListModel *self = STORM_EVENT_LIST_MODEL (model);

  return get_n (self) - self->hole_n + get_n_gaps (self);
}

static gpointer
storm_event_list_model_get_item (GListModel *model,
                                 guint       position)
{
  if (position >= storm_event_list_model_get_n_items (model))
    return NULL;
  return g_object_new (STORM_TYPE_EVENT_ITEM, NULL);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_event_list_model_get_item_type;
  iface->get_n_items = storm_event_list_model_get_n_items;
  iface->get_item = storm_event_list_model_get_item;
}

static gboolean
find_selected (StormEventListModel *self,
               guint               *position)
{
  return self->selected_row != G_MAXUINT &&
         storm_event_list_model_find (self, self->selected_row, position);
}

static gboolean
storm_event_list_model_is_selected (GtkSelectionModel *model,
                                    guint              position)
{
  StormEventListModel *self = STORM_EVENT_LIST_MODEL (model);

  guint place;

  if (self->selected_row == G_MAXUINT || storm_event_list_model_get_gap (self, position) != NULL)
    return FALSE;
  place = storm_event_list_model_get_place (self, position);
  return place < storm_event_view_get_n (self->view) &&
         storm_event_view_get_row (self->view, place) == self->selected_row;
}

static GtkBitset *
storm_event_list_model_get_selection_in_range (GtkSelectionModel *model,
                                               guint              position,
                                               guint              n_items)
{
  GtkBitset *bitset = gtk_bitset_new_empty ();
  guint selected;

  if (find_selected (STORM_EVENT_LIST_MODEL (model), &selected) && selected >= position &&
      selected - position < n_items)
    gtk_bitset_add (bitset, selected);
  return bitset;
}

static gboolean
storm_event_list_model_select_item (GtkSelectionModel *model,
                                    guint              position,
                                    gboolean           unselect_rest)
{
  StormEventListModel *self = STORM_EVENT_LIST_MODEL (model);

  guint place = storm_event_list_model_get_place (self, position);

  if (storm_event_list_model_get_gap (self, position) != NULL ||
      place >= storm_event_view_get_n (self->view))
    return FALSE;
  if (!storm_event_list_model_is_selected (model, position))
    {
      storm_event_list_model_set_selected_row (self,
                                               storm_event_view_get_row (self->view, place));
      g_signal_emit (self, signals[SELECTED], 0);
    }
  return TRUE;
}

static gboolean
storm_event_list_model_unselect_item (GtkSelectionModel *model,
                                      guint              position)
{
  StormEventListModel *self = STORM_EVENT_LIST_MODEL (model);

  if (storm_event_list_model_is_selected (model, position))
    {
      storm_event_list_model_set_selected_row (self, G_MAXUINT);
      g_signal_emit (self, signals[SELECTED], 0);
    }
  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = storm_event_list_model_is_selected;
  iface->get_selection_in_range = storm_event_list_model_get_selection_in_range;
  iface->select_item = storm_event_list_model_select_item;
  iface->unselect_item = storm_event_list_model_unselect_item;
}

static void
storm_event_list_model_dispose (GObject *object)
{
  StormEventListModel *self = STORM_EVENT_LIST_MODEL (object);

  g_clear_pointer (&self->gaps, storm_event_list_gaps_free);
  g_clear_object (&self->view);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (storm_event_list_model_parent_class)->dispose (object);
}

static void
storm_event_list_model_class_init (StormEventListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_event_list_model_dispose;
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
storm_event_list_model_init (StormEventListModel *self)
{
  self->selected_row = G_MAXUINT;
}

/* Late rows stand between those that were there. To GTK that is as many more rows behind them, and
 * the same places with other words: for removed rows it would drop their widgets, and make new
 * ones, which takes longer than a frame. */
static void
tell_moved (StormEventListModel *self,
            guint                position,
            guint                removed,
            guint                added)
{
  if (added > removed)
    g_list_model_items_changed (G_LIST_MODEL (self), position + removed, 0, added - removed);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, removed);
  g_signal_emit (self, signals[MOVED], 0, position, removed);
}

static guint32
row_of_view (gconstpointer data,
             guint         position)
{
  return storm_event_view_get_row ((StormEventView *) data, position);
}

static guint
count_then (StormEventListModel *self)
{
  return storm_moment_count (&self->moment, self->log, row_of_view, self->view,
                             storm_event_view_get_n (self->view));
}

/* Of a change of the view, what can be seen of it from the moment at which the list ends. Returns
 * whether there is anything. */
static gboolean
cut_change (StormEventListModel *self,
            guint               *position,
            guint               *removed,
            guint               *added)
{
  guint before = self->n_then;

  self->n_then = count_then (self);
  if (*position >= before && self->n_then == before)
    return FALSE;
  if (*position + *removed <= before && self->n_then == before - *removed + *added)
    return TRUE;
  *position = MIN (*position, MIN (before, self->n_then));
  *removed = before - *position;
  *added = self->n_then - *position;
  return *removed > 0 || *added > 0;
}

/* Removing and adding are told one after the other: when rows go that GTK keeps track of, it looks
 * for them among all that are added with the same signal, which takes 0.3 s for a million. */
static void
tell_one_by_one (StormEventListModel *self,
                 guint                place,
                 guint                added_events,
                 guint                position,
                 guint                removed,
                 guint                added)
{
  if (self->gaps != NULL)
    storm_event_list_gaps_splice (self->gaps, place, added_events, 0, FALSE);
  self->hole_at = place;
  self->hole_n = added_events;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, 0);
  self->hole_n = 0;
  if (self->gaps != NULL)
    storm_event_list_gaps_splice (self->gaps, place, 0, added_events, TRUE);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, added);
}

/* Rows are removed, and none added. From the midst of those without widgets on, GTK 4.8 takes the
 * rows before them for the removed ones: widgets of the last rows stay, at places of others. So
 * what they show is told once more. */
static void
tell_removed (StormEventListModel *self,
              guint                position,
              guint                removed)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, 0);
  if (position == 0)
    return;
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, position);
  g_signal_emit (self, signals[MOVED], 0, 0, position);
}

/* Of the events from @place on, @removed went and @added came; with them the gaps before them. */
static void
change (StormEventListModel *self,
        guint                place,
        guint                removed,
        guint                added)
{
  guint position = place, n_out = removed, n_in = added;

  if (self->gaps != NULL)
    {
      guint before = storm_event_list_gaps_count_before (self->gaps, place);

      position += before;
      n_out += storm_event_list_gaps_count_before (self->gaps, place + removed) - before;
      storm_event_list_gaps_splice (self->gaps, place, removed, added, TRUE);
      n_in += storm_event_list_gaps_count_before (self->gaps, place + added) - before;
    }
  if (n_out > 0 && n_out <= MOVED_MAX && n_in >= n_out)
    tell_moved (self, position, n_out, n_in);
  else if (n_out > 0 && n_in > 0)
    tell_one_by_one (self, place, added, position, n_out, n_in);
  else if (n_out > 0)
    tell_removed (self, position, n_out);
  else
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_out, n_in);
}

static void
view_changed_cb (StormEventListModel *self,
                 guint                position,
                 guint                removed,
                 guint                added)
{
  if (self->log == NULL || cut_change (self, &position, &removed, &added))
    change (self, position, removed, added);
}

static void
show_open (StormEventListModel *self,
           gboolean             shown)
{
  guint before, after, n_items;

  if (self->gaps == NULL)
    return;
  before = storm_event_list_gaps_set_open (self->gaps, shown);
  after = storm_event_list_gaps_get_n_open (self->gaps);
  n_items = storm_event_list_model_get_n_items (G_LIST_MODEL (self));
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self), n_items - after, before, after);
  else if (after > 0)
    g_signal_emit (self, signals[MOVED], 0, n_items - after, after);
}

StormEventListModel *
storm_event_list_model_new (StormEventView *view)
{
  StormEventListModel *self;

  g_return_val_if_fail (STORM_IS_EVENT_VIEW (view), NULL);

  self = g_object_new (STORM_TYPE_EVENT_LIST_MODEL, NULL);
  self->view = g_object_ref (view);
  g_signal_connect_object (view, "items-changed", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
storm_event_list_model_show_gaps (StormEventListModel *self,
                                  StormEventLog       *log)
{
  g_return_if_fail (STORM_IS_EVENT_LIST_MODEL (self));
  g_return_if_fail (STORM_IS_EVENT_LOG (log));
  g_return_if_fail (self->gaps == NULL && self->log == NULL);

  self->gaps = storm_event_list_gaps_new (log, self->view);
  storm_event_list_gaps_splice (self->gaps, 0, 0, get_n (self), TRUE);
  storm_event_list_gaps_set_open (self->gaps, !storm_event_view_is_filtered (self->view));
}

void
storm_event_list_model_update_gaps (StormEventListModel *self)
{
  g_return_if_fail (STORM_IS_EVENT_LIST_MODEL (self));

  show_open (self, self->log == NULL && !storm_event_view_is_filtered (self->view));
}

guint
storm_event_list_model_get_n_events (StormEventListModel *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_LIST_MODEL (self), 0);

  return get_n (self);
}

guint
storm_event_list_model_get_place (StormEventListModel *self,
                                  guint                position)
{
  guint place = position;

  g_return_val_if_fail (STORM_IS_EVENT_LIST_MODEL (self), position);

  if (self->gaps != NULL)
    storm_event_list_gaps_find (self->gaps, position, &place);
  return place >= self->hole_at ? place + self->hole_n : place;
}

const StormEventGap *
storm_event_list_model_get_gap (StormEventListModel *self,
                                guint                position)
{
  const StormEventGap *gap;
  guint place, n;

  g_return_val_if_fail (STORM_IS_EVENT_LIST_MODEL (self), NULL);

  if (self->gaps == NULL)
    return NULL;
  gap = storm_event_list_gaps_find (self->gaps, position, &place);
  n = get_n (self) - self->hole_n;
  if (gap != NULL || place < n ||
      place - n >= storm_event_list_gaps_get_n_open (self->gaps))
    return gap;
  return storm_event_list_gaps_get_open (self->gaps, place - n);
}

gboolean
storm_event_list_model_find (StormEventListModel *self,
                             guint32              row,
                             guint               *position)
{
  g_return_val_if_fail (STORM_IS_EVENT_LIST_MODEL (self), FALSE);

  if (!storm_event_view_find (self->view, row, position) || *position >= get_n (self))
    return FALSE;
  *position = get_position (self, *position);
  return TRUE;
}

guint
storm_event_list_model_get_selected_row (StormEventListModel *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_LIST_MODEL (self), G_MAXUINT);

  return self->selected_row;
}

void
storm_event_list_model_set_selected_row (StormEventListModel *self,
                                         guint                row)
{
  guint before = 0, after = 0;
  gboolean had, has;

  g_return_if_fail (STORM_IS_EVENT_LIST_MODEL (self));

  if (row == self->selected_row)
    return;
  had = find_selected (self, &before);
  self->selected_row = row;
  has = find_selected (self, &after);
  if (had)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), before, 1);
  if (has)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), after, 1);
}

void
storm_event_list_model_set_moment (StormEventListModel *self,
                                   StormEventLog       *log,
                                   const StormMoment   *moment)
{
  guint before, after;

  g_return_if_fail (STORM_IS_EVENT_LIST_MODEL (self));
  g_return_if_fail (moment == NULL || STORM_IS_EVENT_LOG (log));

  show_open (self, FALSE);
  before = get_n (self);
  if (moment == NULL)
    g_clear_object (&self->log);
  else
    g_set_object (&self->log, log);
  if (moment != NULL)
    {
      self->moment = *moment;
      self->n_then = count_then (self);
    }
  after = get_n (self);
  if (after < before)
    change (self, after, before - after, 0);
  else if (after > before)
    change (self, before, 0, after - before);
  storm_event_list_model_update_gaps (self);
}
