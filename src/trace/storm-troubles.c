#include "config.h"

#include "storm-troubles.h"

#include "storm-conformance-private.h"

gboolean
storm_trace_state_is_trouble (StormTraceState state)
{
  return state > STORM_TRACE_RUNNING && state < STORM_N_TRACE_STATES;
}

gboolean
storm_trace_state_needs_help (StormTraceState state)
{
  return state == STORM_TRACE_FAILED || state == STORM_TRACE_STUCK ||
         state == STORM_TRACE_UNCOMPENSATED;
}

guint
storm_conformance_count_troubled (StormConformance *self)
{
  guint n = 0;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), 0);

  for (guint state = STORM_TRACE_RUNNING + 1; state < STORM_N_TRACE_STATES; state++)
    n += self->n_in_state[state];
  return n;
}

GArray *
storm_conformance_list_troubled (StormConformance *self)
{
  guint next[STORM_N_TRACE_STATES] = { 0 };
  GArray *places;
  guint n = 0;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  /* Where those of each state begin: then one look at the records is enough. */
  for (guint state = STORM_N_TRACE_STATES - 1; state > STORM_TRACE_RUNNING; state--)
    {
      next[state] = n;
      n += self->n_in_state[state];
    }
  places = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  g_array_set_size (places, n);
  for (guint i = 0; n > 0 && i < self->blocks->len; i++)
    {
      StormRecordBlock *block = g_ptr_array_index (self->blocks, i);

      for (guint k = 0, left = block->n_troubled; left > 0 && k < STORM_BLOCK_SIZE; k++)
        {
          guint state = block->records[k].state;

          if (!storm_trace_state_is_trouble (state))
            continue;
          g_array_index (places, guint32, next[state]++) = (i << STORM_BLOCK_BITS) + k;
          left--;
        }
    }
  return places;
}

GArray *
storm_conformance_list_troubled_by_place (StormConformance *self)
{
  GArray *places;
  guint n;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  n = storm_conformance_count_troubled (self);
  places = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  g_array_set_size (places, n);
  n = 0;
  for (guint i = 0; n < places->len && i < self->blocks->len; i++)
    {
      StormRecordBlock *block = g_ptr_array_index (self->blocks, i);

      for (guint k = 0, left = block->n_troubled; left > 0 && k < STORM_BLOCK_SIZE; k++)
        {
          if (!storm_trace_state_is_trouble (block->records[k].state))
            continue;
          g_array_index (places, guint32, n++) = (i << STORM_BLOCK_BITS) + k;
          left--;
        }
    }
  return places;
}

GArray *
storm_conformance_list_failed (StormConformance *self)
{
  GArray *places;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  places = storm_conformance_list_troubled (self);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      StormRecordBlock *block = g_ptr_array_index (self->blocks, i);

      for (guint32 k = 0, left = block->n_recovered; left > 0 && k < STORM_BLOCK_SIZE; k++)
        {
          guint32 place = (i << STORM_BLOCK_BITS) + k;

          left -= block->records[k].recovered;
          if (block->records[k].recovered &&
              !storm_trace_state_is_trouble (block->records[k].state))
            g_array_append_val (places, place);
        }
    }
  return places;
}

static gboolean
get_place (StormConformance *self,
           const char       *key,
           guint32          *place)
{
  StormTrace *trace = key != NULL ? storm_trace_index_lookup (self->index, key) : NULL;

  return trace != NULL && storm_trace_get_place (trace, place) && *place < self->n_records;
}

gboolean
storm_trace_index_find_place (StormTraceIndex *index,
                              GArray          *places,
                              const char      *key,
                              guint           *out)
{
  StormTrace *trace = key != NULL ? storm_trace_index_lookup (index, key) : NULL;
  guint32 place;

  if (trace == NULL || !storm_trace_get_place (trace, &place))
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, guint32, i) == place)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

char *
storm_trace_index_step_place (StormTraceIndex *index,
                              GArray          *places,
                              const char      *key,
                              gboolean         forward)
{
  g_autoptr (StormTrace) trace = NULL;
  guint i;

  if (places->len == 0)
    return NULL;
  if (!storm_trace_index_find_place (index, places, key, &i))
    i = forward ? 0 : places->len - 1;
  else
    i = (i + (forward ? 1 : places->len - 1)) % places->len;
  trace = storm_trace_index_dup_trace (index, g_array_index (places, guint32, i));
  return g_strdup (storm_trace_get_key (trace));
}

char *
storm_conformance_step_trouble (StormConformance *self,
                                const char       *key,
                                gboolean          forward)
{
  g_autoptr (GArray) places = NULL;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), NULL);

  places = storm_conformance_list_troubled (self);
  return storm_trace_index_step_place (self->index, places, key, forward);
}

guint
storm_conformance_find_trouble (StormConformance *self,
                                const char       *key)
{
  guint32 place;
  guint state;
  guint n = 1;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (self), 0);

  if (!get_place (self, key, &place))
    return 0;
  state = storm_conformance_record (self, place)->state;
  if (!storm_trace_state_is_trouble (state))
    return 0;
  /* Without a list: the window asks with each flush, and a million may be in trouble. */
  for (guint worse = state + 1; worse < STORM_N_TRACE_STATES; worse++)
    n += self->n_in_state[worse];
  for (guint32 i = 0; i < place; i++)
    {
      StormRecordBlock *block = g_ptr_array_index (self->blocks, i >> STORM_BLOCK_BITS);

      if (block->n_troubled == 0)
        i |= STORM_BLOCK_SIZE - 1;
      else
        n += block->records[i & (STORM_BLOCK_SIZE - 1)].state == state;
    }
  return n;
}

guint32
storm_trace_report_get_place (StormTraceReport *self)
{
  StormFinding *first = storm_trace_report_get_first (self);

  if (first == NULL)
    return STORM_NO_ROW;
  return first->row != STORM_NO_ROW ? first->row : first->after_row;
}
