#include "config.h"

#include "storm-board-page-private.h"
#include "storm-board-view.h"

static void
show_tools (StormBoardPage *self,
            gboolean        show)
{
  gtk_widget_set_visible (GTK_WIDGET (self->header), show);
  gtk_widget_set_visible (GTK_WIDGET (self->palette_bar), show);
  gtk_widget_set_visible (self->zoom_bar, show);
  if (!show)
    g_object_get (self->minimap, "enabled", &self->was_minimap, NULL);
  g_object_set (self->minimap, "enabled", show && self->was_minimap, NULL);
  storm_board_page_update_panes (self);
}

static void
on_leave (StormBoardPage *self)
{
  if (self->presenting)
    storm_board_page_set_presenting (self, FALSE);
  else
    storm_board_page_set_focus_mode (self, FALSE);
}

void
storm_board_page_add_presenter (StormBoardPage *self)
{
  self->presenter = STORM_PRESENTER (storm_presenter_new (self->canvas, self->view_menu));
  g_object_set (self->presenter, "halign", GTK_ALIGN_END, "valign", GTK_ALIGN_END,
                "margin-end", 12, "margin-bottom", 12, NULL);
  g_signal_connect_object (self->presenter, "leave", G_CALLBACK (on_leave), self,
                           G_CONNECT_SWAPPED);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->presenter));
}

void
storm_board_page_set_focus_mode (StormBoardPage *self,
                                 gboolean        focus_mode)
{
  if (self->focus_mode == focus_mode)
    return;
  if (!focus_mode && self->presenting)
    {
      storm_board_page_set_presenting (self, FALSE);
      return;
    }

  storm_board_view_keep_whole (self->file, self->canvas);
  self->focus_mode = focus_mode;
  show_tools (self, !focus_mode);
  if (focus_mode)
    storm_presenter_begin (self->presenter, FALSE);
  else
    storm_presenter_end (self->presenter);
  g_object_notify (G_OBJECT (self), "focus-mode");
}

void
storm_board_page_set_presenting (StormBoardPage *self,
                                 gboolean        presenting)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->presenting == presenting)
    return;

  self->presenting = presenting;
  if (presenting)
    {
      self->was_focus_mode = self->focus_mode;
      self->was_fullscreen = GTK_IS_WINDOW (window) &&
                             gtk_window_is_fullscreen (GTK_WINDOW (window));
      storm_board_page_set_focus_mode (self, TRUE);
      storm_presenter_begin (self->presenter, TRUE);
    }
  else if (self->was_focus_mode)
    storm_presenter_begin (self->presenter, FALSE);
  else
    storm_board_page_set_focus_mode (self, FALSE);

  if (GTK_IS_WINDOW (window) && !self->was_fullscreen)
    g_object_set (window, "fullscreened", presenting, NULL);
  g_object_notify (G_OBJECT (self), "presenting");
}
