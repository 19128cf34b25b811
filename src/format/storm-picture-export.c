#include "config.h"

#include "storm-picture-export.h"

#include <math.h>
#include <glib/gi18n-lib.h>

#include "storm-board-json.h"
#include "storm-cairo-sink.h"
#include "storm-error.h"
#include "storm-picture-surface-private.h"

typedef gboolean (*StormExportFunc) (StormPicture              *picture,
                                     const StormPictureOptions *options,
                                     StormOutput               *output,
                                     char                     **notice,
                                     GError                   **error);

static const struct
{
  const char      *suffix;
  StormExportFunc  export;
} formats[STORM_N_PICTURE_FORMATS] = {
  [STORM_PICTURE_PNG] = { ".png", storm_png_export },
  [STORM_PICTURE_SVG] = { ".svg", storm_svg_export },
  [STORM_PICTURE_PDF] = { ".pdf", storm_pdf_export },
};

static const char * const papers[STORM_N_PAPERS] = {
  [STORM_PAPER_FITTED] = "fitted",
  [STORM_PAPER_A4] = "a4",
  [STORM_PAPER_A3] = "a3",
  [STORM_PAPER_LETTER] = "letter",
};

const char *
storm_picture_format_suffix (StormPictureFormat format)
{
  g_return_val_if_fail (format < STORM_N_PICTURE_FORMATS, NULL);

  return formats[format].suffix;
}

gboolean
storm_picture_format_from_name (const char         *name,
                                StormPictureFormat *out)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < STORM_N_PICTURE_FORMATS; i++)
    if (g_str_has_suffix (lower, formats[i].suffix))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
storm_paper_nick (StormPaper paper)
{
  g_return_val_if_fail (paper < STORM_N_PAPERS, NULL);

  return papers[paper];
}

gboolean
storm_paper_from_nick (const char *nick,
                       StormPaper *out)
{
  for (guint i = 0; i < STORM_N_PAPERS; i++)
    if (g_ascii_strcasecmp (nick, papers[i]) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

char *
storm_picture_board_text (StormPicture *picture,
                          StormBoard   *board)
{
  GPtrArray *ids = storm_picture_get_ids (picture);

  return ids == NULL ? storm_board_json_export (board)
                     : storm_board_json_export_selection (board, ids);
}

cairo_status_t
storm_picture_write (void                *data,
                     const unsigned char *bytes,
                     unsigned int         len)
{
  return storm_output_write (data, bytes, len) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

gboolean
storm_picture_check (cairo_status_t   status,
                     StormOutput     *output,
                     GError         **error)
{
  if (output != NULL && storm_output_take_error (output, error))
    return FALSE;
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  if (status == CAIRO_STATUS_NO_MEMORY)
    g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                 _("The picture is too large for the memory. Choose a smaller scale, or PDF."));
  else
    g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("The picture could not be drawn: %s"),
                 cairo_status_to_string (status));
  return FALSE;
}

double
storm_picture_fit_scale (const StormRect  *area,
                         double            wanted,
                         double            max_side,
                         double            max_area,
                         char            **notice)
{
  double scale = MIN (wanted, max_side / MAX (area->width, area->height));

  scale = MIN (scale, sqrt (max_area / area->width / area->height));
  if (scale < wanted && notice != NULL && *notice == NULL)
    *notice = g_strdup_printf (_("The board is too large for that scale; the picture was made at "
                                 "%.3g %% of it."), 100 * scale / wanted);
  return scale;
}

/* In board units. */
static gboolean
draw_marked (const StormPictureOptions *options,
             const StormPictureHow     *how,
             cairo_t                   *cr)
{
  const StormRgba *paper = &how->colors->paper;

  if (g_cancellable_is_cancelled (how->cancellable))
    return FALSE;
  cairo_rectangle (cr, how->area->x, how->area->y, how->area->width, how->area->height);
  cairo_clip (cr);
  if (how->paper)
    {
      cairo_set_source_rgba (cr, paper->red, paper->green, paper->blue, paper->alpha);
      cairo_paint (cr);
    }
  cairo_set_source_surface (cr, options->marked, 0, 0);
  cairo_paint (cr);
  return !g_cancellable_is_cancelled (how->cancellable);
}

gboolean
storm_picture_paint (StormPicture               *picture,
                     const StormPictureOptions  *options,
                     cairo_surface_t            *surface,
                     const StormPicturePlace    *place,
                     GError                    **error)
{
  g_autoptr (StormTextFitter) fit = storm_text_fitter_new_for_family (options->family);
  cairo_t *cr = cairo_create (surface);
  StormColors colors;
  StormPictureHow how = {
    .colors = &colors,
    .paper = !options->transparent,
    .raster = place->raster ? place->scale : 0,
    .area = &place->area,
    .cancellable = options->cancellable,
    .progress = options->progress,
    .progress_data = options->progress_data,
  };
  StormSink sink;
  cairo_status_t status;
  gboolean done;

  storm_colors_set (&colors, options->palette, options->dark, FALSE);
  cairo_translate (cr, place->origin.x, place->origin.y);
  cairo_scale (cr, place->scale, place->scale);
  cairo_translate (cr, -place->area.x, -place->area.y);
  storm_cairo_sink_init (&sink, cr);
  done = options->marked != NULL ? draw_marked (options, &how, cr)
                                 : storm_picture_draw (picture, fit, &how, &sink);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (!done)
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_CANCELLED,
                           _("The export was cancelled."));
      return FALSE;
    }
  return storm_picture_check (status, NULL, error);
}

static gboolean
storm_picture_export_to (StormPicture               *picture,
                         StormPictureFormat          format,
                         const StormPictureOptions  *options,
                         StormOutput                *output,
                         GBytes                    **bytes,
                         char                      **notice,
                         GError                    **error)
{
  g_autofree char *said = NULL;

  if (!formats[format].export (picture, options, output, &said, error) ||
      !storm_output_finish (output, bytes, error))
    return FALSE;
  if (notice != NULL)
    *notice = g_steal_pointer (&said);
  return TRUE;
}

gboolean
storm_picture_export (StormPicture               *picture,
                      StormPictureFormat          format,
                      const StormPictureOptions  *options,
                      const char                 *path,
                      char                      **notice,
                      GError                    **error)
{
  g_autoptr (StormOutput) output = NULL;

  g_return_val_if_fail (picture != NULL, FALSE);
  g_return_val_if_fail (format < STORM_N_PICTURE_FORMATS, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  output = storm_output_new_file (path, options->cancellable, error);
  return output != NULL &&
         storm_picture_export_to (picture, format, options, output, NULL, notice, error);
}

GBytes *
storm_picture_export_bytes (StormPicture               *picture,
                            StormPictureFormat          format,
                            const StormPictureOptions  *options,
                            char                      **notice,
                            GError                    **error)
{
  g_autoptr (StormOutput) output = NULL;
  GBytes *bytes = NULL;

  g_return_val_if_fail (picture != NULL, NULL);
  g_return_val_if_fail (format < STORM_N_PICTURE_FORMATS, NULL);

  output = storm_output_new_memory (options->cancellable);
  storm_picture_export_to (picture, format, options, output, &bytes, notice, error);
  return bytes;
}
