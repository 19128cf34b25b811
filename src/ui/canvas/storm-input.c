#include "config.h"

#include "storm-input.h"

#include <math.h>

/* Pixels of one step of a wheel. */
#define WHEEL_STEP 56.0
/* Pixels of a touchpad's movement that double the zoom. */
#define OCTAVE 160.0
/* Rungs of the zoom's ladder for a step of a wheel. */
#define WHEEL_RUNGS 2

StormPress
storm_input_press (StormDevice  device,
                   StormHitPart part,
                   gboolean     placing,
                   gboolean     read_only)
{
  if (placing)
    return STORM_PRESS_TOOL;
  if (device == STORM_DEVICE_ERASER && !read_only)
    return STORM_PRESS_ERASE;
  if (device == STORM_DEVICE_TOUCH && part == STORM_HIT_NONE)
    return STORM_PRESS_PAN;
  return STORM_PRESS_TOOL;
}

static double
keep_finite (double value)
{
  return isfinite (value) ? value : 0;
}

void
storm_input_scroll (StormDevice  device,
                    double       dx,
                    double       dy,
                    gboolean     in_steps,
                    StormMods    mods,
                    double      *rest,
                    StormScroll *out)
{
  /* On X11 touchpads too say that they scroll in steps, in small parts of them. */
  gboolean smooth = !in_steps || device == STORM_DEVICE_TOUCHPAD;
  double factor = in_steps ? WHEEL_STEP : 1;

  g_return_if_fail (rest != NULL);
  g_return_if_fail (out != NULL);

  *out = (StormScroll) { .factor = 1 };
  dx = keep_finite (dx);
  dy = keep_finite (dy);
  if ((mods & STORM_MOD_CONTROL) == 0)
    {
      gboolean sideways = (mods & STORM_MOD_SHIFT) != 0 && dx == 0;

      out->pan = (StormPoint) { (sideways ? dy : dx) * factor, sideways ? 0 : dy * factor };
      *rest = 0;
      return;
    }
  if (smooth)
    {
      out->factor = exp2 (-CLAMP (dy * factor / OCTAVE, -4, 4));
      return;
    }
  *rest -= CLAMP (dy, -10, 10) * WHEEL_RUNGS;
  out->steps = (int) *rest;
  *rest -= out->steps;
}
