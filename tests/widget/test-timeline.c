#include "config.h"

#include <adwaita.h>

#include "storm-timeline-bar.h"
#include "storm-timeline-track.h"
#include "../unit/storm-trace-test.h"
#include "storm-trouble-bar.h"
#include "storm-widget-test.h"

/* The strip under the board: what its buttons, its keys and the pointer do to the moment, and that
 * it is to be seen whether that is now. */

typedef struct
{
  StormBoard   *board;
  StormMonitor *monitor;
  GtkWidget    *window;
  GtkWidget    *bar;
  GtkWidget    *track;
} Fixture;

static const char *
get_words (Fixture *f)
{
  return gtk_label_get_text (GTK_LABEL (find_widget (f->bar, GTK_TYPE_LABEL)));
}

/* The first label is that of the moment: the buttons before it have icons. */
static void
wait_for (Fixture    *f,
          const char *words)
{
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;

  while (!g_pattern_match_simple (words, get_words (f)) && g_get_monotonic_time () < end_time)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  if (!g_pattern_match_simple (words, get_words (f)))
    {
      g_test_message ("it says %s instead of %s", get_words (f), words);
      g_test_fail ();
    }
}

static void
wait_for_size (GtkWidget *widget)
{
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;

  while (gtk_widget_get_width (widget) == 0 && g_get_monotonic_time () < end_time)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gtk_widget_get_width (widget), >, 100);
}

static void
take (Fixture *f,
      guint    first,
      guint    n)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (storm_monitor_get_strings (f->monitor));
  g_autoptr (StormBatch) batch = NULL;

  for (guint i = first; i < first + n; i++)
    {
      TestEvent event = { "E", "k", NULL, 1000 * i, 0, i };

      test_add (builder, &event);
    }
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (f->monitor, batch);
  storm_monitor_flush (f->monitor);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->monitor = storm_monitor_new (f->board);
  f->window = adw_window_new ();
  f->bar = storm_timeline_bar_new (f->monitor);
  f->track = find_widget (f->bar, STORM_TYPE_TIMELINE_TRACK);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1000, 100);
  adw_window_set_content (ADW_WINDOW (f->window), f->bar);
  gtk_window_present (GTK_WINDOW (f->window));
  wait_for_size (f->track);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_false (storm_monitor_get_moment (f->monitor, NULL));
  g_assert_finalize_object (f->monitor);
  g_assert_finalize_object (f->board);
}

static GtkEventController *
find_controller (GtkWidget *widget,
                 GType      type)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (all, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static void
press (Fixture         *f,
       guint            keyval,
       GdkModifierType  state)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (find_controller (f->track, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed",
                         keyval, 0, state, &handled);
  g_assert_true (handled);
}

static void
drag (Fixture *f,
      double   from,
      double   to)
{
  GtkEventController *gesture = find_controller (f->track, GTK_TYPE_GESTURE_DRAG);
  double width = gtk_widget_get_width (f->track);

  g_signal_emit_by_name (gesture, "drag-begin", from * width, 20.0);
  g_signal_emit_by_name (gesture, "drag-update", (to - from) * width, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", (to - from) * width, 0.0);
}

static void
act (Fixture    *f,
     const char *name)
{
  gtk_widget_activate_action (f->bar, name, NULL);
}

static void
assert_looking_back (Fixture  *f,
                     gboolean  looking_back)
{
  g_assert_true (gtk_widget_has_css_class (f->bar, "looking-back") == looking_back);
  g_assert_true (storm_monitor_get_moment (f->monitor, NULL) == looking_back);
}

static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  wait_for (f, "No events yet");
  act (f, "timeline.previous");
  act (f, "timeline.first");
  act (f, "timeline.play");
  press (f, GDK_KEY_Left, 0);
  press (f, GDK_KEY_plus, 0);
  drag (f, 0.2, 0.8);
  wait_for (f, "No events yet");
  assert_looking_back (f, FALSE);
}

static void
test_one (Fixture       *f,
          gconstpointer  data)
{
  take (f, 0, 1);
  wait_for (f, "Live · 1");
  press (f, GDK_KEY_Home, 0);
  wait_for (f, "*· 1 of 1");
  assert_looking_back (f, TRUE);
  press (f, GDK_KEY_Right, 0);
  wait_for (f, "Live · 1");
  act (f, "timeline.previous");
  wait_for (f, "*· 1 of 1");
  press (f, GDK_KEY_End, 0);
  wait_for (f, "Live · 1");
}

static void
test_buttons (Fixture       *f,
              gconstpointer  data)
{
  take (f, 0, 20);
  wait_for (f, "Live · 20");
  assert_looking_back (f, FALSE);
  act (f, "timeline.previous");
  wait_for (f, "*· 19 of 20");
  assert_looking_back (f, TRUE);
  /* The details show what has just happened. */
  g_assert_cmpuint (storm_monitor_get_selected_row (f->monitor), ==, 18);
  act (f, "timeline.first");
  wait_for (f, "*· 1 of 20");
  act (f, "timeline.next");
  wait_for (f, "*· 2 of 20");
  gtk_test_accessible_assert_property (f->track, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 2.0);
  gtk_test_accessible_assert_property (f->track, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 20.0);
  /* What comes meanwhile is counted, and not shown. */
  take (f, 20, 5);
  wait_for (f, "*· 2 of 25");
  act (f, "timeline.live");
  wait_for (f, "Live · 25");
  assert_looking_back (f, FALSE);
}

static void
test_keys (Fixture       *f,
           gconstpointer  data)
{
  take (f, 0, 40);
  wait_for (f, "Live · 40");
  press (f, GDK_KEY_Left, GDK_CONTROL_MASK);
  wait_for (f, "*· 30 of 40");
  press (f, GDK_KEY_Right, GDK_CONTROL_MASK);
  wait_for (f, "*· 40 of 40");
  press (f, GDK_KEY_Right, 0);
  wait_for (f, "Live · 40");
  press (f, GDK_KEY_Home, 0);
  wait_for (f, "*· 1 of 40");
  press (f, GDK_KEY_Page_Down, 0);
  wait_for (f, "*· 5 of 40");
  press (f, GDK_KEY_Page_Up, 0);
  wait_for (f, "*· 1 of 40");
  act (f, "timeline.previous");
  wait_for (f, "*· 1 of 40");
  /* What is in sight is another matter than the moment. */
  press (f, GDK_KEY_plus, 0);
  press (f, GDK_KEY_Right, GDK_SHIFT_MASK);
  press (f, GDK_KEY_minus, 0);
  press (f, GDK_KEY_0, 0);
  wait_for (f, "*· 1 of 40");
}

static void
test_pointer (Fixture       *f,
              gconstpointer  data)
{
  take (f, 0, 101);
  wait_for (f, "Live · 101");
  drag (f, 0.1, 0.5);
  wait_for (f, "*· 5? of 101");
  assert_looking_back (f, TRUE);
  drag (f, 0.5, -3);
  wait_for (f, "*· 0 of 101");
  drag (f, 0.5, 1);
  wait_for (f, "Live · 101");
}

static void
test_play (Fixture       *f,
           gconstpointer  data)
{
  GtkDropDown *speed = GTK_DROP_DOWN (find_widget (f->bar, GTK_TYPE_DROP_DOWN));
  guint n = g_list_model_get_n_items (gtk_drop_down_get_model (speed));

  take (f, 0, 10);
  wait_for (f, "Live · 10");
  /* ×100: nine seconds pass in a tenth of one. */
  gtk_drop_down_set_selected (speed, n - 1);
  press (f, GDK_KEY_space, 0);
  assert_looking_back (f, TRUE);
  wait_for (f, "*· ? of 10");
  wait_for (f, "Live · 10");
  assert_looking_back (f, FALSE);
  /* ×0.25: held before the second one. */
  gtk_drop_down_set_selected (speed, 0);
  act (f, "timeline.play");
  act (f, "timeline.play");
  act (f, "timeline.next");
  wait_for (f, "*· 1 of 10");
}

/* The first sentence is of that moment too, and says of which. */
static void
test_trouble_bar (Fixture       *f,
                  gconstpointer  data)
{
  GtkWidget *troubles = g_object_ref_sink (storm_trouble_bar_new (f->monitor));
  const char *words = storm_trouble_bar_get_words (STORM_TROUBLE_BAR (troubles));

  take (f, 0, 3);
  wait_for (f, "Live · 3");
  words = storm_trouble_bar_get_words (STORM_TROUBLE_BAR (troubles));
  g_assert_false (g_str_has_prefix (words, "At "));
  act (f, "timeline.first");
  words = storm_trouble_bar_get_words (STORM_TROUBLE_BAR (troubles));
  g_assert_true (g_str_has_prefix (words, "At "));
  act (f, "timeline.live");
  words = storm_trouble_bar_get_words (STORM_TROUBLE_BAR (troubles));
  g_assert_false (g_str_has_prefix (words, "At "));
  g_object_unref (troubles);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) g_test_add ("/timeline/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("one", test_one);
  ADD ("buttons", test_buttons);
  ADD ("keys", test_keys);
  ADD ("pointer", test_pointer);
  ADD ("play", test_play);
  ADD ("trouble-bar", test_trouble_bar);
#undef ADD
  return g_test_run ();
}
