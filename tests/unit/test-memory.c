#include "config.h"

#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "storm-memory.h"

#define SIZE (256 * 1024 * 1024)

static void
test_share (void)
{
  double all = (double) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE);
  double before = storm_memory_get_share ();
  g_autofree char *block = g_malloc (SIZE);
  double with;

  memset (block, 1, SIZE);
  with = storm_memory_get_share ();
  g_assert_cmpfloat (before, >, 0);
  g_assert_cmpfloat (with, >, before + SIZE / all * .9);
  g_assert_cmpfloat (with, <=, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/share", test_share);
  return g_test_run ();
}
