#include "config.h"

#include "storm-presenter.h"

#include <glib/gi18n-lib.h>

#include "storm-view-list.h"

/* Frames without a new size after which the window has the one it is to have: a window manager
 * takes its time to fill the screen. */
#define SETTLED 30

struct _StormPresenter
{
  GtkWidget parent_instance;

  StormCanvas *canvas;
  StormViewMenu *views;
  GtkEventController *keys;     /* on the canvas while slides are shown */
  GtkWidget *box;
  GtkWidget *previous;
  GtkWidget *next;
  GtkLabel *words;
  guint slide;
  guint settle_id;
  int width;
  int height;
  int frames;
};

enum
{
  LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormPresenter, storm_presenter, GTK_TYPE_WIDGET)

static guint
get_n_slides (StormPresenter *self)
{
  return MAX (storm_view_menu_get_views (self->views)->len, 1);
}

/* Returns: (transfer none): what the slide is called */
static const char *
fit_slide (StormPresenter *self)
{
  GPtrArray *views = storm_view_menu_get_views (self->views);
  const StormView *view;

  if (views->len == 0)
    {
      storm_canvas_zoom_to_fit (self->canvas);
      return _("The whole board");
    }
  view = g_ptr_array_index (views, self->slide - 1);
  storm_canvas_show_rect (self->canvas, &view->rect);
  return view->name;
}

/* What was in view stays in view while header and sides go and the window grows. */
static gboolean
on_settle (GtkWidget     *canvas,
           GdkFrameClock *clock,
           gpointer       data)
{
  StormPresenter *self = data;
  int width = gtk_widget_get_width (canvas);
  int height = gtk_widget_get_height (canvas);

  if (width != self->width || height != self->height)
    {
      self->width = width;
      self->height = height;
      self->frames = 0;
      fit_slide (self);
    }
  if (self->frames++ < SETTLED)
    return G_SOURCE_CONTINUE;

  self->settle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
show_slide (StormPresenter *self,
            guint           slide)
{
  guint n = get_n_slides (self);
  const char *name;
  g_autofree char *words = NULL;

  self->slide = CLAMP (slide, 1, n);
  name = fit_slide (self);
  /* Translators: a saved view's name, its number, and how many there are */
  words = g_strdup_printf (_("%s — %u of %u"), name, self->slide, n);
  gtk_label_set_text (self->words, n > 1 ? words : name);
  gtk_widget_set_sensitive (self->previous, self->slide > 1);
  gtk_widget_set_sensitive (self->next, self->slide < n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->words), -1);
}

static gboolean
on_key (StormPresenter  *self,
        guint            key,
        guint            code,
        GdkModifierType  mods)
{
  if ((mods & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  switch (key)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Down:
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
    case GDK_KEY_space:
      storm_presenter_go (self, 1);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_Up:
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
    case GDK_KEY_BackSpace:
      storm_presenter_go (self, -1);
      return TRUE;
    case GDK_KEY_Home:
      show_slide (self, 1);
      return TRUE;
    case GDK_KEY_End:
      show_slide (self, get_n_slides (self));
      return TRUE;
    case GDK_KEY_Escape:
      g_signal_emit (self, signals[LEAVE], 0);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_previous (StormPresenter *self)
{
  storm_presenter_go (self, -1);
}

static void
on_next (StormPresenter *self)
{
  storm_presenter_go (self, 1);
}

static void
on_leave (StormPresenter *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

static GtkWidget *
add_button (StormPresenter *self,
            const char     *icon,
            const char     *words,
            GCallback       clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
storm_presenter_dispose (GObject *object)
{
  StormPresenter *self = STORM_PRESENTER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (storm_presenter_parent_class)->dispose (object);
}

static void
storm_presenter_class_init (StormPresenterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_presenter_dispose;

  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
storm_presenter_init (StormPresenter *self)
{
  GtkWidget *words = gtk_label_new (NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "storm-floating");
  gtk_widget_add_css_class (GTK_WIDGET (self), "storm-zoom");

  self->previous = add_button (self, "go-previous-symbolic", _("Previous View"),
                               G_CALLBACK (on_previous));
  self->words = GTK_LABEL (words);
  gtk_label_set_ellipsize (self->words, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (self->words, 40);
  gtk_widget_add_css_class (words, "numeric");
  /* It stands at the edge where there is only one slide. */
  gtk_widget_set_margin_start (words, 9);
  gtk_box_append (GTK_BOX (self->box), words);
  self->next = add_button (self, "go-next-symbolic", _("Next View"), G_CALLBACK (on_next));
  add_button (self, "view-restore-symbolic", _("Show the Tools Again"), G_CALLBACK (on_leave));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
storm_presenter_new (StormCanvas   *canvas,
                     StormViewMenu *views)
{
  StormPresenter *self;

  g_return_val_if_fail (STORM_IS_CANVAS (canvas), NULL);
  g_return_val_if_fail (STORM_IS_VIEW_MENU (views), NULL);

  self = g_object_new (STORM_TYPE_PRESENTER, NULL);
  self->canvas = canvas;
  self->views = views;

  return GTK_WIDGET (self);
}

void
storm_presenter_begin (StormPresenter *self,
                       gboolean        slides)
{
  g_return_if_fail (STORM_IS_PRESENTER (self));

  storm_presenter_end (self);
  gtk_widget_set_visible (self->previous, slides && get_n_slides (self) > 1);
  gtk_widget_set_visible (self->next, slides && get_n_slides (self) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->words), slides);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  if (!slides)
    return;

  /* Before the canvas, to which the arrows mean stickies. */
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (on_key), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), self->keys);
  self->width = self->height = self->frames = 0;
  self->settle_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->canvas), on_settle, self,
                                                  NULL);
  show_slide (self, 1);
}

void
storm_presenter_end (StormPresenter *self)
{
  g_return_if_fail (STORM_IS_PRESENTER (self));

  if (self->keys != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (self->canvas), self->keys);
  if (self->settle_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->canvas), self->settle_id);
  self->keys = NULL;
  self->settle_id = 0;
  self->slide = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

guint
storm_presenter_get_slide (StormPresenter *self)
{
  g_return_val_if_fail (STORM_IS_PRESENTER (self), 0);

  return self->slide;
}

void
storm_presenter_go (StormPresenter *self,
                    int             by)
{
  g_return_if_fail (STORM_IS_PRESENTER (self));

  if (self->slide > 0)
    show_slide (self, (guint) MAX ((int) self->slide + by, 1));
}
