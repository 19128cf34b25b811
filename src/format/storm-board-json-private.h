#pragma once

#include "storm-board-json.h"

G_BEGIN_DECLS

/* What import and export must agree on. */

#define STORM_BOARD_JSON_FORMAT "stormwatch-board"
#define STORM_BOARD_JSON_VERSION 1

/* The members that this version understands, each list ending in NULL; all others are kept. */
extern const char * const storm_board_json_board_members[];
extern const char * const storm_board_json_context_members[];
extern const char * const storm_board_json_sticky_members[];
extern const char * const storm_board_json_field_members[];
extern const char * const storm_board_json_flow_members[];

G_END_DECLS
