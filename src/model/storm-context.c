#include "config.h"

#include "storm-context.h"

#include "storm-object-private.h"
#include "storm-prop-private.h"

struct _StormContext
{
  StormObject       parent_instance;

  char             *title;
  StormRect         rect;
  gint64            z;
  StormContextKind  kind;
  char             *parent;
  guint             locked : 1;
  guint             collapsed : 1;
};

G_DEFINE_FINAL_TYPE (StormContext, storm_context, STORM_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (StormContextKind, storm_context_kind,
  G_DEFINE_ENUM_VALUE (STORM_CONTEXT_BOUNDED, "bounded"),
  G_DEFINE_ENUM_VALUE (STORM_CONTEXT_SWIMLANE, "swimlane"))

static void
storm_context_set_value (StormObject      *object,
                         StormProp         prop,
                         const StormValue *value)
{
  StormContext *self = STORM_CONTEXT (object);

  switch ((guint) prop)
    {
    case STORM_PROP_TITLE:
      storm_text_take (&self->title, value->text);
      break;
    case STORM_PROP_RECT:
      self->rect = value->rect;
      break;
    case STORM_PROP_Z:
      self->z = value->number;
      break;
    case STORM_PROP_CONTEXT_KIND:
      self->kind = STORM_CONTEXT_BOUNDED;
      storm_context_kind_from_nick (value->text, &self->kind);
      break;
    case STORM_PROP_PARENT:
      storm_text_take (&self->parent, value->text);
      break;
    case STORM_PROP_LOCKED:
      self->locked = value->flag != FALSE;
      break;
    case STORM_PROP_COLLAPSED:
      self->collapsed = value->flag != FALSE;
      break;
    default:
      g_assert_not_reached ();
    }
}

static StormProp
storm_context_get_own_props (StormObject *object)
{
  StormContext *self = STORM_CONTEXT (object);
  StormProp props = STORM_PROP_RECT;

  props |= self->title != NULL ? STORM_PROP_TITLE : 0;
  props |= self->z != 0 ? STORM_PROP_Z : 0;
  props |= self->kind != STORM_CONTEXT_BOUNDED ? STORM_PROP_CONTEXT_KIND : 0;
  props |= self->parent != NULL ? STORM_PROP_PARENT : 0;
  props |= self->locked ? STORM_PROP_LOCKED : 0;
  props |= self->collapsed ? STORM_PROP_COLLAPSED : 0;

  return props;
}

static GVariant *
storm_context_get_value (StormObject *object,
                         StormProp    prop)
{
  StormContext *self = STORM_CONTEXT (object);

  switch ((guint) prop)
    {
    case STORM_PROP_TITLE:
      return storm_text_to_variant (self->title);
    case STORM_PROP_RECT:
      return storm_rect_to_variant (&self->rect);
    case STORM_PROP_Z:
      return g_variant_new_int64 (self->z);
    case STORM_PROP_CONTEXT_KIND:
      return storm_text_to_variant (storm_context_kind_nick (self->kind));
    case STORM_PROP_PARENT:
      return storm_text_to_variant (self->parent);
    case STORM_PROP_LOCKED:
      return g_variant_new_boolean (self->locked);
    case STORM_PROP_COLLAPSED:
      return g_variant_new_boolean (self->collapsed);
    default:
      g_assert_not_reached ();
    }
}

static void
storm_context_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StormContext *self = STORM_CONTEXT (object);

  switch (1u << (prop_id - 1))
    {
    case STORM_PROP_TITLE:
      g_value_set_string (value, storm_text_show (self->title));
      break;
    case STORM_PROP_RECT:
      g_value_set_boxed (value, &self->rect);
      break;
    case STORM_PROP_Z:
      g_value_set_int64 (value, self->z);
      break;
    case STORM_PROP_CONTEXT_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case STORM_PROP_PARENT:
      g_value_set_string (value, self->parent);
      break;
    case STORM_PROP_LOCKED:
      g_value_set_boolean (value, self->locked);
      break;
    case STORM_PROP_COLLAPSED:
      g_value_set_boolean (value, self->collapsed);
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
storm_context_finalize (GObject *object)
{
  StormContext *self = STORM_CONTEXT (object);

  g_free (self->title);
  g_free (self->parent);

  G_OBJECT_CLASS (storm_context_parent_class)->finalize (object);
}

static void
storm_context_class_init (StormContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  StormObjectClass *storm_class = STORM_OBJECT_CLASS (klass);

  object_class->finalize = storm_context_finalize;
  object_class->get_property = storm_context_get_property;
  storm_class->set_value = storm_context_set_value;
  storm_class->get_value = storm_context_get_value;
  storm_class->get_own_props = storm_context_get_own_props;

  storm_object_class_setup (storm_class, STORM_OBJECT_CONTEXT);
}

static void
storm_context_init (StormContext *self)
{
  self->rect = (StormRect) { 0, 0, 480, 360 };
}

const char *
storm_context_get_title (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), NULL);

  return storm_text_show (self->title);
}

const StormRect *
storm_context_get_rect (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), NULL);

  return &self->rect;
}

gint64
storm_context_get_z (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), 0);

  return self->z;
}

StormContextKind
storm_context_get_kind (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), STORM_CONTEXT_BOUNDED);

  return self->kind;
}

const char *
storm_context_get_parent (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), NULL);

  return self->parent;
}

gboolean
storm_context_get_locked (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), FALSE);

  return self->locked;
}

gboolean
storm_context_get_collapsed (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), FALSE);

  return self->collapsed;
}

const char *
storm_context_kind_nick (StormContextKind kind)
{
  return kind == STORM_CONTEXT_SWIMLANE ? "swimlane" : NULL;
}

gboolean
storm_context_kind_from_nick (const char       *nick,
                              StormContextKind *out)
{
  g_return_val_if_fail (out != NULL, FALSE);

  if (g_strcmp0 (nick, "swimlane") != 0)
    return FALSE;

  *out = STORM_CONTEXT_SWIMLANE;
  return TRUE;
}
