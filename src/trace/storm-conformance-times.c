#include "config.h"

#include "storm-conformance-private.h"

StormPassages *
storm_conformance_get_passages (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  storm_conformance_refresh (self);
  return self->passages;
}

guint
storm_conformance_get_generation (StormConformance *self)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), 0);

  storm_conformance_refresh (self);
  return self->generation;
}

guint32
storm_conformance_get_n_changes (StormConformance *self,
                                 guint32           rule)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), 0);
  g_return_val_if_fail (rule < self->quantiles->len, 0);

  return self->n_changes[rule];
}

StormQuantile *
storm_conformance_get_quantile (StormConformance *self,
                                guint32           rule)
{
  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);
  g_return_val_if_fail (rule < self->quantiles->len, NULL);

  return g_ptr_array_index (self->quantiles, rule);
}

gsize
storm_conformance_get_bytes (StormConformance *self)
{
  GHashTableIter iter;
  gpointer value;
  gsize bytes;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), 0);

  bytes = self->blocks->len * sizeof (StormRecordBlock)
          + self->dirty->len * sizeof (StormDirtyTrace) + self->steps->len * sizeof (guint32)
          + self->undecodable->len * sizeof (guint32)
          + g_hash_table_size (self->undecodable_keys) * sizeof (gpointer);
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GArray *kept = value;

      bytes += kept->len * sizeof (StormKeptTrace);
      for (guint i = 0; i < kept->len; i++)
        bytes += storm_frozen_get_bytes (g_array_index (kept, StormKeptTrace, i).frozen);
    }
  return bytes;
}
