#include "config.h"

#include "storm-event-details.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "storm-clock-words.h"
#include "storm-code-style.h"
#include "storm-drift-box.h"
#include "storm-event-words.h"
#include "storm-match-box.h"
#include "storm-payload-text.h"
#include "storm-row-spans.h"

/* Headers shown; a record with more is a curiosity. */
#define MAX_HEADERS 64

struct _StormEventDetails
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormMonitor           *monitor;

  GtkStack               *stack;
  GtkLabel               *title;
  GtkLabel               *place;
  GtkToggleButton        *raw;
  GtkWidget              *copy;
  GtkSourceView          *payload;
  AdwBin                 *match_slot;
  StormMatchBox          *match;
  AdwBin                 *drift_slot;
  StormDriftBox          *drift;
  GtkGrid                *facts;
  GtkWidget              *headers_title;
  GtkGrid                *headers;
};

G_DEFINE_FINAL_TYPE (StormEventDetails, storm_event_details, GTK_TYPE_WIDGET)

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static void
add_fact (GtkGrid    *grid,
          int         line,
          const char *name,
          const char *value)
{
  GtkWidget *left = gtk_label_new (name);
  GtkWidget *right = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_yalign (GTK_LABEL (left), 0);
  gtk_label_set_ellipsize (GTK_LABEL (left), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (left), 18);
  gtk_widget_add_css_class (left, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (right), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (right), TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_grid_attach (grid, left, 0, line, 1, 1);
  gtk_grid_attach (grid, right, 1, line, 1, 1);
}

/* "json:/orderId" for the entry of the mapping that gave a field. */
static const char *
get_entry (StormEventDetails  *self,
           const StormReading *reading,
           StormMappingField   field,
           const char         *type)
{
  StormMapping *mapping = storm_monitor_controller_get_mapping (self->controller);
  const char * const *entries;

  if (reading->entry[field] < 0)
    return NULL;
  entries = storm_mapping_get_entries (mapping, reading->per_type[field] ? type : NULL, field);
  return entries != NULL && (guint) reading->entry[field] < g_strv_length ((char **) entries)
         ? entries[reading->entry[field]] : NULL;
}

static void
show_payload (StormEventDetails *self,
              const StormRecord *record)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->payload));
  GtkSourceLanguage *language = NULL;
  g_autofree char *text = NULL;
  StormPayloadForm form;

  text = storm_payload_text (record->payload, record->payload_len,
                             gtk_toggle_button_get_active (self->raw), &form);
  if (form == STORM_PAYLOAD_FORM_JSON)
    language = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (),
                                                         "json");
  gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (buffer), language);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->payload),
                               form == STORM_PAYLOAD_FORM_BYTES ? GTK_WRAP_NONE
                                                                : GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_set_text (buffer, text, -1);
}

static void
show_headers (StormEventDetails *self,
              const StormRecord *record)
{
  clear_grid (self->headers);
  gtk_widget_set_visible (self->headers_title, record->n_headers > 0);
  for (guint i = 0; i < MIN (record->n_headers, MAX_HEADERS); i++)
    {
      const StormHeader *header = &record->headers[i];
      g_autofree char *name = storm_header_name (header);
      g_autofree char *value = storm_header_text (header);

      add_fact (self->headers, (int) i, name, value);
    }
}

static void
show_spans (StormEventDetails *self,
            guint32            row,
            int               *line)
{
  g_autofree char *previous = NULL;
  g_autofree char *start = NULL;
  StormRowSpans spans;

  if (!storm_trace_index_get_spans (storm_monitor_get_index (self->monitor), row, &spans))
    return;
  if (!spans.is_first)
    {
      previous = storm_time_format_span (spans.since_previous);
      add_fact (self->facts, (*line)++, _("Since the one before"), previous);
    }
  start = storm_time_format_span (spans.since_start);
  add_fact (self->facts, (*line)++, _("Since start"), start);
}

/* Never hidden, and never corrected: a time that can't be right, and whose clock gave it. */
static void
show_clock (StormEventDetails *self,
            guint32            row,
            int               *line)
{
  StormClocks *clocks = storm_monitor_controller_get_clocks (self->controller);
  guint producer = storm_clocks_get_producer (clocks, row);
  g_autofree char *backwards = NULL;
  g_autofree char *words = NULL;
  gboolean is_skew = FALSE;

  if (producer != STORM_NO_PRODUCER)
    {
      add_fact (self->facts, (*line)++, _("Produced by"),
                storm_clocks_get_name (clocks, producer));
      if (storm_clocks_has_skew (clocks))
        {
          words = storm_clock_words (clocks, producer);
          add_fact (self->facts, (*line)++, _("Its clock"), words);
        }
    }
  backwards = storm_clock_words_backwards (clocks, self->monitor, row, &is_skew);
  if (backwards != NULL)
    add_fact (self->facts, (*line)++, is_skew ? _("⚠ Clock skew") : _("⚠ Came early"), backwards);
}

static void
show_times (StormEventDetails *self,
            guint32            row,
            int               *line)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  g_autofree char *time = storm_time_format_rfc3339 (storm_event_log_get_time (log, row));
  g_autofree char *source = NULL;

  add_fact (self->facts, (*line)++, _("Time"), time);
  add_fact (self->facts, (*line)++, _("Time from"), storm_event_words_time_source (self->monitor,
                                                                                   row));
  if (storm_event_log_get_broker_time (log, row) != STORM_TIME_NONE)
    {
      source = storm_time_format_rfc3339 (storm_event_log_get_broker_time (log, row));
      add_fact (self->facts, (*line)++, _("Broker time"), source);
    }
  show_spans (self, row, line);
}

static void
show_facts (StormEventDetails *self,
            const StormRecord *record,
            guint32            row)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  g_autofree char *place = storm_event_words_place (self->monitor, row);
  g_autofree char *flags = storm_event_words_flags (self->monitor, row);
  const char *type = storm_event_log_get_type_name (log, row);
  StormReading reading;
  int line = 0;

  clear_grid (self->facts);
  storm_reading_init (&reading);
  storm_mapping_read (storm_monitor_controller_get_mapping (self->controller), record, &reading);
  storm_match_box_set_event (self->match, row,
                             get_entry (self, &reading, STORM_MAPPING_TYPE, type));

  show_times (self, row, &line);
  show_clock (self, row, &line);
  add_fact (self->facts, line++, _("Correlation key"), storm_event_log_get_correlation (log, row));
  if (get_entry (self, &reading, STORM_MAPPING_CORRELATION, type) != NULL)
    add_fact (self->facts, line++, _("Key from"),
              get_entry (self, &reading, STORM_MAPPING_CORRELATION, type));
  if (storm_event_log_has_connections (log) && storm_event_log_get_connection (log, row) != NULL)
    add_fact (self->facts, line++, _("Connection"), storm_event_log_get_connection (log, row));
  add_fact (self->facts, line++, _("From"), place);
  if (record->key != NULL)
    {
      StormHeader key = { .value = record->key, .value_len = record->key_len };
      g_autofree char *text = storm_header_text (&key);

      add_fact (self->facts, line++, _("Record key"), text);
    }
  if (flags[0] != '\0')
    add_fact (self->facts, line++, _("Remarks"), flags);
  storm_reading_clear (&reading);
}

/* "event 3 of 5" of its trace. */
static void
show_place (StormEventDetails *self,
            guint32            row)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  const StormNumbered *numbers;
  g_autofree char *words = NULL;
  StormTrace *trace;
  guint n;

  gtk_label_set_text (self->place, NULL);
  trace = storm_trace_index_lookup (storm_monitor_get_index (self->monitor),
                                    storm_event_log_get_correlation (log, row));
  if (trace == NULL)
    return;
  numbers = storm_trace_get_numbers (trace, &n);
  for (guint i = 0; i < n; i++)
    if (numbers[i].row == row && numbers[i].n > 0)
      {
        /* Translators: the place of an event in its trace. */
        words = g_strdup_printf (_("event %u of %u"), numbers[i].n,
                                 storm_trace_get_n_events (trace));
        gtk_label_set_text (self->place, words);
        return;
      }
}

static void
show_row (StormEventDetails *self)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  guint row = storm_monitor_get_selected_row (self->monitor);
  g_auto (StormRecordView) view = { 0, };
  const char *type;

  if (row >= storm_event_log_get_n (log))
    {
      storm_drift_box_set_type (self->drift, 0);
      storm_match_box_set_event (self->match, G_MAXUINT32, NULL);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  type = storm_event_log_get_type_name (log, row);
  gtk_label_set_text (self->title, type[0] != '\0' ? type : _("Unknown event"));
  show_place (self, row);
  storm_drift_box_set_type (self->drift, storm_event_log_get_type_id (log, row));
  if (storm_event_log_read (log, row, &view))
    {
      show_payload (self, &view.record);
      show_headers (self, &view.record);
      show_facts (self, &view.record, row);
    }
  else
    {
      StormRecord none = { 0, };

      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->payload)),
                                _("The record is no longer kept."), -1);
      show_headers (self, &none);
      storm_match_box_set_event (self->match, row, NULL);
      clear_grid (self->facts);
    }
  gtk_stack_set_visible_child_name (self->stack, "event");
}

static void
raw_toggled_cb (StormEventDetails *self)
{
  show_row (self);
}

static void
copy_cb (StormEventDetails *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->payload));
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
storm_event_details_dispose (GObject *object)
{
  StormEventDetails *self = STORM_EVENT_DETAILS (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (self), STORM_TYPE_EVENT_DETAILS);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->monitor);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (storm_event_details_parent_class)->dispose (object);
}

static void
storm_event_details_class_init (StormEventDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_event_details_dispose;

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/event-details.ui");
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, title);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, place);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, raw);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, copy);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, payload);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, match_slot);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, drift_slot);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, headers_title);
  gtk_widget_class_bind_template_child (widget_class, StormEventDetails, headers);
  gtk_widget_class_bind_template_callback (widget_class, raw_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_set_css_name (widget_class, "eventdetails");
}

static void
storm_event_details_init (StormEventDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_source_buffer_set_highlight_matching_brackets (
    GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->payload))), FALSE);
  storm_code_style_follow (self->payload);
}

GtkWidget *
storm_event_details_new (StormMonitorController *controller)
{
  StormEventDetails *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_EVENT_DETAILS, NULL);
  self->controller = g_object_ref (controller);
  self->monitor = g_object_ref (storm_monitor_controller_get_monitor (controller));
  self->match = STORM_MATCH_BOX (storm_match_box_new (controller));
  adw_bin_set_child (self->match_slot, GTK_WIDGET (self->match));
  self->drift = STORM_DRIFT_BOX (storm_drift_box_new (controller));
  adw_bin_set_child (self->drift_slot, GTK_WIDGET (self->drift));
  g_signal_connect_object (self->monitor, "notify::selected-row", G_CALLBACK (show_row), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_log (self->monitor), "remapped",
                           G_CALLBACK (show_row), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_row (self);
  return GTK_WIDGET (self);
}
