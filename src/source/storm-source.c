#include "config.h"

#include "storm-source.h"

G_DEFINE_INTERFACE (StormSource, storm_source, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (StormSourceState, storm_source_state,
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_LIVE, "live"),
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (STORM_SOURCE_STOPPED, "stopped"))

G_DEFINE_ENUM_TYPE (StormStart, storm_start,
                    G_DEFINE_ENUM_VALUE (STORM_START_BEGINNING, "beginning"),
                    G_DEFINE_ENUM_VALUE (STORM_START_NOW, "now"),
                    G_DEFINE_ENUM_VALUE (STORM_START_LAST_N, "last-n"),
                    G_DEFINE_ENUM_VALUE (STORM_START_TIME, "time"))

static void
storm_source_default_init (StormSourceInterface *iface)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_object_interface_install_property (iface,
    g_param_spec_enum ("state", NULL, NULL, STORM_TYPE_SOURCE_STATE, STORM_SOURCE_IDLE, flags));
  g_object_interface_install_property (iface,
    g_param_spec_string ("status", NULL, NULL, NULL, flags));
  g_object_interface_install_property (iface,
    g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags));
}

void
storm_source_start (StormSource     *self,
                    StormBatchQueue *queue,
                    StormStrings    *strings,
                    StormMapping    *mapping)
{
  g_return_if_fail (STORM_IS_SOURCE (self));
  g_return_if_fail (queue != NULL && strings != NULL && mapping != NULL);

  STORM_SOURCE_GET_IFACE (self)->start (self, queue, strings, mapping);
}

void
storm_source_stop (StormSource *self)
{
  g_return_if_fail (STORM_IS_SOURCE (self));

  STORM_SOURCE_GET_IFACE (self)->stop (self);
}

void
storm_source_set_mapping (StormSource  *self,
                          StormMapping *mapping)
{
  g_return_if_fail (STORM_IS_SOURCE (self));
  g_return_if_fail (mapping != NULL);

  STORM_SOURCE_GET_IFACE (self)->set_mapping (self, mapping);
}

StormSourceState
storm_source_get_state (StormSource *self)
{
  g_return_val_if_fail (STORM_IS_SOURCE (self), STORM_SOURCE_IDLE);

  return STORM_SOURCE_GET_IFACE (self)->get_state (self);
}

char *
storm_source_dup_status (StormSource *self)
{
  g_return_val_if_fail (STORM_IS_SOURCE (self), NULL);

  return STORM_SOURCE_GET_IFACE (self)->dup_status (self);
}

GPtrArray *
storm_source_dup_progress (StormSource *self)
{
  g_return_val_if_fail (STORM_IS_SOURCE (self), NULL);

  return STORM_SOURCE_GET_IFACE (self)->dup_progress (self);
}

char *
storm_source_dup_name (StormSource *self)
{
  StormSourceInterface *iface;

  g_return_val_if_fail (STORM_IS_SOURCE (self), NULL);

  iface = STORM_SOURCE_GET_IFACE (self);
  return iface->dup_name != NULL ? iface->dup_name (self) : g_strdup ("");
}

char *
storm_source_dup_identity (StormSource *self)
{
  StormSourceInterface *iface;

  g_return_val_if_fail (STORM_IS_SOURCE (self), NULL);

  iface = STORM_SOURCE_GET_IFACE (self);
  return iface->dup_identity != NULL ? iface->dup_identity (self) : NULL;
}

void
storm_topic_progress_free (StormTopicProgress *progress)
{
  if (progress == NULL)
    return;

  g_free (progress->connection);
  g_free (progress->topic);
  g_free (progress);
}
