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

/**
 * storm_strings_intern_in:
 * @connection: the number of a connection's name; with 0 this is storm_strings_intern()
 *
 * Returns: the number of @text as one of @connection, another for each
 */
guint32       storm_strings_intern_in (StormStrings *self,
                                       guint32       connection,
                                       const char   *text,
                                       gsize         len);

/** storm_strings_find: the number of @text, or 0 when it was never interned. */
guint32       storm_strings_find   (StormStrings *self,
                                    const char   *text,
                                    gssize        len);

/** storm_strings_get: (transfer none): the text of @id, nul-terminated, valid as long as @self. */
const char   *storm_strings_get    (StormStrings *self,
                                    guint32       id);
/** storm_strings_get_connection: of what @id was interned in; 0 for none. */
guint32       storm_strings_get_connection (StormStrings *self,
                                            guint32       id);
/**
 * storm_strings_set_home:
 * @name: (nullable): the name of the connection whose texts are interned in none: that which was
 *   alone at first
 */
void          storm_strings_set_home (StormStrings *self,
                                      const char   *name);
/** storm_strings_get_connection_name: (transfer none) (nullable): the name of the connection that
 * @id was interned in, or the home's; %NULL when there is none. */
const char   *storm_strings_get_connection_name (StormStrings *self,
                                                 guint32       id);
guint32       storm_strings_get_n  (StormStrings *self);
/** storm_strings_get_bytes: memory held, in bytes. */
gsize         storm_strings_get_bytes (StormStrings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormStrings, storm_strings_unref)

G_END_DECLS
