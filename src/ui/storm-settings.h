#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-settings
 *
 * What the window remembers. Works without an installed schema too, for a binary run straight from
 * its build folder: then nothing is remembered, and the defaults hold.
 */

/** storm_settings_get: (nullable) (transfer none): the application's settings. */
GSettings *storm_settings_get         (void);

gboolean   storm_settings_get_boolean (const char *key,
                                       gboolean    fallback);
void       storm_settings_set_boolean (const char *key,
                                       gboolean    value);
int        storm_settings_get_int     (const char *key,
                                       int         fallback);
/** storm_settings_set_int: a value out of the key's range is not kept. */
void       storm_settings_set_int     (const char *key,
                                       int         value);
int        storm_settings_get_enum    (const char *key,
                                       int         fallback);
void       storm_settings_set_enum    (const char *key,
                                       int         value);

G_END_DECLS
