#include "config.h"

#include "storm-edit-private.h"

#include "storm-board-private.h"
#include "storm-fold.h"
#include "storm-prop-private.h"

/* Which lie in a collapsed one, seen from each up to the board; only asked for when there is
 * one. */
static void
hide_frames (StormBoard *board,
             GArray     *frames,
             GHashTable *expanded)
{
  for (guint i = 0; i < frames->len; i++)
    {
      StormFrame *frame = &g_array_index (frames, StormFrame, i);
      StormContext *context = storm_board_lookup_context (board, frame->parent);

      while (context != NULL && !frame->hidden)
        {
          frame->hidden = storm_context_get_collapsed (context) &&
                          (expanded == NULL || !g_hash_table_contains (expanded, context));
          context = storm_board_lookup_context (board, storm_context_get_parent (context));
        }
    }
}

GArray *
storm_edit_frames_with (StormBoard *board,
                        GHashTable *expanded)
{
  guint n = storm_board_get_n (board, STORM_OBJECT_CONTEXT);
  GArray *frames = g_array_sized_new (FALSE, FALSE, sizeof (StormFrame), n);
  gboolean any_collapsed = FALSE;

  for (guint i = 0; i < n; i++)
    {
      StormContext *context = STORM_CONTEXT (storm_board_peek (board, STORM_OBJECT_CONTEXT, i));
      StormFrame frame = {
        storm_object_get_id (STORM_OBJECT (context)),
        storm_context_get_shown (context),
        storm_context_get_z (context),
        storm_context_get_parent (context),
        storm_context_get_collapsed (context),
        FALSE,
      };

      any_collapsed |= frame.collapsed;
      if (expanded != NULL && g_hash_table_contains (expanded, context))
        {
          frame.rect = *storm_context_get_rect (context);
          frame.collapsed = FALSE;
        }
      g_array_append_val (frames, frame);
    }
  if (any_collapsed)
    hide_frames (board, frames, expanded);

  return frames;
}

GArray *
storm_edit_frames (StormBoard *board)
{
  return storm_edit_frames_with (board, NULL);
}

void
storm_edit_place_frame (GArray          *frames,
                        const char      *id,
                        const StormRect *rect)
{
  StormFrame *frame = storm_edit_find_frame (frames, id);

  if (frame->collapsed)
    frame->rect = (StormRect) { rect->x, rect->y, STORM_CARD_WIDTH, STORM_CARD_HEIGHT };
  else
    frame->rect = *rect;
}

StormFrame *
storm_edit_find_frame (GArray     *frames,
                       const char *id)
{
  for (guint i = 0; i < frames->len; i++)
    {
      StormFrame *frame = &g_array_index (frames, StormFrame, i);

      if (g_str_equal (frame->id, id))
        return frame;
    }

  return NULL;
}

const char *
storm_edit_frame_at (GArray          *frames,
                     const StormRect *rect)
{
  StormPoint center = storm_rect_center (rect);
  const StormFrame *best = NULL;

  for (guint i = 0; i < frames->len; i++)
    {
      const StormFrame *frame = &g_array_index (frames, StormFrame, i);

      if (!frame->hidden && storm_rect_contains (&frame->rect, center.x, center.y) &&
          (best == NULL || storm_frame_wins (&frame->rect, frame->z, &best->rect, best->z)))
        best = frame;
    }

  return best != NULL ? best->id : "";
}

void
storm_edit_join_frame (StormChange     *change,
                       StormSticky     *sticky,
                       const StormRect *rect,
                       GArray          *frames)
{
  const char *context = storm_sticky_get_context (sticky);
  const StormFrame *home = context != NULL ? storm_edit_find_frame (frames, context) : NULL;

  /* What lies in a collapsed context lies there wherever that will be seen. */
  if (home != NULL && (home->collapsed || home->hidden))
    return;
  storm_edit_put_text (change, STORM_OBJECT (sticky), STORM_PROP_CONTEXT,
                       storm_edit_frame_at (frames, rect));
}

/* Whether @id is @around or lies in it, by what was decided so far. */
static gboolean
is_within (GArray     *frames,
           const char *id,
           const char *around)
{
  while (id != NULL && *id != '\0')
    {
      const StormFrame *frame = storm_edit_find_frame (frames, id);

      if (g_str_equal (id, around))
        return TRUE;
      id = frame != NULL ? frame->parent : NULL;
    }

  return FALSE;
}

/* @id: (nullable): none that lies in it. */
static const char *
find_around (GArray          *frames,
             const StormRect *rect,
             const char      *id)
{
  const StormFrame *best = NULL;

  for (guint i = 0; i < frames->len; i++)
    {
      const StormFrame *frame = &g_array_index (frames, StormFrame, i);

      /* Of two that cover each other none is the outer one. */
      if (frame->hidden || frame->rect.width * frame->rect.height <= rect->width * rect->height ||
          !storm_rect_encloses (&frame->rect, rect) ||
          (best != NULL && !storm_frame_wins (&frame->rect, frame->z, &best->rect, best->z)) ||
          (id != NULL && is_within (frames, frame->id, id)))
        continue;
      best = frame;
    }

  return best != NULL ? best->id : NULL;
}

const char *
storm_edit_frame_around (GArray          *frames,
                         const StormRect *rect)
{
  return find_around (frames, rect, NULL);
}

void
storm_edit_join_parent (StormChange *change,
                        StormBoard  *board,
                        const char  *id,
                        GArray      *frames)
{
  StormFrame *self = storm_edit_find_frame (frames, id);
  StormObject *object = storm_board_lookup (board, id);

  if (self->hidden || (object != NULL && storm_edit_is_locked (object)))
    return;
  self->parent = find_around (frames, &self->rect, id);
  if (object != NULL)
    storm_edit_put_text (change, object, STORM_PROP_PARENT,
                         self->parent != NULL ? self->parent : "");
  else if (self->parent != NULL)
    storm_change_set (change, id, STORM_PROP_PARENT, storm_text_to_variant (self->parent));
}

static gboolean
has (GHashTable *ids,
     const char *id)
{
  return id != NULL && g_hash_table_contains (ids, id);
}

/* Whether one of @around lies around the centre of @rect. */
static gboolean
lies_in (GPtrArray       *around,
         const StormRect *rect)
{
  StormPoint center = storm_rect_center (rect);

  for (guint i = 0; i < around->len; i++)
    {
      const StormFrame *frame = g_ptr_array_index (around, i);

      if (storm_rect_contains (&frame->rect, center.x, center.y))
        return TRUE;
    }

  return FALSE;
}

void
storm_edit_rejoin_around (StormChange *change,
                          StormBoard  *board,
                          GArray      *frames,
                          GHashTable  *changed)
{
  g_autoptr (GPtrArray) around = g_ptr_array_new ();

  for (guint i = 0; i < frames->len; i++)
    if (has (changed, g_array_index (frames, StormFrame, i).id))
      g_ptr_array_add (around, &g_array_index (frames, StormFrame, i));
  for (guint i = 0; i < frames->len; i++)
    {
      const StormFrame *frame = &g_array_index (frames, StormFrame, i);

      if (has (changed, frame->id) || has (changed, frame->parent) ||
          lies_in (around, &frame->rect))
        storm_edit_join_parent (change, board, frame->id, frames);
    }
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormSticky *sticky = STORM_STICKY (storm_board_peek (board, STORM_OBJECT_STICKY, i));
      const StormRect *place = storm_sticky_get_rect (sticky);

      if (has (changed, storm_sticky_get_context (sticky)) || lies_in (around, place))
        storm_edit_join_frame (change, sticky, place, frames);
    }
}

gboolean
storm_edit_is_hidden (StormBoard  *board,
                      StormObject *object)
{
  return storm_board_get_card_of (board, object) != NULL;
}
