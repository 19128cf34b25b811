#pragma once

#include <gtk/gtk.h>

#include "storm-samples.h"

G_BEGIN_DECLS

#define STORM_TYPE_SAMPLE_CARD (storm_sample_card_get_type ())

/**
 * StormSampleCard:
 *
 * A sample on the start page: a picture of its board, title and description; a click opens a copy
 * of it. The picture is drawn in a thread once the card has been seen, so that no start waits for
 * it.
 */
G_DECLARE_FINAL_TYPE (StormSampleCard, storm_sample_card, STORM, SAMPLE_CARD, GtkButton)

GtkWidget *storm_sample_card_new (const StormSample *sample);

G_END_DECLS
