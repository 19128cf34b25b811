#include "config.h"

#include "storm-compat.h"

#include <glib/gi18n-lib.h>

/* GtkFileDialog came with 4.10, which deprecated GtkFileChooserNative. */
#define HAVE_FILE_DIALOG GTK_CHECK_VERSION (4, 10, 0)
/* AdwAlertDialog and AdwAboutDialog came with 1.5. */
#define HAVE_DIALOGS ADW_CHECK_VERSION (1, 5, 0)

static GListModel *
make_filters (const StormFileRequest *request)
{
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  if (request->filter_suffix != NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_auto (GStrv) suffixes = g_strsplit (request->filter_suffix, ";", -1);

      gtk_file_filter_set_name (filter, request->filter_name);
      for (guint i = 0; suffixes[i] != NULL; i++)
        gtk_file_filter_add_suffix (filter, suffixes[i]);
      g_list_store_append (filters, filter);
    }

  return G_LIST_MODEL (g_steal_pointer (&filters));
}

#if HAVE_FILE_DIALOG

static void
take_file (GTask  *task,
           GFile  *file,
           GError *error)
{
  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) ||
           g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
      g_error_free (error);
    }
  else
    g_task_return_error (task, error);
}

static void
opened (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  take_file (task, file, error);
}

static void
saved (GObject      *source,
       GAsyncResult *result,
       gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  take_file (task, file, error);
}

static void
choose_file (GtkWindow              *parent,
             gboolean                save,
             const StormFileRequest *request,
             GTask                  *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListModel) filters = make_filters (request);

  gtk_file_dialog_set_title (dialog, request->title);
  if (request->accept_label != NULL)
    gtk_file_dialog_set_accept_label (dialog, request->accept_label);
  if (g_list_model_get_n_items (filters) > 0)
    gtk_file_dialog_set_filters (dialog, filters);
  if (save && request->initial_name != NULL)
    gtk_file_dialog_set_initial_name (dialog, request->initial_name);

  if (save)
    gtk_file_dialog_save (dialog, parent, NULL, saved, g_object_ref (task));
  else
    gtk_file_dialog_open (dialog, parent, NULL, opened, g_object_ref (task));
}

#else

static void
responded (GtkNativeDialog *dialog,
           int              response,
           GTask           *task)
{
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  gtk_native_dialog_destroy (dialog);
  g_object_unref (task);
  g_object_unref (dialog);
}

static void
choose_file (GtkWindow              *parent,
             gboolean                save,
             const StormFileRequest *request,
             GTask                  *task)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GListModel) filters = make_filters (request);

  dialog = gtk_file_chooser_native_new (request->title, parent,
                                        save ? GTK_FILE_CHOOSER_ACTION_SAVE
                                             : GTK_FILE_CHOOSER_ACTION_OPEN,
                                        request->accept_label, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  if (save && request->initial_name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), request->initial_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);

  g_signal_connect (dialog, "response", G_CALLBACK (responded), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

void
storm_compat_open_file_async (GtkWindow              *parent,
                              const StormFileRequest *request,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (request != NULL);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, storm_compat_open_file_async);
  choose_file (parent, FALSE, request, task);
}

void
storm_compat_save_file_async (GtkWindow              *parent,
                              const StormFileRequest *request,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (request != NULL);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, storm_compat_save_file_async);
  choose_file (parent, TRUE, request, task);
}

GFile *
storm_compat_file_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
storm_compat_show_about (GtkWindow *parent)
{
  const char *developers[] = { "The Stormwatch contributors", NULL };
  /* Translators: put your names here, one a line. */
  const char *translators = _("translator-credits");
  const char *comments = _("Draw your event-storming board, then watch the running system on it: "
                           "events from Kafka light up their stickies, numbered in the order in "
                           "which they happened.");

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  if (g_strcmp0 (translators, "translator-credits") == 0)
    translators = "";

#if HAVE_DIALOGS
  adw_show_about_dialog (parent != NULL ? GTK_WIDGET (parent) : NULL,
#else
  adw_show_about_window (parent,
#endif
                         "application-name", _("Stormwatch"),
                         "application-icon", APP_ID,
                         "version", PACKAGE_VERSION,
                         "comments", comments,
                         "developer-name", developers[0],
                         "developers", developers,
                         "translator-credits", translators,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

void
storm_compat_get_color (GtkWidget *widget,
                        GdkRGBA   *color)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (color != NULL);

#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}

void
storm_compat_load_css (GtkCssProvider *provider,
                       const char     *css)
{
  g_return_if_fail (GTK_IS_CSS_PROVIDER (provider));
  g_return_if_fail (css != NULL);

#if GTK_CHECK_VERSION (4, 12, 0)
  gtk_css_provider_load_from_string (provider, css);
#else
  gtk_css_provider_load_from_data (provider, css, -1);
#endif
}

void
storm_compat_announce (GtkWidget  *widget,
                       const char *words)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (words != NULL);

#if GTK_CHECK_VERSION (4, 14, 0)
  /* GTK's own stand-in for tests has no announcements, and GTK 4.18 calls them all the same. */
  if (g_strcmp0 (g_getenv ("GTK_A11Y"), "test") == 0)
    return;
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

void
storm_compat_scroll_to (GtkColumnView *view,
                        guint          position)
{
  GListModel *model;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  model = G_LIST_MODEL (gtk_column_view_get_model (view));
  if (model == NULL || position >= g_list_model_get_n_items (model))
    return;

#if GTK_CHECK_VERSION (4, 12, 0)
  gtk_column_view_scroll_to (view, position, NULL, GTK_LIST_SCROLL_NONE, NULL);
#else
  /* The action lives on the list inside of the column view, which has no name in the API. */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_activate_action (child, "list.scroll-to-item", "u", position))
      break;
#endif
}
