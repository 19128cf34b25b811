#include "config.h"

#include "storm-partition-book-private.h"

#include "storm-batch-private.h"

typedef struct
{
  guint64  key;
  gboolean caught_up;
  gboolean ended;
} Partition;

struct _StormPartitionBook
{
  StormStrings *strings;       /* of its batches; NULL before the first */
  GHashTable   *partitions;    /* (element-type Partition) */
};

StormPartitionBook *
storm_partition_book_new (void)
{
  StormPartitionBook *self = g_new0 (StormPartitionBook, 1);

  self->partitions = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

void
storm_partition_book_free (StormPartitionBook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->strings, storm_strings_unref);
  g_hash_table_unref (self->partitions);
  g_free (self);
}

void
storm_partition_book_take_batch (StormPartitionBook *self,
                                 StormBatch         *batch)
{
  const StormMark *marks;
  guint n_marks;

  marks = storm_batch_get_marks (batch, &n_marks);
  if (n_marks > 0 && self->strings == NULL)
    self->strings = storm_strings_ref (storm_batch_get_strings (batch));
  for (guint i = 0; i < n_marks; i++)
    {
      guint64 key = (guint64) marks[i].topic << 32 | (guint32) marks[i].partition;
      Partition *partition = g_hash_table_lookup (self->partitions, &key);

      if (partition == NULL)
        {
          partition = g_new0 (Partition, 1);
          partition->key = key;
          g_hash_table_insert (self->partitions, &partition->key, partition);
        }
      switch (marks[i].kind)
        {
        case STORM_MARK_ASSIGNED:
          partition->caught_up = partition->ended = FALSE;
          break;
        case STORM_MARK_CAUGHT_UP:
          partition->caught_up = TRUE;
          break;
        case STORM_MARK_ENDED:
          partition->ended = TRUE;
          break;
        case STORM_MARK_GAP:
        case STORM_MARK_ANEW:
        default:
          break;
        }
    }
}

static void
add_mark (GArray          *marks,
          const Partition *partition,
          StormMarkKind    kind)
{
  StormMark mark = { .kind = kind, .topic = (guint32) (partition->key >> 32),
                     .partition = (gint32) (guint32) partition->key };

  g_array_append_val (marks, mark);
}

static StormBatch *
make_batch (StormPartitionBook *self,
            gboolean            go_on)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (StormMark));
  GHashTableIter iter;
  gpointer value;
  StormBatch *batch;

  g_hash_table_iter_init (&iter, self->partitions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Partition *partition = value;

      if (partition->ended)
        continue;
      add_mark (marks, partition, go_on ? STORM_MARK_ASSIGNED : STORM_MARK_ENDED);
      /* Its source tells that only once, as long as nothing new comes. */
      if (go_on && partition->caught_up)
        add_mark (marks, partition, STORM_MARK_CAUGHT_UP);
    }
  if (marks->len == 0)
    return NULL;

  batch = g_new0 (StormBatch, 1);
  g_atomic_ref_count_init (&batch->ref_count);
  batch->strings = storm_strings_ref (self->strings);
  batch->n_marks = marks->len;
  batch->marks = (StormMark *) (gpointer) g_array_free (g_steal_pointer (&marks), FALSE);
  return batch;
}

StormBatch *
storm_partition_book_end (StormPartitionBook *self)
{
  return make_batch (self, FALSE);
}

StormBatch *
storm_partition_book_go_on (StormPartitionBook *self)
{
  return make_batch (self, TRUE);
}
