#include "config.h"

#include "storm-gap-book.h"

#define MAX_GAPS 10000

struct _StormGapBook
{
  GArray     *closed;   /* StormEventGap, by row */
  GHashTable *open;     /* topic and partition → StormEventGap, before its event */
  GHashTable *rows;     /* row → its place in closed, + 1 */
};

static guint64
stream_key (guint32 topic,
            gint32  partition)
{
  return (guint64) topic << 32 | (guint32) partition;
}

StormGapBook *
storm_gap_book_new (void)
{
  StormGapBook *self = g_new0 (StormGapBook, 1);

  self->closed = g_array_new (FALSE, FALSE, sizeof (StormEventGap));
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->rows = g_hash_table_new (NULL, NULL);
  return self;
}

void
storm_gap_book_free (StormGapBook *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->closed);
  g_hash_table_unref (self->open);
  g_hash_table_unref (self->rows);
  g_free (self);
}

void
storm_gap_book_clear (StormGapBook *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->closed, 0);
  g_hash_table_remove_all (self->open);
  g_hash_table_remove_all (self->rows);
}

void
storm_gap_book_take_mark (StormGapBook    *self,
                          const StormMark *mark,
                          guint32          row)
{
  StormEventGap gap = { .row = row, .topic = mark->topic, .partition = mark->partition };
  guint64 key = stream_key (mark->topic, mark->partition);
  StormEventGap *open;

  g_return_if_fail (self != NULL && mark != NULL);

  if ((mark->kind != STORM_MARK_GAP && mark->kind != STORM_MARK_ANEW) ||
      self->closed->len + g_hash_table_size (self->open) >= MAX_GAPS)
    return;
  open = g_hash_table_lookup (self->open, &key);
  if (open == NULL)
    {
      open = g_memdup2 (&gap, sizeof gap);
      g_hash_table_insert (self->open, g_memdup2 (&key, sizeof key), open);
    }
  /* What was missing of a topic that is gone is in front of no event. */
  if (mark->kind == STORM_MARK_ANEW)
    {
      open->anew = TRUE;
      open->from = open->to = 0;
      return;
    }
  /* Two in a row are one to whoever reads the list. */
  if (open->from == open->to)
    open->from = mark->from;
  open->to = mark->to;
}

gboolean
storm_gap_book_is_open (StormGapBook *self)
{
  return g_hash_table_size (self->open) > 0;
}

void
storm_gap_book_take_row (StormGapBook *self,
                         guint32       row,
                         guint32       topic,
                         gint32        partition)
{
  guint64 key = stream_key (topic, partition);
  StormEventGap *open;

  g_return_if_fail (self != NULL);

  open = g_hash_table_lookup (self->open, &key);
  if (open == NULL)
    return;
  open->row = row;
  g_array_append_val (self->closed, *open);
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (row), GUINT_TO_POINTER (self->closed->len));
  g_hash_table_remove (self->open, &key);
}

void
storm_gap_book_take_batch (StormGapBook *self,
                           StormBatch   *batch,
                           guint32       first_row)
{
  guint n_rows, n_marks, mark = 0;
  const StormEventRow *rows;
  const StormMark *marks;

  g_return_if_fail (self != NULL && batch != NULL);

  rows = storm_batch_get_rows (batch, &n_rows);
  marks = storm_batch_get_marks (batch, &n_marks);
  for (guint i = 0; i < n_rows && (mark < n_marks || storm_gap_book_is_open (self)); i++)
    {
      while (mark < n_marks && marks[mark].at_row <= i)
        storm_gap_book_take_mark (self, &marks[mark++], first_row + i);
      storm_gap_book_take_row (self, first_row + i, rows[i].topic, rows[i].partition);
    }
  while (mark < n_marks)
    storm_gap_book_take_mark (self, &marks[mark++], first_row + n_rows);
}

const StormEventGap *
storm_gap_book_find (StormGapBook *self,
                     guint32       row)
{
  guint place;

  g_return_val_if_fail (self != NULL, NULL);

  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->rows, GUINT_TO_POINTER (row)));
  return place > 0 ? &g_array_index (self->closed, StormEventGap, place - 1) : NULL;
}

const StormEventGap *
storm_gap_book_get_closed (StormGapBook *self,
                           guint        *n)
{
  g_return_val_if_fail (self != NULL && n != NULL, NULL);

  *n = self->closed->len;
  return (const StormEventGap *) (gpointer) self->closed->data;
}

static int
compare_gaps (gconstpointer a,
              gconstpointer b)
{
  const StormEventGap *x = a;
  const StormEventGap *y = b;

  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  if (x->topic != y->topic)
    return x->topic < y->topic ? -1 : 1;
  return x->partition < y->partition ? -1 : x->partition > y->partition;
}

void
storm_gap_book_list_open (StormGapBook *self,
                          GArray       *gaps)
{
  GHashTableIter iter;
  gpointer gap;

  g_return_if_fail (self != NULL && gaps != NULL);

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, &gap))
    g_array_append_vals (gaps, gap, 1);
  g_array_sort (gaps, compare_gaps);
}
