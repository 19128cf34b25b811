#include "config.h"

#include "storm-command-palette.h"

#include <glib/gi18n-lib.h>

#include "storm-commands.h"
#include "storm-compat.h"
#include "storm-context.h"
#include "storm-find-words.h"
#include "storm-swatch.h"
#include "storm-tooltip.h"

/* Who doesn't find it among these types another letter. */
#define MAX_ROWS 60

#define STORM_TYPE_COMMAND_ROW (storm_command_row_get_type ())
G_DECLARE_FINAL_TYPE (StormCommandRow, storm_command_row, STORM, COMMAND_ROW, GObject)

/* Either an action or a sticky. */
struct _StormCommandRow
{
  GObject parent_instance;

  char *words;
  char *detail;
  char *action;
  char *sticky_id;
  int kind;
  guint rank;
  guint order;
};

G_DEFINE_FINAL_TYPE (StormCommandRow, storm_command_row, G_TYPE_OBJECT)

static void
storm_command_row_finalize (GObject *object)
{
  StormCommandRow *self = STORM_COMMAND_ROW (object);

  g_free (self->words);
  g_free (self->detail);
  g_free (self->action);
  g_free (self->sticky_id);

  G_OBJECT_CLASS (storm_command_row_parent_class)->finalize (object);
}

static void
storm_command_row_class_init (StormCommandRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_command_row_finalize;
}

static void
storm_command_row_init (StormCommandRow *self)
{
  self->kind = -1;
}

struct _StormCommandPalette
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListView *list;

  StormSelection *selection;
  GListStore *rows;
  GtkSingleSelection *chosen;
};

enum
{
  REVEAL,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormCommandPalette, storm_command_palette, GTK_TYPE_WIDGET)

static gboolean
can_activate (StormCommandPalette *self,
              const char          *detailed)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GActionGroup *group = NULL;

  if (!GTK_IS_APPLICATION_WINDOW (root) ||
      !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return FALSE;

  if (g_str_has_prefix (name, "win."))
    group = G_ACTION_GROUP (root);
  else if (g_str_has_prefix (name, "app."))
    group = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (root)));
  /* The others are those that every window has. */
  return group == NULL || g_action_group_get_action_enabled (group, strchr (name, '.') + 1);
}

static void
add_command (StormCommandPalette  *self,
             GPtrArray            *found,
             const StormFindWords *words,
             const char           *action,
             const char           *label,
             const char           *accel)
{
  guint rank = storm_find_words_rank (words, label);
  StormCommandRow *row;

  if (rank == 0 || !can_activate (self, action))
    return;

  row = g_object_new (STORM_TYPE_COMMAND_ROW, NULL);
  row->words = g_strdup (label);
  row->detail = storm_tooltip_dup_accel (accel);
  row->action = g_strdup (action);
  row->rank = rank;
  row->order = found->len;
  g_ptr_array_add (found, row);
}

static void
add_commands (StormCommandPalette  *self,
              GPtrArray            *found,
              const StormFindWords *words)
{
  guint n;
  const StormCommand *commands = storm_commands_get (&n);

  for (guint i = 0; i < n; i++)
    add_command (self, found, words, commands[i].action, storm_command_get_words (&commands[i]),
                 commands[i].accel);
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      g_autofree char *action = g_strconcat ("win.add-", storm_kind_info (i)->nick, NULL);
      /* Translators: a command: "Add a sticky: Read model" */
      g_autofree char *label = g_strdup_printf (_("Add a sticky: %s"), storm_kind_name (i));

      add_command (self, found, words, action, label, NULL);
    }
}

static char *
describe_sticky (StormBoard  *board,
                 StormSticky *sticky)
{
  const char *context_id = storm_sticky_get_context (sticky);
  StormContext *context = context_id != NULL ? storm_board_lookup_context (board, context_id)
                                             : NULL;

  if (context == NULL)
    return g_strdup (storm_kind_name (storm_sticky_get_kind (sticky)));
  /* Translators: kind of a sticky, and the bounded context that it lies in */
  return g_strdup_printf (C_("sticky", "%s in %s"),
                          storm_kind_name (storm_sticky_get_kind (sticky)),
                          storm_context_get_title (context));
}

static void
add_stickies (StormCommandPalette  *self,
              GPtrArray            *found,
              const StormFindWords *words)
{
  StormBoard *board = storm_selection_get_board (self->selection);
  GListModel *stickies = storm_board_get_stickies (board);
  guint n = g_list_model_get_n_items (stickies);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const char *title = storm_sticky_get_title (sticky);
      guint rank = storm_find_words_rank (words, title);
      StormCommandRow *row;

      if (rank == 0 || *title == '\0')
        continue;
      row = g_object_new (STORM_TYPE_COMMAND_ROW, NULL);
      row->words = g_strdelimit (g_strdup (title), "\n", ' ');
      row->detail = describe_sticky (board, sticky);
      row->sticky_id = g_strdup (storm_object_get_id (STORM_OBJECT (sticky)));
      row->kind = (int) storm_sticky_get_kind (sticky);
      row->rank = rank;
      row->order = found->len;
      g_ptr_array_add (found, row);
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const StormCommandRow *x = *(StormCommandRow **) a;
  const StormCommandRow *y = *(StormCommandRow **) b;

  if (x->rank != y->rank)
    return x->rank > y->rank ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

static void
fill (StormCommandPalette *self)
{
  g_autoptr (StormFindWords) words =
    storm_find_words_new (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  add_commands (self, found, words);
  /* All of them would be a list of the board, which the outline is. */
  if (!storm_find_words_is_empty (words))
    add_stickies (self, found, words);
  g_ptr_array_sort (found, compare_rows);
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       found->pdata, MIN (found->len, MAX_ROWS));
  gtk_single_selection_set_selected (self->chosen, 0);
  gtk_stack_set_visible_child_name (self->stack, found->len > 0 ? "list" : "empty");
  if (found->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0u);
}

static void
on_search_changed (StormCommandPalette *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    fill (self);
}

static void
run (StormCommandPalette *self,
     guint                position)
{
  g_autoptr (StormCommandRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (row == NULL)
    return;

  /* First the focus back to the board, as the action may move it on. */
  g_signal_emit (self, signals[CLOSED], 0);
  if (row->sticky_id != NULL)
    {
      storm_selection_set_one (self->selection, row->sticky_id);
      g_signal_emit (self, signals[REVEAL], 0, row->sticky_id);
    }
  else if (g_action_parse_detailed_name (row->action, &name, &target, NULL))
    {
      gtk_widget_activate_action_variant (root, name, target);
    }
}

static void
on_activate (GtkListView         *list,
             guint                position,
             StormCommandPalette *self)
{
  run (self, position);
}

static void
on_entry_activate (StormCommandPalette *self)
{
  /* What was typed last may not have been looked for yet. */
  fill (self);
  run (self, gtk_single_selection_get_selected (self->chosen));
}

static void
on_stop (StormCommandPalette *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_focus_left (StormCommandPalette *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    g_signal_emit (self, signals[CLOSED], 0);
}

/* The entry keeps the focus, so that typing goes on; the arrows choose. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                StormCommandPalette   *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint position = gtk_single_selection_get_selected (self->chosen);
  StormCommandRow *row;

  if (n == 0 || (key != GDK_KEY_Down && key != GDK_KEY_Up))
    return GDK_EVENT_PROPAGATE;

  position = (position + (key == GDK_KEY_Down ? 1 : n - 1)) % n;
  gtk_single_selection_set_selected (self->chosen, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  row = gtk_single_selection_get_selected_item (self->chosen);
  storm_compat_announce (GTK_WIDGET (self), row->words);
  return GDK_EVENT_STOP;
}

/* A row is a box: swatch, words, detail. A screen reader hears the label of the box. */
static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          StormCommandPalette      *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (detail), 24);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (box), storm_swatch_new (14));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), detail);
  /* The scroll bar lies over the rows. */
  gtk_widget_set_margin_end (box, 8);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         StormCommandPalette      *self)
{
  StormCommandRow *row = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *swatch = gtk_widget_get_first_child (box);
  GtkWidget *words = gtk_widget_get_next_sibling (swatch);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", row->words, row->detail);

  gtk_widget_set_visible (swatch, row->kind >= 0);
  if (row->kind >= 0)
    storm_swatch_set_kind (STORM_SWATCH (swatch), (StormKind) row->kind);
  gtk_label_set_label (GTK_LABEL (words), row->words);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (words)), row->detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *row->detail != '\0' ? spoken : row->words, -1);
}

static void
storm_command_palette_dispose (GObject *object)
{
  StormCommandPalette *self = STORM_COMMAND_PALETTE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->chosen);
  g_clear_object (&self->rows);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (storm_command_palette_parent_class)->dispose (object);
}

static void
storm_command_palette_class_init (StormCommandPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_command_palette_dispose;

  signals[REVEAL] = g_signal_new ("reveal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/storm-command-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, StormCommandPalette, box);
  gtk_widget_class_bind_template_child (widget_class, StormCommandPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, StormCommandPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, StormCommandPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
storm_command_palette_init (StormCommandPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  self->rows = g_list_store_new (STORM_TYPE_COMMAND_ROW);
  self->chosen = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->chosen));
}

GtkWidget *
storm_command_palette_new (StormSelection *selection)
{
  StormCommandPalette *self;

  g_return_val_if_fail (STORM_IS_SELECTION (selection), NULL);

  self = g_object_new (STORM_TYPE_COMMAND_PALETTE, "visible", FALSE, NULL);
  self->selection = g_object_ref (selection);

  return GTK_WIDGET (self);
}

void
storm_command_palette_open (StormCommandPalette *self)
{
  g_return_if_fail (STORM_IS_COMMAND_PALETTE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
storm_command_palette_close (StormCommandPalette *self)
{
  g_return_if_fail (STORM_IS_COMMAND_PALETTE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
