#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

#define PILL_HEIGHT 22.0
#define PILL_HEIGHT_SMALL 18.0
#define PILL_PAD 7.0
#define PILL_GAP 3.0
#define PILL_SIZE 12.0
#define PILL_SIZE_SMALL 10.0
/* More occurrences than this become "first…last ×n". */
#define MAX_PILLS 3
#define MAX_LABELS 4096
/* Badges in one frame; the stickies' rims show the rest. */
#define MAX_BADGED 600
#define PULSE_TIME (600 * G_TIME_SPAN_MILLISECOND)
#define PULSE_REACH 10.0

typedef enum
{
  STORM_PILL_FILLED,
  STORM_PILL_HOLLOW,
  STORM_PILL_COUNT,
} StormPillStyle;

typedef struct
{
  graphene_rect_t  rect;
  StormPillStyle   style;
  GskRenderNode   *label;
} StormPill;

typedef struct
{
  GskRenderNode *node;
  double         width;
  double         height;
} StormLabel;

static void
storm_label_free (gpointer data)
{
  StormLabel *label = data;

  g_clear_pointer (&label->node, gsk_render_node_unref);
  g_free (label);
}

static const StormLabel *
storm_overlay_label (StormPainter   *self,
                     const char     *text,
                     StormPillStyle  style,
                     gboolean        is_small)
{
  g_autofree char *key = g_strdup_printf ("%d/%d/%s", style, is_small, text);
  StormLabel *label = g_hash_table_lookup (self->labels, key);
  const GdkRGBA *color;

  if (label != NULL)
    return label;

  /* In a live stream every number is new: the old ones are not needed again. */
  if (g_hash_table_size (self->labels) >= MAX_LABELS)
    g_hash_table_remove_all (self->labels);
  color = style == STORM_PILL_FILLED ? &self->style.lit_text
          : style == STORM_PILL_HOLLOW ? &self->style.lit : &self->style.text;
  label = g_new0 (StormLabel, 1);
  label->node = storm_text_cache_make_line (self->texts, text,
                                            is_small ? PILL_SIZE_SMALL : PILL_SIZE,
                                            PANGO_WEIGHT_BOLD, 0, color, &label->width,
                                            &label->height);
  g_hash_table_insert (self->labels, g_steal_pointer (&key), label);
  return label;
}

static double
storm_overlay_add_pill (StormPainter   *self,
                        const char     *text,
                        StormPillStyle  style,
                        gboolean        is_small,
                        double          x,
                        double          y,
                        GArray         *pills)
{
  const StormLabel *label = storm_overlay_label (self, text, style, is_small);
  double height = is_small ? PILL_HEIGHT_SMALL : PILL_HEIGHT;
  double width = MAX (height, ceil (label->width + 2 * PILL_PAD));
  StormPill pill = { GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
                     style, NULL };

  if (label->node != NULL)
    pill.label = storm_painter_place (self, label->node,
                                      (StormPoint) { round (x + (width - label->width) / 2),
                                                     round (y + (height - label->height) / 2) }, 1);
  g_array_append_val (pills, pill);
  return x + width + PILL_GAP;
}

static void
storm_overlay_add_numbers (StormPainter             *self,
                           const StormOverlaySticky *info,
                           gboolean                  is_small,
                           double                    x,
                           double                    y,
                           GArray                   *pills)
{
  const StormBadge *last = &info->badges[info->n_badges - 1];

  if (info->n_badges > MAX_PILLS)
    {
      g_autofree char *text = g_strdup_printf ("%u…%u ×%u", info->badges[0].n, last->n,
                                               info->n_badges);

      storm_overlay_add_pill (self, text,
                              last->provisional ? STORM_PILL_HOLLOW : STORM_PILL_FILLED,
                              is_small, x, y, pills);
      return;
    }
  for (guint i = 0; i < info->n_badges; i++)
    {
      char text[16];

      g_snprintf (text, sizeof text, "%u", info->badges[i].n);
      x = storm_overlay_add_pill (self, text,
                                  info->badges[i].provisional ? STORM_PILL_HOLLOW
                                                              : STORM_PILL_FILLED,
                                  is_small, x, y, pills);
    }
}

/* Where the pills of a sticky lie, and what they show: for drawing and for pointing. */
static GArray *
storm_overlay_make_pills (StormPainter             *self,
                          StormItem                *item,
                          const StormOverlaySticky *info)
{
  StormOverlayMarks marks = storm_overlay_get_marks (self->overlay, storm_item_get_id (item));
  GArray *pills = g_array_new (FALSE, FALSE, sizeof (StormPill));
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  gboolean is_small = self->lod > STORM_LOD_FULL;
  /* About the corner, so that the kind's name stays readable. */
  double x = round (r.x) - (is_small ? 9 : 12), y = round (r.y) - (is_small ? 10 : 14);
  double x0 = x;
  char text[32];

  if (info->n_badges > 0)
    {
      storm_overlay_add_numbers (self, info, is_small, x, y, pills);
    }
  else if (info->latest_n > 0)
    {
      g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, info->latest_n);
      x = storm_overlay_add_pill (self, text,
                                  info->latest_provisional ? STORM_PILL_HOLLOW : STORM_PILL_FILLED,
                                  is_small, x, y, pills);
      if (info->count > 1)
        {
          g_snprintf (text, sizeof text, "×%" G_GUINT64_FORMAT, info->count);
          storm_overlay_add_pill (self, text, STORM_PILL_COUNT, is_small, x, y, pills);
        }
    }
  if ((marks & STORM_MARK_FIELDS) != 0)
    storm_overlay_add_pill (self, "≠", STORM_PILL_COUNT, is_small, x0,
                            round (r.y + r.height) - (is_small ? 9 : 12), pills);
  return pills;
}

static void
storm_pill_clear (gpointer data)
{
  StormPill *pill = data;

  g_clear_pointer (&pill->label, gsk_render_node_unref);
}

static void
storm_overlay_draw_pill (StormPainter    *self,
                         GtkSnapshot     *snapshot,
                         const StormPill *pill)
{
  GskRoundedRect outline;
  const GdkRGBA *fill = pill->style == STORM_PILL_FILLED ? &self->style.lit : &self->style.pill;
  const GdkRGBA *line = pill->style == STORM_PILL_COUNT ? &self->style.frame : &self->style.lit;

  gsk_rounded_rect_init_from_rect (&outline, &pill->rect, pill->rect.size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, fill, &pill->rect);
  gtk_snapshot_pop (snapshot);
  if (pill->style != STORM_PILL_FILLED)
    {
      float w = pill->style == STORM_PILL_HOLLOW ? 2 : 1;

      gtk_snapshot_append_border (snapshot, &outline, (const float[]) { w, w, w, w },
                                  (const GdkRGBA[]) { *line, *line, *line, *line });
    }
  if (pill->label != NULL)
    gtk_snapshot_append_node (snapshot, pill->label);
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

static gboolean
storm_overlay_draw_item (StormPainter *self,
                         GtkSnapshot  *snapshot,
                         StormItem    *item,
                         gint64        now,
                         guint        *badged)
{
  StormOverlaySticky sum;
  const StormOverlaySticky *info = storm_overlay_get_item (self->overlay, item, &sum);
  g_autoptr (GArray) pills = NULL;
  gboolean pulsing;

  if (info == NULL)
    return FALSE;
  pulsing = storm_overlay_pulse (self, snapshot, item, info, now);
  pills = storm_overlay_make_pills (self, item, info);
  g_array_set_clear_func (pills, storm_pill_clear);
  for (guint j = 0; j < pills->len; j++)
    storm_overlay_draw_pill (self, snapshot, &g_array_index (pills, StormPill, j));
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

  if (self->overlay == NULL || self->lod >= STORM_LOD_RECT)
    return FALSE;

  for (guint i = 0; i < self->stickies->len && badged < MAX_BADGED; i++)
    pulsing |= storm_overlay_draw_item (self, snapshot, g_ptr_array_index (self->stickies, i), now,
                                        &badged);
  for (guint i = 0; i < self->contexts->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->contexts, i);

      if (item->card != NULL)
        pulsing |= storm_overlay_draw_item (self, snapshot, item, now, &badged);
    }
  return pulsing;
}

StormItem *
storm_painter_badge_at (StormPainter *self,
                        StormPoint    screen)
{
  if (self->overlay == NULL || self->lod >= STORM_LOD_RECT)
    return NULL;

  for (guint i = self->stickies->len; i > 0; i--)
    {
      StormItem *item = g_ptr_array_index (self->stickies, i - 1);
      const StormOverlaySticky *info =
        storm_overlay_get_sticky (self->overlay, storm_item_get_id (item));
      g_autoptr (GArray) pills = NULL;

      if (info == NULL)
        continue;
      pills = storm_overlay_make_pills (self, item, info);
      g_array_set_clear_func (pills, storm_pill_clear);
      for (guint j = 0; j < pills->len; j++)
        if (graphene_rect_contains_point (&g_array_index (pills, StormPill, j).rect,
                                          &GRAPHENE_POINT_INIT ((float) screen.x,
                                                                (float) screen.y)))
          return item;
    }
  return NULL;
}

GHashTable *
storm_overlay_labels_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, storm_label_free);
}
