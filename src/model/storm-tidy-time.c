#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>

/* Farther right than this is later; less than the distance of two columns. */
#define LATER 60.0

/* A column and where its first items stand now. */
typedef struct
{
  double x;
  guint  column;
} Mark;

/*
 * @x: where it begins now
 * @first: its items stand in the array of items from here to @end, by layer
 */
typedef struct
{
  guint  id;
  guint  phase;
  double x;
  guint  first;
  guint  end;
} Component;

/*
 * @sorted: items by component, layer and number
 * @base: the first column of the phase that is laid out
 * @marks: the columns of this phase, by x
 */
typedef struct
{
  StormTidyGraph *graph;
  const guint    *layer;
  guint          *sorted;
  guint           base;
  GArray         *marks;
  double          last_x;
} Line;

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Line *line = user_data;
  guint first = *(const guint *) a, second = *(const guint *) b;
  const guint *component = line->graph->component;

  if (component[first] != component[second])
    return component[first] < component[second] ? -1 : 1;
  if (line->layer[first] != line->layer[second])
    return line->layer[first] < line->layer[second] ? -1 : 1;
  return first < second ? -1 : first > second;
}

static int
compare_components (gconstpointer a,
                    gconstpointer b)
{
  const Component *first = a, *second = b;

  if (first->phase != second->phase)
    return first->phase < second->phase ? -1 : 1;
  if (first->x != second->x)
    return first->x < second->x ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

static GArray *
find_components (Line *line)
{
  GArray *components = g_array_new (FALSE, FALSE, sizeof (Component));
  StormTidyGraph *graph = line->graph;

  for (guint i = 0; i < graph->n_items; i++)
    {
      guint item = line->sorted[i];
      double x = storm_tidy_center_x (&graph->items[item]);
      Component *last;

      if (i == 0 || graph->component[item] != graph->component[line->sorted[i - 1]])
        {
          Component fresh = { graph->component[item], graph->phase[item], x, i, i };

          g_array_append_val (components, fresh);
        }
      last = &g_array_index (components, Component, components->len - 1);
      last->end = i + 1;
      if (line->layer[item] == 0)
        last->x = MIN (last->x, x);
    }
  g_array_sort (components, compare_components);

  return components;
}

/* How many marks lie left of @x. */
static guint
marks_before (GArray *marks,
              double  x)
{
  guint low = 0, high = marks->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (marks, Mark, middle).x < x)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static guint
nearest_column (GArray *marks,
                double  x)
{
  guint after = marks_before (marks, x);
  const Mark *left = after > 0 ? &g_array_index (marks, Mark, after - 1) : NULL;
  const Mark *right = after < marks->len ? &g_array_index (marks, Mark, after) : NULL;

  if (left == NULL || (right != NULL && right->x - x < x - left->x))
    return right->column;
  return left->column;
}

static void
add_column (Line   *line,
            guint   phase,
            double  x)
{
  Mark mark = { x, line->graph->n_columns++ };

  g_array_append_val (line->graph->column_phase, phase);
  g_array_insert_val (line->marks, marks_before (line->marks, x), mark);
  line->last_x = MAX (line->last_x, x);
}

static void
place_component (Line            *line,
                 const Component *component)
{
  StormTidyGraph *graph = line->graph;
  guint start = graph->n_columns;
  guint i = component->first;

  if (start > line->base && component->x <= line->last_x + LATER)
    start = nearest_column (line->marks, component->x);
  while (i < component->end)
    {
      guint layer = line->layer[line->sorted[i]];
      double sum = 0;
      guint n = 0;

      for (; i < component->end && line->layer[line->sorted[i]] == layer; i++, n++)
        {
          sum += storm_tidy_center_x (&graph->items[line->sorted[i]]);
          graph->column[line->sorted[i]] = start + layer;
        }
      if (start + layer == graph->n_columns)
        add_column (line, component->phase, sum / n);
    }
}

/* By context, and in it by place; those without a context first. */
static int
compare_members (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const StormTidyItem *items = user_data;
  guint first = *(const guint *) a, second = *(const guint *) b;

  if (items[first].context != items[second].context)
    return items[first].context < items[second].context ? -1 : 1;
  return storm_tidy_compare_x (a, b, user_data);
}

static gboolean
is_alone (const StormTidyGraph *graph,
          guint                 item)
{
  return graph->in_start[item] == graph->in_start[item + 1] &&
         graph->out_start[item] == graph->out_start[item + 1];
}

/* A swimlane has no place in time, but all of it. */
static gboolean
has_context (const StormTidyGraph *graph,
             guint                 item)
{
  int context = graph->items[item].context;

  return context >= 0 && !graph->frames[context].lane;
}

/*
 * For each item without flows the nearest one of its context that has some, or itself: what
 * belongs to a context stands where its flows go, not where other contexts go on.
 */
static guint *
find_companions (StormTidyGraph *graph)
{
  guint *companion = g_new (guint, graph->n_items + 1);
  g_autofree guint *order = g_new (guint, graph->n_items + 1);
  g_autofree double *distance = g_new (double, graph->n_items + 1);

  for (guint i = 0; i < graph->n_items; i++)
    {
      order[i] = companion[i] = i;
      distance[i] = INFINITY;
    }
  g_qsort_with_data (order, (int) graph->n_items, sizeof (guint), compare_members,
                     (gpointer) graph->items);
  for (guint pass = 0; pass < 2; pass++)
    {
      int last = -1;

      for (guint k = 0; k < graph->n_items; k++)
        {
          guint item = order[pass == 0 ? k : graph->n_items - 1 - k];
          double away;

          if (!is_alone (graph, item))
            last = (int) item;
          else if (last >= 0 && has_context (graph, item) &&
                   graph->items[item].context == graph->items[last].context &&
                   graph->phase[item] == graph->phase[last])
            {
              away = fabs (storm_tidy_center_x (&graph->items[item]) -
                           storm_tidy_center_x (&graph->items[last]));
              if (away >= distance[item])
                continue;
              distance[item] = away;
              companion[item] = (guint) last;
            }
        }
    }

  return companion;
}

/* The columns of each phase follow all of those before it. */
static void
place_components (Line        *line,
                  GArray      *components,
                  const guint *companion)
{
  guint phase = 0;

  for (guint i = 0; i < components->len; i++)
    {
      const Component *component = &g_array_index (components, Component, i);
      guint item = line->sorted[component->first];

      if (component->phase != phase)
        {
          phase = component->phase;
          line->base = line->graph->n_columns;
          line->last_x = -INFINITY;
          g_array_set_size (line->marks, 0);
        }
      if (companion[item] == item)
        place_component (line, component);
    }
}

void
storm_tidy_graph_columns (StormTidyGraph *self)
{
  g_autofree guint *layer = storm_tidy_graph_layers (self);
  g_autofree guint *sorted = g_new (guint, self->n_items + 1);
  g_autofree guint *companion = find_companions (self);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autoptr (GArray) components = NULL;
  Line line = { self, layer, sorted, 0, marks, -INFINITY };

  self->column_phase = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->n_items; i++)
    sorted[i] = i;
  g_qsort_with_data (sorted, (int) self->n_items, sizeof (guint), compare_items, &line);
  components = find_components (&line);
  place_components (&line, components, companion);
  for (guint i = 0; i < self->n_items; i++)
    {
      if (companion[i] != i)
        self->column[i] = self->column[companion[i]];
    }
}
