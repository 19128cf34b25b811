#pragma once

#include <stdlib.h>

#include "storm-change.h"

/* A board on which each of @n events leads to a command, and that to the next event. */
static inline StormBoard *
bench_make_flow (const char * const *types,
                 guint               n)
{
  StormBoard *board = storm_board_new ();
  g_autoptr (StormChange) change = storm_change_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *command = g_strdup_printf ("command-%u", i);
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "kind", "s", "event");
      g_variant_dict_insert (&dict, "title", "s", types[i]);
      storm_change_insert (change, STORM_OBJECT_STICKY, types[i], g_variant_dict_end (&dict));
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "kind", "s", "command");
      storm_change_insert (change, STORM_OBJECT_STICKY, command, g_variant_dict_end (&dict));
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "from", "s", command);
      g_variant_dict_insert (&dict, "to", "s", types[i]);
      storm_change_insert (change, STORM_OBJECT_FLOW, NULL, g_variant_dict_end (&dict));
      if (i == 0)
        continue;
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "from", "s", types[i - 1]);
      g_variant_dict_insert (&dict, "to", "s", command);
      storm_change_insert (change, STORM_OBJECT_FLOW, NULL, g_variant_dict_end (&dict));
    }
  if (!storm_change_apply (change, board, NULL))
    abort ();
  return board;
}
