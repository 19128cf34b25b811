#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormCommand:
 * @action: the detailed name of a window's or the application's action, without a parameter to ask
 *   for: "win.undo", "app.palette::msaez"
 * @context: of @words for the translation
 * @words: what it does, not translated
 * @accel: (nullable): the keys that do it too
 */
typedef struct
{
  const char *action;
  const char *context;
  const char *words;
  const char *accel;
} StormCommand;

/** storm_commands_get: (array length=n): everything that can be done by name; static. */
const StormCommand *storm_commands_get       (guint              *n);
/** storm_command_get_words: the translated words. */
const char         *storm_command_get_words  (const StormCommand *command);

G_END_DECLS
