#include "config.h"

#include "storm-field-drift.h"
#include "storm-history.h"
#include "storm-monitor.h"
#include "storm-overlay-marks.h"
#include "storm-test.h"
#include "storm-trace-test.h"

typedef struct
{
  StormBoard      *board;
  StormHistory    *history;
  StormMonitor    *monitor;
  StormMapping    *mapping;
  StormFieldDrift *drift;
  StormSticky     *sticky;
  gint64           offset;
  guint            n_changed;
} Fixture;

static void
on_changed (Fixture *f)
{
  f->n_changed++;
}

static void
set_fields (Fixture    *f,
            const char *fields)
{
  g_autoptr (StormChange) change = storm_change_new ("fields");
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (G_VARIANT_TYPE ("a(ssbbs)"), fields, NULL, NULL, &error);

  g_assert_no_error (error);
  storm_change_set (change, "placed", STORM_PROP_FIELDS, value);
  g_variant_unref (value);
  g_assert_true (storm_history_do (f->history, change, &error));
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  storm_test_add_sticky (f->board, "placed", STORM_KIND_EVENT, "OrderPlaced", 0, 0);
  f->sticky = storm_board_lookup_sticky (f->board, "placed");
  f->monitor = storm_monitor_new (f->board);
  f->mapping = test_mapping ();
  f->drift = storm_field_drift_new (f->board, storm_monitor_get_log (f->monitor),
                                    storm_monitor_get_matcher (f->monitor));
  storm_field_drift_set_mapping (f->drift, f->mapping);
  f->offset = 0;
  f->n_changed = 0;
  g_signal_connect_swapped (f->drift, "changed", G_CALLBACK (on_changed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->drift);
  storm_mapping_unref (f->mapping);
  g_assert_finalize_object (f->monitor);
  g_object_unref (f->history);
  g_assert_finalize_object (f->board);
}

/* @members: of the payload, beside type, key and time. */
static void
take (Fixture    *f,
      const char *members)
{
  g_autoptr (StormBatchBuilder) builder =
    storm_batch_builder_new (storm_monitor_get_strings (f->monitor), f->mapping);
  g_autofree char *payload = g_strdup_printf ("{\"t\":\"OrderPlaced\",\"k\":\"a\",\"ts\":%"
                                              G_GINT64_FORMAT "%s}", TEST_BASE_MS, members);
  StormRecord record = { .topic = "shop", .offset = f->offset++, .broker_time = AT (0),
                         .payload = (const guint8 *) payload, .payload_len = strlen (payload) };
  g_autoptr (StormBatch) batch = NULL;

  storm_batch_builder_add (builder, &record);
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (f->monitor, batch);
}

/* "-name" is missing, "+name:Type" extra, "~name:Type" of another type, each with seen/samples. */
static void
assert_drift (Fixture    *f,
              const char *expected)
{
  g_autoptr (GPtrArray) drifts = storm_field_drift_get (f->drift, f->sticky);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < drifts->len; i++)
    {
      const StormDrift *drift = g_ptr_array_index (drifts, i);
      g_autofree char *words = storm_drift_words (drift);

      g_assert_nonnull (strstr (words, drift->name));
      g_string_append_printf (out, "%s%c%s%s%s %u/%u", i > 0 ? ", " : "", "-+~"[drift->kind],
                              drift->name, *drift->seen_type != '\0' ? ":" : "",
                              drift->seen_type, drift->n_seen, drift->n_samples);
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_kinds (Fixture       *f,
            gconstpointer  data)
{
  take (f, ",\"qty\":2,\"note\":\"x\"");
  take (f, ",\"qty\":\"many\",\"note\":null");
  assert_drift (f, "");

  set_fields (f, "[('k', 'String', true, true, ''), ('qty', 'Integer', false, false, ''), "
                 "('street', 'Address', false, false, '')]");
  assert_drift (f, "~qty:String 1/2, -street 0/2, +note:String 2/2");
  g_assert_cmpuint (storm_field_drift_get_n_samples (f->drift, f->sticky), ==, 2);
}

/* Types of the team's own may be anything; a whole number is a number; null says nothing. */
static void
test_types (Fixture       *f,
            gconstpointer  data)
{
  set_fields (f, "[('k', 'OrderId', true, true, ''), ('price', 'Double', false, false, ''), "
                 "('sum', 'BigDecimal', false, false, ''), ('at', 'Date', false, false, ''), "
                 "('items', 'List<Item>', false, false, ''), ('paid', 'Boolean', false, false, ''),"
                 " ('rate', 'Long', false, false, '')]");
  take (f, ",\"price\":3,\"sum\":\"3.10\",\"at\":[2026,11],\"items\":[],\"paid\":null,"
           "\"rate\":0.5");
  assert_drift (f, "~rate:Double 1/1");
}

/* "order_id" on the board is "orderId" in the payload, unless there is one of just that name. */
static void
test_spelling (Fixture       *f,
               gconstpointer  data)
{
  set_fields (f, "[('K', 'String', true, true, ''), ('order_id', 'String', false, false, '')]");
  take (f, ",\"orderId\":\"1\"");
  assert_drift (f, "");
  set_fields (f, "[('K', 'String', true, true, ''), ('order_id', 'String', false, false, ''), "
                 "('orderId', 'String', false, false, '')]");
  assert_drift (f, "-order_id 0/1");
}

/* A board that lists the envelope means the envelope. */
static void
test_envelope (Fixture       *f,
               gconstpointer  data)
{
  set_fields (f, "[('t', 'String', false, false, ''), ('ts', 'Long', false, false, ''), "
                 "('k', 'String', false, true, ''), ('data', 'Order', false, false, '')]");
  take (f, ",\"data\":{\"qty\":1}");
  assert_drift (f, "");
  set_fields (f, "[('qty', 'Integer', false, false, '')]");
  assert_drift (f, "");
  set_fields (f, "[('qty', 'String', false, false, '')]");
  assert_drift (f, "~qty:Long 1/1");
}

static void
on_overlay_changed (StormOverlay *overlay,
                    GPtrArray    *ids,
                    guint        *n)
{
  (*n)++;
}

/* The board shows which stickies differ, once there is anything to show on them. */
static void
test_marks (Fixture       *f,
            gconstpointer  data)
{
  StormOverlay *overlay = storm_monitor_get_overlay (f->monitor);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  guint n = 0;

  set_fields (f, "[('gone', 'String', false, false, '')]");
  take (f, "");
  storm_monitor_flush (f->monitor);
  g_assert_cmpint (storm_overlay_get_marks (overlay, "placed"), ==, STORM_MARK_NONE);
  ids = storm_field_drift_get_ids (f->drift);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (ids->pdata[0], ==, "placed");

  g_signal_connect (overlay, "changed", G_CALLBACK (on_overlay_changed), &n);
  storm_overlay_set_field_marks (overlay, ids);
  storm_overlay_set_field_marks (overlay, ids);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (storm_overlay_get_marks (overlay, "placed"), ==, STORM_MARK_FIELDS);
  g_assert_cmpint (storm_overlay_get_marks (overlay, "other"), ==, STORM_MARK_NONE);
  storm_monitor_set_key (f->monitor, "no such key");
  g_assert_cmpint (storm_overlay_get_marks (overlay, "placed"), ==, STORM_MARK_NONE);
  storm_monitor_set_key (f->monitor, NULL);
  storm_overlay_set_field_marks (overlay, none);
  g_assert_cmpint (storm_overlay_get_marks (overlay, "placed"), ==, STORM_MARK_NONE);
  g_signal_handlers_disconnect_by_data (overlay, &n);
}

static void
test_take_over (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (StormChange) one = NULL;
  g_autoptr (StormChange) all = NULL;
  GPtrArray *fields;

  set_fields (f, "[('gone', 'String', false, false, ''), ('k', 'String', true, true, ''), "
                 "('qty', 'String', false, false, '')]");
  take (f, ",\"qty\":2,\"note\":\"x\"");
  assert_drift (f, "-gone 0/1, ~qty:Long 1/1, +note:String 1/1");

  one = storm_field_drift_take_over (f->drift, f->sticky, "qty");
  g_assert_true (storm_history_do (f->history, one, NULL));
  assert_drift (f, "-gone 0/1, +note:String 1/1");
  g_assert_null (storm_field_drift_take_over (f->drift, f->sticky, "qty"));

  all = storm_field_drift_take_over (f->drift, f->sticky, NULL);
  g_assert_true (storm_history_do (f->history, all, NULL));
  assert_drift (f, "");
  fields = storm_sticky_get_fields (f->sticky);
  g_assert_cmpuint (fields->len, ==, 3);
  g_assert_cmpstr (((StormField *) fields->pdata[0])->name, ==, "k");
  g_assert_true (((StormField *) fields->pdata[0])->correlation);
  g_assert_cmpstr (((StormField *) fields->pdata[2])->name, ==, "note");

  g_assert_true (storm_history_undo (f->history, NULL));
  assert_drift (f, "-gone 0/1, +note:String 1/1");
}

/* Whatever comes in one go, so many are looked at until the next tick. */
static void
test_bounded (Fixture       *f,
              gconstpointer  data)
{
  guint first;

  set_fields (f, "[('k', 'String', true, true, '')]");
  for (guint i = 0; i < 500; i++)
    take (f, "");
  first = storm_field_drift_get_n_samples (f->drift, f->sticky);
  g_assert_cmpuint (first, >, 10);
  g_assert_cmpuint (first, <, 100);

  g_assert_cmpuint (f->n_changed, ==, 0);
  storm_field_drift_tick (f->drift);
  storm_field_drift_tick (f->drift);
  g_assert_cmpuint (f->n_changed, ==, 1);
  take (f, "");
  g_assert_cmpuint (storm_field_drift_get_n_samples (f->drift, f->sticky), ==, first + 1);
  storm_field_drift_look_back (f->drift, 150);
  g_assert_cmpuint (storm_field_drift_get_n_samples (f->drift, f->sticky), ==, 150);
}

/* What was sent long ago is forgotten. */
static void
test_fading (Fixture       *f,
             gconstpointer  data)
{
  set_fields (f, "[('k', 'String', true, true, ''), ('old', 'Long', false, false, '')]");
  take (f, ",\"old\":1");
  assert_drift (f, "");
  for (guint i = 0; i < 400; i++)
    {
      take (f, "");
      storm_field_drift_tick (f->drift);
    }
  g_assert_cmpuint (storm_field_drift_get_n_samples (f->drift, f->sticky), <=, 200);
  {
    g_autoptr (GPtrArray) drifts = storm_field_drift_get (f->drift, f->sticky);

    g_assert_cmpuint (drifts->len, ==, 1);
    g_assert_cmpint (((StormDrift *) drifts->pdata[0])->kind, ==, STORM_DRIFT_MISSING);
  }
}

/* What is no object, too large, or a map of thousands of names does no harm. */
static void
test_hostile (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *large = g_strnfill (100 * 1024, 'x');
  g_autofree char *member = g_strdup_printf (",\"large\":\"%s\"", large);

  set_fields (f, "[('k', 'String', true, true, '')]");
  take (f, member);
  g_assert_cmpuint (storm_field_drift_get_n_samples (f->drift, f->sticky), ==, 0);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GString) members = g_string_new (NULL);

      for (guint k = 0; k < 50; k++)
        g_string_append_printf (members, ",\"m%u\":1", i * 50 + k);
      take (f, members->str);
      storm_field_drift_tick (f->drift);
    }
  {
    g_autoptr (GPtrArray) drifts = storm_field_drift_get (f->drift, f->sticky);

    g_assert_cmpuint (drifts->len, >, 100);
    g_assert_cmpuint (drifts->len, <=, 300);
  }
  storm_monitor_clear (f->monitor);
  g_assert_cmpuint (storm_field_drift_get_n_samples (f->drift, f->sticky), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/field-drift/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("kinds", test_kinds);
  ADD ("types", test_types);
  ADD ("spelling", test_spelling);
  ADD ("envelope", test_envelope);
  ADD ("marks", test_marks);
  ADD ("take-over", test_take_over);
  ADD ("bounded", test_bounded);
  ADD ("fading", test_fading);
  ADD ("hostile", test_hostile);

  return g_test_run ();
}
