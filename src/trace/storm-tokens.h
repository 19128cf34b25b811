#pragma once

#include "storm-rule-set.h"
#include "storm-time.h"

G_BEGIN_DECLS

/** StormTraceState: what is to be said of a trace, the more trouble the higher. */
typedef enum
{
  STORM_TRACE_CONFORMING,
  STORM_TRACE_RUNNING,        /* a next step is open, and has time */
  STORM_TRACE_COMPENSATED,    /* it failed, and all that the board lets follow has happened */
  STORM_TRACE_UNEXPECTED,     /* it has events that are not on the board */
  STORM_TRACE_OUT_OF_ORDER,   /* an event came without what must come before it */
  STORM_TRACE_FAILED,         /* it failed, and nothing is to follow, or that has time */
  STORM_TRACE_STUCK,          /* a next step is overdue */
  STORM_TRACE_UNCOMPENSATED,  /* it failed, and what is to follow is overdue or failed itself */
  STORM_N_TRACE_STATES
} StormTraceState;

/**
 * StormToken:
 * @count: so many events wait for the rule's outcome
 * @row: of the first of them
 * @since: its time
 * @opener: the step of the last of them
 * @opener_place: its place in the trace, from 1
 * @target: nanoseconds, 0 for not said
 */
typedef struct
{
  guint32   rule;
  guint32   count;
  guint32   row;
  guint32   opener;
  guint32   opener_place;
  StormTime since;
  gint64    target;
} StormToken;

/**
 * StormFailure:
 * @step: a fail event that happened, and whose event did not happen after it; or an event that says
 *   itself that it failed, and has no fail event on the board
 * @broken: it is what was to be compensated with that failed
 */
typedef struct
{
  guint32  step;
  guint32  place;
  guint32  row;
  gboolean broken;
} StormFailure;

/** StormClosed: @rule's outcome came @span after the event in @row, for which it came. */
typedef struct
{
  guint32 rule;
  guint32 row;
  gint64  span;
} StormClosed;

/**
 * StormVerdict:
 * @overdue: tokens whose time is over
 * @due: when that of the next one is over; %G_MAXINT64 when none is waiting
 */
typedef struct
{
  StormTraceState state;
  guint32         overdue;
  StormTime       due;
} StormVerdict;

/**
 * StormTokens:
 *
 * Plays one trace after the other through the rules of a board, event by event in their order:
 * which next steps are open, what failed, what came too early. Its arrays are as large as the
 * board, so one is used for all traces; what a trace has come to can be frozen into a few bytes
 * and taken up again.
 */
typedef struct
{
  /*< public, to be read only >*/
  GArray  *tokens;          /* of StormToken: what is open */
  GArray  *failures;        /* of StormFailure */
  GArray  *closed;          /* of StormClosed: by the last event */
  gboolean early;           /* the last event came too early */
  guint32  place;           /* of the last event */
  guint64  consumed;        /* c − m of the token replay */
  guint64  missing;         /* m */
  guint32  n_unexpected;
  guint32  n_early;
  guint32  n_recovered;     /* failures after which the event came all the same */
  guint32  n_failed_off;    /* events that say they failed, and aren't on the board */

  /*< private >*/
  StormRuleSet *set;
  guint32  run;             /* what was written in another run is void */
  guint32  n_steps;
  guint32  n_reactions;
  guint32  n_rules;
  guint32  n_slots;
  guint32 *step_run;
  guint32 *step_place;
  guint32 *fired_run;
  guint32 *slot_run;
  guint32 *arrived_run;
  guint32 *arrived;         /* reactions that wait for all: how many inputs came */
  guint32 *rule_run;
  guint32 *rule_token;
  GArray  *touched_steps;
  GArray  *touched_reactions;
  GArray  *touched_slots;
} StormTokens;

/** StormFrozen: what a trace has come to. */
typedef struct _StormFrozen StormFrozen;

StormTokens *storm_tokens_new    (StormRuleSet      *set);
void         storm_tokens_free   (StormTokens       *self);

/** storm_tokens_begin: a trace without events; the rules may have changed since the last one. */
void         storm_tokens_begin  (StormTokens       *self);
/**
 * storm_tokens_step:
 * @step: of the next event, %STORM_NO_STEP when it is not on the board
 *
 * The event's effect is in `closed` and `early` until the next one.
 */
void         storm_tokens_step   (StormTokens       *self,
                                  guint32            step,
                                  StormTime          time,
                                  guint32            row);
/**
 * storm_tokens_fail:
 *
 * As storm_tokens_step(), of an event that says itself that it failed: the same as its fail event,
 * the first one if the board has several. Where it has none, the trace failed and nothing of what
 * follows the event is waited for, though it may come; until the event comes again and went well.
 */
void         storm_tokens_fail   (StormTokens       *self,
                                  guint32            step,
                                  StormTime          time,
                                  guint32            row);
/** storm_tokens_is_said: @failure is that of an event which has no fail event. */
gboolean     storm_tokens_is_said (StormTokens        *self,
                                   const StormFailure *failure);
/**
 * storm_tokens_judge:
 * @limits: (array): rule → nanoseconds that its outcome may take when there is no target
 */
void         storm_tokens_judge  (StormTokens       *self,
                                  const gint64      *limits,
                                  StormTime          now,
                                  StormVerdict      *verdict);
/** storm_tokens_is_compensation: what @token waits for follows from a failure. */
gboolean     storm_tokens_is_compensation (StormTokens      *self,
                                           const StormToken *token);
/** storm_tokens_is_waived: after a failure nothing but compensations is waited for. */
gboolean     storm_tokens_is_waived (StormTokens      *self,
                                     const StormToken *token);
gint64       storm_token_get_limit  (const StormToken *token,
                                     const gint64     *limits);
StormTime    storm_token_get_due    (const StormToken *token,
                                     const gint64     *limits);

StormFrozen *storm_tokens_freeze (StormTokens       *self);
/** storm_tokens_thaw: as storm_tokens_begin(), with the events before. */
void         storm_tokens_thaw   (StormTokens       *self,
                                  const StormFrozen *frozen);
void         storm_frozen_free   (StormFrozen       *frozen);
gsize        storm_frozen_get_bytes (const StormFrozen *frozen);

/** storm_fitness: ½ (1 − m/c) + ½ (1 − r/p), of which nothing is 1. */
double       storm_fitness       (guint64            consumed,
                                  guint64            missing,
                                  guint64            overdue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTokens, storm_tokens_free)

G_END_DECLS
