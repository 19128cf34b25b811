#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <malloc.h>

#include "storm-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (StormApplication) app = NULL;
  int status;

  /* Batches of events come and go; glibc would let their size raise its threshold, and then keep what
   * they leave behind as holes. */
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (APP_ID);

  app = storm_application_new ();
  status = g_application_run (G_APPLICATION (app), argc, argv);

  return status != 0 ? status : storm_application_get_status (app);
}
