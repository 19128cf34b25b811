#include "config.h"

#include <stdint.h>
#include <string.h>

#include "storm-board-json.h"
#include "storm-picture-export.h"
#include "storm-svg-import.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What comes in must be told from a board or give a sentence. Behind the first zero byte stands a
 * text form: what it means is wrapped as an export would do it, so that the way behind the checksum
 * is walked too. */
static void
fuzz_wrapped (const char *text,
              gsize       len)
{
  g_autofree char *code = g_base64_encode ((const guchar *) text, len);
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text,
                                                      len);
  g_autofree char *svg =
    g_strdup_printf ("<svg><metadata><" STORM_SVG_ELEMENT " version='%d' length='%" G_GSIZE_FORMAT
                     "' sha256='%s'>%s</" STORM_SVG_ELEMENT "></metadata></svg>",
                     STORM_SVG_VERSION, len, sum, code);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) plain_error = NULL;
  g_autoptr (StormBoard) board = storm_svg_import (svg, strlen (svg), "fuzz", &error);
  g_autoptr (StormBoard) plain = storm_board_json_import (text, len, "fuzz", &plain_error);

  g_assert ((board == NULL) == (error != NULL));
  g_assert ((board == NULL) == (plain == NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = storm_board_text_import ((const char *) data, size, "fuzz",
                                                          &error);
  const uint8_t *zero = memchr (data, 0, size);

  g_assert ((board == NULL) == (error != NULL));
  if (zero != NULL)
    fuzz_wrapped ((const char *) zero + 1, size - (zero + 1 - data));
  return 0;
}
