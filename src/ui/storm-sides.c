#include "config.h"

#include "storm-sides.h"

#include "storm-panes.h"
#include "storm-settings.h"

/* What a board is to have beside its panes: with less, they had better lie over it. */
#define ROOM 560
/* Of the content, stays to be seen beside a pane that lies over it, where there is room for
 * both. */
#define REST 48
#define WIDTH 320
#define N_PANES 2
#define NONE -1

struct _StormSides
{
  GtkWidget parent_instance;

  GtkPaned *outer;              /* the start pane, and: */
  GtkPaned *inner;              /* the content, the end pane */
  GtkWidget *content;
  GtkWidget *panes[N_PANES];
  gboolean shown[N_PANES];      /* side by side */
  int over;                     /* which is shown while folded */
  gboolean folded;
  gboolean bare;
  char *key;
  int fallback;
  guint fold_id;
};

enum
{
  PROP_0,
  PROP_CONTENT,
  PROP_START,
  PROP_END,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormSides, storm_sides, GTK_TYPE_WIDGET)

static int
get_least (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Of panes that are to be seen side by side, whether they are now or not: otherwise hiding one to
 * make room would make room to show it. */
static int
get_needed (StormSides *self)
{
  int needed = MAX (get_least (self->content), ROOM);

  for (int i = 0; i < N_PANES; i++)
    if (self->shown[i])
      needed += get_least (self->panes[i]);
  return needed;
}

/* A widget that is not visible has no least width; so in here they are, and their parents look. */
static void
update (StormSides *self)
{
  for (int i = 0; i < N_PANES; i++)
    {
      gboolean seen = !self->bare && (self->folded ? self->over == i : self->shown[i]);

      gtk_widget_set_visible (self->panes[i], self->folded ? self->shown[i] || seen : seen);
      gtk_widget_set_child_visible (self->panes[i], seen);
      if (self->folded)
        gtk_widget_add_css_class (self->panes[i], "storm-pane-over");
      else
        gtk_widget_remove_css_class (self->panes[i], "storm-pane-over");
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
join (StormSides *self,
      gboolean   folded)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *start = g_object_ref (self->panes[STORM_SIDES_START]);
  GtkWidget *end = g_object_ref (self->panes[STORM_SIDES_END]);

  if (folded)
    {
      gtk_paned_set_start_child (self->outer, NULL);
      gtk_paned_set_end_child (self->inner, NULL);
      gtk_widget_insert_before (start, widget, NULL);
      gtk_widget_insert_before (end, widget, NULL);
    }
  else
    {
      gtk_widget_unparent (start);
      gtk_widget_unparent (end);
      gtk_paned_set_start_child (self->outer, start);
      gtk_paned_set_end_child (self->inner, end);
    }
  g_object_unref (start);
  g_object_unref (end);
}

static void
set_folded (StormSides *self,
            gboolean   folded)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->folded == folded)
    return;

  if (focus != NULL && (gtk_widget_is_ancestor (focus, self->panes[STORM_SIDES_START]) ||
                        gtk_widget_is_ancestor (focus, self->panes[STORM_SIDES_END])))
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
  if (folded && self->key != NULL)
    storm_panes_keep_end (self->inner, self->key);
  self->folded = folded;
  self->over = NONE;
  join (self, folded);
  update (self);
  if (!folded && self->key != NULL)
    storm_panes_restore_end (self->inner, self->key, self->fallback);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_fold (gpointer data)
{
  StormSides *self = data;

  self->fold_id = 0;
  set_folded (self, gtk_widget_get_width (GTK_WIDGET (self)) < get_needed (self));
  return G_SOURCE_REMOVE;
}

static void
storm_sides_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  StormSides *self = STORM_SIDES (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, get_least (GTK_WIDGET (self->outer)));
  gtk_widget_measure (GTK_WIDGET (self->outer), orientation, for_size, minimum, natural, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = get_least (self->content);
      for (int i = 0; i < N_PANES; i++)
        *minimum = MAX (*minimum, get_least (self->panes[i]));
      *natural = MAX (*natural, *minimum);
      return;
    }

  for (int i = 0; i < N_PANES && self->folded; i++)
    {
      int least;

      gtk_widget_measure (self->panes[i], orientation, -1, &least, NULL, NULL, NULL);
      *minimum = MAX (*minimum, least);
    }
  *natural = MAX (*natural, *minimum);
}

static void
storm_sides_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  StormSides *self = STORM_SIDES (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  /* Wider than there is room only until it is folded, which has to wait for the end of this
   * layout. */
  int least = MAX (width, get_least (GTK_WIDGET (self->outer)));

  if (self->fold_id == 0 && self->folded != (width < get_needed (self)))
    self->fold_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fold, self, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->outer),
                            &(GtkAllocation) { rtl ? width - least : 0, 0, least, height }, -1);

  if (self->folded && self->over != NONE)
    {
      int wanted = self->key != NULL ? storm_settings_get_int (self->key, self->fallback) : WIDTH;
      int room = MAX (MIN (wanted, width - REST), get_least (self->panes[self->over]));
      gboolean left = (self->over == STORM_SIDES_START) != rtl;

      room = MIN (room, width);
      gtk_widget_size_allocate (self->panes[self->over],
                                &(GtkAllocation) { left ? 0 : width - room, 0, room, height }, -1);
    }
}

static gboolean
on_key (StormSides       *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (keyval != GDK_KEY_Escape || !self->folded || self->over == NONE || focus == NULL ||
      !gtk_widget_is_ancestor (focus, self->panes[self->over]))
    return FALSE;

  storm_sides_show (self, (StormSidesPane) self->over, FALSE);
  return TRUE;
}

static void
storm_sides_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  StormSides *self = STORM_SIDES (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_START:
      g_value_set_object (value, self->panes[STORM_SIDES_START]);
      break;
    case PROP_END:
      g_value_set_object (value, self->panes[STORM_SIDES_END]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_sides_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  StormSides *self = STORM_SIDES (object);
  GtkWidget *child = g_value_get_object (value);

  switch (prop_id)
    {
    case PROP_CONTENT:
      self->content = child;
      gtk_paned_set_start_child (self->inner, child);
      break;
    case PROP_START:
      self->panes[STORM_SIDES_START] = child;
      gtk_paned_set_start_child (self->outer, child);
      break;
    case PROP_END:
      self->panes[STORM_SIDES_END] = child;
      gtk_paned_set_end_child (self->inner, child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_sides_dispose (GObject *object)
{
  StormSides *self = STORM_SIDES (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  for (int i = 0; i < N_PANES; i++)
    {
      if (self->folded && self->panes[i] != NULL)
        gtk_widget_unparent (self->panes[i]);
      self->panes[i] = NULL;
    }
  if (self->outer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->outer));
  self->outer = NULL;

  G_OBJECT_CLASS (storm_sides_parent_class)->dispose (object);
}

static void
storm_sides_finalize (GObject *object)
{
  g_free (STORM_SIDES (object)->key);

  G_OBJECT_CLASS (storm_sides_parent_class)->finalize (object);
}

static void
storm_sides_class_init (StormSidesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char * const names[N_PROPS] = { NULL, "content", "start", "end" };

  object_class->get_property = storm_sides_get_property;
  object_class->set_property = storm_sides_set_property;
  object_class->dispose = storm_sides_dispose;
  object_class->finalize = storm_sides_finalize;
  widget_class->measure = storm_sides_measure;
  widget_class->size_allocate = storm_sides_size_allocate;

  for (guint i = PROP_CONTENT; i < N_PROPS; i++)
    props[i] = g_param_spec_object (names[i], NULL, NULL, GTK_TYPE_WIDGET,
                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_sides_init (StormSides *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->over = NONE;
  self->outer = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_HORIZONTAL));
  self->inner = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_HORIZONTAL));
  g_object_set (self->outer, "resize-start-child", FALSE, "shrink-start-child", FALSE,
                "shrink-end-child", FALSE, "position", 230, "end-child", self->inner, NULL);
  g_object_set (self->inner, "resize-end-child", FALSE, "shrink-start-child", FALSE,
                "shrink-end-child", FALSE, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->outer), GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
storm_sides_show (StormSides     *self,
                  StormSidesPane  pane,
                  gboolean        show)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_if_fail (STORM_IS_SIDES (self));

  if (storm_sides_get_shown (self, pane) == show)
    return;

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (self->folded)
    self->over = show ? (int) pane : NONE;
  else
    self->shown[pane] = show;
  /* The keys go on where they are seen. */
  if (!show && focus != NULL && gtk_widget_is_ancestor (focus, self->panes[pane]))
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
storm_sides_get_shown (StormSides     *self,
                       StormSidesPane  pane)
{
  g_return_val_if_fail (STORM_IS_SIDES (self), FALSE);

  return self->folded ? self->over == (int) pane : self->shown[pane];
}

gboolean
storm_sides_get_folded (StormSides *self)
{
  g_return_val_if_fail (STORM_IS_SIDES (self), FALSE);

  return self->folded;
}

void
storm_sides_set_bare (StormSides *self,
                      gboolean    bare)
{
  g_return_if_fail (STORM_IS_SIDES (self));

  self->bare = bare;
  update (self);
}

void
storm_sides_expect_width (StormSides *self,
                          int         width)
{
  g_return_if_fail (STORM_IS_SIDES (self));
  g_return_if_fail (width > 0);

  set_folded (self, width < get_needed (self));
}

void
storm_sides_keep (StormSides *self,
                  const char *key)
{
  g_return_if_fail (STORM_IS_SIDES (self));

  storm_panes_keep_end (self->inner, key);
}

void
storm_sides_restore (StormSides *self,
                     const char *key,
                     int         fallback)
{
  g_return_if_fail (STORM_IS_SIDES (self));
  g_return_if_fail (key != NULL);

  g_free (self->key);
  self->key = g_strdup (key);
  self->fallback = fallback;
  if (!self->folded)
    storm_panes_restore_end (self->inner, key, fallback);
}
