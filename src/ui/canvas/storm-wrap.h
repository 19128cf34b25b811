#pragma once

#include <glib.h>

G_BEGIN_DECLS

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
