#include "config.h"

#include "storm-arrange.h"
#include "storm-edit-entry.h"
#include "storm-error.h"
#include "storm-history.h"
#include "storm-test.h"

static void
assert_lines (const char *text,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) titles = storm_edit_split_lines (text, &error);
  g_autoptr (GString) joined = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < titles->len; i++)
    g_string_append_printf (joined, "[%s]", (const char *) g_ptr_array_index (titles, i));
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_lines (void)
{
  assert_lines ("", "");
  assert_lines ("\n \r\n\t\n", "");
  assert_lines ("a", "[a]");
  assert_lines ("a\nb\r\nc\rd\n", "[a][b][c][d]");
  assert_lines ("  Order <b>placed</b>  \n\n&amp; ", "[Order <b>placed</b>][&amp;]");
  assert_lines ("- a\n* b\n\342\200\242  c\n-d\n- ", "[a][b][c][-d][-]");
  assert_lines ("주문됨\n배달됨", "[주문됨][배달됨]");
}

static void
test_lines_hostile (void)
{
  g_autofree char *fits = g_strnfill (STORM_TITLE_MAX_BYTES, 'x');
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text = g_strconcat ("first\n\n", megabyte, NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GPtrArray) titles = NULL;
  g_autoptr (GError) error = NULL;

  titles = storm_edit_split_lines (fits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (titles->len, ==, 1);
  g_clear_pointer (&titles, g_ptr_array_unref);

  /* The line is named. */
  g_assert_null (storm_edit_split_lines (text, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "Line 3"));
  g_clear_error (&error);

  for (guint i = 0; i < STORM_LIST_MAX_LINES; i++)
    g_string_append (many, "x\n");
  titles = storm_edit_split_lines (many->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (titles->len, ==, STORM_LIST_MAX_LINES);
  g_string_append (many, "one too many");
  g_assert_null (storm_edit_split_lines (many->str, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
}

static GPtrArray *
make_titles (guint n)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (titles, g_strdup_printf ("%u", i));
  return titles;
}

static const StormRect *
rect_of (StormBoard *board,
         GPtrArray  *ids,
         guint       i)
{
  return storm_sticky_get_rect (storm_board_lookup_sticky (board, g_ptr_array_index (ids, i)));
}

/* Row by row, without overlaps, in the context they come to lie in, and one step. */
static void
test_list (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  StormListEntry *entry;
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  guint n_parts = 1;

  storm_test_add_context (board, "c", "C", -2000, -2000, 4000, 4000);
  entry = storm_list_entry_new (board, STORM_KIND_COMMAND, make_titles (60), (StormPoint) { 0, 0 });
  g_assert_cmpfloat (storm_list_entry_get_progress (entry), ==, 0);
  while (storm_list_entry_work (entry, 7))
    n_parts++;
  g_assert_cmpuint (n_parts, ==, 9);
  g_assert_cmpfloat (storm_list_entry_get_progress (entry), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 0);
  change = storm_list_entry_finish (entry, &ids);
  g_assert_true (storm_history_do (history, change, NULL));
  g_assert_cmpuint (ids->len, ==, 60);
  for (guint i = 0; i < ids->len; i++)
    {
      StormSticky *sticky = storm_board_lookup_sticky (board, g_ptr_array_index (ids, i));
      const StormRect *rect = storm_sticky_get_rect (sticky);

      g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_COMMAND);
      g_assert_cmpint (atoi (storm_sticky_get_title (sticky)), ==, i);
      g_assert_cmpstr (storm_sticky_get_context (sticky), ==, "c");
      g_assert_true (storm_rect_encloses (storm_list_entry_get_rect (entry), rect));
      if (i > 0)
        {
          const StormRect *before = rect_of (board, ids, i - 1);

          /* To the right of the one before, or at the beginning of the next row. */
          if (rect->y == before->y)
            g_assert_cmpfloat (rect->x, ==, before->x + before->width + STORM_ARRANGE_GAP);
          else
            {
              g_assert_cmpfloat (rect->y, ==, before->y + before->height + STORM_ARRANGE_GAP);
              g_assert_cmpfloat (rect->x, ==, rect_of (board, ids, 0)->x);
            }
        }
    }
  g_assert_cmpfloat (storm_list_entry_get_rect (entry)->width, >,
                     storm_list_entry_get_rect (entry)->height);
  storm_list_entry_free (entry);
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 0);
}

/* Nothing is covered: where something lies already, the list comes below all. */
static void
test_list_below (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormListEntry) entry = NULL;

  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "A", 10, 10);
  entry = storm_list_entry_new (board, STORM_KIND_EVENT, make_titles (3), (StormPoint) { 50, 50 });
  g_assert_cmpfloat (storm_list_entry_get_rect (entry)->x, ==, 10);
  g_assert_cmpfloat (storm_list_entry_get_rect (entry)->y, >, 130);
  /* Given up on the way: nothing has happened. */
  g_assert_true (storm_list_entry_work (entry, 2));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 1);
}

static void
test_slot (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  StormSticky *a;
  StormRect slot;
  g_autofree char *id = NULL;

  storm_test_add_context (board, "c", "C", 100, -50, 300, 300);
  storm_test_add_sticky (board, "a", STORM_KIND_POLICY, "A", 0, 0);
  a = storm_board_lookup_sticky (board, "a");
  g_assert_null (storm_edit_slot (board, a, 1, 0, &slot));
  g_assert_cmpfloat (slot.x, ==, storm_sticky_get_rect (a)->width + STORM_ARRANGE_GAP);
  g_assert_cmpfloat (slot.y, ==, 0);
  storm_test_apply (board, storm_edit_add_like (board, a, &slot, &id));
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (board, id)), ==,
                   STORM_KIND_POLICY);
  g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, id)), ==, "c");
  g_assert_true (storm_rect_equal (storm_sticky_get_rect (storm_board_lookup_sticky (board, id)),
                                   &slot));
  g_assert_true (storm_edit_slot (board, a, 1, 0, &slot) == storm_board_lookup_sticky (board, id));
  g_assert_null (storm_edit_slot (board, a, -1, 0, &slot));
  g_assert_null (storm_edit_slot (board, a, 0, 1, &slot));
  g_assert_null (storm_edit_slot (board, a, 0, -1, &slot));
  g_assert_cmpfloat (slot.y, ==, -storm_sticky_get_rect (a)->height - STORM_ARRANGE_GAP);
}

static void
assert_entry (const char *line,
              StormKind   expected,
              const char *title)
{
  StormKind kind = STORM_KIND_POLICY;

  g_assert_cmpstr (storm_edit_parse_entry (line, &kind), ==, title);
  g_assert_cmpint (kind, ==, expected);
}

static void
test_prefix (void)
{
  assert_entry ("Order placed", STORM_KIND_POLICY, "Order placed");
  assert_entry ("command: Place order", STORM_KIND_COMMAND, "Place order");
  assert_entry (" Command :Place order", STORM_KIND_COMMAND, "Place order");
  assert_entry ("c: Place order", STORM_KIND_COMMAND, "Place order");
  assert_entry ("e: Order placed", STORM_KIND_EVENT, "Order placed");
  assert_entry ("ex: Bank", STORM_KIND_EXTERNAL_SYSTEM, "Bank");
  assert_entry ("read model: Menu", STORM_KIND_READ_MODEL, "Menu");
  assert_entry ("read-m: Menu", STORM_KIND_READ_MODEL, "Menu");
  assert_entry ("8: Who pays?", STORM_KIND_HOT_SPOT, "Who pays?");
  assert_entry ("note:", STORM_KIND_NOTE, "");
  /* Not the name of a kind: a title with a colon in it. */
  assert_entry ("http://x", STORM_KIND_POLICY, "http://x");
  assert_entry ("e://x", STORM_KIND_POLICY, "e://x");
  assert_entry ("Error: no money", STORM_KIND_POLICY, "Error: no money");
  assert_entry ("12: later", STORM_KIND_POLICY, "12: later");
  assert_entry (": later", STORM_KIND_POLICY, ": later");
  assert_entry (" : later", STORM_KIND_POLICY, ": later");
  assert_entry ("", STORM_KIND_POLICY, "");
  assert_entry ("\377: x", STORM_KIND_POLICY, "\377: x");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/lines", test_lines);
  g_test_add_func ("/entry/lines/hostile", test_lines_hostile);
  g_test_add_func ("/entry/list", test_list);
  g_test_add_func ("/entry/list/below", test_list_below);
  g_test_add_func ("/entry/slot", test_slot);
  g_test_add_func ("/entry/prefix", test_prefix);
  return g_test_run ();
}
