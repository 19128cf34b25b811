#pragma once

#include "storm-overlay.h"
#include "storm-trace-report.h"

G_BEGIN_DECLS

/**
 * StormOverlayMarks:
 * @STORM_MARK_FIELDS: its events have other fields than it says
 * @STORM_MARK_EXPECTED: it must come next, or is one of those of which one must
 * @STORM_MARK_OVERDUE: it should have come by now
 * @STORM_MARK_STUCK: behind it nothing came that should have come
 * @STORM_MARK_FAILED: a fail event that happened
 * @STORM_MARK_COMPENSATED: it happened, and all that the board lets follow too
 * @STORM_MARK_UNCOMPENSATED: what was to compensate it is overdue, or failed itself
 * @STORM_MARK_EARLY: it came without what must come before it
 * @STORM_MARK_UNEXPECTED: it came, and isn't an event of the board
 * @STORM_MARK_REPEATED: it came again
 *
 * What else is to be said of a sticky, beside its numbers; all but the first of the chosen trace.
 */
typedef enum
{
  STORM_MARK_NONE = 0,
  STORM_MARK_FIELDS = 1 << 0,
  STORM_MARK_EXPECTED = 1 << 1,
  STORM_MARK_OVERDUE = 1 << 2,
  STORM_MARK_STUCK = 1 << 3,
  STORM_MARK_FAILED = 1 << 4,
  STORM_MARK_COMPENSATED = 1 << 5,
  STORM_MARK_UNCOMPENSATED = 1 << 6,
  STORM_MARK_EARLY = 1 << 7,
  STORM_MARK_UNEXPECTED = 1 << 8,
  STORM_MARK_REPEATED = 1 << 9,
} StormOverlayMarks;

/** STORM_MARKS_WRONG: those that say that something is wrong. */
#define STORM_MARKS_WRONG \
  (STORM_MARK_OVERDUE | STORM_MARK_STUCK | STORM_MARK_FAILED | STORM_MARK_UNCOMPENSATED | \
   STORM_MARK_EARLY | STORM_MARK_UNEXPECTED)

/** STORM_MAX_GHOSTS: of more events that aren't on the board only these are named. */
#define STORM_MAX_GHOSTS 64

/**
 * StormGhost:
 * @name: its type
 * @after_id: (nullable): of the sticky behind whose event it came; %NULL when it came first
 * @row: of the first of its kind there
 * @n: its number in the trace
 * @count: so often it came there
 *
 * An event of the chosen trace that is not on the board.
 */
typedef struct
{
  char    *name;
  char    *after_id;
  guint32  row;
  guint32  n;
  guint32  count;
} StormGhost;

/**
 * StormTraceMarks:
 * @stickies: sticky id → #StormOverlayMarks
 * @ghosts: (element-type StormGhost): in the order in which they came
 *
 * What the report of a trace means for the stickies of the board.
 */
typedef struct
{
  GHashTable *stickies;
  GPtrArray  *ghosts;
} StormTraceMarks;

StormTraceMarks  *storm_trace_marks_new        (StormTraceReport *report,
                                                StormRuleSet     *rules,
                                                StormMatcher     *matcher,
                                                StormEventLog    *log);
void              storm_trace_marks_free       (StormTraceMarks  *self);
gboolean          storm_trace_marks_equal      (StormTraceMarks  *a,
                                                StormTraceMarks  *b);

/** storm_overlay_get_marks: those of its events are left out where nothing is shown of them. */
StormOverlayMarks storm_overlay_get_marks       (StormOverlay    *self,
                                                 const char      *sticky_id);
/** storm_overlay_get_ghosts: (transfer none) (nullable) (element-type StormGhost). */
GPtrArray        *storm_overlay_get_ghosts      (StormOverlay    *self);
/**
 * storm_overlay_set_field_marks:
 * @ids: (element-type utf8): of the stickies whose events have other fields
 *
 * For whoever compares them (#StormFieldDrift). Emits `changed` when the set is another.
 */
void              storm_overlay_set_field_marks (StormOverlay    *self,
                                                 GPtrArray       *ids);
/**
 * storm_overlay_set_trace_marks:
 * @marks: (transfer full) (nullable): of the chosen trace
 *
 * For whoever judges it (#StormTraceMarker). Emits `changed` when they are others.
 */
void              storm_overlay_set_trace_marks (StormOverlay    *self,
                                                 StormTraceMarks *marks);

/** storm_marks_words: (transfer full) (nullable): "failed, not compensated", translated; %NULL
 * when there is nothing to say. */
char             *storm_marks_words             (StormOverlayMarks marks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTraceMarks, storm_trace_marks_free)

G_END_DECLS
