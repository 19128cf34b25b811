#pragma once

#include <adwaita.h>

#include "storm-connection.h"

G_BEGIN_DECLS

#define STORM_TYPE_CONNECTION_DIALOG (storm_connection_dialog_get_type ())

/**
 * StormConnectionDialog:
 *
 * A connection as a form: servers, topics (picked from the broker's list, or a pattern), where to
 * start, security, further properties; Test says in plain words how it went. Signal `connect-to`
 * (StormConnection *connection, StormSecrets *secrets): Connect was pressed.
 */
G_DECLARE_FINAL_TYPE (StormConnectionDialog, storm_connection_dialog, STORM, CONNECTION_DIALOG,
                      AdwWindow)

GtkWidget *storm_connection_dialog_new (StormConnection     *connection,
                                        StormConnectionList *list);
/** storm_connection_dialog_set_secrets: fills the passwords in that are known already. */
void       storm_connection_dialog_set_secrets  (StormConnectionDialog *self,
                                                 const StormSecrets    *secrets);
/** storm_connection_dialog_ask_password: puts the cursor where the password is missing. */
void       storm_connection_dialog_ask_password (StormConnectionDialog *self);

G_END_DECLS
