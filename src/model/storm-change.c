#include "config.h"

#include "storm-change-private.h"

#include "storm-error.h"
#include "storm-id.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (StormChange, storm_change, storm_change_ref, storm_change_unref)

/* --- records --- */

StormRecord *
storm_record_new (const char *id)
{
  StormRecord *record = g_new0 (StormRecord, 1);

  record->id = g_strdup (id);
  record->position = G_MAXUINT;

  return record;
}

static void
clear_pair (StormPair *pair)
{
  g_clear_pointer (&pair->value[STORM_SIDE_BEFORE], g_variant_unref);
  g_clear_pointer (&pair->value[STORM_SIDE_AFTER], g_variant_unref);
}

void
storm_record_free (StormRecord *record)
{
  for (guint i = 0; i < record->n_pairs; i++)
    clear_pair (&record->pairs[i]);
  g_free (record->pairs);
  g_free (record->id);
  g_free (record);
}

StormPair *
storm_record_find (StormRecord *record,
                   StormProp    prop)
{
  for (guint i = 0; i < record->n_pairs; i++)
    {
      if (record->pairs[i].prop == prop)
        return &record->pairs[i];
    }

  return NULL;
}

void
storm_record_put (StormRecord *record,
                  StormProp    prop,
                  StormSide    side,
                  GVariant    *value)
{
  StormPair *pair = storm_record_find (record, prop);

  if (pair == NULL)
    {
      if (record->n_pairs == record->n_allocated)
        {
          record->n_allocated = record->n_allocated == 0 ? 2 : record->n_allocated * 2;
          record->pairs = g_renew (StormPair, record->pairs, record->n_allocated);
        }
      pair = &record->pairs[record->n_pairs++];
      *pair = (StormPair) { prop };
    }

  if (value != NULL)
    g_variant_ref (value);
  g_clear_pointer (&pair->value[side], g_variant_unref);
  pair->value[side] = value;
  record->checked[side] = FALSE;
}

void
storm_record_clear_side (StormRecord *record,
                         StormSide    side)
{
  for (guint i = 0; i < record->n_pairs; i++)
    g_clear_pointer (&record->pairs[i].value[side], g_variant_unref);
}

void
storm_record_drop_equal (StormRecord *record)
{
  guint kept = 0;

  for (guint i = 0; i < record->n_pairs; i++)
    {
      StormPair *pair = &record->pairs[i];
      GVariant *before = pair->value[STORM_SIDE_BEFORE];
      GVariant *after = pair->value[STORM_SIDE_AFTER];

      if (before == after || (before != NULL && after != NULL && g_variant_equal (before, after)))
        clear_pair (pair);
      else
        record->pairs[kept++] = *pair;
    }

  record->n_pairs = kept;
}

gboolean
storm_record_is_empty (StormRecord *record)
{
  if (record->whole)
    return !record->exists[STORM_SIDE_BEFORE] && !record->exists[STORM_SIDE_AFTER];

  return record->n_pairs == 0;
}

/* --- the change --- */

StormChange *
storm_change_new (const char *label)
{
  StormChange *self = g_new0 (StormChange, 1);

  self->ref_count = 1;
  self->label = g_strdup (label);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_record_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

StormChange *
storm_change_ref (StormChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
storm_change_unref (StormChange *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->records);
  g_clear_error (&self->mistake);
  g_free (self->label);
  g_free (self);
}

const char *
storm_change_get_label (StormChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->label;
}

guint
storm_change_get_n_steps (StormChange *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (self->records, i);

      n += record->whole ? 1 : record->n_pairs;
    }

  return n;
}

StormRecord *
storm_change_lookup (StormChange *self,
                     const char  *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

void
storm_change_add_record (StormChange *self,
                         StormRecord *record)
{
  g_ptr_array_add (self->records, record);
  g_hash_table_insert (self->by_id, record->id, record);
}

void
storm_change_drop_empty (StormChange *self)
{
  GPtrArray *records = self->records;
  guint kept = 0;

  for (guint i = 0; i < records->len; i++)
    {
      StormRecord *record = records->pdata[i];

      if (storm_record_is_empty (record))
        {
          g_hash_table_remove (self->by_id, record->id);
          storm_record_free (record);
        }
      else
        records->pdata[kept++] = record;
    }

  /* Not g_ptr_array_set_size(): that would free the records that moved down. */
  records->len = kept;
}

/* Puts @record last: objects come into their lists in the order of the records. */
void
storm_change_move_to_end (StormChange *self,
                          StormRecord *record)
{
  guint index;

  if (g_ptr_array_find (self->records, record, &index))
    g_ptr_array_add (self->records, g_ptr_array_steal_index (self->records, index));
}

static void
note_mistake (StormChange *self,
              const char  *id)
{
  if (self->mistake == NULL)
    g_set_error (&self->mistake, STORM_ERROR, STORM_ERROR_INVALID,
                 _("The change can't be made: it contradicts itself at “%s”."), id);
}

static void
take_props (StormChange *self,
            StormRecord *record,
            GVariant    *props)
{
  GVariantIter iter;
  const char *nick;
  GVariant *value;

  g_variant_iter_init (&iter, props);
  while (g_variant_iter_next (&iter, "{&sv}", &nick, &value))
    {
      StormProp prop;

      if (storm_prop_from_nick (nick, &prop))
        storm_record_put (record, prop, STORM_SIDE_AFTER, value);
      else
        note_mistake (self, nick);
      g_variant_unref (value);
    }
}

StormRecord *
storm_change_insert_record (StormChange     *self,
                            StormObjectType  type,
                            const char      *id)
{
  StormRecord *record = storm_change_lookup (self, id);

  if (record == NULL)
    {
      record = storm_record_new (id);
      storm_change_add_record (self, record);
    }
  else if (record->whole && !record->exists[STORM_SIDE_AFTER] && record->type == type)
    storm_change_move_to_end (self, record);
  else
    {
      note_mistake (self, id);
      return NULL;
    }

  record->type = type;
  record->type_known = TRUE;
  record->whole = TRUE;
  record->exists[STORM_SIDE_AFTER] = TRUE;
  record->left = 0;

  return record;
}

const char *
storm_change_insert (StormChange     *self,
                     StormObjectType  type,
                     const char      *id,
                     GVariant        *props)
{
  g_autofree char *new_id = id == NULL ? storm_id_new () : NULL;
  g_autoptr (GVariant) owned_props = props != NULL ? g_variant_ref_sink (props) : NULL;
  StormRecord *record;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (type >= STORM_OBJECT_STICKY && type <= STORM_OBJECT_CONTEXT, NULL);
  g_return_val_if_fail (props == NULL || g_variant_is_of_type (props, G_VARIANT_TYPE_VARDICT),
                        NULL);

  if (id == NULL)
    id = new_id;

  record = storm_change_insert_record (self, type, id);
  if (record == NULL)
    return storm_change_lookup (self, id)->id;
  if (owned_props != NULL)
    take_props (self, record, owned_props);

  return record->id;
}

gboolean
storm_change_inserts (StormChange *self,
                      const char  *id)
{
  StormRecord *record;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  record = storm_change_lookup (self, id);
  return record != NULL && record->whole && !record->exists[STORM_SIDE_BEFORE] &&
         record->exists[STORM_SIDE_AFTER];
}

void
storm_change_remove (StormChange *self,
                     StormObject *object)
{
  const char *id;
  StormRecord *record;

  g_return_if_fail (self != NULL);
  g_return_if_fail (STORM_IS_OBJECT (object));

  id = storm_object_get_id (object);
  record = storm_change_lookup (self, id);
  if (record == NULL)
    {
      record = storm_record_new (id);
      storm_change_add_record (self, record);
    }
  else if (record->whole)
    {
      /* Removing it twice is removing it; what this change inserts is not on the board yet. */
      if (record->exists[STORM_SIDE_AFTER])
        note_mistake (self, id);
      return;
    }

  storm_record_clear_side (record, STORM_SIDE_AFTER);
  record->type = storm_object_get_object_type (object);
  record->type_known = TRUE;
  record->whole = TRUE;
  record->exists[STORM_SIDE_BEFORE] = TRUE;
  record->exists[STORM_SIDE_AFTER] = FALSE;
  record->left = 0;
}

void
storm_change_set (StormChange *self,
                  const char  *id,
                  StormProp    prop,
                  GVariant    *value)
{
  g_autoptr (GVariant) owned_value = value != NULL ? g_variant_ref_sink (value) : NULL;
  StormRecord *record;

  g_return_if_fail (self != NULL);
  g_return_if_fail (value != NULL);
  g_return_if_fail (prop != 0 && (prop & (prop - 1)) == 0 && prop < 1u << STORM_N_PROPS);

  if (id == NULL)
    id = "";

  record = storm_change_lookup (self, id);
  if (record == NULL)
    {
      record = storm_record_new (id);
      record->exists[STORM_SIDE_BEFORE] = TRUE;
      record->exists[STORM_SIDE_AFTER] = TRUE;
      record->type_known = *id == '\0';
      storm_change_add_record (self, record);
    }

  if (!record->exists[STORM_SIDE_AFTER])
    note_mistake (self, id);
  else
    storm_record_put (record, prop, STORM_SIDE_AFTER, owned_value);
  record->left = 0;
}

guint
storm_change_get_n_touched (StormChange *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->records->len;
}

const char *
storm_change_get_touched (StormChange     *self,
                          guint            n,
                          StormObjectType *type)
{
  StormRecord *record;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->records->len, NULL);
  g_return_val_if_fail (type != NULL, NULL);

  record = g_ptr_array_index (self->records, n);
  *type = record->type;
  return record->id;
}
