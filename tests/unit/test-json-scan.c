#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "storm-error.h"
#include "storm-json-scan.h"

static StormScanStatus
scan_len (const char *text,
          gsize       len,
          gsize      *offset)
{
  g_autoptr (StormScanSet) set = storm_scan_set_new (NULL, 0, NULL);
  /* In a block of its own, so that a sanitizer sees a byte read too far. */
  g_autofree char *copy = g_memdup2 (text, len);

  return storm_json_scan (copy, len, set, NULL, offset);
}

static StormScanStatus
scan (const char *text)
{
  return scan_len (text, strlen (text), NULL);
}

/* What RFC 8259 allows, after the cases of the JSON test suites. */
static void
test_valid (void)
{
  static const char *texts[] = {
    "{}", "[]", " { } ", "\t[\r\n]\n", "null", "true", "false", "0", "-0", "1", "-1", "10", "1.5",
    "1e5",
    "1E+5", "1e-5", "0e1", "0.0", "-0.1e-10", "123456789012345678901234567890", "1e999", "\"\"",
    "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0041\\uD834\\uDD1E\"", "\"\\u0000\"",
    "\"\\ud800\"", "\"\\uDFFF\"", "\"\x7f\"", "\"/\"", "\"\xc3\xa9\"", "\"\xed\x9f\xbf\"",
    "\"\xee\x80\x80\"", "\"\xef\xbf\xbf\"", "\"\xf0\x9f\x98\x80\"", "\"\xf4\x8f\xbf\xbf\"",
    "\"12345678\"", "\"1234567\\n\"", "\"\xea\xb0\x80\xeb\x82\x98\xeb\x8b\xa4\"",
    "[1,2,3]", "[1 , 2]", "[[],[]]", "[{},{}]", "{\"a\":1}", "{\"a\":1,\"a\":2}", "{\"\":0}",
    "{\"a\" : { \"b\" : [ ] } , \"c\" : null}", "[null,1,\"1\",{}]", "{\"a\\u0062\":1}", " 1 ",
    "[-0]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (scan (texts[i]) != STORM_SCAN_OK)
        g_error ("refused: %s", texts[i]);
    }
}

static void
test_invalid (void)
{
  static const struct { const char *text; gsize offset; } rows[] = {
    { "{", 1 }, { "[", 1 }, { "}", 0 }, { "]", 0 }, { "[1", 2 }, { "[1,", 3 }, { "[1,]", 3 },
    { "[,1]", 1 }, { "[1 2]", 3 }, { "[1]]", 3 }, { "[1}", 2 }, { "{\"a\":1]", 6 },
    { "{\"a\"}", 4 },
    { "{\"a\":}", 5 }, { "{\"a\":1,}", 7 }, { "{a:1}", 1 }, { "{'a':1}", 1 }, { "{1:1}", 1 },
    { "{\"a\":1 \"b\":2}", 7 }, { "{\"a\" 1}", 5 }, { "{,}", 1 }, { "1 2", 2 }, { "{}{}", 2 },
    { "01", 1 }, { "-", 1 }, { "-01", 2 }, { "+1", 0 }, { ".5", 0 }, { "1.", 2 }, { "1.e5", 2 },
    { "1e", 2 }, { "1e+", 3 }, { "1.5.5", 3 }, { "0x1", 1 }, { "1a", 1 }, { "--1", 1 },
    { "NaN", 0 },
    { "Infinity", 0 }, { "-Infinity", 1 }, { "nul", 0 }, { "nulL", 0 }, { "True", 0 },
    { "truefalse", 4 },
    { "\"", 1 }, { "\"a", 2 }, { "\"\\\"", 3 }, { "\"\\x\"", 1 }, { "\"\\u12\"", 1 },
    { "\"\\u123g\"", 1 }, { "\"\\U0041\"", 1 }, { "\"\n\"", 1 }, { "\"\t\"", 1 }, { "\"\x1f\"", 1 },
    { "'a'", 0 }, { "// a\n1", 0 }, { "/* a */ 1", 0 }, { "1 // a", 2 }, { "\xef\xbb\xbf{}", 0 },
    { "\xc3\xa9", 0 }, { "[1\xc2\xa0]", 2 }, { "\v1", 0 }, { "\f1", 0 }, { "var x = 1;", 0 },
    { "{\"a\":1,\"b\"", 10 }, { "{\"a\":tru", 5 }, { "[\"a\",\n\"b\"\n,1,", 13 }, { "&", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize offset = 999;

      if (scan_len (rows[i].text, strlen (rows[i].text), &offset) != STORM_SCAN_NOT_JSON)
        g_error ("accepted: %s", rows[i].text);
      if (offset != rows[i].offset)
        g_error ("%s: wrong at %" G_GSIZE_FORMAT ", not %" G_GSIZE_FORMAT, rows[i].text,
                 rows[i].offset, offset);
    }
  g_assert_cmpint (scan_len ("1\0", 2, NULL), ==, STORM_SCAN_NOT_JSON);
  g_assert_cmpint (scan_len ("\"a\0b\"", 5, NULL), ==, STORM_SCAN_NOT_JSON);
  g_assert_cmpint (scan (""), ==, STORM_SCAN_EMPTY);
  g_assert_cmpint (scan (" \r\n\t"), ==, STORM_SCAN_EMPTY);
}

static void
test_utf8 (void)
{
  static const char *texts[] = {
    "\"\x80\"", "\"\xbf\"", "\"\xc0\x80\"", "\"\xc1\xbf\"", "\"\xc3\"", "\"\xc3\x28\"",
    "\"\xe0\x80\x80\"", "\"\xe0\x9f\xbf\"", "\"\xe2\x82\"", "\"\xe2\x28\xa1\"", "\"\xed\xa0\x80\"",
    "\"\xed\xbf\xbf\"", "\"\xf0\x80\x80\x80\"", "\"\xf0\x8f\xbf\xbf\"", "\"\xf0\x9f\x98\"",
    "\"\xf4\x90\x80\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xff\"", "\"\xfe\"", "{\"\xff\":1}",
    "\"1234567\xff\"", "\"12345678\xff\"", "\"\xc3", "\"\xf0\x9f",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (scan (texts[i]) != STORM_SCAN_INVALID_UTF8)
        g_error ("accepted: text %u", i);
    }
}

static void
test_depth (void)
{
  static const char *pairs[] = { "[", "]", "{\"a\":", "}" };

  for (guint kind = 0; kind < 2; kind++)
    {
      for (guint depth = STORM_SCAN_MAX_DEPTH; depth <= STORM_SCAN_MAX_DEPTH + 1; depth++)
        {
          g_autoptr (GString) text = g_string_new (NULL);

          for (guint i = 0; i < depth; i++)
            g_string_append (text, pairs[kind * 2]);
          g_string_append (text, "1");
          for (guint i = 0; i < depth; i++)
            g_string_append (text, pairs[kind * 2 + 1]);
          g_assert_cmpint (scan (text->str), ==,
                           depth == STORM_SCAN_MAX_DEPTH ? STORM_SCAN_OK : STORM_SCAN_TOO_DEEP);
        }
    }

  {
    g_autofree char *brackets = g_strnfill (100000, '[');

    g_assert_cmpint (scan (brackets), ==, STORM_SCAN_TOO_DEEP);
  }
}

static char *
get (const char *text,
     const char *pointer)
{
  g_autoptr (StormScanSet) set = storm_scan_set_new (&pointer, 1, NULL);
  StormJsonValue value;

  g_assert_nonnull (set);
  g_assert_cmpint (storm_json_scan (text, strlen (text), set, &value, NULL), ==, STORM_SCAN_OK);

  return storm_json_value_dup (&value);
}

static void
test_pointers (void)
{
  static const char rfc[] =
    "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,"
    "\"k\\\"l\":6,\" \":7,\"m~n\":8,\"10\":{\"01\":9},\"d\\u0065ep\":{\"\\uac00\":[[1,[2,3]]]},"
    "\"n\":null,\"t\":true,\"f\":false,\"s\":\"x\\ty\\ud83d\\ude00\\ud83d\"}";
  static const struct { const char *pointer, *expected; } rows[] = {
    { "/foo", "[\"bar\",\"baz\"]" }, { "/foo/0", "bar" }, { "/foo/1", "baz" }, { "/foo/2", NULL },
    { "/foo/-", NULL }, { "/foo/00", NULL }, { "/foo/01", NULL }, { "/", "0" }, { "/a~1b", "1" },
    { "/c%d", "2" }, { "/e^f", "3" }, { "/g|h", "4" }, { "/i\\j", "5" }, { "/k\"l", "6" },
    { "/ ", "7" },
    { "/m~0n", "8" }, { "/10", "{\"01\":9}" }, { "/10/01", "9" }, { "/deep/가/0/1/1", "3" },
    { "/deep/가/0/0", "1" }, { "/n", NULL }, { "/t", "true" }, { "/f", "false" },
    { "/s", "x\ty\360\237\230\200\357\277\275" }, { "/foo/0/x", NULL }, { "/missing", NULL },
    { "/t/0", NULL }, { "//", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = get (rfc, rows[i].pointer);

      g_assert_cmpstr (value, ==, rows[i].expected);
    }

  {
    g_autofree char *whole = get (" [1, 2] ", "");

    g_assert_cmpstr (whole, ==, "[1, 2]");
  }
}

static void
test_repeated (void)
{
  static const struct { const char *text, *pointer, *expected; } rows[] = {
    { "{\"a\":1,\"a\":2}", "/a", "2" },
    { "{\"a\":{\"b\":1},\"a\":{}}", "/a/b", NULL },
    { "{\"a\":{\"b\":1},\"a\":7}", "/a/b", NULL },
    { "{\"a\":{\"b\":1},\"a\":{\"b\":null}}", "/a/b", NULL },
    { "{\"a\":{\"b\":1},\"\\u0061\":{\"b\":3}}", "/a/b", "3" },
    { "{\"a\":[[1,2],3],\"a\":[[4]]}", "/a/0/1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = get (rows[i].text, rows[i].pointer);

      g_assert_cmpstr (value, ==, rows[i].expected);
    }
}

static void
test_many (void)
{
  const char *pointers[STORM_SCAN_MAX_POINTERS + 1];
  StormJsonValue values[STORM_SCAN_MAX_POINTERS];
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) json = g_string_new ("{");
  g_autoptr (StormScanSet) set = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      /* Every name twice among the pointers. */
      g_ptr_array_add (texts, g_strdup_printf ("/n%u/v", i / 2));
      pointers[i] = g_ptr_array_index (texts, i);
      g_string_append_printf (json, "%s\"n%u\":{\"v\":%u}", i > 0 ? "," : "", i, i * 10);
    }
  g_string_append_c (json, '}');

  set = storm_scan_set_new (pointers, STORM_SCAN_MAX_POINTERS, NULL);
  g_assert_cmpint (storm_json_scan (json->str, json->len, set, values, NULL), ==, STORM_SCAN_OK);
  for (guint i = 0; i < STORM_SCAN_MAX_POINTERS; i++)
    {
      g_autofree char *value = storm_json_value_dup (&values[i]);

      g_assert_cmpuint (g_ascii_strtoull (value, NULL, 10), ==, i / 2 * 10);
    }

  g_assert_null (storm_scan_set_new (pointers, STORM_SCAN_MAX_POINTERS + 1, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
}

static void
test_wrong_pointers (void)
{
  g_autofree char *long_one = g_strnfill (256, '/');
  const char *wrong[] = { "a", "a/b", "/~", "/~2", "/a~", "/\xff", long_one, " /a" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (storm_scan_set_new (&wrong[i], 1, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == STORM_ERROR);
    }
}

static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("{\"pad\":\"");
  g_autofree char *value = NULL;

  for (guint i = 0; i < 500000; i++)
    g_string_append (text, "0123456789");
  g_string_append (text, "\",\"id\":\"7\"}");
  value = get (text->str, "/id");
  g_assert_cmpstr (value, ==, "7");
}

static void
test_unescape (void)
{
  static const struct { const char *escaped, *plain; } rows[] = {
    { "", "" }, { "plain", "plain" }, { "\\n\\t\\\"\\/", "\n\t\"/" }, { "\\u00e9", "é" },
    { "\\ud83d\\ude00", "😀" }, { "\\ude00\\ud83d", "��" }, { "\\u0000", "�" },
    /* Not from a scan, but it must not go wrong either. */
    { "\\", "" }, { "a\\", "a" }, { "\\u12", "u12" }, { "\\q", "q" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize len = strlen (rows[i].escaped);
      g_autofree char *out = g_malloc (len + 1);

      out[storm_json_unescape (rows[i].escaped, len, out)] = '\0';
      g_assert_cmpstr (out, ==, rows[i].plain);
    }
}

/* A random document, with names from a small set so that pointers find something. */
static void
make_value (GRand   *rand,
            GString *out,
            guint    depth)
{
  static const char *names[] = { "a", "b", "id", "orderId", "\\u0061", "é", "0", "1", "" };
  static const char *scalars[] = {
    "null", "true", "false", "0", "-12", "3.25", "1e3", "\"\"", "\"text\"", "\"esc\\n\\u00e9\"",
    "\"\xea\xb0\x80\"", "\"a longer text of more than eight bytes\"", "12345678901",
  };
  guint n = (guint) g_rand_int_range (rand, 0, 5);
  int kind = depth == 0 ? 2 : g_rand_int_range (rand, 0, 4);

  if (kind >= 2)
    {
      g_string_append (out, scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))]);
      return;
    }

  g_string_append_c (out, kind == 0 ? '{' : '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (out, g_rand_boolean (rand) ? "," : " , ");
      if (kind == 0)
        g_string_append_printf (out, "\"%s\":%s",
                                names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))],
                                g_rand_boolean (rand) ? "" : " ");
      make_value (rand, out, depth - 1);
    }
  g_string_append_c (out, kind == 0 ? '}' : ']');
}

static JsonNode *
follow (JsonNode   *node,
        const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (pointer, "/", -1);

  for (guint i = 1; steps[0] != NULL && steps[i] != NULL && node != NULL; i++)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          node = json_object_get_member (json_node_get_object (node), steps[i]);
        }
      else if (JSON_NODE_HOLDS_ARRAY (node) && g_ascii_isdigit (steps[i][0]))
        {
          JsonArray *array = json_node_get_array (node);
          guint index = (guint) g_ascii_strtoull (steps[i], NULL, 10);

          node = index < json_array_get_length (array)
            ? json_array_get_element (array, index) : NULL;
        }
      else
        {
          node = NULL;
        }
    }

  return node;
}

static void
compare_values (const StormJsonValue *value,
                JsonNode             *node)
{
  g_autofree char *text = storm_json_value_dup (value);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      g_assert_cmpint (value->type, ==, node == NULL ? STORM_JSON_MISSING : STORM_JSON_NULL);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (JsonNode) again = json_from_string (text, NULL);

      g_assert_cmpint (value->type, ==, JSON_NODE_HOLDS_OBJECT (node) ? STORM_JSON_OBJECT
                                                                     : STORM_JSON_ARRAY);
      g_assert_true (json_node_equal (node, again));
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_assert_cmpint (value->type, ==, STORM_JSON_STRING);
      g_assert_cmpstr (text, ==, json_node_get_string (node));
    }
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      g_assert_cmpint (value->type, ==, json_node_get_boolean (node) ? STORM_JSON_TRUE
                                                                    : STORM_JSON_FALSE);
    }
  else
    {
      g_assert_cmpint (value->type, ==, STORM_JSON_NUMBER);
      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, json_node_get_double (node));
    }
}

/* Against json-glib: the same values in random documents; and in broken ones, nothing is accepted
 * that json-glib refuses. (It accepts more than RFC 8259, so not the other way round.) */
static void
test_random (void)
{
  static const char *pointers[] = {
    "", "/a", "/b", "/id", "/orderId", "/a/b", "/a/0", "/0", "/1", "/0/a", "/1/0", "/a/a/a", "/é",
    "/",
    "/b/id", "/id/0/1",
  };
  g_autoptr (StormScanSet) set = storm_scan_set_new (pointers, G_N_ELEMENTS (pointers), NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  StormJsonValue values[G_N_ELEMENTS (pointers)];
  guint n_broken = 0;

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonNode) root = NULL;

      make_value (rand, text, 4);
      root = json_from_string (text->str, NULL);
      g_assert_nonnull (root);
      g_assert_cmpint (storm_json_scan (text->str, text->len, set, values, NULL), ==,
                       STORM_SCAN_OK);
      for (guint j = 0; j < G_N_ELEMENTS (pointers); j++)
        compare_values (&values[j], follow (root, pointers[j]));

      for (guint j = 0; j < 5; j++)
        {
          static const char bytes[] = "{}[]\",:\\0123x\xff\n -e.";
          g_autoptr (GString) broken = g_string_new_len (text->str, (gssize) text->len);
          g_autoptr (JsonParser) parser = json_parser_new ();

          broken->str[g_rand_int_range (rand, 0, (gint32) broken->len)] =
            bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
          if (storm_json_scan (broken->str, broken->len, set, values, NULL) != STORM_SCAN_OK)
            {
              n_broken++;
              continue;
            }
          if (!json_parser_load_from_data (parser, broken->str, (gssize) broken->len, NULL))
            g_error ("accepted: %s", broken->str);
        }
    }
  g_assert_cmpuint (n_broken, >, 4000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-scan/valid", test_valid);
  g_test_add_func ("/json-scan/invalid", test_invalid);
  g_test_add_func ("/json-scan/utf8", test_utf8);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/pointers", test_pointers);
  g_test_add_func ("/json-scan/repeated", test_repeated);
  g_test_add_func ("/json-scan/many", test_many);
  g_test_add_func ("/json-scan/wrong-pointers", test_wrong_pointers);
  g_test_add_func ("/json-scan/large", test_large);
  g_test_add_func ("/json-scan/unescape", test_unescape);
  g_test_add_func ("/json-scan/random", test_random);

  return g_test_run ();
}
