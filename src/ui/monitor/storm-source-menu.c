#include "config.h"

#include "storm-source-menu.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-kafka-source.h"
#include "storm-replay-source.h"
#include "storm-samples.h"

/* A menu with more would not fit a small screen; the rest is in the connection dialog. */
#define MAX_CONNECTIONS 8
#define MAX_RECORDINGS 8
/* The setting of a board file that names the saved connections that were watched together, and how
 * many of them are looked at. */
#define SETTING "connections"
#define MAX_KEPT 32

/* Menu labels take an underscore for a mnemonic. */
static char *
escape_label (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '_')
        g_string_append_c (out, '_');
      g_string_append_c (out, *text);
    }
  return g_string_free (out, FALSE);
}

static void
add_item (GMenu      *menu,
          const char *text,
          const char *action,
          GVariant   *target)
{
  g_autofree char *label = escape_label (text);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static char *
dup_title (StormConnection *connection)
{
  g_autofree char *name = NULL;
  g_autofree char *servers = NULL;

  g_object_get (connection, "name", &name, "servers", &servers, NULL);
  return g_strdup (name != NULL && name[0] != '\0' ? name : servers);
}

static char *
dup_id (StormConnection *connection)
{
  char *id = NULL;

  g_object_get (connection, "id", &id, NULL);
  return id;
}

/* One item for each saved connection. */
static void
add_each (GMenu               *menu,
          StormConnectionList *connections,
          const char          *action)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (connections)), MAX_CONNECTIONS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormConnection) connection =
        g_list_model_get_item (G_LIST_MODEL (connections), i);
      g_autofree char *id = dup_id (connection);
      g_autofree char *title = dup_title (connection);

      add_item (menu, title, action, g_variant_new_string (id));
    }
}

/* "East and West", where these two were watched together. */
static void
add_kept (GMenu               *section,
          StormConnectionList *connections,
          StormBoardFile      *file)
{
  g_autoptr (GPtrArray) kept = storm_source_menu_list_kept (connections, file);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *words = NULL;

  if (kept->len < 2)
    return;
  first = dup_title (g_ptr_array_index (kept, 0));
  second = dup_title (g_ptr_array_index (kept, 1));
  /* Translators: names of connections that were watched together. */
  words = kept->len == 2 ? g_strdup_printf (_("%s and %s"), first, second)
                         : g_strdup_printf (_("%s, %s and %u more"), first, second, kept->len - 2);
  add_item (section, words, "monitor.watch-again", NULL);
}

static void
add_connections (GMenu               *menu,
                 StormConnectionList *connections,
                 StormBoardFile      *file)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();

  add_kept (section, connections, file);
  add_each (section, connections, "monitor.connect");
  add_each (edit, connections, "monitor.edit-connection");
  g_menu_append (section, _("New Connection…"), "monitor.new-connection");
  if (g_menu_model_get_n_items (G_MENU_MODEL (edit)) > 0)
    g_menu_append_submenu (section, _("Edit Connection"), G_MENU_MODEL (edit));
  g_menu_append_section (menu, _("Kafka"), G_MENU_MODEL (section));
}

void
storm_source_menu_keep (StormBoardFile   *file,
                        StormMultiSource *sources)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (STORM_IS_BOARD_FILE (file));
  g_return_if_fail (STORM_IS_MULTI_SOURCE (sources));

  for (guint i = 0; i < storm_multi_source_get_n (sources); i++)
    {
      StormSource *source = storm_multi_source_get (sources, i);
      g_autofree char *id = NULL;

      if (!STORM_IS_KAFKA_SOURCE (source))
        continue;
      id = dup_id (storm_kafka_source_get_connection (STORM_KAFKA_SOURCE (source)));
      g_strv_builder_add (builder, id);
    }
  ids = g_strv_builder_end (builder);
  text = g_strjoinv (" ", ids);
  if (g_strv_length (ids) > 1 && !storm_board_file_get_read_only (file))
    storm_board_file_set_setting (file, SETTING, text);
}

GPtrArray *
storm_source_menu_list_kept (StormConnectionList *connections,
                             StormBoardFile      *file)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = storm_board_file_dup_setting (file, SETTING);
  g_auto (GStrv) ids = text != NULL ? g_strsplit (text, " ", MAX_KEPT) : NULL;

  for (char **id = ids; id != NULL && *id != NULL; id++)
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (connections)); i++)
      {
        g_autoptr (StormConnection) connection =
          g_list_model_get_item (G_LIST_MODEL (connections), i);
        g_autofree char *its = dup_id (connection);

        if (g_str_equal (its, *id) && !g_ptr_array_find (kept, connection, NULL))
          g_ptr_array_add (kept, g_steal_pointer (&connection));
      }
  if (kept->len < 2)
    g_ptr_array_set_size (kept, 0);
  return kept;
}

/* The recordings that belong to the sample that the board was made from. */
static void
add_sample (GMenu          *section,
            StormBoardFile *file,
            const char     *play)
{
  g_autofree char *id = storm_board_file_dup_setting (file, STORM_SOURCE_MENU_SAMPLE);
  const StormSample *sample = id != NULL ? storm_samples_lookup (id) : NULL;

  for (guint i = 0; sample != NULL && i < sample->n_recordings; i++)
    add_item (section, sample->recordings[i].title, play,
              g_variant_new ("(ss)", id, sample->recordings[i].id));
}

void
storm_source_menu_add_recordings (GMenu          *section,
                                  StormBoardFile *file,
                                  const char     *play,
                                  const char     *play_sample)
{
  g_autoptr (GPtrArray) recordings = NULL;

  g_return_if_fail (G_IS_MENU (section));
  g_return_if_fail (STORM_IS_BOARD_FILE (file));

  recordings = storm_board_file_list_recordings (file);
  for (guint i = 0; recordings != NULL && i < MIN (recordings->len, MAX_RECORDINGS); i++)
    {
      StormRecordingInfo *info = g_ptr_array_index (recordings, i);

      add_item (section, info->title, play, g_variant_new_int64 (info->id));
    }
  add_sample (section, file, play_sample);
}

static StormRecordReader *
open_recording (StormBoardFile  *file,
                gint64           id,
                char           **title,
                GError         **error)
{
  g_autoptr (GPtrArray) recordings = NULL;
  const char *found = "";

  recordings = storm_board_file_list_recordings (file);
  for (guint i = 0; recordings != NULL && i < recordings->len; i++)
    {
      StormRecordingInfo *info = g_ptr_array_index (recordings, i);

      if (info->id == id)
        found = info->title;
    }
  *title = g_strdup (found);
  return storm_board_file_open_recording (file, id, error);
}

static StormRecordReader *
open_sample (GVariant  *target,
             char     **title,
             GError   **error)
{
  const StormSample *sample;
  const char *sample_id, *id;

  g_variant_get (target, "(&s&s)", &sample_id, &id);
  sample = storm_samples_lookup (sample_id);
  for (guint i = 0; sample != NULL && i < sample->n_recordings; i++)
    if (g_str_equal (sample->recordings[i].id, id))
      {
        const StormSampleRecording *recording = &sample->recordings[i];
        g_autofree char *uri = g_strconcat ("resource://", recording->path, NULL);
        g_autoptr (GFile) file = g_file_new_for_uri (uri);

        *title = g_strdup (recording->title);
        return storm_jsonl_reader_new (file, error);
      }
  return NULL;
}

StormRecordReader *
storm_source_menu_open (StormBoardFile  *file,
                        const char      *action,
                        GVariant        *target,
                        char           **title,
                        GError         **error)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);
  g_return_val_if_fail (action != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  if (g_str_has_suffix (action, "sample"))
    return open_sample (target, title, error);
  return open_recording (file, g_variant_get_int64 (target), title, error);
}

void
storm_source_menu_choose_async (GtkWindow           *parent,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  StormFileRequest request = {
    .title = _("Open Recording"),
    .filter_name = _("Recordings (JSON lines)"),
    .filter_suffix = "jsonl;ndjson;json;gz",
  };

  storm_compat_open_file_async (parent, &request, callback, user_data);
}

StormRecordReader *
storm_source_menu_choose_finish (GAsyncResult  *result,
                                 char         **title,
                                 GError       **error)
{
  g_autoptr (GFile) file = storm_compat_file_finish (result, error);
  StormRecordReader *reader = file != NULL ? storm_jsonl_reader_new (file, error) : NULL;

  g_return_val_if_fail (title != NULL, NULL);

  if (reader != NULL)
    *title = g_file_get_basename (file);
  return reader;
}

static void
add_recordings (GMenu          *menu,
                StormBoardFile *file)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) speed = g_menu_new ();

  storm_source_menu_add_recordings (section, file, "monitor.play-recording",
                                    "monitor.play-sample");
  g_menu_append (section, _("Open Recording…"), "monitor.open-recording");
  g_menu_append (speed, _("At Once"), "monitor.speed::0");
  g_menu_append (speed, _("As Recorded"), "monitor.speed::1");
  g_menu_append (speed, _("Ten Times as Fast"), "monitor.speed::10");
  g_menu_append_submenu (section, _("Speed"), G_MENU_MODEL (speed));
  g_menu_append_section (menu, _("Recordings"), G_MENU_MODEL (section));
}

StormConnectionList *
storm_source_menu_get_connections (void)
{
  static GWeakRef shared;
  StormConnectionList *list = g_weak_ref_get (&shared);

  if (list == NULL)
    {
      list = storm_connection_list_new (NULL);
      g_weak_ref_set (&shared, list);
    }
  return list;
}

/* What is being watched, and what can be watched beside it. */
static void
add_running (GMenu               *menu,
             StormConnectionList *connections,
             StormBoardFile      *file)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) also = g_menu_new ();
  g_autoptr (GMenu) kafka = g_menu_new ();
  g_autoptr (GMenu) recordings = g_menu_new ();
  g_autoptr (GMenuItem) list = g_menu_item_new (NULL, NULL);

  add_each (kafka, connections, "monitor.also-connect");
  g_menu_append (kafka, _("New Connection…"), "monitor.also-new-connection");
  g_menu_append (kafka, _("Demo Shop"), "monitor.also-demo");
  g_menu_append_section (also, NULL, G_MENU_MODEL (kafka));
  storm_source_menu_add_recordings (recordings, file, "monitor.also-play-recording",
                                    "monitor.also-play-sample");
  g_menu_append (recordings, _("Open Recording…"), "monitor.also-open-recording");
  g_menu_append_section (also, NULL, G_MENU_MODEL (recordings));

  g_menu_item_set_attribute (list, "custom", "s", STORM_SOURCE_MENU_LIST);
  g_menu_append_item (section, list);
  g_menu_append_submenu (section, _("Watch Another Beside It"), G_MENU_MODEL (also));
  g_menu_append_section (menu, _("Being Watched"), G_MENU_MODEL (section));
}

GMenuModel *
storm_source_menu_new (StormConnectionList *connections,
                       StormBoardFile      *file,
                       gboolean             running)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) demo = g_menu_new ();

  g_return_val_if_fail (STORM_IS_CONNECTION_LIST (connections), NULL);
  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);

  if (running)
    add_running (menu, connections, file);
  add_connections (menu, connections, file);
  g_menu_append (demo, _("Demo Shop"), "monitor.demo");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (demo));
  add_recordings (menu, file);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
