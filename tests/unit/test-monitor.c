#include "config.h"

#include "storm-history.h"
#include "storm-monitor.h"
#include "storm-test.h"
#include "storm-trace-test.h"

typedef struct
{
  StormBoard   *board;
  StormMonitor *monitor;
  StormOverlay *overlay;
  GString      *changed;    /* ids of the last `changed`, sorted; "all" */
  guint         n_changed;
  guint         n_flushed;
} Fixture;

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
on_overlay_changed (StormOverlay *overlay,
                    GPtrArray    *ids,
                    Fixture      *f)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint i;

  f->n_changed++;
  g_string_assign (f->changed, ids == NULL ? "all" : "");
  for (i = 0; ids != NULL && i < ids->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (ids, i));
  g_ptr_array_sort (sorted, compare_ids);
  for (i = 0; i < sorted->len; i++)
    g_string_append_printf (f->changed, "%s%s", i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (sorted, i));
}

static void
on_flushed (Fixture *f)
{
  f->n_flushed++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  storm_test_add_sticky (f->board, "placed", STORM_KIND_EVENT, "OrderPlaced", 0, 0);
  storm_test_add_sticky (f->board, "policy", STORM_KIND_POLICY, "Whenever", 200, 0);
  storm_test_add_sticky (f->board, "cmd", STORM_KIND_COMMAND, "Pay", 400, 0);
  storm_test_add_sticky (f->board, "paid", STORM_KIND_EVENT, "Paid", 600, 0);
  storm_test_add_sticky (f->board, "paid2", STORM_KIND_EVENT, "Paid", 600, 300);
  storm_test_add_flow (f->board, "f1", "placed", "policy");
  storm_test_add_flow (f->board, "f2", "policy", "cmd");
  storm_test_add_flow (f->board, "f3", "cmd", "paid");
  f->monitor = storm_monitor_new (f->board);
  f->overlay = storm_monitor_get_overlay (f->monitor);
  f->changed = g_string_new (NULL);
  f->n_changed = 0;
  f->n_flushed = 0;
  g_signal_connect (f->overlay, "changed", G_CALLBACK (on_overlay_changed), f);
  g_signal_connect_swapped (f->monitor, "flushed", G_CALLBACK (on_flushed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (f->overlay, f);
  g_assert_finalize_object (f->monitor);
  g_assert_finalize_object (f->board);
  g_string_free (f->changed, TRUE);
}

static void
take_only (Fixture         *f,
           const TestEvent *events,
           guint            n)
{
  g_autoptr (StormBatch) batch = test_batch (storm_monitor_get_strings (f->monitor), events, n);

  storm_monitor_take (f->monitor, batch);
}

static void
take (Fixture         *f,
      const TestEvent *events,
      guint            n)
{
  take_only (f, events, n);
  storm_monitor_flush (f->monitor);
}

/* "1 2? lit": the badges of a sticky; "!" is late. */
static void
assert_badges (Fixture    *f,
               const char *id,
               const char *expected)
{
  const StormOverlaySticky *shown = storm_overlay_get_sticky (f->overlay, id);
  g_autoptr (GString) out = g_string_new (NULL);
  guint i;

  for (i = 0; shown != NULL && i < shown->n_badges; i++)
    g_string_append_printf (out, "%u%s%s ", shown->badges[i].n,
                            shown->badges[i].provisional ? "?" : "",
                            shown->badges[i].late ? "!" : "");
  if (shown != NULL && shown->lit)
    g_string_append (out, "lit");
  g_assert_cmpstr (out->str, ==, expected);
}

static const TestEvent order[] = {
  { "OrderPlaced", "a", "1", 1000, 0, 0 },
  { "OrderPlaced", "b", "2", 2000, 0, 1 },
  { "Paid", "a", "3", 3000, 0, 2 },
  { "Extra", "a", "4", 4000, 0, 3 },
  { "Paid", "a", "5", 9000, 0, 4 },
  { "Paid", "a", "3", 9100, 0, 5 },
};

static void
test_trace (Fixture       *f,
            gconstpointer  data)
{
  const TestEvent late = { "OrderPlaced", "a", "9", 2500, 0, 9 };

  storm_monitor_set_key (f->monitor, "a");
  g_assert_true (storm_overlay_has_key (f->overlay));
  g_assert_null (storm_overlay_get_sticky (f->overlay, "placed"));

  take (f, order, 2);
  g_assert_cmpstr (f->changed->str, ==, "placed");
  assert_badges (f, "placed", "1? lit");
  assert_badges (f, "policy", "");

  take (f, order + 2, 4);
  g_assert_cmpstr (f->changed->str, ==, "cmd f1 f2 f3 paid paid2 placed policy");
  assert_badges (f, "placed", "1 lit");
  assert_badges (f, "paid", "2 4? lit");
  assert_badges (f, "paid2", "2 4? lit");
  assert_badges (f, "policy", "lit");
  assert_badges (f, "cmd", "lit");
  g_assert_true (storm_overlay_get_flow_lit (f->overlay, "f1"));
  g_assert_true (storm_overlay_get_flow_lit (f->overlay, "f3"));

  /* A frame without news of this trace changes nothing. */
  f->n_changed = 0;
  storm_monitor_flush (f->monitor);
  g_assert_cmpuint (f->n_changed, ==, 0);

  take (f, &late, 1);
  g_assert_cmpstr (f->changed->str, ==, "paid paid2 placed");
  assert_badges (f, "placed", "1 2! lit");
  assert_badges (f, "paid", "3 5? lit");

  storm_monitor_set_key (f->monitor, "b");
  assert_badges (f, "placed", "1 lit");
  assert_badges (f, "paid", "");
  g_assert_false (storm_overlay_get_flow_lit (f->overlay, "f1"));
}

static void
test_board_changes (Fixture       *f,
                    gconstpointer  data)
{
  StormChange *change;

  take (f, order, G_N_ELEMENTS (order));
  storm_monitor_set_key (f->monitor, "a");
  assert_badges (f, "cmd", "lit");

  change = storm_change_new (NULL);
  storm_change_remove (change, STORM_OBJECT (storm_board_lookup_flow (f->board, "f1")));
  storm_test_apply (f->board, change);
  g_assert_cmpstr (f->changed->str, ==, "all");
  g_assert_false (storm_overlay_get_flow_lit (f->overlay, "f1"));
  g_assert_true (storm_overlay_get_flow_lit (f->overlay, "f3"));

  change = storm_change_new (NULL);
  storm_change_set (change, "paid", STORM_PROP_TITLE, g_variant_new_string ("Extra"));
  storm_test_apply (f->board, change);
  assert_badges (f, "paid", "3 lit");
  assert_badges (f, "paid2", "2 4? lit");
}

static const StormOverlaySticky *
get_live (Fixture    *f,
          const char *id)
{
  const StormOverlaySticky *shown = storm_overlay_get_sticky (f->overlay, id);

  g_assert_nonnull (shown);
  g_assert_false (shown->lit);
  g_assert_cmpuint (shown->n_badges, ==, 0);
  return shown;
}

static void
test_live (Fixture       *f,
           gconstpointer  data)
{
  const TestEvent early = { "OrderPlaced", "c", "0", 500, 0, 9 };
  const StormOverlaySticky *shown;
  double rate;

  take (f, order, G_N_ELEMENTS (order));
  g_assert_false (storm_overlay_has_key (f->overlay));
  g_assert_cmpstr (f->changed->str, ==, "paid paid2 placed");
  shown = get_live (f, "placed");
  g_assert_cmpuint (shown->count, ==, 2);
  g_assert_cmpuint (shown->latest_n, ==, 2);
  g_assert_cmpuint (shown->latest_row, ==, 1);
  g_assert_cmpint (shown->latest_arrival, >, 0);
  rate = shown->rate;
  g_assert_cmpfloat (rate, >, 0);
  shown = get_live (f, "paid2");
  /* The repeat is no second event. */
  g_assert_cmpuint (shown->count, ==, 2);
  g_assert_cmpuint (shown->latest_n, ==, 5);
  g_assert_cmpuint (shown->latest_row, ==, 4);
  g_assert_null (storm_overlay_get_sticky (f->overlay, "cmd"));

  /* Put in before them all, it moves their places. */
  take (f, &early, 1);
  shown = get_live (f, "placed");
  g_assert_cmpuint (shown->count, ==, 3);
  g_assert_cmpuint (shown->latest_n, ==, 3);
  g_assert_cmpuint (shown->latest_row, ==, 1);
  g_assert_cmpuint (get_live (f, "paid")->latest_n, ==, 6);

  g_usleep (20000);
  rate = get_live (f, "placed")->rate;
  storm_monitor_tick (f->monitor);
  g_assert_cmpfloat (get_live (f, "placed")->rate, <, rate);

  /* Choosing a trace and leaving it brings the stream back. */
  storm_monitor_set_key (f->monitor, "a");
  assert_badges (f, "placed", "1 lit");
  storm_monitor_set_key (f->monitor, "");
  g_assert_null (storm_monitor_get_key (f->monitor));
  g_assert_cmpuint (get_live (f, "placed")->count, ==, 3);

  storm_monitor_clear (f->monitor);
  g_assert_null (storm_overlay_get_sticky (f->overlay, "placed"));
}

/* The watermark is 2 s behind the newest event; what it passes is settled, and said to the
 * board. */
static void
test_live_settles (Fixture       *f,
                   gconstpointer  data)
{
  const TestEvent later = { "Extra", "c", "0", 12000, 0, 9 };

  take (f, order, G_N_ELEMENTS (order));
  g_assert_false (get_live (f, "placed")->latest_provisional);
  g_assert_true (get_live (f, "paid")->latest_provisional);
  g_string_truncate (f->changed, 0);
  take (f, &later, 1);
  g_assert_false (get_live (f, "paid")->latest_provisional);
  g_assert_true (g_str_has_prefix (f->changed->str, "paid paid2"));
}

static void
test_selection (Fixture       *f,
                gconstpointer  data)
{
  g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, G_MAXUINT);
  take (f, order, 3);
  storm_monitor_set_selected_row (f->monitor, 2);
  g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, 2);
  storm_monitor_set_selected_row (f->monitor, 3);
  g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, G_MAXUINT);
  storm_monitor_set_selected_row (f->monitor, 1);
  storm_monitor_clear (f->monitor);
  g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, G_MAXUINT);
}

static void
test_unmatched (Fixture       *f,
                gconstpointer  data)
{
  const TestEvent more[] = {
    { "Once", "a", NULL, 1, 1, 0 },
    { "Extra", "a", NULL, 2, 1, 1 },
    { NULL, "a", NULL, 3, 1, 2 },
  };
  g_autoptr (GArray) unmatched = NULL;
  StormUnmatched *first;
  guint n_undecodable;

  take (f, order, G_N_ELEMENTS (order));
  take (f, more, G_N_ELEMENTS (more));
  unmatched = storm_monitor_get_unmatched (f->monitor);
  g_assert_cmpuint (unmatched->len, ==, 2);
  first = &g_array_index (unmatched, StormUnmatched, 0);
  g_assert_cmpstr (storm_strings_get (storm_monitor_get_strings (f->monitor), first->type_id),
                   ==, "Extra");
  g_assert_cmpuint (first->count, ==, 2);
  g_assert_cmpuint (first->last_row, ==, 7);
  g_object_get (f->monitor, "n-undecodable", &n_undecodable, NULL);
  g_assert_cmpuint (n_undecodable, ==, 1);
}

static void
on_remapped (GObject      *log,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  g_assert_true (storm_event_log_remap_finish (STORM_EVENT_LOG (log), result, &error));
  g_assert_no_error (error);
  *done = TRUE;
}

static void
test_remap (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (
    "{\"type\":[\"json:/t\"],\"time\":[\"json:/ts\"],\"correlation\":[\"json:/t\"]}", &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  storm_monitor_set_key (f->monitor, "Paid");
  take (f, order, G_N_ELEMENTS (order));
  assert_badges (f, "paid", "");
  storm_event_log_remap_async (storm_monitor_get_log (f->monitor), mapping, NULL, on_remapped,
                               &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  /* Now the type is the key, and nothing has an id, so nothing repeats. */
  assert_badges (f, "paid", "1 2? 3? lit");
  g_assert_cmpuint (storm_event_view_get_n (storm_monitor_get_view (f->monitor)), ==, 6);
  g_assert_null (storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "a"));
}

/* Makes a sticky of one record with @payload; says what it is: "Title(name:type*)", * is the
 * key. */
static char *
make_sticky (Fixture    *f,
             const char *mapping_json,
             const char *payload)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (mapping_json, &error);
  g_autoptr (StormBatchBuilder) builder = NULL;
  g_autoptr (StormBatch) batch = NULL;
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;
  StormRecord record = { .topic = "food.order", .broker_time = AT (0) };
  StormSticky *sticky;
  GString *out = g_string_new (NULL);
  guint32 row;
  guint i;

  g_assert_no_error (error);
  builder = storm_batch_builder_new (storm_monitor_get_strings (f->monitor), mapping);
  record.payload = (const guint8 *) payload;
  record.payload_len = strlen (payload);
  storm_batch_builder_add (builder, &record);
  batch = storm_batch_builder_take (builder);
  storm_monitor_clear (f->monitor);
  storm_monitor_take (f->monitor, batch);
  storm_monitor_flush (f->monitor);
  row = storm_event_log_get_n (storm_monitor_get_log (f->monitor)) - 1;

  change = storm_monitor_make_sticky (f->monitor, mapping,
                                      storm_event_log_get_type_id (
                                        storm_monitor_get_log (f->monitor), row),
                                      (StormPoint) { 500, 500 }, &id);
  storm_test_apply (f->board, storm_change_ref (change));
  sticky = storm_board_lookup_sticky (f->board, id);
  g_assert_nonnull (sticky);
  g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_EVENT);
  g_assert_cmpstr (storm_sticky_get_topic (sticky), ==, "food.order");
  g_assert_cmpfloat (storm_rect_center (storm_sticky_get_rect (sticky)).x, ==, 500);
  g_string_append_printf (out, "%s(", storm_sticky_get_title (sticky));
  for (i = 0; i < storm_sticky_get_fields (sticky)->len; i++)
    {
      StormField *field = g_ptr_array_index (storm_sticky_get_fields (sticky), i);

      g_string_append_printf (out, "%s%s:%s%s", i > 0 ? " " : "", field->name, field->type,
                              field->correlation ? "*" : "");
    }
  g_string_append_c (out, ')');
  g_assert_cmpuint (storm_matcher_match (storm_monitor_get_matcher (f->monitor),
                                         storm_event_log_get_type_id (
                                           storm_monitor_get_log (f->monitor), row),
                                         NULL)->len, ==, 1);
  return g_string_free (out, FALSE);
}

static void
test_make_sticky (Fixture       *f,
                  gconstpointer  data)
{
  static const struct { const char *mapping, *payload, *expected; } cases[] = {
    { "{\"type\":[\"json:/eventType\"],\"time\":[\"json:/timestamp\"],"
      "\"correlation\":[\"json:/x\",\"json:/orderId\"]}",
      "{\"eventType\":\"CookStarted\",\"timestamp\":\"2026-11-21T10:00:00Z\",\"orderId\":4711,"
      "\"name\":\"n\",\"price\":1.5,\"hot\":true,\"items\":[1],\"at\":{\"x\":1},\"none\":null}",
      "CookStarted(orderId:Long* name:String price:Double hot:Boolean items:List at:Object "
      "none:)" },
    { "{\"type\":[\"json:/type\"],\"correlation\":[\"json:/none\"],"
      "\"perType\":{\"Baked\":{\"correlation\":[\"json:/data/a~1b\"]}}}",
      "{\"type\":\"com.shop.Baked\",\"data\":{\"a/b\":\"7\",\"n\":1}}",
      "Baked(a/b:String* n:Long)" },
    { "{\"type\":[\"json:/type\"],\"correlation\":[\"json:/txId\"]}",
      "{\"type\":\"Wrapped\",\"txId\":\"t\",\"payload\":{\"id\":1}}",
      "Wrapped(id:Long)" },
    { "{\"type\":[\"topic\"]}", "not json", "food.order()" },
    { "{\"type\":[\"json:/x\",\"json:/kind\",\"json:/sort\"]}",
      "{\"x\":\"Twice\",\"kind\":\"Twice\",\"sort\":\"once\",\"name\":\"Twice\"}",
      "Twice(sort:String name:String)" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *made = make_sticky (f, cases[i].mapping, cases[i].payload);

      g_assert_cmpstr (made, ==, cases[i].expected);
    }
}

/* Between the frames that show the lists the board is told of everything; nobody sees rows in the
 * list that it was not told of. */
static void
test_board_ahead (Fixture       *f,
                  gconstpointer  data)
{
  const TestEvent early = { "OrderPlaced", "c", "0", 500, 0, 9 };
  StormEventView *view = storm_monitor_get_view (f->monitor);
  guint position;

  take (f, order, 2);
  f->n_flushed = 0;
  take_only (f, order + 2, 4);
  storm_monitor_flush_board (f->monitor);
  g_assert_cmpstr (f->changed->str, ==, "paid paid2 placed");
  g_assert_cmpuint (get_live (f, "paid")->count, ==, 2);
  g_assert_cmpuint (get_live (f, "paid")->latest_n, ==, 5);
  g_assert_cmpuint (get_live (f, "paid")->latest_row, ==, 4);
  take_only (f, &early, 1);
  storm_monitor_flush_board (f->monitor);
  g_assert_cmpuint (get_live (f, "paid")->latest_n, ==, 6);
  g_assert_cmpuint (get_live (f, "placed")->latest_n, ==, 3);
  g_assert_cmpuint (f->n_flushed, ==, 0);
  g_assert_cmpuint (storm_event_view_get_n (view), ==, 2);
  g_assert_false (storm_event_view_find (view, 4, &position));

  /* Who chooses an event on the board finds it in the list. */
  storm_monitor_set_selected_row (f->monitor, 4);
  g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, 4);
  g_assert_cmpuint (f->n_flushed, ==, 1);
  g_assert_cmpuint (storm_event_view_get_n (view), ==, 7);
  g_assert_true (storm_event_view_find (view, 4, &position));
  g_assert_cmpuint (get_live (f, "paid")->latest_n, ==, 6);
}

static void
assert_same_overlay (StormMonitor *a,
                     StormMonitor *b)
{
  static const char * const ids[] = { "placed", "policy", "cmd", "paid", "paid2" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const StormOverlaySticky *x =
        storm_overlay_get_sticky (storm_monitor_get_overlay (a), ids[i]);
      const StormOverlaySticky *y =
        storm_overlay_get_sticky (storm_monitor_get_overlay (b), ids[i]);

      g_assert_cmpint (x != NULL, ==, y != NULL);
      if (x == NULL)
        continue;
      g_assert_cmpuint (x->count, ==, y->count);
      g_assert_cmpuint (x->latest_n, ==, y->latest_n);
      g_assert_cmpuint (x->latest_row, ==, y->latest_row);
      g_assert_cmpint (x->latest_provisional, ==, y->latest_provisional);
      g_assert_cmpint (x->lit, ==, y->lit);
      g_assert_cmpmem (x->badges, x->n_badges * sizeof (StormBadge), y->badges,
                       y->n_badges * sizeof (StormBadge));
    }
}

/* Whatever comes, in whatever order: the board is as if everything were shown with each frame. */
static void
test_board_ahead_random (Fixture       *f,
                         gconstpointer  data)
{
  static const char * const types[] = { "OrderPlaced", "Paid", "Extra", NULL };
  static const char * const keys[] = { "a", "b", "c" };
  static const char * const event_ids[] = { "1", "2", "3", "4", "5", "6", "7", "8" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (StormMonitor) ahead = storm_monitor_new (f->board);
      g_autoptr (StormMonitor) always = storm_monitor_new (f->board);

      storm_monitor_set_key (ahead, round % 3 == 2 ? "a" : NULL);
      storm_monitor_set_key (always, round % 3 == 2 ? "a" : NULL);
      for (guint frame = 0; frame < 40; frame++)
        {
          TestEvent events[12];
          guint n = g_rand_int_range (rand, 1, G_N_ELEMENTS (events) + 1);
          g_autoptr (StormBatch) first = NULL;
          g_autoptr (StormBatch) second = NULL;

          for (guint i = 0; i < n; i++)
            events[i] = (TestEvent) {
              types[g_rand_int_range (rand, 0, 4)], keys[g_rand_int_range (rand, 0, 3)],
              g_rand_int_range (rand, 0, 3) == 0 ? event_ids[g_rand_int_range (rand, 0, 8)] : NULL,
              frame * 300 + g_rand_int_range (rand, 0, 3000), 0, frame * 100 + i
            };
          first = test_batch (storm_monitor_get_strings (ahead), events, n);
          second = test_batch (storm_monitor_get_strings (always), events, n);
          storm_monitor_take (ahead, first);
          storm_monitor_take (always, second);
          storm_monitor_flush (always);
          if (g_rand_int_range (rand, 0, 5) == 0)
            storm_monitor_flush (ahead);
          else
            storm_monitor_flush_board (ahead);
          assert_same_overlay (ahead, always);
        }
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/monitor/trace", test_trace);
  ADD ("/monitor/board-changes", test_board_changes);
  ADD ("/monitor/live", test_live);
  ADD ("/monitor/live-settles", test_live_settles);
  ADD ("/monitor/board-ahead", test_board_ahead);
  ADD ("/monitor/board-ahead-random", test_board_ahead_random);
  ADD ("/monitor/selection", test_selection);
  ADD ("/monitor/unmatched", test_unmatched);
  ADD ("/monitor/remap", test_remap);
  ADD ("/monitor/make-sticky", test_make_sticky);
  return g_test_run ();
}
