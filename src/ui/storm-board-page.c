#include "config.h"

#include "storm-board-page-private.h"

#include <glib/gi18n-lib.h>

#include "storm-board-drop.h"
#include "storm-board-hint.h"
#include "storm-board-view.h"
#include "storm-edit.h"
#include "storm-inspector.h"
#include "storm-panes.h"
#include "storm-settings.h"

/* How far beside the board an imported one is put. */
#define INSERT_GAP 120.0

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_MONITORING,
  PROP_SHOW_SIDE,
  PROP_SHOW_OUTLINE,
  PROP_SHOW_MINIMAP,
  PROP_SHOW_GRID,
  PROP_SHOW_TIMELINE,
  PROP_FOCUS_MODE,
  PROP_PRESENTING,
  N_PROPS
};

enum
{
  FAILED,
  DONE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormBoardPage, storm_board_page, GTK_TYPE_WIDGET)

void
storm_board_page_fail (StormBoardPage *self,
                       GError         *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

void
storm_board_page_done (StormBoardPage *self,
                       const char     *words)
{
  g_signal_emit (self, signals[DONE], 0, words);
}

static void
do_change (StormBoardPage *self,
           StormChange    *change)
{
  g_autoptr (GError) error = NULL;

  if (!storm_history_do (self->history, change, &error))
    storm_board_page_fail (self, error);
}

static void
on_board_renamed (StormBoardPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

void
storm_board_page_reveal (StormBoardPage *self,
                         const char     *id)
{
  storm_canvas_reveal (self->canvas, id);
}

static void
add_canvas (StormBoardPage *self)
{
  StormZoomBar *zoom_bar;

  self->canvas = STORM_CANVAS (storm_canvas_new (self->history, self->selection));
  gtk_widget_set_hexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_overlay_set_child (self->overlay, GTK_WIDGET (self->canvas));
  g_signal_connect_object (self->canvas, "failed", G_CALLBACK (storm_board_page_fail), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "done", G_CALLBACK (storm_board_page_done), self,
                           G_CONNECT_SWAPPED);
  storm_board_page_follow_canvas (self);
  storm_board_drop_attach (self->canvas, self->history, self->selection);
  storm_board_view_restore (self->file, self->canvas);

  gtk_overlay_add_overlay (self->overlay, storm_board_hint_new (self->history));
  self->palette_bar = storm_board_tools_add_palette (self->overlay, self->canvas);
  self->minimap = storm_board_tools_add_view (self->overlay, self->canvas, &zoom_bar);
  self->zoom_bar = GTK_WIDGET (zoom_bar);
  self->view_menu = storm_view_menu_new (self->file, self->canvas, zoom_bar, GTK_WIDGET (self));
  g_object_set (self->minimap, "enabled", storm_settings_get_boolean ("show-minimap", TRUE), NULL);
  self->show_grid = storm_settings_get_boolean ("show-grid", FALSE);
  storm_canvas_set_show_grid (self->canvas, self->show_grid);
  self->show_timeline = storm_settings_get_boolean ("show-timeline", FALSE);
  storm_board_page_add_times (self);
}

static void
add_sides (StormBoardPage *self)
{
  self->inspector = storm_inspector_new (self->history, self->selection);
  g_signal_connect_object (self->inspector, "failed", G_CALLBACK (storm_board_page_fail), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_titled (self->side_stack, self->inspector, "inspector", C_("side", "Inspector"));

  self->outline = STORM_OUTLINE (storm_outline_new (self->selection));
  g_signal_connect_object (self->outline, "reveal", G_CALLBACK (storm_board_page_reveal), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->outline_slot, GTK_WIDGET (self->outline));
}

void
storm_board_page_update_panes (StormBoardPage *self)
{
  storm_sides_set_bare (self->sides, self->focus_mode);
  gtk_widget_set_visible (GTK_WIDGET (self->side_switcher), self->monitoring);
  gtk_widget_set_visible (GTK_WIDGET (self->events_slot), self->monitoring && !self->focus_mode);
  gtk_revealer_set_reveal_child (self->monitor_slot, self->monitoring);
  gtk_widget_set_visible (GTK_WIDGET (self->monitor_slot), !self->focus_mode);
  storm_board_page_update_timeline (self);
}

/* What is over the board in a small window is a passing need, and not kept. */
static void
show_pane (StormBoardPage *self,
           StormSidesPane   pane,
           const char     *key,
           gboolean        show)
{
  if (storm_sides_get_shown (self->sides, pane) == show)
    return;

  storm_sides_show (self->sides, pane, show);
  if (!storm_sides_get_folded (self->sides))
    storm_settings_set_boolean (key, show);
}

/* Before the canvas has its new size. */
static void
on_sides_changed (StormBoardPage *self)
{
  if (self->canvas == NULL)
    return;

  if (!storm_sides_get_folded (self->sides))
    storm_board_view_keep_whole (self->file, self->canvas);
  storm_board_header_set_narrow (self->header, storm_sides_get_folded (self->sides));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_SIDE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_OUTLINE]);
}

static void
storm_board_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  StormBoardPage *self = STORM_BOARD_PAGE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, storm_board_page_get_title (self));
      break;
    case PROP_MONITORING:
      g_value_set_boolean (value, self->monitoring);
      break;
    case PROP_SHOW_SIDE:
      g_value_set_boolean (value, storm_sides_get_shown (self->sides, STORM_SIDES_END));
      break;
    case PROP_SHOW_OUTLINE:
      g_value_set_boolean (value, storm_sides_get_shown (self->sides, STORM_SIDES_START));
      break;
    case PROP_SHOW_MINIMAP:
      g_object_get_property (G_OBJECT (self->minimap), "enabled", value);
      break;
    case PROP_SHOW_GRID:
      g_value_set_boolean (value, self->show_grid);
      break;
    case PROP_SHOW_TIMELINE:
      g_value_set_boolean (value, self->show_timeline);
      break;
    case PROP_FOCUS_MODE:
      g_value_set_boolean (value, self->focus_mode);
      break;
    case PROP_PRESENTING:
      g_value_set_boolean (value, self->presenting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_board_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  StormBoardPage *self = STORM_BOARD_PAGE (object);

  switch (prop_id)
    {
    case PROP_MONITORING:
      storm_board_page_set_monitoring (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_SIDE:
      show_pane (self, STORM_SIDES_END, "show-inspector", g_value_get_boolean (value));
      break;
    case PROP_SHOW_OUTLINE:
      show_pane (self, STORM_SIDES_START, "show-outline", g_value_get_boolean (value));
      break;
    case PROP_SHOW_MINIMAP:
      g_object_set_property (G_OBJECT (self->minimap), "enabled", value);
      storm_settings_set_boolean ("show-minimap", g_value_get_boolean (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SHOW_GRID:
      self->show_grid = g_value_get_boolean (value);
      storm_canvas_set_show_grid (self->canvas, self->show_grid);
      storm_settings_set_boolean ("show-grid", self->show_grid);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SHOW_TIMELINE:
      storm_board_page_set_show_timeline (self, g_value_get_boolean (value));
      break;
    case PROP_FOCUS_MODE:
      storm_board_page_set_focus_mode (self, g_value_get_boolean (value));
      break;
    case PROP_PRESENTING:
      storm_board_page_set_presenting (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_board_page_dispose (GObject *object)
{
  StormBoardPage *self = STORM_BOARD_PAGE (object);

  if (self->controller != NULL)
    storm_monitor_controller_stop (self->controller);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", NULL);
  g_clear_object (&self->view_menu);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->notifier);
  g_clear_object (&self->controller);
  g_clear_object (&self->selection);
  g_clear_object (&self->history);
  g_clear_object (&self->board);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (storm_board_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, box);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, header);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, notice);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, monitor_slot);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, sides);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, outline_slot);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, events_paned);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, events_slot);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, timeline_slot);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, side_switcher);
  gtk_widget_class_bind_template_child (widget_class, StormBoardPage, side_stack);
  gtk_widget_class_bind_template_callback (widget_class, storm_board_page_fail);
  gtk_widget_class_bind_template_callback (widget_class, on_sides_changed);
}

static void
storm_board_page_class_init (StormBoardPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = storm_board_page_get_property;
  object_class->set_property = storm_board_page_set_property;
  object_class->dispose = storm_board_page_dispose;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_MONITORING] = g_param_spec_boolean ("monitoring", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_SIDE] = g_param_spec_boolean ("show-side", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_OUTLINE] = g_param_spec_boolean ("show-outline", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_MINIMAP] = g_param_spec_boolean ("show-minimap", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_GRID] = g_param_spec_boolean ("show-grid", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_TIMELINE] = g_param_spec_boolean ("show-timeline", NULL, NULL, FALSE, flags);
  props[PROP_FOCUS_MODE] = g_param_spec_boolean ("focus-mode", NULL, NULL, FALSE, flags);
  props[PROP_PRESENTING] = g_param_spec_boolean ("presenting", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (STORM_TYPE_BOARD_HEADER);
  g_type_ensure (STORM_TYPE_SIDES);
  g_type_ensure (STORM_TYPE_NOTICE_BAR);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
storm_board_page_init (StormBoardPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
storm_board_page_new (StormBoardFile *file)
{
  StormBoardPage *self;

  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);

  self = g_object_new (STORM_TYPE_BOARD_PAGE, NULL);
  self->file = g_object_ref (file);
  self->board = g_object_ref (storm_board_file_get_board (file));
  self->history = g_object_ref (storm_board_file_get_history (file));
  self->selection = storm_selection_new (self->board);

  g_signal_connect_object (self->board, "notify::title", G_CALLBACK (on_board_renamed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "failed", G_CALLBACK (storm_board_page_fail), self,
                           G_CONNECT_SWAPPED);

  add_canvas (self);
  storm_board_page_add_search (self);
  storm_board_page_add_presenter (self);
  add_sides (self);
  storm_board_header_set_history (self->header, self->history, self->selection);
  storm_notice_bar_set_words (self->notice, storm_board_file_get_notice (file));
  storm_sides_show (self->sides, STORM_SIDES_START,
                   storm_settings_get_boolean ("show-outline", FALSE));
  storm_sides_show (self->sides, STORM_SIDES_END,
                    storm_settings_get_boolean ("show-inspector", TRUE));
  storm_board_page_update_panes (self);
  storm_sides_restore (self->sides, "side-width", 320);

  return GTK_WIDGET (self);
}

StormBoardFile *
storm_board_page_get_file (StormBoardPage *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  return self->file;
}

StormCanvas *
storm_board_page_get_canvas (StormBoardPage *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  return self->canvas;
}

StormSelection *
storm_board_page_get_selection (StormBoardPage *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  return self->selection;
}

const char *
storm_board_page_get_title (StormBoardPage *self)
{
  const char *title;

  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  title = storm_board_get_title (self->board);
  return *title != '\0' ? title : _("Untitled board");
}

void
storm_board_page_set_palette (StormBoardPage *self,
                              StormPalette    palette)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  storm_canvas_set_palette (self->canvas, palette);
  storm_palette_bar_set_palette (self->palette_bar, palette);
}

void
storm_board_page_expect_width (StormBoardPage *self,
                               int             width)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  storm_sides_expect_width (self->sides, width);
}

void
storm_board_page_set_monitoring (StormBoardPage *self,
                                 gboolean        monitoring)
{
  StormOverlay *overlay = NULL;

  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  if (self->monitoring == monitoring)
    return;

  self->monitoring = monitoring;
  storm_board_view_keep_whole (self->file, self->canvas);
  if (monitoring)
    {
      storm_board_page_add_monitor (self);
      overlay = storm_monitor_get_overlay (storm_monitor_controller_get_monitor (self->controller));
    }
  else
    storm_monitor_controller_stop (self->controller);

  storm_canvas_set_overlay (self->canvas, overlay);
  storm_board_page_update_times (self);
  gtk_stack_set_visible_child_name (self->side_stack, monitoring ? "traces" : "inspector");
  if (monitoring && !storm_sides_get_folded (self->sides))
    show_pane (self, STORM_SIDES_END, "show-inspector", TRUE);
  storm_board_page_update_panes (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MONITORING]);
}

GtkWidget *
storm_board_page_get_monitor_bar (StormBoardPage *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  return self->monitor_bar;
}

void
storm_board_page_rename (StormBoardPage *self)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  storm_board_header_rename (self->header);
}

void
storm_board_page_watch (StormBoardPage *self,
                        StormSource    *source)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));
  g_return_if_fail (STORM_IS_SOURCE (source));

  storm_board_page_set_monitoring (self, TRUE);
  storm_monitor_controller_watch (self->controller, source);
}

void
storm_board_page_insert (StormBoardPage *self,
                         StormBoard     *board)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  StormRect here;
  StormRect there;
  double dx = 0;
  double dy = 0;

  g_return_if_fail (STORM_IS_BOARD_PAGE (self));
  g_return_if_fail (STORM_IS_BOARD (board));

  if (storm_board_get_bounds (self->board, &here) && storm_board_get_bounds (board, &there))
    {
      dx = here.x - there.x;
      dy = here.y + here.height + INSERT_GAP - there.y;
    }

  change = storm_edit_merge_board (self->board, board, dx, dy, &ids);
  if (change == NULL)
    return;

  do_change (self, change);
  storm_selection_set (self->selection, ids);
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.zoom-selection", NULL);
}

gboolean
storm_board_page_close (StormBoardPage *self,
                        GError        **error)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), FALSE);

  /* The window was made to fill the screen for the slides alone. */
  storm_board_page_set_presenting (self, FALSE);
  storm_sides_keep (self->sides, "side-width");
  storm_panes_keep_end (self->events_paned, "events-height");
  if (self->controller != NULL)
    storm_monitor_controller_stop (self->controller);
  if (!storm_board_file_get_read_only (self->file))
    storm_board_view_keep (self->file, self->canvas);

  return storm_board_file_close (self->file, error);
}
