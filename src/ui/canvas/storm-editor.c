#include "config.h"

#include "storm-editor.h"

#define MAX_CHARS 8000

struct _StormEditor
{
  GtkWidget    parent_instance;

  GtkWidget   *scroller;
  GtkWidget   *view;
  GtkTextTag  *tag;
  GdkRGBA      fill;
  gboolean     has_fill;
  guint        leaving;      /* idle source */
  guint        growing;      /* the same */
  gboolean     composing;    /* an input method holds a syllable: its keys are its own */
};

G_DEFINE_FINAL_TYPE (StormEditor, storm_editor, GTK_TYPE_WIDGET)

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
storm_editor_style_text (StormEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag (buffer, self->tag, &start, &end);
}

static void
on_changed (StormEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;

  if (gtk_text_buffer_get_char_count (buffer) > MAX_CHARS)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &start, MAX_CHARS);
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_delete (buffer, &start, &end);
      return;
    }
  storm_editor_style_text (self);
}

static gboolean
on_room (gpointer user_data)
{
  StormEditor *self = user_data;
  GtkAdjustment *scroll;

  scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  self->growing = 0;
  gtk_widget_queue_resize (self->view);
  /* It scrolled to the cursor while it was a line too small, and would stay there. */
  if (gtk_adjustment_get_upper (scroll) <= gtk_widget_get_height (GTK_WIDGET (self)))
    gtk_adjustment_set_value (scroll, 0);
  return G_SOURCE_REMOVE;
}

/* A text view in a scroller doesn't ask for more room when its text grows; the sticky has it. Later,
 * because the text is measured in the midst of a layout. */
static void
on_text_height (StormEditor *self)
{
  if (self->growing == 0)
    self->growing = g_idle_add (on_room, self);
}

static void
on_preedit_changed (StormEditor *self,
                    const char  *preedit)
{
  self->composing = preedit != NULL && *preedit != '\0';
}

static gboolean
on_key_pressed (StormEditor     *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter ||
                   keyval == GDK_KEY_ISO_Enter;

  if (self->composing)
    return FALSE;
  if (keyval == GDK_KEY_Escape || keyval == GDK_KEY_Tab ||
      (enter && (state & GDK_SHIFT_MASK) == 0))
    {
      g_signal_emit (self, signals[DONE], 0, TRUE);
      return TRUE;
    }
  return FALSE;
}

static gboolean
on_left (gpointer user_data)
{
  StormEditor *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->leaving = 0;
  /* The window lost the focus, not the editor: a look at another window must not end it. */
  if (root == NULL || gtk_root_get_focus (root) != self->view)
    g_signal_emit (self, signals[DONE], 0, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_focus_leave (StormEditor *self)
{
  /* Later: GTK still walks over the widgets that lose the focus, and the end destroys them. */
  if (self->leaving == 0)
    self->leaving = g_idle_add (on_left, self);
}

static void
storm_editor_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  StormEditor *self = STORM_EDITOR (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                            (float) gtk_widget_get_height (widget));

  if (self->has_fill)
    {
      GskRoundedRect outline;

      gsk_rounded_rect_init_from_rect (&outline, &all, 5);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &self->fill, &all);
      gtk_snapshot_pop (snapshot);
    }
  GTK_WIDGET_CLASS (storm_editor_parent_class)->snapshot (widget, snapshot);
}

static gboolean
storm_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (STORM_EDITOR (widget)->view);
}

static void
storm_editor_dispose (GObject *object)
{
  StormEditor *self = STORM_EDITOR (object);

  g_clear_handle_id (&self->leaving, g_source_remove);
  g_clear_handle_id (&self->growing, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (storm_editor_parent_class)->dispose (object);
}

static void
storm_editor_class_init (StormEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_editor_dispose;
  widget_class->snapshot = storm_editor_snapshot;
  widget_class->grab_focus = storm_editor_grab_focus;
  signals[DONE] = g_signal_new ("done", STORM_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stormeditor");
}

static void
storm_editor_init (StormEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->view = gtk_text_view_new ();
  /* Without the class the sticky shows through. */
  gtk_widget_remove_css_class (self->view, "view");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_justification (GTK_TEXT_VIEW (self->view), GTK_JUSTIFY_CENTER);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_valign (self->scroller, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (
                             GTK_SCROLLED_WINDOW (self->scroller)),
                           "changed", G_CALLBACK (on_text_height), self, G_CONNECT_SWAPPED);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  /* Before the text view, that would take Enter for itself. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (self->view, "preedit-changed", G_CALLBACK (on_preedit_changed), self);
}

GtkWidget *
storm_editor_new (const char    *label,
                  const char    *text,
                  double         size,
                  const GdkRGBA *ink,
                  const GdkRGBA *fill)
{
  StormEditor *self = g_object_new (STORM_TYPE_EDITOR, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  PangoFontDescription *font = pango_font_description_new ();
  GtkTextIter start, end;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  self->tag = gtk_text_buffer_create_tag (buffer, NULL, "font-desc", font, "foreground-rgba", ink,
                                          NULL);
  pango_font_description_free (font);
  if (fill != NULL)
    {
      self->fill = *fill;
      self->has_fill = TRUE;
    }
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return GTK_WIDGET (self);
}

char *
storm_editor_get_text (StormEditor *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (STORM_IS_EDITOR (self), NULL);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

GtkWidget *
storm_editor_get_view (StormEditor *self)
{
  g_return_val_if_fail (STORM_IS_EDITOR (self), NULL);

  return self->view;
}
