#include "config.h"

#include "storm-row-sort.h"

/* The ends of the ascending runs in @keys. Few: a batch holds one or some partitions, and each of
 * them is nearly in order. */
static GArray *
find_runs (const StormRowKey *keys,
           gsize              n,
           StormEventLog     *log)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize i;

  for (i = 1; i < n; i++)
    {
      if (storm_row_key_compare (&keys[i - 1], &keys[i], log) > 0)
        g_array_append_val (runs, i);
    }
  g_array_append_val (runs, n);
  return runs;
}

static void
merge (const StormRowKey *a,
       gsize              n_a,
       const StormRowKey *b,
       gsize              n_b,
       StormRowKey       *out,
       StormEventLog     *log)
{
  gsize i = 0;
  gsize j = 0;

  while (i < n_a && j < n_b)
    {
      if (storm_row_key_compare (&b[j], &a[i], log) < 0)
        *out++ = b[j++];
      else
        *out++ = a[i++];
    }
  while (i < n_a)
    *out++ = a[i++];
  while (j < n_b)
    *out++ = b[j++];
}

/* Merges runs in pairs from @from into @to; the ends in @runs become those of the merged ones. */
static void
merge_pass (const StormRowKey *from,
            StormRowKey       *to,
            GArray            *runs,
            StormEventLog     *log)
{
  gsize *ends = (gsize *) runs->data;
  gsize start = 0;
  guint n_out = 0;
  guint i;

  for (i = 0; i < runs->len; i += 2)
    {
      gsize middle = ends[i];
      gsize end = i + 1 < runs->len ? ends[i + 1] : middle;

      merge (from + start, middle - start, from + middle, end - middle, to + start, log);
      ends[n_out++] = end;
      start = end;
    }
  g_array_set_size (runs, n_out);
}

void
storm_row_key_init (StormRowKey   *key,
                    StormEventLog *log,
                    guint32        row)
{
  key->row = row;
  key->first = row;
  if (storm_event_log_get_flags (log, row) & STORM_EVENT_REPEATED)
    key->first = storm_event_log_get_first (log, row);
  key->time = storm_event_log_get_time (log, key->first);
}

int
storm_row_key_compare (const StormRowKey *a,
                       const StormRowKey *b,
                       StormEventLog     *log)
{
  if (a->time != b->time)
    return a->time < b->time ? -1 : 1;
  /* The repeated event itself arrived first, so it has the lowest row. */
  if (a->first == b->first)
    return a->row < b->row ? -1 : a->row > b->row;
  return storm_event_log_compare (log, a->first, b->first);
}

gboolean
storm_row_is_later (guint32        row,
                    guint32        than,
                    StormEventLog *log)
{
  StormRowKey a;
  StormRowKey b;

  storm_row_key_init (&a, log, row);
  storm_row_key_init (&b, log, than);
  return storm_row_key_compare (&a, &b, log) > 0;
}

void
storm_row_keys_sort (StormRowKey   *keys,
                     gsize          n,
                     StormEventLog *log)
{
  g_autoptr (GArray) runs = NULL;
  g_autofree StormRowKey *buffer = NULL;
  StormRowKey *from = keys;
  StormRowKey *to;

  g_return_if_fail (n == 0 || keys != NULL);

  if (n < 2)
    return;
  runs = find_runs (keys, n, log);
  if (runs->len == 1)
    return;

  buffer = g_new (StormRowKey, n);
  to = buffer;
  while (runs->len > 1)
    {
      StormRowKey *swap = from;

      merge_pass (from, to, runs, log);
      from = to;
      to = swap;
    }
  if (from != keys)
    memcpy (keys, from, n * sizeof (StormRowKey));
}

void
storm_rows_sort_tail (guint32       *rows,
                      gsize          n_sorted,
                      gsize          n,
                      StormEventLog *log)
{
  g_autofree StormRowKey *tail = NULL;
  gsize n_tail = n - n_sorted;
  gsize i = n_sorted;
  gsize k = n;
  gsize j;

  g_return_if_fail (n_sorted <= n);

  if (n_tail == 0)
    return;
  tail = g_new (StormRowKey, n_tail);
  for (j = 0; j < n_tail; j++)
    storm_row_key_init (&tail[j], log, rows[n_sorted + j]);
  storm_row_keys_sort (tail, n_tail, log);

  j = n_tail;
  while (i > 0 && j > 0)
    {
      StormRowKey key;

      storm_row_key_init (&key, log, rows[i - 1]);
      while (j > 0 && storm_row_key_compare (&tail[j - 1], &key, log) > 0)
        rows[--k] = tail[--j].row;
      if (j > 0)
        rows[--k] = rows[--i];
    }
  while (j > 0)
    rows[--k] = tail[--j].row;
}
