#include "config.h"

#include "storm-connection-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "storm-error.h"
#include "storm-id.h"

/* More than anybody keeps; a bound, because the file comes from outside. */
#define MAX_CONNECTIONS 200

struct _StormConnectionList
{
  GObject    parent_instance;

  char      *path;
  GPtrArray *connections;
  gboolean   damaged;          /* the file can't be read; it is put aside before it is replaced */
};

static GType
list_get_item_type (GListModel *model)
{
  return STORM_TYPE_CONNECTION;
}

static guint
list_get_n_items (GListModel *model)
{
  return STORM_CONNECTION_LIST (model)->connections->len;
}

static gpointer
list_get_item (GListModel *model,
               guint       position)
{
  StormConnectionList *self = STORM_CONNECTION_LIST (model);

  if (position >= self->connections->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->connections, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormConnectionList, storm_connection_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
storm_connection_list_finalize (GObject *object)
{
  StormConnectionList *self = STORM_CONNECTION_LIST (object);

  g_free (self->path);
  g_ptr_array_unref (self->connections);

  G_OBJECT_CLASS (storm_connection_list_parent_class)->finalize (object);
}

static void
storm_connection_list_class_init (StormConnectionListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_connection_list_finalize;
}

static void
storm_connection_list_init (StormConnectionList *self)
{
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
}

/* The key file knows the properties by their names, so that a new one needs no code here. */
static void
write_property (GKeyFile        *file,
                const char      *group,
                StormConnection *connection,
                GParamSpec      *pspec)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, pspec->value_type);
  g_object_get_property (G_OBJECT (connection), pspec->name, &value);

  if (G_IS_PARAM_SPEC_STRING (pspec))
    g_key_file_set_string (file, group, pspec->name, g_value_get_string (&value));
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_key_file_set_boolean (file, group, pspec->name, g_value_get_boolean (&value));
  else if (G_IS_PARAM_SPEC_UINT (pspec))
    g_key_file_set_uint64 (file, group, pspec->name, g_value_get_uint (&value));
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_key_file_set_int64 (file, group, pspec->name, g_value_get_int64 (&value));
  else if (G_IS_PARAM_SPEC_ENUM (pspec))
    {
      g_autoptr (GEnumClass) klass = g_type_class_ref (pspec->value_type);

      g_key_file_set_string (file, group, pspec->name,
                             g_enum_get_value (klass, g_value_get_enum (&value))->value_nick);
    }
  else if (pspec->value_type == G_TYPE_STRV)
    {
      const char *const *strv = g_value_get_boxed (&value);

      g_key_file_set_string_list (file, group, pspec->name, strv, g_strv_length ((char **) strv));
    }
}

static gboolean
read_value (GKeyFile   *file,
            const char *group,
            GParamSpec *pspec,
            GValue     *value)
{
  g_autoptr (GError) error = NULL;

  if (G_IS_PARAM_SPEC_STRING (pspec))
    g_value_take_string (value, g_key_file_get_string (file, group, pspec->name, &error));
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (value, g_key_file_get_boolean (file, group, pspec->name, &error));
  else if (G_IS_PARAM_SPEC_UINT (pspec))
    {
      guint64 number = g_key_file_get_uint64 (file, group, pspec->name, &error);

      g_value_set_uint (value, MIN (number, G_MAXUINT));
    }
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_value_set_int64 (value, g_key_file_get_int64 (file, group, pspec->name, &error));
  else if (G_IS_PARAM_SPEC_ENUM (pspec))
    {
      g_autoptr (GEnumClass) klass = g_type_class_ref (pspec->value_type);
      g_autofree char *nick = g_key_file_get_string (file, group, pspec->name, &error);
      GEnumValue *found = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

      if (found == NULL)
        return FALSE;
      g_value_set_enum (value, found->value);
    }
  else if (pspec->value_type == G_TYPE_STRV)
    g_value_take_boxed (value, g_key_file_get_string_list (file, group, pspec->name, NULL, &error));

  return error == NULL;
}

/* What is missing or not understood keeps its default: a connection is better than none. */
static StormConnection *
read_connection (GKeyFile   *file,
                 const char *group)
{
  g_autoptr (StormConnection) connection = storm_connection_new ();
  guint n = 0;
  g_autofree GParamSpec **specs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (connection), &n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, specs[i]->value_type);
      if (read_value (file, group, specs[i], &value))
        g_object_set_property (G_OBJECT (connection), specs[i]->name, &value);
    }
  if (!storm_id_is_valid (connection->id))
    return NULL;

  return g_steal_pointer (&connection);
}

static void
load (StormConnectionList *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_message ("%s can't be read: %s", self->path, error->message);
          self->damaged = TRUE;
        }
      return;
    }

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL && self->connections->len < MAX_CONNECTIONS; i++)
    {
      StormConnection *connection = read_connection (file, groups[i]);

      if (connection != NULL)
        g_ptr_array_add (self->connections, connection);
    }
}

static gboolean
save (StormConnectionList  *self,
      GPtrArray            *connections,
      GError              **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *dir = g_path_get_dirname (self->path);
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < connections->len; i++)
    {
      StormConnection *connection = g_ptr_array_index (connections, i);
      g_autofree char *group = g_strdup_printf ("Connection %u", i + 1);
      guint n = 0;
      g_autofree GParamSpec **specs =
        g_object_class_list_properties (G_OBJECT_GET_CLASS (connection), &n);

      for (guint j = 0; j < n; j++)
        write_property (file, group, connection, specs[j]);
    }

  if (self->damaged)
    {
      g_autofree char *aside = g_strconcat (self->path, ".damaged", NULL);

      self->damaged = g_rename (self->path, aside) != 0 && errno != ENOENT;
    }
  if (g_mkdir_with_parents (dir, 0700) != 0)
    g_set_error_literal (&local, G_FILE_ERROR, g_file_error_from_errno (errno),
                         g_strerror (errno));
  else
    g_key_file_save_to_file (file, self->path, &local);

  if (local != NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                   _("The connections could not be saved in “%s”: %s."), self->path,
                   local->message);
      return FALSE;
    }
  return TRUE;
}

StormConnectionList *
storm_connection_list_new (const char *path)
{
  StormConnectionList *self = g_object_new (STORM_TYPE_CONNECTION_LIST, NULL);

  if (path != NULL)
    self->path = g_strdup (path);
  else
    self->path = g_build_filename (g_get_user_config_dir (), "stormwatch", "connections", NULL);
  load (self);

  return self;
}

static guint
find (StormConnectionList *self,
      StormConnection     *connection)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      StormConnection *other = g_ptr_array_index (self->connections, i);

      if (g_str_equal (other->id, connection->id))
        return i;
    }
  return G_MAXUINT;
}

gboolean
storm_connection_list_put (StormConnectionList  *self,
                           StormConnection      *connection,
                           GError              **error)
{
  g_autoptr (GPtrArray) changed = NULL;
  guint old, n_before;

  g_return_val_if_fail (STORM_IS_CONNECTION_LIST (self), FALSE);
  g_return_val_if_fail (STORM_IS_CONNECTION (connection), FALSE);

  for (guint i = 0; connection->extra[i] != NULL; i++)
    if (!storm_connection_check_extra (connection->extra[i], NULL, NULL, error))
      return FALSE;

  old = find (self, connection);
  changed = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (changed, g_object_ref (connection));
  for (guint i = 0; i < self->connections->len && changed->len < MAX_CONNECTIONS; i++)
    if (i != old)
      g_ptr_array_add (changed, g_object_ref (g_ptr_array_index (self->connections, i)));
  if (!save (self, changed, error))
    return FALSE;

  n_before = self->connections->len;
  g_ptr_array_unref (self->connections);
  self->connections = g_steal_pointer (&changed);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->connections->len);
  return TRUE;
}

gboolean
storm_connection_list_remove (StormConnectionList  *self,
                              StormConnection      *connection,
                              GError              **error)
{
  g_autoptr (GPtrArray) changed = NULL;
  guint at;

  g_return_val_if_fail (STORM_IS_CONNECTION_LIST (self), FALSE);
  g_return_val_if_fail (STORM_IS_CONNECTION (connection), FALSE);

  at = find (self, connection);
  if (at == G_MAXUINT)
    return TRUE;

  changed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->connections->len; i++)
    if (i != at)
      g_ptr_array_add (changed, g_object_ref (g_ptr_array_index (self->connections, i)));
  if (!save (self, changed, error))
    return FALSE;

  g_ptr_array_remove_index (self->connections, at);
  g_list_model_items_changed (G_LIST_MODEL (self), at, 1, 0);
  return TRUE;
}
