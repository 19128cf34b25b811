#include "config.h"

#include "storm-timeline-track.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-compat.h"
#include "storm-time-window.h"

#define HEIGHT 40
#define BARS_TOP 3
#define BARS_HEIGHT 20
#define BAR_WIDTH 3
#define BAR_MIN 5
#define HANDLE 6
/* Of one notch of the wheel, and of one key. */
#define ZOOM_STEP 1.25
#define DAY (24 * 3600 * (double) STORM_TIME_SECOND)

struct _StormTimelineTrack
{
  GtkWidget      parent_instance;

  StormTimeline *timeline;
  guint         *counts;       /* one for each bar; NULL until they are asked for */
  guint          n_counts;
  double         drag_x;
  double         range_from;   /* while a range is marked, in pixels; below zero for none */
  double         range_to;
};

G_DEFINE_FINAL_TYPE (StormTimelineTrack, storm_timeline_track, GTK_TYPE_WIDGET)

char *
storm_timeline_dup_words (StormTimeline *timeline)
{
  char clock[16];
  guint n_all;
  guint n;

  g_return_val_if_fail (STORM_IS_TIMELINE (timeline), NULL);

  n = storm_timeline_get_number (timeline, &n_all);
  if (n_all == 0)
    return g_strdup (_("No events yet"));
  if (storm_timeline_is_live (timeline))
    /* Translators: the newest events are shown; the number is how many there are. */
    return g_strdup_printf (_("Live · %'u"), n_all);
  storm_time_format_clock (storm_timeline_get_time (timeline), clock);
  /* Translators: a time of the day, the number of the event then, how many there are. */
  return g_strdup_printf (_("%s · %'u of %'u"), clock, n, n_all);
}

static double
x_of_time (StormTimelineTrack *self,
           StormTime           time)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  StormTime from, to;

  if (!storm_timeline_get_window (self->timeline, &from, &to))
    return 0;
  return width * ((double) time - (double) from) / MAX (storm_time_span (from, to), 1);
}

static StormTime
time_of_x (StormTimelineTrack *self,
           double              x)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  StormTime from, to;

  if (!storm_timeline_get_window (self->timeline, &from, &to))
    return STORM_TIME_NONE;
  return storm_time_shift (from, storm_time_span (from, to) * CLAMP (x / width, 0, 1));
}

/* Beyond the last event there is only the live edge. */
static void
go_to_x (StormTimelineTrack *self,
         double              x)
{
  if (storm_timeline_get_n (self->timeline) > 0)
    storm_timeline_set_time (self->timeline, time_of_x (self, x));
}

static void
count (StormTimelineTrack *self)
{
  guint n = (guint) MAX (gtk_widget_get_width (GTK_WIDGET (self)) / BAR_WIDTH, 1);

  if (self->counts != NULL && self->n_counts == n)
    return;
  g_free (self->counts);
  self->counts = g_new (guint, n);
  self->n_counts = n;
  storm_timeline_count (self->timeline, self->counts, n);
}

static GdkRGBA
with_alpha (const GdkRGBA *color,
            double         alpha)
{
  GdkRGBA c = *color;

  c.alpha *= (float) alpha;
  return c;
}

/* Few and many are told apart, one and none more than anything. */
static void
draw_bars (StormTimelineTrack *self,
           GtkSnapshot        *snapshot,
           const GdkRGBA      *happened,
           const GdkRGBA      *to_come)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double now = storm_timeline_is_live (self->timeline)
                 ? width
                 : x_of_time (self, storm_timeline_get_time (self->timeline));
  guint most = 1;

  count (self);
  for (guint i = 0; i < self->n_counts; i++)
    most = MAX (most, self->counts[i]);
  for (guint i = 0; i < self->n_counts; i++)
    {
      double x = width * i / self->n_counts;
      double height;

      if (self->counts[i] == 0)
        continue;
      height = most == 1 ? BARS_HEIGHT * 0.7
                         : BAR_MIN + (BARS_HEIGHT - BAR_MIN) * log (self->counts[i]) / log (most);
      gtk_snapshot_append_color (snapshot, x <= now ? happened : to_come,
                                 &GRAPHENE_RECT_INIT ((float) floor (x),
                                                      (float) (BARS_TOP + BARS_HEIGHT - height),
                                                      BAR_WIDTH - 1, (float) height));
    }
}

static void
draw_handle (StormTimelineTrack *self,
             GtkSnapshot        *snapshot,
             const GdkRGBA      *accent)
{
  double x = x_of_time (self, storm_timeline_get_time (self->timeline));
  GskRoundedRect round;

  x = CLAMP (x, HANDLE, gtk_widget_get_width (GTK_WIDGET (self)) - HANDLE);
  gtk_snapshot_append_color (snapshot, accent,
                             &GRAPHENE_RECT_INIT ((float) x - 1, 0, 2, BARS_TOP + BARS_HEIGHT));
  gsk_rounded_rect_init_from_rect (&round,
                                   &GRAPHENE_RECT_INIT ((float) x - HANDLE,
                                                        BARS_TOP + BARS_HEIGHT - HANDLE,
                                                        2 * HANDLE, 2 * HANDLE), HANDLE);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, accent, &round.bounds);
  gtk_snapshot_pop (snapshot);
  /* At the live edge it is a ring: it goes with what comes. */
  if (storm_timeline_is_live (self->timeline))
    {
      gsk_rounded_rect_init_from_rect (&round,
                                       &GRAPHENE_RECT_INIT ((float) x - 3,
                                                            BARS_TOP + BARS_HEIGHT - 3, 6, 6), 3);
      gtk_snapshot_push_rounded_clip (snapshot, &round);
      gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &round.bounds);
      gtk_snapshot_pop (snapshot);
    }
}

/* The clock; where days go by, the date too. */
static char *
dup_time (StormTime time,
          double    span)
{
  g_autoptr (GDateTime) date = NULL;
  char clock[16];

  if (span < DAY && span >= 60.0 * STORM_TIME_SECOND)
    {
      storm_time_format_clock (time, clock);
      clock[8] = '\0';
      return g_strdup (clock);
    }
  if (span < DAY)
    {
      storm_time_format_clock (time, clock);
      return g_strdup (clock);
    }
  date = g_date_time_new_from_unix_local (time / STORM_TIME_SECOND);
  return date != NULL ? g_date_time_format (date, "%x %H:%M") : g_strdup ("");
}

static void
draw_words (StormTimelineTrack *self,
            GtkSnapshot        *snapshot,
            StormTime           time,
            double              span,
            gboolean            at_end,
            const GdkRGBA      *color)
{
  g_autofree char *words = dup_time (time, span);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();
  int width, height;

  pango_attr_list_insert (attrs, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attrs, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attrs);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (at_end ? (float) (gtk_widget_get_width (
                                                                    GTK_WIDGET (self)) - width) : 0,
                                                BARS_TOP + BARS_HEIGHT + 2));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
storm_timeline_track_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  StormTimelineTrack *self = STORM_TIMELINE_TRACK (widget);
  int width = gtk_widget_get_width (widget);
  GdkRGBA color, accent, dim, groove;
  StormTime from, to;

  storm_compat_get_color (widget, &accent);
  storm_compat_get_color (gtk_widget_get_parent (widget), &color);
  dim = with_alpha (&color, 0.35);
  groove = with_alpha (&color, 0.15);
  gtk_snapshot_append_color (snapshot, &groove,
                             &GRAPHENE_RECT_INIT (0, BARS_TOP + BARS_HEIGHT - 1, (float) width, 2));
  if (!storm_timeline_get_window (self->timeline, &from, &to))
    return;
  if (self->range_from >= 0)
    {
      GdkRGBA range = with_alpha (&accent, 0.25);
      double left = MIN (self->range_from, self->range_to);

      gtk_snapshot_append_color (snapshot, &range,
                                 &GRAPHENE_RECT_INIT ((float) left, 0,
                                                      (float) (MAX (self->range_from,
                                                                    self->range_to) - left),
                                                      BARS_TOP + BARS_HEIGHT));
    }
  draw_bars (self, snapshot, &accent, &dim);
  if (storm_timeline_get_time (self->timeline) >= from)
    draw_handle (self, snapshot, &accent);
  dim = with_alpha (&color, 0.7);
  draw_words (self, snapshot, from, storm_time_span (from, to), FALSE, &dim);
  draw_words (self, snapshot, to, storm_time_span (from, to), TRUE, &dim);
}

static void
storm_timeline_track_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : HEIGHT;
  *natural = *minimum;
}

static void
tell (StormTimelineTrack *self)
{
  g_autofree char *words = storm_timeline_dup_words (self->timeline);
  guint n_all;
  guint n = storm_timeline_get_number (self->timeline, &n_all);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) n_all,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) n,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
changed_cb (StormTimelineTrack *self)
{
  g_clear_pointer (&self->counts, g_free);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (StormTimelineTrack *self,
               double              x,
               double              y,
               GtkGestureDrag     *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_x = x;
  self->range_from = (state & GDK_SHIFT_MASK) != 0 ? x : -1;
  self->range_to = x;
  if (self->range_from < 0)
    {
      storm_timeline_play (self->timeline, FALSE);
      go_to_x (self, x);
    }
}

static void
drag_update_cb (StormTimelineTrack *self,
                double              dx,
                double              dy)
{
  self->range_to = CLAMP (self->drag_x + dx, 0, gtk_widget_get_width (GTK_WIDGET (self)));
  if (self->range_from < 0)
    go_to_x (self, self->drag_x + dx);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (StormTimelineTrack *self,
             double              dx,
             double              dy)
{
  if (self->range_from >= 0 && fabs (self->range_to - self->range_from) > BAR_WIDTH)
    storm_timeline_set_window (self->timeline,
                               time_of_x (self, MIN (self->range_from, self->range_to)),
                               time_of_x (self, MAX (self->range_from, self->range_to)));
  self->range_from = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scroll_cb (StormTimelineTrack       *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (scroll));
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  StormTime around = storm_timeline_get_time (self->timeline);
  double x, y;

  if ((state & GDK_SHIFT_MASK) != 0 || fabs (dx) > fabs (dy))
    {
      storm_timeline_pan (self->timeline, (fabs (dx) > fabs (dy) ? dx : dy) * 0.1);
      return GDK_EVENT_STOP;
    }
  if (event != NULL && gdk_event_get_position (event, &x, &y))
    {
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
      graphene_point_t at;
      double left, top;

      /* Around the window there may be a shadow, which is part of its surface. */
      gtk_native_get_surface_transform (native, &left, &top);
      graphene_point_init (&at, (float) (x - left), (float) (y - top));
      if (gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self), &at, &at))
        around = time_of_x (self, at.x);
    }
  storm_timeline_zoom (self->timeline, pow (ZOOM_STEP, dy), around);
  return GDK_EVENT_STOP;
}

static void
page (StormTimelineTrack *self,
      double              part)
{
  StormTime from, to;

  if (storm_timeline_get_window (self->timeline, &from, &to))
    storm_timeline_set_time (self->timeline,
                             storm_time_shift (storm_timeline_get_time (self->timeline),
                                               storm_time_span (from, to) * part));
}

static gboolean
key_cb (StormTimelineTrack *self,
        guint               keyval,
        guint               keycode,
        GdkModifierType     state)
{
  int way;
  StormTime around = storm_timeline_get_time (self->timeline);

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      /* Time goes to the right here, as on the board, whichever way words are read. */
      way = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left ? -1 : 1;
      if ((state & GDK_SHIFT_MASK) != 0)
        storm_timeline_pan (self->timeline, way * 0.1);
      else if ((state & GDK_CONTROL_MASK) != 0)
        storm_timeline_step (self->timeline, way * 10);
      else
        gtk_widget_activate_action (GTK_WIDGET (self),
                                    way > 0 ? "timeline.next" : "timeline.previous", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      storm_timeline_go_first (self->timeline);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      storm_timeline_go_live (self->timeline);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      page (self, -0.1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      page (self, 0.1);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
      gtk_widget_activate_action (GTK_WIDGET (self), "timeline.play", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      storm_timeline_zoom (self->timeline, 1 / ZOOM_STEP, around);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      storm_timeline_zoom (self->timeline, ZOOM_STEP, around);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      storm_timeline_fit (self->timeline);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
storm_timeline_track_dispose (GObject *object)
{
  StormTimelineTrack *self = STORM_TIMELINE_TRACK (object);

  g_clear_pointer (&self->counts, g_free);
  g_clear_object (&self->timeline);

  G_OBJECT_CLASS (storm_timeline_track_parent_class)->dispose (object);
}

static void
storm_timeline_track_class_init (StormTimelineTrackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_timeline_track_dispose;
  widget_class->snapshot = storm_timeline_track_snapshot;
  widget_class->measure = storm_timeline_track_measure;
  gtk_widget_class_set_css_name (widget_class, "timelinetrack");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
storm_timeline_track_init (StormTimelineTrack *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->range_from = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
storm_timeline_track_new (StormTimeline *timeline)
{
  StormTimelineTrack *self;

  g_return_val_if_fail (STORM_IS_TIMELINE (timeline), NULL);

  self = g_object_new (STORM_TYPE_TIMELINE_TRACK, NULL);
  self->timeline = g_object_ref (timeline);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Moment"), -1);
  g_signal_connect_object (timeline, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  tell (self);
  return GTK_WIDGET (self);
}
