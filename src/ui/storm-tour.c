#include "config.h"

#include "storm-tour.h"

#include <glib/gi18n-lib.h>

#include "storm-edit.h"
#include "storm-history.h"

typedef struct
{
  StormKind kind;
  StormRect rect;
  const char *words;
  /* Which one a flow leads to, -1 for none. */
  int next;
} Note;

/* Read row by row: what to do with the hands, what the colours are for, what comes after. */
static const Note notes[] = {
  { STORM_KIND_NOTE, { 0, 0, 240, 160 },
    N_("Double-click the empty board and type what happened. That is an event."), -1 },
  { STORM_KIND_NOTE, { 300, 0, 240, 160 },
    N_("Drag from the dot at a sticky's edge: the next sticky and its arrow come along."), -1 },
  { STORM_KIND_NOTE, { 600, 0, 240, 160 },
    N_("Ctrl and the wheel zoom. Hold Space and drag to move about. Ctrl+K does everything."), -1 },
  { STORM_KIND_COMMAND, { 0, 240, 240, 160 },
    N_("Commands are asked for: Place order"), 4 },
  { STORM_KIND_EVENT, { 300, 240, 240, 160 },
    N_("Events happened: Order placed"), 5 },
  { STORM_KIND_POLICY, { 600, 240, 240, 160 },
    N_("Policies react: whenever an order is placed, cook it"), -1 },
  { STORM_KIND_HOT_SPOT, { 0, 480, 240, 160 },
    N_("Hot spots hold questions: Who may cancel?"), -1 },
  { STORM_KIND_NOTE, { 300, 480, 540, 160 },
    N_("Everything is kept at once, and Ctrl+Z still works tomorrow. When the system runs, press "
       "Monitor and watch its events walk over these stickies."), -1 },
};

static void
run (StormHistory *history,
     StormChange  *change)
{
  g_autoptr (StormChange) owned = change;
  g_autoptr (GError) error = NULL;

  /* Nothing that comes from outside, and nothing is written: it can't fail. */
  if (owned != NULL && !storm_history_do (history, owned, &error))
    g_critical ("the tour's board: %s", error->message);
}

static char *
add_note (StormHistory *history,
          const Note   *note)
{
  StormBoard *board = storm_history_get_board (history);
  const StormRect *rect = &note->rect;
  char *id = NULL;

  run (history, storm_edit_add_sticky (board, note->kind,
                                       (StormPoint) { rect->x + rect->width / 2,
                                                      rect->y + rect->height / 2 },
                                       _(note->words), &id));
  run (history, storm_edit_resize (board, id, rect));
  return id;
}

StormBoard *
storm_tour_make_board (void)
{
  StormBoard *board = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormChange) title = storm_change_new ("");
  char *ids[G_N_ELEMENTS (notes)];

  storm_change_set (title, NULL, STORM_PROP_TITLE, g_variant_new_string (_("What is this?")));
  run (history, g_steal_pointer (&title));
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    ids[i] = add_note (history, &notes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i].next >= 0)
      run (history, storm_edit_connect (board, ids[i], ids[notes[i].next], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    g_free (ids[i]);

  return board;
}
