#include "config.h"

#include "storm-match-near.h"

#include <string.h>

#include "storm-mapping.h"

/* Longer names are compared by their beginnings. */
#define MAX_LETTERS 80
/* A part of a name says something from so many letters on. */
#define MIN_PART 4

/* How many letters are to be put in, taken away or replaced; some number above @most when those are
 * more. */
static guint
measure (const gunichar *a,
         guint           n_a,
         const gunichar *b,
         guint           n_b,
         guint           most)
{
  guint line[MAX_LETTERS + 1];

  for (guint j = 0; j <= n_b; j++)
    line[j] = j;
  for (guint i = 1; i <= n_a; i++)
    {
      guint before = line[0], least = i;

      line[0] = i;
      for (guint j = 1; j <= n_b; j++)
        {
          guint replaced = before + (a[i - 1] != b[j - 1]);

          before = line[j];
          line[j] = MIN (replaced, MIN (line[j], line[j - 1]) + 1);
          least = MIN (least, line[j]);
        }
      if (least > most)
        return least;
    }
  return line[n_b];
}

/* How far @name is from the type, %G_MAXUINT when it is too far to have been meant. */
static guint
get_distance (const char     *type,
              const gunichar *letters,
              guint           n_letters,
              const char     *name)
{
  g_autofree char *normal = storm_type_name_normalize (name);
  g_autofree gunichar *others = NULL;
  glong n_others;
  guint shorter, most, distance;
  gboolean is_part;

  if (*normal == '\0')
    return G_MAXUINT;
  others = g_utf8_to_ucs4_fast (normal, -1, &n_others);
  n_others = MIN (n_others, MAX_LETTERS);
  shorter = MIN (n_letters, (guint) n_others);
  most = MAX (shorter / 4, 1);
  is_part = shorter >= MIN_PART &&
            (g_str_has_prefix (type, normal) || g_str_has_suffix (type, normal) ||
             g_str_has_prefix (normal, type) || g_str_has_suffix (normal, type));
  distance = measure (letters, n_letters, others, (guint) n_others, is_part ? G_MAXUINT : most);
  if (distance <= most && distance < shorter)
    return distance;
  /* Farther than any that differs by letters. */
  return is_part ? MAX_LETTERS + distance : G_MAXUINT;
}

StormSticky *
storm_match_near (StormBoard *board,
                  const char *type)
{
  g_autofree char *normal = NULL;
  g_autofree gunichar *letters = NULL;
  GListModel *stickies;
  StormSticky *best = NULL;
  guint best_distance = G_MAXUINT;
  glong n_letters;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  normal = storm_type_name_normalize (type);
  letters = g_utf8_to_ucs4_fast (normal, -1, &n_letters);
  n_letters = MIN (n_letters, MAX_LETTERS);
  if (n_letters == 0)
    return NULL;

  stickies = storm_board_get_stickies (board);
  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const char * const *aliases = storm_sticky_get_aliases (sticky);
      guint distance;

      if (storm_sticky_get_kind (sticky) != STORM_KIND_EVENT)
        continue;
      distance = get_distance (normal, letters, (guint) n_letters,
                               storm_sticky_get_title (sticky));
      for (; aliases != NULL && *aliases != NULL; aliases++)
        distance = MIN (distance, get_distance (normal, letters, (guint) n_letters, *aliases));
      if (distance < best_distance)
        {
          best_distance = distance;
          best = sticky;
        }
    }
  return best;
}
