#pragma once

#include "storm-db.h"

G_BEGIN_DECLS

/** STORM_SCHEMA_VERSION: user_version of the board files that this version writes. */
#define STORM_SCHEMA_VERSION 4

/** StormSchemaStep: what brings a file from @version - 1 to @version. Steps are never changed. */
typedef struct
{
  int         version;
  const char *sql;
} StormSchemaStep;

const StormSchemaStep *storm_schema_get_steps (guint *n_steps);

/** storm_schema_create: makes an empty database a board file of the current version. */
gboolean storm_schema_create  (StormDb                *db,
                               GError                **error);
/** storm_schema_upgrade: does the steps above the file's version, all of them or none. */
gboolean storm_schema_upgrade (StormDb                *db,
                               const StormSchemaStep  *steps,
                               guint                   n_steps,
                               GError                **error);
/** storm_schema_check_version: our application's file, of a version that we know. */
gboolean storm_schema_check_version (StormDb           *db,
                                     GError           **error);
/** storm_schema_check_tables: our tables of the file's version to the letter, and nothing else. */
gboolean storm_schema_check_tables  (StormDb           *db,
                                     GError           **error);

G_END_DECLS
