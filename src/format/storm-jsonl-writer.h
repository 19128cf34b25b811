#pragma once

#include "storm-record.h"

G_BEGIN_DECLS

/**
 * storm_jsonl_append:
 *
 * Appends @record as one line, in the shape of `kcat -J` (topic, partition, offset, tstype, ts,
 * broker, headers, key, payload); what is not UTF-8 goes into "keyBase64", "payloadBase64" and
 * "headersBase64" beside a null, so that nothing is lost. The name of that of several connections
 * over which it came is in "connection", what was missing in front of it in
 * "gapFrom" and "gapTo" (the offset behind the gap), and "anew" is true where its partition began
 * again: others who read such lines pass over them.
 */
void     storm_jsonl_append (GString           *out,
                             const StormRecord *record);

/**
 * storm_jsonl_export:
 * @progress: (nullable): called in the calling thread now and then, with the records written
 *
 * Writes all of @reader to @file (replacing it at the end, in one step). Any thread.
 */
gboolean storm_jsonl_export (StormRecordReader      *reader,
                             GFile                  *file,
                             GFileProgressCallback   progress,
                             gpointer                progress_data,
                             GCancellable           *cancellable,
                             GError                **error);

G_END_DECLS
