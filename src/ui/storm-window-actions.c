#include "config.h"

#include "storm-window-private.h"

/* Handed on to the canvas: `win.undo` is `canvas.undo`. */
static const char * const canvas_actions[] = {
  "undo", "redo", "select-all", "select-none", "delete", "duplicate", "cut", "copy", "paste",
  "edit", "cancel", "add-context", "fit-context", "add-swimlane", "collapse-context",
  "expand-context", "mark-pivotal", "unmark-pivotal", "connect-next", "connect-previous",
  "connect-above", "connect-below", "connect-selected",
  "straighten", "next-right", "next-left", "next-below", "next-above", "to-front",
  "forward", "backward", "to-back",
  "zoom-in", "zoom-out", "zoom-100", "zoom-fit", "zoom-selection",
  "tidy-up", "align-left", "align-center", "align-right", "align-top", "align-middle",
  "align-bottom", "distribute-horizontally", "distribute-vertically", "stack-row",
  "stack-column", "same-width", "same-height", "same-size", "hand",
  "copy-style", "paste-style", "lock", "unlock", "unlock-all", "group", "ungroup",
};

/* Handed on to the monitor bar: `win.monitor-pause` is `monitor.pause`. */
static const char * const monitor_actions[] = {
  "monitor-pause", "monitor-clear", "monitor-stop", "monitor-keep-recording", "monitor-export",
  "monitor-detect", "monitor-focus-key", "monitor-edit-source", "monitor-next-trouble",
  "monitor-previous-trouble", "monitor-show-failures", "monitor-show-rates", "monitor-compare",
  "monitor-compare-recording", "monitor-show-clocks", "monitor-also-demo",
  "monitor-also-new-connection", "monitor-also-open-recording",
};

/* The same, but whoever asks for one of these means to watch: the monitor opens. */
static const char * const watch_actions[] = {
  "monitor-demo", "monitor-new-connection", "monitor-open-recording", "monitor-choose-source",
  "monitor-watch-again",
};

/* Handed on to the time line likewise. */
static const char * const timeline_actions[] = {
  "timeline-play", "timeline-previous", "timeline-next", "timeline-first", "timeline-live",
  "timeline-fit", "timeline-zoom-in", "timeline-zoom-out",
};

/* Handed on to the list of events: `win.events-filter` is `events.filter`. */
static const char * const events_actions[] = {
  "events-filter", "events-saved-filters",
};

static void
set_enabled (StormWindow *self,
             const char  *name,
             gboolean     enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static char *
dup_add_name (StormKind kind)
{
  return g_strconcat ("add-", storm_kind_info (kind)->nick, NULL);
}

static GtkWidget *
get_canvas (StormWindow *self)
{
  return GTK_WIDGET (storm_board_page_get_canvas (storm_window_get_page (self)));
}

static void
add_action (StormWindow *self,
            const char  *name,
            GCallback    activate)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_signal_connect (action, "activate", activate, self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
on_canvas_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  StormWindow *self = data;
  g_autofree char *name = g_strconcat ("canvas.", g_action_get_name (G_ACTION (action)), NULL);

  gtk_widget_activate_action (get_canvas (self), name, NULL);
}

static void
on_monitor_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  StormWindow *self = data;
  const char *name = g_action_get_name (G_ACTION (action)) + strlen ("monitor-");
  g_autofree char *full = g_strconcat ("monitor.", name, NULL);

  gtk_widget_activate_action (storm_board_page_get_monitor_bar (storm_window_get_page (self)), full,
                              NULL);
}

static void
on_watch_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  StormWindow *self = data;

  g_object_set (storm_window_get_page (self), "monitoring", TRUE, NULL);
  on_monitor_action (action, parameter, data);
}

static void
on_timeline_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  StormWindow *self = data;
  const char *name = g_action_get_name (G_ACTION (action)) + strlen ("timeline-");
  g_autofree char *full = g_strconcat ("timeline.", name, NULL);
  GtkWidget *bar = storm_board_page_get_timeline_bar (storm_window_get_page (self));

  if (bar != NULL)
    gtk_widget_activate_action (bar, full, NULL);
}

static void
on_events_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  StormWindow *self = data;
  const char *name = g_action_get_name (G_ACTION (action)) + strlen ("events-");
  g_autofree char *full = g_strconcat ("events.", name, NULL);

  gtk_widget_activate_action (storm_board_page_get_event_panel (storm_window_get_page (self)),
                              full, NULL);
}

/* `win.add-read-model` is `canvas.add` of that kind: without a parameter, so that assistive
 * technology can do it too. */
static void
on_add_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  StormWindow *self = data;
  const char *nick = g_action_get_name (G_ACTION (action)) + strlen ("add-");

  gtk_widget_activate_action (get_canvas (self), "canvas.add", "s", nick);
}

void
storm_window_add_forwarded_actions (StormWindow *self)
{
  g_return_if_fail (STORM_IS_WINDOW (self));

  for (guint i = 0; i < G_N_ELEMENTS (canvas_actions); i++)
    add_action (self, canvas_actions[i], G_CALLBACK (on_canvas_action));
  for (guint i = 0; i < G_N_ELEMENTS (monitor_actions); i++)
    add_action (self, monitor_actions[i], G_CALLBACK (on_monitor_action));
  for (guint i = 0; i < G_N_ELEMENTS (watch_actions); i++)
    add_action (self, watch_actions[i], G_CALLBACK (on_watch_action));
  for (guint i = 0; i < G_N_ELEMENTS (events_actions); i++)
    add_action (self, events_actions[i], G_CALLBACK (on_events_action));
  for (guint i = 0; i < G_N_ELEMENTS (timeline_actions); i++)
    add_action (self, timeline_actions[i], G_CALLBACK (on_timeline_action));
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      g_autofree char *name = dup_add_name ((StormKind) i);

      add_action (self, name, G_CALLBACK (on_add_action));
    }
}

void
storm_window_update_actions (StormWindow *self)
{
  static const char * const page_actions[] = {
    "close-board", "rename", "save-copy", "export", "find", "show-commands", "keep-view",
    "export-picture", "copy-picture", "copy-picture-svg", "print",
  };
  StormHistory *history = NULL;
  gboolean writable;
  gboolean monitoring = FALSE;
  gboolean timeline = FALSE;
  StormBoardPage *page;

  g_return_if_fail (STORM_IS_WINDOW (self));

  page = storm_window_get_page (self);
  if (page != NULL)
    g_object_get (page, "monitoring", &monitoring, "show-timeline", &timeline, NULL);
  if (page != NULL)
    history = storm_board_file_get_history (storm_board_page_get_file (page));
  writable = history != NULL && !storm_history_get_read_only (history);

  for (guint i = 0; i < G_N_ELEMENTS (canvas_actions); i++)
    set_enabled (self, canvas_actions[i], history != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (page_actions); i++)
    set_enabled (self, page_actions[i], history != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (watch_actions); i++)
    set_enabled (self, watch_actions[i], history != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (monitor_actions); i++)
    set_enabled (self, monitor_actions[i], monitoring);
  for (guint i = 0; i < G_N_ELEMENTS (events_actions); i++)
    set_enabled (self, events_actions[i], monitoring);
  for (guint i = 0; i < G_N_ELEMENTS (timeline_actions); i++)
    set_enabled (self, timeline_actions[i], monitoring && timeline);
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      g_autofree char *name = dup_add_name ((StormKind) i);

      set_enabled (self, name, writable);
    }
  set_enabled (self, "import", writable);
  set_enabled (self, "enter-list", writable);
  set_enabled (self, "undo", history != NULL && storm_history_can_undo (history));
  set_enabled (self, "redo", history != NULL && storm_history_can_redo (history));
}
