#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormStrings:
 *
 * Interned strings: event types, topics, correlation keys. The same text has the same number, in
 * every batch of a session; number 0 is the empty string. Any thread may intern; reading needs no
 * lock, because storage only grows and never moves. Counted by references.
 */
typedef struct _StormStrings StormStrings;

StormStrings *storm_strings_new    (void);
StormStrings *storm_strings_ref    (StormStrings *self);
void          storm_strings_unref  (StormStrings *self);

/**
 * storm_strings_intern:
 * @text: bytes, need not end in nul; what is not UTF-8 is replaced first
 *
 * Returns: the number of @text
 */
guint32       storm_strings_intern (StormStrings *self,
                                    const char   *text,
                                    gsize         len);

/** storm_strings_find: the number of @text, or 0 when it was never interned. */
guint32       storm_strings_find   (StormStrings *self,
                                    const char   *text,
                                    gssize        len);

/** storm_strings_get: (transfer none): the text of @id, nul-terminated, valid as long as @self. */
const char   *storm_strings_get    (StormStrings *self,
                                    guint32       id);
guint32       storm_strings_get_n  (StormStrings *self);
/** storm_strings_get_bytes: memory held, in bytes. */
gsize         storm_strings_get_bytes (StormStrings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormStrings, storm_strings_unref)

G_END_DECLS
