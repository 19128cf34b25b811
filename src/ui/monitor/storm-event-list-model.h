#pragma once

#include <gtk/gtk.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_EVENT_ITEM (storm_event_item_get_type ())

/** StormEventItem: stands for a place in the event list, made when the list shows it. Which row is
 * there is asked of the model: rows come in between without GTK being told of new items. */
G_DECLARE_FINAL_TYPE (StormEventItem, storm_event_item, STORM, EVENT_ITEM, GObject)

#define STORM_TYPE_EVENT_LIST_MODEL (storm_event_list_model_get_type ())

/**
 * StormEventListModel:
 *
 * A #StormEventView as a #GListModel of #StormEventItem, and its own #GtkSelectionModel: what is
 * selected is a row of the log, wherever filters and late events put it. (#GtkSingleSelection looks
 * for the selected object among all new ones: 0.3 s for a million.) Signals: `selected`: a person
 * chose another row; `moved` (position, n): these places have other rows now, which shown cells
 * have to be told.
 */
G_DECLARE_FINAL_TYPE (StormEventListModel, storm_event_list_model, STORM, EVENT_LIST_MODEL, GObject)

StormEventListModel *storm_event_list_model_new              (StormEventView      *view);
/** storm_event_list_model_show_gaps: what is known to be missing has rows too, each in front of the
 * event behind it. They can't be selected. Once, before anything else. */
void                 storm_event_list_model_show_gaps        (StormEventListModel *self,
                                                              StormEventLog       *log);
/** storm_event_list_model_update_gaps: after a frame: those behind which nothing has come. */
void                 storm_event_list_model_update_gaps      (StormEventListModel *self);
/** storm_event_list_model_get_gap: (transfer none) (nullable): what is missing, where @position is
 * no event. */
const StormEventGap *storm_event_list_model_get_gap          (StormEventListModel *self,
                                                              guint                position);
guint                storm_event_list_model_get_n_events     (StormEventListModel *self);
/** storm_event_list_model_find: where in the list @row stands. */
gboolean             storm_event_list_model_find             (StormEventListModel *self,
                                                              guint32              row,
                                                              guint               *position);
/** storm_event_list_model_get_place: where in the view stands what the list has at @position. */
guint                storm_event_list_model_get_place        (StormEventListModel *self,
                                                              guint                position);
/** storm_event_list_model_get_selected_row: %G_MAXUINT for none. */
guint                storm_event_list_model_get_selected_row (StormEventListModel *self);
/** storm_event_list_model_set_selected_row: without `selected`. */
void                 storm_event_list_model_set_selected_row (StormEventListModel *self,
                                                              guint                row);
/** storm_event_list_model_set_moment: (nullable): ends with what had happened by then; %NULL for
 * all. */
void                 storm_event_list_model_set_moment       (StormEventListModel *self,
                                                              StormEventLog       *log,
                                                              const StormMoment   *moment);

G_END_DECLS
