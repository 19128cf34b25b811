#include "config.h"

#include "storm-object-list-private.h"

typedef struct
{
  StormObject *object;
  guint        position;
} Put;

struct _StormObjectList
{
  GObject    parent_instance;

  GType      item_type;
  GPtrArray *items;

  guint      n_dropped;
  GArray    *puts;

  guint      changed_at;
  guint      n_removed;
  guint      n_added;
};

static GType
storm_object_list_get_item_type (GListModel *model)
{
  return STORM_OBJECT_LIST (model)->item_type;
}

static guint
storm_object_list_get_n_items (GListModel *model)
{
  return STORM_OBJECT_LIST (model)->items->len;
}

static gpointer
storm_object_list_get_item (GListModel *model,
                            guint       position)
{
  StormObjectList *self = STORM_OBJECT_LIST (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_object_list_get_item_type;
  iface->get_n_items = storm_object_list_get_n_items;
  iface->get_item = storm_object_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormObjectList, storm_object_list, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
clear_put (Put *put)
{
  g_clear_object (&put->object);
}

static void
storm_object_list_finalize (GObject *object)
{
  StormObjectList *self = STORM_OBJECT_LIST (object);

  g_ptr_array_unref (self->items);
  g_array_unref (self->puts);

  G_OBJECT_CLASS (storm_object_list_parent_class)->finalize (object);
}

static void
storm_object_list_class_init (StormObjectListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_object_list_finalize;
}

static void
storm_object_list_init (StormObjectList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->puts = g_array_new (FALSE, FALSE, sizeof (Put));
  g_array_set_clear_func (self->puts, (GDestroyNotify) clear_put);
}

StormObjectList *
storm_object_list_new (GType item_type)
{
  StormObjectList *self = g_object_new (STORM_TYPE_OBJECT_LIST, NULL);

  self->item_type = item_type;

  return self;
}

guint
storm_object_list_get_n (StormObjectList *self)
{
  return self->items->len;
}

StormObject *
storm_object_list_peek (StormObjectList *self,
                        guint            position)
{
  return g_ptr_array_index (self->items, position);
}

void
storm_object_list_drop (StormObjectList *self,
                        StormObject     *object)
{
  g_assert (storm_object_get_index (object) < self->items->len);

  /* What has no place any more is left out by the update. */
  storm_object_set_index (object, STORM_OBJECT_NO_INDEX);
  self->n_dropped++;
}

void
storm_object_list_put (StormObjectList *self,
                       StormObject     *object,
                       guint            position)
{
  Put put = { g_object_ref (object), position };

  g_array_append_val (self->puts, put);
}

static int
compare_puts (const Put *a,
              const Put *b)
{
  return (a->position > b->position) - (a->position < b->position);
}

static void
append_put (GPtrArray *items,
            Put       *put)
{
  storm_object_set_index (put->object, items->len);
  g_ptr_array_add (items, g_steal_pointer (&put->object));
}

/* The old items without the dropped ones, and the new ones at their places; the sort is stable, so
 * those without a place keep their order. */
static GPtrArray *
merge_items (StormObjectList *self)
{
  GPtrArray *items;
  guint next = 0;

  g_array_sort (self->puts, (GCompareFunc) compare_puts);

  items = g_ptr_array_new_full (self->items->len - self->n_dropped + self->puts->len,
                                g_object_unref);
  for (guint i = 0; i < self->items->len; i++)
    {
      StormObject *object = g_ptr_array_index (self->items, i);

      if (storm_object_get_index (object) == STORM_OBJECT_NO_INDEX)
        continue;
      while (next < self->puts->len &&
             g_array_index (self->puts, Put, next).position <= items->len)
        append_put (items, &g_array_index (self->puts, Put, next++));
      storm_object_set_index (object, items->len);
      g_ptr_array_add (items, g_object_ref (object));
    }
  while (next < self->puts->len)
    append_put (items, &g_array_index (self->puts, Put, next++));

  return items;
}

static void
note_difference (StormObjectList *self,
                 GPtrArray       *old_items)
{
  guint n_old = old_items->len;
  guint n_new = self->items->len;
  guint start = 0;
  guint tail = 0;
  guint shorter = MIN (n_old, n_new);

  while (start < shorter && old_items->pdata[start] == self->items->pdata[start])
    start++;
  while (tail < shorter - start &&
         old_items->pdata[n_old - 1 - tail] == self->items->pdata[n_new - 1 - tail])
    tail++;

  self->changed_at = start;
  self->n_removed = n_old - start - tail;
  self->n_added = n_new - start - tail;
}

static gboolean
all_at_end (StormObjectList *self)
{
  for (guint i = 0; i < self->puts->len; i++)
    {
      if (g_array_index (self->puts, Put, i).position != STORM_OBJECT_NO_INDEX)
        return FALSE;
    }

  return TRUE;
}

/* What happens most, and costs nothing for what is there already. */
static void
append_all (StormObjectList *self)
{
  self->changed_at = self->items->len;
  self->n_removed = 0;
  self->n_added = self->puts->len;

  for (guint i = 0; i < self->puts->len; i++)
    append_put (self->items, &g_array_index (self->puts, Put, i));
  g_array_set_size (self->puts, 0);
}

void
storm_object_list_update (StormObjectList *self)
{
  g_autoptr (GPtrArray) old_items = NULL;

  if (self->n_dropped == 0 && self->puts->len == 0)
    return;
  if (self->n_dropped == 0 && all_at_end (self))
    {
      append_all (self);
      return;
    }

  old_items = self->items;
  self->items = merge_items (self);
  note_difference (self, old_items);

  self->n_dropped = 0;
  g_array_set_size (self->puts, 0);
}

void
storm_object_list_announce (StormObjectList *self)
{
  guint n_removed = self->n_removed;
  guint n_added = self->n_added;

  if (n_removed == 0 && n_added == 0)
    return;

  self->n_removed = 0;
  self->n_added = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), self->changed_at, n_removed, n_added);
}
