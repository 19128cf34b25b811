#include "config.h"

#include "storm-key-entry.h"

#include <glib/gi18n-lib.h>

#include "storm-entry.h"
#include "storm-trace-list-model.h"

#define PROPOSALS 10

struct _StormKeyEntry
{
  GtkWidget     parent_instance;

  StormMonitor *monitor;
  GtkEntry     *entry;
  GtkPopover   *popover;
  GtkListBox   *list;
  gboolean      setting;
  gboolean      apart;      /* what is chosen here is chosen nowhere else */
  char         *key;        /* of one that is apart, NULL for none */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormKeyEntry, storm_key_entry, GTK_TYPE_WIDGET)

static void
show_clear_icon (StormKeyEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     text[0] != '\0' ? "edit-clear-symbolic" : NULL);
  if (text[0] != '\0')
    gtk_entry_set_icon_tooltip_text (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     self->apart ? _("All traces") : _("Back to the live stream"));
}

static void
set_key (StormKeyEntry *self,
         const char    *key)
{
  if (key != NULL && key[0] == '\0')
    key = NULL;
  if (!self->apart)
    {
      storm_monitor_set_key (self->monitor, key);
      return;
    }
  if (g_strcmp0 (key, self->key) == 0)
    return;
  g_free (self->key);
  self->key = g_strdup (key);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
choose (StormKeyEntry *self,
        const char    *key)
{
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), key);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->setting = FALSE;
  show_clear_icon (self);
  gtk_popover_popdown (self->popover);
  set_key (self, key);
}

static void
show_key (StormKeyEntry *self)
{
  const char *key = storm_key_entry_get_key (self);

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), key != NULL ? key : "");
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->setting = FALSE;
  show_clear_icon (self);
}

static void
propose (StormKeyEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_auto (GStrv) keys = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  keys = storm_trace_list_model_complete (storm_monitor_get_index (self->monitor), text, PROPOSALS);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (keys[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
      gtk_list_box_append (self->list, label);
    }
  if (keys[0] != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_popup (self->popover);
  else
    gtk_popover_popdown (self->popover);
}

static void
changed_cb (StormKeyEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  show_clear_icon (self);
  if (self->setting)
    return;
  if (text[0] == '\0')
    {
      gtk_popover_popdown (self->popover);
      set_key (self, NULL);
      return;
    }
  propose (self);
}

static const char *
get_row_key (GtkListBoxRow *row)
{
  return gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row)));
}

static void
activate_cb (StormKeyEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autofree char *key = NULL;

  key = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  /* "4711" and Enter means order-4711, unless there is a key of just this name. */
  if (row == NULL && key[0] != '\0' &&
      storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key) == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      g_free (key);
      key = g_strdup (get_row_key (row));
    }
  choose (self, key);
}

static void
row_activated_cb (StormKeyEntry *self,
                  GtkListBoxRow *row)
{
  g_autofree char *key = g_strdup (get_row_key (row));

  choose (self, key);
}

static void
icon_press_cb (StormKeyEntry *self)
{
  choose (self, "");
}

/* The text keeps the focus; the proposals are walked from there. */
static gboolean
key_pressed_cb (StormKeyEntry   *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  switch (keyval)
    {
    case GDK_KEY_Escape:
      if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
        gtk_popover_popdown (self->popover);
      else
        choose (self, "");
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
        propose (self);
      index++;
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      index--;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  gtk_list_box_select_row (self->list,
                           index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL);
  return GDK_EVENT_STOP;
}

static gboolean
storm_key_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STORM_KEY_ENTRY (widget)->entry));
}

static void
storm_key_entry_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  StormKeyEntry *self = STORM_KEY_ENTRY (widget);

  gtk_widget_allocate (GTK_WIDGET (self->entry), width, height, baseline, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), width, -1);
  gtk_popover_present (self->popover);
}

static void
storm_key_entry_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (STORM_KEY_ENTRY (widget)->entry), orientation, for_size, minimum,
                      natural, minimum_baseline, natural_baseline);
}

static void
storm_key_entry_dispose (GObject *object)
{
  StormKeyEntry *self = STORM_KEY_ENTRY (object);

  if (self->entry != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->entry, self);
      gtk_widget_unparent (GTK_WIDGET (self->popover));
      gtk_widget_unparent (GTK_WIDGET (self->entry));
      self->entry = NULL;
    }
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (storm_key_entry_parent_class)->dispose (object);
}

static void
storm_key_entry_class_init (StormKeyEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_key_entry_dispose;
  widget_class->grab_focus = storm_key_entry_grab_focus;
  widget_class->measure = storm_key_entry_measure;
  widget_class->size_allocate = storm_key_entry_size_allocate;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "keyentry");
}

static void
storm_key_entry_init (StormKeyEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_ENTRY (storm_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, _("Correlation key"));
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_PRIMARY, "system-search-symbolic");
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 22);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Correlation key"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->entry), GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "icon-press", G_CALLBACK (icon_press_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "key-proposals");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Matching keys"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);

  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->list));
  gtk_widget_set_can_focus (GTK_WIDGET (self->popover), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->popover), "menu");
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

static void
focus_left_cb (StormKeyEntry *self)
{
  gtk_popover_popdown (self->popover);
}

static StormKeyEntry *
entry_new (StormMonitor *monitor,
           gboolean      apart)
{
  StormKeyEntry *self = g_object_new (STORM_TYPE_KEY_ENTRY, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->monitor = g_object_ref (monitor);
  self->apart = apart;
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  return self;
}

GtkWidget *
storm_key_entry_new (StormMonitor *monitor)
{
  StormKeyEntry *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = entry_new (monitor, FALSE);
  g_signal_connect_object (monitor, "notify::key", G_CALLBACK (show_key), self, G_CONNECT_SWAPPED);
  show_key (self);
  return GTK_WIDGET (self);
}

GtkWidget *
storm_key_entry_new_apart (StormMonitor *monitor)
{
  StormKeyEntry *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = entry_new (monitor, TRUE);
  gtk_entry_set_placeholder_text (self->entry, _("All traces"));
  return GTK_WIDGET (self);
}

const char *
storm_key_entry_get_key (StormKeyEntry *self)
{
  g_return_val_if_fail (STORM_IS_KEY_ENTRY (self), NULL);

  return self->apart ? self->key : storm_monitor_get_key (self->monitor);
}

void
storm_key_entry_set_key (StormKeyEntry *self,
                         const char    *key)
{
  g_return_if_fail (STORM_IS_KEY_ENTRY (self));
  g_return_if_fail (self->apart);

  if (g_strcmp0 (key, self->key) != 0)
    {
      g_free (self->key);
      self->key = g_strdup (key);
    }
  show_key (self);
}
