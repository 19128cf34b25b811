#pragma once

#include <adwaita.h>

#include "storm-field.h"

G_BEGIN_DECLS

#define STORM_TYPE_FIELD_LIST (storm_field_list_get_type ())

/**
 * StormFieldList:
 *
 * The fields of a sticky as rows, and a row that adds one ("orderId", or "orderId: Long"). Signal
 * `edited` (GPtrArray *fields, of StormField): what the user wants the fields to be.
 */
G_DECLARE_FINAL_TYPE (StormFieldList, storm_field_list, STORM, FIELD_LIST, AdwBin)

/** storm_field_list_set_fields: @fields: (element-type StormField): rows are reused, so that the
 * focus stays. */
void storm_field_list_set_fields   (StormFieldList *self,
                                    GPtrArray      *fields);
/** storm_field_list_set_types: @types: (nullable): to be offered before the common ones. */
void storm_field_list_set_types    (StormFieldList     *self,
                                    const char * const *types);
void storm_field_list_set_editable (StormFieldList *self,
                                    gboolean        editable);
void storm_field_list_flush        (StormFieldList *self);

G_END_DECLS
