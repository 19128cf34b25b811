#include "config.h"

#include "storm-trace-index.h"

#include <gio/gio.h>

#include "storm-posting.h"
#include "storm-trace-private.h"
#include "storm-watermark.h"

#define BLOCK_BITS 12
#define BLOCK_SIZE (1u << BLOCK_BITS)
#define N_LOOKED_UP 64

/* A mark that changed something, and where it stood between the rows. */
typedef struct
{
  guint32       row;
  StormMarkKind kind;
  guint32       topic;
  gint32        partition;
} PlacedMark;

typedef struct
{
  guint32   first_row;
  StormTime now;
} Arrival;

struct _StormTraceIndex
{
  GObject         parent_instance;

  StormEventLog  *log;
  gint64          lateness;
  StormWatermark *watermark;
  StormTime       mark;           /* the watermark at the last batch or flush */
  StormTime       flushed_mark;

  /* Postings never move: they stand in blocks, so that growing copies nothing. */
  GPtrArray      *blocks;
  guint32         n_traces;
  guint32         n_listed;       /* what the list model has told of */
  guint32        *by_key;         /* key id → place + 1 */
  guint32         n_by_key;

  GHashTable     *live;           /* place → StormTrace, not owned */
  GArray         *dirty;          /* guint32 places of live traces that got rows */
  StormTrace     *looked_up[N_LOOKED_UP];
  guint           next_looked_up;

  GArray         *marks;          /* of PlacedMark */
  GArray         *arrivals;       /* of Arrival */
  guint           n_undecodable;
};

static void storm_trace_index_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormTraceIndex, storm_trace_index, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      storm_trace_index_list_model_init))

static StormPosting *
get_posting (StormTraceIndex *self,
             guint32          place)
{
  StormPosting *block = g_ptr_array_index (self->blocks, place >> BLOCK_BITS);

  return &block[place & (BLOCK_SIZE - 1)];
}

static void
grow_by_key (StormTraceIndex *self,
             guint32          key_id)
{
  guint32 n_strings = storm_strings_get_n (storm_event_log_get_strings (self->log));
  guint32 n = MAX (key_id + 1, n_strings + n_strings / 4);

  self->by_key = g_renew (guint32, self->by_key, n);
  memset (self->by_key + self->n_by_key, 0, (n - self->n_by_key) * sizeof (guint32));
  self->n_by_key = n;
}

static StormPosting *
ensure_posting (StormTraceIndex *self,
                guint32          key_id,
                guint32         *place)
{
  StormPosting *posting;

  if (key_id >= self->n_by_key)
    grow_by_key (self, key_id);
  if (self->by_key[key_id] != 0)
    {
      *place = self->by_key[key_id] - 1;
      return get_posting (self, *place);
    }

  *place = self->n_traces++;
  if (*place >> BLOCK_BITS >= self->blocks->len)
    g_ptr_array_add (self->blocks, g_new0 (StormPosting, BLOCK_SIZE));
  self->by_key[key_id] = *place + 1;
  posting = get_posting (self, *place);
  posting->key_id = key_id;
  return posting;
}

static void
take_row (StormTraceIndex *self,
          guint32          row,
          guint32          key_id,
          gboolean         repeated)
{
  guint32 place;
  StormPosting *posting = ensure_posting (self, key_id, &place);

  storm_posting_append (posting, row);
  if (repeated)
    posting->n_repeats++;
  if (posting->live && !posting->dirty)
    {
      posting->dirty = TRUE;
      g_array_append_val (self->dirty, place);
    }
}

/* Reads the log's columns: after a remap the rows in the batches don't hold any more. */
static void
process_row (StormTraceIndex *self,
             guint32          row,
             StormTime        now)
{
  guint16 flags = storm_event_log_get_flags (self->log, row);
  guint32 key_id = storm_event_log_get_correlation_id (self->log, row);
  gboolean repeated = (flags & STORM_EVENT_REPEATED) != 0;
  gboolean late;

  late = storm_watermark_event (self->watermark,
                                storm_event_log_get_topic_id (self->log, row),
                                storm_event_log_get_partition (self->log, row),
                                storm_event_log_get_time (self->log, row), now);
  /* A repeat is put behind its first and moves no number, so it can't be late. */
  if (late && !repeated)
    storm_event_log_add_flags (self->log, row, STORM_EVENT_LATE);

  if (flags & STORM_EVENT_UNDECODABLE)
    self->n_undecodable++;
  else if (key_id != 0)
    take_row (self, row, key_id, repeated);
}

static gboolean
process_mark (StormTraceIndex *self,
              StormMarkKind    kind,
              guint32          topic,
              gint32           partition)
{
  switch (kind)
    {
    case STORM_MARK_ASSIGNED:
      return storm_watermark_assigned (self->watermark, topic, partition);
    case STORM_MARK_CAUGHT_UP:
      return storm_watermark_caught_up (self->watermark, topic, partition);
    case STORM_MARK_ENDED:
      return storm_watermark_ended (self->watermark, topic, partition);
    case STORM_MARK_GAP:
    case STORM_MARK_ANEW:
      /* What is gone from the broker will never come, so it holds nothing back. */
      return FALSE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
forget_traces (StormTraceIndex *self)
{
  GHashTableIter iter;
  gpointer value;
  guint32 i;
  guint k;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    storm_trace_detach (value);
  g_hash_table_remove_all (self->live);
  for (k = 0; k < N_LOOKED_UP; k++)
    g_clear_object (&self->looked_up[k]);
  g_array_set_size (self->dirty, 0);

  for (i = 0; i < self->n_traces; i++)
    storm_posting_clear (get_posting (self, i));
  g_ptr_array_set_size (self->blocks, 0);
  g_clear_pointer (&self->by_key, g_free);
  self->n_by_key = 0;
  self->n_traces = 0;
  self->n_undecodable = 0;
  g_clear_pointer (&self->watermark, storm_watermark_free);
  self->mark = STORM_TIME_NONE;
  self->flushed_mark = STORM_TIME_NONE;
}

static StormTrace *
dup_trace (StormTraceIndex *self,
           guint32          place)
{
  StormTrace *trace = g_hash_table_lookup (self->live, GUINT_TO_POINTER (place));
  StormPosting *posting = get_posting (self, place);

  if (trace != NULL)
    return g_object_ref (trace);
  trace = storm_trace_new (self, place, posting->key_id);
  g_hash_table_insert (self->live, GUINT_TO_POINTER (place), trace);
  posting->live = TRUE;
  return trace;
}

static GType
storm_trace_index_get_item_type (GListModel *model)
{
  return STORM_TYPE_TRACE;
}

static guint
storm_trace_index_get_n_items (GListModel *model)
{
  return STORM_TRACE_INDEX (model)->n_listed;
}

static gpointer
storm_trace_index_get_item (GListModel *model,
                            guint       position)
{
  StormTraceIndex *self = STORM_TRACE_INDEX (model);

  return position < self->n_listed ? dup_trace (self, position) : NULL;
}

static void
storm_trace_index_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_trace_index_get_item_type;
  iface->get_n_items = storm_trace_index_get_n_items;
  iface->get_item = storm_trace_index_get_item;
}

static void
storm_trace_index_finalize (GObject *object)
{
  StormTraceIndex *self = STORM_TRACE_INDEX (object);

  forget_traces (self);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->dirty, g_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->arrivals, g_array_unref);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (storm_trace_index_parent_class)->finalize (object);
}

static void
storm_trace_index_class_init (StormTraceIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_trace_index_finalize;
}

static void
storm_trace_index_init (StormTraceIndex *self)
{
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->live = g_hash_table_new (NULL, NULL);
  self->dirty = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->marks = g_array_new (FALSE, FALSE, sizeof (PlacedMark));
  self->arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));
  self->mark = STORM_TIME_NONE;
  self->flushed_mark = STORM_TIME_NONE;
}

/* Emits `changed` on the traces that got rows, and on those whose numbers were settled. */
static void
tell_traces (StormTraceIndex *self)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean moved = self->mark != self->flushed_mark;
  guint i;

  if (moved)
    {
      GHashTableIter iter;
      gpointer key;
      gpointer value;

      g_hash_table_iter_init (&iter, self->live);
      while (g_hash_table_iter_next (&iter, &key, &value))
        {
          if (!get_posting (self, GPOINTER_TO_UINT (key))->dirty && storm_trace_settle (value))
            g_ptr_array_add (changed, g_object_ref (value));
        }
    }
  for (i = 0; i < self->dirty->len; i++)
    {
      guint32 place = g_array_index (self->dirty, guint32, i);
      StormTrace *trace = g_hash_table_lookup (self->live, GUINT_TO_POINTER (place));

      get_posting (self, place)->dirty = FALSE;
      if (trace != NULL)
        g_ptr_array_add (changed, g_object_ref (trace));
    }
  g_array_set_size (self->dirty, 0);
  self->flushed_mark = self->mark;

  for (i = 0; i < changed->len; i++)
    storm_trace_emit_changed (g_ptr_array_index (changed, i));
}

StormTraceIndex *
storm_trace_index_new (StormEventLog *log,
                       gint64         lateness)
{
  StormTraceIndex *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);
  g_return_val_if_fail (lateness >= 0, NULL);

  self = g_object_new (STORM_TYPE_TRACE_INDEX, NULL);
  self->log = g_object_ref (log);
  self->lateness = lateness;
  self->watermark = storm_watermark_new (lateness);
  return self;
}

void
storm_trace_index_take (StormTraceIndex *self,
                        StormBatch      *batch,
                        guint32          first_row)
{
  storm_trace_index_take_at (self, batch, first_row, storm_time_now ());
}

void
storm_trace_index_take_at (StormTraceIndex *self,
                           StormBatch      *batch,
                           guint32          first_row,
                           StormTime        now)
{
  const StormMark *marks;
  Arrival arrival = { first_row, now };
  guint n_rows;
  guint n_marks;
  guint k = 0;
  guint i;

  g_return_if_fail (STORM_IS_TRACE_INDEX (self));
  g_return_if_fail (batch != NULL);

  storm_batch_get_rows (batch, &n_rows);
  marks = storm_batch_get_marks (batch, &n_marks);
  if (n_rows > 0)
    g_array_append_val (self->arrivals, arrival);

  for (i = 0; i <= n_rows; i++)
    {
      for (; k < n_marks && (marks[k].at_row <= i || i == n_rows); k++)
        {
          PlacedMark placed = { first_row + i, marks[k].kind, marks[k].topic, marks[k].partition };

          if (process_mark (self, placed.kind, placed.topic, placed.partition))
            g_array_append_val (self->marks, placed);
        }
      if (i < n_rows)
        process_row (self, first_row + i, now);
    }
  self->mark = storm_watermark_get (self->watermark, now);
}

void
storm_trace_index_settle (StormTraceIndex *self)
{
  g_return_if_fail (STORM_IS_TRACE_INDEX (self));

  self->mark = storm_watermark_get (self->watermark, storm_time_now ());
  tell_traces (self);
}

void
storm_trace_index_flush (StormTraceIndex *self)
{
  storm_trace_index_flush_at (self, storm_time_now ());
}

void
storm_trace_index_flush_at (StormTraceIndex *self,
                            StormTime        now)
{
  guint32 n_listed;

  g_return_if_fail (STORM_IS_TRACE_INDEX (self));

  self->mark = storm_watermark_get (self->watermark, now);
  tell_traces (self);

  n_listed = self->n_listed;
  self->n_listed = self->n_traces;
  if (self->n_listed > n_listed)
    g_list_model_items_changed (G_LIST_MODEL (self), n_listed, 0, self->n_listed - n_listed);
}

void
storm_trace_index_rebuild (StormTraceIndex *self)
{
  guint32 n_rows;
  guint32 n_listed;
  guint32 row;
  StormTime now = STORM_TIME_NONE;
  guint m = 0;
  guint a = 0;

  g_return_if_fail (STORM_IS_TRACE_INDEX (self));

  n_listed = self->n_listed;
  n_rows = storm_event_log_get_n (self->log);
  forget_traces (self);
  self->watermark = storm_watermark_new (self->lateness);

  for (row = 0; row <= n_rows; row++)
    {
      for (; m < self->marks->len; m++)
        {
          PlacedMark *placed = &g_array_index (self->marks, PlacedMark, m);

          if (placed->row > row)
            break;
          process_mark (self, placed->kind, placed->topic, placed->partition);
        }
      for (; a < self->arrivals->len; a++)
        {
          Arrival *arrival = &g_array_index (self->arrivals, Arrival, a);

          if (arrival->first_row > row)
            break;
          now = arrival->now;
        }
      if (row < n_rows)
        process_row (self, row, now);
    }
  self->mark = now == STORM_TIME_NONE ? STORM_TIME_NONE
                                      : storm_watermark_get (self->watermark, now);
  self->n_listed = self->n_traces;
  if (n_listed > 0 || self->n_listed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_listed, self->n_listed);
}

void
storm_trace_index_clear (StormTraceIndex *self)
{
  guint32 n_listed;

  g_return_if_fail (STORM_IS_TRACE_INDEX (self));

  n_listed = self->n_listed;
  forget_traces (self);
  self->watermark = storm_watermark_new (self->lateness);
  g_array_set_size (self->marks, 0);
  g_array_set_size (self->arrivals, 0);
  self->n_listed = 0;
  if (n_listed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_listed, 0);
}

StormTrace *
storm_trace_index_lookup (StormTraceIndex *self,
                          const char      *key)
{
  StormTrace *trace;
  guint32 key_id;

  g_return_val_if_fail (STORM_IS_TRACE_INDEX (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  key_id = storm_strings_find (storm_event_log_get_strings (self->log), key, -1);
  if (key_id == 0 || key_id >= self->n_by_key || self->by_key[key_id] == 0)
    return NULL;

  trace = dup_trace (self, self->by_key[key_id] - 1);
  g_clear_object (&self->looked_up[self->next_looked_up]);
  self->looked_up[self->next_looked_up] = trace;
  self->next_looked_up = (self->next_looked_up + 1) % N_LOOKED_UP;
  return trace;
}

StormTime
storm_trace_index_get_watermark (StormTraceIndex *self)
{
  g_return_val_if_fail (STORM_IS_TRACE_INDEX (self), STORM_TIME_NONE);

  return self->mark;
}

guint
storm_trace_index_get_n_undecodable (StormTraceIndex *self)
{
  g_return_val_if_fail (STORM_IS_TRACE_INDEX (self), 0);

  return self->n_undecodable;
}

gsize
storm_trace_index_get_bytes (StormTraceIndex *self)
{
  gsize bytes;

  g_return_val_if_fail (STORM_IS_TRACE_INDEX (self), 0);

  bytes = self->blocks->len * BLOCK_SIZE * sizeof (StormPosting)
          + self->n_by_key * sizeof (guint32) + self->marks->len * sizeof (PlacedMark)
          + self->arrivals->len * sizeof (Arrival) + self->dirty->len * sizeof (guint32)
          + g_hash_table_size (self->live) * 2 * sizeof (gpointer);
  for (guint32 i = 0; i < self->n_traces; i++)
    bytes += storm_posting_get_bytes (get_posting (self, i));
  return bytes;
}

gboolean
storm_trace_index_get_place (StormTraceIndex *self,
                             guint32          key_id,
                             guint32         *place)
{
  if (key_id >= self->n_by_key || self->by_key[key_id] == 0)
    return FALSE;
  *place = self->by_key[key_id] - 1;
  return TRUE;
}

StormTrace *
storm_trace_index_dup_trace (StormTraceIndex *self,
                             guint32          place)
{
  return dup_trace (self, place);
}

StormEventLog *
storm_trace_index_get_log (StormTraceIndex *self)
{
  return self->log;
}

const guint32 *
storm_trace_index_get_rows (StormTraceIndex *self,
                            guint32          place,
                            guint           *n_rows,
                            guint           *n_repeats)
{
  StormPosting *posting = get_posting (self, place);

  *n_rows = posting->n;
  *n_repeats = posting->n_repeats;
  return storm_posting_sort (posting, self->log);
}

void
storm_trace_index_forget (StormTraceIndex *self,
                          guint32          place)
{
  g_hash_table_remove (self->live, GUINT_TO_POINTER (place));
  get_posting (self, place)->live = FALSE;
}
