#include "config.h"

#include "storm-editor-private.h"

#include <math.h>

#include "storm-compat.h"
#include "storm-wrap.h"

#define MAX_CHARS 8000
/* The sizes that the painter's titles have. */
#define MIN_SIZE 8
#define MAX_SIZE 22
/* A text view keeps a pixel for the cursor behind the last letter. */
#define CURSOR_ROOM 1

G_DEFINE_FINAL_TYPE (StormEditor, storm_editor, GTK_TYPE_WIDGET)

enum
{
  DONE,
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The style of the one editor there is: the text view measures as the painter does, so that a click
 * and the arrow keys find their place, and the input method its own. */
static void
storm_editor_load_style (const StormEditorLook *look)
{
  static GtkCssProvider *provider;
  static char *loaded;
  GString *css = g_string_new (NULL);

  g_string_append_printf (css, "stormeditor textview { font-weight: %s; }\n",
                          look->bold ? "bold" : "normal");
  for (int size = MIN_SIZE; size <= MAX_SIZE; size++)
    g_string_append_printf (css, "stormeditor.size-%d textview { font-size: %dpx; }\n", size, size);
  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                                  GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    }
  if (g_strcmp0 (loaded, css->str) != 0)
    storm_compat_load_css (provider, css->str);
  g_free (loaded);
  loaded = g_string_free (css, FALSE);
}

static char *
storm_editor_size_class (double size)
{
  return g_strdup_printf ("size-%d", CLAMP ((int) size, MIN_SIZE, MAX_SIZE));
}

/* What is typed, and what the input method composes at the cursor. */
static char *
storm_editor_get_composed (StormEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkTextIter start, cursor, end;

  if (self->preedit == NULL)
    return storm_editor_get_text (self);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  before = gtk_text_buffer_get_text (buffer, &start, &cursor, FALSE);
  after = gtk_text_buffer_get_text (buffer, &cursor, &end, FALSE);
  return g_strconcat (before, self->preedit, after, NULL);
}

static void
storm_editor_underline_preedit (StormEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  PangoAttrList *attrs = pango_attr_list_new ();
  GtkTextIter cursor;
  int offset;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  offset = gtk_text_iter_get_offset (&cursor);
  if (self->preedit != NULL)
    {
      PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

      line->start_index = storm_editor_index (self, offset);
      line->end_index =
        storm_editor_index (self, offset + (int) g_utf8_strlen (self->preedit, -1));
      pango_attr_list_insert (attrs, line);
    }
  pango_layout_set_attributes (self->layout, attrs);
  pango_attr_list_unref (attrs);
}

void
storm_editor_refit (StormEditor *self)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *prepared = NULL;
  g_autofree char *text = NULL;
  double size;

  g_return_if_fail (STORM_IS_EDITOR (self));

  size = self->fit.size;
  text = storm_editor_get_composed (self);
  layout = self->fit_func (text, &self->fit, self->fit_data);
  if (layout == NULL)
    return;
  /* All of it, also where the painter would have cut it. */
  prepared = storm_wrap_prepare (text, G_MAXUINT);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_height (layout, -1);
  pango_layout_set_text (layout, prepared, -1);
  g_set_object (&self->layout, layout);
  g_free (self->composed);
  self->composed = g_steal_pointer (&text);
  storm_editor_underline_preedit (self);
  if (self->fit.size != size)
    {
      g_autofree char *before = storm_editor_size_class (size);
      g_autofree char *now = storm_editor_size_class (self->fit.size);

      gtk_widget_remove_css_class (GTK_WIDGET (self), before);
      gtk_widget_add_css_class (GTK_WIDGET (self), now);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The text view's lines end where the painter lets them end (storm-wrap.h). A "word" allows it on
 * both sides, so the last part of a name goes on to the end of the line. */
static void
storm_editor_mark_parts (StormEditor   *self,
                         GtkTextBuffer *buffer)
{
  GtkTextIter a, b, c, part;
  guint n_parts = 0;

  gtk_text_buffer_get_bounds (buffer, &a, &b);
  gtk_text_buffer_remove_all_tags (buffer, &a, &b);
  for (b = a; !gtk_text_iter_is_end (&a); a = b)
    {
      StormWrapPlace place;

      gtk_text_iter_forward_char (&b);
      c = b;
      gtk_text_iter_forward_char (&c);
      place = storm_wrap_place (gtk_text_iter_get_char (&a), gtk_text_iter_get_char (&b),
                                gtk_text_iter_get_char (&c));
      if (place == STORM_WRAP_JOIN)
        gtk_text_buffer_apply_tag (buffer, self->joined, &a, &c);
      if (n_parts > 0 && (place == STORM_WRAP_BREAK || gtk_text_iter_ends_line (&b)))
        gtk_text_buffer_apply_tag (buffer, self->parts[n_parts % 2], &part, &b);
      if (gtk_text_iter_ends_line (&b))
        n_parts = 0;
      else if (place == STORM_WRAP_BREAK)
        {
          part = b;
          n_parts++;
        }
    }
}

static gboolean
on_blink (gpointer user_data)
{
  StormEditor *self = user_data;

  self->dark = !self->dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_CONTINUE;
}

/* The cursor is seen at once wherever it comes to stand, and blinks from then on. */
static void
storm_editor_restart_blinking (StormEditor *self)
{
  gboolean blink = FALSE;
  int time = 0;

  g_clear_handle_id (&self->blinking, g_source_remove);
  self->dark = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-cursor-blink", &blink,
                "gtk-cursor-blink-time", &time, NULL);
  if (blink && time > 0 && gtk_widget_has_focus (self->view))
    self->blinking = g_timeout_add ((guint) time / 2, on_blink, self);
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
  storm_editor_mark_parts (self, buffer);
  storm_editor_refit (self);
  storm_editor_restart_blinking (self);
}

static void
on_cursor_moved (StormEditor *self)
{
  storm_editor_restart_blinking (self);
}

static void
on_preedit_changed (StormEditor *self,
                    const char  *preedit)
{
  g_clear_pointer (&self->preedit, g_free);
  if (preedit != NULL && *preedit != '\0')
    self->preedit = g_strdup (preedit);
  storm_editor_refit (self);
}

/* Whether the input method wants the key: Enter ends a syllable or picks a word, Escape takes it
 * back, and only then they mean the editor. */
static gboolean
storm_editor_im_takes (StormEditor        *self,
                       GtkEventController *keys)
{
  GdkEvent *event = gtk_event_controller_get_current_event (keys);

  return event != NULL &&
         gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->view), event);
}

static gboolean
on_key_pressed (StormEditor        *self,
                guint               keyval,
                guint               keycode,
                GdkModifierType     state,
                GtkEventController *keys)
{
  gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter ||
                   keyval == GDK_KEY_ISO_Enter;
  gboolean tab = keyval == GDK_KEY_Tab || keyval == GDK_KEY_KP_Tab ||
                 keyval == GDK_KEY_ISO_Left_Tab;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0, control = (state & GDK_CONTROL_MASK) != 0;

  if (keyval != GDK_KEY_Escape && (!tab || control) && (!enter || (shift && !control)))
    return FALSE;
  if (storm_editor_im_takes (self, keys))
    return TRUE;
  if (tab)
    g_signal_emit (self, signals[STEP], 0, shift ? STORM_SIDE_LEFT : STORM_SIDE_RIGHT);
  else if (enter && control)
    g_signal_emit (self, signals[STEP], 0, shift ? STORM_SIDE_TOP : STORM_SIDE_BOTTOM);
  else
    g_signal_emit (self, signals[DONE], 0, TRUE);
  return TRUE;
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
storm_editor_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  StormEditor *self = STORM_EDITOR (widget);

  gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
  *minimum = *natural = 0;
}

static void
storm_editor_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  StormEditor *self = STORM_EDITOR (widget);
  const graphene_rect_t *frame = &self->fit.frame, *room = &self->fit.room;
  int child_width, child_height;

  gtk_widget_measure (self->scroller, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL,
                      NULL);
  child_width = MAX (child_width, (int) room->size.width + CURSOR_ROOM);
  gtk_widget_measure (self->scroller, GTK_ORIENTATION_VERTICAL, child_width, &child_height, NULL,
                      NULL, NULL);
  child_height = MAX (child_height, (int) ceil (room->size.height));
  gtk_widget_allocate (self->scroller, child_width, child_height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (
                         room->origin.x - frame->origin.x, room->origin.y - frame->origin.y)));
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
  g_clear_handle_id (&self->blinking, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (storm_editor_parent_class)->dispose (object);
}

static void
storm_editor_finalize (GObject *object)
{
  StormEditor *self = STORM_EDITOR (object);

  g_clear_object (&self->layout);
  g_free (self->composed);
  g_free (self->preedit);

  G_OBJECT_CLASS (storm_editor_parent_class)->finalize (object);
}

static void
storm_editor_class_init (StormEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = storm_editor_finalize;
  widget_class->snapshot = storm_editor_snapshot;
  widget_class->measure = storm_editor_measure;
  widget_class->size_allocate = storm_editor_size_allocate;
  widget_class->grab_focus = storm_editor_grab_focus;
  signals[DONE] = g_signal_new ("done", STORM_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[STEP] = g_signal_new ("step", STORM_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "stormeditor");
}

static void
storm_editor_init (StormEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  /* Scrolls only when even the smallest letters don't fit. */
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  /* Before the text view, that would take Enter for itself. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_cursor_moved), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (self->view, "preedit-changed", G_CALLBACK (on_preedit_changed), self);
}

GtkWidget *
storm_editor_new (const StormEditorLook *look,
                  const char            *text,
                  StormEditorFit         fit,
                  gpointer               user_data)
{
  StormEditor *self;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (look != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (fit != NULL, NULL);

  self = g_object_new (STORM_TYPE_EDITOR, NULL);
  self->fit_func = fit;
  self->fit_data = user_data;
  self->fill = look->fill;
  self->ink = look->ink;
  self->mark = look->mark;
  storm_editor_load_style (look);
  gtk_text_view_set_justification (GTK_TEXT_VIEW (self->view), look->justify);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
    self->parts[i] = gtk_text_buffer_create_tag (buffer, NULL, "word", TRUE, NULL);
  self->joined = gtk_text_buffer_create_tag (buffer, NULL, "allow-breaks", FALSE, NULL);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (on_cursor_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (
                             GTK_SCROLLED_WINDOW (self->scroller)),
                           "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  look->label, -1);
  storm_editor_refit (self);
  return GTK_WIDGET (self);
}

const StormTextFit *
storm_editor_get_fit (StormEditor *self)
{
  g_return_val_if_fail (STORM_IS_EDITOR (self), NULL);

  return &self->fit;
}

void
storm_editor_set_card (StormEditor *self,
                       gboolean     card)
{
  g_return_if_fail (STORM_IS_EDITOR (self));

  if (self->card == card)
    return;
  self->card = card;
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
