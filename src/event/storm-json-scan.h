#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-json-scan
 *
 * A strict, bounded scan of one JSON text for a few values, without building a tree: the hot path
 * (design: more than 4M messages a second, json-glib reads 110k). It accepts exactly what RFC 8259
 * allows, checks all of it (UTF-8, escapes, numbers), and never recurses. Fuzzed against json-glib.
 * Thread-safe: nothing is shared.
 */

/** STORM_SCAN_MAX_DEPTH: deeper texts are refused. */
#define STORM_SCAN_MAX_DEPTH 64
/** STORM_SCAN_MAX_POINTERS: the most places looked for in one scan. */
#define STORM_SCAN_MAX_POINTERS 255

typedef enum
{
  STORM_SCAN_OK,
  STORM_SCAN_EMPTY,          /* nothing but white space */
  STORM_SCAN_NOT_JSON,       /* a syntax error, at the returned offset */
  STORM_SCAN_INVALID_UTF8,
  STORM_SCAN_TOO_DEEP,
} StormScanStatus;

typedef enum
{
  STORM_JSON_MISSING,
  STORM_JSON_NULL,
  STORM_JSON_FALSE,
  STORM_JSON_TRUE,
  STORM_JSON_NUMBER,
  STORM_JSON_STRING,
  STORM_JSON_OBJECT,
  STORM_JSON_ARRAY,
} StormJsonType;

/**
 * StormJsonValue:
 * @start: of the value in the text; for a string after the opening quote
 * @len: for a string without the quotes, still escaped
 * @escaped: a string holds escapes, see storm_json_value_dup()
 */
typedef struct
{
  StormJsonType  type;
  gboolean       escaped;
  const char    *start;
  gsize          len;
} StormJsonValue;

/**
 * StormScanSet:
 *
 * The places to look for, compiled once: RFC 6901 pointers. Immutable, counted by references.
 */
typedef struct _StormScanSet StormScanSet;

/**
 * storm_scan_set_new:
 * @pointers: JSON pointers, "" or starting with "/"; duplicates are allowed
 *
 * Returns: (transfer full): the set, or %NULL with an error that quotes the wrong pointer
 */
StormScanSet   *storm_scan_set_new   (const char * const *pointers,
                                      guint               n_pointers,
                                      GError            **error);
StormScanSet   *storm_scan_set_ref   (StormScanSet *self);
void            storm_scan_set_unref (StormScanSet *self);

/**
 * storm_json_scan:
 * @values: (array): as many as @set has pointers; those that are absent are %STORM_JSON_MISSING. Of
 *   a repeated member the last counts, as in json-glib.
 * @error_offset: (out) (optional): where the text goes wrong
 */
StormScanStatus storm_json_scan      (const char         *text,
                                      gsize               len,
                                      const StormScanSet *set,
                                      StormJsonValue     *values,
                                      gsize              *error_offset);

/**
 * storm_json_value_dup:
 *
 * Returns: (transfer full) (nullable): a string unescaped (lone surrogates become U+FFFD), a
 * number,
 *   true, false, object or array as it is written; %NULL for null and missing
 */
char           *storm_json_value_dup (const StormJsonValue *value);

/**
 * storm_json_unescape:
 * @out: room for @len bytes
 *
 * Returns: the bytes written
 */
gsize           storm_json_unescape  (const char *escaped,
                                      gsize       len,
                                      char       *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormScanSet, storm_scan_set_unref)

G_END_DECLS
