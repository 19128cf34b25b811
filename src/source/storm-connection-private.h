#pragma once

#include "storm-connection.h"

G_BEGIN_DECLS

/* The fields stand open to this room: a worker reads them from a copy of its own. Strings are never
 * NULL, the arrays neither. */
struct _StormConnection
{
  GObject        parent_instance;

  char          *id;
  char          *name;
  char          *servers;
  char         **topics;
  char          *pattern;
  StormStart     start;
  guint          start_n;
  gint64         start_time;
  gboolean       bounded;
  StormSecurity  security;
  char          *ca_file;
  char          *cert_file;
  char          *key_file;
  char          *mechanism;
  char          *user;
  char         **extra;
};

/** storm_connection_copy: (transfer full): one that nobody else changes, for another thread. */
StormConnection *storm_connection_copy         (StormConnection *self);
/** storm_connection_dup_title: (transfer full): the name, or the servers where it has none. */
char            *storm_connection_dup_title    (StormConnection *self);

/**
 * storm_connection_check_extra:
 *
 * Whether @line is "property=value" of a property that a user may set: not one that would take part
 * in a consumer group or write, and not a secret, for those would end up in the key file.
 */
gboolean         storm_connection_check_extra  (const char      *line,
                                                char           **out_property,
                                                char           **out_value,
                                                GError         **error);

G_END_DECLS
