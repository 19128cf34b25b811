#include "config.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "storm-cli.h"
#include "storm-locale.h"

static const struct
{
  const char      *name;
  StormCliCommand  run;
  const char      *usage;
  const char      *summary;
} commands[] = {
  { "import", storm_cli_import, "IN.json OUT.storm", N_("Make a board file from the text form") },
  { "export", storm_cli_export, "BOARD OUT.json|svg|…", N_("Write a board as text or picture") },
  { "diff", storm_cli_diff, "A B", N_("Say how board B differs from board A") },
  { "info", storm_cli_info, "BOARD", N_("Say what is on a board") },
  { "trace", storm_cli_trace, "BOARD --key K …", N_("Number the events of one correlation key") },
  { "keys", storm_cli_keys, "BOARD …", N_("List the correlation keys of events") },
  { "fields", storm_cli_fields, "BOARD …", N_("Compare fields of events and of the board") },
  { "check", storm_cli_check, "BOARD …", N_("Say whether events do what a board says") },
  { "compare", storm_cli_compare, "A B", N_("Say how one recording differs from another") },
  { "record", storm_cli_record, "-o FILE …", N_("Write events to a file as JSON lines") },
};

static void
print_help (FILE *out)
{
  fprintf (out, "%s\n  stormwatch-cli %s\n\n%s\n", _("Usage:"), _("COMMAND …"), _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (GString) usage = g_string_new (NULL);

      storm_cli_pad (usage, commands[i].usage, 20);
      fprintf (out, "  %-8s %s %s\n", commands[i].name, usage->str, _(commands[i].summary));
    }
  fprintf (out, "\n%s\n%s\n",
           _("“stormwatch-cli COMMAND --help” explains a command. BOARD is a .storm file, a "
             "board in the text form, or an SVG with a board in it."),
           _("Exit status: 0 done, 1 nothing found or something differs, 2 error."));
}

/* A full disk behind "> FILE" shows only now; what was cut off must not look done. */
static int
check_output (int status)
{
  if (status == STORM_CLI_FAILED || (fflush (stdout) == 0 && !ferror (stdout)))
    return status;
  fprintf (stderr, "stormwatch-cli: ");
  fprintf (stderr, _("Writing %s failed: %s"), "stdout", g_strerror (errno));
  fputc ('\n', stderr);
  return STORM_CLI_FAILED;
}

static int
run (int    argc,
     char **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = NULL;

      if (!g_str_equal (commands[i].name, argv[1]))
        continue;
      name = g_strconcat ("stormwatch-cli ", argv[1], NULL);
      argv[1] = name;
      return check_output (commands[i].run (argc - 1, argv + 1));
    }
  fprintf (stderr, _("stormwatch-cli: there is no command “%s”; see stormwatch-cli --help\n"),
           argv[1]);
  return STORM_CLI_FAILED;
}

int
main (int    argc,
      char **argv)
{
  storm_locale_init ();

  if (argc < 2)
    {
      print_help (stderr);
      return STORM_CLI_FAILED;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") ||
      g_str_equal (argv[1], "help"))
    {
      print_help (stdout);
      return STORM_CLI_DONE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("stormwatch-cli %s\n", PACKAGE_VERSION);
      return STORM_CLI_DONE;
    }
  return run (argc, argv);
}
