#include "config.h"

#include "storm-rules-build-private.h"

/* What lies ahead of a sticky. */
typedef struct
{
  GArray    *steps;       /* of guint32, unsorted, without doubles */
  GPtrArray *starts;      /* of StormLink */
  gint64     target;      /* of the way that takes longest among those that say it */
  gboolean   unchecked;
  gboolean   too_many;
} Ahead;

static gint64
add_targets (gint64 a,
             gint64 b)
{
  return a > G_MAXINT64 - b ? G_MAXINT64 : a + b;
}

/* Forward: what follows. */

static void
ahead_add_step (StormRulesBuild *build,
                Ahead           *ahead,
                guint32          step,
                gint64           target)
{
  ahead->target = MAX (ahead->target, target);
  if (build->seen_steps[step] == build->walk)
    return;
  build->seen_steps[step] = build->walk;
  if (ahead->steps->len >= STORM_RULE_MAX_OUTCOMES)
    ahead->too_many = TRUE;
  else
    g_array_append_val (ahead->steps, step);
}

static void
ahead_take_link (StormRulesBuild *build,
                 Ahead           *ahead,
                 StormLink       *link,
                 gint64           target,
                 gboolean         over_persons)
{
  StormNode *to = get_node (build, link->to);

  target = add_targets (target, link->target);
  if (to->kind == STORM_KIND_EVENT)
    {
      ahead->unchecked = ahead->unchecked || link->unchecked;
      ahead_add_step (build, ahead, build->rules->node_steps[link->to], target);
      return;
    }
  if (storm_kind_acts (to->kind) && !over_persons)
    return;
  ahead->unchecked = ahead->unchecked || link->unchecked;
  if (build->seen[link->to] == build->walk)
    return;
  build->seen[link->to] = build->walk;
  build->targets[link->to] = target;
  g_array_append_val (build->queue, link->to);
}

/* Adds what @link leads to, over any stickies that are no events. */
static void
ahead_follow (StormRulesBuild *build,
              Ahead           *ahead,
              StormLink       *link,
              gboolean         over_persons)
{
  g_ptr_array_add (ahead->starts, link);
  g_array_set_size (build->queue, 0);
  ahead_take_link (build, ahead, link, 0, over_persons);
  for (guint i = 0; i < build->queue->len && !ahead->too_many; i++)
    {
      guint32 node = g_array_index (build->queue, guint32, i);
      GPtrArray *out = get_node (build, node)->out;

      if (i >= STORM_RULE_MAX_WALK)
        {
          ahead->too_many = TRUE;
          return;
        }
      for (guint k = 0; k < out->len && !ahead->too_many; k++)
        ahead_take_link (build, ahead, g_ptr_array_index (out, k), build->targets[node],
                         over_persons);
    }
}

static void
ahead_begin (StormRulesBuild *build,
             Ahead           *ahead)
{
  build->walk++;
  *ahead = (Ahead) { g_array_new (FALSE, FALSE, sizeof (guint32)), g_ptr_array_new (), 0, FALSE,
                     FALSE };
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* A failure stands in for what it is the failure of, and the other way round. */
static void
add_stand_ins (StormRulesBuild *build,
               Ahead           *ahead,
               GArray          *fails)
{
  for (guint i = 0; i < ahead->steps->len && !ahead->too_many; i++)
    {
      guint32 step = g_array_index (ahead->steps, guint32, i);
      GArray *own = g_array_index (fails, GArray *, step);

      if (get_step (build, step)->fail_of != STORM_NO_STEP)
        ahead_add_step (build, ahead, get_step (build, step)->fail_of, 0);
      for (guint k = 0; own != NULL && k < own->len; k++)
        ahead_add_step (build, ahead, g_array_index (own, guint32, k), 0);
    }
}

/* Makes a rule of @reaction out of what was found. */
static void
ahead_end (StormRulesBuild *build,
           Ahead           *ahead,
           guint32          reaction,
           gboolean         must,
           GArray          *fails)
{
  StormRule rule = { reaction, ahead->steps, ahead->target, FALSE, ahead->starts };
  StormReaction *of = &g_array_index (build->rules->reactions, StormReaction, reaction);

  add_stand_ins (build, ahead, fails);
  if (ahead->steps->len == 0 || ahead->too_many)
    {
      g_array_unref (ahead->steps);
      g_ptr_array_unref (ahead->starts);
      return;
    }
  rule.must = (must || ahead->target > 0) && !ahead->unchecked;
  g_array_sort (ahead->steps, compare_ids);
  g_array_append_val (build->rules->rules, rule);
  of->n_rules++;
}

/* Somebody gives this command, so nobody but him knows when. */
static gboolean
is_attended (StormRulesBuild *build,
             StormLink       *link)
{
  StormNode *to = get_node (build, link->to);

  if (to->kind != STORM_KIND_COMMAND)
    return FALSE;
  for (guint i = 0; i < to->in->len; i++)
    {
      StormLink *in = g_ptr_array_index (to->in, i);

      if (storm_kind_acts (get_node (build, in->from)->kind))
        return TRUE;
    }
  return FALSE;
}

/* The ways in @links that are alternatives to each other make one rule; those over persons
 * another one. @wanted says which links belong to it. */
static void
add_alternatives (StormRulesBuild     *build,
                  guint32    reaction,
                  GPtrArray *links,
                  gboolean (*wanted) (StormRulesBuild *build, StormLink *link),
                  GArray    *fails)
{
  gboolean unattended = FALSE;
  Ahead ahead;
  Ahead over_persons;

  ahead_begin (build, &ahead);
  for (guint i = 0; i < links->len; i++)
    {
      StormLink *link = g_ptr_array_index (links, i);
      guint before = ahead.steps->len;

      if (!wanted (build, link) || storm_kind_acts (get_node (build, link->to)->kind))
        continue;
      ahead_follow (build, &ahead, link, FALSE);
      if (ahead.steps->len > before && !is_attended (build, link))
        unattended = TRUE;
    }
  ahead_end (build, &ahead, reaction, unattended, fails);

  ahead_begin (build, &over_persons);
  for (guint i = 0; i < links->len; i++)
    {
      StormLink *link = g_ptr_array_index (links, i);

      if (storm_kind_acts (get_node (build, link->to)->kind))
        ahead_follow (build, &over_persons, link, TRUE);
    }
  ahead_end (build, &over_persons, reaction, FALSE, fails);
}

static gboolean
is_event_link (StormRulesBuild *build,
               StormLink       *link)
{
  return get_node (build, link->to)->kind == STORM_KIND_EVENT;
}

static gboolean
is_any_link (StormRulesBuild *build,
             StormLink       *link)
{
  return TRUE;
}

/* What an event leads to without a policy. */
static gboolean
is_direct_link (StormRulesBuild *build,
                StormLink       *link)
{
  return !is_reacting (get_node (build, link->to)->kind);
}

static void
add_policy_rules (StormRulesBuild *build,
                  guint32          reaction,
                  StormNode       *policy,
                  GArray          *fails)
{
  for (guint i = 0; i < policy->out->len; i++)
    {
      StormLink *link = g_ptr_array_index (policy->out, i);
      StormKind kind = get_node (build, link->to)->kind;
      Ahead ahead;

      if (kind == STORM_KIND_EVENT || storm_kind_acts (kind))
        continue;
      ahead_begin (build, &ahead);
      ahead_follow (build, &ahead, link, FALSE);
      ahead_end (build, &ahead, reaction, TRUE, fails);
    }
  /* Where the command was left out the policy stands for it. */
  add_alternatives (build, reaction, policy->out, is_event_link, fails);
}

static guint32
add_reaction (StormRulesBuild *build,
              StormSticky     *sticky,
              gboolean         all)
{
  StormReaction reaction = { g_object_ref (sticky), g_array_new (FALSE, FALSE, sizeof (guint32)),
                             all, 0, 0, build->rules->rules->len, 0 };

  g_array_append_val (build->rules->reactions, reaction);
  return build->rules->reactions->len - 1;
}

static void
add_input (StormRulesBuild *build,
           guint32          reaction_id,
           guint32          step,
           StormLink       *link)
{
  StormReaction *reaction = &g_array_index (build->rules->reactions, StormReaction, reaction_id);
  StormTrigger trigger = { reaction_id, reaction->inputs->len, link->target, link->unchecked };
  GArray *triggers = get_step (build, step)->triggers;

  /* A board may show the same arrow at two copies of the event. */
  for (guint i = triggers->len; i > 0; i--)
    {
      StormTrigger *known = &g_array_index (triggers, StormTrigger, i - 1);

      if (known->reaction != reaction_id)
        continue;
      known->target = MAX (known->target, link->target);
      known->unchecked = known->unchecked && link->unchecked;
      return;
    }
  g_array_append_val (reaction->inputs, step);
  g_array_append_val (triggers, trigger);
}

static void
add_node_reactions (StormRulesBuild *build,
                    GArray          *fails)
{
  StormRules *rules = build->rules;

  for (guint32 i = 0; i < rules->links->nodes->len; i++)
    {
      StormNode *node = get_node (build, i);
      guint32 reaction = G_MAXUINT32;

      for (guint k = 0; is_reacting (node->kind) && k < node->in->len; k++)
        {
          StormLink *link = g_ptr_array_index (node->in, k);
          guint32 step = rules->node_steps[link->from];

          if (step == STORM_NO_STEP)
            continue;
          if (reaction == G_MAXUINT32)
            reaction = add_reaction (build, node->sticky,
                                     node->kind == STORM_KIND_POLICY &&
                                     storm_sticky_get_join (node->sticky) == STORM_JOIN_ALL);
          add_input (build, reaction, step, link);
        }
      rules->node_reactions[i] = reaction;
      if (reaction == G_MAXUINT32)
        continue;
      if (node->kind == STORM_KIND_POLICY)
        add_policy_rules (build, reaction, node, fails);
      else
        add_alternatives (build, reaction, node->out, is_any_link, fails);
    }
}

static void
add_event_reactions (StormRulesBuild *build,
                     GArray          *fails)
{
  StormRules *rules = build->rules;

  for (guint32 step = 0; step < rules->steps->len; step++)
    {
      GPtrArray *stickies = get_step (build, step)->stickies;
      g_autoptr (GPtrArray) links = g_ptr_array_new ();
      StormLink itself = { 0 };
      guint32 reaction;

      for (guint i = 0; i < stickies->len; i++)
        {
          guint32 node = find_node (rules, g_ptr_array_index (stickies, i));
          GPtrArray *out = get_node (build, node)->out;

          for (guint k = 0; k < out->len; k++)
            {
              if (is_direct_link (build, g_ptr_array_index (out, k)))
                g_ptr_array_add (links, g_ptr_array_index (out, k));
            }
        }
      if (links->len == 0)
        continue;
      reaction = add_reaction (build, g_ptr_array_index (stickies, 0), FALSE);
      add_input (build, reaction, step, &itself);
      for (guint i = 0; i < stickies->len; i++)
        rules->node_reactions[find_node (rules, g_ptr_array_index (stickies, i))] = reaction;
      add_alternatives (build, reaction, links, is_direct_link, fails);
    }
}

static void
count_slots (StormRules *rules)
{
  for (guint i = 0; i < rules->reactions->len; i++)
    {
      StormReaction *reaction = &g_array_index (rules->reactions, StormReaction, i);

      reaction->first_slot = rules->n_slots;
      rules->n_slots += reaction->inputs->len;
      reaction->n_needed = 0;
    }
  for (guint32 i = 0; i < rules->steps->len; i++)
    {
      GArray *triggers = g_array_index (rules->steps, StormStep, i).triggers;

      for (guint k = 0; k < triggers->len; k++)
        {
          StormTrigger *trigger = &g_array_index (triggers, StormTrigger, k);

          if (!trigger->unchecked)
            g_array_index (rules->reactions, StormReaction, trigger->reaction).n_needed++;
        }
    }
}

static void
mix (guint64 *hash,
     guint64  value)
{
  *hash = (*hash ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  *hash ^= *hash >> 29;
}

static void
mix_array (guint64 *hash,
           GArray  *ids)
{
  mix (hash, ids->len);
  for (guint i = 0; i < ids->len; i++)
    mix (hash, g_array_index (ids, guint32, i));
}

static guint64
compute_signature (StormRules *rules)
{
  guint64 hash = 1;

  for (guint i = 0; i < rules->steps->len; i++)
    {
      StormStep *step = &g_array_index (rules->steps, StormStep, i);

      mix (&hash, step->fail_of + (step->free ? G_GUINT64_CONSTANT (1) << 40 : 0));
      for (guint k = 0; k < step->stickies->len; k++)
        mix (&hash, g_str_hash (storm_object_get_id (g_ptr_array_index (step->stickies, k))));
      for (guint k = 0; k < step->triggers->len; k++)
        {
          StormTrigger *trigger = &g_array_index (step->triggers, StormTrigger, k);

          mix (&hash, trigger->reaction);
          mix (&hash, trigger->input * 2u + (trigger->unchecked ? 1 : 0));
          mix (&hash, (guint64) trigger->target);
        }
      mix_array (&hash, step->causes);
    }
  for (guint i = 0; i < rules->reactions->len; i++)
    {
      StormReaction *reaction = &g_array_index (rules->reactions, StormReaction, i);

      mix (&hash, reaction->all ? 1 : 0);
      mix_array (&hash, reaction->inputs);
    }
  for (guint i = 0; i < rules->rules->len; i++)
    {
      StormRule *rule = &g_array_index (rules->rules, StormRule, i);

      mix (&hash, rule->reaction * 2u + (rule->must ? 1 : 0));
      mix (&hash, (guint64) rule->target);
      mix_array (&hash, rule->outcomes);
    }
  return hash;
}

static void
step_clear (gpointer data)
{
  StormStep *step = data;

  g_ptr_array_unref (step->stickies);
  g_array_unref (step->triggers);
  g_clear_pointer (&step->causes, g_array_unref);
}

static void
reaction_clear (gpointer data)
{
  StormReaction *reaction = data;

  g_object_unref (reaction->sticky);
  g_array_unref (reaction->inputs);
}

static void
rule_clear (gpointer data)
{
  StormRule *rule = data;

  g_array_unref (rule->outcomes);
  g_ptr_array_unref (rule->starts);
}

static void
fails_clear (gpointer data)
{
  g_clear_pointer ((GArray **) data, g_array_unref);
}

/* Step → the steps that are its failures. */
static GArray *
list_fails (StormRulesBuild *build)
{
  GArray *fails = g_array_new (FALSE, TRUE, sizeof (GArray *));

  g_array_set_size (fails, build->rules->steps->len);
  g_array_set_clear_func (fails, fails_clear);
  for (guint32 i = 0; i < build->rules->steps->len; i++)
    {
      guint32 of = get_step (build, i)->fail_of;
      GArray **own;

      if (of == STORM_NO_STEP)
        continue;
      own = &g_array_index (fails, GArray *, of);
      if (*own == NULL)
        *own = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (*own, i);
    }
  return fails;
}

static void
compile (StormRulesBuild *build,
         StormBoard      *board)
{
  StormRules *rules = build->rules;
  guint n = rules->links->nodes->len;
  g_autoptr (GArray) fails = NULL;

  rules->places = g_hash_table_new (NULL, NULL);
  for (guint32 i = 0; i < n; i++)
    g_hash_table_insert (rules->places, get_node (build, i)->sticky, GUINT_TO_POINTER (i + 1));
  rules->node_steps = g_new (guint32, MAX (n, 1));
  rules->node_reactions = g_new (guint32, MAX (n, 1));
  storm_rules_find_steps (build, board);
  build->seen_steps = g_new0 (guint32, rules->steps->len + 1);
  fails = list_fails (build);
  add_node_reactions (build, fails);
  add_event_reactions (build, fails);
  storm_rules_find_causes (build);
  count_slots (rules);
  rules->signature = compute_signature (rules);
}

StormRules *
storm_rules_new (StormBoard *board)
{
  StormRules *self = g_new0 (StormRules, 1);
  StormRulesBuild build = { .rules = self };
  guint n;

  self->links = storm_board_links_new (board);
  self->steps = g_array_new (FALSE, FALSE, sizeof (StormStep));
  self->reactions = g_array_new (FALSE, FALSE, sizeof (StormReaction));
  self->rules = g_array_new (FALSE, FALSE, sizeof (StormRule));
  g_array_set_clear_func (self->steps, step_clear);
  g_array_set_clear_func (self->reactions, reaction_clear);
  g_array_set_clear_func (self->rules, rule_clear);
  self->closures = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->flow_rules = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                            (GDestroyNotify) g_array_unref);
  self->rule_links = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  n = MAX (self->links->nodes->len, 1);
  build.seen = g_new0 (guint32, n);
  build.targets = g_new0 (gint64, n);
  build.queue = g_array_new (FALSE, FALSE, sizeof (guint32));
  compile (&build, board);
  g_free (build.seen);
  g_free (build.targets);
  g_free (build.seen_steps);
  g_array_unref (build.queue);
  return self;
}

void
storm_rules_free (StormRules *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->closures);
  g_hash_table_unref (self->flow_rules);
  g_hash_table_unref (self->rule_links);
  g_array_unref (self->rules);
  g_array_unref (self->reactions);
  g_array_unref (self->steps);
  g_free (self->node_reactions);
  g_free (self->node_steps);
  g_clear_pointer (&self->places, g_hash_table_unref);
  storm_board_links_free (self->links);
  g_free (self);
}
