#include "config.h"

#include "storm-picture-private.h"

#include <math.h>

#include "storm-edit-context.h"
#include "storm-flow-pair.h"
#include "storm-route-find.h"

/* Things are drawn in so many steps between two looks at the cancellable. */
#define STEP 128
/* Below these scales nobody could read it: titles; kinds, labels and shadows. */
#define MIN_TEXT_SCALE .15
#define MIN_DETAIL_SCALE .3
/* A fill whose channels are all higher than this is white to the eye. */
#define WHITE .95f
#define EMPTY_WIDTH 400.0
#define EMPTY_HEIGHT 300.0
/* So far labels, heads and shadows reach beyond what they belong to. */
#define REACH (STORM_LABEL_MAX / 2 + STORM_LABEL_PAD)

typedef struct
{
  StormKind  kind;
  StormRect  rect;
  gint64     z;
  guint      order;
  char      *title;
  GPtrArray *fields;
  gboolean   pivotal;
} StormShownSticky;

typedef struct
{
  StormRoute *route;
  char       *label;
  StormPoint  label_point;
} StormShownFlow;

struct _StormPicture
{
  gatomicrefcount  ref_count;
  char            *title;
  StormRect        area;
  GPtrArray       *ids;        /* of stickies and contexts; NULL for the whole board */
  GArray          *contexts;
  GArray          *lines;      /* of pivotal events */
  GArray          *flows;
  GArray          *stickies;
};

static void
storm_shown_sticky_clear (gpointer data)
{
  StormShownSticky *shown = data;

  g_free (shown->title);
  g_clear_pointer (&shown->fields, g_ptr_array_unref);
}

static void
storm_shown_flow_clear (gpointer data)
{
  StormShownFlow *shown = data;

  g_free (shown->route);
  g_free (shown->label);
}

static int
storm_shown_compare (gint64 a_z,
                     guint  a_order,
                     gint64 b_z,
                     guint  b_order)
{
  if (a_z != b_z)
    return a_z < b_z ? -1 : 1;
  return a_order < b_order ? -1 : a_order > b_order;
}

static int
storm_shown_sticky_compare (gconstpointer a,
                            gconstpointer b)
{
  const StormShownSticky *x = a, *y = b;

  return storm_shown_compare (x->z, x->order, y->z, y->order);
}

/* Also of a thing without width: a straight run has none. */
static gboolean
storm_shown_touches (const StormRect *area,
                     const StormRect *rect)
{
  return area == NULL ||
         (rect->x <= area->x + area->width && area->x <= rect->x + rect->width &&
          rect->y <= area->y + area->height && area->y <= rect->y + rect->height);
}

static gboolean
storm_shown_wanted (GHashTable  *ids,
                    StormObject *object)
{
  return ids == NULL || g_hash_table_contains (ids, storm_object_get_id (object));
}

static void
storm_picture_note (StormPicture *self,
                    StormObject  *object)
{
  if (self->ids != NULL)
    g_ptr_array_add (self->ids, g_strdup (storm_object_get_id (object)));
}

/* What a card hides belongs to the picture, though it is not seen. */
static gboolean
storm_picture_is_hidden (StormPicture    *self,
                         StormFold       *fold,
                         StormObject     *object,
                         const StormRect *area)
{
  const StormCard *card = fold != NULL ? storm_fold_get_card_of (fold, object) : NULL;
  StormRect shown;

  if (card == NULL)
    return FALSE;
  shown = storm_context_get_shown (card->context);
  if (storm_shown_touches (area, &shown))
    storm_picture_note (self, object);
  return TRUE;
}

static void
storm_picture_take_contexts (StormPicture    *self,
                             StormBoard      *board,
                             StormFold       *fold,
                             GHashTable      *ids,
                             const StormRect *area)
{
  GListModel *list = storm_board_get_contexts (board);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormContext) context = g_list_model_get_item (list, i);
      StormShownContext shown;

      if (!storm_shown_wanted (ids, STORM_OBJECT (context)) ||
          storm_picture_is_hidden (self, fold, STORM_OBJECT (context), area) ||
          !storm_shown_context_read (&shown, board, fold, context, i) ||
          !storm_shown_touches (area, &shown.rect))
        continue;
      shown.title = g_strdup (storm_context_get_title (context));
      storm_picture_note (self, STORM_OBJECT (context));
      g_array_append_val (self->contexts, shown);
    }
  g_array_sort (self->contexts, storm_shown_context_compare);
}

static void
storm_picture_take_stickies (StormPicture    *self,
                             StormBoard      *board,
                             StormFold       *fold,
                             GHashTable      *ids,
                             const StormRect *area)
{
  GListModel *list = storm_board_get_stickies (board);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (list, i);
      GPtrArray *fields = storm_sticky_get_fields (sticky);
      StormShownSticky shown = { .kind = storm_sticky_get_kind (sticky),
                                 .rect = *storm_sticky_get_rect (sticky),
                                 .z = storm_sticky_get_z (sticky), .order = i,
                                 .pivotal = storm_sticky_get_pivotal (sticky) };

      if (!storm_shown_wanted (ids, STORM_OBJECT (sticky)) ||
          storm_picture_is_hidden (self, fold, STORM_OBJECT (sticky), area) ||
          !storm_shown_touches (area, &shown.rect))
        continue;
      shown.title = g_strdup (storm_sticky_get_title (sticky));
      storm_picture_note (self, STORM_OBJECT (sticky));
      if (fields != NULL && fields->len > 0)
        {
          shown.fields = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);
          for (guint j = 0; j < fields->len; j++)
            g_ptr_array_add (shown.fields, storm_field_ref (g_ptr_array_index (fields, j)));
        }
      g_array_append_val (self->stickies, shown);
    }
  g_array_sort (self->stickies, storm_shown_sticky_compare);
}

static void
storm_picture_take_flows (StormPicture    *self,
                          StormBoard      *board,
                          StormFold       *fold,
                          GHashTable      *ids,
                          const StormRect *area)
{
  GListModel *list = storm_board_get_flows (board);
  g_autoptr (StormGrid) stickies = storm_shown_obstacles (board, fold);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormFlow) flow = g_list_model_get_item (list, i);
      const StormFoldFlow *folded = fold != NULL ? storm_fold_get_flow (fold, flow) : NULL;
      StormShownFlow shown = { .label = NULL };
      StormRouteEnds ends = { .n = 1 };
      StormObject *from, *to;
      StormRoute route;
      StormRect bounds;

      if (folded != NULL && !folded->shown)
        continue;
      from = storm_shown_end (board, folded != NULL ? storm_object_get_id (folded->from)
                                                    : storm_flow_get_from (flow), &ends.from);
      to = storm_shown_end (board, folded != NULL ? storm_object_get_id (folded->to)
                                                  : storm_flow_get_to (flow), &ends.to);
      if (from == NULL || to == NULL || !storm_shown_wanted (ids, from) ||
          !storm_shown_wanted (ids, to))
        continue;
      ends.framed = storm_fold_is_frame (from) || storm_fold_is_frame (to);
      if (folded != NULL)
        {
          ends.place = folded->place;
          ends.n = folded->n_beside;
        }
      else
        {
          ends.place = storm_flow_pair_place (board, flow, &ends.n);
          ends.bends = storm_flow_get_bends (flow, &ends.n_bends);
        }
      storm_route_find (stickies, &ends, NULL, &route);
      bounds = storm_route_bounds (&route);
      if (!storm_shown_touches (area, &bounds))
        continue;
      shown.route = storm_route_dup (&route);
      shown.label_point = storm_route_label_point (&route, ends.place, ends.n);
      shown.label = g_strdup (folded != NULL && folded->n_merged > 1 ? ""
                                                                    : storm_flow_get_label (flow));
      g_array_append_val (self->flows, shown);
    }
}

static void
storm_picture_grow (StormRect       *bounds,
                    gboolean        *any,
                    const StormRect *rect)
{
  double right, bottom;

  if (!*any)
    {
      *bounds = *rect;
      *any = TRUE;
      return;
    }
  right = MAX (bounds->x + bounds->width, rect->x + rect->width);
  bottom = MAX (bounds->y + bounds->height, rect->y + rect->height);
  bounds->x = MIN (bounds->x, rect->x);
  bounds->y = MIN (bounds->y, rect->y);
  bounds->width = right - bounds->x;
  bounds->height = bottom - bounds->y;
}

static void
storm_picture_measure (StormPicture *self)
{
  StormRect bounds = { 0, 0, EMPTY_WIDTH, EMPTY_HEIGHT };
  gboolean any = FALSE;
  double right, bottom;

  for (guint i = 0; i < self->contexts->len; i++)
    storm_picture_grow (&bounds, &any,
                        &g_array_index (self->contexts, StormShownContext, i).rect);
  for (guint i = 0; i < self->stickies->len; i++)
    storm_picture_grow (&bounds, &any, &g_array_index (self->stickies, StormShownSticky, i).rect);
  for (guint i = 0; i < self->flows->len; i++)
    {
      StormRect run = storm_route_bounds (g_array_index (self->flows, StormShownFlow, i).route);

      storm_picture_grow (&bounds, &any, &run);
    }
  right = ceil (bounds.x + bounds.width + STORM_PICTURE_MARGIN);
  bottom = ceil (bounds.y + bounds.height + STORM_PICTURE_MARGIN);
  self->area.x = floor (bounds.x - STORM_PICTURE_MARGIN);
  self->area.y = floor (bounds.y - STORM_PICTURE_MARGIN);
  self->area.width = right - self->area.x;
  self->area.height = bottom - self->area.y;
}

StormPicture *
storm_picture_new (StormBoard      *board,
                   GPtrArray       *ids,
                   const StormRect *area)
{
  StormPicture *self;
  g_autoptr (GHashTable) wanted = NULL;
  g_autoptr (GPtrArray) all_ids = NULL;
  g_autoptr (StormFold) fold = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (area == NULL || (area->width > 0 && area->height > 0), NULL);

  if (ids != NULL)
    {
      all_ids = storm_edit_with_folded (board, ids);
      wanted = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < all_ids->len; i++)
        g_hash_table_add (wanted, g_ptr_array_index (all_ids, i));
    }
  self = g_new0 (StormPicture, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->title = g_strdup (storm_board_get_title (board));
  self->contexts = g_array_new (FALSE, FALSE, sizeof (StormShownContext));
  g_array_set_clear_func (self->contexts, storm_shown_context_clear);
  self->stickies = g_array_new (FALSE, FALSE, sizeof (StormShownSticky));
  g_array_set_clear_func (self->stickies, storm_shown_sticky_clear);
  self->flows = g_array_new (FALSE, FALSE, sizeof (StormShownFlow));
  g_array_set_clear_func (self->flows, storm_shown_flow_clear);
  if (ids != NULL || area != NULL)
    self->ids = g_ptr_array_new_with_free_func (g_free);
  fold = storm_fold_new (board);
  storm_picture_take_contexts (self, board, fold, wanted, area);
  storm_picture_take_stickies (self, board, fold, wanted, area);
  storm_picture_take_flows (self, board, fold, wanted, area);
  self->lines = storm_shown_lines (board, fold, wanted, area);
  if (area != NULL)
    self->area = *area;
  else
    storm_picture_measure (self);
  return self;
}

StormPicture *
storm_picture_ref (StormPicture *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
storm_picture_unref (StormPicture *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->title);
  g_array_unref (self->contexts);
  g_array_unref (self->lines);
  g_array_unref (self->stickies);
  g_array_unref (self->flows);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self);
}

const StormRect *
storm_picture_get_area (StormPicture *self)
{
  return &self->area;
}

void
storm_picture_include (StormPicture    *self,
                       const StormRect *rect)
{
  self->area = storm_rect_union (&self->area, rect);
}

const char *
storm_picture_get_title (StormPicture *self)
{
  return self->title;
}

GPtrArray *
storm_picture_get_ids (StormPicture *self)
{
  return self->ids;
}

guint
storm_picture_get_n_contexts (StormPicture *self)
{
  return self->contexts->len;
}

const char *
storm_picture_get_context (StormPicture *self,
                           guint         i,
                           StormRect    *rect)
{
  const StormShownContext *shown;

  g_return_val_if_fail (i < self->contexts->len, NULL);

  shown = &g_array_index (self->contexts, StormShownContext, i);
  *rect = shown->rect;
  return shown->title;
}

/* How far something lies from the picture's edge at @from, on whole pixels. */
static double
storm_picture_snap (const StormPictureHow *how,
                    double                 from,
                    double                 value)
{
  return how->raster > 0 ? from + round ((value - from) * how->raster) / how->raster : value;
}

static StormPoint
storm_picture_snap_point (const StormPicture    *self,
                          const StormPictureHow *how,
                          double                 x,
                          double                 y)
{
  return (StormPoint) { storm_picture_snap (how, self->area.x, x),
                        storm_picture_snap (how, self->area.y, y) };
}

static void
storm_picture_draw_context (const StormPicture      *self,
                            const StormDraw         *draw,
                            const StormPictureHow   *how,
                            const StormShownContext *shown)
{
  StormPoint at = storm_picture_snap_point (self, how, shown->rect.x, shown->rect.y);
  StormRect r = { at.x, at.y, storm_picture_snap (how, 0, shown->rect.width),
                  storm_picture_snap (how, 0, shown->rect.height) };

  storm_shown_context_draw (shown, draw, &r, how->raster == 0 || how->raster >= MIN_TEXT_SCALE,
                            how->raster == 0 || how->raster >= MIN_DETAIL_SCALE);
}

static void
storm_picture_draw_line (const StormPicture    *self,
                         const StormDraw       *draw,
                         const StormPictureHow *how,
                         const StormRect       *line)
{
  StormPoint top = storm_picture_snap_point (self, how, line->x, line->y);
  StormPoint bottom = storm_picture_snap_point (self, how, line->x, line->y + line->height);

  storm_draw_pivotal (draw, top.x, top.y, bottom.y);
}

static void
storm_picture_draw_flow (const StormPicture    *self,
                         const StormDraw       *draw,
                         const StormPictureHow *how,
                         const StormShownFlow  *shown)
{
  StormPoint points[STORM_ROUTE_MAX_POINTS];
  double width = storm_draw_flow_width (1);

  for (guint i = 0; i < shown->route->n; i++)
    points[i] = storm_picture_snap_point (self, how, shown->route->points[i].x,
                                          shown->route->points[i].y);
  storm_draw_flow (draw, points, shown->route->n, shown->route->end, draw->colors->flow, width,
                   storm_draw_head_size (1, width));
  if (how->raster == 0 || how->raster >= MIN_DETAIL_SCALE)
    storm_draw_flow_label (draw, shown->label, shown->label_point);
}

/* On white paper, white stickies are told from it by a rim. */
static void
storm_picture_draw_rim (const StormDraw       *draw,
                        const StormStickyLook *look,
                        StormPoint             at)
{
  StormRgba fill = storm_colors_get_fill (draw->colors, look->kind);
  StormOp op = {
    .type = STORM_OP_BORDER,
    .color = draw->colors->frame,
    .rect = { at.x, at.y, look->width, look->height },
    .radius = STORM_STICKY_RADIUS,
    .width = 1,
  };

  if (MIN (fill.red, MIN (fill.green, fill.blue)) > WHITE)
    draw->sink.put (draw->sink.data, &op);
}

static void
storm_picture_draw_sticky (const StormPicture     *self,
                           const StormDraw        *draw,
                           const StormPictureHow  *how,
                           const StormShownSticky *shown)
{
  StormStickyLook look = { shown->kind, shown->rect.width, shown->rect.height, shown->title,
                           shown->fields, shown->pivotal };
  StormPoint at = storm_picture_snap_point (self, how, shown->rect.x, shown->rect.y);
  gboolean details = how->raster == 0 || how->raster >= MIN_DETAIL_SCALE;

  storm_draw_sticky_body (draw, &look, at, details);
  if (!how->paper)
    storm_picture_draw_rim (draw, &look, at);
  if (details)
    storm_draw_sticky_kind (draw, &look, at);
  if (how->raster == 0 || how->raster >= MIN_TEXT_SCALE)
    storm_draw_sticky_text (draw, &look, at);
}

static gboolean
storm_picture_step (StormPicture          *self,
                    const StormPictureHow *how,
                    guint                  done)
{
  guint all = self->contexts->len + self->flows->len + self->stickies->len;

  if (done % STEP != 0)
    return TRUE;
  if (how->progress != NULL)
    how->progress ((double) done / MAX (all, 1), how->progress_data);
  return !g_cancellable_is_cancelled (how->cancellable);
}

static gboolean
storm_picture_shows (const StormPictureHow *how,
                     StormRect              rect)
{
  rect.x -= REACH;
  rect.y -= REACH;
  rect.width += 2 * REACH;
  rect.height += 2 * REACH;
  return storm_shown_touches (how->area, &rect);
}

static gboolean
storm_picture_draw_all (StormPicture          *self,
                        const StormDraw       *draw,
                        const StormPictureHow *how)
{
  guint done = 0;

  for (guint i = 0; i < self->contexts->len; i++)
    {
      const StormShownContext *shown = &g_array_index (self->contexts, StormShownContext, i);

      if (!storm_picture_step (self, how, done++))
        return FALSE;
      if (!shown->collapsed && storm_picture_shows (how, shown->rect))
        storm_picture_draw_context (self, draw, how, shown);
    }
  for (guint i = 0; i < self->lines->len; i++)
    storm_picture_draw_line (self, draw, how, &g_array_index (self->lines, StormRect, i));
  for (guint i = 0; i < self->flows->len; i++)
    {
      const StormShownFlow *shown = &g_array_index (self->flows, StormShownFlow, i);

      if (!storm_picture_step (self, how, done++))
        return FALSE;
      if (storm_picture_shows (how, storm_route_bounds (shown->route)))
        storm_picture_draw_flow (self, draw, how, shown);
    }
  /* Above the flows, which end at them. */
  for (guint i = 0; i < self->contexts->len; i++)
    {
      const StormShownContext *shown = &g_array_index (self->contexts, StormShownContext, i);

      if (shown->collapsed && storm_picture_shows (how, shown->rect))
        storm_picture_draw_context (self, draw, how, shown);
    }
  for (guint i = 0; i < self->stickies->len; i++)
    {
      const StormShownSticky *shown = &g_array_index (self->stickies, StormShownSticky, i);

      if (!storm_picture_step (self, how, done++))
        return FALSE;
      if (storm_picture_shows (how, shown->rect))
        storm_picture_draw_sticky (self, draw, how, shown);
    }
  return !g_cancellable_is_cancelled (how->cancellable);
}

gboolean
storm_picture_draw (StormPicture          *self,
                    StormTextFitter          *fit,
                    const StormPictureHow *how,
                    const StormSink       *sink)
{
  StormDraw draw = { .colors = how->colors, .fit = fit, .sink = *sink };
  const StormRect *area = how->area != NULL ? how->area : &self->area;
  StormRgba none = { 0, 0, 0, 0 };
  gboolean done;

  storm_draw_fill (&draw, STORM_OP_PUSH_CLIP, area, 0, none);
  if (how->paper)
    storm_draw_fill (&draw, STORM_OP_FILL, area, 0, how->colors->paper);
  done = storm_picture_draw_all (self, &draw, how);
  storm_draw_fill (&draw, STORM_OP_POP_CLIP, area, 0, none);
  return done;
}
