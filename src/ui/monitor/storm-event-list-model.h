#pragma once

#include <gio/gio.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_EVENT_ITEM (storm_event_item_get_type ())

/** StormEventItem: one row of the event list, made when the list shows it: only the row's number. */
G_DECLARE_FINAL_TYPE (StormEventItem, storm_event_item, STORM, EVENT_ITEM, GObject)

guint32 storm_event_item_get_row (StormEventItem *self);

#define STORM_TYPE_EVENT_LIST_MODEL (storm_event_list_model_get_type ())

/** StormEventListModel: a #StormEventView as a #GListModel of #StormEventItem. */
G_DECLARE_FINAL_TYPE (StormEventListModel, storm_event_list_model, STORM, EVENT_LIST_MODEL, GObject)

StormEventListModel *storm_event_list_model_new (StormEventView *view);

G_END_DECLS
