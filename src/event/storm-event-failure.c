#include "config.h"

#include <string.h>

#include "storm-event-log-private.h"
#include "storm-mapping-private.h"

/* What people can read of a value in a sentence. */
#define MAX_VALUE 80

/* One line, without what a terminal or a label could take for something else. */
static char *
make_value (const char *text,
            gsize       len)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (len, MAX_VALUE * 4));
  g_autoptr (GString) value = g_string_new (NULL);
  guint n = 0;

  for (const char *at = valid; *at != '\0' && n < MAX_VALUE; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (value, g_unichar_isprint (c) ? c : ' ');
    }
  if (n == MAX_VALUE)
    g_string_append (value, "…");

  return g_string_free (g_steal_pointer (&value), FALSE);
}

static char *
make_place (const StormEntry *entry)
{
  if (entry->kind == STORM_ENTRY_JSON && *entry->name == '/')
    return g_strdup (entry->name + 1);

  return g_strdup (entry->place);
}

gboolean
storm_event_log_dup_failure (StormEventLog *self,
                             guint32        row,
                             char         **place,
                             char         **value)
{
  StormReading *reading;
  StormMapping *mapping;
  const StormEntryList *list;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), FALSE);
  g_return_val_if_fail (row < self->n, FALSE);
  g_return_val_if_fail (place != NULL && value != NULL, FALSE);

  if (!(storm_event_log_get_flags (self, row) & STORM_EVENT_FAILED)
      || !storm_event_log_read (self, row, &self->view))
    return FALSE;

  mapping = storm_event_log_get_mapping (self, row);
  reading = &self->reading;
  storm_mapping_read (mapping, &self->view.record, reading);
  if (reading->text[STORM_MAPPING_FAILED] == NULL)
    return FALSE;

  list = &mapping->lists[STORM_MAPPING_FAILED];
  if (reading->per_type[STORM_MAPPING_FAILED])
    {
      g_autofree char *type = g_strndup (reading->text[STORM_MAPPING_TYPE],
                                         reading->len[STORM_MAPPING_TYPE]);
      g_autofree char *normal = storm_type_name_normalize (type);
      StormTypeRule *rule = g_hash_table_lookup (mapping->by_normal, normal);

      list = &rule->lists[STORM_MAPPING_FAILED];
    }
  *place = make_place (&list->entries[reading->entry[STORM_MAPPING_FAILED]]);
  *value = make_value (reading->text[STORM_MAPPING_FAILED], reading->len[STORM_MAPPING_FAILED]);

  return TRUE;
}
