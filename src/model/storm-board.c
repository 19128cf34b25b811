#include "config.h"

#include "storm-board-private.h"

#include "storm-fold.h"
#include "storm-object-list-private.h"
#include "storm-prop-private.h"

#include <string.h>

struct _StormBoard
{
  GObject          parent_instance;

  char            *title;
  char            *mapping;
  char            *extra;

  StormObjectList *lists[STORM_OBJECT_CONTEXT + 1];
  GHashTable      *objects;
  /* id of a sticky or context → its flows; kept by id, since a flow may be put in before them */
  GHashTable      *flows_of;
  GPtrArray       *no_flows;

  /* what changed since storm_board_begin_update() */
  StormBoardDelta  delta;
  gboolean         announcing;

  gboolean         bounds_known;
  gboolean         has_bounds;
  StormRect        bounds;
  gboolean         z_known;
  gint64           top_z;
  gint64           bottom_z;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_MAPPING,
  PROP_EXTRA,
  N_PROPS
};

enum
{
  UPDATED,
  N_SIGNALS
};

static const StormProp prop_of[N_PROPS] = {
  0, STORM_PROP_TITLE, STORM_PROP_MAPPING, STORM_PROP_EXTRA
};
static GParamSpec *pspecs[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormBoard, storm_board, G_TYPE_OBJECT)

static void
clear_object_change (gpointer change)
{
  g_object_unref (((StormObjectChange *) change)->object);
}

static void
storm_board_finalize (GObject *object)
{
  StormBoard *self = STORM_BOARD (object);

  g_free (self->title);
  g_free (self->mapping);
  g_free (self->extra);
  g_hash_table_unref (self->objects);
  g_hash_table_unref (self->flows_of);
  g_ptr_array_unref (self->no_flows);
  g_ptr_array_unref (self->delta.added);
  g_ptr_array_unref (self->delta.removed);
  g_array_unref (self->delta.changed);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_clear_object (&self->lists[i]);

  G_OBJECT_CLASS (storm_board_parent_class)->finalize (object);
}

static void
storm_board_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  StormBoard *self = STORM_BOARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, storm_text_show (self->title));
      break;
    case PROP_MAPPING:
      g_value_set_string (value, self->mapping);
      break;
    case PROP_EXTRA:
      g_value_set_string (value, self->extra);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
storm_board_class_init (StormBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = storm_board_finalize;
  object_class->get_property = storm_board_get_property;

  for (guint i = PROP_TITLE; i < N_PROPS; i++)
    pspecs[i] = storm_prop_new_pspec (prop_of[i]);
  g_object_class_install_properties (object_class, N_PROPS, pspecs);

  signals[UPDATED] = g_signal_new ("updated", STORM_TYPE_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
storm_board_init (StormBoard *self)
{
  self->lists[STORM_OBJECT_STICKY] = storm_object_list_new (STORM_TYPE_STICKY);
  self->lists[STORM_OBJECT_FLOW] = storm_object_list_new (STORM_TYPE_FLOW);
  self->lists[STORM_OBJECT_CONTEXT] = storm_object_list_new (STORM_TYPE_CONTEXT);
  self->objects = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->flows_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  self->no_flows = g_ptr_array_new ();
  self->delta.added = g_ptr_array_new_with_free_func (g_object_unref);
  self->delta.removed = g_ptr_array_new_with_free_func (g_object_unref);
  self->delta.changed = g_array_new (FALSE, FALSE, sizeof (StormObjectChange));
  g_array_set_clear_func (self->delta.changed, clear_object_change);
}

StormBoard *
storm_board_new (void)
{
  return g_object_new (STORM_TYPE_BOARD, NULL);
}

const char *
storm_board_get_title (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);

  return storm_text_show (self->title);
}

const char *
storm_board_get_mapping (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);

  return self->mapping;
}

const char *
storm_board_get_extra (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);

  return self->extra;
}

GListModel *
storm_board_get_stickies (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);

  return G_LIST_MODEL (self->lists[STORM_OBJECT_STICKY]);
}

GListModel *
storm_board_get_flows (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);

  return G_LIST_MODEL (self->lists[STORM_OBJECT_FLOW]);
}

GListModel *
storm_board_get_contexts (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);

  return G_LIST_MODEL (self->lists[STORM_OBJECT_CONTEXT]);
}

StormObject *
storm_board_lookup (StormBoard *self,
                    const char *id)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);

  return id != NULL ? g_hash_table_lookup (self->objects, id) : NULL;
}

StormSticky *
storm_board_lookup_sticky (StormBoard *self,
                           const char *id)
{
  StormObject *object = storm_board_lookup (self, id);

  return STORM_IS_STICKY (object) ? STORM_STICKY (object) : NULL;
}

StormFlow *
storm_board_lookup_flow (StormBoard *self,
                         const char *id)
{
  StormObject *object = storm_board_lookup (self, id);

  return STORM_IS_FLOW (object) ? STORM_FLOW (object) : NULL;
}

StormContext *
storm_board_lookup_context (StormBoard *self,
                            const char *id)
{
  StormObject *object = storm_board_lookup (self, id);

  return STORM_IS_CONTEXT (object) ? STORM_CONTEXT (object) : NULL;
}

GPtrArray *
storm_board_get_flows_at (StormBoard  *self,
                          StormObject *end)
{
  GPtrArray *flows;

  g_return_val_if_fail (STORM_IS_BOARD (self), NULL);
  g_return_val_if_fail (STORM_IS_OBJECT (end), NULL);

  flows = g_hash_table_lookup (self->flows_of, storm_object_get_id (end));

  return flows != NULL ? flows : self->no_flows;
}

GPtrArray *
storm_board_get_flows_of (StormBoard  *self,
                          StormSticky *sticky)
{
  g_return_val_if_fail (STORM_IS_STICKY (sticky), NULL);

  return storm_board_get_flows_at (self, STORM_OBJECT (sticky));
}

static void
add_to_bounds (StormBoard      *self,
               const StormRect *rect)
{
  self->bounds = self->has_bounds ? storm_rect_union (&self->bounds, rect) : *rect;
  self->has_bounds = TRUE;
}

gboolean
storm_board_get_bounds (StormBoard *self,
                        StormRect  *out)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (!self->bounds_known)
    self->has_bounds = storm_fold_measure (self, &self->bounds);
  self->bounds_known = TRUE;

  if (self->has_bounds)
    *out = self->bounds;

  return self->has_bounds;
}

static void
ensure_z (StormBoard *self)
{
  StormObjectList *stickies = self->lists[STORM_OBJECT_STICKY];

  if (self->z_known)
    return;

  self->top_z = 0;
  self->bottom_z = 0;
  for (guint i = 0; i < storm_object_list_get_n (stickies); i++)
    {
      gint64 z = storm_sticky_get_z (STORM_STICKY (storm_object_list_peek (stickies, i)));

      self->top_z = i == 0 ? z : MAX (self->top_z, z);
      self->bottom_z = i == 0 ? z : MIN (self->bottom_z, z);
    }
  self->z_known = TRUE;
}

gint64
storm_board_get_top_z (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), 0);

  ensure_z (self);
  return self->top_z;
}

gint64
storm_board_get_bottom_z (StormBoard *self)
{
  g_return_val_if_fail (STORM_IS_BOARD (self), 0);

  ensure_z (self);
  return self->bottom_z;
}

guint
storm_board_get_n (StormBoard      *self,
                   StormObjectType  type)
{
  g_assert (type != STORM_OBJECT_BOARD);

  return storm_object_list_get_n (self->lists[type]);
}

StormObject *
storm_board_peek (StormBoard      *self,
                  StormObjectType  type,
                  guint            position)
{
  g_assert (type != STORM_OBJECT_BOARD);

  return storm_object_list_peek (self->lists[type], position);
}

/* --- writing, for StormChange alone --- */

static void
index_flow_end (StormBoard *self,
                const char *end_id,
                StormFlow  *flow)
{
  GPtrArray *flows;

  if (*end_id == '\0')
    return;

  flows = g_hash_table_lookup (self->flows_of, end_id);
  if (flows == NULL)
    {
      flows = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->flows_of, g_strdup (end_id), flows);
    }
  g_ptr_array_add (flows, g_object_ref (flow));
}

static void
unindex_flow_end (StormBoard *self,
                  const char *end_id,
                  StormFlow  *flow)
{
  GPtrArray *flows = g_hash_table_lookup (self->flows_of, end_id);

  if (flows == NULL)
    return;

  g_ptr_array_remove (flows, flow);
  if (flows->len == 0)
    g_hash_table_remove (self->flows_of, end_id);
}

/* New objects widen what is known, so that adding them one by one asks nobody to look at all. */
static void
widen_caches (StormBoard *self)
{
  for (guint i = 0; i < self->delta.added->len; i++)
    {
      StormObject *object = g_ptr_array_index (self->delta.added, i);

      if (STORM_IS_STICKY (object))
        {
          gint64 z = storm_sticky_get_z (STORM_STICKY (object));

          add_to_bounds (self, storm_sticky_get_rect (STORM_STICKY (object)));
          self->z_known = self->z_known &&
                          storm_object_list_get_n (self->lists[STORM_OBJECT_STICKY]) > 0;
          self->top_z = MAX (self->top_z, z);
          self->bottom_z = MIN (self->bottom_z, z);
        }
      else if (STORM_IS_CONTEXT (object))
        add_to_bounds (self, storm_context_get_rect (STORM_CONTEXT (object)));
    }
}

gboolean
storm_board_begin_update (StormBoard *self)
{
  if (self->announcing)
    return FALSE;

  g_assert (self->delta.added->len == 0 && self->delta.removed->len == 0 &&
            self->delta.changed->len == 0);

  return TRUE;
}

StormObject *
storm_board_insert (StormBoard      *self,
                    StormObjectType  type,
                    const char      *id,
                    guint            position)
{
  StormObject *object = storm_object_new (type, id);

  g_hash_table_insert (self->objects, (char *) storm_object_get_id (object),
                       g_object_ref (object));
  storm_object_list_put (self->lists[type], object, position);
  g_ptr_array_add (self->delta.added, object);
  self->delta.n_listed[type]++;

  return object;
}

void
storm_board_take_out (StormBoard  *self,
                      StormObject *object)
{
  StormObjectType type = storm_object_get_object_type (object);

  g_ptr_array_add (self->delta.removed, g_object_ref (object));
  self->delta.n_listed[type]++;

  if (STORM_IS_FLOW (object))
    {
      unindex_flow_end (self, storm_flow_get_from (STORM_FLOW (object)), STORM_FLOW (object));
      unindex_flow_end (self, storm_flow_get_to (STORM_FLOW (object)), STORM_FLOW (object));
    }
  storm_object_list_drop (self->lists[type], object);
  g_hash_table_remove (self->objects, storm_object_get_id (object));
  self->bounds_known = FALSE;
  self->z_known = FALSE;
}

static void
set_board_value (StormBoard       *self,
                 StormProp         prop,
                 const StormValue *value)
{
  storm_text_take (prop == STORM_PROP_TITLE ? &self->title
                   : prop == STORM_PROP_MAPPING ? &self->mapping : &self->extra, value->text);
  self->delta.props[STORM_OBJECT_BOARD] |= prop;
}

static void
note_change (StormBoard  *self,
             StormObject *object,
             StormProp    prop)
{
  guint place = storm_object_get_pending (object);

  if (place == 0)
    {
      StormObjectChange change = { g_object_ref (object), 0 };

      g_array_append_val (self->delta.changed, change);
      place = self->delta.changed->len;
      storm_object_set_pending (object, place);
    }
  g_array_index (self->delta.changed, StormObjectChange, place - 1).props |= prop;
  self->delta.props[storm_object_get_object_type (object)] |= prop;
}

void
storm_board_set_value (StormBoard       *self,
                       StormObject      *object,
                       StormProp         prop,
                       const StormValue *value)
{
  gboolean is_end = prop == STORM_PROP_FROM || prop == STORM_PROP_TO;

  if (object == NULL)
    {
      set_board_value (self, prop, value);
      return;
    }

  if (is_end)
    {
      StormFlow *flow = STORM_FLOW (object);

      unindex_flow_end (self, prop == STORM_PROP_FROM ? storm_flow_get_from (flow)
                                                      : storm_flow_get_to (flow), flow);
      index_flow_end (self, value->text, flow);
    }

  storm_object_set_value (object, prop, value);

  /* A new object is announced as a whole. */
  if (storm_object_get_index (object) == STORM_OBJECT_NO_INDEX)
    return;

  if (prop == STORM_PROP_RECT || prop == STORM_PROP_COLLAPSED || prop == STORM_PROP_PARENT ||
      prop == STORM_PROP_CONTEXT)
    self->bounds_known = FALSE;
  else if (prop == STORM_PROP_Z)
    self->z_known = FALSE;
  note_change (self, object, prop);
}

GVariant *
storm_board_dup_value (StormBoard  *self,
                       StormObject *object,
                       StormProp    prop)
{
  if (object != NULL)
    return storm_object_get_value (object, prop);

  return g_variant_ref_sink (storm_text_to_variant (prop == STORM_PROP_TITLE ? self->title
                                                    : prop == STORM_PROP_MAPPING ? self->mapping
                                                                                 : self->extra));
}

static void
clear_delta (StormBoardDelta *delta)
{
  g_ptr_array_set_size (delta->removed, 0);
  g_ptr_array_set_size (delta->added, 0);
  g_array_set_size (delta->changed, 0);
  memset (delta->n_listed, 0, sizeof delta->n_listed);
  memset (delta->props, 0, sizeof delta->props);
}

void
storm_board_end_update (StormBoard *self)
{
  StormBoardDelta *delta = &self->delta;

  self->announcing = TRUE;
  g_object_ref (self);

  widen_caches (self);
  for (guint i = STORM_OBJECT_STICKY; i <= STORM_OBJECT_CONTEXT; i++)
    storm_object_list_update (self->lists[i]);
  for (guint i = STORM_OBJECT_STICKY; i <= STORM_OBJECT_CONTEXT; i++)
    storm_object_list_announce (self->lists[i]);
  if (delta->removed->len + delta->added->len + delta->changed->len > 0)
    g_signal_emit (self, signals[UPDATED], 0, delta);
  for (guint i = 0; i < delta->changed->len; i++)
    {
      StormObjectChange *change = &g_array_index (delta->changed, StormObjectChange, i);

      storm_object_set_pending (change->object, 0);
      storm_object_notify (change->object, change->props);
    }
  for (guint i = PROP_TITLE; i < N_PROPS; i++)
    {
      if (delta->props[STORM_OBJECT_BOARD] & prop_of[i])
        g_object_notify_by_pspec (G_OBJECT (self), pspecs[i]);
    }
  clear_delta (delta);

  self->announcing = FALSE;
  g_object_unref (self);
}
