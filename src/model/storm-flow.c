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
  StormPoint  *bends;
  guint        n_bends;
  gboolean     unchecked;
  gint64       target;
};

G_DEFINE_FINAL_TYPE (StormFlow, storm_flow, STORM_TYPE_OBJECT)

static void
take_bends (StormFlow *self,
            GVariant  *value)
{
  g_clear_pointer (&self->bends, g_free);
  self->n_bends = g_variant_n_children (value);
  if (self->n_bends > 0)
    self->bends = g_new (StormPoint, self->n_bends);
  for (guint i = 0; i < self->n_bends; i++)
    g_variant_get_child (value, i, "(dd)", &self->bends[i].x, &self->bends[i].y);
}

static void
storm_flow_set_value (StormObject      *object,
                      StormProp         prop,
                      const StormValue *value)
{
  StormFlow *self = STORM_FLOW (object);

  switch ((guint) prop)
    {
    case STORM_PROP_FROM:
      storm_text_take (&self->from, value->text);
      break;
    case STORM_PROP_TO:
      storm_text_take (&self->to, value->text);
      break;
    case STORM_PROP_LABEL:
      storm_text_take (&self->label, value->text);
      break;
    case STORM_PROP_BENDS:
      take_bends (self, value->variant);
      break;
    case STORM_PROP_TARGET:
      self->target = value->number;
      break;
    case STORM_PROP_UNCHECKED:
      self->unchecked = value->flag;
      break;
    default:
      g_assert_not_reached ();
    }
}

static StormProp
storm_flow_get_own_props (StormObject *object)
{
  StormFlow *self = STORM_FLOW (object);
  StormProp props = 0;

  props |= self->from != NULL ? STORM_PROP_FROM : 0;
  props |= self->to != NULL ? STORM_PROP_TO : 0;
  props |= self->label != NULL ? STORM_PROP_LABEL : 0;
  props |= self->n_bends > 0 ? STORM_PROP_BENDS : 0;
  props |= self->unchecked ? STORM_PROP_UNCHECKED : 0;
  props |= self->target != 0 ? STORM_PROP_TARGET : 0;

  return props;
}

static GVariant *
storm_flow_get_value (StormObject *object,
                      StormProp    prop)
{
  StormFlow *self = STORM_FLOW (object);

  switch ((guint) prop)
    {
    case STORM_PROP_FROM:
      return storm_text_to_variant (self->from);
    case STORM_PROP_TO:
      return storm_text_to_variant (self->to);
    case STORM_PROP_LABEL:
      return storm_text_to_variant (self->label);
    case STORM_PROP_BENDS:
      return storm_bends_to_variant (self->bends, self->n_bends);
    case STORM_PROP_TARGET:
      return g_variant_new_int64 (self->target);
    case STORM_PROP_UNCHECKED:
      return g_variant_new_boolean (self->unchecked);
    default:
      g_assert_not_reached ();
    }
}

static void
storm_flow_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  StormFlow *self = STORM_FLOW (object);

  switch (1u << (prop_id - 1))
    {
    case STORM_PROP_FROM:
      g_value_set_string (value, storm_text_show (self->from));
      break;
    case STORM_PROP_TO:
      g_value_set_string (value, storm_text_show (self->to));
      break;
    case STORM_PROP_LABEL:
      g_value_set_string (value, storm_text_show (self->label));
      break;
    case STORM_PROP_BENDS:
      g_value_take_variant (value, storm_object_get_value (STORM_OBJECT (self),
                                                           STORM_PROP_BENDS));
      break;
    case STORM_PROP_TARGET:
      g_value_set_int64 (value, self->target);
      break;
    case STORM_PROP_UNCHECKED:
      g_value_set_boolean (value, self->unchecked);
      break;
    case STORM_PROP_EXTRA:
      g_value_set_string (value, storm_object_get_extra (STORM_OBJECT (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
storm_flow_finalize (GObject *object)
{
  StormFlow *self = STORM_FLOW (object);

  g_free (self->from);
  g_free (self->to);
  g_free (self->label);
  g_free (self->bends);

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
  storm_class->get_own_props = storm_flow_get_own_props;

  storm_object_class_setup (storm_class, STORM_OBJECT_FLOW);
}

static void
storm_flow_init (StormFlow *self)
{
}

const char *
storm_flow_get_from (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), NULL);

  return storm_text_show (self->from);
}

const char *
storm_flow_get_to (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), NULL);

  return storm_text_show (self->to);
}

const char *
storm_flow_get_label (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), NULL);

  return storm_text_show (self->label);
}

const StormPoint *
storm_flow_get_bends (StormFlow *self,
                      guint     *n)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), NULL);
  g_return_val_if_fail (n != NULL, NULL);

  *n = self->n_bends;
  return self->bends;
}

gint64
storm_flow_get_target (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), 0);

  return self->target;
}

gboolean
storm_flow_get_unchecked (StormFlow *self)
{
  g_return_val_if_fail (STORM_IS_FLOW (self), FALSE);

  return self->unchecked;
}
