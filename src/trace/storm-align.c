#include "config.h"

#include "storm-align.h"

typedef struct
{
  const guint32 *a;
  const guint32 *b;
  guint          n_a;
  guint          n_b;
  guint16       *lengths;   /* of the longest common sequence from there on */
  GArray        *out;
} StormAlignment;

static void
put (StormAlignment *self,
     guint           a,
     guint           b)
{
  StormAligned aligned = { a, b };

  g_array_append_val (self->out, aligned);
}

static void
put_only (StormAlignment *self,
          guint           from_a,
          guint           until_a,
          guint           from_b,
          guint           until_b)
{
  for (guint i = from_a; i < until_a; i++)
    put (self, i, STORM_ALIGN_NONE);
  for (guint i = from_b; i < until_b; i++)
    put (self, STORM_ALIGN_NONE, i);
}

static void
measure (StormAlignment *self,
         guint           from_a,
         guint           w,
         guint           from_b,
         guint           h)
{
  guint stride = h + 1;

  for (guint j = 0; j <= h; j++)
    self->lengths[w * stride + j] = 0;
  for (guint i = w; i-- > 0;)
    {
      self->lengths[i * stride + h] = 0;
      for (guint j = h; j-- > 0;)
        if (self->a[from_a + i] == self->b[from_b + j])
          self->lengths[i * stride + j] = self->lengths[(i + 1) * stride + j + 1] + 1;
        else
          self->lengths[i * stride + j] = MAX (self->lengths[(i + 1) * stride + j],
                                               self->lengths[i * stride + j + 1]);
    }
}

/* Lays out what lies in a window that begins at @a and @b, and moves them on: to the end of it, or,
 * when more lies behind, to about the middle, so that what stands beyond its rim is seen as
 * well. */
static void
lay_out (StormAlignment *self,
         guint          *a,
         guint          *b)
{
  guint w = MIN (self->n_a - *a, STORM_ALIGN_WINDOW);
  guint h = MIN (self->n_b - *b, STORM_ALIGN_WINDOW);
  gboolean is_last = *a + w == self->n_a && *b + h == self->n_b;
  guint stop = is_last ? G_MAXUINT : STORM_ALIGN_WINDOW;
  guint stride = h + 1;
  guint i = 0, j = 0;

  measure (self, *a, w, *b, h);
  while (i < w && j < h && i + j < stop)
    if (self->a[*a + i] == self->b[*b + j])
      {
        put (self, *a + i, *b + j);
        i++;
        j++;
      }
    else if (self->lengths[(i + 1) * stride + j] >= self->lengths[i * stride + j + 1])
      {
        put (self, *a + i++, STORM_ALIGN_NONE);
      }
    else
      {
        put (self, STORM_ALIGN_NONE, *b + j++);
      }
  *a += i;
  *b += j;
}

/* In a run of what only one has and what only the other has, the first stand before the second. */
static void
sort_runs (GArray *out)
{
  StormAligned *rows = (StormAligned *) out->data;
  guint from = 0;

  while (from < out->len)
    {
      guint until = from;
      guint n_a = 0;
      g_autofree StormAligned *run = NULL;

      while (until < out->len &&
             (rows[until].a == STORM_ALIGN_NONE || rows[until].b == STORM_ALIGN_NONE))
        n_a += rows[until++].b == STORM_ALIGN_NONE;
      if (until == from)
        {
          from++;
          continue;
        }
      run = g_memdup2 (rows + from, (until - from) * sizeof *run);
      for (guint i = 0, a = from, b = from + n_a; i < until - from; i++)
        rows[run[i].b == STORM_ALIGN_NONE ? a++ : b++] = run[i];
      from = until;
    }
}

static gboolean
is_only_a (const StormAligned *row)
{
  return row->b == STORM_ALIGN_NONE;
}

static gboolean
is_only_b (const StormAligned *row)
{
  return row->a == STORM_ALIGN_NONE;
}

/* Of the run of rows from @from on, which only one side has, the first that is the same as what the
 * pair at @i holds; @i for none. */
static guint
find_same (StormAlignment *self,
           guint           from,
           guint           i)
{
  const StormAligned *rows = (const StormAligned *) self->out->data;
  guint32 value = self->a[rows[i].a];

  while (from < i && (is_only_b (&rows[from]) ? self->b[rows[from].b]
                                              : self->a[rows[from].a]) != value)
    from++;
  return from;
}

/* Of what happened more often on one side the first stand beside what the other has. */
static void
slide_pairs (StormAlignment *self)
{
  StormAligned *rows = (StormAligned *) self->out->data;
  guint from = 0;

  for (guint i = 0; i < self->out->len; i++)
    {
      StormAligned pair = rows[i];
      StormAligned first;

      if (is_only_a (&pair) || is_only_b (&pair))
        {
          if (is_only_a (&pair) != is_only_a (&rows[from]) ||
              is_only_b (&pair) != is_only_b (&rows[from]))
            from = i;
          continue;
        }
      from = find_same (self, from, i);
      if (from == i)
        {
          from = i + 1;
          continue;
        }
      first = rows[from];
      rows[from++] = is_only_b (&first) ? (StormAligned) { pair.a, first.b }
                                        : (StormAligned) { first.a, pair.b };
      rows[i] = is_only_b (&first) ? (StormAligned) { STORM_ALIGN_NONE, pair.b }
                                   : (StormAligned) { pair.a, STORM_ALIGN_NONE };
    }
}

GArray *
storm_align (const guint32 *a,
             guint          n_a,
             const guint32 *b,
             guint          n_b)
{
  StormAlignment self = { a, b, n_a, n_b, NULL, NULL };
  guint i = 0, j = 0;
  guint n_tail = 0;

  g_return_val_if_fail (a != NULL || n_a == 0, NULL);
  g_return_val_if_fail (b != NULL || n_b == 0, NULL);

  self.out = g_array_sized_new (FALSE, FALSE, sizeof (StormAligned), MAX (n_a, n_b));
  for (; i < n_a && i < n_b && a[i] == b[i]; i++)
    put (&self, i, i);
  j = i;
  while (n_tail < MIN (n_a, n_b) - i && a[n_a - 1 - n_tail] == b[n_b - 1 - n_tail])
    n_tail++;
  self.n_a -= n_tail;
  self.n_b -= n_tail;

  if (i < self.n_a && j < self.n_b)
    self.lengths = g_new (guint16, (gsize) (MIN (self.n_a - i, STORM_ALIGN_WINDOW) + 1) *
                                   (MIN (self.n_b - j, STORM_ALIGN_WINDOW) + 1));
  while (i < self.n_a && j < self.n_b)
    lay_out (&self, &i, &j);
  put_only (&self, i, self.n_a, j, self.n_b);
  g_free (self.lengths);
  for (guint k = 0; k < n_tail; k++)
    put (&self, self.n_a + k, self.n_b + k);
  sort_runs (self.out);
  slide_pairs (&self);
  sort_runs (self.out);
  return self.out;
}
