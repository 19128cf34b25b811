#include "config.h"

#include "storm-svg-import.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "storm-board-json.h"
#include "storm-error.h"
#include "storm-json.h"

/* Deeper than any drawing program nests. */
#define MAX_DEPTH 256

/* What is known of an SVG while it is read. */
typedef struct
{
  const char *name;
  guint       depth;
  gboolean    inside;     /* the board's element */
  guint       n_boards;
  char       *sum;
  char       *length;
  GString    *code;
} StormSvgReader;

static void
storm_svg_reader_clear (StormSvgReader *self)
{
  g_free (self->sum);
  g_free (self->length);
  if (self->code != NULL)
    g_string_free (self->code, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormSvgReader, storm_svg_reader_clear)

/* Without its prefix. */
static const char *
storm_svg_local (const char *element)
{
  const char *colon = strchr (element, ':');

  return colon != NULL ? colon + 1 : element;
}

static const char *
storm_svg_attribute (const char **names,
                     const char **values,
                     const char  *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

static gboolean
storm_svg_check_version (StormSvgReader  *self,
                         const char      *version,
                         GError         **error)
{
  guint64 number = 0;

  if (version == NULL || !g_ascii_string_to_unsigned (version, 10, 1, G_MAXUINT, &number, NULL))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                   _("The board in “%s” doesn't say of which version it is."), self->name);
      return FALSE;
    }
  if (number > STORM_SVG_VERSION)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_TOO_NEW,
                   _("The board in “%s” was written by a newer Stormwatch; please update."),
                   self->name);
      return FALSE;
    }
  return TRUE;
}

static void
storm_svg_begin_board (StormSvgReader  *self,
                       const char     **names,
                       const char     **values,
                       GError         **error)
{
  if (self->n_boards++ > 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("There is more than one board in “%s”, and it doesn't say which one is "
                     "meant."), self->name);
      return;
    }
  if (!storm_svg_check_version (self, storm_svg_attribute (names, values, "version"), error))
    return;
  self->inside = TRUE;
  self->sum = g_strdup (storm_svg_attribute (names, values, "sha256"));
  self->length = g_strdup (storm_svg_attribute (names, values, "length"));
  self->code = g_string_new (NULL);
}

static void
storm_svg_on_start (GMarkupParseContext  *context,
                    const char           *element,
                    const char          **names,
                    const char          **values,
                    gpointer              data,
                    GError              **error)
{
  StormSvgReader *self = data;

  if (self->depth++ >= MAX_DEPTH)
    g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                 _("The elements in “%s” are nested too deeply."), self->name);
  else if (self->depth == 1 && !g_str_equal (storm_svg_local (element), "svg"))
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("“%s” is not an SVG picture: it begins with the element “%.40s”."), self->name,
                 element);
  else if (self->inside)
    g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                 _("The board in “%s” was changed outside of Stormwatch, and can't be read any "
                   "more."), self->name);
  else if (g_str_equal (element, STORM_SVG_ELEMENT))
    storm_svg_begin_board (self, names, values, error);
}

static void
storm_svg_on_end (GMarkupParseContext  *context,
                  const char           *element,
                  gpointer              data,
                  GError              **error)
{
  StormSvgReader *self = data;

  self->depth--;
  self->inside = FALSE;
}

static void
storm_svg_on_text (GMarkupParseContext  *context,
                   const char           *text,
                   gsize                 len,
                   gpointer              data,
                   GError              **error)
{
  StormSvgReader *self = data;

  if (self->inside)
    g_string_append_len (self->code, text, len);
}

static const GMarkupParser parser = {
  .start_element = storm_svg_on_start,
  .end_element = storm_svg_on_end,
  .text = storm_svg_on_text,
};

static gboolean
storm_svg_read (StormSvgReader  *self,
                const char      *data,
                gsize            len,
                GError         **error)
{
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) reason = NULL;

  context = g_markup_parse_context_new (&parser, 0, self, NULL);
  if (g_markup_parse_context_parse (context, data, len, &reason) &&
      g_markup_parse_context_end_parse (context, &reason))
    return TRUE;
  if (reason->domain == G_MARKUP_ERROR)
    g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                 _("“%s” is not a whole SVG picture; it may be cut off: %s"), self->name,
                 reason->message);
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static guchar *
storm_svg_decode (StormSvgReader  *self,
                  gsize           *len,
                  GError         **error)
{
  g_autofree guchar *text = g_base64_decode (self->code->str, len);
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, text, *len);
  guint64 length = 0;

  if (self->length == NULL ||
      !g_ascii_string_to_unsigned (self->length, 10, 0, STORM_JSON_MAX_BYTES, &length, NULL) ||
      length != *len || self->sum == NULL || g_ascii_strcasecmp (self->sum, sum) != 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                   _("The board in “%s” was changed or cut off outside of Stormwatch: its checksum "
                     "is wrong. Ask for the file again, or for the board itself."), self->name);
      return NULL;
    }
  return g_steal_pointer (&text);
}

StormBoard *
storm_svg_import (const char  *data,
                  gsize        len,
                  const char  *name,
                  GError     **error)
{
  g_auto (StormSvgReader) reader = { .name = name };
  g_autofree guchar *text = NULL;
  gsize text_len = 0;

  g_return_val_if_fail (data != NULL || len == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (len > STORM_SVG_MAX_BYTES)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("“%s” is too large for a board: at most %d MiB are read."), name,
                   STORM_SVG_MAX_BYTES / 1024 / 1024);
      return NULL;
    }
  if (len >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    {
      data += 3;
      len -= 3;
    }
  if (!storm_svg_read (&reader, data, len, error))
    return NULL;
  if (reader.n_boards == 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                   _("There is no board in the picture “%s”. Only an SVG that Stormwatch exported "
                     "carries its board, and some programs remove it when they save the picture."),
                   name);
      return NULL;
    }
  text = storm_svg_decode (&reader, &text_len, error);
  return text != NULL ? storm_board_json_import ((const char *) text, text_len, name, error) : NULL;
}

StormBoard *
storm_board_text_import (const char  *data,
                         gsize        len,
                         const char  *name,
                         GError     **error)
{
  gsize i = len >= 3 && memcmp (data, "\357\273\277", 3) == 0 ? 3 : 0;

  while (i < len && g_ascii_isspace (data[i]))
    i++;
  if (i < len && data[i] == '<')
    return storm_svg_import (data, len, name, error);
  return storm_board_json_import (data, len, name, error);
}
