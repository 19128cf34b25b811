#include "config.h"

#include "storm-outline-model.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "storm-fold.h"

/* What decides where a sticky stands. */
#define ORDER_PROPS (STORM_PROP_TITLE | STORM_PROP_KIND | STORM_PROP_CONTEXT | STORM_PROP_PARENT | \
                     STORM_PROP_PIVOTAL)

/* So many of titles that are gone are no matter. */
#define SPARE_KEYS 1000

struct _StormOutlineModel
{
  GObject parent_instance;

  StormBoard *board;
  GPtrArray *rows;
  GtkStringObject *no_context;
  char *filter;
  guint update_id;
  /* Title → what it is sorted by, which takes longer to find than all the rows. */
  GHashTable *sort_keys;
};

typedef struct
{
  StormSticky *sticky;
  /* Of its context; 0 is the first one by title. */
  guint rank;
  const char *sort_key;
} Entry;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormOutlineModel, storm_outline_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* What @title is sorted by. */
static const char *
get_sort_key (StormOutlineModel *self,
              const char        *title)
{
  char *key = g_hash_table_lookup (self->sort_keys, title);

  if (key == NULL)
    {
      key = g_utf8_collate_key (title, -1);
      g_hash_table_insert (self->sort_keys, g_strdup (title), key);
    }
  return key;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a;
  const Entry *right = b;
  StormKind left_kind = storm_sticky_get_kind (left->sticky);
  StormKind right_kind = storm_sticky_get_kind (right->sticky);

  if (left->rank != right->rank)
    return left->rank < right->rank ? -1 : 1;
  if (left_kind != right_kind)
    return left_kind < right_kind ? -1 : 1;
  return strcmp (left->sort_key, right->sort_key);
}

static int
compare_contexts (gconstpointer a,
                  gconstpointer b)
{
  return g_utf8_collate (storm_context_get_title (*(StormContext **) a),
                         storm_context_get_title (*(StormContext **) b));
}

static gboolean
contains_folded (const char *haystack,
                 const char *folded_needle)
{
  g_autofree char *folded = g_utf8_casefold (haystack, -1);

  return strstr (folded, folded_needle) != NULL;
}

static gboolean
passes (StormOutlineModel *self,
        StormSticky       *sticky)
{
  return self->filter == NULL || contains_folded (storm_sticky_get_title (sticky), self->filter) ||
         contains_folded (storm_kind_name (storm_sticky_get_kind (sticky)), self->filter);
}

/* Those in @parent by title, each with those in it right behind. */
static void
add_contexts (GHashTable   *inside,
              StormContext *parent,
              GPtrArray    *contexts)
{
  GPtrArray *children = g_hash_table_lookup (inside, parent);

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      g_ptr_array_add (contexts, g_object_ref (children->pdata[i]));
      add_contexts (inside, children->pdata[i], contexts);
    }
}

static GPtrArray *
sort_contexts (StormOutlineModel *self)
{
  GListModel *model = storm_board_get_contexts (self->board);
  guint n = g_list_model_get_n_items (model);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) inside =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *contexts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, g_list_model_get_item (model, i));
  g_ptr_array_sort (all, compare_contexts);
  for (guint i = 0; i < n; i++)
    {
      StormContext *around = NULL;
      GPtrArray *children;

      if (storm_outline_model_get_depth (self, all->pdata[i]) < STORM_OUTLINE_MAX_DEPTH)
        around = storm_board_get_context_around (self->board, all->pdata[i]);
      children = g_hash_table_lookup (inside, around);
      if (children == NULL)
        g_hash_table_insert (inside, around, children = g_ptr_array_new ());
      g_ptr_array_add (children, all->pdata[i]);
    }
  add_contexts (inside, NULL, contexts);

  return contexts;
}

static GArray *
sort_stickies (StormOutlineModel *self,
               GPtrArray         *contexts)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);
  GListModel *model = storm_board_get_stickies (self->board);
  guint n = g_list_model_get_n_items (model);
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  /* Most are of titles that are there still. */
  if (g_hash_table_size (self->sort_keys) > 2 * n + SPARE_KEYS)
    g_hash_table_remove_all (self->sort_keys);
  for (guint i = 0; i < contexts->len; i++)
    g_hash_table_insert (ranks, (gpointer) storm_object_get_id (contexts->pdata[i]),
                         GUINT_TO_POINTER (i + 1));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (model, i);
      const char *context = storm_sticky_get_context (sticky);
      guint rank = context != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (ranks, context)) : 0;
      Entry entry = { sticky, rank != 0 ? rank - 1 : contexts->len, NULL };

      if (!passes (self, sticky))
        continue;
      entry.sort_key = get_sort_key (self, storm_sticky_get_title (sticky));
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);

  return entries;
}

static GPtrArray *
make_rows (StormOutlineModel *self)
{
  g_autoptr (GPtrArray) contexts = sort_contexts (self);
  g_autoptr (GArray) entries = sort_stickies (self, contexts);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint next = 0;

  for (guint i = 0; i <= contexts->len; i++)
    {
      gboolean outside = i == contexts->len;
      gboolean empty = next >= entries->len || g_array_index (entries, Entry, next).rank != i;
      GObject *heading = outside ? G_OBJECT (self->no_context) : contexts->pdata[i];

      /* An empty context is still something to find, unless a text is looked for. */
      if (!empty ? (!outside || contexts->len > 0) : (!outside && self->filter == NULL))
        g_ptr_array_add (rows, g_object_ref (heading));
      while (next < entries->len && g_array_index (entries, Entry, next).rank == i)
        g_ptr_array_add (rows, g_object_ref (g_array_index (entries, Entry, next++).sticky));
    }

  return rows;
}

static gboolean
on_update (gpointer data)
{
  StormOutlineModel *self = data;

  self->update_id = 0;
  storm_outline_model_update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (StormOutlineModel *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (on_update, self);
}

static void
on_updated (StormOutlineModel     *self,
            const StormBoardDelta *delta)
{
  if (storm_board_delta_touches (delta, STORM_OBJECT_STICKY, ORDER_PROPS) ||
      storm_board_delta_touches (delta, STORM_OBJECT_CONTEXT, ORDER_PROPS))
    queue_update (self);
}

static GType
storm_outline_model_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
storm_outline_model_get_n_items (GListModel *model)
{
  return STORM_OUTLINE_MODEL (model)->rows->len;
}

static gpointer
storm_outline_model_get_item (GListModel *model,
                              guint       position)
{
  StormOutlineModel *self = STORM_OUTLINE_MODEL (model);

  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_outline_model_get_item_type;
  iface->get_n_items = storm_outline_model_get_n_items;
  iface->get_item = storm_outline_model_get_item;
}

static void
storm_outline_model_dispose (GObject *object)
{
  StormOutlineModel *self = STORM_OUTLINE_MODEL (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (storm_outline_model_parent_class)->dispose (object);
}

static void
storm_outline_model_finalize (GObject *object)
{
  StormOutlineModel *self = STORM_OUTLINE_MODEL (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->sort_keys);
  g_object_unref (self->no_context);
  g_free (self->filter);

  G_OBJECT_CLASS (storm_outline_model_parent_class)->finalize (object);
}

static void
storm_outline_model_class_init (StormOutlineModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_outline_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = storm_outline_model_finalize;
}

static void
storm_outline_model_init (StormOutlineModel *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->sort_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->no_context = gtk_string_object_new (_("In no context"));
}

guint
storm_outline_model_get_depth (StormOutlineModel *self,
                               StormObject       *object)
{
  guint depth = 0;

  g_return_val_if_fail (STORM_IS_OUTLINE_MODEL (self), 0);

  while (depth < STORM_OUTLINE_MAX_DEPTH && object != NULL &&
         (object = (StormObject *) storm_board_get_context_around (self->board, object)) != NULL)
    depth++;
  return depth;
}

StormOutlineModel *
storm_outline_model_new (StormBoard *board)
{
  StormOutlineModel *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_OUTLINE_MODEL, NULL);
  self->board = g_object_ref (board);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  storm_outline_model_update (self);

  return self;
}

void
storm_outline_model_set_filter (StormOutlineModel *self,
                                const char        *text)
{
  g_return_if_fail (STORM_IS_OUTLINE_MODEL (self));

  g_clear_pointer (&self->filter, g_free);
  if (text != NULL && *text != '\0')
    self->filter = g_utf8_casefold (text, -1);
  storm_outline_model_update (self);
}

void
storm_outline_model_update (StormOutlineModel *self)
{
  GPtrArray *old;
  GPtrArray *rows;
  guint head = 0;
  guint tail = 0;

  g_return_if_fail (STORM_IS_OUTLINE_MODEL (self));

  if (self->board == NULL)
    return;

  g_clear_handle_id (&self->update_id, g_source_remove);
  rows = make_rows (self);
  old = self->rows;

  while (head < MIN (old->len, rows->len) && old->pdata[head] == rows->pdata[head])
    head++;
  while (tail < MIN (old->len, rows->len) - head &&
         old->pdata[old->len - 1 - tail] == rows->pdata[rows->len - 1 - tail])
    tail++;

  self->rows = rows;
  if (old->len != head + tail || rows->len != head + tail)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                rows->len - head - tail);
  g_ptr_array_unref (old);
}

guint
storm_outline_model_find (StormOutlineModel *self,
                          const char        *id)
{
  g_return_val_if_fail (STORM_IS_OUTLINE_MODEL (self), G_MAXUINT);
  g_return_val_if_fail (id != NULL, G_MAXUINT);

  for (guint i = 0; i < self->rows->len; i++)
    if (STORM_IS_OBJECT (self->rows->pdata[i]) &&
        g_str_equal (storm_object_get_id (self->rows->pdata[i]), id))
      return i;

  return G_MAXUINT;
}
