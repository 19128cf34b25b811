#include "config.h"

#include "storm-tool-private.h"

#include "storm-edit-props.h"

/* What a press or a click selects. The stickies of a group are picked together, until somebody goes
 * into the group: then one is picked, and the others of that group one by one too. */

static const char *
group_of (StormTool  *self,
          const char *id)
{
  StormSticky *sticky = storm_board_lookup_sticky (storm_scene_get_board (self->scene), id);

  return sticky != NULL ? storm_sticky_get_group (sticky) : NULL;
}

static GPtrArray *
with_group (StormTool  *self,
            const char *id)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, (gpointer) id);
  return storm_edit_with_groups (storm_scene_get_board (self->scene), one);
}

/* Whether some, and not all, of the group of @id are selected, and nothing else. */
static gboolean
is_inside (StormTool  *self,
           const char *id)
{
  GPtrArray *selected = storm_selection_get_ids (self->selection);
  const char *group = group_of (self, id);
  g_autoptr (GPtrArray) members = NULL;

  if (group == NULL || selected->len == 0)
    return FALSE;
  for (guint i = 0; i < selected->len; i++)
    if (g_strcmp0 (group_of (self, g_ptr_array_index (selected, i)), group) != 0)
      return FALSE;
  members = with_group (self, id);
  return selected->len < members->len;
}

/* What is picked with @id. */
static GPtrArray *
picked (StormTool  *self,
        const char *id,
        StormMods   mods)
{
  GPtrArray *ids;

  if ((mods & STORM_MOD_CONTROL) == 0 && !is_inside (self, id))
    return with_group (self, id);

  ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (ids, g_strdup (id));
  return ids;
}

static void
add_all (StormTool *self,
         GPtrArray *ids)
{
  g_autoptr (GPtrArray) all = storm_tool_copy_selection (self);

  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (all, g_strdup (g_ptr_array_index (ids, i)));
  storm_selection_set (self->selection, all);
}

static void
remove_all (StormTool *self,
            GPtrArray *ids)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *selected = storm_selection_get_ids (self->selection);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (gone, g_ptr_array_index (ids, i));
  for (guint i = 0; i < selected->len; i++)
    if (!g_hash_table_contains (gone, g_ptr_array_index (selected, i)))
      g_ptr_array_add (kept, g_strdup (g_ptr_array_index (selected, i)));
  storm_selection_set (self->selection, kept);
}

void
storm_tool_pick (StormTool  *self,
                 const char *id,
                 StormMods   mods)
{
  g_autoptr (GPtrArray) ids = NULL;

  self->grip_was_selected = storm_selection_contains (self->selection, id);
  if (self->grip_was_selected)
    return;
  /* Selecting at the press, not at the release, lets one movement pick up and move. */
  ids = picked (self, id, mods);
  if ((mods & STORM_MOD_SHIFT) != 0)
    add_all (self, ids);
  else
    storm_selection_set (self->selection, ids);
}

void
storm_tool_pick_again (StormTool  *self,
                       const char *id,
                       StormMods   mods)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!self->grip_was_selected)
    return;
  ids = picked (self, id, mods);
  if ((mods & STORM_MOD_SHIFT) != 0)
    remove_all (self, ids);
  else
    storm_selection_set (self->selection, ids);
}

gboolean
storm_tool_enter_group (StormTool  *self,
                        const char *id)
{
  if (group_of (self, id) == NULL || is_inside (self, id))
    return FALSE;

  storm_selection_set_one (self->selection, id);
  return storm_selection_get_n (self->selection) == 1 && is_inside (self, id);
}

void
storm_tool_pick_with_group (StormTool  *self,
                            const char *id)
{
  g_autoptr (GPtrArray) ids = NULL;

  g_return_if_fail (STORM_IS_TOOL (self));
  g_return_if_fail (id != NULL);

  ids = picked (self, id, 0);
  storm_selection_set (self->selection, ids);
}
