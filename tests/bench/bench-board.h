#pragma once

#include <math.h>
#include <stdlib.h>

#include "storm-change.h"

/* The board that the canvas is measured on, and the other programs in peers/ too: stickies of 160
 * by 120 in rows, with as many flows. */

#define BENCH_PITCH_X 200.0
#define BENCH_PITCH_Y 160.0

static inline StormBoard *
bench_make_board (guint n)
{
  static const char *titles[] = { "Order placed", "CookStarted by the kitchen", "Process Order",
                                  "Payment was created again", "Who tells the customer?" };
  StormBoard *board = storm_board_new ();
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint columns = (guint) ceil (sqrt (n * BENCH_PITCH_Y / BENCH_PITCH_X));

  for (guint i = 0; i < n; i++)
    {
      GVariantDict props;

      g_variant_dict_init (&props, NULL);
      g_variant_dict_insert (&props, "title", "s", titles[i % G_N_ELEMENTS (titles)]);
      g_variant_dict_insert (&props, "kind", "s", storm_kind_info (i % STORM_N_KINDS)->nick);
      g_variant_dict_insert (&props, "rect", "(dddd)", i % columns * BENCH_PITCH_X,
                             i / columns * BENCH_PITCH_Y, 160.0, 120.0);
      g_ptr_array_add (ids, g_strdup (storm_change_insert (change, STORM_OBJECT_STICKY, NULL,
                                                           g_variant_dict_end (&props))));
    }
  for (guint i = 0; i < n; i++)
    {
      /* Most to the next, many to the next row, a few far away. */
      guint to = i % 100 < 70 ? i + 1 : i % 100 < 97 ? i + columns : i + 7 * columns + 3;
      GVariantDict props;

      if (to >= n)
        to = i > 0 ? i - 1 : 1;
      g_variant_dict_init (&props, NULL);
      g_variant_dict_insert (&props, "from", "s", g_ptr_array_index (ids, i));
      g_variant_dict_insert (&props, "to", "s", g_ptr_array_index (ids, to));
      storm_change_insert (change, STORM_OBJECT_FLOW, NULL, g_variant_dict_end (&props));
    }
  if (!storm_change_apply (change, board, NULL))
    abort ();
  return board;
}
