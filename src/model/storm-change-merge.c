#include "config.h"

#include "storm-change-private.h"

/* Two changes that followed each other become one, record by record. */

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
        storm_change_move_to_end (self, merged);
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
