#include "config.h"

#include "storm-selection.h"

struct _StormSelection
{
  GObject     parent_instance;

  StormBoard *board;
  GPtrArray  *ids;     /* in the order of selecting; the strings are the objects' own */
  GHashTable *set;     /* the objects */
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
  StormObject *object = storm_board_lookup (self->board, id);

  if (object == NULL || g_hash_table_contains (self->set, object))
    return FALSE;

  g_ptr_array_add (self->ids, (char *) storm_object_get_id (object));
  g_hash_table_add (self->set, g_object_ref (object));
  return TRUE;
}

static gboolean
storm_selection_drop (StormSelection *self,
                      const char     *id)
{
  StormObject *object = storm_board_lookup (self->board, id);

  if (object == NULL || !g_hash_table_contains (self->set, object))
    return FALSE;

  g_ptr_array_remove (self->ids, (char *) storm_object_get_id (object));
  g_hash_table_remove (self->set, object);
  return TRUE;
}

static void
on_updated (StormSelection        *self,
            const StormBoardDelta *delta)
{
  guint kept = 0;

  for (guint i = 0; self->ids->len > 0 && i < delta->removed->len; i++)
    if (g_hash_table_remove (self->set, g_ptr_array_index (delta->removed, i)))
      self->dropped = TRUE;
  if (!self->dropped)
    return;

  for (guint i = 0; i < self->ids->len; i++)
    if (storm_selection_contains (self, g_ptr_array_index (self->ids, i)))
      g_ptr_array_index (self->ids, kept++) = g_ptr_array_index (self->ids, i);
  g_ptr_array_set_size (self->ids, kept);
}

/* When everybody knows what is on the board now. */
static void
on_told (StormSelection *self)
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
  self->ids = g_ptr_array_new ();
  self->set = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

StormSelection *
storm_selection_new (StormBoard *board)
{
  StormSelection *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_SELECTION, NULL);
  self->board = g_object_ref (board);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_told), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
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

  return g_hash_table_contains (self->set, storm_board_lookup (self->board, id));
}

gboolean
storm_selection_has (StormSelection *self,
                     StormObject    *object)
{
  return g_hash_table_contains (self->set, object);
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
  g_autoptr (GHashTable) old_set = NULL;

  g_return_if_fail (STORM_IS_SELECTION (self));

  if (storm_selection_equals (self, ids))
    return;

  /* @ids may be our own array. */
  old = g_steal_pointer (&self->ids);
  old_set = g_steal_pointer (&self->set);
  self->ids = g_ptr_array_new ();
  self->set = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
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
