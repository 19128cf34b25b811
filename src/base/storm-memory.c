#include "config.h"

#include "storm-memory.h"

#include <stdio.h>
#include <unistd.h>

double
storm_memory_get_share (void)
{
  long all = sysconf (_SC_PHYS_PAGES);
  long size, resident, shared;
  FILE *file = fopen ("/proc/self/statm", "re");
  gboolean known;

  if (file == NULL)
    return 0;
  /* In pages, as the other one. */
  known = fscanf (file, "%ld %ld %ld", &size, &resident, &shared) == 3;
  fclose (file);
  if (!known || all <= 0 || resident <= shared)
    return 0;
  return MIN ((double) (resident - shared) / all, 1);
}
