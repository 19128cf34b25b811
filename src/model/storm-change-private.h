#pragma once

#include "storm-change.h"

G_BEGIN_DECLS

/*
 * A change holds one record for each object that it touches: what the object was before and what it
 * is after. So the order of steps doesn't matter, two changes are merged record by record, and
 * going back is going forward with the sides swapped.
 */

/** StormSide: the two sides of a record. */
typedef enum
{
  STORM_SIDE_BEFORE,
  STORM_SIDE_AFTER,
} StormSide;

/** StormPair: one property on both sides; %NULL where the object isn't, or has the default. */
typedef struct
{
  StormProp  prop;
  GVariant  *value[2];
} StormPair;

/**
 * StormRecord:
 * @id: "" for the board
 * @type_known: whether @type is known, or to be asked from the board when the change is applied
 * @exists: whether the object is there on each side
 * @whole: the pairs describe the whole object (it is inserted, removed or replaced), not just what
 *   is set
 * @position: where in its list the object was before, when it is removed or replaced
 * @object: while applying: the object on the board, borrowed
 * @checked: whether the values of each side were found to be allowed
 * @found: the stamp of the object before this record was last written to the board
 * @left: and after, which had the values of @written then; 0 when the record became another since
 */
typedef struct
{
  char            *id;
  StormObjectType  type;
  gboolean         type_known;
  gboolean         exists[2];
  gboolean         whole;
  guint            position;
  StormPair       *pairs;
  guint            n_pairs;
  guint            n_allocated;
  StormObject     *object;
  gboolean         checked[2];
  guint64          found;
  guint64          left;
  StormSide        written;
} StormRecord;

struct _StormChange
{
  guint       ref_count;
  char       *label;
  GPtrArray  *records;
  GHashTable *by_id;
  /* the first mistake made in building the change; applying it reports that */
  GError     *mistake;
};

StormRecord *storm_record_new           (const char      *id);
void         storm_record_free          (StormRecord     *record);
StormPair   *storm_record_find          (StormRecord     *record,
                                         StormProp        prop);
/** storm_record_put: @value: (nullable) (transfer none). */
void         storm_record_put           (StormRecord     *record,
                                         StormProp        prop,
                                         StormSide        side,
                                         GVariant        *value);
/** storm_record_clear_side: forgets the values of @side. */
void         storm_record_clear_side    (StormRecord     *record,
                                         StormSide        side);
/** storm_record_drop_equal: leaves out pairs that set nothing. */
void         storm_record_drop_equal    (StormRecord     *record);
/** storm_record_is_empty: whether the record does nothing. */
gboolean     storm_record_is_empty      (StormRecord     *record);

StormRecord *storm_change_lookup        (StormChange     *self,
                                         const char      *id);
/** storm_change_add_record: @record: (transfer full): of an id that has none yet. */
void         storm_change_add_record    (StormChange     *self,
                                         StormRecord     *record);
/** storm_change_insert_record: what storm_change_insert() does, for values that are put in
 * directly; %NULL when the change contradicts itself. */
StormRecord *storm_change_insert_record (StormChange     *self,
                                         StormObjectType  type,
                                         const char      *id);
/** storm_change_move_to_end: objects come into their lists in the order of the records. */
void         storm_change_move_to_end   (StormChange     *self,
                                         StormRecord     *record);
/** storm_change_drop_empty: leaves out records that do nothing. */
void         storm_change_drop_empty    (StormChange     *self);

/** storm_change_check: whether the records can be done on @board towards @to; writes nothing. */
gboolean     storm_change_check         (StormChange     *self,
                                         StormBoard      *board,
                                         StormSide        to,
                                         GError         **error);

G_END_DECLS
