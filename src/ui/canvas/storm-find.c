#include "config.h"

#include "storm-find.h"

#include <math.h>
#include <string.h>

#include "storm-find-words.h"
#include "storm-fold.h"

/* What decides whether a sticky is found. Not where it is: results keep their order while one of
 * them is dragged. */
#define FIND_PROPS (STORM_PROP_TITLE | STORM_PROP_DESCRIPTION | STORM_PROP_KIND | \
                    STORM_PROP_CONTEXT | STORM_PROP_FIELDS | STORM_PROP_ALIASES)

/* Stickies whose tops differ by less stand in one row. */
#define ROW_HEIGHT 60.0

struct _StormFind
{
  GObject parent_instance;

  StormBoard *board;
  StormFindWords *words;
  int kind;
  char *context;

  /* StormSticky, in the order of reading, and id → position + 1. */
  GPtrArray *results;
  GHashTable *positions;
  guint update_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFind, storm_find, G_TYPE_OBJECT)

/* All that is about the sticky itself. */
static char *
dup_text (StormSticky *sticky)
{
  GString *text = g_string_new (storm_sticky_get_title (sticky));
  const char * const *aliases = storm_sticky_get_aliases (sticky);

  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    g_string_append_printf (text, "\n%s", aliases[i]);
  g_string_append_printf (text, "\n%s", storm_sticky_get_description (sticky));
  return g_string_free (text, FALSE);
}

static char *
dup_field_names (StormSticky *sticky)
{
  GString *text = g_string_new (NULL);
  GPtrArray *fields = storm_sticky_get_fields (sticky);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    g_string_append_printf (text, "%s\n", ((const StormField *) fields->pdata[i])->name);
  return g_string_free (text, FALSE);
}

static gboolean
has_words (StormFind   *self,
           StormSticky *sticky,
           gboolean     in_fields)
{
  g_autofree char *text = NULL;

  if (storm_find_words_is_empty (self->words))
    return TRUE;

  text = in_fields ? dup_field_names (sticky) : dup_text (sticky);
  return storm_find_words_rank (self->words, text) > 0;
}

/* In the chosen context, or in one that lies in it; "" is in none. */
static gboolean
is_inside (StormFind   *self,
           StormSticky *sticky)
{
  StormContext *context = storm_board_get_context_around (self->board, STORM_OBJECT (sticky));

  if (*self->context == '\0')
    return context == NULL;
  while (context != NULL &&
         !g_str_equal (storm_object_get_id (STORM_OBJECT (context)), self->context))
    context = storm_board_get_context_around (self->board, STORM_OBJECT (context));
  return context != NULL;
}

static gboolean
passes (StormFind   *self,
        StormSticky *sticky,
        gboolean     in_fields)
{
  if (self->kind >= 0 && storm_sticky_get_kind (sticky) != (StormKind) self->kind)
    return FALSE;
  if (self->context != NULL && !is_inside (self, sticky))
    return FALSE;
  return has_words (self, sticky, in_fields);
}

static int
compare_reading (gconstpointer a,
                 gconstpointer b)
{
  const StormRect *x = storm_sticky_get_rect (*(StormSticky **) a);
  const StormRect *y = storm_sticky_get_rect (*(StormSticky **) b);
  /* Whole rows, so that the order has no circles. */
  double row_x = floor (x->y / ROW_HEIGHT);
  double row_y = floor (y->y / ROW_HEIGHT);

  if (row_x != row_y)
    return row_x < row_y ? -1 : 1;
  if (x->x != y->x)
    return x->x < y->x ? -1 : 1;
  return strcmp (storm_object_get_id (*(StormObject **) a),
                 storm_object_get_id (*(StormObject **) b));
}

static gboolean
on_update_idle (gpointer data)
{
  StormFind *self = data;

  self->update_id = 0;
  storm_find_update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (StormFind *self)
{
  if (self->update_id == 0 && storm_find_is_active (self))
    self->update_id = g_idle_add (on_update_idle, self);
}

static void
on_updated (StormFind             *self,
            const StormBoardDelta *delta)
{
  if (delta->added->len > 0 || (delta->props[STORM_OBJECT_STICKY] & FIND_PROPS) != 0)
    queue_update (self);
  /* At once: a result that is gone must not be led to. */
  for (guint i = 0; self->results->len > 0 && i < delta->removed->len; i++)
    if (storm_find_contains (self, storm_object_get_id (g_ptr_array_index (delta->removed, i))))
      {
        storm_find_update (self);
        break;
      }
}

static void
storm_find_dispose (GObject *object)
{
  StormFind *self = STORM_FIND (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (storm_find_parent_class)->dispose (object);
}

static void
storm_find_finalize (GObject *object)
{
  StormFind *self = STORM_FIND (object);

  storm_find_words_free (self->words);
  g_hash_table_unref (self->positions);
  g_ptr_array_unref (self->results);
  g_free (self->context);

  G_OBJECT_CLASS (storm_find_parent_class)->finalize (object);
}

static void
storm_find_class_init (StormFindClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_find_dispose;
  object_class->finalize = storm_find_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_find_init (StormFind *self)
{
  self->kind = -1;
  self->words = storm_find_words_new (NULL);
  self->results = g_ptr_array_new_with_free_func (g_object_unref);
  self->positions = g_hash_table_new (g_str_hash, g_str_equal);
}

StormFind *
storm_find_new (StormBoard *board)
{
  StormFind *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_FIND, NULL);
  self->board = g_object_ref (board);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  return self;
}

void
storm_find_set_text (StormFind  *self,
                     const char *text)
{
  g_return_if_fail (STORM_IS_FIND (self));

  storm_find_words_free (self->words);
  self->words = storm_find_words_new (text);
  storm_find_update (self);
}

void
storm_find_set_kind (StormFind *self,
                     int        kind)
{
  g_return_if_fail (STORM_IS_FIND (self));
  g_return_if_fail (kind >= -1 && kind < STORM_N_KINDS);

  if (self->kind == kind)
    return;

  self->kind = kind;
  storm_find_update (self);
}

void
storm_find_set_context (StormFind  *self,
                        const char *id)
{
  g_return_if_fail (STORM_IS_FIND (self));

  if (g_strcmp0 (self->context, id) == 0)
    return;

  g_free (self->context);
  self->context = g_strdup (id);
  storm_find_update (self);
}

gboolean
storm_find_is_active (StormFind *self)
{
  g_return_val_if_fail (STORM_IS_FIND (self), FALSE);

  return self->kind >= 0 || self->context != NULL || !storm_find_words_is_empty (self->words);
}

guint
storm_find_get_n (StormFind *self)
{
  g_return_val_if_fail (STORM_IS_FIND (self), 0);

  return self->results->len;
}

const char *
storm_find_get_id (StormFind *self,
                   guint      i)
{
  g_return_val_if_fail (STORM_IS_FIND (self), NULL);
  g_return_val_if_fail (i < self->results->len, NULL);

  return storm_object_get_id (g_ptr_array_index (self->results, i));
}

gboolean
storm_find_contains (StormFind  *self,
                     const char *id)
{
  return storm_find_get_position (self, id) != G_MAXUINT;
}

guint
storm_find_get_position (StormFind  *self,
                         const char *id)
{
  gpointer position;

  g_return_val_if_fail (STORM_IS_FIND (self), G_MAXUINT);
  g_return_val_if_fail (id != NULL, G_MAXUINT);

  position = g_hash_table_lookup (self->positions, id);
  return position != NULL ? GPOINTER_TO_UINT (position) - 1 : G_MAXUINT;
}

static void
collect (StormFind *self,
         gboolean   in_fields)
{
  GListModel *stickies = storm_board_get_stickies (self->board);
  guint n = g_list_model_get_n_items (stickies);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);

      if (passes (self, sticky, in_fields))
        g_ptr_array_add (self->results, g_steal_pointer (&sticky));
    }
}

void
storm_find_update (StormFind *self)
{
  g_return_if_fail (STORM_IS_FIND (self));

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_hash_table_remove_all (self->positions);
  g_ptr_array_set_size (self->results, 0);
  if (self->board == NULL)
    return;

  if (storm_find_is_active (self))
    collect (self, FALSE);
  /* Every second sticky has an orderId: of use only to who looks for just that. */
  if (self->results->len == 0 && !storm_find_words_is_empty (self->words))
    collect (self, TRUE);
  g_ptr_array_sort (self->results, compare_reading);
  for (guint i = 0; i < self->results->len; i++)
    g_hash_table_insert (self->positions,
                         (gpointer) storm_object_get_id (g_ptr_array_index (self->results, i)),
                         GUINT_TO_POINTER (i + 1));
  g_signal_emit (self, signals[CHANGED], 0);
}
