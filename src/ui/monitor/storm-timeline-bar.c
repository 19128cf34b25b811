#include "config.h"

#include "storm-timeline-bar.h"

#include <glib/gi18n-lib.h>

#include "storm-timeline-track.h"

static const double speeds[] = { 0.25, 0.5, 1, 2, 5, 10, 100 };
#define SPEED_ONE 2
#define ZOOM_STEP 0.5

struct _StormTimelineBar
{
  GtkWidget      parent_instance;

  StormMonitor  *monitor;
  StormTimeline *timeline;
  GtkWidget     *box;
  GtkWidget     *play;
  GtkLabel      *words;
  GtkWidget     *track;
  GtkWidget     *speed;
  GtkWidget     *live;
  guint          tick_id;
  gint64         last_frame;
};

G_DEFINE_FINAL_TYPE (StormTimelineBar, storm_timeline_bar, GTK_TYPE_WIDGET)

/* That the newest is shown, or that it isn't, is to be seen from afar. */
static void
show_live (StormTimelineBar *self)
{
  gboolean live = storm_timeline_is_live (self->timeline);

  if (live)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "looking-back");
      gtk_widget_remove_css_class (self->live, "suggested-action");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "looking-back");
      gtk_widget_add_css_class (self->live, "suggested-action");
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.live", !live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.next", !live);
}

static void
changed_cb (StormTimelineBar *self)
{
  gboolean any = storm_timeline_get_n (self->timeline) > 0;
  gboolean ready;
  g_autofree char *words = NULL;

  g_object_get (self->timeline, "ready", &ready, NULL);
  if (ready)
    words = storm_timeline_dup_words (self->timeline);
  else
    /* Translators: how much of the events was looked at. */
    words = g_strdup_printf (_("Collecting… %.0f %%"),
                             storm_timeline_get_progress (self->timeline) * 100);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_sensitive (self->track, ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.play", ready && any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.previous", ready && any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.first", ready && any);
  show_live (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.fit",
                                 storm_timeline_is_zoomed (self->timeline));
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StormTimelineBar *self = STORM_TIMELINE_BAR (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->last_frame > 0)
    storm_timeline_advance (self->timeline, now - self->last_frame);
  self->last_frame = now;
  return G_SOURCE_CONTINUE;
}

static void
playing_cb (StormTimelineBar *self)
{
  gboolean playing;

  g_object_get (self->timeline, "playing", &playing, NULL);
  gtk_button_set_icon_name (GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic"
                                                             : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play, playing ? _("Hold") : _("Play what has happened"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  playing ? _("Hold") : _("Play what has happened"), -1);
  if (playing && self->tick_id == 0)
    {
      self->last_frame = 0;
      self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
    }
  else if (!playing && self->tick_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
      self->tick_id = 0;
    }
}

static void
speed_cb (StormTimelineBar *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->speed));

  if (selected < G_N_ELEMENTS (speeds))
    g_object_set (self->timeline, "speed", speeds[selected], NULL);
}

/* From event to event: the details show the one that has just happened. */
static void
step (StormTimelineBar *self,
      int               events)
{
  guint32 row;

  storm_timeline_play (self->timeline, FALSE);
  storm_timeline_step (self->timeline, events);
  row = storm_timeline_get_row (self->timeline);
  if (row != G_MAXUINT32)
    storm_monitor_set_selected_row (self->monitor, row);
}

static void
run_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StormTimelineBar *self = STORM_TIMELINE_BAR (widget);
  StormTime around = storm_timeline_get_time (self->timeline);
  gboolean playing;

  name += strlen ("timeline.");
  g_object_get (self->timeline, "playing", &playing, NULL);
  if (g_str_equal (name, "play"))
    storm_timeline_play (self->timeline, !playing);
  else if (g_str_equal (name, "previous"))
    step (self, -1);
  else if (g_str_equal (name, "next"))
    step (self, 1);
  else if (g_str_equal (name, "first"))
    storm_timeline_go_first (self->timeline);
  else if (g_str_equal (name, "live"))
    storm_timeline_go_live (self->timeline);
  else if (g_str_equal (name, "fit"))
    storm_timeline_fit (self->timeline);
  else
    storm_timeline_zoom (self->timeline,
                         g_str_equal (name, "zoom-in") ? ZOOM_STEP : 1 / ZOOM_STEP, around);
}

static void
storm_timeline_bar_dispose (GObject *object)
{
  StormTimelineBar *self = STORM_TIMELINE_BAR (object);

  if (self->tick_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
      self->tick_id = 0;
    }
  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_data (self->timeline, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->timeline);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (storm_timeline_bar_parent_class)->dispose (object);
}

static void
storm_timeline_bar_class_init (StormTimelineBarClass *klass)
{
  static const char * const actions[] = {
    "timeline.play", "timeline.previous", "timeline.next", "timeline.first", "timeline.live",
    "timeline.fit", "timeline.zoom-in", "timeline.zoom-out",
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_timeline_bar_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, run_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timelinebar");
}

static void
storm_timeline_bar_init (StormTimelineBar *self)
{
}

static GtkWidget *
add_button (StormTimelineBar *self,
            const char       *icon,
            const char       *action,
            const char       *words)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static GtkWidget *
speed_new (void)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *speed;

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      g_autofree char *words = g_strdup_printf ("×%g", speeds[i]);

      gtk_string_list_append (list, words);
    }
  speed = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (speed), SPEED_ONE);
  gtk_widget_set_valign (speed, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (speed, _("How fast it plays"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (speed), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("How fast it plays"), -1);
  return speed;
}

/* At the live edge a sign, else the way back to it. */
static GtkWidget *
live_new (void)
{
  GtkWidget *live = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (dot, "live-dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Live")));
  gtk_button_set_child (GTK_BUTTON (live), box);
  gtk_widget_add_css_class (live, "live");
  gtk_widget_set_valign (live, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (live, _("Back to the newest events"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (live), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Live"),
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (live), "timeline.live");
  return live;
}

static void
fill_box (StormTimelineBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_button (self, "media-skip-backward-symbolic", "timeline.previous", _("Previous event"));
  self->play = add_button (self, "media-playback-start-symbolic", "timeline.play",
                           _("Play what has happened"));
  add_button (self, "media-skip-forward-symbolic", "timeline.next", _("Next event"));
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_width_chars (self->words, 22);
  gtk_label_set_xalign (self->words, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "moment");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->words));
  self->track = storm_timeline_track_new (self->timeline);
  gtk_widget_set_hexpand (self->track, TRUE);
  gtk_widget_set_valign (self->track, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->track);
  add_button (self, "zoom-fit-best-symbolic", "timeline.fit", _("Show all of the time"));
  self->speed = speed_new ();
  gtk_box_append (GTK_BOX (self->box), self->speed);
  self->live = live_new ();
  gtk_box_append (GTK_BOX (self->box), self->live);
}

GtkWidget *
storm_timeline_bar_new (StormMonitor *monitor)
{
  StormTimelineBar *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_TIMELINE_BAR, NULL);
  self->monitor = g_object_ref (monitor);
  self->timeline = storm_timeline_new (monitor);
  fill_box (self);
  g_signal_connect_swapped (self->speed, "notify::selected", G_CALLBACK (speed_cb), self);
  g_signal_connect_swapped (self->timeline, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->timeline, "notify::ready", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->timeline, "notify::playing", G_CALLBACK (playing_cb), self);
  playing_cb (self);
  changed_cb (self);
  return GTK_WIDGET (self);
}
