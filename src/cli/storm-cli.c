#include "config.h"

#include "storm-cli.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "storm-board-file.h"
#include "storm-error.h"
#include "storm-json.h"
#include "storm-svg-import.h"
#include "storm-view-list.h"

static gboolean show_version;

static const GOptionEntry common_entries[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_("Print the version and exit"), NULL },
  { NULL }
};

static gboolean
check_words (int           argc,
             char        **argv,
             const char   *usage,
             guint         n_words,
             char       ***words,
             GError      **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (int i = 1; i < argc; i++)
    {
      /* What stands behind "--" is a word, whatever it begins with. */
      if (g_str_equal (argv[i], "--") && n == 0)
        continue;
      g_strv_builder_add (builder, argv[i]);
      n++;
    }
  if (n != n_words)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("Usage: %s %s"),
                   argv[0], usage);
      return FALSE;
    }
  *words = g_strv_builder_end (builder);
  return TRUE;
}

gboolean
storm_cli_parse (int                 argc,
                 char              **argv,
                 const char         *usage,
                 const char         *summary,
                 const GOptionEntry *entries,
                 const GOptionEntry *more_entries,
                 guint               n_words,
                 char             ***words,
                 GError            **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autofree char *name = g_strdup (argv[0]);

  g_set_prgname (name);
  g_option_context_set_summary (context, summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more_entries != NULL)
    g_option_context_add_main_entries (context, more_entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common_entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (show_version)
    {
      printf ("stormwatch-cli %s\n", PACKAGE_VERSION);
      exit (STORM_CLI_DONE);
    }
  return check_words (argc, argv, usage, n_words, words, error);
}

gboolean
storm_cli_check_utf8 (const char  *text,
                      GError     **error)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate (text, -1, NULL))
    return TRUE;
  valid = g_utf8_make_valid (text, -1);
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID, _("“%s” is not UTF-8"), valid);
  return FALSE;
}

int
storm_cli_fail (GError *error)
{
  g_autofree char *line = storm_cli_plain (error->message);

  fprintf (stderr, "stormwatch-cli: %s\n", line);
  g_error_free (error);
  return STORM_CLI_FAILED;
}

int
storm_cli_nothing (const char *format,
                   ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = storm_cli_plain (text);
  fprintf (stderr, "stormwatch-cli: %s\n", line);
  return STORM_CLI_NOTHING;
}

gboolean
storm_cli_is_board_file (const char *path)
{
  static const char magic[16] = "SQLite format 3";
  char head[sizeof magic];
  FILE *file;
  gsize n;

  /* What is read from a pipe to look at it is gone. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  file = fopen (path, "rbe");
  if (file == NULL)
    return FALSE;
  n = fread (head, 1, sizeof head, file);
  fclose (file);
  /* One whose beginning is damaged is still no text. */
  if (g_str_has_suffix (path, STORM_BOARD_FILE_SUFFIX))
    return n == 0 || head[0] != '{';
  return n == sizeof head && memcmp (head, magic, sizeof head) == 0;
}

static StormBoard *
load_board_file (const char  *path,
                 GError     **error)
{
  g_autoptr (StormBoardFile) file = storm_board_file_open_read_only (path, error);

  if (file == NULL)
    return NULL;
  if (storm_board_file_get_notice (file) != NULL)
    {
      g_autofree char *notice = storm_cli_plain (storm_board_file_get_notice (file));

      fprintf (stderr, "stormwatch-cli: %s\n", notice);
    }
  return g_object_ref (storm_board_file_get_board (file));
}

/* Bounded here: a pipe or a device doesn't say how much it will give. */
static GBytes *
read_text (GFile       *file,
           const char  *path,
           GError     **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (GError) reason = NULL;
  gssize n = -1;

  stream = g_file_read (file, NULL, &reason);
  while (stream != NULL && text->len <= STORM_JSON_MAX_BYTES)
    {
      guint8 part[65536];

      n = g_input_stream_read (G_INPUT_STREAM (stream), part, sizeof part, NULL, &reason);
      if (n <= 0)
        break;
      g_byte_array_append (text, part, (guint) n);
    }
  if (text->len > STORM_JSON_MAX_BYTES)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("%s is too large for a board; at most 256 MiB are read"), path);
      return NULL;
    }
  if (n < 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("Reading %s failed: %s"), path,
                   reason->message);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&text));
}

static StormBoard *
load_text (const char  *path,
           GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GBytes) text = NULL;
  const char *data;
  gsize len;

  if (*path == '\0')
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_INVALID,
                           _("the name of the board is empty"));
      return NULL;
    }
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID, _("%s is a folder, not a board"), path);
      return NULL;
    }
  text = read_text (file, path, error);
  if (text == NULL)
    return NULL;
  data = g_bytes_get_data (text, &len);
  return storm_board_text_import (data != NULL ? data : "", len, path, error);
}

StormBoard *
storm_cli_load_board (const char  *path,
                      GError     **error)
{
  if (storm_cli_is_board_file (path))
    return load_board_file (path, error);
  return load_text (path, error);
}

GPtrArray *
storm_cli_load_views (const char  *path,
                      GError     **error)
{
  g_autoptr (StormBoardFile) file = NULL;
  g_autofree char *text = NULL;

  if (storm_cli_is_board_file (path))
    {
      file = storm_board_file_open_read_only (path, error);
      if (file == NULL)
        return NULL;
      text = storm_board_file_dup_setting (file, STORM_VIEWS_SETTING);
    }
  return storm_view_list_parse (text);
}

guint
storm_cli_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar ch = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (ch))
        width += g_unichar_iswide (ch) ? 2 : 1;
    }
  return width;
}

void
storm_cli_pad (GString    *out,
               const char *text,
               guint       width)
{
  guint used = storm_cli_width (text);

  g_string_append (out, text);
  for (; used < width; used++)
    g_string_append_c (out, ' ');
}

char *
storm_cli_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar ch = g_utf8_get_char (c);

      g_string_append_unichar (out, g_unichar_iscntrl (ch) ? ' ' : ch);
    }
  return g_string_free (out, FALSE);
}
