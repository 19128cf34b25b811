#include "config.h"

#include "storm-board-hint.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *keys;
  const char *words;
} ways[] = {
  { N_("Double-click"), N_("writes an event") },
  { "1 – 9", N_("picks a kind; the next click places it") },
  { N_("Drag"), N_("takes a kind from the palette to its place") },
  { "Ctrl+V", N_("makes a sticky of each line of a list") },
};

static void
on_board_changed (GtkWidget    *hint,
                  guint         position,
                  guint         removed,
                  guint         added,
                  gpointer      list)
{
  StormHistory *history = g_object_get_data (G_OBJECT (hint), "history");
  StormBoard *board = storm_history_get_board (history);

  gtk_widget_set_visible (hint,
                          !storm_history_get_read_only (history) &&
                          g_list_model_get_n_items (storm_board_get_stickies (board)) == 0 &&
                          g_list_model_get_n_items (storm_board_get_contexts (board)) == 0);
}

static void
on_read_only (GtkWidget *hint)
{
  on_board_changed (hint, 0, 0, 0, NULL);
}

static GtkWidget *
make_label (const char *text,
            const char *class,
            float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, class);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
make_ways (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (int i = 0; i < (int) G_N_ELEMENTS (ways); i++)
    {
      GtkWidget *keys = make_label (_(ways[i].keys), "heading", 1);

      gtk_label_set_wrap (GTK_LABEL (keys), FALSE);
      gtk_grid_attach (GTK_GRID (grid), keys, 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), make_label (_(ways[i].words), "body", 0), 1, i, 1, 1);
    }
  return grid;
}

GtkWidget *
storm_board_hint_new (StormHistory *history)
{
  StormBoard *board;
  GtkWidget *hint;

  g_return_val_if_fail (STORM_IS_HISTORY (history), NULL);

  board = storm_history_get_board (history);
  hint = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (hint, "storm-hint");
  gtk_widget_set_halign (hint, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (hint, 72);
  gtk_widget_set_margin_end (hint, 24);
  gtk_widget_set_can_target (hint, FALSE);
  gtk_box_append (GTK_BOX (hint), make_label (_("Begin with What Happened"), "title-2", .5f));
  gtk_box_append (GTK_BOX (hint), make_ways ());

  g_object_set_data_full (G_OBJECT (hint), "history", g_object_ref (history), g_object_unref);
  g_signal_connect_object (storm_board_get_stickies (board), "items-changed",
                           G_CALLBACK (on_board_changed), hint, G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_board_get_contexts (board), "items-changed",
                           G_CALLBACK (on_board_changed), hint, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::read-only", G_CALLBACK (on_read_only), hint,
                           G_CONNECT_SWAPPED);
  on_read_only (hint);
  return hint;
}
