#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-compat
 *
 * The only place that names API above the floor (GTK 4.8, libadwaita 1.2), or API that is
 * deprecated at the top (GTK 4.18, libadwaita 1.7), behind functions that do the same at both ends.
 */

typedef struct
{
  const char *title;          /* translated */
  const char *accept_label;   /* translated, nullable */
  const char *filter_name;    /* translated, nullable */
  const char *filter_suffix;  /* "storm", nullable; several by ";" */
  const char *initial_name;   /* for saving, nullable */
} StormFileRequest;

/** storm_compat_open_file, storm_compat_save_file: through the portal where there is one. The
 * result is a GFile, or %NULL with %G_IO_ERROR_CANCELLED. */
void       storm_compat_open_file_async  (GtkWindow              *parent,
                                          const StormFileRequest *request,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
void       storm_compat_save_file_async  (GtkWindow              *parent,
                                          const StormFileRequest *request,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
GFile     *storm_compat_file_finish      (GAsyncResult           *result,
                                          GError                **error);

/** storm_compat_show_about: the About window. */
void       storm_compat_show_about       (GtkWindow              *parent);

/** storm_compat_get_color: the text colour of @widget. */
void       storm_compat_get_color        (GtkWidget              *widget,
                                          GdkRGBA                *color);

/** storm_compat_load_css: replaces what @provider holds. */
void       storm_compat_load_css         (GtkCssProvider         *provider,
                                          const char             *css);

/** storm_compat_announce: spoken by a screen reader where GTK can; else nothing. */
void       storm_compat_announce         (GtkWidget              *widget,
                                          const char             *words);

/** storm_compat_scroll_to: brings row @position of a column view into view. */
void       storm_compat_scroll_to        (GtkColumnView          *view,
                                          guint                   position);

G_END_DECLS
