#pragma once

#include "storm-conformance.h"
#include "storm-passages.h"
#include "storm-quantile.h"
#include "storm-trace-private.h"

G_BEGIN_DECLS

/* What the parts of the conformance know of each other: storm-conformance.c says when what is
 * looked at, storm-conformance-play.c plays traces and counts. */

#define STORM_BLOCK_BITS 12
#define STORM_BLOCK_SIZE (1u << STORM_BLOCK_BITS)

/* @dirty: the trace's place in the list of those that got rows, + 1. @recovered: something failed,
 * and came all the same. */
typedef struct
{
  StormTime due;
  guint32   dirty;
  guint16   overdue;
  guint8    state;
  guint8    recovered;
} StormTraceRecord;

G_STATIC_ASSERT (sizeof (StormTraceRecord) == 16);

typedef struct
{
  StormTime        first_due;    /* none of them is due before */
  guint            n_troubled;   /* so many of them are in trouble */
  guint            n_recovered;  /* so many of them failed, and went on */
  StormTraceRecord records[STORM_BLOCK_SIZE];
} StormRecordBlock;

typedef struct
{
  guint32 place;
  guint32 n_new;
} StormDirtyTrace;

/* What a long trace had come to behind its first @n rows, the last of which was @last. */
typedef struct
{
  guint32      n;
  guint32      last;
  StormFrozen *frozen;
} StormKeptTrace;

struct _StormConformance
{
  GObject          parent_instance;

  StormEventLog   *log;
  StormTraceIndex *index;
  StormMatcher    *matcher;
  StormRuleSet    *rules;
  StormTokens     *tokens;

  StormClock       clock;
  StormTime        fixed;
  StormTime        now;
  StormTime        last_event;

  GPtrArray       *blocks;
  guint32          n_records;
  guint32          n_rows;         /* rows of the log that were seen */
  guint32          n_played;       /* traces from here on are still to be played */
  guint32          n_to_judge;     /* so many traces are to be judged again, from next_judged on */
  guint32          next_judged;
  GArray          *dirty;          /* of StormDirtyTrace */
  GHashTable      *kept;           /* place → GArray of StormKeptTrace */
  GArray          *steps;          /* type id → step + 2; 0: not asked yet, 1: not on the board */
  gboolean         is_void;        /* rules or names have changed */
  gboolean         changed;

  GPtrArray       *quantiles;      /* rule → StormQuantile, NULL until one is known */
  GArray          *limits;         /* rule → gint64 */
  GArray          *touched;        /* guint32 rules of which cases came or went */
  guint8          *is_touched;     /* rule → whether it stands there */
  guint32         *n_changes;      /* rule → how often cases came or went */
  StormPassages   *passages;
  guint            generation;     /* another one when all was forgotten */
  guint64          consumed;
  guint64          missing;
  guint64          overdue;
  guint            n_in_state[STORM_N_TRACE_STATES];
  GArray          *undecodable;    /* of guint32 rows */
  GHashTable      *undecodable_keys;  /* a set of their keys' numbers */
};

static inline StormTraceRecord *
storm_conformance_record (StormConformance *self,
                          guint32           place)
{
  StormRecordBlock *block = g_ptr_array_index (self->blocks, place >> STORM_BLOCK_BITS);

  return &block->records[place & (STORM_BLOCK_SIZE - 1)];
}

/* storm_conformance_ensure: makes the records up to that of the trace at @place. */
void         storm_conformance_ensure       (StormConformance *self,
                                             guint32           place);
/* storm_conformance_find_step: the step of the event in @row. */
guint32      storm_conformance_find_step    (StormConformance *self,
                                             guint32           row);
/* storm_conformance_find_failed_step: the fail event that the event in @row is or stands for; its
 * own step where it says itself that it failed, and the board has no fail event for that. */
guint32      storm_conformance_find_failed_step (StormConformance *self,
                                                 guint32           row);
/* storm_conformance_play_row: plays @row unless it is a repeat. */
void         storm_conformance_play_row     (StormConformance *self,
                                             guint32           row);
/* storm_conformance_judge: takes the state of the trace that was just played. */
void         storm_conformance_judge        (StormConformance *self,
                                             guint32           place);
/* storm_conformance_play_trace: brings the trace at @place up to date, of whose rows @n_new, from
 * @first_new on, were not played yet. Returns how many rows were played. */
guint        storm_conformance_play_trace   (StormConformance *self,
                                             guint32           place,
                                             guint32           n_new,
                                             guint32           first_new);
/* storm_conformance_play_again: plays the whole trace, or takes it up where it stands, without
 * counting. */
void         storm_conformance_play_again   (StormConformance *self,
                                             guint32           place);

typedef void (*StormVisit) (StormTokens *tokens,
                            guint32      row,
                            guint32      step,
                            gpointer     user_data);

/* storm_conformance_play: plays the first @n_rows of the trace at @place; @visit is called behind
 * each event that is no repeat. Returns the tokens, which hold until somebody plays another one. */
StormTokens *storm_conformance_play         (StormConformance *self,
                                             guint32           place,
                                             guint             n_rows,
                                             StormVisit        visit,
                                             gpointer          user_data);

/* storm_conformance_get_passages: (transfer none): of the rules in their current generation. */
StormPassages *storm_conformance_get_passages (StormConformance *self);
/* storm_conformance_get_generation: another number when the rules, and all that was counted of
 * them, are others. */
guint        storm_conformance_get_generation (StormConformance *self);
/* storm_conformance_get_n_changes: how often cases of @rule came or went. */
guint32      storm_conformance_get_n_changes (StormConformance *self,
                                              guint32           rule);
/* storm_conformance_get_quantile: (nullable): of all cases of @rule. */
StormQuantile *storm_conformance_get_quantile (StormConformance *self,
                                               guint32           rule);

/* storm_conformance_refresh: after the rules have changed nothing that was counted holds. */
void         storm_conformance_refresh      (StormConformance *self);

/** storm_trace_index_find_place: which of @places is that of the trace with @key, nullable; FALSE
 * when it isn't among them. In storm-troubles.c, as the next one. */
gboolean storm_trace_index_find_place (StormTraceIndex *index,
                                       GArray          *places,
                                       const char      *key,
                                       guint           *out);
/** storm_trace_index_step_place: (transfer full) (nullable): the key of the trace after, or before,
 * that with @key, around; of the first or last one where @key isn't among them. */
char    *storm_trace_index_step_place (StormTraceIndex *index,
                                       GArray          *places,
                                       const char      *key,
                                       gboolean         forward);

G_END_DECLS
