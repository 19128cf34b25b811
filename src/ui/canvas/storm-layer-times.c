#include "config.h"

#include "storm-snapshot-sink.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Labels in one frame; of more nobody reads one. */
#define MAX_LABELS 300
/* Texts that are kept ready. */
#define MAX_KEPT 2048
/* Pixels: what stays of the line on both sides, the widest one across a line, how long that line is
 * at least, and from the flow's own label. */
#define ENDS 10.0
#define ACROSS 176.0
#define MIN_RUN 28.0
#define GAP 2.0
#define N_FORMS 3
/* Below it the longest form is left out. */
#define SMALL_ZOOM .5

/* What is written on a flow, the longest form first. */
typedef struct
{
  char          *forms[N_FORMS];
  StormTimeLook  look;
} StormTimeWords;

static void
storm_time_words_free (gpointer data)
{
  StormTimeWords *words = data;

  for (guint i = 0; i < N_FORMS; i++)
    g_free (words->forms[i]);
  g_free (words);
}

void
storm_layer_times_init (StormPainter *self)
{
  self->show_times = TRUE;
  self->time_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            storm_time_words_free);
  self->time_near = g_ptr_array_new ();
  self->time_places = g_array_new (FALSE, FALSE, sizeof (StormTimePlace));
  self->time_labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) gsk_render_node_unref);
}

void
storm_layer_times_clear (StormPainter *self)
{
  g_clear_object (&self->times);
  g_clear_pointer (&self->time_near, g_ptr_array_unref);
  g_clear_pointer (&self->time_places, g_array_unref);
  g_clear_pointer (&self->time_words, g_hash_table_unref);
  g_clear_pointer (&self->time_labels, g_hash_table_unref);
}

void
storm_painter_times_changed (StormPainter *self)
{
  StormFlowStats least;
  StormFlowStats most;

  g_hash_table_remove_all (self->time_words);
  self->has_heat = self->times != NULL && self->heat != STORM_HEAT_OFF &&
                   storm_flow_times_get_range (self->times, &least, &most);
  if (self->has_heat)
    {
      self->heat_least = storm_heat_get_value (self->heat, &least);
      self->heat_most = storm_heat_get_value (self->heat, &most);
    }
  self->marks++;
}

void
storm_painter_set_times (StormPainter   *self,
                         StormFlowTimes *times)
{
  if (g_set_object (&self->times, times))
    storm_painter_times_changed (self);
}

void
storm_painter_set_heat (StormPainter *self,
                        StormHeat     heat)
{
  if (self->heat == heat)
    return;
  self->heat = heat;
  storm_painter_times_changed (self);
}

void
storm_painter_set_show_times (StormPainter *self,
                              gboolean      show_times)
{
  self->show_times = show_times;
}

static guint
storm_times_get_level (StormPainter *self,
                       const char   *id)
{
  const StormFlowStats *stats = storm_flow_times_get_stats (self->times, id);

  if (stats == NULL)
    return 0;
  return storm_heat_get_level (storm_heat_get_value (self->heat, stats), self->heat_least,
                               self->heat_most);
}

guint
storm_painter_get_heat_level (StormPainter *self,
                              StormItem    *item)
{
  guint level;

  if (!self->has_heat || item->type != STORM_OBJECT_FLOW)
    return 0;
  level = storm_times_get_level (self, storm_item_get_id (item));
  for (guint i = 0; item->merged != NULL && i < item->merged->len; i++)
    level = MAX (level, storm_times_get_level (self, storm_object_get_id (
                                                 g_ptr_array_index (item->merged, i))));
  return level;
}

/* Of the chosen trace. */
static void
storm_times_write_spans (StormTimeWords       *words,
                         const StormFlowSpans *spans)
{
  g_autofree char *shortest = storm_time_format_span (spans->shortest);
  g_autofree char *longest = storm_time_format_span (spans->longest);

  words->look = spans->n_skewed > 0 ? STORM_TIME_SKEWED : STORM_TIME_TRACE;
  if (spans->n > 1)
    {
      /* Translators: on a flow: the shortest and the longest time, and how often it was gone. */
      words->forms[0] = g_strdup_printf (_("%s … %s ×%u"), shortest, longest, spans->n);
      words->forms[1] = g_strdup_printf (_("%s ×%u"), spans->n_skewed > 0 ? shortest : longest,
                                         spans->n);
      return;
    }
  if (spans->n_skewed > 0)
    /* Translators: on a flow: a time below zero, because a clock is wrong. */
    words->forms[0] = g_strdup_printf (_("%s · clock skew"), shortest);
  else if (spans->shortest < 0)
    /* Translators: on a flow: a time below zero, because the event came before its cause. */
    words->forms[0] = g_strdup_printf (_("%s · came early"), shortest);
  words->forms[1] = g_steal_pointer (&shortest);
}

/* Of all traces. */
static void
storm_times_write_stats (StormTimeWords       *words,
                         const StormFlowStats *stats,
                         StormHeat             heat)
{
  g_autofree char *p50 = storm_time_format_span (stats->p50);
  g_autofree char *p95 = storm_time_format_span (stats->p95);
  g_autofree char *count = g_strdup_printf ("×%'" G_GUINT64_FORMAT, stats->n);

  words->look = STORM_TIME_ALL;
  if (heat == STORM_HEAT_COUNT)
    {
      words->forms[0] = g_steal_pointer (&count);
      return;
    }
  if (heat == STORM_HEAT_P95)
    {
      words->forms[0] = g_strdup_printf (_("p95 %s"), p95);
      words->forms[1] = g_steal_pointer (&p95);
      return;
    }
  /* Translators: on a flow: how often it was gone, the time within which half of the cases were
   * done, and 95 of 100. */
  words->forms[0] = g_strdup_printf (_("%s · p50 %s · p95 %s"), count, p50, p95);
  words->forms[1] = g_strdup_printf (_("p50 %s · p95 %s"), p50, p95);
  words->forms[2] = g_strdup_printf (_("p95 %s"), p95);
}

/* Nothing when nothing is to be written there. */
static const StormTimeWords *
storm_times_get_words (StormPainter *self,
                       StormItem    *item)
{
  const char *id = storm_item_get_id (item);
  StormTimeWords *words = g_hash_table_lookup (self->time_words, id);
  gboolean key = self->overlay != NULL && storm_overlay_has_key (self->overlay);

  if (words == NULL)
    {
      const StormFlowSpans *spans = storm_flow_times_get_spans (self->times, id);
      const StormFlowStats *stats = storm_flow_times_get_stats (self->times, id);

      if (g_hash_table_size (self->time_words) >= MAX_KEPT)
        g_hash_table_remove_all (self->time_words);
      words = g_new0 (StormTimeWords, 1);
      if (spans != NULL)
        storm_times_write_spans (words, spans);
      else if (!key && stats != NULL && stats->labelled)
        storm_times_write_stats (words, stats, self->heat);
      g_hash_table_insert (self->time_words, g_strdup (id), words);
    }
  return words->forms[0] != NULL || words->forms[1] != NULL ? words : NULL;
}

static GskRenderNode *
storm_times_get_label (StormPainter  *self,
                       const char    *text,
                       StormTimeLook  look)
{
  g_autofree char *key = NULL;
  StormSnapshotSink sink;
  GtkSnapshot *snapshot;
  GskRenderNode *node;
  StormDraw draw;

  if (self->time_generation != self->generation ||
      g_hash_table_size (self->time_labels) >= MAX_KEPT)
    g_hash_table_remove_all (self->time_labels);
  self->time_generation = self->generation;
  key = g_strdup_printf ("%d/%s", look, text);
  node = g_hash_table_lookup (self->time_labels, key);
  if (node != NULL)
    return node;
  snapshot = gtk_snapshot_new ();
  draw = storm_snapshot_sink_init (&sink, self, snapshot);
  storm_draw_time (&draw, text, look, (StormPoint) { 0, 0 });
  node = gtk_snapshot_free_to_node (snapshot);
  g_hash_table_insert (self->time_labels, g_steal_pointer (&key), node);
  return node;
}

/* In pixels: the middle of the longest run, and how long that is. */
static double
storm_times_find_run (StormPainter *self,
                      StormItem    *item,
                      StormPoint   *middle,
                      gboolean     *horizontal)
{
  double longest = 0;

  for (guint i = 0; i + 1 < item->route->n; i++)
    {
      StormPoint a = item->route->points[i], b = item->route->points[i + 1];
      double length = fabs (a.x - b.x) + fabs (a.y - b.y);

      if (length <= longest)
        continue;
      longest = length;
      *horizontal = fabs (a.x - b.x) > fabs (a.y - b.y);
    }
  *middle = storm_viewport_to_screen (&self->view,
                                      storm_route_label_point (item->route, item->pair_place,
                                                               item->n_pair));
  return longest * self->view.zoom;
}

/* Whether a label there would hide a sticky, or another one. */
static gboolean
storm_times_collides (StormPainter    *self,
                      const StormRect *rect)
{
  StormPoint corner = storm_viewport_to_world (&self->view, (StormPoint) { rect->x, rect->y });
  StormRect on_board = { corner.x, corner.y, rect->width / self->view.zoom,
                         rect->height / self->view.zoom };

  storm_scene_collect (self->scene, STORM_OBJECT_STICKY, &on_board, self->time_near);
  if (self->time_near->len > 0)
    return TRUE;
  for (guint i = 0; i < self->time_places->len; i++)
    if (storm_rect_intersects (&g_array_index (self->time_places, StormTimePlace, i).rect, rect))
      return TRUE;
  return FALSE;
}

/* Below the flow's own label, if it shows one. */
static double
storm_times_get_drop (StormPainter        *self,
                      StormItem           *item,
                      const graphene_rect_t *bounds)
{
  StormPaint *paint = storm_item_get_paint (item);
  graphene_rect_t label;

  if (item->n_merged > 1 || paint->text == NULL || self->lod > STORM_LOD_TEXT ||
      *storm_flow_get_label (STORM_FLOW (item->object)) == '\0')
    return 0;
  gsk_render_node_get_bounds (paint->text, &label);
  return label.size.height * self->view.zoom / 2 + bounds->size.height / 2 + GAP;
}

static void
storm_times_draw (StormPainter         *self,
                  GtkSnapshot          *snapshot,
                  StormItem            *item,
                  const StormTimeWords *words)
{
  gboolean horizontal = TRUE;
  StormPoint middle;
  double run = storm_times_find_run (self, item, &middle, &horizontal);
  double room = horizontal ? run - 2 * ENDS : ACROSS;

  if (!horizontal && run < MIN_RUN)
    return;
  /* On a small board the long words would be larger than what they tell of. */
  for (guint i = self->view.zoom < SMALL_ZOOM && words->forms[1] != NULL; i < N_FORMS; i++)
    {
      g_autoptr (GskRenderNode) placed = NULL;
      GskRenderNode *node = NULL;
      graphene_rect_t bounds;
      StormPoint at;
      StormTimePlace place = { { 0 }, item };

      if (words->forms[i] != NULL)
        node = storm_times_get_label (self, words->forms[i], words->look);
      if (node == NULL)
        continue;
      gsk_render_node_get_bounds (node, &bounds);
      if (bounds.size.width > room)
        continue;
      at = (StormPoint) { round (middle.x),
                          round (middle.y + storm_times_get_drop (self, item, &bounds)) };
      place.rect = (StormRect) { at.x + bounds.origin.x, at.y + bounds.origin.y,
                                 bounds.size.width, bounds.size.height };
      if (storm_times_collides (self, &place.rect))
        continue;
      g_array_append_val (self->time_places, place);
      placed = storm_painter_place (self, node, at, 1);
      gtk_snapshot_append_node (snapshot, placed);
      return;
    }
}

void
storm_layer_times (StormPainter *self,
                   GtkSnapshot  *snapshot)
{
  g_array_set_size (self->time_places, 0);
  if (self->times == NULL || !self->show_times || self->lod > STORM_LOD_TEXT)
    return;
  for (guint i = 0;
       i < self->flows->len && (self->time_places->len < MAX_LABELS || self->finest); i++)
    {
      StormItem *item = g_ptr_array_index (self->flows, i);
      /* Of several in one line the words of one would be said of all. */
      const StormTimeWords *words = item->n_merged > 1 || item == self->hidden
                                    ? NULL : storm_times_get_words (self, item);

      if (words != NULL)
        storm_times_draw (self, snapshot, item, words);
    }
}

StormItem *
storm_painter_time_at (StormPainter *self,
                       StormPoint    screen)
{
  /* What was drawn, as long as the scene is the same. */
  if (self->base_scene != storm_scene_get_serial (self->scene))
    return NULL;
  for (guint i = 0; i < self->time_places->len; i++)
    {
      const StormTimePlace *place = &g_array_index (self->time_places, StormTimePlace, i);

      if (storm_rect_contains (&place->rect, screen.x, screen.y))
        return place->item;
    }
  return NULL;
}
