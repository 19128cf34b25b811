#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "storm-canvas.h"
#include "storm-command-palette.h"
#include "storm-commands.h"
#include "storm-edit.h"
#include "storm-find-bar.h"
#include "storm-minimap.h"
#include "storm-view-menu.h"
#include "storm-widget-test.h"

/* What looks for stickies, commands and places on the board. */

typedef struct
{
  StormBoard     *board;
  StormHistory   *history;
  StormSelection *selection;
  GtkWidget      *window;
  GtkWidget      *overlay;
  char           *revealed;
  guint           closed;
  guint           did;
} Fixture;

static void
on_reveal (Fixture    *f,
           const char *id)
{
  g_free (f->revealed);
  f->revealed = g_strdup (id);
}

static void
on_closed (Fixture *f)
{
  f->closed++;
}

static void
on_action (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  ((Fixture *) data)->did++;
}

static gboolean
on_idle (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until nothing is left to do but to wait for a timer or the screen. */
static void
wait_for_idle (void)
{
  gboolean idle = FALSE;

  g_idle_add_full (G_PRIORITY_LOW, on_idle, &idle, NULL);
  WAIT_FOR (idle);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  f->selection = storm_selection_new (f->board);
  f->window = g_object_new (GTK_TYPE_APPLICATION_WINDOW, NULL);
  f->overlay = gtk_overlay_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (f->window), f->overlay);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->selection);
  g_object_unref (f->history);
  g_object_unref (f->board);
  g_free (f->revealed);
}

static char *
add (Fixture    *f,
     StormKind   kind,
     double      x,
     const char *title)
{
  char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_sticky (f->board, kind, (StormPoint) { x, 0 }, title, &id);

  g_assert_true (storm_history_do (f->history, change, NULL));
  return id;
}

static void
on_searched (GtkEditable *entry,
             char       **text)
{
  g_free (*text);
  *text = g_strdup (gtk_editable_get_text (entry));
}

/* The entry speaks up some time after the last letter, and also when the text before it goes. */
static void
type_text (GtkWidget  *widget,
           const char *text)
{
  GtkWidget *entry = find_widget (widget, GTK_TYPE_SEARCH_ENTRY);
  g_autofree char *searched = NULL;
  gulong id = g_signal_connect (entry, "search-changed", G_CALLBACK (on_searched), &searched);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  WAIT_FOR (g_strcmp0 (searched, text) == 0);
  g_signal_handler_disconnect (entry, id);
}

static void
press_enter (GtkWidget *widget)
{
  g_signal_emit_by_name (find_widget (widget, GTK_TYPE_SEARCH_ENTRY), "activate");
}

static const char *
selected (Fixture *f)
{
  StormObject *object = storm_selection_get_single (f->selection);

  return object != NULL ? storm_object_get_id (object) : NULL;
}

static void
test_find (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *a = add (f, STORM_KIND_EVENT, 0, "Order placed");
  g_autofree char *b = add (f, STORM_KIND_COMMAND, 300, "Place order");
  g_autofree char *c = add (f, STORM_KIND_EVENT, 600, "Paid");
  GtkWidget *bar = storm_find_bar_new (f->selection);
  StormFind *find = storm_find_bar_get_find (STORM_FIND_BAR (bar));
  GtkWidget *count;

  g_signal_connect_swapped (bar, "reveal", G_CALLBACK (on_reveal), f);
  gtk_overlay_set_child (GTK_OVERLAY (f->overlay), bar);
  gtk_window_present (GTK_WINDOW (f->window));
  storm_find_bar_open (STORM_FIND_BAR (bar));
  WAIT_FOR (gtk_widget_get_mapped (bar));
  count = gtk_widget_get_next_sibling (find_widget (bar, GTK_TYPE_SEARCH_ENTRY));

  type_text (bar, "order");
  g_assert_cmpuint (storm_find_get_n (find), ==, 2);
  g_assert_cmpstr (selected (f), ==, a);
  g_assert_cmpstr (f->revealed, ==, a);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (count)), ==, "1 of 2");

  press_enter (bar);
  g_assert_cmpstr (selected (f), ==, b);
  press_enter (bar);
  g_assert_cmpstr (selected (f), ==, a);
  g_signal_emit_by_name (find_widget (bar, GTK_TYPE_SEARCH_ENTRY), "previous-match");
  g_assert_cmpstr (f->revealed, ==, b);

  /* What is still a result stays selected. */
  type_text (bar, "place");
  g_assert_cmpstr (selected (f), ==, b);

  type_text (bar, "no such thing");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (count)), ==, "None");
  press_enter (bar);
  g_assert_cmpstr (selected (f), ==, b);

  storm_find_bar_close (STORM_FIND_BAR (bar));
  g_assert_false (storm_find_is_active (find));
  storm_selection_set_one (f->selection, c);
  storm_find_bar_open (STORM_FIND_BAR (bar));
  g_assert_true (storm_find_is_active (find));
}

static void
add_action (Fixture    *f,
            const char *name,
            gboolean    enabled)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_simple_action_set_enabled (action, enabled);
  g_signal_connect (action, "activate", G_CALLBACK (on_action), f);
  g_action_map_add_action (G_ACTION_MAP (f->window), G_ACTION (action));
}

static void
test_commands (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *a = add (f, STORM_KIND_EVENT, 0, "Undoing was asked for");
  GtkWidget *palette = storm_command_palette_new (f->selection);
  GListModel *rows;

  add_action (f, "undo", TRUE);
  add_action (f, "redo", FALSE);
  g_signal_connect_swapped (palette, "reveal", G_CALLBACK (on_reveal), f);
  g_signal_connect_swapped (palette, "closed", G_CALLBACK (on_closed), f);
  gtk_overlay_set_child (GTK_OVERLAY (f->overlay), palette);
  gtk_window_present (GTK_WINDOW (f->window));
  storm_command_palette_open (STORM_COMMAND_PALETTE (palette));
  WAIT_FOR (gtk_widget_get_mapped (palette));
  rows = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_widget (palette,
                                                                            GTK_TYPE_LIST_VIEW))));

  /* Before a word is typed there are commands only, and only those that can be done. */
  type_text (palette, "undo");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
  press_enter (palette);
  g_assert_cmpuint (f->did, ==, 1);
  /* More often where another window takes the focus. */
  g_assert_cmpuint (f->closed, >=, 1);
  g_assert_null (f->revealed);

  type_text (palette, "redo");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
  press_enter (palette);
  g_assert_cmpuint (f->did, ==, 1);

  type_text (palette, "asked");
  press_enter (palette);
  g_assert_cmpstr (f->revealed, ==, a);
  g_assert_cmpstr (selected (f), ==, a);
  g_assert_cmpuint (f->closed, >=, 2);
}

static void
test_minimap (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *a = add (f, STORM_KIND_EVENT, 0, "Near");
  g_autofree char *b = NULL;
  GtkWidget *canvas = storm_canvas_new (f->history, f->selection);
  GtkWidget *map = storm_minimap_new (STORM_CANVAS (canvas));

  gtk_overlay_set_child (GTK_OVERLAY (f->overlay), canvas);
  gtk_overlay_add_overlay (GTK_OVERLAY (f->overlay), map);
  gtk_window_present (GTK_WINDOW (f->window));
  WAIT_FOR (gtk_widget_get_width (canvas) > 0);
  storm_canvas_zoom_to_fit (STORM_CANVAS (canvas));
  g_object_set (map, "enabled", TRUE, NULL);
  wait_for_idle ();
  g_assert_false (gtk_widget_get_visible (map));

  b = add (f, STORM_KIND_EVENT, 20000, "Far");
  WAIT_FOR (gtk_widget_get_visible (map));
  storm_canvas_zoom_to_fit (STORM_CANVAS (canvas));
  WAIT_FOR (!gtk_widget_get_visible (map));
  storm_canvas_set_view (STORM_CANVAS (canvas), (StormPoint) { 0, 0 }, 1);
  WAIT_FOR (gtk_widget_get_visible (map));
  g_object_set (map, "enabled", FALSE, NULL);
  WAIT_FOR (!gtk_widget_get_visible (map));
}

/* The first menu item below @model whose label is @label. */
static gboolean
has_item (GMenuModel *model,
          const char *label)
{
  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);
      g_autofree char *text = NULL;

      if (g_menu_model_get_item_attribute (model, i, "label", "s", &text) &&
          g_strcmp0 (text, label) == 0)
        return TRUE;
      if (section != NULL && has_item (section, label))
        return TRUE;
    }
  return FALSE;
}

static GMenuModel *
get_menu (GtkWidget *zoom_bar)
{
  return gtk_menu_button_get_menu_model (
    GTK_MENU_BUTTON (find_widget (zoom_bar, GTK_TYPE_MENU_BUTTON)));
}

static void
test_views (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("storm-search-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "views.storm", NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_create (path, NULL, NULL);
  StormHistory *history = storm_board_file_get_history (file);
  g_autoptr (StormSelection) selection = storm_selection_new (storm_board_file_get_board (file));
  GtkWidget *canvas = storm_canvas_new (history, selection);
  GtkWidget *zoom_bar = g_object_new (STORM_TYPE_ZOOM_BAR, NULL);
  g_autoptr (StormViewMenu) menu = storm_view_menu_new (file, STORM_CANVAS (canvas),
                                                        STORM_ZOOM_BAR (zoom_bar), f->overlay);
  g_autoptr (StormViewMenu) again = NULL;
  GtkWidget *other_bar = g_object_ref_sink (g_object_new (STORM_TYPE_ZOOM_BAR, NULL));
  g_autofree char *kept = NULL;
  GtkWidget *entry;
  StormPoint center;

  gtk_overlay_set_child (GTK_OVERLAY (f->overlay), canvas);
  gtk_overlay_add_overlay (GTK_OVERLAY (f->overlay), zoom_bar);
  gtk_window_present (GTK_WINDOW (f->window));
  WAIT_FOR (gtk_widget_get_width (canvas) > 0);
  storm_canvas_set_view (STORM_CANVAS (canvas), (StormPoint) { 4000, 300 }, 0.5);
  gtk_widget_activate_action (canvas, "view.keep", NULL);
  entry = find_widget (zoom_bar, GTK_TYPE_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "View 1");
  gtk_editable_set_text (GTK_EDITABLE (entry), "a_b");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (has_item (get_menu (zoom_bar), "a__b"));

  storm_canvas_set_view (STORM_CANVAS (canvas), (StormPoint) { 0, 0 }, 1);
  gtk_widget_activate_action (canvas, "view.go", "s", "a_b");
  center = storm_canvas_get_center (STORM_CANVAS (canvas));
  g_assert_cmpfloat_with_epsilon (center.x, 4000, 1);
  g_assert_cmpfloat_with_epsilon (center.y, 300, 1);
  g_assert_cmpfloat_with_epsilon (storm_canvas_get_zoom (STORM_CANVAS (canvas)), 0.5, 0.001);

  /* It is in the file, and goes from there too. */
  again = storm_view_menu_new (file, STORM_CANVAS (canvas), STORM_ZOOM_BAR (other_bar),
                               f->overlay);
  g_assert_true (has_item (get_menu (other_bar), "a__b"));
  gtk_widget_activate_action (canvas, "view.remove", "s", "a_b");
  g_assert_false (has_item (get_menu (other_bar), "a__b"));
  kept = storm_board_file_dup_setting (file, "views");
  g_assert_cmpstr (kept, ==, "");

  g_object_unref (other_bar);
  g_assert_true (storm_board_file_close (file, NULL));
  g_remove (path);
  g_rmdir (folder);
}

/* Each operation has its row, and no key means two things. */
static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const StormCommand *commands = storm_commands_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      guint key;
      GdkModifierType mods;

      g_assert_true (g_action_parse_detailed_name (commands[i].action, &name, &target, NULL));
      g_assert_true (g_hash_table_add (seen, (gpointer) commands[i].action));
      g_assert_cmpstr (storm_command_get_words (&commands[i]), !=, "");
      if (commands[i].accel != NULL)
        {
          g_assert_true (gtk_accelerator_parse (commands[i].accel, &key, &mods));
          g_assert_true (g_hash_table_add (keys, gtk_accelerator_name (key, mods)));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/search/command-names", test_names);
  g_test_add ("/search/find", Fixture, NULL, set_up, test_find, tear_down);
  g_test_add ("/search/commands", Fixture, NULL, set_up, test_commands, tear_down);
  g_test_add ("/search/minimap", Fixture, NULL, set_up, test_minimap, tear_down);
  g_test_add ("/search/views", Fixture, NULL, set_up, test_views, tear_down);
  return g_test_run ();
}
