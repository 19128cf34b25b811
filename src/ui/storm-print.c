#include "config.h"

#include "storm-print.h"

#include <glib/gi18n-lib.h>

#include "storm-cairo-sink.h"
#include "storm-error.h"
#include "storm-picture-job.h"
#include "storm-print-preview.h"

/* A board unit is at most this many points: a pixel of CSS. */
#define POINTS .75

typedef struct
{
  gatomicrefcount      ref_count;
  StormPicture        *picture;
  StormPalette         palette;
  char                *family;
  GtkWindow           *parent;
  StormPrintFailed     failed;
  gpointer             data;
} Print;

static Print *
print_ref (Print *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
print_unref (gpointer data)
{
  Print *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  storm_picture_unref (self->picture);
  g_object_unref (self->parent);
  g_free (self->family);
  g_free (self);
}

/* On white paper, as large as it goes. */
static void
print_draw (cairo_t  *cr,
            double    width,
            double    height,
            gpointer  data)
{
  Print *self = data;
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (self->family);
  const StormRect *area = storm_picture_get_area (self->picture);
  double scale = MIN (POINTS, MIN (width / area->width, height / area->height));
  StormColors colors;
  StormPictureHow how = { .colors = &colors };
  StormSink sink;

  storm_colors_set (&colors, self->palette, FALSE, FALSE);
  cairo_save (cr);
  cairo_translate (cr, (width - area->width * scale) / 2, (height - area->height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -area->x, -area->y);
  storm_cairo_sink_init (&sink, cr);
  storm_picture_draw (self->picture, fit, &how, &sink);
  cairo_restore (cr);
}

static void
on_begin_print (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Print             *self)
{
  gtk_print_operation_set_n_pages (operation, 1);
}

static void
on_draw_page (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Print             *self)
{
  print_draw (gtk_print_context_get_cairo_context (context), gtk_print_context_get_width (context),
              gtk_print_context_get_height (context), self);
}

static void
on_preview_closed (GtkWidget                *window,
                   GtkPrintOperationPreview *preview)
{
  gtk_print_operation_preview_end_preview (preview);
}

static gboolean
on_preview (GtkPrintOperation        *operation,
            GtkPrintOperationPreview *preview,
            GtkPrintContext          *context,
            GtkWindow                *parent,
            Print                    *self)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  GtkWidget *window;

  /* The context wants to measure with something, whether it is used or not. */
  gtk_print_context_set_cairo_context (context, cr, 72, 72);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  window = storm_print_preview_new (self->parent, gtk_print_context_get_page_setup (context),
                                    print_draw, print_ref (self), print_unref);
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_preview_closed), preview, 0);
  gtk_window_present (GTK_WINDOW (window));
  return TRUE;
}

static void
print_tell (Print        *self,
            const GError *reason)
{
  g_autoptr (GError) error =
    g_error_new (STORM_ERROR, STORM_ERROR_IO,
                 _("The board could not be printed: %s. Check the printer, or export the board as "
                   "PDF."), reason->message);

  self->failed (error, self->data);
}

static void
on_done (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         Print                   *self)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    print_tell (self, error);
}

static GtkPageSetup *
print_page_setup (Print *self)
{
  const StormRect *area = storm_picture_get_area (self->picture);
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_orientation (setup, area->width > area->height
                                           ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                           : GTK_PAGE_ORIENTATION_PORTRAIT);
  return setup;
}

GtkPrintOperation *
storm_print_operation_new (GtkWindow        *parent,
                           StormBoardPage   *page,
                           StormPrintFailed  failed,
                           gpointer          data)
{
  GtkPrintOperation *operation;
  g_autoptr (GtkPageSetup) setup = NULL;
  StormCanvas *canvas;
  Print *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (page), NULL);

  operation = gtk_print_operation_new ();
  canvas = storm_board_page_get_canvas (page);
  self = g_new0 (Print, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->picture = storm_picture_new (storm_board_file_get_board (storm_board_page_get_file (page)),
                                     NULL, NULL);
  self->family = g_strdup (storm_picture_job_get_family (GTK_WIDGET (canvas)));
  self->parent = g_object_ref (parent);
  self->failed = failed;
  self->data = data;
  g_object_get (canvas, "palette", &self->palette, NULL);

  setup = print_page_setup (self);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, storm_board_page_get_title (page));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), self);
  g_signal_connect (operation, "preview", G_CALLBACK (on_preview), self);
  g_signal_connect (operation, "done", G_CALLBACK (on_done), self);
  /* The operation goes away after its last signal. */
  g_object_set_data_full (G_OBJECT (operation), "storm-print", self, print_unref);
  return operation;
}

void
storm_print_run (GtkWindow        *parent,
                 StormBoardPage   *page,
                 StormPrintFailed  failed,
                 gpointer          data)
{
  g_autoptr (GtkPrintOperation) operation = storm_print_operation_new (parent, page, failed, data);

  g_return_if_fail (operation != NULL);

  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
