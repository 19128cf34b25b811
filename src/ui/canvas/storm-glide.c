#include "config.h"

#include "storm-glide.h"

#include <math.h>
#include <string.h>

/* Seconds in which the speed falls to a third. */
#define SLOWING .3
/* Pixels a second: nobody sees slower ones, and faster ones lose the place. */
#define SLOWEST 20.0
#define FASTEST 6000.0
/* µs before the release that count; a finger that rested throws nothing. */
#define RECENT 80000

void
storm_glide_press (StormGlide *self)
{
  *self = (StormGlide) { .n_samples = 0 };
}

void
storm_glide_note (StormGlide *self,
                  StormPoint  at,
                  gint64      time)
{
  if (self->n_samples == STORM_GLIDE_SAMPLES)
    memmove (self->samples, self->samples + 1,
             --self->n_samples * sizeof self->samples[0]);
  self->samples[self->n_samples].at = at;
  self->samples[self->n_samples++].time = time;
}

gboolean
storm_glide_set (StormGlide *self,
                 StormPoint  velocity)
{
  double speed = hypot (velocity.x, velocity.y);

  self->n_samples = 0;
  self->velocity = (StormPoint) { 0, 0 };
  if (!isfinite (speed) || speed < SLOWEST)
    return FALSE;
  self->velocity.x = velocity.x * MIN (1, FASTEST / speed);
  self->velocity.y = velocity.y * MIN (1, FASTEST / speed);
  return TRUE;
}

gboolean
storm_glide_release (StormGlide *self,
                     gint64      time)
{
  guint first = 0, last = MAX (self->n_samples, 1) - 1;
  double seconds;
  StormPoint by;

  while (first < self->n_samples && time - self->samples[first].time > RECENT)
    first++;
  if (self->n_samples < 2 || first >= last)
    return storm_glide_set (self, (StormPoint) { 0, 0 });
  seconds = (double) (self->samples[last].time - self->samples[first].time) / G_USEC_PER_SEC;
  by.x = self->samples[last].at.x - self->samples[first].at.x;
  by.y = self->samples[last].at.y - self->samples[first].at.y;
  if (seconds <= 0)
    return storm_glide_set (self, (StormPoint) { 0, 0 });
  /* The board follows the finger: the camera goes the other way. */
  return storm_glide_set (self, (StormPoint) { -by.x / seconds, -by.y / seconds });
}

gboolean
storm_glide_step (StormGlide *self,
                  double      seconds,
                  StormPoint *out)
{
  double left = exp (-seconds / SLOWING);

  *out = (StormPoint) { self->velocity.x * SLOWING * (1 - left),
                        self->velocity.y * SLOWING * (1 - left) };
  self->velocity.x *= left;
  self->velocity.y *= left;
  return hypot (self->velocity.x, self->velocity.y) >= SLOWEST;
}
