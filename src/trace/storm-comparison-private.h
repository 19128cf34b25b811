#pragma once

/* What storm-comparison.c, -traces.c, -flows.c and -marks.c share. */

#include "storm-comparison.h"
#include "storm-quantile.h"

G_BEGIN_DECLS

/* Of an event that both sides may have: a sticky, or a type without one. */
typedef struct
{
  char          *name;
  char          *sticky;       /* id, NULL for none */
  guint8         sides;        /* 1: A has it, 2: B */
  guint64        n[2];
  guint          n_traces[2];
  guint32        last_trace[2];
  double         places;       /* sum of the numbers in their traces */
  StormQuantile *step[2];      /* NULL until one is known */
  StormQuantile *since[2];
} StormDiffEvent;

typedef struct
{
  StormMonitor *monitor;
  char         *key;
  GHashTable   *events;        /* type id → number of a StormDiffEvent + 1 */
  GHashTable   *pairs;         /* set of two types behind each other; only for flows */
  guint32       next_row;      /* of what was looked at */
  guint32       next_trace;
} StormDiffSource;

struct _StormComparison
{
  GObject          parent_instance;

  StormDiffSource  sides[2];
  GArray          *events;     /* of StormDiffEvent */
  GHashTable      *by_name;    /* "s" and a sticky's id, or "t" and a type → number + 1 */
  gboolean         done;

  GPtrArray       *rows;
  guint            counts[STORM_N_DIFFS];
  GHashTable      *stickies;   /* id → StormDiffMark */
  GHashTable      *flows;      /* id → sides */
};

/* The number of the event in @row of that side. */
guint32 storm_comparison_find_event  (StormComparison *self,
                                      guint            side,
                                      guint32          row);
/* A row about that event. */
StormDiffRow *storm_comparison_add_row (StormComparison *self,
                                        guint32          event);
/* Rows, marks and flows of two traces. */
void     storm_comparison_do_traces  (StormComparison *self);
/* The same of flows, for about @slice µs; whether all is done. */
gboolean storm_comparison_do_flows   (StormComparison *self,
                                      gint64           slice);
double   storm_comparison_get_share  (StormComparison *self);

/* storm-comparison-marks.c */
void     storm_comparison_mark_row   (StormComparison *self,
                                      StormDiffRow    *row,
                                      guint            side,
                                      guint32          type_id);
void     storm_comparison_mark_path  (StormComparison *self,
                                      guint            side,
                                      const guint32   *type_ids,
                                      guint            n);

G_END_DECLS
