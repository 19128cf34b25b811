#include "config.h"

#include "storm-samples.h"

#include <glib/gi18n-lib.h>

#include "storm-sample-resources.h"

#define BOARD(name) APP_PATH "/samples/" name ".json"
#define RECORDING(file) APP_PATH "/recordings/" file, file

static const StormSampleRecording food_order_recordings[] = {
  { "good", N_("Orders that go well"), RECORDING ("food-order-good.jsonl") },
  { "compensated", N_("Rejected orders"), RECORDING ("food-order-compensated.jsonl") },
  { "troubled", N_("Late, repeated and unknown events"), RECORDING ("food-order-troubled.jsonl") },
  { "cases", N_("One that goes well, and one of each trouble"),
    RECORDING ("food-order-cases.jsonl") },
};

static const StormSampleRecording awesome_shopping_recordings[] = {
  { "good", N_("Orders that go well"), RECORDING ("awesome-shopping-good.jsonl") },
  { "compensated", N_("Failed and rolled back"), RECORDING ("awesome-shopping-compensated.jsonl") },
  { "cases", N_("One that goes well, and one of each trouble"),
    RECORDING ("awesome-shopping-cases.jsonl") },
};

static const StormSampleRecording mobile_beverage_recordings[] = {
  { "good", N_("Orders that go well"), RECORDING ("mobile-beverage-good.jsonl.gz") },
  { "compensated", N_("Cancelled and paid back"), RECORDING ("mobile-beverage-compensated.jsonl") },
  { "cases", N_("One that goes well, and one of each trouble"),
    RECORDING ("mobile-beverage-cases.jsonl") },
};

static const StormSample samples[] = {
  { "food-order", N_("Food order"),
    N_("A restaurant takes an order and cooks it: two contexts, seven steps"),
    BOARD ("food-order"), food_order_recordings, G_N_ELEMENTS (food_order_recordings) },
  { "awesome-shopping", N_("Awesome-shopping"),
    N_("A shop of five services: every event has its fail event, and failures are rolled back"),
    BOARD ("awesome-shopping"), awesome_shopping_recordings,
    G_N_ELEMENTS (awesome_shopping_recordings) },
  { "mobile-beverage", N_("Mobile beverage"),
    N_("Drinks ordered by phone: a saga over payment, café and delivery, with compensation"),
    BOARD ("mobile-beverage"), mobile_beverage_recordings,
    G_N_ELEMENTS (mobile_beverage_recordings) },
};

/* The tables with their texts translated, made once. */
static StormSample translated[G_N_ELEMENTS (samples)];

static gpointer
translate (gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      StormSampleRecording *recordings = g_new (StormSampleRecording, samples[i].n_recordings);

      for (guint j = 0; j < samples[i].n_recordings; j++)
        {
          recordings[j] = samples[i].recordings[j];
          recordings[j].title = _(recordings[j].title);
        }
      translated[i] = samples[i];
      translated[i].title = _(samples[i].title);
      translated[i].description = _(samples[i].description);
      translated[i].recordings = recordings;
    }
  return translated;
}

static GBytes *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  /* Asking for the resource by name keeps the linker from leaving it out of a static library. */
  GBytes *bytes = g_resource_lookup_data (storm_samples_get_resource (), path,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL)
    g_critical ("%s is missing in the program: %s", path, error->message);
  return bytes;
}

guint
storm_samples_get_n (void)
{
  return G_N_ELEMENTS (samples);
}

const StormSample *
storm_samples_get (guint i)
{
  static GOnce once = G_ONCE_INIT;

  g_return_val_if_fail (i < G_N_ELEMENTS (samples), NULL);

  g_once (&once, translate, NULL);
  return &translated[i];
}

const StormSample *
storm_samples_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      if (g_str_equal (samples[i].id, id))
        return storm_samples_get (i);
    }
  return NULL;
}

GBytes *
storm_sample_load_board (const StormSample *sample)
{
  g_return_val_if_fail (sample != NULL, NULL);

  return load (sample->path);
}

GBytes *
storm_sample_load_recording (const StormSampleRecording *recording)
{
  g_return_val_if_fail (recording != NULL, NULL);

  return load (recording->path);
}
