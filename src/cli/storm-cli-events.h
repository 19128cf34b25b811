#pragma once

#include "storm-batch.h"
#include "storm-monitor.h"
#include "storm-source.h"

G_BEGIN_DECLS

/** StormCliDefaults: what holds when the command line says nothing. */
typedef enum
{
  STORM_CLI_READ_TO_END,   /* a broker is read to the ends as they are at the start */
  STORM_CLI_READ_ON,       /* it is read until somebody says stop */
} StormCliReading;

/** storm_cli_event_entries: the options that say where events come from, for storm_cli_parse(). */
const GOptionEntry *storm_cli_event_entries (void);

/** storm_cli_reads_recording: the events happened long ago; nobody waits for more. */
gboolean     storm_cli_reads_recording (void);

/**
 * storm_cli_open_source:
 *
 * Returns: (transfer full): the source that the parsed options name, or %NULL with an error
 */
StormSource *storm_cli_open_source  (StormCliReading   reading,
                                     GError          **error);

/** storm_cli_open_recording: (transfer full): the recording in the file at @path, "-" for standard
 * input. */
StormSource *storm_cli_open_recording (const char     *path,
                                       StormCliReading  reading,
                                       GError         **error);

/**
 * StormCliTake:
 *
 * Takes a batch. Returns %FALSE when no more is wanted.
 */
typedef gboolean (*StormCliTake)    (StormBatch       *batch,
                                     gpointer          user_data);

/**
 * storm_cli_run_source:
 *
 * Runs the main loop until the source has ended, the time of --for is over, @take has enough, or
 * somebody pressed Ctrl+C.
 */
gboolean     storm_cli_run_source   (StormSource      *source,
                                     StormStrings     *strings,
                                     StormMapping     *mapping,
                                     StormCliTake      take,
                                     gpointer          user_data,
                                     GError          **error);

/**
 * storm_cli_read_events:
 *
 * Reads all events of the source that the options name into a monitor of the board in the file at
 * @path. When the board doesn't say what the correlation key is, it is found out from the events,
 * and said on standard error.
 *
 * Returns: (transfer full): the monitor, or %NULL with an error
 */
StormMonitor *storm_cli_read_events (const char       *path,
                                     GError          **error);
/** storm_cli_read_recording: the same for @board and the recording in the file at @path. */
StormMonitor *storm_cli_read_recording (StormBoard    *board,
                                        const char    *path,
                                        GError       **error);

G_END_DECLS
