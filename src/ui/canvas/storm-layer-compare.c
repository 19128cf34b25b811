#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

#define TAG_HEIGHT 20.0
#define TAG_PAD 7.0
#define TAG_SIZE 11.0
#define TAG_RADIUS 4.0
#define MAX_LABELS 1024
/* Tags in one frame. */
#define MAX_TAGGED 600
/* Where on a flow its letter stands, of its length: not where its label and its times are. */
#define FLOW_PART 0.25
/* On a shorter one, in pixels, the letter would hide it. */
#define FLOW_MIN 44.0

/* Words of @diff on a tag, the middle of which, or its left end, is at @at. */
typedef struct
{
  StormDiff   diff;
  const char *words;
  StormPoint  at;
  gboolean    is_middle;
} StormTag;

typedef struct
{
  GskRenderNode *node;
  double         width;
  double         height;
} StormTagLabel;

static void
storm_tag_label_free (gpointer data)
{
  StormTagLabel *label = data;

  g_clear_pointer (&label->node, gsk_render_node_unref);
  g_free (label);
}

/* White is readable on each of them, and they are told apart on both papers. */
static GdkRGBA
storm_tag_color (StormDiff diff)
{
  static const GdkRGBA colors[STORM_N_DIFFS] = {
    [STORM_DIFF_ALIKE] = { 0.37f, 0.36f, 0.39f, 1 },
    [STORM_DIFF_ONLY_A] = { 0.10f, 0.37f, 0.71f, 1 },
    [STORM_DIFF_ONLY_B] = { 0.51f, 0.24f, 0.61f, 1 },
    [STORM_DIFF_SLOWER] = { 0.65f, 0.26f, 0.00f, 1 },
    [STORM_DIFF_FASTER] = { 0.11f, 0.48f, 0.28f, 1 },
  };

  return colors[diff];
}

static const StormTagLabel *
storm_tag_get_label (StormPainter *self,
                     const char   *words)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  StormTagLabel *label;

  if (self->tags == NULL || self->tags_generation != self->generation ||
      g_hash_table_size (self->tags) >= MAX_LABELS)
    {
      g_clear_pointer (&self->tags, g_hash_table_unref);
      self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, storm_tag_label_free);
      self->tags_generation = self->generation;
    }
  label = g_hash_table_lookup (self->tags, words);
  if (label == NULL)
    {
      label = g_new0 (StormTagLabel, 1);
      label->node = storm_text_cache_make_line (self->texts, words, TAG_SIZE, PANGO_WEIGHT_BOLD, 0,
                                                &white, &label->width, &label->height);
      g_hash_table_insert (self->tags, g_strdup (words), label);
    }
  return label;
}

static void
storm_tag_draw (StormPainter   *self,
                GtkSnapshot    *snapshot,
                const StormTag *tag)
{
  const StormTagLabel *label = storm_tag_get_label (self, tag->words);
  double width = MAX (TAG_HEIGHT, ceil (label->width + 2 * TAG_PAD));
  double x = round (tag->at.x - (tag->is_middle ? width / 2 : 0));
  double y = round (tag->at.y - TAG_HEIGHT / 2);
  GdkRGBA fill = storm_tag_color (tag->diff);
  g_autoptr (GskRenderNode) text = NULL;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float) x, (float) y,
                                                                  (float) width,
                                                                  (float) TAG_HEIGHT),
                                   TAG_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  if (label->node == NULL)
    return;
  text = storm_painter_place (self, label->node,
                              (StormPoint) { round (x + (width - label->width) / 2),
                                             round (y + (TAG_HEIGHT - label->height) / 2) }, 1);
  gtk_snapshot_append_node (snapshot, text);
}

static gboolean
storm_compare_draw_sticky (StormPainter *self,
                           GtkSnapshot  *snapshot,
                           StormItem    *item)
{
  const StormDiffMark *mark = storm_comparison_get_sticky (self->comparison,
                                                           storm_item_get_id (item));
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  g_autofree char *words = NULL;
  GskRoundedRect outline;
  GdkRGBA color;

  if (mark == NULL)
    return FALSE;
  words = storm_diff_mark_words (mark);
  color = storm_tag_color (mark->diff);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float) r.x - 2, (float) r.y - 2,
                                                                  (float) r.width + 4,
                                                                  (float) r.height + 4),
                                   (float) (STORM_STICKY_RADIUS * self->view.zoom + 2));
  if (mark->diff != STORM_DIFF_ALIKE)
    gtk_snapshot_append_border (snapshot, &outline, (const float[]) { 3, 3, 3, 3 },
                                (const GdkRGBA[]) { color, color, color, color });
  storm_tag_draw (self, snapshot, &(StormTag) { mark->diff, words,
                                                { r.x + r.width / 2, r.y + r.height }, TRUE });
  return TRUE;
}

static double
storm_route_get_length (const StormRoute *route)
{
  double length = 0;

  for (guint i = 1; i < route->n; i++)
    length += hypot (route->points[i].x - route->points[i - 1].x,
                     route->points[i].y - route->points[i - 1].y);
  return length;
}

/* The point so far from the beginning of a route, on the screen. */
static StormPoint
storm_route_point_at (StormPainter     *self,
                      const StormRoute *route,
                      double            length)
{
  StormPoint at = route->points[0];

  for (guint i = 1; i < route->n; i++)
    {
      StormPoint from = route->points[i - 1], to = route->points[i];
      double step = hypot (to.x - from.x, to.y - from.y);

      at = to;
      if (length <= step && step > 0)
        {
          at = (StormPoint) { from.x + (to.x - from.x) * length / step,
                              from.y + (to.y - from.y) * length / step };
          break;
        }
      length -= step;
    }
  return storm_viewport_to_screen (&self->view, at);
}

static void
storm_compare_get_flow (StormPainter *self,
                        StormItem    *item,
                        gboolean     *in_a,
                        gboolean     *in_b)
{
  storm_comparison_get_flow (self->comparison, storm_item_get_id (item), in_a, in_b);
  for (guint i = 0; item->merged != NULL && i < item->merged->len; i++)
    {
      gboolean a, b;

      storm_comparison_get_flow (self->comparison,
                                 storm_object_get_id (g_ptr_array_index (item->merged, i)), &a, &b);
      *in_a |= a;
      *in_b |= b;
    }
}

/* FALSE when both sides took it, or none did, or it is not to be seen. */
static gboolean
storm_compare_is_other (StormPainter *self,
                        StormItem    *item,
                        StormDiff    *diff)
{
  gboolean in_a, in_b;

  storm_compare_get_flow (self, item, &in_a, &in_b);
  *diff = in_a ? STORM_DIFF_ONLY_A : STORM_DIFF_ONLY_B;
  return in_a != in_b && item->route != NULL && item->route->n >= 2;
}

static gboolean
storm_compare_draw_flow (StormPainter *self,
                         GtkSnapshot  *snapshot,
                         StormItem    *item)
{
  double width = MAX (2, storm_draw_flow_width (self->view.zoom) * 1.75);
  StormDiff diff;
  GdkRGBA color;

  if (!storm_compare_is_other (self, item, &diff))
    return FALSE;
  color = storm_tag_color (diff);
  storm_layer_route (self, snapshot, item->route, &color, width,
                     storm_lod_has_heads (self->lod, self->view.zoom));
  return TRUE;
}

static gboolean
storm_compare_draw_flow_tag (StormPainter *self,
                             GtkSnapshot  *snapshot,
                             StormItem    *item)
{
  StormDiff diff;
  double length;

  if (!storm_compare_is_other (self, item, &diff))
    return FALSE;
  length = storm_route_get_length (item->route);
  /* Translated nowhere: the two sides are called so. */
  if (length * self->view.zoom >= FLOW_MIN)
    storm_tag_draw (self, snapshot,
                    &(StormTag) { diff, diff == STORM_DIFF_ONLY_A ? "A" : "B",
                                  storm_route_point_at (self, item->route, length * FLOW_PART),
                                  TRUE });
  return TRUE;
}

gboolean
storm_painter_is_compared (StormPainter *self,
                           StormItem    *item)
{
  gboolean in_a, in_b;

  if (self->comparison == NULL)
    return FALSE;
  if (item->type == STORM_OBJECT_STICKY)
    return storm_comparison_get_sticky (self->comparison, storm_item_get_id (item)) != NULL;
  if (item->type != STORM_OBJECT_FLOW)
    return FALSE;
  storm_compare_get_flow (self, item, &in_a, &in_b);
  return in_a || in_b;
}

void
storm_painter_set_comparison (StormPainter    *self,
                              StormComparison *comparison)
{
  g_return_if_fail (self != NULL);

  if (g_set_object (&self->comparison, comparison))
    self->marks++;
}

StormComparison *
storm_painter_get_comparison (StormPainter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->comparison;
}

void
storm_painter_snapshot_compared_flows (StormPainter *self,
                                       GtkSnapshot  *snapshot)
{
  guint n = 0;

  if (self->comparison == NULL || self->lod >= STORM_LOD_RECT)
    return;
  for (guint i = 0; i < self->flows->len && n < MAX_TAGGED; i++)
    n += storm_compare_draw_flow (self, snapshot, g_ptr_array_index (self->flows, i));
}

void
storm_painter_snapshot_comparison (StormPainter *self,
                                   GtkSnapshot  *snapshot)
{
  guint n = 0;

  if (self->comparison == NULL || self->lod >= STORM_LOD_RECT)
    return;
  for (guint i = 0; i < self->flows->len && n < MAX_TAGGED; i++)
    n += storm_compare_draw_flow_tag (self, snapshot, g_ptr_array_index (self->flows, i));
  n = 0;
  for (guint i = 0; i < self->stickies->len && n < MAX_TAGGED; i++)
    n += storm_compare_draw_sticky (self, snapshot, g_ptr_array_index (self->stickies, i));
}
