#include "config.h"

#include "storm-field-samples-private.h"

/* From here on a new sample halves the weight of the old ones. */
#define MAX_SAMPLES 200
/* More names than this in one type are keys of a map, not fields. */
#define MAX_NAMES 300

const char * const storm_seen_types[STORM_N_SEEN_TYPES] = {
  "String", "Long", "Double", "Boolean", "Object", "List"
};

static void
seen_field_free (gpointer data)
{
  StormSeenField *field = data;

  g_free (field->name);
  g_free (field);
}

static void
halve (GPtrArray *fields)
{
  for (guint i = fields->len; i > 0; i--)
    {
      StormSeenField *field = g_ptr_array_index (fields, i - 1);

      field->n_null /= 2;
      for (guint k = 0; k < STORM_N_SEEN_TYPES; k++)
        field->n[k] /= 2;
      if (storm_seen_field_count (field) == 0)
        g_ptr_array_remove_index (fields, i - 1);
    }
}

/* (nullable): no room for more. */
static StormSeenField *
need_field (GPtrArray  *fields,
            const char *name)
{
  StormSeenField *field = storm_seen_field_find (fields, name);

  if (field != NULL || fields->len >= MAX_NAMES)
    return field;
  field = g_new0 (StormSeenField, 1);
  field->name = g_strdup (name);
  g_ptr_array_add (fields, field);
  return field;
}

static void
count_field (GPtrArray               *fields,
             const StormPayloadField *payload)
{
  StormSeenField *field = need_field (fields, payload->name);

  if (field == NULL)
    return;
  for (guint i = 0; i < STORM_N_SEEN_TYPES; i++)
    if (g_str_equal (storm_seen_types[i], payload->type))
      {
        field->n[i]++;
        return;
      }
  field->n_null++;
}

static void
merge_fields (GPtrArray *to,
              GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    {
      const StormSeenField *field = g_ptr_array_index (from, i);
      StormSeenField *sum = need_field (to, field->name);

      if (sum == NULL)
        continue;
      sum->n_null += field->n_null;
      for (guint k = 0; k < STORM_N_SEEN_TYPES; k++)
        sum->n[k] += field->n[k];
    }
}

StormFieldSamples *
storm_field_samples_new (void)
{
  StormFieldSamples *self = g_new0 (StormFieldSamples, 1);

  self->fields = g_ptr_array_new_with_free_func (seen_field_free);
  self->whole = g_ptr_array_new_with_free_func (seen_field_free);
  return self;
}

void
storm_field_samples_free (StormFieldSamples *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->whole);
  g_free (self);
}

void
storm_field_samples_add (StormFieldSamples *self,
                         GPtrArray         *fields,
                         GPtrArray         *whole)
{
  g_return_if_fail (self != NULL && fields != NULL && whole != NULL);

  if (self->n >= MAX_SAMPLES)
    {
      self->n /= 2;
      halve (self->fields);
      halve (self->whole);
    }
  self->n++;
  for (guint i = 0; i < fields->len; i++)
    count_field (self->fields, g_ptr_array_index (fields, i));
  for (guint i = 0; i < whole->len; i++)
    count_field (self->whole, g_ptr_array_index (whole, i));
}

void
storm_field_samples_merge (StormFieldSamples       *self,
                           const StormFieldSamples *from)
{
  g_return_if_fail (self != NULL && from != NULL);

  self->n += from->n;
  merge_fields (self->fields, from->fields);
  merge_fields (self->whole, from->whole);
}

StormSeenField *
storm_seen_field_find (GPtrArray  *fields,
                       const char *name)
{
  g_return_val_if_fail (fields != NULL && name != NULL, NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      StormSeenField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

guint
storm_seen_field_count (const StormSeenField *field)
{
  guint n;

  g_return_val_if_fail (field != NULL, 0);

  n = field->n_null;
  for (guint i = 0; i < STORM_N_SEEN_TYPES; i++)
    n += field->n[i];
  return n;
}
