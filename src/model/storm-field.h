#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STORM_TYPE_FIELD (storm_field_get_type ())

/**
 * StormField:
 * @name: the field's name in the payload, as it is written there
 * @type: the type's name in the words of the team ("String", "Long"), may be ""
 * @key: the field identifies the domain object
 * @correlation: the field is the correlation key of events of this type
 * @extra: (nullable): unknown members of the text form, a JSON object as text
 *
 * One attribute of a sticky. Immutable, counted by references, safe in any thread.
 */
typedef struct
{
  char     *name;
  char     *type;
  gboolean  key;
  gboolean  correlation;
  char     *extra;
  /*< private >*/
  gatomicrefcount ref_count;
} StormField;

GType       storm_field_get_type (void);
StormField *storm_field_new      (const char *name,
                                  const char *type,
                                  gboolean    key,
                                  gboolean    correlation,
                                  const char *extra);
StormField *storm_field_ref      (StormField *field);
void        storm_field_unref    (StormField *field);
gboolean    storm_field_equal    (const StormField *a,
                                  const StormField *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormField, storm_field_unref)

G_END_DECLS
