#pragma once

#include "storm-edit.h"

G_BEGIN_DECLS

/**
 * StormFrame:
 * @rect: where it is seen: of a collapsed one the card
 * @parent: (nullable): the id of the context around it
 * @hidden: it lies in a collapsed one, and nothing can be put into it
 *
 * A context as it will be: where things belong after the change.
 */
typedef struct
{
  const char *id;
  StormRect   rect;
  gint64      z;
  const char *parent;
  gboolean    collapsed;
  gboolean    hidden;
} StormFrame;

/**
 * storm_edit_frames:
 * @expanded: (nullable): contexts that will not be collapsed any more
 *
 * Returns: (transfer full) (element-type StormFrame): all contexts of @board, in its order
 */
GArray      *storm_edit_frames_with  (StormBoard      *board,
                                      GHashTable      *expanded);
GArray      *storm_edit_frames       (StormBoard      *board);
/** storm_edit_place_frame: it will have @rect; where it is seen follows. */
void         storm_edit_place_frame  (GArray          *frames,
                                      const char      *id,
                                      const StormRect *rect);
/** storm_edit_find_frame: (nullable): the frame of @id. */
StormFrame  *storm_edit_find_frame   (GArray          *frames,
                                      const char      *id);
/** storm_edit_frame_at: the id of the context of what lies in @rect, "" for none. */
const char  *storm_edit_frame_at     (GArray          *frames,
                                      const StormRect *rect);
/** storm_edit_join_frame: lets @sticky, which will lie in @rect, join the context there. */
void         storm_edit_join_frame   (StormChange     *change,
                                      StormSticky     *sticky,
                                      const StormRect *rect,
                                      GArray          *frames);

/** storm_edit_frame_around: (nullable): the smallest that lies around all of @rect, and is
 * larger. */
const char  *storm_edit_frame_around (GArray          *frames,
                                      const StormRect *rect);
/**
 * storm_edit_join_parent:
 *
 * Lets the context @id become a child of the smallest one that lies around it as a whole where it
 * is seen in @frames, or of none. What is hidden stays where it belongs.
 */
void         storm_edit_join_parent  (StormChange     *change,
                                      StormBoard      *board,
                                      const char      *id,
                                      GArray          *frames);
/**
 * storm_edit_rejoin_around:
 * @changed: (element-type utf8): contexts that got another size, or are new
 *
 * These take up what comes to lie in them and let go what doesn't: stickies, and other contexts.
 */
void         storm_edit_rejoin_around (StormChange    *change,
                                       StormBoard     *board,
                                       GArray         *frames,
                                       GHashTable     *changed);
/** storm_edit_is_hidden: whether a collapsed context is seen in the place of @object. */
gboolean     storm_edit_is_hidden    (StormBoard      *board,
                                      StormObject     *object);

/** storm_edit_collect: (transfer full): the objects of @ids, each once, in that order. */
GPtrArray   *storm_edit_collect      (StormBoard      *board,
                                      GPtrArray       *ids);
/** storm_edit_collect_free: the same without what is locked. */
GPtrArray   *storm_edit_collect_free (StormBoard      *board,
                                      GPtrArray       *ids);
guint        storm_edit_count        (GPtrArray       *objects,
                                      StormObjectType  type);
/** storm_edit_descendants: (transfer full) (element-type utf8): the ids of the contexts of @objects
 * and of those in them, however deep, but for locked ones in others and what lies in these. */
GHashTable  *storm_edit_descendants  (StormBoard      *board,
                                      GPtrArray       *objects);
/** storm_edit_rect_of: (nullable): where a sticky or context lies; %NULL for a flow. */
const StormRect *storm_edit_rect_of  (StormObject     *object);
gint64       storm_edit_z_of         (StormObject     *object);

/** storm_edit_put_rect, _text: one setting, left out when it changes nothing; text may be NULL. */
void         storm_edit_put_rect     (StormChange     *change,
                                      StormObject     *object,
                                      const StormRect *rect);
void         storm_edit_put_text     (StormChange     *change,
                                      StormObject     *object,
                                      StormProp        prop,
                                      const char      *text);

/** storm_edit_put_bends: for the flow of @id the bends of @flow, moved; nothing without any. */
void         storm_edit_put_bends    (StormChange     *change,
                                      const char      *id,
                                      StormFlow       *flow,
                                      double           dx,
                                      double           dy);

/**
 * storm_edit_lead_bends:
 * @moves: (element-type StormObject StormPoint): how far objects go; what is not in it stays
 * @drop: also straighten flows of which the ends go differently
 *
 * Where both ends of a flow go equally far, the points that it is led through go along.
 */
void         storm_edit_lead_bends   (StormChange     *change,
                                      StormBoard      *board,
                                      GHashTable      *moves,
                                      gboolean         drop);

/** storm_edit_clamp_delta: shortens a move so that all @objects stay on the board. */
void         storm_edit_clamp_delta  (GPtrArray       *objects,
                                      double          *dx,
                                      double          *dy);
/** storm_edit_clamp_rect: moves and shrinks @rect so that it lies on the board. */
void         storm_edit_clamp_rect   (StormRect       *rect);

/** storm_edit_sort_by_z: lowest first, as they are painted. */
void         storm_edit_sort_by_z    (GPtrArray       *objects);

G_END_DECLS
