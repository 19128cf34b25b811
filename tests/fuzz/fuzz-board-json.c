#include "config.h"

#include <stdint.h>
#include <string.h>

#include "storm-board-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever is accepted must be written and read again without a difference. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = storm_board_json_import ((const char *) data, size, "fuzz",
                                                          &error);
  g_autoptr (StormBoard) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert ((board == NULL) == (error != NULL));
  if (board == NULL)
    return 0;

  first = storm_board_json_export (board);
  again = storm_board_json_import (first, strlen (first), "again", &error);
  g_assert_no_error (error);
  second = storm_board_json_export (again);
  g_assert_cmpstr (first, ==, second);
  return 0;
}
