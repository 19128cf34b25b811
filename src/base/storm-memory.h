#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * storm_memory_get_share:
 *
 * How much of this computer's memory the program holds for itself, without files that it only looks
 * into. From /proc, where that says it. Any thread.
 *
 * Returns: 0 (also where it isn't known) to 1
 */
double storm_memory_get_share (void);

G_END_DECLS
