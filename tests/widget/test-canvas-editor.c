#include "config.h"

#include "storm-canvas-test.h"
#include "storm-editor-private.h"

#include <gtk/gtkimmodule.h>

static void
test_editor (Fixture       *f,
             gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 100, 100, "before");
  StormSticky *sticky = storm_board_lookup_sticky (f->board, a);
  GtkTextBuffer *buffer;

  storm_selection_set_one (f->selection, a);
  act (f, "canvas.edit");
  g_assert_nonnull (canvas->editor);
  /* While there is an editor its keys are its own. */
  gtk_widget_activate_action (f->canvas, "canvas.delete", NULL);
  g_assert_cmpuint (n_stickies (f), ==, 1);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "<i>after</i>", -1);
  g_signal_emit_by_name (canvas->editor, "done", TRUE);
  g_assert_null (canvas->editor);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "<i>after</i>");
  act (f, "canvas.undo");
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "before");

  /* A new one and its first title are one step; a second title is a step of its own. */
  gtk_widget_activate_action (f->canvas, "canvas.add", "s", "policy");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "first", -1);
  act (f, "canvas.cancel");
  act (f, "canvas.edit");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "second", -1);
  act (f, "canvas.cancel");
  act (f, "canvas.undo");
  g_assert_cmpstr (storm_sticky_get_title (STORM_STICKY (
                     storm_selection_get_single (f->selection))), ==, "first");
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 1);
  act (f, "canvas.add-context");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "Orders", -1);
  act (f, "canvas.cancel");
  act (f, "canvas.undo");
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_contexts (f->board)), ==, 0);
  /* One without a title stays, as a sticky on the wall would. */
  gtk_widget_activate_action (f->canvas, "canvas.add", "s", "policy");
  act (f, "canvas.cancel");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  act (f, "canvas.undo");

  /* What is edited may go away. */
  storm_selection_set_one (f->selection, a);
  act (f, "canvas.edit");
  storm_history_undo (f->history, NULL);
  g_assert_cmpuint (n_stickies (f), ==, 0);
  g_assert_null (canvas->editor);
}

/* Lets the window be drawn as it is now. */
static void
settle (Fixture *f)
{
  GdkFrameClock *clock;
  gint64 counter;

  gtk_window_present (GTK_WINDOW (f->window));
  while (!gtk_widget_get_mapped (f->canvas))
    g_main_context_iteration (NULL, TRUE);
  /* Idle sources wait for a frame, and one more is what they asked for. */
  clock = gtk_widget_get_frame_clock (f->canvas);
  for (guint i = 0; i < 3; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      counter = gdk_frame_clock_get_frame_counter (clock);
      gtk_widget_queue_draw (f->canvas);
      while (gdk_frame_clock_get_frame_counter (clock) == counter)
        g_main_context_iteration (NULL, TRUE);
    }
}

static GtkTextView *
editor_view (Fixture *f)
{
  g_assert_nonnull (STORM_CANVAS (f->canvas)->editor);
  return GTK_TEXT_VIEW (storm_editor_get_view (STORM_CANVAS (f->canvas)->editor));
}

/* Which pixels inside the sticky have ink: those that are darker than half of its colour. */
static guint8 *
ink_of (Fixture         *f,
        const StormRect *r,
        const char      *picture)
{
  g_autoptr (GskRenderNode) node = snapshot (f->canvas);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint8 *ink = g_malloc0 (WIDTH * HEIGHT);

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (g_getenv ("STORM_TEST_PICTURES") != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("STORM_TEST_PICTURES"), picture, NULL);

      cairo_surface_write_to_png (surface, path);
    }
  for (int y = MAX (0, (int) r->y); y < MIN (HEIGHT, (int) (r->y + r->height)); y++)
    for (int x = MAX (0, (int) r->x); x < MIN (WIDTH, (int) (r->x + r->width)); x++)
      {
        guint32 p = *(const guint32 *) (void *) (cairo_image_surface_get_data (surface) + 4 * x +
                                                 y * cairo_image_surface_get_stride (surface));

        ink[y * WIDTH + x] = ((p >> 16) & 0xff) < 0x90;
      }
  cairo_surface_destroy (surface);
  return ink;
}

/* Pixels of @a that have none of @b beside them. */
static guint
n_astray (const guint8 *a,
          const guint8 *b,
          guint        *out_all)
{
  guint n = 0;

  *out_all = 0;
  for (int y = 1; y < HEIGHT - 1; y++)
    for (int x = 1; x < WIDTH - 1; x++)
      if (a[y * WIDTH + x])
        {
          gboolean near = FALSE;

          for (int i = 0; i < 9; i++)
            near |= b[(y - 1 + i / 3) * WIDTH + x - 1 + i % 3];
          n += !near;
          ++*out_all;
        }
  return n;
}

/* The text view that takes the input has the lines that are seen, and shows them all. */
static void
assert_all_lines (Fixture *f)
{
  StormEditor *editor = STORM_CANVAS (f->canvas)->editor;
  GtkAdjustment *scroll =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (editor->scroller));
  GtkTextIter iter;
  int n_lines = 1;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (editor_view (f)), &iter);
  while (gtk_text_view_forward_display_line (editor_view (f), &iter) &&
         !gtk_text_iter_is_end (&iter))
    n_lines++;
  /* The smallest letters it measures with hints. */
  g_assert_cmpint (ABS (n_lines - pango_layout_get_line_count (editor->layout)), <=,
                   editor->fit.size < 12 ? 1 : 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (scroll), <=,
                     gtk_adjustment_get_page_size (scroll));
}

/* Opening the editor moves no letter: it lies over the painted title, line by line, at every size,
 * also where lines end within names and where Korean words stay whole. */
static void
test_editor_place (Fixture       *f,
                   gconstpointer  data)
{
  static const struct { const char *title; double zoom; } cases[] = {
    { "Paid", 1 },
    { "Order placed", 1 },
    { "The customer was told that the order is on its way", 1 },
    { "OrderPlacedAgain order.delivery_started", 1 },
    { "주문이 접수되었습니다 배달이시작됨", 1 },
    { "one\ntwo\nthree\n\nfive", 1 },
    { "Payment authorised, and if it was not, then the customer is asked for another card, twice, "
      "before the order is given up", 1 },
    { "Order placed", 2.3 },
    { "OrderPlacedAgain order.delivery_started", 1.7 },
    { "Order placed", .6 },
  };
  StormCanvas *canvas = STORM_CANVAS (f->canvas);

  settle (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = add (f, 200, 200, cases[i].title);
      g_autofree char *name = g_strdup_printf ("%u-painted.png", i);
      g_autofree char *name2 = g_strdup_printf ("%u-edited.png", i);
      g_autofree guint8 *painted = NULL;
      g_autofree guint8 *edited = NULL;
      guint n_painted, n_edited, n_gone, n_new;
      StormItem *item = storm_scene_lookup (canvas->scene, id);
      GtkTextIter end;
      StormRect r;

      storm_canvas_set_view (canvas, (StormPoint) { 200, 200 }, cases[i].zoom);
      storm_selection_set_one (f->selection, id);
      settle (f);
      /* Without its rim, where the handles are. */
      r = storm_viewport_rect_to_screen (&canvas->view, &item->rect);
      r = (StormRect) { r.x + 9, r.y + 9, r.width - 18, r.height - 18 };
      painted = ink_of (f, &r, name);
      act (f, "canvas.edit");
      gtk_text_view_set_cursor_visible (editor_view (f), FALSE);
      gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (editor_view (f)), &end);
      gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (editor_view (f)), &end);
      settle (f);
      edited = ink_of (f, &r, name2);
      n_gone = n_astray (painted, edited, &n_painted);
      n_new = n_astray (edited, painted, &n_edited);
      g_test_message ("%u: %u of %u are gone, %u of %u are new", i, n_gone, n_painted, n_new,
                      n_edited);
      g_assert_cmpuint (n_painted, >, 50);
      g_assert_cmpuint (n_gone, ==, 0);
      g_assert_cmpuint (n_new, ==, 0);
      assert_all_lines (f);
      act (f, "canvas.cancel");
      act (f, "canvas.delete");
    }
}

/* Letters get smaller as more of them must fit, down to a floor, and grow back. */
static void
test_editor_shrinks (Fixture       *f,
                     gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *id = add (f, 200, 200, "");
  g_autoptr (GString) words = g_string_new (NULL);
  GtkTextBuffer *buffer;
  GtkAdjustment *scroll;
  double size = 22;

  storm_selection_set_one (f->selection, id);
  act (f, "canvas.edit");
  settle (f);
  buffer = gtk_text_view_get_buffer (editor_view (f));
  g_assert_cmpfloat (storm_editor_get_fit (canvas->editor)->size, ==, 22);
  for (guint i = 0; i < 60; i++)
    {
      g_string_append (words, "payment ");
      gtk_text_buffer_insert_at_cursor (buffer, "payment ", -1);
      /* The space at the end may or may not still count. */
      g_assert_cmpfloat (storm_editor_get_fit (canvas->editor)->size, <=, size + 1);
      size = storm_editor_get_fit (canvas->editor)->size;
    }
  g_assert_cmpfloat (size, ==, 8);
  /* Now it scrolls, to where the cursor is. */
  settle (f);
  scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (canvas->editor->scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (scroll), >, gtk_adjustment_get_page_size (scroll));
  gtk_text_view_scroll_mark_onscreen (editor_view (f), gtk_text_buffer_get_insert (buffer));
  settle (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), >, 0);
  gtk_text_buffer_set_text (buffer, "Order\nplaced\nby me", -1);
  g_assert_cmpfloat (storm_editor_get_fit (canvas->editor)->size, >, 12);
  settle (f);
  assert_all_lines (f);
}

/* Where a title could not be read, its editor is as large as at 100 %, and in view. */
static void
test_editor_readable (Fixture       *f,
                      gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *id = add (f, 200, 200, "Order placed");
  graphene_rect_t bounds;

  storm_selection_set_one (f->selection, id);
  storm_canvas_set_view (canvas, (StormPoint) { -3790, 200 }, .1);
  settle (f);
  act (f, "canvas.edit");
  settle (f);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (canvas->editor), f->canvas, &bounds));
  g_assert_cmpfloat (bounds.size.width, ==, 120);
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (f->canvas));
  /* Nearer, it goes back to its place. */
  storm_canvas_set_view (canvas, (StormPoint) { 200, 200 }, .8);
  settle (f);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (canvas->editor), f->canvas, &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.size.width, 96, .01);
}

/* An input method that knows the letter "y", and composes one syllable with "x". Enter ends it, and
 * means the editor after that, as Korean ones do; Escape takes it back and means nothing more. */
typedef struct
{
  GtkIMContext  parent;
  char         *preedit;
} TestIm;

typedef struct
{
  GtkIMContextClass parent;
} TestImClass;

GType test_im_get_type (void);
G_DEFINE_TYPE (TestIm, test_im, GTK_TYPE_IM_CONTEXT)

#define SYLLABLE "\353\220\250"

static void
test_im_set (TestIm     *self,
             const char *preedit)
{
  g_free (self->preedit);
  self->preedit = g_strdup (preedit);
  g_signal_emit_by_name (self, preedit != NULL ? "preedit-start" : "preedit-end");
  g_signal_emit_by_name (self, "preedit-changed");
}

static gboolean
test_im_filter (GtkIMContext *context,
                GdkEvent     *event)
{
  TestIm *self = (TestIm *) context;
  guint key = gdk_key_event_get_keyval (event);

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS)
    return FALSE;
  if (key == GDK_KEY_x)
    {
      test_im_set (self, SYLLABLE);
      return TRUE;
    }
  if (self->preedit == NULL && key == GDK_KEY_y)
    {
      g_signal_emit_by_name (self, "commit", "y");
      return TRUE;
    }
  if (self->preedit == NULL)
    return FALSE;
  if (key == GDK_KEY_Return)
    {
      test_im_set (self, NULL);
      g_signal_emit_by_name (self, "commit", SYLLABLE);
      return FALSE;
    }
  test_im_set (self, NULL);
  return key == GDK_KEY_Escape;
}

static void
test_im_get_preedit (GtkIMContext   *context,
                     char          **text,
                     PangoAttrList **attrs,
                     int            *cursor)
{
  TestIm *self = (TestIm *) context;

  if (text != NULL)
    *text = g_strdup (self->preedit != NULL ? self->preedit : "");
  if (attrs != NULL)
    *attrs = pango_attr_list_new ();
  if (cursor != NULL)
    *cursor = self->preedit != NULL ? 1 : 0;
}

static void
test_im_finalize (GObject *object)
{
  g_free (((TestIm *) object)->preedit);
  G_OBJECT_CLASS (test_im_parent_class)->finalize (object);
}

static void
test_im_class_init (TestImClass *klass)
{
  GTK_IM_CONTEXT_CLASS (klass)->filter_keypress = test_im_filter;
  GTK_IM_CONTEXT_CLASS (klass)->get_preedit_string = test_im_get_preedit;
  G_OBJECT_CLASS (klass)->finalize = test_im_finalize;
}

static void
test_im_init (TestIm *self)
{
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("The window never had the keys");
  return G_SOURCE_REMOVE;
}

static gboolean
on_event (GtkEventController *controller,
          GdkEvent           *event,
          gpointer            user_data)
{
  guint *n_releases = user_data;

  if (gdk_event_get_event_type (event) == GDK_KEY_RELEASE)
    (*n_releases)++;
  return GDK_EVENT_PROPAGATE;
}

/* Presses @key, as "ctrl+Return", and waits until the window has heard that it was let go: the
 * program that presses may be at its end before the display server has told anybody. */
static void
press (Fixture    *f,
       const char *key)
{
  const char *argv[] = { "xdotool", "key", key, NULL };
  g_auto (GStrv) parts = g_strsplit (key, "+", -1);
  GtkEventController *heard = gtk_event_controller_legacy_new ();
  g_autoptr (GError) error = NULL;
  guint n_releases = 0;
  guint deadline;
  int status;

  gtk_event_controller_set_propagation_phase (heard, GTK_PHASE_CAPTURE);
  g_signal_connect (heard, "event", G_CALLBACK (on_event), &n_releases);
  gtk_widget_add_controller (f->window, heard);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  deadline = g_timeout_add_seconds (60, on_deadline, NULL);
  while (n_releases < g_strv_length (parts))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  gtk_widget_remove_controller (f->window, heard);
  settle (f);
}

static void
focus_window (Fixture *f)
{
  g_autofree char *id = NULL;
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  const char *search[] = { "sh", "-c", "xdotool windowfocus --sync $(xdotool search --sync "
                                       "--onlyvisible --pid $PPID | tail -1)", NULL };
  guint deadline;
  int status;

  if (xdotool == NULL)
    return;
  settle (f);
  g_assert_true (g_spawn_sync (NULL, (char **) search, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, NULL));
  /* The display server has given it the keys; that it tells the window may take longer. */
  deadline = g_timeout_add_seconds (60, on_deadline, NULL);
  while (!gtk_window_is_active (GTK_WINDOW (f->window)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  settle (f);
}

/* What is composed is seen in its place, and its keys are the input method's own. */
static void
test_editor_composes (Fixture       *f,
                      gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *id = add (f, 200, 200, "");
  StormSticky *sticky = storm_board_lookup_sticky (f->board, id);
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autofree char *im = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *next = NULL;
  g_autofree char *flow = NULL;
  g_autoptr (StormChange) change = NULL;

  if (xdotool == NULL)
    {
      g_test_skip ("xdotool is not there to press keys");
      return;
    }
  g_object_get (gtk_settings_get_default (), "gtk-im-module", &im, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-im-module", "storm-test", NULL);
  focus_window (f);
  storm_selection_set_one (f->selection, id);
  act (f, "canvas.edit");
  settle (f);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (editor_view (f))));

  press (f, "x");
  g_assert_cmpstr (pango_layout_get_text (canvas->editor->layout), ==, SYLLABLE);
  typed = storm_editor_get_text (canvas->editor);
  g_assert_cmpstr (typed, ==, "");
  press (f, "Escape");
  g_assert_nonnull (canvas->editor);
  g_assert_cmpstr (pango_layout_get_text (canvas->editor->layout), ==, "");
  press (f, "x");
  press (f, "Return");
  g_assert_null (canvas->editor);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, SYLLABLE);

  /* On a flow as on a sticky, by F2. */
  next = add (f, 600, 200, "b");
  change = storm_edit_connect (f->board, id, next, &flow);
  g_assert_true (storm_history_do (f->history, change, NULL));
  storm_selection_set_one (f->selection, flow);
  press (f, "F2");
  g_assert_nonnull (canvas->editor);
  press (f, "x");
  g_assert_cmpstr (pango_layout_get_text (canvas->editor->layout), ==, SYLLABLE);
  press (f, "Return");
  g_assert_null (canvas->editor);
  g_assert_cmpstr (storm_flow_get_label (storm_board_lookup_flow (f->board, flow)), ==, SYLLABLE);
  g_object_set (gtk_settings_get_default (), "gtk-im-module", im, NULL);
}

/* Tab and its like, from the editor and from the board; what was typed before is kept. */
static void
test_step (Fixture       *f,
           gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 200, 200, "a");
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autofree char *im = NULL;
  StormSticky *sticky;

  storm_selection_set_one (f->selection, a);
  act (f, "canvas.next-right");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_nonnull (canvas->editor);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (editor_view (f)), "b", -1);
  g_signal_emit_by_name (canvas->editor, "step", STORM_SIDE_BOTTOM);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_nonnull (canvas->editor);
  act (f, "canvas.next-above");
  g_assert_cmpuint (n_stickies (f), ==, 3);
  act (f, "canvas.cancel");
  sticky = STORM_STICKY (storm_selection_get_single (f->selection));
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "b");
  /* The third, then the second with its title. */
  act (f, "canvas.undo");
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 1);
  if (xdotool == NULL)
    return;

  g_object_get (gtk_settings_get_default (), "gtk-im-module", &im, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-im-module", "storm-test", NULL);
  focus_window (f);
  gtk_widget_grab_focus (f->canvas);
  storm_selection_set_one (f->selection, a);
  press (f, "Tab");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  press (f, "y");
  press (f, "shift+Tab");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_true (storm_selection_contains (f->selection, a));
  g_assert_cmpstr (canvas->edit_id, ==, a);
  press (f, "ctrl+Return");
  press (f, "ctrl+shift+Return");
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_cmpstr (canvas->edit_id, ==, a);
  press (f, "Escape");
  g_assert_null (canvas->editor);
  press (f, "Tab");
  sticky = STORM_STICKY (storm_selection_get_single (f->selection));
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "y");
  g_assert_nonnull (canvas->editor);

  /* A letter on a selected one begins its new title; Undo brings the old one back. */
  act (f, "canvas.cancel");
  storm_selection_set_one (f->selection, a);
  press (f, "y");
  g_assert_cmpstr (canvas->edit_id, ==, a);
  press (f, "Return");
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (f->board, a)), ==, "y");
  act (f, "canvas.undo");
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (f->board, a)), ==, "a");
  g_object_set (gtk_settings_get_default (), "gtk-im-module", im, NULL);
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  g_io_extension_point_implement (GTK_IM_MODULE_EXTENSION_POINT_NAME, test_im_get_type (),
                                  "storm-test", 0);
  ADD ("editor", test_editor);
  ADD ("editor/place", test_editor_place);
  ADD ("editor/shrinks", test_editor_shrinks);
  ADD ("editor/composes", test_editor_composes);
  ADD ("editor/readable", test_editor_readable);
  ADD ("step", test_step);
  return g_test_run ();
}
