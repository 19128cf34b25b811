#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-dropped
 *
 * What to do with files that were dropped on a window, or pasted: told by what is in them. Knows no
 * widget.
 */

/** STORM_DROPPED_MAX_TEXT: bytes of all texts together. */
#define STORM_DROPPED_MAX_TEXT (32 * 1024 * 1024)
/** STORM_DROPPED_MAX_BOARDS: more windows are not opened at once. */
#define STORM_DROPPED_MAX_BOARDS 10

/**
 * StormDropped:
 * @boards: (element-type GFile): board files, text forms and SVG; to be opened
 * @recording: (nullable): to be played
 * @text: of all text files, in UTF-8, one after another
 * @n_refused: files that are none of these
 * @refusal: (nullable): why the first of them is refused
 */
typedef struct
{
  GPtrArray *boards;
  GFile     *recording;
  GString   *text;
  guint      n_refused;
  GError    *refusal;
} StormDropped;

StormDropped *storm_dropped_new  (void);
void          storm_dropped_free (StormDropped *self);

/** storm_dropped_take: looks at @file, reads it when it is text, and puts it where it belongs. Any
 * thread. */
void          storm_dropped_take (StormDropped *self,
                                  GFile        *file,
                                  GCancellable *cancellable);

/** storm_dropped_refuse: @reason: (transfer full): counts one that can't be taken after all. */
void          storm_dropped_refuse (StormDropped *self,
                                    GError       *reason);

/** storm_dropped_get_refusal: (transfer full) (nullable): a sentence with the reason, and how many
 * more there are. */
char         *storm_dropped_get_refusal (StormDropped *self);

/**
 * storm_dropped_sort_async:
 * @files: (element-type GFile)
 *
 * Looks at all of them in a thread.
 */
void          storm_dropped_sort_async  (GSList              *files,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/** storm_dropped_sort_finish: (transfer full) (nullable): %NULL when it was cancelled. */
StormDropped *storm_dropped_sort_finish (GAsyncResult        *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormDropped, storm_dropped_free)

G_END_DECLS
