#include "config.h"

#include "storm-field.h"

G_DEFINE_BOXED_TYPE (StormField, storm_field, storm_field_ref, storm_field_unref)

StormField *
storm_field_new (const char *name,
                 const char *type,
                 gboolean    key,
                 gboolean    correlation,
                 const char *extra)
{
  StormField *field = g_new0 (StormField, 1);

  g_atomic_ref_count_init (&field->ref_count);
  field->name = g_strdup (name != NULL ? name : "");
  field->type = g_strdup (type != NULL ? type : "");
  field->key = key != FALSE;
  field->correlation = correlation != FALSE;
  if (extra != NULL && *extra != '\0')
    field->extra = g_strdup (extra);

  return field;
}

StormField *
storm_field_ref (StormField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  g_atomic_ref_count_inc (&field->ref_count);
  return field;
}

void
storm_field_unref (StormField *field)
{
  g_return_if_fail (field != NULL);

  if (!g_atomic_ref_count_dec (&field->ref_count))
    return;

  g_free (field->name);
  g_free (field->type);
  g_free (field->extra);
  g_free (field);
}

gboolean
storm_field_equal (const StormField *a,
                   const StormField *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->key == b->key && a->correlation == b->correlation &&
         g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->type, b->type) == 0 &&
         g_strcmp0 (a->extra, b->extra) == 0;
}
