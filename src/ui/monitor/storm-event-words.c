#include "config.h"

#include "storm-event-words.h"

#include <glib/gi18n-lib.h>

#include "storm-matcher.h"

static gboolean
is_unmatched (StormMonitor *monitor,
              guint32       row)
{
  StormEventLog *log = storm_monitor_get_log (monitor);
  GPtrArray *stickies;

  stickies = storm_matcher_match (storm_monitor_get_matcher (monitor),
                                  storm_event_log_get_type_id (log, row), NULL);
  return stickies == NULL || stickies->len == 0;
}

const char *
storm_event_words_time_source (StormMonitor *monitor,
                               guint32       row)
{
  guint16 flags = storm_event_log_get_flags (storm_monitor_get_log (monitor), row);

  if ((flags & STORM_EVENT_TIME_ARRIVAL) != 0)
    return _("none in the record; order of arrival");
  if ((flags & STORM_EVENT_TIME_REFUSED) != 0)
    return _("broker; the event’s own time can’t be right");
  if ((flags & STORM_EVENT_TIME_BROKER) != 0)
    return _("broker");
  return _("event");
}

char *
storm_event_words_gap (const StormEventGap *gap)
{
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, gap->from);
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, gap->to - 1);
  g_autoptr (GString) words = g_string_new (NULL);

  if (gap->anew)
    g_string_append (words, _("Made anew, or lost by the broker: the offsets begin again."));
  if (gap->to <= gap->from)
    return g_string_free (g_steal_pointer (&words), FALSE);
  if (words->len > 0)
    g_string_append_c (words, ' ');
  if (gap->to - gap->from == 1)
    /* Translators: a row of its own in the list of events; an offset in a Kafka partition. */
    g_string_append_printf (words, _("Offset %s is gone: the broker no longer had it."), from);
  else
    /* Translators: a row of its own in the list of events; two offsets in a Kafka partition. */
    g_string_append_printf (words, _("Offsets %s to %s are gone: the broker no longer had them."),
                            from, to);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
storm_event_words_gap_place (StormMonitor        *monitor,
                             const StormEventGap *gap)
{
  const char *topic = storm_strings_get (storm_monitor_get_strings (monitor), gap->topic);

  if (gap->to <= gap->from)
    return g_strdup_printf ("%s/%d", topic, gap->partition);
  if (gap->to - gap->from == 1)
    return g_strdup_printf ("%s/%d @ %" G_GINT64_FORMAT, topic, gap->partition, gap->from);
  return g_strdup_printf ("%s/%d @ %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, topic, gap->partition,
                          gap->from, gap->to - 1);
}

char *
storm_event_words_flags (StormMonitor *monitor,
                         guint32       row)
{
  guint16 flags = storm_event_log_get_flags (storm_monitor_get_log (monitor), row);
  const StormEventGap *gap =
    storm_event_log_get_gap_before (storm_monitor_get_log (monitor), row);
  g_autofree char *missing = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  const char *parts[8];
  guint n = 0;

  if (gap != NULL && gap->anew)
    parts[n++] = _("begun anew");
  if (gap != NULL && gap->to > gap->from)
    {
      g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, gap->from);
      g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (gap->to - 1, gap->from));

      /* Translators: a remark at an event; two offsets in its Kafka partition. */
      missing = g_strdup_printf (_("gone before it: offsets %s to %s"), from, to);
      parts[n++] = missing;
    }
  if ((flags & STORM_EVENT_UNDECODABLE) != 0)
    parts[n++] = _("can’t be read");
  else if (is_unmatched (monitor, row))
    parts[n++] = _("not on the board");
  if ((flags & STORM_EVENT_FAILED) != 0)
    parts[n++] = _("failed, it says");
  if ((flags & STORM_EVENT_REPEATED) != 0)
    parts[n++] = _("repeated");
  if ((flags & STORM_EVENT_LATE) != 0)
    parts[n++] = _("late");
  if ((flags & STORM_EVENT_TIME_REFUSED) != 0)
    parts[n++] = _("absurd time");
  else if ((flags & STORM_EVENT_TIME_ARRIVAL) != 0)
    parts[n++] = _("no time");
  else if ((flags & STORM_EVENT_TIME_BROKER) != 0)
    parts[n++] = _("broker time");

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (words, " · ");
      g_string_append (words, parts[i]);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
storm_event_words_place (StormMonitor *monitor,
                         guint32       row)
{
  StormEventLog *log = storm_monitor_get_log (monitor);

  return g_strdup_printf ("%s/%d @ %" G_GINT64_FORMAT, storm_event_log_get_topic (log, row),
                          storm_event_log_get_partition (log, row),
                          storm_event_log_get_offset (log, row));
}

/* Line breaks and tabs become spaces, so that a row stays a row. */
static char *
one_line (const guint8 *data,
          gsize         len)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) len);

  for (char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_steal_pointer (&text);
}

static gboolean
looks_like_text (const guint8 *data,
                 gsize         len,
                 gboolean      cut)
{
  const char *end;

  if (memchr (data, '\0', len) != NULL)
    return FALSE;
  if (g_utf8_validate_len ((const char *) data, len, &end))
    return TRUE;
  /* A character may have been cut in two at the end. */
  return cut && (const char *) data + len - end < 4;
}

char *
storm_event_words_payload (StormMonitor *monitor,
                           guint32       row,
                           gsize         max)
{
  g_auto (StormRecordView) view = { 0, };
  const guint8 *data;
  gsize len;

  if (!storm_event_log_read (storm_monitor_get_log (monitor), row, &view))
    return g_strdup (_("no longer kept"));
  data = view.record.payload;
  len = view.record.payload_len;
  if (data == NULL)
    return g_strdup (_("tombstone"));
  if (len == 0)
    return g_strdup (_("empty"));
  if (!looks_like_text (data, MIN (len, max), len > max))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "binary, %u byte", "binary, %u bytes",
                                         len), (guint) len);
  return one_line (data, MIN (len, max));
}
