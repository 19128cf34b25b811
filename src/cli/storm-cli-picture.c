#include "config.h"

#include "storm-cli-picture.h"

#include <stdio.h>
#include <glib/gi18n.h>

#include "storm-cli.h"
#include "storm-error.h"

static double scale;
static gboolean transparent;
static gboolean dark;
static char *palette;
static char *context_name;
static char *rect_text;
static char *paper;
static gboolean by_views;

const GOptionEntry storm_cli_picture_entries[] = {
  { "scale", 's', 0, G_OPTION_ARG_DOUBLE, &scale,
    N_("PNG: pixels a board unit, from 0.05 to 8; 1 when not given"), N_("NUMBER") },
  { "transparent", 't', 0, G_OPTION_ARG_NONE, &transparent,
    N_("Pictures: no paper below the board"), NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, N_("Pictures: in the colours of the dark style"),
    NULL },
  { "palette", 0, 0, G_OPTION_ARG_STRING, &palette, N_("Pictures: “classic” or “msaez”"),
    N_("NAME") },
  { "context", 'c', 0, G_OPTION_ARG_FILENAME, &context_name,
    N_("Pictures: only the bounded context with this title or id"), N_("NAME") },
  { "area", 0, 0, G_OPTION_ARG_STRING, &rect_text,
    N_("Pictures: only this part of the board, in board units"), "X,Y,WIDTH,HEIGHT" },
  { "page", 0, 0, G_OPTION_ARG_STRING, &paper,
    N_("PDF: “fitted” to the board, “a4”, “a3” or “letter”"), N_("NAME") },
  { "views", 0, 0, G_OPTION_ARG_NONE, &by_views, N_("PDF: a page for each saved view"), NULL },
  { NULL }
};

static gboolean
find_context (StormBoard    *board,
              StormContext **out,
              GError       **error)
{
  GListModel *contexts = storm_board_get_contexts (board);

  *out = storm_board_lookup_context (board, context_name);
  for (guint i = 0; *out == NULL && i < g_list_model_get_n_items (contexts); i++)
    {
      g_autoptr (StormContext) context = g_list_model_get_item (contexts, i);

      /* The board keeps it. */
      if (g_str_equal (storm_context_get_title (context), context_name))
        *out = context;
    }
  if (*out != NULL)
    return TRUE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
               _("There is no bounded context “%s” on this board"), context_name);
  return FALSE;
}

static gboolean
read_area (StormRect  *out,
           GError    **error)
{
  double *numbers[] = { &out->x, &out->y, &out->width, &out->height };
  g_auto (GStrv) parts = g_strsplit (rect_text, ",", -1);
  gboolean good = g_strv_length (parts) == G_N_ELEMENTS (numbers);

  for (guint i = 0; good && i < G_N_ELEMENTS (numbers); i++)
    {
      char *end;

      *numbers[i] = g_ascii_strtod (parts[i], &end);
      good = end != parts[i] && *end == '\0';
    }
  if (good && storm_rect_is_valid (out) && out->width >= 1 && out->height >= 1)
    return TRUE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("“%s” is no area; give four numbers like 0,0,800,600"), rect_text);
  return FALSE;
}

static gboolean
read_palette (StormPalette  *out,
              GError       **error)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (STORM_TYPE_PALETTE);
  GEnumValue *value;

  if (palette == NULL)
    return TRUE;
  value = g_enum_get_value_by_nick (class, palette);
  if (value != NULL)
    {
      *out = value->value;
      return TRUE;
    }
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("There is no palette “%s”; it is “classic” or “msaez”"), palette);
  return FALSE;
}

static gboolean
read_options (StormPictureOptions  *options,
              GError              **error)
{
  if (!read_palette (&options->palette, error))
    return FALSE;
  if (scale != 0 && !(scale >= STORM_PICTURE_MIN_SCALE && scale <= STORM_PICTURE_MAX_SCALE))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The scale must be from %.15g to %.15g"), STORM_PICTURE_MIN_SCALE,
                   STORM_PICTURE_MAX_SCALE);
      return FALSE;
    }
  if (paper != NULL && !storm_paper_from_nick (paper, &options->paper))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("There is no page “%s”; it is “fitted”, “a4”, “a3” or “letter”"), paper);
      return FALSE;
    }
  options->scale = scale;
  options->transparent = transparent;
  options->dark = dark;
  return TRUE;
}

static gboolean
read_views (const char          *board_path,
            StormPictureFormat   format,
            GPtrArray          **out,
            GError             **error)
{
  g_autoptr (GPtrArray) views = NULL;

  if (!by_views)
    return TRUE;
  if (format != STORM_PICTURE_PDF)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("Only a PDF has several pages; leave out “%s”, or let OUT end in “%s”"),
                   "--views", ".pdf");
      return FALSE;
    }
  if (context_name != NULL || rect_text != NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” shows the saved views; leave out “%s” and “%s”"), "--views",
                   "--context", "--area");
      return FALSE;
    }
  views = storm_cli_load_views (board_path, error);
  if (views == NULL)
    return FALSE;
  if (views->len == 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                   _("There is no saved view in %s. Keep some in the window, or leave out “%s”."),
                   board_path, "--views");
      return FALSE;
    }
  *out = g_steal_pointer (&views);
  return TRUE;
}

static StormPicture *
make_picture (StormBoard  *board,
              GError     **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  StormContext *context;
  StormRect area;

  if (context_name != NULL)
    {
      if (!find_context (board, &context, error))
        return NULL;
      ids = storm_picture_ids_of_context (board, context);
    }
  if (rect_text != NULL && !read_area (&area, error))
    return NULL;
  return storm_picture_new (board, ids, rect_text != NULL ? &area : NULL);
}

gboolean
storm_cli_write_picture (StormBoard          *board,
                         const char          *board_path,
                         StormPictureFormat   format,
                         const char          *path,
                         GError             **error)
{
  StormPictureOptions options = { .palette = STORM_PALETTE_CLASSIC };
  g_autoptr (StormPicture) picture = NULL;
  g_autoptr (GPtrArray) views = NULL;
  g_autofree char *text = NULL;
  g_autofree char *notice = NULL;

  if (!read_options (&options, error) || !read_views (board_path, format, &views, error))
    return FALSE;
  options.views = views;
  picture = make_picture (board, error);
  if (picture == NULL)
    return FALSE;
  if (format == STORM_PICTURE_SVG)
    options.board_text = text = storm_picture_board_text (picture, board);
  if (!storm_picture_export (picture, format, &options, path, &notice, error))
    return FALSE;
  if (notice != NULL)
    fprintf (stderr, "stormwatch-cli: %s\n", notice);
  return TRUE;
}
