#include "config.h"

#include "storm-history-private.h"

#include "storm-error.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_0,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_READ_ONLY,
  PROP_IN_TRANSACTION,
  N_PROPS
};

static GParamSpec *pspecs[N_PROPS];
static guint failed_signal;

G_DEFINE_FINAL_TYPE (StormHistory, storm_history, G_TYPE_OBJECT)

static void
storm_history_finalize (GObject *object)
{
  StormHistory *self = STORM_HISTORY (object);

  if (self->persist_destroy != NULL)
    self->persist_destroy (self->persist_data);
  g_clear_pointer (&self->open, storm_change_unref);
  storm_history_forget_last (self);
  g_ptr_array_unref (self->steps);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (storm_history_parent_class)->finalize (object);
}

static void
storm_history_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StormHistory *self = STORM_HISTORY (object);

  switch (prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, storm_history_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, storm_history_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, storm_history_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, storm_history_get_redo_label (self));
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_IN_TRANSACTION:
      g_value_set_boolean (value, self->open != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
storm_history_class_init (StormHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = storm_history_finalize;
  object_class->get_property = storm_history_get_property;

  pspecs[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  pspecs[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  pspecs[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  pspecs[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  pspecs[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  pspecs[PROP_IN_TRANSACTION] = g_param_spec_boolean ("in-transaction", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, pspecs);

  failed_signal = g_signal_new ("failed", STORM_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
storm_history_init (StormHistory *self)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_change_unref);
}

StormHistory *
storm_history_new (StormBoard *board)
{
  StormHistory *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_HISTORY, NULL);
  self->board = g_object_ref (board);

  return self;
}

StormBoard *
storm_history_get_board (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), NULL);

  return self->board;
}

void
storm_history_set_persist (StormHistory        *self,
                           StormHistoryPersist  func,
                           gpointer             user_data,
                           GDestroyNotify       destroy)
{
  g_return_if_fail (STORM_IS_HISTORY (self));

  if (self->persist_destroy != NULL)
    self->persist_destroy (self->persist_data);
  self->persist = func;
  self->persist_data = user_data;
  self->persist_destroy = destroy;
}

/* --- telling what became different --- */

StormHistoryState
storm_history_take_state (StormHistory *self)
{
  return (StormHistoryState) {
    storm_history_can_undo (self),
    storm_history_can_redo (self),
    g_strdup (storm_history_get_undo_label (self)),
    g_strdup (storm_history_get_redo_label (self)),
    self->open != NULL,
  };
}

void
storm_history_notify_since (StormHistory      *self,
                            StormHistoryState *old)
{
  StormHistoryState now = storm_history_take_state (self);
  const gboolean differs[N_PROPS] = {
    [PROP_CAN_UNDO] = old->can_undo != now.can_undo,
    [PROP_CAN_REDO] = old->can_redo != now.can_redo,
    [PROP_UNDO_LABEL] = g_strcmp0 (old->undo_label, now.undo_label) != 0,
    [PROP_REDO_LABEL] = g_strcmp0 (old->redo_label, now.redo_label) != 0,
    [PROP_IN_TRANSACTION] = old->in_transaction != now.in_transaction,
  };

  g_free (old->undo_label);
  g_free (old->redo_label);
  g_free (now.undo_label);
  g_free (now.redo_label);

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    {
      if (differs[i])
        g_object_notify_by_pspec (G_OBJECT (self), pspecs[i]);
    }
}

void
storm_history_load (StormHistory *self,
                    GPtrArray    *changes,
                    guint         n_done)
{
  StormHistoryState old;
  guint skip;

  g_return_if_fail (STORM_IS_HISTORY (self));
  g_return_if_fail (changes != NULL && n_done <= changes->len);
  g_return_if_fail (self->open == NULL);

  old = storm_history_take_state (self);

  /* Only done steps are old enough to be forgotten. */
  skip = changes->len > STORM_HISTORY_MAX_STEPS ? changes->len - STORM_HISTORY_MAX_STEPS : 0;
  skip = MIN (skip, n_done);
  g_ptr_array_set_size (self->steps, 0);
  for (guint i = skip; i < changes->len; i++)
    g_ptr_array_add (self->steps, storm_change_ref (g_ptr_array_index (changes, i)));
  self->n_done = n_done - skip;

  storm_history_forget_last (self);

  storm_history_notify_since (self, &old);
}

void
storm_history_set_read_only (StormHistory *self,
                             gboolean      read_only)
{
  StormHistoryState old;

  g_return_if_fail (STORM_IS_HISTORY (self));

  read_only = read_only != FALSE;
  if (self->read_only == read_only)
    return;

  old = storm_history_take_state (self);
  self->read_only = read_only;
  g_object_notify_by_pspec (G_OBJECT (self), pspecs[PROP_READ_ONLY]);
  storm_history_notify_since (self, &old);
}

gboolean
storm_history_get_read_only (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);

  return self->read_only;
}

static gboolean
check_writable (StormHistory  *self,
                GError       **error)
{
  if (!self->read_only)
    return TRUE;

  g_set_error_literal (error, STORM_ERROR, STORM_ERROR_READ_ONLY,
                       _("This board can only be read. Save a copy to change it."));
  return FALSE;
}

void
storm_history_fail (StormHistory *self,
                    GError       *error)
{
  g_signal_emit (self, failed_signal, 0, error);
}

/* Lets the file keep @change; when it can't, takes @done back on the board. */
static gboolean
keep_or_undo (StormHistory      *self,
              StormChange       *change,
              StormChange       *done,
              StormHistoryStep   step,
              GError           **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->persist == NULL || self->persist (change, step, self->persist_data, &failure))
    {
      storm_history_note_last (self, step, done);
      return TRUE;
    }

  if (failure == NULL)
    failure = g_error_new_literal (STORM_ERROR, STORM_ERROR_IO,
                                   _("The change could not be kept in the board's file."));
  storm_history_reverse (self, step, done);

  /* Once: either the caller has the error to tell, or the signal tells it. */
  if (error == NULL)
    storm_history_fail (self, failure);
  else
    g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* The same for a step that was just done on the board. */
static gboolean
keep (StormHistory      *self,
      StormChange       *change,
      StormHistoryStep   step,
      GError           **error)
{
  return keep_or_undo (self, change, change, step, error);
}

/* What that leaves no place for is remembered with the last step. */
static void
push (StormHistory *self,
      StormChange  *change)
{
  if (self->steps->len > self->n_done)
    self->last.dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_change_unref);
  for (guint i = self->n_done; i < self->steps->len; i++)
    g_ptr_array_add (self->last.dropped, storm_change_ref (g_ptr_array_index (self->steps, i)));
  g_ptr_array_set_size (self->steps, (int) self->n_done);
  g_ptr_array_add (self->steps, storm_change_ref (change));
  if (self->steps->len > STORM_HISTORY_MAX_STEPS)
    self->last.forgotten = g_ptr_array_steal_index (self->steps, 0);
  self->n_done = self->steps->len;
}

void
storm_history_begin (StormHistory *self,
                     const char   *label)
{
  StormHistoryState old;

  g_return_if_fail (STORM_IS_HISTORY (self));

  if (self->open != NULL)
    storm_history_commit (self, NULL);
  storm_history_settle (self, NULL);

  old = storm_history_take_state (self);
  self->open = storm_change_new (label);
  storm_history_notify_since (self, &old);
}

gboolean
storm_history_in_transaction (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);

  return self->open != NULL;
}

gboolean
storm_history_do (StormHistory  *self,
                  StormChange   *change,
                  GError       **error)
{
  StormHistoryState old;

  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (change != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_writable (self, error) || !storm_history_settle (self, error) ||
      !storm_change_apply (change, self->board, error))
    return FALSE;

  if (self->open != NULL)
    {
      storm_change_merge (self->open, change);
      return TRUE;
    }

  if (storm_change_get_n_steps (change) == 0)
    return TRUE;
  if (!keep (self, change, STORM_HISTORY_DO, error))
    return FALSE;

  old = storm_history_take_state (self);
  push (self, change);
  storm_history_notify_since (self, &old);

  return TRUE;
}

StormChange *
storm_history_get_last (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), NULL);

  if (self->open != NULL || self->n_done == 0 || self->n_done < self->steps->len)
    return NULL;
  return g_ptr_array_index (self->steps, self->n_done - 1);
}

gboolean
storm_history_amend (StormHistory  *self,
                     StormChange   *step,
                     StormChange   *change,
                     GError       **error)
{
  g_autoptr (StormChange) merged = NULL;
  StormHistoryState old;

  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (change != NULL && change != step, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (step == NULL || step != storm_history_get_last (self))
    return storm_history_do (self, change, error);
  if (!check_writable (self, error) || !storm_history_settle (self, error) ||
      !storm_change_apply (change, self->board, error))
    return FALSE;
  if (storm_change_get_n_steps (change) == 0)
    return TRUE;

  merged = storm_change_merged (step, change);
  if (!(merged != NULL ? keep_or_undo (self, merged, change, STORM_HISTORY_AMEND, error)
                       : keep (self, change, STORM_HISTORY_DO, error)))
    return FALSE;

  old = storm_history_take_state (self);
  if (merged == NULL)
    {
      push (self, change);
    }
  else
    {
      self->last.replaced = step;
      self->steps->pdata[self->n_done - 1] = g_steal_pointer (&merged);
    }
  storm_history_notify_since (self, &old);

  return TRUE;
}

gboolean
storm_history_commit (StormHistory  *self,
                      GError       **error)
{
  g_autoptr (StormChange) change = NULL;
  StormHistoryState old;
  gboolean kept = TRUE;

  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->open == NULL)
    return TRUE;

  old = storm_history_take_state (self);
  change = g_steal_pointer (&self->open);
  if (storm_change_get_n_steps (change) > 0)
    {
      kept = keep (self, change, STORM_HISTORY_DO, error);
      if (kept)
        push (self, change);
    }
  storm_history_notify_since (self, &old);

  return kept;
}

void
storm_history_cancel (StormHistory *self)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  StormHistoryState old;

  g_return_if_fail (STORM_IS_HISTORY (self));

  if (self->open == NULL)
    return;

  old = storm_history_take_state (self);
  change = g_steal_pointer (&self->open);
  if (!storm_change_revert (change, self->board, &error))
    g_signal_emit (self, failed_signal, 0, error);
  storm_history_notify_since (self, &old);
}

gboolean
storm_history_can_undo (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);

  return !self->read_only && self->open == NULL && self->n_done > 0;
}

gboolean
storm_history_can_redo (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);

  return !self->read_only && self->open == NULL && self->n_done < self->steps->len;
}

static gboolean
check_step (StormHistory  *self,
            gboolean       possible,
            const char    *nothing,
            GError       **error)
{
  if (!check_writable (self, error) || !storm_history_settle (self, error))
    return FALSE;
  if (possible)
    return TRUE;

  if (self->open != NULL)
    g_set_error_literal (error, STORM_ERROR, STORM_ERROR_INVALID,
                         _("Finish or cancel what you are doing first."));
  else
    g_set_error_literal (error, STORM_ERROR, STORM_ERROR_NOT_FOUND, nothing);
  return FALSE;
}

gboolean
storm_history_undo (StormHistory  *self,
                    GError       **error)
{
  StormChange *change;
  StormHistoryState old;

  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_step (self, storm_history_can_undo (self), _("There is nothing to undo."), error))
    return FALSE;

  change = g_ptr_array_index (self->steps, self->n_done - 1);
  if (!storm_change_revert (change, self->board, error) ||
      !keep (self, change, STORM_HISTORY_UNDO, error))
    return FALSE;

  old = storm_history_take_state (self);
  self->n_done--;
  storm_history_notify_since (self, &old);

  return TRUE;
}

gboolean
storm_history_redo (StormHistory  *self,
                    GError       **error)
{
  StormChange *change;
  StormHistoryState old;

  g_return_val_if_fail (STORM_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_step (self, storm_history_can_redo (self), _("There is nothing to redo."), error))
    return FALSE;

  change = g_ptr_array_index (self->steps, self->n_done);
  if (!storm_change_apply (change, self->board, error) ||
      !keep (self, change, STORM_HISTORY_REDO, error))
    return FALSE;

  old = storm_history_take_state (self);
  self->n_done++;
  storm_history_notify_since (self, &old);

  return TRUE;
}

const char *
storm_history_get_undo_label (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), NULL);

  return storm_history_can_undo (self)
         ? storm_change_get_label (g_ptr_array_index (self->steps, self->n_done - 1)) : NULL;
}

const char *
storm_history_get_redo_label (StormHistory *self)
{
  g_return_val_if_fail (STORM_IS_HISTORY (self), NULL);

  return storm_history_can_redo (self)
         ? storm_change_get_label (g_ptr_array_index (self->steps, self->n_done)) : NULL;
}
