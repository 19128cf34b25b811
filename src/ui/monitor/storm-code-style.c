#include "config.h"

#include "storm-code-style.h"

#include <adwaita.h>

static void
follow (GtkSourceView *view)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (
    gtk_source_style_scheme_manager_get_default (), dark ? "Adwaita-dark" : "Adwaita");

  gtk_source_buffer_set_style_scheme (
    GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))), scheme);
}

void
storm_code_style_follow (GtkSourceView *view)
{
  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (follow),
                           view, G_CONNECT_SWAPPED);
  follow (view);
}
