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
static void
move_to_end (StormChange *self,
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

  record = storm_change_lookup (self, id);
  if (record == NULL)
    {
      record = storm_record_new (id);
      storm_change_add_record (self, record);
    }
  else if (record->whole && !record->exists[STORM_SIDE_AFTER] && record->type == type)
    move_to_end (self, record);
  else
    {
      note_mistake (self, id);
      return record->id;
    }

  record->type = type;
  record->type_known = TRUE;
  record->whole = TRUE;
  record->exists[STORM_SIDE_AFTER] = TRUE;
  record->left = 0;
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

/* @a was done, then @b. Values of one side are taken from the record that has them whole, overlaid
 * with what the other one set. */
static void
merge_record (StormRecord *a,
              StormRecord *b,
              guint        b_position)
{
  gboolean b_whole_before = b->whole && b->exists[STORM_SIDE_BEFORE];

  for (guint i = 0; i < b->n_pairs; i++)
    {
      StormPair *pair = &b->pairs[i];

      /* When @a is whole its before side is complete, else it knows just what it set. */
      if (!a->whole && (!b->whole || b_whole_before) &&
          storm_record_find (a, pair->prop) == NULL)
        storm_record_put (a, pair->prop, STORM_SIDE_BEFORE, pair->value[STORM_SIDE_BEFORE]);
    }

  if (b->whole)
    storm_record_clear_side (a, STORM_SIDE_AFTER);
  for (guint i = 0; i < b->n_pairs; i++)
    {
      StormPair *pair = &b->pairs[i];

      if (pair->value[STORM_SIDE_AFTER] != NULL)
        storm_record_put (a, pair->prop, STORM_SIDE_AFTER, pair->value[STORM_SIDE_AFTER]);
    }

  if (b_whole_before && !a->whole)
    a->position = b_position;
  a->type = b->type;
  a->type_known = b->type_known;
  a->whole = a->whole || b->whole;
  a->exists[STORM_SIDE_AFTER] = b->exists[STORM_SIDE_AFTER];

  /* When nothing came between, what @b left is what both left. */
  a->left = a->left == b->found && a->written == b->written ? b->left : 0;
}

static int
compare_positions (const guint *a,
                   const guint *b)
{
  return (*a > *b) - (*a < *b);
}

/* The places, lowest first, of what a change took out of the list of @type. */
static GArray *
removed_positions (StormChange     *self,
                   StormObjectType  type)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (self->records, i);

      if (record->whole && record->type == type && record->exists[STORM_SIDE_BEFORE])
        g_array_append_val (positions, record->position);
    }
  g_array_sort (positions, (GCompareFunc) compare_positions);

  return positions;
}

typedef struct
{
  GArray *taken[STORM_OBJECT_CONTEXT + 1];
} Shift;

/* The place before @self of what stood at the place of @record when @self was done. */
static guint
shift_position (Shift       *shift,
                StormChange *self,
                StormRecord *record)
{
  guint position = record->position;
  GArray *taken;

  if (!record->whole || !record->exists[STORM_SIDE_BEFORE])
    return position;

  if (shift->taken[record->type] == NULL)
    shift->taken[record->type] = removed_positions (self, record->type);
  taken = shift->taken[record->type];
  for (guint i = 0; i < taken->len && g_array_index (taken, guint, i) <= position; i++)
    position++;

  return position;
}

static StormRecord *
copy_record (StormRecord *record)
{
  StormRecord *copy = storm_record_new (record->id);

  copy->type = record->type;
  copy->type_known = record->type_known;
  copy->exists[STORM_SIDE_BEFORE] = record->exists[STORM_SIDE_BEFORE];
  copy->exists[STORM_SIDE_AFTER] = record->exists[STORM_SIDE_AFTER];
  copy->whole = record->whole;
  copy->found = record->found;
  copy->left = record->left;
  copy->written = record->written;
  copy->n_pairs = copy->n_allocated = record->n_pairs;
  copy->pairs = g_memdup2 (record->pairs, record->n_pairs * sizeof (StormPair));
  for (guint i = 0; i < copy->n_pairs; i++)
    {
      for (guint side = 0; side < 2; side++)
        {
          if (copy->pairs[i].value[side] != NULL)
            g_variant_ref (copy->pairs[i].value[side]);
        }
    }

  return copy;
}

void
storm_change_merge (StormChange *self,
                    StormChange *later)
{
  Shift shift = { { NULL } };
  g_autofree guint *positions = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (later != NULL && later != self);

  if (self->label == NULL)
    self->label = g_strdup (later->label);

  /* All places first: merging alters what they are reckoned from. */
  positions = g_new (guint, later->records->len);
  for (guint i = 0; i < later->records->len; i++)
    positions[i] = shift_position (&shift, self, g_ptr_array_index (later->records, i));
  for (guint i = 0; i < G_N_ELEMENTS (shift.taken); i++)
    g_clear_pointer (&shift.taken[i], g_array_unref);

  for (guint i = 0; i < later->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (later->records, i);
      StormRecord *merged = storm_change_lookup (self, record->id);

      if (merged == NULL)
        {
          merged = copy_record (record);
          merged->position = positions[i];
          storm_change_add_record (self, merged);
          continue;
        }
      merge_record (merged, record, positions[i]);
      if (record->whole && record->exists[STORM_SIDE_AFTER])
        move_to_end (self, merged);
      if (!merged->whole)
        storm_record_drop_equal (merged);
    }

  storm_change_drop_empty (self);
}

StormChange *
storm_change_merged (StormChange *earlier,
                     StormChange *later)
{
  g_autoptr (StormChange) merged = NULL;

  g_return_val_if_fail (earlier != NULL, NULL);
  g_return_val_if_fail (later != NULL && later != earlier, NULL);

  merged = storm_change_new (NULL);
  storm_change_merge (merged, earlier);
  storm_change_merge (merged, later);
  for (guint i = 0; i < later->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (later->records, i);

      if (storm_change_lookup (merged, record->id) == NULL)
        return NULL;
    }

  return g_steal_pointer (&merged);
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
