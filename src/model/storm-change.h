#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

#define STORM_TYPE_CHANGE (storm_change_get_type ())

/**
 * StormChange:
 *
 * What one gesture does to a board: a list of steps (insert an object, remove one, set a property),
 * each with what was there before, so that it can be applied, reverted, merged with a later one,
 * and stored. The values of properties are #GVariant of these types:
 *
 * | property | type | |
 * |---|---|---|
 * | title, description, label, topic, extra, mapping | s | "" for none |
 * | rect | (dddd) | x, y, width, height |
 * | z | x | |
 * | kind, event-class, visibility | s | the nick, "" for unset |
 * | join, context-kind | s | the nick, "" for the default |
 * | context, fail-of, from, to, parent, group | s | an id, "" for none |
 * | locked, pivotal, collapsed, unchecked | b | |
 * | bends | a(dd) | x, y of each |
 * | target | x | nanoseconds, 0 for none |
 * | fields | a(ssbbs) | name, type, key, correlation, extra |
 * | aliases | as | |
 *
 * Counted by references. Main thread.
 */
typedef struct _StormChange StormChange;

GType        storm_change_get_type     (void);

/**
 * storm_change_new:
 * @label: (nullable): translated, what the Undo button says: "Move 3 stickies"
 */
StormChange *storm_change_new          (const char  *label);
StormChange *storm_change_ref          (StormChange *self);
void         storm_change_unref        (StormChange *self);

const char  *storm_change_get_label    (StormChange *self);
guint        storm_change_get_n_steps  (StormChange *self);

/**
 * storm_change_insert:
 * @id: (nullable): the new object's id, or %NULL to make one
 * @props: (nullable): a floating or owned a{sv}, property nick → value; what is missing has its
 *   default. Consumed when floating.
 *
 * Returns: (transfer none): the id of the object that the change will insert
 */
const char  *storm_change_insert       (StormChange     *self,
                                        StormObjectType  type,
                                        const char      *id,
                                        GVariant        *props);

/** storm_change_inserts: whether it makes the object @id, which was not there before. */
gboolean     storm_change_inserts      (StormChange *self,
                                        const char  *id);

/** storm_change_remove: removes @object; its state is taken when the change is applied. */
void         storm_change_remove       (StormChange *self,
                                        StormObject *object);

/**
 * storm_change_set:
 * @id: id of an object, or %NULL for the board itself
 * @value: of the type in the table above; consumed when floating
 */
void         storm_change_set          (StormChange *self,
                                        const char  *id,
                                        StormProp    prop,
                                        GVariant    *value);

/**
 * storm_change_apply:
 *
 * Does the steps on @board, or, when one can't be done (no such object, a value out of range), none
 * of them. Fills in what was there before. Steps that change nothing are dropped.
 */
gboolean     storm_change_apply        (StormChange  *self,
                                        StormBoard   *board,
                                        GError      **error);

/** storm_change_revert: undoes an applied change; the steps in reverse. */
gboolean     storm_change_revert       (StormChange  *self,
                                        StormBoard   *board,
                                        GError      **error);

/**
 * storm_change_merge:
 * @later: an applied change that followed @self directly
 *
 * Afterwards @self does what both did; repeated settings of one property become one.
 */
void         storm_change_merge        (StormChange *self,
                                        StormChange *later);

/**
 * storm_change_merged:
 * @later: an applied change that followed @earlier directly
 *
 * Returns: (transfer full) (nullable): a change that does what both did and touches what either
 *   did; %NULL when @later takes back all that was done to an object, so that one change could not
 *   say so
 */
StormChange *storm_change_merged       (StormChange *earlier,
                                        StormChange *later);

/** storm_change_get_n_touched: how many objects the change touches. */
guint        storm_change_get_n_touched (StormChange *self);

/**
 * storm_change_get_touched:
 * @n: less than storm_change_get_n_touched()
 * @type: (out): its type; for %STORM_OBJECT_BOARD the id is ""
 *
 * Returns: (transfer none): the id of the @n th object that the change touches. For the store.
 */
const char  *storm_change_get_touched   (StormChange     *self,
                                         guint            n,
                                         StormObjectType *type);

/** storm_change_to_variant: (transfer full): the whole change, for the history in the file. */
GVariant    *storm_change_to_variant   (StormChange *self);

/**
 * storm_change_new_from_variant:
 * @variant: from a file, not trusted
 *
 * Returns: (transfer full): the change, or %NULL with an error
 */
StormChange *storm_change_new_from_variant (GVariant  *variant,
                                            GError   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormChange, storm_change_unref)

G_END_DECLS
