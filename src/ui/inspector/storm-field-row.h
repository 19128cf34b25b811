#pragma once

#include <adwaita.h>

#include "storm-field.h"

G_BEGIN_DECLS

#define STORM_TYPE_FIELD_ROW (storm_field_row_get_type ())

/**
 * StormFieldRow:
 *
 * One field of a sticky: name, type with suggestions, whether it is key and correlation key, and
 * buttons that move or remove it. Signals: `changed`: storm_field_row_dup_field() answers something
 * else now; `move` (int delta); `remove`.
 */
G_DECLARE_FINAL_TYPE (StormFieldRow, storm_field_row, STORM, FIELD_ROW, GtkListBoxRow)

GtkWidget  *storm_field_row_new        (void);
void        storm_field_row_set_field  (StormFieldRow *self,
                                        StormField    *field);
/** storm_field_row_revert: shows the field as it was set. */
void        storm_field_row_revert     (StormFieldRow *self);
/** storm_field_row_dup_field: (transfer full): as shown; an emptied name keeps the old one. */
StormField *storm_field_row_dup_field  (StormFieldRow *self);
/** storm_field_row_set_place: which of the buttons that move it make sense. */
void        storm_field_row_set_place  (StormFieldRow *self,
                                        gboolean       first,
                                        gboolean       last);
/** storm_field_row_set_types: @types: what the menu of types offers. */
void        storm_field_row_set_types  (StormFieldRow *self,
                                        GMenuModel    *types);
void        storm_field_row_flush      (StormFieldRow *self);

G_END_DECLS
