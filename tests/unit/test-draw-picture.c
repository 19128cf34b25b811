#include "config.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "storm-cairo-sink.h"
#include "storm-edit.h"
#include "storm-picture.h"
#include "storm-test.h"

/* Writes each operation down as a line. Of texts not the height, which is the font's. */
static void
record (gpointer       data,
        const StormOp *op)
{
  static const char *names[] = { "fill", "shadow", "border", "frame", "rule", "line", "polygon",
                                 "text", "clip", "unclip" };
  GString *out = data;
  const StormRgba *c = &op->color;

  g_string_append (out, names[op->type]);
  if (op->type == STORM_OP_TEXT)
    g_string_append_printf (out, " %s size %g at %g", pango_layout_get_text (op->layout), op->size,
                            op->points[0].x);
  else if (op->type == STORM_OP_LINE || op->type == STORM_OP_POLYGON)
    for (guint i = 0; i < op->n_points; i++)
      g_string_append_printf (out, " %g,%g", op->points[i].x, op->points[i].y);
  else
    g_string_append_printf (out, " %g,%g %gx%g r%g", op->rect.x, op->rect.y, op->rect.width,
                            op->rect.height, op->radius);
  if (op->width > 0)
    g_string_append_printf (out, " w%g", op->width);
  if (c->alpha > 0)
    g_string_append_printf (out, " #%02x%02x%02x/%g", (int) round (c->red * 255),
                            (int) round (c->green * 255), (int) round (c->blue * 255),
                            round (c->alpha * 100) / 100);
  g_string_append_c (out, '\n');
}

static char *
draw (StormPicture *picture,
      gboolean      paper,
      double        raster)
{
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (NULL);
  GString *out = g_string_new (NULL);
  StormSink sink = { record, out };
  StormColors colors;
  StormPictureHow how = { .colors = &colors, .paper = paper, .raster = raster };

  storm_colors_set (&colors, STORM_PALETTE_CLASSIC, FALSE, FALSE);
  g_assert_true (storm_picture_draw (picture, fit, &how, &sink));
  return g_string_free (out, FALSE);
}

static void
assert_picture (StormBoard      *board,
                GPtrArray       *ids,
                const StormRect *area,
                const char      *expected)
{
  g_autoptr (StormPicture) picture = storm_picture_new (board, ids, area);
  g_autofree char *ops = draw (picture, FALSE, 0);

  g_assert_cmpstr (ops, ==, expected);
}

static StormBoard *
small_board (void)
{
  StormBoard *board = storm_board_new ();

  storm_test_add_context (board, "c", "Shop", 0, 0, 400, 200);
  storm_test_add_sticky (board, "a", STORM_KIND_COMMAND, "Pay", 20, 40);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "Paid", 240, 40);
  storm_test_add_flow (board, "f", "a", "b");
  storm_test_apply (board, storm_edit_set_text (board, "f", STORM_PROP_LABEL, ""));
  return board;
}

#define FRAME "frame 0,0 400x200 r8 w1 #898991/1\ntext Shop size 13 at 12 #63636a/1\n"
#define FLOW "polygon 240,100 226,94.12 226,105.88 #76767e/1\nline 140,100 227,100 w2 #76767e/1\n"
#define STICKY_A "shadow 20,42 120x120 r5 #000000/0.16\nfill 20,40 120x120 r5 #6dd7fa/1\n" \
  "text Command size 10 at 29 #1e1e1e/0.8\ntext Pay size 22 at 28 #1e1e1e/1\n"
#define STICKY_B "shadow 240,42 120x120 r5 #000000/0.16\nfill 240,40 120x120 r5 #fe9e4a/1\n" \
  "text Event size 10 at 249 #1e1e1e/0.8\ntext Paid size 22 at 248 #1e1e1e/1\n"

static void
test_golden (void)
{
  g_autoptr (StormBoard) board = small_board ();

  assert_picture (board, NULL, NULL,
                  "clip -40,-40 480x280 r0\n" FRAME FLOW STICKY_A STICKY_B
                  "unclip -40,-40 480x280 r0\n");
}

static void
test_parts (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormPicture) part = NULL;
  g_autoptr (StormPicture) whole = storm_picture_new (board, NULL, NULL);
  const StormRect area = { 230, 30, 40, 40 };

  /* A flow needs both of its ends. */
  g_ptr_array_add (ids, (char *) "b");
  g_ptr_array_add (ids, (char *) "f");
  assert_picture (board, ids, NULL,
                  "clip 200,0 200x200 r0\n" STICKY_B "unclip 200,0 200x200 r0\n");
  assert_picture (board, NULL, &area,
                  "clip 230,30 40x40 r0\n" FRAME STICKY_B "unclip 230,30 40x40 r0\n");

  part = storm_picture_new (board, NULL, &area);
  g_assert_cmpuint (storm_picture_get_ids (part)->len, ==, 2);
  g_assert_null (storm_picture_get_ids (whole));
}

static void
test_context_ids (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GPtrArray) ids = NULL;

  storm_test_add_context (board, "inner", "In", 10, 10, 100, 100);
  storm_test_add_context (board, "other", "Out", 350, 10, 100, 100);
  storm_test_add_sticky (board, "far", STORM_KIND_EVENT, "Far", 600, 40);
  ids = storm_picture_ids_of_context (board, storm_board_lookup_context (board, "c"));
  g_ptr_array_add (ids, NULL);
  g_assert_true (g_strv_equal ((const char * const *) ids->pdata,
                               (const char * const []) { "c", "inner", "a", "b", NULL }));
}

/* What lies higher comes later, whatever the order of creation. */
static void
test_stack (void)
{
  g_autoptr (StormBoard) board = small_board ();
  StormChange *change = storm_change_new (NULL);

  storm_change_set (change, "b", STORM_PROP_Z, g_variant_new_int64 (-5));
  storm_test_apply (board, change);
  assert_picture (board, NULL, NULL,
                  "clip -40,-40 480x280 r0\n" FRAME FLOW STICKY_B STICKY_A
                  "unclip -40,-40 480x280 r0\n");
}

static void
test_paper_and_detail (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormPicture) picture = storm_picture_new (board, NULL, NULL);
  g_autofree char *tiny = draw (picture, TRUE, .1);
  g_autofree char *small = draw (picture, TRUE, .2);

  g_assert_nonnull (strstr (tiny, "fill -40,-40 480x280 r0 #f2f1ef/1\n"));
  g_assert_null (strstr (tiny, "text"));
  g_assert_null (strstr (tiny, "shadow"));
  g_assert_nonnull (strstr (small, "text Paid"));
  g_assert_null (strstr (small, "text Event"));
}

/* Without paper, a white sticky has a rim; with it, and in other colours, none is needed. */
static void
test_rim (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormPicture) picture = NULL;
  g_autofree char *on_nothing = NULL;
  g_autofree char *on_paper = NULL;

  storm_test_add_sticky (board, "a", STORM_KIND_UI, "", 0, 0);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "", 200, 0);
  picture = storm_picture_new (board, NULL, NULL);
  on_nothing = draw (picture, FALSE, 0);
  on_paper = draw (picture, TRUE, 0);
  g_assert_nonnull (strstr (on_nothing, "border 0,0 120x120 r5 w1 #898991/1\n"));
  g_assert_null (strstr (on_nothing, "border 200,0"));
  g_assert_null (strstr (on_paper, "border"));
}

static void
test_fields (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);
  StormChange *change = storm_change_new (NULL);

  g_ptr_array_add (fields, storm_field_new ("id", "Long", TRUE, FALSE, NULL));
  g_ptr_array_add (fields, storm_field_new ("note", "", FALSE, FALSE, NULL));
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "Paid", 0, 0);
  storm_test_apply (board, storm_edit_set_fields (board, "a", fields));
  /* An ordinary sticky has no room for them. */
  assert_picture (board, NULL, NULL,
                  "clip -40,-40 200x200 r0\nshadow 0,2 120x120 r5 #000000/0.16\n"
                  "fill 0,0 120x120 r5 #fe9e4a/1\ntext Event size 10 at 9 #1e1e1e/0.8\n"
                  "text Paid size 22 at 8 #1e1e1e/1\nunclip -40,-40 200x200 r0\n");
  storm_change_set (change, "a", STORM_PROP_RECT, g_variant_new ("(dddd)", 0., 0., 120., 160.));
  storm_test_apply (board, change);
  assert_picture (board, NULL, NULL,
                  "clip -40,-40 200x240 r0\nshadow 0,2 120x160 r5 #000000/0.16\n"
                  "fill 0,0 120x160 r5 #fe9e4a/1\ntext Event size 10 at 9 #1e1e1e/0.8\n"
                  "text Paid size 22 at 8 #1e1e1e/1\ntext id: Long size 10 at 9 #1e1e1e/1\n"
                  "text note size 10 at 9 #1e1e1e/1\nunclip -40,-40 200x240 r0\n");
}

static void
test_label (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormPicture) picture = NULL;
  g_autofree char *ops = NULL;

  storm_test_apply (board, storm_edit_set_text (board, "f", STORM_PROP_LABEL, "then"));
  picture = storm_picture_new (board, NULL, NULL);
  ops = draw (picture, FALSE, 0);
  g_assert_nonnull (strstr (ops, "\ntext then size 11 at 1"));
  g_assert_nonnull (strstr (ops, " #ffffff/1\ntext then"));
}

/* Words that run from right to left stand in the middle of their pill too. */
static void
test_label_from_right (void)
{
  const char *label = "\xd7\x90\xd7\x9d";
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (NULL);
  g_autoptr (StormPicture) picture = NULL;
  g_autofree char *ops = NULL, *begin = NULL;
  const char *text, *pill;
  PangoRectangle logical;
  double x, left, width, w;

  storm_test_apply (board, storm_edit_set_text (board, "f", STORM_PROP_LABEL, label));
  picture = storm_picture_new (board, NULL, NULL);
  ops = draw (picture, FALSE, 0);
  begin = g_strdup_printf ("\ntext %s size 11 at ", label);
  text = strstr (ops, begin);
  g_assert_nonnull (text);
  pill = g_strrstr_len (ops, text - ops, "fill ");
  g_assert_nonnull (pill);
  x = g_ascii_strtod (text + strlen (begin), NULL);
  left = g_ascii_strtod (pill + strlen ("fill "), NULL);
  width = g_ascii_strtod (strchr (pill + strlen ("fill "), ' '), NULL);

  storm_text_fitter_line (fit, label, 11, PANGO_WEIGHT_NORMAL, STORM_LABEL_MAX, &w, NULL);
  pango_layout_get_extents (storm_text_fitter_get_layout (fit), NULL, &logical);
  g_assert_cmpfloat_with_epsilon (x + (double) logical.x / PANGO_SCALE + w / 2, left + width / 2,
                                  .01);
}

/* Pictures of pixels keep to whole pixels, counted from their own corner. */
static void
test_snap (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormPicture) picture = NULL;
  g_autofree char *ops = NULL;
  g_autofree char *exact = NULL;

  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "", 10.3, 10.6);
  picture = storm_picture_new (board, NULL, NULL);
  ops = draw (picture, FALSE, 2);
  g_assert_nonnull (strstr (ops, "fill 10.5,10.5 120x120"));
  exact = draw (picture, FALSE, 0);
  g_assert_nonnull (strstr (exact, "fill 10.3,10.6 120x120"));
}

static void
test_empty (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  assert_picture (board, NULL, NULL, "clip -40,-40 480x380 r0\nunclip -40,-40 480x380 r0\n");
}

/* A title never stands out of its sticky at a size where it fits, and is never larger than 22. */
static void
test_fit (void)
{
  static const char * const titles[] = {
    "Paid", "OrderPlacedAndConfirmed", "a longer title with a good many words in it", "주문 접수됨",
    "Donaudampfschifffahrtsgesellschaft", "x",
  };
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (NULL);
  double last = 0;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    for (double side = 10; side <= 320; side += 31)
      {
        StormRect box = { 5, 7, side, side };
        PangoRectangle logical;
        StormPoint at;
        double size;

        storm_text_fitter_title (fit, titles[i], &box, 7 + side / 2, &at);
        size = storm_text_fitter_get_size (fit);
        pango_layout_get_extents (storm_text_fitter_get_layout (fit), NULL, &logical);
        g_assert_cmpfloat (size, >=, 8);
        g_assert_cmpfloat (size, <=, 22);
        g_assert_cmpfloat (at.y, >=, box.y);
        if (size > 8)
          {
            g_assert_cmpfloat ((double) logical.width / PANGO_SCALE, <=, side);
            g_assert_cmpfloat (at.y + (double) logical.height / PANGO_SCALE, <=,
                               box.y + side + .01);
          }
        /* More room is never a smaller text. */
        if (side > 10)
          g_assert_cmpfloat (size, >=, last);
        last = size;
      }
}

static void
test_cancel (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormPicture) picture = storm_picture_new (board, NULL, NULL);
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  StormSink sink = { record, out };
  StormColors colors;
  StormPictureHow how = { .colors = &colors, .cancellable = cancellable };

  storm_colors_set (&colors, STORM_PALETTE_MSAEZ, TRUE, TRUE);
  g_assert_true (storm_picture_draw (picture, fit, &how, &sink));
  g_cancellable_cancel (cancellable);
  g_assert_false (storm_picture_draw (picture, fit, &how, &sink));
}

/* Of a part of a picture only what reaches into it is drawn. */
static void
test_area (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormPicture) picture = NULL;
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  const StormRect area = { 2900, 0, 200, 100 };
  StormSink sink = { record, out };
  StormColors colors;
  StormPictureHow how = { .colors = &colors, .paper = TRUE, .area = &area };

  storm_test_add_sticky (board, "there", STORM_KIND_EVENT, "There", 3000, 20);
  storm_test_add_sticky (board, "beside", STORM_KIND_EVENT, "Beside", 3400, 20);
  picture = storm_picture_new (board, NULL, NULL);
  storm_colors_set (&colors, STORM_PALETTE_CLASSIC, FALSE, FALSE);
  g_assert_true (storm_picture_draw (picture, fit, &how, &sink));
  g_assert_true (g_str_has_prefix (out->str, "clip 2900,0 200x100 r0\nfill 2900,0 200x100"));
  g_assert_nonnull (strstr (out->str, "There"));
  g_assert_null (strstr (out->str, "Beside"));
  g_assert_null (strstr (out->str, "Pay"));
}

/* Things as large and as far away as a board allows don't disturb what lies in the picture. */
static void
test_far (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (NULL);
  g_autoptr (StormPicture) picture = NULL;
  const StormRect area = { 0, 0, 100, 100 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 100, 100);
  cairo_t *cr = cairo_create (surface);
  StormColors colors;
  StormPictureHow how = { .colors = &colors, .raster = 1 };
  StormChange *change = storm_change_new (NULL);
  const guint32 *pixels;
  StormSink sink;

  storm_test_add_context (board, "all", "All", -1e7, -1e7, 2e7, 2e7);
  storm_change_set (change, "a", STORM_PROP_RECT,
                    g_variant_new ("(dddd)", -9e6, 50., 1.8e7, 9e6));
  storm_test_apply (board, change);
  picture = storm_picture_new (board, NULL, &area);
  storm_colors_set (&colors, STORM_PALETTE_CLASSIC, FALSE, FALSE);
  storm_cairo_sink_init (&sink, cr);
  g_assert_true (storm_picture_draw (picture, fit, &how, &sink));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  /* Above the sticky's edge nothing was painted, below it is all of its colour. */
  g_assert_cmphex (pixels[40 * 100 + 50] & 0xffffff, ==, 0);
  g_assert_cmphex (pixels[60 * 100 + 50] & 0xffffff, ==, 0x6dd7fa);
  g_assert_cmphex (pixels[99 * 100 + 99] & 0xffffff, ==, 0x6dd7fa);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/picture/golden", test_golden);
  g_test_add_func ("/draw/picture/parts", test_parts);
  g_test_add_func ("/draw/picture/context-ids", test_context_ids);
  g_test_add_func ("/draw/picture/stack", test_stack);
  g_test_add_func ("/draw/picture/paper-and-detail", test_paper_and_detail);
  g_test_add_func ("/draw/picture/rim", test_rim);
  g_test_add_func ("/draw/picture/fields", test_fields);
  g_test_add_func ("/draw/picture/label", test_label);
  g_test_add_func ("/draw/picture/label/from-right", test_label_from_right);
  g_test_add_func ("/draw/picture/snap", test_snap);
  g_test_add_func ("/draw/picture/empty", test_empty);
  g_test_add_func ("/draw/picture/cancel", test_cancel);
  g_test_add_func ("/draw/picture/area", test_area);
  g_test_add_func ("/draw/picture/far", test_far);
  g_test_add_func ("/draw/text-fit", test_fit);
  return g_test_run ();
}
