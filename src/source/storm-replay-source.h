#pragma once

#include "storm-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_REPLAY_SOURCE (storm_replay_source_get_type ())

/**
 * StormReplaySource:
 *
 * Plays records that were recorded: at once, at the speed at which they happened, or ten times as
 * fast. A reader that can be rewound is read once beforehand, to learn which partitions there are
 * and where each of them ends; so numbers are settled as exactly as from a broker.
 */
G_DECLARE_FINAL_TYPE (StormReplaySource, storm_replay_source, STORM, REPLAY_SOURCE, GObject)

/**
 * storm_replay_source_new:
 * @name: what the status calls it, for example the file's name
 * @speed: 0 at once, 1 as recorded, 10 ten times as fast
 */
StormSource       *storm_replay_source_new (StormRecordReader *reader,
                                            const char        *name,
                                            double             speed);

/**
 * storm_jsonl_reader_new:
 * @file: JSON lines, gzip or not, found out by the first bytes
 *
 * One event a line: our export and `kcat -J` lines (an object with "topic", "partition", "offset"
 * and "payload"), or plain payloads, which get the file's name (without endings) as topic,
 * partition 0 and the line's number as offset. Empty lines are skipped; a line that is not JSON is
 * a record all the same, whose payload is the line.
 */
StormRecordReader *storm_jsonl_reader_new  (GFile        *file,
                                            GError      **error);

/** storm_jsonl_reader_new_for_stream: for standard input; can't be rewound. */
StormRecordReader *storm_jsonl_reader_new_for_stream (GInputStream *stream,
                                                      const char   *name);

G_END_DECLS
