#include "config.h"

#include "storm-edit-private.h"

#include "storm-board-private.h"
#include "storm-object-private.h"
#include "storm-prop-private.h"

GPtrArray *
storm_edit_collect (StormBoard *board,
                    GPtrArray  *ids)
{
  GPtrArray *objects = g_ptr_array_new_full (ids->len, g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      StormObject *object = storm_board_lookup (board, g_ptr_array_index (ids, i));

      if (object != NULL && g_hash_table_add (seen, object))
        g_ptr_array_add (objects, g_object_ref (object));
    }

  return objects;
}

gboolean
storm_edit_is_locked (StormObject *object)
{
  g_return_val_if_fail (STORM_IS_OBJECT (object), FALSE);

  if (STORM_IS_STICKY (object))
    return storm_sticky_get_locked (STORM_STICKY (object));
  return STORM_IS_CONTEXT (object) && storm_context_get_locked (STORM_CONTEXT (object));
}

GPtrArray *
storm_edit_collect_free (StormBoard *board,
                         GPtrArray  *ids)
{
  GPtrArray *objects = storm_edit_collect (board, ids);
  guint kept = 0;

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (storm_edit_is_locked (object))
        g_object_unref (object);
      else
        objects->pdata[kept++] = object;
    }
  /* Not g_ptr_array_set_size(): that would free those that moved down. */
  objects->len = kept;

  return objects;
}

guint
storm_edit_count (GPtrArray       *objects,
                  StormObjectType  type)
{
  guint n = 0;

  for (guint i = 0; i < objects->len; i++)
    n += storm_object_get_object_type (g_ptr_array_index (objects, i)) == type;

  return n;
}

/* Walks up from each context until it meets one of which it is known; so each is passed once. */
GHashTable *
storm_edit_descendants (StormBoard *board,
                        GPtrArray  *objects)
{
  GHashTable *inside = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) outside = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) path = g_ptr_array_new ();

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (STORM_IS_CONTEXT (object))
        g_hash_table_add (inside, (char *) storm_object_get_id (object));
    }
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    {
      StormContext *context = STORM_CONTEXT (storm_board_peek (board, STORM_OBJECT_CONTEXT, i));
      GHashTable *found = outside;

      g_ptr_array_set_size (path, 0);
      while (context != NULL)
        {
          const char *id = storm_object_get_id (STORM_OBJECT (context));

          if (g_hash_table_contains (inside, id))
            found = inside;
          if (found == inside || g_hash_table_contains (outside, id))
            break;
          g_ptr_array_add (path, (char *) id);
          if (storm_context_get_locked (context))
            break;
          context = storm_board_lookup_context (board, storm_context_get_parent (context));
        }
      for (guint j = 0; j < path->len; j++)
        g_hash_table_add (found, g_ptr_array_index (path, j));
    }

  return inside;
}

const StormRect *
storm_edit_rect_of (StormObject *object)
{
  if (STORM_IS_STICKY (object))
    return storm_sticky_get_rect (STORM_STICKY (object));
  if (STORM_IS_CONTEXT (object))
    return storm_context_get_rect (STORM_CONTEXT (object));
  return NULL;
}

gint64
storm_edit_z_of (StormObject *object)
{
  return STORM_IS_STICKY (object) ? storm_sticky_get_z (STORM_STICKY (object))
                                  : storm_context_get_z (STORM_CONTEXT (object));
}

void
storm_edit_put_rect (StormChange     *change,
                     StormObject     *object,
                     const StormRect *rect)
{
  if (!storm_rect_equal (rect, storm_edit_rect_of (object)))
    storm_change_set (change, storm_object_get_id (object), STORM_PROP_RECT,
                      storm_rect_to_variant (rect));
}

void
storm_edit_put_text (StormChange *change,
                     StormObject *object,
                     StormProp    prop,
                     const char  *text)
{
  g_autoptr (GVariant) old = NULL;

  if (text == NULL)
    text = "";

  /* Membership is asked of every moved sticky, and mostly stays. */
  if (prop == STORM_PROP_CONTEXT)
    {
      const char *context = storm_sticky_get_context (STORM_STICKY (object));

      if (g_str_equal (context != NULL ? context : "", text))
        return;
    }
  else
    {
      old = storm_object_get_value (object, prop);
      if (g_str_equal (g_variant_get_string (old, NULL), text))
        return;
    }

  storm_change_set (change, storm_object_get_id (object), prop, storm_text_to_variant (text));
}

void
storm_edit_put_bends (StormChange *change,
                      const char  *id,
                      StormFlow   *flow,
                      double       dx,
                      double       dy)
{
  guint n;
  const StormPoint *bends = storm_flow_get_bends (flow, &n);
  StormPoint moved[STORM_FLOW_MAX_BENDS];

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      moved[i].x = CLAMP (bends[i].x + dx, -STORM_COORD_MAX, STORM_COORD_MAX);
      moved[i].y = CLAMP (bends[i].y + dy, -STORM_COORD_MAX, STORM_COORD_MAX);
    }
  storm_change_set (change, id, STORM_PROP_BENDS, storm_bends_to_variant (moved, n));
}

void
storm_edit_clamp_delta (GPtrArray *objects,
                        double    *dx,
                        double    *dy)
{
  double left = -STORM_COORD_MAX, right = STORM_COORD_MAX;
  double up = -STORM_COORD_MAX, down = STORM_COORD_MAX;

  for (guint i = 0; i < objects->len; i++)
    {
      const StormRect *r = storm_edit_rect_of (g_ptr_array_index (objects, i));

      if (r == NULL)
        continue;
      left = MAX (left, -STORM_COORD_MAX - r->x);
      right = MIN (right, STORM_COORD_MAX - (r->x + r->width));
      up = MAX (up, -STORM_COORD_MAX - r->y);
      down = MIN (down, STORM_COORD_MAX - (r->y + r->height));
    }

  *dx = left <= right ? CLAMP (*dx, left, right) : 0;
  *dy = up <= down ? CLAMP (*dy, up, down) : 0;
}

void
storm_edit_clamp_rect (StormRect *rect)
{
  rect->width = CLAMP (rect->width, 0, STORM_COORD_MAX);
  rect->height = CLAMP (rect->height, 0, STORM_COORD_MAX);
  rect->x = CLAMP (rect->x, -STORM_COORD_MAX, STORM_COORD_MAX - rect->width);
  rect->y = CLAMP (rect->y, -STORM_COORD_MAX, STORM_COORD_MAX - rect->height);
}

static int
compare_z (gconstpointer a,
           gconstpointer b)
{
  StormObject *first = *(StormObject * const *) a;
  StormObject *second = *(StormObject * const *) b;
  gint64 first_z = storm_edit_z_of (first);
  gint64 second_z = storm_edit_z_of (second);
  guint first_index, second_index;

  if (first_z != second_z)
    return first_z < second_z ? -1 : 1;

  first_index = storm_object_get_index (first);
  second_index = storm_object_get_index (second);
  return (first_index > second_index) - (first_index < second_index);
}

void
storm_edit_sort_by_z (GPtrArray *objects)
{
  g_ptr_array_sort (objects, compare_z);
}
