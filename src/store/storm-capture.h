#pragma once

#include "storm-board-file.h"
#include "storm-event-log.h"

G_BEGIN_DECLS

#define STORM_TYPE_CAPTURE (storm_capture_get_type ())

/**
 * StormCapture:
 *
 * Live events on their way to the disk: a spool file of its own under the state directory, written
 * by a thread of its own in batches, append-only, without a secondary index (an index cuts the rate
 * from 450k to 40k rows/s). The row of an event in the log is its row in the spool. Removed when
 * the capture is freed; what a killed process left behind is removed by the next start.
 *
 * Signals in the main context: `spooled` (guint n_rows): rows below are safe on disk; `failed`
 * (GError *error): the disk is full or gone; capture has stopped, watching goes on.
 */
G_DECLARE_FINAL_TYPE (StormCapture, storm_capture, STORM, CAPTURE, GObject)

/** storm_capture_new: @directory: (nullable): %NULL for the state directory of the user. */
StormCapture *storm_capture_new        (const char    *directory,
                                        GError       **error);
/** storm_capture_append: @first_row: the batch's first row in the log. Returns at once. */
void          storm_capture_append     (StormCapture  *self,
                                        StormBatch    *batch,
                                        guint32        first_row);
/** storm_capture_read: a #StormPayloadReader; user_data is the capture. About 5 µs. */
gboolean      storm_capture_read       (guint32          row,
                                        StormRecordView *view,
                                        gpointer         capture);
void          storm_capture_clear      (StormCapture  *self);
/** storm_capture_flush: waits until all that was appended is on disk. For tests and the end. */
gboolean      storm_capture_flush      (StormCapture  *self,
                                        GError       **error);

/**
 * storm_capture_open_reader:
 *
 * Returns: (transfer full): all records so far in the order of arrival, for exporting
 */
StormRecordReader *storm_capture_open_reader (StormCapture  *self,
                                              GError       **error);

/** storm_capture_keep_async: copies all so far into the board file, as a recording with @title. */
void          storm_capture_keep_async (StormCapture        *self,
                                        StormBoardFile      *file,
                                        const char          *title,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
/** storm_capture_keep_finish: the recording's id, or -1 with an error. */
gint64        storm_capture_keep_finish (StormCapture       *self,
                                         GAsyncResult       *result,
                                         GError            **error);

G_END_DECLS
