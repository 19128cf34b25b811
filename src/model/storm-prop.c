#include "config.h"

#include "storm-prop-private.h"

#include "storm-board.h"
#include "storm-error.h"
#include "storm-id.h"
#include "storm-json.h"
#include "storm-sticky.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What a value may be; together with the GVariant type this is all that is to be checked. */
typedef enum
{
  VALUE_TITLE,
  VALUE_TEXT,
  VALUE_JSON,
  VALUE_RECT,
  VALUE_Z,
  VALUE_KIND,
  VALUE_EVENT_CLASS,
  VALUE_VISIBILITY,
  VALUE_ID,
  VALUE_OPTIONAL_ID,
  VALUE_FIELDS,
  VALUE_ALIASES,
  VALUE_FLAG,
  VALUE_JOIN,
  VALUE_CONTEXT_KIND,
  VALUE_BENDS,
  VALUE_TARGET,
} ValueKind;

typedef struct
{
  const char *nick;
  const char *type;
  ValueKind   value;
} PropInfo;

static const PropInfo infos[STORM_N_PROPS] = {
  { "title", "s", VALUE_TITLE },
  { "description", "s", VALUE_TEXT },
  { "rect", "(dddd)", VALUE_RECT },
  { "z", "x", VALUE_Z },
  { "kind", "s", VALUE_KIND },
  { "context", "s", VALUE_OPTIONAL_ID },
  { "fields", "a(ssbbs)", VALUE_FIELDS },
  { "aliases", "as", VALUE_ALIASES },
  { "topic", "s", VALUE_TITLE },
  { "event-class", "s", VALUE_EVENT_CLASS },
  { "visibility", "s", VALUE_VISIBILITY },
  { "fail-of", "s", VALUE_OPTIONAL_ID },
  { "from", "s", VALUE_ID },
  { "to", "s", VALUE_ID },
  { "label", "s", VALUE_TITLE },
  { "mapping", "s", VALUE_JSON },
  { "extra", "s", VALUE_JSON },
  { "locked", "b", VALUE_FLAG },
  { "group", "s", VALUE_OPTIONAL_ID },
  { "pivotal", "b", VALUE_FLAG },
  { "join", "s", VALUE_JOIN },
  { "context-kind", "s", VALUE_CONTEXT_KIND },
  { "parent", "s", VALUE_OPTIONAL_ID },
  { "collapsed", "b", VALUE_FLAG },
  { "bends", "a(dd)", VALUE_BENDS },
  { "target", "x", VALUE_TARGET },
  { "unchecked", "b", VALUE_FLAG },
};

guint
storm_prop_index (StormProp prop)
{
  int bit = g_bit_nth_lsf (prop, -1);

  g_assert (bit >= 0 && bit < STORM_N_PROPS && prop == 1u << bit);

  return (guint) bit;
}

const char *
storm_prop_nick (StormProp prop)
{
  return infos[storm_prop_index (prop)].nick;
}

gboolean
storm_prop_from_nick (const char *nick,
                      StormProp  *out)
{
  g_return_val_if_fail (out != NULL, FALSE);

  for (guint i = 0; nick != NULL && i < STORM_N_PROPS; i++)
    {
      if (g_str_equal (infos[i].nick, nick))
        {
          *out = 1u << i;
          return TRUE;
        }
    }

  return FALSE;
}

StormProp
storm_prop_props_of (StormObjectType type)
{
  switch (type)
    {
    case STORM_OBJECT_BOARD:
      return STORM_PROP_TITLE | STORM_PROP_MAPPING | STORM_PROP_EXTRA;
    case STORM_OBJECT_STICKY:
      return STORM_PROP_TITLE | STORM_PROP_DESCRIPTION | STORM_PROP_RECT | STORM_PROP_Z |
             STORM_PROP_KIND | STORM_PROP_CONTEXT | STORM_PROP_FIELDS | STORM_PROP_ALIASES |
             STORM_PROP_TOPIC | STORM_PROP_EVENT_CLASS | STORM_PROP_VISIBILITY |
             STORM_PROP_FAIL_OF | STORM_PROP_EXTRA | STORM_PROP_LOCKED | STORM_PROP_GROUP |
             STORM_PROP_PIVOTAL | STORM_PROP_JOIN;
    case STORM_OBJECT_FLOW:
      return STORM_PROP_FROM | STORM_PROP_TO | STORM_PROP_LABEL | STORM_PROP_EXTRA |
             STORM_PROP_BENDS | STORM_PROP_TARGET | STORM_PROP_UNCHECKED;
    case STORM_OBJECT_CONTEXT:
      return STORM_PROP_TITLE | STORM_PROP_RECT | STORM_PROP_Z | STORM_PROP_EXTRA |
             STORM_PROP_LOCKED | STORM_PROP_CONTEXT_KIND | STORM_PROP_PARENT |
             STORM_PROP_COLLAPSED;
    default:
      return 0;
    }
}

GParamSpec *
storm_prop_new_pspec (StormProp prop)
{
  const PropInfo *info = &infos[storm_prop_index (prop)];
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  switch (info->value)
    {
    case VALUE_RECT:
      return g_param_spec_boxed (info->nick, NULL, NULL, STORM_TYPE_RECT, flags);
    case VALUE_Z:
      return g_param_spec_int64 (info->nick, NULL, NULL, -STORM_Z_MAX, STORM_Z_MAX, 0, flags);
    case VALUE_KIND:
      return g_param_spec_enum (info->nick, NULL, NULL, STORM_TYPE_KIND, STORM_KIND_NOTE, flags);
    case VALUE_EVENT_CLASS:
      return g_param_spec_enum (info->nick, NULL, NULL, STORM_TYPE_EVENT_CLASS,
                                STORM_EVENT_CLASS_UNSET, flags);
    case VALUE_VISIBILITY:
      return g_param_spec_enum (info->nick, NULL, NULL, STORM_TYPE_VISIBILITY,
                                STORM_VISIBILITY_UNSET, flags);
    case VALUE_FIELDS:
      return g_param_spec_boxed (info->nick, NULL, NULL, G_TYPE_PTR_ARRAY, flags);
    case VALUE_ALIASES:
      return g_param_spec_boxed (info->nick, NULL, NULL, G_TYPE_STRV, flags);
    case VALUE_FLAG:
      return g_param_spec_boolean (info->nick, NULL, NULL, FALSE, flags);
    case VALUE_JOIN:
      return g_param_spec_enum (info->nick, NULL, NULL, STORM_TYPE_JOIN, STORM_JOIN_ANY, flags);
    case VALUE_CONTEXT_KIND:
      return g_param_spec_enum (info->nick, NULL, NULL, STORM_TYPE_CONTEXT_KIND,
                                STORM_CONTEXT_BOUNDED, flags);
    case VALUE_BENDS:
      return g_param_spec_variant (info->nick, NULL, NULL, G_VARIANT_TYPE (info->type), NULL,
                                   flags);
    case VALUE_TARGET:
      return g_param_spec_int64 (info->nick, NULL, NULL, 0, STORM_FLOW_MAX_TARGET, 0, flags);
    case VALUE_TITLE:
    case VALUE_TEXT:
    case VALUE_JSON:
    case VALUE_ID:
    case VALUE_OPTIONAL_ID:
    default:
      return g_param_spec_string (info->nick, NULL, NULL, NULL, flags);
    }
}

static gboolean
refuse (const char  *nick,
        GError     **error)
{
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("The board can't take the new value of “%s”: it breaks the rules of a board."),
               nick);
  return FALSE;
}

static gboolean
check_length (const char  *nick,
              const char  *text,
              gsize        max,
              GError     **error)
{
  if (strlen (text) <= max)
    return TRUE;

  g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
               _("The text of “%s” is longer than %u KiB, which is the most that a board "
                 "takes."), nick, (guint) (max / 1024));
  return FALSE;
}

/* Stored as text and written back into the text form as it is, so it must be an object. */
static gboolean
check_json (const char  *nick,
            const char  *text,
            GError     **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (*text == '\0')
    return TRUE;
  if (!check_length (nick, text, STORM_TEXT_MAX_BYTES, error))
    return FALSE;

  node = storm_json_parse (text, strlen (text), nick, error);
  if (node == NULL)
    return FALSE;

  return JSON_NODE_HOLDS_OBJECT (node) || refuse (nick, error);
}

static gboolean
check_size (const char  *nick,
            GVariant    *value,
            GError     **error)
{
  if (g_variant_get_size (value) <= STORM_TEXT_MAX_BYTES)
    return TRUE;

  g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
               _("“%s” holds more than %u KiB, which is the most that a board takes."),
               nick, (guint) (STORM_TEXT_MAX_BYTES / 1024));
  return FALSE;
}

static gboolean
check_fields (const char  *nick,
              GVariant    *value,
              GError     **error)
{
  GVariantIter iter;
  const char *name, *type, *extra;
  gboolean key, correlation;

  if (!check_size (nick, value, error))
    return FALSE;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&sbb&s)", &name, &type, &key, &correlation, &extra))
    {
      if (!check_length (nick, name, STORM_TITLE_MAX_BYTES, error) ||
          !check_length (nick, type, STORM_TITLE_MAX_BYTES, error) ||
          !check_json (nick, extra, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_aliases (const char  *nick,
               GVariant    *value,
               GError     **error)
{
  GVariantIter iter;
  const char *alias;

  if (!check_size (nick, value, error))
    return FALSE;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "&s", &alias))
    {
      if (!check_length (nick, alias, STORM_TITLE_MAX_BYTES, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_bends (const char  *nick,
             GVariant    *value,
             GError     **error)
{
  GVariantIter iter;
  double x, y;

  if (g_variant_n_children (value) > STORM_FLOW_MAX_BENDS)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("A flow can be led through %d points at most."), STORM_FLOW_MAX_BENDS);
      return FALSE;
    }

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(dd)", &x, &y))
    {
      /* Not a number is on neither side of anything. */
      if (!(fabs (x) <= STORM_COORD_MAX && fabs (y) <= STORM_COORD_MAX))
        return refuse (nick, error);
    }

  return TRUE;
}

/* In whole microseconds: over ten years, that is what the text form can say in seconds. */
static gboolean
check_target (gint64   target,
              GError **error)
{
  if (target >= 0 && target <= STORM_FLOW_MAX_TARGET && target % 1000 == 0)
    return TRUE;

  g_set_error_literal (error, STORM_ERROR, STORM_ERROR_INVALID,
                       _("A step can be given from one microsecond to ten years, in whole "
                         "microseconds."));
  return FALSE;
}

static gboolean
check_word (ValueKind   value,
            const char *word)
{
  StormKind kind;
  StormEventClass event_class;
  StormVisibility visibility;
  StormJoin join;
  StormContextKind context_kind;

  if (value == VALUE_KIND)
    return storm_kind_from_nick (word, &kind);
  if (*word == '\0')
    return TRUE;
  if (value == VALUE_EVENT_CLASS)
    return storm_event_class_from_nick (word, &event_class);
  if (value == VALUE_JOIN)
    return storm_join_from_nick (word, &join);
  if (value == VALUE_CONTEXT_KIND)
    return storm_context_kind_from_nick (word, &context_kind);
  return storm_visibility_from_nick (word, &visibility);
}

static gboolean
check_value (const PropInfo    *info,
             const StormValue  *value,
             GError           **error)
{
  switch (info->value)
    {
    case VALUE_RECT:
      if (storm_rect_is_valid (&value->rect))
        return TRUE;
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The place lies outside the board, which reaches %d units to each side."),
                   (int) STORM_COORD_MAX);
      return FALSE;
    case VALUE_Z:
      return (value->number >= -STORM_Z_MAX && value->number <= STORM_Z_MAX) ||
             refuse (info->nick, error);
    case VALUE_FIELDS:
      return check_fields (info->nick, value->variant, error);
    case VALUE_ALIASES:
      return check_aliases (info->nick, value->variant, error);
    case VALUE_FLAG:
      return TRUE;
    case VALUE_BENDS:
      return check_bends (info->nick, value->variant, error);
    case VALUE_TARGET:
      return check_target (value->number, error);
    case VALUE_TITLE:
      return check_length (info->nick, value->text, STORM_TITLE_MAX_BYTES, error);
    case VALUE_TEXT:
      return check_length (info->nick, value->text, STORM_TEXT_MAX_BYTES, error);
    case VALUE_JSON:
      return check_json (info->nick, value->text, error);
    case VALUE_OPTIONAL_ID:
      return *value->text == '\0' || storm_id_is_valid (value->text) || refuse (info->nick, error);
    case VALUE_ID:
      return storm_id_is_valid (value->text) || refuse (info->nick, error);
    case VALUE_JOIN:
    case VALUE_CONTEXT_KIND:
    case VALUE_KIND:
    case VALUE_EVENT_CLASS:
    case VALUE_VISIBILITY:
    default:
      return check_word (info->value, value->text) || refuse (info->nick, error);
    }
}

gboolean
storm_prop_check_value (StormObjectType    type,
                        StormProp          prop,
                        const StormValue  *value,
                        GError           **error)
{
  const PropInfo *info = &infos[storm_prop_index (prop)];

  if ((storm_prop_props_of (type) & prop) == 0)
    return refuse (info->nick, error);

  return check_value (info, value, error);
}

gboolean
storm_prop_check (StormObjectType   type,
                  StormProp         prop,
                  GVariant         *value,
                  GError          **error)
{
  const PropInfo *info = &infos[storm_prop_index (prop)];
  StormValue read;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (info->type)))
    return refuse (info->nick, error);

  read = storm_value_from_variant (prop, value);
  return storm_prop_check_value (type, prop, &read, error);
}

StormValue
storm_value_from_variant (StormProp  prop,
                          GVariant  *variant)
{
  const PropInfo *info = &infos[storm_prop_index (prop)];
  StormValue value;

  switch (info->value)
    {
    case VALUE_RECT:
      g_assert (g_variant_get_size (variant) == 4 * sizeof (double));
      memcpy (&value.rect, g_variant_get_data (variant), 4 * sizeof (double));
      break;
    case VALUE_Z:
    case VALUE_TARGET:
      value.number = g_variant_get_int64 (variant);
      break;
    case VALUE_FLAG:
      value.flag = g_variant_get_boolean (variant);
      break;
    case VALUE_FIELDS:
    case VALUE_ALIASES:
    case VALUE_BENDS:
      value.variant = variant;
      break;
    case VALUE_TITLE:
    case VALUE_TEXT:
    case VALUE_JSON:
    case VALUE_KIND:
    case VALUE_EVENT_CLASS:
    case VALUE_VISIBILITY:
    case VALUE_ID:
    case VALUE_OPTIONAL_ID:
    case VALUE_JOIN:
    case VALUE_CONTEXT_KIND:
    default:
      value.text = g_variant_get_string (variant, NULL);
      break;
    }

  return value;
}

gboolean
storm_prop_is_default (StormProp  prop,
                       GVariant  *value)
{
  switch (infos[storm_prop_index (prop)].value)
    {
    case VALUE_RECT:
    case VALUE_KIND:
      return FALSE;
    case VALUE_Z:
    case VALUE_TARGET:
      return g_variant_get_int64 (value) == 0;
    case VALUE_FLAG:
      return !g_variant_get_boolean (value);
    case VALUE_JOIN:
    case VALUE_CONTEXT_KIND:
      return *g_variant_get_string (value, NULL) == '\0';
    case VALUE_FIELDS:
    case VALUE_ALIASES:
    case VALUE_BENDS:
      return g_variant_n_children (value) == 0;
    case VALUE_TITLE:
    case VALUE_TEXT:
    case VALUE_JSON:
    case VALUE_EVENT_CLASS:
    case VALUE_VISIBILITY:
    case VALUE_ID:
    case VALUE_OPTIONAL_ID:
    default:
      return *g_variant_get_string (value, NULL) == '\0';
    }
}

/* Built from its bytes: a drag makes thousands of these a frame, and five little variants for each
 * would be most of the cost. */
GVariant *
storm_rect_to_variant (const StormRect *rect)
{
  const double numbers[4] = { rect->x, rect->y, rect->width, rect->height };
  g_autoptr (GBytes) bytes = g_bytes_new (numbers, sizeof numbers);

  return g_variant_new_from_bytes (G_VARIANT_TYPE ("(dddd)"), bytes, TRUE);
}

GVariant *
storm_bends_to_variant (const StormPoint *bends,
                        guint             n)
{
  static GVariant *none;
  GVariantBuilder builder;

  if (n > 0)
    {
      g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(dd)"));
      for (guint i = 0; i < n; i++)
        g_variant_builder_add (&builder, "(dd)", bends[i].x, bends[i].y);
      return g_variant_builder_end (&builder);
    }

  if (g_once_init_enter (&none))
    g_once_init_leave (&none, g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(dd)"),
                                                                       NULL, 0)));

  return none;
}

/* Most texts of most stickies are empty, and share one variant. */
GVariant *
storm_text_to_variant (const char *text)
{
  static GVariant *empty;

  if (text != NULL && *text != '\0')
    return g_variant_new_string (text);

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty, g_variant_ref_sink (g_variant_new_string ("")));

  return empty;
}
