#include "config.h"

#include "storm-board-links.h"

#include <math.h>

/* Stickies this near to each other touch: hands are not exact. */
#define TOUCH 10.0
#define CELL 256.0
/* What covers more cells is no sticky that somebody put beside another. */
#define MAX_CELLS 64
/* A heap of stickies at one place is no drawing. */
#define MAX_TOUCHES 16

typedef struct
{
  GHashTable *cells;      /* x and y of the cell → GArray of guint32 nodes */
  guint32    *seen;       /* node → the node + 1 that was compared with it last */
} Grid;

static void
add_link (StormBoardLinks *self,
          guint32          from,
          guint32          to,
          StormFlow       *flow)
{
  StormLink *link = g_new0 (StormLink, 1);

  link->from = from;
  link->to = to;
  if (flow != NULL)
    {
      link->flow = g_object_ref (flow);
      link->target = storm_flow_get_target (flow);
      link->unchecked = storm_flow_get_unchecked (flow);
    }
  link->place = self->links->len;
  g_ptr_array_add (self->links, link);
  g_ptr_array_add (storm_board_links_node (self, from)->out, link);
  g_ptr_array_add (storm_board_links_node (self, to)->in, link);
}

static GHashTable *
add_nodes (StormBoardLinks *self,
           StormBoard      *board)
{
  GListModel *stickies = storm_board_get_stickies (board);
  guint n = g_list_model_get_n_items (stickies);
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      StormNode node = { g_list_model_get_item (stickies, i), 0, NULL, NULL };

      node.kind = storm_sticky_get_kind (node.sticky);
      node.in = g_ptr_array_new ();
      node.out = g_ptr_array_new ();
      g_array_append_val (self->nodes, node);
      g_hash_table_insert (places, (gpointer) storm_object_get_id (STORM_OBJECT (node.sticky)),
                           GUINT_TO_POINTER (i + 1));
    }
  return places;
}

static void
add_flows (StormBoardLinks *self,
           StormBoard      *board,
           GHashTable      *places)
{
  GListModel *flows = storm_board_get_flows (board);
  guint n = g_list_model_get_n_items (flows);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormFlow) flow = g_list_model_get_item (flows, i);
      guint from = GPOINTER_TO_UINT (g_hash_table_lookup (places, storm_flow_get_from (flow)));
      guint to = GPOINTER_TO_UINT (g_hash_table_lookup (places, storm_flow_get_to (flow)));

      /* An end may be a context, which says nothing about single events. */
      if (from == 0 || to == 0 || from == to)
        continue;
      if (storm_kind_leads (storm_board_links_node (self, from - 1)->kind) &&
          storm_kind_leads (storm_board_links_node (self, to - 1)->kind))
        add_link (self, from - 1, to - 1, flow);
    }
}

static gboolean
touch (StormSticky *a,
       StormSticky *b)
{
  const StormRect *p = storm_sticky_get_rect (a);
  const StormRect *q = storm_sticky_get_rect (b);
  double x = MIN (p->x + p->width, q->x + q->width) - MAX (p->x, q->x);
  double y = MIN (p->y + p->height, q->y + q->height) - MAX (p->y, q->y);

  /* Two that only meet at a corner stand in different rows. */
  return x >= -TOUCH && y >= -TOUCH && (x > TOUCH || y > TOUCH);
}

static guint
count_flows (GPtrArray *links,
             gboolean   in,
             StormNode *nodes)
{
  guint n = 0;

  for (guint i = 0; i < links->len; i++)
    {
      StormLink *link = g_ptr_array_index (links, i);

      /* Who gives a command says nothing of what came before it. */
      if (link->flow != NULL && !storm_kind_acts (nodes[in ? link->from : link->to].kind))
        n++;
    }
  return n;
}

static gboolean
lacks_in (StormBoardLinks *self,
          StormNode       *node)
{
  return count_flows (node->in, TRUE, (StormNode *) self->nodes->data) == 0;
}

static gboolean
lacks_out (StormBoardLinks *self,
           StormNode       *node)
{
  return count_flows (node->out, FALSE, (StormNode *) self->nodes->data) == 0;
}

/* In which direction touching stickies of these kinds belong together. */
static gboolean
belongs (StormBoardLinks *self,
         StormNode       *a,
         StormNode       *b)
{
  StormPoint p = storm_rect_center (storm_sticky_get_rect (a->sticky));
  StormPoint q = storm_rect_center (storm_sticky_get_rect (b->sticky));

  if (storm_kind_acts (a->kind))
    return b->kind == STORM_KIND_COMMAND;
  switch (a->kind)
    {
    case STORM_KIND_EVENT:
      if (b->kind == STORM_KIND_POLICY)
        return lacks_in (self, b);
      return b->kind == STORM_KIND_COMMAND && p.x < q.x && lacks_in (self, b) &&
             !(lacks_in (self, a) && lacks_out (self, b));
    case STORM_KIND_POLICY:
      if (b->kind == STORM_KIND_COMMAND)
        return lacks_out (self, a) || lacks_in (self, b);
      if (b->kind == STORM_KIND_EVENT)
        return !lacks_in (self, a) && lacks_out (self, a) && lacks_in (self, b);
      return (b->kind == STORM_KIND_AGGREGATE || b->kind == STORM_KIND_EXTERNAL_SYSTEM) &&
             lacks_out (self, a);
    case STORM_KIND_COMMAND:
      if (b->kind == STORM_KIND_EVENT)
        return (p.x <= q.x || lacks_out (self, a)) && lacks_in (self, b);
      return (b->kind == STORM_KIND_AGGREGATE || b->kind == STORM_KIND_EXTERNAL_SYSTEM) &&
             lacks_out (self, a);
    case STORM_KIND_AGGREGATE:
    case STORM_KIND_EXTERNAL_SYSTEM:
      return b->kind == STORM_KIND_EVENT && lacks_in (self, b);
    default:
      return FALSE;
    }
}

static gboolean
is_linked (StormNode *a,
           guint32    to)
{
  for (guint i = 0; i < a->out->len; i++)
    {
      if (((StormLink *) g_ptr_array_index (a->out, i))->to == to)
        return TRUE;
    }
  return FALSE;
}

static void
cover (const StormRect *rect,
       int              range[4])
{
  range[0] = (int) floor ((rect->x - TOUCH) / CELL);
  range[1] = (int) floor ((rect->y - TOUCH) / CELL);
  range[2] = (int) floor ((rect->x + rect->width + TOUCH) / CELL);
  range[3] = (int) floor ((rect->y + rect->height + TOUCH) / CELL);
}

static gboolean
is_large (const int range[4])
{
  return ((gint64) range[2] - range[0] + 1) * ((gint64) range[3] - range[1] + 1) > MAX_CELLS;
}

static gpointer
cell_key (int x,
          int y)
{
  return GSIZE_TO_POINTER (((gsize) (guint32) x * 2654435761u) ^ (gsize) (guint32) y);
}

/* The pairs of touching stickies, found before a link is made, so that all are judged by the
 * flows alone. */
static void
find_touching (StormBoardLinks *self,
               Grid            *grid,
               guint32          i,
               GArray          *pairs)
{
  StormNode *node = storm_board_links_node (self, i);
  guint n = 0;
  int range[4];

  cover (storm_sticky_get_rect (node->sticky), range);
  if (is_large (range))
    return;
  for (int x = range[0]; x <= range[2]; x++)
    {
      for (int y = range[1]; y <= range[3]; y++)
        {
          GArray *cell = g_hash_table_lookup (grid->cells, cell_key (x, y));

          if (cell == NULL)
            {
              cell = g_array_new (FALSE, FALSE, sizeof (guint32));
              g_hash_table_insert (grid->cells, cell_key (x, y), cell);
            }
          for (guint k = 0; k < cell->len && n < MAX_TOUCHES; k++)
            {
              guint32 pair[2] = { g_array_index (cell, guint32, k), i };
              StormNode *other = storm_board_links_node (self, pair[0]);

              if (grid->seen[pair[0]] == i + 1)
                continue;
              grid->seen[pair[0]] = i + 1;
              if (!touch (node->sticky, other->sticky))
                continue;
              g_array_append_vals (pairs, pair, 2);
              n++;
            }
          g_array_append_val (cell, i);
        }
    }
}

static void
add_touching (StormBoardLinks *self)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint32));
  Grid grid;

  grid.cells = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  grid.seen = g_new0 (guint32, MAX (self->nodes->len, 1));
  for (guint i = 0; i < self->nodes->len; i++)
    {
      if (storm_kind_leads (storm_board_links_node (self, i)->kind))
        find_touching (self, &grid, i, pairs);
    }
  for (guint i = 0; i < pairs->len; i += 2)
    {
      guint32 a = g_array_index (pairs, guint32, i);
      guint32 b = g_array_index (pairs, guint32, i + 1);
      StormNode *p = storm_board_links_node (self, a);
      StormNode *q = storm_board_links_node (self, b);

      if (is_linked (p, b) || is_linked (q, a))
        continue;
      if (belongs (self, p, q))
        add_link (self, a, b, NULL);
      else if (belongs (self, q, p))
        add_link (self, b, a, NULL);
    }
  g_hash_table_unref (grid.cells);
  g_free (grid.seen);
}

static void
node_clear (gpointer data)
{
  StormNode *node = data;

  g_object_unref (node->sticky);
  g_ptr_array_unref (node->in);
  g_ptr_array_unref (node->out);
}

static void
link_free (gpointer data)
{
  StormLink *link = data;

  g_clear_object (&link->flow);
  g_free (link);
}

StormBoardLinks *
storm_board_links_new (StormBoard *board)
{
  StormBoardLinks *self;
  g_autoptr (GHashTable) places = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_new0 (StormBoardLinks, 1);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (StormNode));
  g_array_set_clear_func (self->nodes, node_clear);
  self->links = g_ptr_array_new_with_free_func (link_free);
  places = add_nodes (self, board);
  add_flows (self, board, places);
  add_touching (self);
  return self;
}

void
storm_board_links_free (StormBoardLinks *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->links);
  g_array_unref (self->nodes);
  g_free (self);
}
