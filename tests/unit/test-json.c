#include "config.h"

#include "storm-error.h"
#include "storm-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
assert_refused (const char *data,
                gssize      len,
                int         code,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  root = storm_json_parse (data, len < 0 ? strlen (data) : (gsize) len, "shop.json", &error);
  g_assert_null (root);
  g_assert_error (error, STORM_ERROR, code);
  g_assert_nonnull (strstr (error->message, "shop.json"));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  const char *text = "\xef\xbb\xbf{\"title\": \"a \\\"[[[[\\\" b\", \"n\": [1, 2.5]}\n";
  g_autoptr (JsonNode) root = storm_json_parse (text, strlen (text), "x", &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "title"), ==, "a \"[[[[\" b");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "n")), ==, 2);
}

static void
test_refuse (void)
{
  assert_refused ("", 0, STORM_ERROR_INVALID, "empty");
  assert_refused ("  \n ", -1, STORM_ERROR_INVALID, "line 1");
  assert_refused ("{\"a\": 1,\n \"b\": }", -1, STORM_ERROR_INVALID, "line 2");
  assert_refused ("{\"a\": 1", -1, STORM_ERROR_INVALID, "line 1");
  assert_refused ("{\"a\": \"x\xff\"}", -1, STORM_ERROR_INVALID, "column 9");
  assert_refused ("{}\0{}", 5, STORM_ERROR_INVALID, "UTF-8");
  assert_refused ("{}\n\n [1]", -1, STORM_ERROR_INVALID, "line 3, column 2");
  assert_refused ("[]]", -1, STORM_ERROR_INVALID, "line 1, column 3");
}

static void
test_deep (void)
{
  g_autofree char *bomb = g_strnfill (100000, '[');
  g_autofree char *edge = g_strconcat ("[]", NULL);
  g_autoptr (GString) fine = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  assert_refused (bomb, -1, STORM_ERROR_LIMIT, "column 65");

  for (int i = 0; i < STORM_JSON_MAX_DEPTH; i++)
    g_string_append_c (fine, '[');
  for (int i = 0; i < STORM_JSON_MAX_DEPTH; i++)
    g_string_append_c (fine, ']');
  root = storm_json_parse (fine->str, fine->len, "x", &error);
  g_assert_no_error (error);
  g_assert_nonnull (root);

  g_assert_true (storm_json_check_depth (edge, 2, 1));
  g_assert_false (storm_json_check_depth (edge, 2, 0));
  g_assert_true (storm_json_check_depth ("[\"[[[[\\\"[[[\"]", 13, 1));
  g_assert_true (storm_json_check_depth ("[[]][[]]", 8, 2));
  g_assert_false (storm_json_check_depth ("[] [[]]", 7, 1));
  g_assert_true (storm_json_check_depth (NULL, 0, 0));
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("storm-json-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "board.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JsonNode) root = NULL;

  g_assert_null (storm_json_parse_file (file, NULL, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "board.json"));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "[1,\n2,", -1, NULL));
  g_assert_null (storm_json_parse_file (file, NULL, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "[1,\n2]", -1, NULL));
  root = storm_json_parse_file (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (root)), ==, 2);

  g_cancellable_cancel (cancellable);
  g_assert_null (storm_json_parse_file (file, cancellable, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
  g_clear_error (&error);

  g_remove (path);
  g_mkdir (path, 0700);
  g_assert_null (storm_json_parse_file (file, NULL, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_IO);

  g_rmdir (path);
  g_rmdir (dir);
}

static void
test_line_of (void)
{
  const char *text = "a\nb\n\nc";

  g_assert_cmpuint (storm_json_line_of (text, 6, 0), ==, 1);
  g_assert_cmpuint (storm_json_line_of (text, 6, 1), ==, 1);
  g_assert_cmpuint (storm_json_line_of (text, 6, 2), ==, 2);
  g_assert_cmpuint (storm_json_line_of (text, 6, 5), ==, 4);
  g_assert_cmpuint (storm_json_line_of (text, 6, 600), ==, 4);
  g_assert_cmpuint (storm_json_line_of (NULL, 0, 3), ==, 1);
}

static void
assert_quoted (const char *text,
               gssize      len,
               const char *expected)
{
  g_autoptr (GString) out = g_string_new ("x");

  storm_json_append_string (out, text, len);
  g_assert_cmpstr (out->str + 1, ==, expected);
}

static void
test_append_string (void)
{
  assert_quoted ("", 0, "\"\"");
  assert_quoted (NULL, 0, "\"\"");
  assert_quoted ("a\"b\\c/d", -1, "\"a\\\"b\\\\c/d\"");
  assert_quoted ("\b\f\n\r\t\x01", -1, "\"\\b\\f\\n\\r\\t\\u0001\"");
  assert_quoted ("<b>&주문", -1, "\"<b>&주문\"");
  assert_quoted ("a\0b", 3, "\"a\\u0000b\"");
  assert_quoted ("a\xff\xc3", -1, "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
  assert_quoted ("\xed\xa0\x80", 1, "\"\xef\xbf\xbd\"");
  assert_quoted ("long text", 4, "\"long\"");
}

static void
assert_number (double      number,
               const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  storm_json_append_number (out, number);
  g_assert_cmpstr (out->str, ==, expected);
  g_assert_true (g_ascii_strtod (out->str, NULL) == number);
}

static void
test_append_number (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  assert_number (0, "0");
  assert_number (-0.0, "0");
  assert_number (120, "120");
  assert_number (-7, "-7");
  assert_number (100000000000000, "100000000000000");
  assert_number (0.1, "0.1");
  assert_number (-12.5, "-12.5");
  assert_number (1.0 / 3, "0.3333333333333333");
  assert_number (1e300, "1e+300");

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      double number = ldexp (g_rand_double (rand) - 0.5, g_rand_int_range (rand, -60, 60));

      storm_json_append_number (out, number);
      g_assert_true (g_ascii_strtod (out->str, NULL) == number);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/parse", test_parse);
  g_test_add_func ("/json/refuse", test_refuse);
  g_test_add_func ("/json/deep", test_deep);
  g_test_add_func ("/json/file", test_file);
  g_test_add_func ("/json/line-of", test_line_of);
  g_test_add_func ("/json/append-string", test_append_string);
  g_test_add_func ("/json/append-number", test_append_number);
  return g_test_run ();
}
