#include "config.h"

#include "storm-change-private.h"

#include "storm-board-private.h"
#include "storm-error.h"
#include "storm-object-private.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>

/* Takes down what the side that is left looks like, so that the way back leads exactly there. */
static void
capture (StormRecord *record,
         StormBoard  *board,
         StormSide    from)
{
  StormProp props;
  gboolean known = record->object != NULL && record->written == from &&
                   record->left == storm_object_get_stamp (record->object);

  record->found = record->object != NULL ? storm_object_get_stamp (record->object) : 0;
  if (known && record->whole && from == STORM_SIDE_BEFORE)
    record->position = storm_object_get_index (record->object);
  if (known)
    return;
  if (!record->whole)
    {
      for (guint i = 0; i < record->n_pairs; i++)
        {
          StormPair *pair = &record->pairs[i];

          g_clear_pointer (&pair->value[from], g_variant_unref);
          pair->value[from] = storm_board_dup_value (board, record->object, pair->prop);
        }
      return;
    }

  if (!record->exists[from])
    return;

  if (from == STORM_SIDE_BEFORE)
    record->position = storm_object_get_index (record->object);
  storm_record_clear_side (record, from);
  props = storm_object_get_own_props (record->object);
  for (guint i = 0; i < STORM_N_PROPS; i++)
    {
      g_autoptr (GVariant) value = NULL;

      if ((props & (1u << i)) == 0)
        continue;
      value = storm_object_get_value (record->object, 1u << i);
      storm_record_put (record, 1u << i, from, value);
    }
}

/* The size of a sticky depends on its kind, so the default is written down before it is used. */
static void
give_default_rect (StormRecord *record)
{
  StormPair *pair;
  StormKind kind = STORM_KIND_NOTE;
  StormRect rect = { 0, 0, 0, 0 };
  g_autoptr (GVariant) value = NULL;

  if (!record->whole || record->type != STORM_OBJECT_STICKY ||
      !record->exists[STORM_SIDE_AFTER])
    return;

  pair = storm_record_find (record, STORM_PROP_RECT);
  if (pair != NULL && pair->value[STORM_SIDE_AFTER] != NULL)
    return;

  pair = storm_record_find (record, STORM_PROP_KIND);
  if (pair != NULL && pair->value[STORM_SIDE_AFTER] != NULL &&
      g_variant_is_of_type (pair->value[STORM_SIDE_AFTER], G_VARIANT_TYPE_STRING))
    storm_kind_from_nick (g_variant_get_string (pair->value[STORM_SIDE_AFTER], NULL), &kind);
  rect.width = storm_kind_info (kind)->width;
  rect.height = storm_kind_info (kind)->height;
  value = g_variant_ref_sink (storm_rect_to_variant (&rect));
  storm_record_put (record, STORM_PROP_RECT, STORM_SIDE_AFTER, value);
}

static void
write_values (StormRecord *record,
              StormBoard  *board,
              StormObject *object,
              StormSide    to)
{
  for (guint i = 0; i < record->n_pairs; i++)
    {
      StormPair *pair = &record->pairs[i];
      StormValue value;

      if (pair->value[to] == NULL)
        continue;
      value = storm_value_from_variant (pair->prop, pair->value[to]);
      storm_board_set_value (board, object, pair->prop, &value);
    }
}

static void
write_record (StormRecord *record,
              StormBoard  *board,
              StormSide    to)
{
  StormObject *object = record->object;

  if (record->whole)
    {
      if (object != NULL)
        storm_board_take_out (board, object);
      record->object = object = NULL;
      if (record->exists[to])
        object = storm_board_insert (board, record->type, record->id,
                                     to == STORM_SIDE_BEFORE ? record->position
                                                             : STORM_OBJECT_NO_INDEX);
    }
  if (record->exists[to])
    write_values (record, board, object, to);
  record->left = object != NULL ? storm_object_get_stamp (object) : 0;
  record->written = to;
}

static gboolean
run (StormChange  *self,
     StormBoard   *board,
     StormSide     to,
     GError      **error)
{
  if (!storm_board_begin_update (board))
    {
      g_critical ("The board was edited by a handler of its own signals");
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The board can't be changed while it is changing."));
      return FALSE;
    }

  if (!storm_change_check (self, board, to, error))
    return FALSE;

  for (guint i = 0; i < self->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (self->records, i);

      capture (record, board, to == STORM_SIDE_AFTER ? STORM_SIDE_BEFORE : STORM_SIDE_AFTER);
      if (to == STORM_SIDE_AFTER && !record->whole)
        storm_record_drop_equal (record);
    }
  if (to == STORM_SIDE_AFTER)
    storm_change_drop_empty (self);

  for (guint i = 0; i < self->records->len; i++)
    write_record (g_ptr_array_index (self->records, i), board, to);

  storm_board_end_update (board);

  return TRUE;
}

gboolean
storm_change_apply (StormChange  *self,
                    StormBoard   *board,
                    GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (STORM_IS_BOARD (board), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (guint i = 0; i < self->records->len; i++)
    give_default_rect (g_ptr_array_index (self->records, i));

  return run (self, board, STORM_SIDE_AFTER, error);
}

gboolean
storm_change_revert (StormChange  *self,
                     StormBoard   *board,
                     GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (STORM_IS_BOARD (board), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return run (self, board, STORM_SIDE_BEFORE, error);
}
