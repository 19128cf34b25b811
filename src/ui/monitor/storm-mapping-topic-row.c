#include "config.h"

#include "storm-mapping-topic-row.h"

#include <glib/gi18n-lib.h>

#include "storm-payload-text.h"

#define MAX_SAMPLES 4
#define MAX_HEADERS 16
/* Letters: what people read to see how a record looks. */
#define MAX_WORDS 2000

/* Takes @words. */
static char *
shorten (char *words)
{
  g_autofree char *all = words;
  g_autofree char *start = NULL;

  if (g_utf8_strlen (all, -1) <= MAX_WORDS)
    return g_steal_pointer (&all);
  start = g_utf8_substring (all, 0, MAX_WORDS);
  return g_strconcat (start, " …", NULL);
}

/* "key order-1 · ce_type OrderPlaced": what stands beside the payload. */
static char *
make_around (const StormRecord *record)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (record->key != NULL)
    {
      StormHeader key = { .value = record->key, .value_len = record->key_len };
      g_autofree char *text = storm_header_text (&key);

      /* Translators: a Kafka record's key. */
      g_string_append_printf (words, _("key %s"), text);
    }
  for (guint i = 0; i < MIN (record->n_headers, MAX_HEADERS); i++)
    {
      const StormHeader *header = &record->headers[i];
      g_autofree char *name = storm_header_name (header);
      g_autofree char *value = storm_header_text (header);

      g_string_append_printf (words, "%s%s: %s", words->len > 0 ? " · " : "", name, value);
    }
  return shorten (g_string_free (g_steal_pointer (&words), FALSE));
}

static char *
make_payload (const StormRecord *record)
{
  StormPayloadForm form;

  if (record->payload == NULL)
    return g_strdup (_("Tombstone: a record without a payload"));
  return shorten (storm_payload_text (record->payload, record->payload_len, TRUE, &form));
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_sample (const StormRecord *record)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *around = make_around (record);
  g_autofree char *payload = make_payload (record);

  if (*around != '\0')
    gtk_box_append (GTK_BOX (box), make_label (around, "dim-label"));
  gtk_box_append (GTK_BOX (box), make_label (payload, "monospace"));
  gtk_widget_add_css_class (box, "mapping-type");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

GtkWidget *
storm_mapping_topic_row_new (StormDetector           *detector,
                             const StormTopicSamples *topic)
{
  GtkWidget *row = adw_expander_row_new ();
  guint n = topic->samples->len;
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;

  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u sample", "%u samples", n), n);
  if (topic->convention != NULL)
    subtitle = g_strdup_printf ("%s · %s · %s", count, topic->convention, topic->why);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *topic->topic != '\0' ? topic->topic : _("No topic"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle != NULL ? subtitle : count);
  for (guint i = 0; i < MIN (n, MAX_SAMPLES); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_sample (storm_detector_get_sample (
      detector, g_array_index (topic->samples, guint, n - 1 - i))));
  return row;
}
