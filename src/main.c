#include "config.h"

#include <malloc.h>

#include "storm-application.h"
#include "storm-locale.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (StormApplication) app = NULL;
  int status;

  /* Batches of events come and go, and so do Kafka's answers, of a megabyte a partition. Each of
   * them mapped anew is a fault for every page, a sixth of what reading history takes; but glibc
   * would let the largest raise its threshold, and keep what they leave behind as holes. */
  mallopt (M_MMAP_THRESHOLD, 4 * 1024 * 1024);

  storm_locale_init ();
  g_set_prgname (APP_ID);

  app = storm_application_new ();
  status = g_application_run (G_APPLICATION (app), argc, argv);

  return status != 0 ? status : storm_application_get_status (app);
}
