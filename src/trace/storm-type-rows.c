#include "config.h"

#include "storm-type-rows.h"

#include "storm-posting.h"

/* So many rows are added before the clock is looked at. */
#define STEP 2048

struct _StormTypeRows
{
  StormEventLog *log;
  StormOrder    *order;
  GHashTable    *places;     /* type id → place in types + 1 */
  GArray        *types;      /* of StormPosting, key_id being the type */

  guint32        n_start;    /* rows that were in the order at the beginning */
  guint32        n_filled;   /* so many of them are in */
  guint32        last_row;   /* the last one that was looked at */
  guint32        n_taken;    /* rows of the log that are in, once all of them are */
};

static void
clear_posting (gpointer data)
{
  storm_posting_clear (data);
}

static StormPosting *
ensure_type (StormTypeRows *self,
             guint32        type_id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, GUINT_TO_POINTER (type_id)));

  if (place == 0)
    {
      StormPosting posting = { .key_id = type_id };

      g_array_append_val (self->types, posting);
      place = self->types->len;
      g_hash_table_insert (self->places, GUINT_TO_POINTER (type_id), GUINT_TO_POINTER (place));
    }
  return &g_array_index (self->types, StormPosting, place - 1);
}

/* Returns the list to which the row was added, if any. */
static StormPosting *
add_row (StormTypeRows *self,
         guint32        row)
{
  StormPosting *posting;

  if (storm_event_log_get_flags (self->log, row) &
      (STORM_EVENT_UNDECODABLE | STORM_EVENT_REPEATED))
    return NULL;
  posting = ensure_type (self, storm_event_log_get_type_id (self->log, row));
  storm_posting_append (posting, row);
  return posting;
}

StormTypeRows *
storm_type_rows_new (StormEventLog *log,
                     StormOrder    *order)
{
  StormTypeRows *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);
  g_return_val_if_fail (order != NULL, NULL);

  self = g_new0 (StormTypeRows, 1);
  self->log = g_object_ref (log);
  self->order = order;
  self->places = g_hash_table_new (NULL, NULL);
  self->types = g_array_new (FALSE, FALSE, sizeof (StormPosting));
  g_array_set_clear_func (self->types, clear_posting);
  self->n_start = storm_order_get_n (order);
  self->n_taken = self->n_start;
  self->last_row = G_MAXUINT32;
  return self;
}

void
storm_type_rows_free (StormTypeRows *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->places);
  g_array_unref (self->types);
  g_object_unref (self->log);
  g_free (self);
}

/* What came in between since the last slice is left for storm_type_rows_take(). */
static void
fill_some (StormTypeRows *self)
{
  guint n_order = storm_order_get_n (self->order);
  guint position = 0;
  guint end;

  if (self->last_row != G_MAXUINT32 && storm_order_find (self->order, self->last_row, &position))
    position++;
  for (end = MIN (n_order, position + STEP); position < end; position++)
    {
      StormPosting *posting;

      self->last_row = storm_order_get_row (self->order, position);
      if (self->last_row >= self->n_start)
        continue;
      self->n_filled++;
      posting = add_row (self, self->last_row);
      if (posting != NULL)
        posting->n_sorted = posting->n;
    }
}

gboolean
storm_type_rows_fill (StormTypeRows *self,
                      gint64         span)
{
  gint64 end = g_get_monotonic_time () + span;

  g_return_val_if_fail (self != NULL, FALSE);

  while (self->n_filled < self->n_start)
    {
      fill_some (self);
      if (g_get_monotonic_time () >= end)
        break;
    }
  return storm_type_rows_is_ready (self);
}

gboolean
storm_type_rows_is_ready (StormTypeRows *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_filled >= self->n_start;
}

double
storm_type_rows_get_progress (StormTypeRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_start > 0 ? (double) self->n_filled / self->n_start : 1;
}

gboolean
storm_type_rows_take (StormTypeRows     *self,
                      guint32            n_rows,
                      const StormMoment *moment)
{
  gboolean included = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (storm_type_rows_is_ready (self), FALSE);

  for (; self->n_taken < n_rows; self->n_taken++)
    {
      if (add_row (self, self->n_taken) != NULL && !included && moment != NULL)
        included = storm_moment_includes (moment, self->log, self->n_taken);
    }
  return included;
}

guint
storm_type_rows_get_n_types (StormTypeRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->types->len;
}

guint32
storm_type_rows_get_type_id (StormTypeRows *self,
                             guint          type)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (type < self->types->len, 0);

  return g_array_index (self->types, StormPosting, type).key_id;
}

guint
storm_type_rows_count (StormTypeRows     *self,
                       guint              type,
                       const StormMoment *moment,
                       guint32           *last_row)
{
  StormPosting *posting;
  const guint32 *rows;
  guint n;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (type < self->types->len, 0);
  g_return_val_if_fail (moment != NULL, 0);

  posting = &g_array_index (self->types, StormPosting, type);
  rows = storm_posting_sort (posting, self->log);
  n = storm_moment_count_rows (moment, self->log, rows, posting->n);
  if (n > 0 && last_row != NULL)
    *last_row = rows[n - 1];
  return n;
}
