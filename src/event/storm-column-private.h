#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORM_CHUNK_BITS 12
#define STORM_CHUNK_ROWS (1u << STORM_CHUNK_BITS)
#define STORM_CHUNK_MASK (STORM_CHUNK_ROWS - 1)

/* One property of STORM_CHUNK_ROWS events. While rows are put into it each takes 8 bytes; once it
 * is full it is packed: what stands in it is mostly near the first of it (times, offsets, numbers
 * of keys), so the distance from the least, in a unit that all share, takes 4 bytes, 2, 1 or
 * none. */
typedef struct
{
  guint8  *cells;   /* NULL with a width of 0 */
  gint64   base;
  guint32  unit;
  guint8   width;   /* bytes a row; 8: as they are, without base and unit */
} StormColumn;

void  storm_column_init      (StormColumn       *self);
void  storm_column_clear     (StormColumn       *self);
/* storm_column_pack: all rows were set; the same is read from it as before. */
void  storm_column_pack      (StormColumn       *self);
/* storm_column_unpack: for the few that are written to once more. */
void  storm_column_unpack    (StormColumn       *self);
gsize storm_column_get_bytes (const StormColumn *self);

static inline gint64
storm_column_get (const StormColumn *self,
                  guint              at)
{
  switch (self->width)
    {
    case 0:
      return self->base;
    case 1:
      return self->base + (gint64) self->cells[at] * self->unit;
    case 2:
      return self->base + (gint64) ((const guint16 *) (gconstpointer) self->cells)[at] * self->unit;
    case 4:
      return self->base + (gint64) ((const guint32 *) (gconstpointer) self->cells)[at] * self->unit;
    default:
      return ((const gint64 *) (gconstpointer) self->cells)[at];
    }
}

static inline void
storm_column_set (StormColumn *self,
                  guint        at,
                  gint64       value)
{
  if (G_UNLIKELY (self->width != sizeof value))
    storm_column_unpack (self);
  ((gint64 *) (gpointer) self->cells)[at] = value;
}

G_END_DECLS
