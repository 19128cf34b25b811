#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>

#define NO_NUMBER G_MAXUINT
/* What stands in one column is rounded to whole units; columns are much farther apart. */
#define SAME_X 1.0

guint
storm_tidy_find (guint *parents,
                 guint  i)
{
  while (parents[i] != i)
    {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }

  return i;
}

void
storm_tidy_join (guint *parents,
                 guint  a,
                 guint  b)
{
  a = storm_tidy_find (parents, a);
  b = storm_tidy_find (parents, b);
  parents[MAX (a, b)] = MIN (a, b);
}

static void
fill_lists (StormTidyGraph *self)
{
  for (guint i = 0; i < self->n_flows; i++)
    {
      self->out_start[self->flows[i].from + 1]++;
      self->in_start[self->flows[i].to + 1]++;
    }
  for (guint i = 0; i < self->n_items; i++)
    {
      self->out_start[i + 1] += self->out_start[i];
      self->in_start[i + 1] += self->in_start[i];
    }
  /* From the last to the first, each list counted down to its start. */
  for (guint i = self->n_flows; i-- > 0;)
    {
      self->out[--self->out_start[self->flows[i].from + 1]] = i;
      self->in[--self->in_start[self->flows[i].to + 1]] = i;
    }
  for (guint i = 0; i < self->n_items; i++)
    {
      self->out_start[i] = self->out_start[i + 1];
      self->in_start[i] = self->in_start[i + 1];
    }
  self->out_start[self->n_items] = self->n_flows;
  self->in_start[self->n_items] = self->n_flows;
}

void
storm_tidy_graph_init (StormTidyGraph       *self,
                       const StormTidyItem  *items,
                       guint                 n_items,
                       const StormTidyFlow  *flows,
                       guint                 n_flows,
                       const StormTidyFixed *fixed,
                       guint                 n_fixed)
{
  *self = (StormTidyGraph) { .items = items, .n_items = n_items, .flows = flows,
                             .n_flows = n_flows };
  self->phase = storm_tidy_find_phases (items, n_items, fixed, n_fixed);
  self->in_start = g_new0 (guint, n_items + 2);
  self->out_start = g_new0 (guint, n_items + 2);
  self->in = g_new (guint, n_flows + 1);
  self->out = g_new (guint, n_flows + 1);
  self->kept = g_new0 (gboolean, n_flows + 1);
  self->component = g_new (guint, n_items + 1);
  self->column = g_new0 (guint, n_items + 1);
  fill_lists (self);
  for (guint i = 0; i < n_items; i++)
    self->component[i] = i;
  for (guint i = 0; i < n_flows; i++)
    if (storm_tidy_in_phase (self, i))
      storm_tidy_join (self->component, flows[i].from, flows[i].to);
  for (guint i = 0; i < n_items; i++)
    self->component[i] = storm_tidy_find (self->component, i);
}

void
storm_tidy_graph_clear (StormTidyGraph *self)
{
  g_clear_pointer (&self->in_start, g_free);
  g_clear_pointer (&self->out_start, g_free);
  g_clear_pointer (&self->in, g_free);
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->kept, g_free);
  g_clear_pointer (&self->phase, g_free);
  g_clear_pointer (&self->component, g_free);
  g_clear_pointer (&self->column, g_free);
  g_clear_pointer (&self->column_phase, g_array_unref);
}

/*
 * Tarjan's search for rings, with a stack of its own: a chain of a million stickies is deep.
 * @next: the flow of each item to look at next
 */
typedef struct
{
  guint *number;
  guint *low;
  guint *next;
  guint *path;
  guint  n_path;
  guint *open;
  guint  n_open;
  guint  n_seen;
} Search;

static void
search_enter (Search         *search,
              StormTidyGraph *self,
              guint           item)
{
  search->number[item] = search->low[item] = search->n_seen++;
  search->next[item] = self->out_start[item];
  search->path[search->n_path++] = item;
  search->open[search->n_open++] = item;
}

static void
search_leave (Search *search,
              guint   item,
              guint  *ring)
{
  search->n_path--;
  if (search->n_path > 0)
    {
      guint before = search->path[search->n_path - 1];

      search->low[before] = MIN (search->low[before], search->low[item]);
    }
  if (search->low[item] != search->number[item])
    return;
  do
    ring[search->open[--search->n_open]] = item;
  while (search->open[search->n_open] != item);
}

static void
search_from (Search         *search,
             StormTidyGraph *self,
             guint           start,
             guint          *ring)
{
  search_enter (search, self, start);
  while (search->n_path > 0)
    {
      guint item = search->path[search->n_path - 1];
      guint flow, to;

      if (search->next[item] == self->out_start[item + 1])
        {
          search_leave (search, item, ring);
          continue;
        }
      flow = self->out[search->next[item]++];
      to = self->flows[flow].to;
      if (!storm_tidy_in_phase (self, flow))
        continue;
      if (search->number[to] == NO_NUMBER)
        search_enter (search, self, to);
      else if (ring[to] == NO_NUMBER)
        search->low[item] = MIN (search->low[item], search->number[to]);
    }
}

/* (transfer full): for each item one of those that it is in a ring with, itself without one. */
static guint *
find_rings (StormTidyGraph *self)
{
  guint *ring = g_new (guint, self->n_items + 1);
  g_autofree guint *number = g_new (guint, self->n_items + 1);
  g_autofree guint *low = g_new (guint, self->n_items + 1);
  g_autofree guint *next = g_new (guint, self->n_items + 1);
  g_autofree guint *path = g_new (guint, self->n_items + 1);
  g_autofree guint *open = g_new (guint, self->n_items + 1);
  Search search = { number, low, next, path, 0, open, 0, 0 };

  for (guint i = 0; i < self->n_items; i++)
    number[i] = ring[i] = NO_NUMBER;
  for (guint i = 0; i < self->n_items; i++)
    {
      if (number[i] == NO_NUMBER)
        search_from (&search, self, i, ring);
    }

  return ring;
}

int
storm_tidy_compare_x (gconstpointer a,
                      gconstpointer b,
                      gpointer      user_data)
{
  const StormTidyItem *items = user_data;
  guint first = *(const guint *) a, second = *(const guint *) b;
  double first_x = storm_tidy_center_x (&items[first]);
  double second_x = storm_tidy_center_x (&items[second]);

  if (first_x != second_x)
    return first_x < second_x ? -1 : 1;
  return first < second ? -1 : first > second;
}

/* (transfer full): from left to right, what stands in one column alike. */
static guint *
rank_by_x (StormTidyGraph *self)
{
  guint *rank = g_new (guint, self->n_items + 1);
  g_autofree guint *order = g_new (guint, self->n_items + 1);
  guint n = 0;

  for (guint i = 0; i < self->n_items; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) self->n_items, sizeof (guint), storm_tidy_compare_x,
                     (gpointer) self->items);
  for (guint i = 0; i < self->n_items; i++)
    {
      if (i > 0 && storm_tidy_center_x (&self->items[order[i]]) -
                   storm_tidy_center_x (&self->items[order[i - 1]]) > SAME_X)
        n++;
      rank[order[i]] = n;
    }

  return rank;
}

/* Keeps what points onwards in @rank, too; whether that were more. */
static gboolean
keep_onward (StormTidyGraph *self,
             const guint    *ring,
             const guint    *rank)
{
  gboolean more = FALSE;

  for (guint i = 0; i < self->n_flows; i++)
    {
      guint from = self->flows[i].from, to = self->flows[i].to;

      if (self->kept[i] || from == to || !storm_tidy_in_phase (self, i))
        continue;
      if (ring[from] != ring[to] || rank[from] < rank[to] ||
          (rank[from] == rank[to] && from < to))
        self->kept[i] = more = TRUE;
    }

  return more;
}

/* The longest way from a beginning; beginnings as near as possible to what they lead to. */
static void
find_layers (StormTidyGraph *self,
             guint          *layer)
{
  g_autofree guint *n_before = g_new0 (guint, self->n_items + 1);
  g_autofree guint *queue = g_new (guint, self->n_items + 1);
  guint n_queued = 0, n_first;

  for (guint i = 0; i < self->n_flows; i++)
    n_before[self->flows[i].to] += self->kept[i] ? 1 : 0;
  for (guint i = 0; i < self->n_items; i++)
    {
      layer[i] = 0;
      if (n_before[i] == 0)
        queue[n_queued++] = i;
    }
  n_first = n_queued;
  for (guint done = 0; done < n_queued; done++)
    for (guint j = self->out_start[queue[done]]; j < self->out_start[queue[done] + 1]; j++)
      {
        guint to = self->flows[self->out[j]].to;

        if (!self->kept[self->out[j]])
          continue;
        layer[to] = MAX (layer[to], layer[queue[done]] + 1);
        if (--n_before[to] == 0)
          queue[n_queued++] = to;
      }
  g_assert (n_queued == self->n_items);
  for (guint i = 0; i < n_first; i++)
    {
      guint nearest = G_MAXUINT;

      for (guint j = self->out_start[queue[i]]; j < self->out_start[queue[i] + 1]; j++)
        if (self->kept[self->out[j]])
          nearest = MIN (nearest, layer[self->flows[self->out[j]].to]);
      if (nearest != G_MAXUINT)
        layer[queue[i]] = nearest - 1;
    }
}

guint *
storm_tidy_graph_layers (StormTidyGraph *self)
{
  guint *layer = g_new0 (guint, self->n_items + 1);
  g_autofree guint *ring = find_rings (self);
  g_autofree guint *rank = rank_by_x (self);
  gboolean more = TRUE;

  keep_onward (self, ring, rank);
  /* Whatever points onwards afterwards would be kept the next time: then it is kept now. */
  while (more)
    {
      find_layers (self, layer);
      more = keep_onward (self, ring, layer);
    }
  /* From one phase to another time goes as these follow each other. */
  for (guint i = 0; i < self->n_flows; i++)
    if (!storm_tidy_in_phase (self, i))
      self->kept[i] = self->phase[self->flows[i].from] < self->phase[self->flows[i].to];

  return layer;
}
