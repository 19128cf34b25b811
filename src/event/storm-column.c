#include "config.h"

#include "storm-column-private.h"

void
storm_column_init (StormColumn *self)
{
  *self = (StormColumn) { g_malloc (STORM_CHUNK_ROWS * sizeof (gint64)), 0, 1, sizeof (gint64) };
}

void
storm_column_clear (StormColumn *self)
{
  g_clear_pointer (&self->cells, g_free);
}

/* Always inline, here and below: a division by a number that the compiler knows is a
 * multiplication, and this is done for every event. */
G_ALWAYS_INLINE static inline gboolean
are_multiples (const gint64 *values,
               gint64        least,
               guint32       unit)
{
  for (guint at = 0; at < STORM_CHUNK_ROWS; at++)
    if (((guint64) values[at] - (guint64) least) % unit != 0)
      return FALSE;
  return TRUE;
}

/* Times are written in milliseconds or microseconds mostly, and kept in nanoseconds. */
static guint32
find_unit (const gint64 *values,
           gint64        least)
{
  if (are_multiples (values, least, 1000000))
    return 1000000;
  return are_multiples (values, least, 1000) ? 1000 : 1;
}

static guint8
find_width (guint64 most)
{
  if (most == 0)
    return 0;
  if (most <= G_MAXUINT8)
    return 1;
  if (most <= G_MAXUINT16)
    return 2;
  return most <= G_MAXUINT32 ? 4 : 8;
}

G_ALWAYS_INLINE static inline void
put_cells (StormColumn  *self,
           const gint64 *values,
           guint32       unit)
{
  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    {
      guint64 cell = ((guint64) values[i] - (guint64) self->base) / unit;

      if (self->width == 1)
        self->cells[i] = (guint8) cell;
      else if (self->width == 2)
        ((guint16 *) (gpointer) self->cells)[i] = (guint16) cell;
      else
        ((guint32 *) (gpointer) self->cells)[i] = (guint32) cell;
    }
}

void
storm_column_pack (StormColumn *self)
{
  g_autofree gint64 *values = NULL;
  gint64 least, most;
  guint64 range;
  guint8 width;

  if (self->width != sizeof (gint64))
    return;
  values = (gint64 *) (gpointer) self->cells;
  least = most = values[0];
  for (guint i = 1; i < STORM_CHUNK_ROWS; i++)
    {
      least = MIN (least, values[i]);
      most = MAX (most, values[i]);
    }
  range = (guint64) most - (guint64) least;
  /* What fits without it needs none. */
  self->unit = range > G_MAXUINT8 ? find_unit (values, least) : 1;
  width = find_width (range / self->unit);
  if (width == sizeof (gint64))
    {
      g_steal_pointer (&values);
      self->unit = 1;
      return;
    }

  self->base = least;
  self->width = width;
  self->cells = width > 0 ? g_malloc ((gsize) STORM_CHUNK_ROWS * width) : NULL;
  if (width > 0 && self->unit == 1000000)
    put_cells (self, values, 1000000);
  else if (width > 0 && self->unit == 1000)
    put_cells (self, values, 1000);
  else if (width > 0)
    put_cells (self, values, 1);
}

void
storm_column_unpack (StormColumn *self)
{
  g_autofree gint64 *values = g_new (gint64, STORM_CHUNK_ROWS);

  for (guint i = 0; i < STORM_CHUNK_ROWS; i++)
    values[i] = storm_column_get (self, i);
  g_free (self->cells);
  *self = (StormColumn) { (guint8 *) g_steal_pointer (&values), 0, 1, sizeof (gint64) };
}

gsize
storm_column_get_bytes (const StormColumn *self)
{
  return (gsize) STORM_CHUNK_ROWS * self->width;
}
