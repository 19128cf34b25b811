#pragma once

#include "storm-canvas.h"
#include "storm-editor.h"
#include "storm-glide.h"
#include "storm-input.h"
#include "storm-painter.h"
#include "storm-tool.h"

G_BEGIN_DECLS

typedef struct _StormCanvasList StormCanvasList;

/* What the actions depend on beside the selection. */
typedef struct
{
  guint    scene_serial;
  gboolean can_undo;
  gboolean can_redo;
  gboolean read_only;
} StormSteps;

struct _StormCanvas
{
  GtkWidget       parent_instance;

  StormHistory   *history;
  StormBoard     *board;
  StormSelection *selection;
  StormOverlay   *overlay;
  StormFlowTimes *times;
  StormFind      *find;
  StormScene     *scene;
  StormTool      *tool;
  StormPainter   *painter;
  StormViewport   view;
  StormPalette    palette;
  gboolean        has_size;
  gboolean        fit_on_size;     /* asked to fit before there was a size */

  StormPoint      pointer;         /* the last that was seen: scroll events have none on X11 */
  gboolean        has_pointer;     /* it was seen */
  gboolean        space;           /* held: the next drag moves the view */
  gboolean        hand;            /* every drag moves the view, until Escape */
  double          wheel;           /* of a zoom, not yet a whole step */
  StormDevice     scroll_device;   /* of the last scrolling, and how it came */
  gboolean        scroll_steps;
  gboolean        scroll_zooms;
  gboolean        pinching;
  double          pinch_zoom;
  StormPoint      pinch_at;
  StormPress      press;           /* what the drag does that goes on now */
  StormGlide      glide;           /* after the board was let go */
  guint           glide_tick;
  gint64          glide_time;
  GtkWidget      *menu;
  GtkWidget      *offer;           /* of other kinds for a new sticky */
  char           *offer_id;
  guint           offer_source;
  GtkWidget      *offer_choice;
  GtkEventController *offer_keys;
  char           *way_from;        /* where the flows were last followed from */
  gboolean        way_onwards;
  char           *way_at;          /* what was reached by one of several ways */
  char           *way_words;       /* by which: it is told there */

  StormEditor    *editor;
  char           *edit_id;
  StormChange    *edit_step;       /* that made it, when the first title belongs to that */
  double          edit_zoom;       /* of the view, when it was placed */
  gboolean        edit_magnified;  /* larger than the board, to be readable */

  char            *entered;        /* the last that was entered line by line */
  double           entered_x;      /* where its row begins */
  StormCanvasList *list;           /* a pasted list on its way to the board */

  StormSteps      steps;           /* when the history last told of its steps */
  guint           fold_serial;     /* of the scene, when the selection last kept to what is seen */
  gboolean        lost;            /* there is something on the board, and nothing in view */
  guint           lost_source;
  guint           tick;
  guint           settle_source;   /* until texts are sharp again */
  guint           push_tick;       /* a drag near the border moves the view */
  gint64          push_time;
  char           *reveal_id;       /* what was revealed, and pulses */
  gint64          reveal_start;

  GHashTable     *proxies;         /* id → StormStickyProxy */
  guint           a11y_source;
  gint64          a11y_touched;
  StormKind       last_kind;
  gint64          told_locked;     /* when it was told last that something is locked */
};

/* storm-canvas.c */
void        storm_canvas_view_moved       (StormCanvas *self);
void        storm_canvas_fail             (StormCanvas *self,
                                           GError      *error);
void        storm_canvas_say              (StormCanvas *self,
                                           const char  *words);
gboolean    storm_canvas_do               (StormCanvas *self,
                                           StormChange *change);
void        storm_canvas_animate          (StormCanvas *self);
gboolean    storm_canvas_animations       (StormCanvas *self);
/* storm-canvas-overlay.c: whether there is a ghost at @at, in pixels, which leads to its event. */
/* storm_canvas_press_times: the flow whose times are written at @at is selected. */
gboolean    storm_canvas_press_times      (StormCanvas *self,
                                           StormPoint   at);
/* storm_canvas_dup_times: (nullable): how long @flow takes, for a screen reader. */
char       *storm_canvas_dup_times        (StormCanvas *self,
                                           StormFlow   *flow);
gboolean    storm_canvas_press_ghost      (StormCanvas *self,
                                           StormPoint   at);
void        storm_canvas_activate_sticky  (StormCanvas *self,
                                           const char  *id);

/* storm-canvas-input.c: selects @item, and opens the newest event that is shown on it; FALSE when
 * none is. */
gboolean    storm_canvas_open_number      (StormCanvas *self,
                                           StormItem   *item);

/* storm-canvas-hints.c */
void        storm_canvas_snapshot_hints   (StormCanvas *self,
                                           GtkSnapshot *snapshot);
/* Tells @words below @at until something else is selected. */
void        storm_canvas_show_way         (StormCanvas *self,
                                           StormItem   *at,
                                           const char  *words);
void        storm_canvas_forget_way       (StormCanvas *self);
/* When something else is selected now. */
void        storm_canvas_forget_hint      (StormCanvas *self);

/* storm-canvas-view.c: whole units, so that what is put there has them too */
StormPoint  storm_canvas_middle           (StormCanvas *self);
/* In pixels: the pointer, or the middle when it never was on the board. */
StormPoint  storm_canvas_pointer          (StormCanvas *self);
void        storm_canvas_set_pointer      (StormCanvas *self,
                                           StormPoint   at);
/* Where a new sticky covers no other: beside the selected one, else from the middle on. */
StormPoint  storm_canvas_free_spot        (StormCanvas *self,
                                           StormKind    kind);
/* What floats over the board keeps the edges, but not all of a low one. */
void        storm_canvas_fit              (StormCanvas     *self,
                                           const StormRect *rect,
                                           double           max_zoom);

/* storm-canvas-undo.c: and selects what came back */
void        storm_canvas_undo             (StormCanvas *self,
                                           gboolean     redo);
/* selects what came; much of it after the next frame, unless something else was done by then */
void        storm_canvas_select_new       (StormCanvas *self,
                                           GPtrArray   *ids);

/* storm-canvas-words.c: (transfer full): what a screen reader says of a sticky after its title */
char       *storm_canvas_dup_words        (StormCanvas *self,
                                           StormItem   *item);

/* storm-canvas-edit.c */
void        storm_canvas_edit             (StormCanvas *self,
                                           const char  *id);
void        storm_canvas_end_edit         (StormCanvas *self,
                                           gboolean     keep);
/* (transfer full) (nullable): the step that made @item, when its first title or another kind
 * belongs to that. */
StormChange *storm_canvas_made_by         (StormCanvas *self,
                                           StormItem   *item);
/* To the sticky beside the one that is edited or selected, which is made where there is none. */
void        storm_canvas_step             (StormCanvas *self,
                                           StormSide    side);
void        storm_canvas_allocate_editor  (StormCanvas *self);

/* storm-canvas-actions.c */
void        storm_canvas_install_actions  (GtkWidgetClass *klass);
void        storm_canvas_update_actions   (StormCanvas *self);
void        storm_canvas_steps_changed    (StormCanvas *self);

/* storm-canvas-walk.c */

/* The one sticky that is selected, or NULL. */
StormItem  *storm_canvas_single_sticky    (StormCanvas *self);
/* Selects the next sticky in @direction: left, right, up, down, next or previous. */
void        storm_canvas_walk             (StormCanvas *self,
                                           const char  *direction);
/* Selects it too, from the one that was selected last. */
void        storm_canvas_extend           (StormCanvas *self,
                                           const char  *direction);

/* storm-canvas-arrange.c */
void        storm_canvas_install_arrange  (GtkWidgetClass *klass);
void        storm_canvas_update_arrange   (StormCanvas *self,
                                           gboolean     editable);
GMenuModel *storm_canvas_make_arrange_menu (void);

/* storm-canvas-contexts.c */
void        storm_canvas_install_contexts (GtkWidgetClass *klass);
void        storm_canvas_update_contexts  (StormCanvas *self,
                                           gboolean     editable);
GMenuModel *storm_canvas_make_context_menu (void);
void        storm_canvas_select_cards     (StormCanvas *self);
/* Expands what hides @id, and says so; where that can't be, the card's id is returned. */
const char *storm_canvas_uncover          (StormCanvas *self,
                                           const char  *id);

/* Selects @to, brings it into view, and gives it the focus of assistive technology. */
void        storm_canvas_go_to            (StormCanvas *self,
                                           StormItem   *to);

/* storm-canvas-offer.c */

/* Offers the kinds that may follow @after for the sticky @id, just made by a flow; edits it
 * then. */
void        storm_canvas_offer_kinds      (StormCanvas *self,
                                           const char  *id,
                                           StormKind    after);
void        storm_canvas_close_offer      (StormCanvas *self);

/* storm-canvas-flows.c */
void        storm_canvas_install_flows    (GtkWidgetClass *klass);
void        storm_canvas_update_flows     (StormCanvas *self,
                                           gboolean     editable);

/* storm-canvas-locks.c */
void        storm_canvas_install_locks    (GtkWidgetClass *klass);
void        storm_canvas_update_locks     (StormCanvas *self,
                                           gboolean     editable);
/* Says how many of @ids, or of all, are locked, when any are, and that nothing was done to them. */
void        storm_canvas_tell_locked      (StormCanvas *self,
                                           GPtrArray   *ids);
GMenuModel *storm_canvas_make_lock_menu   (void);

/* storm-canvas-input.c */
void        storm_canvas_init_input       (StormCanvas *self);

/* Selects what lies at @at, in pixels, and opens its menu. */
void        storm_canvas_context_menu     (StormCanvas *self,
                                           StormPoint   at);

/* storm-canvas-touch.c */
StormDevice storm_canvas_device           (GtkEventController *controller);
void        storm_canvas_init_touch       (StormCanvas *self);
void        storm_canvas_init_scroll      (StormCanvas *self,
                                           GtkEventController *scroll);
void        storm_canvas_glide_stop       (StormCanvas *self);
/* Of a drag: whether the device makes it something else than what the tool does with it. */
gboolean    storm_canvas_press_device     (StormCanvas *self,
                                           StormDevice  device,
                                           StormPoint   at);
gboolean    storm_canvas_drag_device      (StormCanvas *self,
                                           StormPoint   at,
                                           gint64       time);
/* @moved: pixels since the press */
gboolean    storm_canvas_release_device   (StormCanvas *self,
                                           double       moved,
                                           gint64       time);
void        storm_canvas_cancel_device    (StormCanvas *self);

/* storm-canvas-push.c */
void        storm_canvas_push             (StormCanvas *self);
void        storm_canvas_push_stop        (StormCanvas *self);

/* storm-canvas-keys.c */
void        storm_canvas_install_keys     (GtkWidgetClass *klass);

/* storm-canvas-menu.c */
void        storm_canvas_popup_menu       (StormCanvas *self,
                                           StormPoint   at);

/* storm-canvas-list.c */

/* Gives up what is on its way. */
void        storm_canvas_end_list         (StormCanvas *self);
void        storm_canvas_allocate_list    (StormCanvas *self);
void        storm_canvas_snapshot_list    (StormCanvas *self,
                                           GtkSnapshot *snapshot);

/* storm-canvas-clipboard.c */
void        storm_canvas_copy             (StormCanvas *self);
void        storm_canvas_paste            (StormCanvas *self);
void        storm_canvas_copy_style       (StormCanvas *self);
void        storm_canvas_paste_style      (StormCanvas *self);

/* storm-canvas-a11y.c */
void        storm_canvas_a11y_queue       (StormCanvas *self);
void        storm_canvas_a11y_update      (StormCanvas *self);
void        storm_canvas_a11y_allocate    (StormCanvas *self);
void        storm_canvas_a11y_focus       (StormCanvas *self,
                                           const char  *id);
void        storm_canvas_a11y_clear       (StormCanvas *self);

G_END_DECLS
