#pragma once

#include <cairo.h>

#include "storm-op.h"

G_BEGIN_DECLS

/** storm_cairo_sink_init: draws with @cr, which must outlive it, in its present units. */
void storm_cairo_sink_init (StormSink *self,
                            cairo_t   *cr);

G_END_DECLS
