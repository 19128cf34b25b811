#include "config.h"

#include "storm-lod.h"
#include "storm-pixels.h"
#include "storm-wrap.h"

#include <math.h>

#define ZWSP "\342\200\213"
#define WJ "\342\201\240"

static void
test_lod_levels (void)
{
  g_assert_cmpint (storm_lod_for_zoom (1), ==, STORM_LOD_FULL);
  g_assert_cmpint (storm_lod_for_zoom (.4), ==, STORM_LOD_TEXT);
  g_assert_cmpint (storm_lod_for_zoom (.25), ==, STORM_LOD_BODY);
  g_assert_cmpint (storm_lod_for_zoom (.15), ==, STORM_LOD_RECT);
  g_assert_cmpint (storm_lod_for_zoom (.05), ==, STORM_LOD_PIXELS);
  g_assert_true (storm_lod_has_heads (STORM_LOD_BODY, .25));
  g_assert_true (storm_lod_has_heads (STORM_LOD_RECT, .19));
  g_assert_false (storm_lod_has_heads (STORM_LOD_RECT, .1));
}

/* However crowded the view is: never more nodes than the renderer survives. */
static void
test_lod_ceiling (void)
{
  for (double zoom = 1.0 / 256; zoom <= 4; zoom *= 1.05)
    for (guint n = 1; n <= 1000000; n *= 3)
      {
        StormLod lod = storm_lod_choose (zoom, n, n);

        g_assert_cmpint (lod, >=, storm_lod_for_zoom (zoom));
        g_assert_cmpuint (storm_lod_nodes (lod, n, n), <, STORM_NODE_CEILING);
      }
  g_assert_cmpint (storm_lod_choose (1, 50, 50), ==, STORM_LOD_FULL);
  g_assert_cmpint (storm_lod_choose (1, 900, 900), ==, STORM_LOD_BODY);
  g_assert_cmpint (storm_lod_choose (1, 50000, 0), ==, STORM_LOD_PIXELS);
}

static guint
count (const StormPixels *px,
       guint32            color)
{
  guint n = 0;

  for (int i = 0; i < px->width * px->height; i++)
    n += px->data[i] == color;
  return n;
}

static void
test_pixels (void)
{
  StormPixels px = { NULL };

  storm_pixels_resize (&px, 20, 10);
  storm_pixels_clear (&px, 1);
  g_assert_cmpuint (count (&px, 1), ==, 200);
  storm_pixels_fill (&px, 2, 3, 6, 8, 2);
  g_assert_cmpuint (count (&px, 2), ==, 20);
  g_assert_cmpuint (px.data[3 * 20 + 2], ==, 2);
  g_assert_cmpuint (px.data[3 * 20 + 1], ==, 1);
  g_assert_cmpuint (px.data[7 * 20 + 5], ==, 2);
  g_assert_cmpuint (px.data[8 * 20 + 5], ==, 1);
  /* The smallest thing is still a pixel. */
  storm_pixels_fill (&px, 10.2, 5.2, 10.3, 5.3, 3);
  g_assert_cmpuint (count (&px, 3), ==, 1);
  /* Outside, and very far outside, nothing is written. */
  storm_pixels_fill (&px, -1e9, -50, -1, -1, 4);
  storm_pixels_fill (&px, 20, 0, 1e300, 10, 4);
  g_assert_cmpuint (count (&px, 4), ==, 0);
  storm_pixels_fill (&px, -1e300, -1e300, 1e300, 1e300, 5);
  g_assert_cmpuint (count (&px, 5), ==, 200);
  storm_pixels_free (&px);
  g_assert_null (px.data);
}

static void
test_pixels_color (void)
{
  g_assert_cmphex (storm_pixels_color (1, 0, 0), ==, 0xffff0000u);
  g_assert_cmphex (storm_pixels_color (0, 1, 0), ==, 0xff00ff00u);
  g_assert_cmphex (storm_pixels_color (2, -1, .5f), ==, 0xffff0080u);
}

static void
test_pixels_huge (void)
{
  StormPixels px = { NULL };

  storm_pixels_resize (&px, 0, -5);
  g_assert_cmpint (px.width, ==, 1);
  g_assert_cmpint (px.height, ==, 1);
  storm_pixels_free (&px);
}

static void
assert_wrap (const char *text,
             guint       max,
             const char *expected)
{
  g_autofree char *out = storm_wrap_prepare (text, max);

  g_assert_cmpstr (out, ==, expected);
}

static void
test_wrap (void)
{
  assert_wrap ("OrderPlaced", 100, "Order" ZWSP "Placed");
  assert_wrap ("orderId", 100, "order" ZWSP "Id");
  assert_wrap ("HTTPServer", 100, "HTTP" ZWSP "Server");
  assert_wrap ("JSON", 100, "JSON");
  assert_wrap ("Order2Pay", 100, "Order2" ZWSP "Pay");
  assert_wrap ("order.placed_v1", 100, "order." ZWSP "placed_" ZWSP "v1");
  assert_wrap ("Process Order", 100, "Process Order");
  assert_wrap ("...", 100, "...");
  assert_wrap ("", 100, "");
  assert_wrap ("a\tb\001c\nd", 100, "a b c\nd");
  assert_wrap ("주문 접수", 100, "주" WJ "문 접" WJ "수");
  assert_wrap ("<b>&amp;", 100, "<b>&amp;");
  assert_wrap ("abcdef", 3, "abc\342\200\246");
  assert_wrap ("abc", 3, "abc");
}

/* What is put between two letters is known without preparing the text. */
static void
test_wrap_place (void)
{
  static const char *texts[] = { "OrderPlaced by.me HTTPServer_1", "주문이 접수되었습니다", "가A나" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *prepared = storm_wrap_prepare (texts[i], 100);
      gunichar previous = 0;
      gsize bytes = 0;

      for (const char *p = texts[i]; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p), next = g_utf8_get_char (g_utf8_next_char (p));

          if (storm_wrap_place (previous, c, next) != STORM_WRAP_PLAIN)
            bytes += STORM_WRAP_MARK_BYTES;
          g_assert_cmpuint (g_utf8_get_char (prepared + bytes), ==, c);
          bytes += g_unichar_to_utf8 (c, NULL);
          previous = c;
        }
      g_assert_cmpuint (bytes, ==, strlen (prepared));
    }
  g_assert_cmpint (storm_wrap_place ('r', 'P', 'l'), ==, STORM_WRAP_BREAK);
  g_assert_cmpint (storm_wrap_place (0xc8fc, 0xbb38, 0), ==, STORM_WRAP_JOIN);
  g_assert_cmpint (storm_wrap_place (0xc8fc, ' ', 0xbb38), ==, STORM_WRAP_PLAIN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/lod/levels", test_lod_levels);
  g_test_add_func ("/canvas/lod/ceiling", test_lod_ceiling);
  g_test_add_func ("/canvas/pixels/fill", test_pixels);
  g_test_add_func ("/canvas/pixels/color", test_pixels_color);
  g_test_add_func ("/canvas/pixels/size", test_pixels_huge);
  g_test_add_func ("/canvas/wrap", test_wrap);
  g_test_add_func ("/canvas/wrap/place", test_wrap_place);
  return g_test_run ();
}
