#include "config.h"

#include "storm-change-private.h"

#include "storm-error.h"
#include "storm-id.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* label, and for each object: type, what happens (flags below), id, place in its list before,
 * values before, values after. A change of this must be a change of the file's version. */
#define CHANGE_TYPE "(sa(yysua{sv}a{sv}))"

#define FLAG_BEFORE (1 << STORM_SIDE_BEFORE)
#define FLAG_AFTER  (1 << STORM_SIDE_AFTER)
#define FLAG_WHOLE  (1 << 2)
#define ALL_FLAGS   (FLAG_BEFORE | FLAG_AFTER | FLAG_WHOLE)

static void
add_side (GVariantBuilder *builder,
          StormRecord     *record,
          StormSide        side)
{
  g_variant_builder_open (builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < record->n_pairs; i++)
    {
      StormPair *pair = &record->pairs[i];

      if (pair->value[side] != NULL)
        g_variant_builder_add (builder, "{sv}", storm_prop_nick (pair->prop), pair->value[side]);
    }
  g_variant_builder_close (builder);
}

GVariant *
storm_change_to_variant (StormChange *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (self != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (CHANGE_TYPE));
  g_variant_builder_add (&builder, "s", self->label != NULL ? self->label : "");
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(yysua{sv}a{sv})"));
  for (guint i = 0; i < self->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (self->records, i);
      guint8 flags = (record->exists[STORM_SIDE_BEFORE] ? FLAG_BEFORE : 0) |
                     (record->exists[STORM_SIDE_AFTER] ? FLAG_AFTER : 0) |
                     (record->whole ? FLAG_WHOLE : 0);

      g_variant_builder_open (&builder, G_VARIANT_TYPE ("(yysua{sv}a{sv})"));
      g_variant_builder_add (&builder, "y", (guint8) record->type);
      g_variant_builder_add (&builder, "y", flags);
      g_variant_builder_add (&builder, "s", record->id);
      g_variant_builder_add (&builder, "u", (guint32) record->position);
      add_side (&builder, record, STORM_SIDE_BEFORE);
      add_side (&builder, record, STORM_SIDE_AFTER);
      g_variant_builder_close (&builder);
    }
  g_variant_builder_close (&builder);

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                       _("A step of the board's history is damaged and can't be used."));
  return FALSE;
}

static gboolean
read_side (StormRecord  *record,
           StormSide     side,
           GVariant     *values,
           GError      **error)
{
  GVariantIter iter;
  const char *nick;
  GVariant *boxed;

  if (!record->exists[side] && g_variant_n_children (values) > 0)
    return refuse (error);

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&sv}", &nick, &boxed))
    {
      g_autoptr (GVariant) value = boxed;
      StormProp prop;
      StormPair *pair;

      if (!storm_prop_from_nick (nick, &prop))
        return refuse (error);
      pair = storm_record_find (record, prop);
      if (pair != NULL && pair->value[side] != NULL)
        return refuse (error);
      if (!storm_prop_check (record->type, prop, value, error))
        return FALSE;
      storm_record_put (record, prop, side, value);
    }

  return TRUE;
}

/* What is set must be there on both sides; an object that is there as a whole has its place. */
static gboolean
check_shape (StormRecord  *record,
             GError      **error)
{
  gboolean before = record->exists[STORM_SIDE_BEFORE];
  gboolean after = record->exists[STORM_SIDE_AFTER];

  if (record->whole)
    return (before || after) || refuse (error);

  if (!before || !after || record->n_pairs == 0)
    return refuse (error);
  for (guint i = 0; i < record->n_pairs; i++)
    {
      if (record->pairs[i].value[STORM_SIDE_BEFORE] == NULL ||
          record->pairs[i].value[STORM_SIDE_AFTER] == NULL)
        return refuse (error);
    }

  return TRUE;
}

static gboolean
read_record (StormChange  *self,
             GVariant     *variant,
             GError      **error)
{
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GVariant) after = NULL;
  StormRecord *record;
  const char *id;
  guint8 type, flags;
  guint32 position;
  gboolean is_board;

  g_variant_get (variant, "(yy&su@a{sv}@a{sv})", &type, &flags, &id, &position, &before, &after);

  is_board = *id == '\0';
  if (type > STORM_OBJECT_CONTEXT || (flags & ~ALL_FLAGS) != 0 ||
      is_board != (type == STORM_OBJECT_BOARD) || (is_board && (flags & FLAG_WHOLE) != 0) ||
      (!is_board && !storm_id_is_valid (id)) || storm_change_lookup (self, id) != NULL)
    return refuse (error);

  record = storm_record_new (id);
  storm_change_add_record (self, record);
  record->type = type;
  record->type_known = TRUE;
  record->exists[STORM_SIDE_BEFORE] = (flags & FLAG_BEFORE) != 0;
  record->exists[STORM_SIDE_AFTER] = (flags & FLAG_AFTER) != 0;
  record->whole = (flags & FLAG_WHOLE) != 0;
  record->position = position;

  return read_side (record, STORM_SIDE_BEFORE, before, error) &&
         read_side (record, STORM_SIDE_AFTER, after, error) && check_shape (record, error);
}

StormChange *
storm_change_new_from_variant (GVariant  *variant,
                               GError   **error)
{
  g_autoptr (StormChange) self = NULL;
  g_autoptr (GVariant) records = NULL;
  GVariantIter iter;
  GVariant *record;
  const char *label;

  g_return_val_if_fail (variant != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (CHANGE_TYPE)) ||
      !g_variant_is_normal_form (variant))
    {
      refuse (error);
      return NULL;
    }

  g_variant_get (variant, "(&s@a(yysua{sv}a{sv}))", &label, &records);
  if (strlen (label) > STORM_TITLE_MAX_BYTES ||
      g_variant_n_children (records) > 3 * STORM_BOARD_MAX_OBJECTS)
    {
      refuse (error);
      return NULL;
    }

  self = storm_change_new (*label != '\0' ? label : NULL);
  g_variant_iter_init (&iter, records);
  while ((record = g_variant_iter_next_value (&iter)) != NULL)
    {
      gboolean ok = read_record (self, record, error);

      g_variant_unref (record);
      if (!ok)
        return NULL;
    }

  return g_steal_pointer (&self);
}
