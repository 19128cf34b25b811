#pragma once

#include "storm-record.h"

G_BEGIN_DECLS

/** StormPayloadForm: what storm_payload_text() made of the bytes. */
typedef enum
{
  STORM_PAYLOAD_FORM_NONE,    /* no payload; the text says so */
  STORM_PAYLOAD_FORM_JSON,    /* pretty JSON */
  STORM_PAYLOAD_FORM_TEXT,    /* other text, as it is */
  STORM_PAYLOAD_FORM_BYTES,   /* offsets, hexadecimal, and what can be printed of it */
} StormPayloadForm;

/**
 * storm_payload_text:
 * @raw: leave JSON as it came
 * @form: (out)
 *
 * Text to show for a payload. Never more than about 1 MB; what is cut off is said in the last line.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *storm_payload_text (const guint8     *data,
                          gsize             len,
                          gboolean          raw,
                          StormPayloadForm *form);

/** storm_header_text: (transfer full): a header's value for one line, of a long one the beginning;
 * bytes as hexadecimal. */
char *storm_header_text  (const StormHeader *header);
/** storm_header_name: (transfer full): its name likewise. */
char *storm_header_name  (const StormHeader *header);

G_END_DECLS
