#include "config.h"

#include "storm-board.h"
#include "storm-error.h"
#include "storm-test.h"

static StormBoard *
make_board (guint n)
{
  StormBoard *board = storm_board_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      storm_test_add_sticky (board, id, STORM_KIND_EVENT, id, i * 200, 0);
    }

  return board;
}

static void
test_empty (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  StormRect bounds;

  g_assert_cmpstr (storm_board_get_title (board), ==, "");
  g_assert_null (storm_board_get_mapping (board));
  g_assert_null (storm_board_get_extra (board));
  g_assert_false (storm_board_get_bounds (board, &bounds));
  g_assert_cmpint (storm_board_get_top_z (board), ==, 0);
  g_assert_cmpint (storm_board_get_bottom_z (board), ==, 0);
  g_assert_null (storm_board_lookup (board, "x"));
  g_assert_null (storm_board_lookup (board, NULL));
  g_assert_cmpuint (g_list_model_get_item_type (storm_board_get_stickies (board)), ==,
                    STORM_TYPE_STICKY);
  g_assert_cmpuint (g_list_model_get_item_type (storm_board_get_flows (board)), ==,
                    STORM_TYPE_FLOW);
  g_assert_cmpuint (g_list_model_get_item_type (storm_board_get_contexts (board)), ==,
                    STORM_TYPE_CONTEXT);
  g_assert_null (g_list_model_get_item (storm_board_get_stickies (board), 0));
}

static void
test_lookup (void)
{
  g_autoptr (StormBoard) board = make_board (3);
  StormSticky *s0 = storm_board_lookup_sticky (board, "s0");
  StormSticky *s2 = storm_board_lookup_sticky (board, "s2");
  StormChange *change;

  storm_test_add_flow (board, "f", "s0", "s1");
  storm_test_add_context (board, "c", "C", 0, 0, 1, 1);

  g_assert_nonnull (s0);
  g_assert_null (storm_board_lookup_sticky (board, "f"));
  g_assert_null (storm_board_lookup_flow (board, "s0"));
  g_assert_nonnull (storm_board_lookup_flow (board, "f"));
  g_assert_null (storm_board_lookup_context (board, "f"));
  g_assert_nonnull (storm_board_lookup_context (board, "c"));

  g_assert_cmpuint (storm_board_get_flows_of (board, s0)->len, ==, 1);
  g_assert_cmpuint (storm_board_get_flows_of (board, s2)->len, ==, 0);

  change = storm_change_new (NULL);
  storm_change_set (change, "f", STORM_PROP_FROM, g_variant_new_string ("s2"));
  storm_test_apply (board, change);
  g_assert_cmpuint (storm_board_get_flows_of (board, s0)->len, ==, 0);
  g_assert_cmpuint (storm_board_get_flows_of (board, s2)->len, ==, 1);
}

static void
test_bounds_and_z (void)
{
  g_autoptr (StormBoard) board = make_board (2);
  StormRect bounds;
  StormChange *change;

  g_assert_true (storm_board_get_bounds (board, &bounds));
  g_assert_true (storm_rect_equal (&bounds, &(StormRect) { 0, 0, 320, 120 }));

  change = storm_change_new (NULL);
  storm_change_set (change, "s0", STORM_PROP_RECT, g_variant_new ("(dddd)", -50., 5., 10., 10.));
  storm_change_set (change, "s0", STORM_PROP_Z, g_variant_new_int64 (-4));
  storm_change_set (change, "s1", STORM_PROP_Z, g_variant_new_int64 (9));
  storm_test_apply (board, change);
  g_assert_true (storm_board_get_bounds (board, &bounds));
  g_assert_true (storm_rect_equal (&bounds, &(StormRect) { -50, 0, 370, 120 }));
  g_assert_cmpint (storm_board_get_top_z (board), ==, 9);
  g_assert_cmpint (storm_board_get_bottom_z (board), ==, -4);

  storm_test_add_context (board, "c", "C", -500, 0, 100, 100);
  g_assert_true (storm_board_get_bounds (board, &bounds));
  g_assert_cmpfloat (bounds.x, ==, -500);

  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (board, "s1"));
  storm_change_remove (change, storm_board_lookup (board, "c"));
  storm_test_apply (board, change);
  g_assert_cmpint (storm_board_get_top_z (board), ==, -4);
  g_assert_true (storm_board_get_bounds (board, &bounds));
  g_assert_true (storm_rect_equal (&bounds, &(StormRect) { -50, 5, 10, 10 }));

  /* The only sticky decides both ends. */
  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (board, "s0"));
  storm_test_apply (board, change);
  g_assert_cmpint (storm_board_get_bottom_z (board), ==, 0);
  change = storm_change_new (NULL);
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", g_variant_new_parsed ("{'z': <int64 5>}"));
  storm_test_apply (board, change);
  g_assert_cmpint (storm_board_get_bottom_z (board), ==, 5);
}

static void
test_context_at (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  const StormRect inside = { 40, 40, 20, 20 };
  const StormRect outer_only = { 400, 40, 20, 20 };
  const StormRect outside = { 990, 40, 20, 20 };
  StormContext *context;

  storm_test_add_context (board, "outer", "", 0, 0, 1000, 500);
  storm_test_add_context (board, "inner", "", 0, 0, 200, 200);
  storm_test_add_context (board, "twin", "", 0, 0, 200, 200);

  context = storm_board_context_at (board, &inside);
  g_assert_cmpstr (storm_object_get_id (STORM_OBJECT (context)), ==, "twin");
  context = storm_board_context_at (board, &outer_only);
  g_assert_cmpstr (storm_object_get_id (STORM_OBJECT (context)), ==, "outer");
  g_assert_null (storm_board_context_at (board, &outside));
}

/* A mirror that only hears `items-changed` must agree with the list. */
static void
mirror_cb (GListModel *list,
           guint       position,
           guint       removed,
           guint       added,
           GPtrArray  *mirror)
{
  g_assert_cmpuint (position + removed, <=, mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, (int) (position + i), g_list_model_get_item (list, position + i));
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (list));
}

static void
test_list_model (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) done =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_change_unref);
  GListModel *list = storm_board_get_stickies (board);

  g_signal_connect (list, "items-changed", G_CALLBACK (mirror_cb), mirror);
  for (guint round = 0; round < 300; round++)
    {
      StormChange *change = storm_change_new (NULL);

      if (done->len > 0 && g_rand_int_range (rand, 0, 3) == 0)
        {
          g_assert_true (storm_change_revert (done->pdata[done->len - 1], board, NULL));
          g_ptr_array_remove_index (done, done->len - 1);
          storm_change_unref (change);
        }
      else
        {
          for (guint i = 0; i < g_list_model_get_n_items (list); i++)
            {
              g_autoptr (StormObject) object = g_list_model_get_item (list, i);

              if (g_rand_int_range (rand, 0, 5) == 0)
                storm_change_remove (change, object);
            }
          for (gint32 i = g_rand_int_range (rand, 0, 6); i > 0; i--)
            storm_change_insert (change, STORM_OBJECT_STICKY, NULL, NULL);
          storm_change_ref (change);
          storm_test_apply (board, change);
          g_ptr_array_add (done, change);
        }

      g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (list));
      for (guint i = 0; i < mirror->len; i++)
        {
          g_autoptr (StormObject) object = g_list_model_get_item (list, i);

          g_assert_true (object == mirror->pdata[i]);
        }
    }
}

static void
log_update (StormBoard            *board,
            const StormBoardDelta *delta,
            GString               *log)
{
  for (guint i = 0; i < delta->removed->len; i++)
    {
      StormObject *object = g_ptr_array_index (delta->removed, i);

      g_assert_null (storm_board_lookup (board, storm_object_get_id (object)));
      g_string_append_printf (log, "-%s ", storm_object_get_id (object));
    }
  for (guint i = 0; i < delta->added->len; i++)
    g_string_append_printf (log, "+%s ",
                            storm_object_get_id (g_ptr_array_index (delta->added, i)));
  for (guint i = 0; i < delta->changed->len; i++)
    {
      StormObjectChange *change = &g_array_index (delta->changed, StormObjectChange, i);

      g_string_append_printf (log, "%s:%x ", storm_object_get_id (change->object), change->props);
    }
  g_string_append_printf (log, "(%u listed, %x; %u listed, %x) ",
                          delta->n_listed[STORM_OBJECT_STICKY], delta->props[STORM_OBJECT_STICKY],
                          delta->n_listed[STORM_OBJECT_FLOW], delta->props[STORM_OBJECT_FLOW]);
}

static void
log_notify (GObject    *object,
            GParamSpec *pspec,
            GString    *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}

static void
test_signals (void)
{
  g_autoptr (StormBoard) board = make_board (3);
  g_autoptr (GString) log = g_string_new (NULL);
  StormChange *change = storm_change_new (NULL);

  g_signal_connect (board, "updated", G_CALLBACK (log_update), log);
  g_signal_connect (board, "notify", G_CALLBACK (log_notify), log);
  g_signal_connect (storm_board_lookup (board, "s0"), "notify", G_CALLBACK (log_notify), log);

  storm_change_set (change, "s0", STORM_PROP_TITLE, g_variant_new_string ("new"));
  storm_change_set (change, "s0", STORM_PROP_Z, g_variant_new_int64 (3));
  storm_change_set (change, "s1", STORM_PROP_TITLE, g_variant_new_string ("s1"));
  storm_change_remove (change, storm_board_lookup (board, "s2"));
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", NULL);
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string ("T"));
  storm_test_apply (board, change);

  g_assert_cmpstr (log->str, ==, "-s2 +n s0:9 (2 listed, 9; 0 listed, 0) title z title ");

  /* What was told is told once. */
  g_string_set_size (log, 0);
  change = storm_change_new (NULL);
  storm_change_set (change, "s1", STORM_PROP_Z, g_variant_new_int64 (7));
  storm_test_apply (board, change);
  g_assert_cmpstr (log->str, ==, "s1:8 (0 listed, 8; 0 listed, 0) ");

  /* The board's own values are no object's. */
  g_string_set_size (log, 0);
  change = storm_change_new (NULL);
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string ("U"));
  storm_test_apply (board, change);
  g_assert_cmpstr (log->str, ==, "title ");
}

static void
test_object_properties (void)
{
  g_autoptr (StormBoard) board = make_board (1);
  StormObject *sticky = storm_board_lookup (board, "s0");
  StormProp props = storm_object_get_props (sticky);
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree StormRect *rect = NULL;
  StormKind kind;

  for (guint i = 0; i < STORM_N_PROPS; i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (sticky),
                                                        storm_prop_nick (1u << i));

      g_assert_cmpint (pspec != NULL, ==, (props & (1u << i)) != 0);
      g_assert_true (pspec == NULL || (pspec->flags & G_PARAM_WRITABLE) == 0);
    }

  g_object_get (sticky, "id", &id, "title", &title, "kind", &kind, "rect", &rect,
                "fields", &fields, NULL);
  g_assert_cmpstr (id, ==, "s0");
  g_assert_cmpstr (title, ==, "s0");
  g_assert_cmpint (kind, ==, STORM_KIND_EVENT);
  g_assert_cmpfloat (rect->width, ==, 120);
  g_assert_cmpuint (fields->len, ==, 0);
}

static void
edit_in_handler (StormBoard            *board,
                 const StormBoardDelta *delta,
                 gboolean              *tried)
{
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GError) error = NULL;

  storm_change_set (change, "s0", STORM_PROP_TITLE, g_variant_new_string ("from a handler"));
  g_test_expect_message ("stormwatch-model", G_LOG_LEVEL_CRITICAL, "*handler*");
  g_assert_false (storm_change_apply (change, board, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_test_assert_expected_messages ();
  *tried = TRUE;
}

static void
test_no_edit_in_handlers (void)
{
  g_autoptr (StormBoard) board = make_board (1);
  StormChange *change = storm_change_new (NULL);
  gboolean tried = FALSE;

  g_signal_connect (board, "updated", G_CALLBACK (edit_in_handler), &tried);
  storm_change_set (change, "s0", STORM_PROP_TITLE, g_variant_new_string ("new"));
  storm_test_apply (board, change);
  g_assert_true (tried);
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (board, "s0")), ==, "new");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/empty", test_empty);
  g_test_add_func ("/board/lookup", test_lookup);
  g_test_add_func ("/board/bounds-and-z", test_bounds_and_z);
  g_test_add_func ("/board/context-at", test_context_at);
  g_test_add_func ("/board/list-model", test_list_model);
  g_test_add_func ("/board/signals", test_signals);
  g_test_add_func ("/board/object-properties", test_object_properties);
  g_test_add_func ("/board/no-edit-in-handlers", test_no_edit_in_handlers);
  return g_test_run ();
}
