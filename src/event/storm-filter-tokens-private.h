#pragma once

#include <stdint.h>

/* The tokens of jq, as far as it takes to say where in an expression something is wrong. Without
 * GLib, for the helper. */

/* More tokens than this are not looked at: an expression that long has its place unsaid. */
#define STORM_FILTER_MAX_PLACED 4096

/* storm_filter_is_name: whether @c may stand in a name. */
int      storm_filter_is_name    (char        c);
/* storm_filter_skip_space: the first place from @at on that is neither space nor comment. */
uint32_t storm_filter_skip_space (const char *text,
                                  uint32_t    at,
                                  uint32_t    len);
/* storm_filter_skip_token: behind the token that is next from @at on, spaces before it included. */
uint32_t storm_filter_skip_token (const char *text,
                                  uint32_t    at,
                                  uint32_t    len);
