#pragma once

#include "storm-object.h"

G_BEGIN_DECLS

/** storm_prop_index: the place of the one flag that is set, from 0. */
guint         storm_prop_index        (StormProp        prop);

/** storm_prop_props_of: what an object of @type has. */
StormProp     storm_prop_props_of     (StormObjectType  type);

/** storm_prop_new_pspec: (transfer floating): the read-only GObject property of this name. */
GParamSpec   *storm_prop_new_pspec    (StormProp        prop);

/**
 * storm_prop_check:
 *
 * Whether an object of @type has @prop and may take @value: its type, sizes, words and numbers.
 * Whether an id names something is for the whole board to say.
 */
gboolean      storm_prop_check        (StormObjectType  type,
                                       StormProp        prop,
                                       GVariant        *value,
                                       GError         **error);

/** storm_prop_check_value: the same for what needs no check of its type. */
gboolean      storm_prop_check_value  (StormObjectType   type,
                                       StormProp         prop,
                                       const StormValue *value,
                                       GError          **error);

/** storm_value_from_variant: (transfer none): what @variant, which was checked, says of @prop. */
StormValue    storm_value_from_variant (StormProp       prop,
                                        GVariant       *variant);

/** storm_prop_is_default: whether a new object has @value anyhow. */
gboolean      storm_prop_is_default   (StormProp        prop,
                                       GVariant        *value);

/** storm_rect_to_variant: (transfer floating): (dddd), in one piece. */
GVariant     *storm_rect_to_variant   (const StormRect *rect);

/* Most texts of most objects are empty: that is %NULL in the object and "" for those who ask. */
static inline void
storm_text_take (char       **place,
                 const char  *text)
{
  g_free (*place);
  *place = *text != '\0' ? g_strdup (text) : NULL;
}

static inline const char *
storm_text_show (const char *text)
{
  return text != NULL ? text : "";
}

/** storm_bends_to_variant: a(dd); to be taken as that of storm_text_to_variant(). */
GVariant     *storm_bends_to_variant  (const StormPoint *bends,
                                       guint             n);

/**
 * storm_text_to_variant:
 * @text: (nullable): %NULL is ""
 *
 * Returns: a variant for g_variant_ref_sink() or a function that does that: floating, or shared
 */
GVariant     *storm_text_to_variant   (const char      *text);

G_END_DECLS
