#include "config.h"

#include "storm-panes.h"

#include "storm-settings.h"

static int
get_size (GtkWidget      *widget,
          GtkOrientation  orientation)
{
  return orientation == GTK_ORIENTATION_HORIZONTAL ? gtk_widget_get_width (widget)
                                                   : gtk_widget_get_height (widget);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  int size = get_size (widget, gtk_orientable_get_orientation (GTK_ORIENTABLE (widget)));
  int wanted = GPOINTER_TO_INT (data);

  if (size <= 1)
    return G_SOURCE_CONTINUE;

  gtk_paned_set_position (GTK_PANED (widget), MAX (size - wanted, size / 2));
  return G_SOURCE_REMOVE;
}

void
storm_panes_restore_end (GtkPaned   *paned,
                         const char *key,
                         int         fallback)
{
  g_return_if_fail (GTK_IS_PANED (paned));
  g_return_if_fail (key != NULL);

  gtk_widget_add_tick_callback (GTK_WIDGET (paned), on_tick,
                                GINT_TO_POINTER (storm_settings_get_int (key, fallback)), NULL);
}

void
storm_panes_keep_end (GtkPaned   *paned,
                      const char *key)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_PANED (paned));
  g_return_if_fail (key != NULL);

  child = gtk_paned_get_end_child (paned);
  if (child != NULL && gtk_widget_get_mapped (child))
    storm_settings_set_int (key,
                            get_size (child,
                                      gtk_orientable_get_orientation (GTK_ORIENTABLE (paned))));
}
