#include "config.h"

#include "storm-mapping-window.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "storm-board-mapping.h"
#include "storm-detect.h"
#include "storm-json.h"

/* Records that detection looks at; it takes at most 200 of a topic itself. */
#define SAMPLE_ROWS 4000
#define PREVIEW_ROWS 6
#define MAX_CANDIDATES 6

struct _StormMappingWindow
{
  AdwWindow               parent_instance;

  StormMonitorController *controller;
  StormDetected          *detected;
  StormMapping           *mapping;     /* what the text says, NULL while it is wrong */
  gboolean                filling;

  GtkWidget              *apply;
  AdwActionRow           *convention;
  AdwPreferencesGroup    *candidates;
  GtkGrid                *preview;
  GtkTextView            *text;
  GtkLabel               *problem;
};

G_DEFINE_FINAL_TYPE (StormMappingWindow, storm_mapping_window, ADW_TYPE_WINDOW)

static StormEventLog *
get_log (StormMappingWindow *self)
{
  return storm_monitor_get_log (storm_monitor_controller_get_monitor (self->controller));
}

static void
add_cell (StormMappingWindow *self,
          int                 column,
          int                 line,
          const char         *text,
          gsize               len,
          const char         *css_class)
{
  g_autofree char *shown = text != NULL ? g_utf8_make_valid (text, (gssize) len)
                                        : g_strdup ("–");
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->preview, label, column, line, 1, 1);
}

static void
add_preview_row (StormMappingWindow *self,
                 guint32             row,
                 int                 line)
{
  static const StormMappingField fields[] = {
    STORM_MAPPING_TYPE, STORM_MAPPING_ID, STORM_MAPPING_CORRELATION
  };
  g_auto (StormRecordView) view = { 0, };
  StormReading reading;
  char clock[16] = "–";

  if (!storm_event_log_read (get_log (self), row, &view))
    return;
  storm_reading_init (&reading);
  storm_mapping_read (self->mapping, &view.record, &reading);
  if (reading.time != STORM_TIME_NONE)
    storm_time_format_clock (reading.time, clock);
  add_cell (self, 0, line, clock, strlen (clock), "numeric");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_cell (self, (int) i + 1, line, reading.text[fields[i]], reading.len[fields[i]],
              reading.text[fields[i]] == NULL ? "dim-label" : NULL);
  storm_reading_clear (&reading);
}

static void
show_preview (StormMappingWindow *self)
{
  const char *titles[] = { _("Time"), _("Type"), _("Id"), _("Correlation key") };
  guint32 n = storm_event_log_get_n (get_log (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->preview))) != NULL)
    gtk_grid_remove (self->preview, child);
  if (self->mapping == NULL)
    return;
  for (int i = 0; i < (int) G_N_ELEMENTS (titles); i++)
    add_cell (self, i, 0, titles[i], strlen (titles[i]), "heading");
  for (guint32 i = 0; i < MIN (n, PREVIEW_ROWS); i++)
    add_preview_row (self, n - MIN (n, PREVIEW_ROWS) + i, (int) i + 1);
}

static void
text_changed_cb (StormMappingWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->filling)
    return;
  g_object_get (gtk_text_view_get_buffer (self->text), "text", &text, NULL);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = storm_mapping_new_from_json (text, &error);
  gtk_label_set_text (self->problem, error != NULL ? error->message : "");
  gtk_widget_set_sensitive (self->apply, self->mapping != NULL);
  show_preview (self);
}

/* The mapping's JSON with one member a line, as people read it. */
static void
set_mapping (StormMappingWindow *self,
             StormMapping       *mapping)
{
  g_autofree char *json = storm_mapping_to_json (mapping);
  g_autoptr (JsonNode) root = storm_json_parse (json, strlen (json), "", NULL);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  self->filling = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  self->filling = FALSE;
  text_changed_cb (self);
}

static void
candidate_toggled_cb (GtkCheckButton     *button,
                      StormMappingWindow *self)
{
  StormMapping *mapping = g_object_get_data (G_OBJECT (button), "mapping");

  if (gtk_check_button_get_active (button) && self->detected != NULL)
    set_mapping (self, mapping != NULL ? mapping : self->detected->mapping);
}

static GtkWidget *
add_candidate (StormMappingWindow *self,
               GtkWidget          *group,
               StormMapping       *mapping,
               const char         *title,
               const char         *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (group));
  if (mapping != NULL)
    g_object_set_data_full (G_OBJECT (button), "mapping", storm_mapping_ref (mapping),
                            (GDestroyNotify) storm_mapping_unref);
  g_signal_connect (button, "toggled", G_CALLBACK (candidate_toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->candidates, row);
  return button;
}

static void
show_detected (StormMappingWindow *self)
{
  GtkWidget *first;

  if (self->detected == NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->convention),
                                     _("No convention was recognised"));
      adw_action_row_set_subtitle (self->convention,
                                   _("Say below where type, time and key stand."));
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->convention),
                                 self->detected->convention);
  adw_action_row_set_subtitle (self->convention, self->detected->why);
  first = add_candidate (self, NULL, NULL, _("None, or as the stickies say"),
                         _("A field that is marked as correlation key on its sticky is used "
                           "anyway."));
  for (guint i = 0; i < MIN (self->detected->candidates->len, MAX_CANDIDATES); i++)
    {
      StormKeyCandidate *candidate = g_ptr_array_index (self->detected->candidates, i);
      g_autofree char *why = NULL;

      /* Translators: evidence for a correlation key: types tied together, different keys, events
       * for one key. */
      why = g_strdup_printf (_("ties %u event types together · %u keys · %.1f events each"),
                             candidate->n_types, candidate->n_keys, candidate->mean_size);
      add_candidate (self, first, candidate->mapping, candidate->words, why);
    }
}

static void
detect (StormMappingWindow *self)
{
  StormEventLog *log = get_log (self);
  StormBoardFile *file = storm_monitor_controller_get_file (self->controller);
  g_auto (GStrv) names = storm_board_event_names (storm_board_file_get_board (file));
  g_autoptr (StormDetector) detector = storm_detector_new ((const char * const *) names);
  guint32 n = storm_event_log_get_n (log);
  guint32 first = n > SAMPLE_ROWS ? n - SAMPLE_ROWS : 0;
  g_auto (StormRecordView) view = { 0, };

  for (guint32 row = first; row < n; row++)
    if (storm_event_log_read (log, row, &view))
      storm_detector_add (detector, &view.record);
  self->detected = storm_detector_finish (detector);
}

static void
apply_cb (StormMappingWindow *self)
{
  StormBoardFile *file = storm_monitor_controller_get_file (self->controller);
  g_autofree char *json = storm_mapping_to_json (self->mapping);
  g_autoptr (StormChange) change = storm_change_new (_("Change the mapping"));
  g_autoptr (GError) error = NULL;

  storm_change_set (change, NULL, STORM_PROP_MAPPING, g_variant_new_string (json));
  if (storm_history_do (storm_board_file_get_history (file), change, &error))
    gtk_window_close (GTK_WINDOW (self));
  else
    gtk_label_set_text (self->problem, error->message);
}

static void
storm_mapping_window_dispose (GObject *object)
{
  StormMappingWindow *self = STORM_MAPPING_WINDOW (object);

  g_clear_pointer (&self->detected, storm_detected_free);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (storm_mapping_window_parent_class)->dispose (object);
}

static void
storm_mapping_window_class_init (StormMappingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_mapping_window_dispose;

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/mapping-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, apply);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, convention);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, candidates);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, text);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, problem);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
storm_mapping_window_init (StormMappingWindow *self)
{
  GtkSourceBuffer *buffer;
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (self->text));
  gtk_source_buffer_set_language (buffer, gtk_source_language_manager_get_language (
    gtk_source_language_manager_get_default (), "json"));
  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (
    gtk_source_style_scheme_manager_get_default (), dark ? "Adwaita-dark" : "Adwaita"));
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (text_changed_cb), self);
}

GtkWidget *
storm_mapping_window_new (StormMonitorController *controller)
{
  StormMappingWindow *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_MAPPING_WINDOW, NULL);
  self->controller = g_object_ref (controller);
  detect (self);
  show_detected (self);
  /* What holds now comes first; choosing a proposal replaces it in view, Apply on the board. */
  set_mapping (self, storm_monitor_controller_get_mapping (controller));
  if (storm_board_file_get_read_only (storm_monitor_controller_get_file (controller)))
    gtk_widget_set_visible (self->apply, FALSE);
  return GTK_WIDGET (self);
}
