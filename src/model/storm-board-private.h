#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/*
 * How a StormChange writes the board, and a StormBoardFill an empty one; nothing else includes
 * this. What was checked before is done between begin and end; end announces it, so that every
 * handler sees the whole change.
 */

/** storm_board_begin_update: %FALSE while the board announces a change: no edit in its handlers. */
gboolean     storm_board_begin_update (StormBoard      *self);
void         storm_board_end_update   (StormBoard      *self);

/**
 * storm_board_insert:
 * @position: its place in the list at the end of the update, or %STORM_OBJECT_NO_INDEX
 *
 * Returns: (transfer none): a new object with default values
 */
StormObject *storm_board_insert       (StormBoard      *self,
                                       StormObjectType  type,
                                       const char      *id,
                                       guint            position);
void         storm_board_take_out     (StormBoard      *self,
                                       StormObject     *object);

/** storm_board_set_value: @object: (nullable): %NULL is the board itself. */
void         storm_board_set_value    (StormBoard      *self,
                                       StormObject     *object,
                                       StormProp        prop,
                                       const StormValue *value);
/** storm_board_dup_value: (transfer full): never floating. */
GVariant    *storm_board_dup_value    (StormBoard      *self,
                                       StormObject     *object,
                                       StormProp        prop);

/** storm_board_get_n: how many objects of @type there are. */
guint        storm_board_get_n        (StormBoard      *self,
                                       StormObjectType  type);
/** storm_board_peek: (transfer none): the object at @position of the list of @type. */
StormObject *storm_board_peek         (StormBoard      *self,
                                       StormObjectType  type,
                                       guint            position);

/** storm_frame_wins: whether, of two frames around one place, @a is the context there. */
static inline gboolean
storm_frame_wins (const StormRect *a,
                  gint64           a_z,
                  const StormRect *b,
                  gint64           b_z)
{
  double a_area = a->width * a->height;
  double b_area = b->width * b->height;

  return a_area < b_area || (a_area == b_area && a_z >= b_z);
}

G_END_DECLS
