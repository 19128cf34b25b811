#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StormCheckpointer:
 *
 * Brings what stands in the log of a board into its file, in a thread and over a connection of its
 * own, so that no gesture waits for the disk. The owner keeps the file guarded.
 */
typedef struct _StormCheckpointer StormCheckpointer;

StormCheckpointer *storm_checkpointer_new  (const char        *path);
/** storm_checkpointer_free: waits until a checkpoint that is under way is done. */
void               storm_checkpointer_free (StormCheckpointer *self);
/** storm_checkpointer_poke: there is something to do. Returns at once. */
void               storm_checkpointer_poke (StormCheckpointer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormCheckpointer, storm_checkpointer_free)

G_END_DECLS
