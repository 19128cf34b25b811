#include "config.h"

#include "storm-order.h"

#include "storm-row-sort.h"

#define BLOCK_MAX 4096

typedef struct
{
  guint32 *rows;
  guint    n;
  guint    capacity;
  guint    n_repeats;
  /* Of all blocks before this one; right up to StormOrder.n_counted. */
  guint    start;
  guint    repeats_before;
} Block;

struct _StormOrder
{
  StormEventLog *log;
  GArray        *blocks;      /* of Block, none of them empty */
  guint          n_rows;
  guint          n_counted;

  /* Repeats among the first rows of one block: lists ask for neighbours one after the other. */
  guint          cached_block;
  guint          cached_rows;
  guint          cached_repeats;
};

static Block *
get_block (StormOrder *self,
           guint       i)
{
  return &g_array_index (self->blocks, Block, i);
}

static void
clear_block (gpointer data)
{
  g_free (((Block *) data)->rows);
}

static gboolean
is_repeat (StormOrder *self,
           guint32     row)
{
  return (storm_event_log_get_flags (self->log, row) & STORM_EVENT_REPEATED) != 0;
}

static void
block_init (StormOrder    *self,
            Block         *block,
            const guint32 *rows,
            guint          n)
{
  guint i;

  memset (block, 0, sizeof *block);
  block->rows = g_memdup2 (rows, n * sizeof (guint32));
  block->n = n;
  block->capacity = n;
  for (i = 0; i < n; i++)
    block->n_repeats += is_repeat (self, rows[i]);
}

static void
touch (StormOrder *self,
       guint       first_block)
{
  self->n_counted = MIN (self->n_counted, first_block);
  self->cached_block = G_MAXUINT;
}

static void
count (StormOrder *self)
{
  guint i;

  for (i = self->n_counted; i < self->blocks->len; i++)
    {
      Block *block = get_block (self, i);
      Block *before = i > 0 ? get_block (self, i - 1) : NULL;

      block->start = before != NULL ? before->start + before->n : 0;
      block->repeats_before = before != NULL ? before->repeats_before + before->n_repeats : 0;
    }
  self->n_counted = self->blocks->len;
}

/* The last block whose first row is not behind @key, 0 when all are. */
static guint
find_block_of_key (StormOrder        *self,
                   const StormRowKey *key)
{
  guint low = 0;
  guint high = self->blocks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      StormRowKey first;

      storm_row_key_init (&first, self->log, get_block (self, middle)->rows[0]);
      if (storm_row_key_compare (&first, key, self->log) <= 0)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static guint
find_block_of_position (StormOrder *self,
                        guint       position)
{
  guint low = 0;
  guint high = self->blocks->len;

  count (self);
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (get_block (self, middle)->start <= position)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
append_rows (StormOrder    *self,
             const guint32 *rows,
             guint          n)
{
  if (n > 0)
    touch (self, self->blocks->len > 0 ? self->blocks->len - 1 : 0);
  self->n_rows += n;
  while (n > 0)
    {
      Block *last = self->blocks->len > 0 ? get_block (self, self->blocks->len - 1) : NULL;
      guint taken;
      guint i;

      if (last == NULL || last->n == BLOCK_MAX)
        {
          Block block = { NULL, };

          g_array_append_val (self->blocks, block);
          last = get_block (self, self->blocks->len - 1);
        }
      taken = MIN (n, BLOCK_MAX - last->n);
      if (last->n + taken > last->capacity)
        {
          last->capacity = CLAMP (last->capacity * 2, last->n + taken, BLOCK_MAX);
          last->rows = g_renew (guint32, last->rows, last->capacity);
        }
      memcpy (last->rows + last->n, rows, taken * sizeof (guint32));
      for (i = 0; i < taken; i++)
        last->n_repeats += is_repeat (self, rows[i]);
      last->n += taken;
      rows += taken;
      n -= taken;
    }
}

/* Puts @rows in the place of block @index, as several blocks when they are too many for one. */
static void
replace_block (StormOrder    *self,
               guint          index,
               const guint32 *rows,
               guint          n)
{
  guint n_pieces = (n + BLOCK_MAX - 1) / BLOCK_MAX;
  g_autofree Block *pieces = NULL;
  guint i;

  pieces = g_new (Block, n_pieces);
  for (i = 0; i < n_pieces; i++)
    {
      guint from = (guint64) n * i / n_pieces;
      guint to = (guint64) n * (i + 1) / n_pieces;

      block_init (self, &pieces[i], rows + from, to - from);
    }
  clear_block (get_block (self, index));
  *get_block (self, index) = pieces[0];
  if (n_pieces > 1)
    g_array_insert_vals (self->blocks, index + 1, pieces + 1, n_pieces - 1);
  touch (self, index);
}

/* Merges @keys into block @index: from behind, so that only what is later moves. */
static void
merge_into (StormOrder        *self,
            guint              index,
            const StormRowKey *keys,
            guint              n)
{
  Block *block = get_block (self, index);
  guint total = block->n + n;
  g_autofree guint32 *rows = g_new (guint32, total);
  guint i = block->n;
  guint k = total;

  while (n > 0)
    {
      StormRowKey key;

      if (i == 0)
        {
          rows[--k] = keys[--n].row;
          continue;
        }
      storm_row_key_init (&key, self->log, block->rows[i - 1]);
      while (n > 0 && storm_row_key_compare (&keys[n - 1], &key, self->log) > 0)
        rows[--k] = keys[--n].row;
      if (n > 0)
        rows[--k] = block->rows[--i];
    }
  memcpy (rows, block->rows, i * sizeof (guint32));
  replace_block (self, index, rows, total);
}

/* The first of the sorted @keys that doesn't stand before the first row of block @index. */
static guint
find_first_of_block (StormOrder        *self,
                     guint              index,
                     const StormRowKey *keys,
                     guint              n)
{
  StormRowKey first;
  guint low = 0;
  guint high = n;

  if (index == 0)
    return 0;
  storm_row_key_init (&first, self->log, get_block (self, index)->rows[0]);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (storm_row_key_compare (&keys[middle], &first, self->log) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
merge_keys (StormOrder        *self,
            const StormRowKey *keys,
            guint              n)
{
  self->n_rows += n;
  while (n > 0)
    {
      guint index = find_block_of_key (self, &keys[n - 1]);
      guint from = find_first_of_block (self, index, keys, n);

      merge_into (self, index, keys + from, n - from);
      n = from;
    }
}

StormOrder *
storm_order_new (StormEventLog *log)
{
  StormOrder *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);

  self = g_new0 (StormOrder, 1);
  self->log = g_object_ref (log);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, clear_block);
  self->cached_block = G_MAXUINT;
  return self;
}

void
storm_order_free (StormOrder *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->blocks);
  g_object_unref (self->log);
  g_free (self);
}

void
storm_order_clear (StormOrder *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->blocks, 0);
  self->n_rows = 0;
  touch (self, 0);
}

void
storm_order_add (StormOrder    *self,
                 const guint32 *rows,
                 guint          n_rows,
                 StormSplice   *splice)
{
  g_autofree StormRowKey *keys = NULL;
  gboolean behind = TRUE;
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (splice != NULL);

  *splice = (StormSplice) { self->n_rows, 0, n_rows };
  if (n_rows == 0)
    return;

  keys = g_new (StormRowKey, n_rows);
  for (i = 0; i < n_rows; i++)
    storm_row_key_init (&keys[i], self->log, rows[i]);
  storm_row_keys_sort (keys, n_rows, self->log);

  if (self->n_rows > 0)
    {
      Block *last = get_block (self, self->blocks->len - 1);
      StormRowKey key;

      storm_row_key_init (&key, self->log, last->rows[last->n - 1]);
      behind = storm_row_key_compare (&key, &keys[0], self->log) < 0;
    }
  if (behind)
    {
      g_autofree guint32 *sorted = g_new (guint32, n_rows);

      for (i = 0; i < n_rows; i++)
        sorted[i] = keys[i].row;
      append_rows (self, sorted, n_rows);
    }
  else
    {
      guint first;
      guint last;

      merge_keys (self, keys, n_rows);
      if (storm_order_find (self, keys[0].row, &first) &&
          storm_order_find (self, keys[n_rows - 1].row, &last))
        *splice = (StormSplice) { first, last - first + 1 - n_rows, last - first + 1 };
    }
}

void
storm_order_append_sorted (StormOrder    *self,
                           const guint32 *rows,
                           guint          n_rows)
{
  g_return_if_fail (self != NULL);

  append_rows (self, rows, n_rows);
}

guint
storm_order_get_n (StormOrder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

guint32
storm_order_get_row (StormOrder *self,
                     guint       position)
{
  Block *block;

  g_return_val_if_fail (self != NULL, G_MAXUINT32);
  g_return_val_if_fail (position < self->n_rows, G_MAXUINT32);

  block = get_block (self, find_block_of_position (self, position));
  return block->rows[position - block->start];
}

/* How many rows of the block that it would be in stand before @row. */
static guint
find_in_block (StormOrder *self,
               guint32     row,
               guint      *index)
{
  StormRowKey key;
  Block *block;
  guint low = 0;
  guint high;

  count (self);
  storm_row_key_init (&key, self->log, row);
  *index = find_block_of_key (self, &key);
  block = get_block (self, *index);
  high = block->n;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      StormRowKey probe;

      storm_row_key_init (&probe, self->log, block->rows[middle]);
      if (storm_row_key_compare (&probe, &key, self->log) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
storm_order_find (StormOrder *self,
                  guint32     row,
                  guint      *position)
{
  Block *block;
  guint in_block;
  guint index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (self->n_rows == 0 || row >= storm_event_log_get_n (self->log))
    return FALSE;
  in_block = find_in_block (self, row, &index);
  block = get_block (self, index);
  if (in_block == block->n || block->rows[in_block] != row)
    return FALSE;
  *position = block->start + in_block;
  return TRUE;
}

guint
storm_order_find_time (StormOrder *self,
                       StormTime   time)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, 0);

  high = self->n_rows;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      StormRowKey key;

      storm_row_key_init (&key, self->log, storm_order_get_row (self, middle));
      if (key.time < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The rows before the place @in_block of block @index, without repeats. */
static guint
count_first (StormOrder *self,
             guint       index,
             guint       in_block)
{
  Block *block = get_block (self, index);
  guint before = block->start + in_block - block->repeats_before;

  if (block->n_repeats == 0)
    return before;
  if (self->cached_block != index || self->cached_rows > in_block)
    {
      self->cached_block = index;
      self->cached_rows = 0;
      self->cached_repeats = 0;
    }
  while (self->cached_rows < in_block)
    self->cached_repeats += is_repeat (self, block->rows[self->cached_rows++]);
  return before - self->cached_repeats;
}

guint
storm_order_count_before (StormOrder *self,
                          guint32     row)
{
  guint in_block;
  guint index;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < storm_event_log_get_n (self->log), 0);

  if (self->n_rows == 0)
    return 0;
  in_block = find_in_block (self, row, &index);
  return count_first (self, index, in_block);
}

guint
storm_order_get_number (StormOrder *self,
                        guint       position)
{
  guint index;
  guint in_block;
  Block *block;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (position < self->n_rows, 0);

  index = find_block_of_position (self, position);
  block = get_block (self, index);
  in_block = position - block->start;
  if (block->n_repeats > 0 && is_repeat (self, block->rows[in_block]))
    return 0;
  return count_first (self, index, in_block) + 1;
}

const guint32 *
storm_order_get_block (StormOrder *self,
                       guint       block,
                       guint      *n_rows)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  *n_rows = 0;
  if (block >= self->blocks->len)
    return NULL;
  *n_rows = get_block (self, block)->n;
  return get_block (self, block)->rows;
}

gsize
storm_order_get_bytes (StormOrder *self)
{
  gsize bytes = sizeof *self;
  guint i;

  g_return_val_if_fail (self != NULL, 0);

  bytes += self->blocks->len * sizeof (Block);
  for (i = 0; i < self->blocks->len; i++)
    bytes += get_block (self, i)->capacity * sizeof (guint32);
  return bytes;
}
