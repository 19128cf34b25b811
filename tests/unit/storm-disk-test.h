#pragma once

/* A disk that is full, for tests of what writes. */

#include <glib.h>
#include <signal.h>
#include <sys/resource.h>

/* No file may grow beyond @size bytes, until that is %RLIM_INFINITY again. */
static inline void
storm_test_limit_files (rlim_t size)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}
