#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** STORM_JSON_MAX_DEPTH: json-glib 1.6 recurses; 100,000 nested `[` would overflow the stack. */
#define STORM_JSON_MAX_DEPTH 64
/** STORM_JSON_MAX_BYTES: the largest document that is loaded, 256 MiB. */
#define STORM_JSON_MAX_BYTES (256 * 1024 * 1024)

/**
 * storm_json_parse:
 * @data: (array length=len): a JSON document from outside, not trusted
 * @name: what the error message calls it, for example a file's name
 *
 * Checks size, UTF-8 and depth before json-glib sees the document. For documents; never used for
 * events (see storm-json-scan.h).
 *
 * Returns: (transfer full): the root, or %NULL with an error that names line and column
 */
JsonNode *storm_json_parse      (const char  *data,
                                 gsize        len,
                                 const char  *name,
                                 GError     **error);

/**
 * storm_json_parse_file:
 *
 * Reads @file and does as storm_json_parse().
 */
JsonNode *storm_json_parse_file (GFile         *file,
                                 GCancellable  *cancellable,
                                 GError       **error);

/**
 * storm_json_check_depth:
 *
 * Returns: whether nothing in @data nests deeper than @max_depth (brackets in strings don't count)
 */
gboolean  storm_json_check_depth (const char *data,
                                  gsize       len,
                                  guint       max_depth);

/**
 * storm_json_line_of:
 *
 * Returns: the line (from 1) of byte @offset in @data
 */
guint     storm_json_line_of    (const char *data,
                                 gsize       len,
                                 gsize       offset);

/**
 * storm_json_append_string:
 * @out: where the quoted and escaped string goes
 *
 * Writes valid JSON for any @text; bytes that are not UTF-8 become U+FFFD.
 */
void      storm_json_append_string (GString    *out,
                                    const char *text,
                                    gssize      len);

/**
 * storm_json_append_number:
 *
 * The shortest decimal that reads back as @number, independent of the locale; integers have no
 * point. @number must be finite.
 */
void      storm_json_append_number (GString    *out,
                                    double      number);

G_END_DECLS
