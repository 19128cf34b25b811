#include "config.h"

#include "storm-trace-list-model.h"

#include <string.h>

#include "storm-troubles.h"

/* Traces that completion looks at: what a person can wait for while typing. */
#define COMPLETE_MAX 20000
/* More rows than this are not searched for one of them. */
#define MANY_ROWS 2000

/* What is shown: of n traces first those in @troubled, in its order, then the others, newest first;
 * or, with a text or one state, the places in @places. */
typedef struct
{
  guint   n;
  GArray *troubled;   /* guint32 places */
  GArray *sorted;     /* the same, rising */
  GArray *places;     /* guint32, or NULL */
} Order;

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
  Order            *order;
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

static void
order_free (Order *order)
{
  g_array_unref (order->troubled);
  g_array_unref (order->sorted);
  g_clear_pointer (&order->places, g_array_unref);
  g_free (order);
}

static guint32
at (GArray *places,
    guint   i)
{
  return g_array_index (places, guint32, i);
}

static guint
order_count (Order *order)
{
  return order->places != NULL ? order->places->len : order->n;
}

/* How many of @sorted are less than @place. */
static guint
count_below (GArray *sorted,
             guint   place)
{
  guint low = 0, high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (at (sorted, middle) < place)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
order_get (Order *order,
           guint  position)
{
  guint low = 0, high = order->sorted->len;
  guint rank;

  if (order->places != NULL)
    return at (order->places, position);
  if (position < order->troubled->len)
    return at (order->troubled, position);
  /* The place behind which so many others are left out that it is the rank-th of the rest. */
  rank = order->n - 1 - position;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (at (order->sorted, middle) - middle <= rank)
        low = middle + 1;
      else
        high = middle;
    }
  return rank + low;
}

static guint
order_find (Order *order,
            guint  place)
{
  GArray *places = order->places != NULL ? order->places : order->troubled;

  for (guint i = 0; i < places->len; i++)
    if (at (places, i) == place)
      return i;
  if (order->places != NULL || place >= order->n)
    return G_MAXUINT;
  return order->n - 1 - (place - count_below (order->sorted, place));
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
             Order               *order)
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

static Order *
make_order (StormTraceListModel *self)
{
  Order *order = g_new0 (Order, 1);

  order->n = g_list_model_get_n_items (G_LIST_MODEL (self->index));
  order->troubled = is_past (self) ? storm_past_list_troubled (self->past)
                                   : storm_conformance_list_troubled (self->conformance);
  order->sorted = storm_conformance_list_troubled_by_place (self->conformance);
  if (self->text != NULL)
    look_for_text (self, order->n);
  if (self->text != NULL || self->show != STORM_SHOW_ALL || is_past (self))
    order->places = list_places (self, order);
  return order;
}

static guint
common_prefix (GArray *a,
               GArray *b)
{
  guint i = 0;

  while (i < MIN (a->len, b->len) && at (a, i) == at (b, i))
    i++;
  return i;
}

/* So many of the last rows are the same. */
static guint
common_suffix (Order *a,
               Order *b,
               guint  prefix)
{
  guint i = 0, place;

  if (a->places != NULL && b->places != NULL)
    {
      while (i < MIN (a->places->len, b->places->len) - prefix &&
             at (a->places, a->places->len - 1 - i) == at (b->places, b->places->len - 1 - i))
        i++;
      return i;
    }
  /* Below the first trace that came into trouble, or out of it. */
  i = common_prefix (a->sorted, b->sorted);
  place = MIN (a->n, b->n);
  if (i < a->sorted->len)
    place = MIN (place, at (a->sorted, i));
  if (i < b->sorted->len)
    place = MIN (place, at (b->sorted, i));
  return place - count_below (a->sorted, place);
}

/* Tells of one span of rows, which those that moved lie in. */
static void
take_order (StormTraceListModel *self,
            gboolean             anew)
{
  Order *before = self->order;
  Order *order = make_order (self);
  guint n_before = order_count (before), n = order_count (order);
  guint prefix = 0, suffix = 0;

  if (!anew && (before->places == NULL) == (order->places == NULL))
    {
      if (order->places != NULL)
        prefix = common_prefix (before->places, order->places);
      else
        prefix = common_prefix (before->troubled, order->troubled);
      suffix = common_suffix (before, order, prefix);
    }
  if (MAX (n, n_before) - prefix - suffix > MANY_ROWS)
    g_signal_emit (self, signals[REORDERING], 0);
  self->order = order;
  order_free (before);
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
  return order_count (STORM_TRACE_LIST_MODEL (model)->order);
}

static gpointer
storm_trace_list_model_get_item (GListModel *model,
                                 guint       position)
{
  StormTraceListModel *self = STORM_TRACE_LIST_MODEL (model);

  if (position >= order_count (self->order))
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->index), order_get (self->order, position));
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

  g_clear_pointer (&self->order, order_free);
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
  return order_find (self->order, place);
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
