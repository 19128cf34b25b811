#include "config.h"

#include <math.h>
#include <cairo-pdf.h>

#include "storm-picture-surface-private.h"

/* A board unit is a pixel of CSS, of which 96 are an inch. */
#define POINTS .75
/* Readers of PDF take no longer side than 200 inches. */
#define MAX_SIDE 14400.0
#define MIN_SIDE 3.0
#define PAGE_MARGIN 28.35
/* No reader shows more in a useful way. */
#define MAX_OUTLINES 10000

static const struct
{
  double width;
  double height;
} sheets[STORM_N_PAPERS] = {
  [STORM_PAPER_A4] = { 595.28, 841.89 },
  [STORM_PAPER_A3] = { 841.89, 1190.55 },
  [STORM_PAPER_LETTER] = { 612, 792 },
};

typedef struct
{
  double     width;
  double     height;
  double     scale;
  StormPoint origin;
} StormPage;

static void
storm_pdf_fit_sheet (const StormRect *area,
                     StormPaper       paper,
                     StormPage       *page)
{
  gboolean wide = area->width > area->height;

  page->width = wide ? sheets[paper].height : sheets[paper].width;
  page->height = wide ? sheets[paper].width : sheets[paper].height;
  page->scale = MIN (POINTS, MIN ((page->width - 2 * PAGE_MARGIN) / area->width,
                                  (page->height - 2 * PAGE_MARGIN) / area->height));
  page->origin.x = (page->width - area->width * page->scale) / 2;
  page->origin.y = (page->height - area->height * page->scale) / 2;
}

static void
storm_pdf_add_outline (StormPicture    *picture,
                       cairo_surface_t *surface,
                       const StormPage *page)
{
  const StormRect *area = storm_picture_get_area (picture);
  guint n = MIN (storm_picture_get_n_contexts (picture), MAX_OUTLINES);

  for (guint i = 0; i < n; i++)
    {
      StormRect rect;
      const char *title = storm_picture_get_context (picture, i, &rect);
      double x = CLAMP (page->origin.x + (rect.x - area->x) * page->scale, 0, page->width);
      double y = CLAMP (page->origin.y + (rect.y - area->y) * page->scale, 0, page->height);
      char x_text[G_ASCII_DTOSTR_BUF_SIZE], y_text[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *place = NULL;

      if (*title == '\0')
        continue;
      place = g_strdup_printf ("page=1 pos=[%s %s]",
                               g_ascii_formatd (x_text, sizeof x_text, "%.2f", x),
                               g_ascii_formatd (y_text, sizeof y_text, "%.2f", y));
      cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, title, place, 0);
    }
}

gboolean
storm_pdf_export (StormPicture               *picture,
                  const StormPictureOptions  *options,
                  StormOutput                *output,
                  char                      **notice,
                  GError                    **error)
{
  const StormRect *area = storm_picture_get_area (picture);
  StormPage page = { .origin = { 0, 0 } };
  cairo_surface_t *surface;
  gboolean ok;

  if (options->paper == STORM_PAPER_FITTED)
    {
      page.scale = storm_picture_fit_scale (picture, POINTS, MAX_SIDE, MAX_SIDE * MAX_SIDE, notice);
      page.width = MAX (area->width * page.scale, MIN_SIDE);
      page.height = MAX (area->height * page.scale, MIN_SIDE);
    }
  else
    {
      storm_pdf_fit_sheet (area, options->paper, &page);
    }
  surface = cairo_pdf_surface_create_for_stream (storm_picture_write, output, page.width,
                                                 page.height);
  /* All that a board needs, and what every reader and printer knows. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  storm_picture_get_title (picture));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Stormwatch " PACKAGE_VERSION);
  storm_pdf_add_outline (picture, surface, &page);
  ok = storm_picture_paint (picture, options, surface, page.scale, page.origin, FALSE, error);
  /* Also a page that nobody wants any more has to be ended. */
  cairo_surface_finish (surface);
  ok = ok && storm_picture_check (cairo_surface_status (surface), output, error);
  cairo_surface_destroy (surface);
  return ok;
}
