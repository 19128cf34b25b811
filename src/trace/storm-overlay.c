#include "config.h"

#include "storm-overlay-private.h"

#include "storm-row-sort.h"

struct _StormOverlay
{
  GObject          parent_instance;

  StormBoard      *board;
  StormEventLog   *log;
  StormTraceIndex *index;
  StormMatcher    *matcher;
  StormOrder      *order;
  StormOrder      *waiting;
  StormLiveStats  *stats;
  char            *key;
  StormTrace      *trace;
  gboolean         trace_changed;
  StormMoment      moment;
  gboolean         at_moment;  /* what had happened by then is shown */
  StormTypeRows   *types;      /* whoever looks back owns them */

  StormOverlayTable *table;    /* what is shown */
  StormMarkTable  *marks;
  GHashTable      *placed;     /* set of StormTypeStat that stand in entries */
  gboolean         stale;      /* the board changed since they were made */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormOverlay, storm_overlay, G_TYPE_OBJECT)

static void
emit_changed (StormOverlay *self,
              GPtrArray    *ids)
{
  if (ids == NULL || ids->len > 0)
    g_signal_emit (self, signals[CHANGED], 0, ids);
}

static guint64
number_of (StormOverlay *self,
           guint32       row)
{
  guint position;

  if ((storm_event_log_get_flags (self->log, row) & STORM_EVENT_REPEATED) != 0 ||
      (!storm_order_find (self->order, row, &position) &&
       !storm_order_find (self->waiting, row, &position)))
    return 0;
  return storm_order_count_before (self->order, row) +
         storm_order_count_before (self->waiting, row) + 1;
}

static gboolean
is_provisional (StormOverlay *self,
                guint32       row)
{
  return storm_event_log_get_time (self->log, row) >=
         storm_trace_index_get_watermark (self->index);
}

/* Sums up the types of a sticky; usually there is one. */
static void
sum_up (StormOverlay      *self,
        StormOverlayEntry *entry)
{
  StormOverlaySticky *shown = &entry->shown;
  guint i;

  memset (shown, 0, sizeof *shown);
  for (i = 0; i < entry->stats->len; i++)
    {
      StormTypeStat *stat = g_ptr_array_index (entry->stats, i);

      if (i == 0 || storm_row_is_later (stat->latest_row, shown->latest_row, self->log))
        shown->latest_row = stat->latest_row;
      shown->latest_arrival = MAX (shown->latest_arrival, stat->arrival);
      shown->count += stat->count;
      shown->rate += stat->rate;
    }
  shown->latest_n = number_of (self, shown->latest_row);
  shown->latest_provisional = shown->count > 0 && is_provisional (self, shown->latest_row);
}

static void
place_stat (StormOverlay  *self,
            StormTypeStat *stat)
{
  GPtrArray *stickies;
  guint i;

  if (!g_hash_table_add (self->placed, stat))
    return;
  stickies = storm_matcher_match (self->matcher, stat->type_id, NULL);
  for (i = 0; i < stickies->len; i++)
    {
      const char *id = storm_object_get_id (g_ptr_array_index (stickies, i));
      StormOverlayEntry *entry = storm_overlay_table_ensure (self->table, id);

      if (entry->stats == NULL)
        entry->stats = g_ptr_array_new ();
      g_ptr_array_add (entry->stats, stat);
    }
}

static void
build_live (StormOverlay *self)
{
  GPtrArray *all = storm_live_stats_get_all (self->stats);
  GHashTableIter iter;
  gpointer value;
  guint i;

  for (i = 0; i < all->len; i++)
    place_stat (self, g_ptr_array_index (all, i));
  g_hash_table_iter_init (&iter, self->table->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    sum_up (self, value);
}

static guint32
count_known (StormOverlay *self)
{
  return storm_order_get_n (self->order) + storm_order_get_n (self->waiting);
}

static void
build_moment (StormOverlay *self)
{
  GHashTableIter iter;
  gpointer value;

  /* While a key was chosen nobody took what came. */
  storm_type_rows_take (self->types, count_known (self), NULL);
  storm_overlay_table_add_moment (self->table, &self->moment, self->types, self->matcher,
                                  self->log);
  g_hash_table_iter_init (&iter, self->table->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      StormOverlaySticky *shown = &((StormOverlayEntry *) value)->shown;

      shown->latest_n = number_of (self, shown->latest_row);
      shown->latest_provisional = is_provisional (self, shown->latest_row);
    }
}

static void
on_trace_changed (StormOverlay *self)
{
  self->trace_changed = TRUE;
}

static void
set_trace (StormOverlay *self,
           StormTrace   *trace)
{
  if (trace == self->trace)
    return;
  if (self->trace != NULL)
    g_signal_handlers_disconnect_by_data (self->trace, self);
  g_set_object (&self->trace, trace);
  if (trace != NULL)
    g_signal_connect_swapped (trace, "changed", G_CALLBACK (on_trace_changed), self);
}

static void
find_trace (StormOverlay *self)
{
  if (self->key != NULL && self->trace == NULL)
    set_trace (self, storm_trace_index_lookup (self->index, self->key));
}

static void
build (StormOverlay *self)
{
  g_clear_pointer (&self->table, storm_overlay_table_free);
  self->table = storm_overlay_table_new ();
  g_hash_table_remove_all (self->placed);
  self->stale = FALSE;
  self->trace_changed = FALSE;
  if (self->trace != NULL)
    storm_overlay_table_add_trace (self->table, self->board, self->trace, self->matcher, self->log,
                                   self->at_moment ? &self->moment : NULL);
  if (self->key != NULL)
    return;
  if (self->at_moment && self->types != NULL)
    build_moment (self);
  else
    build_live (self);
}

static void
ensure (StormOverlay *self)
{
  if (self->stale)
    build (self);
}

/* Made again only when somebody asks: a thousand stickies removed are a thousand calls. */
static void
make_stale (StormOverlay *self)
{
  if (self->stale)
    return;
  self->stale = TRUE;
  emit_changed (self, NULL);
}

static void
on_updated (StormOverlay          *self,
            const StormBoardDelta *delta)
{
  /* Events are the matcher's; a new sticky of another kind has no flows yet. */
  if (self->key != NULL &&
      (storm_board_delta_touches (delta, STORM_OBJECT_FLOW, STORM_PROP_FROM | STORM_PROP_TO) ||
       (delta->props[STORM_OBJECT_STICKY] & STORM_PROP_KIND) != 0))
    make_stale (self);
}

/* Makes the table anew and tells what is different. */
static void
rebuild (StormOverlay *self,
         gboolean      pulse)
{
  g_autoptr (StormOverlayTable) before = g_steal_pointer (&self->table);
  g_autoptr (GPtrArray) ids = NULL;

  build (self);
  if (pulse)
    storm_overlay_table_add_pulses (self->table, before, self->log, g_get_monotonic_time ());
  ids = storm_overlay_table_compare (self->table, before);
  emit_changed (self, ids);
}

static void
flush_trace (StormOverlay *self)
{
  if (self->trace == NULL)
    {
      find_trace (self);
      self->trace_changed = self->trace != NULL;
    }
  if (self->trace_changed)
    rebuild (self, FALSE);
}

static void
flush_moment (StormOverlay *self,
              gboolean      inserted)
{
  if (storm_type_rows_take (self->types, count_known (self), &self->moment) || inserted)
    rebuild (self, FALSE);
}

/* Updates the stickies of the types in @changed. */
static void
update_stickies (StormOverlay *self,
                 GPtrArray    *changed,
                 GHashTable   *ids)
{
  guint i;
  guint k;

  for (i = 0; i < changed->len; i++)
    {
      StormTypeStat *stat = g_ptr_array_index (changed, i);
      GPtrArray *stickies = storm_matcher_match (self->matcher, stat->type_id, NULL);

      place_stat (self, stat);
      for (k = 0; k < stickies->len; k++)
        {
          const char *id = storm_object_get_id (g_ptr_array_index (stickies, k));

          if (g_hash_table_add (ids, g_strdup (id)))
            sum_up (self, storm_overlay_table_ensure (self->table, id));
        }
    }
}

/* Finds the overall places that moved because something was put in before them. */
static void
update_places (StormOverlay *self,
               GHashTable   *ids)
{
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_hash_table_iter_init (&iter, self->table->entries);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      StormOverlayEntry *entry = value;
      guint64 n = number_of (self, entry->shown.latest_row);

      if (n == entry->shown.latest_n)
        continue;
      entry->shown.latest_n = n;
      g_hash_table_add (ids, g_strdup (id));
    }
}

/* Finds the places that are settled by now. */
static void
update_settled (StormOverlay *self,
                GHashTable   *ids)
{
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_hash_table_iter_init (&iter, self->table->entries);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      StormOverlaySticky *shown = &((StormOverlayEntry *) value)->shown;

      if (!shown->latest_provisional || is_provisional (self, shown->latest_row))
        continue;
      shown->latest_provisional = FALSE;
      g_hash_table_add (ids, g_strdup (id));
    }
}

static void
flush_live (StormOverlay *self,
            GPtrArray    *changed,
            gboolean      inserted)
{
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  update_stickies (self, changed, touched);
  if (inserted)
    update_places (self, touched);
  update_settled (self, touched);
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  emit_changed (self, ids);
}

static void
storm_overlay_dispose (GObject *object)
{
  StormOverlay *self = STORM_OVERLAY (object);

  set_trace (self, NULL);
  g_clear_object (&self->matcher);
  g_clear_object (&self->index);
  g_clear_object (&self->log);
  g_clear_object (&self->board);
  G_OBJECT_CLASS (storm_overlay_parent_class)->dispose (object);
}

static void
storm_overlay_finalize (GObject *object)
{
  StormOverlay *self = STORM_OVERLAY (object);

  g_clear_pointer (&self->table, storm_overlay_table_free);
  g_clear_pointer (&self->marks, storm_mark_table_free);
  g_clear_pointer (&self->placed, g_hash_table_unref);
  g_free (self->key);
  G_OBJECT_CLASS (storm_overlay_parent_class)->finalize (object);
}

static void
storm_overlay_class_init (StormOverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_overlay_dispose;
  object_class->finalize = storm_overlay_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_PTR_ARRAY | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
storm_overlay_init (StormOverlay *self)
{
  self->table = storm_overlay_table_new ();
  self->marks = storm_mark_table_new ();
  self->placed = g_hash_table_new (NULL, NULL);
}

StormOverlay *
storm_overlay_new (StormBoard      *board,
                   StormEventLog   *log,
                   StormTraceIndex *index,
                   StormMatcher    *matcher,
                   StormOrder      *order,
                   StormOrder      *waiting,
                   StormLiveStats  *stats)
{
  StormOverlay *self = g_object_new (STORM_TYPE_OVERLAY, NULL);

  self->board = g_object_ref (board);
  self->log = g_object_ref (log);
  self->index = g_object_ref (index);
  self->matcher = g_object_ref (matcher);
  self->order = order;
  self->waiting = waiting;
  self->stats = stats;
  g_signal_connect_object (matcher, "changed", G_CALLBACK (make_stale), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  return self;
}

void
storm_overlay_set_key (StormOverlay *self,
                       const char   *key)
{
  g_return_if_fail (STORM_IS_OVERLAY (self));

  if (g_strcmp0 (key, self->key) == 0)
    return;
  g_free (self->key);
  self->key = g_strdup (key);
  storm_overlay_reset (self);
}

void
storm_overlay_flush (StormOverlay *self,
                     gboolean      inserted,
                     gint64        now)
{
  g_autoptr (GPtrArray) changed = NULL;

  g_return_if_fail (STORM_IS_OVERLAY (self));

  changed = storm_live_stats_update (self->stats, now);
  if (self->stale)
    {
      find_trace (self);
      build (self);
      emit_changed (self, NULL);
    }
  else if (self->key != NULL)
    {
      flush_trace (self);
    }
  else if (self->at_moment && self->types != NULL)
    {
      flush_moment (self, inserted);
    }
  else
    {
      flush_live (self, changed, inserted);
    }
}

void
storm_overlay_reset (StormOverlay *self)
{
  g_return_if_fail (STORM_IS_OVERLAY (self));

  set_trace (self, NULL);
  find_trace (self);
  build (self);
  emit_changed (self, NULL);
}

void
storm_overlay_set_type_rows (StormOverlay  *self,
                             StormTypeRows *types)
{
  g_return_if_fail (STORM_IS_OVERLAY (self));
  g_return_if_fail (types == NULL || storm_type_rows_is_ready (types));

  self->types = types;
}

void
storm_overlay_forget_moment (StormOverlay *self)
{
  g_return_if_fail (STORM_IS_OVERLAY (self));

  self->at_moment = FALSE;
  self->types = NULL;
}

void
storm_overlay_set_moment (StormOverlay      *self,
                          const StormMoment *moment)
{
  gboolean forward;

  g_return_if_fail (STORM_IS_OVERLAY (self));

  if (self->at_moment == (moment != NULL) &&
      (moment == NULL || storm_moment_equal (moment, &self->moment)))
    return;
  forward = self->at_moment && moment != NULL && moment->time >= self->moment.time;
  self->at_moment = moment != NULL;
  if (moment != NULL)
    self->moment = *moment;
  rebuild (self, forward);
}

const StormOverlaySticky *
storm_overlay_get_sticky (StormOverlay *self,
                          const char   *sticky_id)
{
  StormOverlayEntry *entry;

  g_return_val_if_fail (STORM_IS_OVERLAY (self), NULL);
  g_return_val_if_fail (sticky_id != NULL, NULL);

  ensure (self);
  entry = g_hash_table_lookup (self->table->entries, sticky_id);
  return entry != NULL ? &entry->shown : NULL;
}

gboolean
storm_overlay_get_flow_lit (StormOverlay *self,
                            const char   *flow_id)
{
  g_return_val_if_fail (STORM_IS_OVERLAY (self), FALSE);
  g_return_val_if_fail (flow_id != NULL, FALSE);

  ensure (self);
  return g_hash_table_contains (self->table->lit_flows, flow_id);
}

gboolean
storm_overlay_has_key (StormOverlay *self)
{
  g_return_val_if_fail (STORM_IS_OVERLAY (self), FALSE);

  return self->key != NULL;
}

StormMarkTable *
storm_overlay_get_mark_table (StormOverlay *self)
{
  return self->marks;
}

void
storm_overlay_marks_changed (StormOverlay *self,
                             GPtrArray    *ids)
{
  emit_changed (self, ids);
}
