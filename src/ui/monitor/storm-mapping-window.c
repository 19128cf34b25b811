#include "config.h"

#include "storm-mapping-window.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "storm-board-mapping.h"
#include "storm-code-style.h"
#include "storm-detect.h"
#include "storm-failed-chooser.h"
#include "storm-json.h"
#include "storm-mapping-topic-row.h"
#include "storm-mapping-type-row.h"

/* Records that detection looks at; it takes at most 200 of a topic itself. */
#define SAMPLE_ROWS 4000
#define MAX_CANDIDATES 6
#define MAX_PROBLEMS 8

struct _StormMappingWindow
{
  AdwWindow               parent_instance;

  StormMonitorController *controller;
  StormDetector          *detector;
  StormDetected          *detected;    /* nullable */
  GCancellable           *detecting;
  StormMapping           *mapping;     /* what the text says, NULL while it is wrong */
  gboolean                filling;
  GHashTable             *rows;        /* event type → StormMappingTypeRow, which the list owns */
  GtkSizeGroup           *columns[STORM_MAPPING_N_COLUMNS + 1];
  StormMappingRules      *rules;       /* of all types */

  GtkWidget              *apply;
  AdwActionRow           *convention;
  AdwPreferencesGroup    *topics;
  AdwPreferencesGroup    *candidates;
  GtkBox                 *problems;
  GtkBox                 *titles;
  GtkListBox             *types;
  AdwPreferencesGroup    *types_group;
  AdwBin                 *rules_slot;
  AdwBin                 *failed_slot;
  StormFailedChooser     *failed;      /* nullable */
  GtkTextView            *text;
  GtkLabel               *problem;
};

G_DEFINE_FINAL_TYPE (StormMappingWindow, storm_mapping_window, ADW_TYPE_WINDOW)

static void rules_edited_cb (StormMappingWindow *self,
                             StormMapping       *mapping,
                             StormMappingRules  *rules);

static StormEventLog *
get_log (StormMappingWindow *self)
{
  return storm_monitor_get_log (storm_monitor_controller_get_monitor (self->controller));
}

/* What is written wrongly anywhere must be mended, or taken back, first. */
static void
update_apply (StormMappingWindow *self)
{
  gboolean wrong = storm_mapping_rules_is_wrong (self->rules);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (!wrong && g_hash_table_iter_next (&iter, NULL, &row))
    {
      StormMappingRules *rules = storm_mapping_type_row_get_rules (row);

      wrong = rules != NULL && storm_mapping_rules_is_wrong (rules);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "mapping.apply",
                                 self->mapping != NULL && !wrong);
  /* Choosing elsewhere writes the text anew, which must not take what is half written there. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->candidates), self->mapping != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->types_group), self->mapping != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rules_slot), self->mapping != NULL);
}

static void
add_problem (StormMappingWindow *self,
             const char         *words,
             gboolean            warning)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (words);

  if (warning)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (line), icon);
    }
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (self->problems, line);
}

static void
show_problems (StormMappingWindow *self,
               StormMappingReport *report)
{
  guint n = report->problems->len;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->problems))) != NULL)
    gtk_box_remove (self->problems, child);
  for (guint i = 0; i < MIN (n, MAX_PROBLEMS); i++)
    add_problem (self, ((StormMappingProblem *) g_ptr_array_index (report->problems, i))->words,
                 TRUE);
  if (n > MAX_PROBLEMS)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("… and %u more", "… and %u more",
                                                         n - MAX_PROBLEMS), n - MAX_PROBLEMS);

      add_problem (self, more, FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problems), n > 0);
}

static StormMappingTypeRow *
get_row (StormMappingWindow *self,
         const char         *type)
{
  StormMappingTypeRow *row = g_hash_table_lookup (self->rows, type);
  StormMappingRules *rules;

  if (row != NULL)
    return row;
  row = STORM_MAPPING_TYPE_ROW (storm_mapping_type_row_new (type, self->columns));
  rules = storm_mapping_type_row_get_rules (row);
  if (rules != NULL)
    g_signal_connect_object (rules, "edited", G_CALLBACK (rules_edited_cb), self,
                             G_CONNECT_SWAPPED);
  g_hash_table_insert (self->rows, g_strdup (type), row);
  gtk_list_box_append (self->types, GTK_WIDGET (row));
  return row;
}

/* The rows stay where they are: somebody may be writing in one. */
static void
show_types (StormMappingWindow *self,
            StormMappingReport *report)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; i < report->types->len; i++)
    {
      StormMappingTypeReport *type = g_ptr_array_index (report->types, i);

      row = get_row (self, type->type);
      storm_mapping_type_row_update (row, type, self->mapping);
      g_hash_table_add (shown, row);
    }
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (!g_hash_table_contains (shown, row))
      {
        gtk_list_box_remove (self->types, row);
        g_hash_table_iter_remove (&iter);
      }
  gtk_list_box_invalidate_sort (self->types);
  gtk_widget_set_visible (GTK_WIDGET (self->types_group), report->types->len > 0);
}

static int
compare_rows (GtkListBoxRow *a,
              GtkListBoxRow *b,
              gpointer       data)
{
  StormMappingTypeRow *first = STORM_MAPPING_TYPE_ROW (a);
  StormMappingTypeRow *second = STORM_MAPPING_TYPE_ROW (b);
  guint n = storm_mapping_type_row_get_n (first), m = storm_mapping_type_row_get_n (second);

  if (n != m)
    return n > m ? -1 : 1;
  return strcmp (storm_mapping_type_row_get_type_name (first),
                 storm_mapping_type_row_get_type_name (second));
}

/* Reads all samples again with what is written now. */
static void
show_mapping (StormMappingWindow *self)
{
  g_autoptr (StormMappingReport) report = NULL;

  if (self->mapping != NULL)
    {
      report = storm_mapping_report_new (self->detector, self->mapping);
      show_problems (self, report);
      show_types (self, report);
      storm_mapping_rules_set_mapping (self->rules, self->mapping);
      if (self->failed != NULL)
        storm_failed_chooser_set_mapping (self->failed, self->mapping);
    }
  update_apply (self);
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
  show_mapping (self);
}

/* The mapping's JSON with one member a line, as people read it. */
static void
show_text (StormMappingWindow *self,
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
  gtk_label_set_text (self->problem, "");
}

static void
set_mapping (StormMappingWindow *self,
             StormMapping       *mapping)
{
  storm_mapping_ref (mapping);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = mapping;
  show_text (self, mapping);
  show_mapping (self);
}

/* @mapping is NULL while what is written there can't be used; what held before is still shown. */
static void
rules_edited_cb (StormMappingWindow *self,
                 StormMapping       *mapping,
                 StormMappingRules  *rules)
{
  if (mapping != NULL)
    set_mapping (self, mapping);
  else
    update_apply (self);
}

static void
candidate_toggled_cb (GtkCheckButton     *button,
                      StormMappingWindow *self)
{
  StormMapping *mapping = g_object_get_data (G_OBJECT (button), "mapping");

  if (gtk_check_button_get_active (button) && self->detected != NULL)
    set_mapping (self, mapping != NULL ? mapping : self->detected->mapping);
}

static void
show_failed (StormMappingWindow *self)
{
  if (self->detected == NULL || self->detected->failed->len == 0)
    return;
  self->failed = STORM_FAILED_CHOOSER (storm_failed_chooser_new (self->detected->failed));
  g_signal_connect_object (self->failed, "edited", G_CALLBACK (set_mapping), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->failed_slot, GTK_WIDGET (self->failed));
  if (self->mapping != NULL)
    storm_failed_chooser_set_mapping (self->failed, self->mapping);
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
                                   storm_detector_get_n_samples (self->detector) > 0
                                   ? _("Say below where type, time and key stand.")
                                   : _("There are no events yet. Watch a source first; then its "
                                       "events are the samples."));
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->candidates), TRUE);
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
show_topics (StormMappingWindow *self,
             GPtrArray          *topics)
{
  for (guint i = 0; i < topics->len; i++)
    adw_preferences_group_add (self->topics, storm_mapping_topic_row_new (
      self->detector, g_ptr_array_index (topics, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->topics), topics->len > 0);
}

/* Titles as wide as the columns below them, with room for the row's buttons. */
static void
add_titles (StormMappingWindow *self)
{
  const char *titles[STORM_MAPPING_N_COLUMNS + 1] = {
    _("Event type"), _("Time"), _("Event id"), _("Correlation key"), NULL
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *label = gtk_label_new (titles[i]);

      gtk_widget_set_hexpand (label, i == 0 || i + 1 == STORM_MAPPING_N_COLUMNS);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption-heading");
      self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
      gtk_size_group_add_widget (self->columns[i], label);
      gtk_box_append (self->titles, label);
    }
}

/* The window may be gone; then it has cancelled this. */
static void
detected_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  StormMappingWindow *self = data;
  g_autoptr (StormDetected) detected = NULL;
  g_autoptr (GPtrArray) topics = NULL;

  if (!storm_detector_run_finish (result, &detected, &topics, NULL))
    return;
  self->detected = g_steal_pointer (&detected);
  show_detected (self);
  show_failed (self);
  show_topics (self, topics);
}

static void
detect (StormMappingWindow *self)
{
  StormEventLog *log = get_log (self);
  StormBoardFile *file = storm_monitor_controller_get_file (self->controller);
  g_auto (GStrv) names = storm_board_event_names (storm_board_file_get_board (file));
  guint32 n = storm_event_log_get_n (log);
  guint32 first = n > SAMPLE_ROWS ? n - SAMPLE_ROWS : 0;
  g_auto (StormRecordView) view = { 0, };

  self->detector = storm_detector_new ((const char * const *) names);
  for (guint32 row = first; row < n; row++)
    if (storm_event_log_read (log, row, &view))
      storm_detector_add (self->detector, &view.record);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->convention),
                                 _("Looking at the events…"));
  gtk_widget_set_visible (GTK_WIDGET (self->candidates), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->topics), FALSE);
  self->detecting = g_cancellable_new ();
  storm_detector_run_async (self->detector, self->detecting, detected_cb, self);
}

static void
apply_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  StormMappingWindow *self = STORM_MAPPING_WINDOW (widget);
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

  if (self->detecting != NULL)
    g_cancellable_cancel (self->detecting);
  g_clear_object (&self->detecting);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    g_clear_object (&self->columns[i]);
  g_clear_pointer (&self->detector, storm_detector_unref);
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
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, topics);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, problems);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, types);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, types_group);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, rules_slot);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, failed_slot);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, text);
  gtk_widget_class_bind_template_child (widget_class, StormMappingWindow, problem);
  gtk_widget_class_install_action (widget_class, "mapping.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
storm_mapping_window_init (StormMappingWindow *self)
{
  GtkSourceBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_titles (self);
  gtk_list_box_set_sort_func (self->types, compare_rows, NULL, NULL);
  self->rules = STORM_MAPPING_RULES (storm_mapping_rules_new (NULL));
  adw_bin_set_child (self->rules_slot, GTK_WIDGET (self->rules));
  g_signal_connect_object (self->rules, "edited", G_CALLBACK (rules_edited_cb), self,
                           G_CONNECT_SWAPPED);
  buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (self->text));
  gtk_source_buffer_set_language (buffer, gtk_source_language_manager_get_language (
    gtk_source_language_manager_get_default (), "json"));
  storm_code_style_follow (GTK_SOURCE_VIEW (self->text));
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
  /* What holds now comes first; choosing a proposal replaces it in view, Apply on the board. */
  set_mapping (self, storm_monitor_controller_get_mapping (controller));
  if (storm_board_file_get_read_only (storm_monitor_controller_get_file (controller)))
    gtk_widget_set_visible (self->apply, FALSE);
  return GTK_WIDGET (self);
}
