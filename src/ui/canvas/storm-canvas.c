#include "config.h"

#include "storm-canvas-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "storm-held-frame.h"

G_DEFINE_FINAL_TYPE (StormCanvas, storm_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ZOOM,
  PROP_PALETTE,
  PROP_PLACING,
  PROP_LOST,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  STICKY_ACTIVATED,
  FAILED,
  DONE,
  VIEW_CHANGED,
  FILES,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define REVEAL_MARGIN 40.0
/* µs a frame for texts that come into view for the first time. */
#define TEXT_BUDGET 3000

gboolean
storm_canvas_animations (StormCanvas *self)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled,
                NULL);
  return enabled;
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  StormCanvas *self = STORM_CANVAS (widget);

  self->tick = 0;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

/* One more frame; the snapshot asks again as long as something moves. */
void
storm_canvas_animate (StormCanvas *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

void
storm_canvas_fail (StormCanvas *self,
                   GError      *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

void
storm_canvas_say (StormCanvas *self,
                  const char  *words)
{
  g_signal_emit (self, signals[DONE], 0, words);
}

gboolean
storm_canvas_do (StormCanvas *self,
                 StormChange *change)
{
  g_autoptr (GError) error = NULL;

  if (change == NULL)
    return FALSE;
  if (storm_history_do (self->history, change, &error))
    return TRUE;
  storm_canvas_fail (self, error);
  return FALSE;
}

void
storm_canvas_activate_sticky (StormCanvas *self,
                              const char  *id)
{
  g_signal_emit (self, signals[STICKY_ACTIVATED], 0, id);
}

void
storm_canvas_view_moved (StormCanvas *self)
{
  if (self->editor != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  storm_canvas_a11y_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static gboolean
storm_canvas_is_cairo (StormCanvas *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;

  return renderer == NULL || g_str_equal (G_OBJECT_TYPE_NAME (renderer), "GskCairoRenderer");
}

static gboolean on_settle (gpointer user_data);

static void
storm_canvas_settle (StormCanvas *self)
{
  gint64 left;

  if (self->settle_source != 0)
    return;
  left = storm_painter_settle (self->painter);
  if (left > 0)
    self->settle_source = g_timeout_add ((guint) (left / G_TIME_SPAN_MILLISECOND) + 1, on_settle,
                                         self);
  else if (left == 0)
    storm_canvas_animate (self);
}

static gboolean
on_settle (gpointer user_data)
{
  StormCanvas *self = user_data;

  self->settle_source = 0;
  storm_canvas_settle (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_lost (gpointer data)
{
  StormCanvas *self = data;

  self->lost_source = 0;
  self->lost = !self->lost;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOST]);
  return G_SOURCE_REMOVE;
}

/* Known by painting, which asks the grid anyway; told afterwards, as whoever listens lays out. */
static void
storm_canvas_update_lost (StormCanvas *self)
{
  StormRect bounds;
  gboolean lost = storm_painter_shows_nothing (self->painter) &&
                  storm_board_get_bounds (self->board, &bounds);

  if (lost == self->lost)
    g_clear_handle_id (&self->lost_source, g_source_remove);
  else if (self->lost_source == 0)
    self->lost_source = g_idle_add (on_lost, self);
}

static void
storm_canvas_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  StormCanvas *self = STORM_CANVAS (widget);
  gint64 now = storm_canvas_animations (self) ? g_get_monotonic_time () : 0;

  if (storm_canvas_is_cairo (self) && gtk_widget_get_realized (widget))
    storm_held_frame_update (gtk_native_get_surface (gtk_widget_get_native (widget)));
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->view.width,
                                                         (float) self->view.height));
  if (!storm_painter_snapshot_base (self->painter, snapshot, &self->view,
                                    gtk_widget_get_scale_factor (widget),
                                    storm_canvas_is_cairo (self), TEXT_BUDGET))
    storm_canvas_animate (self);
  storm_canvas_settle (self);
  storm_canvas_update_lost (self);
  storm_painter_snapshot_chrome (self->painter, snapshot, self->tool);
  /* Above the handles: a selected sticky keeps its number. */
  if (storm_painter_snapshot_overlay (self->painter, snapshot, now))
    storm_canvas_animate (self);
  storm_canvas_snapshot_hints (self, snapshot);
  gtk_snapshot_pop (snapshot);
  /* The proxies paint nothing. */
  if (self->editor != NULL)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->editor), snapshot);
  storm_canvas_snapshot_list (self, snapshot);
}

static void
storm_canvas_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  StormCanvas *self = STORM_CANVAS (widget);

  if (storm_viewport_set_size (&self->view, width, height))
    {
      self->has_size = width > 0 && height > 0;
      if (self->has_size && self->fit_on_size)
        {
          self->fit_on_size = FALSE;
          storm_canvas_zoom_to_fit (self);
        }
      storm_canvas_a11y_queue (self);
    }
  storm_canvas_allocate_editor (self);
  storm_canvas_allocate_list (self);
  storm_canvas_a11y_allocate (self);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (self->offer != NULL)
    gtk_popover_present (GTK_POPOVER (self->offer));
}

static void
storm_canvas_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 600;
}

static void
storm_canvas_update_fonts (StormCanvas *self)
{
  PangoContext *context = gtk_widget_create_pango_context (GTK_WIDGET (self));

  storm_painter_set_fonts (self->painter, context);
  g_object_unref (context);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
storm_canvas_update_style (StormCanvas *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  storm_painter_set_style (self->painter, self->palette, adw_style_manager_get_dark (manager),
                           adw_style_manager_get_high_contrast (manager));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
storm_canvas_system_setting_changed (GtkWidget        *widget,
                                     GtkSystemSetting  setting)
{
  if (setting != GTK_SYSTEM_SETTING_ICON_THEME)
    storm_canvas_update_fonts (STORM_CANVAS (widget));
  GTK_WIDGET_CLASS (storm_canvas_parent_class)->system_setting_changed (widget, setting);
}

/* Tab leads out of the board: its stickies are walked with the actions, not one Tab each. */
static gboolean
storm_canvas_focus (GtkWidget        *widget,
                    GtkDirectionType  direction)
{
  if (gtk_widget_has_focus (widget) || gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static void
storm_canvas_unroot (GtkWidget *widget)
{
  /* What is being typed when the window is closed is kept. */
  storm_canvas_end_edit (STORM_CANVAS (widget), TRUE);
  GTK_WIDGET_CLASS (storm_canvas_parent_class)->unroot (widget);
}

static void
storm_canvas_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StormCanvas *self = STORM_CANVAS (object);
  int kind;

  switch (id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, self->view.zoom);
      break;
    case PROP_PALETTE:
      g_value_set_int (value, self->palette);
      break;
    case PROP_PLACING:
      kind = self->tool != NULL ? storm_tool_get_placing (self->tool) : -1;
      g_value_set_string (value, kind >= 0 ? storm_kind_info (kind)->nick : NULL);
      break;
    case PROP_LOST:
      g_value_set_boolean (value, self->lost);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
storm_canvas_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (id == PROP_PALETTE)
    storm_canvas_set_palette (STORM_CANVAS (object), g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
storm_canvas_dispose (GObject *object)
{
  StormCanvas *self = STORM_CANVAS (object);

  storm_canvas_end_edit (self, FALSE);
  storm_canvas_end_list (self);
  storm_canvas_a11y_clear (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  storm_canvas_close_offer (self);
  storm_canvas_forget_way (self);
  storm_canvas_set_overlay (self, NULL);
  storm_canvas_set_times (self, NULL);
  storm_canvas_set_find (self, NULL);
  storm_canvas_push_stop (self);
  storm_canvas_glide_stop (self);
  g_clear_handle_id (&self->lost_source, g_source_remove);
  g_clear_handle_id (&self->a11y_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);

  G_OBJECT_CLASS (storm_canvas_parent_class)->dispose (object);
}

static void
storm_canvas_finalize (GObject *object)
{
  StormCanvas *self = STORM_CANVAS (object);

  g_clear_object (&self->tool);
  g_clear_pointer (&self->painter, storm_painter_free);
  g_clear_object (&self->scene);
  g_clear_object (&self->selection);
  g_clear_object (&self->board);
  g_clear_object (&self->history);
  g_clear_pointer (&self->proxies, g_hash_table_unref);
  g_clear_pointer (&self->reveal_id, g_free);
  g_free (self->entered);

  G_OBJECT_CLASS (storm_canvas_parent_class)->finalize (object);
}

static void
storm_canvas_class_init (StormCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = storm_canvas_get_property;
  object_class->set_property = storm_canvas_set_property;
  object_class->dispose = storm_canvas_dispose;
  object_class->finalize = storm_canvas_finalize;
  widget_class->snapshot = storm_canvas_snapshot;
  widget_class->size_allocate = storm_canvas_size_allocate;
  widget_class->measure = storm_canvas_measure;
  widget_class->system_setting_changed = storm_canvas_system_setting_changed;
  widget_class->focus = storm_canvas_focus;
  widget_class->unroot = storm_canvas_unroot;

  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, STORM_ZOOM_MIN, STORM_ZOOM_MAX, 1,
                                          G_PARAM_READABLE | flags);
  props[PROP_PALETTE] = g_param_spec_int ("palette", NULL, NULL, 0, STORM_N_PALETTES - 1, 0,
                                          G_PARAM_READWRITE | flags);
  props[PROP_PLACING] = g_param_spec_string ("placing", NULL, NULL, NULL,
                                             G_PARAM_READABLE | flags);
  props[PROP_LOST] = g_param_spec_boolean ("lost", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[STICKY_ACTIVATED] =
    g_signal_new ("sticky-activated", STORM_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("times-activated", STORM_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("event-activated", STORM_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FAILED] =
    g_signal_new ("failed", STORM_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[DONE] = g_signal_new ("done", STORM_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[VIEW_CHANGED] =
    g_signal_new ("view-changed", STORM_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[FILES] =
    g_signal_new ("files", STORM_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_css_name (widget_class, "stormcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  storm_canvas_install_actions (widget_class);
  storm_canvas_install_keys (widget_class);
}

static void
storm_canvas_init (StormCanvas *self)
{
  storm_viewport_init (&self->view);
  self->proxies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  /* Time runs from left to right on every board, and a board is the same picture for everybody. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Board"), -1);
}

static void
on_scene_changed (StormCanvas *self)
{
  if (self->fold_serial != storm_scene_get_fold_serial (self->scene))
    {
      self->fold_serial = storm_scene_get_fold_serial (self->scene);
      storm_tool_leave (self->tool);
      storm_canvas_select_cards (self);
      storm_canvas_update_actions (self);
    }
  storm_canvas_a11y_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->editor != NULL)
    storm_editor_refit (self->editor);
}

static void
on_item_removed (StormCanvas *self,
                 StormItem   *item)
{
  if (self->edit_id != NULL && g_str_equal (self->edit_id, storm_item_get_id (item)))
    storm_canvas_end_edit (self, FALSE);
}

static void
on_selection_changed (StormCanvas *self)
{
  storm_painter_marks_changed (self->painter);
  storm_canvas_forget_hint (self);
  storm_canvas_update_actions (self);
  storm_canvas_a11y_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_tool_changed (StormCanvas *self)
{
  gboolean may_grab = (self->space || self->hand) &&
                      storm_tool_get_state (self->tool) == STORM_TOOL_IDLE;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   may_grab ? "grab" : storm_tool_get_cursor (self->tool));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_placing_changed (StormCanvas *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLACING]);
}

static void
storm_canvas_connect (StormCanvas *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (self->scene, "changed", G_CALLBACK (on_scene_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scene, "item-removed", G_CALLBACK (on_item_removed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tool, "changed", G_CALLBACK (on_tool_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tool, "view-changed", G_CALLBACK (storm_canvas_view_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tool, "placing-changed", G_CALLBACK (on_placing_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tool, "offer", G_CALLBACK (storm_canvas_offer_kinds), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tool, "edit", G_CALLBACK (storm_canvas_edit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tool, "failed", G_CALLBACK (storm_canvas_fail), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tool, "locked", G_CALLBACK (storm_canvas_tell_locked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify", G_CALLBACK (storm_canvas_steps_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::read-only",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (storm_canvas_update_style), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast",
                           G_CALLBACK (storm_canvas_update_style), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (storm_canvas_update_fonts), NULL);
}

GtkWidget *
storm_canvas_new (StormHistory   *history,
                  StormSelection *selection)
{
  StormCanvas *self;

  g_return_val_if_fail (STORM_IS_HISTORY (history), NULL);
  g_return_val_if_fail (STORM_IS_SELECTION (selection), NULL);

  self = g_object_new (STORM_TYPE_CANVAS, NULL);
  self->history = g_object_ref (history);
  self->board = g_object_ref (storm_history_get_board (history));
  self->selection = g_object_ref (selection);
  self->scene = storm_scene_new (self->board, storm_painter_free_paint);
  self->tool = storm_tool_new (self->scene, history, selection, &self->view);
  self->painter = storm_painter_new (self->scene, selection);
  storm_canvas_connect (self);
  storm_canvas_init_input (self);
  storm_canvas_update_fonts (self);
  storm_canvas_update_style (self);
  storm_canvas_update_actions (self);
  storm_canvas_a11y_queue (self);
  return GTK_WIDGET (self);
}

void
storm_canvas_set_palette (StormCanvas  *self,
                          StormPalette  palette)
{
  g_return_if_fail (STORM_IS_CANVAS (self));
  g_return_if_fail (palette < STORM_N_PALETTES);

  if (self->palette == palette)
    return;
  self->palette = palette;
  storm_canvas_update_style (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PALETTE]);
}
