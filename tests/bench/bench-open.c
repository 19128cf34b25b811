#include "config.h"

#include <glib/gstdio.h>

#include "bench-numbers.h"
#include "storm-board-file.h"
#include "storm-board-json.h"
#include "storm-capture.h"

/* What a large board costs: opening it, one gesture, a large undo, its text form; and how fast
 * events are spooled. */

#define N_STICKIES 10000
#define N_FLOWS 10000
#define N_GESTURES 1000
#define N_PASTED 2000
#define N_SPOOLED 1000000
#define N_IN_BATCH 10000
#define N_READ 20000

static void
print (const char *name,
       double      value,
       const char *unit,
       const char *budget)
{
  g_print ("%s: %.2f %s%s%s%s\n", name, value, unit, budget != NULL ? " (budget " : "",
           budget != NULL ? budget : "", budget != NULL ? ")" : "");
}

static double
ms_since (gint64 begin)
{
  return (g_get_monotonic_time () - begin) / 1000.0;
}

static void
print_percentiles (const char *name,
                   GArray     *times,
                   const char *budget)
{
  static const struct { const char *word; double part; } marks[] = {
    { "p50", 0.5 }, { "p95", 0.95 }, { "max", 1 }
  };

  g_array_sort (times, bench_compare);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *full = g_strdup_printf ("%s %s", name, marks[i].word);

      print (full, g_array_index (times, double, (guint) ((times->len - 1) * marks[i].part)), "ms",
             budget);
    }
}

static void
insert_stickies (StormChange *change,
                 const char  *prefix,
                 guint        n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-7c1e-4a41-%012u", prefix, i);
      g_autofree char *title = g_strdup_printf ("Order %u placed", i);
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "kind", "s", storm_kind_info (i % STORM_N_KINDS)->nick);
      g_variant_dict_insert (&dict, "title", "s", title);
      g_variant_dict_insert (&dict, "rect", "(dddd)", i % 100 * 140.0, i / 100 * 140.0, 120.0,
                             120.0);
      g_variant_dict_insert (&dict, "z", "x", (gint64) i);
      if (i % 3 == 0)
        g_variant_dict_insert_value (&dict, "fields",
                                     g_variant_new_parsed (
                                       "[('id', 'Long', true, true, ''),"
                                       " ('price', 'Money', false, false, '')]"));
      storm_change_insert (change, STORM_OBJECT_STICKY, id, g_variant_dict_end (&dict));
    }
}

static void
make_board (const char *path)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (StormBoardFile) file = NULL;

  insert_stickies (change, "aaaaaaaa", N_STICKIES);
  for (guint i = 0; i < N_FLOWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("ffffffff-7c1e-4a41-%012u", i);
      g_autofree char *from = g_strdup_printf ("aaaaaaaa-7c1e-4a41-%012u", i);
      g_autofree char *to = g_strdup_printf ("aaaaaaaa-7c1e-4a41-%012u", (i * 7 + 1) % N_STICKIES);
      GVariantDict dict;

      if (g_str_equal (from, to))
        continue;
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "from", "s", from);
      g_variant_dict_insert (&dict, "to", "s", to);
      storm_change_insert (change, STORM_OBJECT_FLOW, id, g_variant_dict_end (&dict));
    }
  if (!storm_change_apply (change, board, NULL))
    g_error ("the board could not be made");
  file = storm_board_file_create (path, board, NULL);
}

static void
bench_open (const char *path)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) infos = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < 9; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (StormBoardFile) file = storm_board_file_open (path, NULL);
      double ms = ms_since (begin);
      StormBoardInfo *info;

      g_array_append_val (times, ms);
      begin = g_get_monotonic_time ();
      info = storm_board_info_read (path, NULL);
      ms = ms_since (begin);
      g_array_append_val (infos, ms);
      storm_board_info_free (info);
    }
  print_percentiles ("open 10k stickies 10k flows", times, "300 ms");
  print_percentiles ("info of the same", infos, NULL);
}

static void
bench_text (const char *path)
{
  g_autoptr (GArray) exports = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) imports = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (StormBoardFile) file = storm_board_file_open_read_only (path, NULL);

  for (guint i = 0; i < 9; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autofree char *text = storm_board_json_export (storm_board_file_get_board (file));
      double ms = ms_since (begin);
      StormBoard *board;

      g_array_append_val (exports, ms);
      begin = g_get_monotonic_time ();
      board = storm_board_json_import (text, strlen (text), "bench.json", NULL);
      ms = ms_since (begin);
      g_array_append_val (imports, ms);
      g_object_unref (board);
    }
  print_percentiles ("export the text form of the same", exports, NULL);
  print_percentiles ("import it", imports, "300 ms");
}

static void
bench_gestures (StormBoardFile *file,
                guint           n_objects,
                const char     *name,
                const char     *budget)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  StormHistory *history = storm_board_file_get_history (file);

  for (guint i = 0; i < N_GESTURES; i++)
    {
      g_autoptr (StormChange) change = storm_change_new ("Move");
      gint64 begin;
      double ms;

      for (guint j = 0; j < n_objects; j++)
        {
          g_autofree char *id = g_strdup_printf ("aaaaaaaa-7c1e-4a41-%012u",
                                                 (i * 37 + j * 101) % N_STICKIES);

          storm_change_set (change, id, STORM_PROP_RECT,
                            g_variant_new ("(dddd)", i + 0.5, j + 0.25, 120.0, 120.0));
        }
      begin = g_get_monotonic_time ();
      if (!storm_history_do (history, change, NULL))
        g_error ("a gesture failed");
      ms = ms_since (begin);
      g_array_append_val (times, ms);
    }
  print_percentiles (name, times, budget);
}

static void
bench_reopen (StormBoardFile **file,
              const char      *path,
              const char      *name,
              const char      *budget)
{
  gint64 begin = g_get_monotonic_time ();

  g_clear_object (file);
  print ("close", ms_since (begin), "ms", NULL);
  begin = g_get_monotonic_time ();
  *file = storm_board_file_open (path, NULL);
  print (name, ms_since (begin), "ms", budget);
}

static void
bench_paste (StormBoardFile *file)
{
  StormHistory *history = storm_board_file_get_history (file);
  g_autoptr (StormChange) change = storm_change_new ("Paste");
  gint64 begin;

  insert_stickies (change, "bbbbbbbb", N_PASTED);
  begin = g_get_monotonic_time ();
  storm_history_do (history, change, NULL);
  print ("paste 2000 stickies", ms_since (begin), "ms", NULL);
  begin = g_get_monotonic_time ();
  storm_history_undo (history, NULL);
  print ("undo it", ms_since (begin), "ms", NULL);
  begin = g_get_monotonic_time ();
  storm_history_redo (history, NULL);
  print ("redo it", ms_since (begin), "ms", NULL);
}

static StormBatch *
make_batch (StormStrings *strings)
{
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  g_autofree char *memo = g_strnfill (220, 'm');

  for (guint i = 0; i < N_IN_BATCH; i++)
    {
      g_autofree char *payload = g_strdup_printf ("{\"eventType\":\"OrderPlaced\",\"id\":%u,"
                                                  "\"timestamp\":1795243306%03u,\"memo\":\"%s\"}",
                                                  i, i % 1000, memo);
      StormRecord record = {
        .topic = "orders", .partition = i % 3, .offset = i, .broker_time = i,
        .payload = (const guint8 *) payload, .payload_len = strlen (payload),
      };

      storm_batch_builder_add (builder, &record);
    }
  return storm_batch_builder_take (builder);
}

static void
bench_spool (const char *dir)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormBatch) batch = make_batch (strings);
  g_autoptr (StormCapture) capture = storm_capture_new (dir, NULL);
  g_auto (StormRecordView) view = { 0 };
  gint64 begin = g_get_monotonic_time ();

  for (guint row = 0; row < N_SPOOLED; row += N_IN_BATCH)
    storm_capture_append (capture, batch, row);
  if (!storm_capture_flush (capture, NULL))
    g_error ("spooling failed");
  print ("spool 1M events of 320 B", N_SPOOLED / ms_since (begin), "k rows/s", "450 k rows/s");
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < N_READ; i++)
    if (!storm_capture_read (i * 7919u % N_SPOOLED, &view, capture))
      g_error ("a row was not to be had");
  print ("read one spooled event", ms_since (begin) * 1000 / N_READ, "us", "5 us");
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("storm-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "bench.storm", NULL);
  StormBoardFile *file;

  make_board (path);
  bench_open (path);
  bench_text (path);
  file = storm_board_file_open (path, NULL);
  bench_gestures (file, 1, "gesture of 1 sticky", "5 ms");
  bench_reopen (&file, path, "open with 1000 undo steps", "300 ms");
  bench_gestures (file, 20, "gesture of 20 stickies", "5 ms");
  bench_paste (file);
  bench_reopen (&file, path, "open with 1000 undo steps of 20 stickies", NULL);
  g_object_unref (file);
  bench_spool (dir);
  g_remove (path);
  g_rmdir (dir);
  return 0;
}
