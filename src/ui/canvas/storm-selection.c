#include "config.h"

#include "storm-selection.h"

struct _StormSelection
{
  GObject     parent_instance;

  StormBoard *board;
  GPtrArray  *ids;     /* in the order of selecting; owns the strings */
  GHashTable *set;     /* the same strings */
  gboolean    dropped; /* some that were removed from the board, in the update that is being told */
};

G_DEFINE_FINAL_TYPE (StormSelection, storm_selection, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
storm_selection_changed (StormSelection *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
storm_selection_append (StormSelection *self,
                        const char     *id)
{
  char *copy;

  if (g_hash_table_contains (self->set, id) || storm_board_lookup (self->board, id) == NULL)
    return FALSE;

  copy = g_strdup (id);
  g_ptr_array_add (self->ids, copy);
  g_hash_table_add (self->set, copy);
  return TRUE;
}

/* From both ends: what was selected together goes together, in one order or the other. */
static guint
storm_selection_find (StormSelection *self,
                      const char     *id)
{
  guint n = self->ids->len;

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->ids, i), id))
        return i;
      if (g_str_equal (g_ptr_array_index (self->ids, n - 1 - i), id))
        return n - 1 - i;
    }
  g_assert_not_reached ();
}

static gboolean
storm_selection_drop (StormSelection *self,
                      const char     *id)
{
  if (!g_hash_table_remove (self->set, id))
    return FALSE;

  g_ptr_array_remove_index (self->ids, storm_selection_find (self, id));
  return TRUE;
}

static void
on_object_removed (StormSelection *self,
                   StormObject    *object)
{
  if (storm_selection_drop (self, storm_object_get_id (object)))
    self->dropped = TRUE;
}

/* Once, even if thousands went. */
static void
on_updated (StormSelection *self)
{
  if (!self->dropped)
    return;
  self->dropped = FALSE;
  storm_selection_changed (self);
}

static void
storm_selection_finalize (GObject *object)
{
  StormSelection *self = STORM_SELECTION (object);

  g_hash_table_unref (self->set);
  g_ptr_array_unref (self->ids);
  g_object_unref (self->board);

  G_OBJECT_CLASS (storm_selection_parent_class)->finalize (object);
}

static void
storm_selection_class_init (StormSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_selection_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", STORM_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
storm_selection_init (StormSelection *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->set = g_hash_table_new (g_str_hash, g_str_equal);
}

StormSelection *
storm_selection_new (StormBoard *board)
{
  StormSelection *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_SELECTION, NULL);
  self->board = g_object_ref (board);
  g_signal_connect_object (board, "object-removed", G_CALLBACK (on_object_removed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  return self;
}

StormBoard *
storm_selection_get_board (StormSelection *self)
{
  g_return_val_if_fail (STORM_IS_SELECTION (self), NULL);

  return self->board;
}

guint
storm_selection_get_n (StormSelection *self)
{
  g_return_val_if_fail (STORM_IS_SELECTION (self), 0);

  return self->ids->len;
}

gboolean
storm_selection_contains (StormSelection *self,
                          const char     *id)
{
  g_return_val_if_fail (STORM_IS_SELECTION (self), FALSE);

  return id != NULL && g_hash_table_contains (self->set, id);
}

GPtrArray *
storm_selection_get_ids (StormSelection *self)
{
  g_return_val_if_fail (STORM_IS_SELECTION (self), NULL);

  return self->ids;
}

StormObject *
storm_selection_get_single (StormSelection *self)
{
  g_return_val_if_fail (STORM_IS_SELECTION (self), NULL);

  if (self->ids->len != 1)
    return NULL;
  return storm_board_lookup (self->board, g_ptr_array_index (self->ids, 0));
}

static gboolean
storm_selection_equals (StormSelection *self,
                        GPtrArray      *ids)
{
  if (ids == NULL || ids->len != self->ids->len)
    return ids == NULL && self->ids->len == 0;
  for (guint i = 0; i < ids->len; i++)
    if (!g_str_equal (g_ptr_array_index (ids, i), g_ptr_array_index (self->ids, i)))
      return FALSE;
  return TRUE;
}

void
storm_selection_set (StormSelection *self,
                     GPtrArray      *ids)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (STORM_IS_SELECTION (self));

  if (storm_selection_equals (self, ids))
    return;

  /* @ids may be our own array. */
  old = g_steal_pointer (&self->ids);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_remove_all (self->set);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    storm_selection_append (self, g_ptr_array_index (ids, i));
  storm_selection_changed (self);
}

void
storm_selection_set_one (StormSelection *self,
                         const char     *id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (STORM_IS_SELECTION (self));

  if (id != NULL)
    g_ptr_array_add (ids, g_strdup (id));
  storm_selection_set (self, ids);
}

void
storm_selection_add (StormSelection *self,
                     const char     *id)
{
  g_return_if_fail (STORM_IS_SELECTION (self));
  g_return_if_fail (id != NULL);

  if (storm_selection_append (self, id))
    storm_selection_changed (self);
}

void
storm_selection_toggle (StormSelection *self,
                        const char     *id)
{
  g_return_if_fail (STORM_IS_SELECTION (self));
  g_return_if_fail (id != NULL);

  if (storm_selection_drop (self, id) || storm_selection_append (self, id))
    storm_selection_changed (self);
}
