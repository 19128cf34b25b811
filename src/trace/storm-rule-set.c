#include "config.h"

#include "storm-rule-set-private.h"

/* While stickies are dragged about, what touches what is looked at this often. */
#define MOVED_INTERVAL (300 * G_TIME_SPAN_MILLISECOND)

struct _StormRuleSet
{
  GObject     parent_instance;

  StormBoard *board;
  StormRules *rules;          /* NULL until somebody asks */
  gboolean    is_void;
  gboolean    moved;
  gint64      made_at;        /* monotonic */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormRuleSet, storm_rule_set, G_TYPE_OBJECT)

/* Notes and hot spots have no part in the order of events. */
static gboolean
is_part (StormObject *object)
{
  if (STORM_IS_STICKY (object))
    return storm_kind_leads (storm_sticky_get_kind (STORM_STICKY (object)));
  return STORM_IS_FLOW (object);
}

static gboolean
has_part (GPtrArray *objects)
{
  for (guint i = 0; i < objects->len; i++)
    if (is_part (g_ptr_array_index (objects, i)))
      return TRUE;
  return FALSE;
}

static void
on_object_changed (StormRuleSet *self,
                   StormObject  *object,
                   StormProp     props)
{
  guint wanted = STORM_PROP_FROM | STORM_PROP_TO | STORM_PROP_TARGET | STORM_PROP_UNCHECKED;

  if (STORM_IS_STICKY (object))
    {
      wanted = STORM_PROP_KIND | STORM_PROP_JOIN;
      /* Only events are known by their names. */
      if (storm_sticky_get_kind (STORM_STICKY (object)) == STORM_KIND_EVENT)
        wanted |= STORM_PROP_TITLE | STORM_PROP_ALIASES | STORM_PROP_FAIL_OF;
      self->moved = self->moved || ((props & STORM_PROP_RECT) != 0 && is_part (object));
      if ((props & STORM_PROP_KIND) != 0)
        self->is_void = TRUE;
    }
  if (is_part (object) && (props & wanted) != 0)
    self->is_void = TRUE;
}

static void
on_updated (StormRuleSet          *self,
            const StormBoardDelta *delta)
{
  if (has_part (delta->added) || has_part (delta->removed))
    self->is_void = TRUE;
  for (guint i = 0; i < delta->changed->len && !(self->is_void && self->moved); i++)
    {
      const StormObjectChange *change = &g_array_index (delta->changed, StormObjectChange, i);

      on_object_changed (self, change->object, change->props);
    }
}

static void
storm_rule_set_finalize (GObject *object)
{
  StormRuleSet *self = STORM_RULE_SET (object);

  g_clear_pointer (&self->rules, storm_rules_free);
  g_clear_object (&self->board);
  G_OBJECT_CLASS (storm_rule_set_parent_class)->finalize (object);
}

static void
storm_rule_set_class_init (StormRuleSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_rule_set_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_rule_set_init (StormRuleSet *self)
{
}

StormRuleSet *
storm_rule_set_new (StormBoard *board)
{
  StormRuleSet *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_RULE_SET, NULL);
  self->board = g_object_ref (board);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);
  return self;
}

StormBoard *
storm_rule_set_get_board (StormRuleSet *self)
{
  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);

  return self->board;
}

StormRules *
storm_rule_set_get_rules (StormRuleSet *self)
{
  if (self->rules == NULL)
    storm_rule_set_update (self);
  return self->rules;
}

gboolean
storm_rule_set_update (StormRuleSet *self)
{
  gboolean first;
  guint64 before;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), FALSE);

  first = self->rules == NULL;
  if (!first && !self->is_void &&
      !(self->moved && g_get_monotonic_time () - self->made_at >= MOVED_INTERVAL))
    return FALSE;
  before = first ? 0 : self->rules->signature;
  g_clear_pointer (&self->rules, storm_rules_free);
  self->rules = storm_rules_new (self->board);
  self->made_at = g_get_monotonic_time ();
  self->is_void = FALSE;
  self->moved = FALSE;
  if (first || self->rules->signature == before)
    return FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

gboolean
storm_rule_set_is_current (StormRuleSet *self)
{
  g_return_val_if_fail (STORM_IS_RULE_SET (self), FALSE);

  return self->rules != NULL && !self->is_void && !self->moved;
}

guint
storm_rule_set_get_n_steps (StormRuleSet *self)
{
  g_return_val_if_fail (STORM_IS_RULE_SET (self), 0);

  return storm_rule_set_get_rules (self)->steps->len;
}

guint
storm_rule_set_get_n_reactions (StormRuleSet *self)
{
  g_return_val_if_fail (STORM_IS_RULE_SET (self), 0);

  return storm_rule_set_get_rules (self)->reactions->len;
}

guint
storm_rule_set_get_n_rules (StormRuleSet *self)
{
  g_return_val_if_fail (STORM_IS_RULE_SET (self), 0);

  return storm_rule_set_get_rules (self)->rules->len;
}

guint
storm_rule_set_get_n_slots (StormRuleSet *self)
{
  g_return_val_if_fail (STORM_IS_RULE_SET (self), 0);

  return storm_rule_set_get_rules (self)->n_slots;
}

const StormStep *
storm_rule_set_get_step (StormRuleSet *self,
                         guint32       step)
{
  StormRules *rules;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (step < rules->steps->len, NULL);

  return &g_array_index (rules->steps, StormStep, step);
}

const StormReaction *
storm_rule_set_get_reaction (StormRuleSet *self,
                             guint32       reaction)
{
  StormRules *rules;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (reaction < rules->reactions->len, NULL);

  return &g_array_index (rules->reactions, StormReaction, reaction);
}

const StormRule *
storm_rule_set_get_rule (StormRuleSet *self,
                         guint32       rule)
{
  StormRules *rules;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), NULL);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (rule < rules->rules->len, NULL);

  return &g_array_index (rules->rules, StormRule, rule);
}

guint32
storm_rule_set_find_step (StormRuleSet *self,
                          StormSticky  *sticky)
{
  StormRules *rules;
  guint place;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), STORM_NO_STEP);

  rules = storm_rule_set_get_rules (self);
  place = GPOINTER_TO_UINT (g_hash_table_lookup (rules->places, sticky));
  return place > 0 ? rules->node_steps[place - 1] : STORM_NO_STEP;
}

const char *
storm_rule_set_get_title (StormRuleSet *self,
                          guint32       step)
{
  const StormStep *found = storm_rule_set_get_step (self, step);

  g_return_val_if_fail (found != NULL, NULL);

  return storm_sticky_get_title (g_ptr_array_index (found->stickies, 0));
}

gboolean
storm_rule_has_outcome (const StormRule *rule,
                        guint32          step)
{
  guint from = 0;
  guint to = rule->outcomes->len;

  while (from < to)
    {
      guint middle = (from + to) / 2;
      guint32 found = g_array_index (rule->outcomes, guint32, middle);

      if (found == step)
        return TRUE;
      if (found < step)
        from = middle + 1;
      else
        to = middle;
    }
  return FALSE;
}

gboolean
storm_rule_set_has_duty (StormRuleSet *self,
                         guint32       step)
{
  const StormStep *found = storm_rule_set_get_step (self, step);

  g_return_val_if_fail (found != NULL, FALSE);

  for (guint i = 0; i < found->triggers->len; i++)
    {
      const StormTrigger *trigger = &g_array_index (found->triggers, StormTrigger, i);
      const StormReaction *reaction = storm_rule_set_get_reaction (self, trigger->reaction);

      for (guint k = 0; !trigger->unchecked && k < reaction->n_rules; k++)
        {
          if (storm_rule_set_get_rule (self, reaction->first_rule + k)->must)
            return TRUE;
        }
    }
  return FALSE;
}

static guint8 *
make_closure (StormRuleSet *self,
              guint32       step)
{
  StormRules *rules = self->rules;
  guint8 *closure = g_malloc0 (rules->steps->len / 8 + 1);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_append_val (queue, step);
  closure[step / 8] |= 1u << (step % 8);
  for (guint i = 0; i < queue->len; i++)
    {
      const StormStep *from = storm_rule_set_get_step (self, g_array_index (queue, guint32, i));

      for (guint t = 0; t < from->triggers->len; t++)
        {
          const StormReaction *reaction =
            storm_rule_set_get_reaction (self, g_array_index (from->triggers, StormTrigger,
                                                              t).reaction);

          for (guint r = 0; r < reaction->n_rules; r++)
            {
              GArray *outcomes = storm_rule_set_get_rule (self, reaction->first_rule + r)->outcomes;

              for (guint k = 0; k < outcomes->len; k++)
                {
                  guint32 next = g_array_index (outcomes, guint32, k);

                  if (closure[next / 8] & (1u << (next % 8)))
                    continue;
                  closure[next / 8] |= 1u << (next % 8);
                  g_array_append_val (queue, next);
                }
            }
        }
    }
  return closure;
}

gboolean
storm_rule_set_follows (StormRuleSet *self,
                        guint32       step,
                        guint32       later)
{
  StormRules *rules;
  guint8 *closure;

  g_return_val_if_fail (STORM_IS_RULE_SET (self), FALSE);
  rules = storm_rule_set_get_rules (self);
  g_return_val_if_fail (step < rules->steps->len && later < rules->steps->len, FALSE);

  if (step == later)
    return TRUE;
  closure = g_hash_table_lookup (rules->closures, GUINT_TO_POINTER (step));
  if (closure == NULL)
    {
      closure = make_closure (self, step);
      g_hash_table_insert (rules->closures, GUINT_TO_POINTER (step), closure);
    }
  return (closure[later / 8] & (1u << (later % 8))) != 0;
}
