#pragma once

#include "storm-editor.h"

G_BEGIN_DECLS

struct _StormEditor
{
  GtkWidget       parent_instance;

  GtkWidget      *scroller;
  GtkWidget      *view;
  /* Where lines may end. Two for the parts of names, which would be one where they touch. */
  GtkTextTag     *parts[2];
  GtkTextTag     *joined;
  GdkRGBA         fill;
  GdkRGBA         ink;
  GdkRGBA         mark;
  gboolean        card;

  StormEditorFit  fit_func;
  gpointer        fit_data;
  StormTextFit    fit;
  PangoLayout    *layout;
  char           *composed;     /* the text that it holds, before storm_wrap_prepare() */
  char           *preedit;      /* what the input method composes */
  guint           leaving;      /* idle source */
  guint           blinking;     /* timeout source */
  gboolean        dark;         /* the cursor, between two blinks */
};

/* storm-editor-paint.c */

/** storm_editor_index: where in the layout's text the character at @offset of the composed
 * begins. */
int  storm_editor_index    (StormEditor *self,
                            int          offset);
void storm_editor_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot);

G_END_DECLS
