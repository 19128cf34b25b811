#pragma once

#include <gtk/gtk.h>

#include "storm-route.h"
#include "storm-text-cache.h"

G_BEGIN_DECLS

#define STORM_TYPE_EDITOR (storm_editor_get_type ())

/**
 * StormEditor:
 *
 * The one real text widget of the canvas: lies over what is being edited, and shows its text as the
 * painter would: same size, same lines, same places. A text view takes the input, but what is seen
 * is the painter's own layout: a text view would put hyphens where a name is broken. Its units are
 * board units; the canvas scales it. Signal `done` (gboolean keep): Enter, Escape or a click
 * elsewhere ended it. Shift+Enter makes a new line. Signal `step` (StormSide): Tab, Shift+Tab,
 * Ctrl+Enter or Ctrl+Shift+Enter: on to the next one, right, left, below or above. While an input
 * method composes, its keys are its own.
 */
G_DECLARE_FINAL_TYPE (StormEditor, storm_editor, STORM, EDITOR, GtkWidget)

/**
 * StormEditorLook:
 * @label: what assistive technology calls it
 * @justify: as the painter aligns the lines
 * @fill: background, where it has one
 * @mark: behind what is selected
 */
typedef struct
{
  const char       *label;
  GdkRGBA           ink;
  GdkRGBA           fill;
  GdkRGBA           mark;
  gboolean          bold;
  GtkJustification  justify;
} StormEditorLook;

/**
 * StormEditorFit:
 * @text: what is typed, with what the input method composes in its place
 *
 * Asks how the text is to lie. Called again with each change of the text.
 *
 * Returns: (transfer full) (nullable): a layout with the text as the painter would lay it out
 */
typedef PangoLayout *(*StormEditorFit) (const char   *text,
                                        StormTextFit *out,
                                        gpointer      user_data);

GtkWidget *storm_editor_new      (const StormEditorLook *look,
                                  const char            *text,
                                  StormEditorFit         fit,
                                  gpointer               user_data);
/** storm_editor_refit: what is edited got another size or place. */
void       storm_editor_refit    (StormEditor           *self);
/** storm_editor_get_fit: how the text lies now; the widget covers its frame. */
const StormTextFit *storm_editor_get_fit (StormEditor   *self);
/** storm_editor_set_card: whether it paints its background: a card of its own over the board. */
void       storm_editor_set_card (StormEditor           *self,
                                  gboolean               card);
/** storm_editor_get_text: (transfer full): what is typed so far. */
char      *storm_editor_get_text (StormEditor           *self);
GtkWidget *storm_editor_get_view (StormEditor           *self);

G_END_DECLS
