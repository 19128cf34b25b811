#include "config.h"

#include "storm-board-file-private.h"

#include <glib/gi18n-lib.h>

/* How a step comes into the file: one of an ordinary gesture at once. One that touches thousands of
 * objects would hold up the very frame that shows it, so it is written after that, piece by piece
 * in one transaction. Nothing is done with the file or the board before it is written whole; a
 * crash until then loses this step, as if it had come a moment earlier. */
#define MANY_OBJECTS 500
/* When the first piece is written, then from one to the next, in ms; what one may take, in µs. A
 * timeout, since events and frames in a row could keep an idle source waiting without end. */
#define FIRST_PAUSE 30
#define PAUSE 10
#define PIECE 5000
/* So many rows between two looks at the clock. */
#define N_AT_ONCE 16

/* Files with a step that waits, borrowed; of the main thread, as all boards that are edited. */
static GPtrArray *waiting;

static gboolean
write_rows (StormBoardFile  *self,
            gint64           until,
            GError         **error)
{
  StormLateStep *late = &self->late;
  guint n = storm_change_get_n_touched (late->change);

  while (late->n_written < n && (until == 0 || g_get_monotonic_time () < until))
    {
      for (guint i = 0; i < N_AT_ONCE && late->n_written < n; i++)
        {
          StormObjectType type;
          const char *id = storm_change_get_touched (late->change, late->n_written++, &type);

          if (!storm_board_rows_write (self->rows, type, id, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* The next piece, or all that is left when @until is 0. */
static gboolean
write_piece (StormBoardFile  *self,
             gint64           until,
             GError         **error)
{
  StormLateStep *late = &self->late;
  guint n = storm_change_get_n_touched (late->change);

  if (!late->begun && !storm_db_exec (self->opened.db, "BEGIN IMMEDIATE", error))
    return FALSE;
  late->begun = TRUE;
  if (late->n_written < n)
    {
      if (!write_rows (self, until, error))
        return FALSE;
      if (until != 0)
        return TRUE;
    }
  /* The undo step and the end are a piece each. */
  if (!late->has_history)
    {
      late->has_history = TRUE;
      if (!storm_history_rows_write (self->history_rows, late->change, late->step, error))
        return FALSE;
      if (until != 0)
        return TRUE;
    }
  late->committed = storm_db_exec (self->opened.db, "COMMIT", error);
  return late->committed;
}

static void
finish (StormBoardFile  *self,
        gboolean         kept,
        GError         **error)
{
  StormLateStep *late = &self->late;

  if (!kept)
    {
      storm_db_rollback (self->opened.db);
      g_prefix_error (error, "%s ", _("The last step could not be kept and was taken back."));
    }
  storm_board_rows_finish (self->rows, kept);
  storm_history_rows_finish (self->history_rows, kept);
  if (late->source != NULL)
    {
      g_source_destroy (late->source);
      g_ptr_array_remove_fast (waiting, self);
    }
  g_clear_pointer (&late->source, g_source_unref);
  g_clear_pointer (&late->change, storm_change_unref);
  *late = (StormLateStep) { NULL };
}

static gboolean
on_piece (gpointer data)
{
  StormBoardFile *self = data;
  StormLateStep *late = &self->late;
  g_autoptr (GError) error = NULL;

  if (!write_piece (self, g_get_monotonic_time () + PIECE, &error))
    {
      finish (self, FALSE, &error);
      storm_history_take_back (self->history, error);
      return G_SOURCE_REMOVE;
    }
  if (late->committed)
    {
      finish (self, TRUE, NULL);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/* The main loop that the board belongs to writes it; where none runs, the next step or the end
 * does. */
static void
put_off (StormBoardFile *self)
{
  GSource *source = g_timeout_source_new (PAUSE);

  g_source_set_ready_time (source, g_get_monotonic_time () + FIRST_PAUSE * 1000);
  g_source_set_callback (source, on_piece, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  self->late.source = source;
  if (waiting == NULL)
    waiting = g_ptr_array_new ();
  g_ptr_array_add (waiting, self);
}

gboolean
storm_board_file_persist (StormChange       *change,
                          StormHistoryStep   step,
                          gpointer           data,
                          GError           **error)
{
  StormBoardFile *self = data;

  g_assert (self->late.change == NULL);
  self->late = (StormLateStep) { .change = storm_change_ref (change), .step = step };
  if (storm_change_get_n_touched (change) > MANY_OBJECTS)
    {
      put_off (self);
      return TRUE;
    }
  return storm_board_file_settle (self, error);
}

gboolean
storm_board_file_settle (gpointer   data,
                         GError   **error)
{
  StormBoardFile *self = data;
  gboolean kept;

  if (self->late.change == NULL)
    return TRUE;
  kept = write_piece (self, 0, error);
  finish (self, kept, error);
  return kept;
}

void
storm_board_file_settle_first (StormBoardFile *self)
{
  g_autoptr (GError) error = NULL;

  if (!storm_board_file_settle (self, &error))
    storm_history_take_back (self->history, error);
}

void
storm_board_file_settle_all (void)
{
  while (waiting != NULL && waiting->len > 0)
    storm_board_file_settle_first (g_ptr_array_index (waiting, 0));
}
