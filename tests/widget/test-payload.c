#include "config.h"

#include <glib.h>
#include <string.h>

#include "storm-payload-text.h"

/* Payloads and headers as people read them. */

static void
test_payload_text (void)
{
  StormPayloadForm form;
  g_autofree char *none = storm_payload_text (NULL, 0, FALSE, &form);
  g_autofree char *json = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;
  g_autofree char *bytes = NULL;

  g_assert_cmpint (form, ==, STORM_PAYLOAD_FORM_NONE);
  json = storm_payload_text ((const guint8 *) "{\"a\":[1,2]}", 11, FALSE, &form);
  g_assert_cmpint (form, ==, STORM_PAYLOAD_FORM_JSON);
  g_assert_cmpstr (json, ==, "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
  raw = storm_payload_text ((const guint8 *) "{\"a\":[1,2]}", 11, TRUE, &form);
  g_assert_cmpstr (raw, ==, "{\"a\":[1,2]}");
  text = storm_payload_text ((const guint8 *) "<b>&", 4, FALSE, &form);
  g_assert_cmpint (form, ==, STORM_PAYLOAD_FORM_TEXT);
  g_assert_cmpstr (text, ==, "<b>&");
  g_free (text);
  text = storm_payload_text ((const guint8 *) "{/*\"*/}", 7, FALSE, &form);
  g_assert_cmpstr (text, ==, "{/*\"*/}");
  bytes = storm_payload_text ((const guint8 *) "\0\xff" "A", 3, FALSE, &form);
  g_assert_cmpint (form, ==, STORM_PAYLOAD_FORM_BYTES);
  g_assert_nonnull (strstr (bytes, "00 ff 41"));
}

/* A header of a megabyte is cut where a letter begins. */
static void
test_header_text (void)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, 'x');
  StormHeader header = { .name = "x-trace", .name_len = 7, .value = (const guint8 *) "order-1",
                         .value_len = 7 };
  g_autofree char *name = storm_header_name (&header);
  g_autofree char *value = storm_header_text (&header);
  g_autofree char *bytes = NULL;
  g_autofree char *large = NULL;

  g_assert_cmpstr (name, ==, "x-trace");
  g_assert_cmpstr (value, ==, "order-1");
  header.value = (const guint8 *) "\0\xff";
  header.value_len = 2;
  bytes = storm_header_text (&header);
  g_assert_cmpstr (bytes, ==, "0x00ff");
  memcpy (filler + 1998, "€", strlen ("€"));
  header.value = (const guint8 *) filler;
  header.value_len = 1024 * 1024;
  large = storm_header_text (&header);
  g_assert_cmpuint (strlen (large), ==, 1998 + strlen ("…"));
  g_assert_true (g_str_has_suffix (large, "x…"));
}

/* What a producer wrote is not rounded, reordered or unescaped on the way to the eye. */
static void
test_payload_faithful (void)
{
  static const char text[] = "{\"p\":39.6, \"n\":12345678901234567890,\"s\":\"a,{\\\"}\",\"e\":{ },"
                             "\"p\":[]}";
  StormPayloadForm form;
  g_autofree char *shown = storm_payload_text ((const guint8 *) text, strlen (text), FALSE, &form);

  g_assert_cmpint (form, ==, STORM_PAYLOAD_FORM_JSON);
  g_assert_cmpstr (shown, ==, "{\n  \"p\": 39.6,\n  \"n\": 12345678901234567890,\n"
                              "  \"s\": \"a,{\\\"}\",\n  \"e\": {},\n  \"p\": []\n}");
}

/* 5 MB on one line, and nesting that would overflow json-glib's stack. */
static void
test_payload_extremes (void)
{
  const gsize size = 5 * 1024 * 1024;
  g_autofree char *big = g_malloc (size);
  g_autofree char *deep = g_malloc (200000);
  g_autofree char *shown = NULL;
  g_autofree char *shown_deep = NULL;
  StormPayloadForm form;

  memset (big, 'x', size);
  shown = storm_payload_text ((const guint8 *) big, size, FALSE, &form);
  g_assert_cmpuint (strlen (shown), <, 1024 * 1024);
  g_assert_nonnull (strstr (shown, "more"));
  memset (deep, '[', 200000);
  shown_deep = storm_payload_text ((const guint8 *) deep, 200000, FALSE, &form);
  g_assert_cmpuint (strlen (shown_deep), ==, 200000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payload/text", test_payload_text);
  g_test_add_func ("/payload/header", test_header_text);
  g_test_add_func ("/payload/faithful", test_payload_faithful);
  g_test_add_func ("/payload/extremes", test_payload_extremes);
  return g_test_run ();
}
