#pragma once

#include <gio/gio.h>

#include "storm-record.h"

G_BEGIN_DECLS

/** StormMappingField: what a mapping reads from a record. */
typedef enum
{
  STORM_MAPPING_TYPE,
  STORM_MAPPING_ID,
  STORM_MAPPING_TIME,
  STORM_MAPPING_CORRELATION,
  STORM_MAPPING_CAUSATION,
  STORM_MAPPING_FAILED,      /* not where something stands, but what says that the event failed */
  STORM_MAPPING_N_FIELDS
} StormMappingField;

/**
 * StormMapping:
 *
 * Where the type, id, time, correlation key and causation of an event stand in a record: for each a
 * list of entries that are tried in order, `header:NAME`, `json:JSON-POINTER` (RFC 6901), `key`,
 * `topic`, `kafka:timestamp`; and for single event types other lists (the order's number is `/id`
 * in OrderPlaced and `/orderId` in OrderAccepted). Its JSON is the "mapping" member of the board's
 * text form:
 *
 *     {"type":["json:/eventType"],"id":[…],"time":[…],"correlation":["json:/orderId"],
 *      "causation":[…],"zone":"Asia/Seoul",
 *      "perType":{"OrderPlaced":{"correlation":["json:/id"]}}}
 *
 * What says that an event failed is a list "failed" of rules, any one of which is enough:
 * `json:/status=FAILED|REJECTED` (it is one of these texts, case ignored), `json:/code!=0|200` (it
 * is there, and none of these), `json:/error` (it is there, and neither null, false, 0 nor empty).
 * The place may be anything that entries name; "\" takes the meaning from the "=", "!", "|" or "\"
 * behind it.
 *
 * "zone" is the time zone of times that name none (default UTC). Names of types in "perType" are
 * compared as storm_type_name_normalize() does. Immutable, counted by references, any thread.
 */
typedef struct _StormMapping StormMapping;

#define STORM_TYPE_MAPPING (storm_mapping_get_type ())
GType         storm_mapping_get_type      (void);

/**
 * storm_mapping_new_from_json:
 * @json: an object; unknown members are kept
 *
 * Returns: (transfer full): the mapping, or %NULL with an error that quotes the wrong entry
 */
StormMapping *storm_mapping_new_from_json (const char    *json,
                                           GError       **error);

/**
 * storm_mapping_new_default:
 *
 * The entries of all the conventions that are known, in the order of detection, for a board that
 * has no mapping yet. It reads no correlation key from fields whose meaning is a guess; only from
 * names that can mean nothing else (correlationId, txId and the like).
 */
StormMapping *storm_mapping_new_default   (void);
/** storm_mapping_is_default_list: whether @entries (nullable) are those of
 * storm_mapping_new_default(). */
gboolean      storm_mapping_is_default_list (StormMappingField   field,
                                             const char * const *entries);

StormMapping *storm_mapping_ref           (StormMapping  *self);
void          storm_mapping_unref         (StormMapping  *self);

/** storm_mapping_to_json: (transfer full): the JSON, members in the order of the example above. */
char         *storm_mapping_to_json       (StormMapping  *self);

/**
 * storm_mapping_get_entries:
 * @type_name: (nullable): an event type, %NULL for the general list
 *
 * Returns: (transfer none) (nullable): NULL-terminated; %NULL when @type_name has no list of its
 * own
 */
const char * const *storm_mapping_get_entries (StormMapping      *self,
                                               const char        *type_name,
                                               StormMappingField  field);

/**
 * storm_mapping_with:
 * @type_name: (nullable): the event type, %NULL for all
 * @entries: (nullable): NULL-terminated; %NULL takes the list away
 *
 * Returns: (transfer full): a copy with this list replaced, or %NULL with an error
 */
StormMapping *storm_mapping_with          (StormMapping        *self,
                                           const char          *type_name,
                                           StormMappingField    field,
                                           const char * const  *entries,
                                           GError             **error);

/**
 * storm_mapping_equal: whether both read the same from every record.
 */
gboolean      storm_mapping_equal         (StormMapping  *a,
                                           StormMapping  *b);

/**
 * StormPayloadStatus: what the payload is. Only when no type can be read is an event undecodable.
 */
typedef enum
{
  STORM_PAYLOAD_JSON,
  STORM_PAYLOAD_EMPTY,
  STORM_PAYLOAD_TOMBSTONE,
  STORM_PAYLOAD_NOT_JSON,
  STORM_PAYLOAD_INVALID_UTF8,
  STORM_PAYLOAD_TOO_DEEP,
  STORM_PAYLOAD_SCALAR,      /* JSON, but neither object nor array */
  STORM_PAYLOAD_FRAMED,      /* a schema registry's 5 bytes, then something that is not JSON */
} StormPayloadStatus;

/** StormTimeSource: where an event's time is from. */
typedef enum
{
  STORM_TIME_FROM_EVENT,     /* the mapping's "time" */
  STORM_TIME_FROM_BROKER,    /* the record's time stamp, or "kafka:timestamp" */
  STORM_TIME_FROM_ARRIVAL,   /* neither; it keeps its place in the order of arrival */
} StormTimeSource;

/**
 * StormReading:
 *
 * What a mapping read from one record. The texts are borrowed from the record or from the
 * reading's own buffer, NULL where there is none; lengths in bytes. @entry says which entry of the
 * lists gave each field, -1 for none, and @per_type whether it was a list of its own. The text of
 * %STORM_MAPPING_FAILED is the value that says so, its first 4096 bytes. A time that
 * is there but absurd stands in @text all the same, and sets @time_refused when no other entry had
 * one.
 */
typedef struct
{
  const char         *text[STORM_MAPPING_N_FIELDS];
  gsize               len[STORM_MAPPING_N_FIELDS];
  gint16              entry[STORM_MAPPING_N_FIELDS];
  gboolean            per_type[STORM_MAPPING_N_FIELDS];
  StormTime           time;          /* STORM_TIME_NONE when neither event nor broker has one */
  StormTimeSource     time_source;
  gboolean            time_refused;
  StormPayloadStatus  payload;
  /*< private >*/
  GString            *buffer;
  gpointer            cache;
} StormReading;

void          storm_reading_init          (StormReading  *reading);
void          storm_reading_clear         (StormReading  *reading);

/**
 * storm_mapping_read:
 * @reading: initialised; overwritten
 *
 * Reads all fields of @record. Never fails: what is not there is NULL. Empty texts, texts of
 * more than 4096 bytes, objects, arrays (but for the time) and null count as not there. Keys and
 * headers that are not text are shown as a number (4 or 8 bytes) or in hexadecimal digits.
 */
void          storm_mapping_read          (StormMapping      *self,
                                           const StormRecord *record,
                                           StormReading      *reading);

/**
 * storm_type_name_normalize:
 *
 * How names of event types are compared (design §5): case, spaces, underscores, dashes, a package
 * prefix ("com.shop.") and a version suffix ("V2", ".v2", "-v1") don't count; of a URI or URN the
 * last part counts. When the last part is one word in small letters, the word before it belongs to
 * the name: "com.shop.order.placed" and "order.placed" are "Order placed".
 *
 * Returns: (transfer full): the normal form, never empty for a name with letters
 */
char         *storm_type_name_normalize   (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormMapping, storm_mapping_unref)

G_END_DECLS
