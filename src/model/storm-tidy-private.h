#pragma once

#include "storm-tidy.h"

G_BEGIN_DECLS

/**
 * StormTidyGraph:
 * @in: numbers of flows, those that end at item i from @in_start[i] to @in_start[i + 1]; @out
 *   likewise
 * @kept: whether time follows a flow; in a ring not all can be followed
 * @component: for each item the least item that flows connect it with
 * @column: the place of each item in time, from 0
 */
typedef struct
{
  const StormTidyItem *items;
  guint                n_items;
  const StormTidyFlow *flows;
  guint                n_flows;
  guint               *in_start;
  guint               *in;
  guint               *out_start;
  guint               *out;
  gboolean            *kept;
  guint               *component;
  guint               *column;
  guint                n_columns;
} StormTidyGraph;

void   storm_tidy_graph_init  (StormTidyGraph      *self,
                               const StormTidyItem *items,
                               guint                n_items,
                               const StormTidyFlow *flows,
                               guint                n_flows);
void   storm_tidy_graph_clear (StormTidyGraph      *self);

/** storm_tidy_graph_layers: (transfer full): decides which flows are kept, and how far each item
 * is from the beginning of its component. */
guint *storm_tidy_graph_layers (StormTidyGraph     *self);

/** storm_tidy_graph_columns: puts the components on one line of time: fills @column. */
void   storm_tidy_graph_columns (StormTidyGraph    *self);

/** storm_tidy_find: the least member of the set of @i, in @parents that point to smaller ones. */
guint  storm_tidy_find        (guint               *parents,
                               guint                i);
void   storm_tidy_join        (guint               *parents,
                               guint                a,
                               guint                b);

static inline double
storm_tidy_center_x (const StormTidyItem *item)
{
  return item->rect.x + item->rect.width / 2;
}

static inline double
storm_tidy_center_y (const StormTidyItem *item)
{
  return item->rect.y + item->rect.height / 2;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormTidyGraph, storm_tidy_graph_clear)

G_END_DECLS
