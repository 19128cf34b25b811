#include "config.h"

#include "storm-board-json.h"
#include "storm-board-mapping.h"
#include "storm-replay-source.h"
#include "storm-samples.h"
#include "storm-test.h"

static StormBoard *
load (const StormSample *sample,
      GBytes           **bytes)
{
  g_autoptr (GError) error = NULL;
  StormBoard *board;
  const char *data;
  gsize len;

  *bytes = storm_sample_load_board (sample);
  g_assert_nonnull (*bytes);
  data = g_bytes_get_data (*bytes, &len);
  board = storm_board_json_import (data, len, sample->id, &error);
  g_assert_no_error (error);
  return board;
}

/* The samples are written as the export writes them, so that saving one shows no difference. */
static void
test_canonical (void)
{
  for (guint i = 0; i < storm_samples_get_n (); i++)
    {
      const StormSample *sample = storm_samples_get (i);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (StormBoard) board = load (sample, &bytes);
      g_autofree char *text = storm_board_json_export (board);
      g_autofree char *original = g_strndup (g_bytes_get_data (bytes, NULL),
                                             g_bytes_get_size (bytes));

      g_assert_cmpstr (text, ==, original);
      g_assert_cmpstr (sample->title, ==, storm_board_get_title (board));
    }
}

static gboolean
may_touch (StormSticky *a,
           StormSticky *b)
{
  StormKind first = storm_sticky_get_kind (a);
  StormKind second = storm_sticky_get_kind (b);

  return (first == STORM_KIND_ACTOR && second == STORM_KIND_COMMAND) ||
         (first == STORM_KIND_COMMAND && second == STORM_KIND_ACTOR);
}

static void
check_place (StormBoard  *board,
             StormSticky *sticky)
{
  StormContext *context = storm_board_lookup_context (board, storm_sticky_get_context (sticky));
  GListModel *stickies = storm_board_get_stickies (board);

  g_assert_nonnull (context);
  g_assert_true (storm_rect_encloses (storm_context_get_rect (context),
                                      storm_sticky_get_rect (sticky)));
  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) other = g_list_model_get_item (stickies, i);

      if (other != sticky && !may_touch (sticky, other))
        g_assert_false (storm_rect_intersects (storm_sticky_get_rect (sticky),
                                               storm_sticky_get_rect (other)));
    }
}

static void
test_places (void)
{
  for (guint i = 0; i < storm_samples_get_n (); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (StormBoard) board = load (storm_samples_get (i), &bytes);
      GListModel *stickies = storm_board_get_stickies (board);

      g_assert_cmpuint (g_list_model_get_n_items (stickies), >=, 15);
      g_assert_true (storm_board_mapping_has_key (board));
      for (guint j = 0; j < g_list_model_get_n_items (stickies); j++)
        {
          g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, j);

          check_place (board, sticky);
        }
    }
}

static void
test_food_order_steps (void)
{
  static const struct { const char *title; StormKind kind; const char *context; } steps[] = {
    { "Order", STORM_KIND_COMMAND, "Order" },
    { "Order", STORM_KIND_AGGREGATE, "Order" },
    { "Customer", STORM_KIND_ACTOR, "Order" },
    { "OrderPlaced", STORM_KIND_EVENT, "Order" },
    { "Order info transfer", STORM_KIND_POLICY, "OrderMgmt" },
    { "Process Order", STORM_KIND_COMMAND, "OrderMgmt" },
    { "Restaurant", STORM_KIND_ACTOR, "OrderMgmt" },
    { "OrderMgmt", STORM_KIND_AGGREGATE, "OrderMgmt" },
    { "OrderAccepted", STORM_KIND_EVENT, "OrderMgmt" },
    { "Start Cook", STORM_KIND_COMMAND, "OrderMgmt" },
    { "CookStarted", STORM_KIND_EVENT, "OrderMgmt" },
    { "Finish Cook", STORM_KIND_COMMAND, "OrderMgmt" },
    { "CookFinished", STORM_KIND_EVENT, "OrderMgmt" },
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (StormBoard) board = load (storm_samples_lookup ("food-order"), &bytes);
  GListModel *stickies = storm_board_get_stickies (board);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      guint found = 0;

      for (guint j = 0; j < g_list_model_get_n_items (stickies); j++)
        {
          g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, j);
          StormContext *context =
            storm_board_lookup_context (board, storm_sticky_get_context (sticky));

          found += storm_sticky_get_kind (sticky) == steps[i].kind &&
                   g_str_equal (storm_sticky_get_title (sticky), steps[i].title) &&
                   g_str_equal (storm_context_get_title (context), steps[i].context);
        }
      g_assert_cmpuint (found, ==, 1);
    }
}

static void
test_recordings (void)
{
  for (guint i = 0; i < storm_samples_get_n (); i++)
    {
      const StormSample *sample = storm_samples_get (i);

      g_assert_cmpuint (sample->n_recordings, >=, 2);
      for (guint j = 0; j < sample->n_recordings; j++)
        {
          const StormSampleRecording *recording = &sample->recordings[j];
          g_autoptr (GBytes) bytes = storm_sample_load_recording (recording);
          g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
          g_autoptr (StormRecordReader) reader =
            storm_jsonl_reader_new_for_stream (stream, recording->file_name);
          g_autoptr (GError) error = NULL;
          StormRecord record;
          guint n = 0;

          while (storm_record_reader_next (reader, &record, NULL, &error))
            n++;
          g_assert_no_error (error);
          g_assert_cmpuint (n, >=, 8);
        }
    }
}

static void
test_lookup (void)
{
  g_assert_null (storm_samples_lookup ("no-such-sample"));
  g_assert_cmpstr (storm_samples_lookup ("mobile-beverage")->id, ==, "mobile-beverage");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/samples/canonical", test_canonical);
  g_test_add_func ("/samples/places", test_places);
  g_test_add_func ("/samples/food-order-steps", test_food_order_steps);
  g_test_add_func ("/samples/recordings", test_recordings);
  g_test_add_func ("/samples/lookup", test_lookup);
  return g_test_run ();
}
