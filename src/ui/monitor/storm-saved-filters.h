#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** StormSavedFilter: an expression of jq (storm-filter.h) that has a name. */
typedef struct
{
  char *name;
  char *expression;
} StormSavedFilter;

/**
 * storm_saved_filters_get:
 *
 * Returns: (transfer container) (element-type StormSavedFilter): those that were saved, by name.
 *   Kept in the settings; without an installed schema, as long as the application runs
 */
GPtrArray *storm_saved_filters_get    (void);
/** storm_saved_filters_put: in place of one of the same name. Whether there was room for it. */
gboolean   storm_saved_filters_put    (const char *name,
                                       const char *expression);
void       storm_saved_filters_remove (const char *name);

G_END_DECLS
