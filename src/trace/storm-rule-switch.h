#pragma once

#include "storm-rule-set.h"

G_BEGIN_DECLS

/**
 * StormRuleState:
 * @STORM_RULE_FIXED: there is nothing to switch: a person decides, or no flow is there to say it on
 * @STORM_RULE_ON: it is checked
 * @STORM_RULE_OFF: it was switched off, on one of its flows
 */
typedef enum
{
  STORM_RULE_FIXED,
  STORM_RULE_ON,
  STORM_RULE_OFF,
} StormRuleState;

/**
 * StormRuleLine:
 * @words: a translated sentence
 * @on_ids: (element-type utf8): the flows to be checked again, to switch it on
 * @off_ids: (element-type utf8): the flows not to be checked any more, to switch it off
 *
 * One rule, as it can be read and switched: what must follow, or what must come before an event.
 * Rules share flows: others may be switched with it.
 */
typedef struct
{
  char           *words;
  StormRuleState  state;
  GPtrArray      *on_ids;
  GPtrArray      *off_ids;
} StormRuleLine;

/**
 * storm_rule_set_list_sticky:
 * @max: sentences about what follows at most
 * @n_more: (out): so many more there are
 *
 * Returns: (transfer full) (element-type StormRuleLine): all that concern @sticky
 */
GPtrArray *storm_rule_set_list_sticky (StormRuleSet *self,
                                       StormSticky  *sticky,
                                       guint         max,
                                       guint        *n_more);
/** storm_rule_set_list_flow: as storm_rule_set_list_sticky(), those that @flow is a part of. */
GPtrArray *storm_rule_set_list_flow   (StormRuleSet *self,
                                       StormFlow    *flow,
                                       guint         max,
                                       guint        *n_more);

G_END_DECLS
