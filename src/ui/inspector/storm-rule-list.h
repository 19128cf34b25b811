#pragma once

#include <adwaita.h>

#include "storm-history.h"

G_BEGIN_DECLS

#define STORM_TYPE_RULE_LIST (storm_rule_list_get_type ())

/**
 * StormRuleList:
 *
 * What the board says about the order of events at one sticky or flow, as sentences, each with a
 * switch where it can be switched off; for a flow also its target time, for a policy whether it
 * waits for all of its events. Hidden where there is nothing to say. Each edit is one step of the
 * history. Signal: `failed` (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormRuleList, storm_rule_list, STORM, RULE_LIST, AdwBin)

/** storm_rule_list_bind: once, for as long as it lives. */
void storm_rule_list_bind       (StormRuleList *self,
                                 StormHistory  *history);
/** storm_rule_list_set_object: @object: (nullable): the one that is selected. */
void storm_rule_list_set_object (StormRuleList *self,
                                 StormObject   *object);
/** storm_rule_list_flush: commits what was typed and not committed yet. */
void storm_rule_list_flush      (StormRuleList *self);

G_END_DECLS
