#pragma once

/* Records for tests, made by hand. */

#include <string.h>

#include "storm-batch.h"

typedef struct
{
  StormRecord record;
  StormHeader headers[16];
} TestRecord;

static inline void
test_record_init (TestRecord *self,
                  const char *payload)
{
  memset (self, 0, sizeof *self);
  self->record.topic = "shop";
  self->record.broker_time = G_GINT64_CONSTANT (1795257600000000000);
  self->record.payload = (const guint8 *) payload;
  self->record.payload_len = payload != NULL ? strlen (payload) : 0;
  self->record.headers = self->headers;
}

static inline void
test_record_header_bytes (TestRecord *self,
                          const char *name,
                          const void *value,
                          gsize       len)
{
  StormHeader *header = &self->headers[self->record.n_headers++];

  g_assert_cmpuint (self->record.n_headers, <=, G_N_ELEMENTS (self->headers));
  header->name = name;
  header->name_len = strlen (name);
  header->value = value;
  header->value_len = len;
}

static inline void
test_record_header (TestRecord *self,
                    const char *name,
                    const char *value)
{
  test_record_header_bytes (self, name, value, value != NULL ? strlen (value) : 0);
}

static inline void
test_record_key (TestRecord *self,
                 const char *key)
{
  self->record.key = (const guint8 *) key;
  self->record.key_len = strlen (key);
}
