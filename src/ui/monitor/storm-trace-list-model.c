#include "config.h"

#include "storm-trace-list-model.h"

#include <string.h>

#include "storm-trace-order.h"
#include "storm-troubles.h"

/* Traces that completion looks at: what a person can wait for while typing. */
#define COMPLETE_MAX 20000
/* More rows than this are not searched for one of them. */
#define MANY_ROWS 2000

/* Of more traces that came into trouble, or out of it, at once one span is told that holds all. */
#define MAX_MOVES 200

struct _StormTraceListModel
{
  GObject           parent_instance;

  StormTraceIndex  *index;
  StormConformance *conformance;
  StormPast        *past;      /* not held: its monitor's */
  int               show;
  char             *text;      /* NULL: all */
  GArray           *hits;      /* guint32: places in the index, in its order; only with a text */
  guint             n_looked;  /* at so many traces the text was looked for */
  StormTraceOrder  *order;
};

enum
{
  REORDERING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormTraceListModel, storm_trace_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static guint32
at (GArray *places,
    guint   i)
{
  return g_array_index (places, guint32, i);
}

static gboolean
holds (const char *key,
       const char *text)
{
  gsize len = strlen (text);

  for (; *key != '\0'; key++)
    if (g_ascii_strncasecmp (key, text, len) == 0)
      return TRUE;
  return len == 0;
}

static void
look_for_text (StormTraceListModel *self,
               guint                n)
{
  for (; self->n_looked < n; self->n_looked++)
    {
      guint32 place = self->n_looked;
      g_autoptr (StormTrace) trace = g_list_model_get_item (G_LIST_MODEL (self->index), place);

      if (trace != NULL && holds (storm_trace_get_key (trace), self->text))
        g_array_append_val (self->hits, place);
    }
}

static gboolean
is_shown (StormTraceListModel *self,
          StormTraceState      state)
{
  if (self->show == STORM_SHOW_TROUBLED)
    return storm_trace_state_is_trouble (state);
  return self->show == STORM_SHOW_ALL || state == (StormTraceState) self->show;
}

/* The states are those of an earlier moment. */
static gboolean
is_past (StormTraceListModel *self)
{
  return self->past != NULL && storm_past_is_ready (self->past);
}

/* %FALSE: it had not begun then. */
static gboolean
find_state (StormTraceListModel *self,
            guint32              place,
            StormTraceState     *state)
{
  if (is_past (self))
    return storm_past_get_state (self->past, place, state);
  *state = storm_conformance_get_state_at (self->conformance, place);
  return TRUE;
}

/* The places of all that is shown. */
static GArray *
list_places (StormTraceListModel *self,
             StormTraceOrder     *order)
{
  g_autoptr (GHashTable) hits = NULL;
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n = self->text != NULL ? self->hits->len : order->n;

  if (self->text != NULL)
    {
      hits = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < n; i++)
        g_hash_table_add (hits, GUINT_TO_POINTER (at (self->hits, i)));
    }
  for (guint i = 0; i < order->troubled->len; i++)
    {
      guint32 place = at (order->troubled, i);
      StormTraceState state;

      if (find_state (self, place, &state) && is_shown (self, state) &&
          (hits == NULL || g_hash_table_contains (hits, GUINT_TO_POINTER (place))))
        g_array_append_val (places, place);
    }
  for (guint i = n; self->show != STORM_SHOW_TROUBLED && i > 0; i--)
    {
      guint32 place = self->text != NULL ? at (self->hits, i - 1) : i - 1;
      StormTraceState state;

      if (find_state (self, place, &state) && !storm_trace_state_is_trouble (state) &&
          is_shown (self, state))
        g_array_append_val (places, place);
    }
  return places;
}

static StormTraceOrder *
make_order (StormTraceListModel *self)
{
  StormTraceOrder *order = g_new0 (StormTraceOrder, 1);

  order->n = g_list_model_get_n_items (G_LIST_MODEL (self->index));
  order->troubled = is_past (self) ? storm_past_list_troubled (self->past)
                                   : storm_conformance_list_troubled (self->conformance);
  order->sorted = storm_conformance_list_troubled_by_place (self->conformance);
  storm_trace_order_leave_out_gone (order);
  if (self->text != NULL)
    look_for_text (self, order->n);
  if (self->text != NULL || self->show != STORM_SHOW_ALL || is_past (self))
    order->places = list_places (self, order);
  return order;
}

static void
tell (StormTraceListModel *self,
      guint                position,
      guint                removed,
      guint                added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
leave_trouble (StormTraceListModel *self,
               guint32              place)
{
  StormTraceOrder *order = self->order;
  guint position = storm_trace_order_find (order, place);

  g_array_remove_index (order->troubled, position);
  tell (self, position, 1, 0);
  g_array_remove_index (order->sorted, storm_places_count_below (order->sorted, place));
  tell (self, storm_trace_order_find (order, place), 0, 1);
}

static void
enter_trouble (StormTraceListModel *self,
               guint32              place,
               guint                to)
{
  StormTraceOrder *order = self->order;
  guint position = storm_trace_order_find (order, place);

  g_array_insert_val (order->sorted, storm_places_count_below (order->sorted, place), place);
  tell (self, position, 1, 0);
  g_array_insert_val (order->troubled, to, place);
  tell (self, to, 0, 1);
}

/* Tells of each trace that came, and that moved between the two parts, by itself: whoever shows the
 * list looks through all of a span for the row that it keeps in view. Nothing is told when that
 * would be too many. */
static void
move_to (StormTraceListModel *self,
         StormTraceOrder     *order)
{
  StormTraceOrder *now = self->order;
  g_autoptr (GArray) gone = storm_places_without (now->sorted, order->sorted);
  g_autoptr (GArray) came = storm_places_without (order->sorted, now->sorted);
  guint added = order->n - now->n;

  if (gone->len + came->len > MAX_MOVES)
    return;
  now->n = order->n;
  if (added > 0)
    tell (self, now->troubled->len, 0, added);
  for (guint i = 0; i < gone->len; i++)
    leave_trouble (self, at (gone, i));
  for (guint i = 0; i < order->troubled->len && came->len > 0; i++)
    {
      guint32 place = at (order->troubled, i);
      guint k = storm_places_count_below (came, place);

      if (k < came->len && at (came, k) == place)
        enter_trouble (self, place, MIN (i, now->troubled->len));
    }
}

/* Tells of one span of rows, which those that moved lie in, unless they can be told one by one. */
static void
take_order (StormTraceListModel *self,
            gboolean             anew)
{
  StormTraceOrder *before = self->order;
  StormTraceOrder *order = make_order (self);
  guint n_before, n = storm_trace_order_count (order);
  guint prefix = 0, suffix = 0;

  if (!anew && before->places == NULL && order->places == NULL && order->n >= before->n)
    move_to (self, order);
  n_before = storm_trace_order_count (before);
  if (!anew)
    {
      prefix = storm_trace_order_common_prefix (before, order);
      suffix = storm_trace_order_common_suffix (before, order, prefix);
    }
  if (MAX (n, n_before) - prefix - suffix > MANY_ROWS)
    g_signal_emit (self, signals[REORDERING], 0);
  self->order = order;
  storm_trace_order_free (before);
  if (n_before > prefix + suffix || n > prefix + suffix)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, n_before - prefix - suffix,
                                n - prefix - suffix);
}

static void
conformance_changed_cb (StormTraceListModel *self)
{
  /* Nothing of that shows at an earlier moment. */
  if (!is_past (self))
    take_order (self, FALSE);
}

static void
past_changed_cb (StormTraceListModel *self)
{
  take_order (self, FALSE);
}

/* What was added is taken when the conformance has seen it. */
static void
index_changed_cb (StormTraceListModel *self,
                  guint                position,
                  guint                removed,
                  guint                added)
{
  if (removed == 0)
    return;
  g_array_set_size (self->hits, 0);
  self->n_looked = 0;
  take_order (self, TRUE);
}

static GType
storm_trace_list_model_get_item_type (GListModel *model)
{
  return STORM_TYPE_TRACE;
}

static guint
storm_trace_list_model_get_n_items (GListModel *model)
{
  return storm_trace_order_count (STORM_TRACE_LIST_MODEL (model)->order);
}

static gpointer
storm_trace_list_model_get_item (GListModel *model,
                                 guint       position)
{
  StormTraceListModel *self = STORM_TRACE_LIST_MODEL (model);

  if (position >= storm_trace_order_count (self->order))
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->index),
                                storm_trace_order_get (self->order, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_trace_list_model_get_item_type;
  iface->get_n_items = storm_trace_list_model_get_n_items;
  iface->get_item = storm_trace_list_model_get_item;
}

static void
storm_trace_list_model_finalize (GObject *object)
{
  StormTraceListModel *self = STORM_TRACE_LIST_MODEL (object);

  g_clear_pointer (&self->order, storm_trace_order_free);
  g_clear_object (&self->conformance);
  g_clear_weak_pointer (&self->past);
  g_clear_object (&self->index);
  g_free (self->text);
  g_array_unref (self->hits);

  G_OBJECT_CLASS (storm_trace_list_model_parent_class)->finalize (object);
}

static void
storm_trace_list_model_class_init (StormTraceListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_trace_list_model_finalize;

  signals[REORDERING] = g_signal_new ("reordering", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_trace_list_model_init (StormTraceListModel *self)
{
  self->hits = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->show = STORM_SHOW_ALL;
}

StormTraceListModel *
storm_trace_list_model_new (StormTraceIndex  *index,
                            StormConformance *conformance)
{
  StormTraceListModel *self;

  g_return_val_if_fail (STORM_IS_TRACE_INDEX (index), NULL);
  g_return_val_if_fail (STORM_IS_CONFORMANCE (conformance), NULL);

  self = g_object_new (STORM_TYPE_TRACE_LIST_MODEL, NULL);
  self->index = g_object_ref (index);
  self->conformance = g_object_ref (conformance);
  self->order = make_order (self);
  g_signal_connect_object (index, "items-changed", G_CALLBACK (index_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conformance, "changed", G_CALLBACK (conformance_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
storm_trace_list_model_set_past (StormTraceListModel *self,
                                 StormPast           *past)
{
  g_return_if_fail (STORM_IS_TRACE_LIST_MODEL (self));
  g_return_if_fail (STORM_IS_PAST (past));
  g_return_if_fail (self->past == NULL);

  g_set_weak_pointer (&self->past, past);
  g_signal_connect_object (past, "changed", G_CALLBACK (past_changed_cb), self, G_CONNECT_SWAPPED);
  take_order (self, FALSE);
}

void
storm_trace_list_model_set_text (StormTraceListModel *self,
                                 const char          *text)
{
  g_return_if_fail (STORM_IS_TRACE_LIST_MODEL (self));

  if (text != NULL && text[0] == '\0')
    text = NULL;
  if (g_strcmp0 (text, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_array_set_size (self->hits, 0);
  self->n_looked = 0;
  take_order (self, TRUE);
}

void
storm_trace_list_model_set_show (StormTraceListModel *self,
                                 int                  show)
{
  g_return_if_fail (STORM_IS_TRACE_LIST_MODEL (self));
  g_return_if_fail (show >= STORM_SHOW_TROUBLED && show < STORM_N_TRACE_STATES);

  if (show == self->show)
    return;
  self->show = show;
  take_order (self, TRUE);
}

guint
storm_trace_list_model_find (StormTraceListModel *self,
                             const char          *key)
{
  StormTrace *trace;
  guint32 place;

  g_return_val_if_fail (STORM_IS_TRACE_LIST_MODEL (self), G_MAXUINT);

  trace = key != NULL ? storm_trace_index_lookup (self->index, key) : NULL;
  if (trace == NULL || !storm_trace_get_place (trace, &place))
    return G_MAXUINT;
  return storm_trace_order_find (self->order, place);
}

char **
storm_trace_list_model_complete (StormTraceIndex *index,
                                 const char      *text,
                                 guint            max)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GPtrArray) inside = g_ptr_array_new_with_free_func (g_free);
  guint n, end, n_found = 0;
  gsize len;

  g_return_val_if_fail (STORM_IS_TRACE_INDEX (index), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (index));
  end = n > COMPLETE_MAX ? n - COMPLETE_MAX : 0;
  len = strlen (text);
  for (guint i = n; i > end && n_found < max; i--)
    {
      g_autoptr (StormTrace) trace = g_list_model_get_item (G_LIST_MODEL (index), i - 1);
      const char *key = storm_trace_get_key (trace);

      if (g_ascii_strncasecmp (key, text, len) == 0)
        {
          g_strv_builder_add (found, key);
          n_found++;
        }
      else if (inside->len < max && holds (key, text))
        g_ptr_array_add (inside, g_strdup (key));
    }
  for (guint i = 0; i < inside->len && n_found < max; i++, n_found++)
    g_strv_builder_add (found, g_ptr_array_index (inside, i));
  return g_strv_builder_end (found);
}
