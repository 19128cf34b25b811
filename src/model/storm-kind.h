#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StormKind:
 *
 * The kinds of sticker of event storming (domain.md §3 of the founding documents: the table of
 * stickers), plus a plain note. Everything that depends on a kind is data in one catalogue.
 */
typedef enum
{
  STORM_KIND_EVENT,
  STORM_KIND_COMMAND,
  STORM_KIND_ACTOR,
  STORM_KIND_AGGREGATE,
  STORM_KIND_POLICY,
  STORM_KIND_READ_MODEL,
  STORM_KIND_EXTERNAL_SYSTEM,
  STORM_KIND_UI,
  STORM_KIND_HOT_SPOT,
  STORM_KIND_NOTE,
  STORM_N_KINDS
} StormKind;

#define STORM_TYPE_KIND (storm_kind_get_type ())
GType storm_kind_get_type (void);

/**
 * StormPalette:
 * @STORM_PALETTE_CLASSIC: shades of the DDD Crew legend, hot spot magenta, user interface white
 * @STORM_PALETTE_MSAEZ: the shades people know from MSAez
 */
typedef enum
{
  STORM_PALETTE_CLASSIC,
  STORM_PALETTE_MSAEZ,
  STORM_N_PALETTES
} StormPalette;

#define STORM_TYPE_PALETTE (storm_palette_get_type ())
GType storm_palette_get_type (void);

/** StormColor: sRGB, 0 to 1. */
typedef struct
{
  float red;
  float green;
  float blue;
} StormColor;

/**
 * StormKindInfo:
 * @nick: the word of the text form: "event", "read-model"
 * @width: default width in board units (an event is 120 × 120)
 * @height: default height in board units
 * @fill: the colour on a light board, for each palette
 * @fill_dark: the colour on a dark board, for each palette; the hue stays recognisable
 * @ink: the text colour on @fill; at least 4.5:1
 * @ink_dark: the text colour on @fill_dark; at least 4.5:1
 * @icon_name: symbolic icon of the kind
 * @next: the kind that dragging a flow onto empty board makes (DDD Crew: event → policy → command →
 *   aggregate → event, read model → actor → command …)
 * @key: the number key that picks the kind ('1' … '9', '0')
 */
typedef struct
{
  StormKind   kind;
  const char *nick;
  double      width;
  double      height;
  StormColor  fill[STORM_N_PALETTES];
  StormColor  fill_dark[STORM_N_PALETTES];
  StormColor  ink[STORM_N_PALETTES];
  StormColor  ink_dark[STORM_N_PALETTES];
  const char *icon_name;
  StormKind   next;
  char        key;
} StormKindInfo;

/**
 * storm_kind_info:
 *
 * Returns: (transfer none): the catalogue's row of @kind; static
 */
const StormKindInfo *storm_kind_info      (StormKind   kind);

/**
 * storm_kind_get_nexts:
 * @n: (out): at least one
 *
 * Returns: (array length=n): the kinds that a flow may lead to from @kind, the usual one first:
 *   storm_kind_info()->next
 */
const StormKind     *storm_kind_get_nexts (StormKind   kind,
                                           guint      *n);

/** storm_kind_get_previous: the usual kind from which a flow leads to @kind. */
StormKind            storm_kind_get_previous (StormKind kind);

/**
 * storm_kind_name:
 *
 * Returns: the translated name, "Event", "Read model"
 */
const char          *storm_kind_name      (StormKind   kind);

/**
 * storm_kind_hint:
 *
 * Returns: a translated sentence that says what the kind is for, "Something that happened, …"
 */
const char          *storm_kind_hint      (StormKind   kind);

/**
 * storm_kind_from_nick:
 *
 * Returns: whether @nick is the word of a kind, put into @out
 */
gboolean             storm_kind_from_nick (const char *nick,
                                           StormKind  *out);

G_END_DECLS
