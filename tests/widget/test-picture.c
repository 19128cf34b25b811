#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>

#include "storm-board-json.h"
#include "storm-canvas.h"
#include "storm-edit.h"
#include "storm-edit-context.h"
#include "storm-edit-props.h"
#include "storm-error.h"
#include "storm-picture-export.h"
#include "storm-picture-job.h"
#include "storm-print.h"
#include "storm-samples.h"
#include "storm-svg-import.h"
#include "../unit/storm-test.h"

/* The window's canvas and the exported picture show the same: they are compared pixel by pixel. */

/* As large as the pictures that are compared may be. */
#define MARGIN 60
/* A channel may differ by so much; glyphs that lie elsewhere differ by far more. */
#define TOLERANCE 12
/* Of all pixels so many may differ more: edges that two renderers round differently. */
#define MAX_DIFFERENT .0005

typedef struct
{
  int     width;
  int     height;
  guint8 *data;      /* four bytes a pixel */
} Pixels;

static Pixels
pixels_from (GdkTexture *texture)
{
  Pixels self = { gdk_texture_get_width (texture), gdk_texture_get_height (texture), NULL };

  self.data = g_malloc ((gsize) self.width * self.height * 4);
  gdk_texture_download (texture, self.data, (gsize) self.width * 4);
  return self;
}

/* What the window paints, without selection and overlay; @area is what is to be seen, 1:1. */
static Pixels
paint_window (StormBoard      *board,
              gboolean         dark,
              StormPalette     palette,
              const StormRect *area,
              char           **family)
{
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GtkWidget *canvas, *window = gtk_window_new ();
  g_autoptr (GdkTexture) texture = NULL;
  PangoContext *context;
  Pixels pixels;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  canvas = storm_canvas_new (history, selection);
  gtk_window_set_child (GTK_WINDOW (window), canvas);
  storm_canvas_set_palette (STORM_CANVAS (canvas), palette);
  /* Not in pictures. */
  storm_canvas_set_show_grid (STORM_CANVAS (canvas), TRUE);
  context = gtk_widget_get_pango_context (canvas);
  *family = g_strdup (pango_font_description_get_family (
    pango_context_get_font_description (context)));
  texture = storm_canvas_render_picture (STORM_CANVAS (canvas), (int) area->width,
                                         (int) area->height);
  pixels = pixels_from (texture);
  gtk_window_destroy (GTK_WINDOW (window));
  return pixels;
}

static Pixels
paint_export (StormBoard      *board,
              gboolean         dark,
              StormPalette     palette,
              const StormRect *area,
              const char      *family)
{
  g_autoptr (StormPicture) picture = storm_picture_new (board, NULL, area);
  StormPictureOptions options = { .palette = palette, .dark = dark, .scale = 1,
                                  .family = family };
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) bytes = NULL;

  bytes = storm_picture_export_bytes (picture, STORM_PICTURE_PNG, &options, NULL, &error);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  return pixels_from (texture);
}

static guint
count_different (const Pixels *a,
                 const Pixels *b)
{
  guint n = 0;

  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  for (gsize i = 0; i < (gsize) a->width * a->height; i++)
    {
      gboolean same = TRUE;

      for (guint c = 0; c < 3; c++)
        same &= abs (a->data[i * 4 + c] - b->data[i * 4 + c]) <= TOLERANCE;
      n += !same;
    }
  return n;
}

/* For looking at what differs. */
static void
keep (const Pixels *pixels,
      const char   *name)
{
  const char *dir = g_getenv ("STORM_TEST_PICTURES");
  g_autofree char *path = dir != NULL ? g_build_filename (dir, name, NULL) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (path == NULL)
    return;
  bytes = g_bytes_new (pixels->data, (gsize) pixels->width * pixels->height * 4);
  texture = gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_DEFAULT, bytes,
                                    (gsize) pixels->width * 4);
  gdk_texture_save_to_png (texture, path);
}

/* An even size around the middle, so that the canvas shows it 1:1 on whole pixels. */
static StormRect
area_of (StormBoard *board)
{
  StormRect r;
  double width, height;

  g_assert_true (storm_board_get_bounds (board, &r));
  width = 2 * ceil (r.width / 2 + MARGIN + r.height / 20);
  height = 2 * ceil (r.height / 2 + MARGIN + r.width / 20);
  return (StormRect) { floor (r.x + r.width / 2) - width / 2,
                       floor (r.y + r.height / 2) - height / 2,
                       width, height };
}

static void
assert_same_picture (StormBoard *board,
                     const char *name)
{
  StormRect area = area_of (board);

  for (guint i = 0; i < 2; i++)
    {
      gboolean dark = i == 1;
      StormPalette palette = i == 1 ? STORM_PALETTE_MSAEZ : STORM_PALETTE_CLASSIC;
      g_autofree char *family = NULL;
      Pixels window = paint_window (board, dark, palette, &area, &family);
      Pixels export = paint_export (board, dark, palette, &area, family);
      guint n = count_different (&window, &export);
      double share = n / ((double) window.width * window.height);
      g_autofree char *window_name = g_strdup_printf ("%s-%u-window.png", name, i);
      g_autofree char *export_name = g_strdup_printf ("%s-%u-export.png", name, i);

      g_test_message ("%s: %u of %d x %d pixels differ", window_name, n, window.width,
                      window.height);
      keep (&window, window_name);
      keep (&export, export_name);
      g_assert_cmpfloat (share, <=, MAX_DIFFERENT);
      g_free (window.data);
      g_free (export.data);
    }
}

static void
test_sample (gconstpointer data)
{
  g_autoptr (GBytes) bytes = storm_sample_load_board (storm_samples_lookup (data));
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  gsize len;
  const char *text = g_bytes_get_data (bytes, &len);

  board = storm_board_json_import (text, len, data, &error);
  g_assert_no_error (error);
  assert_same_picture (board, data);
}

/* What the samples don't have: every kind, fields, labels, long and Korean titles, places between
 * pixels, stickies that are tiny or lie on one another. */
static void
test_everything (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);
  StormChange *change = storm_change_new (NULL);

  storm_test_add_context (board, "c", "바운디드 컨텍스트", 0, 0, 900, 500);
  storm_test_add_context (board, "small", "A title that has no room at all", 920, 0, 80, 80);
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      static const char * const titles[] = {
        "OrderPlaced", "주문이 접수되었습니다", "Donaudampfschifffahrtsgesellschaftskapitän", "a <b> & c",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen", "",
      };
      g_autofree char *id = g_strdup_printf ("k%u", i);

      storm_test_add_sticky (board, id, i, titles[i % G_N_ELEMENTS (titles)],
                             30.5 + 170.25 * (i % 5), 40 + 200.75 * (i / 5));
    }
  storm_test_add_flow (board, "f1", "k0", "k1");
  storm_test_add_flow (board, "f2", "k1", "k7");
  storm_test_add_flow (board, "f3", "k8", "k2");
  storm_test_add_flow (board, "f4", "k9", "k3");
  storm_test_apply (board, storm_edit_set_text (board, "f3", STORM_PROP_LABEL, "when it is paid"));
  g_ptr_array_add (fields, storm_field_new ("orderId", "Long", TRUE, TRUE, NULL));
  g_ptr_array_add (fields, storm_field_new ("a very long name of a field", "String", FALSE, FALSE,
                                            NULL));
  storm_test_apply (board, storm_edit_set_fields (board, "k4", fields));
  storm_change_set (change, "k4", STORM_PROP_RECT, g_variant_new ("(dddd)", 720., 40., 130., 190.));
  storm_change_set (change, "k5", STORM_PROP_RECT, g_variant_new ("(dddd)", 20., 300., 14., 12.));
  storm_change_set (change, "k6", STORM_PROP_RECT, g_variant_new ("(dddd)", 190., 300., 60., 40.));
  storm_test_apply (board, change);
  assert_same_picture (board, "everything");
}

/* Swimlanes, contexts in them and in one another, cards with flows to them, pivotal events. */
static void
test_contexts (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lane = NULL;
  g_autofree char *second = NULL;

  storm_test_add_context (board, "outer", "Shop", 40, 20, 560, 200);
  storm_test_add_context (board, "inner", "결제", 280, 60, 300, 150);
  storm_test_add_context (board, "card", "A card with a title that is longer than it", 660, 20, 400,
                          200);
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      g_autofree char *id = g_strdup_printf ("k%u", i);

      storm_test_add_sticky (board, id, i, "Hidden", 680 + 8 * i, 60);
      g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "Ordered", 60, 80);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "Paid", 340, 80);
  storm_test_add_sticky (board, "x", STORM_KIND_EVENT, "Free", 1250, 80);
  storm_test_add_flow (board, "f1", "a", "b");
  storm_test_add_flow (board, "f2", "b", "k0");
  storm_test_add_flow (board, "f3", "b", "k3");
  storm_test_add_flow (board, "f4", "k1", "b");
  storm_test_add_flow (board, "f5", "k1", "k2");
  /* The card is in its way. */
  storm_test_add_flow (board, "f6", "b", "x");
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (ids, g_strdup (((const char *[]) { "a", "b", "x", "inner" })[i]));
  storm_test_apply (board, storm_edit_join (board, ids));
  storm_test_apply (board, storm_edit_set_pivotal (board, ids, TRUE));
  storm_test_apply (board, storm_edit_add_swimlane (board, (StormPoint) { 600, 120 },
                                                    "고객 지원 팀", &lane));
  storm_test_apply (board, storm_edit_add_swimlane (board, (StormPoint) { 0, 0 }, "Kitchen",
                                                    &second));
  g_ptr_array_set_size (ids, 0);
  g_ptr_array_add (ids, g_strdup ("card"));
  storm_test_apply (board, storm_edit_fold_contexts (board, ids, TRUE));
  assert_same_picture (board, "contexts");
}

/* One letter more, or a sticky that lies one unit farther to the right, is enough to be told. */
static void
test_sees_differences (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  const StormRect area = { -40, -40, 200, 200 };
  g_autofree char *family = NULL;
  Pixels window, changed;
  StormChange *change = storm_change_new (NULL);

  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "Paid", 0, 0);
  window = paint_window (board, FALSE, STORM_PALETTE_CLASSIC, &area, &family);
  storm_test_apply (board, storm_edit_set_text (board, "a", STORM_PROP_TITLE, "Paids"));
  changed = paint_export (board, FALSE, STORM_PALETTE_CLASSIC, &area, family);
  g_assert_cmpfloat (count_different (&window, &changed), >, MAX_DIFFERENT * 200 * 200);
  g_free (changed.data);

  storm_change_set (change, "a", STORM_PROP_TITLE, g_variant_new_string ("Paid"));
  storm_change_set (change, "a", STORM_PROP_RECT, g_variant_new ("(dddd)", 1., 0., 120., 120.));
  storm_test_apply (board, change);
  changed = paint_export (board, FALSE, STORM_PALETTE_CLASSIC, &area, family);
  g_assert_cmpfloat (count_different (&window, &changed), >, MAX_DIFFERENT * 200 * 200);
  g_free (changed.data);
  g_free (window.data);
}

typedef struct
{
  GMainLoop *loop;
  GBytes    *bytes;
  GError    *error;
} Job;

static void
on_job_done (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Job *job = data;
  g_autofree char *notice = NULL;

  storm_picture_job_run_finish (result, &job->bytes, &notice, &job->error);
  g_main_loop_quit (job->loop);
}

/* The thread draws what was on the board when it began, whatever happens to the board meanwhile. */
static void
test_job (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormPicture) picture = NULL;
  g_autoptr (StormBoard) back = NULL;
  StormPictureRequest request = { .format = STORM_PICTURE_SVG };
  Job job = { loop, NULL, NULL };
  int progress = 0;
  gsize len;
  const char *text;

  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "Paid", 0, 0);
  picture = storm_picture_new (board, NULL, NULL);
  storm_picture_job_run_async (picture, board, &request, &progress, NULL, on_job_done, &job);
  storm_test_apply (board, storm_edit_set_text (board, "a", STORM_PROP_TITLE, "Lost"));
  g_main_loop_run (loop);
  g_assert_no_error (job.error);
  text = g_bytes_get_data (job.bytes, &len);
  back = storm_board_text_import (text, len, "x.svg", &job.error);
  g_assert_no_error (job.error);
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (back, "a")), ==, "Paid");
  g_bytes_unref (job.bytes);
}

static void
test_job_cancelled (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormPicture) picture = storm_picture_new (board, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  StormPictureRequest request = { .format = STORM_PICTURE_PNG };
  Job job = { loop, NULL, NULL };

  g_cancellable_cancel (cancellable);
  storm_picture_job_run_async (picture, board, &request, NULL, cancellable, on_job_done, &job);
  g_main_loop_run (loop);
  g_assert_error (job.error, STORM_ERROR, STORM_ERROR_CANCELLED);
  g_assert_null (job.bytes);
  g_error_free (job.error);
}

static void
on_print_failed (GError   *error,
                 gpointer  data)
{
  g_free (*(char **) data);
  *(char **) data = g_strdup (error->message);
}

static void
on_printed (GtkPrintOperation       *operation,
            GtkPrintOperationResult  result,
            gpointer                 data)
{
  g_main_loop_quit (data);
}

static char *
print_to (StormBoardPage *page,
          GtkWindow      *window,
          const char     *path)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GtkPrintOperation) operation = NULL;
  char *words = NULL;

  operation = storm_print_operation_new (window, page, on_print_failed, &words);
  gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), loop);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, window, NULL) ==
      GTK_PRINT_OPERATION_RESULT_IN_PROGRESS)
    g_main_loop_run (loop);
  return words;
}

/* One page with the board, as a printer gets it; and what can't be printed is told in words. */
static void
test_print (void)
{
  g_autofree char *folder = g_dir_make_tmp ("storm-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.storm", NULL);
  g_autofree char *pdf = g_build_filename (folder, "a.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.pdf", NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_create (path, NULL, NULL);
  g_autofree char *failed = NULL;
  g_autofree char *text = NULL;
  GtkWidget *window = gtk_window_new (), *page = storm_board_page_new (file);

  gtk_window_set_child (GTK_WINDOW (window), page);
  g_assert_null (print_to (STORM_BOARD_PAGE (page), GTK_WINDOW (window), pdf));
  g_assert_true (g_file_get_contents (pdf, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  failed = print_to (STORM_BOARD_PAGE (page), GTK_WINDOW (window), nowhere);
  g_test_message ("%s", failed);
  g_assert_nonnull (failed);
  g_assert_nonnull (strstr (failed, "export the board as PDF"));
  g_assert_true (storm_board_page_close (STORM_BOARD_PAGE (page), NULL));
  gtk_window_destroy (GTK_WINDOW (window));
  g_remove (pdf);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add_data_func ("/picture/food-order", "food-order", test_sample);
  g_test_add_data_func ("/picture/awesome-shopping", "awesome-shopping", test_sample);
  g_test_add_data_func ("/picture/mobile-beverage", "mobile-beverage", test_sample);
  g_test_add_func ("/picture/everything", test_everything);
  g_test_add_func ("/picture/contexts", test_contexts);
  g_test_add_func ("/picture/sees-differences", test_sees_differences);
  g_test_add_func ("/picture/print", test_print);
  g_test_add_func ("/picture/job", test_job);
  g_test_add_func ("/picture/job/cancelled", test_job_cancelled);
  return g_test_run ();
}
