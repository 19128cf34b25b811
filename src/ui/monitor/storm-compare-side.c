#include "config.h"

#include "storm-compare-side.h"

#include <glib/gi18n-lib.h>

#include "storm-compare-recording.h"
#include "storm-key-entry.h"
#include "storm-source-menu.h"

struct _StormCompareSide
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormCompareRecording  *recording;   /* NULL: what is being watched */
  StormMonitor           *keyed;       /* whose keys the entry proposes */

  GtkWidget              *box;
  GtkWidget              *button;
  GtkLabel               *title;
  GtkWidget              *spinner;
  GtkBox                 *place;
  GtkWidget              *entry;       /* in @place */
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormCompareSide, storm_compare_side, GTK_TYPE_WIDGET)

static void
emit_changed (StormCompareSide *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
emit_failed (StormCompareSide *self,
             GError           *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static StormMonitor *
get_any_monitor (StormCompareSide *self)
{
  return self->recording != NULL ? storm_compare_recording_get_monitor (self->recording)
                                 : storm_monitor_controller_get_monitor (self->controller);
}

/* The keys of another source are others. */
static void
show_source (StormCompareSide *self)
{
  gboolean loading = self->recording != NULL &&
                     !storm_compare_recording_is_loaded (self->recording);
  const char *title = self->recording != NULL ? storm_compare_recording_get_title (self->recording)
                                              : _("What is watched here");

  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (self->button, title);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), loading);
  gtk_widget_set_visible (self->spinner, loading);
  if (self->keyed != get_any_monitor (self))
    {
      if (self->entry != NULL)
        gtk_box_remove (self->place, self->entry);
      g_set_object (&self->keyed, get_any_monitor (self));
      self->entry = storm_key_entry_new_apart (self->keyed);
      gtk_widget_set_hexpand (self->entry, TRUE);
      g_signal_connect_object (self->entry, "chosen", G_CALLBACK (emit_changed), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->place, self->entry);
    }
}

static void
loaded_cb (StormCompareSide *self)
{
  show_source (self);
  emit_changed (self);
}

static void
drop_recording (StormCompareSide *self)
{
  if (self->recording != NULL)
    g_signal_handlers_disconnect_by_data (self->recording, self);
  g_clear_object (&self->recording);
}

static void
recording_failed_cb (StormCompareSide *self,
                     GError           *error)
{
  g_autoptr (GError) copy = g_error_copy (error);

  drop_recording (self);
  show_source (self);
  emit_failed (self, copy);
  emit_changed (self);
}

void
storm_compare_side_read (StormCompareSide  *self,
                         StormRecordReader *reader,
                         const char        *title)
{
  StormBoardFile *file;

  g_return_if_fail (STORM_IS_COMPARE_SIDE (self));
  g_return_if_fail (STORM_IS_RECORD_READER (reader));

  file = storm_monitor_controller_get_file (self->controller);
  drop_recording (self);
  self->recording = storm_compare_recording_new (
    storm_board_file_get_board (file), storm_monitor_controller_get_mapping (self->controller),
    reader, title);
  g_signal_connect_swapped (self->recording, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (self->recording, "failed", G_CALLBACK (recording_failed_cb), self);
  show_source (self);
  emit_changed (self);
}

static void
session_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StormCompareSide *self = STORM_COMPARE_SIDE (widget);

  drop_recording (self);
  show_source (self);
  emit_changed (self);
}

static void
recording_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  StormCompareSide *self = STORM_COMPARE_SIDE (widget);
  StormBoardFile *file = storm_monitor_controller_get_file (self->controller);
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;

  reader = storm_source_menu_open (file, name, parameter, &title, &error);
  if (reader != NULL)
    storm_compare_side_read (self, reader, title);
  else if (error != NULL)
    emit_failed (self, error);
}

static void
file_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (StormCompareSide) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autofree char *name = NULL;

  if (self->controller == NULL)
    return;
  reader = storm_source_menu_choose_finish (result, &name, &error);
  if (reader != NULL)
    storm_compare_side_read (self, reader, name);
  else
    emit_failed (self, error);
}

void
storm_compare_side_open (StormCompareSide *self)
{
  GtkRoot *root;

  g_return_if_fail (STORM_IS_COMPARE_SIDE (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  storm_source_menu_choose_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, file_opened_cb,
                                  g_object_ref (self));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  storm_compare_side_open (STORM_COMPARE_SIDE (widget));
}

static void
storm_compare_side_dispose (GObject *object)
{
  StormCompareSide *self = STORM_COMPARE_SIDE (object);

  drop_recording (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keyed);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (storm_compare_side_parent_class)->dispose (object);
}

static void
storm_compare_side_class_init (StormCompareSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_compare_side_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  gtk_widget_class_install_action (widget_class, "side.session", NULL, session_action);
  gtk_widget_class_install_action (widget_class, "side.recording", "x", recording_action);
  gtk_widget_class_install_action (widget_class, "side.sample", "(ss)", recording_action);
  gtk_widget_class_install_action (widget_class, "side.open", NULL, open_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "compareside");
}

static void
storm_compare_side_init (StormCompareSide *self)
{
}

static GMenuModel *
menu_new (StormCompareSide *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) here = g_menu_new ();
  g_autoptr (GMenu) recordings = g_menu_new ();

  g_menu_append (here, _("What Is Watched Here"), "side.session");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (here));
  storm_source_menu_add_recordings (recordings,
                                    storm_monitor_controller_get_file (self->controller),
                                    "side.recording", "side.sample");
  g_menu_append (recordings, _("Open Recording…"), "side.open");
  g_menu_append_section (menu, _("Recordings"), G_MENU_MODEL (recordings));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
fill_box (StormCompareSide *self,
          const char       *letter)
{
  GtkWidget *badge = gtk_label_new (letter);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autoptr (GMenuModel) menu = menu_new (self);
  g_autofree char *css_class = g_strconcat ("side-", letter, NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (badge, "side-badge");
  gtk_widget_add_css_class (badge, css_class);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), badge);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_MIDDLE);
  /* Both as wide as each other, whatever they are called. */
  gtk_label_set_width_chars (self->title, 20);
  gtk_label_set_max_width_chars (self->title, 20);
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (content), self->spinner);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), content);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  letter, -1);
  gtk_box_append (GTK_BOX (self->box), self->button);
  self->place = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->place));
}

GtkWidget *
storm_compare_side_new (StormMonitorController *controller,
                        const char             *letter)
{
  StormCompareSide *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);
  g_return_val_if_fail (letter != NULL, NULL);

  self = g_object_new (STORM_TYPE_COMPARE_SIDE, NULL);
  self->controller = g_object_ref (controller);
  fill_box (self, letter);
  show_source (self);
  return GTK_WIDGET (self);
}

StormMonitor *
storm_compare_side_get_monitor (StormCompareSide *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_SIDE (self), NULL);

  if (self->recording != NULL && !storm_compare_recording_is_loaded (self->recording))
    return NULL;
  return get_any_monitor (self);
}

const char *
storm_compare_side_get_key (StormCompareSide *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_SIDE (self), NULL);

  return storm_key_entry_get_key (STORM_KEY_ENTRY (self->entry));
}

void
storm_compare_side_set_key (StormCompareSide *self,
                            const char       *key)
{
  g_return_if_fail (STORM_IS_COMPARE_SIDE (self));

  storm_key_entry_set_key (STORM_KEY_ENTRY (self->entry), key);
}

void
storm_compare_side_focus_key (StormCompareSide *self)
{
  g_return_if_fail (STORM_IS_COMPARE_SIDE (self));

  gtk_widget_grab_focus (self->entry);
}

gboolean
storm_compare_side_is_live (StormCompareSide *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_SIDE (self), FALSE);

  return self->recording == NULL;
}
