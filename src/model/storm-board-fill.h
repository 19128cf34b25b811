#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/** StormSetting: a value for one property. */
typedef struct
{
  StormProp  prop;
  StormValue value;
} StormSetting;

/**
 * StormBoardFill:
 *
 * Puts many objects on an empty board, as a file holds them: by the same rules as a #StormChange,
 * but each object for itself, and without a way back. Only at the end is the board told of them.
 */
typedef struct _StormBoardFill StormBoardFill;

/** storm_board_fill_new: @board: without any object; nothing else may be done with it until the
 * end. */
StormBoardFill *storm_board_fill_new  (StormBoard         *board);

/**
 * storm_board_fill_add:
 * @settings: (array length=n_settings) (transfer none): the values that differ from the default;
 *   contexts and stickies that they refer to are on the board already
 *
 * Returns: %FALSE when that breaks a rule of the board; nothing was put in then
 */
gboolean        storm_board_fill_add  (StormBoardFill     *self,
                                       StormObjectType     type,
                                       const char         *id,
                                       const StormSetting *settings,
                                       guint               n_settings);

/**
 * storm_board_fill_link:
 * @prop: `parent` of a context, or `fail-of` of a sticky
 *
 * Returns: %FALSE when @other is no other object of the same type, or @id is none
 */
gboolean        storm_board_fill_link (StormBoardFill     *self,
                                       const char         *id,
                                       StormProp           prop,
                                       const char         *other);

/**
 * storm_board_fill_end: (transfer full)
 *
 * Returns: how many contexts lay in themselves by way of others, and lie in none now
 */
guint           storm_board_fill_end  (StormBoardFill     *self);

G_END_DECLS
