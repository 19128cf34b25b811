#include "config.h"

#include "storm-unmatched-row.h"

#include <glib/gi18n-lib.h>

struct _StormUnmatchedRow
{
  GtkListBoxRow parent_instance;

  guint32       type_id;
};

enum
{
  MAKE_STICKY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormUnmatchedRow, storm_unmatched_row, GTK_TYPE_LIST_BOX_ROW)

static void
clicked_cb (StormUnmatchedRow *self)
{
  g_signal_emit (self, signals[MAKE_STICKY], 0, self->type_id);
}

static void
storm_unmatched_row_class_init (StormUnmatchedRowClass *klass)
{
  signals[MAKE_STICKY] = g_signal_new ("make-sticky", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
storm_unmatched_row_init (StormUnmatchedRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

GtkWidget *
storm_unmatched_row_new (const char *type,
                         guint32     type_id,
                         guint64     count)
{
  StormUnmatchedRow *self = g_object_new (STORM_TYPE_UNMATCHED_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (type[0] != '\0' ? type : _("unknown"));
  g_autofree char *text = g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
  GtkWidget *number = gtk_label_new (text);

  self->type_id = type_id;
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (box, "unmatched-row");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), number);
  if (type_id != 0)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Make sticky"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return GTK_WIDGET (self);
}
