#include "config.h"

#include "storm-path.h"

#include "storm-board-links.h"

typedef struct _Node Node;

typedef struct
{
  StormFlow *flow;
  Node      *from;
} Link;

/* A sticky, as far as the path has come to know it. */
struct _Node
{
  StormSticky *sticky;
  StormKind    kind;
  GArray      *in;         /* of Link; NULL until the walk comes by */
  guint        last;       /* events: the step at which it happened last, 0 for never */
  GHashTable  *walked;     /* events: event of the step before → n_happened at the last walk */
  guint        passed;     /* aggregates: the last step whose walk came by */
  /* Of the walk with this number: */
  guint        in_region;
  guint        visited;
  guint        fresh;      /* the latest step from whose event a way leads here, 0 for none */
  gboolean     by_itself;  /* a way leads here from something that acts by itself */
};

struct _StormPath
{
  StormBoard *board;
  GHashTable *nodes;       /* StormSticky → Node */
  GHashTable *stickies;    /* lit ids, borrowed from the objects in nodes and links */
  GHashTable *flows;
  GPtrArray  *region;      /* Nodes of the current walk */
  Node       *before;      /* an event of the step before */
  guint       n_happened;  /* different events so far */
  guint       step;
  guint       walk;
};

static void
link_clear (gpointer data)
{
  g_object_unref (((Link *) data)->flow);
}

static void
node_free (gpointer data)
{
  Node *node = data;

  g_clear_pointer (&node->in, g_array_unref);
  g_clear_pointer (&node->walked, g_hash_table_unref);
  g_object_unref (node->sticky);
  g_free (node);
}

static Node *
ensure_node (StormPath   *self,
             StormSticky *sticky)
{
  Node *node = g_hash_table_lookup (self->nodes, sticky);

  if (node == NULL)
    {
      node = g_new0 (Node, 1);
      node->sticky = g_object_ref (sticky);
      node->kind = storm_sticky_get_kind (sticky);
      g_hash_table_insert (self->nodes, sticky, node);
    }
  return node;
}

static GArray *
get_links (StormPath *self,
           Node      *node)
{
  GPtrArray *flows;
  const char *id;
  guint i;

  if (node->in != NULL)
    return node->in;

  node->in = g_array_new (FALSE, FALSE, sizeof (Link));
  g_array_set_clear_func (node->in, link_clear);
  id = storm_object_get_id (STORM_OBJECT (node->sticky));
  flows = storm_board_get_flows_of (self->board, node->sticky);
  for (i = 0; flows != NULL && i < flows->len; i++)
    {
      StormFlow *flow = g_ptr_array_index (flows, i);
      StormSticky *from;
      Link link;

      if (g_strcmp0 (storm_flow_get_to (flow), id) != 0)
        continue;
      from = storm_board_lookup_sticky (self->board, storm_flow_get_from (flow));
      if (from == NULL)
        continue;
      link.from = ensure_node (self, from);
      if (!storm_kind_leads (link.from->kind))
        continue;
      link.flow = g_object_ref (flow);
      g_array_append_val (node->in, link);
    }
  return node->in;
}

/* Everything that leads to @target without passing another event. */
static void
find_region (StormPath *self,
             Node      *target)
{
  guint i;

  g_ptr_array_set_size (self->region, 0);
  g_ptr_array_add (self->region, target);
  target->in_region = self->walk;
  for (i = 0; i < self->region->len; i++)
    {
      Node *node = g_ptr_array_index (self->region, i);
      GArray *links = get_links (self, node);
      guint k;

      node->fresh = 0;
      node->by_itself = FALSE;
      for (k = 0; k < links->len; k++)
        {
          Node *from = g_array_index (links, Link, k).from;

          if (from->kind == STORM_KIND_EVENT || from->in_region == self->walk)
            continue;
          from->in_region = self->walk;
          g_ptr_array_add (self->region, from);
        }
    }
}

static gboolean
acts_by_itself (Node *node)
{
  return node->kind == STORM_KIND_ACTOR || node->kind == STORM_KIND_UI ||
         node->kind == STORM_KIND_EXTERNAL_SYSTEM || node->in->len == 0;
}

/* Carries `fresh` and `by_itself` along the flows until nothing changes. The region stands in order
 * of distance from the target, so going through it from its end takes a turn or two. */
static void
spread (StormPath *self,
        Node      *target)
{
  gboolean changed = TRUE;

  while (changed)
    {
      guint i;

      changed = FALSE;
      for (i = self->region->len; i > 0; i--)
        {
          Node *node = g_ptr_array_index (self->region, i - 1);
          guint fresh = node->fresh;
          gboolean by_itself = node->by_itself || (node != target && acts_by_itself (node));
          guint k;

          for (k = 0; k < node->in->len; k++)
            {
              Node *from = g_array_index (node->in, Link, k).from;

              if (from->kind == STORM_KIND_EVENT)
                {
                  fresh = MAX (fresh, from->last);
                  continue;
                }
              fresh = MAX (fresh, from->fresh);
              by_itself = by_itself || from->by_itself;
            }
          if (fresh == node->fresh && by_itself == node->by_itself)
            continue;
          node->fresh = fresh;
          node->by_itself = by_itself;
          changed = TRUE;
        }
    }
}

static double
distance (Node *a,
          Node *b)
{
  StormPoint p = storm_rect_center (storm_sticky_get_rect (a->sticky));
  StormPoint q = storm_rect_center (storm_sticky_get_rect (b->sticky));

  return (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y);
}

/* How well @command explains that something came out of @aggregate now; more is better. */
static int
rank_trigger (Node *trigger,
              Node *aggregate)
{
  if (trigger->fresh > 0 && trigger->fresh >= aggregate->passed)
    return 2;
  return trigger->fresh > 0 || trigger->by_itself ? 1 : 0;
}

static gboolean
is_trigger (Node *node)
{
  return node->kind == STORM_KIND_COMMAND || node->kind == STORM_KIND_POLICY;
}

/* The one command (or policy, where the command was left out) that is walked to from @aggregate;
 * NULL when none leads into it. */
static Node *
choose_trigger (Node *aggregate,
                Node *target)
{
  Node *best = NULL;
  int best_rank = 0;
  guint i;

  for (i = 0; i < aggregate->in->len; i++)
    {
      Node *from = g_array_index (aggregate->in, Link, i).from;
      int rank;

      if (!is_trigger (from))
        continue;
      rank = rank_trigger (from, aggregate);
      if (rank == 0 && from->kind == STORM_KIND_POLICY)
        continue;
      if (best == NULL || rank > best_rank ||
          (rank == best_rank && distance (from, target) < distance (best, target)))
        {
          best = from;
          best_rank = rank;
        }
    }
  return best;
}

/* How much of the trace must speak for what leads to a node, so that it is on the path. */
typedef enum
{
  NEED_EVENT,      /* an event that happened before */
  NEED_REASON,     /* that, or something that acts by itself */
  NEED_NOTHING,    /* a command or an aggregate: without it the event can't have happened */
} Need;

static gboolean
meets (Node *from,
       Need  need)
{
  if (from->kind == STORM_KIND_EVENT)
    return from->last > 0;
  if (from->fresh > 0)
    return TRUE;
  if (need == NEED_EVENT)
    return FALSE;
  return from->by_itself ||
         (need == NEED_NOTHING &&
          (from->kind == STORM_KIND_COMMAND || from->kind == STORM_KIND_AGGREGATE));
}

static gboolean
any_meets (Node *node,
           Need  need)
{
  guint i;

  for (i = 0; i < node->in->len; i++)
    {
      if (meets (g_array_index (node->in, Link, i).from, need))
        return TRUE;
    }
  return FALSE;
}

static void
walk_back (StormPath *self,
           Node      *target)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();

  g_ptr_array_add (stack, target);
  target->visited = self->walk;
  while (stack->len > 0)
    {
      Node *node = g_ptr_array_steal_index_fast (stack, stack->len - 1);
      gboolean chooses = node->kind == STORM_KIND_AGGREGATE;
      Node *trigger = chooses ? choose_trigger (node, target) : NULL;
      Need need = NEED_REASON;
      guint i;

      g_hash_table_add (self->stickies,
                        (gpointer) storm_object_get_id (STORM_OBJECT (node->sticky)));
      /* Of several ways to the event itself, those that the trace knows of explain it. */
      if (node == target && any_meets (node, NEED_EVENT))
        need = NEED_EVENT;
      else if (!any_meets (node, NEED_REASON))
        need = NEED_NOTHING;

      for (i = 0; i < node->in->len; i++)
        {
          Link *link = &g_array_index (node->in, Link, i);

          if (chooses && is_trigger (link->from) ? link->from != trigger
                                                 : !meets (link->from, need))
            continue;
          g_hash_table_add (self->flows,
                            (gpointer) storm_object_get_id (STORM_OBJECT (link->flow)));
          if (link->from->kind == STORM_KIND_EVENT || link->from->visited == self->walk)
            continue;
          link->from->visited = self->walk;
          g_ptr_array_add (stack, link->from);
        }
      if (chooses)
        node->passed = self->step;
    }
}

/* A long trace repeats itself: the same event after the same event, nothing new having happened in
 * between, leads over the same way. */
static gboolean
is_known (StormPath *self,
          Node      *target)
{
  if (target->walked == NULL)
    target->walked = g_hash_table_new (NULL, NULL);
  /* One more than the number, so that none happened is not the same as never walked. */
  if (GPOINTER_TO_UINT (g_hash_table_lookup (target->walked, self->before)) ==
      self->n_happened + 1)
    return TRUE;
  g_hash_table_insert (target->walked, self->before, GUINT_TO_POINTER (self->n_happened + 1));
  return FALSE;
}

StormPath *
storm_path_new (StormBoard *board)
{
  StormPath *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_new0 (StormPath, 1);
  self->board = g_object_ref (board);
  self->nodes = g_hash_table_new_full (NULL, NULL, NULL, node_free);
  self->stickies = g_hash_table_new (g_str_hash, g_str_equal);
  self->flows = g_hash_table_new (g_str_hash, g_str_equal);
  self->region = g_ptr_array_new ();
  return self;
}

void
storm_path_free (StormPath *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->region);
  g_hash_table_unref (self->flows);
  g_hash_table_unref (self->stickies);
  g_hash_table_unref (self->nodes);
  g_object_unref (self->board);
  g_free (self);
}

void
storm_path_step (StormPath *self,
                 GPtrArray *stickies)
{
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (stickies != NULL);

  self->step++;
  for (i = 0; i < stickies->len; i++)
    {
      Node *target = ensure_node (self, g_ptr_array_index (stickies, i));

      if (is_known (self, target))
        continue;
      self->walk++;
      find_region (self, target);
      spread (self, target);
      walk_back (self, target);
    }
  /* Only now: an event doesn't lead to the other stickies that stand for it. */
  for (i = 0; i < stickies->len; i++)
    {
      Node *target = ensure_node (self, g_ptr_array_index (stickies, i));

      if (target->last == 0)
        self->n_happened++;
      target->last = self->step;
      self->before = target;
    }
}

GHashTable *
storm_path_get_stickies (StormPath *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stickies;
}

GHashTable *
storm_path_get_flows (StormPath *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->flows;
}
