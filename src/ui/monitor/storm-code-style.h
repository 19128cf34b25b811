#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/** storm_code_style_follow: gives @view the colours of the light or dark style, now and whenever it
 * changes. */
void storm_code_style_follow (GtkSourceView *view);

G_END_DECLS
