#include "config.h"

#include "storm-board-tools.h"

#include <glib/gi18n-lib.h>

#include "storm-minimap.h"

#define MARGIN 12
/* Above the zoom bar. */
#define MINIMAP_MARGIN 60

static void
on_palette_placing (StormPaletteBar *palette_bar,
                    GParamSpec      *pspec,
                    StormCanvas     *canvas)
{
  const char *nick = storm_palette_bar_get_placing (palette_bar);
  g_autofree char *now = NULL;

  g_object_get (canvas, "placing", &now, NULL);
  if (g_strcmp0 (now, nick) == 0)
    return;

  gtk_widget_grab_focus (GTK_WIDGET (canvas));
  if (nick != NULL)
    gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.place", "s", nick);
  else
    gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.cancel", NULL);
}

static void
on_canvas_placing (StormCanvas     *canvas,
                   GParamSpec      *pspec,
                   StormPaletteBar *palette_bar)
{
  g_autofree char *nick = NULL;

  g_object_get (canvas, "placing", &nick, NULL);
  storm_palette_bar_set_placing (palette_bar, nick);
}

static void
on_add_context (StormPaletteBar *palette_bar,
                StormCanvas     *canvas)
{
  gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.add-context", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
}

static void
on_add_swimlane (StormPaletteBar *palette_bar,
                 StormCanvas     *canvas)
{
  gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.add-swimlane", NULL);
}

/* In the middle of the side where reading begins. An overlay doesn't ask for a width that goes with
 * a height, and the palette has one for each. */
static gboolean
on_position (GtkOverlay      *overlay,
             GtkWidget       *child,
             GdkRectangle    *out,
             StormPaletteBar *palette_bar)
{
  int room = gtk_widget_get_height (GTK_WIDGET (overlay)) - 2 * MARGIN;
  int width, height, least;

  if (child != GTK_WIDGET (palette_bar))
    return FALSE;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &least, &height, NULL, NULL);
  height = MAX (MIN (height, room), least);
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, height, &width, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  *out = (GdkRectangle) { MARGIN, MARGIN + MAX (room - height, 0) / 2, width, height };
  if (gtk_widget_get_direction (GTK_WIDGET (overlay)) == GTK_TEXT_DIR_RTL)
    out->x = gtk_widget_get_width (GTK_WIDGET (overlay)) - MARGIN - width;
  return TRUE;
}

StormPaletteBar *
storm_board_tools_add_palette (GtkOverlay  *overlay,
                               StormCanvas *canvas)
{
  GtkWidget *palette_bar;

  g_return_val_if_fail (GTK_IS_OVERLAY (overlay), NULL);
  g_return_val_if_fail (STORM_IS_CANVAS (canvas), NULL);

  palette_bar = storm_palette_bar_new ();
  g_signal_connect_object (overlay, "get-child-position", G_CALLBACK (on_position), palette_bar, 0);
  g_signal_connect_object (canvas, "notify::placing", G_CALLBACK (on_canvas_placing),
                           palette_bar, 0);
  g_signal_connect_object (palette_bar, "notify::placing", G_CALLBACK (on_palette_placing),
                           canvas, 0);
  g_signal_connect_object (palette_bar, "add-context", G_CALLBACK (on_add_context), canvas, 0);
  g_signal_connect_object (palette_bar, "add-swimlane", G_CALLBACK (on_add_swimlane), canvas, 0);
  gtk_overlay_add_overlay (overlay, palette_bar);

  return STORM_PALETTE_BAR (palette_bar);
}

/* Whoever panned too far finds the way back. */
static GtkWidget *
make_way_back (StormCanvas *canvas)
{
  GtkWidget *button = gtk_button_new_with_label (_("Back to the Content"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.zoom-fit");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  g_object_set (button, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, "visible", FALSE,
                NULL);
  g_object_bind_property (canvas, "lost", button, "visible", G_BINDING_SYNC_CREATE);
  return button;
}

GtkWidget *
storm_board_tools_add_view (GtkOverlay    *overlay,
                            StormCanvas   *canvas,
                            StormZoomBar **zoom_bar)
{
  GtkWidget *minimap;

  g_return_val_if_fail (GTK_IS_OVERLAY (overlay), NULL);
  g_return_val_if_fail (STORM_IS_CANVAS (canvas), NULL);
  g_return_val_if_fail (zoom_bar != NULL, NULL);

  minimap = storm_minimap_new (canvas);
  g_object_set (minimap, "halign", GTK_ALIGN_END, "valign", GTK_ALIGN_END,
                "margin-end", MARGIN, "margin-bottom", MINIMAP_MARGIN, NULL);
  gtk_overlay_add_overlay (overlay, minimap);

  *zoom_bar = g_object_new (STORM_TYPE_ZOOM_BAR,
                            "halign", GTK_ALIGN_END, "valign", GTK_ALIGN_END,
                            "margin-end", MARGIN, "margin-bottom", MARGIN, NULL);
  g_object_bind_property (canvas, "zoom", *zoom_bar, "zoom", G_BINDING_SYNC_CREATE);
  gtk_overlay_add_overlay (overlay, GTK_WIDGET (*zoom_bar));

  gtk_overlay_add_overlay (overlay, make_way_back (canvas));

  return minimap;
}
