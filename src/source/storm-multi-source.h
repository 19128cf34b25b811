#pragma once

#include "storm-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_MULTI_SOURCE (storm_multi_source_get_type ())

/**
 * StormMultiSource:
 *
 * Several sources as one: what they bring goes into one queue, as topics of each connection. They
 * come and go while it runs. The first one's topics are of no connection, so that one source alone
 * is as if it were watched without this; when another is added, the first one's name becomes the
 * strings' home.
 *
 * One that is lost, fails or is removed is not waited for by the order of events, as long as there
 * are others. State, status and error: those of the only source; of several, what is wrong with one
 * of them goes first. Emits `changed` when one was added or removed. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormMultiSource, storm_multi_source, STORM, MULTI_SOURCE, GObject)

StormMultiSource *storm_multi_source_new      (void);
/** storm_multi_source_add: starts @source, now or when this is started. */
void              storm_multi_source_add      (StormMultiSource *self,
                                               StormSource      *source);
/** storm_multi_source_remove: stops @source; what it brought so far stays. */
void              storm_multi_source_remove   (StormMultiSource *self,
                                               StormSource      *source);
guint             storm_multi_source_get_n    (StormMultiSource *self);
/** storm_multi_source_get: (transfer none): in the order in which they were added. */
StormSource      *storm_multi_source_get      (StormMultiSource *self,
                                               guint             i);
/** storm_multi_source_get_name: (transfer none): no two sources have the same. */
const char       *storm_multi_source_get_name (StormMultiSource *self,
                                               guint             i);

G_END_DECLS
