#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

/** STORM_VIEWS_MAX: as many views as a board keeps. */
#define STORM_VIEWS_MAX 100
/** STORM_VIEW_NAME_MAX: bytes of a view's name. */
#define STORM_VIEW_NAME_MAX 200
/** STORM_VIEWS_SETTING: under which name a board file keeps them. */
#define STORM_VIEWS_SETTING "views"

/**
 * StormView:
 * @name: one line, unique in its list
 * @rect: the part of the board
 *
 * A part of a board that somebody comes back to: a saved view. Lists of them are kept as text, a
 * line a view: x, y, width, height and the name.
 */
typedef struct
{
  char      *name;
  StormRect  rect;
} StormView;

/**
 * storm_view_list_parse:
 * @text: (nullable): of a board file; lines that are none are left out
 *
 * Returns: (transfer full) (element-type StormView): in the order of keeping
 */
GPtrArray *storm_view_list_parse  (const char      *text);
char      *storm_view_list_print  (GPtrArray       *views);

/** storm_view_list_find: (nullable) (transfer none). */
StormView *storm_view_list_find   (GPtrArray       *views,
                                   const char      *name);

/**
 * storm_view_list_put:
 * @name: blanks around it and line ends are taken away, what is too long is cut
 *
 * Keeps @rect under @name, in place of a view of the same name.
 *
 * Returns: %FALSE when nothing is left of the name, the rectangle is empty, or there are too many
 */
gboolean   storm_view_list_put    (GPtrArray       *views,
                                   const char      *name,
                                   const StormRect *rect);
/** storm_view_list_remove: %FALSE when there is none. */
gboolean   storm_view_list_remove (GPtrArray       *views,
                                   const char      *name);

G_END_DECLS
