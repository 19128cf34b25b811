#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_NOTICE_BAR (storm_notice_bar_get_type ())

/**
 * StormNoticeBar:
 *
 * A sentence above the content that stays until it is closed, for example why a board is read-only.
 */
G_DECLARE_FINAL_TYPE (StormNoticeBar, storm_notice_bar, STORM, NOTICE_BAR, GtkWidget)

/** storm_notice_bar_set_words: @words: (nullable): %NULL hides it. */
void storm_notice_bar_set_words (StormNoticeBar *self,
                                 const char     *words);

G_END_DECLS
