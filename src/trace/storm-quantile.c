#include "config.h"

#include "storm-quantile.h"

#include <math.h>
#include <string.h>

#define STEP G_GINT64_CONSTANT (1000)   /* one microsecond: nobody's clock is better */
#define SUB_BITS 5
#define N_SUB (1 << SUB_BITS)
/* The longest span is less than 2^54 microseconds. */
#define N_BUCKETS ((54 - SUB_BITS + 1) * N_SUB)

struct _StormQuantile
{
  guint64 n;
  guint32 counts[N_BUCKETS];
};

static guint
find_bucket (gint64 span)
{
  guint64 v = (guint64) MAX (span, 0) / STEP;
  guint octave;

  if (v < N_SUB)
    return (guint) v;
  octave = 63 - __builtin_clzll (v);
  return (octave - SUB_BITS + 1) * N_SUB + ((v >> (octave - SUB_BITS)) & (N_SUB - 1));
}

/* Where @bucket begins, in steps. */
static double
bucket_start (guint bucket)
{
  guint octave = bucket >> SUB_BITS;
  guint sub = bucket & (N_SUB - 1);

  if (octave == 0)
    return sub;
  return ldexp (N_SUB + sub, (int) octave - 1);
}

StormQuantile *
storm_quantile_new (void)
{
  return g_new0 (StormQuantile, 1);
}

void
storm_quantile_free (StormQuantile *self)
{
  g_free (self);
}

void
storm_quantile_clear (StormQuantile *self)
{
  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
}

void
storm_quantile_add (StormQuantile *self,
                    gint64         span)
{
  g_return_if_fail (self != NULL);

  self->counts[find_bucket (span)]++;
  self->n++;
}

void
storm_quantile_remove (StormQuantile *self,
                       gint64         span)
{
  guint bucket = find_bucket (span);

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->counts[bucket] > 0);

  self->counts[bucket]--;
  self->n--;
}

void
storm_quantile_merge (StormQuantile *self,
                      StormQuantile *other)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL);

  for (guint i = 0; i < N_BUCKETS; i++)
    self->counts[i] += other->counts[i];
  self->n += other->n;
}

guint64
storm_quantile_get_n (StormQuantile *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

gint64
storm_quantile_get (StormQuantile *self,
                    double         q)
{
  guint64 rank;
  guint64 below = 0;
  guint i;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (q >= 0 && q <= 1, 0);

  if (self->n == 0)
    return 0;
  rank = CLAMP ((guint64) ceil (q * self->n), 1, self->n);
  for (i = 0; i < N_BUCKETS; i++)
    {
      double start;
      double width;
      double span;

      if (below + self->counts[i] < rank)
        {
          below += self->counts[i];
          continue;
        }
      /* The spans of a bucket are taken to lie evenly in it. */
      start = bucket_start (i);
      width = bucket_start (i + 1) - start;
      span = (start + width * (rank - below - 0.5) / self->counts[i]) * STEP;
      return span < (double) G_MAXINT64 ? (gint64) span : G_MAXINT64;
    }
  g_return_val_if_reached (0);
}
