#include "config.h"

#include "storm-board-fill.h"

#include "storm-board-private.h"
#include "storm-id.h"
#include "storm-object-private.h"
#include "storm-prop-private.h"

struct _StormBoardFill
{
  StormBoard *board;
  GPtrArray  *nested;     /* contexts that lie in contexts */
};

StormBoardFill *
storm_board_fill_new (StormBoard *board)
{
  StormBoardFill *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (storm_board_get_n (board, STORM_OBJECT_STICKY) == 0 &&
                        storm_board_get_n (board, STORM_OBJECT_CONTEXT) == 0, NULL);
  g_return_val_if_fail (storm_board_begin_update (board), NULL);

  self = g_new0 (StormBoardFill, 1);
  self->board = g_object_ref (board);
  self->nested = g_ptr_array_new ();

  return self;
}

static const char *
find_text (const StormSetting *settings,
           guint               n_settings,
           StormProp           prop)
{
  for (guint i = 0; i < n_settings; i++)
    if (settings[i].prop == prop)
      return settings[i].value.text;
  return "";
}

static gboolean
can_end_flow (StormBoard *board,
              const char *id)
{
  StormObject *object = storm_board_lookup (board, id);

  return STORM_IS_STICKY (object) || STORM_IS_CONTEXT (object);
}

static gboolean
check_links (StormBoard         *board,
             StormObjectType     type,
             const StormSetting *settings,
             guint               n_settings)
{
  const char *context, *from, *to;

  if (type == STORM_OBJECT_FLOW)
    {
      from = find_text (settings, n_settings, STORM_PROP_FROM);
      to = find_text (settings, n_settings, STORM_PROP_TO);
      return can_end_flow (board, from) && can_end_flow (board, to) && !g_str_equal (from, to);
    }

  context = find_text (settings, n_settings, STORM_PROP_CONTEXT);
  return *context == '\0' || storm_board_lookup_context (board, context) != NULL;
}

gboolean
storm_board_fill_add (StormBoardFill     *self,
                      StormObjectType     type,
                      const char         *id,
                      const StormSetting *settings,
                      guint               n_settings)
{
  StormObject *object;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type >= STORM_OBJECT_STICKY && type <= STORM_OBJECT_CONTEXT, FALSE);

  if (!storm_id_is_valid (id) || storm_board_lookup (self->board, id) != NULL)
    return FALSE;
  for (guint i = 0; i < n_settings; i++)
    {
      /* What these refer to may come later: storm_board_fill_link(). */
      g_return_val_if_fail (settings[i].prop != STORM_PROP_PARENT &&
                            settings[i].prop != STORM_PROP_FAIL_OF, FALSE);
      if (!storm_prop_check_value (type, settings[i].prop, &settings[i].value, NULL))
        return FALSE;
    }
  if (!check_links (self->board, type, settings, n_settings))
    return FALSE;

  object = storm_board_insert (self->board, type, id, STORM_OBJECT_NO_INDEX);
  for (guint i = 0; i < n_settings; i++)
    storm_board_set_value (self->board, object, settings[i].prop, &settings[i].value);

  return TRUE;
}

gboolean
storm_board_fill_link (StormBoardFill *self,
                       const char     *id,
                       StormProp       prop,
                       const char     *other)
{
  StormObjectType type = prop == STORM_PROP_PARENT ? STORM_OBJECT_CONTEXT : STORM_OBJECT_STICKY;
  StormObject *object, *target;
  StormValue value = { .text = other };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (prop == STORM_PROP_PARENT || prop == STORM_PROP_FAIL_OF, FALSE);

  object = storm_board_lookup (self->board, id);
  if (object == NULL || storm_object_get_object_type (object) != type)
    return FALSE;
  if (*other != '\0')
    {
      target = storm_board_lookup (self->board, other);
      if (target == NULL || target == object || storm_object_get_object_type (target) != type)
        return FALSE;
    }

  storm_board_set_value (self->board, object, prop, &value);
  if (prop == STORM_PROP_PARENT)
    g_ptr_array_add (self->nested, object);
  return TRUE;
}

/* Walks outwards from @object: what closes a circle lies in nothing any more. Every context is
 * walked over once, however deep they lie in one another. */
static guint
cut_circle (StormBoard  *board,
            GHashTable  *seen,
            StormObject *object,
            gpointer     walk)
{
  static const StormValue none = { .text = "" };
  StormObject *last = NULL;

  while (object != NULL)
    {
      gpointer before = g_hash_table_lookup (seen, object);

      if (before == walk)
        {
          storm_board_set_value (board, last, STORM_PROP_PARENT, &none);
          return 1;
        }
      if (before != NULL)
        return 0;
      g_hash_table_insert (seen, object, walk);
      last = object;
      object = storm_board_lookup (board, storm_context_get_parent (STORM_CONTEXT (object)));
    }

  return 0;
}

guint
storm_board_fill_end (StormBoardFill *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_cut = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->nested->len; i++)
    n_cut += cut_circle (self->board, seen, g_ptr_array_index (self->nested, i),
                         GUINT_TO_POINTER (i + 1));
  storm_board_end_update (self->board);
  g_ptr_array_unref (self->nested);
  g_object_unref (self->board);
  g_free (self);

  return n_cut;
}
