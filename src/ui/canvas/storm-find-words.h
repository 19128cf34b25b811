#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormFindWords:
 *
 * What somebody looks for: words that all have to be found, in any order, whatever their case. A
 * plain value without GTK.
 */
typedef struct _StormFindWords StormFindWords;

/** storm_find_words_new: @text: (nullable): as typed. */
StormFindWords *storm_find_words_new      (const char           *text);
void            storm_find_words_free     (StormFindWords       *self);
gboolean        storm_find_words_is_empty (const StormFindWords *self);

/**
 * storm_find_words_rank:
 * @text: what is looked through
 *
 * Returns: 0 when a word is missing, else how well the text fits: the whole text begins with the
 *   first word (3), each word begins one of the text's (2), or all are somewhere in it (1). Without
 *   words everything fits alike (1).
 */
guint           storm_find_words_rank     (const StormFindWords *self,
                                           const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormFindWords, storm_find_words_free)

G_END_DECLS
