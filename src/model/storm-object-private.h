#pragma once

#include "storm-object.h"

G_BEGIN_DECLS

/** STORM_OBJECT_NO_INDEX: of an object that is in no list. */
#define STORM_OBJECT_NO_INDEX G_MAXUINT

/** storm_object_new: (transfer full): an object with the defaults of its type. */
StormObject *storm_object_new            (StormObjectType   type,
                                          const char       *id);

/** storm_object_class_setup: for the class_init of the types: the type and its properties. */
void         storm_object_class_setup    (StormObjectClass *klass,
                                          StormObjectType   type);

/** storm_object_set_value: @value: checked by storm_prop_check(). Doesn't notify. */
void         storm_object_set_value      (StormObject      *self,
                                          StormProp         prop,
                                          const StormValue *value);

/** storm_object_get_own_props: the properties that have another value than the default. */
StormProp    storm_object_get_own_props  (StormObject      *self);

/** storm_object_notify: notifies the GObject properties of all flags in @props. */
void         storm_object_notify         (StormObject      *self,
                                          StormProp         props);

/* The place in the board's list of its type. */
guint        storm_object_get_index      (StormObject      *self);
void         storm_object_set_index      (StormObject      *self,
                                          guint             index);

/** storm_object_get_stamp: a number that no other state of any object has: each value that is set
 * makes a new one. Never 0. */
guint64      storm_object_get_stamp      (StormObject      *self);

/* The place among what changes in the update that is under way, plus one; see storm-board.c. */
guint        storm_object_get_pending    (StormObject      *self);
void         storm_object_set_pending    (StormObject      *self,
                                          guint             place);

G_END_DECLS
