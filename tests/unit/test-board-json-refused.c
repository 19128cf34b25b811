#include "config.h"

#include <string.h>

#include "storm-board-json.h"
#include "storm-error.h"

/* What is no board, and that it is said where and why. */

#define HEAD "{\"format\":\"stormwatch-board\",\"version\":1,\"title\":\"T\""

/* @text must be refused with @code, and the message must begin with @begin. */
static void
assert_refused (const char *text,
                gsize       len,
                StormError  code,
                const char *begin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = storm_board_json_import (text, len, "x.json", &error);

  g_assert_null (board);
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, begin))
    g_test_message ("“%s” doesn't begin with “%s”", error->message, begin);
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_error (error, STORM_ERROR, (int) code);
}

static void
test_not_a_board (void)
{
  static const struct { const char *text; StormError code; const char *begin; } cases[] = {
    { "", STORM_ERROR_INVALID, "x.json:1: the file is empty" },
    { "{\n\"format\" oops", STORM_ERROR_INVALID, "x.json:2: this is not JSON" },
    { "{} // comment", STORM_ERROR_INVALID, "x.json:1: this is not JSON from column 4 on: “// " },
    { "{\n\"é\": nul", STORM_ERROR_INVALID, "x.json:2: this is not JSON from column 6 on: “nul”" },
    { "{\"format\":\n", STORM_ERROR_INVALID, "x.json:2: this is not JSON: the file ends" },
    { HEAD ",\"stickies\":[],\n\"flows\":[],\"stickies\":[]}", STORM_ERROR_INVALID,
      "x.json:2: the member “stickies” stands twice" },
    { HEAD ",\"stickies\":[{\"kind\":\"event\",\"title\":\"\"},\n{\"kind\":\"event\",\"title\":"
      "\"\",\n\"t\\u0069tle\":\"\"}]}", STORM_ERROR_INVALID, "x.json:3: the member “t\\u0069tle”" },
    { HEAD ",\"a\":{\"b\":{\"c\":1},\"c\":2},\"c\":[{\"c\":1},{\"c\":1}],\n\"c\":3}",
      STORM_ERROR_INVALID, "x.json:2: the member “c” stands twice" },
    { "[]", STORM_ERROR_INVALID, "x.json:1: a board's text form is a JSON object" },
    { "{}", STORM_ERROR_INVALID, "x.json:1: format: this member is missing" },
    { "{\"format\":\"other\"}", STORM_ERROR_INVALID, "x.json:1: format: this is not a board" },
    { "{\"format\":\"stormwatch-board\"}", STORM_ERROR_INVALID, "x.json:1: version: this member" },
    { "{\"format\":\"stormwatch-board\",\n\"version\":2,\"title\":\"\"}", STORM_ERROR_TOO_NEW,
      "x.json:2: version: a newer Stormwatch" },
    { "{\"format\":\"stormwatch-board\",\"version\":0,\"title\":\"\"}", STORM_ERROR_INVALID,
      "x.json:1: version: there is no version 0" },
    { "{\"format\":\"stormwatch-board\",\"version\":\"1\",\"title\":\"\"}", STORM_ERROR_INVALID,
      "x.json:1: version: this must be a number" },
    { "{\"format\":\"stormwatch-board\",\"version\":1}", STORM_ERROR_INVALID,
      "x.json:1: title: this member is missing" },
    { "{\"format\":\"stormwatch-board\",\"version\":1,\"title\":7}", STORM_ERROR_INVALID,
      "x.json:1: title: this must be a text" },
    { HEAD ",\"stickies\":{}}", STORM_ERROR_INVALID, "x.json:1: stickies: this must be a list" },
    { HEAD ",\"stickies\":[\n3]}", STORM_ERROR_INVALID,
      "x.json:2: stickies[0]: this must be an obj" },
    { HEAD ",\n\"x\":\"a\\u0000b\"}", STORM_ERROR_INVALID, "x.json:2: a text has the character" },
    { HEAD ",\"flows\":[{\"from\":\"a\",\"to\":NaN}]}", STORM_ERROR_INVALID,
      "x.json:1: this is not" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), cases[i].code, cases[i].begin);
}

static void
test_many_members (void)
{
  g_autoptr (GString) text = g_string_new (HEAD ",\n\"many\":{");
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "\"m%u\":[],", i * 7919 % 3001);
  len = text->len;
  g_string_append (text, "\"last\":{}}}");
  board = storm_board_json_import (text->str, text->len, "x.json", &error);
  g_assert_no_error (error);
  g_assert_nonnull (board);

  g_string_truncate (text, len);
  g_string_append (text, "\n\"m1500\":{}}}");
  assert_refused (text->str, text->len, STORM_ERROR_INVALID,
                  "x.json:3: the member “m1500” stands twice");
}

static void
test_byte_order_mark (void)
{
  const char *text = "\xef\xbb\xbf" HEAD "}";
  g_autoptr (StormBoard) board = storm_board_json_import (text, strlen (text), "x.json", NULL);

  g_assert_nonnull (board);
  assert_refused ("\xef\xbb\xbf", 3, STORM_ERROR_INVALID, "x.json:1: the file is empty");
  assert_refused ("\xef\xbb\xbf\n!", 5, STORM_ERROR_INVALID,
                  "x.json:2: this is not JSON from column 1 on: “!”");
}

/* What is wrong in one sticky, which begins on line 3. */
static void
test_bad_stickies (void)
{
  static const struct { const char *members; StormError code; const char *begin; } cases[] = {
    { "\"title\":\"\"", STORM_ERROR_INVALID, "x.json:3: stickies[1].kind: this member is missing" },
    { "\"title\":\"\",\n\"kind\":\"evnt\"", STORM_ERROR_INVALID,
      "x.json:4: stickies[1].kind: “evnt” is no kind of sticky; the kinds are event, command" },
    { "\"kind\":\"event\"", STORM_ERROR_INVALID, "x.json:3: stickies[1].title: this member is" },
    { "\"kind\":\"event\",\"title\":\"\",\"id\":\"first\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].id: the id “first” stands twice" },
    { "\"kind\":\"event\",\"title\":\"\",\"id\":\"\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].id: an id has" },
    { "\"kind\":\"event\",\"title\":\"\",\n\n\"x\":1e308", STORM_ERROR_INVALID,
      "x.json:5: stickies[1].x: the board reaches" },
    { "\"kind\":\"event\",\"title\":\"\",\"y\":1e999", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].y: the number is too large" },
    { "\"kind\":\"event\",\"title\":\"\",\"x\":NaN", STORM_ERROR_INVALID, "x.json:3: this is not" },
    { "\"kind\":\"event\",\"title\":\"\",\"width\":-4", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].width: a size must be" },
    { "\"kind\":\"event\",\"title\":\"\",\"x\":\"3\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].x: this must be a number" },
    { "\"kind\":\"event\",\"title\":null", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].title: this must be a text" },
    { "\"kind\":\"event\",\"title\":\"\\ud800\"", STORM_ERROR_INVALID, "“x.json” is not valid" },
    { "\"kind\":\"event\",\"title\":\"\",\"context\":\"first\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].context: there is no context with the id “first”" },
    { "\"kind\":\"event\",\"title\":\"\",\"failOf\":\"gone\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].failOf: there is no event with the id “gone”" },
    { "\"kind\":\"event\",\"title\":\"\",\"failOf\":\"first\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].failOf: there is no event with the id “first”" },
    { "\"kind\":\"event\",\"title\":\"\",\"id\":\"me\",\"failOf\":\"me\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].failOf: an event can't be its own" },
    { "\"kind\":\"event\",\"title\":\"\",\"eventClass\":\"big\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].eventClass: " },
    { "\"kind\":\"event\",\"title\":\"\",\"visibility\":\"hidden\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].visibility: " },
    { "\"kind\":\"event\",\"title\":\"\",\"aliases\":[\"a\",1]", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].aliases[1]: this must be a text" },
    { "\"kind\":\"event\",\"title\":\"\",\"fields\":[{\"name\":\"a\"},{\"key\":\"yes\"}]",
      STORM_ERROR_INVALID, "x.json:3: stickies[1].fields[1].key: this must be true or false" },
    { "\"kind\":\"event\",\"title\":\"\",\"locked\":1", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].locked: this must be true or false" },
    { "\"kind\":\"event\",\"title\":\"\",\"locked\":\"yes\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].locked: this must be true or false" },
    { "\"kind\":\"event\",\"title\":\"\",\"locked\":true,\"locked\":true", STORM_ERROR_INVALID,
      "x.json:3: the member “locked” stands twice" },
    { "\"kind\":\"event\",\"title\":\"\",\"group\":5", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].group: this must be a text" },
    { "\"kind\":\"event\",\"title\":\"\",\"group\":\"\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].group: an id has" },
    { "\"kind\":\"event\",\"title\":\"\",\"pivotal\":null", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].pivotal: this must be true or false" },
    { "\"kind\":\"event\",\"title\":\"\",\"join\":\"some\"", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].join: a policy needs any or all" },
    { "\"kind\":\"event\",\"title\":\"\",\"join\":[\"all\"]", STORM_ERROR_INVALID,
      "x.json:3: stickies[1].join: this must be a text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        HEAD ",\"stickies\":[\n{\"id\":\"first\",\"kind\":\"command\",\"title\":\"\"},\n{%s}]}",
        cases[i].members);

      assert_refused (text, strlen (text), cases[i].code, cases[i].begin);
    }
}

static void
test_bad_flows_and_contexts (void)
{
  static const struct { const char *rest; const char *begin; } cases[] = {
    { "\"flows\":[{\"from\":\"s\",\"to\":\"gone\"}]",
      "x.json:2: flows[0].to: there is no sticky or context with the id “gone”" },
    { "\"flows\":[{\"id\":\"f\",\"from\":\"f\",\"to\":\"s\"}]",
      "x.json:2: flows[0].from: there is no sticky or context with the id “f”" },
    { "\"flows\":[{\"to\":\"s\"}]", "x.json:2: flows[0].from: this member is missing" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"s\"}]",
      "x.json:2: flows[0].to: a flow must not end where" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"id\":\"c\"}]",
      "x.json:2: flows[0].id: the id “c”" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"bends\":{}}]",
      "x.json:2: flows[0].bends: this must be a list" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"bends\":[[1,2],[3]]}]",
      "x.json:2: flows[0].bends[1]: a bend is two numbers" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"bends\":[5]}]",
      "x.json:2: flows[0].bends[0]: a bend is two numbers" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"bends\":[[1,\"2\"]]}]",
      "x.json:2: flows[0].bends[0][1]: this must be a number" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"bends\":[[1,1e9]]}]",
      "x.json:2: flows[0].bends[0][1]: the board reaches" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"bends\":[[1e999,1]]}]",
      "x.json:2: flows[0].bends[0][0]: the board reaches" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"target\":\"1s\"}]",
      "x.json:2: flows[0].target: this must be a number" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"target\":-1}]",
      "x.json:2: flows[0].target: a step can be given ten years" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"target\":1e300}]",
      "x.json:2: flows[0].target: a step can be given ten years" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"target\":1,\"target\":2}]",
      "x.json:2: the member “target” stands twice" },
    { "\"flows\":[{\"from\":\"s\",\"to\":\"t\",\"unchecked\":0}]",
      "x.json:2: flows[0].unchecked: this must be true or false" },
    { "\"mapping\":[]", "x.json:2: mapping: this must be an object" },
    { "\"mapping\":{\"type\":[\"json:/a\",\n\"nonsense\"]}", "x.json:3: mapping.type[1]: " },
    { "\"mapping\":{\"type\":\"json:/a\"}", "x.json:2: mapping.type: " },
    { "\"mapping\":{\"perType\":{\"A\":{\n\"id\":[\"json:x\"]}}}",
      "x.json:3: mapping.perType.A.id[0]: " },
    { "\"mapping\":{\"zone\":\"Nowhere/Land\"}", "x.json:2: mapping" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        HEAD ",\"contexts\":[{\"id\":\"c\",\"title\":\"\"}],\"stickies\":[{\"id\":\"s\","
        "\"kind\":\"event\",\"title\":\"\"},"
        "{\"id\":\"t\",\"kind\":\"event\",\"title\":\"\"}],\n%s}",
        cases[i].rest);

      assert_refused (text, strlen (text), STORM_ERROR_INVALID, cases[i].begin);
    }
}

static void
test_bad_contexts (void)
{
  static const struct { const char *members; const char *begin; } cases[] = {
    { "\"parent\":\"gone\"", "x.json:3: contexts[1].parent: there is no context with the id" },
    { "\"parent\":\"s\"", "x.json:3: contexts[1].parent: there is no context with the id" },
    { "\"parent\":7", "x.json:3: contexts[1].parent: this must be a text" },
    { "\"parent\":\"b\"", "x.json:3: contexts[1].parent: by this the context would lie in itself" },
    { "\"parent\":\"c\"", "x.json:3: contexts[1].parent: by this the context would lie in itself" },
    { "\"kind\":\"pool\"", "x.json:3: contexts[1].kind: a context is bounded or a swimlane" },
    { "\"kind\":false", "x.json:3: contexts[1].kind: this must be a text" },
    { "\"locked\":[]", "x.json:3: contexts[1].locked: this must be true or false" },
    { "\"collapsed\":\"no\"", "x.json:3: contexts[1].collapsed: this must be true or false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        HEAD ",\"contexts\":[{\"id\":\"a\",\"title\":\"\"},\n\n"
        "{\"id\":\"b\",\"title\":\"\",%s},\n"
        "{\"id\":\"c\",\"title\":\"\",\"parent\":\"b\"}],"
        "\"stickies\":[{\"id\":\"s\",\"kind\":\"event\",\"title\":\"\"}]}",
        cases[i].members);

      assert_refused (text, strlen (text), STORM_ERROR_INVALID, cases[i].begin);
    }
}

/* As many bends as a flow can have, and one more. */
static void
test_bends_limit (void)
{
  for (guint n = STORM_FLOW_MAX_BENDS; n <= STORM_FLOW_MAX_BENDS + 1; n++)
    {
      g_autoptr (GString) text = g_string_new (
        HEAD ",\"stickies\":[{\"id\":\"s\",\"kind\":\"event\",\"title\":\"\"},"
        "{\"id\":\"t\",\"kind\":\"event\",\"title\":\"\"}],"
        "\"flows\":[{\"id\":\"f\",\"from\":\"s\",\"to\":\"t\",\"bends\":[");
      guint n_read;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s[%u,1]", i > 0 ? "," : "", i);
      g_string_append (text, "]}]}");
      if (n > STORM_FLOW_MAX_BENDS)
        assert_refused (text->str, text->len, STORM_ERROR_LIMIT, "x.json:1: flows[0].bends: ");
      else
        {
          g_autoptr (StormBoard) board =
            storm_board_json_import (text->str, text->len, "x.json", NULL);

          g_assert_nonnull (board);
          storm_flow_get_bends (storm_board_lookup_flow (board, "f"), &n_read);
          g_assert_cmpuint (n_read, ==, n);
        }
    }
}

static void
test_huge (void)
{
  g_autofree char *title = g_strnfill (10 * 1024 * 1024, 'a');
  g_autofree char *long_title = g_strdup_printf (
    "{\"format\":\"stormwatch-board\",\"version\":1,\"title\":\"%s\"}", title);
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *deep = g_strdup_printf (HEAD ",\n\"x\":%s", brackets);
  g_autofree char *extra = g_strdup_printf (
    HEAD ",\"stickies\":[{\"kind\":\"event\",\"title\":\"\",\"more\":\"%s\"}]}", title);

  assert_refused (long_title, strlen (long_title), STORM_ERROR_LIMIT,
                  "x.json:1: title: the text is too long");
  assert_refused (deep, strlen (deep), STORM_ERROR_LIMIT, "x.json:2: brackets are nested");
  assert_refused (extra, strlen (extra), STORM_ERROR_LIMIT,
                  "x.json:1: stickies[0]: the members that this version doesn't know");
}

static void
test_invalid_utf8 (void)
{
  static const char text[] = HEAD ",\n\"x\":\"\xff\xfe\"}";

  assert_refused (text, sizeof text - 1, STORM_ERROR_INVALID, "x.json:2: the text is not UTF-8");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-json-refused/not-a-board", test_not_a_board);
  g_test_add_func ("/board-json-refused/many-members", test_many_members);
  g_test_add_func ("/board-json-refused/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/board-json-refused/bad-stickies", test_bad_stickies);
  g_test_add_func ("/board-json-refused/bad-flows-and-contexts", test_bad_flows_and_contexts);
  g_test_add_func ("/board-json-refused/bad-contexts", test_bad_contexts);
  g_test_add_func ("/board-json-refused/bends-limit", test_bends_limit);
  g_test_add_func ("/board-json-refused/huge", test_huge);
  g_test_add_func ("/board-json-refused/invalid-utf8", test_invalid_utf8);
  return g_test_run ();
}
