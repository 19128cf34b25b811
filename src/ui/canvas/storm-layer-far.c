#include "config.h"

#include "storm-layer-trace.h"

#include <math.h>

#include "storm-pills.h"

/* Of more stickies in view nobody reads numbers; rims show which are lit. */
#define MAX_LOOKED_AT 10000
/* Of more numbers the newest are tried. */
#define MAX_TRIED 400
#define MAX_SHOWN 120
/* About the corner, in pixels. */
#define REACH 8.0

typedef struct
{
  StormItem         *item;
  guint64            newest;
  gboolean           provisional;
  StormOverlayMarks  marks;
  GArray            *pills;
} StormFar;

static void
far_clear (gpointer data)
{
  StormFar *far = data;

  g_clear_pointer (&far->pills, g_array_unref);
}

/* What is wrong first, then the newest. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const StormFar *x = a, *y = b;
  gboolean x_wrong = (x->marks & STORM_MARKS_WRONG) != 0;
  gboolean y_wrong = (y->marks & STORM_MARKS_WRONG) != 0;

  if (x_wrong != y_wrong)
    return x_wrong ? -1 : 1;
  return (y->newest > x->newest) - (y->newest < x->newest);
}

static void
look_at (StormPainter *self,
         StormItem    *item,
         GArray       *found)
{
  StormOverlaySticky sum;
  const StormOverlaySticky *info = storm_overlay_get_item (self->overlay, item, &sum);
  /* That fields differ is told where there is room for it. */
  StormFar far = { item, 0, FALSE, storm_overlay_get_item_marks (self->overlay, item) &
                                   ~STORM_MARK_FIELDS, NULL };

  if (info != NULL && info->n_badges > 0)
    {
      far.newest = info->badges[info->n_badges - 1].n;
      far.provisional = info->badges[info->n_badges - 1].provisional;
    }
  else if (info != NULL)
    {
      far.newest = info->latest_n;
      far.provisional = info->latest_provisional;
    }
  if (far.newest > 0 || far.marks != STORM_MARK_NONE)
    g_array_append_val (found, far);
}

static GArray *
make_pills (StormPainter   *self,
            const StormFar *far)
{
  GArray *pills = storm_pills_new ();
  StormRect r = storm_viewport_rect_to_screen (&self->view, &far->item->rect);

  if (far->newest > 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, far->newest);

      storm_pills_add (pills, self, text, far->provisional ? STORM_PILL_HOLLOW : STORM_PILL_FILLED,
                       round (r.x) - REACH, round (r.y) - REACH);
    }
  if (far->marks != STORM_MARK_NONE)
    storm_marks_add_pills (self, &r, far->marks, FALSE, pills);
  return pills;
}

static gboolean
has_room (GArray       *shown,
          StormPainter *self,
          GArray       *pills)
{
  graphene_rect_t bounds = storm_pills_bounds (pills);
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float) self->view.width,
                                             (float) self->view.height);

  if (!graphene_rect_intersection (&bounds, &view, NULL))
    return FALSE;
  for (guint i = 0; i < shown->len; i++)
    {
      graphene_rect_t other = storm_pills_bounds (g_array_index (shown, StormFar, i).pills);

      if (graphene_rect_intersection (&bounds, &other, NULL))
        return FALSE;
    }
  return TRUE;
}

/* (transfer full) (element-type StormFar): with their pills, none over another. */
static GArray *
choose (StormPainter *self)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (StormFar));
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (StormFar));

  g_array_set_clear_func (shown, far_clear);
  if (self->stickies->len > MAX_LOOKED_AT)
    return shown;
  for (guint i = 0; i < self->stickies->len; i++)
    look_at (self, g_ptr_array_index (self->stickies, i), found);
  for (guint i = 0; i < self->contexts->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->contexts, i);

      if (item->card != NULL)
        look_at (self, item, found);
    }
  g_array_sort (found, compare);
  for (guint i = 0; i < MIN (found->len, MAX_TRIED) && shown->len < MAX_SHOWN; i++)
    {
      StormFar far = g_array_index (found, StormFar, i);

      far.pills = make_pills (self, &far);
      if (has_room (shown, self, far.pills))
        g_array_append_val (shown, far);
      else
        far_clear (&far);
    }
  return shown;
}

void
storm_layer_far (StormPainter *self,
                 GtkSnapshot  *snapshot)
{
  g_autoptr (GArray) shown = choose (self);

  for (guint i = 0; i < shown->len; i++)
    {
      const StormFar *far = &g_array_index (shown, StormFar, i);

      if ((far->marks & STORM_MARK_EXPECTED) != 0)
        storm_marks_outline (self, snapshot, far->item, (far->marks & STORM_MARK_OVERDUE) != 0);
      storm_pills_draw (far->pills, self, snapshot);
    }
}

StormItem *
storm_far_badge_at (StormPainter *self,
                    StormPoint    screen)
{
  g_autoptr (GArray) shown = choose (self);

  for (guint i = 0; i < shown->len; i++)
    {
      const StormFar *far = &g_array_index (shown, StormFar, i);

      if (far->newest > 0 && storm_pills_contain (far->pills, screen))
        return far->item;
    }
  return NULL;
}
