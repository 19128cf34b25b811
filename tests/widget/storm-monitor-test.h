#pragma once

/* A board that has watched a recording, for the tests of the monitor's widgets. */

#include "storm-board-test.h"
#include "storm-monitor-controller.h"
#include "storm-replay-source.h"

/* A board with one sticky, and a recording of two orders, one of them with an event of its own. */
typedef struct
{
  char                   *folder;
  StormBoardFile         *file;
  StormMonitorController *controller;
  StormMonitor           *monitor;
} Fixture;

static const char recording[] =
  "{\"eventType\":\"OrderPlaced\",\"timestamp\":1795243267120,\"orderId\":\"order-1\"}\n"
  "{\"eventType\":\"OrderPlaced\",\"timestamp\":1795243268120,\"orderId\":\"order-2\"}\n"
  "{\"eventType\":\"Paid\",\"timestamp\":1795243269120,\"orderId\":\"order-1\",\"price\":12,"
  "\"status\":\"DECLINED\"}\n"
  "not json\n";

static const char mapping[] =
  "{\"type\":[\"json:/eventType\"],\"time\":[\"json:/timestamp\"],"
  "\"correlation\":[\"json:/orderId\"]}";

static inline void
add_sticky (StormBoardFile *file,
            const char     *title)
{
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GError) error = NULL;
  GVariantBuilder props;

  g_variant_builder_init (&props, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&props, "{sv}", "kind", g_variant_new_string ("event"));
  g_variant_builder_add (&props, "{sv}", "title", g_variant_new_string (title));
  g_variant_builder_add (&props, "{sv}", "rect", g_variant_new ("(dddd)", 0., 0., 120., 120.));
  storm_change_insert (change, STORM_OBJECT_STICKY, "placed", g_variant_builder_end (&props));
  storm_change_set (change, NULL, STORM_PROP_MAPPING, g_variant_new_string (mapping));
  storm_history_do (storm_board_file_get_history (file), change, &error);
  g_assert_no_error (error);
}

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->file = create_board (&f->folder);
  add_sticky (f->file, "Order placed");
  f->controller = storm_monitor_controller_new (f->file, NULL);
  f->monitor = storm_monitor_controller_get_monitor (f->controller);
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->controller);
  g_assert_true (storm_board_file_close (f->file, NULL));
  g_object_unref (f->file);
  g_free (f->folder);
}

static inline void
start_playing_text (Fixture    *f,
                    const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "shop.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (StormSource) source = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  reader = storm_jsonl_reader_new (file, &error);
  g_assert_no_error (error);
  source = storm_replay_source_new (reader, "shop.jsonl", 0);
  storm_monitor_controller_watch (f->controller, source);
}

static inline void
start_playing (Fixture *f)
{
  start_playing_text (f, recording);
}

static inline void
play (Fixture *f)
{
  StormSourceState state = STORM_SOURCE_IDLE;

  start_playing (f);
  while (state != STORM_SOURCE_ENDED ||
         storm_event_log_get_n (storm_monitor_get_log (f->monitor)) < 4)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (f->controller, "state", &state, NULL);
    }
}

/* Whether a label that is shown in the tree that begins with @root says so. */
static inline gboolean
says (GtkWidget  *root,
      const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_visible (root) &&
      strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}
