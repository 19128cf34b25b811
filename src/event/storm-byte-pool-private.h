#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormBytePool:
 *
 * Large buffers that a builder's batches give back, for its next ones: while history is read there
 * is one for every thousand events, and fresh memory for each would cost as much as reading it.
 * Counted by references, any thread.
 */
typedef struct _StormBytePool StormBytePool;

/** Buffers with less in them don't come here: what few events need is better given back. */
#define STORM_BYTE_POOL_MIN (512 * 1024)

StormBytePool *storm_byte_pool_new   (void);
StormBytePool *storm_byte_pool_ref   (StormBytePool *self);
void           storm_byte_pool_unref (StormBytePool *self);

/** storm_byte_pool_take: (transfer full): an empty buffer with room for @size_hint bytes. */
GByteArray    *storm_byte_pool_take  (StormBytePool *self,
                                      guint          size_hint);
/** storm_byte_pool_give: @bytes: (transfer full): kept for later, or freed when enough are kept. */
void           storm_byte_pool_give  (StormBytePool *self,
                                      GByteArray    *bytes);
/** storm_byte_pool_close: keeps nothing from now on: nobody will take any more. */
void           storm_byte_pool_close (StormBytePool *self);

G_END_DECLS
