#include "config.h"

#include "storm-tidy-private.h"

/* Pivotal items that stand no farther apart than this stand below each other; and so does, of all
 * other items, what is no farther from one of them. Together less than two columns are apart. */
#define SAME_PIVOT 30.0

/* Pivotal items that stand below each other, from the left to the right one. */
typedef struct
{
  double left;
  double right;
} Pivot;

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
middle_of (const StormRect *rect)
{
  return rect->x + rect->width / 2;
}

/* (transfer full): from left to right. */
static GArray *
find_pivots (const StormTidyItem  *items,
             guint                 n_items,
             const StormTidyFixed *fixed,
             guint                 n_fixed)
{
  GArray *pivots = g_array_new (FALSE, FALSE, sizeof (Pivot));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n_items + n_fixed; i++)
    {
      const StormRect *rect = i < n_items ? &items[i].rect : &fixed[i - n_items].rect;
      double x = middle_of (rect);

      if (i < n_items ? items[i].pivotal : fixed[i - n_items].pivotal)
        g_array_append_val (places, x);
    }
  g_array_sort (places, compare_doubles);
  for (guint i = 0; i < places->len; i++)
    {
      double x = g_array_index (places, double, i);
      Pivot *last = pivots->len > 0 ? &g_array_index (pivots, Pivot, pivots->len - 1) : NULL;
      Pivot fresh = { x, x };

      if (last != NULL && x - last->left <= SAME_PIVOT)
        last->right = x;
      else
        g_array_append_val (pivots, fresh);
    }

  return pivots;
}

/* With the pivot k it is 2k + 1, before it 2k at most. */
static guint
phase_at (GArray *pivots,
          double  x,
          double  slack)
{
  guint low = 0, high = pivots->len;

  /* How many lie left of it as a whole. */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (pivots, Pivot, middle).right + slack < x)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < pivots->len && x >= g_array_index (pivots, Pivot, low).left - slack)
    return 2 * low + 1;
  return 2 * low;
}

guint *
storm_tidy_find_phases (const StormTidyItem  *items,
                        guint                 n_items,
                        const StormTidyFixed *fixed,
                        guint                 n_fixed)
{
  guint *phase = g_new0 (guint, n_items + n_fixed + 1);
  g_autoptr (GArray) pivots = find_pivots (items, n_items, fixed, n_fixed);

  for (guint i = 0; i < n_items + n_fixed && pivots->len > 0; i++)
    {
      const StormRect *rect = i < n_items ? &items[i].rect : &fixed[i - n_items].rect;
      gboolean pivotal = i < n_items ? items[i].pivotal : fixed[i - n_items].pivotal;

      phase[i] = phase_at (pivots, middle_of (rect), pivotal ? 0 : SAME_PIVOT);
    }

  return phase;
}
