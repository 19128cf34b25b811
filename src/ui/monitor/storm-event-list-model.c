#include "config.h"

#include "storm-event-list-model.h"

struct _StormEventItem
{
  GObject parent_instance;

  guint32 row;
};

G_DEFINE_FINAL_TYPE (StormEventItem, storm_event_item, G_TYPE_OBJECT)

struct _StormEventListModel
{
  GObject         parent_instance;

  StormEventView *view;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormEventListModel, storm_event_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
storm_event_item_class_init (StormEventItemClass *klass)
{
}

static void
storm_event_item_init (StormEventItem *self)
{
}

guint32
storm_event_item_get_row (StormEventItem *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_ITEM (self), G_MAXUINT32);

  return self->row;
}

static GType
storm_event_list_model_get_item_type (GListModel *model)
{
  return STORM_TYPE_EVENT_ITEM;
}

static guint
storm_event_list_model_get_n_items (GListModel *model)
{
  return storm_event_view_get_n (STORM_EVENT_LIST_MODEL (model)->view);
}

static gpointer
storm_event_list_model_get_item (GListModel *model,
                                 guint       position)
{
  StormEventListModel *self = STORM_EVENT_LIST_MODEL (model);
  StormEventItem *item;

  if (position >= storm_event_view_get_n (self->view))
    return NULL;
  item = g_object_new (STORM_TYPE_EVENT_ITEM, NULL);
  item->row = storm_event_view_get_row (self->view, position);
  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_event_list_model_get_item_type;
  iface->get_n_items = storm_event_list_model_get_n_items;
  iface->get_item = storm_event_list_model_get_item;
}

static void
storm_event_list_model_dispose (GObject *object)
{
  StormEventListModel *self = STORM_EVENT_LIST_MODEL (object);

  g_clear_object (&self->view);

  G_OBJECT_CLASS (storm_event_list_model_parent_class)->dispose (object);
}

static void
storm_event_list_model_class_init (StormEventListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_event_list_model_dispose;
}

static void
storm_event_list_model_init (StormEventListModel *self)
{
}

StormEventListModel *
storm_event_list_model_new (StormEventView *view)
{
  StormEventListModel *self;

  g_return_val_if_fail (STORM_IS_EVENT_VIEW (view), NULL);

  self = g_object_new (STORM_TYPE_EVENT_LIST_MODEL, NULL);
  self->view = g_object_ref (view);
  g_signal_connect_object (view, "items-changed", G_CALLBACK (g_list_model_items_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
