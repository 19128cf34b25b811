#pragma once

#include "storm-field.h"
#include "storm-kind.h"
#include "storm-object.h"

G_BEGIN_DECLS

/** StormEventClass: the three kinds of event (Notes on event-driven architecture), or not said. */
typedef enum
{
  STORM_EVENT_CLASS_UNSET,
  STORM_EVENT_CLASS_NOTIFICATION,
  STORM_EVENT_CLASS_STATE_TRANSFER,
  STORM_EVENT_CLASS_DOMAIN,
} StormEventClass;

/** StormVisibility: whether an event is a public interface of its context, or stays inside. */
typedef enum
{
  STORM_VISIBILITY_UNSET,
  STORM_VISIBILITY_PUBLIC,
  STORM_VISIBILITY_PRIVATE,
} StormVisibility;

/** StormJoin: which of the events that lead to a policy are needed: one of them, or all. */
typedef enum
{
  STORM_JOIN_ANY,
  STORM_JOIN_ALL,
} StormJoin;

#define STORM_TYPE_EVENT_CLASS (storm_event_class_get_type ())
GType       storm_event_class_get_type  (void);
#define STORM_TYPE_VISIBILITY (storm_visibility_get_type ())
GType       storm_visibility_get_type   (void);

#define STORM_TYPE_JOIN (storm_join_get_type ())
GType       storm_join_get_type         (void);

/** The words of the text form: "notification", "state-transfer", "domain"; "public", "private";
 * "all"; %NULL for unset. */
const char *storm_event_class_nick      (StormEventClass  event_class);
gboolean    storm_event_class_from_nick (const char      *nick,
                                         StormEventClass *out);
const char *storm_visibility_nick       (StormVisibility  visibility);
gboolean    storm_visibility_from_nick  (const char      *nick,
                                         StormVisibility *out);
const char *storm_join_nick             (StormJoin        join);
gboolean    storm_join_from_nick        (const char      *nick,
                                         StormJoin       *out);

#define STORM_TYPE_STICKY (storm_sticky_get_type ())
G_DECLARE_FINAL_TYPE (StormSticky, storm_sticky, STORM, STICKY, StormObject)

/* All getters return what the sticky owns; texts are never NULL unless it says nullable. */
StormKind           storm_sticky_get_kind        (StormSticky *self);
const char         *storm_sticky_get_title       (StormSticky *self);
const char         *storm_sticky_get_description (StormSticky *self);
const StormRect    *storm_sticky_get_rect        (StormSticky *self);
/** storm_sticky_get_z: higher is nearer to the eye; ties are broken by the order in the board. */
gint64              storm_sticky_get_z           (StormSticky *self);
/** storm_sticky_get_context: (nullable): id of the bounded context that the sticky lies in. */
const char         *storm_sticky_get_context     (StormSticky *self);
/** storm_sticky_get_fields: (element-type StormField) (transfer none). */
GPtrArray          *storm_sticky_get_fields      (StormSticky *self);
/** storm_sticky_get_aliases: (nullable): other names under which its events arrive. */
const char * const *storm_sticky_get_aliases     (StormSticky *self);
const char         *storm_sticky_get_topic       (StormSticky *self);
StormEventClass     storm_sticky_get_event_class (StormSticky *self);
StormVisibility     storm_sticky_get_visibility  (StormSticky *self);
/** storm_sticky_get_fail_of: (nullable): id of the event that this one is the failure of. */
const char         *storm_sticky_get_fail_of     (StormSticky *self);
/** storm_sticky_get_locked: the edits of storm-edit.h leave it as it is. */
gboolean            storm_sticky_get_locked      (StormSticky *self);
/** storm_sticky_get_group: (nullable): what all stickies of one group have; names no object. */
const char         *storm_sticky_get_group       (StormSticky *self);
/** storm_sticky_get_pivotal: it is an event that parts the board into phases. A sticky that is made
 * something else keeps that in mind, but isn't one meanwhile. */
gboolean            storm_sticky_get_pivotal     (StormSticky *self);
/** storm_sticky_is_marked_pivotal: what it keeps in mind: for what stores it. */
gboolean            storm_sticky_is_marked_pivotal (StormSticky *self);
/** storm_sticky_get_join: of a policy; says nothing for others. */
StormJoin           storm_sticky_get_join        (StormSticky *self);

G_END_DECLS
