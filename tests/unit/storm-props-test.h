#pragma once

/* Random changes of what is said of objects beside texts and places; each depends on nothing but
 * the dice and the board. */

#include "storm-edit-props.h"
#include "storm-test.h"

static inline char *
storm_test_some_id (GRand      *rand,
                    GListModel *list)
{
  guint n = g_list_model_get_n_items (list);
  g_autoptr (StormObject) object = NULL;

  if (n == 0)
    return g_strdup ("nobody");
  object = g_list_model_get_item (list, g_rand_int_range (rand, 0, (gint32) n));

  return g_strdup (storm_object_get_id (object));
}

static inline GPtrArray *
storm_test_some_ids (GRand      *rand,
                     StormBoard *board)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (gint32 n = g_rand_int_range (rand, 0, 5); n > 0; n--)
    {
      g_ptr_array_add (ids, storm_test_some_id (rand, storm_board_get_stickies (board)));
      g_ptr_array_add (ids, storm_test_some_id (rand, storm_board_get_flows (board)));
      g_ptr_array_add (ids, storm_test_some_id (rand, storm_board_get_contexts (board)));
    }

  return ids;
}

/* What makes ids of its own is no use here: the same dice must make the same board. */
static inline StormChange *
storm_test_random_connect (GRand      *rand,
                           StormBoard *board,
                           const char *from,
                           const char *to)
{
  StormChange *change = storm_change_new ("Connect");
  g_autofree char *id = g_strdup_printf ("flow-%08x", g_rand_int (rand));
  GVariantDict dict;

  if (storm_board_lookup (board, from) == NULL || storm_board_lookup (board, to) == NULL)
    return change;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "from", "s", from);
  g_variant_dict_insert (&dict, "to", "s", to);
  storm_change_insert (change, STORM_OBJECT_FLOW, id, g_variant_dict_end (&dict));

  return change;
}

static inline StormChange *
storm_test_random_group (GRand      *rand,
                         StormBoard *board,
                         GPtrArray  *ids)
{
  StormChange *change = storm_change_new ("Group");
  g_autofree char *group = g_strdup_printf ("group-%08x", g_rand_int (rand));

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      if (storm_board_lookup_sticky (board, id) != NULL)
        storm_change_set (change, id, STORM_PROP_GROUP, g_variant_new_string (group));
    }

  return change;
}

static inline StormChange *
storm_test_random_flow (GRand      *rand,
                        StormBoard *board)
{
  g_autofree char *flow = storm_test_some_id (rand, storm_board_get_flows (board));
  g_autofree char *sticky = storm_test_some_id (rand, storm_board_get_stickies (board));
  g_autofree char *context = storm_test_some_id (rand, storm_board_get_contexts (board));
  StormPoint bends[STORM_FLOW_MAX_BENDS];
  StormChange *change = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bends); i++)
    bends[i] = (StormPoint) { g_rand_double_range (rand, 1, 1e4), g_rand_int_range (rand, 1, 99) };

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      change = storm_test_random_connect (rand, board, sticky, context);
      break;
    case 1:
      change = storm_edit_reconnect (board, flow, g_rand_boolean (rand) ? STORM_PROP_FROM
                                                                        : STORM_PROP_TO,
                                     g_rand_boolean (rand) ? sticky : context);
      break;
    default:
      change = storm_edit_set_bends (board, flow, bends,
                                     g_rand_int_range (rand, 0, G_N_ELEMENTS (bends) + 1));
      break;
    }

  return change != NULL ? change : storm_change_new (NULL);
}

static inline StormChange *
storm_test_random_props (GRand      *rand,
                         StormBoard *board)
{
  g_autoptr (GPtrArray) ids = storm_test_some_ids (rand, board);
  g_autofree char *context = storm_test_some_id (rand, storm_board_get_contexts (board));
  g_autofree char *parent = storm_test_some_id (rand, storm_board_get_contexts (board));
  gboolean flag = g_rand_boolean (rand);

  switch (g_rand_int_range (rand, 0, 14))
    {
    case 0:
      return flag ? storm_edit_set_locked (board, ids, TRUE) : storm_edit_unlock_all (board);
    case 1:
      return storm_edit_set_locked (board, ids, flag);
    case 2:
      return storm_test_random_group (rand, board, ids);
    case 3:
      return storm_edit_ungroup (board, ids);
    case 4:
      return storm_edit_set_pivotal (board, ids, flag);
    case 5:
      return storm_edit_set_join (board, ids, flag ? STORM_JOIN_ALL : STORM_JOIN_ANY);
    case 6:
      return storm_edit_set_context_kind (board, ids, flag ? STORM_CONTEXT_SWIMLANE
                                                           : STORM_CONTEXT_BOUNDED);
    case 7:
      return storm_edit_set_collapsed (board, ids, flag);
    case 8:
    case 9:
      return storm_edit_set_parent (board, context, flag ? parent : NULL);
    case 10:
      /* Also less than nothing, and more than is taken. */
      return storm_edit_set_target (board, ids, (gint64) ((guint64) g_rand_int (rand) *
                                                          g_rand_int (rand)));
    case 11:
      return storm_edit_set_unchecked (board, ids, flag);
    default:
      return storm_test_random_flow (rand, board);
    }
}
