#include "config.h"

#include "storm-layer-trace.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-draw-trace.h"
#include "storm-pills.h"
#include "storm-snapshot-sink.h"

/* Of outlines, in pixels from the sticky. */
#define OUTLINE_GAP 5.0
/* How far the pills of a sticky may reach over its right edge before the next row begins. */
#define OVERHANG 24.0

/* Told apart by a sign and, where there is room, words; the colour comes on top. */
static const struct
{
  StormOverlayMarks mark;
  StormPillStyle    style;
  const char       *sign;
  const char       *words;
} looks[] = {
  { STORM_MARK_FIELDS, STORM_PILL_COUNT, "≠", NULL },
  { STORM_MARK_FAILED, STORM_PILL_WRONG, "✕", NC_("mark", "Failed") },
  { STORM_MARK_COMPENSATED, STORM_PILL_COUNT, "✓", NC_("mark", "Compensated") },
  { STORM_MARK_UNCOMPENSATED, STORM_PILL_WRONG, "!", NC_("mark", "Not compensated") },
  { STORM_MARK_STUCK, STORM_PILL_WRONG, "■", NC_("mark", "Stopped here") },
  { STORM_MARK_OVERDUE, STORM_PILL_WRONG, "…", NC_("mark", "Overdue") },
  { STORM_MARK_EXPECTED, STORM_PILL_HOLLOW, "…", NC_("mark", "Expected") },
  { STORM_MARK_EARLY, STORM_PILL_ODD, "⇄", NC_("mark", "Out of order") },
  { STORM_MARK_UNEXPECTED, STORM_PILL_ODD, "?", NC_("mark", "Unexpected") },
  { STORM_MARK_REPEATED, STORM_PILL_COUNT, "↻", NC_("mark", "Repeated") },
};

StormOverlayMarks
storm_overlay_get_item_marks (StormOverlay *self,
                              StormItem    *item)
{
  StormOverlayMarks marks = STORM_MARK_NONE;

  if (item->card == NULL)
    return storm_overlay_get_marks (self, storm_item_get_id (item));
  for (guint i = 0; i < item->card->stickies->len; i++)
    marks |= storm_overlay_get_marks (self, storm_object_get_id (
                                        g_ptr_array_index (item->card->stickies, i)));
  return marks;
}

void
storm_marks_add_pills (StormPainter      *self,
                       const StormRect   *r,
                       StormOverlayMarks  marks,
                       gboolean           words,
                       GArray            *pills)
{
  gboolean is_small = self->lod > STORM_LOD_FULL;
  double left = round (r->x) - (is_small ? 9 : 12), x = left;
  double y = round (r->y + r->height) - (is_small ? 9 : 12);

  /* What is overdue is expected too: saying so twice says less. */
  if ((marks & STORM_MARK_OVERDUE) != 0)
    marks &= ~STORM_MARK_EXPECTED;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *text = NULL;
      double width;

      if ((marks & looks[i].mark) == 0)
        continue;
      if (!words || looks[i].words == NULL)
        text = g_strdup (looks[i].sign);
      else
        text = g_strdup_printf ("%s %s", looks[i].sign,
                                g_dpgettext2 (GETTEXT_PACKAGE, "mark", looks[i].words));
      width = storm_pill_width (self, text, looks[i].style);
      if (x > left && x + width > r->x + r->width + OVERHANG)
        {
          x = left;
          y += storm_pill_height (self) + STORM_PILL_GAP;
        }
      x = storm_pills_add (pills, self, text, looks[i].style, x, y);
    }
}

void
storm_marks_outline (StormPainter *self,
                     GtkSnapshot  *snapshot,
                     StormItem    *item,
                     gboolean      overdue)
{
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);

  r = (StormRect) { round (r.x) - OUTLINE_GAP, round (r.y) - OUTLINE_GAP,
                    round (r.width) + 2 * OUTLINE_GAP, round (r.height) + 2 * OUTLINE_GAP };
  storm_draw_dashes (&draw, &r, overdue ? draw.colors->wrong : draw.colors->lit);
}

static gboolean
is_taken (const StormRect *rect,
          gpointer         data)
{
  StormPainter *self = data;
  g_autoptr (GPtrArray) things = g_ptr_array_new ();

  for (guint i = 0; i < self->ghosts->len; i++)
    {
      const StormRect *other = &g_array_index (self->ghosts, StormRect, i);

      if (rect->x < other->x + other->width && other->x < rect->x + rect->width &&
          rect->y < other->y + other->height && other->y < rect->y + rect->height)
        return TRUE;
    }
  storm_scene_collect_things (self->scene, rect, things);
  return things->len > 0;
}

/* Those that came before everything else stand before the board. */
static StormRect
place_first (StormPainter *self)
{
  StormRect bounds = { 0, 0, 0, 0 };

  storm_board_get_bounds (storm_scene_get_board (self->scene), &bounds);
  return (StormRect) { bounds.x - STORM_GHOST_WIDTH, bounds.y - STORM_GHOST_HEIGHT, 0, 0 };
}

/* (nullable): what is seen of the sticky with @id, which may be the card of a context. */
static StormItem *
find_seen (StormPainter *self,
           const char   *id)
{
  StormItem *item = id != NULL ? storm_scene_lookup (self->scene, id) : NULL;
  StormContext *card;

  if (item == NULL || !item->hidden)
    return item;
  card = storm_board_get_card_of (storm_scene_get_board (self->scene), item->object);
  return card != NULL
         ? storm_scene_lookup (self->scene, storm_object_get_id (STORM_OBJECT (card))) : NULL;
}

static void
place_ghosts (StormPainter *self,
              GPtrArray    *ghosts)
{
  g_autoptr (GHashTable) n_there = g_hash_table_new (NULL, NULL);

  g_array_set_size (self->ghosts, 0);
  for (guint i = 0; i < ghosts->len; i++)
    {
      StormGhost *ghost = g_ptr_array_index (ghosts, i);
      StormItem *after = find_seen (self, ghost->after_id);
      StormRect edge = after != NULL ? after->rect : place_first (self);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_there, after));
      StormRect rect = storm_ghost_place (&edge, n, is_taken, self);

      g_hash_table_insert (n_there, after, GUINT_TO_POINTER (n + 1));
      g_array_append_val (self->ghosts, rect);
    }
}

/* (nullable): with their places; none where they would be too small. */
static GPtrArray *
ensure_ghosts (StormPainter *self)
{
  GPtrArray *ghosts = self->overlay != NULL ? storm_overlay_get_ghosts (self->overlay) : NULL;

  if (ghosts == NULL || ghosts->len == 0)
    return NULL;
  if (self->ghosts == NULL)
    self->ghosts = g_array_new (FALSE, FALSE, sizeof (StormRect));
  if (self->ghosts->len != ghosts->len || self->ghosts_marks != self->marks ||
      self->ghosts_scene != storm_scene_get_serial (self->scene))
    place_ghosts (self, ghosts);
  self->ghosts_marks = self->marks;
  self->ghosts_scene = storm_scene_get_serial (self->scene);
  return ghosts;
}

static void
draw_name (StormPainter     *self,
           GtkSnapshot      *snapshot,
           const StormGhost *ghost,
           const StormRect  *r)
{
  GtkSnapshot *text = gtk_snapshot_new ();
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, text);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderNode) placed = NULL;

  storm_draw_ghost_text (&draw, ghost->name);
  node = gtk_snapshot_free_to_node (text);
  if (node == NULL)
    return;
  placed = storm_painter_place (self, node, (StormPoint) { r->x, r->y }, self->view.zoom);
  gtk_snapshot_append_node (snapshot, placed);
}

static void
draw_ghost (StormPainter     *self,
            GtkSnapshot      *snapshot,
            const StormGhost *ghost,
            const StormRect  *rect)
{
  g_autoptr (GArray) pills = storm_pills_new ();
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);
  StormRect r = storm_viewport_rect_to_screen (&self->view, rect);
  double offset = self->lod > STORM_LOD_FULL ? 9 : 12;
  g_autofree char *number = ghost->count > 1
                            ? g_strdup_printf ("%u ×%u", ghost->n, ghost->count)
                            : g_strdup_printf ("%u", ghost->n);

  r = (StormRect) { round (r.x), round (r.y), round (r.width), round (r.height) };
  storm_draw_ghost (&draw, &r);
  if (self->lod <= STORM_LOD_TEXT)
    draw_name (self, snapshot, ghost, &r);
  storm_pills_add (pills, self, number, STORM_PILL_FILLED, r.x - offset, r.y - offset);
  /* Words would cover the name. */
  storm_marks_add_pills (self, &r, STORM_MARK_UNEXPECTED, self->lod == STORM_LOD_FULL, pills);
  storm_pills_draw (pills, self, snapshot);
}

void
storm_layer_ghosts (StormPainter *self,
                    GtkSnapshot  *snapshot)
{
  StormRect seen = storm_viewport_get_visible (&self->view);
  GPtrArray *ghosts = ensure_ghosts (self);

  for (guint i = 0; ghosts != NULL && i < ghosts->len; i++)
    {
      const StormRect *rect = &g_array_index (self->ghosts, StormRect, i);

      if (rect->x < seen.x + seen.width && rect->x + rect->width > seen.x &&
          rect->y < seen.y + seen.height && rect->y + rect->height > seen.y)
        draw_ghost (self, snapshot, g_ptr_array_index (ghosts, i), rect);
    }
}

const StormGhost *
storm_painter_ghost_at (StormPainter *self,
                        StormPoint    screen)
{
  StormPoint at = storm_viewport_to_world (&self->view, screen);
  GPtrArray *ghosts = self->lod < STORM_LOD_RECT ? ensure_ghosts (self) : NULL;

  for (guint i = ghosts != NULL ? ghosts->len : 0; i > 0; i--)
    {
      const StormRect *rect = &g_array_index (self->ghosts, StormRect, i - 1);

      if (at.x >= rect->x && at.x < rect->x + rect->width && at.y >= rect->y &&
          at.y < rect->y + rect->height)
        return g_ptr_array_index (ghosts, i - 1);
    }
  return NULL;
}
