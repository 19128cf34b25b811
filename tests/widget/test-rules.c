#include "config.h"

#include "storm-inspector.h"
#include "storm-rule-list.h"
#include "../unit/storm-rule-test.h"
#include "storm-text-row.h"
#include "storm-widget-test.h"

#define YEAR (G_GINT64_CONSTANT (365) * 86400 * 1000000000)

typedef struct
{
  StormBoard *board;
  StormHistory *history;
  StormSelection *selection;
  GtkWidget *inspector;
  guint n_failed;
} Fixture;

static void
on_failed (Fixture *f)
{
  f->n_failed++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  test_chains (f->board, "eA>pP>cX>eB pP>cY>eC hWhy");
  f->history = storm_history_new (f->board);
  f->selection = storm_selection_new (f->board);
  f->inspector = g_object_ref_sink (storm_inspector_new (f->history, f->selection));
  g_signal_connect_swapped (f->inspector, "failed", G_CALLBACK (on_failed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->inspector);
  g_object_unref (f->selection);
  g_object_unref (f->history);
  g_object_unref (f->board);
}

static gpointer
part (Fixture    *f,
      const char *name)
{
  gpointer list = gtk_widget_get_template_child (f->inspector, STORM_TYPE_INSPECTOR, "rule_list");

  return name == NULL ? list : gtk_widget_get_template_child (list, STORM_TYPE_RULE_LIST, name);
}

static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *out)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (out, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, out);
}

/* Rows of sentences, each with "+" or "-" for its switch. */
static char *
say (Fixture *f)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  collect (part (f, NULL), ADW_TYPE_ACTION_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GPtrArray) switches = g_ptr_array_new ();

      if (!gtk_widget_has_css_class (rows->pdata[i], "storm-rule"))
        continue;
      collect (rows->pdata[i], GTK_TYPE_SWITCH, switches);
      g_string_append_printf (out, "%s%s%s", out->len > 0 ? " " : "",
                              switches->len == 0 ? ""
                              : gtk_switch_get_active (switches->pdata[0]) ? "+" : "-",
                              adw_preferences_row_get_title (rows->pdata[i]));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
says (Fixture    *f,
      const char *expected)
{
  g_autofree char *said = say (f);

  return g_str_equal (said, expected);
}

/* The list follows an edit made elsewhere when no other came for a while. */
static void
assert_said (Fixture    *f,
             const char *expected)
{
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;
  g_autofree char *said = NULL;

  while (!says (f, expected) && g_get_monotonic_time () < end_time)
    g_main_context_iteration (NULL, TRUE);
  said = say (f);
  g_assert_cmpstr (said, ==, expected);
}

static GtkSwitch *
get_switch (Fixture *f,
            guint    i)
{
  g_autoptr (GPtrArray) switches = g_ptr_array_new ();

  collect (part (f, NULL), GTK_TYPE_SWITCH, switches);
  return switches->pdata[i];
}

static void
test_sentences (Fixture       *f,
                gconstpointer  data)
{
  g_assert_false (gtk_widget_get_visible (part (f, NULL)));
  storm_selection_set_one (f->selection, "eA");
  assert_said (f, "A may come at any time. +After A, B must follow. +After A, C must follow.");
  g_assert_false (gtk_widget_get_visible (part (f, "target")));
  g_assert_false (gtk_widget_get_visible (part (f, "join")));
  storm_selection_set_one (f->selection, "pP");
  assert_said (f, "+After A, B must follow. +After A, C must follow.");
  storm_selection_set_one (f->selection, "hWhy");
  g_assert_false (gtk_widget_get_visible (part (f, NULL)));
  storm_selection_set_one (f->selection, "pP>cX");
  assert_said (f, "After A, B must follow.");
  /* Names are those on the board. */
  storm_test_set (f->board, "eB", STORM_PROP_TITLE, g_variant_new_string ("<b>Bee"));
  assert_said (f, "After A, <b>Bee must follow.");
}

static void
test_switch (Fixture       *f,
             gconstpointer  data)
{
  storm_selection_set_one (f->selection, "pP");
  assert_said (f, "+After A, B must follow. +After A, C must follow.");
  gtk_switch_set_active (get_switch (f, 1), FALSE);
  assert_said (f, "+After A, B must follow. -After A, C may follow.");
  gtk_switch_set_active (get_switch (f, 0), FALSE);
  assert_said (f, "-After A, B may follow. -After A, C may follow.");
  g_assert_true (storm_history_undo (f->history, NULL));
  assert_said (f, "+After A, B must follow. -After A, C may follow.");
  gtk_switch_set_active (get_switch (f, 1), TRUE);
  assert_said (f, "+After A, B must follow. +After A, C must follow.");
  /* One step each. */
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_false (storm_history_can_undo (f->history));
  assert_said (f, "+After A, B must follow. +After A, C must follow.");
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_flow (Fixture       *f,
           gconstpointer  data)
{
  StormFlow *flow = storm_board_lookup_flow (f->board, "pP>cX");

  storm_selection_set_one (f->selection, "pP>cX");
  g_assert_true (gtk_switch_get_active (part (f, "checked_switch")));
  gtk_switch_set_active (part (f, "checked_switch"), FALSE);
  g_assert_true (storm_flow_get_unchecked (flow));
  assert_said (f, "After A, B may follow.");
  g_assert_true (storm_history_undo (f->history, NULL));
  WAIT_FOR (gtk_switch_get_active (part (f, "checked_switch")));
  g_assert_false (storm_flow_get_unchecked (flow));
  assert_said (f, "After A, B must follow.");
}

static void
enter (Fixture    *f,
       const char *text)
{
  gtk_editable_set_text (part (f, "target"), text);
  storm_text_row_flush (part (f, "target"));
}

static void
test_target (Fixture       *f,
             gconstpointer  data)
{
  StormFlow *flow = storm_board_lookup_flow (f->board, "pP>cX");

  storm_selection_set_one (f->selection, "pP>cX");
  g_assert_cmpstr (gtk_editable_get_text (part (f, "target")), ==, "");
  enter (f, "1.5h");
  g_assert_cmpint (storm_flow_get_target (flow), ==, G_GINT64_CONSTANT (5400) * 1000000000);
  g_assert_cmpstr (gtk_editable_get_text (part (f, "target")), ==, "1 h 30 min");
  assert_said (f, "After A, B must follow within 1 h 30 min.");
  enter (f, "365 d");
  g_assert_cmpint (storm_flow_get_target (flow), ==, YEAR);
  enter (f, " 0 s ");
  g_assert_cmpint (storm_flow_get_target (flow), ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (part (f, "target")), ==, "");
  g_assert_true (storm_history_undo (f->history, NULL));
  WAIT_FOR (g_str_equal (gtk_editable_get_text (part (f, "target")), "365 d"));
  g_assert_cmpuint (f->n_failed, ==, 0);

  /* What is no such time is said, and leaves the old one. */
  enter (f, "soon");
  g_assert_cmpuint (f->n_failed, ==, 1);
  enter (f, "11 years");
  g_assert_cmpuint (f->n_failed, ==, 2);
  enter (f, "5 ns");
  g_assert_cmpuint (f->n_failed, ==, 3);
  g_assert_cmpint (storm_flow_get_target (flow), ==, YEAR);
  g_assert_cmpstr (gtk_editable_get_text (part (f, "target")), ==, "365 d");
  enter (f, "");
  g_assert_cmpint (storm_flow_get_target (flow), ==, 0);

  /* Something half typed counts when another thing is selected. */
  gtk_editable_set_text (part (f, "target"), "2 s");
  storm_selection_set_one (f->selection, "pP>cY");
  g_assert_cmpint (storm_flow_get_target (flow), ==, G_GINT64_CONSTANT (2) * 1000000000);
  g_assert_cmpint (storm_flow_get_target (storm_board_lookup_flow (f->board, "pP>cY")), ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (part (f, "target")), ==, "");
}

static void
test_join (Fixture       *f,
           gconstpointer  data)
{
  StormSticky *policy = storm_board_lookup_sticky (f->board, "pP");

  test_chains (f->board, "eD>pP");
  storm_selection_set_one (f->selection, "pP");
  assert_said (f, "+After A or D, B must follow. +After A or D, C must follow.");
  adw_combo_row_set_selected (part (f, "join"), STORM_JOIN_ALL);
  g_assert_cmpint (storm_sticky_get_join (policy), ==, STORM_JOIN_ALL);
  assert_said (f, "+After A and D, B must follow. +After A and D, C must follow.");
  g_assert_true (storm_history_undo (f->history, NULL));
  WAIT_FOR (adw_combo_row_get_selected (part (f, "join")) == STORM_JOIN_ANY);
  g_assert_false (storm_history_can_undo (f->history));

  storm_test_set (f->board, "pP", STORM_PROP_LOCKED, g_variant_new_boolean (TRUE));
  WAIT_FOR (!gtk_widget_get_sensitive (part (f, "join")));
}

/* What is selected by an edit says its rules after it, not in the midst of it. */
static void
test_later (Fixture       *f,
            gconstpointer  data)
{
  storm_selection_set_one (f->selection, "eA");
  assert_said (f, "A may come at any time. +After A, B must follow. +After A, C must follow.");
  test_chains (f->board, "eD>pQ>cZ>eE");
  storm_selection_set_one (f->selection, "eD");
  g_assert_true (says (f, ""));
  assert_said (f, "D may come at any time. +After D, E must follow.");
  storm_selection_set_one (f->selection, "eA");
  g_assert_false (says (f, ""));
}

static void
test_read_only (Fixture       *f,
                gconstpointer  data)
{
  storm_history_set_read_only (f->history, TRUE);
  storm_selection_set_one (f->selection, "pP>cX");
  g_assert_false (gtk_widget_get_sensitive (part (f, "checked_switch")));
  g_assert_false (gtk_editable_get_editable (part (f, "target")));
  storm_selection_set_one (f->selection, "pP");
  g_assert_false (gtk_widget_get_sensitive (part (f, "join")));
  assert_said (f, "+After A, B must follow. +After A, C must follow.");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_switch (f, 0))));
}

static void
test_many (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *said = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *chain = g_strdup_printf ("eA>pQ%u>cQ%u>eQ%u", i, i, i);

      test_chains (f->board, chain);
    }
  storm_selection_set_one (f->selection, "eA");
  WAIT_FOR (!says (f, ""));
  said = say (f);
  g_assert_true (g_str_has_suffix (said, " And 12 more rules"));
  storm_selection_set_one (f->selection, "eB");
  assert_said (f, "+B comes only after A.");
  storm_selection_set_one (f->selection, "eA");
  g_assert_nonnull (strstr (said, "Q3 must follow"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function) \
  g_test_add ("/rules/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("sentences", test_sentences);
  ADD ("switch", test_switch);
  ADD ("flow", test_flow);
  ADD ("target", test_target);
  ADD ("join", test_join);
  ADD ("later", test_later);
  ADD ("read-only", test_read_only);
  ADD ("many", test_many);
#undef ADD
  return g_test_run ();
}
