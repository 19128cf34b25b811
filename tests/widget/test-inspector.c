#include "config.h"

#include <adwaita.h>

#include "storm-edit.h"
#include "storm-edit-context.h"
#include "storm-error.h"
#include "storm-field-list.h"
#include "storm-inspector.h"
#include "storm-flag-row.h"
#include "storm-sticky-editor.h"
#include "../unit/storm-test.h"
#include "storm-alias-list.h"
#include "storm-text-area.h"
#include "storm-text-row.h"
#include "storm-widget-test.h"

typedef struct
{
  StormBoard *board;
  StormHistory *history;
  StormSelection *selection;
  GtkWidget *inspector;
  char *placed;
  char *accepted;
  char *policy;
  guint n_failed;
} Fixture;

static char *
add (Fixture    *f,
     StormKind   kind,
     const char *title)
{
  g_autoptr (GError) error = NULL;
  char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_sticky (f->board, kind, (StormPoint) { 0, 0 }, title, &id);

  g_assert_true (storm_history_do (f->history, change, &error));
  g_assert_no_error (error);
  return id;
}

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
  f->history = storm_history_new (f->board);
  f->placed = add (f, STORM_KIND_EVENT, "OrderPlaced");
  f->accepted = add (f, STORM_KIND_EVENT, "OrderAccepted");
  f->policy = add (f, STORM_KIND_POLICY, "Tell");
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
  g_free (f->placed);
  g_free (f->accepted);
  g_free (f->policy);
}

static gpointer
part (Fixture    *f,
      const char *name)
{
  return gtk_widget_get_template_child (f->inspector, STORM_TYPE_INSPECTOR, name);
}

static gpointer
sticky_part (Fixture    *f,
             const char *name)
{
  return gtk_widget_get_template_child (part (f, "sticky_editor"), STORM_TYPE_STICKY_EDITOR, name);
}

static const char *
title_of (Fixture    *f,
          const char *id)
{
  return storm_sticky_get_title (storm_board_lookup_sticky (f->board, id));
}

static const char *
page (Fixture *f)
{
  return gtk_stack_get_visible_child_name (part (f, "stack"));
}

static void
type (gpointer    row,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static const char *
shown (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
test_one_step (Fixture       *f,
               gconstpointer  data)
{
  StormTextRow *title;

  storm_selection_set_one (f->selection, f->placed);
  g_assert_cmpstr (page (f), ==, "sticky");
  title = sticky_part (f, "title");
  g_assert_cmpstr (shown (title), ==, "OrderPlaced");

  type (title, "OrderPl");
  type (title, "OrderPlaced again");
  g_assert_cmpstr (title_of (f, f->placed), ==, "OrderPlaced");
  storm_text_row_flush (title);
  g_assert_cmpstr (title_of (f, f->placed), ==, "OrderPlaced again");
  /* A second commit of the same text is no second step. */
  storm_text_row_flush (title);

  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpstr (title_of (f, f->placed), ==, "OrderPlaced");
  g_assert_cmpstr (shown (title), ==, "OrderPlaced");
}

/* The last edit is one step of this name: taking it back leaves the board as it was before. */
static void
assert_step (Fixture    *f,
             const char *before,
             const char *name)
{
  g_assert_cmpstr (storm_history_get_undo_label (f->history), ==, name);
  g_assert_true (storm_history_undo (f->history, NULL));
  storm_test_assert_board (f->board, before);
  drain ();
}

/* Each property is one step, and says in the menu of undo what it was. */
static void
test_steps (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *before = storm_test_board_dump (f->board);
  GtkWidget *toggle;

  storm_selection_set_one (f->selection, f->placed);
  type (sticky_part (f, "title"), "Order made");
  storm_text_row_flush (sticky_part (f, "title"));
  assert_step (f, before, "Edit title");
  type (sticky_part (f, "topic"), "orders");
  storm_text_row_flush (sticky_part (f, "topic"));
  assert_step (f, before, "Edit topic");
  adw_combo_row_set_selected (sticky_part (f, "kind"), STORM_KIND_COMMAND);
  assert_step (f, before, "Change kind");
  adw_combo_row_set_selected (sticky_part (f, "event_class"), STORM_EVENT_CLASS_DOMAIN);
  assert_step (f, before, "Change event class");
  adw_combo_row_set_selected (sticky_part (f, "visibility"), STORM_VISIBILITY_PRIVATE);
  assert_step (f, before, "Change visibility");
  gtk_drop_down_set_selected (sticky_part (f, "fail_of"), 1);
  assert_step (f, before, "Change what it is the failure of");
  toggle = adw_action_row_get_activatable_widget (part (f, "pivotal_row"));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  assert_step (f, before, "Make pivotal");
  toggle = adw_action_row_get_activatable_widget (part (f, "lock_row"));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  assert_step (f, before, "Lock 1 sticky");
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_commit_to_the_old (Fixture       *f,
                        gconstpointer  data)
{
  storm_selection_set_one (f->selection, f->placed);
  type (sticky_part (f, "title"), "OrderMade");
  storm_selection_set_one (f->selection, f->accepted);

  g_assert_cmpstr (title_of (f, f->placed), ==, "OrderMade");
  g_assert_cmpstr (title_of (f, f->accepted), ==, "OrderAccepted");
  g_assert_cmpstr (shown (sticky_part (f, "title")), ==, "OrderAccepted");
}

static void
test_removed_while_typing (Fixture       *f,
                           gconstpointer  data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormChange) change = NULL;

  storm_selection_set_one (f->selection, f->placed);
  type (sticky_part (f, "title"), "half ty");
  g_ptr_array_add (ids, f->placed);
  change = storm_edit_remove (f->board, ids);
  g_assert_true (storm_history_do (f->history, change, NULL));
  drain ();

  g_assert_cmpstr (page (f), ==, "board");
  g_assert_cmpuint (f->n_failed, ==, 0);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpstr (title_of (f, f->placed), ==, "OrderPlaced");
}

static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  storm_selection_set_one (f->selection, f->placed);
  storm_history_set_read_only (f->history, TRUE);
  g_assert_false (gtk_editable_get_editable (sticky_part (f, "title")));
  g_assert_false (gtk_widget_get_sensitive (sticky_part (f, "kind")));

  type (sticky_part (f, "title"), "Not to be");
  storm_text_row_flush (sticky_part (f, "title"));
  g_assert_cmpuint (f->n_failed, ==, 1);
  g_assert_cmpstr (shown (sticky_part (f, "title")), ==, "OrderPlaced");

  storm_history_set_read_only (f->history, FALSE);
  g_assert_true (gtk_editable_get_editable (sticky_part (f, "title")));
}

/* What is locked is for reading, and the switch says so and undoes it. */
static void
test_locked (Fixture       *f,
             gconstpointer  data)
{
  StormSticky *sticky = storm_board_lookup_sticky (f->board, f->placed);
  StormFlagRow *row = part (f, "lock_row");
  GtkWidget *toggle;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  storm_selection_set_one (f->selection, f->placed);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_false (storm_flag_row_is_on (row));
  g_assert_true (gtk_editable_get_editable (sticky_part (f, "title")));

  toggle = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_true (storm_sticky_get_locked (sticky));
  g_assert_false (gtk_editable_get_editable (sticky_part (f, "title")));
  g_assert_false (gtk_widget_get_sensitive (sticky_part (f, "kind")));

  /* Undone from elsewhere. */
  g_assert_true (storm_history_undo (f->history, NULL));
  drain ();
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_true (gtk_editable_get_editable (sticky_part (f, "title")));

  g_assert_true (storm_history_redo (f->history, NULL));
  storm_selection_set_one (f->selection, f->accepted);
  g_assert_false (storm_flag_row_is_on (row));
  g_assert_true (gtk_editable_get_editable (sticky_part (f, "title")));
  storm_selection_set_one (f->selection, f->placed);
  g_assert_true (storm_flag_row_is_on (row));
  g_assert_false (gtk_editable_get_editable (sticky_part (f, "title")));
  storm_history_set_read_only (f->history, TRUE);
  g_assert_false (gtk_widget_get_sensitive (toggle));
  g_assert_cmpuint (f->n_failed, ==, 0);
}

/* The switch is there for events, shows whether they are pivotal, and makes them so. */
static void
test_pivotal (Fixture       *f,
              gconstpointer  data)
{
  StormSticky *sticky = storm_board_lookup_sticky (f->board, f->placed);
  GtkWidget *row = part (f, "pivotal_row");
  GtkWidget *toggle = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

  g_assert_false (gtk_widget_get_visible (row));
  storm_selection_set_one (f->selection, f->policy);
  g_assert_false (gtk_widget_get_visible (row));
  storm_selection_set_one (f->selection, f->placed);
  g_assert_true (gtk_widget_get_visible (row));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_true (storm_sticky_get_pivotal (sticky));
  storm_selection_set_one (f->selection, f->accepted);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));

  storm_selection_set_one (f->selection, f->placed);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_true (storm_history_undo (f->history, NULL));
  drain ();
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  storm_history_set_read_only (f->history, TRUE);
  g_assert_false (gtk_widget_get_sensitive (toggle));
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static char *
add_context (Fixture    *f,
             const char *title,
             double      x)
{
  char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_context (f->board, &(StormRect) { x, 2000, 300, 300 }, title, &id);

  g_assert_true (storm_history_do (f->history, change, NULL));
  return id;
}

/* What can be chosen are other contexts, but for those that lie in this one. */
static void
test_parent (Fixture       *f,
             gconstpointer  data)
{
  AdwComboRow *row = part (f, "parent_row");
  g_autofree char *sales = add_context (f, "Sales <&>", 0);
  g_autofree char *orders = add_context (f, "Orders", 1000);
  StormContext *inner = storm_board_lookup_context (f->board, orders);

  storm_selection_set_one (f->selection, f->placed);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  storm_selection_set_one (f->selection, orders);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), ==, 2);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  adw_combo_row_set_selected (row, 1);
  g_assert_cmpstr (storm_context_get_parent (inner), ==, sales);

  /* No circle can be chosen. */
  storm_selection_set_one (f->selection, sales);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), ==, 1);

  storm_selection_set_one (f->selection, orders);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 1);
  g_assert_true (storm_history_undo (f->history, NULL));
  drain ();
  g_assert_null (storm_context_get_parent (inner));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_from_outside (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (StormChange) change = NULL;
  StormTextRow *topic;

  storm_selection_set_one (f->selection, f->placed);
  topic = sticky_part (f, "topic");
  type (topic, "food.or");

  /* Another property changes: what is being typed stays. */
  change = storm_edit_set_text (f->board, f->placed, STORM_PROP_TITLE, "Elsewhere");
  g_assert_true (storm_history_do (f->history, change, NULL));
  g_assert_cmpstr (shown (sticky_part (f, "title")), ==, "Elsewhere");
  g_assert_cmpstr (shown (topic), ==, "food.or");

  /* The same property changes: what happened wins. */
  g_clear_pointer (&change, storm_change_unref);
  change = storm_edit_set_text (f->board, f->placed, STORM_PROP_TOPIC, "orders");
  g_assert_true (storm_history_do (f->history, change, NULL));
  g_assert_cmpstr (shown (topic), ==, "orders");
}

static StormField *
field (Fixture *f,
       guint    position)
{
  GPtrArray *fields = storm_sticky_get_fields (storm_board_lookup_sticky (f->board, f->placed));

  g_assert_cmpuint (position, <, fields->len);
  return fields->pdata[position];
}

static guint
n_fields (Fixture *f)
{
  return storm_sticky_get_fields (storm_board_lookup_sticky (f->board, f->placed))->len;
}

static GtkWidget *
field_row (Fixture *f,
           int      position)
{
  GtkWidget *list = adw_bin_get_child (ADW_BIN (sticky_part (f, "fields")));

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), position));
}

static void
test_fields (Fixture       *f,
             gconstpointer  data)
{
  storm_selection_set_one (f->selection, f->placed);

  type (field_row (f, 0), "orderId: Long");
  storm_text_row_flush (STORM_TEXT_ROW (field_row (f, 0)));
  g_assert_cmpuint (n_fields (f), ==, 1);
  g_assert_cmpstr (field (f, 0)->name, ==, "orderId");
  g_assert_cmpstr (field (f, 0)->type, ==, "Long");
  /* The row to add with is empty again, and last. */
  g_assert_cmpstr (shown (field_row (f, 1)), ==, "");

  type (field_row (f, 1), "  menu ");
  storm_text_row_flush (STORM_TEXT_ROW (field_row (f, 1)));
  g_assert_cmpstr (field (f, 1)->name, ==, "menu");
  g_assert_cmpstr (field (f, 1)->type, ==, "");

  type (field_row (f, 2), "   ");
  storm_text_row_flush (STORM_TEXT_ROW (field_row (f, 2)));
  g_assert_cmpuint (n_fields (f), ==, 2);

  g_assert_true (gtk_widget_activate_action (field_row (f, 1), "field.move-up", NULL));
  g_assert_cmpstr (field (f, 0)->name, ==, "menu");
  g_assert_true (gtk_widget_activate_action (field_row (f, 0), "field.set-type", "s", "Menu"));
  g_assert_cmpstr (field (f, 0)->type, ==, "Menu");
  g_assert_true (gtk_widget_activate_action (field_row (f, 0), "field.remove", NULL));
  g_assert_cmpuint (n_fields (f), ==, 1);
  g_assert_cmpstr (field (f, 0)->name, ==, "orderId");

  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpuint (n_fields (f), ==, 2);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpstr (field (f, 0)->type, ==, "");
}

static void
test_aliases (Fixture       *f,
              gconstpointer  data)
{
  StormSticky *sticky = storm_board_lookup_sticky (f->board, f->placed);
  GtkWidget *list;
  StormTextRow *row;

  storm_selection_set_one (f->selection, f->placed);
  list = adw_bin_get_child (ADW_BIN (sticky_part (f, "aliases")));

  row = STORM_TEXT_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  type (row, "order_placed");
  storm_text_row_flush (row);
  g_assert_cmpuint (g_strv_length ((char **) storm_sticky_get_aliases (sticky)), ==, 1);
  g_assert_cmpstr (storm_sticky_get_aliases (sticky)[0], ==, "order_placed");

  row = STORM_TEXT_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpstr (shown (row), ==, "order_placed");
  type (row, "OrderPlacedV2");
  storm_text_row_flush (row);
  g_assert_cmpstr (storm_sticky_get_aliases (sticky)[0], ==, "OrderPlacedV2");

  /* An emptied name is none. */
  row = STORM_TEXT_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  type (row, "");
  storm_text_row_flush (row);
  g_assert_true (storm_sticky_get_aliases (sticky) == NULL ||
                 storm_sticky_get_aliases (sticky)[0] == NULL);
}

static void
test_choices (Fixture       *f,
              gconstpointer  data)
{
  StormSticky *sticky = storm_board_lookup_sticky (f->board, f->placed);
  GtkDropDown *fail_of;

  storm_selection_set_one (f->selection, f->placed);
  fail_of = sticky_part (f, "fail_of");

  /* Nothing, and the one other event. */
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (fail_of)), ==, 2);
  gtk_drop_down_set_selected (fail_of, 1);
  g_assert_cmpstr (storm_sticky_get_fail_of (sticky), ==, f->accepted);
  gtk_drop_down_set_selected (fail_of, 0);
  g_assert_null (storm_sticky_get_fail_of (sticky));

  adw_combo_row_set_selected (sticky_part (f, "event_class"), STORM_EVENT_CLASS_DOMAIN);
  g_assert_cmpint (storm_sticky_get_event_class (sticky), ==, STORM_EVENT_CLASS_DOMAIN);
  adw_combo_row_set_selected (sticky_part (f, "visibility"), STORM_VISIBILITY_PRIVATE);
  g_assert_cmpint (storm_sticky_get_visibility (sticky), ==, STORM_VISIBILITY_PRIVATE);

  g_free (add (f, STORM_KIND_EVENT, "OrderRejected"));
  drain ();
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (fail_of)), ==, 3);

  adw_combo_row_set_selected (sticky_part (f, "kind"), STORM_KIND_COMMAND);
  g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_COMMAND);
  g_assert_false (gtk_widget_get_visible (sticky_part (f, "event_group")));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_true (gtk_widget_get_visible (sticky_part (f, "event_group")));
}

static void
test_several (Fixture       *f,
              gconstpointer  data)
{
  storm_selection_set_one (f->selection, f->placed);
  storm_selection_add (f->selection, f->accepted);
  g_assert_cmpstr (page (f), ==, "many");
  g_assert_cmpuint (adw_combo_row_get_selected (part (f, "many_kind")), ==, STORM_KIND_EVENT);

  storm_selection_add (f->selection, f->policy);
  g_assert_cmpuint (adw_combo_row_get_selected (part (f, "many_kind")), ==, STORM_N_KINDS);
  adw_combo_row_set_selected (part (f, "many_kind"), STORM_KIND_NOTE);
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (f->board, f->policy)), ==,
                   STORM_KIND_NOTE);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (f->board, f->placed)), ==,
                   STORM_KIND_EVENT);
}

static void
test_others (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *flow = NULL;
  g_autofree char *lane_id = NULL;
  g_autoptr (StormChange) lane = NULL;
  g_autofree char *context = NULL;
  const StormRect rect = { -500, -500, 1000, 1000 };
  g_autoptr (StormChange) change = storm_edit_connect (f->board, f->placed, f->policy, &flow);

  g_assert_true (storm_history_do (f->history, change, NULL));
  g_clear_pointer (&change, storm_change_unref);
  change = storm_edit_add_context (f->board, &rect, "Order", &context);
  g_assert_true (storm_history_do (f->history, change, NULL));

  storm_selection_set_one (f->selection, flow);
  g_assert_cmpstr (page (f), ==, "flow");
  g_assert_cmpstr (adw_preferences_row_get_title (part (f, "flow_to")), ==, "Tell");
  type (part (f, "flow_label"), "at once");
  storm_selection_set_one (f->selection, context);
  g_assert_cmpstr (storm_flow_get_label (storm_board_lookup_flow (f->board, flow)), ==, "at once");

  g_assert_cmpstr (page (f), ==, "context");
  type (part (f, "context_title"), "Ordering");
  storm_selection_set_one (f->selection, NULL);
  g_assert_cmpstr (storm_context_get_title (storm_board_lookup_context (f->board, context)), ==,
                   "Ordering");

  lane = storm_edit_add_swimlane (f->board, (StormPoint) { 0, 0 }, "Kitchen", &lane_id);
  g_assert_true (storm_history_do (f->history, lane, NULL));
  storm_selection_set_one (f->selection, lane_id);
  g_assert_cmpstr (page (f), ==, "context");
  g_assert_cmpstr (adw_preferences_row_get_title (part (f, "context_title")), ==, "Swimlane");
  storm_selection_set_one (f->selection, context);
  g_assert_cmpstr (adw_preferences_row_get_title (part (f, "context_title")), ==,
                   "Bounded context");
  storm_selection_set_one (f->selection, NULL);

  g_assert_cmpstr (page (f), ==, "board");
  g_assert_cmpstr (gtk_label_get_label (part (f, "n_flows")), ==, "1");
  type (part (f, "board_title"), "<b>Food & more</b>");
  storm_text_row_flush (part (f, "board_title"));
  g_assert_cmpstr (storm_board_get_title (f->board), ==, "<b>Food & more</b>");
  g_assert_cmpuint (f->n_failed, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/inspector/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("one-step", test_one_step);
  ADD ("commit-to-the-old", test_commit_to_the_old);
  ADD ("removed-while-typing", test_removed_while_typing);
  ADD ("refused", test_refused);
  ADD ("steps", test_steps);
  ADD ("locked", test_locked);
  ADD ("pivotal", test_pivotal);
  ADD ("parent", test_parent);
  ADD ("from-outside", test_from_outside);
  ADD ("fields", test_fields);
  ADD ("aliases", test_aliases);
  ADD ("choices", test_choices);
  ADD ("several", test_several);
  ADD ("others", test_others);
#undef ADD

  return g_test_run ();
}
