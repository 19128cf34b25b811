#include "config.h"

#include "storm-saved-filters.h"

#include <string.h>

#include "storm-settings.h"

#define KEY "event-filters"
/* What somebody else wrote into the settings is bounded as well. */
#define MAX_FILTERS 100
#define MAX_NAME 200
#define MAX_EXPRESSION 16384

/* Where nothing is remembered. */
static GVariant *session;

static void
saved_filter_free (gpointer data)
{
  StormSavedFilter *filter = data;

  g_free (filter->name);
  g_free (filter->expression);
  g_free (filter);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const StormSavedFilter *const *x = a;
  const StormSavedFilter *const *y = b;

  return g_utf8_collate ((*x)->name, (*y)->name);
}

static gboolean
is_good (const char *name,
         const char *expression)
{
  return *name != '\0' && strlen (name) <= MAX_NAME && *expression != '\0' &&
         strlen (expression) <= MAX_EXPRESSION;
}

static void
add (GPtrArray  *filters,
     const char *name,
     const char *expression)
{
  StormSavedFilter *filter = g_new (StormSavedFilter, 1);

  *filter = (StormSavedFilter) { g_strdup (name), g_strdup (expression) };
  g_ptr_array_add (filters, filter);
}

GPtrArray *
storm_saved_filters_get (void)
{
  GSettings *settings = storm_settings_get ();
  GPtrArray *filters = g_ptr_array_new_with_free_func (saved_filter_free);
  g_autoptr (GVariant) value = NULL;
  const char *name, *expression;
  GVariantIter iter;

  if (settings != NULL)
    value = g_settings_get_value (settings, KEY);
  else if (session != NULL)
    value = g_variant_ref (session);
  if (value == NULL)
    return filters;

  g_variant_iter_init (&iter, value);
  while (filters->len < MAX_FILTERS && g_variant_iter_next (&iter, "(&s&s)", &name, &expression))
    if (is_good (name, expression))
      add (filters, name, expression);
  g_ptr_array_sort (filters, compare_names);
  return filters;
}

static void
set_filters (GPtrArray *filters)
{
  GSettings *settings = storm_settings_get ();
  GVariantBuilder builder;
  GVariant *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < filters->len; i++)
    {
      const StormSavedFilter *filter = g_ptr_array_index (filters, i);

      g_variant_builder_add (&builder, "(ss)", filter->name, filter->expression);
    }
  value = g_variant_builder_end (&builder);
  if (settings != NULL)
    {
      g_settings_set_value (settings, KEY, value);
      return;
    }
  g_clear_pointer (&session, g_variant_unref);
  session = g_variant_ref_sink (value);
}

static gboolean
take_out (GPtrArray  *filters,
          const char *name)
{
  for (guint i = 0; i < filters->len; i++)
    {
      const StormSavedFilter *filter = g_ptr_array_index (filters, i);

      if (g_str_equal (filter->name, name))
        {
          g_ptr_array_remove_index (filters, i);
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
storm_saved_filters_put (const char *name,
                         const char *expression)
{
  g_autoptr (GPtrArray) filters = storm_saved_filters_get ();

  g_return_val_if_fail (name != NULL && expression != NULL, FALSE);

  take_out (filters, name);
  if (filters->len >= MAX_FILTERS || !is_good (name, expression))
    return FALSE;
  add (filters, name, expression);
  g_ptr_array_sort (filters, compare_names);
  set_filters (filters);
  return TRUE;
}

void
storm_saved_filters_remove (const char *name)
{
  g_autoptr (GPtrArray) filters = storm_saved_filters_get ();

  g_return_if_fail (name != NULL);

  if (take_out (filters, name))
    set_filters (filters);
}
