#include "config.h"

#include "storm-context.h"

#include "storm-object-private.h"
#include "storm-prop-private.h"

struct _StormContext
{
  StormObject  parent_instance;

  char        *title;
  StormRect    rect;
  gint64       z;
};

G_DEFINE_FINAL_TYPE (StormContext, storm_context, STORM_TYPE_OBJECT)

static void
storm_context_set_value (StormObject *object,
                         StormProp    prop,
                         GVariant    *value)
{
  StormContext *self = STORM_CONTEXT (object);

  if (prop == STORM_PROP_RECT)
    storm_rect_from_variant (&self->rect, value);
  else if (prop == STORM_PROP_Z)
    self->z = g_variant_get_int64 (value);
  else
    {
      g_free (self->title);
      self->title = g_variant_dup_string (value, NULL);
    }
}

static GVariant *
storm_context_get_value (StormObject *object,
                         StormProp    prop)
{
  StormContext *self = STORM_CONTEXT (object);

  if (prop == STORM_PROP_RECT)
    return storm_rect_to_variant (&self->rect);
  if (prop == STORM_PROP_Z)
    return g_variant_new_int64 (self->z);
  return storm_text_to_variant (self->title);
}

static void
storm_context_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StormContext *self = STORM_CONTEXT (object);
  StormProp prop = 1u << (prop_id - 1);

  if (prop == STORM_PROP_EXTRA)
    g_value_set_string (value, storm_object_get_extra (STORM_OBJECT (object)));
  else if (prop == STORM_PROP_RECT)
    g_value_set_boxed (value, &self->rect);
  else if (prop == STORM_PROP_Z)
    g_value_set_int64 (value, self->z);
  else
    g_value_set_string (value, self->title);
}

static void
storm_context_finalize (GObject *object)
{
  g_free (STORM_CONTEXT (object)->title);

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

  storm_object_class_setup (storm_class, STORM_OBJECT_CONTEXT);
}

static void
storm_context_init (StormContext *self)
{
  self->title = g_strdup ("");
  self->rect = (StormRect) { 0, 0, 480, 360 };
}

const char *
storm_context_get_title (StormContext *self)
{
  g_return_val_if_fail (STORM_IS_CONTEXT (self), NULL);

  return self->title;
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
