#include "config.h"

#include <math.h>
#include <unistd.h>
#include <cairo.h>
#include <glib/gstdio.h>

#include "storm-disk-test.h"
#include "storm-error.h"
#include "storm-folder-test.h"
#include "storm-picture-test.h"

/* For the leak checker, where there is one: when a PDF ends, cairo 1.16 forgets some of its own.
 * Whole stacks, so that only that is meant. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:storm_pdf_export";
}

typedef struct
{
  const guint8 *data;
  gsize         left;
} Reader;

static cairo_status_t
read_some (void         *data,
           guchar       *out,
           unsigned int  len)
{
  Reader *reader = data;

  if (len > reader->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (out, reader->data, len);
  reader->data += len;
  reader->left -= len;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
load_png (GBytes *bytes)
{
  Reader reader;
  cairo_surface_t *surface;

  reader.data = g_bytes_get_data (bytes, &reader.left);
  surface = cairo_image_surface_create_from_png_stream (read_some, &reader);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface,
       int              x,
       int              y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  guint32 value;

  memcpy (&value, data + (gsize) y * cairo_image_surface_get_stride (surface) + x * 4, 4);
  return value;
}

static void
test_png (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GBytes) plain = export_board (board, STORM_PICTURE_PNG, (StormPictureOptions) { 0 });
  g_autoptr (GBytes) clear = export_board (board, STORM_PICTURE_PNG,
                                           (StormPictureOptions) { .transparent = TRUE,
                                                                   .scale = 2 });
  g_autoptr (GBytes) dark = export_board (board, STORM_PICTURE_PNG,
                                          (StormPictureOptions) { .dark = TRUE });
  cairo_surface_t *surface = load_png (plain);

  /* The board is 400 × 500, with a margin of 40. */
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 480);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 580);
  g_assert_cmphex (pixel (surface, 2, 2) & 0xffffff, ==, 0xf2f1ef);
  g_assert_cmphex (pixel (surface, 40 + 30, 40 + 150) & 0xffffff, ==, 0x6dd7fa);
  cairo_surface_destroy (surface);

  surface = load_png (clear);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 960);
  g_assert_cmphex (pixel (surface, 2, 2), ==, 0);
  g_assert_cmphex (pixel (surface, 2 * 70, 2 * 190), ==, 0xff6dd7fa);
  cairo_surface_destroy (surface);

  surface = load_png (dark);
  g_assert_cmphex (pixel (surface, 2, 2) & 0xffffff, ==, 0x1e1e20);
  cairo_surface_destroy (surface);
}

/* A board as wide as boards can be still becomes a picture, and it is said that it is smaller. */
static void
test_huge (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormPicture) picture = NULL;

  storm_test_add_context (board, "all", "All", -9e6, -1e4, 1.8e7, 2e4);
  storm_test_add_sticky (board, "far", STORM_KIND_EVENT, "Far", 9e6, 0);
  picture = storm_picture_new (board, NULL, NULL);
  for (guint i = 0; i < STORM_N_PICTURE_FORMATS; i++)
    {
      g_autofree char *notice = NULL;
      g_autoptr (GBytes) bytes = export_picture (picture, i, (StormPictureOptions) { 0 }, &notice);

      g_assert_nonnull (notice);
      if (i == STORM_PICTURE_PNG)
        {
          cairo_surface_t *surface = load_png (bytes);

          g_assert_cmpint (cairo_image_surface_get_width (surface), <=, STORM_PICTURE_MAX_SIDE);
          g_assert_cmpint (cairo_image_surface_get_width (surface), >, 30000);
          cairo_surface_destroy (surface);
        }
    }
}

static void
test_pdf (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GBytes) bytes = export_board (board, STORM_PICTURE_PDF, (StormPictureOptions) { 0 });
  g_autoptr (GBytes) sheet = export_board (board, STORM_PICTURE_PDF,
                                           (StormPictureOptions) { .paper = STORM_PAPER_A4 });
  g_autofree char *text = as_text (bytes);
  g_autofree char *sheet_text = as_text (sheet);

  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  g_assert_cmpuint (count (text, "/Type /Page") - count (text, "/Type /Pages"), ==, 1);
  /* 480 × 580 pixels of 96 an inch, in points. */
  g_assert_nonnull (strstr (text, "/MediaBox [ 0 0 360 435 ]"));
  g_assert_nonnull (strstr (sheet_text, "/MediaBox [ 0 0 595.28"));
  g_assert_nonnull (strstr (text, "/Title (Payment)"));
  /* 주문 in UTF-16. */
  g_assert_nonnull (strstr (text, "/Title <FEFFC8FCBB38>"));
  g_assert_cmpuint (count (text, "/FontFile"), >=, 1);
}

static GPtrArray *
two_views (void)
{
  GPtrArray *views = storm_view_list_parse (NULL);

  g_assert_true (storm_view_list_put (views, "Orders only", &(StormRect) { 0, 0, 400, 200 }));
  g_assert_true (storm_view_list_put (views, "Everything", &(StormRect) { -40, -40, 800, 600 }));
  return views;
}

static void
note_progress (double   done,
               gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (done, >=, *last);
  g_assert_cmpfloat (done, <=, 1);
  *last = done;
}

static void
test_pdf_views (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (GPtrArray) views = two_views ();
  double done = 0;
  g_autoptr (GBytes) bytes = export_board (board, STORM_PICTURE_PDF,
                                           (StormPictureOptions) { .views = views,
                                                                   .progress = note_progress,
                                                                   .progress_data = &done });
  g_autoptr (GBytes) sheets = export_board (board, STORM_PICTURE_PDF,
                                            (StormPictureOptions) { .views = views,
                                                                    .paper = STORM_PAPER_A3 });
  g_autofree char *text = as_text (bytes);
  g_autofree char *sheets_text = as_text (sheets);

  g_assert_cmpuint (count (text, "/Type /Page") - count (text, "/Type /Pages"), ==, 2);
  g_assert_nonnull (strstr (text, "/MediaBox [ 0 0 300 150 ]"));
  g_assert_nonnull (strstr (text, "/MediaBox [ 0 0 600 450 ]"));
  g_assert_cmpuint (count (sheets_text, "/MediaBox [ 0 0 1190.5"), ==, 2);
  /* Each view with the contexts that it shows: one, and two. */
  g_assert_cmpuint (count (text, "/Title (Orders only)"), ==, 1);
  g_assert_cmpuint (count (text, "/Title (Everything)"), ==, 1);
  g_assert_cmpuint (count (text, "/Title (Payment)"), ==, 1);
  g_assert_cmpuint (count (text, "/Title <FEFFC8FCBB38>"), ==, 2);
  g_assert_cmpfloat (done, >=, .5);
}

/* Cancelled on the way to the second page. */
static void
cancel_late (double   done,
             gpointer data)
{
  if (done >= .5)
    g_cancellable_cancel (data);
}

static void
test_pdf_views_cancelled (void)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormPicture) picture = storm_picture_new (board, NULL, NULL);
  g_autoptr (GPtrArray) views = two_views ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  StormPictureOptions options = { .views = views, .cancellable = cancellable,
                                  .progress = cancel_late, .progress_data = cancellable };
  g_autoptr (GBytes) bytes = NULL;

  bytes = storm_picture_export_bytes (picture, STORM_PICTURE_PDF, &options, NULL, &error);
  g_assert_null (bytes);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
}

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("storm-picture-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "x.png", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  storm_test_remove_folder (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static gboolean
export_to (const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (StormBoard) board = small_board ();
  g_autoptr (StormPicture) picture = storm_picture_new (board, NULL, NULL);
  StormPictureOptions options = { .cancellable = cancellable };

  return storm_picture_export (picture, STORM_PICTURE_PNG, &options, path, NULL, error);
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *link = g_build_filename (fixture->dir, "link.png", NULL);
  g_autofree char *target = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (export_to (fixture->path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);

  /* Again: its mode stays, and a link to it stays a link. */
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  g_assert_cmpint (symlink ("x.png", link), ==, 0);
  g_assert_true (export_to (link, NULL, &error));
  target = g_file_read_link (link, NULL);
  g_assert_cmpstr (target, ==, "x.png");
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 2);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (export_to (fixture->path, cancellable, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (fixture->path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "before");
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);
}

static void
test_bad_places (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->dir, "none", "x.png", NULL);

  g_assert_false (export_to (nowhere, NULL, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (export_to (fixture->dir, NULL, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_clear_error (&error);
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_assert_false (export_to ("/dev/full", NULL, &error));
      g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
      g_clear_error (&error);
    }
  /* To root nothing is read-only. */
  if (geteuid () != 0)
    {
      g_assert_cmpint (g_chmod (fixture->dir, 0500), ==, 0);
      g_assert_false (export_to (fixture->path, NULL, &error));
      g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
      g_assert_cmpint (g_chmod (fixture->dir, 0700), ==, 0);
    }
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 0);
}

/* A file that may not grow is as good as a full disk: what was there before stays, and nothing
 * else does. */
static void
test_no_room (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  gboolean done;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  storm_test_limit_files (1000);
  done = export_to (fixture->path, NULL, &error);
  storm_test_limit_files (RLIM_INFINITY);
  g_assert_false (done);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_true (g_file_get_contents (fixture->path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "before");
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);
}

static void
test_output_limit (void)
{
  g_autoptr (StormOutput) output = storm_output_new_memory (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  storm_output_set_limit (output, 4, "too much");
  g_assert_true (storm_output_write (output, "abcd", 4));
  g_assert_false (storm_output_write (output, "e", 1));
  g_assert_false (storm_output_write (output, "", 0));
  g_assert_false (storm_output_finish (output, &bytes, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==, "too much");
  g_assert_null (bytes);
}

static void
test_names (void)
{
  StormPictureFormat format;
  StormPaper paper;

  g_assert_true (storm_picture_format_from_name ("a/b.PNG", &format));
  g_assert_cmpint (format, ==, STORM_PICTURE_PNG);
  g_assert_true (storm_picture_format_from_name ("b.svg", &format));
  g_assert_cmpint (format, ==, STORM_PICTURE_SVG);
  g_assert_false (storm_picture_format_from_name ("pdf", &format));
  for (guint i = 0; i < STORM_N_PAPERS; i++)
    {
      g_assert_true (storm_paper_from_nick (storm_paper_nick (i), &paper));
      g_assert_cmpint (paper, ==, i);
    }
  g_assert_false (storm_paper_from_nick ("a9", &paper));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  g_test_add_func ("/picture/png", test_png);
  g_test_add_func ("/picture/huge", test_huge);
  g_test_add_func ("/picture/pdf", test_pdf);
  g_test_add_func ("/picture/pdf/views", test_pdf_views);
  g_test_add_func ("/picture/pdf/views/cancelled", test_pdf_views_cancelled);
  g_test_add_func ("/picture/output/limit", test_output_limit);
  g_test_add_func ("/picture/names", test_names);
  ADD ("/picture/file/replaced", test_file);
  ADD ("/picture/file/cancelled", test_cancelled);
  ADD ("/picture/file/bad-places", test_bad_places);
  ADD ("/picture/file/no-room", test_no_room);
  return g_test_run ();
}
