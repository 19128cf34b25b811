#pragma once

#include "storm-canvas.h"

G_BEGIN_DECLS

/** storm_board_drop_attach: lets what is dragged from the palette be dropped on @canvas. */
void storm_board_drop_attach (StormCanvas    *canvas,
                              StormHistory   *history,
                              StormSelection *selection);

G_END_DECLS
