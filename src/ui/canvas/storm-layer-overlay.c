#include "config.h"

#include "storm-layer-trace.h"

#include <math.h>

#include "storm-pills.h"

/* More occurrences than this become "first…last ×n". */
#define MAX_PILLS 3
/* Badges in one frame; the stickies' rims show the rest. */
#define MAX_BADGED 600
#define PULSE_TIME (600 * G_TIME_SPAN_MILLISECOND)
#define PULSE_REACH 10.0

static void
storm_overlay_add_numbers (StormPainter             *self,
                           const StormOverlaySticky *info,
                           double                    x,
                           double                    y,
                           GArray                   *pills)
{
  const StormBadge *last = &info->badges[info->n_badges - 1];

  if (info->n_badges > MAX_PILLS)
    {
      g_autofree char *text = g_strdup_printf ("%u…%u ×%u", info->badges[0].n, last->n,
                                               info->n_badges);

      storm_pills_add (pills, self, text,
                       last->provisional ? STORM_PILL_HOLLOW : STORM_PILL_FILLED, x, y);
      return;
    }
  for (guint i = 0; i < info->n_badges; i++)
    {
      char text[16];

      g_snprintf (text, sizeof text, "%u", info->badges[i].n);
      x = storm_pills_add (pills, self, text,
                           info->badges[i].provisional ? STORM_PILL_HOLLOW : STORM_PILL_FILLED,
                           x, y);
    }
}

static void
storm_overlay_add_latest (StormPainter             *self,
                          const StormOverlaySticky *info,
                          double                    x,
                          double                    y,
                          GArray                   *pills)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, info->latest_n);
  x = storm_pills_add (pills, self, text,
                       info->latest_provisional ? STORM_PILL_HOLLOW : STORM_PILL_FILLED, x, y);
  if (info->count <= 1)
    return;
  g_snprintf (text, sizeof text, "×%" G_GUINT64_FORMAT, info->count);
  storm_pills_add (pills, self, text, STORM_PILL_COUNT, x, y);
}

/* Where the pills of a sticky lie, and what they show: for drawing and for pointing. */
static GArray *
storm_overlay_make_pills (StormPainter             *self,
                          StormItem                *item,
                          const StormOverlaySticky *info,
                          StormOverlayMarks         marks)
{
  GArray *pills = storm_pills_new ();
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  gboolean is_small = self->lod > STORM_LOD_FULL;
  /* About the corner, so that the kind's name stays readable. */
  double x = round (r.x) - (is_small ? 9 : 12), y = round (r.y) - (is_small ? 10 : 14);

  if (info != NULL && info->n_badges > 0)
    storm_overlay_add_numbers (self, info, x, y, pills);
  else if (info != NULL && info->latest_n > 0)
    storm_overlay_add_latest (self, info, x, y, pills);
  if (marks != STORM_MARK_NONE)
    storm_marks_add_pills (self, &r, marks, self->lod <= STORM_LOD_TEXT, pills);
  return pills;
}

void
storm_painter_snapshot_words (StormPainter *self,
                              GtkSnapshot  *snapshot,
                              const char   *words,
                              StormPoint    top)
{
  double width = storm_pill_width (self, words, STORM_PILL_COUNT);
  g_autoptr (GArray) pills = storm_pills_new ();

  storm_pills_add (pills, self, words, STORM_PILL_COUNT, round (top.x - width / 2), top.y);
  storm_pills_draw (pills, self, snapshot);
}

/* A rim that grows and fades: something arrived here just now. */
static gboolean
storm_overlay_pulse (StormPainter             *self,
                     GtkSnapshot              *snapshot,
                     StormItem                *item,
                     const StormOverlaySticky *info,
                     gint64                    now)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  GskRoundedRect outline;
  graphene_rect_t rect;
  GdkRGBA c = self->style.lit;
  double t, reach;

  if (now == 0 || info->latest_arrival == 0 || now - info->latest_arrival >= PULSE_TIME)
    return FALSE;

  t = MAX (now - info->latest_arrival, 0) / (double) PULSE_TIME;
  reach = 2 + PULSE_REACH * (1 - (1 - t) * (1 - t));
  c.alpha = (float) (1 - t);
  rect = storm_to_graphene (&r);
  graphene_rect_inset (&rect, (float) -reach, (float) -reach);
  gsk_rounded_rect_init_from_rect (&outline, &rect, (float) (5 * self->view.zoom + reach));
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { 3, 3, 3, 3 },
                              (const GdkRGBA[]) { c, c, c, c });
  return TRUE;
}

/* Of those in a card the latest tells; how many there were is the sum. */
static void
storm_overlay_add_up (const StormOverlaySticky *info,
                      StormOverlaySticky       *sum)
{
  sum->lit |= info->lit || info->n_badges > 0;
  sum->count += info->count;
  sum->rate += info->rate;
  sum->latest_arrival = MAX (sum->latest_arrival, info->latest_arrival);
  for (guint i = 0; i < info->n_badges; i++)
    {
      const StormBadge *badge = &info->badges[i];

      sum->count++;
      if (badge->n <= sum->latest_n)
        continue;
      sum->latest_n = badge->n;
      sum->latest_row = badge->row;
      sum->latest_provisional = badge->provisional;
    }
  if (info->n_badges == 0 && info->latest_n > sum->latest_n)
    {
      sum->latest_n = info->latest_n;
      sum->latest_row = info->latest_row;
      sum->latest_provisional = info->latest_provisional;
    }
}

const StormOverlaySticky *
storm_overlay_get_item (StormOverlay       *self,
                        StormItem          *item,
                        StormOverlaySticky *sum)
{
  gboolean any = FALSE;

  if (item->card == NULL)
    return storm_overlay_get_sticky (self, storm_item_get_id (item));
  *sum = (StormOverlaySticky) { 0 };
  for (guint i = 0; i < item->card->stickies->len; i++)
    {
      StormObject *sticky = g_ptr_array_index (item->card->stickies, i);
      const StormOverlaySticky *info =
        storm_overlay_get_sticky (self, storm_object_get_id (sticky));

      if (info == NULL)
        continue;
      storm_overlay_add_up (info, sum);
      any = TRUE;
    }
  return any ? sum : NULL;
}

static guint64
storm_overlay_newest (const StormOverlaySticky *info)
{
  if (info == NULL)
    return 0;
  return info->n_badges > 0 ? info->badges[info->n_badges - 1].n : info->latest_n;
}

const char *
storm_overlay_get_latest (StormOverlay *self,
                          StormItem    *item)
{
  const char *latest = NULL;
  guint64 newest = 0;

  if (item->card == NULL)
    return storm_overlay_newest (storm_overlay_get_sticky (self, storm_item_get_id (item))) > 0
             ? storm_item_get_id (item) : NULL;
  for (guint i = 0; i < item->card->stickies->len; i++)
    {
      const char *id = storm_object_get_id (g_ptr_array_index (item->card->stickies, i));
      guint64 n = storm_overlay_newest (storm_overlay_get_sticky (self, id));

      if (n > newest)
        {
          newest = n;
          latest = id;
        }
    }
  return latest;
}

static gboolean
storm_overlay_draw_item (StormPainter *self,
                         GtkSnapshot  *snapshot,
                         StormItem    *item,
                         gint64        now,
                         guint        *badged)
{
  StormOverlaySticky sum;
  const StormOverlaySticky *info = storm_overlay_get_item (self->overlay, item, &sum);
  StormOverlayMarks marks = storm_overlay_get_item_marks (self->overlay, item);
  g_autoptr (GArray) pills = NULL;
  gboolean pulsing = FALSE;

  if (info == NULL && marks == STORM_MARK_NONE)
    return FALSE;
  if (info != NULL)
    pulsing = storm_overlay_pulse (self, snapshot, item, info, now);
  if ((marks & STORM_MARK_EXPECTED) != 0)
    storm_marks_outline (self, snapshot, item, (marks & STORM_MARK_OVERDUE) != 0);
  pills = storm_overlay_make_pills (self, item, info, marks);
  storm_pills_draw (pills, self, snapshot);
  *badged += pills->len > 0;
  return pulsing;
}

gboolean
storm_painter_snapshot_overlay (StormPainter *self,
                                GtkSnapshot  *snapshot,
                                gint64        now)
{
  gboolean pulsing = FALSE;
  guint badged = 0;

  /* Lines below the times that stand on them, and all below the numbers. */
  storm_painter_snapshot_compared_flows (self, snapshot);
  storm_layer_times (self, snapshot);
  storm_painter_snapshot_comparison (self, snapshot);
  if (self->overlay == NULL)
    return FALSE;
  if (self->lod >= STORM_LOD_RECT)
    {
      storm_layer_far (self, snapshot);
      return FALSE;
    }

  for (guint i = 0; i < self->stickies->len && (badged < MAX_BADGED || self->finest); i++)
    pulsing |= storm_overlay_draw_item (self, snapshot, g_ptr_array_index (self->stickies, i), now,
                                        &badged);
  for (guint i = 0; i < self->contexts->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->contexts, i);

      if (item->card != NULL)
        pulsing |= storm_overlay_draw_item (self, snapshot, item, now, &badged);
    }
  storm_layer_ghosts (self, snapshot);
  return pulsing;
}

static gboolean
storm_overlay_is_at (StormPainter *self,
                     StormItem    *item,
                     StormPoint    screen)
{
  StormOverlaySticky sum;
  const StormOverlaySticky *info = storm_overlay_get_item (self->overlay, item, &sum);
  g_autoptr (GArray) pills = NULL;

  if (info == NULL)
    return FALSE;
  pills = storm_overlay_make_pills (self, item, info,
                                    storm_overlay_get_item_marks (self->overlay, item));
  return storm_pills_contain (pills, screen);
}

/* From above, as they are drawn: the numbers of cards last. */
StormItem *
storm_painter_badge_at (StormPainter *self,
                        StormPoint    screen)
{
  GPtrArray *lists[] = { self->contexts, self->stickies };

  if (self->overlay == NULL)
    return NULL;
  if (self->lod >= STORM_LOD_RECT)
    return storm_far_badge_at (self, screen);

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = lists[l]->len; i > 0; i--)
      {
        StormItem *item = g_ptr_array_index (lists[l], i - 1);

        if ((item->type == STORM_OBJECT_STICKY || item->card != NULL) &&
            storm_overlay_is_at (self, item, screen))
          return item;
      }
  return NULL;
}
