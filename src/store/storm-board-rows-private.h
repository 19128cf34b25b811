#pragma once

#include "storm-board-rows.h"

#include <math.h>

G_BEGIN_DECLS

#define STORM_N_ROW_TYPES (STORM_OBJECT_CONTEXT + 1)

typedef enum
{
  STORM_WRITE_BOARD,
  STORM_WRITE_STICKY,
  STORM_WRITE_FLOW,
  STORM_WRITE_CONTEXT,
  STORM_WRITE_FIELD,
  STORM_WRITE_ALIAS,
  STORM_WRITE_NO_FIELDS,
  STORM_WRITE_NO_ALIASES,
  STORM_N_WRITES
} StormWrite;

/* Where a row stands in the order of its table; @children: whether it may have fields or
 * aliases. */
typedef struct
{
  double   place;
  gboolean children;
  char     id[];
} StormRowPlace;

/* @places: id → StormRowPlace, what the file holds; @added and @removed: what the open transaction
 * did, borrowed from there; @orphans: the file has fields or aliases of no sticky. */
struct _StormBoardRows
{
  StormDb      *db;
  StormBoard   *board;
  sqlite3_stmt *writes[STORM_N_WRITES];
  sqlite3_stmt *removes[STORM_N_ROW_TYPES];
  GHashTable   *places[STORM_N_ROW_TYPES];
  GPtrArray    *added[STORM_N_ROW_TYPES];
  GPtrArray    *removed[STORM_N_ROW_TYPES];
  gboolean      renumbered;
  gboolean      orphans;
};

/** storm_board_rows_set_place: returns it, borrowed. */
StormRowPlace *storm_board_rows_set_place (StormBoardRows  *self,
                                           StormObjectType  type,
                                           const char      *id,
                                           double           place);
GListModel    *storm_board_rows_get_list  (StormBoardRows  *self,
                                           StormObjectType  type);

G_END_DECLS
