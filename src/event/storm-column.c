#include "config.h"

#include "storm-column-private.h"

/* The largest that all distances are multiples of is looked for among these: times are written in
 * milliseconds or microseconds mostly, and kept in nanoseconds. */
static const guint32 units[] = { 1000000, 1000 };

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

static guint32
find_unit (const gint64 *values,
           gint64        least)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      guint at = 0;

      while (at < STORM_CHUNK_ROWS && ((guint64) values[at] - (guint64) least) % units[i] == 0)
        at++;
      if (at == STORM_CHUNK_ROWS)
        return units[i];
    }
  return 1;
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

static void
put_cell (guint8  *cells,
          guint8   width,
          guint    at,
          guint64  value)
{
  if (width == 1)
    cells[at] = (guint8) value;
  else if (width == 2)
    ((guint16 *) (gpointer) cells)[at] = (guint16) value;
  else if (width == 4)
    ((guint32 *) (gpointer) cells)[at] = (guint32) value;
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
  for (guint i = 0; width > 0 && i < STORM_CHUNK_ROWS; i++)
    put_cell (self->cells, width, i, ((guint64) values[i] - (guint64) least) / self->unit);
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
