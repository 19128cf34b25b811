#pragma once

#include "storm-event-text.h"
#include "storm-event-view.h"
#include "storm-order.h"
#include "storm-trace-index.h"

G_BEGIN_DECLS

struct _StormEventView
{
  GObject          parent_instance;

  StormEventLog   *log;
  StormTraceIndex *index;
  StormMatcher    *matcher;
  StormOrder      *all;         /* the monitor's */
  StormOrder      *filtered;    /* NULL without a filter */
  guint            n_told;      /* what the last items-changed led to */

  char            *key;
  char            *type;
  StormEventText  *text;        /* NULL: any */
  StormRowFilter  *expression;  /* NULL: none, or it is no expression */
  StormRowFilter  *asked_for;   /* the newest, which may be compiled still, or refused */
  gboolean         unmatched_only;
  gboolean         undecodable_only;
  guint32          key_id;      /* 0: no event has it yet */
  guint32          type_id;
  StormTrace      *trace;       /* of the key */

  GArray          *candidates;  /* rows that pass all but the text, waiting; last goes first */
  guint            scan_source;
  guint            refilter_source;
};

/**
 * storm_event_view_new:
 * @all: the overall order, the monitor's
 */
StormEventView *storm_event_view_new    (StormEventLog   *log,
                                         StormTraceIndex *index,
                                         StormMatcher    *matcher,
                                         StormOrder      *all);
/**
 * storm_event_view_append:
 * @splice: what the rows from @first_row on did to the overall order, which holds them already
 *
 * Directly after it, so that nobody finds more rows than were told of.
 */
void            storm_event_view_append (StormEventView    *self,
                                         guint32            first_row,
                                         guint32            n_rows,
                                         const StormSplice *splice);
/**
 * storm_event_view_renumber:
 * @inserted: the rows of @splice came in between older ones
 * @watermark: how far numbers were settled before
 *
 * When the index knows how far they are settled now.
 */
void            storm_event_view_renumber (StormEventView    *self,
                                           const StormSplice *splice,
                                           gboolean           inserted,
                                           StormTime          watermark);
/** storm_event_view_reset: after log and order were cleared, or their events were read anew. */
void            storm_event_view_reset  (StormEventView *self);

/* storm_event_view_get_order: the rows that the list shows. */
StormOrder *storm_event_view_get_order (StormEventView *self);

G_END_DECLS
