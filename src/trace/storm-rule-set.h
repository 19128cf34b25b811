#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

#define STORM_NO_STEP G_MAXUINT32
/** STORM_RULE_DEFAULT_LIMIT: how long a next step may take when nothing else is known: 60 s. */
#define STORM_RULE_DEFAULT_LIMIT (G_GINT64_CONSTANT (60) * 1000000000)

/**
 * StormTrigger:
 * @reaction: what an event sets off
 * @target: nanoseconds, of the flow that leads there; 0 for not said
 * @unchecked: that flow's rule is switched off
 * @input: the event's place among the inputs of the reaction
 */
typedef struct
{
  guint32  reaction;
  guint32  input;
  gint64   target;
  gboolean unchecked;
} StormTrigger;

/**
 * StormStep:
 * @stickies: (element-type StormSticky): a board may show an event several times
 * @fail_of: the step of which it is the failure, or %STORM_NO_STEP
 * @failed_by: the first step that is its failure, or %STORM_NO_STEP
 * @triggers: of #StormTrigger
 * @causes: of guint32: reactions, one of which must have been set off before; shared
 * @free: nothing needs to have come before it
 *
 * An event of the board: all event stickies of one name.
 */
typedef struct
{
  GPtrArray *stickies;
  guint32    fail_of;
  guint32    failed_by;
  GArray    *triggers;
  GArray    *causes;
  gboolean   free;
} StormStep;

/**
 * StormReaction:
 * @sticky: the policy or external system; or the event itself, where what it leads to follows
 *   without one
 * @inputs: of guint32: the steps that set it off
 * @all: it waits for all of them
 * @n_needed: so many inputs whose flows are not switched off
 * @first_slot: where its inputs begin when those of all reactions are counted
 * @first_rule: its rules follow each other
 */
typedef struct
{
  StormSticky *sticky;
  GArray      *inputs;
  gboolean     all;
  guint        n_needed;
  guint32      first_slot;
  guint32      first_rule;
  guint32      n_rules;
} StormReaction;

/**
 * StormRule:
 * @outcomes: of guint32, rising: one or more of these steps follow; shared
 * @target: nanoseconds, of the flows between the reaction and them; 0 for not said
 * @must: one of them must follow; else they may
 * @starts: (element-type StormLink): the ways on which it begins, behind the reaction
 */
typedef struct
{
  guint32    reaction;
  GArray    *outcomes;
  gint64     target;
  gboolean   must;
  GPtrArray *starts;
} StormRule;

#define STORM_TYPE_RULE_SET (storm_rule_set_get_type ())

/**
 * StormRuleSet:
 *
 * What the flows of a board say about the order of its events: what must have come before an event,
 * and what must follow it. From an event the way is followed over policies, commands, aggregates
 * and external systems to the next events, whichever of them were left out; where a sticky has no
 * flow, what it touches counts (#StormBoardLinks).
 *
 * - Each policy, and each external system, that an event leads to must bring about an event.
 *   One that waits for all of its events (`join`) is set off by the last of them.
 * - Several commands of one policy must each bring about an event.
 * - Several ways out of a command, an aggregate, an external system or, where those were left out,
 *   a policy or an event are alternatives: one or more of them.
 * - A fail event stands in for the event that it is the failure of, and the other way round.
 * - Where a person decides, nothing must follow: an actor or user interface gives the command, and
 *   no policy leads to it; or the way leads over a read model. A target on the way says that
 *   something must follow after all.
 * - A flow whose rule is switched off still allows what it leads to, and demands nothing.
 * - An event without anything before it, or which a command brings about that nothing leads to, may
 *   come at any time.
 *
 * Made anew when somebody asks after the board has changed. Signal `changed`: the rules are others
 * now, not only the board. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormRuleSet, storm_rule_set, STORM, RULE_SET, GObject)

StormRuleSet        *storm_rule_set_new            (StormBoard   *board);
StormBoard          *storm_rule_set_get_board      (StormRuleSet *self);

/**
 * storm_rule_set_update:
 *
 * Brings the rules up to date. What the others return holds until the next update that changes
 * them.
 *
 * Returns: whether they are others now
 */
gboolean             storm_rule_set_update         (StormRuleSet *self);
/** storm_rule_set_is_current: whether an update would have nothing to do. */
gboolean             storm_rule_set_is_current     (StormRuleSet *self);

guint                storm_rule_set_get_n_steps     (StormRuleSet *self);
guint                storm_rule_set_get_n_reactions (StormRuleSet *self);
guint                storm_rule_set_get_n_rules     (StormRuleSet *self);
/** storm_rule_set_get_n_slots: inputs of all reactions together. */
guint                storm_rule_set_get_n_slots     (StormRuleSet *self);
const StormStep     *storm_rule_set_get_step        (StormRuleSet *self,
                                                     guint32       step);
const StormReaction *storm_rule_set_get_reaction    (StormRuleSet *self,
                                                     guint32       reaction);
const StormRule     *storm_rule_set_get_rule        (StormRuleSet *self,
                                                     guint32       rule);
/** storm_rule_set_find_step: the step of an event sticky; %STORM_NO_STEP for others. */
guint32              storm_rule_set_find_step       (StormRuleSet *self,
                                                     StormSticky  *sticky);
/** storm_rule_set_get_title: the name of a step, as on the board. */
const char          *storm_rule_set_get_title       (StormRuleSet *self,
                                                     guint32       step);
/** storm_rule_has_outcome: whether @step is one that @rule waits for. */
gboolean             storm_rule_has_outcome         (const StormRule *rule,
                                                     guint32          step);
/** storm_rule_set_has_duty: whether something must follow @step. */
gboolean             storm_rule_set_has_duty        (StormRuleSet *self,
                                                     guint32       step);
/**
 * storm_rule_set_follows:
 *
 * Whether @later is among what the board lets follow from @step, over any number of events; a step
 * follows from itself.
 */
gboolean             storm_rule_set_follows         (StormRuleSet *self,
                                                     guint32       step,
                                                     guint32       later);

/**
 * storm_rule_set_get_rules_of_flow:
 *
 * Returns: (transfer full) (element-type guint32): the rules that @flow is a part of, rising; not
 * to be changed
 */
GArray              *storm_rule_set_get_rules_of_flow (StormRuleSet *self,
                                                       StormFlow    *flow);
/**
 * storm_rule_set_get_flows:
 *
 * Returns: (transfer full) (element-type StormFlow): the flows that @rule is made of
 */
GPtrArray           *storm_rule_set_get_flows       (StormRuleSet *self,
                                                     guint32       rule);

/** storm_rule_set_words: (transfer full): @rule as a translated sentence. */
char                *storm_rule_set_words           (StormRuleSet *self,
                                                     guint32       rule);
/** storm_rule_set_cause_words: (transfer full): what must come before @step, as a translated
 * sentence. */
char                *storm_rule_set_cause_words     (StormRuleSet *self,
                                                     guint32       step);
/** storm_rule_set_sticky_words: (transfer full): all sentences that concern a sticky. */
GStrv                storm_rule_set_sticky_words    (StormRuleSet *self,
                                                     StormSticky  *sticky);
/** storm_rule_set_list_words: (transfer full): "A", "A or B", "A, B or C": the steps in @steps that
 * are no failures, or all when they all are. */
char                *storm_rule_set_list_words      (StormRuleSet *self,
                                                     GArray       *steps);

G_END_DECLS
