#include "config.h"

#include "storm-board-page-private.h"

static void
comparison_cb (StormBoardPage *self)
{
  storm_canvas_set_comparison (self->canvas,
                               storm_monitor_controller_get_comparison (self->controller));
}

void
storm_board_page_follow_comparison (StormBoardPage *self)
{
  g_signal_connect_object (self->controller, "notify::comparison", G_CALLBACK (comparison_cb), self,
                           G_CONNECT_SWAPPED);
}
