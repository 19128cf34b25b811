#include "config.h"

#include "storm-mapping.h"
#include "storm-rules-build-private.h"

static guint32
find_root (guint32 *parents,
           guint32  node)
{
  while (parents[node] != node)
    {
      parents[node] = parents[parents[node]];
      node = parents[node];
    }
  return node;
}

static void
unite (GHashTable *names,
       guint32    *parents,
       guint32     node,
       char        kind,
       const char *name)
{
  g_autofree char *normal = storm_type_name_normalize (name);
  char *key;
  guint other;

  if (*normal == '\0')
    return;
  key = g_strdup_printf ("%c%s", kind, normal);
  other = GPOINTER_TO_UINT (g_hash_table_lookup (names, key));
  if (other != 0)
    parents[find_root (parents, node)] = find_root (parents, other - 1);
  g_hash_table_insert (names, key, GUINT_TO_POINTER (node + 1));
}

static guint32
add_step (StormRules *rules)
{
  StormStep step = { g_ptr_array_new_with_free_func (g_object_unref), STORM_NO_STEP,
                     STORM_NO_STEP, g_array_new (FALSE, FALSE, sizeof (StormTrigger)), NULL,
                     FALSE };

  g_array_append_val (rules->steps, step);
  return rules->steps->len - 1;
}

static void
add_steps (StormRulesBuild *build)
{
  StormRules *rules = build->rules;
  guint n = rules->links->nodes->len;
  g_autofree guint32 *parents = g_new (guint32, MAX (n, 1));
  g_autofree guint32 *steps = g_new (guint32, MAX (n, 1));
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint32 i = 0; i < n; i++)
    {
      StormSticky *sticky = get_node (build, i)->sticky;
      const char * const *alias = storm_sticky_get_aliases (sticky);

      parents[i] = i;
      steps[i] = STORM_NO_STEP;
      rules->node_steps[i] = STORM_NO_STEP;
      if (get_node (build, i)->kind != STORM_KIND_EVENT)
        continue;
      unite (names, parents, i, 't', storm_sticky_get_title (sticky));
      for (; alias != NULL && *alias != NULL; alias++)
        unite (names, parents, i, 'a', *alias);
    }
  for (guint32 i = 0; i < n; i++)
    {
      guint32 root = find_root (parents, i);

      if (get_node (build, i)->kind != STORM_KIND_EVENT)
        continue;
      if (steps[root] == STORM_NO_STEP)
        steps[root] = add_step (rules);
      rules->node_steps[i] = steps[root];
      g_ptr_array_add (get_step (build, steps[root])->stickies,
                       g_object_ref (get_node (build, i)->sticky));
    }
}


static void
add_fails (StormRulesBuild *build,
           StormBoard      *board)
{
  StormRules *rules = build->rules;

  for (guint32 i = 0; i < rules->links->nodes->len; i++)
    {
      const char *id = storm_sticky_get_fail_of (get_node (build, i)->sticky);
      StormSticky *of = id != NULL ? storm_board_lookup_sticky (board, id) : NULL;
      guint32 step = rules->node_steps[i];
      guint32 node;

      if (step == STORM_NO_STEP || of == NULL)
        continue;
      node = find_node (rules, of);
      if (node != STORM_NO_NODE && rules->node_steps[node] != STORM_NO_STEP &&
          rules->node_steps[node] != step)
        get_step (build, step)->fail_of = rules->node_steps[node];
    }
  for (guint32 i = rules->steps->len; i > 0; i--)
    {
      guint32 of = get_step (build, i - 1)->fail_of;

      if (of != STORM_NO_STEP)
        get_step (build, of)->failed_by = i - 1;
    }
}

void
storm_rules_find_steps (StormRulesBuild *build,
                        StormBoard      *board)
{
  add_steps (build);
  add_fails (build, board);
}
