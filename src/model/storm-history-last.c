#include "config.h"

#include "storm-history-private.h"

#include "storm-error.h"

#include <glib/gi18n-lib.h>

/* A file may take its time to write a large step. Until it has, the history remembers what the step
 * pushed aside, so that it can still be taken back as if it had failed at once. */

void
storm_history_forget_last (StormHistory *self)
{
  g_clear_pointer (&self->last.done, storm_change_unref);
  g_clear_pointer (&self->last.replaced, storm_change_unref);
  g_clear_pointer (&self->last.dropped, g_ptr_array_unref);
  g_clear_pointer (&self->last.forgotten, storm_change_unref);
}

void
storm_history_note_last (StormHistory     *self,
                         StormHistoryStep  step,
                         StormChange      *done)
{
  g_autoptr (StormChange) held = storm_change_ref (done);

  storm_history_forget_last (self);
  self->last.step = step;
  self->last.done = g_steal_pointer (&held);
}

void
storm_history_reverse (StormHistory     *self,
                       StormHistoryStep  step,
                       StormChange      *done)
{
  g_autoptr (GError) error = NULL;
  gboolean back = step == STORM_HISTORY_UNDO ? storm_change_apply (done, self->board, &error)
                                             : storm_change_revert (done, self->board, &error);

  if (!back)
    g_warning ("A step that was not kept can't be taken back: %s", error->message);
}

static void
restore_steps (StormHistory *self)
{
  StormHistoryLast *last = &self->last;

  switch (last->step)
    {
    case STORM_HISTORY_DO:
      g_ptr_array_remove_index (self->steps, --self->n_done);
      for (guint i = 0; last->dropped != NULL && i < last->dropped->len; i++)
        g_ptr_array_add (self->steps, storm_change_ref (g_ptr_array_index (last->dropped, i)));
      if (last->forgotten != NULL)
        {
          g_ptr_array_insert (self->steps, 0, g_steal_pointer (&last->forgotten));
          self->n_done++;
        }
      break;
    case STORM_HISTORY_AMEND:
      storm_change_unref (g_ptr_array_index (self->steps, self->n_done - 1));
      self->steps->pdata[self->n_done - 1] = g_steal_pointer (&last->replaced);
      break;
    case STORM_HISTORY_UNDO:
      self->n_done++;
      break;
    case STORM_HISTORY_REDO:
      self->n_done--;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
take_back (StormHistory *self)
{
  StormHistoryState old = storm_history_take_state (self);

  if (self->last.done != NULL)
    {
      storm_history_reverse (self, self->last.step, self->last.done);
      restore_steps (self);
      storm_history_forget_last (self);
    }
  storm_history_notify_since (self, &old);
}

void
storm_history_take_back (StormHistory *self,
                         GError       *error)
{
  g_return_if_fail (STORM_IS_HISTORY (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (self->open == NULL);

  take_back (self);
  storm_history_fail (self, error);
}

gboolean
storm_history_settle (StormHistory  *self,
                      GError       **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->open != NULL || self->settle == NULL || self->settle (self->settle_data, &failure))
    return TRUE;

  take_back (self);
  if (error == NULL)
    storm_history_fail (self, failure);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

void
storm_history_set_settle (StormHistory       *self,
                          StormHistorySettle  func,
                          gpointer            user_data)
{
  g_return_if_fail (STORM_IS_HISTORY (self));

  self->settle = func;
  self->settle_data = user_data;
}
