#include "config.h"

#include "storm-event-text.h"

#include <string.h>

struct _StormEventText
{
  StormEventLog *log;
  char          *text;
  char          *lower;
  GHashTable    *types;   /* type id → 1 no, 2 yes */
};

StormEventText *
storm_event_text_new (StormEventLog *log,
                      const char    *text)
{
  StormEventText *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (StormEventText, 1);
  self->log = g_object_ref (log);
  self->text = g_strdup (text);
  self->lower = g_ascii_strdown (text, -1);
  self->types = g_hash_table_new (NULL, NULL);
  return self;
}

void
storm_event_text_free (StormEventText *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->log);
  g_free (self->text);
  g_free (self->lower);
  g_hash_table_unref (self->types);
  g_free (self);
}

static gboolean
type_has_text (StormEventText *self,
               guint32         type_id)
{
  gpointer known = g_hash_table_lookup (self->types, GUINT_TO_POINTER (type_id));

  if (known == NULL)
    {
      StormStrings *strings = storm_event_log_get_strings (self->log);
      g_autofree char *type = g_ascii_strdown (storm_strings_get (strings, type_id), -1);

      known = GUINT_TO_POINTER (strstr (type, self->lower) != NULL ? 2 : 1);
      g_hash_table_insert (self->types, GUINT_TO_POINTER (type_id), known);
    }
  return GPOINTER_TO_UINT (known) == 2;
}

void
storm_event_text_scan (StormEventText *self,
                       const guint32  *rows,
                       guint           n_rows,
                       GArray         *out)
{
  g_autofree guint32 *others = NULL;
  guint n_others = 0;

  g_return_if_fail (self != NULL && out != NULL);
  g_return_if_fail (rows != NULL || n_rows == 0);

  others = g_new (guint32, MAX (n_rows, 1));
  for (guint i = 0; i < n_rows; i++)
    {
      if (type_has_text (self, storm_event_log_get_type_id (self->log, rows[i])))
        g_array_append_val (out, rows[i]);
      else
        others[n_others++] = rows[i];
    }
  if (n_others > 0)
    storm_event_log_scan_text (self->log, self->text, others, 0, n_others, out);
}
