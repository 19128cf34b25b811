#include "config.h"

#include "storm-edit-private.h"

#include "storm-board-private.h"
#include "storm-prop-private.h"

static StormPoint
move_of (StormBoard *board,
         GHashTable *moves,
         const char *id)
{
  StormObject *object = storm_board_lookup (board, id);
  const StormPoint *by = object != NULL ? g_hash_table_lookup (moves, object) : NULL;

  return by != NULL ? *by : (StormPoint) { 0, 0 };
}

void
storm_edit_lead_bends (StormChange *change,
                       StormBoard  *board,
                       GHashTable  *moves,
                       gboolean     drop)
{
  if (g_hash_table_size (moves) == 0)
    return;

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_FLOW); i++)
    {
      StormFlow *flow = STORM_FLOW (storm_board_peek (board, STORM_OBJECT_FLOW, i));
      StormPoint from, to;
      guint n;

      if (storm_flow_get_bends (flow, &n) == NULL)
        continue;
      from = move_of (board, moves, storm_flow_get_from (flow));
      to = move_of (board, moves, storm_flow_get_to (flow));
      if (from.x == 0 && from.y == 0 && to.x == 0 && to.y == 0)
        continue;
      if (from.x == to.x && from.y == to.y)
        storm_edit_put_bends (change, storm_object_get_id (STORM_OBJECT (flow)), flow, to.x, to.y);
      else if (drop)
        storm_change_set (change, storm_object_get_id (STORM_OBJECT (flow)), STORM_PROP_BENDS,
                          storm_bends_to_variant (NULL, 0));
    }
}
