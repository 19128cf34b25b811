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
