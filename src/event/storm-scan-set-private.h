#pragma once

#include "storm-json-scan.h"

G_BEGIN_DECLS

/* A pointer is at most this long, so that an escaped member name can be compared on the stack. */
#define STORM_SCAN_MAX_POINTER 255
#define STORM_SCAN_BUCKETS     32

/* The pointers as a tree: one node for each place on the way to one. Number 0 is the root, and also
 * "no child", because the root is nobody's child. */
typedef struct
{
  guint16 buckets[STORM_SCAN_BUCKETS];  /* hash of a member name → its first edge, 0 for none */
  guint16 first_index_edge;             /* chain of the edges that can be places in an array */
  guint16 n_edges;
  guint16 first_out;                    /* in order[]: the pointers that end here, */
  guint16 n_out;
  guint16 n_below;                      /* and then those that end further down */
} StormScanNode;

typedef struct
{
  const char *name;
  guint16     len;
  guint16     next;                     /* in the bucket */
  guint16     next_index;
  guint16     node;
  gint64      index;                    /* -1 when the name is no place in an array */
} StormScanEdge;

struct _StormScanSet
{
  gatomicrefcount  ref_count;
  guint            n_pointers;
  StormScanNode   *nodes;
  StormScanEdge   *edges;               /* [0] is not used */
  guint8           order[STORM_SCAN_MAX_POINTERS];
  GStringChunk    *names;
};

static inline guint
storm_scan_hash (const char *name,
                 gsize       len)
{
  if (len == 0)
    return 0;

  return ((guint) len * 5 + (guint8) name[0] * 3 + (guint8) name[len - 1]) % STORM_SCAN_BUCKETS;
}

G_END_DECLS
