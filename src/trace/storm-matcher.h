#pragma once

#include "storm-board.h"
#include "storm-strings.h"

G_BEGIN_DECLS

#define STORM_TYPE_MATCHER (storm_matcher_get_type ())

/** StormMatchWhy: why a type belongs to a sticky. An alias goes before a name. */
typedef enum
{
  STORM_MATCH_NONE,
  STORM_MATCH_ALIAS,          /* an alias of the sticky, letter by letter */
  STORM_MATCH_NAME,           /* the title, letter by letter */
  STORM_MATCH_NORMAL_ALIAS,   /* an alias, by storm_type_name_normalize() */
  STORM_MATCH_NORMAL_NAME,    /* the title, by storm_type_name_normalize() */
} StormMatchWhy;

/**
 * StormMatcher:
 *
 * Which event stickies an event type belongs to (design §5). All stickies of the best kind of match
 * belong to it: a board may show an event twice. Follows the board's changes; results are cached
 * for each type. Signal `changed`: cached results are void. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormMatcher, storm_matcher, STORM, MATCHER, GObject)

StormMatcher *storm_matcher_new    (StormBoard   *board,
                                    StormStrings *strings);

/**
 * storm_matcher_match:
 * @type_id: number of the event type in the strings
 * @why: (out) (optional)
 *
 * Returns: (transfer none) (element-type StormSticky): the stickies, empty for an unmatched type;
 *   valid until `changed`
 */
GPtrArray    *storm_matcher_match  (StormMatcher  *self,
                                    guint32        type_id,
                                    StormMatchWhy *why);

/**
 * storm_match_why_words:
 * @title: of the sticky that matches; (nullable) for none, of the one whose name is nearest
 *
 * Returns: (transfer full): translated whole sentences
 */
char         *storm_match_why_words (StormMatchWhy  why,
                                     const char    *title);

G_END_DECLS
