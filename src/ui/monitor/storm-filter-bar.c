#include "config.h"

#include "storm-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-filter.h"
#include "storm-saved-filters-button.h"

struct _StormFilterBar
{
  GtkWidget                parent_instance;

  char                    *expression;   /* that holds now; NULL for none */
  char                    *told;         /* what is wrong, as a screen reader was told */

  GtkEntry                *entry;
  GtkLabel                *progress;
  GtkLabel                *trouble;
  StormSavedFiltersButton *saved;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFilterBar, storm_filter_bar, GTK_TYPE_WIDGET)

static char *
get_text (StormFilterBar *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* The icon does what is left to do: take what was written, or take it away. */
static void
text_changed_cb (StormFilterBar *self)
{
  g_autofree char *text = get_text (self);
  gboolean taken = g_strcmp0 (text, self->expression) == 0;
  const char *icon = taken ? "edit-clear-symbolic" : "object-select-symbolic";
  const char *words = taken ? _("Show all events again") : _("Filter by this expression");

  if (*text == '\0' && self->expression == NULL)
    icon = NULL;
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY, icon);
  if (icon != NULL)
    gtk_entry_set_icon_tooltip_text (self->entry, GTK_ENTRY_ICON_SECONDARY, words);
  storm_saved_filters_button_set_expression (self->saved, text);
}

static void
apply_cb (StormFilterBar *self)
{
  g_autofree char *text = get_text (self);

  if (g_strcmp0 (*text != '\0' ? text : NULL, self->expression) != 0)
    {
      g_free (self->expression);
      self->expression = *text != '\0' ? g_steal_pointer (&text) : NULL;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  text_changed_cb (self);
}

static void
icon_pressed_cb (StormFilterBar *self)
{
  g_autofree char *text = get_text (self);

  if (g_strcmp0 (text, self->expression) == 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  apply_cb (self);
}

static gboolean
storm_filter_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STORM_FILTER_BAR (widget)->entry));
}

static void
storm_filter_bar_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), STORM_TYPE_FILTER_BAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (storm_filter_bar_parent_class)->dispose (object);
}

static void
storm_filter_bar_finalize (GObject *object)
{
  StormFilterBar *self = STORM_FILTER_BAR (object);

  g_free (self->expression);
  g_free (self->told);
  G_OBJECT_CLASS (storm_filter_bar_parent_class)->finalize (object);
}

static void
storm_filter_bar_class_init (StormFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_filter_bar_dispose;
  object_class->finalize = storm_filter_bar_finalize;
  widget_class->grab_focus = storm_filter_bar_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STORM_TYPE_SAVED_FILTERS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StormFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, StormFilterBar, progress);
  gtk_widget_class_bind_template_child (widget_class, StormFilterBar, trouble);
  gtk_widget_class_bind_template_child (widget_class, StormFilterBar, saved);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, icon_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, storm_filter_bar_set_expression);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
}

static void
storm_filter_bar_init (StormFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  storm_filter_bar_show (self, NULL);
}

const char *
storm_filter_bar_get_expression (StormFilterBar *self)
{
  g_return_val_if_fail (STORM_IS_FILTER_BAR (self), NULL);

  return self->expression;
}

void
storm_filter_bar_set_expression (StormFilterBar *self,
                                 const char     *expression)
{
  g_return_if_fail (STORM_IS_FILTER_BAR (self));
  g_return_if_fail (expression != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), expression);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  apply_cb (self);
}

/* Why the list doesn't follow the expression; or, as no error, for which events it failed. */
static char *
describe_trouble (StormRowFilter *filter,
                  gboolean       *is_error)
{
  const GError *error = filter != NULL ? storm_row_filter_get_error (filter) : NULL;
  const char *words = NULL;
  guint64 n;

  *is_error = TRUE;
  if (!storm_filter_is_available ())
    return g_strdup (_("This installation has no filter expressions, for it was built without "
                       "jq."));
  if (error != NULL)
    return g_strdup (error->message);
  *is_error = FALSE;
  n = filter != NULL ? storm_row_filter_get_failures (filter, &words) : 0;
  if (n == 0)
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "It failed for %'u event, which is left out: %s",
                                       "It failed for %'u events, which are left out; the first: "
                                       "%s", (gulong) MIN (n, G_MAXUINT)),
                          (guint) MIN (n, G_MAXUINT), words);
}

static void
show_trouble (StormFilterBar *self,
              StormRowFilter *filter)
{
  gboolean is_error;
  g_autofree char *words = describe_trouble (filter, &is_error);

  gtk_widget_set_visible (GTK_WIDGET (self->trouble), words != NULL);
  gtk_label_set_text (self->trouble, words != NULL ? words : "");
  if (is_error)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->trouble), "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      if (g_strcmp0 (words, self->told) != 0)
        storm_compat_announce (GTK_WIDGET (self), words);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->trouble), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "dim-label");
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
    }
  g_free (self->told);
  self->told = g_steal_pointer (&words);
}

void
storm_filter_bar_show (StormFilterBar *self,
                       StormRowFilter *filter)
{
  guint n_tested = 0, n_asked = 0;
  gboolean busy;

  g_return_if_fail (STORM_IS_FILTER_BAR (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), storm_filter_is_available ());
  busy = filter != NULL && storm_row_filter_get_progress (filter, &n_tested, &n_asked);
  gtk_widget_set_visible (GTK_WIDGET (self->progress),
                          busy || (n_tested < n_asked && storm_row_filter_get_error (filter)));
  if (gtk_widget_get_visible (GTK_WIDGET (self->progress)))
    {
      g_autofree char *words = NULL;

      /* Translators: so many of the events were tested by the filter so far. */
      words = g_strdup_printf (_("%'u of %'u tested"), n_tested, n_asked);
      gtk_label_set_text (self->progress, words);
    }
  show_trouble (self, filter);
}

void
storm_filter_bar_popup_saved (StormFilterBar *self)
{
  g_return_if_fail (STORM_IS_FILTER_BAR (self));

  storm_saved_filters_button_popup (self->saved);
}
