#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-fold.h"
#include "storm-layer-trace.h"

/* What is said of a sticky, or a card, beside its kind and title. */

/* More ways on are counted. */
#define MAX_NAMED 5

static void
storm_words_add_badges (GString                  *text,
                        const StormOverlaySticky *info)
{
  if (info->n_badges == 0)
    {
      g_string_append_printf (text, ngettext ("%llu event", "%llu events",
                                              (gulong) MIN (info->count, G_MAXLONG)),
                              (unsigned long long) info->count);
      if (info->latest_n > 0)
        g_string_append_printf (text, _(", the latest is number %llu"),
                                (unsigned long long) info->latest_n);
      return;
    }
  for (guint i = 0; i < info->n_badges; i++)
    {
      const StormBadge *badge = &info->badges[i];

      if (i > 0)
        g_string_append (text, "; ");
      g_string_append_printf (text, _("number %u"), badge->n);
      g_string_append (text, badge->provisional ? _(", provisional") : _(", settled"));
      if (badge->late)
        g_string_append (text, _(", late"));
    }
}

/* What is said of the chosen trace, and what came after this sticky and isn't on the board. */
static void
storm_words_add_marks (GString      *text,
                       StormOverlay *overlay,
                       StormItem    *item)
{
  g_autofree char *words = storm_marks_words (storm_overlay_get_item_marks (overlay, item));
  GPtrArray *ghosts = storm_overlay_get_ghosts (overlay);

  if (words != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", words);
  for (guint i = 0, n = 0; ghosts != NULL && i < ghosts->len && n < MAX_NAMED; i++)
    {
      const StormGhost *ghost = g_ptr_array_index (ghosts, i);

      if (g_strcmp0 (ghost->after_id, storm_item_get_id (item)) != 0)
        continue;
      n++;
      g_string_append (text, text->len > 0 ? "; " : "");
      /* Translators: the name of an event, and its number in the trace */
      g_string_append_printf (text, _("then %s came, number %u, which is not on the board"),
                              ghost->name, ghost->n);
    }
}

/* "in Payment, in Shop", from the innermost outwards. */
static void
storm_words_add_context (GString     *text,
                         StormBoard  *board,
                         StormObject *object)
{
  StormContext *context = storm_board_get_context_around (board, object);
  const char *gap = text->len > 0 ? "; " : "";

  for (guint i = 0; context != NULL && i < MAX_NAMED; i++)
    {
      if (*storm_context_get_title (context) != '\0')
        {
          g_string_append (text, gap);
          /* Translators: where a sticky lies: "in Kitchen", a bounded context */
          g_string_append_printf (text, C_("sticky", "in %s"), storm_context_get_title (context));
          gap = ", ";
        }
      context = storm_board_get_context_around (board, STORM_OBJECT (context));
    }
}

static void
storm_words_add_flows (GString     *text,
                       StormCanvas *self,
                       StormSticky *sticky)
{
  StormBoard *board = self->board;
  GPtrArray *flows = storm_board_get_flows_of (board, sticky);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; flows != NULL && i < flows->len; i++)
    {
      StormFlow *flow = g_ptr_array_index (flows, i);
      StormSticky *to = storm_board_lookup_sticky (board, storm_flow_get_to (flow));
      g_autofree char *times = NULL;

      if (to == NULL || to == sticky || n++ >= MAX_NAMED)
        continue;
      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, *storm_sticky_get_title (to) != '\0'
                                ? storm_sticky_get_title (to)
                                : storm_kind_name (storm_sticky_get_kind (to)));
      times = storm_canvas_dup_times (self, flow);
      if (times != NULL)
        g_string_append_printf (names, " (%s)", times);
    }
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append (text, "; ");
  /* Translators: the stickies that flows lead to from this one: "leads to Cook, Tell the
   * customer" */
  g_string_append_printf (text, _("leads to %s"), names->str);
  if (n > MAX_NAMED)
    g_string_append_printf (text, ngettext (" and %u more", " and %u more", n - MAX_NAMED),
                            n - MAX_NAMED);
}

static void
storm_words_add_difference (GString         *text,
                            StormComparison *comparison,
                            StormItem       *item)
{
  const StormDiffMark *mark = NULL;
  g_autofree char *words = NULL;

  if (comparison != NULL)
    mark = storm_comparison_get_sticky (comparison, storm_item_get_id (item));
  if (mark == NULL)
    return;
  words = storm_diff_mark_words (mark);
  /* Translators: what a comparison says of a sticky, with a screen reader: ", compared: only in
   * A" */
  g_string_append_printf (text, _(", compared: %s"),
                          mark->diff == STORM_DIFF_ALIKE && words[0] == '='
                            ? storm_diff_words (mark->diff) : words);
}

char *
storm_canvas_dup_words (StormCanvas *self,
                        StormItem   *item)
{
  StormOverlaySticky sum;
  const StormOverlaySticky *info = NULL;
  GString *text = g_string_new (NULL);

  if (item->card != NULL)
    g_string_append_printf (text, ngettext ("%u sticky", "%u stickies", item->card->stickies->len),
                            item->card->stickies->len);
  if (self->overlay != NULL)
    info = storm_overlay_get_item (self->overlay, item, &sum);
  if (info != NULL && text->len > 0)
    g_string_append (text, "; ");
  if (info != NULL && (info->n_badges > 0 || info->count > 0))
    storm_words_add_badges (text, info);
  else if (info != NULL && info->lit)
    g_string_append (text, _("on the path"));
  if (self->overlay != NULL)
    storm_words_add_marks (text, self->overlay, item);
  storm_words_add_difference (text, storm_painter_get_comparison (self->painter), item);
  storm_words_add_context (text, self->board, item->object);
  if (item->type == STORM_OBJECT_STICKY)
    storm_words_add_flows (text, self, STORM_STICKY (item->object));
  return g_string_free (text, FALSE);
}
