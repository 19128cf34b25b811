#include "config.h"

#include "storm-sample-card.h"

#include <adwaita.h>

#include "storm-board-json.h"
#include "storm-error.h"
#include "storm-picture-job.h"
#include "storm-settings.h"

/* As large as the window's widest card on a screen of twice the density. */
#define PICTURE_PIXELS 640.0
#define PICTURE_WIDTH 250
#define PICTURE_HEIGHT 140

struct _StormSampleCard
{
  GtkButton parent_instance;

  const StormSample *sample;
  GtkWidget *picture;
  guint idle_id;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (StormSampleCard, storm_sample_card, GTK_TYPE_BUTTON)

static void
on_drawn (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (StormSampleCard) self = data;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;

  if (!storm_picture_job_run_finish (result, &png, &notice, &error))
    {
      if (!g_error_matches (error, STORM_ERROR, STORM_ERROR_CANCELLED) &&
          !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("No picture of the sample “%s”: %s", self->sample->id, error->message);
      return;
    }
  texture = gdk_texture_new_from_bytes (png, NULL);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
}

static gboolean
draw_cb (gpointer data)
{
  StormSampleCard *self = data;
  g_autoptr (GBytes) text = storm_sample_load_board (self->sample);
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  StormPictureRequest request = { .format = STORM_PICTURE_PNG };
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);

  self->idle_id = 0;
  board = storm_board_json_import (bytes, size, self->sample->title, &error);
  if (board == NULL)
    {
      g_warning ("The sample “%s” can't be read: %s", self->sample->id, error->message);
      return G_SOURCE_REMOVE;
    }

  picture = storm_picture_new (board, NULL, NULL);
  request.options.scale = PICTURE_PIXELS / storm_picture_get_area (picture)->width;
  request.options.dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  request.options.palette = (StormPalette) storm_settings_get_enum ("palette",
                                                                    STORM_PALETTE_CLASSIC);
  request.options.transparent = TRUE;
  request.family = (char *) storm_picture_job_get_family (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  storm_picture_job_run_async (picture, board, &request, NULL, self->cancellable, on_drawn,
                               g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
storm_sample_card_stop (StormSampleCard *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* After the frame that shows the page. */
static void
storm_sample_card_redraw (StormSampleCard *self)
{
  storm_sample_card_stop (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, draw_cb, self, NULL);
}

static void
on_map (StormSampleCard *self)
{
  if (gtk_picture_get_paintable (GTK_PICTURE (self->picture)) == NULL)
    storm_sample_card_redraw (self);
}

/* In light and dark the board has other colours; an unseen card is drawn when it is seen again. */
static void
on_style (StormSampleCard *self)
{
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  storm_sample_card_redraw (self);
}

static void
storm_sample_card_dispose (GObject *object)
{
  storm_sample_card_stop (STORM_SAMPLE_CARD (object));

  G_OBJECT_CLASS (storm_sample_card_parent_class)->dispose (object);
}

static void
storm_sample_card_class_init (StormSampleCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_sample_card_dispose;
}

static void
storm_sample_card_init (StormSampleCard *self)
{
  self->picture = gtk_picture_new ();
  gtk_widget_set_size_request (self->picture, -1, PICTURE_HEIGHT);
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "storm-sample");
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (storm_sample_card_stop), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (on_style), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_words (const StormSample *sample)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = gtk_label_new (sample->title);
  GtkWidget *words = gtk_label_new (sample->description);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_yalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 30);
  gtk_label_set_width_chars (GTK_LABEL (words), 16);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "storm-sample-words");
  return box;
}

GtkWidget *
storm_sample_card_new (const StormSample *sample)
{
  StormSampleCard *self;
  GtkWidget *box, *clamp;

  g_return_val_if_fail (sample != NULL, NULL);

  self = g_object_new (STORM_TYPE_SAMPLE_CARD, NULL);
  self->sample = sample;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* Else the card would be as wide as the picture is fine. */
  clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PICTURE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->picture);
  gtk_widget_add_css_class (clamp, "storm-sample-picture");
  gtk_box_append (GTK_BOX (box), clamp);
  gtk_box_append (GTK_BOX (box), make_words (sample));
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", sample->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.open-sample");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sample->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sample->description, -1);

  return GTK_WIDGET (self);
}
