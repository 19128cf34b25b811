#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-samples
 *
 * The sample boards and their recordings, which are part of the program: they are there without an
 * installation.
 */

/**
 * StormSampleRecording:
 * @id: a short word, "good", "compensated", "troubled"
 * @title: translated
 * @path: resource path, for storm_sample_recording_load()
 * @file_name: the file's name, "food-order-good.jsonl"; its part before the first point is the
 *   topic of plain lines
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *path;
  const char *file_name;
} StormSampleRecording;

/**
 * StormSample:
 * @id: a short word, "food-order"
 * @title: translated
 * @description: translated: what there is to see
 * @path: resource path of the board's text form
 */
typedef struct
{
  const char                 *id;
  const char                 *title;
  const char                 *description;
  const char                 *path;
  const StormSampleRecording *recordings;
  guint                       n_recordings;
} StormSample;

/** storm_samples_get_n: how many samples there are. */
guint              storm_samples_get_n        (void);

/** storm_samples_get: (transfer none): sample @i, in the order in which they are offered. */
const StormSample *storm_samples_get          (guint  i);

/** storm_samples_lookup: (transfer none) (nullable): the sample with this id. */
const StormSample *storm_samples_lookup       (const char  *id);

/** storm_sample_load_board: (transfer full): the text form, for storm_board_json_import(). */
GBytes            *storm_sample_load_board    (const StormSample  *sample);

/**
 * storm_sample_load_recording:
 *
 * Returns: (transfer full): JSON lines, gzipped where @file_name ends in ".gz", for
 *   storm_jsonl_reader_new_for_stream()
 */
GBytes            *storm_sample_load_recording (const StormSampleRecording *recording);

G_END_DECLS
