#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StormOutput:
 *
 * Where an export goes: a file that appears whole or not at all, or memory. The first thing that
 * goes wrong is kept, and ends all further writing. One thread.
 */
typedef struct _StormOutput StormOutput;

/**
 * storm_output_new_file:
 *
 * Writes beside @path, and puts it in its place with storm_output_finish(). Devices and pipes are
 * written into directly.
 */
StormOutput *storm_output_new_file   (const char    *path,
                                      GCancellable  *cancellable,
                                      GError       **error);
StormOutput *storm_output_new_memory (GCancellable  *cancellable);
/** storm_output_free: what was not finished leaves nothing. */
void         storm_output_free       (StormOutput   *self);

/** storm_output_set_limit: more bytes than this are an error with this sentence. */
void         storm_output_set_limit  (StormOutput   *self,
                                      guint64        limit,
                                      const char    *sentence);
gboolean     storm_output_write      (StormOutput   *self,
                                      gconstpointer  data,
                                      gsize          len);
/** storm_output_finish: @bytes: (out) (optional) (transfer full): what is in memory. */
gboolean     storm_output_finish     (StormOutput   *self,
                                      GBytes       **bytes,
                                      GError       **error);
/** storm_output_take_error: whether something went wrong; it is moved to @error. */
gboolean     storm_output_take_error (StormOutput   *self,
                                      GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormOutput, storm_output_free)

G_END_DECLS
