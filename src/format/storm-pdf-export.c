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
  const char       *name;      /* NULL for the page of the whole picture */
  double            width;
  double            height;
  StormPicturePlace place;
} StormPage;

typedef struct
{
  const StormPictureOptions *options;
  guint                      done;
  guint                      all;
} StormPages;

static void
storm_pdf_fit_sheet (const StormRect *area,
                     StormPaper       paper,
                     StormPage       *page)
{
  gboolean wide = area->width > area->height;
  StormPicturePlace *place = &page->place;

  page->width = wide ? sheets[paper].height : sheets[paper].width;
  page->height = wide ? sheets[paper].width : sheets[paper].height;
  place->scale = MIN (POINTS, MIN ((page->width - 2 * PAGE_MARGIN) / area->width,
                                   (page->height - 2 * PAGE_MARGIN) / area->height));
  place->origin.x = (page->width - area->width * place->scale) / 2;
  place->origin.y = (page->height - area->height * place->scale) / 2;
}

static void
storm_pdf_make_page (const StormRect  *area,
                     const char       *name,
                     StormPaper        paper,
                     StormPage        *page,
                     char            **notice)
{
  *page = (StormPage) { .name = name, .place = { .area = *area } };
  if (paper != STORM_PAPER_FITTED)
    {
      storm_pdf_fit_sheet (area, paper, page);
      return;
    }
  page->place.scale = storm_picture_fit_scale (area, POINTS, MAX_SIDE, MAX_SIDE * MAX_SIDE, notice);
  page->width = MAX (area->width * page->place.scale, MIN_SIDE);
  page->height = MAX (area->height * page->place.scale, MIN_SIDE);
}

static GArray *
storm_pdf_make_pages (StormPicture               *picture,
                      const StormPictureOptions  *options,
                      char                      **notice)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (StormPage));
  guint n = options->views != NULL ? options->views->len : 0;
  StormPage page;

  for (guint i = 0; i < n; i++)
    {
      const StormView *view = g_ptr_array_index (options->views, i);

      storm_pdf_make_page (&view->rect, view->name, options->paper, &page, notice);
      g_array_append_val (pages, page);
    }
  if (n == 0)
    {
      storm_pdf_make_page (storm_picture_get_area (picture), NULL, options->paper, &page, notice);
      g_array_append_val (pages, page);
    }
  return pages;
}

static int
storm_pdf_add_entry (cairo_surface_t *surface,
                     int              parent,
                     const char      *title,
                     guint            number,
                     double           x,
                     double           y)
{
  char x_text[G_ASCII_DTOSTR_BUF_SIZE], y_text[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *where = NULL;

  where = g_strdup_printf ("page=%u pos=[%s %s]", number,
                           g_ascii_formatd (x_text, sizeof x_text, "%.2f", x),
                           g_ascii_formatd (y_text, sizeof y_text, "%.2f", y));
  return cairo_pdf_surface_add_outline (surface, parent, title, where, 0);
}

/* The view, and below it the contexts that it shows. */
static void
storm_pdf_add_outline (StormPicture    *picture,
                       cairo_surface_t *surface,
                       const StormPage *page,
                       guint            number,
                       guint           *n_entries)
{
  const StormPicturePlace *place = &page->place;
  const StormRect *area = &place->area;
  int parent = CAIRO_PDF_OUTLINE_ROOT;

  if (page->name != NULL)
    parent = storm_pdf_add_entry (surface, parent, page->name, number, 0, 0);
  for (guint i = 0; i < storm_picture_get_n_contexts (picture); i++)
    {
      StormRect rect;
      const char *title = storm_picture_get_context (picture, i, &rect);

      if (*title == '\0' || !storm_rect_intersects (area, &rect))
        continue;
      if ((*n_entries)++ >= MAX_OUTLINES)
        return;
      storm_pdf_add_entry (surface, parent, title, number,
                           CLAMP (place->origin.x + (rect.x - area->x) * place->scale, 0,
                                  page->width),
                           CLAMP (place->origin.y + (rect.y - area->y) * place->scale, 0,
                                  page->height));
    }
}

static void
storm_pdf_progress (double   done,
                    gpointer data)
{
  StormPages *pages = data;

  pages->options->progress ((pages->done + done) / pages->all, pages->options->progress_data);
}

static gboolean
storm_pdf_draw_pages (StormPicture               *picture,
                      const StormPictureOptions  *options,
                      cairo_surface_t            *surface,
                      GArray                     *pages,
                      GError                    **error)
{
  StormPictureOptions each = *options;
  StormPages done = { options, 0, pages->len };
  guint n_entries = 0;

  if (options->progress != NULL)
    {
      each.progress = storm_pdf_progress;
      each.progress_data = &done;
    }
  for (; done.done < done.all; done.done++)
    {
      StormPage *page = &g_array_index (pages, StormPage, done.done);

      cairo_pdf_surface_set_size (surface, page->width, page->height);
      if (!storm_picture_paint (picture, &each, surface, &page->place, error))
        return FALSE;
      cairo_surface_show_page (surface);
      /* Not before: cairo doesn't bear an entry whose page never comes. */
      storm_pdf_add_outline (picture, surface, page, done.done + 1, &n_entries);
    }
  return TRUE;
}

gboolean
storm_pdf_export (StormPicture               *picture,
                  const StormPictureOptions  *options,
                  StormOutput                *output,
                  char                      **notice,
                  GError                    **error)
{
  g_autoptr (GArray) pages = storm_pdf_make_pages (picture, options, notice);
  const StormPage *first = &g_array_index (pages, StormPage, 0);
  cairo_surface_t *surface;
  gboolean ok;

  surface = cairo_pdf_surface_create_for_stream (storm_picture_write, output, first->width,
                                                 first->height);
  /* All that a board needs, and what every reader and printer knows. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  storm_picture_get_title (picture));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Stormwatch " PACKAGE_VERSION);
  ok = storm_pdf_draw_pages (picture, options, surface, pages, error);
  /* Also a page that nobody wants any more has to be ended. */
  cairo_surface_finish (surface);
  ok = ok && storm_picture_check (cairo_surface_status (surface), output, error);
  cairo_surface_destroy (surface);
  return ok;
}
