#include "config.h"

#include "storm-rates-words.h"

#include <glib/gi18n-lib.h>

gint64
storm_partition_get_lag (const StormTopicProgress *partition)
{
  g_return_val_if_fail (partition != NULL, -1);

  if (partition->end < 0)
    return -1;
  /* Before the first record is read nobody knows where it stands. */
  return MAX (partition->end - MAX (partition->next, 0), 0);
}

void
storm_topic_lag_add (StormTopicLag            *lag,
                     const StormTopicProgress *partition)
{
  gint64 behind = storm_partition_get_lag (partition);

  g_return_if_fail (lag != NULL);

  lag->n_partitions++;
  lag->n_unknown += behind < 0;
  lag->n_behind += behind > 0;
  if (behind > 0)
    lag->lag += (guint64) behind;
}

static char *
dup_number (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

char *
storm_rate_words (const StormTopicRate *rate,
                  gint64                now)
{
  double per_second;
  g_autofree char *span = NULL;

  g_return_val_if_fail (rate != NULL, NULL);

  per_second = storm_topic_rate_get (rate, now);
  if (per_second >= 10)
    return g_strdup_printf (_("%'.0f events/s"), per_second);
  if (per_second > 0)
    return g_strdup_printf (_("%.1f events/s"), per_second);
  if (rate->last == 0)
    return g_strdup (_("No event so far"));
  span = storm_time_format_span (MAX (now - rate->last, 0) * 1000);
  /* Translators: how long ago the last event of a topic came. */
  return g_strdup_printf (_("Last event %s ago"), span);
}

char *
storm_lag_words (const StormTopicLag *lag)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (lag != NULL, NULL);

  if (lag->n_partitions == 0)
    return g_strdup (_("Nothing is read from it now."));
  if (lag->n_behind > 0)
    {
      number = dup_number (lag->lag);
      /* Translators: how many events, in how many partitions, of how many. */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%s event behind the end, in %u of %u partitions: what "
                                           "is shown is older than what the topic holds.",
                                           "%s events behind the end, in %u of %u partitions: what "
                                           "is shown is older than what the topic holds.",
                                           (gulong) MIN (lag->lag, 1000)),
                              number, lag->n_behind, lag->n_partitions);
    }
  if (lag->n_unknown > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Where %u of %u partition ends is not known yet.",
                                         "Where %u of %u partitions end is not known yet.",
                                         lag->n_partitions), lag->n_unknown, lag->n_partitions);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Read to the end of its %u partition.",
                                       "Read to the end of all %u partitions.", lag->n_partitions),
                          lag->n_partitions);
}

/* Two digits, and never zero for something that is there. */
static char *
dup_percent (guint64 n,
             guint64 all)
{
  double percent = all > 0 ? 100.0 * (double) n / (double) all : 0;

  if (n > 0 && percent < 0.1)
    return g_strdup (_("less than 0.1 %"));
  return g_strdup_printf (percent >= 10 ? _("%.0f %%") : _("%.1f %%"), percent);
}

char *
storm_late_words (const StormTopicRate *rate)
{
  g_autofree char *n = NULL, *all = NULL, *percent = NULL;

  g_return_val_if_fail (rate != NULL, NULL);

  if (rate->n_late == 0)
    return g_strdup (_("None came late."));
  n = dup_number (rate->n_late);
  all = dup_number (rate->n);
  percent = dup_percent (rate->n_late, rate->n);
  /* Translators: how many, of how many events, the share in per cent. */
  return g_strdup_printf (_("%s of %s came late (%s): later events had their numbers for good "
                            "already."), n, all, percent);
}

char *
storm_undecodable_words (const StormTopicRate *rate)
{
  g_autofree char *n = NULL, *all = NULL, *percent = NULL;

  g_return_val_if_fail (rate != NULL, NULL);

  if (rate->n_undecodable == 0)
    return g_strdup (_("All could be read."));
  n = dup_number (rate->n_undecodable);
  all = dup_number (rate->n);
  percent = dup_percent (rate->n_undecodable, rate->n);
  /* Translators: how many, of how many events, the share in per cent. */
  return g_strdup_printf (_("%s of %s could not be read (%s): they hold no event type where the "
                            "mapping looks for it."), n, all, percent);
}
