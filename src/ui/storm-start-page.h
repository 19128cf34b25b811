#pragma once

#include <gtk/gtk.h>

#include "storm-library.h"

G_BEGIN_DECLS

#define STORM_TYPE_START_PAGE (storm_start_page_get_type ())

/**
 * StormStartPage:
 *
 * The boards of the library as cards, the samples, and the demo. It does nothing itself but rename:
 * its buttons activate actions of the window. Signal `failed` (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormStartPage, storm_start_page, STORM, START_PAGE, GtkWidget)

GtkWidget *storm_start_page_new      (StormLibrary   *library);
/** storm_start_page_set_hidden: a board that is on its way to the trash is not shown. */
void       storm_start_page_set_hidden (StormStartPage *self,
                                        const char     *path,
                                        gboolean        hidden);
/** storm_start_page_get_boards: (transfer none): the items that are shown. */
GListModel *storm_start_page_get_boards (StormStartPage *self);

G_END_DECLS
