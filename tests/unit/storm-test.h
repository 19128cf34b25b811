#pragma once

/* Helpers that several unit tests share. */

#include <string.h>

#include "storm-board.h"
#include "storm-change.h"
#include "storm-history.h"

static inline void
storm_test_dump_list (GString    *out,
                      const char *word,
                      GListModel *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (list, i);
      StormProp props = storm_object_get_props (object);

      g_string_append_printf (out, "%s %s", word, storm_object_get_id (object));
      for (guint bit = 0; bit < STORM_N_PROPS; bit++)
        {
          g_autoptr (GVariant) value = NULL;
          g_autofree char *text = NULL;

          if ((props & (1u << bit)) == 0)
            continue;
          value = storm_object_get_value (object, 1u << bit);
          text = g_variant_print (value, FALSE);
          g_string_append_printf (out, " %s=%s", storm_prop_nick (1u << bit), text);
        }
      g_string_append_c (out, '\n');
    }
}

/* The whole board as text, a line an object, lists in their order: equal texts are equal boards. */
static inline char *
storm_test_board_dump (StormBoard *board)
{
  GString *out = g_string_new (NULL);
  const char *mapping = storm_board_get_mapping (board);
  const char *extra = storm_board_get_extra (board);

  g_string_append_printf (out, "board title=%s mapping=%s extra=%s\n",
                          storm_board_get_title (board), mapping != NULL ? mapping : "-",
                          extra != NULL ? extra : "-");
  storm_test_dump_list (out, "context", storm_board_get_contexts (board));
  storm_test_dump_list (out, "sticky", storm_board_get_stickies (board));
  storm_test_dump_list (out, "flow", storm_board_get_flows (board));

  return g_string_free (out, FALSE);
}

static inline void
storm_test_assert_board (StormBoard *board,
                         const char *expected)
{
  g_autofree char *dump = storm_test_board_dump (board);

  g_assert_cmpstr (dump, ==, expected);
}

/* Applies @change, which must succeed, and consumes it. */
static inline void
storm_test_apply (StormBoard  *board,
                  StormChange *change)
{
  g_autoptr (GError) error = NULL;

  storm_change_apply (change, board, &error);
  g_assert_no_error (error);
  storm_change_unref (change);
}

/* Applies @change, which must be refused with @code and leave the board as it was; consumes it. */
static inline void
storm_test_refuse (StormBoard  *board,
                   StormChange *change,
                   int          code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = storm_test_board_dump (board);

  g_assert_false (storm_change_apply (change, board, &error));
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, "storm-error-quark");
  g_assert_cmpint (error->code, ==, code);
  g_assert_cmpuint (strlen (error->message), >, 0);
  storm_test_assert_board (board, before);
  storm_change_unref (change);
}

/* Makes @change, which must be allowed, as a step of its own; consumes it. */
static inline void
storm_test_run (StormHistory *history,
                StormChange  *change)
{
  g_autoptr (GError) error = NULL;

  storm_history_do (history, change, &error);
  g_assert_no_error (error);
  storm_change_unref (change);
}

/* Gives @prop of the object @id, or of the board for %NULL, the @value, which must be allowed. */
static inline void
storm_test_set (StormBoard *board,
                const char *id,
                StormProp   prop,
                GVariant   *value)
{
  StormChange *change = storm_change_new (NULL);

  storm_change_set (change, id, prop, value);
  storm_test_apply (board, change);
}

/* The ids up to %NULL, not copied. */
static inline GPtrArray * G_GNUC_NULL_TERMINATED
storm_test_ids (const char *first,
                ...)
{
  GPtrArray *ids = g_ptr_array_new ();
  va_list args;

  va_start (args, first);
  for (const char *id = first; id != NULL; id = va_arg (args, const char *))
    g_ptr_array_add (ids, (char *) id);
  va_end (args);

  return ids;
}

/* Puts a sticky at (@x, @y) with the default size of its kind. */
static inline void
storm_test_add_sticky (StormBoard *board,
                       const char *id,
                       StormKind   kind,
                       const char *title,
                       double      x,
                       double      y)
{
  StormChange *change = storm_change_new (NULL);
  const StormKindInfo *info = storm_kind_info (kind);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", info->nick);
  g_variant_dict_insert (&dict, "title", "s", title);
  g_variant_dict_insert (&dict, "rect", "(dddd)", x, y, info->width, info->height);
  storm_change_insert (change, STORM_OBJECT_STICKY, id, g_variant_dict_end (&dict));
  storm_test_apply (board, change);
}

static inline void
storm_test_add_flow (StormBoard *board,
                     const char *id,
                     const char *from,
                     const char *to)
{
  StormChange *change = storm_change_new (NULL);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "from", "s", from);
  g_variant_dict_insert (&dict, "to", "s", to);
  storm_change_insert (change, STORM_OBJECT_FLOW, id, g_variant_dict_end (&dict));
  storm_test_apply (board, change);
}

static inline void
storm_test_add_context (StormBoard *board,
                        const char *id,
                        const char *title,
                        double      x,
                        double      y,
                        double      width,
                        double      height)
{
  StormChange *change = storm_change_new (NULL);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "title", "s", title);
  g_variant_dict_insert (&dict, "rect", "(dddd)", x, y, width, height);
  storm_change_insert (change, STORM_OBJECT_CONTEXT, id, g_variant_dict_end (&dict));
  storm_test_apply (board, change);
}
