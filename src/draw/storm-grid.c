#include "config.h"

#include "storm-grid.h"

#include <math.h>

/* Past this many cells a thing is kept in the list of large ones. */
#define MAX_CELLS 256

typedef struct
{
  StormRect rect;
  gpointer  data;
  guint     stamp;
  gboolean  used;
  gboolean  large;
} StormGridEntry;

typedef struct
{
  int x0, y0, x1, y1;
} StormCells;

struct _StormGrid
{
  GHashTable *cells;    /* packed cell → GArray of guint slots */
  GArray     *large;    /* guint slots */
  GArray     *entries;  /* StormGridEntry, by slot */
  GArray     *free;     /* guint slots */
  guint       stamp;
  guint       n;
};

StormGrid *
storm_grid_new (void)
{
  StormGrid *self = g_new0 (StormGrid, 1);

  self->cells = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->large = g_array_new (FALSE, FALSE, sizeof (guint));
  self->entries = g_array_new (FALSE, TRUE, sizeof (StormGridEntry));
  self->free = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
storm_grid_free (StormGrid *self)
{
  g_hash_table_unref (self->cells);
  g_array_unref (self->large);
  g_array_unref (self->entries);
  g_array_unref (self->free);
  g_free (self);
}

guint
storm_grid_get_n (StormGrid *self)
{
  return self->n;
}

static StormGridEntry *
storm_grid_entry (StormGrid *self,
                  guint      slot)
{
  return &g_array_index (self->entries, StormGridEntry, slot);
}

const StormRect *
storm_grid_get_rect (StormGrid *self,
                     guint      slot)
{
  return &storm_grid_entry (self, slot)->rect;
}

static int
storm_grid_cell (double v)
{
  /* Sixteen bits an axis, so that a cell is one hash key; ±STORM_COORD_MAX needs fewer. */
  return (int) CLAMP (floor (v / STORM_GRID_CELL), -32768, 32767);
}

static StormCells
storm_grid_cells (const StormRect *r)
{
  return (StormCells) { storm_grid_cell (r->x), storm_grid_cell (r->y),
                        storm_grid_cell (r->x + r->width), storm_grid_cell (r->y + r->height) };
}

static gboolean
storm_cells_equal (const StormCells *a,
                   const StormCells *b)
{
  return a->x0 == b->x0 && a->y0 == b->y0 && a->x1 == b->x1 && a->y1 == b->y1;
}

static guint64
storm_cells_count (const StormCells *c)
{
  return (guint64) (c->x1 - c->x0 + 1) * (guint64) (c->y1 - c->y0 + 1);
}

static gpointer
storm_grid_key (int x,
                int y)
{
  return GUINT_TO_POINTER (((guint) (x + 32768) << 16) | (guint) (y + 32768));
}

static void
storm_slots_remove (GArray *slots,
                    guint   slot)
{
  for (guint i = 0; i < slots->len; i++)
    if (g_array_index (slots, guint, i) == slot)
      {
        g_array_remove_index_fast (slots, i);
        return;
      }
  g_assert_not_reached ();
}

static void
storm_grid_put (StormGrid *self,
                guint      slot)
{
  StormGridEntry *entry = storm_grid_entry (self, slot);
  StormCells c = storm_grid_cells (&entry->rect);

  entry->large = storm_cells_count (&c) > MAX_CELLS;
  if (entry->large)
    {
      g_array_append_val (self->large, slot);
      return;
    }
  for (int y = c.y0; y <= c.y1; y++)
    for (int x = c.x0; x <= c.x1; x++)
      {
        GArray *cell = g_hash_table_lookup (self->cells, storm_grid_key (x, y));

        if (cell == NULL)
          {
            cell = g_array_new (FALSE, FALSE, sizeof (guint));
            g_hash_table_insert (self->cells, storm_grid_key (x, y), cell);
          }
        g_array_append_val (cell, slot);
      }
}

static void
storm_grid_take (StormGrid *self,
                 guint      slot)
{
  StormGridEntry *entry = storm_grid_entry (self, slot);
  StormCells c = storm_grid_cells (&entry->rect);

  if (entry->large)
    {
      storm_slots_remove (self->large, slot);
      return;
    }
  for (int y = c.y0; y <= c.y1; y++)
    for (int x = c.x0; x <= c.x1; x++)
      {
        GArray *cell = g_hash_table_lookup (self->cells, storm_grid_key (x, y));

        storm_slots_remove (cell, slot);
        if (cell->len == 0)
          g_hash_table_remove (self->cells, storm_grid_key (x, y));
      }
}

guint
storm_grid_insert (StormGrid       *self,
                   const StormRect *rect,
                   gpointer         data)
{
  StormGridEntry entry = { .rect = *rect, .data = data, .used = TRUE };
  guint slot;

  if (self->free->len > 0)
    {
      slot = g_array_index (self->free, guint, self->free->len - 1);
      g_array_set_size (self->free, self->free->len - 1);
      *storm_grid_entry (self, slot) = entry;
    }
  else
    {
      slot = self->entries->len;
      g_array_append_val (self->entries, entry);
    }
  self->n++;
  storm_grid_put (self, slot);
  return slot;
}

void
storm_grid_move (StormGrid       *self,
                 guint            slot,
                 const StormRect *rect)
{
  StormGridEntry *entry = storm_grid_entry (self, slot);
  StormCells before = storm_grid_cells (&entry->rect);
  StormCells after = storm_grid_cells (rect);

  g_return_if_fail (entry->used);

  /* Most steps of a drag stay within the cells. */
  if (storm_cells_equal (&before, &after))
    {
      entry->rect = *rect;
      return;
    }
  storm_grid_take (self, slot);
  entry->rect = *rect;
  storm_grid_put (self, slot);
}

void
storm_grid_remove (StormGrid *self,
                   guint      slot)
{
  g_return_if_fail (storm_grid_entry (self, slot)->used);

  storm_grid_take (self, slot);
  storm_grid_entry (self, slot)->used = FALSE;
  g_array_append_val (self->free, slot);
  self->n--;
}

/* Also true for things without width or height, such as a straight flow. */
static gboolean
storm_grid_touches (const StormRect *a,
                    const StormRect *b)
{
  return a->x <= b->x + b->width && b->x <= a->x + a->width &&
         a->y <= b->y + b->height && b->y <= a->y + a->height;
}

typedef struct
{
  StormGridFunc      func;       /* one of both */
  StormGridRectFunc  rect_func;
  gpointer           user_data;
} StormGridCall;

static void
storm_grid_call (const StormGridCall  *call,
                 const StormGridEntry *entry)
{
  if (call->func != NULL)
    call->func (entry->data, call->user_data);
  else
    call->rect_func (&entry->rect, call->user_data);
}

static void
storm_grid_visit (StormGrid           *self,
                  const GArray        *slots,
                  const StormRect     *rect,
                  const StormGridCall *call)
{
  for (guint i = 0; i < slots->len; i++)
    {
      StormGridEntry *entry = storm_grid_entry (self, g_array_index (slots, guint, i));

      if (entry->stamp == self->stamp)
        continue;
      entry->stamp = self->stamp;
      if (storm_grid_touches (&entry->rect, rect))
        storm_grid_call (call, entry);
    }
}

static void
storm_grid_run (StormGrid           *self,
                const StormRect     *rect,
                const StormGridCall *call)
{
  StormCells c = storm_grid_cells (rect);

  self->stamp++;
  if (storm_cells_count (&c) > MAX (self->n, 64))
    {
      /* The view covers more cells than there are things: asking each thing is less work. */
      for (guint i = 0; i < self->entries->len; i++)
        {
          StormGridEntry *entry = storm_grid_entry (self, i);

          if (entry->used && storm_grid_touches (&entry->rect, rect))
            storm_grid_call (call, entry);
        }
      return;
    }

  storm_grid_visit (self, self->large, rect, call);
  for (int y = c.y0; y <= c.y1; y++)
    for (int x = c.x0; x <= c.x1; x++)
      {
        const GArray *cell = g_hash_table_lookup (self->cells, storm_grid_key (x, y));

        if (cell != NULL)
          storm_grid_visit (self, cell, rect, call);
      }
}

void
storm_grid_query (StormGrid       *self,
                  const StormRect *rect,
                  StormGridFunc    func,
                  gpointer         user_data)
{
  StormGridCall call = { .func = func, .user_data = user_data };

  storm_grid_run (self, rect, &call);
}

void
storm_grid_query_rects (StormGrid         *self,
                        const StormRect   *rect,
                        StormGridRectFunc  func,
                        gpointer           user_data)
{
  StormGridCall call = { .rect_func = func, .user_data = user_data };

  storm_grid_run (self, rect, &call);
}
