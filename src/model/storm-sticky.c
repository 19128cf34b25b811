#include "config.h"

#include "storm-sticky.h"

#include "storm-object-private.h"
#include "storm-prop-private.h"

struct _StormSticky
{
  StormObject      parent_instance;

  StormKind        kind;
  char            *title;
  char            *description;
  StormRect        rect;
  gint64           z;
  char            *context;
  GPtrArray       *fields;
  char           **aliases;
  char            *topic;
  StormEventClass  event_class;
  StormVisibility  visibility;
  char            *fail_of;
  char            *group;
  StormJoin        join;
  guint            locked : 1;
  guint            pivotal : 1;
};

G_DEFINE_FINAL_TYPE (StormSticky, storm_sticky, STORM_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (StormEventClass, storm_event_class,
  G_DEFINE_ENUM_VALUE (STORM_EVENT_CLASS_UNSET, "unset"),
  G_DEFINE_ENUM_VALUE (STORM_EVENT_CLASS_NOTIFICATION, "notification"),
  G_DEFINE_ENUM_VALUE (STORM_EVENT_CLASS_STATE_TRANSFER, "state-transfer"),
  G_DEFINE_ENUM_VALUE (STORM_EVENT_CLASS_DOMAIN, "domain"))

G_DEFINE_ENUM_TYPE (StormVisibility, storm_visibility,
  G_DEFINE_ENUM_VALUE (STORM_VISIBILITY_UNSET, "unset"),
  G_DEFINE_ENUM_VALUE (STORM_VISIBILITY_PUBLIC, "public"),
  G_DEFINE_ENUM_VALUE (STORM_VISIBILITY_PRIVATE, "private"))

G_DEFINE_ENUM_TYPE (StormJoin, storm_join,
  G_DEFINE_ENUM_VALUE (STORM_JOIN_ANY, "any"),
  G_DEFINE_ENUM_VALUE (STORM_JOIN_ALL, "all"))

static const char * const event_class_nicks[] = {
  NULL, "notification", "state-transfer", "domain"
};
static const char * const visibility_nicks[] = { NULL, "public", "private" };
static const char * const join_nicks[] = { NULL, "all" };

/* What a sticky without fields answers; never changed, since nobody may change what a getter
 * returns. */
static GPtrArray *
no_fields (void)
{
  static GPtrArray *empty;

  /* Boards are read in threads too. */
  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty, g_ptr_array_new ());

  return empty;
}

static void
take_fields (StormSticky *self,
             GVariant    *value)
{
  GVariantIter iter;
  const char *name, *type, *extra;
  gboolean key, correlation;

  /* A new array: somebody may hold a reference to the old one. */
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  if (g_variant_n_children (value) == 0)
    return;

  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&sbb&s)", &name, &type, &key, &correlation, &extra))
    g_ptr_array_add (self->fields, storm_field_new (name, type, key, correlation, extra));
}

static GVariant *
fields_to_variant (StormSticky *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssbbs)"));
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    {
      StormField *field = g_ptr_array_index (self->fields, i);

      g_variant_builder_add (&builder, "(ssbbs)", field->name, field->type, field->key,
                             field->correlation, field->extra != NULL ? field->extra : "");
    }

  return g_variant_builder_end (&builder);
}

static void
take_aliases (StormSticky *self,
              GVariant    *value)
{
  g_clear_pointer (&self->aliases, g_strfreev);
  if (g_variant_n_children (value) > 0)
    self->aliases = g_variant_dup_strv (value, NULL);
}

static void
storm_sticky_set_value (StormObject      *object,
                        StormProp         prop,
                        const StormValue *value)
{
  StormSticky *self = STORM_STICKY (object);

  switch ((guint) prop)
    {
    case STORM_PROP_TITLE:
      storm_text_take (&self->title, value->text);
      break;
    case STORM_PROP_DESCRIPTION:
      storm_text_take (&self->description, value->text);
      break;
    case STORM_PROP_RECT:
      self->rect = value->rect;
      break;
    case STORM_PROP_Z:
      self->z = value->number;
      break;
    case STORM_PROP_KIND:
      storm_kind_from_nick (value->text, &self->kind);
      break;
    case STORM_PROP_CONTEXT:
      storm_text_take (&self->context, value->text);
      break;
    case STORM_PROP_FIELDS:
      take_fields (self, value->variant);
      break;
    case STORM_PROP_ALIASES:
      take_aliases (self, value->variant);
      break;
    case STORM_PROP_TOPIC:
      storm_text_take (&self->topic, value->text);
      break;
    case STORM_PROP_EVENT_CLASS:
      self->event_class = STORM_EVENT_CLASS_UNSET;
      storm_event_class_from_nick (value->text, &self->event_class);
      break;
    case STORM_PROP_VISIBILITY:
      self->visibility = STORM_VISIBILITY_UNSET;
      storm_visibility_from_nick (value->text, &self->visibility);
      break;
    case STORM_PROP_FAIL_OF:
      storm_text_take (&self->fail_of, value->text);
      break;
    case STORM_PROP_LOCKED:
      self->locked = value->flag != FALSE;
      break;
    case STORM_PROP_GROUP:
      storm_text_take (&self->group, value->text);
      break;
    case STORM_PROP_PIVOTAL:
      self->pivotal = value->flag != FALSE;
      break;
    case STORM_PROP_JOIN:
      self->join = STORM_JOIN_ANY;
      storm_join_from_nick (value->text, &self->join);
      break;
    default:
      g_assert_not_reached ();
    }
}

static GVariant *
storm_sticky_get_value (StormObject *object,
                        StormProp    prop)
{
  StormSticky *self = STORM_STICKY (object);
  const char * const none[] = { NULL };

  switch ((guint) prop)
    {
    case STORM_PROP_TITLE:
      return storm_text_to_variant (self->title);
    case STORM_PROP_DESCRIPTION:
      return storm_text_to_variant (self->description);
    case STORM_PROP_RECT:
      return storm_rect_to_variant (&self->rect);
    case STORM_PROP_Z:
      return g_variant_new_int64 (self->z);
    case STORM_PROP_KIND:
      return storm_text_to_variant (storm_kind_info (self->kind)->nick);
    case STORM_PROP_CONTEXT:
      return storm_text_to_variant (self->context);
    case STORM_PROP_FIELDS:
      return fields_to_variant (self);
    case STORM_PROP_ALIASES:
      return g_variant_new_strv (self->aliases != NULL ? (const char * const *) self->aliases
                                                       : none, -1);
    case STORM_PROP_TOPIC:
      return storm_text_to_variant (self->topic);
    case STORM_PROP_EVENT_CLASS:
      return storm_text_to_variant (storm_event_class_nick (self->event_class));
    case STORM_PROP_VISIBILITY:
      return storm_text_to_variant (storm_visibility_nick (self->visibility));
    case STORM_PROP_FAIL_OF:
      return storm_text_to_variant (self->fail_of);
    case STORM_PROP_LOCKED:
      return g_variant_new_boolean (self->locked);
    case STORM_PROP_GROUP:
      return storm_text_to_variant (self->group);
    case STORM_PROP_PIVOTAL:
      return g_variant_new_boolean (self->pivotal);
    case STORM_PROP_JOIN:
      return storm_text_to_variant (storm_join_nick (self->join));
    default:
      g_assert_not_reached ();
    }
}

static StormProp
storm_sticky_get_own_props (StormObject *object)
{
  StormSticky *self = STORM_STICKY (object);
  StormProp props = STORM_PROP_RECT | STORM_PROP_KIND;

  props |= self->title != NULL ? STORM_PROP_TITLE : 0;
  props |= self->description != NULL ? STORM_PROP_DESCRIPTION : 0;
  props |= self->topic != NULL ? STORM_PROP_TOPIC : 0;
  props |= self->z != 0 ? STORM_PROP_Z : 0;
  props |= self->context != NULL ? STORM_PROP_CONTEXT : 0;
  props |= self->fields != NULL ? STORM_PROP_FIELDS : 0;
  props |= self->aliases != NULL ? STORM_PROP_ALIASES : 0;
  props |= self->event_class != STORM_EVENT_CLASS_UNSET ? STORM_PROP_EVENT_CLASS : 0;
  props |= self->visibility != STORM_VISIBILITY_UNSET ? STORM_PROP_VISIBILITY : 0;
  props |= self->fail_of != NULL ? STORM_PROP_FAIL_OF : 0;
  props |= self->group != NULL ? STORM_PROP_GROUP : 0;
  props |= self->join != STORM_JOIN_ANY ? STORM_PROP_JOIN : 0;
  props |= self->locked ? STORM_PROP_LOCKED : 0;
  props |= self->pivotal ? STORM_PROP_PIVOTAL : 0;

  return props;
}

static void
storm_sticky_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StormSticky *self = STORM_STICKY (object);

  switch (1u << (prop_id - 1))
    {
    case STORM_PROP_TITLE:
      g_value_set_string (value, storm_text_show (self->title));
      break;
    case STORM_PROP_DESCRIPTION:
      g_value_set_string (value, storm_text_show (self->description));
      break;
    case STORM_PROP_RECT:
      g_value_set_boxed (value, &self->rect);
      break;
    case STORM_PROP_Z:
      g_value_set_int64 (value, self->z);
      break;
    case STORM_PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case STORM_PROP_CONTEXT:
      g_value_set_string (value, self->context);
      break;
    case STORM_PROP_FIELDS:
      g_value_set_boxed (value, storm_sticky_get_fields (self));
      break;
    case STORM_PROP_ALIASES:
      g_value_set_boxed (value, self->aliases);
      break;
    case STORM_PROP_TOPIC:
      g_value_set_string (value, storm_text_show (self->topic));
      break;
    case STORM_PROP_EVENT_CLASS:
      g_value_set_enum (value, self->event_class);
      break;
    case STORM_PROP_VISIBILITY:
      g_value_set_enum (value, self->visibility);
      break;
    case STORM_PROP_FAIL_OF:
      g_value_set_string (value, self->fail_of);
      break;
    case STORM_PROP_LOCKED:
      g_value_set_boolean (value, self->locked);
      break;
    case STORM_PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    case STORM_PROP_PIVOTAL:
      g_value_set_boolean (value, storm_sticky_get_pivotal (self));
      break;
    case STORM_PROP_JOIN:
      g_value_set_enum (value, self->join);
      break;
    case STORM_PROP_EXTRA:
      g_value_set_string (value, storm_object_get_extra (STORM_OBJECT (self)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
storm_sticky_finalize (GObject *object)
{
  StormSticky *self = STORM_STICKY (object);

  g_free (self->title);
  g_free (self->description);
  g_free (self->context);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_strfreev (self->aliases);
  g_free (self->topic);
  g_free (self->fail_of);
  g_free (self->group);

  G_OBJECT_CLASS (storm_sticky_parent_class)->finalize (object);
}

static void
storm_sticky_class_init (StormStickyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  StormObjectClass *storm_class = STORM_OBJECT_CLASS (klass);

  object_class->finalize = storm_sticky_finalize;
  object_class->get_property = storm_sticky_get_property;
  storm_class->set_value = storm_sticky_set_value;
  storm_class->get_value = storm_sticky_get_value;
  storm_class->get_own_props = storm_sticky_get_own_props;

  storm_object_class_setup (storm_class, STORM_OBJECT_STICKY);
}

static void
storm_sticky_init (StormSticky *self)
{
  const StormKindInfo *info = storm_kind_info (STORM_KIND_NOTE);

  self->kind = STORM_KIND_NOTE;
  self->rect = (StormRect) { 0, 0, info->width, info->height };
}

StormKind
storm_sticky_get_kind (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), STORM_KIND_NOTE);

  return self->kind;
}

const char *
storm_sticky_get_title (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return storm_text_show (self->title);
}

const char *
storm_sticky_get_description (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return storm_text_show (self->description);
}

const StormRect *
storm_sticky_get_rect (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return &self->rect;
}

gint64
storm_sticky_get_z (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), 0);

  return self->z;
}

const char *
storm_sticky_get_context (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return self->context;
}

GPtrArray *
storm_sticky_get_fields (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return self->fields != NULL ? self->fields : no_fields ();
}

const char * const *
storm_sticky_get_aliases (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return (const char * const *) self->aliases;
}

const char *
storm_sticky_get_topic (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return storm_text_show (self->topic);
}

StormEventClass
storm_sticky_get_event_class (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), STORM_EVENT_CLASS_UNSET);

  return self->event_class;
}

StormVisibility
storm_sticky_get_visibility (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), STORM_VISIBILITY_UNSET);

  return self->visibility;
}

const char *
storm_sticky_get_fail_of (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return self->fail_of;
}

gboolean
storm_sticky_get_locked (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), FALSE);

  return self->locked;
}

const char *
storm_sticky_get_group (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), NULL);

  return self->group;
}

gboolean
storm_sticky_get_pivotal (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), FALSE);

  return self->pivotal && self->kind == STORM_KIND_EVENT;
}

gboolean
storm_sticky_is_marked_pivotal (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), FALSE);

  return self->pivotal;
}

StormJoin
storm_sticky_get_join (StormSticky *self)
{
  g_return_val_if_fail (STORM_IS_STICKY (self), STORM_JOIN_ANY);

  return self->join;
}

static gboolean
index_of_nick (const char * const *nicks,
               guint               n_nicks,
               const char         *nick,
               guint              *out)
{
  for (guint i = 1; nick != NULL && i < n_nicks; i++)
    {
      if (g_str_equal (nicks[i], nick))
        {
          *out = i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
storm_event_class_nick (StormEventClass event_class)
{
  g_return_val_if_fail ((guint) event_class < G_N_ELEMENTS (event_class_nicks), NULL);

  return event_class_nicks[event_class];
}

gboolean
storm_event_class_from_nick (const char      *nick,
                             StormEventClass *out)
{
  guint i;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!index_of_nick (event_class_nicks, G_N_ELEMENTS (event_class_nicks), nick, &i))
    return FALSE;

  *out = (StormEventClass) i;
  return TRUE;
}

const char *
storm_visibility_nick (StormVisibility visibility)
{
  g_return_val_if_fail ((guint) visibility < G_N_ELEMENTS (visibility_nicks), NULL);

  return visibility_nicks[visibility];
}

gboolean
storm_visibility_from_nick (const char      *nick,
                            StormVisibility *out)
{
  guint i;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!index_of_nick (visibility_nicks, G_N_ELEMENTS (visibility_nicks), nick, &i))
    return FALSE;

  *out = (StormVisibility) i;
  return TRUE;
}

const char *
storm_join_nick (StormJoin join)
{
  g_return_val_if_fail ((guint) join < G_N_ELEMENTS (join_nicks), NULL);

  return join_nicks[join];
}

gboolean
storm_join_from_nick (const char *nick,
                      StormJoin  *out)
{
  guint i;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!index_of_nick (join_nicks, G_N_ELEMENTS (join_nicks), nick, &i))
    return FALSE;

  *out = (StormJoin) i;
  return TRUE;
}
