#pragma once

#include <glib.h>
#include <stdio.h>
#include <unistd.h>

static inline int
bench_compare (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static inline double
bench_resident_mb (void)
{
  g_autofree char *text = NULL;
  unsigned long size = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%lu %lu", &size, &resident);
  return resident * (double) sysconf (_SC_PAGESIZE) / 1e6;
}
