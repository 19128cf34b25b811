#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

/* Each so many-th line is stronger. */
#define STRONG 5
#define FAINT .13f
#define CLEAR .3f

static void
append_line (GtkSnapshot   *snapshot,
             const GdkRGBA *color,
             float          x,
             float          y,
             float          width,
             float          height)
{
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* A few hundred rectangles at most, whatever the zoom; kept with the rest of the base. */
void
storm_layer_grid (StormPainter *self,
                  GtkSnapshot  *snapshot)
{
  const StormViewport *view = &self->view;
  double step = storm_lod_grid_step (view->zoom);
  GdkRGBA colors[2] = { storm_style_mix (&self->style.paper, &self->style.frame, FAINT),
                        storm_style_mix (&self->style.paper, &self->style.frame, CLEAR) };
  float width = (float) view->width, height = (float) view->height;
  double first = ceil (view->x / step), last = floor ((view->x + view->width / view->zoom) / step);

  for (double i = first; i <= last; i++)
    append_line (snapshot, &colors[fmod (i, STRONG) == 0],
                 (float) round ((i * step - view->x) * view->zoom), 0, 1, height);
  first = ceil (view->y / step);
  last = floor ((view->y + view->height / view->zoom) / step);
  for (double i = first; i <= last; i++)
    append_line (snapshot, &colors[fmod (i, STRONG) == 0], 0,
                 (float) round ((i * step - view->y) * view->zoom), width, 1);
}
