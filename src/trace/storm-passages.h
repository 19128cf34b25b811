#pragma once

#include "storm-quantile.h"
#include "storm-rule-set.h"

G_BEGIN_DECLS

/** STORM_PASSAGES_MAX: so many are told apart on a board; the others only by their rules. */
#define STORM_PASSAGES_MAX 2048

/**
 * StormPassages:
 *
 * How long it takes from one of the events that set a rule off to one of those that follow: for
 * rules that have several of either, so that each way over the board has times of its own. At most
 * 13 MB. Made for the rules as they are, thrown away when they change.
 */
typedef struct _StormPassages StormPassages;

StormPassages *storm_passages_new      (StormRuleSet  *rules);
void           storm_passages_free     (StormPassages *self);

/** storm_passages_count: a case of @rule came, or with @add %FALSE went: from the step @opener to
 * the step @outcome in @span nanoseconds. */
void           storm_passages_count    (StormPassages *self,
                                        guint32        rule,
                                        guint32        opener,
                                        guint32        outcome,
                                        gint64         span,
                                        gboolean       add);
/** storm_passages_is_split: whether the ways of @rule are told apart. */
gboolean       storm_passages_is_split (StormPassages *self,
                                        guint32        rule);
/**
 * storm_passages_get:
 * @input: the place of the first event among the inputs of the rule's reaction
 * @outcome: the place of the last one among the rule's outcomes
 *
 * Returns: (transfer none) (nullable): %NULL when nothing took this way
 */
StormQuantile *storm_passages_get      (StormPassages *self,
                                        guint32        rule,
                                        guint          input,
                                        guint          outcome);

/** storm_steps_find: the place of @step in @steps (of guint32), %G_MAXUINT when it isn't there. */
guint          storm_steps_find        (GArray        *steps,
                                        guint32        step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormPassages, storm_passages_free)

G_END_DECLS
