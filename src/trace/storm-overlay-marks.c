#include "config.h"

#include "storm-overlay-marks.h"

#include <glib/gi18n-lib.h>

#include "storm-overlay-private.h"

struct _StormMarkTable
{
  GHashTable      *drifted;  /* set of ids: other fields in the events than on the sticky */
  StormTraceMarks *trace;    /* (nullable) */
};

StormMarkTable *
storm_mark_table_new (void)
{
  StormMarkTable *self = g_new0 (StormMarkTable, 1);

  self->drifted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
storm_mark_table_free (StormMarkTable *self)
{
  g_hash_table_unref (self->drifted);
  storm_trace_marks_free (self->trace);
  g_free (self);
}

StormOverlayMarks
storm_overlay_get_marks (StormOverlay *self,
                         const char   *sticky_id)
{
  StormOverlayMarks marks = STORM_MARK_NONE;
  StormMarkTable *table;

  g_return_val_if_fail (STORM_IS_OVERLAY (self), STORM_MARK_NONE);
  g_return_val_if_fail (sticky_id != NULL, STORM_MARK_NONE);

  table = storm_overlay_get_mark_table (self);
  if (g_hash_table_contains (table->drifted, sticky_id) &&
      storm_overlay_get_sticky (self, sticky_id) != NULL)
    marks |= STORM_MARK_FIELDS;
  if (table->trace != NULL)
    marks |= GPOINTER_TO_UINT (g_hash_table_lookup (table->trace->stickies, sticky_id));
  return marks;
}

GPtrArray *
storm_overlay_get_ghosts (StormOverlay *self)
{
  StormMarkTable *table;

  g_return_val_if_fail (STORM_IS_OVERLAY (self), NULL);

  table = storm_overlay_get_mark_table (self);
  return table->trace != NULL ? table->trace->ghosts : NULL;
}

static gboolean
has_all (GHashTable *set,
         GPtrArray  *ids)
{
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (set, g_ptr_array_index (ids, i)))
      return FALSE;
  return TRUE;
}

void
storm_overlay_set_field_marks (StormOverlay *self,
                               GPtrArray    *ids)
{
  StormMarkTable *table;

  g_return_if_fail (STORM_IS_OVERLAY (self));
  g_return_if_fail (ids != NULL);

  table = storm_overlay_get_mark_table (self);
  if (g_hash_table_size (table->drifted) == ids->len && has_all (table->drifted, ids))
    return;
  g_hash_table_remove_all (table->drifted);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (table->drifted, g_strdup (g_ptr_array_index (ids, i)));
  storm_overlay_marks_changed (self, NULL);
}

void
storm_overlay_set_trace_marks (StormOverlay    *self,
                               StormTraceMarks *marks)
{
  StormMarkTable *table;
  g_autoptr (StormTraceMarks) before = NULL;

  g_return_if_fail (STORM_IS_OVERLAY (self));

  table = storm_overlay_get_mark_table (self);
  before = g_steal_pointer (&table->trace);
  table->trace = marks;
  if (!storm_trace_marks_equal (before, marks))
    storm_overlay_marks_changed (self, NULL);
}

char *
storm_marks_words (StormOverlayMarks marks)
{
  static const struct { StormOverlayMarks mark; const char *words; } all[] = {
    { STORM_MARK_FAILED, NC_("mark", "failed") },
    { STORM_MARK_UNCOMPENSATED, NC_("mark", "not compensated") },
    { STORM_MARK_COMPENSATED, NC_("mark", "compensated") },
    { STORM_MARK_STUCK, NC_("mark", "stopped here") },
    { STORM_MARK_OVERDUE, NC_("mark", "overdue") },
    { STORM_MARK_EXPECTED, NC_("mark", "expected next") },
    { STORM_MARK_EARLY, NC_("mark", "out of order") },
    { STORM_MARK_UNEXPECTED, NC_("mark", "unexpected") },
    { STORM_MARK_REPEATED, NC_("mark", "repeated") },
    { STORM_MARK_FIELDS, NC_("mark", "fields differ") },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  /* What is overdue is expected too: saying so twice says less. */
  if ((marks & STORM_MARK_OVERDUE) != 0)
    marks &= ~STORM_MARK_EXPECTED;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if ((marks & all[i].mark) == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, g_dpgettext2 (GETTEXT_PACKAGE, "mark", all[i].words));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
