#include "config.h"

#include "storm-matcher.h"

#include <glib/gi18n-lib.h>

#include "storm-mapping.h"

typedef struct
{
  GPtrArray     *stickies;
  StormMatchWhy  why;
} Match;

struct _StormMatcher
{
  GObject       parent_instance;

  StormBoard   *board;
  StormStrings *strings;
  /* name → GPtrArray of StormSticky; one table for each kind of match. NULL while void. */
  GHashTable   *names[STORM_MATCH_NORMAL_NAME + 1];
  GHashTable   *matches;    /* type id → Match */
  GPtrArray    *nothing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormMatcher, storm_matcher, G_TYPE_OBJECT)

static void
match_free (gpointer data)
{
  Match *match = data;

  g_ptr_array_unref (match->stickies);
  g_free (match);
}

static void
add_name (StormMatcher  *self,
          StormMatchWhy  why,
          const char    *name,
          StormSticky   *sticky)
{
  GPtrArray *stickies;

  if (name == NULL || *name == '\0')
    return;
  stickies = g_hash_table_lookup (self->names[why], name);
  if (stickies == NULL)
    {
      stickies = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->names[why], g_strdup (name), stickies);
    }
  /* A sticky whose title and aliases have the same normal form still stands there once. */
  if (stickies->len == 0 || g_ptr_array_index (stickies, stickies->len - 1) != sticky)
    g_ptr_array_add (stickies, g_object_ref (sticky));
}

static void
add_sticky (StormMatcher *self,
            StormSticky  *sticky)
{
  const char * const *aliases = storm_sticky_get_aliases (sticky);
  const char *title = storm_sticky_get_title (sticky);
  g_autofree char *normal = storm_type_name_normalize (title);

  add_name (self, STORM_MATCH_NAME, title, sticky);
  add_name (self, STORM_MATCH_NORMAL_NAME, normal, sticky);
  for (; aliases != NULL && *aliases != NULL; aliases++)
    {
      g_autofree char *normal_alias = storm_type_name_normalize (*aliases);

      add_name (self, STORM_MATCH_ALIAS, *aliases, sticky);
      add_name (self, STORM_MATCH_NORMAL_ALIAS, normal_alias, sticky);
    }
}

static void
build (StormMatcher *self)
{
  GListModel *stickies = storm_board_get_stickies (self->board);
  guint n = g_list_model_get_n_items (stickies);
  guint why;
  guint i;

  for (why = STORM_MATCH_ALIAS; why <= STORM_MATCH_NORMAL_NAME; why++)
    self->names[why] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) g_ptr_array_unref);
  for (i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);

      if (storm_sticky_get_kind (sticky) == STORM_KIND_EVENT)
        add_sticky (self, sticky);
    }
}

static void
drop (StormMatcher *self)
{
  guint why;

  for (why = STORM_MATCH_ALIAS; why <= STORM_MATCH_NORMAL_NAME; why++)
    g_clear_pointer (&self->names[why], g_hash_table_unref);
  g_hash_table_remove_all (self->matches);
}

static void
make_void (StormMatcher *self)
{
  /* While nobody has asked since the last time, everybody knows already. */
  if (self->names[STORM_MATCH_ALIAS] == NULL)
    return;
  drop (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_event (StormObject *object)
{
  return STORM_IS_STICKY (object) &&
         storm_sticky_get_kind (STORM_STICKY (object)) == STORM_KIND_EVENT;
}

static gboolean
has_event (GPtrArray *objects)
{
  for (guint i = 0; i < objects->len; i++)
    if (is_event (g_ptr_array_index (objects, i)))
      return TRUE;
  return FALSE;
}

static gboolean
renames_event (const StormBoardDelta *delta)
{
  const StormProp names = STORM_PROP_TITLE | STORM_PROP_ALIASES;

  if ((delta->props[STORM_OBJECT_STICKY] & names) == 0)
    return FALSE;
  for (guint i = 0; i < delta->changed->len; i++)
    {
      const StormObjectChange *change = &g_array_index (delta->changed, StormObjectChange, i);

      if ((change->props & names) != 0 && is_event (change->object))
        return TRUE;
    }
  return FALSE;
}

static void
on_updated (StormMatcher          *self,
            const StormBoardDelta *delta)
{
  if ((delta->props[STORM_OBJECT_STICKY] & STORM_PROP_KIND) != 0 || has_event (delta->added) ||
      has_event (delta->removed) || renames_event (delta))
    make_void (self);
}

static Match *
find_match (StormMatcher *self,
            guint32       type_id)
{
  const char *type = storm_strings_get (self->strings, type_id);
  g_autofree char *normal = NULL;
  Match *match = g_new0 (Match, 1);
  guint why;

  match->why = STORM_MATCH_NONE;
  match->stickies = g_ptr_array_ref (self->nothing);
  if (type == NULL || *type == '\0')
    return match;

  normal = storm_type_name_normalize (type);
  for (why = STORM_MATCH_ALIAS; why <= STORM_MATCH_NORMAL_NAME; why++)
    {
      const char *name = why >= STORM_MATCH_NORMAL_ALIAS ? normal : type;
      GPtrArray *found = g_hash_table_lookup (self->names[why], name);

      if (found != NULL)
        {
          g_ptr_array_unref (match->stickies);
          match->stickies = g_ptr_array_ref (found);
          match->why = why;
          break;
        }
    }
  return match;
}

static void
storm_matcher_finalize (GObject *object)
{
  StormMatcher *self = STORM_MATCHER (object);

  drop (self);
  g_clear_pointer (&self->matches, g_hash_table_unref);
  g_clear_pointer (&self->nothing, g_ptr_array_unref);
  g_clear_pointer (&self->strings, storm_strings_unref);
  g_clear_object (&self->board);
  G_OBJECT_CLASS (storm_matcher_parent_class)->finalize (object);
}

static void
storm_matcher_class_init (StormMatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_matcher_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_matcher_init (StormMatcher *self)
{
  self->matches = g_hash_table_new_full (NULL, NULL, NULL, match_free);
  self->nothing = g_ptr_array_new ();
}

StormMatcher *
storm_matcher_new (StormBoard   *board,
                   StormStrings *strings)
{
  StormMatcher *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (strings != NULL, NULL);

  self = g_object_new (STORM_TYPE_MATCHER, NULL);
  self->board = g_object_ref (board);
  self->strings = storm_strings_ref (strings);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  return self;
}

GPtrArray *
storm_matcher_match (StormMatcher  *self,
                     guint32        type_id,
                     StormMatchWhy *why)
{
  Match *match;

  g_return_val_if_fail (STORM_IS_MATCHER (self), NULL);

  if (self->names[STORM_MATCH_ALIAS] == NULL)
    build (self);
  match = g_hash_table_lookup (self->matches, GUINT_TO_POINTER (type_id));
  if (match == NULL)
    {
      match = find_match (self, type_id);
      g_hash_table_insert (self->matches, GUINT_TO_POINTER (type_id), match);
    }
  if (why != NULL)
    *why = match->why;
  return match->stickies;
}

char *
storm_match_why_words (StormMatchWhy  why,
                       const char    *title)
{
  switch (why)
    {
    case STORM_MATCH_ALIAS:
      /* Translators: a sticky's title, and why it is the sticky of an event. */
      return g_strdup_printf (_("Sticky “%s”: An alias of the sticky is exactly the event type."),
                              title);
    case STORM_MATCH_NAME:
      return g_strdup_printf (_("Sticky “%s”: The title is exactly the event type."), title);
    case STORM_MATCH_NORMAL_ALIAS:
      return g_strdup_printf (_("Sticky “%s”: An alias is the event type, but for case, spaces, "
                                "prefix or version."), title);
    case STORM_MATCH_NORMAL_NAME:
      return g_strdup_printf (_("Sticky “%s”: The title is the event type, but for case, spaces, "
                                "prefix or version."), title);
    case STORM_MATCH_NONE:
    default:
      if (title == NULL)
        return g_strdup (_("No sticky has this event type as title or alias."));
      /* Translators: the title of the sticky with the most similar name. */
      return g_strdup_printf (_("No sticky has this event type as title or alias. The nearest is "
                                "“%s”."), title);
    }
}
