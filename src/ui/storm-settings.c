#include "config.h"

#include "storm-settings.h"

GSettings *
storm_settings_get (void)
{
  static GSettings *settings = NULL;
  static gboolean looked = FALSE;

  if (!looked)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = NULL;

      looked = TRUE;
      /* g_settings_new() ends the process when there is no such schema. */
      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
      else
        g_message ("The settings schema %s is not installed; nothing will be remembered.", APP_ID);
    }

  return settings;
}

gboolean
storm_settings_get_boolean (const char *key,
                            gboolean    fallback)
{
  GSettings *settings = storm_settings_get ();

  g_return_val_if_fail (key != NULL, fallback);

  return settings != NULL ? g_settings_get_boolean (settings, key) : fallback;
}

void
storm_settings_set_boolean (const char *key,
                            gboolean    value)
{
  GSettings *settings = storm_settings_get ();

  g_return_if_fail (key != NULL);

  if (settings != NULL)
    g_settings_set_boolean (settings, key, value);
}

int
storm_settings_get_int (const char *key,
                        int         fallback)
{
  GSettings *settings = storm_settings_get ();

  g_return_val_if_fail (key != NULL, fallback);

  return settings != NULL ? g_settings_get_int (settings, key) : fallback;
}

void
storm_settings_set_int (const char *key,
                        int         value)
{
  GSettings *settings = storm_settings_get ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) schema_key = NULL;
  g_autoptr (GVariant) variant = NULL;

  g_return_if_fail (key != NULL);

  if (settings == NULL)
    return;

  g_object_get (settings, "settings-schema", &schema, NULL);
  schema_key = g_settings_schema_get_key (schema, key);
  variant = g_variant_ref_sink (g_variant_new_int32 (value));
  if (g_settings_schema_key_range_check (schema_key, variant))
    g_settings_set_value (settings, key, variant);
}

int
storm_settings_get_enum (const char *key,
                         int         fallback)
{
  GSettings *settings = storm_settings_get ();

  g_return_val_if_fail (key != NULL, fallback);

  return settings != NULL ? g_settings_get_enum (settings, key) : fallback;
}

void
storm_settings_set_enum (const char *key,
                         int         value)
{
  GSettings *settings = storm_settings_get ();

  g_return_if_fail (key != NULL);

  if (settings != NULL)
    g_settings_set_enum (settings, key, value);
}
