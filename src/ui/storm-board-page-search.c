#include "config.h"

#include "storm-board-page-private.h"

static void
on_find_closed (StormBoardPage *self)
{
  storm_find_bar_close (self->find_bar);
  storm_canvas_set_find (self->canvas, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
on_commands_closed (StormBoardPage *self)
{
  storm_command_palette_close (self->commands);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
storm_board_page_add_search (StormBoardPage *self)
{
  self->find_bar = STORM_FIND_BAR (storm_find_bar_new (self->selection));
  g_object_set (self->find_bar, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_START,
                "margin-top", 12, "margin-start", 66, "margin-end", 12, NULL);
  g_signal_connect_object (self->find_bar, "reveal", G_CALLBACK (storm_board_page_reveal), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find_bar, "closed", G_CALLBACK (on_find_closed), self,
                           G_CONNECT_SWAPPED);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->find_bar));
  self->entry_box = STORM_ENTRY_BOX (storm_entry_box_new (self->canvas));
  g_object_set (self->entry_box, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_END,
                "margin-start", 60, "margin-end", 12, "margin-bottom", 60, NULL);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->entry_box));

  self->commands = STORM_COMMAND_PALETTE (storm_command_palette_new (self->selection));
  g_object_set (self->commands, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_START,
                "margin-top", 12, "width-request", 420, NULL);
  g_signal_connect_object (self->commands, "reveal", G_CALLBACK (storm_board_page_reveal), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commands, "closed", G_CALLBACK (on_commands_closed), self,
                           G_CONNECT_SWAPPED);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->commands));
}

void
storm_board_page_find (StormBoardPage *self)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  storm_canvas_set_find (self->canvas, storm_find_bar_get_find (self->find_bar));
  storm_find_bar_open (self->find_bar);
}

void
storm_board_page_enter_list (StormBoardPage *self)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  storm_entry_box_open (self->entry_box);
}

void
storm_board_page_show_commands (StormBoardPage *self)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  storm_command_palette_open (self->commands);
}
