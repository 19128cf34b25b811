#include "config.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "storm-cli-events.h"
#include "storm-cli.h"
#include "storm-comparison.h"
#include "storm-error.h"
#include "storm-json.h"

#define N_SIDES 2

static gboolean as_json;
static gboolean only_differences;
static char *board_file;
static char *keys[N_SIDES];

static const GOptionEntry entries[] = {
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_file,
    N_("The board: which events are the same, and where their keys stand"), N_("BOARD") },
  { "key", 'k', 0, G_OPTION_ARG_FILENAME, &keys[0],
    N_("Compare the trace of this correlation key; without it all traces of both"), N_("K") },
  { "key-b", 0, 0, G_OPTION_ARG_FILENAME, &keys[1],
    N_("The key in B, when it is another one"), N_("K") },
  { "differences", 0, 0, G_OPTION_ARG_NONE, &only_differences, N_("Leave out what is alike"),
    NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL },
  { NULL }
};

enum
{
  CELL_DIFF,
  CELL_EVENT,
  CELL_STICKY,
  CELL_A,
  CELL_B,
  CELL_CHANGE,
  N_CELLS
};

/* A line of the table; all texts are ready for a terminal. */
typedef struct
{
  char *cells[N_CELLS];
} Line;

static const char *
diff_nick (StormDiff diff)
{
  static const char * const nicks[STORM_N_DIFFS] = {
    [STORM_DIFF_ALIKE] = "both", [STORM_DIFF_ONLY_A] = "only-a", [STORM_DIFF_ONLY_B] = "only-b",
    [STORM_DIFF_SLOWER] = "slower", [STORM_DIFF_FASTER] = "faster",
  };

  return nicks[diff];
}

static const char *
sticky_title (StormBoard         *board,
              const StormDiffRow *row)
{
  StormSticky *sticky = row->sticky != NULL ? storm_board_lookup_sticky (board, row->sticky) : NULL;

  return sticky != NULL ? storm_sticky_get_title (sticky) : NULL;
}

static guint
count_differences (StormComparison *comparison)
{
  guint n = 0;

  for (guint diff = STORM_DIFF_ALIKE + 1; diff < STORM_N_DIFFS; diff++)
    n += storm_comparison_count (comparison, (StormDiff) diff);
  return n;
}

/* In seconds, as other figures of time that programs read; null where there is none. */
static void
append_span (GString    *out,
             const char *name,
             gint64      span)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "null";

  if (span >= 0)
    g_ascii_formatd (number, sizeof number, "%.9g", span / (double) STORM_TIME_SECOND);
  g_string_append_printf (out, ",\"%s\":%s", name, number);
}

static void
append_side (GString             *out,
             const char          *name,
             const StormDiffSide *side,
             gboolean             of_traces)
{
  g_string_append_printf (out, ",\"%s\":", name);
  if (side->n == 0)
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append_printf (out, "{\"n\":%" G_GUINT64_FORMAT, side->n);
  if (!of_traces)
    g_string_append_printf (out, ",\"traces\":%u", side->n_traces);
  append_span (out, "sinceStart", side->since);
  append_span (out, "step", side->step);
  if (!of_traces)
    append_span (out, "stepP95", side->step >= 0 ? side->step_p95 : -1);
  g_string_append_c (out, '}');
}

static void
append_row (GString            *out,
            StormBoard         *board,
            const StormDiffRow *row,
            gboolean            of_traces)
{
  const char *title = sticky_title (board, row);

  g_string_append_printf (out, "{\"diff\":\"%s\",\"event\":", diff_nick (row->diff));
  storm_json_append_string (out, row->name, -1);
  g_string_append (out, ",\"sticky\":");
  if (title != NULL)
    storm_json_append_string (out, title, -1);
  else
    g_string_append (out, "null");
  append_side (out, "a", &row->a, of_traces);
  append_side (out, "b", &row->b, of_traces);
  g_string_append_c (out, '}');
}

static void
print_json (StormComparison *comparison,
            StormBoard      *board)
{
  GPtrArray *rows = storm_comparison_get_rows (comparison);
  gboolean of_traces = storm_comparison_is_of_traces (comparison);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean any = FALSE;

  g_string_append_printf (out, "{\"same\":%s,\"of\":\"%s\",\"counts\":{",
                          count_differences (comparison) == 0 ? "true" : "false",
                          of_traces ? "traces" : "flows");
  for (guint diff = 0; diff < STORM_N_DIFFS; diff++)
    g_string_append_printf (out, "%s\"%s\":%u", diff > 0 ? "," : "", diff_nick ((StormDiff) diff),
                            storm_comparison_count (comparison, (StormDiff) diff));
  g_string_append (out, "},\"rows\":[");
  for (guint i = 0; i < rows->len; i++)
    {
      const StormDiffRow *row = g_ptr_array_index (rows, i);

      if (only_differences && row->diff == STORM_DIFF_ALIKE)
        continue;
      g_string_append (out, any ? ",\n" : "\n");
      append_row (out, board, row, of_traces);
      any = TRUE;
    }
  g_string_append (out, "]}\n");
  fputs (out->str, stdout);
}

/* How long the step took, or that it is the first; of flows also how often it was gone. */
static char *
side_words (const StormDiffSide *side,
            gboolean             of_traces)
{
  g_autofree char *span = NULL;

  if (side->n == 0)
    return g_strdup ("–");
  span = side->step >= 0 ? storm_time_format_span (side->step) : g_strdup ("·");
  if (of_traces)
    return g_strdup_printf ("%" G_GUINT64_FORMAT "  %s", side->n, span);
  return g_strdup_printf ("%" G_GUINT64_FORMAT "×  %s", side->n, span);
}

static char *
change_words (const StormDiffRow *row)
{
  g_autofree char *span = NULL;
  gint64 delta = row->b.step - row->a.step;

  if (row->diff != STORM_DIFF_SLOWER && row->diff != STORM_DIFF_FASTER)
    return g_strdup ("");
  span = storm_time_format_span (ABS (delta));
  return g_strconcat (delta < 0 ? "−" : "+", span, NULL);
}

static void
line_clear (gpointer data)
{
  Line *line = data;

  for (guint i = 0; i < N_CELLS; i++)
    g_free (line->cells[i]);
}

static void
add_line (GArray             *lines,
          StormBoard         *board,
          const StormDiffRow *row,
          gboolean            of_traces)
{
  const char *title = sticky_title (board, row);
  Line line;

  line.cells[CELL_DIFF] = g_strdup (storm_diff_words (row->diff));
  line.cells[CELL_EVENT] = storm_cli_plain (row->name);
  line.cells[CELL_STICKY] = storm_cli_plain (title != NULL ? title : "–");
  line.cells[CELL_A] = side_words (&row->a, of_traces);
  line.cells[CELL_B] = side_words (&row->b, of_traces);
  line.cells[CELL_CHANGE] = change_words (row);
  g_array_append_val (lines, line);
}

static void
print_lines (GArray *lines)
{
  guint widths[N_CELLS] = { 0 };

  for (guint i = 0; i < lines->len; i++)
    for (guint k = 0; k < N_CELLS; k++)
      {
        const char *cell = g_array_index (lines, Line, i).cells[k];

        widths[k] = MAX (widths[k], storm_cli_width (cell));
      }
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      for (guint k = 0; k < N_CELLS; k++)
        {
          storm_cli_pad (out, g_array_index (lines, Line, i).cells[k], widths[k]);
          g_string_append (out, "  ");
        }
      printf ("%s\n", g_strchomp (out->str));
    }
}

static void
print_text (StormComparison *comparison,
            StormBoard      *board)
{
  GPtrArray *rows = storm_comparison_get_rows (comparison);
  gboolean of_traces = storm_comparison_is_of_traces (comparison);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GString) counts = g_string_new (NULL);
  Line titles = { { g_strdup (""), g_strdup (_("TYPE")), g_strdup (_("STICKY")), g_strdup ("A"),
                    g_strdup ("B"), g_strdup ("") } };

  g_array_set_clear_func (lines, line_clear);
  g_array_append_val (lines, titles);
  for (guint i = 0; i < rows->len; i++)
    {
      const StormDiffRow *row = g_ptr_array_index (rows, i);

      if (!only_differences || row->diff != STORM_DIFF_ALIKE)
        add_line (lines, board, row, of_traces);
    }
  if (lines->len > 1)
    print_lines (lines);
  for (guint diff = STORM_N_DIFFS; diff-- > 0;)
    {
      guint n = storm_comparison_count (comparison, (StormDiff) diff);

      if (n > 0)
        g_string_append_printf (counts, "%s%u %s", counts->len > 0 ? ", " : "", n,
                                storm_diff_words ((StormDiff) diff));
    }
  printf ("%s\n", counts->str);
}

static gboolean
check_key (StormMonitor  *monitor,
           const char    *file,
           const char    *key,
           GError       **error)
{
  StormTraceIndex *index = storm_monitor_get_index (monitor);
  g_autofree char *plain = NULL;

  if (key == NULL || storm_trace_index_lookup (index, key) != NULL)
    return TRUE;
  plain = storm_cli_plain (key);
  g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND, _("%s has no trace with the key %s."),
               file, plain);
  return FALSE;
}

static gboolean
compare (StormBoard  *board,
         char       **files,
         gboolean    *same,
         GError     **error)
{
  g_autoptr (StormMonitor) a = storm_cli_read_recording (board, files[0], error);
  g_autoptr (StormMonitor) b = a != NULL ? storm_cli_read_recording (board, files[1], error) : NULL;
  const char *key_b = keys[1] != NULL ? keys[1] : keys[0];
  g_autoptr (StormComparison) comparison = NULL;

  if (b == NULL || !check_key (a, files[0], keys[0], error) ||
      !check_key (b, files[1], key_b, error))
    return FALSE;
  comparison = storm_comparison_new (a, keys[0], b, key_b);
  while (!storm_comparison_fill (comparison, G_USEC_PER_SEC))
    continue;
  if (storm_comparison_get_rows (comparison)->len == 0)
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                           _("Neither side has an event with a correlation key."));
      return FALSE;
    }
  if (as_json)
    print_json (comparison, board);
  else
    print_text (comparison, board);
  *same = count_differences (comparison) == 0;
  return TRUE;
}

static gboolean
check_options (char   **files,
               GError **error)
{
  if (keys[1] != NULL && keys[0] == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _("--key-b needs --key, the key in A"));
      return FALSE;
    }
  if (g_str_equal (files[0], "-") && g_str_equal (files[1], "-"))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _("Only one of the two can be standard input"));
      return FALSE;
    }
  for (guint i = 0; i < N_SIDES; i++)
    if (keys[i] != NULL && !storm_cli_check_utf8 (keys[i], error))
      return FALSE;
  return TRUE;
}

int
storm_cli_compare (int    argc,
                   char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_auto (GStrv) words = NULL;
  gboolean same = FALSE;

  if (!storm_cli_parse (argc, argv, "A B",
                        _("Say how the events in recording B differ from those in A: what only one "
                          "of them has, and which steps are slower or faster in B. Exit status: 0 "
                          "no difference, 1 different, 2 error."),
                        entries, NULL, N_SIDES, &words, &error) ||
      !check_options (words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  board = board_file != NULL ? storm_cli_load_board (board_file, &error) : storm_board_new ();
  if (board == NULL || !compare (board, words, &same, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  return same ? STORM_CLI_DONE : STORM_CLI_DIFFERENT;
}
