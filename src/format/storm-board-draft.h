#pragma once

#include "storm-board-json-private.h"
#include "storm-board-layout.h"
#include "storm-change.h"
#include "storm-json-place.h"

G_BEGIN_DECLS

/**
 * StormDraft:
 * @index: in its list of the document
 * @id: owned by the import
 * @fail_of: (nullable): borrowed from the tree
 * @parent: (nullable): likewise
 * @no_context: the sticky says that it lies in no context, whatever its place
 * @change: borrowed; the object is inserted there as soon as its id is known
 *
 * One object of the document on its way to the board.
 */
typedef struct
{
  StormObjectType  type;
  guint            index;
  const char      *id;
  StormKind        kind;
  const char      *fail_of;
  const char      *parent;
  gboolean         no_context;
  StormChange     *change;
} StormDraft;

/** StormImport: all that is known while a document is imported. */
typedef struct
{
  StormJsonDoc     doc;
  StormChange     *change;      /* (owned) what makes the board */
  GHashTable      *ids;         /* (owned) id → StormDraft */
  JsonArray       *lists[STORM_OBJECT_CONTEXT + 1];   /* borrowed, NULL for none */
  GArray          *drafts[STORM_OBJECT_CONTEXT + 1];  /* StormDraft */
  StormLayoutItem *contexts;
  StormLayoutItem *stickies;
} StormImport;

/** storm_draft_put: sets one property; consumes @value when it is floating. */
void        storm_draft_put           (StormDraft      *draft,
                                       StormProp        prop,
                                       GVariant        *value);

void        storm_import_init         (StormImport     *self,
                                       const char      *data,
                                       gsize            len,
                                       const char      *name);
void        storm_import_clear        (StormImport     *self);

/** storm_import_read_lists: reads all objects of @root into the drafts, contexts first. */
gboolean    storm_import_read_lists   (StormImport     *self,
                                       JsonObject      *root,
                                       GError         **error);

/** storm_draft_read_sticky_props, _context_props, _flow_props: the members that say more than text
 * and place. */
gboolean    storm_draft_read_sticky_props  (StormDraft           *draft,
                                            const StormJsonPlace *place,
                                            JsonObject           *object,
                                            GError              **error);
gboolean    storm_draft_read_context_props (StormDraft           *draft,
                                            const StormJsonPlace *place,
                                            JsonObject           *object,
                                            GError              **error);
gboolean    storm_draft_read_flow_props    (StormDraft           *draft,
                                            const StormJsonPlace *place,
                                            JsonObject           *object,
                                            GError              **error);
/** storm_import_put_parents: the contexts around contexts, when all are there. */
gboolean    storm_import_put_parents       (StormImport          *self,
                                            GError              **error);

/** storm_import_n, storm_import_draft: the drafts of one type, in the document's order. */
guint       storm_import_n            (StormImport     *self,
                                       StormObjectType  type);
StormDraft *storm_import_draft        (StormImport     *self,
                                       StormObjectType  type,
                                       guint            index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormImport, storm_import_clear)

G_END_DECLS
