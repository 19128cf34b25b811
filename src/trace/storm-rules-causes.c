#include "config.h"

#include "storm-rules-build-private.h"

static void
add_cause (StormRulesBuild *build,
           GArray          *causes,
           guint32          reaction)
{
  for (guint i = causes->len; i > 0; i--)
    {
      if (g_array_index (causes, guint32, i - 1) == reaction)
        return;
    }
  g_array_append_val (causes, reaction);
}

static void
push_back (StormRulesBuild *build,
           guint32          node)
{
  if (build->seen[node] == build->walk)
    return;
  build->seen[node] = build->walk;
  g_array_append_val (build->queue, node);
}

/* What persons are told before they act at @node. Returns whether there is such a thing. */
static gboolean
look_back_over_persons (StormRulesBuild *build,
                        StormNode       *node,
                        GArray          *causes)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gboolean told = FALSE;

  g_ptr_array_add (todo, node);
  for (guint i = 0; i < todo->len && i < STORM_RULE_MAX_WALK; i++)
    {
      GPtrArray *in = ((StormNode *) g_ptr_array_index (todo, i))->in;

      for (guint k = 0; k < in->len; k++)
        {
          StormLink *link = g_ptr_array_index (in, k);
          StormNode *from = get_node (build, link->from);

          if (from->kind == STORM_KIND_EVENT)
            {
              StormNode *to = g_ptr_array_index (todo, i);

              add_cause (build, causes, build->rules->node_reactions[is_reacting (to->kind) ?
                                                                     link->to : link->from]);
              told = TRUE;
            }
          else if (g_hash_table_add (seen, from))
            g_ptr_array_add (todo, from);
        }
    }
  return told;
}

/* Looks at what leads to @node: adds causes, and what is to be looked at further back. */
static void
look_back (StormRulesBuild *build,
           guint32          node_id,
           GArray          *causes,
           gboolean        *any_time)
{
  StormNode *node = get_node (build, node_id);
  StormRules *rules = build->rules;
  guint n_strong = 0;
  guint n_acts = 0;

  for (guint i = 0; i < node->in->len; i++)
    {
      StormLink *link = g_ptr_array_index (node->in, i);
      StormKind kind = get_node (build, link->from)->kind;

      if (storm_kind_acts (kind))
        {
          n_acts++;
          continue;
        }
      n_strong++;
      *any_time = *any_time || link->unchecked;
      if (kind != STORM_KIND_EVENT)
        push_back (build, link->from);
      else if (is_reacting (node->kind))
        add_cause (build, causes, rules->node_reactions[node_id]);
      else
        add_cause (build, causes, rules->node_reactions[link->from]);
    }
  if (n_strong > 0)
    return;
  /* Whoever acts here may have been told by an event, over a read model; else he just acts. */
  if (n_acts > 0)
    *any_time = !look_back_over_persons (build, node, causes) || *any_time;
  else if (node->kind != STORM_KIND_EVENT)
    *any_time = TRUE;
}

static void
find_causes (StormRulesBuild *build,
             guint32          step_id)
{
  StormStep *step = get_step (build, step_id);

  step->causes = g_array_new (FALSE, FALSE, sizeof (guint32));
  build->walk++;
  g_array_set_size (build->queue, 0);
  for (guint i = 0; i < step->stickies->len; i++)
    push_back (build, find_node (build->rules, g_ptr_array_index (step->stickies, i)));
  for (guint i = 0; i < build->queue->len && !step->free; i++)
    {
      guint32 node = g_array_index (build->queue, guint32, i);

      if (i >= STORM_RULE_MAX_WALK || step->causes->len > STORM_RULE_MAX_OUTCOMES)
        step->free = TRUE;
      else
        look_back (build, node, step->causes, &step->free);
    }
  if (step->causes->len == 0)
    step->free = TRUE;
}

/* A failure of which nobody drew where it comes from comes from where its event comes. */
static void
inherit_causes (StormRulesBuild *build)
{
  for (guint32 i = 0; i < build->rules->steps->len; i++)
    {
      StormStep *step = get_step (build, i);
      StormStep *of;
      gboolean has_way = FALSE;

      if (step->fail_of == STORM_NO_STEP || step->causes->len > 0)
        continue;
      for (guint k = 0; k < step->stickies->len; k++)
        {
          guint32 node = find_node (build->rules, g_ptr_array_index (step->stickies, k));

          has_way = has_way || get_node (build, node)->in->len > 0;
        }
      of = get_step (build, step->fail_of);
      if (has_way || of->free || of->causes->len == 0)
        continue;
      g_array_append_vals (step->causes, of->causes->data, of->causes->len);
      step->free = FALSE;
    }
}

/* Marks @start and what can come about from it. */
static void
reach (StormRulesBuild *build,
       guint32          start,
       guint8          *reached,
       guint           *n_waiting)
{
  g_array_set_size (build->queue, 0);
  g_array_append_val (build->queue, start);
  reached[start] = TRUE;
  for (guint i = 0; i < build->queue->len; i++)
    {
      StormStep *step = get_step (build, g_array_index (build->queue, guint32, i));

      for (guint t = 0; t < step->triggers->len; t++)
        {
          guint32 id = g_array_index (step->triggers, StormTrigger, t).reaction;
          StormReaction *reaction = &g_array_index (build->rules->reactions, StormReaction, id);

          if (n_waiting[id] == 0 || (--n_waiting[id] > 0 && reaction->all))
            continue;
          n_waiting[id] = 0;
          for (guint r = 0; r < reaction->n_rules; r++)
            {
              GArray *outcomes = g_array_index (build->rules->rules, StormRule,
                                                reaction->first_rule + r).outcomes;

              for (guint k = 0; k < outcomes->len; k++)
                {
                  guint32 next = g_array_index (outcomes, guint32, k);

                  if (reached[next])
                    continue;
                  reached[next] = TRUE;
                  g_array_append_val (build->queue, next);
                }
            }
        }
    }
}

static double
leftmost (StormStep *step)
{
  double x = G_MAXDOUBLE;

  for (guint i = 0; i < step->stickies->len; i++)
    x = MIN (x, storm_sticky_get_rect (g_ptr_array_index (step->stickies, i))->x);
  return x;
}

static int
compare_left (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  double x = leftmost (get_step (user_data, *(const guint32 *) a));
  double y = leftmost (get_step (user_data, *(const guint32 *) b));

  return x < y ? -1 : x > y ? 1 : (int) (*(const guint32 *) a > *(const guint32 *) b);
}

/* Of events that only lead to each other one has to begin: time goes from left to right. */
static void
open_loops (StormRulesBuild *build)
{
  StormRules *rules = build->rules;
  g_autofree guint8 *reached = g_new0 (guint8, rules->steps->len + 1);
  g_autofree guint *n_waiting = g_new0 (guint, rules->reactions->len + 1);
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < rules->reactions->len; i++)
    n_waiting[i] = g_array_index (rules->reactions, StormReaction, i).inputs->len;
  for (guint32 i = 0; i < rules->steps->len; i++)
    {
      if (get_step (build, i)->free && !reached[i])
        reach (build, i, reached, n_waiting);
    }
  for (guint32 i = 0; i < rules->steps->len; i++)
    {
      if (!reached[i])
        g_array_append_val (rest, i);
    }
  g_array_sort_with_data (rest, compare_left, build);
  for (guint i = 0; i < rest->len; i++)
    {
      guint32 step = g_array_index (rest, guint32, i);

      if (reached[step])
        continue;
      get_step (build, step)->free = TRUE;
      reach (build, step, reached, n_waiting);
    }
}

void
storm_rules_find_causes (StormRulesBuild *build)
{
  for (guint32 i = 0; i < build->rules->steps->len; i++)
    find_causes (build, i);
  inherit_causes (build);
  open_loops (build);
}
