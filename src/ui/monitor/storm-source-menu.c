#include "config.h"

#include "storm-source-menu.h"

#include <glib/gi18n-lib.h>

#include "storm-replay-source.h"
#include "storm-samples.h"

/* A menu with more would not fit a small screen; the rest is in the connection dialog. */
#define MAX_CONNECTIONS 8
#define MAX_RECORDINGS 8

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

static void
add_connections (GMenu               *menu,
                 StormConnectionList *connections)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (connections)), MAX_CONNECTIONS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormConnection) connection = NULL;
      g_autofree char *id = NULL;
      g_autofree char *name = NULL;
      g_autofree char *servers = NULL;

      connection = g_list_model_get_item (G_LIST_MODEL (connections), i);
      g_object_get (connection, "id", &id, "name", &name, "servers", &servers, NULL);
      add_item (section, name != NULL && name[0] != '\0' ? name : servers, "monitor.connect",
                g_variant_new_string (id));
      add_item (edit, name != NULL && name[0] != '\0' ? name : servers, "monitor.edit-connection",
                g_variant_new_string (id));
    }
  g_menu_append (section, _("New Connection…"), "monitor.new-connection");
  if (n > 0)
    g_menu_append_submenu (section, _("Edit Connection"), G_MENU_MODEL (edit));
  g_menu_append_section (menu, _("Kafka"), G_MENU_MODEL (section));
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

StormRecordReader *
storm_source_menu_open_recording (StormBoardFile  *file,
                                  gint64           id,
                                  char           **title,
                                  GError         **error)
{
  g_autoptr (GPtrArray) recordings = NULL;
  const char *found = "";

  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);
  g_return_val_if_fail (title != NULL, NULL);

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

StormRecordReader *
storm_source_menu_open_sample (GVariant  *target,
                               char     **title,
                               GError   **error)
{
  const StormSample *sample;
  const char *sample_id, *id;

  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

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

GMenuModel *
storm_source_menu_new (StormConnectionList *connections,
                       StormBoardFile      *file)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) demo = g_menu_new ();

  g_return_val_if_fail (STORM_IS_CONNECTION_LIST (connections), NULL);
  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);

  add_connections (menu, connections);
  g_menu_append (demo, _("Demo Shop"), "monitor.demo");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (demo));
  add_recordings (menu, file);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
