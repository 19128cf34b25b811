#pragma once

#include <gio/gio.h>

#include "storm-object-private.h"

G_BEGIN_DECLS

#define STORM_TYPE_OBJECT_LIST (storm_object_list_get_type ())

/**
 * StormObjectList:
 *
 * The objects of one type in order of creation, as a list model. Each object knows its place, so
 * that finding and removing one needs no search. Changes are gathered, done at once, and announced
 * with one `items-changed` however many objects they touch.
 */
G_DECLARE_FINAL_TYPE (StormObjectList, storm_object_list, STORM, OBJECT_LIST, GObject)

StormObjectList *storm_object_list_new      (GType            item_type);
guint            storm_object_list_get_n    (StormObjectList *self);
StormObject     *storm_object_list_peek     (StormObjectList *self,
                                             guint            position);

/* What storm_object_list_update() is to do. */

/** storm_object_list_drop: @object will leave the list. */
void             storm_object_list_drop     (StormObjectList *self,
                                             StormObject     *object);
/**
 * storm_object_list_put:
 * @position: the place in the list after the update, or %STORM_OBJECT_NO_INDEX for the end
 */
void             storm_object_list_put      (StormObjectList *self,
                                             StormObject     *object,
                                             guint            position);

/** storm_object_list_update: does what was gathered; announces nothing yet. */
void             storm_object_list_update   (StormObjectList *self);
/** storm_object_list_announce: emits what storm_object_list_update() did. */
void             storm_object_list_announce (StormObjectList *self);

G_END_DECLS
