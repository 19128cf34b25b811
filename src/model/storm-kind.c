#include "config.h"

#include "storm-kind.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (StormKind, storm_kind,
  G_DEFINE_ENUM_VALUE (STORM_KIND_EVENT, "event"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_COMMAND, "command"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_ACTOR, "actor"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_AGGREGATE, "aggregate"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_POLICY, "policy"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_READ_MODEL, "read-model"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_EXTERNAL_SYSTEM, "external-system"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_UI, "ui"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_HOT_SPOT, "hot-spot"),
  G_DEFINE_ENUM_VALUE (STORM_KIND_NOTE, "note"))

G_DEFINE_ENUM_TYPE (StormPalette, storm_palette,
  G_DEFINE_ENUM_VALUE (STORM_PALETTE_CLASSIC, "classic"),
  G_DEFINE_ENUM_VALUE (STORM_PALETTE_MSAEZ, "msaez"))

#define RGB(hex) \
  { (((hex) >> 16) & 0xff) / 255.f, (((hex) >> 8) & 0xff) / 255.f, ((hex) & 0xff) / 255.f }
#define COLORS(classic, msaez) { RGB (classic), RGB (msaez) }

#define DARK_INK  0x1e1e1e
#define LIGHT_INK 0xfafafa

#define SQUARE 120.0
#define WIDE   216.0

/* The fills of a dark board are the same hues a little deeper, so that a board in the dark doesn't
 * glare and the colours still mean what they mean on paper. */
static const StormKindInfo catalogue[STORM_N_KINDS] = {
  { STORM_KIND_EVENT, "event", SQUARE, SQUARE,
    COLORS (0xfe9e4a, 0xf1a746), COLORS (0xf0913f, 0xe09a3e),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-event-symbolic", STORM_KIND_POLICY, '1' },
  { STORM_KIND_COMMAND, "command", SQUARE, SQUARE,
    COLORS (0x6dd7fa, 0x5099f7), COLORS (0x5fc0e0, 0x5099f7),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-command-symbolic", STORM_KIND_AGGREGATE, '2' },
  { STORM_KIND_ACTOR, "actor", 60, 84,
    COLORS (0xfef445, 0xf8d454), COLORS (0xe6da3a, 0xe3c04a),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-actor-symbolic", STORM_KIND_COMMAND, '5' },
  { STORM_KIND_AGGREGATE, "aggregate", WIDE, SQUARE,
    COLORS (0xfdf8b6, 0xf8d454), COLORS (0xdcd48a, 0xe3c04a),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-aggregate-symbolic", STORM_KIND_EVENT, '4' },
  { STORM_KIND_POLICY, "policy", WIDE, SQUARE,
    COLORS (0xc391cc, 0xbb94bf), COLORS (0xb583be, 0xae87b2),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-policy-symbolic", STORM_KIND_COMMAND, '3' },
  { STORM_KIND_READ_MODEL, "read-model", SQUARE, SQUARE,
    COLORS (0xdaf69f, 0x5fc08b), COLORS (0xbcdb7e, 0x55b27f),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-read-model-symbolic", STORM_KIND_ACTOR, '6' },
  { STORM_KIND_EXTERNAL_SYSTEM, "external-system", WIDE, SQUARE,
    COLORS (0xea9cc0, 0xed73b6), COLORS (0xd988ae, 0xe06aab),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-external-system-symbolic", STORM_KIND_EVENT, '7' },
  { STORM_KIND_UI, "ui", SQUARE, SQUARE,
    COLORS (0xffffff, 0xffffff), COLORS (0xd6d6da, 0xd6d6da),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-ui-symbolic", STORM_KIND_COMMAND, '9' },
  { STORM_KIND_HOT_SPOT, "hot-spot", SQUARE, SQUARE,
    COLORS (0xe0569b, 0x8e24aa), COLORS (0xe0569b, 0x9a35b5),
    COLORS (DARK_INK, LIGHT_INK), COLORS (DARK_INK, LIGHT_INK),
    "storm-hot-spot-symbolic", STORM_KIND_NOTE, '8' },
  { STORM_KIND_NOTE, "note", SQUARE, SQUARE,
    COLORS (0xe3e0d9, 0xe3e0d9), COLORS (0xa9a49a, 0xa9a49a),
    COLORS (DARK_INK, DARK_INK), COLORS (DARK_INK, DARK_INK),
    "storm-note-symbolic", STORM_KIND_NOTE, '0' },
};

const StormKindInfo *
storm_kind_info (StormKind kind)
{
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS, &catalogue[STORM_KIND_NOTE]);

  return &catalogue[kind];
}

const char *
storm_kind_name (StormKind kind)
{
  switch (kind)
    {
    case STORM_KIND_EVENT:
      return _("Event");
    case STORM_KIND_COMMAND:
      return _("Command");
    case STORM_KIND_ACTOR:
      return _("Actor");
    case STORM_KIND_AGGREGATE:
      return _("Aggregate");
    case STORM_KIND_POLICY:
      return _("Policy");
    case STORM_KIND_READ_MODEL:
      return _("Read model");
    case STORM_KIND_EXTERNAL_SYSTEM:
      return _("External system");
    case STORM_KIND_UI:
      return _("User interface");
    case STORM_KIND_HOT_SPOT:
      return _("Hot spot");
    case STORM_KIND_NOTE:
      return _("Note");
    case STORM_N_KINDS:
    default:
      g_return_val_if_reached ("");
    }
}

const char *
storm_kind_hint (StormKind kind)
{
  switch (kind)
    {
    case STORM_KIND_EVENT:
      return _("Something that happened, in the past tense");
    case STORM_KIND_COMMAND:
      return _("What triggers an event: a verb");
    case STORM_KIND_ACTOR:
      return _("The role of a person or organisation that issues a command");
    case STORM_KIND_AGGREGATE:
      return _("Data that commands and events work on and change");
    case STORM_KIND_POLICY:
      return _("A decision that follows from an event: whenever this, then that");
    case STORM_KIND_READ_MODEL:
      return _("Data given to an actor");
    case STORM_KIND_EXTERNAL_SYSTEM:
      return _("A legacy or outside system that an event calls or concerns");
    case STORM_KIND_UI:
      return _("A sketched screen");
    case STORM_KIND_HOT_SPOT:
      return _("A question, a problem, something undecided");
    case STORM_KIND_NOTE:
      return _("Anything else that is worth writing down");
    case STORM_N_KINDS:
    default:
      g_return_val_if_reached ("");
    }
}

gboolean
storm_kind_from_nick (const char *nick,
                      StormKind  *out)
{
  g_return_val_if_fail (out != NULL, FALSE);

  for (guint i = 0; nick != NULL && i < STORM_N_KINDS; i++)
    {
      if (g_str_equal (catalogue[i].nick, nick))
        {
          *out = catalogue[i].kind;
          return TRUE;
        }
    }

  return FALSE;
}
