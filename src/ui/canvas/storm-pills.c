#include "config.h"

#include "storm-pills.h"

#include <math.h>

#define PILL_HEIGHT 22.0
#define PILL_HEIGHT_SMALL 18.0
#define PILL_PAD 7.0
#define PILL_SIZE 12.0
#define PILL_SIZE_SMALL 10.0
#define MAX_LABELS 4096

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
label_free (gpointer data)
{
  StormLabel *label = data;

  g_clear_pointer (&label->node, gsk_render_node_unref);
  g_free (label);
}

static void
pill_clear (gpointer data)
{
  StormPill *pill = data;

  g_clear_pointer (&pill->label, gsk_render_node_unref);
}

static const GdkRGBA *
label_color (const StormStyle *style,
             StormPillStyle    pill)
{
  switch (pill)
    {
    case STORM_PILL_FILLED:
      return &style->lit_text;
    case STORM_PILL_HOLLOW:
      return &style->lit;
    case STORM_PILL_WRONG:
      return &style->wrong_text;
    case STORM_PILL_ODD:
      return &style->odd_text;
    case STORM_PILL_COUNT:
    default:
      return &style->text;
    }
}

static const GdkRGBA *
pill_color (const StormStyle *style,
            StormPillStyle    pill)
{
  switch (pill)
    {
    case STORM_PILL_FILLED:
      return &style->lit;
    case STORM_PILL_WRONG:
      return &style->wrong;
    case STORM_PILL_ODD:
      return &style->odd;
    case STORM_PILL_HOLLOW:
    case STORM_PILL_COUNT:
    default:
      return &style->pill;
    }
}

static gboolean
is_small (StormPainter *painter)
{
  return painter->lod > STORM_LOD_FULL;
}

static const StormLabel *
find_label (StormPainter   *painter,
            const char     *text,
            StormPillStyle  style)
{
  gboolean small_one = is_small (painter);
  g_autofree char *key = g_strdup_printf ("%d/%d/%s", style, small_one, text);
  StormLabel *label = g_hash_table_lookup (painter->labels, key);

  if (label != NULL)
    return label;

  /* In a live stream every number is new: the old ones are not needed again. */
  if (g_hash_table_size (painter->labels) >= MAX_LABELS)
    g_hash_table_remove_all (painter->labels);
  label = g_new0 (StormLabel, 1);
  label->node = storm_text_cache_make_line (painter->texts, text,
                                            small_one ? PILL_SIZE_SMALL : PILL_SIZE,
                                            PANGO_WEIGHT_BOLD, 0,
                                            label_color (&painter->style, style), &label->width,
                                            &label->height);
  g_hash_table_insert (painter->labels, g_steal_pointer (&key), label);
  return label;
}

static double
width_of (const StormLabel *label,
          double            height)
{
  return MAX (height, ceil (label->width + 2 * PILL_PAD));
}

GArray *
storm_pills_new (void)
{
  GArray *pills = g_array_new (FALSE, FALSE, sizeof (StormPill));

  g_array_set_clear_func (pills, pill_clear);
  return pills;
}

double
storm_pill_height (StormPainter *painter)
{
  return is_small (painter) ? PILL_HEIGHT_SMALL : PILL_HEIGHT;
}

double
storm_pill_width (StormPainter   *painter,
                  const char     *text,
                  StormPillStyle  style)
{
  return width_of (find_label (painter, text, style), storm_pill_height (painter));
}

double
storm_pills_add (GArray         *pills,
                 StormPainter   *painter,
                 const char     *text,
                 StormPillStyle  style,
                 double          x,
                 double          y)
{
  const StormLabel *label = find_label (painter, text, style);
  double height = storm_pill_height (painter);
  double width = width_of (label, height);
  StormPill pill = { GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
                     style, NULL };

  if (label->node != NULL)
    pill.label = storm_painter_place (painter, label->node,
                                      (StormPoint) { round (x + (width - label->width) / 2),
                                                     round (y + (height - label->height) / 2) }, 1);
  g_array_append_val (pills, pill);
  return x + width + STORM_PILL_GAP;
}

static void
draw (const StormPill  *pill,
      const StormStyle *style,
      GtkSnapshot      *snapshot)
{
  GskRoundedRect outline;
  const GdkRGBA *fill = pill_color (style, pill->style);
  const GdkRGBA *line = pill->style == STORM_PILL_COUNT ? &style->frame : &style->lit;

  gsk_rounded_rect_init_from_rect (&outline, &pill->rect, pill->rect.size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, fill, &pill->rect);
  gtk_snapshot_pop (snapshot);
  if (pill->style == STORM_PILL_HOLLOW || pill->style == STORM_PILL_COUNT)
    {
      float w = pill->style == STORM_PILL_HOLLOW ? 2 : 1;

      gtk_snapshot_append_border (snapshot, &outline, (const float[]) { w, w, w, w },
                                  (const GdkRGBA[]) { *line, *line, *line, *line });
    }
  if (pill->label != NULL)
    gtk_snapshot_append_node (snapshot, pill->label);
}

void
storm_pills_draw (GArray       *pills,
                  StormPainter *painter,
                  GtkSnapshot  *snapshot)
{
  for (guint i = 0; i < pills->len; i++)
    draw (&g_array_index (pills, StormPill, i), &painter->style, snapshot);
}

gboolean
storm_pills_contain (GArray     *pills,
                     StormPoint  screen)
{
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) screen.x, (float) screen.y);

  for (guint i = 0; i < pills->len; i++)
    if (graphene_rect_contains_point (&g_array_index (pills, StormPill, i).rect, &point))
      return TRUE;
  return FALSE;
}

graphene_rect_t
storm_pills_bounds (GArray *pills)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  for (guint i = 0; i < pills->len; i++)
    {
      const graphene_rect_t *rect = &g_array_index (pills, StormPill, i).rect;

      if (i == 0)
        bounds = *rect;
      else
        graphene_rect_union (&bounds, rect, &bounds);
    }
  return bounds;
}

GHashTable *
storm_pill_labels_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, label_free);
}
