#include "config.h"

#include "storm-text-picture.h"

static GskRenderNode *
make_source (float width,
             float height)
{
  return gsk_color_node_new (&(GdkRGBA) { 1, 0, 0, 1 },
                             &GRAPHENE_RECT_INIT (10, 4, width, height));
}

static void
test_draw (void)
{
  StormTextPicture picture = { NULL };
  g_autoptr (GskRenderNode) source = make_source (20, 6);
  graphene_rect_t b;
  GdkTexture *texture;
  guint32 data[30 * 9];

  g_assert_true (storm_text_picture_draw (&picture, source, 1.5, 1));
  gsk_render_node_get_bounds (picture.node, &b);
  g_assert_cmpfloat (b.origin.x, ==, 15);
  g_assert_cmpfloat (b.origin.y, ==, 6);
  g_assert_cmpfloat (b.size.width, ==, 30);
  g_assert_cmpfloat (b.size.height, ==, 9);
  texture = gsk_texture_node_get_texture (picture.node);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 30);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 9);
  gdk_texture_download (texture, (guchar *) data, 30 * 4);
  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    g_assert_cmphex (data[i], ==, 0xffff0000u);
  storm_text_picture_clear (&picture);
  g_assert_null (picture.node);
}

/* On a dense display it has more pixels, not more room. */
static void
test_scale (void)
{
  StormTextPicture picture = { NULL };
  g_autoptr (GskRenderNode) source = make_source (20.25f, 6);
  graphene_rect_t b;

  g_assert_true (storm_text_picture_draw (&picture, source, 1, 2));
  gsk_render_node_get_bounds (picture.node, &b);
  g_assert_cmpfloat (b.size.width, ==, 20.5f);
  g_assert_cmpint (gdk_texture_get_width (gsk_texture_node_get_texture (picture.node)), ==, 41);
  g_assert_false (storm_text_picture_shows (&picture, source, 1, 1, TRUE));
  storm_text_picture_clear (&picture);
}

static void
test_shows (void)
{
  StormTextPicture picture = { NULL };
  g_autoptr (GskRenderNode) source = make_source (20, 6);
  g_autoptr (GskRenderNode) other = make_source (20, 6);

  g_assert_false (storm_text_picture_shows (&picture, source, 1, 1, TRUE));
  g_assert_true (storm_text_picture_draw (&picture, source, 1, 1));
  g_assert_true (storm_text_picture_shows (&picture, source, 1, 1, FALSE));
  g_assert_false (storm_text_picture_shows (&picture, other, 1, 1, TRUE));
  g_assert_false (storm_text_picture_shows (&picture, source, 1.1, 1, FALSE));
  g_assert_true (storm_text_picture_shows (&picture, source, 1.1, 1, TRUE));
  g_assert_true (storm_text_picture_shows (&picture, source, .6, 1, TRUE));
  g_assert_false (storm_text_picture_shows (&picture, source, 1.5, 1, TRUE));
  g_assert_false (storm_text_picture_shows (&picture, source, .4, 1, TRUE));
  storm_text_picture_clear (&picture);
}

/* Neither nothing nor more than a screen is made a picture of. */
static void
test_limits (void)
{
  StormTextPicture picture = { NULL };
  g_autoptr (GskRenderNode) empty = make_source (0, 6);
  g_autoptr (GskRenderNode) huge = make_source (3000, 3000);

  g_assert_false (storm_text_picture_draw (&picture, empty, 1, 1));
  g_assert_false (storm_text_picture_draw (&picture, huge, 1, 1));
  g_assert_null (picture.node);
  g_assert_true (storm_text_picture_draw (&picture, huge, .1, 1));
  /* What could not be drawn doesn't leave an older one. */
  g_assert_false (storm_text_picture_draw (&picture, huge, 4, 1));
  g_assert_null (picture.node);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-picture/draw", test_draw);
  g_test_add_func ("/text-picture/scale", test_scale);
  g_test_add_func ("/text-picture/shows", test_shows);
  g_test_add_func ("/text-picture/limits", test_limits);
  return g_test_run ();
}
