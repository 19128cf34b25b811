#include "config.h"

#include "storm-board-json.h"
#include "storm-error.h"
#include "storm-picture-test.h"
#include "storm-props-test.h"
#include "storm-svg-import.h"

static StormBoard *
import_svg (GBytes  *bytes,
            GError **error)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);

  return storm_board_text_import (data, len, "x.svg", error);
}

static void
assert_same (StormBoard *a,
             StormBoard *b)
{
  g_autofree char *a_text = storm_board_json_export (a);
  g_autofree char *b_text = storm_board_json_export (b);

  g_assert_cmpstr (a_text, ==, b_text);
}

static void
test_round_trip (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GBytes) bytes = export_board (board, STORM_PICTURE_SVG, (StormPictureOptions) { 0 });
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) back = import_svg (bytes, &error);
  g_autofree char *text = as_text (bytes);

  g_assert_no_error (error);
  assert_same (board, back);
  g_assert_nonnull (strstr (text, "<title>Shop &lt;&amp;&gt; &quot;A&quot;</title>"));
  g_assert_nonnull (strstr (text, "viewBox=\"0 0 480 580\""));
}

/* A picture of a part carries that part only. */
static void
test_part (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormPicture) picture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (StormBoard) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (ids, (char *) "b");
  picture = storm_picture_new (board, ids, NULL);
  text = storm_picture_board_text (picture, board);
  bytes = export_picture (picture, STORM_PICTURE_SVG,
                          (StormPictureOptions) { .board_text = text }, NULL);
  back = import_svg (bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (storm_board_lookup (back, "b"));
  g_assert_null (storm_board_lookup (back, "a"));
  g_assert_null (storm_board_lookup (back, "c"));
}

static char *
random_title (GRand *rand)
{
  static const char * const parts[] = { "Order", " ", "<b>", "&amp;", "주문", "\n", "\t", "]]>",
                                        "-->",
                                        "\"", "\\", "\342\200\213", "\357\277\277", "\001", "é" };
  GString *out = g_string_new (NULL);

  for (guint n = g_rand_int_range (rand, 0, 8); n > 0; n--)
    g_string_append (out, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
  return g_string_free (out, FALSE);
}

static StormBoard *
random_board (GRand *rand)
{
  StormBoard *board = storm_board_new ();
  guint n = g_rand_int_range (rand, 0, 30);
  g_autofree char *name = random_title (rand);

  storm_test_apply (board, storm_edit_set_text (board, NULL, STORM_PROP_TITLE, name));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);
      g_autofree char *title = random_title (rand);
      double x = g_rand_double_range (rand, -3000, 3000), y = g_rand_double_range (rand, -900, 900);

      if (g_rand_int_range (rand, 0, 6) == 0)
        storm_test_add_context (board, id, title, x, y, g_rand_double_range (rand, 80, 900),
                                g_rand_double_range (rand, 80, 900));
      else
        storm_test_add_sticky (board, id, g_rand_int_range (rand, 0, STORM_N_KINDS), title, x, y);
    }
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%u", i);
      g_autofree char *from = g_strdup_printf ("n%u", i);
      g_autofree char *to = g_strdup_printf ("n%u", i + 1);

      if (storm_board_lookup_sticky (board, from) != NULL &&
          storm_board_lookup_sticky (board, to) != NULL)
        storm_test_add_flow (board, id, from, to);
    }
  for (guint i = 0; i < 2 * n; i++)
    storm_test_apply (board, storm_test_random_props (rand, board));
  return board;
}

/* Whatever is on a board, its SVG and its text form give it back. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 60; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (StormBoard) board = random_board (rand);
      g_autoptr (GBytes) bytes = export_board (board, STORM_PICTURE_SVG,
                                               (StormPictureOptions) { 0 });
      g_autoptr (GError) error = NULL;
      g_autoptr (StormBoard) back = import_svg (bytes, &error);

      g_autofree char *text = storm_board_json_export (board);
      g_autoptr (StormBoard) again = NULL;

      g_test_message ("seed %u", seed);
      g_assert_no_error (error);
      assert_same (board, back);
      again = storm_board_json_import (text, strlen (text), "x.json", &error);
      g_assert_no_error (error);
      assert_same (board, again);
    }
}

static void
assert_refused (const char *svg,
                gssize      len,
                int         code,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;

  board = storm_svg_import (svg, len < 0 ? strlen (svg) : (gsize) len, "x.svg", &error);
  g_assert_null (board);
  g_assert_error (error, STORM_ERROR, code);
  if (strstr (error->message, words) == NULL || strstr (error->message, "x.svg") == NULL)
    g_error ("“%s” doesn't say “%s”", error->message, words);
}

#define BOARD(attributes, content) "<svg><metadata><stormwatch:board " attributes ">" content \
  "</stormwatch:board></metadata></svg>"

static void
test_refused (void)
{
  g_autoptr (GString) deep = g_string_new ("<svg>");

  assert_refused ("<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>", -1, STORM_ERROR_NOT_FOUND,
                  "There is no board");
  assert_refused ("<html><body/></html>", -1, STORM_ERROR_INVALID, "not an SVG");
  assert_refused ("", 0, STORM_ERROR_DAMAGED, "cut off");
  assert_refused ("<svg><g>", -1, STORM_ERROR_DAMAGED, "cut off");
  assert_refused ("<svg>\377\376</svg>", -1, STORM_ERROR_DAMAGED, "cut off");
  assert_refused (BOARD ("", ""), -1, STORM_ERROR_DAMAGED, "version");
  assert_refused (BOARD ("version='2'", ""), -1, STORM_ERROR_TOO_NEW, "newer");
  assert_refused (BOARD ("version='0'", ""), -1, STORM_ERROR_DAMAGED, "version");
  assert_refused (BOARD ("version='1'", "e30="), -1, STORM_ERROR_DAMAGED, "checksum");
  assert_refused (BOARD ("version='1' length='2' sha256='00'", "e30="), -1, STORM_ERROR_DAMAGED,
                  "checksum");
  assert_refused (BOARD ("version='1'", "<b/>"), -1, STORM_ERROR_DAMAGED, "changed outside");
  /* Sound, but no board: the checksum is that of "{}". */
  assert_refused (BOARD ("version='1' length='2' sha256='44136fa355b3678a1146ad16f7e8649e94fb4fc21"
                         "fe77e8310c060f61caaff8a'", "e3 0="), -1, STORM_ERROR_INVALID, "format");
  assert_refused ("<svg><stormwatch:board version='1'/><stormwatch:board version='1'/></svg>", -1,
                  STORM_ERROR_INVALID, "more than one");
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<g>");
  assert_refused (deep->str, -1, STORM_ERROR_LIMIT, "nested");
}

/* A document that would fill the memory if anybody expanded it. */
static void
test_entities (void)
{
  assert_refused ("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'ha'>"
                  "<!ENTITY b '&a;&a;&a;&a;'>]><svg><title>&b;</title></svg>", -1,
                  STORM_ERROR_DAMAGED, "b");
  assert_refused ("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                  "<svg>&a;</svg>", -1, STORM_ERROR_DAMAGED, "a");
}

/* However one byte of the board is changed: a sentence, or the very same board. */
static void
test_tampered (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GBytes) bytes = export_board (board, STORM_PICTURE_SVG, (StormPictureOptions) { 0 });
  g_autofree char *text = as_text (bytes);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gsize from = strstr (text, "<metadata>") - text, to = strstr (text, "</metadata>") - text;
  guint refused = 0;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *changed = g_strdup (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (StormBoard) back = NULL;
      gsize at = (gsize) g_rand_int_range (rand, (gint32) from, (gint32) to);

      changed[at] = (char) g_rand_int_range (rand, 32, 127);
      back = storm_svg_import (changed, strlen (changed), "x.svg", &error);
      g_assert_true ((back == NULL) == (error != NULL));
      if (back != NULL)
        assert_same (board, back);
      refused += back == NULL;
    }
  g_assert_cmpuint (refused, >, 300);
  for (gsize len = from; len < to; len += 97)
    assert_refused (text, (gssize) len, STORM_ERROR_DAMAGED, "cut off");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/round-trip", test_round_trip);
  g_test_add_func ("/svg/part", test_part);
  g_test_add_func ("/svg/random", test_random);
  g_test_add_func ("/svg/refused", test_refused);
  g_test_add_func ("/svg/entities", test_entities);
  g_test_add_func ("/svg/tampered", test_tampered);
  return g_test_run ();
}
