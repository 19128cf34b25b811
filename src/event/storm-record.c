#include "config.h"

#include "storm-record.h"

G_DEFINE_INTERFACE (StormRecordReader, storm_record_reader, G_TYPE_OBJECT)

static void
storm_record_reader_default_init (StormRecordReaderInterface *iface)
{
}

gboolean
storm_record_reader_next (StormRecordReader  *self,
                          StormRecord        *record,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_return_val_if_fail (STORM_IS_RECORD_READER (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  return STORM_RECORD_READER_GET_IFACE (self)->next (self, record, cancellable, error);
}

gboolean
storm_record_reader_rewind (StormRecordReader  *self,
                            GError            **error)
{
  g_return_val_if_fail (STORM_IS_RECORD_READER (self), FALSE);

  return STORM_RECORD_READER_GET_IFACE (self)->rewind (self, error);
}
