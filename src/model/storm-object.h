#pragma once

#include <glib-object.h>

#include "storm-geometry.h"

G_BEGIN_DECLS

#define STORM_TYPE_OBJECT (storm_object_get_type ())
G_DECLARE_DERIVABLE_TYPE (StormObject, storm_object, STORM, OBJECT, GObject)

/**
 * StormProp:
 *
 * What of an object on the board changed; flags, so that one signal can name several.
 * The nick of each is the name of the GObject property and the word in the stored history.
 */
typedef enum
{
  STORM_PROP_TITLE       = 1 << 0,
  STORM_PROP_DESCRIPTION = 1 << 1,
  STORM_PROP_RECT        = 1 << 2,
  STORM_PROP_Z           = 1 << 3,
  STORM_PROP_KIND        = 1 << 4,
  STORM_PROP_CONTEXT     = 1 << 5,
  STORM_PROP_FIELDS      = 1 << 6,
  STORM_PROP_ALIASES     = 1 << 7,
  STORM_PROP_TOPIC       = 1 << 8,
  STORM_PROP_EVENT_CLASS = 1 << 9,
  STORM_PROP_VISIBILITY  = 1 << 10,
  STORM_PROP_FAIL_OF     = 1 << 11,
  STORM_PROP_FROM        = 1 << 12,
  STORM_PROP_TO          = 1 << 13,
  STORM_PROP_LABEL       = 1 << 14,
  STORM_PROP_MAPPING     = 1 << 15,
  STORM_PROP_EXTRA       = 1 << 16,
  STORM_PROP_LOCKED      = 1 << 17,
  STORM_PROP_GROUP       = 1 << 18,
  STORM_PROP_PIVOTAL     = 1 << 19,
  STORM_PROP_JOIN        = 1 << 20,
  STORM_PROP_CONTEXT_KIND = 1 << 21,
  STORM_PROP_PARENT      = 1 << 22,
  STORM_PROP_COLLAPSED   = 1 << 23,
  STORM_PROP_BENDS       = 1 << 24,
  STORM_PROP_TARGET      = 1 << 25,
  STORM_PROP_UNCHECKED   = 1 << 26,
} StormProp;

/** STORM_N_PROPS: how many flags #StormProp has. */
#define STORM_N_PROPS 27

/**
 * StormValue:
 * @text: title, kind, context and all else that is a string: "" for none
 * @number: z, target
 * @variant: fields, aliases, bends, as in a #StormChange
 *
 * What a #StormProp is set to; whose it is, is for the function to say that takes it.
 */
typedef union
{
  const char *text;
  StormRect   rect;
  gint64      number;
  gboolean    flag;
  GVariant   *variant;
} StormValue;

/** STORM_Z_MAX: z lies within ± this, where every integer is a JSON number too. */
#define STORM_Z_MAX (G_GINT64_CONSTANT (1) << 53)

/**
 * StormObjectType:
 * @STORM_OBJECT_BOARD: the board itself (title, mapping)
 */
typedef enum
{
  STORM_OBJECT_BOARD,
  STORM_OBJECT_STICKY,
  STORM_OBJECT_FLOW,
  STORM_OBJECT_CONTEXT,
} StormObjectType;

/**
 * StormObject:
 *
 * What stands on a board: #StormSticky, #StormFlow and #StormContext. It has an id that never
 * changes. Nothing sets its properties but a #StormChange that is applied to the board; read-only
 * for everybody else. Main thread.
 */
struct _StormObjectClass
{
  GObjectClass parent_class;

  /*< private >*/
  StormObjectType type;
  void      (*set_value) (StormObject *self, StormProp prop, const StormValue *value);
  GVariant *(*get_value) (StormObject *self, StormProp prop);
  /* those that have another value than the default; extra need not be among them */
  StormProp (*get_own_props) (StormObject *self);
  StormProp all_props;
  GParamSpec *pspecs[STORM_N_PROPS];
};

/** storm_object_get_id: (transfer none): the id, unique on its board. */
const char      *storm_object_get_id    (StormObject *self);
StormObjectType  storm_object_get_object_type (StormObject *self);

/**
 * storm_object_get_extra:
 *
 * Returns: (nullable) (transfer none): members of the text form that this version doesn't know, a
 *   JSON object as text, kept so that nothing is lost
 */
const char      *storm_object_get_extra (StormObject *self);

/**
 * storm_object_get_value:
 * @prop: exactly one flag
 *
 * Returns: (transfer full): the value as it is stored in changes, never floating. The type for
 *   each property stands in storm-change.h.
 */
GVariant        *storm_object_get_value (StormObject *self,
                                         StormProp    prop);

/** storm_object_get_props: all the properties that this type of object has. */
StormProp        storm_object_get_props (StormObject *self);

const char      *storm_prop_nick        (StormProp    prop);
gboolean         storm_prop_from_nick   (const char  *nick,
                                         StormProp   *out);

G_END_DECLS
