#include "config.h"

#include "storm-snapshot-sink.h"

#include <math.h>

#include "storm-edit.h"
#include "storm-hit.h"

/* Pixels. */
#define LOCK_SIZE 20.0
#define LOCK_SIZE_SMALL 16.0
#define SMALL_STICKY 60.0
#define GROUP_GAP 10.0
/* More than this in one frame nobody tells apart. */
#define MAX_LOCKS 200
#define MAX_GROUPS 40
/* Of more that are selected nobody looks at groups. */
#define MAX_SELECTED 5000

static void
storm_marks_lock (StormPainter    *self,
                  const StormDraw *draw,
                  StormItem       *item)
{
  StormRect r;
  double size;

  if (!storm_edit_is_locked (item->object) || !storm_hit_has_handles (&self->view, item))
    return;
  r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  size = r.width < SMALL_STICKY ? LOCK_SIZE_SMALL : LOCK_SIZE;
  /* About the corner: numbers are about the other one. */
  storm_draw_lock (draw, (StormPoint) { round (r.x + r.width - size * .7),
                                        round (r.y - size * .3) }, size);
}

static void
storm_marks_locks (StormPainter    *self,
                   const StormDraw *draw,
                   StormItem       *hover)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);

  for (guint i = 0; i < MIN (ids->len, MAX_LOCKS); i++)
    {
      StormItem *item = storm_scene_lookup (self->scene, g_ptr_array_index (ids, i));

      if (item != NULL && item->type != STORM_OBJECT_FLOW && item != hover)
        storm_marks_lock (self, draw, item);
    }
  if (hover != NULL && hover->type != STORM_OBJECT_FLOW)
    storm_marks_lock (self, draw, hover);
}

typedef struct
{
  StormRect rect;
  guint     n;
} StormGroupMark;

/* Around what is selected of each group. */
static void
storm_marks_groups (StormPainter    *self,
                    const StormDraw *draw)
{
  StormBoard *board = storm_scene_get_board (self->scene);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  g_autoptr (GHashTable) groups = NULL;
  GHashTableIter iter;
  gpointer value;

  if (ids->len < 2 || ids->len > MAX_SELECTED)
    return;
  groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      StormSticky *sticky = storm_board_lookup_sticky (board, id);
      const char *group = sticky != NULL ? storm_sticky_get_group (sticky) : NULL;
      StormGroupMark *mark;
      StormItem *item;

      if (group == NULL)
        continue;
      item = storm_scene_lookup (self->scene, id);
      mark = g_hash_table_lookup (groups, group);
      if (mark == NULL && g_hash_table_size (groups) >= MAX_GROUPS)
        return;
      if (mark == NULL)
        {
          mark = g_new0 (StormGroupMark, 1);
          mark->rect = item->rect;
          g_hash_table_insert (groups, (char *) group, mark);
        }
      mark->rect = storm_rect_union (&mark->rect, &item->rect);
      mark->n++;
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      StormGroupMark *mark = value;
      StormRect r = storm_viewport_rect_to_screen (&self->view, &mark->rect);

      if (mark->n < 2)
        continue;
      r = (StormRect) { round (r.x - GROUP_GAP), round (r.y - GROUP_GAP),
                        round (r.width + 2 * GROUP_GAP), round (r.height + 2 * GROUP_GAP) };
      storm_draw_group (draw, &r);
    }
}

void
storm_layer_marks (StormPainter *self,
                   GtkSnapshot  *snapshot,
                   StormTool    *tool)
{
  StormItem *hover = storm_tool_get_hover (tool);
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);
  const StormHit *hit = storm_tool_get_hit (tool);

  /* Stickies show handles while the pointer is near; contexts are only pointed at. */
  if (hover == NULL && hit->part == STORM_HIT_CONTEXT)
    hover = hit->item;
  storm_marks_groups (self, &draw);
  storm_marks_locks (self, &draw, hover);
}
