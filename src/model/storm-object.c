#include "config.h"

#include "storm-object-private.h"

#include "storm-context.h"
#include "storm-flow.h"
#include "storm-prop-private.h"
#include "storm-sticky.h"

typedef struct
{
  char      *id;
  char      *extra;
  guint      index;
  guint      pending;
  guint64    stamp;
} StormObjectPrivate;

/* Above the ids of the flags, which are 1 to STORM_N_PROPS. */
#define PROP_ID (STORM_N_PROPS + 1)

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StormObject, storm_object, G_TYPE_OBJECT)

/* Boards may be read in several threads at once. */
static gsize last_stamp;

static inline StormObjectPrivate *
get_priv (StormObject *self)
{
  return storm_object_get_instance_private (self);
}

static void
storm_object_finalize (GObject *object)
{
  StormObjectPrivate *priv = get_priv (STORM_OBJECT (object));

  g_free (priv->id);
  g_free (priv->extra);

  G_OBJECT_CLASS (storm_object_parent_class)->finalize (object);
}

static void
storm_object_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StormObjectPrivate *priv = get_priv (STORM_OBJECT (object));

  if (prop_id == PROP_ID)
    g_value_set_string (value, priv->id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
storm_object_class_init (StormObjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = storm_object_finalize;
  object_class->get_property = storm_object_get_property;

  g_object_class_install_property (object_class, PROP_ID,
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static guint64
new_stamp (void)
{
  return (guint64) g_atomic_pointer_add (&last_stamp, 1) + 1;
}

static void
storm_object_init (StormObject *self)
{
  get_priv (self)->index = STORM_OBJECT_NO_INDEX;
  get_priv (self)->stamp = new_stamp ();
}

void
storm_object_class_setup (StormObjectClass *klass,
                          StormObjectType   type)
{
  klass->type = type;
  klass->all_props = storm_prop_props_of (type);

  for (guint i = 0; i < STORM_N_PROPS; i++)
    {
      klass->pspecs[i] = NULL;
      if ((klass->all_props & (1u << i)) == 0)
        continue;
      klass->pspecs[i] = storm_prop_new_pspec (1u << i);
      g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, klass->pspecs[i]);
    }
}

StormObject *
storm_object_new (StormObjectType  type,
                  const char      *id)
{
  GType gtype = type == STORM_OBJECT_STICKY ? STORM_TYPE_STICKY
                : type == STORM_OBJECT_FLOW ? STORM_TYPE_FLOW
                                            : STORM_TYPE_CONTEXT;
  StormObject *self = g_object_new (gtype, NULL);

  get_priv (self)->id = g_strdup (id);

  return self;
}

const char *
storm_object_get_id (StormObject *self)
{
  g_return_val_if_fail (STORM_IS_OBJECT (self), NULL);

  return get_priv (self)->id;
}

StormObjectType
storm_object_get_object_type (StormObject *self)
{
  g_return_val_if_fail (STORM_IS_OBJECT (self), STORM_OBJECT_BOARD);

  return STORM_OBJECT_GET_CLASS (self)->type;
}

const char *
storm_object_get_extra (StormObject *self)
{
  g_return_val_if_fail (STORM_IS_OBJECT (self), NULL);

  return get_priv (self)->extra;
}

GVariant *
storm_object_get_value (StormObject *self,
                        StormProp    prop)
{
  GVariant *value;

  g_return_val_if_fail (STORM_IS_OBJECT (self), NULL);
  g_return_val_if_fail ((STORM_OBJECT_GET_CLASS (self)->all_props & prop) == prop, NULL);

  if (prop == STORM_PROP_EXTRA)
    value = storm_text_to_variant (get_priv (self)->extra);
  else
    value = STORM_OBJECT_GET_CLASS (self)->get_value (self, prop);

  return g_variant_ref_sink (value);
}

StormProp
storm_object_get_props (StormObject *self)
{
  g_return_val_if_fail (STORM_IS_OBJECT (self), 0);

  return STORM_OBJECT_GET_CLASS (self)->all_props;
}

StormProp
storm_object_get_own_props (StormObject *self)
{
  StormProp props = STORM_OBJECT_GET_CLASS (self)->get_own_props (self);

  return get_priv (self)->extra != NULL ? props | STORM_PROP_EXTRA : props;
}

void
storm_object_set_value (StormObject      *self,
                        StormProp         prop,
                        const StormValue *value)
{
  g_assert ((STORM_OBJECT_GET_CLASS (self)->all_props & prop) == prop);

  get_priv (self)->stamp = new_stamp ();
  if (prop == STORM_PROP_EXTRA)
    storm_text_take (&get_priv (self)->extra, value->text);
  else
    STORM_OBJECT_GET_CLASS (self)->set_value (self, prop, value);
}

void
storm_object_notify (StormObject *self,
                     StormProp    props)
{
  StormObjectClass *klass = STORM_OBJECT_GET_CLASS (self);

  for (guint i = 0; props != 0; i++, props >>= 1)
    {
      if (props & 1)
        g_object_notify_by_pspec (G_OBJECT (self), klass->pspecs[i]);
    }
}

guint
storm_object_get_index (StormObject *self)
{
  return get_priv (self)->index;
}

void
storm_object_set_index (StormObject *self,
                        guint        index)
{
  get_priv (self)->index = index;
}

guint64
storm_object_get_stamp (StormObject *self)
{
  return get_priv (self)->stamp;
}

guint
storm_object_get_pending (StormObject *self)
{
  return get_priv (self)->pending;
}

void
storm_object_set_pending (StormObject *self,
                          guint        place)
{
  get_priv (self)->pending = place;
}
