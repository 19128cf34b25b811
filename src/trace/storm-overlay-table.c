#include "config.h"

#include "storm-overlay-table.h"

static void
entry_free (gpointer data)
{
  StormOverlayEntry *entry = data;

  g_clear_pointer (&entry->badges, g_array_unref);
  g_clear_pointer (&entry->stats, g_ptr_array_unref);
  g_free (entry);
}

static gboolean
entries_equal (const StormOverlayEntry *a,
               const StormOverlayEntry *b)
{
  guint i;

  if (b == NULL || a->shown.lit != b->shown.lit || a->shown.n_badges != b->shown.n_badges)
    return FALSE;
  /* Only without a key. */
  if (a->shown.count != b->shown.count || a->shown.latest_n != b->shown.latest_n ||
      a->shown.latest_row != b->shown.latest_row || a->shown.rate != b->shown.rate ||
      a->shown.latest_provisional != b->shown.latest_provisional)
    return FALSE;
  for (i = 0; i < a->shown.n_badges; i++)
    {
      const StormBadge *p = &a->shown.badges[i];
      const StormBadge *q = &b->shown.badges[i];

      if (p->n != q->n || p->row != q->row || p->provisional != q->provisional ||
          p->late != q->late)
        return FALSE;
    }
  return TRUE;
}

static void
add_differences (GHashTable *entries,
                 GHashTable *before,
                 GPtrArray  *ids)
{
  GHashTableIter iter;
  gpointer id;
  gpointer entry;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &id, &entry))
    {
      if (!entries_equal (entry, g_hash_table_lookup (before, id)))
        g_ptr_array_add (ids, g_strdup (id));
    }
}

/* Adds the keys of @a that @b hasn't. */
static void
add_missing (GHashTable *a,
             GHashTable *b,
             GPtrArray  *ids)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!g_hash_table_contains (b, id))
        g_ptr_array_add (ids, g_strdup (id));
    }
}

StormOverlayTable *
storm_overlay_table_new (void)
{
  StormOverlayTable *self = g_new0 (StormOverlayTable, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->lit_flows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
storm_overlay_table_free (StormOverlayTable *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->lit_flows);
  g_free (self);
}

StormOverlayEntry *
storm_overlay_table_ensure (StormOverlayTable *self,
                            const char        *id)
{
  StormOverlayEntry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  entry = g_hash_table_lookup (self->entries, id);
  if (entry == NULL)
    {
      entry = g_new0 (StormOverlayEntry, 1);
      g_hash_table_insert (self->entries, g_strdup (id), entry);
    }
  return entry;
}

GPtrArray *
storm_overlay_table_compare (StormOverlayTable *self,
                             StormOverlayTable *before)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, ids);
  g_return_val_if_fail (before != NULL, ids);

  add_differences (self->entries, before->entries, ids);
  add_missing (before->entries, self->entries, ids);
  add_missing (self->lit_flows, before->lit_flows, ids);
  add_missing (before->lit_flows, self->lit_flows, ids);
  return ids;
}

void
storm_overlay_entry_add_badge (StormOverlayEntry *entry,
                               const StormBadge  *badge)
{
  g_return_if_fail (entry != NULL);
  g_return_if_fail (badge != NULL);

  if (entry->badges == NULL)
    entry->badges = g_array_new (FALSE, FALSE, sizeof (StormBadge));
  g_array_append_vals (entry->badges, badge, 1);
  entry->shown.badges = (const StormBadge *) entry->badges->data;
  entry->shown.n_badges = entry->badges->len;
}
