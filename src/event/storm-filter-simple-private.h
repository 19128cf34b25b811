#pragma once

#include "storm-batch.h"
#include "storm-json-scan.h"

G_BEGIN_DECLS

/* The expressions that people write most often: comparisons of a field with a number, a text, true,
 * false or null, joined by "and" and "or". For these libjq need not read the whole event: only what
 * they name is looked for in its bytes. Where jq would fail, or where it is not sure that jq would
 * say the same, the answer is that jq is to be asked. */
typedef struct _StormSimpleFilter StormSimpleFilter;

typedef enum
{
  STORM_SIMPLE_NO,
  STORM_SIMPLE_YES,
  STORM_SIMPLE_ASK,
} StormSimpleAnswer;

#define STORM_SIMPLE_MAX_NODES 32
#define STORM_SIMPLE_MAX_STEPS 8

/* In jq's order of kinds. */
typedef enum
{
  STORM_VALUE_NULL,
  STORM_VALUE_FALSE,
  STORM_VALUE_TRUE,
  STORM_VALUE_NUMBER,
  STORM_VALUE_STRING,
  STORM_VALUE_ARRAY,
  STORM_VALUE_OBJECT,
  STORM_VALUE_UNSURE,   /* jq fails there, or knows better */
} StormValueKind;

typedef struct
{
  StormValueKind kind;
  double         number;
  const char    *text;     /* not terminated */
  gsize          len;
} StormSimpleValue;

typedef enum
{
  STORM_ROOT_NONE,
  STORM_ROOT_PARTITION,
  STORM_ROOT_OFFSET,
  STORM_ROOT_TYPE,
  STORM_ROOT_TIME,
  STORM_ROOT_CORRELATION,
  STORM_ROOT_TOPIC,
  STORM_ROOT_KEY,
  STORM_ROOT_HEADERS,
  STORM_ROOT_PAYLOAD,
} StormSimpleRoot;

typedef enum
{
  STORM_OP_NONE,   /* the value itself: neither false nor null */
  STORM_OP_EQUAL,
  STORM_OP_UNEQUAL,
  STORM_OP_LESS,
  STORM_OP_LESS_EQUAL,
  STORM_OP_MORE,
  STORM_OP_MORE_EQUAL,
  STORM_OP_AND,
  STORM_OP_OR,
} StormSimpleOp;

/* AND and OR have two nodes below them, the others a field and what it is compared with. */
typedef struct
{
  StormSimpleOp    op;
  guint8           left;
  guint8           right;
  StormSimpleRoot  root;
  guint            n_steps;
  char            *steps[STORM_SIMPLE_MAX_STEPS];
  guint            first_slot;   /* of the payload: as it is, then step by step */
  StormSimpleValue literal;
} StormSimpleNode;

struct _StormSimpleFilter
{
  StormSimpleNode  nodes[STORM_SIMPLE_MAX_NODES];
  guint            n_nodes;
  guint8           top;
  GPtrArray       *pointers;
  StormScanSet    *set;
  StormJsonValue  *values;
};

/* storm_simple_filter_new: @expression: that jq accepts.
 * Returns: (nullable): NULL when it is not a simple one. */
StormSimpleFilter *storm_simple_filter_new  (const char         *expression);
void               storm_simple_filter_free (StormSimpleFilter  *self);
StormSimpleAnswer  storm_simple_filter_look (StormSimpleFilter  *self,
                                             const StormRecord  *record,
                                             StormPayloadStatus  status,
                                             const char         *type,
                                             const char         *correlation,
                                             StormTime           time);
/* storm_simple_read_number: FALSE when versions of jq may compare it differently. */
gboolean           storm_simple_read_number (const char         *text,
                                             gsize               len,
                                             double             *number);
/* storm_record_json_start: where the JSON of a payload begins: behind a schema registry's frame, or
 * a mark of the byte order. */
gsize              storm_record_json_start  (const StormRecord  *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormSimpleFilter, storm_simple_filter_free)

G_END_DECLS
