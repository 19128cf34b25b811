#include "config.h"

#include "storm-comparison-private.h"

#include <glib/gi18n-lib.h>

#include "storm-path.h"

static int
get_weight (StormDiff diff)
{
  static const int weights[STORM_N_DIFFS] = {
    [STORM_DIFF_ALIKE] = 0,
    [STORM_DIFF_FASTER] = 1,
    [STORM_DIFF_SLOWER] = 2,
    [STORM_DIFF_ONLY_B] = 3,
    [STORM_DIFF_ONLY_A] = 3,
  };

  return weights[diff];
}

static void
add_to_mark (StormDiffMark      *mark,
             const StormDiffRow *row,
             gboolean            is_flow)
{
  gboolean had_a = mark->n_a > 0, had_b = mark->n_b > 0;

  mark->of_flows = is_flow;
  mark->n_a += is_flow ? row->a.n : row->a.n > 0;
  mark->n_b += is_flow ? row->b.n : row->b.n > 0;
  if (row->diff == STORM_DIFF_SLOWER || row->diff == STORM_DIFF_FASTER)
    mark->delta += row->b.step - row->a.step;
  if (row->diff == STORM_DIFF_ONLY_A || row->diff == STORM_DIFF_ONLY_B)
    mark->moved = TRUE;
  if ((!had_a && !had_b) || get_weight (row->diff) > get_weight (mark->diff))
    mark->diff = row->diff;
  /* What only one has stays so only as long as the other has none of it at all. */
  if (mark->n_a == 0 || mark->n_b == 0)
    return;
  if (mark->diff == STORM_DIFF_ONLY_A || mark->diff == STORM_DIFF_ONLY_B)
    mark->diff = mark->delta > 0   ? STORM_DIFF_SLOWER
                 : mark->delta < 0 ? STORM_DIFF_FASTER : STORM_DIFF_ALIKE;
}

void
storm_comparison_mark_row (StormComparison *self,
                           StormDiffRow    *row,
                           guint            side,
                           guint32          type_id)
{
  StormMatcher *matcher = storm_monitor_get_matcher (self->sides[side].monitor);
  GPtrArray *stickies = storm_matcher_match (matcher, type_id, NULL);

  for (guint i = 0; i < stickies->len; i++)
    {
      const char *id = storm_object_get_id (g_ptr_array_index (stickies, i));
      StormDiffMark *mark = g_hash_table_lookup (self->stickies, id);

      if (mark == NULL)
        {
          mark = g_new0 (StormDiffMark, 1);
          g_hash_table_insert (self->stickies, g_strdup (id), mark);
        }
      add_to_mark (mark, row, !storm_comparison_is_of_traces (self));
    }
}

void
storm_comparison_mark_path (StormComparison *self,
                            guint            side,
                            const guint32   *type_ids,
                            guint            n)
{
  StormMatcher *matcher = storm_monitor_get_matcher (self->sides[side].monitor);
  g_autoptr (StormPath) path =
    storm_path_new (storm_monitor_get_board (self->sides[side].monitor));
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < n; i++)
    {
      GPtrArray *stickies = storm_matcher_match (matcher, type_ids[i], NULL);

      if (stickies->len > 0)
        storm_path_step (path, stickies);
    }
  g_hash_table_iter_init (&iter, storm_path_get_flows (path));
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      guint sides = GPOINTER_TO_UINT (g_hash_table_lookup (self->flows, id));

      g_hash_table_insert (self->flows, g_strdup (id), GUINT_TO_POINTER (sides | 1u << side));
    }
}

const char *
storm_diff_words (StormDiff diff)
{
  switch (diff)
    {
    case STORM_DIFF_ALIKE:
      return C_("compare", "alike");
    case STORM_DIFF_ONLY_A:
      return C_("compare", "only in A");
    case STORM_DIFF_ONLY_B:
      return C_("compare", "only in B");
    case STORM_DIFF_SLOWER:
      return C_("compare", "slower");
    case STORM_DIFF_FASTER:
      return C_("compare", "faster");
    case STORM_N_DIFFS:
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
storm_diff_mark_words (const StormDiffMark *mark)
{
  g_autofree char *span = NULL, *a = NULL, *b = NULL;

  g_return_val_if_fail (mark != NULL, NULL);

  a = g_strdup_printf ("%'" G_GUINT64_FORMAT, mark->n_a);
  b = g_strdup_printf ("%'" G_GUINT64_FORMAT, mark->n_b);
  if (mark->diff == STORM_DIFF_ONLY_A || mark->diff == STORM_DIFF_ONLY_B)
    return g_strdup (storm_diff_words (mark->diff));
  if (mark->delta != 0)
    {
      span = storm_time_format_span (ABS (mark->delta));
      return g_strdup_printf ("%s%s", mark->delta > 0 ? "+" : "−", span);
    }
  if (mark->n_a != mark->n_b && !mark->of_flows)
    /* Translators: how many events of a sticky are in A and in B, on a small label. */
    return g_strdup_printf (C_("compare", "A %s · B %s"), a, b);
  /* Translators: on a small label: an event comes at another place in B than in A. */
  return g_strdup (mark->moved ? C_("compare", "other order") : "=");
}
