#include "config.h"

#include <string.h>

#include "storm-batch.h"
#include "storm-detect.h"

/* Anything as a record, and anything as a mapping: nothing may crash, nothing may be borrowed from
 * where it doesn't stand, and what was packed must come back. The input is cut at bytes of 0xfe
 * into mapping, payload, key, and names and values of headers. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

#define MAX_PARTS 20

typedef struct
{
  const guint8 *bytes;
  gsize         len;
} Part;

static guint
cut (const guint8 *data,
     gsize         size,
     Part         *parts)
{
  guint n = 0;

  while (n < MAX_PARTS)
    {
      const guint8 *end = size > 0 ? memchr (data, 0xfe, size) : NULL;
      gsize len = end != NULL ? (gsize) (end - data) : size;

      parts[n++] = (Part) { data, len };
      if (end == NULL)
        break;
      data += len + 1;
      size -= len + 1;
    }

  return n;
}

static void
check_reading (StormMapping      *mapping,
               const StormRecord *record)
{
  StormReading reading;
  gsize sum = 0;

  storm_reading_init (&reading);
  storm_mapping_read (mapping, record, &reading);
  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      for (gsize j = 0; j < reading.len[i]; j++)
        sum += (guint8) reading.text[i][j];
      if (reading.text[i] != NULL && reading.len[i] == 0)
        g_error ("an empty text was found");
    }
  if (sum == G_MAXSIZE)
    g_error ("not possible");
  storm_reading_clear (&reading);
}

static void
check_batch (StormMapping      *mapping,
             const StormRecord *record)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  g_autoptr (StormBatch) batch = NULL;
  g_auto (StormRecordView) view = { 0, };

  storm_batch_builder_add (builder, record);
  batch = storm_batch_builder_take (builder);
  storm_batch_get_record (batch, 0, &view);
  if (view.record.payload_len != record->payload_len || view.record.key_len != record->key_len
      || view.record.n_headers != record->n_headers
      || (record->payload_len > 0
          && memcmp (view.record.payload, record->payload, record->payload_len) != 0))
    g_error ("another record came back");
}

static void
check_detector (const StormRecord *record)
{
  g_autoptr (StormDetector) detector = storm_detector_new (NULL);
  g_autoptr (StormDetected) detected = NULL;

  storm_detector_add (detector, record);
  storm_detector_add (detector, record);
  detected = storm_detector_finish (detector);
  if (detected != NULL && detected->mapping == NULL)
    g_error ("a finding without a mapping");
}

static void
check_mapping (const Part *part)
{
  g_autofree char *json = g_strndup ((const char *) part->bytes, part->len);
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (json, NULL);
  g_autofree char *again = NULL;
  g_autoptr (StormMapping) same = NULL;
  g_autoptr (GError) error = NULL;

  if (mapping == NULL)
    return;
  again = storm_mapping_to_json (mapping);
  same = storm_mapping_new_from_json (again, &error);
  if (same == NULL)
    g_error ("%s: %s", again, error->message);
  if (!storm_mapping_equal (mapping, same))
    g_error ("%s reads something else", again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (StormMapping) all = storm_mapping_new_default ();
  static StormMapping *few;
  g_auto (StormRecordView) view = { 0, };
  Part parts[MAX_PARTS];
  StormHeader headers[MAX_PARTS];
  StormRecord record = { "topic", };
  guint n = cut (data, size, parts);

  if (few == NULL)
    few = storm_mapping_new_from_json (
      "{\"type\":[\"json:/t\",\"header:t\"],\"id\":[\"key\"],"
      "\"time\":[\"json:/ts\",\"header:ts\"],\"correlation\":[\"json:/a/0\"],"
      "\"perType\":{\"A\":{\"correlation\":[\"json:/b\"]}}}", NULL);

  check_mapping (&parts[0]);
  storm_record_unpack (data, size, &view);

  record.broker_time = STORM_TIME_NONE;
  if (n > 1)
    {
      record.payload = parts[1].bytes;
      record.payload_len = parts[1].len;
    }
  if (n > 2)
    {
      record.key = parts[2].bytes;
      record.key_len = parts[2].len;
    }
  for (guint i = 3; i + 1 < n; i += 2)
    headers[record.n_headers++] = (StormHeader) { (const char *) parts[i].bytes, parts[i].len,
                                                  parts[i + 1].bytes, parts[i + 1].len };
  record.headers = headers;

  check_reading (all, &record);
  check_reading (few, &record);
  check_batch (few, &record);
  /* Slow: it tries hundreds of mappings. */
  if (size % 64 == 0)
    check_detector (&record);

  return 0;
}
