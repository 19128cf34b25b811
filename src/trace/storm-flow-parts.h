#pragma once

#include "storm-rule-set.h"

G_BEGIN_DECLS

/** STORM_ANY_INPUT: all events that set the rule off come this way. */
#define STORM_ANY_INPUT G_MAXUINT

/**
 * StormFlowPart:
 * @flow_id: a flow that the rule is made of
 * @input: the place of the only event that comes this way among the inputs of the rule's reaction,
 *   or %STORM_ANY_INPUT
 * @outcomes: of guint, rising: places, among the rule's outcomes, of those that this way leads to
 * @length: from sticky to sticky, in board units
 * @labelled: of the flows of one way this is the one on which its times are written
 */
typedef struct
{
  char    *flow_id;
  guint    input;
  GArray  *outcomes;
  double   length;
  gboolean labelled;
} StormFlowPart;

/**
 * storm_rule_set_list_parts:
 *
 * Over which flows the ways of @rule lead. Where several events set it off, the times of each are
 * written between it and the reaction; where several follow, those of each behind the last parting
 * of the ways; else on the longest flow.
 *
 * Returns: (transfer full) (element-type StormFlowPart)
 */
GPtrArray *storm_rule_set_list_parts (StormRuleSet *self,
                                      guint32       rule);

/** storm_flow_part_takes: whether the way from @input to @outcome leads over it. */
gboolean   storm_flow_part_takes     (const StormFlowPart *self,
                                      guint                input,
                                      guint                outcome);

G_END_DECLS
