#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * storm_json_find_twice:
 * @data: (array length=len): JSON that storm_json_scan() has found to be right
 *
 * A member that stands twice in one object. Every parser takes one of the two and drops the other
 * without a word; in a board that can be all of its stickies.
 *
 * Returns: (nullable): the name of the second one, behind its quote; its length is @name_len
 */
const char *storm_json_find_twice (const char *data,
                                   gsize       len,
                                   gsize      *name_len);

G_END_DECLS
