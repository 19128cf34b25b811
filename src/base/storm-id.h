#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** STORM_ID_MAX_LENGTH: the most bytes that an id from outside may have. */
#define STORM_ID_MAX_LENGTH 200

/**
 * storm_id_new:
 *
 * Returns: (transfer full): a new id, unique among all boards (a random UUID)
 */
char     *storm_id_new      (void);

/**
 * storm_id_is_valid:
 * @id: (nullable): UTF-8
 *
 * Ids are opaque: any UTF-8 of 1 to %STORM_ID_MAX_LENGTH bytes without control characters.
 */
gboolean  storm_id_is_valid (const char *id);

G_END_DECLS
