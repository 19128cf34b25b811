#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** STORM_LINE_MAX: the longest line that is read, 64 MiB. */
#define STORM_LINE_MAX (64 * 1024 * 1024)

/**
 * StormLineStream:
 *
 * Lines of a stream, gzip or not, found out by the first two bytes; several gzip members behind
 * each other are one text.
 */
typedef struct _StormLineStream StormLineStream;

/** storm_line_stream_new: @name is for errors. */
StormLineStream *storm_line_stream_new      (GInputStream     *stream,
                                             const char       *name);
void             storm_line_stream_free     (StormLineStream  *self);

/**
 * storm_line_stream_next:
 * @line: (out): without its end, valid until the next call
 *
 * Returns: %FALSE at the end, or with an error that names the line
 */
gboolean         storm_line_stream_next     (StormLineStream  *self,
                                             const char      **line,
                                             gsize            *len,
                                             GCancellable     *cancellable,
                                             GError          **error);
/** storm_line_stream_get_line: the number of the line that was given last, from 1. */
guint64          storm_line_stream_get_line (StormLineStream  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormLineStream, storm_line_stream_free)

G_END_DECLS
