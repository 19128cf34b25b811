#include "config.h"

#include "storm-edit.h"
#include "storm-find-words.h"
#include "storm-find.h"
#include "storm-test.h"

typedef struct
{
  StormBoard   *board;
  StormHistory *history;
  StormFind    *find;
  guint         changes;
} Fixture;

static void
on_changed (Fixture *f)
{
  f->changes++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  f->find = storm_find_new (f->board);
  g_signal_connect_swapped (f->find, "changed", G_CALLBACK (on_changed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->find);
  g_object_unref (f->history);
  g_object_unref (f->board);
}

static char *
add (Fixture    *f,
     StormKind   kind,
     double      x,
     double      y,
     const char *title)
{
  char *id;

  storm_test_run (f->history,
                  storm_edit_add_sticky (f->board, kind, (StormPoint) { x, y }, title, &id));
  return id;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static guint
rank (const char *words,
      const char *text)
{
  g_autoptr (StormFindWords) found = storm_find_words_new (words);

  return storm_find_words_rank (found, text);
}

static void
test_words (void)
{
  g_assert_cmpuint (rank ("order", "Order placed"), ==, 3);
  g_assert_cmpuint (rank ("placed order", "Order placed"), ==, 2);
  g_assert_cmpuint (rank ("PLA", "Order placed"), ==, 2);
  g_assert_cmpuint (rank ("laced", "Order placed"), ==, 1);
  g_assert_cmpuint (rank ("order shipped", "Order placed"), ==, 0);
  g_assert_cmpuint (rank ("  ", "Order placed"), ==, 1);
  g_assert_cmpuint (rank (NULL, "Order placed"), ==, 1);
  g_assert_cmpuint (rank ("ord", "reorder-order"), ==, 2);
  g_assert_cmpuint (rank ("주문", "새 주문됨"), ==, 2);
  /* Decomposed Hangul, and a capital with an accent. */
  g_assert_cmpuint (rank ("\u1109\u1162", "새 주문됨"), ==, 3);
  g_assert_cmpuint (rank ("é", "CAFÉ"), ==, 1);
  g_assert_cmpuint (rank ("<b>&", "a <b>&"), ==, 2);
}

static void
test_text (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *b = add (f, STORM_KIND_EVENT, 300, 10, "Order placed");
  g_autofree char *a = add (f, STORM_KIND_COMMAND, 0, 0, "Place order");
  g_autofree char *c = add (f, STORM_KIND_EVENT, 0, 500, "Cook started");

  g_assert_false (storm_find_is_active (f->find));
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 0);

  storm_find_set_text (f->find, "order");
  g_assert_true (storm_find_is_active (f->find));
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 2);
  g_assert_cmpstr (storm_find_get_id (f->find, 0), ==, a);
  g_assert_cmpstr (storm_find_get_id (f->find, 1), ==, b);
  g_assert_cmpuint (storm_find_get_position (f->find, b), ==, 1);
  g_assert_false (storm_find_contains (f->find, c));

  storm_find_set_text (f->find, "nothing like it");
  g_assert_true (storm_find_is_active (f->find));
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 0);
  storm_find_set_text (f->find, "");
  g_assert_false (storm_find_is_active (f->find));
}

static void
test_properties (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *id = add (f, STORM_KIND_EVENT, 0, 0, "Paid");
  g_autofree char *other = NULL;
  const char *aliases[] = { "PaymentApproved", NULL };
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);

  g_ptr_array_add (fields, storm_field_new ("customerNumber", "Long", FALSE, FALSE, NULL));
  storm_test_run (f->history, storm_edit_set_text (f->board, id, STORM_PROP_DESCRIPTION,
                                                    "Told by the bank"));
  storm_test_run (f->history, storm_edit_set_aliases (f->board, id, aliases));
  storm_test_run (f->history, storm_edit_set_fields (f->board, id, fields));

  storm_find_set_text (f->find, "approved");
  g_assert_true (storm_find_contains (f->find, id));
  storm_find_set_text (f->find, "customernumber");
  g_assert_true (storm_find_contains (f->find, id));
  /* As soon as a title has it, fields are not what was meant. */
  other = add (f, STORM_KIND_EVENT, 0, 500, "Customer moved");
  storm_find_set_text (f->find, "customer");
  g_assert_false (storm_find_contains (f->find, id));
  g_assert_true (storm_find_contains (f->find, other));
  storm_find_set_text (f->find, "bank paid");
  g_assert_true (storm_find_contains (f->find, id));
}

static void
test_kind_and_context (Fixture       *f,
                       gconstpointer  data)
{
  const StormRect rect = { -50, -50, 400, 300 };
  g_autofree char *context = NULL;
  g_autofree char *inside = NULL, *outside = NULL, *command = NULL;

  storm_test_run (f->history, storm_edit_add_context (f->board, &rect, "Order", &context));
  inside = add (f, STORM_KIND_EVENT, 0, 0, "Inside");
  outside = add (f, STORM_KIND_EVENT, 2000, 0, "Outside");
  command = add (f, STORM_KIND_COMMAND, 2000, 500, "Outside");

  storm_find_set_kind (f->find, STORM_KIND_EVENT);
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 2);
  storm_find_set_context (f->find, context);
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 1);
  g_assert_true (storm_find_contains (f->find, inside));
  storm_find_set_context (f->find, "");
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 1);
  g_assert_true (storm_find_contains (f->find, outside));
  storm_find_set_kind (f->find, -1);
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 2);
  g_assert_true (storm_find_contains (f->find, command));
}

static void
test_follows (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *a = add (f, STORM_KIND_EVENT, 0, 0, "Order placed");
  g_autofree char *b = NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  guint before;

  storm_find_set_text (f->find, "order");
  b = add (f, STORM_KIND_EVENT, 300, 0, "Order paid");
  settle ();
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 2);

  storm_test_run (f->history, storm_edit_set_text (f->board, a, STORM_PROP_TITLE,
                                                    "Something else"));
  settle ();
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 1);

  /* A move is none of its business. */
  before = f->changes;
  g_ptr_array_add (gone, b);
  storm_test_run (f->history, storm_edit_move (f->board, gone, 10, 10, TRUE));
  settle ();
  g_assert_cmpuint (f->changes, ==, before);

  storm_test_run (f->history, storm_edit_remove (f->board, gone));
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 0);
  g_assert_true (storm_history_undo (f->history, NULL));
  settle ();
  g_assert_cmpuint (storm_find_get_n (f->find), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/words", test_words);
  g_test_add ("/find/text", Fixture, NULL, set_up, test_text, tear_down);
  g_test_add ("/find/properties", Fixture, NULL, set_up, test_properties, tear_down);
  g_test_add ("/find/kind-and-context", Fixture, NULL, set_up, test_kind_and_context, tear_down);
  g_test_add ("/find/follows", Fixture, NULL, set_up, test_follows, tear_down);
  return g_test_run ();
}
