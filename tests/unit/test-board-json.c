#include "config.h"

#include <string.h>

#include "storm-board-diff.h"
#include "storm-board-json.h"
#include "storm-error.h"
#include "storm-props-test.h"

#define HEAD "{\"format\":\"stormwatch-board\",\"version\":1,\"title\":\"T\""

static StormBoard *
import (const char *text)
{
  g_autoptr (GError) error = NULL;
  StormBoard *board = storm_board_json_import (text, strlen (text), "x.json", &error);

  g_assert_no_error (error);
  g_assert_nonnull (board);
  return board;
}

static const char *full =
  "{\n"
  "  \"format\": \"stormwatch-board\",\n"
  "  \"version\": 1,\n"
  "  \"title\": \"Shop <b>&\",\n"
  "  \"contexts\": [\n"
  "    {\"id\": \"c1\", \"title\": \"주문\", \"x\": 0, \"y\": 0, \"width\": 600, \"height\": 400, "
  "\"nested\": {\"a\": [1, 0.1, null]}}\n"
  "  ],\n"
  "  \"stickies\": [\n"
  "    {\"id\": \"s1\", \"kind\": \"command\", \"title\": \"Pay\", \"x\": 40, \"y\": 80, "
  "\"width\": 120, \"height\": 120, \"context\": \"c1\"},\n"
  "    {\"id\": \"s2\", \"kind\": \"event\", \"title\": \"Paid\", "
  "\"description\": \"It is paid.\", \"x\": 200.5, \"y\": 80, "
  "\"width\": 120, \"height\": 120, \"context\": \"c1\", \"fields\": [\n"
  "      {\"name\": \"id\", \"type\": \"Long\", \"key\": true, \"correlation\": true, "
  "\"unit\": 1},\n"
  "      {\"name\": \"price\"}\n"
  "    ], \"aliases\": [\"com.shop.Paid\"], \"topic\": \"payment\", \"eventClass\": \"domain\", "
  "\"visibility\": \"public\", \"votes\": 3},\n"
  "    {\"id\": \"s3\", \"kind\": \"event\", \"title\": \"PayFailed\", \"x\": 200, \"y\": 220, "
  "\"width\": 120, \"height\": 120, \"context\": null, \"failOf\": \"s2\"}\n"
  "  ],\n"
  "  \"flows\": [\n"
  "    {\"id\": \"f1\", \"from\": \"s1\", \"to\": \"s2\", \"label\": \"then\", "
  "\"colour\": [[1, 2]]}\n"
  "  ],\n"
  "  \"mapping\": {\n"
  "    \"type\": [\"json:/eventType\"],\n"
  "    \"correlation\": [\"json:/orderId\"],\n"
  "    \"perType\": {\n"
  "      \"Paid\": {\"correlation\": [\"json:/id\"]}\n"
  "    }\n"
  "  },\n"
  "  \"editor\": {\"zoom\": 1.5}\n"
  "}\n";

static void
test_round_trip (void)
{
  g_autoptr (StormBoard) board = import (full);
  g_autofree char *text = storm_board_json_export (board);

  g_assert_cmpstr (text, ==, full);
}

static void
test_properties (void)
{
  g_autoptr (StormBoard) board = import (full);
  StormSticky *paid = storm_board_lookup_sticky (board, "s2");
  StormField *field = g_ptr_array_index (storm_sticky_get_fields (paid), 0);
  StormSticky *failed = storm_board_lookup_sticky (board, "s3");

  g_assert_cmpstr (storm_board_get_title (board), ==, "Shop <b>&");
  g_assert_cmpint (storm_sticky_get_kind (paid), ==, STORM_KIND_EVENT);
  g_assert_cmpfloat (storm_sticky_get_rect (paid)->x, ==, 200.5);
  g_assert_cmpstr (storm_sticky_get_context (paid), ==, "c1");
  g_assert_cmpstr (storm_sticky_get_aliases (paid)[0], ==, "com.shop.Paid");
  g_assert_cmpint (storm_sticky_get_event_class (paid), ==, STORM_EVENT_CLASS_DOMAIN);
  g_assert_cmpint (storm_sticky_get_visibility (paid), ==, STORM_VISIBILITY_PUBLIC);
  g_assert_cmpstr (field->name, ==, "id");
  g_assert_true (field->key && field->correlation);
  g_assert_cmpstr (field->extra, ==, "{\"unit\": 1}");
  g_assert_null (storm_sticky_get_context (failed));
  g_assert_cmpstr (storm_sticky_get_fail_of (failed), ==, "s2");
  g_assert_cmpint (storm_sticky_get_z (failed), >, storm_sticky_get_z (paid));
  g_assert_cmpstr (storm_flow_get_label (storm_board_lookup_flow (board, "f1")), ==, "then");
}

/* export(import(x)) is a fixed point, and a board survives being exported and imported. */
static void
assert_fixed_point (StormBoard *board)
{
  g_autofree char *first = storm_board_json_export (board);
  g_autoptr (StormBoard) again = import (first);
  g_autofree char *second = storm_board_json_export (again);

  g_assert_cmpstr (first, ==, second);
}

static const char said[] =
  "{\n"
  "  \"format\": \"stormwatch-board\",\n"
  "  \"version\": 1,\n"
  "  \"title\": \"Said\",\n"
  "  \"contexts\": [\n"
  "    {\"id\": \"in\", \"title\": \"In\", \"x\": 20, \"y\": 20, \"width\": 100, "
  "\"height\": 100, \"parent\": \"out\", \"locked\": true},\n"
  "    {\"id\": \"out\", \"title\": \"Out\", \"x\": 0, \"y\": 0, \"width\": 400, "
  "\"height\": 300, \"kind\": \"swimlane\", \"collapsed\": true, \"join\": \"all\"}\n"
  "  ],\n"
  "  \"stickies\": [\n"
  "    {\"id\": \"s1\", \"kind\": \"event\", \"title\": \"A\", \"x\": 500, \"y\": 0, "
  "\"width\": 120, \"height\": 120, \"locked\": true, \"group\": \"g\", "
  "\"pivotal\": true},\n"
  "    {\"id\": \"s2\", \"kind\": \"policy\", \"title\": \"B\", \"x\": 500, \"y\": 200, "
  "\"width\": 120, \"height\": 120, \"group\": \"g\", \"join\": \"all\", "
  "\"target\": \"unknown here\"}\n"
  "  ],\n"
  "  \"flows\": [\n"
  "    {\"id\": \"f1\", \"from\": \"s1\", \"to\": \"in\", \"bends\": [[1, 2], [-3.5, 4]], "
  "\"target\": 0.25, \"unchecked\": true},\n"
  "    {\"id\": \"f2\", \"from\": \"out\", \"to\": \"s2\", \"target\": 315359999.999999}\n"
  "  ]\n"
  "}\n";

static void
test_said (void)
{
  g_autoptr (StormBoard) board = import (said);
  g_autofree char *text = storm_board_json_export (board);
  StormContext *out = storm_board_lookup_context (board, "out");
  StormFlow *flow = storm_board_lookup_flow (board, "f1");
  const StormPoint *bends;
  guint n;

  g_assert_cmpstr (text, ==, said);
  g_assert_cmpint (storm_context_get_kind (out), ==, STORM_CONTEXT_SWIMLANE);
  g_assert_true (storm_context_get_collapsed (out) && !storm_context_get_locked (out));
  g_assert_cmpstr (storm_context_get_parent (storm_board_lookup_context (board, "in")), ==, "out");
  g_assert_true (storm_sticky_get_locked (storm_board_lookup_sticky (board, "s1")));
  g_assert_true (storm_sticky_get_pivotal (storm_board_lookup_sticky (board, "s1")));
  g_assert_cmpstr (storm_sticky_get_group (storm_board_lookup_sticky (board, "s2")), ==, "g");
  g_assert_cmpint (storm_sticky_get_join (storm_board_lookup_sticky (board, "s2")), ==,
                   STORM_JOIN_ALL);
  bends = storm_flow_get_bends (flow, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (bends[1].x, ==, -3.5);
  g_assert_cmpint (storm_flow_get_target (flow), ==, 250000000);
  g_assert_true (storm_flow_get_unchecked (flow));
  g_assert_cmpint (storm_flow_get_target (storm_board_lookup_flow (board, "f2")), ==,
                   STORM_FLOW_MAX_TARGET - 1000);
}

/* Boards on which anything may be said: written, read and written again they are the same. */
static void
test_random (void)
{
  for (guint32 seed = 0; seed < 20; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (StormBoard) board = import (said);
      g_autoptr (StormBoard) again = NULL;
      g_autoptr (StormBoardDiff) diff = NULL;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      for (guint i = 0; i < 60; i++)
        storm_test_apply (board, storm_test_random_props (rand, board));
      first = storm_board_json_export (board);
      again = import (first);
      second = storm_board_json_export (again);
      g_assert_cmpstr (first, ==, second);
      diff = storm_board_diff_new (board, again);
      g_assert_true (storm_board_diff_is_same (diff));
    }
}

static void
test_sparse (void)
{
  g_autoptr (StormBoard) board = import (
    HEAD ",\"contexts\":[{\"title\":\"A\",\"id\":\"a\"},{\"title\":\"B\"}],"
    "\"stickies\":[{\"kind\":\"command\",\"title\":\"One\"},"
    "{\"kind\":\"policy\",\"title\":\"Two\"},"
    "{\"kind\":\"event\",\"title\":\"In\",\"context\":\"a\",\"fields\":[{}]},"
    "{\"kind\":\"note\",\"title\":\"\"}]}");
  GListModel *stickies = storm_board_get_stickies (board);
  g_autoptr (StormSticky) one = g_list_model_get_item (stickies, 0);
  g_autoptr (StormSticky) two = g_list_model_get_item (stickies, 1);
  g_autoptr (StormSticky) inside = g_list_model_get_item (stickies, 2);
  StormContext *a = storm_board_lookup_context (board, "a");

  g_assert_cmpuint (g_list_model_get_n_items (stickies), ==, 4);
  g_assert_cmpstr (storm_object_get_id (STORM_OBJECT (one)), !=,
                   storm_object_get_id (STORM_OBJECT (two)));
  g_assert_cmpfloat (storm_sticky_get_rect (two)->width, ==,
                     storm_kind_info (STORM_KIND_POLICY)->width);
  g_assert_cmpfloat (storm_sticky_get_rect (two)->x, >=,
                     storm_sticky_get_rect (one)->x + storm_sticky_get_rect (one)->width);
  g_assert_true (storm_rect_encloses (storm_context_get_rect (a), storm_sticky_get_rect (inside)));
  assert_fixed_point (board);
}

static void
test_context_by_place (void)
{
  g_autoptr (StormBoard) board = import (
    HEAD ",\"contexts\":[{\"title\":\"Big\",\"id\":\"big\",\"x\":0,\"y\":0,\"width\":900,"
    "\"height\":900},{\"title\":\"Small\",\"id\":\"small\",\"x\":0,\"y\":0,\"width\":300,"
    "\"height\":300}],\"stickies\":["
    "{\"id\":\"1\",\"kind\":\"event\",\"title\":\"\",\"x\":100,\"y\":100},"
    "{\"id\":\"2\",\"kind\":\"event\",\"title\":\"\",\"x\":500,\"y\":100},"
    "{\"id\":\"3\",\"kind\":\"event\",\"title\":\"\",\"x\":2000,\"y\":100},"
    "{\"id\":\"4\",\"kind\":\"event\",\"title\":\"\",\"x\":100,\"y\":100,\"context\":\"big\"},"
    "{\"id\":\"5\",\"kind\":\"event\",\"title\":\"\",\"x\":100,\"y\":100,\"context\":null}]}");
  const char *expected[] = { "small", "big", NULL, "big", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);

      g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, id)), ==,
                       expected[i]);
    }
  assert_fixed_point (board);
}

static void
test_stack_order (void)
{
  g_autoptr (StormBoard) board = import (
    HEAD ",\"stickies\":[{\"id\":\"low\",\"kind\":\"event\",\"title\":\"\"},"
    "{\"id\":\"high\",\"kind\":\"event\",\"title\":\"\"}]}");
  StormChange *raise = storm_change_new (NULL);
  g_autofree char *text = NULL;

  storm_change_set (raise, "low", STORM_PROP_Z, g_variant_new_int64 (99));
  storm_test_apply (board, raise);
  text = storm_board_json_export (board);
  g_assert_nonnull (strstr (text, "\"high\""));
  g_assert_true (strstr (text, "\"high\"") < strstr (text, "\"low\""));
}

static void
test_selection (void)
{
  g_autoptr (StormBoard) board = import (full);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormBoard) part = NULL;
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;

  /* The failure alone: neither the event that it belongs to, nor a flow, nor the mapping. */
  g_ptr_array_add (ids, (char *) "s3");
  text = storm_board_json_export_selection (board, ids);
  part = import (text);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (part)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_flows (part)), ==, 0);
  g_assert_null (storm_board_get_mapping (part));
  g_assert_null (storm_sticky_get_fail_of (storm_board_lookup_sticky (part, "s3")));

  g_ptr_array_set_size (ids, 0);
  g_ptr_array_add (ids, (char *) "s1");
  g_ptr_array_add (ids, (char *) "s2");
  both = storm_board_json_export_selection (board, ids);
  g_clear_object (&part);
  part = import (both);
  g_assert_nonnull (storm_board_lookup_flow (part, "f1"));
  g_assert_null (storm_sticky_get_context (storm_board_lookup_sticky (part, "s1")));
}

static void
test_empty_board (void)
{
  g_autoptr (StormBoard) board = import (HEAD "}");
  g_autofree char *text = storm_board_json_export (board);

  g_assert_cmpstr (text, ==, "{\n  \"format\": \"stormwatch-board\",\n  \"version\": 1,\n"
                             "  \"title\": \"T\"\n}\n");
}

static void
test_known_names_in_extra (void)
{
  g_autoptr (StormBoard) board = import (full);
  StormChange *change = storm_change_new (NULL);
  g_autofree char *text = NULL;

  /* A board file from elsewhere may hold anything; a member never stands there twice. */
  storm_change_set (change, "s1", STORM_PROP_EXTRA,
                    g_variant_new_string ("{\"id\":\"s9\",\"mine\":true}"));
  storm_test_apply (board, change);
  text = storm_board_json_export (board);
  g_assert_null (strstr (text, "s9"));
  g_assert_nonnull (strstr (text, "\"mine\": true"));
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (HEAD ",\"stickies\":[");
  g_autoptr (StormBoard) board = NULL;
  StormRect bounds;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%s{\"id\":\"s%u\",\"kind\":\"event\",\"title\":\"E%u\"}",
                            i > 0 ? "," : "", i, i);
  g_string_append (text, "],\"flows\":[");
  for (guint i = 1; i < 5000; i++)
    g_string_append_printf (text, "%s{\"from\":\"s%u\",\"to\":\"s%u\"}", i > 1 ? "," : "", i - 1,
                            i);
  g_string_append (text, "]}");
  board = import (text->str);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_flows (board)), ==, 4999);
  g_assert_true (storm_board_get_bounds (board, &bounds));
  g_assert_cmpfloat (bounds.width, <, 4 * bounds.height);
  g_assert_cmpfloat (bounds.height, <, 4 * bounds.width);
  assert_fixed_point (board);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-json/round-trip", test_round_trip);
  g_test_add_func ("/board-json/properties", test_properties);
  g_test_add_func ("/board-json/said", test_said);
  g_test_add_func ("/board-json/random", test_random);
  g_test_add_func ("/board-json/sparse", test_sparse);
  g_test_add_func ("/board-json/context-by-place", test_context_by_place);
  g_test_add_func ("/board-json/stack-order", test_stack_order);
  g_test_add_func ("/board-json/selection", test_selection);
  g_test_add_func ("/board-json/empty-board", test_empty_board);
  g_test_add_func ("/board-json/known-names-in-extra", test_known_names_in_extra);
  g_test_add_func ("/board-json/many", test_many);
  return g_test_run ();
}
