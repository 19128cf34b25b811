#include "config.h"

#include "storm-board-diff.h"

#include "storm-board-private.h"
#include "storm-edit-private.h"

/*
 * @partner: object of the first board → its object of the second
 * @matched: the objects of the second board that have a partner
 * @ids: id of an object of the first board → id of its partner; what refers to one refers to
 *   the other
 * @groups: group of the first board → its group of the second; @groups_back: the other way round
 * @restacked: the objects of the first board that lie above or below others than before
 */
typedef struct
{
  StormBoard *a;
  StormBoard *b;
  GHashTable *partner;
  GHashTable *matched;
  GHashTable *ids;
  GHashTable *groups;
  GHashTable *groups_back;
  GHashTable *restacked;
} Match;

typedef char *(*KeyFunc) (Match       *match,
                          StormObject *object,
                          gboolean     first);

static void
pair (Match       *match,
      StormObject *a,
      StormObject *b)
{
  g_hash_table_insert (match->partner, a, b);
  g_hash_table_add (match->matched, b);
  g_hash_table_insert (match->ids, (char *) storm_object_get_id (a),
                       (char *) storm_object_get_id (b));
}

static void
match_by_id (Match           *match,
             StormObjectType  type)
{
  for (guint i = 0; i < storm_board_get_n (match->a, type); i++)
    {
      StormObject *a = storm_board_peek (match->a, type, i);
      StormObject *b = storm_board_lookup (match->b, storm_object_get_id (a));

      if (b != NULL && storm_object_get_object_type (b) == type)
        pair (match, a, b);
    }
}

/* Of several with one key the first is the first, and so on. */
static void
match_by_key (Match           *match,
              StormObjectType  type,
              KeyFunc          key_of)
{
  g_autoptr (GHashTable) queues =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_queue_free);

  for (guint i = 0; i < storm_board_get_n (match->b, type); i++)
    {
      StormObject *b = storm_board_peek (match->b, type, i);
      g_autofree char *key = NULL;
      GQueue *queue;

      if (g_hash_table_contains (match->matched, b))
        continue;
      key = key_of (match, b, FALSE);
      queue = g_hash_table_lookup (queues, key);
      if (queue == NULL)
        {
          queue = g_queue_new ();
          g_hash_table_insert (queues, g_steal_pointer (&key), queue);
        }
      g_queue_push_tail (queue, b);
    }
  if (g_hash_table_size (queues) == 0)
    return;

  for (guint i = 0; i < storm_board_get_n (match->a, type); i++)
    {
      StormObject *a = storm_board_peek (match->a, type, i);
      g_autofree char *key = NULL;
      GQueue *queue;

      if (g_hash_table_contains (match->partner, a))
        continue;
      key = key_of (match, a, TRUE);
      queue = g_hash_table_lookup (queues, key);
      if (queue != NULL && !g_queue_is_empty (queue))
        pair (match, a, g_queue_pop_head (queue));
    }
}

/* What @id is called on the second board. */
static const char *
second_id (Match      *match,
           const char *id,
           gboolean    first)
{
  const char *other = first && id != NULL ? g_hash_table_lookup (match->ids, id) : NULL;

  return other != NULL ? other : id != NULL ? id : "";
}

/* Blank stickers are told apart by where they lie. */
static char *
title_key (const char      *title,
           const StormRect *rect)
{
  if (*title != '\0')
    return g_strdup (title);

  return g_strdup_printf ("\n%.17g %.17g %.17g %.17g", rect->x, rect->y, rect->width,
                          rect->height);
}

static char *
context_key (Match       *match,
             StormObject *object,
             gboolean     first)
{
  return title_key (storm_context_get_title (STORM_CONTEXT (object)),
                    storm_context_get_rect (STORM_CONTEXT (object)));
}

static char *
sticky_key (Match       *match,
            StormObject *object,
            gboolean     first)
{
  StormSticky *sticky = STORM_STICKY (object);
  g_autofree char *title = title_key (storm_sticky_get_title (sticky),
                                      storm_sticky_get_rect (sticky));

  return g_strdup_printf ("%d %s", storm_sticky_get_kind (sticky), title);
}

static char *
sticky_in_context_key (Match       *match,
                       StormObject *object,
                       gboolean     first)
{
  g_autofree char *key = sticky_key (match, object, first);

  return g_strdup_printf ("%s\n%s", key,
                          second_id (match, storm_sticky_get_context (STORM_STICKY (object)),
                                     first));
}

static char *
flow_key (Match       *match,
          StormObject *object,
          gboolean     first)
{
  StormFlow *flow = STORM_FLOW (object);

  return g_strdup_printf ("%s\n%s", second_id (match, storm_flow_get_from (flow), first),
                          second_id (match, storm_flow_get_to (flow), first));
}

static char *
labelled_flow_key (Match       *match,
                   StormObject *object,
                   gboolean     first)
{
  g_autofree char *key = flow_key (match, object, first);

  return g_strdup_printf ("%s\n%s", key, storm_flow_get_label (STORM_FLOW (object)));
}

static void
match_all (Match *match)
{
  match_by_id (match, STORM_OBJECT_CONTEXT);
  match_by_key (match, STORM_OBJECT_CONTEXT, context_key);
  match_by_id (match, STORM_OBJECT_STICKY);
  match_by_key (match, STORM_OBJECT_STICKY, sticky_in_context_key);
  match_by_key (match, STORM_OBJECT_STICKY, sticky_key);
  match_by_id (match, STORM_OBJECT_FLOW);
  match_by_key (match, STORM_OBJECT_FLOW, labelled_flow_key);
  match_by_key (match, STORM_OBJECT_FLOW, flow_key);
}

/* The longest run of @ranks that still rises: what stays as it was; the rest changed places. */
static void
mark_restacked (Match     *match,
                GPtrArray *objects,
                GArray    *ranks)
{
  g_autofree guint *tails = g_new (guint, ranks->len + 1);
  g_autofree int *before = g_new (int, ranks->len + 1);
  guint n = 0;

  for (guint i = 0; i < ranks->len; i++)
    {
      guint low = 0, high = n;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (g_array_index (ranks, guint, tails[middle]) < g_array_index (ranks, guint, i))
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? (int) tails[low - 1] : -1;
      tails[low] = i;
      n = MAX (n, low + 1);
      g_hash_table_add (match->restacked, g_ptr_array_index (objects, i));
    }
  for (int i = n > 0 ? (int) tails[n - 1] : -1; i >= 0; i = before[i])
    g_hash_table_remove (match->restacked, g_ptr_array_index (objects, i));
}

/* The numbers themselves say nothing: one sticky less in the text form renumbers all above it. */
static void
find_restacked (Match           *match,
                StormObjectType  type)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) rank_of = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) ranks = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < storm_board_get_n (match->a, type); i++)
    {
      StormObject *a = storm_board_peek (match->a, type, i);
      StormObject *b = g_hash_table_lookup (match->partner, a);

      if (b == NULL)
        continue;
      g_ptr_array_add (before, g_object_ref (a));
      g_ptr_array_add (after, g_object_ref (b));
    }
  storm_edit_sort_by_z (before);
  storm_edit_sort_by_z (after);
  for (guint i = 0; i < after->len; i++)
    g_hash_table_insert (rank_of, g_ptr_array_index (after, i), GUINT_TO_POINTER (i));
  for (guint i = 0; i < before->len; i++)
    {
      StormObject *b = g_hash_table_lookup (match->partner, g_ptr_array_index (before, i));
      guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (rank_of, b));

      g_array_append_val (ranks, rank);
    }
  mark_restacked (match, before, ranks);
}

/* A group is what its stickies make it, whatever it is called: the first pair of stickies that are
 * both in one pairs their groups. */
static void
match_groups (Match *match)
{
  for (guint i = 0; i < storm_board_get_n (match->a, STORM_OBJECT_STICKY); i++)
    {
      StormSticky *a = STORM_STICKY (storm_board_peek (match->a, STORM_OBJECT_STICKY, i));
      StormSticky *b = g_hash_table_lookup (match->partner, a);
      const char *old = storm_sticky_get_group (a);
      const char *new = b != NULL ? storm_sticky_get_group (b) : NULL;

      if (old == NULL || new == NULL || g_hash_table_contains (match->groups, old) ||
          g_hash_table_contains (match->groups_back, new))
        continue;
      g_hash_table_insert (match->groups, (char *) old, (char *) new);
      g_hash_table_insert (match->groups_back, (char *) new, (char *) old);
    }
}

static gboolean
group_is_same (Match      *match,
               const char *a,
               const char *b)
{
  if (*a == '\0' || *b == '\0')
    return *a == *b;

  return g_strcmp0 (g_hash_table_lookup (match->groups, a), b) == 0;
}

static gboolean
json_is_same (const char *a,
              const char *b)
{
  g_autoptr (GPtrArray) diff = storm_json_diff (a, b);

  return diff->len == 0;
}

static gboolean
value_is_same (Match     *match,
               StormProp  prop,
               GVariant  *a,
               GVariant  *b)
{
  switch ((guint) prop)
    {
    case STORM_PROP_CONTEXT:
    case STORM_PROP_FAIL_OF:
    case STORM_PROP_FROM:
    case STORM_PROP_TO:
    case STORM_PROP_PARENT:
      return g_str_equal (second_id (match, g_variant_get_string (a, NULL), TRUE),
                          g_variant_get_string (b, NULL));
    case STORM_PROP_GROUP:
      return group_is_same (match, g_variant_get_string (a, NULL), g_variant_get_string (b, NULL));
    case STORM_PROP_EXTRA:
      return json_is_same (g_variant_get_string (a, NULL), g_variant_get_string (b, NULL));
    default:
      return g_variant_equal (a, b);
    }
}

static StormProp
compare_objects (Match       *match,
                 StormObject *a,
                 StormObject *b)
{
  StormProp all = storm_object_get_props (a);
  StormProp differ = 0;

  for (guint bit = 0; bit < STORM_N_PROPS; bit++)
    {
      StormProp prop = 1u << bit;
      g_autoptr (GVariant) old = NULL;
      g_autoptr (GVariant) new = NULL;

      if ((all & prop) == 0)
        continue;
      if (prop == STORM_PROP_Z)
        {
          differ |= g_hash_table_contains (match->restacked, a) ? prop : 0;
          continue;
        }
      old = storm_object_get_value (a, prop);
      new = storm_object_get_value (b, prop);
      if (!value_is_same (match, prop, old, new))
        differ |= prop;
    }

  return differ;
}

static void
add_entry (GArray      *entries,
           StormObject *a,
           StormObject *b,
           StormProp    props)
{
  StormDiffEntry entry = { NULL, NULL, props };

  g_set_object (&entry.a, a);
  g_set_object (&entry.b, b);
  g_array_append_val (entries, entry);
}

static void
clear_entry (gpointer data)
{
  StormDiffEntry *entry = data;

  g_clear_object (&entry->a);
  g_clear_object (&entry->b);
}

static GArray *
compare_type (Match           *match,
              StormObjectType  type,
              guint           *n_placed)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (StormDiffEntry));
  g_autoptr (GHashTable) back = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer first, second;

  g_array_set_clear_func (entries, clear_entry);
  g_hash_table_iter_init (&iter, match->partner);
  while (g_hash_table_iter_next (&iter, &first, &second))
    g_hash_table_insert (back, second, first);

  for (guint i = 0; i < storm_board_get_n (match->b, type); i++)
    {
      StormObject *b = storm_board_peek (match->b, type, i);
      StormObject *a = g_hash_table_lookup (back, b);
      StormProp props = a != NULL ? compare_objects (match, a, b) : 0;

      if (a == NULL || (props & ~STORM_DIFF_PLACE_PROPS) != 0)
        add_entry (entries, a, b, props);
      else if (props != 0)
        (*n_placed)++;
    }
  for (guint i = 0; i < storm_board_get_n (match->a, type); i++)
    {
      StormObject *a = storm_board_peek (match->a, type, i);

      if (!g_hash_table_contains (match->partner, a))
        add_entry (entries, a, NULL, 0);
    }

  return entries;
}

StormBoardDiff *
storm_board_diff_new (StormBoard *a,
                      StormBoard *b)
{
  g_autoptr (GHashTable) partner = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) matched = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups_back = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) restacked = g_hash_table_new (NULL, NULL);
  Match match = { a, b, partner, matched, ids, groups, groups_back, restacked };
  StormBoardDiff *self;

  g_return_val_if_fail (STORM_IS_BOARD (a), NULL);
  g_return_val_if_fail (STORM_IS_BOARD (b), NULL);

  match_all (&match);
  match_groups (&match);
  find_restacked (&match, STORM_OBJECT_CONTEXT);
  find_restacked (&match, STORM_OBJECT_STICKY);
  self = g_new0 (StormBoardDiff, 1);
  if (!g_str_equal (storm_board_get_title (a), storm_board_get_title (b)))
    self->board |= STORM_PROP_TITLE;
  if (!json_is_same (storm_board_get_mapping (a), storm_board_get_mapping (b)))
    self->board |= STORM_PROP_MAPPING;
  if (!json_is_same (storm_board_get_extra (a), storm_board_get_extra (b)))
    self->board |= STORM_PROP_EXTRA;
  self->contexts = compare_type (&match, STORM_OBJECT_CONTEXT, &self->n_placed_contexts);
  self->stickies = compare_type (&match, STORM_OBJECT_STICKY, &self->n_placed_stickies);
  self->flows = compare_type (&match, STORM_OBJECT_FLOW, &self->n_placed_flows);

  return self;
}

void
storm_board_diff_free (StormBoardDiff *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->contexts);
  g_array_unref (self->stickies);
  g_array_unref (self->flows);
  g_free (self);
}

gboolean
storm_board_diff_is_same (const StormBoardDiff *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->board == 0 && self->contexts->len == 0 && self->stickies->len == 0 &&
         self->flows->len == 0 && self->n_placed_contexts == 0 && self->n_placed_stickies == 0 &&
         self->n_placed_flows == 0;
}
