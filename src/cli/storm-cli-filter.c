#include "config.h"

#include "storm-cli-filter.h"

#include <stdio.h>
#include <glib/gi18n.h>

#include "storm-cli.h"

struct _StormCliFilter
{
  StormFilter       *filter;
  StormBatchBuilder *builder;
  GByteArray        *matches;
  StormRecordView    view;
};

StormCliFilter *
storm_cli_filter_new (const char    *expression,
                      StormStrings  *strings,
                      StormMapping  *mapping,
                      GError       **error)
{
  g_autoptr (StormFilter) filter = NULL;
  StormCliFilter *self;

  if (!storm_cli_check_utf8 (expression, error))
    return NULL;
  filter = storm_filter_new (expression, error);
  if (filter == NULL)
    return NULL;

  self = g_new0 (StormCliFilter, 1);
  self->filter = g_steal_pointer (&filter);
  self->builder = storm_batch_builder_new (strings, mapping);
  self->matches = g_byte_array_new ();
  return self;
}

void
storm_cli_filter_free (StormCliFilter *self)
{
  if (self == NULL)
    return;
  storm_filter_free (self->filter);
  storm_batch_builder_free (self->builder);
  g_byte_array_unref (self->matches);
  storm_record_view_clear (&self->view);
  g_free (self);
}

static void
copy_marks (StormCliFilter *self,
            StormBatch     *batch,
            guint           at_row,
            guint          *next)
{
  StormStrings *strings = storm_batch_get_strings (batch);
  guint n_marks;
  const StormMark *marks = storm_batch_get_marks (batch, &n_marks);

  for (; *next < n_marks && marks[*next].at_row <= at_row; (*next)++)
    {
      storm_batch_builder_mark_for (self->builder, storm_strings_get_connection_name (
                                                     strings, marks[*next].topic));
      storm_batch_builder_mark (self->builder, marks[*next].kind,
                                storm_strings_get (strings, marks[*next].topic),
                                marks[*next].partition, marks[*next].from, marks[*next].to);
    }
}

gboolean
storm_cli_filter_take (StormCliFilter  *self,
                       StormBatch      *batch,
                       StormBatch     **filtered,
                       GError         **error)
{
  guint n_rows, next_mark = 0;

  storm_batch_get_rows (batch, &n_rows);
  g_byte_array_set_size (self->matches, n_rows);
  storm_filter_add_batch (self->filter, batch);
  if (!storm_filter_run (self->filter, self->matches->data, NULL, error))
    return FALSE;

  for (guint i = 0; i < n_rows; i++)
    {
      copy_marks (self, batch, i, &next_mark);
      if (!self->matches->data[i])
        continue;
      storm_batch_get_record (batch, i, &self->view);
      storm_batch_builder_add (self->builder, &self->view.record);
    }
  copy_marks (self, batch, G_MAXUINT, &next_mark);
  *filtered = storm_batch_builder_take (self->builder);
  return TRUE;
}

void
storm_cli_filter_tell (StormCliFilter *self)
{
  const char *words = NULL;
  guint64 n = storm_filter_get_failures (self->filter, &words);
  g_autofree char *plain = words != NULL ? storm_cli_plain (words) : NULL;

  if (n > 0)
    fprintf (stderr, ngettext ("stormwatch-cli: the filter failed for %llu event, which was left "
                               "out: %s\n", "stormwatch-cli: the filter failed for %llu events, "
                               "which were left out; the first: %s\n", (gulong) MIN (n, G_MAXLONG)),
             (unsigned long long) n, plain);
}
