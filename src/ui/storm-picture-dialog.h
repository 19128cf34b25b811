#pragma once

#include <adwaita.h>

#include "storm-board-page.h"

G_BEGIN_DECLS

#define STORM_TYPE_PICTURE_DIALOG (storm_picture_dialog_get_type ())

/**
 * StormPictureDialog:
 *
 * Asks how the board shall become a picture, where to, and shows how far it is. Signal `done`
 * (const char *words): it is written; @words says so, or that it became smaller than asked for.
 */
G_DECLARE_FINAL_TYPE (StormPictureDialog, storm_picture_dialog, STORM, PICTURE_DIALOG, AdwWindow)

GtkWidget *storm_picture_dialog_new (GtkWindow      *parent,
                                     StormBoardPage *page);

G_END_DECLS
