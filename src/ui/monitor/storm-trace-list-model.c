#include "config.h"

#include "storm-trace-list-model.h"

#include <string.h>

/* Traces that completion looks at: what a person can wait for while typing. */
#define COMPLETE_MAX 20000

struct _StormTraceListModel
{
  GObject          parent_instance;

  StormTraceIndex *index;
  char            *text;    /* NULL: all */
  GArray          *hits;    /* guint: places in the index, in its order; only with a text */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormTraceListModel, storm_trace_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
holds (const char *key,
       const char *text)
{
  gsize len = strlen (text);

  for (; *key != '\0'; key++)
    if (g_ascii_strncasecmp (key, text, len) == 0)
      return TRUE;
  return len == 0;
}

static gboolean
passes (StormTraceListModel *self,
        guint                place)
{
  g_autoptr (StormTrace) trace = g_list_model_get_item (G_LIST_MODEL (self->index), place);

  return trace != NULL && holds (storm_trace_get_key (trace), self->text);
}

static guint
get_n (StormTraceListModel *self)
{
  return self->text != NULL ? self->hits->len
                            : g_list_model_get_n_items (G_LIST_MODEL (self->index));
}

static void
find_hits (StormTraceListModel *self,
           guint                from)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->index));

  for (guint i = from; i < n; i++)
    if (passes (self, i))
      g_array_append_val (self->hits, i);
}

static void
index_changed_cb (StormTraceListModel *self,
                  guint                position,
                  guint                removed,
                  guint                added)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->index));
  guint before = self->hits->len;

  if (self->text == NULL)
    {
      /* Reversed: what is added at the index's end comes to the top. */
      g_list_model_items_changed (G_LIST_MODEL (self), n - position - added, removed, added);
      return;
    }
  if (removed == 0 && position + added == n)
    {
      find_hits (self, position);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->hits->len - before);
      return;
    }
  g_array_set_size (self->hits, 0);
  find_hits (self, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->hits->len);
}

static GType
storm_trace_list_model_get_item_type (GListModel *model)
{
  return STORM_TYPE_TRACE;
}

static guint
storm_trace_list_model_get_n_items (GListModel *model)
{
  return get_n (STORM_TRACE_LIST_MODEL (model));
}

static gpointer
storm_trace_list_model_get_item (GListModel *model,
                                 guint       position)
{
  StormTraceListModel *self = STORM_TRACE_LIST_MODEL (model);
  guint n = get_n (self);
  guint place;

  if (position >= n)
    return NULL;
  place = n - 1 - position;
  if (self->text != NULL)
    place = g_array_index (self->hits, guint, place);
  return g_list_model_get_item (G_LIST_MODEL (self->index), place);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_trace_list_model_get_item_type;
  iface->get_n_items = storm_trace_list_model_get_n_items;
  iface->get_item = storm_trace_list_model_get_item;
}

static void
storm_trace_list_model_finalize (GObject *object)
{
  StormTraceListModel *self = STORM_TRACE_LIST_MODEL (object);

  g_clear_object (&self->index);
  g_free (self->text);
  g_array_unref (self->hits);

  G_OBJECT_CLASS (storm_trace_list_model_parent_class)->finalize (object);
}

static void
storm_trace_list_model_class_init (StormTraceListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_trace_list_model_finalize;
}

static void
storm_trace_list_model_init (StormTraceListModel *self)
{
  self->hits = g_array_new (FALSE, FALSE, sizeof (guint));
}

StormTraceListModel *
storm_trace_list_model_new (StormTraceIndex *index)
{
  StormTraceListModel *self;

  g_return_val_if_fail (STORM_IS_TRACE_INDEX (index), NULL);

  self = g_object_new (STORM_TYPE_TRACE_LIST_MODEL, NULL);
  self->index = g_object_ref (index);
  g_signal_connect_object (index, "items-changed", G_CALLBACK (index_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
storm_trace_list_model_set_text (StormTraceListModel *self,
                                 const char          *text)
{
  guint before;

  g_return_if_fail (STORM_IS_TRACE_LIST_MODEL (self));

  if (text != NULL && text[0] == '\0')
    text = NULL;
  if (g_strcmp0 (text, self->text) == 0)
    return;
  before = get_n (self);
  g_free (self->text);
  self->text = g_strdup (text);
  g_array_set_size (self->hits, 0);
  if (text != NULL)
    find_hits (self, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n (self));
}

char **
storm_trace_list_model_complete (StormTraceIndex *index,
                                 const char      *text,
                                 guint            max)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GPtrArray) inside = g_ptr_array_new_with_free_func (g_free);
  guint n, end, n_found = 0;
  gsize len;

  g_return_val_if_fail (STORM_IS_TRACE_INDEX (index), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (index));
  end = n > COMPLETE_MAX ? n - COMPLETE_MAX : 0;
  len = strlen (text);
  for (guint i = n; i > end && n_found < max; i--)
    {
      g_autoptr (StormTrace) trace = g_list_model_get_item (G_LIST_MODEL (index), i - 1);
      const char *key = storm_trace_get_key (trace);

      if (g_ascii_strncasecmp (key, text, len) == 0)
        {
          g_strv_builder_add (found, key);
          n_found++;
        }
      else if (inside->len < max && holds (key, text))
        g_ptr_array_add (inside, g_strdup (key));
    }
  for (guint i = 0; i < inside->len && n_found < max; i++, n_found++)
    g_strv_builder_add (found, g_ptr_array_index (inside, i));
  return g_strv_builder_end (found);
}
