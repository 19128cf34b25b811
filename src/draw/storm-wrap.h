#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormWrapPlace:
 * @STORM_WRAP_BREAK: between the parts of a name; a line may end here
 * @STORM_WRAP_JOIN: between the syllables of a Korean word; no line ends here
 */
typedef enum
{
  STORM_WRAP_PLAIN,
  STORM_WRAP_BREAK,
  STORM_WRAP_JOIN,
} StormWrapPlace;

/** STORM_WRAP_MARK_BYTES: of the invisible character that storm_wrap_prepare() puts there. */
#define STORM_WRAP_MARK_BYTES 3

/** storm_wrap_place: what is between @a and @b, which @c follows; 0 for none. */
StormWrapPlace storm_wrap_place (gunichar a,
                                 gunichar b,
                                 gunichar c);

/**
 * storm_wrap_prepare:
 * @text: UTF-8
 * @max_chars: no more than this is looked at; an ellipsis takes the rest's place
 *
 * Makes a title ready for laying out: zero-width spaces allow breaks at the humps of CamelCase and
 * after the joints of technical names ("order.placed", "order_placed"), word joiners forbid them
 * between the syllables of a Korean word, other control characters than newlines become spaces.
 *
 * Returns: (transfer full): the prepared text
 */
char *storm_wrap_prepare (const char *text,
                          guint       max_chars);

G_END_DECLS
