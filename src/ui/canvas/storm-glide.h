#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

/** STORM_GLIDE_SAMPLES: so many of the last movements tell how fast a finger was. */
#define STORM_GLIDE_SAMPLES 8

/**
 * StormGlide:
 *
 * How a board goes on after it was let go, ever slower. A plain value without GTK; times are µs.
 */
typedef struct
{
  StormPoint velocity;      /* pixels a second */
  struct
  {
    StormPoint at;
    gint64     time;
  }          samples[STORM_GLIDE_SAMPLES];
  guint      n_samples;
} StormGlide;

/** storm_glide_press: a finger comes down; what glides stops. */
void     storm_glide_press   (StormGlide *self);
/** storm_glide_note: the finger is at @at. */
void     storm_glide_note    (StormGlide *self,
                              StormPoint  at,
                              gint64      time);
/** storm_glide_release: the finger goes up; whether it was fast enough to glide. */
gboolean storm_glide_release (StormGlide *self,
                              gint64      time);
/** storm_glide_set: @velocity: of a touchpad, in pixels a second. */
gboolean storm_glide_set     (StormGlide *self,
                              StormPoint  velocity);

/**
 * storm_glide_step:
 * @seconds: since the last step
 * @out: (out): pixels to go
 *
 * Returns: whether it goes on after that
 */
gboolean storm_glide_step    (StormGlide *self,
                              double      seconds,
                              StormPoint *out);

G_END_DECLS
