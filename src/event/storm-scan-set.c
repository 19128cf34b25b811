#include "config.h"

#include "storm-scan-set-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-error.h"

typedef struct
{
  GArray       *nodes;
  GArray       *edges;
  GStringChunk *names;
  GArray       *ends;      /* node of each pointer */
} Builder;

#define NODE(builder, i) (&g_array_index ((builder)->nodes, StormScanNode, i))
#define EDGE(builder, i) (&g_array_index ((builder)->edges, StormScanEdge, i))

/* RFC 6901: digits without leading zeros. */
static gint64
parse_index (const char *name,
             gsize       len)
{
  gint64 value = 0;

  if (len == 0 || len > 9 || (name[0] == '0' && len > 1))
    return -1;

  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isdigit (name[i]))
        return -1;
      value = value * 10 + (name[i] - '0');
    }

  return value;
}

static guint
step (Builder    *builder,
      guint       node,
      const char *name,
      gsize       len)
{
  guint bucket = storm_scan_hash (name, len);
  StormScanEdge edge = { 0, };
  StormScanNode child = { { 0, }, };
  guint edge_id;

  for (guint i = NODE (builder, node)->buckets[bucket]; i != 0; i = EDGE (builder, i)->next)
    {
      if (EDGE (builder, i)->len == len && memcmp (EDGE (builder, i)->name, name, len) == 0)
        return EDGE (builder, i)->node;
    }

  edge_id = builder->edges->len;
  edge.name = g_string_chunk_insert_len (builder->names, name, (gssize) len);
  edge.len = (guint16) len;
  edge.node = (guint16) builder->nodes->len;
  edge.index = parse_index (name, len);
  edge.next = NODE (builder, node)->buckets[bucket];
  NODE (builder, node)->buckets[bucket] = (guint16) edge_id;
  NODE (builder, node)->n_edges++;
  if (edge.index >= 0)
    {
      edge.next_index = NODE (builder, node)->first_index_edge;
      NODE (builder, node)->first_index_edge = (guint16) edge_id;
    }
  g_array_append_val (builder->edges, edge);
  g_array_append_val (builder->nodes, child);

  return edge.node;
}

/* Walks one pointer into the tree; FALSE when it isn't one. */
static gboolean
add_pointer (Builder    *builder,
             const char *pointer)
{
  guint16 node = 0;
  const char *at = pointer;

  while (*at == '/')
    {
      char name[STORM_SCAN_MAX_POINTER + 1];
      gsize len = 0;

      for (at++; *at != '\0' && *at != '/'; at++)
        {
          char c = *at;

          if (c == '~')
            {
              at++;
              if (*at != '0' && *at != '1')
                return FALSE;
              c = *at == '0' ? '~' : '/';
            }
          name[len++] = c;
        }
      node = (guint16) step (builder, node, name, len);
    }

  if (*at != '\0')
    return FALSE;

  g_array_append_val (builder->ends, node);
  return TRUE;
}

/* Brings the pointers of a node and of all below it next to each other, so that a repeated member
 * can take back everything that was found below the earlier one. No deeper than a pointer has
 * steps. */
static void
order_outputs (StormScanSet *self,
               Builder      *builder,
               guint         node,
               guint        *n)
{
  StormScanNode *it = &self->nodes[node];

  it->first_out = (guint16) *n;
  for (guint i = 0; i < builder->ends->len; i++)
    {
      if (g_array_index (builder->ends, guint16, i) == node)
        self->order[(*n)++] = (guint8) i;
    }
  it->n_out = (guint16) (*n - it->first_out);

  for (guint bucket = 0; bucket < STORM_SCAN_BUCKETS; bucket++)
    {
      for (guint i = it->buckets[bucket]; i != 0; i = self->edges[i].next)
        order_outputs (self, builder, self->edges[i].node, n);
    }
  it->n_below = (guint16) (*n - it->first_out - it->n_out);
}

static gboolean
check_pointer (const char  *pointer,
               GError     **error)
{
  if (strlen (pointer) > STORM_SCAN_MAX_POINTER)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("The JSON pointer “%.40s…” is longer than %d bytes."),
                   g_utf8_validate_len (pointer, 40, NULL) ? pointer : "",
                   STORM_SCAN_MAX_POINTER);
      return FALSE;
    }
  if (!g_utf8_validate (pointer, -1, NULL))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("A JSON pointer is not valid UTF-8."));
      return FALSE;
    }

  return TRUE;
}

StormScanSet *
storm_scan_set_new (const char * const  *pointers,
                    guint                n_pointers,
                    GError             **error)
{
  g_autoptr (StormScanSet) self = NULL;
  Builder builder;
  StormScanNode root = { { 0, }, };
  StormScanEdge none = { 0, };
  gboolean ok = TRUE;
  guint n = 0;

  g_return_val_if_fail (pointers != NULL || n_pointers == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (n_pointers > STORM_SCAN_MAX_POINTERS)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("More than %d JSON pointers can’t be looked for at once."),
                   STORM_SCAN_MAX_POINTERS);
      return NULL;
    }

  self = g_new0 (StormScanSet, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_pointers = n_pointers;
  self->names = g_string_chunk_new (512);

  builder.nodes = g_array_new (FALSE, TRUE, sizeof (StormScanNode));
  builder.edges = g_array_new (FALSE, TRUE, sizeof (StormScanEdge));
  builder.ends = g_array_new (FALSE, TRUE, sizeof (guint16));
  builder.names = self->names;
  g_array_append_val (builder.nodes, root);
  g_array_append_val (builder.edges, none);

  for (guint i = 0; ok && i < n_pointers; i++)
    {
      ok = check_pointer (pointers[i], error);
      if (ok && !add_pointer (&builder, pointers[i]))
        {
          g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                       _("“%s” is not a JSON pointer. Write it as “/orderId” or “/payload/id”; "
                         "“~0” stands for “~” and “~1” for “/”."), pointers[i]);
          ok = FALSE;
        }
    }

  self->nodes = (StormScanNode *) (gpointer) g_array_free (builder.nodes, FALSE);
  self->edges = (StormScanEdge *) (gpointer) g_array_free (builder.edges, FALSE);
  if (ok)
    order_outputs (self, &builder, 0, &n);
  g_array_unref (builder.ends);

  return ok ? g_steal_pointer (&self) : NULL;
}

StormScanSet *
storm_scan_set_ref (StormScanSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
storm_scan_set_unref (StormScanSet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->nodes);
  g_free (self->edges);
  g_string_chunk_free (self->names);
  g_free (self);
}
