#include "config.h"

#include "storm-cli-events.h"

#include <stdio.h>
#include <glib/gi18n.h>

#include "storm-board-mapping.h"
#include "storm-cli.h"
#include "storm-detect.h"

/* Events of a board that doesn't say what the correlation key is wait here until it is known. */
typedef struct
{
  StormMonitor *monitor;
  GPtrArray    *waiting;   /* (element-type StormBatch), NULL when the key is known */
} Reading;

static gboolean
take_cb (StormBatch *batch,
         gpointer    user_data)
{
  Reading *reading = user_data;

  if (reading->waiting != NULL)
    g_ptr_array_add (reading->waiting, storm_batch_ref (batch));
  else
    storm_monitor_take (reading->monitor, batch);
  return TRUE;
}

static StormDetected *
detect (Reading *reading)
{
  StormBoard *board = storm_monitor_get_board (reading->monitor);
  g_auto (GStrv) names = storm_board_event_names (board);
  g_autoptr (StormDetector) detector = storm_detector_new ((const char * const *) names);
  g_auto (StormRecordView) view = { 0 };

  for (guint i = 0; i < reading->waiting->len; i++)
    {
      StormBatch *batch = g_ptr_array_index (reading->waiting, i);
      guint n_rows;

      storm_batch_get_rows (batch, &n_rows);
      for (guint row = 0; row < n_rows; row++)
        {
          storm_batch_get_record (batch, row, &view);
          storm_detector_add (detector, &view.record);
        }
    }
  return storm_detector_finish (detector);
}

static void
add_marks (StormBatchBuilder *builder,
           StormStrings      *strings,
           StormBatch        *batch,
           guint              at_row,
           guint             *next)
{
  guint n_marks;
  const StormMark *marks = storm_batch_get_marks (batch, &n_marks);

  for (; *next < n_marks && marks[*next].at_row <= at_row; (*next)++)
    {
      const StormMark *mark = &marks[*next];

      storm_batch_builder_mark_for (builder,
                                    storm_strings_get_connection_name (strings, mark->topic));
      storm_batch_builder_mark (builder, mark->kind, storm_strings_get (strings, mark->topic),
                                mark->partition, mark->from, mark->to);
    }
}

/* Reads the waiting batches again with @mapping. Marks keep their places between the events, so
 * that what is late is found out as if the mapping had been known from the beginning. */
static void
take_waiting (Reading      *reading,
              StormMapping *mapping)
{
  StormStrings *strings = storm_monitor_get_strings (reading->monitor);
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  g_auto (StormRecordView) view = { 0 };

  for (guint i = 0; i < reading->waiting->len; i++)
    {
      StormBatch *batch = g_ptr_array_index (reading->waiting, i);
      g_autoptr (StormBatch) again = NULL;
      guint next_mark = 0;
      guint n_rows;

      storm_batch_get_rows (batch, &n_rows);
      for (guint row = 0; row < n_rows; row++)
        {
          add_marks (builder, strings, batch, row, &next_mark);
          storm_batch_get_record (batch, row, &view);
          storm_batch_builder_add (builder, &view.record);
        }
      add_marks (builder, strings, batch, G_MAXUINT, &next_mark);
      again = storm_batch_builder_take (builder);
      if (again != NULL)
        storm_monitor_take (reading->monitor, again);
    }
}

/* The best finding is taken, and told. */
static void
find_key (Reading      *reading,
          StormMapping *mapping)
{
  g_autoptr (StormDetected) detected = detect (reading);

  if (detected != NULL && detected->candidates->len > 0)
    {
      StormKeyCandidate *best = g_ptr_array_index (detected->candidates, 0);

      fprintf (stderr, _("stormwatch-cli: the board names no correlation key; found in the events: "
                         "%s (%s)\n"), best->words, detected->convention);
      mapping = best->mapping;
    }
  else if (detected != NULL)
    fprintf (stderr, _("stormwatch-cli: the board names no correlation key, and none was found in "
                       "the events (%s)\n"), detected->convention);
  take_waiting (reading, mapping);
}

/* Takes @source over. */
static StormMonitor *
read_source (StormBoard   *board,
             StormMapping *mapping,
             StormSource  *source,
             GError      **error)
{
  g_autoptr (StormMonitor) monitor = storm_monitor_new (board);
  g_autoptr (StormSource) read = source;
  g_autoptr (GPtrArray) waiting = NULL;
  Reading reading = { 0 };

  if (!storm_board_mapping_has_key (board))
    waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_batch_unref);
  reading = (Reading) { monitor, waiting };
  if (!storm_cli_run_source (read, storm_monitor_get_strings (monitor), mapping, take_cb,
                             &reading, error))
    return NULL;
  if (waiting != NULL)
    find_key (&reading, mapping);
  storm_monitor_flush (monitor);
  return g_steal_pointer (&monitor);
}

StormMonitor *
storm_cli_read_events (const char  *path,
                       GError     **error)
{
  g_autoptr (StormBoard) board = storm_cli_load_board (path, error);
  g_autoptr (StormMapping) mapping =
    board != NULL ? storm_board_mapping_new (board, error) : NULL;
  StormSource *source =
    mapping != NULL ? storm_cli_open_source (STORM_CLI_READ_TO_END, error) : NULL;

  return source != NULL ? read_source (board, mapping, source, error) : NULL;
}

StormMonitor *
storm_cli_read_recording (StormBoard  *board,
                          const char  *path,
                          GError     **error)
{
  g_autoptr (StormMapping) mapping = storm_board_mapping_new (board, error);
  StormSource *source =
    mapping != NULL ? storm_cli_open_recording (path, STORM_CLI_READ_TO_END, error) : NULL;

  return source != NULL ? read_source (board, mapping, source, error) : NULL;
}
