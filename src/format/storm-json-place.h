#pragma once

#include <json-glib/json-glib.h>

#include "storm-error.h"

G_BEGIN_DECLS

/**
 * StormJsonDoc:
 *
 * A document that is being imported: the text, kept for finding lines, and its name for messages.
 */
typedef struct
{
  const char *name;
  const char *data;
  gsize       len;
} StormJsonDoc;

/**
 * StormJsonPlace:
 * @parent: (nullable): the place around it, %NULL for the root
 * @member: (nullable): name of the member in @parent; %NULL for an element
 * @index: index of the element in @parent
 *
 * Where in a document the importer is. Lives on the stack and costs nothing; words and line are
 * made only when something is wrong.
 */
typedef struct _StormJsonPlace StormJsonPlace;

struct _StormJsonPlace
{
  const StormJsonDoc   *doc;
  const StormJsonPlace *parent;
  const char           *member;
  guint                 index;
};

#define STORM_JSON_ROOT(d) ((StormJsonPlace) { (d), NULL, NULL, 0 })
#define STORM_JSON_MEMBER(p, m) ((StormJsonPlace) { (p)->doc, (p), (m), 0 })
#define STORM_JSON_ELEMENT(p, i) ((StormJsonPlace) { (p)->doc, (p), NULL, (i) })

/** storm_json_place_words: (transfer full): "stickies[3].kind"; "" for the root. */
char      *storm_json_place_words     (const StormJsonPlace *place);

/** storm_json_place_line: the line on which the value begins, or, when it is absent, the nearest
 * value around it. Walks the document; for errors only. */
guint      storm_json_place_line      (const StormJsonPlace *place);

/**
 * storm_json_place_fail:
 * @format: what is wrong, a translated clause
 *
 * Sets @error to "FILE:LINE: PLACE: clause".
 *
 * Returns: %FALSE
 */
gboolean   storm_json_place_fail      (const StormJsonPlace *place,
                                       GError              **error,
                                       StormError            code,
                                       const char           *format,
                                       ...) G_GNUC_PRINTF (4, 5);

/** storm_json_quote: (transfer full): @text for a message: shortened, in quotation marks. */
char      *storm_json_quote           (const char *text);

/* Typed access. @out is left alone when the member is absent and not @required. Texts are borrowed
 * from the tree, and are valid UTF-8 of at most @max_bytes. */

gboolean   storm_json_get_text        (const StormJsonPlace *object_place,
                                       JsonObject           *object,
                                       const char           *member,
                                       gsize                 max_bytes,
                                       gboolean              required,
                                       const char          **out,
                                       GError              **error);
gboolean   storm_json_get_number      (const StormJsonPlace *object_place,
                                       JsonObject           *object,
                                       const char           *member,
                                       double               *out,
                                       gboolean             *found,
                                       GError              **error);
gboolean   storm_json_get_boolean     (const StormJsonPlace *object_place,
                                       JsonObject           *object,
                                       const char           *member,
                                       gboolean             *out,
                                       GError              **error);
gboolean   storm_json_get_array       (const StormJsonPlace *object_place,
                                       JsonObject           *object,
                                       const char           *member,
                                       guint                 max_elements,
                                       JsonArray           **out,
                                       GError              **error);
gboolean   storm_json_get_object      (const StormJsonPlace *object_place,
                                       JsonObject           *object,
                                       const char           *member,
                                       JsonObject          **out,
                                       GError              **error);
/** storm_json_node_text: the same for an element of an array. */
gboolean   storm_json_node_text       (const StormJsonPlace *place,
                                       JsonNode             *node,
                                       gsize                 max_bytes,
                                       const char          **out,
                                       GError              **error);
JsonObject *storm_json_element_object (const StormJsonPlace *array_place,
                                       JsonArray            *array,
                                       guint                 index,
                                       GError              **error);

/**
 * storm_json_get_extra:
 * @known: %NULL-terminated names of the members that are understood
 * @out: (out) (transfer full) (nullable): the others as the text of an object, %NULL for none
 *
 * Fails when they are longer than %STORM_TEXT_MAX_BYTES.
 */
gboolean   storm_json_get_extra       (const StormJsonPlace *object_place,
                                       JsonObject           *object,
                                       const char * const   *known,
                                       char                **out,
                                       GError              **error);

/**
 * storm_json_append_node:
 *
 * Appends @node as JSON on one line, with a space behind colons and commas. Numbers are written as
 * shortly as they can be, so that "0.1" stays "0.1".
 */
void       storm_json_append_node     (GString  *out,
                                       JsonNode *node);

G_END_DECLS
