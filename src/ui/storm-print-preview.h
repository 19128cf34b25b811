#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STORM_TYPE_PRINT_PREVIEW (storm_print_preview_get_type ())

/** StormPrintPreviewDraw: draws a page of @width × @height in the units of @cr. */
typedef void (*StormPrintPreviewDraw) (cairo_t  *cr,
                                       double    width,
                                       double    height,
                                       gpointer  data);

/**
 * StormPrintPreview:
 *
 * A window with one page as it would be printed.
 */
G_DECLARE_FINAL_TYPE (StormPrintPreview, storm_print_preview, STORM, PRINT_PREVIEW, AdwWindow)

GtkWidget *storm_print_preview_new (GtkWindow             *parent,
                                    GtkPageSetup          *setup,
                                    StormPrintPreviewDraw  draw,
                                    gpointer               data,
                                    GDestroyNotify         destroy);

G_END_DECLS
