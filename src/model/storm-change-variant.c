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

/* The bytes of a variant are written here, not by a GVariantBuilder: that makes half a dozen
 * allocations for each value, and took half of the time of a large paste. The rules are those of
 * the GVariant specification: members stand aligned, a container ends with the ends of its members
 * that have no fixed size, but for a tuple's last, counted from its beginning. */
static void
put (GByteArray    *bytes,
     gconstpointer  data,
     gsize          size)
{
  g_byte_array_append (bytes, data, (guint) size);
}

static void
put_text (GByteArray *bytes,
          const char *text)
{
  put (bytes, text, strlen (text) + 1);
}

static void
align (GByteArray *bytes,
       guint       to)
{
  static const guint8 zeros[8];

  put (bytes, zeros, -bytes->len % to);
}

/* Ends the container that began at @start: its members end at @ends. */
static void
put_ends (GByteArray  *bytes,
          guint        start,
          const guint *ends,
          guint        n)
{
  guint64 body = bytes->len - start;
  guint width = body + n <= G_MAXUINT8 ? 1 : body + 2 * (guint64) n <= G_MAXUINT16 ? 2 : 4;

  for (guint i = 0; i < n; i++)
    {
      guint32 end = GUINT32_TO_LE (ends[i] - start);

      put (bytes, &end, width);
    }
}

static void
put_side (GByteArray  *bytes,
          StormRecord *record,
          StormSide    side)
{
  guint ends[STORM_N_PROPS];
  guint n = 0;
  guint start;

  align (bytes, 8);
  start = bytes->len;
  for (guint i = 0; i < record->n_pairs; i++)
    {
      StormPair *pair = &record->pairs[i];
      GVariant *value = pair->value[side];
      guint entry, nick_end;

      if (value == NULL)
        continue;
      align (bytes, 8);
      entry = bytes->len;
      put_text (bytes, storm_prop_nick (pair->prop));
      nick_end = bytes->len;
      align (bytes, 8);
      put (bytes, g_variant_get_data (value), g_variant_get_size (value));
      put (bytes, "", 1);
      put (bytes, g_variant_get_type_string (value), strlen (g_variant_get_type_string (value)));
      put_ends (bytes, entry, &nick_end, 1);
      ends[n++] = bytes->len;
    }
  put_ends (bytes, start, ends, n);
}

static void
put_record (GByteArray  *bytes,
            StormRecord *record)
{
  const guint8 head[] = {
    record->type,
    (record->exists[STORM_SIDE_BEFORE] ? FLAG_BEFORE : 0) |
    (record->exists[STORM_SIDE_AFTER] ? FLAG_AFTER : 0) | (record->whole ? FLAG_WHOLE : 0)
  };
  guint32 position = record->position;
  guint start, ends[2];

  align (bytes, 8);
  start = bytes->len;
  put (bytes, head, sizeof head);
  put_text (bytes, record->id);
  ends[1] = bytes->len;
  align (bytes, 4);
  put (bytes, &position, sizeof position);
  put_side (bytes, record, STORM_SIDE_BEFORE);
  ends[0] = bytes->len;
  put_side (bytes, record, STORM_SIDE_AFTER);
  put_ends (bytes, start, ends, G_N_ELEMENTS (ends));
}

GVariant *
storm_change_to_variant (StormChange *self)
{
  g_autofree guint *ends = NULL;
  g_autoptr (GBytes) packed = NULL;
  GByteArray *bytes;
  guint start, label_end;

  g_return_val_if_fail (self != NULL, NULL);

  ends = g_new (guint, self->records->len);
  bytes = g_byte_array_new ();
  put_text (bytes, self->label != NULL ? self->label : "");
  label_end = bytes->len;
  align (bytes, 8);
  start = bytes->len;
  for (guint i = 0; i < self->records->len; i++)
    {
      put_record (bytes, g_ptr_array_index (self->records, i));
      ends[i] = bytes->len;
    }
  put_ends (bytes, start, ends, self->records->len);
  put_ends (bytes, 0, &label_end, 1);

  packed = g_byte_array_free_to_bytes (bytes);
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (CHANGE_TYPE), packed, TRUE));
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
