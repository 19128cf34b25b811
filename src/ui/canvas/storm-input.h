#pragma once

#include "storm-tool.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-input
 *
 * What the same movement means on different devices. Without GTK.
 */

/**
 * StormDevice:
 * @STORM_DEVICE_MOUSE: also whatever else has a wheel that clicks
 * @STORM_DEVICE_TOUCHPAD: scrolls smoothly
 * @STORM_DEVICE_TOUCH: a finger on the screen
 * @STORM_DEVICE_ERASER: the other end of a pen
 */
typedef enum
{
  STORM_DEVICE_MOUSE,
  STORM_DEVICE_TOUCHPAD,
  STORM_DEVICE_TOUCH,
  STORM_DEVICE_PEN,
  STORM_DEVICE_ERASER,
} StormDevice;

typedef enum
{
  STORM_PRESS_TOOL,
  STORM_PRESS_PAN,
  STORM_PRESS_ERASE,
} StormPress;

/**
 * storm_input_press:
 * @part: what lies there
 * @placing: the next press makes a sticky
 *
 * A finger on empty board moves the board, as everywhere on screens that are touched; mouse and pen
 * select there.
 */
StormPress storm_input_press  (StormDevice  device,
                               StormHitPart part,
                               gboolean     placing,
                               gboolean     read_only);

/**
 * StormScroll:
 * @pan: pixels that the camera moves
 * @steps: of the zoom's ladder, of a wheel
 * @factor: of the zoom, of a touchpad; else 1
 */
typedef struct
{
  StormPoint pan;
  int        steps;
  double     factor;
} StormScroll;

/**
 * storm_input_scroll:
 * @dx: in steps of a wheel, or in pixels
 * @in_steps: which of both
 * @rest: (inout): of a zoom, parts of a step that fine wheels send
 *
 * With Ctrl it zooms, with Shift a wheel goes sideways.
 */
void       storm_input_scroll (StormDevice  device,
                               double       dx,
                               double       dy,
                               gboolean     in_steps,
                               StormMods    mods,
                               double      *rest,
                               StormScroll *out);

G_END_DECLS
