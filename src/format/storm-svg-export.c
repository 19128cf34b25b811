#include "config.h"

#include <string.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-picture-surface-private.h"
#include "storm-svg-import.h"

/* Cairo's coordinates are exact to some millions. */
#define MAX_SIDE 1e6
#define LINE 76
/* What stands before the first element, and that element, are a few hundred bytes. */
#define MAX_HEAD 4096

/* Lets the picture through, and puts the board in behind the root's tag. */
typedef struct
{
  StormOutput               *output;
  StormPicture              *picture;
  const StormPictureOptions *options;
  GString                   *head;    /* NULL when the root's tag is through */
} StormSvgWriter;

static gboolean
storm_svg_write_text (StormSvgWriter *self,
                      const char     *text)
{
  return storm_output_write (self->output, text, strlen (text));
}

static gboolean
storm_svg_write_title (StormSvgWriter *self)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *title = NULL;

  /* XML has no way to write a control character. */
  for (const char *c = storm_picture_get_title (self->picture); *c != '\0';
       c = g_utf8_next_char (c))
    {
      gunichar ch = g_utf8_get_char (c);

      g_string_append_unichar (plain, g_unichar_iscntrl (ch) || ch == 0xfffe || ch == 0xffff
                                        ? ' ' : ch);
    }
  title = g_markup_printf_escaped ("\n<title>%s</title>", plain->str);
  return storm_svg_write_text (self, title);
}

static gboolean
storm_svg_write_board (StormSvgWriter *self)
{
  const char *text = self->options->board_text;
  gsize len;
  g_autofree char *sum = NULL;
  g_autofree char *open = NULL;
  g_autofree char *code = NULL;

  if (text == NULL)
    return TRUE;
  len = strlen (text);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, len);
  open = g_strdup_printf ("\n<metadata>\n<" STORM_SVG_ELEMENT " xmlns:stormwatch=\""
                          STORM_SVG_NAMESPACE "\" version=\"%d\" length=\"%" G_GSIZE_FORMAT
                          "\" sha256=\"%s\">\n", STORM_SVG_VERSION, len, sum);
  if (!storm_svg_write_text (self, open))
    return FALSE;
  code = g_base64_encode ((const guchar *) text, len);
  len = strlen (code);
  for (gsize i = 0; i < len; i += LINE)
    if (!storm_output_write (self->output, code + i, MIN (len - i, LINE)) ||
        !storm_svg_write_text (self, "\n"))
      return FALSE;
  return storm_svg_write_text (self, "</" STORM_SVG_ELEMENT ">\n</metadata>");
}

static cairo_status_t
storm_svg_write (void                *data,
                 const unsigned char *bytes,
                 unsigned int         len)
{
  StormSvgWriter *self = data;
  const char *root, *end;

  if (self->head == NULL)
    return storm_picture_write (self->output, bytes, len);
  g_string_append_len (self->head, (const char *) bytes, len);
  root = strstr (self->head->str, "<svg");
  end = root != NULL ? strchr (root, '>') : NULL;
  if (end == NULL)
    return self->head->len > MAX_HEAD ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
  end++;
  if (!storm_output_write (self->output, self->head->str, end - self->head->str) ||
      !storm_svg_write_title (self) || !storm_svg_write_board (self) ||
      !storm_svg_write_text (self, end))
    return CAIRO_STATUS_WRITE_ERROR;
  g_string_free (g_steal_pointer (&self->head), TRUE);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
storm_svg_export (StormPicture               *picture,
                  const StormPictureOptions  *options,
                  StormOutput                *output,
                  char                      **notice,
                  GError                    **error)
{
  const StormRect *area = storm_picture_get_area (picture);
  double scale = storm_picture_fit_scale (area, 1, MAX_SIDE, MAX_SIDE * MAX_SIDE, notice);
  StormSvgWriter writer = { output, picture, options, g_string_new (NULL) };
  StormPicturePlace place = { .area = *area, .scale = scale };
  cairo_surface_t *surface;
  gboolean ok;

  storm_output_set_limit (output, STORM_SVG_MAX_BYTES,
                          _("The board is so large that its SVG could not be opened again. "
                            "Export a part of it, or the text form."));
  surface = cairo_svg_surface_create_for_stream (storm_svg_write, &writer, area->width * scale,
                                                 area->height * scale);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  ok = storm_picture_paint (picture, options, surface, &place, error);
  cairo_surface_finish (surface);
  ok = ok && storm_picture_check (cairo_surface_status (surface), output, error);
  cairo_surface_destroy (surface);
  if (writer.head != NULL)
    g_string_free (writer.head, TRUE);
  return ok;
}
