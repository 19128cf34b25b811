#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "storm-locale.h"

void
storm_locale_init (void)
{
  const char *directory = g_getenv ("STORMWATCH_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory && *directory ? directory : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
