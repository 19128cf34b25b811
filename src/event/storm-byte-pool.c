#include "config.h"

#include <string.h>

#include "storm-byte-pool-private.h"

/* Batches come back one by one while others are filled: a few are enough. */
#define MAX_KEPT 4
/* One huge record must not stay in memory with its buffer. */
#define MAX_BYTES (4 * 1024 * 1024)

struct _StormBytePool
{
  gatomicrefcount  ref_count;
  GMutex           mutex;       /* for all below */
  GByteArray      *kept[MAX_KEPT];
  guint            n_kept;
  gboolean         closed;
};

StormBytePool *
storm_byte_pool_new (void)
{
  StormBytePool *self = g_new0 (StormBytePool, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);

  return self;
}

StormBytePool *
storm_byte_pool_ref (StormBytePool *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
storm_byte_pool_unref (StormBytePool *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  storm_byte_pool_close (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

GByteArray *
storm_byte_pool_take (StormBytePool *self,
                      guint          size_hint)
{
  GByteArray *bytes = NULL;

  if (size_hint >= STORM_BYTE_POOL_MIN)
    {
      g_mutex_lock (&self->mutex);
      if (self->n_kept > 0)
        bytes = self->kept[--self->n_kept];
      g_mutex_unlock (&self->mutex);
    }
  if (bytes == NULL)
    return g_byte_array_sized_new (size_hint);

  g_byte_array_set_size (bytes, size_hint);
  g_byte_array_set_size (bytes, 0);

  return bytes;
}

void
storm_byte_pool_give (StormBytePool *self,
                      GByteArray    *bytes)
{
  if (bytes->len >= STORM_BYTE_POOL_MIN && bytes->len <= MAX_BYTES)
    {
      g_mutex_lock (&self->mutex);
      if (!self->closed && self->n_kept < MAX_KEPT)
        self->kept[self->n_kept++] = g_steal_pointer (&bytes);
      g_mutex_unlock (&self->mutex);
    }
  g_clear_pointer (&bytes, g_byte_array_unref);
}

void
storm_byte_pool_close (StormBytePool *self)
{
  GByteArray *kept[MAX_KEPT];
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_kept;
  memcpy (kept, self->kept, sizeof kept);
  self->n_kept = 0;
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < n; i++)
    g_byte_array_unref (kept[i]);
}
