#include "config.h"

#include "storm-find-words.h"

#include <string.h>

/* More is a pasted text, no search. */
#define MAX_WORDS 32

struct _StormFindWords
{
  char **words;
};

/* Decomposed Hangul has to find composed Hangul, and É also é. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

StormFindWords *
storm_find_words_new (const char *text)
{
  StormFindWords *self = g_new0 (StormFindWords, 1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = fold (text != NULL ? text : "");
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\r\n", -1);

  for (guint i = 0; parts[i] != NULL && words->len < MAX_WORDS; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_add (words, NULL);
  self->words = (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
  return self;
}

void
storm_find_words_free (StormFindWords *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->words);
  g_free (self);
}

gboolean
storm_find_words_is_empty (const StormFindWords *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->words[0] == NULL;
}

/* CamelCase is folded by now, so only what is no letter and no digit parts words. */
static gboolean
begins_word (const char *text,
             const char *at)
{
  return at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));
}

static guint
rank_word (const char *text,
           const char *word)
{
  guint rank = 0;

  for (const char *at = strstr (text, word); at != NULL && rank < 2; at = strstr (at + 1, word))
    rank = begins_word (text, at) ? 2 : 1;
  return rank;
}

guint
storm_find_words_rank (const StormFindWords *self,
                       const char           *text)
{
  g_autofree char *folded = NULL;
  guint rank = 2;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (text != NULL, 0);

  if (self->words[0] == NULL)
    return 1;

  folded = fold (text);
  for (guint i = 0; self->words[i] != NULL && rank > 0; i++)
    rank = MIN (rank, rank_word (folded, self->words[i]));

  return rank == 2 && g_str_has_prefix (folded, self->words[0]) ? 3 : rank;
}
