#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_TOPIC_PICKER (storm_topic_picker_get_type ())

/**
 * StormTopicPicker:
 *
 * The topics of a broker with a search and a check button each. Signal `changed`: another choice.
 */
G_DECLARE_FINAL_TYPE (StormTopicPicker, storm_topic_picker, STORM, TOPIC_PICKER, GtkWidget)

GtkWidget  *storm_topic_picker_new        (void);
/** storm_topic_picker_set_topics: what there is; the chosen ones stay chosen. */
void        storm_topic_picker_set_topics (StormTopicPicker   *self,
                                           const char * const *topics);
void        storm_topic_picker_set_chosen (StormTopicPicker   *self,
                                           const char * const *topics);
/** storm_topic_picker_get_chosen: (transfer full). */
char      **storm_topic_picker_get_chosen (StormTopicPicker   *self);

G_END_DECLS
