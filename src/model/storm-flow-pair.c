#include "config.h"

#include "storm-flow-pair.h"

#include <string.h>

gboolean
storm_flow_is_beside (StormFlow *a,
                      StormFlow *b)
{
  const char *from, *to;

  g_return_val_if_fail (STORM_IS_FLOW (a), FALSE);
  g_return_val_if_fail (STORM_IS_FLOW (b), FALSE);

  from = storm_flow_get_from (a);
  to = storm_flow_get_to (a);
  return (g_str_equal (from, storm_flow_get_from (b)) && g_str_equal (to, storm_flow_get_to (b))) ||
         (g_str_equal (from, storm_flow_get_to (b)) && g_str_equal (to, storm_flow_get_from (b)));
}

GPtrArray *
storm_flow_pair_candidates (StormBoard *board,
                            StormFlow  *flow)
{
  StormObject *from, *to;
  GPtrArray *a, *b;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (STORM_IS_FLOW (flow), NULL);

  from = storm_board_lookup (board, storm_flow_get_from (flow));
  to = storm_board_lookup (board, storm_flow_get_to (flow));
  if (from == NULL || to == NULL)
    return NULL;
  a = storm_board_get_flows_at (board, from);
  b = storm_board_get_flows_at (board, to);

  return a->len <= b->len ? a : b;
}

guint
storm_flow_pair_place (StormBoard *board,
                       StormFlow  *flow,
                       guint      *n)
{
  GPtrArray *candidates;
  guint place = 0;

  g_return_val_if_fail (STORM_IS_BOARD (board), 0);
  g_return_val_if_fail (STORM_IS_FLOW (flow), 0);
  g_return_val_if_fail (n != NULL, 0);

  *n = 1;
  candidates = storm_flow_pair_candidates (board, flow);
  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      StormFlow *other = g_ptr_array_index (candidates, i);

      if (other == flow || !storm_flow_is_beside (flow, other))
        continue;
      (*n)++;
      place += strcmp (storm_object_get_id (STORM_OBJECT (other)),
                       storm_object_get_id (STORM_OBJECT (flow))) < 0;
    }

  return place;
}
