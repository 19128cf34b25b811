#include "config.h"

#include "storm-make-sticky.h"

#include <string.h>

#include "storm-edit.h"
#include "storm-payload-fields.h"

/* A payload that is no document has no fields; its sticky is made all the same. */
static GVariant *
infer_fields (const StormRecord *record,
              StormMapping      *mapping,
              const char        *type)
{
  g_autoptr (GPtrArray) fields = storm_payload_fields_read (record, mapping, type, NULL);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssbbs)"));

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const StormPayloadField *field = g_ptr_array_index (fields, i);

      g_variant_builder_add (&builder, "(ssbbs)", field->name, field->type, FALSE,
                             field->correlation, "");
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* "com.shop.OrderPlaced" is OrderPlaced on a board, as long as it still matches. */
static char *
make_title (const char *type)
{
  g_autofree char *normal = storm_type_name_normalize (type);
  const char *last = type;
  const char *p;

  if (strlen (type) > STORM_TITLE_MAX_BYTES)
    return g_utf8_substring (type, 0, 200);
  for (p = type; *p != '\0'; p++)
    {
      if (strchr (".:/", *p) != NULL && p[1] != '\0')
        last = p + 1;
    }
  if (last != type)
    {
      g_autofree char *normal_last = storm_type_name_normalize (last);

      if (g_strcmp0 (normal, normal_last) == 0)
        return g_strdup (last);
    }
  return g_strdup (type);
}

StormChange *
storm_make_sticky (StormBoard     *board,
                   StormEventLog  *log,
                   StormMapping   *mapping,
                   guint32         row,
                   StormPoint      at,
                   char          **out_id)
{
  g_auto (StormRecordView) view = { 0 };
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  const char *type;
  const char *topic;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (row < storm_event_log_get_n (log), NULL);

  type = storm_event_log_get_type_name (log, row);
  topic = storm_event_log_get_topic (log, row);
  title = make_title (type);
  change = storm_edit_add_sticky (board, STORM_KIND_EVENT, at, title, &id);
  if (*topic != '\0' && strlen (topic) <= STORM_TITLE_MAX_BYTES)
    storm_change_set (change, id, STORM_PROP_TOPIC, g_variant_new_string (topic));
  if (storm_event_log_read (log, row, &view))
    {
      g_autoptr (GVariant) fields = infer_fields (&view.record, mapping, type);

      if (g_variant_n_children (fields) > 0)
        storm_change_set (change, id, STORM_PROP_FIELDS, fields);
    }
  if (out_id != NULL)
    *out_id = g_steal_pointer (&id);
  return g_steal_pointer (&change);
}

StormPoint
storm_make_sticky_place (StormBoard *board)
{
  StormRect bounds;

  g_return_val_if_fail (STORM_IS_BOARD (board), ((StormPoint) { 0, 0 }));

  if (!storm_board_get_bounds (board, &bounds))
    return (StormPoint) { 0, 0 };
  return (StormPoint) { bounds.x + bounds.width + 120, bounds.y + 60 };
}
