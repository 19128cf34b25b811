#include "config.h"

#include "storm-board-hint.h"
#include "storm-board-view.h"
#include "storm-canvas.h"
#include "storm-entry-box.h"
#include "storm-outline-model.h"
#include "storm-palette-bar.h"
#include "storm-widget-test.h"

/* Parts of a board's page, each alone. */

static void
test_view_text (void)
{
  const char *bad[] = { "", "1 2", "1 2 3 4", "a b c", "nan 0 1", "0 inf 1", "0 0 0", "0 0 -1",
                        "1e300 0 1", "0 0 1e9", "1,5 2 3" };
  g_autofree char *text = storm_board_view_print ((StormPoint) { -12.5, 1e6 }, 0.75);
  StormPoint center;
  double zoom;

  g_assert_true (storm_board_view_parse (text, &center, &zoom));
  g_assert_cmpfloat (center.x, ==, -12.5);
  g_assert_cmpfloat (center.y, ==, 1e6);
  g_assert_cmpfloat (zoom, ==, 0.75);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (storm_board_view_parse (bad[i], &center, &zoom));
}

static const char *
row_title (StormOutlineModel *model,
           guint              position)
{
  g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (model), position);

  if (STORM_IS_STICKY (row))
    return storm_sticky_get_title (STORM_STICKY (row));
  if (STORM_IS_CONTEXT (row))
    return storm_context_get_title (STORM_CONTEXT (row));
  return row != NULL ? "-" : NULL;
}

static void
assert_rows (StormOutlineModel  *model,
             const char * const *titles)
{
  guint n = g_strv_length ((char **) titles);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (row_title (model, i), ==, titles[i]);
}

static void
count_changes (GListModel *model,
               guint       position,
               guint       removed,
               guint       added,
               guint      *sum)
{
  *sum += removed + added;
}

static void
test_outline_model (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autofree char *b = add_titled (history, STORM_KIND_EVENT, 0, "B");
  g_autofree char *a = add_titled (history, STORM_KIND_EVENT, 200, "A");
  g_autofree char *c = add_titled (history, STORM_KIND_COMMAND, 5000, "C");
  g_autoptr (StormOutlineModel) model = storm_outline_model_new (board);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *context = NULL;
  const StormRect rect = { 4800, -200, 400, 400 };
  guint moved = 0;

  /* Kinds in the order of the catalogue, then titles; no heading while there is no context. */
  assert_rows (model, (const char * const[]) { "A", "B", "C", NULL });

  change = storm_edit_add_context (board, &rect, "Shop", &context);
  g_assert_true (storm_history_do (history, change, NULL));
  storm_outline_model_update (model);
  assert_rows (model, (const char * const[]) { "Shop", "C", "-", "A", "B", NULL });
  g_assert_cmpuint (storm_outline_model_find (model, b), ==, 4);
  g_assert_cmpuint (storm_outline_model_find (model, "no such"), ==, G_MAXUINT);

  /* Only what moved is told. */
  g_signal_connect (model, "items-changed", G_CALLBACK (count_changes), &moved);
  g_clear_pointer (&change, storm_change_unref);
  change = storm_edit_set_text (board, a, STORM_PROP_TITLE, "Z");
  g_assert_true (storm_history_do (history, change, NULL));
  storm_outline_model_update (model);
  assert_rows (model, (const char * const[]) { "Shop", "C", "-", "B", "Z", NULL });
  g_assert_cmpuint (moved, ==, 4);

  storm_outline_model_set_filter (model, "z");
  assert_rows (model, (const char * const[]) { "-", "Z", NULL });
  storm_outline_model_set_filter (model, "COMMAND");
  assert_rows (model, (const char * const[]) { "Shop", "C", NULL });
  storm_outline_model_set_filter (model, "nothing has this");
  assert_rows (model, (const char * const[]) { NULL });

  /* More titles have gone than are remembered. */
  storm_outline_model_set_filter (model, NULL);
  for (guint i = 0; i < 1200; i++)
    {
      g_autofree char *title = g_strdup_printf ("%04u", i);

      g_clear_pointer (&change, storm_change_unref);
      change = storm_edit_set_text (board, i % 2 == 0 ? a : b, STORM_PROP_TITLE, title);
      g_assert_true (storm_history_do (history, change, NULL));
      storm_outline_model_update (model);
    }
  assert_rows (model, (const char * const[]) { "Shop", "C", "-", "1198", "1199", NULL });
}

/* At any height all kinds can be reached without scrolling. */
static void
test_palette_columns (void)
{
  GtkWidget *palette_bar = g_object_ref_sink (storm_palette_bar_new ());
  int least, whole, narrow, previous = 0;

  gtk_widget_measure (palette_bar, GTK_ORIENTATION_VERTICAL, -1, &least, &whole, NULL, NULL);
  gtk_widget_measure (palette_bar, GTK_ORIENTATION_HORIZONTAL, whole, NULL, &narrow, NULL, NULL);
  g_assert_cmpint (3 * least, <, 2 * whole);
  for (int height = whole; height >= least; height -= 10)
    {
      GtkWidget *child = gtk_widget_get_first_child (palette_bar);
      int width;

      gtk_widget_measure (palette_bar, GTK_ORIENTATION_HORIZONTAL, height, NULL, &width, NULL,
                          NULL);
      g_assert_cmpint (width, >=, previous);
      previous = width;
      gtk_widget_allocate (palette_bar, width, height, -1, NULL);
      for (; child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t box;

          g_assert_true (gtk_widget_compute_bounds (child, palette_bar, &box));
          g_assert_cmpfloat (box.origin.x, >=, 0);
          g_assert_cmpfloat (box.origin.x + box.size.width, <=, width);
          g_assert_cmpfloat (box.origin.y + box.size.height, <=, height);
        }
    }
  g_assert_cmpint (previous, >, 2 * narrow);
  g_assert_finalize_object (palette_bar);
}

/* An empty board says how to begin, as long as it is empty and can be changed. */
static void
test_hint (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  GtkWidget *hint = g_object_ref_sink (storm_board_hint_new (history));
  g_autofree char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_sticky (board, STORM_KIND_EVENT, (StormPoint) { 0, 0 }, "", &id);

  g_assert_true (gtk_widget_get_visible (hint));
  g_assert_false (gtk_widget_get_can_target (hint));
  g_assert_true (storm_history_do (history, change, NULL));
  g_assert_false (gtk_widget_get_visible (hint));
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_true (gtk_widget_get_visible (hint));
  storm_history_set_read_only (history, TRUE);
  g_assert_false (gtk_widget_get_visible (hint));
  g_object_unref (hint);
}

/* Each Enter makes a sticky; a prefix picks the kind, is shown, and stays. */
static void
test_entry_box (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GtkWidget *canvas = g_object_ref_sink (storm_canvas_new (history, selection));
  GtkWidget *box = g_object_ref_sink (storm_entry_box_new (STORM_CANVAS (canvas)));
  GtkWidget *entry = find_widget (box, GTK_TYPE_ENTRY), *kind = find_widget (box, GTK_TYPE_LABEL);
  static const struct { const char *line, *shown, *title; StormKind kind; } lines[] = {
    { "Order placed", "Event", "Order placed", STORM_KIND_EVENT },
    { "c: Place order", "Command", "Place order", STORM_KIND_COMMAND },
    { "Cancel order", "Command", "Cancel order", STORM_KIND_COMMAND },
    { "8: Who pays?", "Hot spot", "Who pays?", STORM_KIND_HOT_SPOT },
  };

  g_assert_false (gtk_widget_get_visible (box));
  storm_entry_box_open (STORM_ENTRY_BOX (box));
  g_assert_true (gtk_widget_get_visible (box));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (StormSticky) sticky = NULL;

      gtk_editable_set_text (GTK_EDITABLE (entry), lines[i].line);
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (kind)), ==, lines[i].shown);
      g_signal_emit_by_name (entry, "activate");
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
      sticky = g_list_model_get_item (storm_board_get_stickies (board), i);
      g_assert_cmpstr (storm_sticky_get_title (sticky), ==, lines[i].title);
      g_assert_cmpint (storm_sticky_get_kind (sticky), ==, lines[i].kind);
    }
  /* Nothing typed, nothing made. */
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==,
                    G_N_ELEMENTS (lines));
  storm_entry_box_open (STORM_ENTRY_BOX (box));
  g_assert_false (gtk_widget_get_visible (box));
  g_object_unref (box);
  g_object_unref (canvas);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/page-parts/view-text", test_view_text);
  g_test_add_func ("/page-parts/outline-model", test_outline_model);
  g_test_add_func ("/page-parts/palette-columns", test_palette_columns);
  g_test_add_func ("/page-parts/hint", test_hint);
  g_test_add_func ("/page-parts/entry-box", test_entry_box);
  return g_test_run ();
}
