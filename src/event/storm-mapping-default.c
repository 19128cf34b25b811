#include "config.h"

#include "storm-mapping.h"

/* The conventions of kafka-and-events §3.2 in the order of detection, each field by itself. Left
 * out on purpose, because they mean something else just as often:
 * - `topic` as type: an event without a type must show up as undecodable;
 * - `/name` as type, which may be a customer's;
 * - `/id` and `/uuid` as event id: in MSAez events they are the order's;
 * - `/orderId`, trace ids and the record's key as correlation key: the user chooses these. */
static const char default_json[] =
  "{\"type\":["
  "\"header:ce_type\",\"header:ce-type\",\"header:axon-message-type\","
  "\"header:NServiceBus.EnclosedMessageTypes\",\"header:MT-MessageType\",\"json:/messageType/0\","
  "\"header:event-type\",\"json:/headers/event-type\",\"header:eventType\",\"json:/eventType\","
  "\"json:/event_type\",\"header:type\",\"json:/type\",\"json:/event\",\"json:/eventName\","
  "\"json:/event_name\",\"json:/@type\",\"json:/__type\",\"json:/metadata/eventType\","
  "\"json:/metadata/type\",\"json:/meta/eventType\",\"json:/meta/type\","
  "\"json:/payload/eventType\","
  "\"json:/payload/type\",\"header:__TypeId__\",\"json:/source/table\","
  "\"json:/payload/source/table\"],"
  "\"id\":["
  "\"header:ce_id\",\"header:ce-id\",\"header:axon-message-id\",\"header:NServiceBus.MessageId\","
  "\"json:/messageId\",\"header:ID\",\"json:/headers/ID\",\"header:id\",\"header:eventId\","
  "\"json:/eventId\",\"json:/event_id\",\"json:/metadata/eventId\",\"json:/meta/eventId\"],"
  "\"time\":["
  "\"header:ce_time\",\"header:ce-time\",\"header:axon-message-timestamp\","
  "\"header:NServiceBus.TimeSent\",\"json:/sentTime\",\"header:DATE\",\"json:/headers/DATE\","
  "\"json:/timestamp\",\"json:/time\",\"json:/occurredAt\",\"json:/occurred_at\","
  "\"json:/occurredOn\",\"json:/eventTime\",\"json:/event_time\",\"json:/metadata/timestamp\","
  "\"json:/metadata/time\",\"json:/meta/timestamp\",\"json:/payload/timestamp\","
  "\"json:/createdAt\","
  "\"json:/created_at\",\"json:/created\",\"json:/ts\",\"json:/ts_ms\",\"json:/payload/ts_ms\","
  "\"kafka:timestamp\"],"
  "\"correlation\":["
  "\"header:ce_correlationid\",\"header:ce-correlationid\",\"header:axon-metadata-correlationId\","
  "\"header:NServiceBus.ConversationId\",\"header:NServiceBus.CorrelationId\","
  "\"header:correlationId\",\"header:correlation_id\",\"header:correlation-id\","
  "\"header:X-Correlation-ID\",\"header:txId\",\"header:X-TXID\",\"json:/correlationId\","
  "\"json:/correlation_id\",\"json:/correlationid\",\"json:/conversationId\",\"json:/txId\","
  "\"json:/tx_id\",\"json:/metadata/correlationId\",\"json:/metadata/correlation_id\","
  "\"json:/metadata/$correlationId\",\"json:/metadata/txId\",\"json:/meta/correlationId\","
  "\"json:/headers/correlationId\",\"json:/payload/correlationId\",\"json:/payload/txId\","
  "\"json:/data/correlationId\"],"
  "\"causation\":["
  "\"header:ce_causationid\",\"header:ce-causationid\",\"header:axon-metadata-causationId\","
  "\"header:NServiceBus.RelatedTo\",\"json:/initiatorId\",\"header:causationId\","
  "\"header:causation-id\",\"json:/causationId\",\"json:/causation_id\",\"json:/causationid\","
  "\"json:/metadata/causationId\",\"json:/metadata/$causationId\"]}";

StormMapping *
storm_mapping_new_default (void)
{
  static StormMapping *mapping;

  if (g_once_init_enter (&mapping))
    {
      g_autoptr (GError) error = NULL;
      StormMapping *made = storm_mapping_new_from_json (default_json, &error);

      g_assert_no_error (error);
      g_once_init_leave (&mapping, made);
    }

  return storm_mapping_ref (mapping);
}

gboolean
storm_mapping_is_default_list (StormMappingField   field,
                               const char * const *entries)
{
  g_autoptr (StormMapping) standard = storm_mapping_new_default ();
  const char * const *known = storm_mapping_get_entries (standard, NULL, field);

  return entries != NULL && known != NULL && g_strv_equal (entries, known);
}
