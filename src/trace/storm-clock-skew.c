#include "config.h"

#include "storm-clock-skew.h"

#include <math.h>
#include <string.h>

#define N_MAX STORM_SKEW_MAX_PRODUCERS

typedef struct
{
  guint64 n;          /* cases */
  guint64 n_backwards;
  gint64  shortest;
} Pair;

struct _StormClockSkew
{
  Pair pairs[N_MAX][N_MAX];   /* from → to */
};

/* What solving needs: @limits[i][j] is the most by which the clock of j can be ahead of that of
 * i. As doubles, for sums of them must not overflow. */
typedef struct
{
  StormClockSkew *skew;
  guint           n;
  double          limits[N_MAX][N_MAX];
  gboolean        is_wrong[N_MAX];
  double          ahead[N_MAX];
} Solver;

StormClockSkew *
storm_clock_skew_new (void)
{
  return g_new0 (StormClockSkew, 1);
}

void
storm_clock_skew_free (StormClockSkew *self)
{
  g_free (self);
}

void
storm_clock_skew_clear (StormClockSkew *self)
{
  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
}

void
storm_clock_skew_add (StormClockSkew *self,
                      guint           from,
                      guint           to,
                      gint64          span,
                      guint64         n)
{
  Pair *pair;

  g_return_if_fail (self != NULL);
  g_return_if_fail (from < N_MAX && to < N_MAX);

  /* A clock agrees with itself. */
  if (from == to || n == 0)
    return;
  pair = &self->pairs[from][to];
  pair->shortest = pair->n == 0 ? span : MIN (pair->shortest, span);
  pair->n += n;
  pair->n_backwards += span < 0 ? n : 0;
}

/* The limits that follow from all others. %FALSE when they contradict each other. */
static gboolean
find_limits (Solver *self)
{
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      {
        Pair *pair = &self->skew->pairs[i][j];

        self->limits[i][j] = i == j ? 0 : pair->n > 0 ? (double) pair->shortest : INFINITY;
      }
  for (guint k = 0; k < self->n; k++)
    for (guint i = 0; i < self->n; i++)
      for (guint j = 0; j < self->n; j++)
        self->limits[i][j] = MIN (self->limits[i][j], self->limits[i][k] + self->limits[k][j]);
  for (guint i = 0; i < self->n; i++)
    if (self->limits[i][i] < 0)
      return FALSE;
  return TRUE;
}

/* Whether two clocks that are taken to be right can't both be. */
static gboolean
contradict (Solver *self,
            guint   i,
            guint   j)
{
  return !self->is_wrong[i] && !self->is_wrong[j] &&
         (self->limits[i][j] < 0 || self->limits[j][i] < 0);
}

/* As near to right as what is known of the others allows. */
static double
find_ahead (Solver         *self,
            guint           i,
            const gboolean *is_unknown)
{
  double least = -INFINITY;
  double most = INFINITY;

  for (guint j = 0; j < self->n; j++)
    {
      if (j == i || is_unknown[j])
        continue;
      most = MIN (most, self->ahead[j] + self->limits[j][i]);
      least = MAX (least, self->ahead[j] - self->limits[i][j]);
    }
  return MAX (MIN (0., most), least);
}

/* How long all steps would have taken at least, by clocks that were right. */
static double
sum_up_steps (Solver *self)
{
  double sum = 0;

  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      if (self->skew->pairs[i][j].n > 0)
        sum += fabs ((double) self->skew->pairs[i][j].shortest - self->ahead[j] + self->ahead[i]);
  return sum;
}

typedef struct
{
  guint   n_others;
  double  steps;
  guint64 n_backwards;
  guint64 n_cases;
} Suspicion;

static void
look_at (Solver    *self,
         guint      i,
         Suspicion *out)
{
  *out = (Suspicion) { 0, 0, 0, 0 };
  for (guint j = 0; j < self->n; j++)
    {
      Pair *to = &self->skew->pairs[i][j];
      Pair *from = &self->skew->pairs[j][i];

      out->n_others += contradict (self, i, j);
      out->n_backwards += to->n_backwards + from->n_backwards;
      out->n_cases += to->n + from->n;
    }
  if (out->n_others == 0)
    return;
  self->ahead[i] = find_ahead (self, i, self->is_wrong);
  out->steps = sum_up_steps (self);
  self->ahead[i] = 0;
}

/* Who contradicts more of the others is wrong rather than they; else the one whose being wrong
 * leaves the shorter steps, for few things take an hour and then just as long as a clock is wrong;
 * else who has less to say. */
static gboolean
is_worse (const Suspicion *a,
          const Suspicion *b)
{
  if (a->n_others != b->n_others)
    return a->n_others > b->n_others;
  if (a->steps != b->steps)
    return a->steps < b->steps;
  if (a->n_backwards != b->n_backwards)
    return a->n_backwards > b->n_backwards;
  return a->n_cases <= b->n_cases;
}

/* Until no two of the others contradict each other. */
static void
choose_wrong (Solver *self)
{
  for (;;)
    {
      Suspicion worst = { 0, 0, 0, 0 };
      guint found = 0;

      for (guint i = 0; i < self->n; i++)
        {
          Suspicion suspicion;

          if (self->is_wrong[i])
            continue;
          look_at (self, i, &suspicion);
          if (suspicion.n_others == 0 || !(worst.n_others == 0 || is_worse (&suspicion, &worst)))
            continue;
          worst = suspicion;
          found = i;
        }
      if (worst.n_others == 0)
        return;
      self->is_wrong[found] = TRUE;
    }
}

void
storm_clock_skew_count (StormClockSkew     *self,
                        guint               producer,
                        guint               n,
                        StormProducerClock *clock)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (producer < n && n <= N_MAX);
  g_return_if_fail (clock != NULL);

  *clock = (StormProducerClock) { 0 };
  for (guint j = 0; j < n; j++)
    {
      const Pair *pairs[] = { &self->pairs[producer][j], &self->pairs[j][producer] };

      for (guint k = 0; k < G_N_ELEMENTS (pairs); k++)
        {
          clock->n_backwards += pairs[k]->n_backwards;
          if (pairs[k]->n == 0 || pairs[k]->shortest >= clock->worst)
            continue;
          clock->worst = pairs[k]->shortest;
          clock->other = j;
        }
    }
}

/* Spans of centuries are cut off. */
static gint64
to_span (double span)
{
  if (span >= (double) G_MAXINT64)
    return G_MAXINT64;
  return span <= -(double) G_MAXINT64 ? -G_MAXINT64 : (gint64) span;
}

GArray *
storm_clock_skew_solve (StormClockSkew *self,
                        guint           n)
{
  g_autofree Solver *solver = NULL;
  gboolean is_unknown[N_MAX];
  GArray *clocks;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n <= N_MAX, NULL);

  solver = g_new0 (Solver, 1);
  solver->skew = self;
  solver->n = n;
  if (!find_limits (solver))
    return NULL;
  choose_wrong (solver);
  memcpy (is_unknown, solver->is_wrong, sizeof is_unknown);
  for (guint i = 0; i < n; i++)
    if (is_unknown[i])
      {
        solver->ahead[i] = find_ahead (solver, i, is_unknown);
        is_unknown[i] = FALSE;
      }

  clocks = g_array_sized_new (FALSE, TRUE, sizeof (StormProducerClock), n);
  g_array_set_size (clocks, n);
  for (guint i = 0; i < n; i++)
    {
      StormProducerClock *clock = &g_array_index (clocks, StormProducerClock, i);

      storm_clock_skew_count (self, i, n, clock);
      clock->ahead = to_span (solver->ahead[i]);
    }
  return clocks;
}
