#pragma once

#include "storm-fold.h"
#include "storm-grid.h"
#include "storm-picture.h"

G_BEGIN_DECLS

/** StormShownContext: a context, swimlane or card as it was when the picture was taken. */
typedef struct
{
  StormRect         rect;
  guint             rank;
  gint64            z;
  guint             order;
  char             *title;
  StormContextKind  kind;
  gboolean          collapsed;
  guint             n_kinds[STORM_N_KINDS];
  guint             n_contexts;
} StormShownContext;

/** storm_shown_context_read: @fold: (nullable); %FALSE when it is not seen. */
gboolean storm_shown_context_read    (StormShownContext       *self,
                                      StormBoard              *board,
                                      StormFold               *fold,
                                      StormContext            *context,
                                      guint                    order);
void     storm_shown_context_clear   (gpointer                 data);
int      storm_shown_context_compare (gconstpointer            a,
                                      gconstpointer            b);
/** storm_shown_context_draw: where @rect is, which keeps to the pixels. */
void     storm_shown_context_draw    (const StormShownContext *self,
                                      const StormDraw         *draw,
                                      const StormRect         *rect,
                                      gboolean                 texts,
                                      gboolean                 details);

/** storm_shown_end: (nullable): what is seen at an end of a flow, and where. */
StormObject *storm_shown_end         (StormBoard              *board,
                                      const char              *id,
                                      StormRect               *rect);

/** storm_shown_obstacles: (transfer full): the stickies and cards of all of the board: a flow runs
 * as it does there, whatever of it is in the picture. */
StormGrid *storm_shown_obstacles     (StormBoard              *board,
                                      StormFold               *fold);

/** storm_shown_lines: (transfer full) (element-type StormRect): how far the lines of the pivotal
 * events of @board go that are seen. */
GArray  *storm_shown_lines           (StormBoard              *board,
                                      StormFold               *fold,
                                      GHashTable              *ids,
                                      const StormRect         *area);

G_END_DECLS
