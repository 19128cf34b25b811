#include "config.h"

#include "storm-print-preview.h"

#include <glib/gi18n-lib.h>

#define MARGIN 24
#define WIDTH 760
#define HEIGHT 620

struct _StormPrintPreview
{
  AdwWindow              parent_instance;

  double                 paper_width;     /* points */
  double                 paper_height;
  double                 left;
  double                 top;
  double                 page_width;      /* what can be printed on */
  double                 page_height;
  StormPrintPreviewDraw  draw;
  gpointer               data;
  GDestroyNotify         destroy;
};

G_DEFINE_FINAL_TYPE (StormPrintPreview, storm_print_preview, ADW_TYPE_WINDOW)

static void
draw_sheet (GtkDrawingArea *area,
            cairo_t        *cr,
            int             width,
            int             height,
            gpointer        data)
{
  StormPrintPreview *self = data;
  double scale = MIN ((width - 2 * MARGIN) / self->paper_width,
                      (height - 2 * MARGIN) / self->paper_height);

  if (scale <= 0 || self->draw == NULL)
    return;
  cairo_translate (cr, (width - self->paper_width * scale) / 2,
                   (height - self->paper_height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgba (cr, 0, 0, 0, .2);
  cairo_rectangle (cr, -1, 0, self->paper_width + 2, self->paper_height + 2);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, self->paper_width, self->paper_height);
  cairo_fill (cr);
  cairo_translate (cr, self->left, self->top);
  self->draw (cr, self->page_width, self->page_height, self->data);
}

static void
storm_print_preview_finalize (GObject *object)
{
  StormPrintPreview *self = STORM_PRINT_PREVIEW (object);

  if (self->destroy != NULL)
    self->destroy (self->data);
  G_OBJECT_CLASS (storm_print_preview_parent_class)->finalize (object);
}

static void
storm_print_preview_class_init (StormPrintPreviewClass *class)
{
  G_OBJECT_CLASS (class)->finalize = storm_print_preview_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (class), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
storm_print_preview_init (StormPrintPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *sheet = gtk_drawing_area_new ();

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (sheet), draw_sheet, self, NULL);
  gtk_widget_set_vexpand (sheet, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (sheet), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The board on its page"), -1);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), sheet);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_window_set_title (GTK_WINDOW (self), _("Print Preview"));
}

GtkWidget *
storm_print_preview_new (GtkWindow             *parent,
                         GtkPageSetup          *setup,
                         StormPrintPreviewDraw  draw,
                         gpointer               data,
                         GDestroyNotify         destroy)
{
  StormPrintPreview *self = g_object_new (STORM_TYPE_PRINT_PREVIEW, "transient-for", parent,
                                          "modal", TRUE, "destroy-with-parent", TRUE, NULL);

  g_return_val_if_fail (GTK_IS_PAGE_SETUP (setup), NULL);

  self->paper_width = gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS);
  self->paper_height = gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS);
  self->left = gtk_page_setup_get_left_margin (setup, GTK_UNIT_POINTS);
  self->top = gtk_page_setup_get_top_margin (setup, GTK_UNIT_POINTS);
  self->page_width = gtk_page_setup_get_page_width (setup, GTK_UNIT_POINTS);
  self->page_height = gtk_page_setup_get_page_height (setup, GTK_UNIT_POINTS);
  self->draw = draw;
  self->data = data;
  self->destroy = destroy;
  return GTK_WIDGET (self);
}
