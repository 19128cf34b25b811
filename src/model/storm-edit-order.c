#include "config.h"

#include "storm-edit-private.h"

#include "storm-board-private.h"
#include "storm-object-private.h"

#include <glib/gi18n-lib.h>

/* All objects of @type, lowest first. */
static GPtrArray *
paint_order (StormBoard      *board,
             StormObjectType  type)
{
  guint n = storm_board_get_n (board, type);
  GPtrArray *order = g_ptr_array_new_full (n, NULL);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (order, storm_board_peek (board, type, i));
  storm_edit_sort_by_z (order);

  return order;
}

static gboolean
touches_chosen (GPtrArray  *order,
                GHashTable *chosen,
                guint       of,
                guint       start,
                guint       end)
{
  StormObject *object = g_ptr_array_index (order, of);

  for (guint i = start; i < end; i++)
    {
      StormObject *other = g_ptr_array_index (order, i);

      if (g_hash_table_contains (chosen, other) &&
          storm_rect_intersects (storm_edit_rect_of (object), storm_edit_rect_of (other)))
        return TRUE;
    }

  return FALSE;
}

/* One step is to the other side of the next one that overlaps: a step past something far away would
 * look as if nothing happened. Returns its place in @order, or the length when there is none. */
static guint
find_neighbour (GPtrArray  *order,
                GHashTable *chosen,
                gboolean    upwards)
{
  guint n = order->len;

  for (guint i = 0; i < n; i++)
    {
      guint place = upwards ? i : n - 1 - i;

      if (g_hash_table_contains (chosen, g_ptr_array_index (order, place)))
        continue;
      if (touches_chosen (order, chosen, place, upwards ? 0 : place + 1, upwards ? place : n))
        return place;
    }

  return n;
}

/* Appends what of @order from @start to @end is chosen, or isn't. */
static void
append_some (GPtrArray  *to,
             GPtrArray  *order,
             guint       start,
             guint       end,
             GHashTable *chosen,
             gboolean    wanted)
{
  for (guint i = start; i < end; i++)
    {
      gpointer object = g_ptr_array_index (order, i);

      if (g_hash_table_contains (chosen, object) == wanted)
        g_ptr_array_add (to, object);
    }
}

static GPtrArray *
new_order (GPtrArray   *order,
           GHashTable  *chosen,
           StormZOrder  z_order)
{
  GPtrArray *result = g_ptr_array_new_full (order->len, NULL);
  guint n = order->len;
  gboolean upwards = z_order == STORM_Z_TO_FRONT || z_order == STORM_Z_FORWARD;
  guint split;

  if (z_order == STORM_Z_TO_FRONT)
    split = n;
  else if (z_order == STORM_Z_TO_BACK)
    split = 0;
  else
    {
      split = find_neighbour (order, chosen, upwards);
      if (split == n)
        split = upwards ? 0 : n;
      else if (upwards)
        split++;
    }

  /* Upwards the chosen ones below the split come to lie at it, downwards those above it. */
  if (upwards)
    {
      append_some (result, order, 0, split, chosen, FALSE);
      append_some (result, order, 0, split, chosen, TRUE);
      for (guint i = split; i < n; i++)
        g_ptr_array_add (result, g_ptr_array_index (order, i));
    }
  else
    {
      for (guint i = 0; i < split; i++)
        g_ptr_array_add (result, g_ptr_array_index (order, i));
      append_some (result, order, split, n, chosen, TRUE);
      append_some (result, order, split, n, chosen, FALSE);
    }

  return result;
}

static gboolean
lies_above (StormObject *upper,
            gint64       upper_z,
            StormObject *lower,
            gint64       lower_z)
{
  return upper_z > lower_z ||
         (upper_z == lower_z && storm_object_get_index (upper) > storm_object_get_index (lower));
}

/* Gives @z such that they paint in @order; those that do already keep theirs. */
static void
assign (GPtrArray *order,
        gboolean   upwards,
        gint64    *z)
{
  gboolean out_of_range = FALSE;

  for (guint i = 0; i < order->len; i++)
    z[i] = storm_edit_z_of (g_ptr_array_index (order, i));

  for (guint k = 1; k < order->len; k++)
    {
      guint i = upwards ? k : order->len - 1 - k;
      guint neighbour = upwards ? i - 1 : i + 1;
      StormObject *object = g_ptr_array_index (order, i);
      StormObject *other = g_ptr_array_index (order, neighbour);

      if (upwards && !lies_above (object, z[i], other, z[neighbour]))
        z[i] = z[neighbour] + 1;
      else if (!upwards && !lies_above (other, z[neighbour], object, z[i]))
        z[i] = z[neighbour] - 1;
      out_of_range = out_of_range || z[i] > STORM_Z_MAX || z[i] < -STORM_Z_MAX;
    }

  for (guint i = 0; out_of_range && i < order->len; i++)
    z[i] = i;
}

static void
reorder_type (StormChange     *change,
              StormBoard      *board,
              StormObjectType  type,
              GHashTable      *chosen,
              StormZOrder      z_order)
{
  g_autoptr (GPtrArray) order = paint_order (board, type);
  g_autoptr (GPtrArray) result = new_order (order, chosen, z_order);
  g_autofree gint64 *z = g_new (gint64, result->len);

  assign (result, z_order == STORM_Z_TO_FRONT || z_order == STORM_Z_FORWARD, z);
  for (guint i = 0; i < result->len; i++)
    {
      StormObject *object = g_ptr_array_index (result, i);

      if (z[i] != storm_edit_z_of (object))
        storm_change_set (change, storm_object_get_id (object), STORM_PROP_Z,
                          g_variant_new_int64 (z[i]));
    }
}

StormChange *
storm_edit_reorder (StormBoard  *board,
                    GPtrArray   *ids,
                    StormZOrder  order)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GHashTable) chosen = NULL;
  const char *label;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  label = order == STORM_Z_TO_FRONT ? _("Bring to front")
          : order == STORM_Z_FORWARD ? _("Bring forward")
          : order == STORM_Z_BACKWARD ? _("Send backward")
                                      : _("Send to back");
  change = storm_change_new (label);
  objects = storm_edit_collect_free (board, ids);
  chosen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < objects->len; i++)
    g_hash_table_add (chosen, g_ptr_array_index (objects, i));

  if (storm_edit_count (objects, STORM_OBJECT_STICKY) > 0)
    reorder_type (change, board, STORM_OBJECT_STICKY, chosen, order);
  if (storm_edit_count (objects, STORM_OBJECT_CONTEXT) > 0)
    reorder_type (change, board, STORM_OBJECT_CONTEXT, chosen, order);

  return g_steal_pointer (&change);
}
