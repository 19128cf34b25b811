#include "config.h"

#include "storm-edit-props.h"

#include "storm-board-private.h"
#include "storm-edit-private.h"
#include "storm-id.h"

#include <glib/gi18n-lib.h>

/* The groups of the stickies in @ids. */
static GHashTable *
find_groups (StormBoard *board,
             GPtrArray  *ids)
{
  GHashTable *groups = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ids->len; i++)
    {
      StormSticky *sticky = storm_board_lookup_sticky (board, g_ptr_array_index (ids, i));

      if (sticky != NULL && storm_sticky_get_group (sticky) != NULL)
        g_hash_table_add (groups, (char *) storm_sticky_get_group (sticky));
    }

  return groups;
}

GPtrArray *
storm_edit_with_groups (StormBoard *board,
                        GPtrArray  *ids)
{
  g_autoptr (GHashTable) groups = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  groups = find_groups (board, ids);
  for (guint i = 0; i < ids->len; i++)
    {
      g_hash_table_add (seen, g_ptr_array_index (ids, i));
      g_ptr_array_add (all, g_strdup (g_ptr_array_index (ids, i)));
    }
  for (guint i = 0; g_hash_table_size (groups) > 0 &&
                    i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_STICKY, i);
      const char *group = storm_sticky_get_group (STORM_STICKY (object));

      if (group != NULL && g_hash_table_contains (groups, group) &&
          !g_hash_table_contains (seen, storm_object_get_id (object)))
        g_ptr_array_add (all, g_strdup (storm_object_get_id (object)));
    }

  return all;
}

/* Those of @ids and of their groups that may be changed. */
static GPtrArray *
collect_members (StormBoard *board,
                 GPtrArray  *ids)
{
  g_autoptr (GPtrArray) all = storm_edit_with_groups (board, ids);
  g_autoptr (GPtrArray) objects = storm_edit_collect_free (board, all);
  GPtrArray *stickies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (STORM_IS_STICKY (object))
        g_ptr_array_add (stickies, g_object_ref (object));
    }

  return stickies;
}

static gboolean
is_one_group (GPtrArray *stickies)
{
  const char *group = storm_sticky_get_group (g_ptr_array_index (stickies, 0));

  for (guint i = 1; group != NULL && i < stickies->len; i++)
    {
      if (g_strcmp0 (storm_sticky_get_group (g_ptr_array_index (stickies, i)), group) != 0)
        return FALSE;
    }

  return group != NULL;
}

StormChange *
storm_edit_group (StormBoard *board,
                  GPtrArray  *ids)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) stickies = NULL;
  g_autofree char *label = NULL;
  g_autofree char *group = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  stickies = collect_members (board, ids);
  label = g_strdup_printf (ngettext ("Group %u sticky", "Group %u stickies", stickies->len),
                           stickies->len);
  change = storm_change_new (label);
  if (stickies->len < 2 || is_one_group (stickies))
    return g_steal_pointer (&change);

  group = storm_id_new ();
  for (guint i = 0; i < stickies->len; i++)
    storm_edit_put_text (change, g_ptr_array_index (stickies, i), STORM_PROP_GROUP, group);

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_ungroup (StormBoard *board,
                    GPtrArray  *ids)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) stickies = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  change = storm_change_new (_("Ungroup"));
  stickies = collect_members (board, ids);
  for (guint i = 0; i < stickies->len; i++)
    storm_edit_put_text (change, g_ptr_array_index (stickies, i), STORM_PROP_GROUP, "");

  return g_steal_pointer (&change);
}
