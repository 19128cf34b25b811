#include "config.h"

#include "storm-flow.h"

#include "storm-object-private.h"
#include "storm-prop-private.h"

struct _StormFlow
{
  StormObject  parent_instance;

  char        *from;
  char        *to;
  char        *label;
};

G_DEFINE_FINAL_TYPE (StormFlow, storm_flow, STORM_TYPE_OBJECT)

static char **
text_of (StormFlow *self,
         StormProp  prop)
{
  return prop == STORM_PROP_FROM ? &self->from
         : prop == STORM_PROP_TO ? &self->to
                                 : &self->label;
}

static void
storm_flow_set_value (StormObject *object,
                      StormProp    prop,
                      GVariant    *value)
{
  char **text = text_of (STORM_FLOW (object), prop);

  g_free (*text);
  *text = g_variant_dup_string (value, NULL);
}

static GVariant *
storm_flow_get_value (StormObject *object,
                      StormProp    prop)
{
  return storm_text_to_variant (*text_of (STORM_FLOW (object), prop));
}

static void
storm_flow_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  StormProp prop = 1u << (prop_id - 1);

  if (prop == STORM_PROP_EXTRA)
    g_value_set_string (value, storm_object_get_extra (STORM_OBJECT (object)));
  else
    g_value_set_string (value, *text_of (STORM_FLOW (object), prop));
}

static void
storm_flow_finalize (GObject *object)
{
  StormFlow *self = STORM_FLOW (object);

  g_free (self->from);
  g_free (self->to);
  g_free (self->label);

  G_OBJECT_CLASS (storm_flow_parent_class)->finalize (object);
}

static void
storm_flow_class_init (StormFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  StormObjectClass *storm_class = STORM_OBJECT_CLASS (klass);

  object_class->finalize = storm_flow_finalize;
  object_class->get_property = storm_flow_get_property;
  storm_class->set_value = storm_flow_set_value;
  storm_class->get_value = storm_flow_get_value;

  storm_object_class_setup (storm_class, STORM_OBJECT_FLOW);
}

static void
storm_flow_init (StormFlow *self)
{
  self->from = g_strdup ("");
  self->to = g_strdup ("");
  self->label = g_strdup ("");
}

const char *
storm_flow_get_from (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), NULL);

  return self->from;
}

const char *
storm_flow_get_to (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), NULL);

  return self->to;
}

const char *
storm_flow_get_label (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), NULL);

  return self->label;
}
