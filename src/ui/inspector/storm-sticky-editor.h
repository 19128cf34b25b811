#pragma once

#include <adwaita.h>

#include "storm-board.h"
#include "storm-change.h"

G_BEGIN_DECLS

#define STORM_TYPE_STICKY_EDITOR (storm_sticky_editor_get_type ())

/**
 * StormStickyEditor:
 *
 * The inspector's page for one sticky. It writes nothing itself: signal `edit` (StormChange
 * *change) hands over each finished edit, and the board's signals bring back what became of it.
 */
G_DECLARE_FINAL_TYPE (StormStickyEditor, storm_sticky_editor, STORM, STICKY_EDITOR, AdwBin)

/**
 * storm_sticky_editor_set_sticky:
 * @sticky: (nullable): the sticky to show
 *
 * What was typed for the sticky before it, and not committed yet, is committed first.
 */
void storm_sticky_editor_set_sticky   (StormStickyEditor *self,
                                       StormBoard        *board,
                                       StormSticky       *sticky);
void storm_sticky_editor_set_editable (StormStickyEditor *self,
                                       gboolean           editable);
/** storm_sticky_editor_refresh: the sticky changed. */
void storm_sticky_editor_refresh      (StormStickyEditor *self);
/** storm_sticky_editor_refresh_events: another sticky came, went or changed. */
void storm_sticky_editor_refresh_events (StormStickyEditor *self);
void storm_sticky_editor_flush        (StormStickyEditor *self);

G_END_DECLS
