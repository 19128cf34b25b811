#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * storm_locale_init:
 *
 * Takes the language from the environment, for the texts of the program and of its libraries. The
 * catalogs are those of the installation, or those in the directory that STORMWATCH_LOCALEDIR
 * names, so that a program in its build directory speaks its user's language too.
 *
 * Call it once, at the beginning of main().
 */
void storm_locale_init (void);

G_END_DECLS
