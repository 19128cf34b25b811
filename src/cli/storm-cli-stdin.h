#pragma once

#include "storm-record.h"

G_BEGIN_DECLS

#define STORM_TYPE_CLI_STDIN (storm_cli_stdin_get_type ())

/**
 * StormCliStdin:
 *
 * JSON lines from standard input, read to the end and kept, so that they can be rewound. A replay
 * knows only of a reader that can be rewound where its partitions end, and without that it can't
 * tell which events are late.
 */
G_DECLARE_FINAL_TYPE (StormCliStdin, storm_cli_stdin, STORM, CLI_STDIN, GObject)

/**
 * storm_cli_stdin_new:
 * @stream: read to its end
 * @name: topic of plain lines
 */
StormRecordReader *storm_cli_stdin_new (GInputStream  *stream,
                                        const char    *name,
                                        GError       **error);

G_END_DECLS
