#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "storm-json-scan.h"
#include "storm-mapping.h"

/* The scan against json-glib on the same messages: 5 values from about 300 bytes. The best of
 * several rounds each, taken in turns, because the machine does other things too. */

#define N_MESSAGES 1000
#define N_ROUNDS   7

static GPtrArray *
make_messages (void)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      char *text = g_strdup_printf (
        "{\"eventType\":\"OrderAccepted\",\"eventId\":\"5f1d1c3e-0000-4000-8000-%012u\","
        "\"timestamp\":%u123,\"orderId\":\"order-%06u\",\"causationId\":\"cmd-%u\",\"store\":"
        "{\"id\":%u,\"name\":\"Caf\303\251 \\\"Storm\\\"\",\"city\":\"Seoul\"},"
        "\"items\":[{\"menu\":"
        "\"Americano\",\"qty\":2,\"price\":4500},{\"menu\":\"Latte\",\"qty\":1,\"price\":5.25}],"
        "\"paid\":true,\"note\":null}", i, 1795257600 + i, i, i, i % 50);

      g_ptr_array_add (messages, g_bytes_new_take (text, strlen (text)));
    }

  return messages;
}

static double
time_scan (GPtrArray    *messages,
           StormScanSet *set,
           guint         repeat,
           gsize        *check)
{
  gint64 start = g_get_monotonic_time ();
  StormJsonValue values[5];

  for (guint r = 0; r < repeat; r++)
    {
      for (guint i = 0; i < messages->len; i++)
        {
          gsize len;
          const char *text = g_bytes_get_data (g_ptr_array_index (messages, i), &len);

          if (storm_json_scan (text, len, set, values, NULL) != STORM_SCAN_OK)
            return 0.0;
          *check += values[0].len + values[3].len;
        }
    }

  return (double) repeat * messages->len * 1e6 / (double) (g_get_monotonic_time () - start);
}

static double
time_json_glib (GPtrArray *messages,
                gsize     *check)
{
  static const char *names[] = { "eventType", "eventId", "orderId", "causationId" };
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < messages->len; i++)
    {
      gsize len;
      const char *text = g_bytes_get_data (g_ptr_array_index (messages, i), &len);
      JsonObject *object;

      if (!json_parser_load_from_data (parser, text, (gssize) len, NULL))
        return 0.0;
      object = json_node_get_object (json_parser_get_root (parser));
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        *check += strlen (json_object_get_string_member (object, names[j]));
      *check += (gsize) json_object_get_int_member (object, "timestamp");
    }

  return messages->len * 1e6 / (double) (g_get_monotonic_time () - start);
}

static double
time_mapping (GPtrArray    *messages,
              StormMapping *mapping,
              guint         repeat,
              gsize        *check)
{
  StormReading reading;
  gint64 start;

  storm_reading_init (&reading);
  start = g_get_monotonic_time ();
  for (guint r = 0; r < repeat; r++)
    {
      for (guint i = 0; i < messages->len; i++)
        {
          StormRecord record = { "shop", };

          record.payload = g_bytes_get_data (g_ptr_array_index (messages, i), &record.payload_len);
          storm_mapping_read (mapping, &record, &reading);
          *check += reading.len[STORM_MAPPING_TYPE];
        }
    }
  storm_reading_clear (&reading);

  return (double) repeat * messages->len * 1e6 / (double) (g_get_monotonic_time () - start);
}

int
main (void)
{
  static const char *pointers[] = {
    "/eventType", "/eventId", "/timestamp", "/orderId", "/causationId",
  };
  g_autoptr (GPtrArray) messages = make_messages ();
  g_autoptr (StormScanSet) set = storm_scan_set_new (pointers, G_N_ELEMENTS (pointers), NULL);
  g_autoptr (StormMapping) own = storm_mapping_new_from_json (
    "{\"type\":[\"json:/eventType\"],\"id\":[\"json:/eventId\"],\"time\":[\"json:/timestamp\"],"
    "\"correlation\":[\"json:/orderId\"],\"causation\":[\"json:/causationId\"],"
    "\"perType\":{\"OrderPlaced\":{\"correlation\":[\"json:/id\"]}}}", NULL);
  g_autoptr (StormMapping) all = storm_mapping_new_default ();
  double scan = 0.0, peer = 0.0, mapped = 0.0, mapped_all = 0.0;
  gsize check = 0, bytes = 0;

  for (guint i = 0; i < messages->len; i++)
    bytes += g_bytes_get_size (g_ptr_array_index (messages, i));

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      scan = MAX (scan, time_scan (messages, set, 200, &check));
      peer = MAX (peer, time_json_glib (messages, &check));
      mapped = MAX (mapped, time_mapping (messages, own, 100, &check));
      mapped_all = MAX (mapped_all, time_mapping (messages, all, 100, &check));
    }
  if (scan == 0.0 || peer == 0.0 || check == 0)
    {
      g_printerr ("a message was refused\n");
      return 1;
    }

  g_print ("message: %.0f bytes\n", (double) bytes / messages->len);
  g_print ("scan: %.0f messages/s (budget 4000000)\n", scan);
  g_print ("json-glib: %.0f messages/s\n", peer);
  g_print ("scan against json-glib: %.1f times (budget 36)\n", scan / peer);
  g_print ("mapping, five fields: %.0f messages/s\n", mapped);
  g_print ("default mapping: %.0f messages/s\n", mapped_all);

  return 0;
}
