#pragma once

#include "storm-record.h"

G_BEGIN_DECLS

#define STORM_TYPE_CLI_STDIN (storm_cli_stdin_get_type ())

/**
 * StormCliStdin:
 *
 * JSON lines from standard input, read at once and kept, so that they can be rewound. A replay
 * knows only of a reader that can be rewound where its partitions end, and without that it can't
 * tell which events are late.
 */
G_DECLARE_FINAL_TYPE (StormCliStdin, storm_cli_stdin, STORM, CLI_STDIN, GObject)

/**
 * storm_cli_stdin_new:
 * @fd: read to its end, or until somebody presses Ctrl+C
 * @name: topic of plain lines
 * @seconds: no longer than this is read; negative: however long it takes
 */
StormRecordReader *storm_cli_stdin_new (int          fd,
                                        const char  *name,
                                        double       seconds,
                                        GError     **error);

G_END_DECLS
