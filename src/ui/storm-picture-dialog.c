#include "config.h"

#include "storm-picture-dialog.h"

#include <math.h>
#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-error.h"
#include "storm-picture-job.h"
#include "storm-view-list.h"

#define PROGRESS_INTERVAL_MS 80

typedef enum
{
  PART_BOARD,
  PART_VIEW,
  PART_SELECTION,
  PART_CONTEXT,
  PART_VIEWS,
  N_PARTS
} Part;

struct _StormPictureDialog
{
  AdwWindow       parent_instance;

  StormBoardPage *page;
  GtkWidget      *stack;
  GtkWidget      *export;
  AdwComboRow    *format;
  AdwComboRow    *part;
  AdwComboRow    *context;
  AdwComboRow    *scale;
  AdwComboRow    *paper;
  GtkSwitch      *transparent;
  GtkSwitch      *dark;
  GtkWidget      *marks_row;
  GtkSwitch      *marks;
  GtkLabel       *size;
  GtkProgressBar *bar;

  GCancellable   *cancellable;    /* while it runs */
  Part            parts[N_PARTS]; /* that are offered now, in that order */
  gboolean        filling;
  GPtrArray      *contexts;       /* as they are offered */
  GPtrArray      *views;          /* that are saved */

  StormPicture   *picture;        /* while the place is chosen, and while it runs */
  guint           progress_id;
  int             progress;
};

enum { SIGNAL_DONE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormPictureDialog, storm_picture_dialog, ADW_TYPE_WINDOW)

static StormPictureFormat
get_format (StormPictureDialog *self)
{
  return MIN (adw_combo_row_get_selected (self->format), STORM_N_PICTURE_FORMATS - 1);
}

static StormBoard *
get_board (StormPictureDialog *self)
{
  return storm_board_file_get_board (storm_board_page_get_file (self->page));
}

static Part
get_part (StormPictureDialog *self)
{
  return self->parts[MIN (adw_combo_row_get_selected (self->part), N_PARTS - 1)];
}

static StormPicture *
make_picture (StormPictureDialog *self)
{
  StormRect view = storm_canvas_get_view_rect (storm_board_page_get_canvas (self->page));
  StormSelection *selection = storm_board_page_get_selection (self->page);
  g_autoptr (GPtrArray) ids = NULL;

  switch (get_part (self))
    {
    case PART_CONTEXT:
      ids = storm_picture_ids_of_context (get_board (self),
                                          g_ptr_array_index (self->contexts, MIN (
                                            adw_combo_row_get_selected (self->context),
                                            self->contexts->len - 1)));
      return storm_picture_new (get_board (self), ids, NULL);
    case PART_SELECTION:
      return storm_picture_new (get_board (self), storm_selection_get_ids (selection), NULL);
    case PART_VIEW:
      return storm_picture_new (get_board (self), NULL,
                                view.width > 0 && view.height > 0 ? &view : NULL);
    case PART_BOARD:
    case PART_VIEWS:
    case N_PARTS:
    default:
      return storm_picture_new (get_board (self), NULL, NULL);
    }
}

static void
update_size (StormPictureDialog *self)
{
  g_autoptr (StormPicture) picture = make_picture (self);
  const StormRect *area = storm_picture_get_area (picture);
  double scale = adw_combo_row_get_selected (self->scale) + 1;
  double width = ceil (area->width * scale), height = ceil (area->height * scale);
  g_autofree char *words = NULL;

  switch (get_format (self))
    {
    case STORM_PICTURE_SVG:
      words = g_strdup (_("Stormwatch can open this picture again as a board."));
      break;

    case STORM_PICTURE_PDF:
      if (get_part (self) == PART_VIEWS)
        words = g_strdup_printf (ngettext ("%u page; its outline lists its bounded contexts.",
                                           "%u pages; the outline lists views and contexts.",
                                           self->views->len),
                                 self->views->len);
      else
        words = g_strdup (_("One page; its outline lists the bounded contexts."));
      break;

    case STORM_PICTURE_PNG:
    default:
      if (MAX (width, height) >= STORM_PICTURE_MAX_SIDE ||
          width * height >= STORM_PICTURE_MAX_PIXELS - STORM_PICTURE_MAX_SIDE)
        words = g_strdup (_("Too large for that scale; the picture will be made smaller."));
      else
        words = g_strdup_printf (_("%.0f × %.0f pixels"), width, height);
      break;
    }
  gtk_label_set_label (self->size, words);
}

/* What there is to choose from: several pages only in a PDF. */
static void
fill_parts (StormPictureDialog *self)
{
  const struct { Part part; const char *words; gboolean there; } all[] = {
    { PART_BOARD, _("Whole board"), TRUE },
    { PART_VIEW, _("What is in view"), TRUE },
    { PART_SELECTION, _("Selection"),
      storm_selection_get_n (storm_board_page_get_selection (self->page)) > 0 },
    { PART_CONTEXT, _("One bounded context"), self->contexts->len > 0 },
    { PART_VIEWS, _("Each saved view"),
      self->views->len > 0 && get_format (self) == STORM_PICTURE_PDF },
  };
  g_autoptr (GtkStringList) parts = gtk_string_list_new (NULL);
  Part before = get_part (self);
  guint n = 0, selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (!all[i].there)
        continue;
      gtk_string_list_append (parts, all[i].words);
      if (all[i].part == before)
        selected = n;
      self->parts[n++] = all[i].part;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->part, G_LIST_MODEL (parts));
  adw_combo_row_set_selected (self->part, selected);
  self->filling = FALSE;
}

static void
on_changed (StormPictureDialog *self)
{
  StormPictureFormat format = get_format (self);

  if (self->page == NULL || self->filling)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->context), get_part (self) == PART_CONTEXT);
  gtk_widget_set_visible (GTK_WIDGET (self->scale), format == STORM_PICTURE_PNG);
  gtk_widget_set_visible (GTK_WIDGET (self->paper), format == STORM_PICTURE_PDF);
  update_size (self);
}

static void
on_format_changed (StormPictureDialog *self)
{
  if (self->page == NULL)
    return;
  fill_parts (self);
  on_changed (self);
}

static gboolean
on_progress (gpointer data)
{
  StormPictureDialog *self = data;

  gtk_progress_bar_set_fraction (self->bar, g_atomic_int_get (&self->progress) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
set_running (StormPictureDialog *self,
             gboolean            running)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), running ? "progress" : "options");
  gtk_widget_set_sensitive (self->export, !running);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  if (running)
    self->progress_id = g_timeout_add (PROGRESS_INTERVAL_MS, on_progress, self);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (StormPictureDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;
  gboolean done = storm_picture_job_run_finish (result, NULL, &notice, &error);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->picture, storm_picture_unref);
  set_running (self, FALSE);
  if (done)
    g_signal_emit (self, signals[SIGNAL_DONE], 0,
                   notice != NULL ? notice : _("The picture was written"));
  else if (!g_error_matches (error, STORM_ERROR, STORM_ERROR_CANCELLED))
    {
      gtk_label_set_label (self->size, error->message);
      storm_compat_announce (GTK_WIDGET (self), error->message);
      return;
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What the window shows, with events that aren't on the board inside the picture. */
static cairo_surface_t *
record_marks (StormPictureDialog *self)
{
  StormCanvas *canvas = storm_board_page_get_canvas (self->page);
  GPtrArray *ids = storm_picture_get_ids (self->picture);
  StormRect area = *storm_picture_get_area (self->picture);
  StormRect ghosts;
  gboolean has_ghosts;
  cairo_surface_t *marked;

  for (guint i = 0; get_part (self) == PART_VIEWS && i < self->views->len; i++)
    {
      StormView *view = g_ptr_array_index (self->views, i);

      area = storm_rect_union (&area, &view->rect);
    }
  marked = storm_canvas_record_marked (canvas, &area, ids, gtk_switch_get_active (self->dark),
                                       &has_ghosts, &ghosts);
  if (has_ghosts && ids == NULL)
    storm_picture_include (self->picture, &ghosts);
  return marked;
}

static void
run (StormPictureDialog *self,
     const char         *path)
{
  StormCanvas *canvas = storm_board_page_get_canvas (self->page);
  StormPictureRequest request = {
    .format = get_format (self),
    .options = {
      .transparent = gtk_switch_get_active (self->transparent),
      .dark = gtk_switch_get_active (self->dark),
      .scale = adw_combo_row_get_selected (self->scale) + 1,
      .paper = MIN (adw_combo_row_get_selected (self->paper), STORM_N_PAPERS - 1),
    },
    .family = (char *) storm_picture_job_get_family (GTK_WIDGET (canvas)),
    .path = (char *) path,
  };

  g_object_get (canvas, "palette", &request.options.palette, NULL);
  if (get_part (self) == PART_VIEWS)
    request.options.views = self->views;
  if (gtk_widget_get_visible (self->marks_row) && gtk_switch_get_active (self->marks))
    request.options.marked = record_marks (self);
  self->cancellable = g_cancellable_new ();
  g_atomic_int_set (&self->progress, 0);
  set_running (self, TRUE);
  storm_picture_job_run_async (self->picture, get_board (self), &request, &self->progress,
                               self->cancellable, on_written, g_object_ref (self));
  g_clear_pointer (&request.options.marked, cairo_surface_destroy);
}

static void
on_place_chosen (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (StormPictureDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = storm_compat_file_finish (result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (self->picture == NULL || self->cancellable != NULL)
    return;
  if (path != NULL)
    {
      run (self, path);
      return;
    }
  g_clear_pointer (&self->picture, storm_picture_unref);
  if (file != NULL)
    gtk_label_set_label (self->size, _("A picture can't be written to that place, because it is "
                                       "not a folder of this computer. Choose another one."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (self->size, error->message);
}

static void
on_export (StormPictureDialog *self)
{
  static const char * const names[STORM_N_PICTURE_FORMATS] = {
    N_("PNG pictures"), N_("SVG pictures"), N_("PDF documents"),
  };
  const char *suffix = storm_picture_format_suffix (get_format (self));
  g_autofree char *name = g_strconcat (storm_board_page_get_title (self->page), suffix, NULL);
  const StormFileRequest request = {
    .title = _("Export as Picture"),
    .accept_label = _("_Export"),
    .filter_name = _(names[get_format (self)]),
    .filter_suffix = suffix + 1,
    .initial_name = g_strdelimit (name, "/", '-'),
  };

  g_clear_pointer (&self->picture, storm_picture_unref);
  self->picture = make_picture (self);
  storm_compat_save_file_async (GTK_WINDOW (self), &request, on_place_chosen, g_object_ref (self));
}

static void
on_cancel (StormPictureDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* While it runs, closing means to stop it; the end closes the window. */
static gboolean
storm_picture_dialog_close_request (GtkWindow *window)
{
  StormPictureDialog *self = STORM_PICTURE_DIALOG (window);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (storm_picture_dialog_parent_class)->close_request (window);
}

static void
storm_picture_dialog_dispose (GObject *object)
{
  StormPictureDialog *self = STORM_PICTURE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_pointer (&self->picture, storm_picture_unref);
  g_clear_pointer (&self->contexts, g_ptr_array_unref);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_object (&self->page);
  G_OBJECT_CLASS (storm_picture_dialog_parent_class)->dispose (object);
}

static void
storm_picture_dialog_class_init (StormPictureDialogClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = storm_picture_dialog_dispose;
  GTK_WINDOW_CLASS (class)->close_request = storm_picture_dialog_close_request;

  signals[SIGNAL_DONE] = g_signal_new ("done", STORM_TYPE_PICTURE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/storm-picture-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, export);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, format);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, part);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, context);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, scale);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, paper);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, transparent);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, dark);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, marks_row);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, marks);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, size);
  gtk_widget_class_bind_template_child (widget_class, StormPictureDialog, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
}

static void
storm_picture_dialog_init (StormPictureDialog *self)
{
  self->contexts = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The context that something is selected in comes up first. */
static gboolean
is_current (StormPictureDialog *self,
            StormContext       *context)
{
  StormSelection *selection = storm_board_page_get_selection (self->page);
  const char *id = storm_object_get_id (STORM_OBJECT (context));
  StormSticky *sticky = NULL;

  if (storm_selection_get_n (selection) > 0)
    sticky = storm_board_lookup_sticky (get_board (self),
                                        g_ptr_array_index (storm_selection_get_ids (selection), 0));
  return storm_selection_contains (selection, id) ||
         (sticky != NULL && g_strcmp0 (storm_sticky_get_context (sticky), id) == 0);
}

static void
fill_contexts (StormPictureDialog *self)
{
  GListModel *contexts = storm_board_get_contexts (get_board (self));
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < g_list_model_get_n_items (contexts); i++)
    {
      StormContext *context = g_list_model_get_item (contexts, i);
      const char *title = storm_context_get_title (context);

      g_ptr_array_add (self->contexts, context);
      gtk_string_list_append (titles, *title != '\0' ? title : _("Untitled"));
      if (is_current (self, context))
        selected = i;
    }
  adw_combo_row_set_model (self->context, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->context, selected);
}

GtkWidget *
storm_picture_dialog_new (GtkWindow      *parent,
                          StormBoardPage *page)
{
  StormPictureDialog *self = g_object_new (STORM_TYPE_PICTURE_DIALOG, "transient-for", parent,
                                           "destroy-with-parent", TRUE, NULL);
  g_autofree char *views = NULL;

  g_return_val_if_fail (STORM_IS_BOARD_PAGE (page), NULL);

  views = storm_board_file_dup_setting (storm_board_page_get_file (page), STORM_VIEWS_SETTING);
  self->page = g_object_ref (page);
  self->views = storm_view_list_parse (views);
  fill_contexts (self);
  gtk_widget_set_visible (self->marks_row,
                          storm_canvas_shows_trace (storm_board_page_get_canvas (page)));
  on_format_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->format));
  return GTK_WIDGET (self);
}
