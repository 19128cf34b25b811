#include "config.h"

#include "storm-diff-item.h"

#include <glib/gi18n-lib.h>

struct _StormDiffItem
{
  GObject             parent_instance;

  StormComparison    *comparison;
  const StormDiffRow *row;
};

G_DEFINE_FINAL_TYPE (StormDiffItem, storm_diff_item, G_TYPE_OBJECT)

static void
storm_diff_item_finalize (GObject *object)
{
  g_clear_object (&STORM_DIFF_ITEM (object)->comparison);

  G_OBJECT_CLASS (storm_diff_item_parent_class)->finalize (object);
}

static void
storm_diff_item_class_init (StormDiffItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_diff_item_finalize;
}

static void
storm_diff_item_init (StormDiffItem *self)
{
}

StormDiffItem *
storm_diff_item_new (StormComparison *comparison,
                     guint            i)
{
  StormDiffItem *self;

  g_return_val_if_fail (STORM_IS_COMPARISON (comparison), NULL);
  g_return_val_if_fail (i < storm_comparison_get_rows (comparison)->len, NULL);

  self = g_object_new (STORM_TYPE_DIFF_ITEM, NULL);
  self->comparison = g_object_ref (comparison);
  self->row = g_ptr_array_index (storm_comparison_get_rows (comparison), i);
  return self;
}

const StormDiffRow *
storm_diff_item_get_row (StormDiffItem *self)
{
  g_return_val_if_fail (STORM_IS_DIFF_ITEM (self), NULL);

  return self->row;
}

/* A trace's number, or how many of them there are. */
static char *
dup_n (StormDiffItem       *self,
       const StormDiffSide *side)
{
  if (side->n == 0)
    return g_strdup ("–");
  return g_strdup_printf (storm_comparison_is_of_traces (self->comparison)
                            ? "%" G_GUINT64_FORMAT : "×%'" G_GUINT64_FORMAT, side->n);
}

static char *
dup_span (gint64 span)
{
  return span >= 0 ? storm_time_format_span (span) : g_strdup ("");
}

static char *
dup_diff (const StormDiffRow *row)
{
  gint64 delta = row->b.step - row->a.step;
  g_autofree char *span = NULL;

  if (row->diff != STORM_DIFF_SLOWER && row->diff != STORM_DIFF_FASTER)
    return g_strdup (storm_diff_words (row->diff));
  span = storm_time_format_span (ABS (delta));
  /* Translators: "slower: +1.2 s". */
  return g_strdup_printf (C_("compare", "%s: %s%s"), storm_diff_words (row->diff),
                          delta > 0 ? "+" : "−", span);
}

char *
storm_diff_item_dup_words (StormDiffItem *self,
                           StormDiffCell  cell)
{
  g_return_val_if_fail (STORM_IS_DIFF_ITEM (self), NULL);

  switch (cell)
    {
    case STORM_DIFF_CELL_EVENT:
      return g_strdup (self->row->name);
    case STORM_DIFF_CELL_N_A:
      return dup_n (self, &self->row->a);
    case STORM_DIFF_CELL_STEP_A:
      return dup_span (self->row->a.step);
    case STORM_DIFF_CELL_N_B:
      return dup_n (self, &self->row->b);
    case STORM_DIFF_CELL_STEP_B:
      return dup_span (self->row->b.step);
    case STORM_DIFF_CELL_DIFF:
      return dup_diff (self->row);
    case STORM_N_DIFF_CELLS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
dup_step_hint (StormDiffItem       *self,
               const StormDiffSide *side)
{
  g_autofree char *since = dup_span (side->since);
  g_autofree char *p95 = dup_span (side->step_p95);

  if (side->n == 0 || side->since < 0)
    return NULL;
  if (storm_comparison_is_of_traces (self->comparison))
    return g_strdup_printf (_("%s since the trace began"), since);
  if (side->step < 0)
    return g_strdup_printf (_("half of them within %s since their traces began"), since);
  return g_strdup_printf (_("19 of 20 within %s; half of them within %s since their traces began"),
                          p95, since);
}

static char *
dup_n_hint (StormDiffItem       *self,
            const StormDiffSide *side)
{
  if (side->n == 0 || storm_comparison_is_of_traces (self->comparison))
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %'u trace", "in %'u traces",
                                       side->n_traces), side->n_traces);
}

char *
storm_diff_item_dup_hint (StormDiffItem *self,
                          StormDiffCell  cell)
{
  g_return_val_if_fail (STORM_IS_DIFF_ITEM (self), NULL);

  switch (cell)
    {
    case STORM_DIFF_CELL_EVENT:
      return g_strdup (self->row->name);
    case STORM_DIFF_CELL_N_A:
      return dup_n_hint (self, &self->row->a);
    case STORM_DIFF_CELL_STEP_A:
      return dup_step_hint (self, &self->row->a);
    case STORM_DIFF_CELL_N_B:
      return dup_n_hint (self, &self->row->b);
    case STORM_DIFF_CELL_STEP_B:
      return dup_step_hint (self, &self->row->b);
    case STORM_DIFF_CELL_DIFF:
    case STORM_N_DIFF_CELLS:
    default:
      return NULL;
    }
}

const char *
storm_diff_cell_title (StormDiffCell cell)
{
  switch (cell)
    {
    case STORM_DIFF_CELL_EVENT:
      return _("Event");
    case STORM_DIFF_CELL_N_A:
      return C_("compare", "A");
    case STORM_DIFF_CELL_STEP_A:
      return C_("compare", "Step in A");
    case STORM_DIFF_CELL_N_B:
      return C_("compare", "B");
    case STORM_DIFF_CELL_STEP_B:
      return C_("compare", "Step in B");
    case STORM_DIFF_CELL_DIFF:
      return _("Difference");
    case STORM_N_DIFF_CELLS:
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
storm_diff_class (StormDiff diff)
{
  static const char * const classes[STORM_N_DIFFS] = {
    [STORM_DIFF_ALIKE] = "diff-alike",
    [STORM_DIFF_ONLY_A] = "diff-only-a",
    [STORM_DIFF_ONLY_B] = "diff-only-b",
    [STORM_DIFF_SLOWER] = "diff-slower",
    [STORM_DIFF_FASTER] = "diff-faster",
  };

  g_return_val_if_fail (diff < STORM_N_DIFFS, NULL);

  return classes[diff];
}
